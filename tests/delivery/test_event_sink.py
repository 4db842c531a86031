"""``EventSink``: by a callback, an inline callback, a queue of the user's or a mailbox, each event goes on once.

Seen through ``Subscription``, which is one with what the user reads of it; that is tested in ``test_subscription``.
"""

from __future__ import annotations

import queue
import threading
from typing import Any

import pytest

from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, MailboxOverflow, StreamClosed
from tests.delivery.owner import PATIENCE_S, HeldCallback, RecordingOwner, give, recording_owner, until
from tests.delivery.test_router import opener
from tests.protocol.toy_dialect import A

# -- ways ------------------------------------------------------------------------------------------------------------


def test_a_queue_that_is_none() -> None:
    """Said when the subscription is made, not when the first event arrives."""
    with recording_owner() as owner, pytest.raises(ConfigError):
        Subscription(owner, A, queue=[])


def test_in_a_queue_of_the_users_the_end_comes_behind_what_is_left() -> None:
    """Whoever reads it learns that nothing more will come, and why."""
    with recording_owner() as owner:
        own: queue.Queue[Any] = queue.Queue()
        sub: Subscription[int] = Subscription(owner, A, queue=own)
        give(sub, 1, 2)
        error = ConfigError("refused")
        assert sub.end(error)
        assert not sub.end(StreamClosed("over"))
        assert [own.get_nowait() for _ in range(3)] == [1, 2, error]


# -- callbacks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("error", [ValueError, SystemExit, KeyboardInterrupt])
def test_a_callback_that_raises_costs_nothing_but_its_event(error: type[BaseException], inline: bool) -> None:
    """All others are delivered; the owner is given the error, the event and the callback's name."""
    got: list[int] = []

    def callback(item: int) -> None:
        got.append(item)
        if item == 2:
            raise error("oops")

    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, callback=callback, inline=inline)
        give(sub, 1, 2, 3)
        until(lambda: got == [1, 2, 3])
        give(sub, 4)
        until(lambda: got == [1, 2, 3, 4])
        [(raised, event, name)] = owner.errors
        assert sub.stats.delivered == 4
    assert isinstance(raised, error)
    assert event == 2
    assert name is not None
    assert name.endswith("callback")


def test_where_callbacks_run() -> None:
    """On the pool's thread, or with ``inline`` on the thread that delivers."""
    with recording_owner() as owner:
        names: list[str] = []

        def note(_item: int) -> None:
            names.append(threading.current_thread().name)

        give(Subscription(owner, A, callback=note), 1)
        until(lambda: names)
        give(Subscription(owner, A, callback=note, inline=True), 1)
    assert names == ["okx-test-callback-0", threading.current_thread().name]


@pytest.mark.parametrize("inline", [False, True])
def test_a_callback_may_unsubscribe_itself(inline: bool) -> None:
    """From then on it is not called again, not even with events that were on their way to it."""
    got: list[int] = []
    with recording_owner() as owner:

        def once(item: int) -> None:
            got.append(item)
            sub.unsubscribe()

        sub: Subscription[int] = Subscription(owner, A, callback=once, inline=inline)
        give(sub, 1, 2, 3)
        give(sub, 4)
        # The same thread serves this one behind all that was waiting before.
        behind = threading.Event()
        give(Subscription(owner, A, callback=lambda _item: behind.set()), 1)
        assert behind.wait(PATIENCE_S)
    assert got == [1]


def test_a_callback_hears_of_an_overflow_through_the_owner() -> None:
    """It is given events only; the gap in them is reported."""
    gate, got = HeldCallback(), list[int]()
    with recording_owner() as owner:

        def slow(item: int) -> None:
            got.append(item)
            gate(item)

        sub: Subscription[int] = Subscription(owner, A, callback=slow, policy="fail", maxsize=2)
        give(sub, 1)
        assert gate.entered.wait(PATIENCE_S)
        give(sub, 2, 3, 4)
        gate.go_on.set()
        until(lambda: owner.errors)
        [(error, _, _)] = owner.errors
    assert isinstance(error, MailboxOverflow)
    assert got == [1, 2, 3]


# -- messages as they are on the wire --------------------------------------------------------------------------------


def opening(owner: RecordingOwner, **options: Any) -> Subscription[Any]:
    """A subscription that is given messages: lists of rows as text."""
    sub: Subscription[Any] = Subscription(owner, A, **options)
    sub.opener = opener(report=owner.report)
    return sub


@pytest.mark.parametrize(
    ("options", "may"),
    [
        ({}, True),
        ({"callback": print}, True),
        ({"callback": print, "inline": True}, False),
        ({"queue": queue.Queue()}, False),
        ({"policy": "latest", "key": lambda _row: 1}, False),
    ],
    ids=["mailbox", "callback", "inline", "queue", "latest"],
)
def test_who_needs_objects_at_once_is_given_no_messages(options: dict[str, Any], may: bool) -> None:
    """Those that are consumed elsewhere are opened there, which is cheaper."""
    with recording_owner() as owner:
        assert Subscription[int](owner, A, **options).opens_messages == may


def test_a_reader_of_all_subscriptions_opens_it_too() -> None:
    """``recv`` takes one event, and the rest of the message waits for the next call."""
    with recording_owner() as owner:
        sub = opening(owner)
        give(sub, b"[1, 2, 3]", b"[4]")
        assert owner.inbox.recv(0) == 1
        assert (sub.stats.waiting, sub.stats.waiting_bytes) == (3, 9)  # two thirds of the first one, and the second
        assert [owner.inbox.recv(0) for _ in range(3)] == [2, 3, 4]
        assert (sub.received, sub.stats.delivered, sub.stats.waiting) == (4, 4, 0)


