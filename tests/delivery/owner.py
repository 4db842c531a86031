"""What a subscription needs of its client, small enough to see whole: real pool, real inbox, and lists of reports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.subscription import Subscription
from okx_sync.timing import Clock

PATIENCE_S = 5.0


class RecordingOwner:
    """An ``Owner`` that writes down what it is told."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.pool = CallbackPool("okx-test-callback", self.clock)
        self.inbox = Inbox(self.clock)
        self.left: list[Subscription[Any]] = []
        self.left_on: list[str] = []  # the threads that said so
        self.errors: list[tuple[BaseException, object, str | None]] = []
        self.lost = 0
        self.is_connected = True

    def is_up(self, _subscription: Subscription[Any]) -> bool:
        return self.is_connected

    def leave(self, subscription: Subscription[Any]) -> None:
        self.left.append(subscription)
        self.left_on.append(threading.current_thread().name)

    def report(self, error: BaseException, *, event: object = None, callback: str | None = None) -> None:
        self.errors.append((error, event, callback))

    def finish_closing(self) -> None:
        """Nothing here closes."""

    def overflowed(self, subscription: Subscription[Any], lost: int) -> None:
        self.lost += lost


@contextmanager
def recording_owner(clock: Clock | None = None) -> Iterator[RecordingOwner]:
    """An owner whose threads have ended behind the block."""
    one = RecordingOwner(clock)
    try:
        yield one
    finally:
        assert one.pool.close(PATIENCE_S)


class Reads:
    """A socket's reading on loan: each read does one of ``works``; then nothing comes until it is handed back."""

    def __init__(self, *works: Callable[[], object]) -> None:
        self.is_borrowed = False
        self._works = iter(works)
        self._handed_back = threading.Event()

    def step(self) -> bool:
        work = next(self._works, None)
        if work is None:
            assert self._handed_back.wait(PATIENCE_S)
            return False
        work()
        return True

    def hand_back(self) -> None:
        self._handed_back.set()


class HeldCallback:
    """A callback that says when it was entered and stays until it is let go."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, _item: object = None) -> None:
        self.entered.set()
        assert self.go_on.wait(PATIENCE_S)


def until(true: Callable[[], object]) -> None:
    """Wait for something that another thread is about to do; fails after a while."""
    pause = threading.Event()
    for _ in range(int(PATIENCE_S / 0.002)):
        if true():
            return
        pause.wait(0.002)
    raise AssertionError("it did not happen in time")


def give(sub: Subscription[Any], *items: Any) -> None:
    """What the link thread does with a batch of events."""
    take = sub.hear if sub.is_inline else sub.accept
    take(items, sub._owner.clock.monotonic())
