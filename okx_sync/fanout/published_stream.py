"""``PublishedStream``: one stream of a publisher: what waits for the broker, the numbers, and who may write."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Literal

import attrs

from okx_sync.fanout.entries import EntryKind, pack
from okx_sync.fanout.late_joining import AccountLog, Kept
from okx_sync.fanout.scripts import ACQUIRE, ADD_TOPICS, RELEASE, WRITE
from okx_sync.fanout.stream_keys import StreamKeys, topic_number
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import text_of
from okx_sync.timing import now_ns

__all__ = ["PublishTerms", "PublishedStats", "PublishedStream"]

_MOST: Final = 500  # messages of one entry
_MOST_BYTES: Final = 1 << 18  # of one entry
_AT_ONCE: Final = 5_000  # messages that are taken from what waits, before other streams have their turn

Role = Literal["new", "active", "standby"]


@attrs.frozen(kw_only=True)
class PublishTerms:
    """How a publisher writes; see ``Publisher``."""

    name: str
    lease_ms: int
    max_entries: int
    max_age_ms: int
    max_waiting: int


@attrs.frozen(kw_only=True)
class PublishedStats:
    """One stream in numbers: messages that are at the broker, that wait, and that were left out for want of room.

    ``is_active``: False while another publisher writes it; what comes meanwhile is that one's to send.
    """

    sent: int
    waiting: int
    missed: int
    is_active: bool


class _Skipped:
    """Messages that were left out; they keep their numbers, so that followers learn of them."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 1


class _Told:
    """An event of the publisher's link, in its place among the messages."""

    __slots__ = ("kind", "reason")

    def __init__(self, kind: EntryKind, reason: str) -> None:
        self.kind = kind
        self.reason = reason


@attrs.frozen
class _Unsent:
    """An entry that the broker has not agreed to yet."""

    first: int
    count: int
    received_ns: int
    kind: EntryKind
    data: bytes


_Item = tuple[Topic, bytes, int] | _Skipped | _Told


