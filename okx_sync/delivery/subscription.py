"""The user's handle on one subscription, and the sink that the router feeds for it.

A subscription delivers in one of three ways, chosen when it is made: to a callback, into a queue of the user's own,
or into its mailbox, from which it is iterated (``for tick in sub``) or read (``sub.get(timeout=5)``).
"""

from __future__ import annotations

import inspect
import queue as queues
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, Literal, Protocol, Self, TypedDict, TypeVar

import attrs

from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.delivery.mailbox import DEFAULT_MAXSIZE, Mailbox, Policy, overflow_of
from okx_sync.errors import ConfigError, DecodeError, MailboxOverflow, OkxTimeoutError, StreamClosed
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import INTERRUPTIBLE_S, Clock, Deadline

__all__ = ["Inbox", "Owner", "SubscribeOptions", "Subscription", "SubscriptionStats"]

T = TypeVar("T")


class SubscribeOptions(TypedDict, total=False):
    """Options that every ``subscribe_*`` method takes.

    ``queue``: a queue of your own (anything with ``put``); ``policy``, ``maxsize``: what happens when the consumer is
    slow; ``wait``: return only after the exchange agreed (default True), at most ``timeout`` seconds; ``name``: a
    subscription of the same name is replaced; ``max_silence``: seconds without data after which a ``stale`` state
    event is sent, with ``on_stale="resubscribe"`` the topic is asked again too; ``endpoint``: force the path;
    ``inline``: run the callback on the link thread (lowest latency, must be quick); ``backfill``: fetch over REST what
    an outage swallowed (trades and candles; account data is always recovered).
    """

    queue: Any
    policy: Policy
    maxsize: int
    wait: bool
    timeout: float
    name: str
    max_silence: float
    on_stale: Literal["event", "resubscribe"]
    endpoint: Literal["public", "private", "business"]
    inline: bool
    backfill: bool


@attrs.frozen
class SubscriptionStats:
    """What became of a subscription's events so far.

    ``received`` from the exchange; ``delivered`` to the consumer; ``coalesced`` replaced by newer ones of the same
    key (policy ``latest``); ``dropped`` because the consumer was slow; ``waiting`` in the mailbox now; ``lag_ms``:
    receipt minus the exchange's timestamp of the newest event, on the exchange's clock; ``silent_s``: seconds since
    the last event.
    """

    received: int
    delivered: int
    coalesced: int
    dropped: int
    waiting: int
    lag_ms: float | None
    silent_s: float | None


class Owner(Protocol):
    """What a subscription needs of its client."""

    @property
    def clock(self) -> Clock: ...
    @property
    def pool(self) -> CallbackPool: ...
    @property
    def inbox(self) -> Inbox: ...
    def leave(self, subscription: Subscription[Any]) -> None:
        """Take the subscription out of routing, and off the wire when it was the last of its topic."""

    def report(self, error: BaseException, *, event: object = None, callback: str | None = None) -> None:
        """Tell the user of an error that has no caller."""

    def overflowed(self, subscription: Subscription[Any], lost: int) -> None:
        """Tell the user that events were dropped."""


class Inbox:
    """Which mailbox subscriptions have something to read; feeds ``WsClient.recv``. Fair between subscriptions."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # Guards the order of ready subscriptions; never held while a mailbox is locked.
        self._changed = threading.Condition()
        self._ready: OrderedDict[Subscription[Any], None] = OrderedDict()
        self._problem: Exception | None = None
        self._end: Exception | None = None

    def arrived(self, subscription: Subscription[Any]) -> None:
        """There is something in this subscription's mailbox."""
        if subscription in self._ready:
            return
        with self._changed:
            self._ready[subscription] = None
            self._changed.notify()

    def forget(self, subscription: Subscription[Any]) -> None:
        """Its mailbox was emptied for good; without this it would be kept until somebody reads."""
        with self._changed:
            self._ready.pop(subscription, None)

    def fail(self, error: Exception) -> None:
        """A link is gone for good: the next reader gets ``error``, once; the other links go on."""
        with self._changed:
            self._problem = error
            self._changed.notify_all()

    def close(self, error: Exception) -> None:
        """Wake every reader; what is in mailboxes may still be read."""
        with self._changed:
            self._end = error
            self._changed.notify_all()

    def recv(self, timeout: float | None) -> Any:
        """The next event of any subscription that has neither callback nor queue."""
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

    def _next(self, deadline: Deadline, timeout: float | None) -> Subscription[Any]:
        with self._changed:
            while not self._ready:
                if self._problem is not None:
                    problem, self._problem = self._problem, None
                    raise problem
                if self._end is not None:
                    raise self._end
                if deadline.passed():
                    raise OkxTimeoutError(f"nothing arrived within {timeout} s")
                self._changed.wait(deadline.slice())
            return self._ready.popitem(last=False)[0]


