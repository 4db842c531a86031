"""``Placement``: which subscription a new one replaces."""

from __future__ import annotations

import threading
from typing import Any

from okx_sync.client.placement import Placement
from okx_sync.delivery.subscription import Subscription
from tests.delivery.owner import PATIENCE_S, desk
from tests.protocol.toy import A, B


def test_the_same_line_and_topic_replaces() -> None:
    """Running a cell again does not stack."""
    with desk() as owner:
        placement = Placement()
        one, two, three = (Subscription[Any](owner, A) for _ in range(3))
        assert [placement.put(sub) for sub in (one, two, three)] == [None, one, two]


def test_another_line_topic_or_callback_adds() -> None:
    """Each is a wish of its own."""
    with desk() as owner:
        placement = Placement()
        subs = [Subscription[Any](owner, A), Subscription(owner, B), Subscription(owner, A, callback=print)]
        assert [placement.put(sub) for sub in subs] == [None, None, None]
        assert placement.put(Subscription(owner, A)) is None


def test_methods_of_two_objects_are_two_wishes() -> None:
    """A loop over bots on one line leaves none of them without events."""

    class Bot:
        def on_tick(self, tick: object) -> None: ...

    with desk() as owner:
        placement = Placement()
        assert [placement.put(Subscription(owner, A, callback=Bot().on_tick)) for _ in range(2)] == [None, None]


def test_a_name_replaces_wherever_and_whatever_it_was() -> None:
    """The name alone counts: another line, another topic."""
    with desk() as owner:
        placement = Placement()
        one: Subscription[Any] = Subscription(owner, A, name="mine")
        two: Subscription[Any] = Subscription(owner, B, name="mine")
        assert placement.put(one) is None
        assert placement.put(two) is one
        assert placement.put(Subscription(owner, B, name="other")) is None


def test_what_has_ended_is_not_replaced() -> None:
    """Nor is a successor forgotten with the one before it."""
    with desk() as owner:
        placement = Placement()
        named: Subscription[Any] = Subscription(owner, A, name="mine")
        newer: Subscription[Any] = Subscription(owner, A, name="mine")
        placement.put(named)
        placement.put(newer)
        placement.remove(named)
        assert placement.put(Subscription(owner, A, name="mine")) is newer
        for _ in range(2):
            placed: Subscription[Any] = Subscription(owner, A)
            assert placement.put(placed) is None
            placement.remove(placed)
            placement.remove(placed)


def test_workers_that_run_the_same_line_are_no_rerun_of_each_other() -> None:
    """Each thread has its own subscription."""
    with desk() as owner:
        placement = Placement()
        replaced: list[Any] = []

        # Kept alive side by side, because the number of a thread that has ended is given away again.
        barrier = threading.Barrier(3)

        def work() -> None:
            replaced.append(placement.put(Subscription(owner, A)))
            barrier.wait(PATIENCE_S)

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        barrier.wait(PATIENCE_S)
        for thread in threads:
            thread.join(PATIENCE_S)
    assert replaced == [None, None]
