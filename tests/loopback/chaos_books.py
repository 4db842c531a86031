"""What the chaos test looks at: everything that a client told, every order that was asked for, and all the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import orjson

from okx_sync import WsClient
from okx_sync.exchanges.okx.models import Fill, Order
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.records import VenueAccount, VenueFill
from okx_sync.state.orders.order_state import OrderChange, OrderState
from okx_sync.types import FINAL, FillUpdate
from tests.loopback.chaos import OWN
from tests.loopback.chaos_wire import Wire

_FACTS: Final = (
    "client_order_id", "inst_id", "status", "side", "size", "price", "filled", "missing", "average_price", "fee", "pnl",
)  # fmt: skip


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


def differences(paper: PaperExchange, wire: Wire, ws: Any, told: Told) -> Iterator[str]:
    """Where the client's books are not the exchange's. Exact: all numbers are decimals."""
    account = paper.venue.accounts[0]
    theirs = paper.run(lambda: _venue_orders(wire, account))
    taken = {facts["client_order_id"] for facts in theirs.values()}
    now = ws.orders.snapshot()
    mine = {order.order_id: our_order(order) for order in (*now.finished, *now.open) if order.order_id}
    last = {order_id: our_order(order) for order_id, order in dict(told.last).items()}
    unknown = set() if wire.knows_past else {one for one in theirs.keys() - last.keys() if _may_be_past(theirs[one])}
    theirs = {order_id: facts for order_id, facts in theirs.items() if order_id not in unknown}
    for order_id, facts in theirs.items():
        for what, one in (("the manager", mine.get(order_id, last.get(order_id))), ("on_order", last.get(order_id))):
            names = [name for name in facts if one is None or not _is_right(wire, name, one[name], facts[name])]
            if names:
                yield f"order {order_id} of {what}: " + ", ".join(
                    f"{name} {None if one is None else one[name]} is {facts[name]}" for name in names
                )
    yield from (f"order {order_id} does not exist" for order_id in mine.keys() - theirs.keys())
    for order in (*now.finished, *now.open):
        is_right = order.client_order_id not in taken and order.status in ("rejected", "unknown")
        if order.order_id is None and not is_right:
            yield f"an order without id: {order}"
    made: list[VenueFill] = paper.run(lambda: list(account.fills))
    fills = Counter((wire.inst_id(one.order.instrument), wire.trade_id(one), wire.order_id(one.order)) for one in made)
    fills = Counter({key: times for key, times in fills.items() if key[2] not in unknown})
    if isinstance(ws, WsClient):
        yield from _of_fills("the channel orders", fills, [row for row in list(told.order_rows) if row.is_fill])
        yield from _of_fills("the channel fills", fills, told.fill_rows)
    own = Counter((fill.inst_id, fill.trade_id, fill.order_id) for fill in list(told.fills))
    yield from (f"on_fill: {key} came {own[key]} times" for key in fills | own if own[key] != fills[key])
    yield from _of_holdings(paper, wire, ws, account)


def _venue_orders(wire: Wire, account: VenueAccount) -> dict[str, dict[str, Any]]:
    """Return the exchange's orders by id. On the exchange's thread."""
    return {wire.order_id(one): wire.facts(one) for one in account.by_id.values()}


def _is_right(wire: Wire, name: str, ours: Any, theirs: Any) -> bool:
    return ours == theirs or (ours is None and name in wire.untold)


def _may_be_past(facts: dict[str, Any]) -> bool:
    """Tell whether an order may be unknown: one that ``ws.orders`` did not place, and that is over."""
    return facts["status"] in FINAL and not str(facts["client_order_id"]).startswith(OWN)


def _of_fills(where: str, theirs: Counter[Any], rows: list[Any]) -> Iterator[str]:
    mine = Counter((row.instId, row.tradeId, row.ordId) for row in list(rows))
    for key in theirs | mine:
        if mine[key] != theirs[key]:
            came = [row for row in list(rows) if row.tradeId == key[1] and row.ordId == key[2]]
            yield f"{where}: {key} came {mine[key]} times: {came}"


def _of_holdings(paper: PaperExchange, wire: Wire, ws: Any, account: VenueAccount) -> Iterator[str]:
    positions, balances = paper.run(wire.holdings, account)
    mine = {one.inst_id: (one.size, one.entry_price) for one in ws.positions.all}
    if mine != positions:
        yield f"positions: {mine} is {positions}"
    for one in ws.account.balances:
        if wire.money(one) != (there := balances.pop(one.currency, None)):
            yield f"balance: {one} is {there}"
    yield from (f"balance of {currency} is missing" for currency, amounts in balances.items() if any(amounts))
