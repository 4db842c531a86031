"""Reads what a ``Recorder`` wrote: what a folder holds, message by message, and how much of it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import attrs
import orjson

from okx_sync.errors import RecordingError
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import topic_of
from okx_sync.state_event import StateEvent
from okx_sync.store.recording_files import HEAD_NAMES
from okx_sync.store.segment import (
    SUFFIX,
    BlockOutline,
    Damage,
    Entry,
    EntryKind,
    RecordedSocket,
    read_head,
    read_segment,
)

__all__ = [
    "MissedMessages",
    "NotedTopics",
    "RecordedMessages",
    "RecordingFile",
    "RecordingStats",
    "held_topics",
    "missed_of",
    "state_event_of",
    "time_of",
    "topics_of",
]

_NS: Final = 1_000_000_000
_EVENT_TIMES: Final = ("at", "from_at", "to_at", "missing_before")
_EVENT_FACTS: Final = ("kind", "reason", "attempt", "delay_s", "topic", "recovered", "account")


@attrs.frozen(kw_only=True)
class RecordingFile:
    """One file: when it was begun (epoch ns; 0: unknown), its bytes, and what of it cannot be read (None: all can)."""

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

    ``frames_of``: messages by path; ``recovered``: rows that REST told after losses; ``is_ended``: the recorder was
    stopped, and did not die.
    """

    frames: int
    bytes: int
    size: int
    first: dt.datetime | None
    last: dt.datetime | None
    frames_of: dict[str, int]
    events: int
    recovered: int
    missed: tuple[MissedMessages, ...]
    is_ended: bool


class NotedTopics(NamedTuple):
    """The topics of a recording by path: what was subscribed, and what of it was held back at some time."""

    subscribed: dict[str, list[Topic]]
    held: dict[str, set[Topic]]