def test_a_callback_gets_the_events_of_a_message() -> None:
    """On its thread; unsubscribed in between it gets no more of it."""
    got: list[int] = []
    with recording_owner() as owner:

        def note(item: int) -> None:
            got.append(item)
            if item == 3:
                sub.unsubscribe()

        sub = opening(owner, callback=note)
        give(sub, b"[1, 2]", b"[3, 4]", b"[5]")
        behind = threading.Event()
        give(Subscription(owner, A, callback=lambda _item: behind.set()), 1)
        assert behind.wait(PATIENCE_S)
    assert got == [1, 2, 3]


def test_what_is_dropped_is_counted_in_events() -> None:
    """A message that nobody opened is as many as are in it; what was made of one already is one each."""
    with recording_owner() as owner:
        sub = opening(owner, maxsize=2)
        give(sub, 0, b"[1, 2, 3]", b"[4]", b"[5]")
        assert (owner.lost, sub.stats.dropped, sub.received) == (4, 4, 6)
        assert [sub.get(0), sub.get(0)] == [4, 5]


# -- silence ---------------------------------------------------------------------------------------------------------


def test_silence_is_reported_once_until_something_comes() -> None:
    """Also the silence since the beginning."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        told = [sub.silence_reported]
        for step in (sub.report_silence, lambda: give(sub, 1), sub.report_silence):
            step()
            told.append(sub.silence_reported)
        assert told == [False, True, False, True]


def test_events_are_claimed_only_while_nothing_is_before_them() -> None:
    """A thread that reads may run what came at once: not while older events wait, nor while the strand runs."""
    with recording_owner() as owner:
        held = HeldCallback()
        sub: Subscription[int] = Subscription(owner, A, callback=held)
        strand = sub.claim([1], 0.0)
        assert strand is not None
        assert (sub.received, sub.stats.delivered, sub.stats.waiting) == (1, 1, 0)
        strand.scheduled = True
        assert sub.claim([2], 0.0) is None
        sub.keep([2], 0.0)
        strand.scheduled = False
        assert sub.claim([3], 0.0) is None
        assert strand.put_back is not None
        strand.put_back([1])
        assert (sub.received, sub.stats.delivered, sub.stats.waiting) == (2, 0, 2)
        assert strand.take(5) == [1, 2]


def test_who_runs_all_at_once_needs_no_mailbox() -> None:
    """It is made when something has to wait; until then it counts as empty."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, callback=HeldCallback())
        assert sub.claim([1, 2], 0.0) is not None
        assert "box" not in vars(sub)
        assert (sub.stats.received, sub.stats.delivered, sub.stats.waiting, sub.is_closed) == (2, 2, 0, False)
        assert "box" not in vars(sub)
        sub.keep([3], 0.0)
        assert "box" in vars(sub)
        assert (sub.stats.received, sub.stats.delivered, sub.stats.waiting) == (3, 2, 1)


def test_threads_that_need_the_mailbox_first_together_get_the_same() -> None:
    """Nothing is put into one that nobody reads."""
    with recording_owner() as owner:
        for _ in range(50):
            sub: Subscription[int] = Subscription(owner, A)
            together = threading.Barrier(4)

            def put(number: int, sub: Subscription[int] = sub, together: threading.Barrier = together) -> None:
                together.wait(PATIENCE_S)
                sub.accept([number], 0.0)

            threads = [threading.Thread(target=put, args=(number,)) for number in range(4)]
            for thread in threads:
                thread.start()
            assert sorted(sub.get(PATIENCE_S) for _ in threads) == [0, 1, 2, 3]
            for thread in threads:
                thread.join(PATIENCE_S)


def test_what_has_ended_is_not_claimed() -> None:
    """Neither with what came before it still to be read, nor without."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, callback=HeldCallback())
        sub.end(StreamClosed("over"))
        assert sub.claim([1], 0.0) is None
        assert sub.stats.received == 0


def test_claimed_events_that_are_not_run_come_back_first() -> None:
    """Before what came meanwhile, and they are counted as delivered once."""
    with recording_owner() as owner:
        held, got = HeldCallback(), list[int]()
        give(Subscription(owner, A, callback=held), 0)  # keeps the only thread
        assert held.entered.wait(PATIENCE_S)
        sub: Subscription[int] = Subscription(owner, A, callback=got.append)
        strand = sub.claim([1, 2], 0.0)
        assert strand is not None
        assert strand.put_back is not None
        give(sub, 3)
        strand.put_back([1, 2])
        owner.pool.schedule(strand)
        held.go_on.set()
        until(lambda: got == [1, 2, 3])
        assert sub.stats.delivered == 3
        assert sub.received == 3


def test_a_group_is_told_of_events_and_of_the_end() -> None:
    """Also of what waited before it was joined."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        give(sub, 1)
        group, endings = Inbox(owner.clock), list[Exception]()
        sub.join_group(group, endings.append)
        assert group.recv(PATIENCE_S) == 1
        give(sub, 2)
        assert group.recv(PATIENCE_S) == 2
        over = StreamClosed("over")
        assert sub.end(over, discard=True)
        assert sub.is_closed
        assert endings == [over]
