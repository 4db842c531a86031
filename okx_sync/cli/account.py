"""``okx-sync account``: balances, positions and open orders; it only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from okx_sync.cli.command import Form, SecondsOption, command, console, json_line, say
from okx_sync.cli.numbers import UNKNOWN, amount, price
from okx_sync.cli.place import ExchangePlace, ws_client
from okx_sync.cli.screen import show

__all__ = ["AccountScreen", "account"]

_FIRST_S: Final = 10.0
# By table, what is shown of each row: heading, attribute, and how it is written.
_BALANCES: Final = (
    ("currency", "currency", str),
    ("equity", "equity", amount),
    ("available", "available", amount),
    ("frozen", "frozen", amount),
    ("unrealized pnl", "unrealized_pnl", amount),
)
_POSITIONS: Final = (
    ("instrument", "inst_id", str),
    ("side", "side", str),
    ("size", "size", amount),
    ("entry", "entry_price", price),
    ("mark", "mark_price", price),
    ("liquidation", "liquidation_price", price),
    ("unrealized pnl", "unrealized_pnl", amount),
    ("margin", "margin_mode", str),
    ("leverage", "leverage", amount),
)
_ORDERS: Final = (
    ("instrument", "inst_id", str),
    ("side", "side", str),
    ("type", "order_type", str),
    ("size", "size", amount),
    ("filled", "filled", amount),
    ("price", "price", price),
    ("status", "status", str),
    ("order id", "order_id", str),
)


@command
def account(
    place: ExchangePlace,
    form: Form,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on, live; else say it once and end.")] = False,
    seconds: SecondsOption = 0,
) -> int:
    """Show balances, positions and open orders of the account that the key belongs to. Nothing is changed.

    Exit code 1: something is not known for sure; the picture says what, and why.

    Examples: okx-sync account

    okx-sync account --exchange bybit --follow

    okx-sync account --paper --json
    """
    with place.config(private=True, read_only=True) as config, ws_client(place.exchange, config) as ws:
        view = AccountScreen(ws)
        view.wait(_FIRST_S)
        if follow:
            show(view, form, seconds, ws.wait)
        else:
            _say_once(view, form)
        return 0 if view.is_known else 1


def _say_once(view: AccountScreen, form: Form) -> None:
    if form is Form.live:
        console().print(view.picture())
    elif form is Form.json:
        for document in view.documents():
            json_line(document)
    else:
        for line in view.lines():
            say(line)


class AccountScreen:
    """An account's balances, positions and open orders.

    Args:
        ws: a stream client with a key.
    """

    def __init__(self, ws: Any) -> None:
        self._parts = {"balances": ws.account, "positions": ws.positions, "orders": ws.orders}
        self._shown: list[str] = []

    def wait(self, timeout: float) -> None:
        """Wait until all is known, at most so many seconds for each part."""
        for part in self._parts.values():
            part.wait_synced(timeout)

    @property
    def is_known(self) -> bool:
        """Whether all of it is known for sure."""
        return all(part.synced for part in self._parts.values())

    def picture(self) -> RenderableType:
        """Draw the three tables, and what is not known."""
        doubts = dict(self._doubts())
        balances, positions, orders = self._rows()
        account = self._parts["balances"]
        head = f"equity {amount(account.equity, 2)}, available {amount(account.available, 2)}"
        parts: list[RenderableType] = [
            Text(head, "bold"),
            _table("Balances", _BALANCES, balances, is_known="balances" not in doubts),
            _table("Positions", _POSITIONS, positions, is_known="positions" not in doubts),
            _table("Open orders", _ORDERS, orders, is_known="orders" not in doubts),
        ]
        parts += [Text(f"{name} are not known for sure: {why}", "yellow") for name, why in doubts.items()]
        return Group(*parts)

    def lines(self) -> Iterator[str]:
        """Say all of it when something of it has changed since the last call."""
        now = list(self._all_lines())
        if now != self._shown:
            self._shown = now
            yield from now

    def _all_lines(self) -> Iterator[str]:
        doubts = self._doubts()
        for kind, columns, rows in zip(
            ("balance", "position", "order"), (_BALANCES, _POSITIONS, _ORDERS), self._rows(), strict=True
        ):
            for row in rows:
                cells = (f"{heading} {_written(row, name, how)}" for heading, name, how in columns)
                yield f"{kind:<8} {', '.join(cells)}"
        for name, why in doubts:
            yield f"{name} are not known for sure: {why}"

    def documents(self) -> Iterator[dict[str, Any]]:
        """Give all of it when something of it has changed since the last call."""
        now = list(self._all_lines())
        if now == self._shown:
            return
        self._shown = now
        doubts = dict(self._doubts())
        found: dict[str, Any] = {}
        for name, columns, rows in zip(self._parts, (_BALANCES, _POSITIONS, _ORDERS), self._rows(), strict=True):
            found[name] = [{field: getattr(row, field) for _, field, _ in columns} for row in rows]
        yield {"equity": self._parts["balances"].equity, **found, "synced": not doubts, "not_known": doubts}

    def _rows(self) -> tuple[list[Any], list[Any], list[Any]]:
        account, positions, orders = self._parts.values()
        return list(account.balances), list(positions), list(orders)

    def _doubts(self) -> list[tuple[str, str]]:
        """Return what is not known for sure, and why. Asked before the rows: those that come later are known better."""
        return [(name, str(part.unsynced_reason)) for name, part in self._parts.items() if not part.synced]


def _table(title: str, columns: Iterable[tuple[str, str, Any]], rows: list[Any], *, is_known: bool) -> RenderableType:
    if not rows:
        return Text(f"{title}: {'none' if is_known else 'not known'}", "dim")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for heading, _, how in columns:
        table.add_column(heading, justify="left" if how is str else "right")
    for row in rows:
        table.add_row(*(_written(row, name, how) for _, name, how in columns))
    return table


def _written(row: Any, name: str, how: Any) -> str:
    value = getattr(row, name)
    return UNKNOWN if value is None else str(how(value))