class RecordedMessages:
    """The messages of a folder that a recorder wrote into: see ``Recording``.

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
        self._torn: dict[Path, RecordingError] = {}
        self._recorders: dict[Path, Any] = {}
        heads = []
        for path in self._paths:
            try:
                heads.append(_checked(path, read_head(path)))
                self._recorders[path] = heads[-1].get("recorder")
            except RecordingError as problem:  # one that was begun when a program died
                self._torn[path] = problem
        if not heads:
            raise self._torn[self._paths[-1]]
        self.head = heads[0]
        """What it is of: ``exchange``, ``environment``, ``account``, ``protocol``, ``category``."""
        if any(head.get(name) != self.head.get(name) for head in heads for name in HEAD_NAMES):
            raise RecordingError(f"{self.folder} holds recordings of several clients", hint="give each its own folder")

    @property
    def exchange(self) -> str:
        """``"okx"``, ``"bybit"`` or ``"bitget"``."""
        return str(self.head["exchange"])

    def files(self) -> list[RecordingFile]:
        """List the files, oldest first; each is read to its end."""
        found = []
        for path in self._paths:
            size, torn = path.stat().st_size, self._torn.get(path)
            if torn is None:
                damages = (item.reason for item in read_segment(path, start=1 << 62) if isinstance(item, Damage))
                began, damage = int(read_head(path)["began"]), next(damages, None)
            else:
                began, damage = 0, torn.message
            found.append(RecordingFile(path=path, began=began, size=size, damage=damage))
        return found

    def entries(self, start: dt.datetime | None = None, end: dt.datetime | None = None) -> Iterator[Entry]:
        """Go through all entries from ``start`` (included) to ``end`` (not included), in their order.

        A file that was cut off or damaged gives what is whole. Entries of the kind ``MISSED`` say where it is not,
        where a file is not there, and where no recorder ran.
        """
        yield from self._entries(_ns(start), _ns(end))

    def frames(
        self, start: dt.datetime | None = None, end: dt.datetime | None = None
    ) -> Iterator[tuple[dt.datetime, RecordedSocket, bytes]]:
        """Go through the messages: when each was received (UTC), on which socket, and its text."""
        for entry in self.entries(start, end):
            if entry.kind is EntryKind.FRAME and entry.source is not None:
                yield time_of(entry.at), entry.source, entry.data

    def topics(self) -> dict[str, list[Topic]]:
        """Return what was subscribed, by path."""
        return self.noted_topics().subscribed

    def noted_topics(self) -> NotedTopics:
        """Return what was subscribed, and what waited for REST after a loss. All of it is read for that."""
        found: dict[str, dict[Topic, None]] = {}
        held: dict[str, set[Topic]] = {}
        for entry in self.entries():
            if entry.kind is EntryKind.TOPICS:
                for _, path, topic in topics_of(entry):
                    found.setdefault(path, {})[topic] = None
            elif entry.source is not None and entry.kind in (EntryKind.HELD, EntryKind.RECOVERED):
                held.setdefault(entry.source.path, set()).update(held_topics(entry))
        return NotedTopics({path: list(topics) for path, topics in found.items()}, held)

    def stats(self, progress: Callable[[int, int], object] | None = None) -> RecordingStats:
        """Count what it holds.

        Args:
            progress: ``progress(done, all)`` is called behind each file, in bytes.
        """
        frames_of: dict[str, int] = {}
        frames = size = events = recovered = 0
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
            elif entry.kind is EntryKind.RECOVERED:
                recovered += len(orjson.loads(entry.data)["rows"])
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
            recovered=recovered,
            missed=tuple(missed),
            is_ended=is_ended,
        )

    def _with_progress(self, progress: Callable[[int, int], object] | None) -> Iterator[Entry]:
        sizes = {path: path.stat().st_size for path in self._paths}
        done = 0

        def note(path: Path) -> None:
            nonlocal done
            done += sizes[path]
            if progress is not None:
                progress(done, sum(sizes.values()))

        yield from self._entries(None, None, note)

    def _entries(
        self, first: int | None, last: int | None, note: Callable[[Path], object] = lambda _: None
    ) -> Iterator[Entry]:
        at, before, ended = first or 0, None, False
        for path in self._paths:
            if before is not None and (lack := self._lack(before, path, ended=ended)) is not None:
                yield _missed_at(at, lack)
            for entry in self._entries_of(path, first, last):
                at, ended = max(at, entry.at), entry.kind is EntryKind.END
                yield entry
            before = path
            note(path)

    def _lack(self, before: Path, path: Path, *, ended: bool) -> str | None:
        """Say what is missing between two files, if anything is."""
        numbers = [int(one.stem) if one.stem.isdigit() else None for one in (before, path)]
        if None not in numbers and numbers[1] != (numbers[0] or 0) + 1:
            return f"there is no file between {before.name} and {path.name}"
        recorders = [self._recorders.get(one) for one in (before, path)]
        if None in recorders or recorders[0] == recorders[1]:
            return None
        return f"the recorder {'was stopped' if ended else 'died'}, and the next one began with {path.name}"

    def _entries_of(self, path: Path, first: int | None = None, last: int | None = None) -> Iterator[Entry]:
        at = first or 0
        if path in self._torn:
            yield _missed_at(at, self._torn[path].message)
            return
        for item in read_segment(path, first, last):
            if isinstance(item, Damage):
                yield _missed_at(at, item.reason)
            elif isinstance(item, BlockOutline):
                at = item.last
            elif (first is None or item.at >= first) and (last is None or item.at < last):
                yield item

    def __repr__(self) -> str:
        what = f"{self.exchange} {self.head.get('environment')}, {len(self._paths)} files"
        return f"<{type(self).__name__} {self.folder}: {what}>"


def _checked(path: Path, head: dict[str, Any]) -> dict[str, Any]:
    """Return the head of a file if it says all that is needed."""
    if not (isinstance(head.get("exchange"), str) and type(head.get("began")) is int and head.keys() >= {*HEAD_NAMES}):
        raise RecordingError(f"{path} does not say what it is a recording of")
    return head


def _missed_at(at: int, why: str) -> Entry:
    return Entry(EntryKind.MISSED, at, None, orjson.dumps({"frames": None, "reason": why}))


def topics_of(entry: Entry) -> list[tuple[int | None, str, Topic]]:
    """Read an entry of the kind ``TOPICS``: the number of the link (None: unknown), its path, and the topic."""
    told = [(*one, None)[:4] for one in orjson.loads(entry.data)]
    return [(shard, path, Topic.of(channel, **args)) for path, channel, args, shard in told]


def held_topics(entry: Entry) -> list[Topic]:
    """Return the topics of an entry of the kind ``HELD`` or ``RECOVERED``."""
    told = orjson.loads(entry.data)
    return [topic_of(text) for text in (told["topics"] if entry.kind is EntryKind.HELD else [told["topic"]])]


def state_event_of(entry: Entry) -> StateEvent:
    """Read an entry of the kind ``STATE``; the error of one is not kept, but its text is the reason."""
    assert entry.source is not None
    told: dict[str, Any] = orjson.loads(entry.data)
    facts: dict[str, Any] = attrs.asdict(entry.source) | {"at": time_of(entry.at), "reason": told.get("error")}
    facts |= {name: told[name] for name in _EVENT_FACTS if name in told}
    return StateEvent(**facts | {name: dt.datetime.fromisoformat(told[name]) for name in _EVENT_TIMES if name in told})


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
