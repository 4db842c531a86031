"""Frames that no exchange should send: each is told with its text, and the stream goes on as if nothing had been."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import CallbackError, DecodeError
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import BTC, TRADES, flood, numbers_of, reconnects, text_of, trade

paper = still_exchange.shared_paper

Send = Callable[[PaperExchange], object]


def _text(text: str) -> Send:
    return lambda paper: paper.send_raw(text)


def _json(message: Any) -> Send:
    return _text(text_of(message))


def _kind(kind: str) -> Send:
    return lambda paper: paper.faults.garbage(kind)


def _fragments(*parts: bytes) -> Send:
    """One text message in several frames; control frames may come in between."""
    frames = []
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        head = (0x80 if last else 0) | (1 if first else 0)
        size = bytes([len(part)]) if len(part) < 126 else b"\x7e" + struct.pack("!H", len(part))
        frames += [bytes([head]) + size + part, b"\x89\x02hi"]
    return lambda paper: paper.write_bytes(b"".join(frames[:-1]))


TRADES_HEAD = b'{"arg":' + text_of(TRADES).encode() + b","


def _text_frame(payload: bytes) -> bytes:
    size = bytes([len(payload)]) if len(payload) < 126 else b"\x7e" + struct.pack("!H", len(payload))
    return b"\x81" + size + payload


TOLD: dict[str, tuple[Send, str]] = {
    "text": (_kind("text"), "not JSON"),
    "binary": (_kind("binary"), "not JSON"),
    "truncated UTF-8": (_kind("truncated_utf8"), "not JSON"),
    "deep": (_kind("deep"), "cannot be read|unknown kind"),
    "no object": (_kind("not_object"), "not an object"),
    "empty": (_kind("empty"), "not JSON"),
    "null": (_text("null"), "not an object"),
    "number": (_text("5"), "not an object"),
    "NaN": (_text("NaN"), "not JSON"),
    "half a surrogate": (_text('{"msg":"\\ud800"}'), "not JSON|unknown kind"),
    "arg is a number": (_json({"arg": 5, "data": []}), "without a channel"),
    "arg is a list": (_json({"arg": [1], "data": [1]}), "without a channel"),
    "channel is a list": (_json({"arg": {"channel": ["trades"]}, "data": [{}]}), "without a channel"),
    "data is text": (_json({"arg": TRADES, "data": "none"}), "row is not an object"),
    "data is an object": (_json({"arg": TRADES, "data": {"0": {}}}), "row is not an object"),
    "data is missing": (_json({"arg": TRADES}), "row is not an object"),
    "rows are numbers": (_json({"arg": TRADES, "data": [1, 2]}), "row is not an object"),
    "rows are lists": (_json({"arg": TRADES, "data": [["BTC-USDT", "1"]]}), "row is not an object"),
    "a row is null": (_json({"arg": TRADES, "data": [None]}), "row is not an object"),
    "unknown event": (_json({"event": "surprise", "msg": "hello"}), "unknown kind"),
    "event is a list": (_json({"event": ["subscribe"]}), "unknown kind"),
    "event is a number": (_json({"event": 5}), "unknown kind"),
    "ack without arg": (_json({"event": "subscribe", "arg": 5}), "acknowledgement without arg"),
    "unknown message": (_json({"hello": "world"}), "unknown kind"),
    "unknown op": (_json({"op": "dance", "id": "x1", "code": "0", "msg": "", "data": []}), "nobody waits for"),
    "op is a list": (_json({"op": [1], "id": {}, "code": 1, "data": "x"}), "nobody waits for"),
    "an error about nothing": (_json({"event": "error", "code": "60013", "msg": "Invalid args"}), "60013"),
    "error of wrong types": (_json({"event": "error", "code": [1], "msg": {}, "arg": 5}), ""),
    "garbage in fragments": (_fragments(b'{"arg":', b"[", b"5"), "not JSON"),
}
HARMLESS: dict[str, Send] = {
    "no rows": _json({"arg": TRADES, "data": []}),
    "foreign topic": _json({"arg": {"channel": "trades", "instId": "XRP-USDT"}, "data": [trade(1)]}),
    "unhashable arg": _json({"arg": {"channel": "trades", "instId": {"a": [1]}}, "data": [trade(1)]}),
    "instId is a number": _json({"arg": {"channel": "trades", "instId": 7}, "data": [trade(1)]}),
    "ack of a foreign topic": _json({"event": "subscribe", "arg": {"channel": "trades", "instId": "XRP-USDT"}}),
    "ack again": _json({"event": "subscribe", "arg": TRADES, "connId": "x"}),
    "unsubscribed again": _json({"event": "unsubscribe", "arg": {"channel": "trades", "instId": "XRP-USDT"}}),
    "login out of turn": _json({"event": "login", "code": "0", "msg": ""}),
    "count": _json({"event": "channel-conn-count", "channel": "orders", "connCount": "2"}),
    "pong out of turn": _text("pong"),
}


@pytest.fixture
def stream(connect: Connect) -> tuple[Any, Any]:
    """A client without credentials that listens to trades."""
    watched = connect()
    return watched, watched.ws.subscribe_trades(BTC)


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told_with_its_text(paper: PaperExchange, stream: tuple[Any, Any], name: str) -> None:
    """``on_error`` gets exactly one error that says what is wrong and carries the text; the next trade arrives."""
    watched, sub = stream
    send, text = TOLD[name]
    send(paper)
    paper.push(TRADES, [trade(7)])
    assert numbers_of([sub.get(10)]) == [7]
    expected = 2 if name == "rows are numbers" else 1
    until(lambda: len(watched.errors) == expected)
    error = next(iter(watched.errors))
    assert re.search(text, str(error)), str(error)
    if isinstance(error, DecodeError) and name != "empty":
        assert 0 < len(error.text) < 400
    assert reconnects(watched.ws) == 0


CUT = TRADES_HEAD + b'"data":[{"instId":"BTC-USDT","px":"1"'
KNOWN_BEGINNING: dict[str, tuple[bytes, str]] = {
    "cut off": (CUT, "not JSON"),
    "bad UTF-8": (CUT + b"\xff" * 200 + b'"}]}', "not JSON"),
    "rows are numbers": (TRADES_HEAD + b'"data":[1]}', "row is not an object"),
    "a row is null": (TRADES_HEAD + b'"data":[null]}', "row is not an object"),
    "a list in a list": (TRADES_HEAD + b'"data":[[{}]]}', "row is not an object"),
    "data twice": (TRADES_HEAD + b'"data":[],"data":5}', "row is not an object"),
}


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("name", KNOWN_BEGINNING)
def test_it_is_told_though_it_begins_like_good_ones(
    paper: PaperExchange, connect: Connect, name: str, inline: bool
) -> None:
    """Once a topic's messages are known by their beginning, what follows is still checked, and nothing else is lost."""
    watched, got = connect(), list[Any]()
    frame, text = KNOWN_BEGINNING[name]
    sub = watched.ws.subscribe_trades(BTC, callback=got.append, inline=inline)
    paper.push(TRADES, [trade(1)])
    until(lambda: len(got) == 1)
    paper.push(TRADES, [trade(2)])
    until(lambda: len(got) == 2)
    paper.write_bytes(_text_frame(frame))
    paper.push(TRADES, [trade(3)])
    until(lambda: len(got) == 3 and len(watched.errors) > 0)
    assert numbers_of(got) == [1, 2, 3]
    assert [re.search(text, str(error)) is not None for error in watched.errors] == [True]
    assert sub.stats.received == 3
    assert reconnects(watched.ws) == 0


