"""Prices that nobody vouches for are not shown: books that are crossed or of which nothing was told, and streams that
have ended.
"""

from __future__ import annotations

import time
from typing import Any

import orjson
import pytest

from okx_sync import BookInvalid, DecodeError, OrderBook, StreamClosed
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, Watched, place
from tests.conformance.wire_protocols import SWAP, Wire
from tests.loopback.conftest import until

_CROSSED = {"bids": [["65001", "1"]], "asks": [["65000", "1"]]}
_UNTOLD: dict[str, Any] = {}


def _whole_book(wire: Wire, sides: dict[str, Any]) -> bytes:
    """A whole book as this wire pushes it, with what ``sides`` has of it."""
    now = int(time.time() * 1000)
    short = {name[0]: rows for name, rows in sides.items()}
    frames: dict[str, dict[str, Any]] = {
        "OKX": {
            "arg": {"channel": "books", "instId": SWAP},
            "action": "snapshot",
            "data": [{**sides, "ts": str(now), "checksum": 0, "prevSeqId": -1, "seqId": 7}],
        },
        "Bitget V2": {
            "arg": {"instType": "USDT-FUTURES", "channel": "books", "instId": "BTCUSDT"},
            "action": "snapshot",
            "data": [{**sides, "ts": str(now), "seq": 7, "pseq": 0}],
        },
        "Bitget V3": {
            "arg": {"instType": "usdt-futures", "topic": "books", "symbol": "BTCUSDT"},
            "action": "snapshot",
            "data": [{**short, "ts": str(now), "seq": 7, "pseq": 0}],
        },
        "Bitget V1": {
            "arg": {"instType": "MC", "channel": "books", "instId": "BTCUSDT"},
            "action": "snapshot",
            "data": [{**sides, "ts": str(now)}],
        },
        "Bybit V5": {
            "topic": "orderbook.50.BTCUSDT",
            "type": "snapshot",
            "ts": now,
            "data": {"s": "BTCUSDT", **short, "u": 7, "seq": 7},
        },
        "Bybit seed": {
            "topic": "orderBook_200.100ms.BTCPERP",
            "type": "snapshot",
            "data": {"orderBook": _levels(sides)} if sides else {},
            "crossSeq": "7",
            "timestampE6": str(now * 1000),
        },
    }
    return orjson.dumps(frames[wire.name])


def _levels(sides: dict[str, Any]) -> list[dict[str, Any]]:
    words = {"bids": "Buy", "asks": "Sell"}
    return [
        {"price": px, "symbol": "BTCPERP", "id": f"{px}0000", "side": words[name], "size": int(size)}
        for name, rows in sides.items()
        for px, size in rows
    ]


def _open(paper: PaperExchange, wire: Wire, watched: Watched) -> tuple[OrderBook, str]:
    """A valid book, and what the server calls its topic."""
    assert wire.book is not None
    book = watched.ws.order_book(wire.book)
    assert book.wait_valid(5)
    (topic,) = paper.topics()
    return book, topic


def _asked(paper: PaperExchange, topic: str) -> int:
    return sum(one.asked[topic] for one in paper.connections)


@pytest.mark.parametrize(("sides", "problem"), [(_CROSSED, "crossed"), (_UNTOLD, "book")], ids=["crossed", "untold"])
def test_a_book_that_cannot_be_is_invalid(
    paper: PaperExchange, wire: Wire, connect: Connect, sides: dict[str, Any], problem: str
) -> None:
    """A whole book is crossed, or has no list of levels: it is never valid, and one new snapshot is asked for."""
    watched = connect()
    book, topic = _open(paper, wire, watched)
    seen: list[bool] = []
    paper.faults.lose_push(times=None)  # the answer to the request: first we look
    book.on_update(lambda one: seen.append(one.valid))
    paper.send_raw(_whole_book(wire, sides))
    gap = watched.states.until("gap")
    assert problem in (gap.reason or "")
    assert (gap.topic is not None, book.valid, any(seen)) == (True, False, False)
    with pytest.raises(BookInvalid, match=problem):
        book.bids()
    until(lambda: _asked(paper, topic) == 2, what="the request for another")
    paper.send_raw(_whole_book(wire, {"bids": [["64999", "1"]], "asks": [["65000", "1"]]}))
    assert book.wait_valid(5)
    assert (_asked(paper, topic), len(watched.states.of(kind="gap"))) == (2, 1)
    if sides is _UNTOLD:
        until(lambda: bool(watched.errors), what="the report")  # it has a way of its own to the user
    assert len(watched.errors) == (sides is _UNTOLD)


