"""``Subscription`` with a queue of the user's own: ``queue.Queue``, bounded or not, or something like it."""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest

from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, MailboxOverflow, StreamClosed
from tests.delivery.owner import PATIENCE_S, give, recording_owner, until
from tests.protocol.toy_dialect import A


def rest(own: queue.Queue[Any]) -> list[Any]:
    """What is in it now."""
    items: list[Any] = []
    while not own.empty():
        items.append(own.get_nowait())
    return items


QUEUES = {"queue": queue.Queue(), "simple": queue.SimpleQueue(), "bounded": queue.Queue(9)}


@pytest.mark.parametrize("own", QUEUES.values(), ids=QUEUES)
def test_events_go_straight_into_it(own: Any) -> None:
    """In order, on the thread that delivers; the last item is the reason of the end."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, queue=own)
        give(sub, 1, 2)
        assert sub.stats.delivered == 2
        sub.unsubscribe()
        *events, end = rest(own)
    assert events == [1, 2]
    assert isinstance(end, StreamClosed)


def test_drop_oldest_makes_room_and_counts_what_it_drops() -> None:
    """The newest are kept; delivered is what the reader can get."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue(2)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="drop_oldest")
        give(sub, 1, 2, 3, 4, 5)
        stats = sub.stats
        assert (stats.received, stats.delivered, stats.dropped, owner.lost) == (5, 2, 3, 3)
        assert rest(own) == [4, 5]


def test_drop_oldest_counts_nothing_that_the_reader_got() -> None:
    """With a reader that is as fast as the writer, every event is delivered or dropped, never both."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue(3)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="drop_oldest")
        got: list[int] = []

        def read() -> None:
            while isinstance(item := own.get(timeout=PATIENCE_S), int):
                got.append(item)

        reader = threading.Thread(target=read)
        reader.start()
        for start in range(0, 3000, 10):
            give(sub, *range(start, start + 10))
        until(own.empty)
        stats = sub.stats
        sub.end(StreamClosed("over"))
        reader.join(PATIENCE_S)
    assert stats.dropped + len(got) == stats.dropped + stats.delivered == 3000


def test_a_reader_that_was_faster_costs_nothing() -> None:
    """Full when we put, empty when we make room: the reader got everything, and nothing is counted as lost."""

    class Raced(queue.Queue[Any]):
        """A queue whose reader empties it between two calls."""

        was_full = False

        def put_nowait(self, item: Any) -> None:
            if not self.was_full:
                self.was_full = True
                raise queue.Full
            super().put_nowait(item)

    with recording_owner() as owner:
        own = Raced()
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="drop_oldest")
        give(sub, 1)
        assert (sub.stats.delivered, sub.stats.dropped, owner.lost) == (1, 0, 0)
        assert rest(own) == [1]


def test_fail_stands_an_overflow_where_events_are_missing() -> None:
    """What was in the queue stays; behind it the reader learns how many did not fit."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue(2)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="fail")
        give(sub, 1, 2, 3, 4)
        assert (sub.stats.delivered, sub.stats.dropped, owner.lost) == (2, 2, 2)
        assert rest(own) == [1, 2]
        give(sub, 5)
        hole, five = rest(own)
    assert isinstance(hole, MailboxOverflow)
    assert "2 items" in str(hole)
    assert five == 5


def test_block_waits_for_the_reader() -> None:
    """Nothing is lost, and the writer goes on as soon as there is room."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue(1)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="block")
        writer = threading.Thread(target=give, args=(sub, 1, 2, 3))
        writer.start()
        assert [own.get(timeout=PATIENCE_S) for _ in range(3)] == [1, 2, 3]
        writer.join(PATIENCE_S)
        assert (sub.stats.delivered, sub.stats.dropped) == (3, 0)


def test_block_lets_go_at_the_end() -> None:
    """A writer that waits for room notices the end within a moment."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue(1)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="block")
        writer = threading.Thread(target=give, args=(sub, 1, 2, 3))
        writer.start()
        until(own.full)
        sub.unsubscribe()
        writer.join(PATIENCE_S)
        assert not writer.is_alive()


@pytest.mark.parametrize("policy", ["drop_oldest", "fail"])
def test_the_end_gets_into_a_full_queue(policy: Any) -> None:
    """A reader that never learned of it would wait for ever; the oldest event makes room and is counted."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue(2)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy=policy)
        give(sub, 1, 2)
        sub.end(StreamClosed("over"))
        kept, end = rest(own)
        assert sub.stats.dropped == 1
    assert kept == 2
    assert isinstance(end, StreamClosed)


def test_the_end_makes_no_room_for_an_event() -> None:
    """An event that found the queue full just before the end came takes the place of an older event, not of the end."""

    class Raced(queue.Queue[Any]):
        """A queue that is full when the second event comes; before anything else is done, all ends."""

        def put_nowait(self, item: Any) -> None:
            if item == 2:
                sub.end(StreamClosed("over"))
                raise queue.Full
            super().put_nowait(item)

    with recording_owner() as owner:
        own = Raced(1)
        sub: Subscription[int] = Subscription(owner, A, queue=own, policy="drop_oldest")
        give(sub, 1, 2)
        (end,) = rest(own)
    assert isinstance(end, StreamClosed)


def test_a_queue_that_breaks_is_reported_and_costs_only_its_events() -> None:
    """For example one that its owner has closed: the link goes on, and so does the end."""

    class Closed:
        def put_nowait(self, _item: object) -> None:
            raise ValueError("Queue is closed")

    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, queue=Closed())
        give(sub, 1, 2)
        assert [(str(error), event, name) for error, event, name in owner.errors] == [
            ("Queue is closed", 1, "Closed.put"),
            ("Queue is closed", 2, "Closed.put"),
        ]
        assert sub.stats.dropped == 2
        sub.unsubscribe()
        assert sub.is_closed


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit, ValueError])
@pytest.mark.parametrize("policy", ["block", "drop_oldest", "fail"])
def test_whatever_a_queue_raises_is_told_as_of_a_callback(kind: type[BaseException], policy: Any) -> None:
    """From ``put`` or while room is made in it: the thread that delivers lives on, and the next event gets its turn."""

    class Odd(queue.Queue[Any]):
        def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
            if item == 1:
                raise kind("odd")
            super().put(item, block, timeout)

    class Stuck(queue.Queue[Any]):
        def get_nowait(self) -> Any:
            raise kind("stuck")

    with recording_owner() as owner:
        odd: Subscription[int] = Subscription(owner, A, queue=Odd(), policy=policy)
        give(odd, 1, 2)
        assert [(type(error), event) for error, event, _ in owner.errors] == [(kind, 1)]
        assert (odd.stats.delivered, odd.stats.dropped) == (1, 1)
        if policy == "drop_oldest":
            stuck: Subscription[int] = Subscription(owner, A, queue=Stuck(1), policy=policy)
            give(stuck, 1, 2)
            assert stuck.stats.dropped == 1
            stuck.unsubscribe()
            assert stuck.is_closed


def test_latest_needs_the_mailbox() -> None:
    """Nothing can be replaced inside somebody else's queue."""
    with recording_owner() as owner, pytest.raises(ConfigError, match="latest"):
        Subscription(owner, A, queue=queue.Queue(), policy="latest")


def test_a_queue_subscription_cannot_be_read_by_get() -> None:
    """Its events are in the queue."""
    with recording_owner() as owner, pytest.raises(ConfigError, match="queue"):
        Subscription(owner, A, queue=queue.Queue()).get(0)
