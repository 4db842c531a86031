"""The messages of a recording as they were delivered: those of two sockets once, each with its topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.subscriptions import Subscriptions
from okx_sync.store.exchange_words import ExchangeWords, words_of
from okx_sync.store.overlap import Overlaps
from okx_sync.store.recorded_messages import RecordedMessages, missed_of
from okx_sync.store.recoveries import RecordedRecoveries, TopicPush
from okx_sync.store.segment import Entry, EntryKind

__all__ = ["Delivered", "RecordedTopics", "delivered", "due_frames", "wire_messages"]


class Delivered(NamedTuple):
    """What an entry comes to: a push of a topic, or anything else (``push`` is None: see ``entry``)."""

    entry: Entry
    path: str
    topic: Topic | None = None
    push: Push | None = None


class RecordedTopics:
    """The topics of a recording by path (``subscribed``, ``held``), and whose a message is."""

    def __init__(self, recording: RecordedMessages, words: ExchangeWords) -> None:
        self.subscribed, self.held = recording.noted_topics()
        self.kinds = {topic: words.kind_of(topic) for topics in self.subscribed.values() for topic in topics}
        self._words = words
        self._tables: dict[str, Subscriptions] = {}
        for path, topics in self.subscribed.items():
            table = self._tables[path] = Subscriptions(words.dialect)
            for topic in topics:
                table.want(topic, self.kinds[topic], None)

    def read(self, path: str, frame: bytes) -> TopicPush | None:
        """Return the push that a message is; None for anything else."""
        event = self._words.dialect.read(frame)
        table = self._tables.get(path)
        if not isinstance(event, Push) or table is None or (wish := table.route(event.arg)) is None:
            return None
        event.size = len(frame)
        return TopicPush(path, wish.topic, event)


def delivered(
    recording: RecordedMessages, words: ExchangeWords, start: dt.datetime | None = None, end: dt.datetime | None = None
) -> Iterator[Delivered]:
    """Go through a recording: pushes as a client was given them, and all other entries where they stand."""
    topics = RecordedTopics(recording, words)
    overlaps, recoveries = Overlaps(words.dialect, topics.kinds), RecordedRecoveries(words, topics.held)
    entry: Entry | None = None
    for entry in recording.entries(start, end):
        if entry.source is None or entry.kind is not EntryKind.FRAME:
            yield Delivered(entry, "" if entry.source is None else entry.source.path)
        for frame in due_frames(overlaps, entry):
            assert entry.source is not None
            found = topics.read(entry.source.path, frame)
            push = None if found is None else recoveries.admit(*found)
            if found is not None and push is not None:
                yield Delivered(entry, found.path, found.topic, push)
        yield from (Delivered(entry, *due) for due in recoveries.note(entry))
    if entry is not None:
        yield from (Delivered(entry, *due) for due in recoveries.end())


def wire_messages(recording: RecordedMessages) -> Iterator[tuple[int, str, bytes | None]]:
    """Go through the messages as a client was given them, those of two sockets once; see ``Recording``."""
    words = words_of(recording.head)
    topics = RecordedTopics(recording, words)
    overlaps = Overlaps(words.dialect, topics.kinds)
    for entry in recording.entries():
        source = entry.source
        if entry.kind is EntryKind.MISSED:
            yield from ((entry.at, path, None) for path in topics.subscribed)
        if source is not None and entry.kind is EntryKind.STATE and orjson.loads(entry.data)["kind"] == "lost":
            yield entry.at, source.path, None
        yield from ((entry.at, "" if source is None else source.path, frame) for frame in due_frames(overlaps, entry))


def due_frames(overlaps: Overlaps, entry: Entry) -> list[bytes]:
    """Return the messages that are due with an entry, having noted what it says of the sockets of a link."""
    source = entry.source
    if entry.kind is EntryKind.MISSED and missed_of(entry).frames is None:
        overlaps.end_all()
    if source is None:
        return []
    if entry.kind is EntryKind.FRAME:
        return overlaps.due(source.path, source.shard, source.epoch, entry.at, entry.data)
    kind = orjson.loads(entry.data)["kind"] if entry.kind is EntryKind.STATE else ""
    if kind == "replacing":
        overlaps.begin(source.path, source.shard, source.epoch)
    elif kind == "replaced":
        return overlaps.switch(source.path, source.shard, source.epoch, entry.at)
    elif kind == "lost":
        overlaps.end(source.path, source.shard)
    return []
