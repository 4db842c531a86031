"""``Router`` and ``Batch``: from a push to everybody who listens, decoded once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.delivery.decoding import Decode, MessageDecoder
from okx_sync.delivery.push_callback import AssembledPush, AssembledPushCallback
from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.delivery.router import Batch, Router, TopicRoute
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import DecodeError
from okx_sync.protocol.assemble import Merge
from okx_sync.protocol.events import Event, Garbage, Push, Unknown
from okx_sync.timing import Clock
from tests.clocks import HandClock
from tests.delivery.numbers import Numbers
from tests.delivery.owner import PATIENCE_S, Reads, recording_owner, until
from tests.protocol.toy_dialect import A, B, Toy, push


def decode(rows: list[Any], _message: dict[str, Any]) -> list[Any]:
    """Rows as they are; a row that is None cannot be decoded."""
    if None in rows:
        raise DecodeError("a bad row", text="None")
    return list(rows)


def opener(decode: Decode = decode, report: Callable[[Exception], None] = lambda error: None) -> MessageDecoder:
    """Of messages that are lists of rows as text: ``[1, 2]``."""

    def read(frame: bytes) -> Event:
        try:
            rows = json.loads(frame)
        except ValueError as problem:
            return Garbage(frame, str(problem))
        return push("a", *rows) if isinstance(rows, list) else Unknown({"odd": rows})

    return MessageDecoder(lambda frame: decode(json.loads(frame), {}), decode, read, report)


def test_all_sinks_of_a_topic_get_the_same_objects_decoded_once() -> None:
    """Decoding is the expensive part; the objects cannot be changed, so they can be shared."""
    calls: list[int] = []

    def count(rows: list[Any], message: dict[str, Any]) -> list[Any]:
        calls.append(len(rows))
        return [object() for _ in rows]

    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        subs: list[Subscription[Any]] = [Subscription(owner, A) for _ in range(3)]
        for sub in subs:
            route = router.add(A, opener(count), sub)
        batch = Batch(router)
        batch.add(route, push("a", 1, 2))
        batch.add(route, push("a", 3))
        batch.flush()
        got = [[sub.get(0) for _ in range(3)] for sub in subs]
    assert calls == [2, 1]
    assert got[0] == got[1] == got[2]


def test_nothing_is_handed_over_before_the_flush_but_to_inline_callbacks() -> None:
    """One hand-over per read from the socket; ``inline`` is there for the lowest latency."""
    with recording_owner() as owner:
        at_once: list[int] = []
        router = Router(Clock(), lambda error: None)
        mailbox: Subscription[Any] = Subscription(owner, A)
        router.add(A, opener(), mailbox)
        route = router.add(A, opener(), Subscription(owner, A, callback=at_once.append, inline=True))
        batch = Batch(router)
        batch.add(route, push("a", 1))
        assert (at_once, mailbox.received) == ([1], 0)
        batch.flush()
        assert mailbox.received == 1
        batch.flush()
        assert (at_once, mailbox.received) == ([1], 1)


def test_one_bad_row_does_not_cost_its_neighbours() -> None:
    """It is reported, and the others are delivered in order."""
    with recording_owner() as owner:
        errors: list[Exception] = []
        router = Router(Clock(), errors.append)
        sub: Subscription[Any] = Subscription(owner, A)
        route = router.add(A, opener(report=errors.append), sub)
        batch = Batch(router)
        batch.add(route, push("a", 1, None, 2))
        batch.add(route, push("a", None))
        batch.flush()
        assert [sub.get(0), sub.get(0), sub.stats.waiting] == [1, 2, 0]
    assert [type(error) for error in errors] == [DecodeError, DecodeError]


def test_one_sink_that_fails_does_not_cost_the_others() -> None:
    """Whatever a user's queue or key raises is reported, and the next sink gets its events."""

    def no_key(_item: Any) -> int:
        raise RuntimeError("no key")

    with recording_owner() as owner:
        errors: list[Exception] = []
        router = Router(Clock(), errors.append)
        router.add(A, opener(), Subscription(owner, A, policy="latest", key=no_key))
        good: Subscription[Any] = Subscription(owner, A)
        route = router.add(A, opener(), good)
        batch = Batch(router)
        batch.add(route, push("a", 1))
        batch.flush()
        assert good.get(0) == 1
    assert [str(error) for error in errors] == ["no key"]


