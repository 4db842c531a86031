"""From the socket to the user: nothing is lost in silence, nobody suffers for another, bad frames cost nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync import CallbackError, ConfigError, DecodeError, MailboxOverflow, Subscription
from okx_sync.paper import PaperExchange
from tests.conformance.conftest import Connect, place, topic_of
from tests.conformance.wire_protocols import Stream, Wire
from tests.loopback.conftest import Heard, until

FRAMES = 400
MAXSIZE = 50
TOLD = {
    "text": "not JSON",
    "binary": "not JSON",
    "truncated_utf8": "not JSON",
    "not_object": "not an object",
    "empty": "not JSON",
}


def _subscribed(
    paper: PaperExchange, subscribe: Callable[[], Subscription[Any]]
) -> tuple[Subscription[Any], dict[str, str]]:
    """The subscription, and its topic at the server."""
    made: list[Subscription[Any]] = []
    arg = topic_of(paper, lambda: made.append(subscribe()))
    return made[0], arg


def _settled(sub: Subscription[Any], received: int) -> bool:
    now = sub.stats
    return now.received == received == now.delivered + now.coalesced + now.dropped + now.waiting


def _flood(paper: PaperExchange, sub: Subscription[Any], arg: dict[str, str], stream: Stream) -> None:
    """Push numbered rows while nobody reads, and wait until each has its place."""
    before = sub.stats.received
    assert paper.flood(arg, stream.row, FRAMES).result(20) == FRAMES
    until(lambda: _settled(sub, before + FRAMES), what="all frames")


def _drain(sub: Subscription[Any], number: int) -> list[Any]:
    return [sub.get(5) for _ in range(number)]


@pytest.mark.parametrize("policy", ["drop_oldest", "latest", "block"])
def test_a_slow_reader_of_market_data(paper: PaperExchange, wire: Wire, connect: Connect, policy: Any) -> None:
    """A slow reader: memory is bounded by the policy that the user named; what is dropped is counted and told."""
    assert wire.trades is not None
    trades, watched = wire.trades, connect()
    sub, arg = _subscribed(paper, lambda: watched.subscribe(trades, policy=policy, maxsize=MAXSIZE))
    _clear(paper, sub, arg, trades)
    if policy == "block":
        done = paper.flood(arg, trades.row, FRAMES)
        got = [trades.number(event) for event in _drain(sub, FRAMES)]
        assert done.result(10) == FRAMES
        assert got == list(range(FRAMES))
        assert sub.stats.dropped == 0
        return
    _flood(paper, sub, arg, trades)
    waiting = sub.stats.waiting
    got = [trades.number(event) for event in _drain(sub, waiting)]
    if policy == "latest":
        assert got == [FRAMES - 1]
        assert watched.states.of(kind="gap") == []
    else:
        assert got == list(range(FRAMES - MAXSIZE, FRAMES))
        assert sub.stats.dropped >= FRAMES - MAXSIZE
        told = watched.states.until("gap")
        assert "consumer is too slow" in str(told.reason)
        until(lambda: sum(int(str(e.reason).split()[0]) for e in watched.states.of(kind="gap")) == sub.stats.dropped)


def _clear(paper: PaperExchange, sub: Subscription[Any], arg: dict[str, str], stream: Stream) -> None:
    """Read away what a stream began with."""
    mark = stream.row(1_000_000)
    assert paper.push(arg, [mark]) == 1
    while sub.get(5).to_wire() != mark:
        pass


def test_account_data_is_never_dropped_silently(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Account data cannot be dropped silently: the policy for that is refused, and ``MailboxOverflow`` stands exactly
    where events are missing.
    """
    watched = connect()
    with pytest.raises(ConfigError, match="never dropped silently"):
        watched.subscribe(wire.orders, policy="drop_oldest")
    sub, arg = _subscribed(paper, lambda: watched.subscribe(wire.orders, maxsize=MAXSIZE))
    _flood(paper, sub, arg, wire.orders)
    assert [wire.orders.number(event) for event in _drain(sub, MAXSIZE)] == list(range(MAXSIZE))
    with pytest.raises(MailboxOverflow, match=f"{FRAMES - MAXSIZE} items were lost here") as caught:
        sub.get(5)
    assert caught.value.hint
    watched.states.until("gap")
    paper.push(arg, [wire.orders.row(FRAMES)])
    assert wire.orders.number(sub.get(5)) == FRAMES


