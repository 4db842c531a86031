"""Messages that are handed on as they are on the wire, and opened by whoever consumes them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.mailbox import Policy
from okx_sync.delivery.router import Batch, Router
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import DecodeError, MailboxOverflow, OkxTimeoutError, StreamClosed
from okx_sync.protocol.assemble import Merge
from okx_sync.protocol.events import Garbage
from okx_sync.rows.filling import Decoders
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S, RecordingOwner, recording_owner, until
from tests.delivery.test_router import opener
from tests.protocol.toy_dialect import A, Toy, push


def taken(owner: RecordingOwner, frames: list[bytes], errors: list[Exception], **how: Any) -> Subscription[Any]:
    """A subscription that was handed these messages in one batch."""
    router = Router(Clock(), errors.append)
    sub: Subscription[Any] = Subscription(owner, A, **how)
    route = router.add(A, opener(report=errors.append), sub)
    batch = Batch(router)
    batch.begin(0.0)
    assert all(batch.take(route, frame) for frame in frames)
    batch.flush()
    return sub


FRAMES = [b"[1]", b"[2, 3]", b"[]", b"[4]"]


def by_get(sub: Subscription[Any]) -> list[Any]:
    """All of it, one by one."""
    got = []
    while True:
        try:
            got.append(sub.get(0))
        except OkxTimeoutError:
            return got


def by_iteration(sub: Subscription[Any]) -> list[Any]:
    """As a ``for`` loop gets it."""
    sub.end(RuntimeError("over"))
    got: list[Any] = []
    with contextlib.suppress(RuntimeError):
        got.extend(sub)
    return got


def by_recv(sub: Subscription[Any]) -> list[Any]:
    """As ``recv()`` of the client gets it."""
    got = []
    while True:
        try:
            got.append(sub._owner.inbox.recv(0))
        except OkxTimeoutError:
            return got


@pytest.mark.parametrize("read", [by_get, by_recv])
def test_every_way_to_read_opens_them(read: Callable[[Subscription[Any]], list[Any]]) -> None:
    """In order, whatever is inside; and the counters count events, not messages, once they are known."""
    with recording_owner() as owner:
        sub = taken(owner, FRAMES, [])
        assert (sub.stats.received, sub.stats.waiting) == (4, 4)
        assert read(sub) == [1, 2, 3, 4]
        stats = sub.stats
    assert (stats.received, stats.delivered, stats.waiting) == (4, 4, 0)


def test_iteration_opens_them() -> None:
    """As above, to the end."""
    with recording_owner() as owner:
        sub = taken(owner, FRAMES, [])
        assert by_iteration(sub) == [1, 2, 3, 4]


def test_callbacks_get_what_is_inside() -> None:
    """On the callback thread, one by one."""
    got: list[int] = []
    with recording_owner() as owner:
        sub = taken(owner, FRAMES, [], callback=got.append)
        until(lambda: len(got) == 4)
        assert (sub.stats.received, sub.stats.delivered) == (4, 4)
    assert got == [1, 2, 3, 4]


def test_what_cannot_be_read_is_told_and_costs_nothing_else() -> None:
    """Garbage, an odd message and a bad row among good ones are reported in order by whoever opens them."""
    errors: list[Exception] = []
    with recording_owner() as owner:
        sub = taken(owner, [b"[1]", b"[2, null, 3]", b"{", b"7", b"[4]"], errors)
        assert errors == []
        assert by_get(sub) == [1, 2, 3, 4]
        assert (sub.stats.received, sub.stats.delivered) == (4, 4)
    assert [type(error) for error in errors] == [DecodeError] * 3
    for word, error in zip(("bad row", "cannot be read", "unknown"), errors, strict=True):
        assert word in str(error)


def test_a_message_of_no_use_does_not_end_the_wait() -> None:
    """``get`` goes on to wait, for what is left of its time."""
    with recording_owner() as owner:
        sub = taken(owner, [b"[]", b"{"], [])
        with pytest.raises(OkxTimeoutError):
            sub.get(0.01)


@pytest.mark.parametrize(("policy", "kept"), [("drop_oldest", [5, 6]), ("fail", [1, 2, 3])])
def test_what_is_dropped_is_counted_as_events(policy: Policy, kept: list[int]) -> None:
    """Every event is delivered, dropped or waiting, also when nobody has looked into its message."""
    with recording_owner() as owner:
        sub = taken(owner, [b"[1]", b"[2, 3]", b"[4]", b"[5]", b"[6]"], [], policy=policy, maxsize=2)
        got: list[Any] = []
        while len(got) < len(kept):
            got.append(sub.get(0))
        stats = sub.stats
        assert got == kept
        assert stats.received == stats.delivered + stats.dropped == 6
        assert owner.lost == stats.dropped
        if policy == "fail":
            with pytest.raises(MailboxOverflow, match="3 items"):
                sub.get(0)


def test_the_newest_is_known_before_it_is_consumed() -> None:
    """``latest()`` looks inside without taking it, and has nothing to say of what cannot be read."""
    with recording_owner() as owner:
        sub = taken(owner, [b"[1]", b"[2, 3]"], [])
        assert (sub.latest(), sub.stats.waiting) == (3, 2)
        assert taken(owner, [b"[1]", b"{"], []).latest() is None


def test_who_needs_objects_gets_objects() -> None:
    """Inline callbacks, own queues, ``latest`` and topics with several consumers are given the same decoded rows."""
    got: list[int] = []
    with recording_owner() as owner:
        taken(owner, FRAMES, [], callback=got.append, inline=True)
        assert got == [1, 2, 3, 4]
        coalescing = taken(owner, FRAMES, [], policy="latest", key=lambda item: item % 2)
        assert (coalescing.stats.received, coalescing.stats.coalesced) == (4, 2)

        router = Router(Clock(), lambda error: None)
        subs: list[Subscription[Any]] = [Subscription(owner, A) for _ in range(2)]
        for sub in subs:
            route = router.add(A, opener(lambda rows, _message: [object() for _ in rows]), sub)
        batch = Batch(router)
        assert batch.take(route, b"[1, 2]")
        batch.flush()
        assert by_get(subs[0]) == by_get(subs[1])
        router.remove(subs[0])
        assert route.lone is subs[1]


def test_a_topic_whose_pushes_must_be_seen_is_refused() -> None:
    """Merging needs the whole push: then nothing is done with the message, and the caller parses it."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A)
        route = router.add(A, opener(), sub)
        route.merge = Merge(Toy(), ())
        route.settle()
        batch = Batch(router)
        assert not batch.take(route, b"[1]")
        batch.add(route, push("a"))
        batch.flush()
        assert sub.received == 0


