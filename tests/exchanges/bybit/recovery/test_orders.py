"""Recovery of ``order``: each order that changed, as it is now, once."""

from __future__ import annotations

from typing import Any

from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.recovery_source import RecoverySource
from tests.exchanges.bybit.recovery.rest import HOUR, NOW, SINCE, Rest, execution, order, source

BEFORE = SINCE - 1000


def _found(memory: RecoverySource, rest: Rest, since: int = SINCE) -> list[tuple[str, str]]:
    return [(row["orderId"], row["orderStatus"]) for row in memory.missed(since, rest, NOW).rows]


def test_every_list_is_asked() -> None:
    """History, what ended last, what is open: of each category, linear by currency; an old order is no news."""
    rest = Rest(
        linear={
            "history": [order("1", "Filled", NOW - 10)],
            "closed": [order("2", "Cancelled", NOW - 9), order("1", "Filled", NOW - 10), order("0", "Filled", BEFORE)],
            "open": [order("3", "New", NOW - 8), order("4", "New", BEFORE)],
        },
        spot={"open": [order("5", "PartiallyFilled", NOW - 7)]},
    )
    memory = source("order")
    assert _found(memory, rest) == [("1", "Filled"), ("2", "Cancelled"), ("3", "New"), ("5", "PartiallyFilled")]
    asked = {(p["category"], p.get("settleCoin")) for path, p in rest.asked if path == "/v5/order/realtime"}
    assert {("linear", "USDT"), ("linear", "USDC"), ("inverse", None), ("spot", None), ("option", None)} == asked
    _found(memory, rest)
    assert sum(path == "/v5/market/instruments-info" for path, _ in rest.asked) == 1


def test_what_was_told_is_not_told_again() -> None:
    """Only what says more than the stream did; a change of the same millisecond is one."""
    memory = source("order")
    for row in (order("1", "New", NOW - 10), order("2", "Filled", NOW - 9), order("3", "New", NOW - 8)):
        assert memory.note(row) is not None
        assert memory.note(dict(row)) is None
    rest = Rest(
        linear={
            "history": [order("2", "Filled", NOW - 9)],
            "open": [order("3", "New", NOW - 8, price="100.0"), order("1", "New", NOW - 10, price="101")],
        }
    )
    rows = memory.missed(SINCE, rest, NOW).rows
    assert [(row["orderId"], row["price"]) for row in rows] == [("1", "101")]


def test_an_order_that_the_lists_leave_out_is_looked_up() -> None:
    """One that the stream told, and one of which only a fill tells."""
    memory = source("order")
    memory.note(order("1", "New", BEFORE, category="linear"))
    rest = Rest(
        linear={
            "named": [order("1", "Cancelled", NOW - 5), order("9", "Filled", NOW - 4)],
            "fills": [execution("a", NOW - 4, orderId="9")],
        }
    )
    assert _found(memory, rest) == [("1", "Cancelled"), ("9", "Filled")]


def test_what_ended_long_ago_is_not_listed_at_each_outage() -> None:
    """An account may have ended hundreds of orders: only the first outage, of a stream of which nothing is known yet,
    reads them all; it finds what was open before the stream and ended unseen.
    """
    ended = [order(str(number), "Cancelled", BEFORE - number) for number in range(100)]
    unseen = order("unseen", "Cancelled", SINCE + 1, createdTime=str(BEFORE - 101))
    rest, memory = Rest(linear={"closed": [*ended, unseen]}), source("order")
    assert _found(memory, rest) == [("unseen", "Cancelled")]
    rest.asked.clear()
    rest.linear = {"closed": [order("new", "Cancelled", NOW), *ended]}
    assert _found(memory, rest) == [("new", "Cancelled")]
    pages = [
        params for path, params in rest.asked if params.get("openOnly") == 1 and params.get("settleCoin") == "USDT"
    ]
    assert len(pages) <= 2


def test_an_order_of_which_only_a_list_told() -> None:
    """One that was open before the stream is looked up when it is in no list any more, as if it had been pushed."""
    memory = source("order")
    assert _found(memory, Rest(linear={"open": [order("old", "New", BEFORE)]})) == []
    gone = Rest(linear={"named": [order("old", "Cancelled", NOW - 5, createdTime=str(BEFORE))]})
    assert _found(memory, gone) == [("old", "Cancelled")]


def test_an_order_that_nobody_lists_any_more() -> None:
    """After a day an end without a fill is forgotten: then it has ended; sooner, nobody knows what became of it."""
    memory = source("order")
    memory.note(order("1", "New", BEFORE, category="linear"))
    missed = memory.missed(SINCE, Rest(), NOW)
    assert missed.rows == []
    assert [lack.what for lack in missed.lacks] == ["what became of order 1: Bybit lists it nowhere"]
    missed = memory.missed(NOW - 25 * HOUR, Rest(), NOW)
    assert [(row["orderId"], row["orderStatus"]) for row in missed.rows] == [("1", "Cancelled")]
    assert int(missed.rows[0]["updatedTime"]) > BEFORE
    (lack,) = missed.lacks
    assert lack.before_ms == NOW - 24 * HOUR
    assert "ended without a fill" in lack.what


def test_one_with_a_fill_does_not_end_by_being_forgotten() -> None:
    """Bybit lists those for two years."""
    memory = source("order")
    memory.note(order("1", "PartiallyFilled", BEFORE, cumExecQty="1", category="linear"))
    missed = memory.missed(NOW - 25 * HOUR, Rest(), NOW)
    assert missed.rows == []
    assert any("order 1" in lack.what for lack in missed.lacks)


def test_a_row_that_cannot_be_read_is_handed_on() -> None:
    """It is reported by its decoder, and keeps nothing else from being recovered."""
    odd = order("1", "New", NOW, cumExecQty="many")
    rest = Rest(linear={"open": [odd, order("2", "New", NOW)]})
    assert [row["orderId"] for row in source("order").missed(SINCE, rest, NOW).rows] == ["2", "1"]
    assert source("order").note(None) is None


def test_what_the_stream_repeats_of_it_is_left_out() -> None:
    """Recovered and pushed rows together: each change once, the end last."""
    buffer = RecoveryBuffer(source("order"), Topic("order", ()), 0)
    assert buffer.admit(_push(order("1", "New", BEFORE))) is not None
    buffer.hold()
    end = order("1", "Filled", NOW - 5, cumExecQty="3")
    assert buffer.admit(_push(dict(end))) is None
    missed = buffer.source.missed(SINCE, Rest(linear={"history": [end], "open": [order("2", "New", NOW - 4)]}), NOW)
    pushes, number = buffer.release(missed.rows, buffer.outage)
    assert [(row["orderId"], row["orderStatus"]) for push in pushes for row in push.rows] == [
        ("1", "Filled"),
        ("2", "New"),
    ]
    assert number >= 1
    assert buffer.admit(_push(order("2", "New", NOW - 4))) is None
    assert buffer.admit(_push(order("2", "Cancelled", NOW))) is not None


def _push(row: dict[str, Any]) -> Push:
    return Push("order", {"topic": "order"}, [row], {"topic": "order", "data": [row]})
