"""``okx-sync book``: the live order book of an instrument."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import typer
from rich.table import Table
from rich.text import Text

from okx_sync.cli.command import Form, SecondsOption, command
from okx_sync.cli.numbers import amount, clock_time, price
from okx_sync.cli.place import (
    ExchangePlace,
    named,
    ws_client,
)
from okx_sync.cli.screen import show
from okx_sync.errors import BookInvalid, OkxTimeoutError

if TYPE_CHECKING:
    from okx_sync.state.book.order_book import OrderBook

__all__ = ["BookScreen", "book"]

_FIRST_S = 10.0
_BAR = 18


@command
def book(
    instrument: Annotated[str, typer.Argument(metavar="INST", help="As its exchange names it, or bybit:BTCUSDT.")],
    place: ExchangePlace,
    form: Form,
    depth: Annotated[int, typer.Option(metavar="N", min=1, max=400, help="Levels a side that are shown.")] = 10,
    seconds: SecondsOption = 0,
) -> int:
    """Show the order book of an instrument, live, and whether it is the exchange's at this moment.

    Examples: okx-sync book BTC-USDT --depth 15

    okx-sync book bybit:BTCUSDT --paper --seconds 5 --plain
    """
    ((where, name),) = named([instrument], place.exchange)
    with attrs.evolve(place, exchange=where).config() as config, ws_client(where, config) as ws:
        live = ws.order_book(name)
        if not live.wait_valid(_FIRST_S):
            raise OkxTimeoutError(f"no snapshot of {name} within {_FIRST_S:g} s", hint="okx-sync doctor tells more")
        show(BookScreen(live, f"{where}:{name}", depth), form, seconds, ws.wait)
    return 0


class BookScreen:
    """The book as a ladder: asks above, bids below, sizes as bars.

    Args:
        book: the live book.
        name: what it is called.
        depth: levels a side.
    """

    def __init__(self, book: OrderBook, name: str, depth: int) -> None:
        self._book = book
        self._name = name
        self._depth = depth

    def _read(self) -> Any:
        try:
            return self._book.snapshot(self._depth)
        except BookInvalid as error:
            return error

    def picture(self) -> Table | Text:
        """Draw the ladder, or why there is none at this moment."""
        now = self._read()
        if isinstance(now, BookInvalid):
            return Text(f"{self._name} is not valid: {now.message}", "yellow")
        title = f"{self._name}  {clock_time(now.ts)}  spread {price(now.spread)}"
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for heading in ("size", "price", ""):
            table.add_column(heading, justify="left" if not heading else "right")
        most = max((level.size for level in (*now.bid_levels, *now.ask_levels)), default=Decimal(1)) or Decimal(1)
        for levels, color in ((reversed(now.ask_levels), "red"), (now.bid_levels, "green")):
            for level in levels:
                bar = "█" * max(1, int(level.size / most * _BAR))
                table.add_row(amount(level.size, 8), Text(price(level.price), color), Text(bar, color))
        return table

    def lines(self) -> Iterator[str]:
        """Say the best levels of this moment in a line."""
        now = self._read()
        if isinstance(now, BookInvalid):
            yield f"{self._name} is not valid: {now.message}"
            return
        sides = (
            " ".join(f"{amount(one.size, 8)}@{price(one.price)}" for one in levels)
            for levels in (now.bid_levels, now.ask_levels)
        )
        yield f"{clock_time(now.ts)} {self._name} bids {next(sides)} | asks {next(sides)}"

    def documents(self) -> Iterator[dict[str, Any]]:
        """Give the book of this moment."""
        now = self._read()
        if isinstance(now, BookInvalid):
            yield {"instrument": self._name, "valid": False, "reason": now.message}
            return
        levels = {side: [[one.price, one.size] for one in getattr(now, side)()] for side in ("bids", "asks")}
        yield {"instrument": self._name, "valid": True, "ts": now.ts, **levels}