class PublishedStream:
    """One stream. :meth:`put` and :meth:`tell` from any thread, all else on the publisher's own.

    Args:
        wake: Called when something waits.
    """

    def __init__(self, keys: StreamKeys, path: str, terms: PublishTerms, wake: threading.Event) -> None:
        self.keys = keys
        self.path = path
        self.settled = threading.Event()
        """Set once it is known who writes, and all topics are told."""
        self.role: Role = "new"
        self._terms = terms
        self._wake = wake
        self._token = uuid.uuid4().hex  # of the epoch
        self._queue: deque[_Item] = deque()
        self._next = 1
        self._unsent: deque[_Unsent] = deque()
        self._kept: dict[Topic, Kept | None] = {}
        self._untold: dict[Topic, str] = {}  # topics that begin or end, with what is to be told of them
        self._down: set[int] = set()  # shards of the path that are down
        self._overflow = threading.Lock()  # guards what was left out
        self._skipped: _Skipped | None = None
        self._sent = self._missed = 0
        self._is_lacking = False

    # -- from any thread ---------------------------------------------------------------------------------------------

    def put(self, topic: Topic, frame: bytes) -> None:
        """Take a message. The hot path."""
        if self._skipped is not None or len(self._queue) >= self._terms.max_waiting:
            self._skip()
            if self._skipped is not None:
                return
        self._queue.append((topic, frame, now_ns()))
        if not self._wake.is_set():
            self._wake.set()

    def _skip(self) -> None:
        """Count a message that there is no room for, unless there is room again."""
        with self._overflow:
            if len(self._queue) < self._terms.max_waiting * 3 // 4:
                self._skipped = None
                return
            self._missed += 1
            if self._skipped is None:
                self._skipped = _Skipped()
                self._queue.append(self._skipped)
            else:
                self._skipped.count += 1

    def tell(self, kind: EntryKind, shard: int, reason: str) -> None:
        """Take an event of the link that brings the messages."""
        if kind == "lost":
            self._down.add(shard)
        elif kind == "restored":
            self._down.discard(shard)
        self._queue.append(_Told(kind, reason))
        self._wake.set()

    def add(self, topic: Topic, kept: Kept | None) -> None:
        """Begin to publish a topic."""
        if topic not in self._kept:
            self._kept[topic] = kept
            self._untold[topic] = self._token
            self.settled.clear()
            self._wake.set()

    def remove(self, topic: Topic) -> None:
        """Publish a topic no more."""
        if topic in self._kept:
            del self._kept[topic]
            self._untold[topic] = ""
            self._wake.set()

    @property
    def has_work(self) -> bool:
        """Whether anything is to be written, or who writes to be settled."""
        if self.role == "standby":
            return bool(self._queue)
        return bool(self._queue or self._unsent or self._untold) or self.role == "new"

    @property
    def topics(self) -> list[Topic]:
        """What is published in it."""
        return list(self._kept)

    @property
    def stats(self) -> PublishedStats:
        """The stream in numbers."""
        waiting = len(self._queue) + sum(one.count for one in list(self._unsent))
        return PublishedStats(sent=self._sent, waiting=waiting, missed=self._missed, is_active=self.role == "active")

    # -- on the publisher's thread -----------------------------------------------------------------------------------

    def acquire(self, client: Any) -> None:
        """Become the one who writes, if nobody else is."""
        first = self._unsent[0].first if self._unsent else self._next
        up = "0" if self._down else "1"
        is_ours, is_new = ACQUIRE.run(
            client, self.keys.all, self._token, self._terms.lease_ms, self._terms.name, first, up
        )
        if not is_ours:
            self._stand_by()
            return
        self.role = "active"
        if is_new:
            self._untold = dict.fromkeys(self._kept, self._token)
            for kept in list(self._kept.values()):
                if kept is not None:
                    kept.changed = True

    def _stand_by(self) -> None:
        """Leave the stream to another publisher: what was not written by now is that one's to tell.

        Should this one go on later, that is another epoch: who slept through both changes has to see them.
        """
        if self.role != "standby":
            self._token = uuid.uuid4().hex
        self.role = "standby"
        if self._unsent:
            self._next = self._unsent[0].first
            self._unsent.clear()
        self._take(discard=True)
        self.settled.set()

    def prepare(self, pipeline: Any) -> list[Callable[[Any], None]]:
        """Add to a pipeline what is to be written. Return what takes the answers, one for each command."""
        if self.role != "active":
            if self.role == "standby":
                self._take(discard=True)
            return []
        takers: list[Callable[[Any], None]] = []
        if self._untold:
            untold = dict(self._untold)
            words = [word for topic, token in untold.items() for word in (text_of(topic), token)]
            ADD_TOPICS.add_to(pipeline, self.keys.all, self._token, *words)
            takers.append(lambda answer: self._topics_told(answer, untold))
        if not self._unsent:
            self._take(discard=False)
        for entry in self._unsent:
            self._write(pipeline, entry)
            takers.append(lambda answer, entry=entry: self._written(answer, entry))  # type: ignore[misc]
        return takers

    def heartbeat(self, pipeline: Any, *, with_snapshots: bool = True) -> list[Callable[[Any], None]]:
        """Add a sign of life to a pipeline, with the snapshots that have changed; nothing else waits before it."""
        if self.role != "active" or self._unsent:
            return []
        all_kept = list(self._kept.items()) if with_snapshots else []
        changed = {topic: kept for topic, kept in all_kept if kept is not None and kept.changed}
        words: list[bytes] = []
        for topic, kept in changed.items():
            number = topic_number(topic)
            words += [number, pack((number, frame) for frame in kept.frames())]
        self._write(pipeline, _Unsent(self._next, 0, 0, "", b""), b"1" if with_snapshots else b"0", *words)
        return [lambda answer: self._beaten(answer, list(changed.values()))]

    def failed(self, *, is_refused: bool = False) -> None:
        """Note that the broker was lost: who writes is to be settled again, and nothing has been forgotten."""
        if self.role == "active":
            self.role = "new"
        if is_refused:  # nobody waits for what will not come
            self.settled.set()

    def release(self, client: Any) -> None:
        """Let another publisher write."""
        if self.role == "active":
            RELEASE.run(client, self.keys.all, self._token)
            self.role = "standby"

    def _write(self, pipeline: Any, entry: _Unsent, *more: bytes) -> None:
        terms = self._terms
        WRITE.add_to(
            pipeline,
            self.keys.all,
            self._token,
            terms.lease_ms,
            entry.first,
            entry.count,
            entry.received_ns,
            entry.kind,
            entry.data,
            terms.max_entries,
            terms.max_age_ms,
            "0" if self._down else "1",
            *(more or (b"0",)),
        )

    def _topics_told(self, answer: Any, told: dict[Topic, str]) -> None:
        if answer != 1:
            self.role = "new"
            return
        for topic, token in told.items():
            if self._untold.get(topic) == token:
                del self._untold[topic]
        if not self._untold:
            self.settled.set()

    def _written(self, answer: Any, entry: _Unsent) -> None:
        if self.role != "active" or not self._unsent or self._unsent[0] is not entry:
            return  # refused with one before it
        if answer == 1:
            self._unsent.popleft()
            self._sent += entry.count
        else:
            self.role = "new"  # the lease has run out: whoever has it now is asked

    def _beaten(self, answer: Any, changed: list[Kept]) -> None:
        if answer != 1:
            self.role = "new"
            return
        for kept in changed:
            kept.changed = False

    def _take(self, *, discard: bool) -> None:
        """Take what waits: give it numbers and make entries of it, or only keep up with the state that it tells."""
        messages: list[tuple[bytes, bytes]] = []
        size = received_ns = 0
        for _ in range(len(self._queue) if discard else min(len(self._queue), _AT_ONCE)):
            item = self._queue.popleft()
            if isinstance(item, tuple):
                topic, frame, at = item
                messages.append((topic_number(topic), frame))
                received_ns = received_ns or at
                size += len(frame)
                if (kept := self._kept.get(topic)) is not None:
                    kept.add(frame)
                if len(messages) < _MOST and size < _MOST_BYTES:
                    continue
            if messages and not discard:
                self._number(len(messages), received_ns, "", pack(messages))
            messages, size, received_ns = [], 0, 0
            if isinstance(item, _Told):
                self._tell(item, discard=discard)
            elif isinstance(item, _Skipped):
                self._pass_over(item, discard=discard)
        if messages and not discard:
            self._number(len(messages), received_ns, "", pack(messages))

    def _number(self, count: int, received_ns: int, kind: EntryKind, data: bytes) -> None:
        self._unsent.append(_Unsent(self._next, count, received_ns, kind, data))
        self._next += count

    def _tell(self, told: _Told, *, discard: bool) -> None:
        if told.kind == "lost":
            self._interrupt()
        if not discard:
            self._number(0, now_ns(), told.kind, told.reason.encode())

    def _interrupt(self) -> None:
        for kept in list(self._kept.values()):
            if kept is not None:
                kept.interrupted()

    def _pass_over(self, skipped: _Skipped, *, discard: bool) -> None:
        with self._overflow:
            if self._skipped is skipped:
                self._skipped = None
            if not discard:
                self._next += skipped.count
        self._interrupt()
        self._is_lacking = True

    def lacking(self) -> list[Topic]:
        """Return, once, the topics whose state can only be told again once the exchange does."""
        kept = list(self._kept.items())
        cut = [topic for topic, one in kept if isinstance(one, AccountLog) and one.take_cut()]
        if self._is_lacking:
            self._is_lacking = False
            return [topic for topic, one in kept if one is not None and one.is_state]
        return cut