@pytest.mark.parametrize("name", HARMLESS)
def test_what_merely_comes_unasked_is_no_error(paper: PaperExchange, stream: tuple[Any, Any], name: str) -> None:
    """Nothing is told, nothing is delivered, the next trade arrives."""
    watched, sub = stream
    HARMLESS[name](paper)
    paper.push(TRADES, [trade(7)])
    assert numbers_of([sub.get(10)]) == [7]
    assert list(watched.errors) == []
    assert sub.stats.received == 1
    assert reconnects(watched.ws) == 0


def test_ten_megabytes(paper: PaperExchange, stream: tuple[Any, Any]) -> None:
    """A message of 10 MB of a topic nobody asked for is dropped, one of ours is delivered whole."""
    watched, sub = stream
    paper.faults.garbage("big")
    paper.send_raw(text_of({"arg": TRADES, "data": [trade(1) | {"filler": "x" * (10 << 20)}]}))
    big = sub.get(20)
    assert len(big.extra["filler"]) == 10 << 20
    paper.push(TRADES, [trade(2)])
    assert numbers_of([sub.get(10)]) == [2]
    assert list(watched.errors) == []
    assert reconnects(watched.ws) == 0


def test_a_message_in_fragments(paper: PaperExchange, stream: tuple[Any, Any]) -> None:
    """A text message in three frames with pings in between is one message; what follows in the same write too."""
    watched, sub = stream
    whole = text_of({"arg": TRADES, "data": [trade(1)]}).encode()
    _fragments(whole[:10], b"", whole[10:50], whole[50:])(paper)
    paper.push(TRADES, [trade(2)])
    assert numbers_of([sub.get(10), sub.get(10)]) == [1, 2]
    assert list(watched.errors) == []