def test_the_last_subscription_of_a_topic_is_told() -> None:
    """Only then the wire has to hear of it; a stranger and a second removal count for nothing."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        one: Subscription[Any] = Subscription(owner, A)
        two: Subscription[Any] = Subscription(owner, A, callback=print, inline=True)
        other: Subscription[Any] = Subscription(owner, B)
        for sub in (one, two, other):
            router.add(sub.topic, opener(), sub)
        assert set(router.of(A)) == {one, two}
        assert set(router.subscriptions()) == {one, two, other}
        assert [router.remove(one), router.remove(one), router.remove(two), router.remove(two)] == [
            False,
            False,
            True,
            False,
        ]
        assert router.of(A) == ()
        assert router.subscriptions() == [other]


def test_a_route_that_was_given_up_and_taken_anew_is_another_one() -> None:
    """A late push for the old one reaches nobody."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        first: Subscription[Any] = Subscription(owner, A)
        old = router.add(A, opener(), first)
        router.remove(first)
        second: Subscription[Any] = Subscription(owner, A)
        new = router.add(A, opener(), second)
        assert new is not old
        batch = Batch(router)
        batch.add(old, push("a", "late"))
        batch.flush()
        assert (first.received, second.received) == (0, 0)


@pytest.mark.parametrize("rows", [[], [None]])
def test_a_push_without_anything_to_deliver(rows: list[Any]) -> None:
    """No empty hand-overs: a subscription may rely on getting something."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A)
        route: TopicRoute = router.add(A, opener(), sub)
        batch = Batch(router)
        batch.add(route, push("a", *rows))
        batch.flush()
        assert sub.latest() is None


def test_the_only_consumer_of_a_topic_gets_its_messages_as_they_are() -> None:
    """It parses them on its own thread."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A)
        route = router.add(A, opener(), sub)
        batch = Batch(router)
        batch.begin(1.0)
        assert [batch.take(route, frame) for frame in (b"[1, 2]", b"[3]")] == [True, True]
        batch.flush()
        assert [sub.get(0) for _ in range(3)] == [1, 2, 3]
        assert (router.of(A), router.of(B)) == ((sub,), ())


def test_a_message_for_several_is_parsed_once_and_a_bad_one_row_by_row() -> None:
    """Inline callbacks hear of it at once, mailboxes with the flush."""
    with recording_owner() as owner:
        errors, at_once = list[Exception](), list[int]()
        router = Router(Clock(), errors.append)
        mailbox: Subscription[Any] = Subscription(owner, A)
        router.add(A, opener(report=errors.append), mailbox)
        route = router.add(A, opener(), Subscription(owner, A, callback=at_once.append, inline=True))
        batch = Batch(router)
        for frame in (b"[1]", b"[2, null, 3]", b"{"):
            assert batch.take(route, frame)
        assert at_once == [1, 2, 3]
        assert mailbox.latest() is None
        batch.flush()
        assert [mailbox.get(0) for _ in range(3)] == [1, 2, 3]
        assert len(errors) == 2


def test_a_message_for_inline_callbacks_alone_is_enqueued_nowhere() -> None:
    """The flush has nothing to do."""
    with recording_owner() as owner:
        at_once: list[int] = []
        router = Router(Clock(), lambda error: None)
        route = router.add(A, opener(), Subscription(owner, A, callback=at_once.append, inline=True))
        batch = Batch(router)
        assert batch.take(route, b"[1]")
        batch.flush()
        assert at_once == [1]


def test_who_wants_whole_pushes_has_them_parsed_first() -> None:
    """Messages of that topic are not taken as they are; also a push without rows is one."""

    class Keep(AssembledPushCallback):
        def __call__(self, whole: AssembledPush) -> None:
            kept.append(whole.rows)

    with recording_owner() as owner:
        kept: list[list[Any]] = []
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A, callback=Keep(), inline=True)
        route = router.add(A, opener(), sub)
        batch = Batch(router)
        assert not batch.take(route, b"[1]")
        batch.add(route, push("a", 1))
        batch.add(route, push("a"))
        assert kept == [[1], []]
        assert router.subscriptions() == [sub]
        assert router.remove(sub)


def test_local_state_knows_of_a_bad_row_before_it_is_reported() -> None:
    """It must not look complete any more once the user hears that a row could not be read."""
    order: list[object] = []

    class Keep(AssembledPushCallback):
        def __call__(self, whole: AssembledPush) -> None:
            order.append(whole.rows)

    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A, callback=Keep(), inline=True)
        route = router.add(A, opener(report=lambda error: order.append("reported")), sub)
        Batch(router).add(route, push("a", 1, None, 3))
    assert order == [[1, 3], "reported"]


