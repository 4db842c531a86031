"""``Router`` and ``Batch``: from a push to everybody who listens, decoded once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.delivery.decoding import Decode, MessageDecoder
from okx_sync.delivery.router import Batch, Router, TopicRoute
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import DecodeError
from okx_sync.protocol.events import Event, Garbage, Unknown
from okx_sync.timing import Clock
from tests.delivery.owner import desk
from tests.protocol.toy import A, B, push


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

    with desk() as owner:
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
    with desk() as owner:
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
    with desk() as owner:
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

    with desk() as owner:
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
    with desk() as owner:
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
    with desk() as owner:
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
    with desk() as owner:
        router = Router(Clock(), lambda error: None)
        sub: Subscription[Any] = Subscription(owner, A)
        route: TopicRoute = router.add(A, opener(), sub)
        batch = Batch(router)
        batch.add(route, push("a", *rows))
        batch.flush()
        assert sub.latest() is None
