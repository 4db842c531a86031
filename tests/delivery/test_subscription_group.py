"""``SubscriptionGroup``: several subscriptions read and ended as one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest

from okx_sync.delivery.subscription import Subscription
from okx_sync.delivery.subscription_group import SubscriptionGroup
from okx_sync.errors import ConfigError, OkxError, OkxTimeoutError, StreamClosed
from tests.delivery.owner import RecordingOwner, give, recording_owner
from tests.protocol.toy_dialect import A, B, C

TOPICS = (A, B, C)


def made(owner: RecordingOwner) -> tuple[SubscriptionGroup[int], list[Subscription[int]]]:
    """A group of three."""
    group: SubscriptionGroup[int] = SubscriptionGroup(owner.clock, nullcontext)
    subs = [Subscription[int](owner, topic) for topic in TOPICS]
    for sub in subs:
        group.add(sub)
    return group, subs


def test_each_topic_has_its_turn() -> None:
    """A busy topic does not hide the others; nothing is told twice."""
    with recording_owner() as owner:
        group, (a, b, _) = made(owner)
        give(a, 1, 2, 3)
        give(b, 10)
        assert [group.get(0) for _ in range(4)] == [1, 10, 2, 3]
        with pytest.raises(OkxTimeoutError):
            group.get(0)


def test_what_came_before_it_joined() -> None:
    """An event that waits already is read as well."""
    with recording_owner() as owner:
        sub = Subscription[int](owner, A)
        give(sub, 7)
        group: SubscriptionGroup[int] = SubscriptionGroup(owner.clock, nullcontext)
        group.add(sub)
        assert group.get(0) == 7


def test_it_ends_with_the_last() -> None:
    """What had come is read first, then the error of the last, as often as it is asked."""
    with recording_owner() as owner:
        group, (a, b, c) = made(owner)
        give(a, 1)
        a.end(StreamClosed("a left"))
        b.end(OkxError("b was refused"))
        assert group.subscriptions == (c,)
        assert len(group) == 1
        give(c, 3)
        c.end(StreamClosed("c left"))
        assert list(group) == [1, 3]
        for _ in range(2):
            with pytest.raises(StreamClosed, match="c left"):
                group.get()


def test_why_topics_were_refused() -> None:
    """By topic; one that was left on purpose is not among them."""
    with recording_owner() as owner:
        group, (a, b, _) = made(owner)
        b.failure = problem = OkxError("no such instrument")
        b.end(problem)
        a.end(StreamClosed("left"))
        assert group.refused == {B: problem}
        assert repr(group) == "<SubscriptionGroup of 3: 1 active, 1 refused>"


def test_all_are_left_together() -> None:
    """Within one block that gathers what is sent; at the end of a ``with`` block, too, and once only."""
    blocks: list[str] = []

    @contextmanager
    def together() -> Iterator[None]:
        blocks.append("begun")
        yield
        blocks.append(f"{len(owner.left)} left")

    with recording_owner() as owner:
        group: SubscriptionGroup[int] = SubscriptionGroup(owner.clock, together)
        subs = [Subscription[int](owner, topic) for topic in TOPICS]
        for sub in subs:
            group.add(sub)
        with group:
            pass
        assert blocks == ["begun", "3 left"]
        assert all(sub.is_closed for sub in subs)
        group.unsubscribe()
        assert len(owner.left) == 3


@pytest.mark.parametrize("inline", [False, True])
def test_events_that_go_elsewhere(inline: bool) -> None:
    """There is nothing to get where callbacks hear the events; an empty group says that it is empty."""
    with recording_owner() as owner:
        group: SubscriptionGroup[int] = SubscriptionGroup(owner.clock, nullcontext)
        with pytest.raises(StreamClosed, match="empty"):
            group.get(0)
        group.add(Subscription(owner, A, callback=lambda _: None, inline=inline))
        with pytest.raises(ConfigError, match="delivers elsewhere"):
            group.get(0)
