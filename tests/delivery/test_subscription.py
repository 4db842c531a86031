"""``Subscription``: mailbox, callback, inline callback or a queue of the user's own."""

from __future__ import annotations

import queue
import signal
import sys
import threading
from typing import Any

import attrs
import pytest

from okx_sync import fork
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, DecodeError, MailboxOverflow, OkxTimeoutError, StreamClosed
from tests.delivery.owner import PATIENCE_S, RecordingOwner, give, recording_owner, until
from tests.delivery.test_event_sink import opening
from tests.protocol.toy_dialect import A

# -- mailbox ---------------------------------------------------------------------------------------------------------


def test_reading_from_the_mailbox() -> None:
    """``get``, ``latest`` and iteration see the same events; the end stops the loop."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        assert sub.latest() is None
        give(sub, 1, 2, 3)
        assert sub.get(0) == 1
        assert sub.latest() == 3
        sub.end(StreamClosed("over"))
        assert list(sub) == [2, 3]
        with pytest.raises(StreamClosed):
            sub.get(0)


@pytest.mark.parametrize("way", ["mailbox", "callback", "inline", "queue"])
def test_the_newest_event_of_what_has_ended(way: str) -> None:
    """``latest`` raises what ended the subscription, for every way of delivery: no price outlives its stream."""
    ways: dict[str, dict[str, Any]] = {
        "mailbox": {},
        "callback": {"callback": lambda _: None},
        "inline": {"callback": lambda _: None, "inline": True},
        "queue": {"queue": queue.Queue()},
    }
    with recording_owner() as owner:
        refused, left = Subscription[int](owner, A, **ways[way]), Subscription[int](owner, A, **ways[way])
        for sub in (refused, left):
            give(sub, 1)
            assert sub.latest() == 1
        refused.end(ConfigError("refused"))
        left.unsubscribe()
        for _ in range(2):
            with pytest.raises(ConfigError, match="refused"):
                refused.latest()
            with pytest.raises(StreamClosed, match="unsubscribed"):
                left.latest()


def test_the_age_of_the_newest_event() -> None:
    """``age`` counts from when the newest event arrived, and ``max_age`` keeps what is older from being read."""
    with recording_owner() as owner:
        sub = Subscription[int](owner, A)
        assert (sub.age, sub.latest(max_age=60)) == (None, None)
        give(sub, 1)
        assert sub.latest(max_age=60) == 1
        assert sub.age is not None
        assert 0 <= sub.age < 60
        until(lambda: sub.latest(max_age=0.01) is None)
        assert sub.latest() == 1
        with pytest.raises(ConfigError, match="seconds"):
            sub.latest(max_age=0)


def test_whether_its_link_is_up() -> None:
    """``is_connected`` is the link's word, and False once the subscription has ended."""
    with recording_owner() as owner:
        sub = Subscription[int](owner, A)
        told = [sub.is_connected]
        owner.is_connected = False
        told.append(sub.is_connected)
        owner.is_connected = True
        sub.unsubscribe()
        told.append(sub.is_connected)
        assert told == [True, False, False]


def test_the_error_that_ended_it_comes_out_of_a_loop_too() -> None:
    """Only a wanted end ends a loop quietly."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        give(sub, 1)
        sub.end(ConfigError("refused"))
        assert next(sub) == 1
        with pytest.raises(ConfigError, match="refused"):
            next(sub)


def test_unsubscribing_empties_and_tells_the_owner() -> None:
    """Delivery stops at once; doing it twice is harmless, and the context manager does it."""
    with recording_owner() as owner:
        with Subscription[int](owner, A) as sub:
            give(sub, 1)
        assert sub.is_closed
        sub.unsubscribe()
        assert list(sub) == []
        assert set(owner.left) == {sub}
        assert set(owner.left_on) == {threading.current_thread().name}
        give(sub, 2)
        assert sub.stats.waiting == 0


def test_an_overflow_is_met_where_events_are_missing() -> None:
    """Policy ``fail``: the owner hears of the loss, the reader of the place."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, policy="fail", maxsize=2)
        give(sub, 1, 2, 3)
        assert owner.lost == 1
        assert [sub.get(0), sub.get(0)] == [1, 2]
        with pytest.raises(MailboxOverflow):
            sub.get(0)


@attrs.frozen
class Stamped:
    """An event with the exchange's time."""

    ts: int | None = None


class Unreadable:
    """A lazily decoded event whose time is nonsense."""

    @property
    def ts(self) -> int:
        raise DecodeError("ts is no number", text="x")


def test_counters_tell_what_became_of_the_events() -> None:
    """Received, delivered, waiting, lag behind the exchange's stamp and silence."""
    with recording_owner() as owner:
        sub: Subscription[Any] = Subscription(owner, A, stamp="ts")
        assert (sub.stats.lag_ms, sub.stats.silent_s) == (None, None)
        now, stamp = owner.clock.monotonic(), int(owner.clock.server_time() * 1000) - 250
        sub.accept([Stamped(1), Stamped(stamp)], now)
        sub.get(0)
        stats = sub.stats
        assert (stats.received, stats.delivered, stats.waiting) == (2, 1, 1)
        assert stats.lag_ms is not None
        assert 250 <= stats.lag_ms < 10_000
        assert stats.silent_s is not None
        assert stats.silent_s >= 0
        sub.accept([Unreadable()], now)
        assert sub.stats.lag_ms is None
        assert sub.silent_for(now + 5) == pytest.approx(5)


