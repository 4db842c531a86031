"""One consumer of a topic's events, as the engine sees it: its events, and by which of three ways they go on.

To a callback, into a queue of the user's own, or into a mailbox, from which the user reads.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from okx_sync import fork
from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.delivery.event_lag import MeasuredSink
from okx_sync.delivery.inbox import Inbox
from okx_sync.delivery.mailbox import DEFAULT_MAX_BYTES, DEFAULT_MAXSIZE, Mailbox, Policy
from okx_sync.delivery.user_queue import UserQueue
from okx_sync.errors import MailboxOverflow
from okx_sync.protocol.dialect import Topic
from okx_sync.timing import Clock

__all__ = ["NO_MAILBOX", "EventSink", "Owner"]

T = TypeVar("T")
_NOTHING_YET: Final = object()
NO_MAILBOX: Final[Mailbox[Any]] = Mailbox(Clock())
"""What is looked into where there is no mailbox yet: it stays empty and open."""


class Owner(Protocol):
    """What a subscription needs of its client."""

    @property
    def clock(self) -> Clock:
        """Where time comes from."""

    @property
    def pool(self) -> CallbackPool:
        """The callback threads of the client."""

    @property
    def inbox(self) -> Inbox:
        """What ``recv()`` of the client reads from."""

    def is_up(self, subscription: Any) -> bool:
        """Tell whether the link that carries the subscription is up."""

    def leave(self, subscription: Any) -> None:
        """Take the subscription out of routing, and off the wire when it was the last of its topic."""

    def report(self, error: BaseException, *, event: object = None, callback: str | None = None) -> None:
        """Tell the user of an error that has no caller."""

    def finish_closing(self) -> None:
        """Let a close that is under way end first: a reader is about to get ``StreamClosed``."""

    def overflowed(self, subscription: Any, lost: int) -> None:
        """Tell the user that events were dropped."""


class EventSink(MeasuredSink, Generic[T]):
    """The engine's side of a ``Subscription``, which the router feeds."""

    # There are thousands of them, and the hot path asks them all: so what it asks lies close together.
    __slots__ = (
        "__dict__",
        "__weakref__",
        "_arrived",
        "_at_once",
        "_box",
        "_delivered_inside",
        "_discarded",
        "_groups",
        "_inside",
        "_last",
        "_last_at",
        "_own",
        "_owner",
        "_policy",
        "_reported",
        "_room",
        "_since",
        "_strand",
        "callback",
        "callback_name",
        "failure",
        "has_waiter",
        "incomplete",
        "is_inline",
        "max_silence",
        "may_wait",
        "name",
        "on_stale",
        "opener",
        "opens_messages",
        "own_queue",
        "pool",
        "topic",
    )

    def __init__(
        self,
        owner: Owner,
        topic: Topic,
        *,
        callback: Callable[[T], object] | None = None,
        queue: Any = None,
        policy: Policy = "drop_oldest",
        maxsize: int = DEFAULT_MAXSIZE,
        max_bytes: int = DEFAULT_MAX_BYTES,
        key: Callable[[T], Hashable] | None = None,
        stamp: str | None = None,
        name: str | None = None,
        inline: bool = False,
        max_silence: float | None = None,
        on_stale: Literal["event", "resubscribe"] = "event",
    ) -> None:
        fork.watch(self)
        super().__init__(owner.clock, stamp)
        self.topic = topic
        self.name = name
        self.callback = callback
        self.callback_name = name_of(callback) if callback is not None else None
        self.own_queue = queue  # the user's
        self.is_inline = inline
        self.pool = owner.pool
        self.may_wait = policy == "block"  # for room in a full mailbox
        self.opens_messages = not inline and queue is None and policy != "latest"
        """True when it may be given messages as they are on the wire."""
        self.failure: Exception | None = None  # why it ended, unless that was wanted
        self.has_waiter = False  # somebody waits for the ack and will get a refusal as an exception
        self.max_silence = max_silence
        self.on_stale = on_stale
        self.opener: MessageDecoder | None = None
        """Opens messages that come here as they are on the wire; set with the route."""
        self.incomplete = 0
        """Changes of rows that were never told whole; counted by whoever merges them."""
        self._arrived = 0
        self._at_once = 0  # more that have come, and were delivered at once
        self._inside = 0  # how many more events than messages were inside messages
        self._delivered_inside = 0  # of those that were delivered
        self._owner = owner
        self._policy: Policy = policy
        self._last: Any = None
        self._last_at: float | None = None  # when that came, on the monotonic clock
        self._reported: object = _NOTHING_YET  # what came last when silence was reported
        self._since = owner.clock.monotonic()
        self._groups: tuple[tuple[Inbox, Callable[[Exception], None]], ...] = ()
        self._discarded = False  # unsubscribed: not even what was taken from the mailbox already is delivered
        self._room = maxsize, max_bytes, key
        self._box: Mailbox[Any] | None = None  # see _mailbox
        # Of a queue of the user's.
        self._own = None if queue is None else UserQueue(queue, policy, self._is_over, self._overflow, owner.report)
        self._strand: Strand | None = None
        if self.callback_name is not None and not inline:
            self._strand = Strand(self._some, self._waiting, self._run, self.callback_name, self._put_first)

    @property
    def _mailbox(self) -> Mailbox[Any]:
        """What waits. Made when it is first needed: of thousands of topics with a callback few ever need one."""
        if (box := self._box) is None:
            # One step, so that threads which come first together all get the same one.
            box = self._box = vars(self).setdefault("box", self._make_mailbox(*self._room))
        return box

    def _make_mailbox(self, maxsize: int, max_bytes: int, key: Callable[[T], Hashable] | None) -> Mailbox[Any]:
        return Mailbox(
            self._owner.clock,
            maxsize=maxsize,
            max_bytes=max_bytes,
            policy=self._policy,
            key=key,
            weigh=self._weigh,
            on_overflow=self._overflow,
            on_wait=self._tell_readers,
        )

    def accept(self, items: Sequence[Any], now: float, parsed: int = 0) -> None:
        """Take events, or messages that hold some, from the link thread. Waits only under policy ``block``.

        ``now`` they came, on the monotonic clock; ``parsed``: bytes of the messages that the events were parsed from.
        """
        if (strand := self.keep(items, now, parsed)) is not None:
            self.pool.schedule(strand)

    def keep(self, items: Sequence[Any], now: float, parsed: int = 0) -> Strand | None:
        """Take events as :meth:`accept` does, but leave it to the caller to schedule the strand that is returned.

        The hot path.
        """
        self._arrived += len(items)
        self._last = items[-1]
        self._last_at = now
        if self._own is not None:
            self._own.put(items)
            return None
        self._mailbox.put_many(items, parsed)
        if self._strand is None and not self._discarded:
            self._owner.inbox.arrived(self)
            for inbox, _ in self._groups:
                inbox.arrived(self)
        return self._strand

    def claim(self, items: Sequence[Any], now: float) -> Strand | None:
        """Take events that the calling thread can run at once: nothing waits before them. None: it cannot.

        The hot path.
        """
        strand = self._strand
        if strand is None or strand.scheduled or now < strand.at_once_from or not self.opens_messages:
            return None
        box = self._box
        if box is not None and (box.items or box.is_closed):
            return None
        self._at_once += len(items)
        self._last = items[-1]
        self._last_at = now
        return strand

    def _some(self, most: int) -> list[Any]:
        """Take events for the callback.

        They are outside of the mailbox's budget then: behind a stuck callback they must not be another.
        """
        return self._mailbox.take(most, self._mailbox.max_bytes // 64)

    def _put_first(self, items: Sequence[Any]) -> None:
        """Keep events that were claimed and not run after all, before those that came later."""
        self._mailbox.put_back(items, sum([len(item) for item in items if type(item) is bytes]))

    def follow_item(self, item: Any, now: float) -> None:
        """Follow an event or message that came at ``now``, where it can be seen who gets it."""
        if self._own is None:
            drops = 0 if self._box is None else self._box.dropped
            self.follow(item, now, drops, anew=self._policy == "latest")  # there a newer one takes its place

    def _tell_readers(self) -> None:
        """Let those who read the mailbox know that it holds something, before it waits for them."""
        if self._strand is not None:
            self.pool.schedule(self._strand)
            self.pool.set_down()  # whoever reads may have taken it on just now
        else:
            for inbox in (self._owner.inbox, *(inbox for inbox, _ in self._groups)):
                inbox.arrived(self)

    def hear(self, items: Sequence[Any], now: float) -> None:
        """Take events of an inline subscription: its callback runs now. The hot path. Never raises."""
        self._last_at = now
        callback = self.callback
        for item in items:
            self._last = item
            if self._discarded or callback is None:
                self._arrived += 1
                continue
            self._at_once += 1
            try:
                callback(item)
            except BaseException as error:  # noqa: BLE001  user code may raise anything; nobody else may suffer
                self._failed(error, item)

    @property
    def received(self) -> int:
        """How many events have come."""
        return self._arrived + self._at_once + self._inside

    @property
    def is_closed(self) -> bool:
        """True after :meth:`unsubscribe`, the client's close, a replacement or a refusal."""
        return self._box is not None and self._box.is_closed

    def end(self, error: Exception, *, discard: bool = False) -> bool:
        """End the subscription: readers get ``error`` after what is left. Returns True when this call ended it."""
        self._discarded |= discard
        if self._mailbox.is_closed or not self._mailbox.close(error, discard=discard):
            return False
        if self._own is not None:
            self._own.end(error)
        elif self.callback is None and discard:
            self._owner.inbox.forget(self)
        for _, ended in self._groups:
            ended(error)
        return True

    def join_group(self, inbox: Inbox, ended: Callable[[Exception], None]) -> None:
        """Tell a group as well: ``inbox`` when there is something to read, ``ended`` at the end."""
        self._groups += ((inbox, ended),)
        if self._waiting():
            inbox.arrived(self)

    def silent_for(self, now: float) -> float:
        """Return the seconds since the last event, or since the subscription was made."""
        return now - (self._last_at if self._last_at is not None else self._since)

    @property
    def silence_reported(self) -> bool:
        """True after :meth:`report_silence`, until something comes."""
        return self._reported is self._last_at

    def report_silence(self) -> None:
        """Note that the silence was reported to the user."""
        self._reported = self._last_at

    def _take(self, most: int) -> list[Any]:
        """Return up to ``most`` events, or one overflow among them."""
        taken = self._mailbox.take(most)
        out: list[Any] = []
        for item in taken:
            out += self._opened(item) if type(item) is bytes else (item,)
            if item is self._followed:
                self._reached((item,))
        if len(out) > most:
            size = sum(len(item) for item in taken if type(item) is bytes)
            self._mailbox.put_back(out[most:], size * (len(out) - most) // len(out))
        return out[:most]

    def _opened(self, frame: bytes) -> list[Any]:
        """Return the events in a message; from now on it counts as that many."""
        assert self.opener is not None
        items = self.opener(frame)
        if len(items) != 1:
            self._count_inside(len(items) - 1)
        if frame is self._followed:
            self._reached(items)
        return items

    def _count_inside(self, more: int) -> None:
        """Count ``more`` events than messages, all of them delivered."""
        with self._mailbox.lock:
            self._inside += more
            self._delivered_inside += more

    def _weigh(self, items: Sequence[Any]) -> int:
        """Count the events in these items, some of them unopened, for the number that were dropped."""
        found = 0
        for item in items:
            found += 1 if type(item) is not bytes or self.opener is None else len(self.opener(item))
        with self._mailbox.lock:
            self._inside += found - len(items)
        return found

    def _waiting(self) -> int:
        return 0 if self._box is None else len(self._box)

    def _run(self, item: Any) -> None:
        """Run the callback with what waits, on a callback thread. The hot path: all in one function."""
        callback, opener = self.callback, self.opener
        if type(item) is not bytes:
            if isinstance(item, MailboxOverflow):
                self._owner.report(item)
                return
            events = [item]
        elif self._discarded or opener is None:
            return
        else:
            try:
                events = opener.at_once(item)
            except Exception:  # noqa: BLE001  whatever it is, the slow way says it well
                events = opener.salvage(item)
            if len(events) != 1:
                self._count_inside(len(events) - 1)
        if item is self._followed:
            self._reached(events)
        for event in events:
            if self._discarded or callback is None:
                return
            try:
                callback(event)
            except BaseException as error:  # noqa: BLE001  user code may raise anything; nobody else may suffer
                self._failed(error, event)

    def _failed(self, error: BaseException, item: Any) -> None:
        self._owner.report(error, event=item, callback=self.callback_name)

    def _is_over(self) -> bool:
        return self.is_closed

    def _overflow(self, lost: int) -> None:
        self._owner.overflowed(self, lost)