class Subscription(Generic[T]):
    """What ``subscribe_*`` returns. Iterate it, ``get()`` from it, or let it feed your callback.

    Use it as a context manager to unsubscribe at the end of a block. All methods are safe from any thread.
    """

    def __init__(
        self,
        owner: Owner,
        topic: Topic,
        *,
        callback: Callable[[T], object] | None = None,
        queue: Any = None,
        policy: Policy = "drop_oldest",
        maxsize: int = DEFAULT_MAXSIZE,
        key: Callable[[T], Hashable] | None = None,
        stamp: str | None = None,
        name: str | None = None,
        inline: bool = False,
        max_silence: float | None = None,
        on_stale: Literal["event", "resubscribe"] = "event",
    ) -> None:
        if callback is not None and queue is not None:
            raise ConfigError("give a callback or a queue, not both")
        if callback is not None and (not callable(callback) or inspect.iscoroutinefunction(callback)):
            raise ConfigError(f"callback must be a plain function, not {callback!r}")
        if inline and callback is None:
            raise ConfigError("inline=True needs a callback")
        if queue is not None and not callable(getattr(queue, "put" if policy == "block" else "put_nowait", None)):
            raise ConfigError(f"queue= needs put() and put_nowait() as queue.Queue has them, not {queue!r}")
        if queue is not None and policy == "latest":
            raise ConfigError("policy 'latest' needs the subscription's own mailbox, not queue=")
        self.topic = topic
        self.name = name
        self.callback = callback
        self.callback_name = name_of(callback) if callback is not None else None
        self.is_inline = inline
        self.failure: Exception | None = None  # why it ended, unless that was wanted
        self.has_waiter = False  # somebody waits for the ack and will get a refusal as an exception
        self.max_silence = max_silence
        self.on_stale = on_stale
        self.silence_reported = False
        self.received = 0
        self._owner = owner
        self._queue = queue
        self._stamp = stamp  # the field that says when the exchange made an event
        self._policy: Policy = policy
        self._last: T | None = None
        self._last_at: float | None = None
        self._last_wall: float | None = None
        self._since = owner.clock.monotonic()
        self._direct = 0  # delivered without the mailbox: inline callbacks and own queues
        self._lost = 0  # dropped at an own queue
        self._missing = 0  # of those, what the queue's reader was not told of yet (policy "fail")
        self._discarded = False  # unsubscribed: not even what was taken from the mailbox already is delivered
        self._mailbox: Mailbox[T] = Mailbox(
            owner.clock, maxsize=maxsize, policy=policy, key=key, on_overflow=self._overflow
        )
        self._strand: Strand | None = None
        if callback is not None and not inline:
            self._strand = Strand(self._take, self._waiting, self._call, self.callback_name or "?")

    # -- for the user ------------------------------------------------------------------------------------------

    def get(self, timeout: float | None = None) -> T:
        """The next event, waiting at most ``timeout`` seconds (None: for ever).

        Raises ``OkxTimeoutError`` when nothing came, ``MailboxOverflow`` where events are missing (policy ``fail``),
        ``StreamClosed`` after the end, or the error that ended the subscription.
        """
        if self.callback is not None or self._queue is not None:
            raise ConfigError(f"{self!r} delivers to its {'callback' if self.callback else 'queue'}, not to get()")
        return self._mailbox.get(timeout)

    def latest(self) -> T | None:
        """The newest event that arrived, whether or not it was consumed; None before the first."""
        return self._last

    @property
    def stats(self) -> SubscriptionStats:
        """Counters of this subscription."""
        silent = None if self._last_at is None else self._owner.clock.monotonic() - self._last_at
        return SubscriptionStats(
            received=self.received,
            delivered=self._mailbox.delivered + self._direct,
            coalesced=self._mailbox.coalesced,
            dropped=self._mailbox.dropped + self._lost,
            waiting=self._mailbox.waiting,
            lag_ms=self._lag_ms(),
            silent_s=silent,
        )

    def _lag_ms(self) -> float | None:
        last, wall = self._last, self._last_wall
        try:
            stamp = getattr(last, self._stamp, None) if self._stamp else None
        except DecodeError:
            return None
        return wall * 1000 - stamp if isinstance(stamp, int) and wall is not None else None

    @property
    def is_closed(self) -> bool:
        """True after :meth:`unsubscribe`, the client's close, a replacement or a refusal."""
        return self._mailbox.is_closed

    def unsubscribe(self) -> None:
        """Stop delivery at once; the wire is told when this was the topic's last subscription. Idempotent."""
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

    def __repr__(self) -> str:
        way = self.callback_name or ("queue" if self._queue is not None else f"mailbox {self._policy}")
        state = "closed" if self.is_closed else f"{self.received} received"
        return f"<Subscription {self.topic} -> {way}, {state}>"

    # -- for the engine ----------------------------------------------------------------------------------------

    def accept(self, items: Sequence[T], now: float, wall: float) -> None:
        """Take ``items`` from the link thread. Never raises; waits only under policy ``block``."""
        self.received += len(items)
        self._last = items[-1]
        self._last_at = now
        self._last_wall = wall
        self.silence_reported = False
        if self.is_inline:
            for item in items:
                self._direct += not self._discarded
                self._call(item)
        elif self._queue is not None:
            for item in items:
                self._put_own(item)
        else:
            self._mailbox.put_many(items)
            if self._strand is not None:
                self._owner.pool.schedule(self._strand)
            elif not self._discarded:
                self._owner.inbox.arrived(self)

    def end(self, error: Exception, *, discard: bool = False) -> bool:
        """No more events; readers get ``error`` after what is left. True when this call ended it."""
        self._discarded |= discard
        if self._mailbox.is_closed or not self._mailbox.close(error, discard=discard):
            return False
        if self._queue is not None:
            self._put_end(error)
        elif self.callback is None and discard:
            self._owner.inbox.forget(self)
        return True

    def silent_for(self, now: float) -> float:
        """Seconds since the last event, or since the subscription was made."""
        return now - (self._last_at if self._last_at is not None else self._since)

    def _take(self, most: int) -> list[Any]:
        return self._mailbox.take(most)

    def _waiting(self) -> int:
        return len(self._mailbox)

    def _call(self, item: Any) -> None:
        if isinstance(item, MailboxOverflow):
            self._owner.report(item)
            return
        if self.callback is None or self._discarded:
            return
        try:
            self.callback(item)
        except BaseException as error:  # noqa: BLE001  user code may raise anything; nobody else may suffer
            self._owner.report(error, event=item, callback=self.callback_name)

    def _overflow(self, lost: int) -> None:
        self._owner.overflowed(self, lost)

    def _put_own(self, item: T) -> None:
        """Put into the user's queue under the named policy; counts what does not fit."""
        while not self._mailbox.is_closed:
            try:
                if self._policy == "block":
                    self._queue.put(item, timeout=INTERRUPTIBLE_S)
                else:
                    self._put_hole()
                    self._queue.put_nowait(item)
            except queues.Full:
                if self._policy == "block":
                    continue
                if self._policy == "drop_oldest":
                    self._make_room()
                    continue
                self._lost += 1
                self._missing += 1
                self._overflow(1)
                return
            except Exception as error:  # noqa: BLE001  the queue is the user's (closed, of another process, ...)
                self._lost += 1
                self._owner.report(error, event=item, callback=f"{type(self._queue).__name__}.put")
                return
            self._direct += 1
            return

    def _put_hole(self) -> None:
        """As soon as there is room again, an overflow stands where items are missing."""
        if self._missing:
            self._queue.put_nowait(overflow_of(self._missing, "the queue"))
            self._missing = 0

    def _make_room(self) -> None:
        try:
            self._queue.get_nowait()
        except queues.Empty:  # somebody was faster: nothing is lost
            return
        self._direct -= 1
        self._lost += 1
        self._overflow(1)

    def _put_end(self, error: Exception) -> None:
        """The last item of an own queue is the reason why nothing more comes.

        Whatever the policy, it takes the place of the oldest item in a full queue: a reader that never learns of the
        end would wait for ever.
        """
        for _ in range(3):  # a put that waited for room may take it from us
            try:
                self._queue.put_nowait(error)
                return
            except queues.Full:
                self._make_room()
            except Exception:  # noqa: BLE001  the queue is the user's; whatever it does, ending must succeed
                break
        self._lost += 1
