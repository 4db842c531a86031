"""``Recording``: reads what a ``Recorder`` wrote: what it holds, message by message, and how much of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import orjson

from okx_sync.errors import RecordingError
from okx_sync.protocol.dialect import Topic
from okx_sync.store.segment import SUFFIX, BlockOutline, Entry, EntryKind, RecordedSocket, read_head, read_segment

if TYPE_CHECKING:
    from okx_sync.store.book_snapshots import RecordedBook
    from okx_sync.store.table_schema import TableNumbers
    from okx_sync.store.verification import Verification

__all__ = ["MissedMessages", "Recording", "RecordingFile", "RecordingStats"]

_NS: Final = 1_000_000_000


@attrs.frozen(kw_only=True)
class RecordingFile:
    """One file: when it was begun (epoch ns), its bytes, and why it cannot be read to its end (None: it can)."""

    path: Path
    began: int
    size: int
    damage: str | None = None


@attrs.frozen(kw_only=True)
class MissedMessages:
    """Messages that the recorder could not keep, told at ``at``: how many (None: unknown), and why."""

    at: dt.datetime
    frames: int | None
    reason: str


@attrs.frozen(kw_only=True)
class RecordingStats:
    """What a recording holds: messages, their bytes, and the bytes on disk; from when to when; what is missing.

    ``frames_of``: messages by path. ``is_ended``: the recorder was stopped, and did not die.
    """

    frames: int
    bytes: int
    size: int
    first: dt.datetime | None
    last: dt.datetime | None
    frames_of: dict[str, int]
    events: int
    missed: tuple[MissedMessages, ...]
    is_ended: bool


class Recording:
    """A folder that a recorder wrote into, finished or not. It is read from the disk as it is asked for.

    Args:
        folder: As given to ``ws.record()``.

    Raises:
        RecordingError: It holds no recording.
        ConfigError: The extra ``store`` is not installed.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self._paths = sorted(self.folder.glob(f"*{SUFFIX}"))
        if not self._paths:
            raise RecordingError(f"{self.folder} holds no recording", hint=f"its files end in {SUFFIX}")
        self._torn: str | None = None
        heads = []
        for path in self._paths:
            try:
                heads.append(read_head(path))
            except RecordingError as problem:  # one that was begun when the program died
                if path is not self._paths[-1] or len(self._paths) == 1:
                    raise
                self._paths, self._torn = self._paths[:-1], str(problem)
        self.head = heads[0]
        """What it is of: ``exchange``, ``environment``, ``account``, ``protocol``, ``category``."""
        names = ("exchange", "environment", "account", "protocol", "category")
        if any(head.get(name) != self.head.get(name) for head in heads for name in names):
            raise RecordingError(f"{self.folder} holds recordings of several clients", hint="give each its own folder")

    @property
    def exchange(self) -> str:
        """``"okx"``, ``"bybit"`` or ``"bitget"``."""
        return str(self.head["exchange"])

    def files(self) -> list[RecordingFile]:
        """List the files, oldest first; each is read to its end."""
        found = []
        for path in self._paths:
            damage = None
            try:
                for _ in read_segment(path, start=1 << 62):
                    pass
            except RecordingError as problem:
                damage = problem.message
            began = int(read_head(path)["began"])
            found.append(RecordingFile(path=path, began=began, size=path.stat().st_size, damage=damage))
        return found

    def entries(self, start: dt.datetime | None = None, end: dt.datetime | None = None) -> Iterator[Entry]:
        """Go through all entries from ``start`` (included) to ``end`` (not included), in their order.

        A file that was cut off gives what is whole; then an entry of the kind ``MISSED`` says where it ends.
        """
        for path in self._paths:
            yield from _entries_of(path, _ns(start), _ns(end))
        if self._torn is not None:
            yield _missed_at(0, self._torn)

    def frames(
        self, start: dt.datetime | None = None, end: dt.datetime | None = None
    ) -> Iterator[tuple[dt.datetime, RecordedSocket, bytes]]:
        """Go through the messages: when each was received (UTC), on which socket, and its text."""
        for entry in self.entries(start, end):
            if entry.kind is EntryKind.FRAME and entry.source is not None:
                yield time_of(entry.at), entry.source, entry.data

    def topics(self) -> dict[str, list[Topic]]:
        """Return what was subscribed, by path."""
        found: dict[str, dict[Topic, None]] = {}
        for entry in self.entries():
            if entry.kind is EntryKind.TOPICS:
                for path, channel, args in orjson.loads(entry.data):
                    found.setdefault(path, {})[Topic.of(channel, **args)] = None
        return {path: list(topics) for path, topics in found.items()}

    def stats(self, progress: Callable[[int, int], object] | None = None) -> RecordingStats:
        """Count what it holds.

        Args:
            progress: ``progress(done, all)`` is called behind each file, in bytes.
        """
        frames_of: dict[str, int] = {}
        frames = size = events = 0
        first = last = 0
        missed: list[MissedMessages] = []
        is_ended = False
        for entry in self._with_progress(progress):
            first, last = min(first or entry.at, entry.at), max(last, entry.at)
            is_ended = entry.kind is EntryKind.END
            if entry.kind is EntryKind.FRAME and entry.source is not None:
                frames += 1
                size += len(entry.data)
                frames_of[entry.source.path] = frames_of.get(entry.source.path, 0) + 1
            elif entry.kind is EntryKind.STATE:
                events += 1
            elif entry.kind is EntryKind.MISSED:
                missed.append(missed_of(entry))
        return RecordingStats(
            frames=frames,
            bytes=size,
            size=sum(path.stat().st_size for path in self._paths),
            first=time_of(first) if first else None,
            last=time_of(last) if last else None,
            frames_of=frames_of,
            events=events,
            missed=tuple(missed),
            is_ended=is_ended,
        )

    def verify(self) -> Verification:
        """Prove that nothing is missing, number by number, or name what is; see ``Verification``, which prints.

        Books, and OKX's trades, are numbered by the exchange; what has no numbers is said to be unprovable.
        """
        from okx_sync.store.verification import verify

        return verify(self)

    def to_parquet(
        self,
        folder: str | os.PathLike[str],
        *,
        channels: Collection[str] | None = None,
        numbers: TableNumbers = "decimal",
        progress: Callable[[int], object] | None = None,
    ) -> int:
        """Write the rows to Parquet files by channel and day, as a client was given them; returns how many.

        The columns are the fields of the rows (times as UTC timestamps, nested values as JSON), with the time at which
        each was received, and what a row carries beyond its fields. What is missing stands in the files' footers.
        ``read_table()`` reads them.

        Args:
            folder: Made when it is not there; further files are added to what it holds.
            channels: Of these channels only, by their wire names.
            numbers: ``"decimal"``: as ``decimal128(38, 18)``; ``"text"``: as text, which holds any number of digits.
            progress: ``progress(rows)`` is called from time to time.

        Raises:
            ConfigError: A number does not fit a decimal column, or the extra is not installed.
            RecordingError: The folder cannot be written to.
        """
        from okx_sync.store.table_export import to_parquet

        return to_parquet(self, folder, channels=channels, numbers=numbers, progress=progress)

    def books(
        self, inst_id: str, *, every_s: float = 1.0, depth: int = 20, channel: str | None = None
    ) -> Iterator[RecordedBook]:
        """Rebuild a book from its changes, and give it at regular times, as long as it is known.

        After a hole, and while its link was lost, nothing is given until its next snapshot.

        Args:
            inst_id: The instrument, as it was subscribed.
            every_s: Seconds between two of them; times are multiples of it since 1970.
            depth: Levels a side.
            channel: Which book, where several of the instrument were recorded.

        Raises:
            ConfigError: No book of it was recorded, or several.
        """
        from okx_sync.store.book_snapshots import book_snapshots

        return book_snapshots(self, inst_id, every_s=every_s, depth=depth, channel=channel)

    def _with_progress(self, progress: Callable[[int, int], object] | None) -> Iterator[Entry]:
        sizes = {path: path.stat().st_size for path in self._paths}
        done = 0
        for path, size in sizes.items():
            yield from _entries_of(path)
            done += size
            if progress is not None:
                progress(done, sum(sizes.values()))

    def __repr__(self) -> str:
        return f"<Recording {self.folder}: {self.exchange} {self.head.get('environment')}, {len(self._paths)} files>"


