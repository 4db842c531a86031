"""A bounded queue between the link thread and a slow consumer, with a named policy for when it is full.

====================  ==========================================================================================
policy                when the mailbox is full
====================  ==========================================================================================
``block``             the link thread waits: nothing is lost here, the exchange feels the back-pressure
``drop_oldest``       the oldest items make room; they are counted
``latest``            a newer item of the same key replaces the older one; replacements are counted as coalesced
``fail``              newer items are dropped and counted until the consumer has caught up by half; the consumer
                      meets a :class:`~okx_sync.errors.MailboxOverflow` exactly where items are missing
====================  ==========================================================================================
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, Literal, TypeVar

from okx_sync.checks import check_word
from okx_sync.errors import ConfigError, MailboxOverflow, OkxTimeoutError, StreamClosed
from okx_sync.timing import Clock, Deadline

__all__ = ["DEFAULT_MAXSIZE", "DEFAULT_MAX_BYTES", "POLICIES", "Mailbox", "Policy", "check_max_bytes", "overflow_of"]

T = TypeVar("T")
Policy = Literal["block", "drop_oldest", "latest", "fail"]
POLICIES: tuple[Policy, ...] = ("block", "drop_oldest", "latest", "fail")
DEFAULT_MAXSIZE = 100_000
DEFAULT_MAX_BYTES = 64 * 1024 * 1024
_RUN = 128  # how many items are counted as one, so that counting costs little


def check_max_bytes(name: str, value: int) -> int:
    """Return the budget ``value``. Raises ``ConfigError`` when it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ConfigError(f"{name} must be a whole number of bytes, at least 1, not {value!r}")
    return value


def check_room(policy: str, maxsize: int, max_bytes: int) -> None:
    """Raise ``ConfigError`` when there can be no mailbox like that."""
    check_word("policy", policy, POLICIES)
    if maxsize < 1:
        raise ConfigError(f"maxsize must be at least 1, not {maxsize}")
    check_max_bytes("max_bytes", max_bytes)


class _Hole:
    """Stands in the queue where items are missing."""

    __slots__ = ("missing",)

    def __init__(self) -> None:
        self.missing = 0


def overflow_of(missing: int, what: str) -> MailboxOverflow:
    """Make the event that a reader meets where so many items are missing, because ``what`` was full."""
    hint = "read faster, raise maxsize= or max_bytes=, or name another policy="
    return MailboxOverflow(f"{missing} items were lost here: {what} was full", hint=hint)


def _size(items: Sequence[Any]) -> int:
    """Return the bytes of those items that are messages as they came off the wire."""
    if items and type(items[0]) is bytes:
        if len(items) == 1:
            return len(items[0])
        try:
            return sum(map(len, items))  # the usual case, and the hot one; our rows have no length
        except TypeError:
            pass
    elif items and type(items[-1]) is not bytes:
        return 0  # rows only: they come before or behind messages when a topic's readers change, not around them
    return sum([len(item) for item in items if type(item) is bytes])


