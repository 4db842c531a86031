"""What the chaos test looks at: everything that a client told, every order that was asked for, and all the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import orjson

from okx_sync import WsClient
from okx_sync.exchanges.okx.models import Fill, Order
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.records import VenueAccount, VenueFill
from okx_sync.state.orders.order_state import OrderChange, OrderState
from okx_sync.types import FINAL, FillUpdate
from tests.loopback.chaos_wire import Wire

_FACTS: Final = (
    "client_order_id", "inst_id", "status", "side", "size", "price", "filled", "missing", "average_price", "fee", "pnl",
)  # fmt: skip


_SHOWN: Final = 20


class Told:
    """Everything that a user of the client hears: raw rows of two channels, and the manager's events."""

    def __init__(self, ws: Any) -> None:
        self.order_rows: list[Order] = []
        self.fill_rows: list[Fill] = []
        self.fills: list[FillUpdate] = []
        self.last: dict[str, OrderState] = {}
        self.steps_back: list[str] = []
        self.settled: Counter[str] = Counter()
        if isinstance(ws, WsClient):  # whose channels get what an outage swallowed
            ws.subscribe_orders("ANY", callback=self.order_rows.append, inline=True)
            ws.subscribe_fills(callback=self.fill_rows.append, inline=True)
        ws.orders.on_fill(self.fills.append)
        ws.orders.on_order(self._changed)

    def _changed(self, change: OrderChange) -> None:
        order, before = change.order, change.previous
        if before is not None and ((before.is_done and order.status != before.status) or order.filled < before.filled):
            self.steps_back.append(f"{before} -> {order}")
        if before is not None and before.status == "unknown" != order.status:
            self.settled[order.status] += 1
        if order.order_id is not None:
            self.last[order.order_id] = order

    @property
    def recovered(self) -> int:
        """Fills that the channel of orders did not push in their time."""
        return sum(row.recovered and row.is_fill for row in self.order_rows)


class Asked:
    """How often each order was asked for on the wire, by the client's id."""

    def __init__(self, paper: PaperExchange, wire: Wire) -> None:
        self.times: Counter[str] = Counter()
        journal = paper._server.journal
        frame_in, request = journal.frame_in, journal.request

        def hear(connection: int, text: str) -> None:
            frame_in(connection, text)
            self.times.update(wire.asked(orjson.loads(text)) if text.startswith("{") else ())

        def requested(one: Request) -> None:
            request(one)
            self.times.update(wire.asked_over_rest(one) if one.method == "POST" else ())

        setattr(journal, "frame_in", hear)  # noqa: B010  mypy allows no other way
        setattr(journal, "request", requested)  # noqa: B010


def our_order(order: OrderState) -> dict[str, Any]:
    """One of the client's orders, in the words of ``Wire.facts``."""
    facts = {name: getattr(order, name) for name in _FACTS}
    return facts | {"fills": {(fill.trade_id, fill.price, fill.size, fill.fee) for fill in order.fills}}


class Tally:
    """Counts the entries of a list that only grows; what was counted is not looked at again.

    Args:
        keys: of an entry, one or several.
    """

    def __init__(self, keys: Callable[[Any], Iterable[Any]]) -> None:
        self.times: Counter[Any] = Counter()
        self._keys = keys
        self._counted = 0

    def read(self, entries: Sequence[Any]) -> Counter[Any]:
        """Count what is new; returns how often each key came."""
        fresh = entries[self._counted :]
        self.times.update(key for entry in fresh for key in self._keys(entry))
        self._counted += len(fresh)
        return self.times