@pytest.mark.parametrize("data", [["garbage"], "garbage", None, 5], ids=str)
def test_a_push_of_a_book_that_is_no_object(paper: PaperExchange, wire: Wire, connect: Connect, data: Any) -> None:
    """Nobody can say what it changed: the book is invalid at once, numbered or not, and another one is asked for."""
    watched = connect()
    book, topic = _open(paper, wire, watched)
    paper.faults.lose_push(times=None)
    frame = orjson.loads(_whole_book(wire, _CROSSED))
    frame["data"] = data
    paper.send_raw(orjson.dumps(frame))
    assert "read" in (watched.states.until("gap").reason or "")
    assert not book.valid
    until(lambda: _asked(paper, topic) == 2, what="the request for another")
    paper.send_raw(_whole_book(wire, {"bids": [["64999", "1"]], "asks": [["65000", "1"]]}))
    assert book.wait_valid(5)
    assert (len(watched.states.of(kind="gap")), len(watched.errors)) == (1, 1)


def test_one_unreadable_field_of_a_book(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A time that cannot be read is not told, and is reported once, however often it comes; the book stays valid."""
    watched = connect()
    book, topic = _open(paper, wire, watched)
    paper.faults.lose_push(times=None)
    frame = orjson.loads(_whole_book(wire, {"bids": [["64999", "1"]], "asks": [["65000", "1"]]}))
    place = frame if wire.name.startswith("Bybit") else frame["data"][0]
    name = {"Bybit V5": "cts", "Bybit seed": "timestampE6"}.get(wire.name, "ts")
    place[name] = "soon"
    received = watched.ws.status()["subscriptions"][0]["received"]
    for _ in range(2):
        paper.send_raw(orjson.dumps(frame))
    until(lambda: watched.ws.status()["subscriptions"][0]["received"] >= received + 2, what="the book, twice")
    until(lambda: bool(watched.errors), what="the report")
    [error] = watched.errors
    assert isinstance(error, DecodeError)
    assert str(error.field).endswith(f".{name}")
    assert (book.valid, _asked(paper, topic)) == (True, 1)


def test_a_book_that_stays_crossed_is_not_asked_for_in_a_loop(
    paper: PaperExchange, wire: Wire, connect: Connect
) -> None:
    """Whatever whole books come are crossed (an auction, say): invalid with the reason, two reports, one request."""
    watched = connect()
    book, topic = _open(paper, wire, watched)
    paper.faults.lose_push(times=None)
    for _ in range(50):
        paper.send_raw(_whole_book(wire, _CROSSED))
    until(lambda: _asked(paper, topic) == 2, what="the request for another")
    for _ in range(50):
        paper.send_raw(_whole_book(wire, _CROSSED))
    paper.send_raw(_whole_book(wire, {"bids": [["64999", "1"]], "asks": [["65000", "1"]]}))
    assert book.wait_valid(5)
    assert _asked(paper, topic) == 2
    assert len(watched.states.of(kind="gap")) <= 2


def test_the_newest_event_of_an_ended_subscription(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A lost link shows in ``is_connected`` and ``age``, and ``latest`` is what was last told; once ended it raises."""
    watched = connect()
    left, kept = watched.subscribe(wire.orders, name="left"), watched.subscribe(wire.orders, name="kept")
    place(paper)
    until(lambda: left.latest() is not None and kept.latest() is not None, what="an order")
    assert kept.is_connected
    paper.faults.refuse_handshake(502, times=3)
    paper.faults.drop()
    watched.states.until("lost", path="private")
    until(lambda: not kept.is_connected, what="the loss")
    assert kept.latest() is not None
    until(lambda: (kept.age or 0) > 0.05, what="its age")
    assert kept.latest(max_age=0.05) is None
    watched.states.until("restored", path="private")
    until(lambda: kept.is_connected, what="the link")
    left.unsubscribe()
    with pytest.raises(StreamClosed, match="unsubscribed"):
        left.latest()
    watched.ws.close()
    with pytest.raises(StreamClosed, match="closed"):
        kept.latest()


def test_changes_before_their_whole_row(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Not delivered, since nobody could tell what is missing from what is unchanged; counted, and told once."""
    assert wire.partial is not None
    watched = connect()
    paper.faults.lose_push(times=None)
    sub = watched.subscribe(wire.partial)
    (topic,) = paper.topics()
    paper.faults.clear()
    for price in (65_100, 65_200, 65_300):
        assert paper.push({"topic": topic}, [wire.partial.row(price)], type="delta") == 1
    until(lambda: sub.stats.incomplete == 3, what="the count")
    assert (sub.received, sub.latest()) == (0, None)
    watched.states.until("gap")
    (gap,) = watched.states.of(kind="gap")
    assert gap.topic == str(sub.topic)
    assert "before the row" in (gap.reason or "")
    assert "incomplete 3" in repr(watched.ws.status())
    assert list(watched.errors) == []