def test_updates_that_carry_only_what_changed_are_merged_before_they_are_told() -> None:
    """With what this socket has told before."""

    class Partial(Toy):
        def is_whole(self, push: Push) -> bool:
            return "whole" in push.message

    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A)
        route = router.add(A, opener(), sub)
        route.merge = Merge(Partial(), ["id"])
        route.settle()
        assert route.merge is not None
        batch = Batch(router)
        assert not batch.take(route, b"[1]")
        batch.add(route, push("a", {"id": 1, "bid": 5, "ask": 6}, whole=True))
        batch.add(route, push("a", {"id": 1, "ask": 7}))
        batch.flush()
        assert [sub.get(0) for _ in range(2)] == [{"id": 1, "bid": 5, "ask": 6}, {"id": 1, "bid": 5, "ask": 7}]


def test_what_is_held_back_during_a_recovery_comes_when_it_is_due_or_too_much() -> None:
    """No more than the budget may wait: then the stream goes on, and what was missed is told later."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A)
        route = router.add(A, opener(), sub)
        route.buffer = RecoveryBuffer(Numbers(), A, 0, max_bytes=10)
        route.settle()
        assert route.buffer is not None
        batch = Batch(router)
        batch.add(route, push("a", {"n": 1}))
        route.buffer.hold()
        for number, size in ((2, 8), (3, 8)):
            waits = push("a", {"n": number})
            waits.size = size
            batch.add(route, waits)
            batch.flush()
            assert (sub.stats.waiting == 1) == (number == 2)
        assert [sub.get(0)["n"] for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("inbox", [False, True], ids=["callback", "inbox"])
def test_more_events_than_a_blocking_mailbox_holds_reach_a_reader_that_knew_of_none(inbox: bool) -> None:
    """Who waits for room has told the reader before, and the other topics of that read do not wait behind it."""
    with recording_owner() as owner:
        got: list[int] = []
        other: list[int] = []
        router = Router(Clock(), lambda error: None)
        first: Subscription[Any] = Subscription(owner, B, callback=other.append)
        early = router.add(B, opener(), first)
        blocking: Subscription[Any] = Subscription(
            owner, A, callback=None if inbox else got.append, policy="block", maxsize=1
        )
        route = router.add(A, opener(), blocking)

        def feed() -> None:
            batch = Batch(router)
            batch.add(early, push("b", 7))
            batch.add(route, push("a", 1, 2, 3))
            batch.flush()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        until(lambda: other == [7])
        if inbox:
            got += [owner.inbox.recv(PATIENCE_S) for _ in range(3)]
        feeder.join(PATIENCE_S)
        assert not feeder.is_alive()
        until(lambda: got == [1, 2, 3])


def test_who_reads_and_waits_for_room_leaves_all_callbacks_to_others() -> None:
    """Also the one that makes the room: nobody has to come to the rescue first."""
    clock = HandClock()
    with recording_owner(clock) as owner:
        router = Router(clock, lambda error: None)
        slow, quick = list[int](), list[int]()

        def take_long(number: int) -> None:
            slow.append(number)
            clock.forward(0.03)  # so it is left to threads that do not read

        blocking: Subscription[Any] = Subscription(owner, A, callback=take_long, policy="block", maxsize=1)
        other: Subscription[Any] = Subscription(owner, B, callback=quick.append)
        routes = [router.add(sub.topic, opener(), sub) for sub in (other, blocking)]
        batch = Batch(router)

        def read(*numbers: int) -> None:
            batch.begin(clock.monotonic())
            for route in routes:
                batch.add(route, push("a", *numbers))
            batch.flush()

        owner.pool.ensure_running()
        assert owner.pool.lend(Reads(lambda: read(0), lambda: read(1, 2, 3)))
        until(lambda: slow == quick == [0, 1, 2, 3])


def test_what_has_left_stays_counted() -> None:
    """Sums over all subscriptions never fall."""
    with recording_owner() as owner:
        router = Router(Clock(), lambda error: None)
        subs: list[Subscription[Any]] = [Subscription(owner, A, maxsize=2) for _ in range(2)]
        for sub in subs:
            router.add(A, opener(), sub)
            sub.accept([1, 2, 3], 0.0)
        assert router.ended == (0, 0, 0, 0)
        for sub in subs:
            router.remove(sub)
            router.remove(sub)
        assert router.ended == (6, 0, 0, 2)