class Comparison:
    """Compares the books of one client with the exchange's, again and again. Exact: all numbers are decimals.

    It runs while the client recovers, and the exchange has one thread. What cannot change any more is therefore read
    once: were all orders read each time, a long run's comparison would keep the exchange from answering pings and REST.
    """

    def __init__(self, paper: PaperExchange, wire: Wire, ws: Any, told: Told) -> None:
        self._paper, self._wire, self._ws, self._told = paper, wire, ws, told
        self._account = paper.venue.accounts[0]
        self._ended: dict[int, tuple[str, dict[str, Any]]] = {}  # by the exchange's own number
        self._agreed: dict[str, tuple[Any, Any]] = {}  # ended orders, as the client had them when nothing was wrong
        self._made = Tally(
            lambda one: [(wire.inst_id(one.order.instrument), wire.trade_id(one), wire.order_id(one.order))]
        )
        self._heard = Tally(lambda fill: [(fill.inst_id, fill.trade_id, fill.order_id)])
        self._channels: dict[str, tuple[Callable[[], list[Any]], Tally]] = {
            "the channel orders": (lambda: [row for row in list(told.order_rows) if row.is_fill], Tally(_row_keys)),
            "the channel fills": (lambda: list(told.fill_rows), Tally(_row_keys)),
        }

    def differences(self) -> Iterator[str]:
        """Yield where the client's books are not the exchange's."""
        theirs = self._paper.run(self._venue_orders)
        taken = {facts["client_order_id"] for facts in theirs.values()}
        now = self._ws.orders.snapshot()
        mine = {order.order_id: order for order in (*now.finished, *now.open) if order.order_id}
        last = dict(self._told.last)
        for order_id, facts in theirs.items():
            yield from self._of_order(order_id, facts, mine.get(order_id, last.get(order_id)), last.get(order_id))
        yield from (f"order {order_id} does not exist" for order_id in mine.keys() - theirs.keys())
        for order in (*now.finished, *now.open):
            is_right = order.client_order_id not in taken and order.status in ("rejected", "unknown")
            if order.order_id is None and not is_right:
                yield f"an order without id: {order}"
        yield from self._of_fills()
        yield from _of_holdings(self._paper, self._wire, self._ws, self._account)

    def _venue_orders(self) -> dict[str, dict[str, Any]]:
        """Return the exchange's orders by id. On the exchange's thread."""
        read: dict[str, dict[str, Any]] = {}
        for number, order in self._account.by_id.items():
            found = self._ended.get(number)
            if found is None:
                found = self._wire.order_id(order), self._wire.facts(order)
                if order.is_done:
                    self._ended[number] = found
            read[found[0]] = found[1]
        return read

    def _of_order(
        self, order_id: str, facts: dict[str, Any], managed: OrderState | None, told: OrderState | None
    ) -> Iterator[str]:
        is_over = facts["status"] in FINAL
        agreed = self._agreed.get(order_id)
        if is_over and agreed is not None and agreed[0] is managed and agreed[1] is told:
            return
        is_right = True
        for what, order in (("the manager", managed), ("on_order", told)):
            one = None if order is None else our_order(order)
            names = [name for name in facts if one is None or not self._wire.is_right(name, one[name], facts)]
            if names:
                is_right = False
                yield f"order {order_id} of {what}: " + ", ".join(
                    f"{name} {None if one is None else one[name]} is {facts[name]}" for name in names
                )
        if is_over and is_right:
            self._agreed[order_id] = (managed, told)

    def _of_fills(self) -> Iterator[str]:
        made: list[VenueFill] = self._paper.run(lambda: list(self._account.fills))
        theirs = self._made.read(made)
        if isinstance(self._ws, WsClient):
            for where, (rows, tally) in self._channels.items():
                mine = tally.read(rows())
                wrong = [key for key in theirs.keys() | mine.keys() if mine[key] != theirs[key]]
                told = rows() if len(wrong) <= _SHOWN else []  # while much is missing, nobody reads what came
                for key in wrong:
                    came = [row for row in told if key in _row_keys(row)]
                    yield f"{where}: {key} came {mine[key]} times: {came}"
        own = self._heard.read(list(self._told.fills))
        for key in theirs.keys() | own.keys():
            if own[key] != theirs[key]:
                yield f"on_fill: {key} came {own[key]} times"


def _row_keys(row: Any) -> list[tuple[Any, ...]]:
    """The trades that a row tells of: one, or all that a taker got at one price, of which it names the last."""
    last = int(row.tradeId)
    return [(row.instId, str(last - back), row.ordId) for back in range(int(getattr(row, "count", None) or 1))]


def _of_holdings(paper: PaperExchange, wire: Wire, ws: Any, account: VenueAccount) -> Iterator[str]:
    positions, balances = paper.run(wire.holdings, account)
    mine = {one.inst_id: (one.size, one.entry_price) for one in ws.positions.all}
    if mine != positions:
        yield f"positions: {mine} is {positions}"
    for one in ws.account.balances:
        if wire.money(one) != (there := balances.pop(one.currency, None)):
            yield f"balance: {one} is {there}"
    yield from (f"balance of {currency} is missing" for currency, amounts in balances.items() if any(amounts))
