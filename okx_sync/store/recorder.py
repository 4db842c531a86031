"""``Recorder``: writes down what a client receives, as it was received, without keeping it waiting.

The threads that read sockets only note what came; a thread of the recorder's own compresses and writes it, about once a
second. What is written survives the death of the program (``kill -9``) from then on. When the disk is full, or slower
than the messages, messages are left out and counted, the user is told, and the recording says where they are missing.
"""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

import attrs
import orjson

from okx_sync import fork
from okx_sync.checks import check_flag
from okx_sync.errors import ConfigError, RecordingError
from okx_sync.live.links import Links
from okx_sync.live.recovery import Recovery
from okx_sync.live.reporter import Reporter
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import text_of
from okx_sync.state_event import StateEvent
from okx_sync.store.extras import zstandard
from okx_sync.store.recording_files import FileTerms, RecordingFiles
from okx_sync.store.segment import Entry, EntryKind, FrameBatch, RecordedSocket
from okx_sync.timing import now_ns
from okx_sync.transport.link_state import Tap
from okx_sync.worker import Worker

__all__ = ["Recorder", "RecorderStats"]

log = get_logger("store")

_Waiting = Any
"""What waits: a socket, then the time (int) and the messages (bytes) of each read; or an entry. Nothing is made for it
that the collector of garbage would have to follow.
"""
_SHORT: Final = 1024  # bytes: no answer to a login is longer
_LOGINS: Final = (b'"login"', b'"auth"')
_JOIN_S: Final = 5.0
_FEW: Final = 1 << 20
_BLOCK: Final = 1 << 20  # bytes of messages that are compressed at once


@attrs.frozen(kw_only=True)
class RecorderStats:
    """Counts of a recorder: messages and their bytes, messages that were left out, files, and their bytes."""

    frames: int
    bytes: int
    missed: int
    files: int
    size: int