def test_many_readers_share_a_message_between_them() -> None:
    """Each event goes to one of them, none is lost or read twice."""
    with recording_owner() as owner:
        sub = taken(owner, [f"[{n}, {n + 1}, {n + 2}]".encode() for n in range(0, 900, 3)], [])
        got: list[int] = []

        def read() -> None:
            got.extend(by_get(sub))

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
        got.extend(by_get(sub))  # put back by a reader after another one had found nothing
        assert sorted(got) == list(range(900))
        assert (sub.stats.received, sub.stats.delivered) == (900, 900)


def test_nothing_comes_back_once_all_was_discarded() -> None:
    """Who opens a message while another thread unsubscribes does not leave the rest of it for the next reader."""
    with recording_owner() as owner:
        sub = taken(owner, [b"[1, 2, 3]"], [])
        (frame,) = sub._mailbox.take(1)
        assert isinstance(frame, bytes)
        sub.unsubscribe()
        sub._mailbox.put_back(sub._opened(frame)[1:])
        with pytest.raises(StreamClosed):
            sub.get(0)
        assert sub.stats.waiting == 0


@pytest.mark.parametrize("parsed", [False, True], ids=["frames", "pushes"])
def test_a_sample_is_looked_at_and_nothing_behind_it(parsed: bool) -> None:
    """So many messages by either way; what is delivered is the same, and then decoding is as it was."""
    one, seen = opener(), list[Any]()
    plain = one.at_once, one.decode
    one.sample("test", seen.append, 2)
    got = [one.rows(push("a", number)) if parsed else one(b"[%d]" % number) for number in range(4)]
    assert got == [[0], [1], [2], [3]]
    assert seen == [[0], [1]]
    assert (one.at_once, one.decode) == plain


# -- decoders that change --------------------------------------------------------------------------------------------


def plain_and_filled(begin: Callable[[MessageDecoder], None] | None = None) -> tuple[MessageDecoder, Decoders]:
    """A decoder whose rows say that they were decoded plainly, and decoders whose rows say that they were filled."""

    def decoders(word: str) -> Decoders:
        return Decoders(lambda frame: [word, frame], lambda rows, _message: [word, *rows])

    def unread(frame: bytes) -> Garbage:
        return Garbage(frame, "odd")

    return MessageDecoder(*decoders("plain"), unread, lambda _error: None, begin), decoders("filled")


def test_the_first_message_is_told_of_once() -> None:
    """Before it is consumed, and whether it came as it is on the wire or parsed."""
    ways: list[Callable[[MessageDecoder], list[Any]]] = [lambda one: one(b"1"), lambda one: one.decode([1], {})]
    for first in ways:
        begun: list[MessageDecoder] = []
        one, _ = plain_and_filled(begun.append)
        assert first(one)[0] == "plain"
        one(b"2")
        assert begun == [one]


def test_what_is_learned_with_the_first_message_holds_from_the_second_on() -> None:
    """And until then nothing else, also where it was said before the first."""
    one, filled = plain_and_filled(lambda decoder: decoder.use(filled))
    assert [one(b"1")[0], one(b"2")[0]] == ["plain", "filled"]
    begun: list[MessageDecoder] = []
    other, filled = plain_and_filled(begun.append)
    other.use(filled)
    assert begun == []
    assert [other(b"1")[0], other(b"2")[0]] == ["plain", "filled"]
    assert begun == [other]


def test_messages_are_shown_as_they_are_decoded_plainly() -> None:
    """So many of them, to each who wants to look; then they are decoded as was said last."""
    one, filled = plain_and_filled()
    one.use(filled)
    seen: dict[str, list[Any]] = {"a": [], "b": []}
    one.sample("a", seen["a"].append, 1)
    one.sample("b", seen["b"].append, 2)
    assert [one(b"1"), one.decode([2], {}), one(b"3")] == [["plain", b"1"], ["plain", 2], ["filled", b"3"]]
    assert seen == {"a": [["plain", b"1"]], "b": [["plain", b"1"], ["plain", 2]]}
    one.use(None)
    assert one(b"4") == ["plain", b"4"]