def test_the_repr_says_what_goes_where() -> None:
    """Topic, way and count; or that it is over."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, policy="block")
        assert repr(sub) == "<Subscription a() -> mailbox block, 0 received>"
        sub.unsubscribe()
        assert repr(sub).endswith("closed>")


# -- callbacks -------------------------------------------------------------------------------------------------------


def test_a_callback_subscription_cannot_be_read() -> None:
    """Its events go elsewhere; asking for them is a mistake, and said."""
    with recording_owner() as owner, pytest.raises(ConfigError, match="callback"):
        Subscription(owner, A, callback=print).get(0)


# -- messages as they are on the wire --------------------------------------------------------------------------------


def test_who_reads_opens_the_message() -> None:
    """Its events come one by one and are counted one by one; one without any is none."""
    with recording_owner() as owner:
        sub = opening(owner)
        give(sub, b"[1, 2]", b"[]", b"[3]")
        assert sub.latest() == 3
        assert (sub.get(0), sub.stats.waiting_bytes) == (1, 8)  # half of the first one, and the others
        assert [sub.get(0), sub.get(0)] == [2, 3]
        with pytest.raises(OkxTimeoutError):
            sub.get(0)
        assert (sub.received, sub.stats.delivered, sub.stats.waiting, owner.errors) == (3, 3, 0, [])


def test_a_message_that_cannot_be_read_is_told_by_whoever_consumes_it() -> None:
    """Nothing is the newest event then."""
    with recording_owner() as owner:
        sub = opening(owner)
        give(sub, b"nonsense")
        assert sub.latest() is None
        assert owner.errors == []
        give(sub, b"[1]")
        assert sub.get(0) == 1
        [(error, _, _)] = owner.errors
    assert isinstance(error, DecodeError)


# -- the end ---------------------------------------------------------------------------------------------------------


def test_in_a_forked_child_unsubscribing_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The topic is the parent's."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        monkeypatch.setattr(fork, "is_from_parent", lambda thing: thing is sub)
        sub.unsubscribe()
        assert (sub.is_closed, owner.left) == (False, [])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_from_a_signal_handler_a_thread_unsubscribes() -> None:
    """The call that was interrupted may hold what it needs; that call ends."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        main = threading.main_thread().ident
        assert main is not None
        before = signal.signal(signal.SIGINT, lambda *_: sub.unsubscribe())
        try:
            timer = threading.Timer(0.02, signal.pthread_kill, (main, signal.SIGINT))
            timer.start()
            with pytest.raises(StreamClosed, match="unsubscribed"):
                sub.get(PATIENCE_S)
            timer.join(PATIENCE_S)
        finally:
            signal.signal(signal.SIGINT, before)
        assert (owner.left, owner.left_on) == ([sub], ["okx-unsubscribe"])
        until(lambda: all(thread.name != "okx-unsubscribe" for thread in threading.enumerate()))


# -- recv ------------------------------------------------------------------------------------------------------------


def test_recv_is_fair_between_subscriptions() -> None:
    """A busy one does not keep a quiet one waiting."""
    with recording_owner() as owner:
        busy: Subscription[str] = Subscription(owner, A)
        quiet: Subscription[str] = Subscription(owner, A)
        give(busy, "b1", "b2", "b3", "b4")
        give(quiet, "q1", "q2")
        assert [owner.inbox.recv(0) for _ in range(6)] == ["b1", "q1", "b2", "q2", "b3", "b4"]
        with pytest.raises(OkxTimeoutError):
            owner.inbox.recv(0.01)


def test_recv_waits_for_the_next_event() -> None:
    """And an overflow is raised where events are missing."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A, policy="fail", maxsize=1)
        feeder = threading.Timer(0.02, give, (sub, 1, 2))
        feeder.start()
        assert owner.inbox.recv(PATIENCE_S) == 1
        feeder.join(PATIENCE_S)
        with pytest.raises(MailboxOverflow):
            owner.inbox.recv(0)


def test_recv_skips_what_was_read_elsewhere_or_is_gone() -> None:
    """``get()`` and ``unsubscribe()`` may take events away; nothing is kept of a subscription that is gone."""
    with recording_owner() as owner:
        read: Subscription[int] = Subscription(owner, A)
        gone: Subscription[int] = Subscription(owner, A)
        left: Subscription[int] = Subscription(owner, A)
        for sub in (read, gone, left):
            give(sub, 1)
        read.get(0)
        gone.unsubscribe()
        give(gone, 2)
        left.end(StreamClosed("replaced"))
        assert gone not in owner.inbox._ready
        assert owner.inbox.recv(0) == 1
        with pytest.raises(OkxTimeoutError):
            owner.inbox.recv(0)


def test_recv_after_the_end_and_after_a_failure() -> None:
    """A failure is told once, behind what had arrived; the end is told every time."""
    with recording_owner() as owner:
        sub: Subscription[int] = Subscription(owner, A)
        give(sub, 1)
        owner.inbox.fail(ConfigError("link gone"))
        owner.inbox.close(StreamClosed("closed"))
        assert owner.inbox.recv(0) == 1
        with pytest.raises(ConfigError):
            owner.inbox.recv(0)
        for _ in range(2):
            with pytest.raises(StreamClosed):
                owner.inbox.recv(None)


def test_many_readers_of_recv_share_the_events() -> None:
    """Each event goes to one of them."""
    with recording_owner() as owner:
        got: list[int] = []

        def read(owner: RecordingOwner) -> None:
            while True:
                try:
                    got.append(owner.inbox.recv(PATIENCE_S))
                except StreamClosed:
                    return

        readers = [threading.Thread(target=read, args=(owner,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        subs: list[Subscription[int]] = [Subscription(owner, A) for _ in range(4)]
        for start in range(0, 400, 4):
            for offset, sub in enumerate(subs):
                give(sub, start + offset)
        owner.inbox.close(StreamClosed("closed"))
        for reader in readers:
            reader.join(PATIENCE_S)
    assert sorted(got) == list(range(400))