def test_one_bad_row_does_not_cost_its_neighbours(paper: PaperExchange, stream: tuple[Any, Any]) -> None:
    """Of five rows in a push three are objects: they arrive, the other two are told."""
    watched, sub = stream
    paper.push(TRADES, [trade(1), 5, trade(2), ["x"], trade(3)])
    assert numbers_of(sub.get(10) for _ in range(3)) == [1, 2, 3]
    until(lambda: len(watched.errors) == 2)
    assert [error.text for error in watched.errors] == ["5", '["x"]']


def test_a_field_that_cannot_be_read(paper: PaperExchange, connect: Connect) -> None:
    """Fields of the wrong type: the object arrives all the same; reading that field raises ``DecodeError`` with class,
    field and text, which a callback's owner is told; other fields are readable; nothing else is disturbed."""
    watched = connect()
    prices = Heard()
    coalescing = watched.ws.subscribe_trades(BTC, policy="latest")
    plain = watched.ws.subscribe_trades(BTC)
    watched.ws.subscribe_trades(BTC, lambda event: prices(event.px))
    bad: dict[str, Any] = {**trade(1), "px": {"a": [1]}, "ts": "yesterday", "instId": ["list"], "sz": True}
    paper.push(TRADES, [bad, trade(2)])
    until(lambda: len(prices) == 1 and watched.errors)  # they are told on another thread than the prices
    [error] = watched.errors
    assert isinstance(error, CallbackError)
    assert isinstance(error.__cause__, DecodeError)
    first, second = plain.get(5), plain.get(5)
    assert (first.tradeId, second.tradeId) == ("1", "2")
    for field in ("px", "ts", "sz"):
        with pytest.raises(DecodeError, match=rf"Trade\.{field} is not"):
            getattr(first, field)
    assert sorted(str(event.tradeId) for event in (coalescing.get(5), coalescing.get(5))) == ["1", "2"]
    assert plain.stats.lag_ms is not None
    assert watched.ws.status()["subscriptions"]


def test_a_storm_of_garbage(paper: PaperExchange, stream: tuple[Any, Any]) -> None:
    """A thousand bad frames among a thousand good ones: each bad one is told, each good one arrives."""
    watched, sub = stream
    good = text_of({"arg": TRADES, "data": [trade(1)]}).encode()
    frame = bytes([0x81, 0x7E]) + struct.pack("!H", len(good)) + good
    paper.write_bytes((frame + b"\x81\x03{a}" + b"\x81\x00") * 500)
    until(lambda: sub.stats.received == 500)
    until(lambda: len(watched.errors) == 1_000)
    assert watched.ws.status()["errors"] == 1_000
    assert reconnects(watched.ws) == 0
    flood(paper, TRADES, trade, 1)
    until(lambda: sub.stats.received == 501)
