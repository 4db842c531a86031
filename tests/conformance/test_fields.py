"""One field that cannot be read costs itself; what cannot be done without costs its row, and no neighbour of it."""

from __future__ import annotations

from typing import Any

import attrs

from okx_sync import DecodeError
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, Watched, place
from tests.conformance.wire_protocols import Wire
from tests.loopback.conftest import until


@attrs.frozen
class Fields:
    """What a wire calls things. ``optional`` fields of an order, each with something that it cannot be; ``filled`` and
    ``state``, without which it says nothing; the channel of positions, with profit and size.
    """

    optional: dict[str, tuple[str, Any]]
    filled: str
    state: str
    positions: str
    profit: str
    size: str


FIELDS = {
    "OKX": Fields(
        {"reduce_only": ("reduceOnly", "perhaps"), "price": ("px", "NaN"), "created_at": ("cTime", {})},
        "accFillSz", "state", "positions", "upl", "pos",
    ),
    "Bitget V2": Fields(
        {"reduce_only": ("reduceOnly", "perhaps"), "price": ("price", "NaN"), "created_at": ("cTime", {})},
        "accBaseVolume", "status", "positions", "unrealizedPL", "total",
    ),
    "Bitget V3": Fields(
        {"reduce_only": ("reduceOnly", "perhaps"), "price": ("price", "NaN"), "created_at": ("createdTime", {})},
        "cumExecQty", "orderStatus", "position", "unrealisedPnl", "size",
    ),
    "Bitget V1": Fields(
        {"reduce_only": ("low", "perhaps"), "price": ("px", "NaN"), "created_at": ("cTime", {})},
        "accFillSz", "status", "positions", "upl", "total",
    ),
    "Bitget seed": Fields(
        {"order_type": ("orderType", ["limit"]), "price": ("price", "NaN"), "updated_at": ("timestamp", {})},
        "filledSize", "status", "positions", "unrealizedPnl", "holdPosition",
    ),
    "Bybit V5": Fields(
        {"reduce_only": ("reduceOnly", "perhaps"), "price": ("price", "NaN"), "created_at": ("createdTime", {})},
        "cumExecQty", "orderStatus", "position", "unrealisedPnl", "size",
    ),
    "Bybit seed": Fields(
        {"reduce_only": ("reduceOnly", "perhaps"), "price": ("price", "NaN"), "created_at": ("createdAt", {})},
        "cumExecQty", "orderStatus", "user.openapi.perp.position", "unrealisedPnl", "size",
    ),
}  # fmt: skip


def _topic(paper: PaperExchange, channel: str) -> dict[str, str]:
    """The server's name of the topic of a channel; of several product types, that of the contract."""
    found = [name for name in paper.topics() if name.startswith(channel)]
    return {"topic": next((name for name in found if "USDT-FUTURES" in name or "UMCBL" in name.upper()), found[0])}


def _fields(watched: Watched) -> list[str]:
    """The fields that were reported."""
    return [error.field.partition(".")[2] for error in watched.errors if isinstance(error, DecodeError) and error.field]


def test_one_unreadable_field_of_an_order(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The order is known, that field is not told; it is reported once, however often it comes; neighbours are known."""
    watched, names = connect(), FIELDS[wire.name]
    orders = watched.ws.orders
    arg = _topic(paper, wire.orders.channel)
    row = wire.orders.row
    for number, (_, (field, value)) in enumerate(names.optional.items(), 100):
        paper.push(arg, [row(number), row(number + 100) | {field: value}, row(number + 200)])
        paper.push(arg, [row(number + 300) | {field: value}])
    until(lambda: all(str(number + 300) in orders for number in range(100, 100 + len(names.optional))))
    for number, name in enumerate(names.optional, 100):
        for other in (number, number + 200):
            assert orders[str(other)].snapshot().price == 1
        for odd in (number + 100, number + 300):
            order = orders[str(odd)].snapshot()
            assert getattr(order, name) is None
            assert order.side == "buy"
    until(lambda: len(watched.errors) >= len(names.optional), what="the reports")
    assert _fields(watched) == [field for field, _ in names.optional.values()]
    assert len(watched.errors) == len(names.optional)


def test_an_order_that_cannot_be_read_is_missed(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Its filled size, its state or all of it: that row is reported and lost, its neighbours and its later rows are
    not, and nobody says that all is known.
    """
    watched, names = connect(), FIELDS[wire.name]
    orders = watched.ws.orders
    arg = _topic(paper, wire.orders.channel)
    row, doubts = wire.orders.row, []
    orders.on_order(lambda _change: doubts.append(orders.synced))
    if "orders" not in wire.never_whole and not wire.lists_open_orders:
        assert orders.wait_synced(5)
    odd = (row(201) | {names.filled: "NaN"}, row(202) | {names.state: ["live"]}, "no order")
    paper.push(arg, [row(100), *odd, row(101)])
    until(lambda: "101" in orders and len(watched.errors) == len(odd), what="the neighbours, and the reports")
    assert "100" in orders
    assert not any(str(lost) in orders for lost in (201, 202))
    assert _fields(watched) == [names.filled, names.state]
    assert all(isinstance(error, DecodeError) for error in watched.errors)
    assert not doubts[-1] or not wire.never_whole  # where REST tells, it may have done so
    paper.push(arg, [row(201), row(202)])
    until(lambda: "201" in orders and "202" in orders, what="the later rows")


def test_one_unreadable_field_of_a_position(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A profit that cannot be read is not told, and reported once; a size that cannot be read changes nothing, and
    what is known is not synced any more.
    """
    watched, names = connect(), FIELDS[wire.name]
    positions = watched.ws.positions
    if "positions" not in wire.never_whole:  # what is listed later would take the place of what is pushed here
        assert positions.wait_synced(5)
    place(paper, ordType="market")
    until(lambda: len(positions) == 1, what="the position")
    (known,) = positions.all
    wired, arg = known.raw.to_wire(), _topic(paper, names.positions)
    later = {name: wired[name] for name in wired}
    for _ in range(2):
        paper.push(arg, [later | {names.profit: "NaN"}])
    until(lambda: [one.unrealized_pnl for one in positions] == [None], what="the position without its profit")
    until(lambda: len(watched.errors) >= 1, what="the report")
    assert [one.size for one in positions] == [known.size]
    assert _fields(watched) == [names.profit]
    paper.push(arg, [later | {names.size: "NaN"}])
    until(lambda: len(watched.errors) == 2, what="the report")
    assert _fields(watched) == [names.profit, names.size]
    assert [one.size for one in positions] == [known.size]
    assert not positions.synced
    assert "could not be read" in (positions.unsynced_reason or "")