def _entries_of(path: Path, first: int | None = None, last: int | None = None) -> Iterator[Entry]:
    at = first or 0
    try:
        for item in read_segment(path, first, last):
            if isinstance(item, BlockOutline):
                at = item.last
            elif (first is None or item.at >= first) and (last is None or item.at < last):
                yield item
    except RecordingError as problem:
        yield _missed_at(at, problem.message)


def _missed_at(at: int, why: str) -> Entry:
    return Entry(EntryKind.MISSED, at, None, orjson.dumps({"frames": None, "reason": why}))


def missed_of(entry: Entry) -> MissedMessages:
    """Read an entry of the kind ``MISSED``."""
    told: dict[str, Any] = orjson.loads(entry.data)
    return MissedMessages(at=time_of(entry.at), frames=told["frames"], reason=told["reason"])


def time_of(ns: int) -> dt.datetime:
    """Return a time in UTC, to the microsecond."""
    return dt.datetime.fromtimestamp(ns // _NS, dt.UTC).replace(microsecond=ns % _NS // 1000)


def _ns(time: dt.datetime | None) -> int | None:
    if time is None:
        return None
    if time.tzinfo is None:
        raise RecordingError("start and end need a time zone", hint="dt.datetime(2026, 11, 30, tzinfo=dt.UTC)")
    whole = time.replace(microsecond=0)
    return int(whole.timestamp()) * _NS + time.microsecond * 1000
