"""The user's handle on one subscription.

A subscription delivers in one of three ways, chosen when it is made: to a callback, into a queue of the user's own,
or into its mailbox, from which it is iterated (``for tick in sub``) or read (``sub.get(timeout=5)``).
"""

from __future__ import annotations

from typing import Self, TypeVar

from okx_sync import fork
from okx_sync.delivery.event_sink import NO_MAILBOX, EventSink
from okx_sync.delivery.options import EventCounts, SubscribeOptions, SubscriptionStats
from okx_sync.errors import ConfigError, StreamClosed
from okx_sync.lazy import drawn_by
from okx_sync.timing import Deadline
from okx_sync.worker import Worker, has_interrupted_us

__all__ = ["SubscribeOptions", "Subscription", "SubscriptionStats"]

T = TypeVar("T")


class Subscription(EventSink[T]):
    """What ``subscribe_*`` returns. Iterate it, ``get()`` from it, or let it feed your callback.

    Use it as a context manager to unsubscribe at the end of a block. All methods are safe from any thread.
    """

    def get(self, timeout: float | None = None) -> T:
        """Return the next event, waiting at most ``timeout`` seconds (None: for ever).

        Raises ``OkxTimeoutError`` when nothing came, ``MailboxOverflow`` where events are missing (policy ``fail``),
        ``StreamClosed`` after the end, or the error that ended the subscription.
        """
        if self.callback is not None or self._own is not None:
            raise ConfigError(f"{self!r} delivers to its {'callback' if self.callback else 'queue'}, not to get()")
        deadline = None if timeout is None else Deadline(timeout, self._owner.clock)
        while True:
            try:
                item = self._mailbox.get(timeout, deadline)
            except StreamClosed:
                self._owner.finish_closing()
                raise
            if type(item) is not bytes:
                if item is self._followed:
                    self._reached((item,))
                found: T = item
                return found
            items: list[T] = self._opened(item)
            if len(items) > 1:
                self._mailbox.put_back(items[1:], len(item) * (len(items) - 1) // len(items))
            if items:
                return items[0]

    def latest(self, max_age: float | None = None) -> T | None:
        """Return the newest event that arrived, whether or not it was consumed.

        While the link is down this is the last event before that: :attr:`age` says how old it is, :attr:`is_connected`
        whether the exchange could tell more.

        Args:
            max_age: seconds; an event that came longer ago is not returned. None: of any age.

        Returns:
            The event. None before the first, and when the newest is older than ``max_age``.

        Raises:
            StreamClosed: the subscription has ended; or the error that ended it, as :meth:`get` raises it.
            ConfigError: ``max_age`` is not above 0.
        """
        if max_age is not None and not max_age > 0:
            raise ConfigError(f"max_age is in seconds, above 0, not {max_age!r}")
        if self._box is not None and (end := self._box.end) is not None:
            raise end.with_traceback(None)  # it may be asked again and again: the trace must not grow
        age = self.age
        if max_age is not None and (age is None or age > max_age):
            return None
        return self._newest()

    @property
    def age(self) -> float | None:
        """Seconds since the newest event arrived; None before the first."""
        at = self._last_at
        return None if at is None else self._owner.clock.monotonic() - at

    @property
    def is_connected(self) -> bool:
        """True while the link that carries it is up; False after the end."""
        return not self.is_closed and self._owner.is_up(self)

    def _newest(self) -> T | None:
        last = self._last
        if type(last) is not bytes or self.opener is None:
            newest: T | None = last
            return newest
        try:
            newest = self.opener.at_once(last)[-1]
        except Exception:  # noqa: BLE001  told to whoever consumes it
            return None
        return newest

    @property
    def stats(self) -> SubscriptionStats:
        """Counters of this subscription."""
        silent = None if self._last_at is None else self.silent_for(self._owner.clock.monotonic())
        box = NO_MAILBOX if self._box is None else self._box
        return SubscriptionStats(
            *self.counts,
            waiting=0 if self._box is None else box.waiting,
            waiting_bytes=box.bytes,
            lag_ms=self._lag_ms(),
            silent_s=silent,
            incomplete=self.incomplete,
        )

    @property
    def counts(self) -> EventCounts:
        """How many events came, and what became of them."""
        box = NO_MAILBOX if self._box is None else self._box
        own, lost = (0, 0) if self._own is None else (self._own.delivered, self._own.lost)
        delivered = box.delivered + self._at_once + self._delivered_inside + own
        return EventCounts(self.received, delivered, box.coalesced, box.dropped + lost)

    def _lag_ms(self) -> float | None:
        stamp, at, clock = self._stamp_of(self._newest()), self._last_at, self._owner.clock
        if at is None or stamp is None:
            return None
        return (clock.server_time() - (clock.monotonic() - at)) * 1000 - stamp

    def unsubscribe(self) -> None:
        """Stop delivery at once; the wire is told when this was the topic's last subscription. Idempotent.

        From a signal handler that has interrupted a call of the client, a thread of its own does it.
        """
        if fork.is_from_parent(self):
            return
        if has_interrupted_us():
            self._discarded = True
            Worker("okx-unsubscribe", lambda _worker: self._leave()).start()
        else:
            self._leave()

    def _leave(self) -> None:
        self._owner.leave(self)
        self.end(StreamClosed(f"{self.topic} was unsubscribed"), discard=True)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        try:
            return self.get()
        except StreamClosed:
            raise StopIteration from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.unsubscribe()

    _repr_html_ = drawn_by("client_pictures", "subscription_picture")

    def __repr__(self) -> str:
        way = self.callback_name or ("queue" if self._own is not None else f"mailbox {self._policy}")
        state = "closed" if self.is_closed else f"{self.received} received"
        return f"<Subscription {self.topic} -> {way}, {state}>"