class Recorder:
    """Records all that a client receives from now on, until it is stopped: ``ws.record("folder")``.

    Answers to logins are left out; what is sent is not recorded.

    Args:
        links, reporter, recovery: The client's.
        folder: Made when it is not there. One that holds a recording gets further files of it.
        head: What the recording is of, for whoever reads it.
        max_bytes: Size at which the next file is begun.
        max_s: Age in seconds at which the next file is begun.
        flush_s: Seconds that messages wait at most before they are written.
        max_memory: Bytes of messages that may wait; more than that are left out and counted.
        level: Of the compression, 1 (fast) to 19 (small).
        sync: Whether the disk is waited for at each write, so that also the death of the machine costs at most
            ``flush_s``.

    Raises:
        ConfigError: An option cannot be right, or the extra ``store`` is not installed.
        RecordingError: The folder cannot be written to.
    """

    def __init__(
        self,
        links: Links,
        reporter: Reporter,
        recovery: Recovery,
        folder: str | os.PathLike[str],
        head: dict[str, Any],
        *,
        max_bytes: int = 256 << 20,
        max_s: float = 3600.0,
        flush_s: float = 1.0,
        max_memory: int = 64 << 20,
        level: int = 3,
        sync: bool = False,
    ) -> None:
        zstandard()
        _check(level, sync, max_bytes=max_bytes, max_s=max_s, flush_s=flush_s, max_memory=max_memory)
        self.folder = Path(folder)
        # Weakly, as the thread that writes holds this: a client that is dropped is to end.
        self._links, self._reporter, self._recovery = weakref.ref(links), weakref.ref(reporter), weakref.ref(recovery)
        self._flush_s, self._max_memory = flush_s, max_memory
        self._soon = min(_FEW, max_memory / 4)  # so many bytes are written without waiting for more
        terms = FileTerms(max_bytes=max_bytes, max_s=max_s, level=level, sync=sync)
        self._files = RecordingFiles(self.folder, head, terms)
        # Guards what waits to be written; held for a few operations.
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._waiting_bytes = 0
        self._left_out = 0  # messages since the last write
        self._wake = threading.Event()
        self._is_stopped = False
        # Of the thread that writes.
        self._topics: set[tuple[str, Topic, int]] = set()
        self._is_in_trouble = False
        self._frames = self._bytes = 0
        fork.watch(self)
        self._worker = Worker("okx-recorder", self._run)
        self._worker.start()
        self._end_watch = reporter.watch(self._state)
        recovery.watch = self
        links.tap(self._tap)

    # -- for users ---------------------------------------------------------------------------------------------------

    @property
    def stats(self) -> RecorderStats:
        """What was recorded so far."""
        files = self._files
        return RecorderStats(
            frames=self._frames, bytes=self._bytes, missed=files.missed, files=files.files, size=files.size
        )

    @property
    def is_stopped(self) -> bool:
        """True once it records no more."""
        return self._is_stopped

    def stop(self) -> RecorderStats:
        """Record no more, write what waits, and close the file. Idempotent; also done when the client is closed."""
        with self._lock:
            is_first, self._is_stopped = not self._is_stopped, True
        if is_first:
            if (links := self._links()) is not None:
                links.tap(None)
            if (recovery := self._recovery()) is not None:
                recovery.watch = None
            self._end_watch()
            self._worker.ask_to_stop()
            self._wake.set()
        if not self._worker.join(_JOIN_S):
            log.warning("the recorder of %s still writes; it ends by itself", self.folder)
        return self.stats

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        stats, state = self.stats, "stopped" if self._is_stopped else "recording"
        missed = f", {stats.missed} left out" if stats.missed else ""
        return f"<Recorder {self.folder}: {state}, {stats.frames} messages in {stats.files} files{missed}>"

    # -- on the threads that read ------------------------------------------------------------------------------------

    def _tap(self, path: str, shard: int) -> Tap:
        return partial(self._see, path, shard, {})

    def _see(self, path: str, shard: int, sockets: dict[int, RecordedSocket], epoch: int, frames: list[bytes]) -> None:
        if (source := sockets.get(epoch)) is None:
            source = sockets[epoch] = RecordedSocket(path, shard, epoch)
        size = len(frames[0]) if len(frames) == 1 else sum(map(len, frames))
        with self._lock:
            before = self._waiting_bytes
            if before + size > self._max_memory:
                self._left_out += len(frames)
                return
            self._waiting_bytes = before + size
            self._waiting += (source, now_ns())
            self._waiting += frames
        if before < self._soon <= before + size:
            self._wake.set()

    def _state(self, event: StateEvent) -> None:
        source = RecordedSocket(event.path, event.shard, event.epoch)
        facts = {name: _plain(value) for name, value in attrs.asdict(event, recurse=False).items() if value is not None}
        self._note(EntryKind.STATE, source, facts)

    def held(self, event: StateEvent, topics: list[Topic]) -> None:
        """See ``RecoveryWatch``."""
        source = RecordedSocket(event.path, event.shard, event.epoch)
        self._note(EntryKind.HELD, source, {"topics": [text_of(topic) for topic in topics]})

    def released(self, path: str, shard: int, topic: Topic, rows: list[Any], *, has_asked: bool, done: bool) -> None:
        """See ``RecoveryWatch``."""
        told = {"topic": text_of(topic), "rows": rows, "asked": has_asked, "done": done, "from": "rest"}
        self._note(EntryKind.RECOVERED, RecordedSocket(path, shard, 0), told)

    def _note(self, kind: EntryKind, source: RecordedSocket, facts: dict[str, Any]) -> None:
        entry = Entry(kind, now_ns(), source, orjson.dumps(facts, default=str))
        with self._lock:
            self._waiting.append(entry)

    # -- on the thread that writes -----------------------------------------------------------------------------------

    def _run(self, worker: Worker) -> None:
        while not worker.stopping and self._links() is not None:
            self._wake.wait(self._flush_s)
            self._wake.clear()
            self._flush()
        self._flush(last=True)
        try:
            self._files.close()
        except OSError as problem:
            self._tell(problem)

    def _flush(self, *, last: bool = False) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
            self._waiting_bytes = 0
            left_out, self._left_out = self._left_out, 0
        told = self._new_topics(_began(waiting))
        if left_out:
            self._files.miss(left_out, "more came than could be written")
            self._tell(f"{left_out} messages were left out: more came than could be written")
        end = [Entry(EntryKind.END, now_ns(), None, b"")] if last else []
        for block in _blocks([*told, *waiting, *end]):
            self._write(*block)

    def _write(self, entries: list[Entry | FrameBatch], frames: int, size: int, is_last: bool) -> None:
        """Write a block of entries, of which so many are messages, of so many bytes."""
        files = self._files.files
        try:
            self._files.write(entries, is_last=is_last)
        except (OSError, RecordingError) as problem:
            self._files.miss(frames, str(problem))
            self._topics.clear()  # it is to be said again
            if not self._is_in_trouble:
                self._tell(problem)
            self._is_in_trouble = True
            return
        if files != self._files.files:
            self._topics.clear()  # each file says them: the older ones may be deleted
        self._is_in_trouble = False
        self._frames += frames
        self._bytes += size

    def _new_topics(self, at: int) -> list[Entry]:
        """Return entries for the topics that are followed since the last time; ``at`` (ns) is when that began."""
        links = self._links()
        every = () if links is None else links.all()
        found = {(link.name, topic, link.shard) for link in every for topic in link.wanted()}
        new = sorted(found - self._topics, key=str)
        self._topics = found
        if not new:
            return []
        told = [[path, topic.channel, dict(topic.args), shard] for path, topic, shard in new]
        return [Entry(EntryKind.TOPICS, at, None, orjson.dumps(told))]

    def _tell(self, problem: object) -> None:
        """Tell the user once for each trouble; the streams go on."""
        error = RecordingError(
            f"the recording in {self.folder} is not whole: {problem}",
            hint="the streams go on; what is left out is counted, and the recording names it",
        )
        reporter = self._reporter()
        if reporter is None:
            log.error("%s", error)
        else:
            reporter.error(error)


