"""What was not told is never shown as flat, none, current or synced; and what was told is not forgotten."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import ConfigError
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, place
from tests.conformance.wire_protocols import LONG_AGO, Wire
from tests.loopback.conftest import Heard, until

A_YEAR_MS = 365 * 86_400_000


def test_a_start_with_open_positions_is_not_flat(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A position is open when the client begins: it is told of, or nothing is called certain, and nothing is 0."""
    place(paper, ordType="market", sz="3")
    positions = connect().ws.positions
    if "positions" not in wire.never_whole:
        assert positions.wait_synced(5)
        assert len(positions) == 1
        assert not positions.wait_flat(0)
        return
    assert not positions.wait_flat(0.05)
    assert not positions.wait_synced(0)
    assert (positions.synced, positions.snapshot().synced) == (False, False)
    assert positions.unsynced_reason
    assert positions.snapshot().unsynced_reason == positions.unsynced_reason
    assert f"not synced ({positions.unsynced_reason})" in repr(positions)
    if not positions:  # a gateway may tell what is open all the same
        assert positions.total_unrealized_pnl is None
        assert "what is open is not known" in repr(positions)
    place(paper, ordType="market", sz="1")
    until(lambda: len(positions) == 1, what="the position, once it changes")
    assert not positions.synced


def test_a_start_with_open_orders_does_not_claim_to_know_them(
    paper: PaperExchange, wire: Wire, connect: Connect
) -> None:
    """An order rests when the client begins: it is known, or orders are not synced and say so."""
    order_id = wire.order_id(place(paper))
    orders = connect().ws.orders
    if "orders" not in wire.never_whole:
        assert orders.wait_synced(5)
        assert orders[order_id].is_open
        return
    assert not orders.wait_synced(0.05)
    assert (orders.synced, orders.snapshot().synced) == (False, False)
    assert orders.unsynced_reason == orders.snapshot().unsynced_reason
    assert "what is open is not known" in repr(orders)
    assert "0 open" not in repr(orders)


def test_nobody_waits_for_ever_for_what_nobody_tells(wire: Wire, connect: Connect) -> None:
    """Without a timeout it is a ConfigError at once that says why."""
    watched = connect()
    for name in wire.never_whole:
        with pytest.raises(ConfigError, match="timeout"):
            getattr(watched.ws, name).wait_synced()
    if "positions" in wire.never_whole:
        with pytest.raises(ConfigError, match="timeout"):
            watched.ws.positions.wait_flat()


def test_a_currency_that_was_never_told_breaches_nothing(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Nothing of a coin is not told at all: only a complete picture without it means 0."""
    account, heard = connect().ws.account, Heard()
    account.limit("total_equity", below="50", currency="NOSUCH", callback=heard)
    if "account" not in wire.never_whole:
        until(lambda: len(heard) == 1, what="the limit: the picture is complete, and the coin is not in it")
        return
    place(paper, ordType="market")
    until(lambda: account.balances, what="a push of the account")
    assert list(heard) == []


def test_what_comes_before_its_ack_is_kept(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A position is opened after the server has the topic and before the client has its ack; also after a new start
    of the link the client knows what it was told.
    """
    watched, made = connect(), list[Any]()
    watched.ws.connect("private")
    paper.faults.delay(0.3, "ack")
    thread = threading.Thread(target=lambda: made.append(watched.ws.positions))
    thread.start()
    until(lambda: any("position" in topic for topic in paper.topics()), what="the topic")
    place(paper, ordType="market", sz="2")
    thread.join(10)
    positions = made[0]
    until(lambda: len(positions) == 1, what="the position")
    (told,) = positions
    paper.faults.clear()
    paper.faults.drop()
    watched.states.until("restored", path="private")
    assert len(positions) == 1
    place(paper, ordType="market", sz="1")
    until(lambda: [one.size for one in positions] == [told.size * 3 / 2], what="the next change")


def test_a_position_told_with_a_time_to_come_follows_on(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A push says that a position was changed in a year: later pushes are not older than that, and it is reported."""
    watched, rows = connect(), Heard()
    positions = watched.ws.positions
    (stream,) = (one for one in wire.more_private if "position" in one.channel)
    watched.subscribe(stream, rows)
    place(paper, ordType="market", sz="2")
    until(lambda: len(positions) == 1, what="the position")
    until(lambda: any(_size(row) for row in rows), what="its row")
    row = next(row for row in rows if _size(row))
    at = row.to_update().updated_at
    paper.push(_topic(paper, stream.channel), [_shifted(row.to_wire(), at, A_YEAR_MS)])
    until(lambda: any("ahead of its clock" in str(error) for error in watched.errors), what="the report")
    place(paper, side="sell", ordType="market", sz="2")
    until(lambda: len(positions) == 0, what="the end of the position")
    assert len([one for one in watched.errors if "ahead of its clock" in str(one)]) == 1


def test_an_order_told_with_a_time_to_come_follows_on(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A push says that an order was changed in a year: what is told next is newer."""
    watched = connect()
    orders = watched.ws.orders
    topic, row = _topic(paper, wire.orders.channel), wire.orders.row(7)
    paper.push(topic, [_shifted(row, LONG_AGO + 7, A_YEAR_MS * 10)])
    until(lambda: "7" in orders, what="the order")
    changed = {key: "2" if key in ("px", "price") else value for key, value in row.items()}
    paper.push(topic, [changed])
    until(lambda: orders["7"].price == Decimal(2), what="the change")


def _size(row: Any) -> Decimal:
    size: Decimal = row.to_update().size
    return abs(size)


def _topic(paper: PaperExchange, channel: str) -> dict[str, str]:
    """The topic of a channel, that of USDT-margined contracts where product types have one each."""
    names = [name for name in paper.topics() if name.partition("(")[0] == channel]
    usdt = [name for name in names if "USDT-FUTURES" in name or "UMCBL" in name.upper()]
    return {"topic": (usdt or names)[0]}


def _shifted(row: dict[str, Any], at: int, by: int) -> dict[str, Any]:
    """A row with the time ``at`` moved, in whichever way the wire writes it."""
    later = {str(at): str(at + by), at: at + by}
    assert any(type(value) in (str, int) and value in later for value in row.values()), row
    return {key: later.get(value, value) if type(value) in (str, int) else value for key, value in row.items()}
