"""One place to read the events of all subscriptions of a client that have neither callback nor queue."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Protocol

from okx_sync.errors import MailboxOverflow, OkxTimeoutError
from okx_sync.timing import Clock, Deadline

__all__ = ["Inbox"]


class _Mailbox(Protocol):
    """A subscription, as far as it is read from here."""

    def _take(self, most: int) -> list[Any]:
        """Take up to ``most`` events, or one overflow among them."""

    def _waiting(self) -> int:
        """Count the events that are left."""


class Inbox:
    """Which mailbox subscriptions have something to read; feeds ``WsClient.recv``. Fair between subscriptions."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # Guards the order of ready subscriptions; never held while a mailbox is locked.
        self._changed = threading.Condition()
        self._ready: OrderedDict[_Mailbox, None] = OrderedDict()
        self._problem: Exception | None = None
        self._end: Exception | None = None

    def arrived(self, subscription: _Mailbox) -> None:
        """Note that this subscription's mailbox holds something."""
        if subscription in self._ready:
            return
        with self._changed:
            self._ready[subscription] = None
            self._changed.notify()

    def forget(self, subscription: _Mailbox) -> None:
        """Let go of a subscription whose mailbox was emptied for good, so that it is not kept until somebody reads."""
        with self._changed:
            self._ready.pop(subscription, None)

    def fail(self, error: Exception) -> None:
        """Give ``error`` to the next reader, once: a link has ended for good. The other links go on."""
        with self._changed:
            self._problem = error
            self._changed.notify_all()

    def close(self, error: Exception) -> None:
        """Wake every reader; what is in mailboxes may still be read."""
        with self._changed:
            self._end = error
            self._changed.notify_all()

    def recv(self, timeout: float | None) -> Any:
        """Return the next event of any subscription that has neither callback nor queue."""
        deadline = Deadline(timeout, self._clock)
        while True:
            subscription = self._next(deadline, timeout)
            items = subscription._take(1)
            if subscription._waiting():
                self.arrived(subscription)
            if not items:
                continue
            if isinstance(items[0], MailboxOverflow):
                raise items[0]
            return items[0]

    def _next(self, deadline: Deadline, timeout: float | None) -> _Mailbox:
        with self._changed:
            while not self._ready:
                if self._problem is not None:
                    problem, self._problem = self._problem, None
                    raise problem
                if self._end is not None:
                    raise self._end
                if not (pause := deadline.slice()):
                    raise OkxTimeoutError(f"nothing arrived within {timeout} s")
                self._changed.wait(pause)
            return self._ready.popitem(last=False)[0]