def _check(level: int, sync: bool, **amounts: float) -> None:
    check_flag("sync", sync)
    for name, value in amounts.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise ConfigError(f"{name} cannot be {value!r}", hint="a number above 0")
    if type(level) is not int or not 1 <= level <= 19:
        raise ConfigError(f"level cannot be {level!r}", hint="a whole number from 1 to 19")


def _began(waiting: list[_Waiting]) -> int:
    """Return the time of the first thing that waits; now, where nothing does."""
    first = next((item for item in waiting if isinstance(item, int | Entry)), None)
    return now_ns() if first is None else first.at if isinstance(first, Entry) else first


def _blocks(waiting: list[_Waiting]) -> Iterator[tuple[list[Entry | FrameBatch], int, int, bool]]:
    """Make blocks of what waited, without answers to logins: entries, how many messages, their bytes, whether last."""
    entries: list[Entry | FrameBatch] = []
    frames: list[bytes] = []
    source: RecordedSocket | None = None
    count = size = 0
    for item in waiting:
        kind = type(item)
        if kind is bytes:
            if b'"data"' in item or not _is_login(item):
                frames.append(item)
                count += 1
                size += len(item)
        elif kind is int:
            assert source is not None
            frames = []
            entries.append((item, source, frames))
        elif kind is Entry:
            entries.append(item)
        else:
            if size >= _BLOCK:
                yield entries, count, size, False
                entries, count, size = [], 0, 0
            source = item
    if entries:
        yield entries, count, size, True


def _is_login(frame: bytes) -> bool:
    return len(frame) < _SHORT and any(word in frame for word in _LOGINS) and b'"data"' not in frame


def _plain(value: object) -> Any:
    return value if isinstance(value, str | int | float | bool) else str(value)