def test_a_callback_that_raises(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """It costs nothing but its own event: everybody else gets theirs, ``on_error`` names the callback and the event."""
    watched, good = connect(), Heard()

    def breaks(event: Any) -> None:
        if wire.orders.number(event) % 2:
            raise ZeroDivisionError("boom")
        good(event)

    arg = topic_of(paper, lambda: watched.subscribe(wire.orders, breaks))
    for number in range(6):
        paper.push(arg, [wire.orders.row(number)])
    until(lambda: len(good) == 3 and len(watched.errors) == 3)
    assert [wire.orders.number(event) for event in good] == [0, 2, 4]
    for error in watched.errors:
        assert isinstance(error, CallbackError)
        assert "breaks" in str(error)
        assert isinstance(error.__cause__, ZeroDivisionError)


def test_a_callback_that_hangs(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """It delays no reader of another stream, and no heartbeat."""
    watched, release, heard = connect(), threading.Event(), Heard()
    arg = topic_of(paper, lambda: watched.subscribe(wire.orders, lambda _event: release.wait(20)))
    watched.subscribe(wire.orders, heard, name="other")
    for number in range(3):
        paper.push(arg, [wire.orders.row(number)])
    heard.until_more(3 - len(heard))
    release.set()


def test_garbage(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """Frames that nobody should send: each is told once with its text, and the stream goes on."""
    watched, heard = connect(), Heard()
    arg = topic_of(paper, lambda: watched.subscribe(wire.orders, heard))
    for number, (garbage, text) in enumerate(TOLD.items(), 1):
        assert paper.faults.garbage(garbage) == 1
        paper.push(arg, [wire.orders.row(number)])
        heard.until_more(number - len(heard))
        until(lambda number=number: len(watched.errors) == number, what=f"the error of {garbage}")  # type: ignore[misc]
        error = list(watched.errors)[-1]
        assert re.search(text, str(error)), str(error)
    for garbage in ("deep", "wrong_types", "big"):
        before = len(watched.errors)
        paper.faults.garbage(garbage)
        paper.push(arg, [5, wire.orders.row(50)])  # of two rows one cannot be read
        until(lambda before=before: len(watched.errors) > before, 20)  # type: ignore[misc]
    until(lambda: [wire.orders.number(event) for event in list(heard)[-1:]] == [50])
    place(paper)
    until(lambda: any(event.to_update().order_id != "50" for event in list(heard)[-1:]), what="an order")
    assert all(int(link["reconnects"]) == 0 for link in watched.ws.status()["links"].values())


def test_a_field_that_cannot_be_read(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """The object arrives all the same; reading that field raises ``DecodeError``, the others are readable."""
    watched = connect()
    sub, arg = _subscribed(paper, lambda: watched.subscribe(wire.orders))
    row = wire.orders.row(1)
    name = next(key for key in ("px", "price") if key in row)
    paper.push(arg, [row | {name: {"a": [1]}}])
    event = sub.get(5)
    assert wire.orders.number(event) == 1
    with pytest.raises(DecodeError, match=rf"\.{name} is not"):
        getattr(event, name)


def test_fields_that_are_new(paper: PaperExchange, wire: Wire, connect: Connect) -> None:
    """A field that this version does not know is kept, in ``extra`` and in ``to_wire()``; a missing one is None."""
    watched = connect()
    sub, arg = _subscribed(paper, lambda: watched.subscribe(wire.orders))
    row = wire.orders.row(1) | {"surprise": {"deep": ["1.10"]}}
    paper.push(arg, [row])
    event = sub.get(5)
    assert event.extra == {"surprise": {"deep": ["1.10"]}}
    assert event.to_wire() == row
    assert list(watched.errors) == []
