"""Several subscriptions that were made together, read and ended as one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Generic, Self, TypeVar

from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.lazy import drawn_by
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import Clock

__all__ = ["SubscriptionGroup"]

T = TypeVar("T")


class SubscriptionGroup(Generic[T]):
    """What ``subscribe_many`` and ``batch`` return: iterate it, ``get()`` from it, end all of it.

    ``len()`` counts its subscriptions that have not ended. Use it as a context manager to unsubscribe at the end of a
    block. All methods are safe from any thread.

    Args:
        together: Has what is asked within its block sent in as few requests as the exchange allows.
    """

    def __init__(self, clock: Clock, together: Callable[[], AbstractContextManager[None]]) -> None:
        self._together = together
        self._inbox = Inbox(clock)
        # Guards the members; nothing is called under it but the inbox.
        self._lock = threading.RLock()
        self._members: list[Subscription[T]] = []
        self._living = 0

    def add(self, subscription: Subscription[T]) -> None:
        """Take in a subscription before its first event; the client does."""
        with self._lock:
            self._members.append(subscription)
            self._living += 1
        subscription.join_group(self._inbox, self._ended)

    def _ended(self, error: Exception) -> None:
        with self._lock:
            self._living -= 1
            is_over = not self._living
        if is_over:
            self._inbox.close(error)

    @property
    def subscriptions(self) -> tuple[Subscription[T], ...]:
        """Those that have not ended, in the order in which they were asked for."""
        with self._lock:
            return tuple(one for one in self._members if not one.is_closed)

    @property
    def refused(self) -> Mapping[Topic, Exception]:
        """Why each topic that the exchange does not serve has ended: refused, or not answered in time."""
        with self._lock:
            return {one.topic: one.failure for one in self._members if one.failure is not None}

    def get(self, timeout: float | None = None) -> T:
        """Return the next event of any of its subscriptions, in turn where several have some.

        Args:
            timeout: Seconds to wait at most; None: for ever.

        Raises:
            OkxTimeoutError: Nothing came in time.
            MailboxOverflow: Events are missing (policy ``fail``).
            StreamClosed: All have ended, and what had come is read; or the error that ended the last of them.
            ConfigError: They deliver to a callback or a queue.
        """
        if (
            other := next((one for one in self._members if one.callback or one.own_queue is not None), None)
        ) is not None:
            raise ConfigError(f"{other!r} delivers elsewhere, not to get()")
        if not self._members:
            raise StreamClosed("the group is empty")
        event: T = self._inbox.recv(timeout)
        return event

    def unsubscribe(self) -> None:
        """End all of them; the exchange is told with as few requests as it allows. Idempotent."""
        with self._together():
            for one in self.subscriptions:
                one.unsubscribe()

    def __len__(self) -> int:
        return len(self.subscriptions)

    def __iter__(self) -> Iterator[T]:
        while True:
            try:
                yield self.get()
            except StreamClosed:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.unsubscribe()

    _repr_html_ = drawn_by("client_pictures", "group_picture")

    def __repr__(self) -> str:
        return f"<SubscriptionGroup of {len(self._members)}: {len(self)} active, {len(self.refused)} refused>"