def _sizes(items: Sequence[Any], parsed: int) -> list[int]:
    """Return the bytes of each item; those that are no messages share the ``parsed`` bytes of theirs."""
    rows = sum([type(item) is not bytes for item in items])
    share = -(-parsed // rows) if rows else 0
    return [len(item) if type(item) is bytes else share for item in items]


class Mailbox(Generic[T]):
    """A bounded queue with a policy, see the module's table. Any number of producers and consumers.

    Args:
        maxsize: Items that may wait; ignored for ``latest``, which keeps one item per key.
        max_bytes: Bytes of the messages that the items are, or were parsed from; for ``latest`` the keys that came
            first make room.
        policy: What happens when the mailbox is full.
        key: Gives the key of an item, for ``latest``.
        weigh: Gives the number of items that one counts as: a message that was not parsed yet may hold several.
        on_overflow: ``on_overflow(n)`` is called after ``n`` items were lost, outside the lock.
        on_wait: Called before ``block`` waits for room, outside the lock: its reader may not know of anything yet.
        what: Its name in errors.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        maxsize: int = DEFAULT_MAXSIZE,
        max_bytes: int = DEFAULT_MAX_BYTES,
        policy: Policy = "drop_oldest",
        key: Callable[[T], Hashable] | None = None,
        weigh: Callable[[Sequence[T]], int] = len,
        on_overflow: Callable[[int], None] | None = None,
        on_wait: Callable[[], None] | None = None,
        what: str | None = None,
    ) -> None:
        check_room(policy, maxsize, max_bytes)
        self.policy = policy
        self.maxsize = maxsize
        self.max_bytes = max_bytes
        self.bytes = 0
        """Bytes on the wire of what is inside; of some that came one behind another, each counts as their average."""
        self.dropped = self.coalesced = self.delivered = 0
        self._clock = clock
        self._key = key if key is not None else type  # one item per class when rows have no key
        self._weigh = weigh
        self._on_overflow = on_overflow
        self._on_wait = on_wait
        self._what = what if what is not None else f"the mailbox of {maxsize}"
        # Guards everything below; never held while user code runs.
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self.items: deque[Any] = deque()  # of every policy but ``latest``; to be looked into only
        self._runs: deque[list[int]] = deque()  # of the items in their order: how many count as one, and their bytes
        self._by_key: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()  # with its bytes
        self._overflowing = False
        self._is_waited_for = False  # by somebody who has something to put
        self._readers = 0  # who wait for something to come
        self._holes = 0  # how many of the items are holes
        self._end: Exception | None = None
        self._is_discarded = False

    def __len__(self) -> int:
        return len(self.items) + len(self._by_key)

    @property
    def waiting(self) -> int:
        """How many items can still be read; marks of missing ones do not count."""
        with self.lock:  # not in the middle of a batch, of which some are just being dropped
            return len(self) - self._holes

    def put_many(self, items: Sequence[T], parsed: int = 0) -> None:
        """Add ``items`` in order; after :meth:`close` they are ignored. Only ``block`` ever waits.

        ``parsed``: bytes of the messages that they were parsed from; an item that is a message itself is measured here.
        """
        lost = 0
        with self.lock:
            if self._end is not None:
                return
            if (
                self.policy != "latest"
                and len(self.items) + len(items) <= self.maxsize
                and not self._overflowing
                and self.bytes + (added := parsed + _size(items)) <= self.max_bytes
            ):
                self.items.extend(items)
                self.bytes += added
                if self._runs and (run := self._runs[-1])[0] < _RUN:
                    run[0] += len(items)
                    run[1] += added
                else:
                    self._runs.append([len(items), added])
                items = ()
            elif self.policy == "latest":
                lost = self._coalesce(items, parsed)
            elif self.policy == "drop_oldest":
                lost = self._put_dropping(items, parsed)
            elif self.policy == "fail":
                lost = self._put_failing(items, parsed)
            if self._readers:
                self._changed.notify_all()
        if self.policy == "block" and items:
            self._put_blocking(items, parsed)
        if lost and self._on_overflow is not None:
            self._on_overflow(lost)

    def get(self, timeout: float | None = None, deadline: Deadline | None = None) -> T:
        """Return the next item, waiting at most ``timeout`` seconds (None: for ever) or until ``deadline``, or Ctrl-C.

        Raises ``OkxTimeoutError`` when none came, ``MailboxOverflow`` where items are missing, and after the end
        whatever :meth:`close` was given (``StreamClosed`` by default).
        """
        with self.lock:
            if self.items:  # no deadline is needed
                return self._pop()
            deadline = deadline or Deadline(timeout, self._clock)
            while not self.items and not self._by_key:
                if self._end is not None:
                    raise self._end
                if not (pause := deadline.slice()):
                    raise OkxTimeoutError(f"nothing arrived within {timeout} s")
                self._readers += 1
                try:
                    self._changed.wait(pause)
                finally:
                    self._readers -= 1
            return self._pop()

    def take(self, most: int, most_bytes: int | None = None) -> list[T | MailboxOverflow]:
        """Take up to ``most`` items without waiting; an overflow comes as an item of its own.

        ``most_bytes``: take fewer of large ones, but one at least.
        """
        out: list[T | MailboxOverflow] = []
        with self.lock:
            if most_bytes is not None and self.bytes > most_bytes:
                most = max(1, min(most, most_bytes * len(self) // self.bytes))
            if not self._holes and not self._by_key:  # the usual case, and the hot one
                if len(self.items) <= most:
                    out = list(self.items)
                    self.items.clear()
                    self._runs.clear()
                    self.bytes = 0
                else:
                    pop = self.items.popleft
                    out = [pop() for _ in range(most)]
                    self._subtract(out)
                self.delivered += len(out)
                self._after_pop(len(out))
                return out
            while len(out) < most and (self.items or self._by_key):
                try:
                    out.append(self._pop())
                except MailboxOverflow as overflow:
                    out.append(overflow)
        return out

    def put_back(self, items: Sequence[T], parsed: int = 0) -> None:
        """Put items that were taken back to the front, unless the mailbox was discarded meanwhile.

        ``parsed``: as of :meth:`put_many`.
        """
        with self.lock:
            if self._is_discarded:
                return
            self.items.extendleft(reversed(items))
            self._runs.appendleft([len(items), parsed])
            self.bytes += parsed
            self.delivered -= len(items)
            if self._readers:
                self._changed.notify_all()

    def close(self, error: Exception | None = None, *, discard: bool = False) -> bool:
        """End it: what is inside may still be read (unless ``discard``), then readers get ``error``.

        True when this call ended it, False when it had ended before.
        """
        with self.lock:
            is_first = self._end is None
            self._end = self._end or error or StreamClosed("the subscription has ended")
            if discard:
                self._is_discarded = True
                self.items.clear()
                self._runs.clear()
                self.bytes = 0
                self._holes = 0
                self._by_key.clear()
            self._changed.notify_all()
            return is_first

    @property
    def is_missing(self) -> bool:
        """True while newer items are dropped (policy ``fail``)."""
        return self._overflowing

    @property
    def is_closed(self) -> bool:
        """True after :meth:`close`."""
        return self._end is not None

    @property
    def end(self) -> Exception | None:
        """What readers get once nothing is left; None before :meth:`close`."""
        return self._end

    def _pop(self) -> T:
        item: Any
        if self._by_key:
            item, size = self._by_key.popitem(last=False)[1]
            self.bytes -= size
        else:
            item = self.items.popleft()
            self._subtract((item,))
        self._after_pop(1)
        if type(item) is _Hole:
            self._holes -= 1
            raise overflow_of(item.missing, self._what)
        self.delivered += 1
        found: T = item
        return found

    def _after_pop(self, count: int) -> None:
        if self._overflowing and len(self.items) <= self.maxsize // 2 and self.bytes <= self.max_bytes // 2:
            self._overflowing = False
        if self._is_waited_for or (self.policy == "block" and len(self.items) + count >= self.maxsize):
            self._changed.notify_all()

    def _subtract(self, gone: Sequence[Any]) -> None:
        """Count these items, the first ones, as gone."""
        runs = self._runs
        if not self.items:
            runs.clear()
            self.bytes = 0
            return
        left = len(gone)
        while left:
            run = runs[0]
            count, size = run
            if count > left:
                # One is measured when it is a message; of many, each counts as the run's average.
                size = min(size, len(gone[-1])) if left == 1 and type(gone[-1]) is bytes else size * left // count
                run[0] -= left
                run[1] -= size
                left = 0
            else:
                runs.popleft()
                left -= count
            self.bytes -= size

    def _append(self, item: Any, size: int) -> None:
        self.items.append(item)
        self._runs.append([1, size])
        self.bytes += size

    def _coalesce(self, items: Sequence[T], parsed: int) -> int:
        for item, size in zip(items, _sizes(items, parsed), strict=True):
            try:
                key = self._key(item)
            except ValueError:  # its reader will meet the error; one bad row must not cost its neighbours
                key = ValueError
            old = self._by_key.get(key)
            if old is not None:
                self.coalesced += 1
                self.bytes -= old[1]
            self._by_key[key] = item, size
            self.bytes += size
        gone: list[T] = []
        while self.bytes > self.max_bytes and len(self._by_key) > 1:
            item, size = self._by_key.popitem(last=False)[1]
            self.bytes -= size
            gone.append(item)
        return self._count_dropped(gone)

    def _put_blocking(self, items: Sequence[T], parsed: int) -> None:
        for item, size in zip(items, _sizes(items, parsed), strict=True):
            if not self._has_room(size) and self._on_wait is not None:
                self._on_wait()
            with self.lock:
                while not self._has_room(size) and self._end is None:
                    self._is_waited_for = True
                    self._changed.wait()
                self._is_waited_for = False
                if self._end is not None:
                    return
                self._append(item, size)
                if self._readers:
                    self._changed.notify_all()

    def _has_room(self, size: int) -> bool:
        """Tell whether one more item fits; one larger than the whole budget fits when it is alone."""
        return len(self.items) < self.maxsize and (self.bytes + size <= self.max_bytes or not self.items)

    def _put_dropping(self, items: Sequence[T], parsed: int) -> int:
        for item, size in zip(items, _sizes(items, parsed), strict=True):
            self._append(item, size)
        gone: list[T] = []
        while len(self.items) > self.maxsize or (self.bytes > self.max_bytes and len(self.items) > 1):
            gone.append(self.items.popleft())
            self._subtract(gone[-1:])
        return self._count_dropped(gone)

    def _count_dropped(self, gone: Sequence[T]) -> int:
        lost = self._weigh(gone) if gone else 0
        self.dropped += lost
        return lost

    def _put_failing(self, items: Sequence[T], parsed: int) -> int:
        room, sizes = 0, _sizes(items, parsed)
        while room < len(items) and not self._overflowing and self._has_room(sizes[room]):
            self._append(items[room], sizes[room])
            room += 1
        lost = self._count_dropped(items[room:])
        if not lost:  # messages in which there was nothing
            return 0
        if not self._overflowing:
            self._overflowing = True
            self._append(_Hole(), 0)
            self._holes += 1
        self.items[-1].missing += lost
        return lost
