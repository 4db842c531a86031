"""The messages of a recording as they were delivered: those of two sockets once, each with its topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.subscriptions import Subscriptions, WantedTopic
from okx_sync.store.exchange_words import ExchangeWords, words_of
from okx_sync.store.overlap import Overlaps
from okx_sync.store.recorded_messages import RecordedMessages
from okx_sync.store.segment import Entry, EntryKind

__all__ = ["Delivered", "delivered", "wire_messages"]


class Delivered(NamedTuple):
    """What an entry comes to: a push of a topic, or anything else (``push`` is None: see ``entry``)."""

    entry: Entry
    path: str
    topic: Topic | None = None
    push: Push | None = None


class _Paths:
    """Whose a message is, by path."""

    def __init__(self, recording: RecordedMessages, words: ExchangeWords) -> None:
        self.topics = recording.topics()
        self._words = words
        self._tables: dict[str, Subscriptions] = {}
        for path, topics in self.topics.items():
            table = self._tables[path] = Subscriptions(words.dialect)
            for topic in topics:
                table.want(topic, words.kind_of(topic), None)

    def read(self, path: str, frame: bytes) -> tuple[WantedTopic, Push] | None:
        """Return the push that a message is, and its topic; None for anything else."""
        event = self._words.dialect.read(frame)
        table = self._tables.get(path)
        if not isinstance(event, Push) or table is None or (wish := table.route(event.arg)) is None:
            return None
        event.size = len(frame)
        return wish, event


def delivered(
    recording: RecordedMessages, words: ExchangeWords, start: dt.datetime | None = None, end: dt.datetime | None = None
) -> Iterator[Delivered]:
    """Go through a recording: pushes as a client was given them, and all other entries where they stand."""
    paths = _Paths(recording, words)
    kinds = {topic: words.kind_of(topic) for topics in paths.topics.values() for topic in topics}
    overlaps = Overlaps(words.dialect, kinds)
    for entry in recording.entries(start, end):
        source = entry.source
        if source is None:
            yield Delivered(entry, "")
        elif entry.kind is EntryKind.FRAME:
            for frame in overlaps.due(source.path, source.shard, source.epoch, entry.at, entry.data):
                found = paths.read(source.path, frame)
                if found is not None:
                    yield Delivered(entry, source.path, found[0].topic, found[1])
        else:
            late = _note(overlaps, entry)
            yield Delivered(entry, source.path)
            for frame in late:
                found = paths.read(source.path, frame)
                if found is not None:
                    yield Delivered(entry, source.path, found[0].topic, found[1])


def wire_messages(recording: RecordedMessages) -> Iterator[tuple[int, str, bytes | None]]:
    """Go through the messages as a client was given them, those of two sockets once; see ``Recording``."""
    words = words_of(recording.head)
    topics = recording.topics()
    overlaps = Overlaps(words.dialect, {topic: words.kind_of(topic) for found in topics.values() for topic in found})
    for entry in recording.entries():
        source, due = entry.source, list[bytes]()
        if source is None and entry.kind is EntryKind.MISSED:
            yield from ((entry.at, path, None) for path in topics)
        elif source is not None and entry.kind is EntryKind.FRAME:
            due = overlaps.due(source.path, source.shard, source.epoch, entry.at, entry.data)
        elif source is not None:
            due = _note(overlaps, entry)
            if entry.kind is EntryKind.STATE and orjson.loads(entry.data)["kind"] == "lost":
                yield entry.at, source.path, None
        if source is not None:
            yield from ((entry.at, source.path, frame) for frame in due)


def _note(overlaps: Overlaps, entry: Entry) -> list[bytes]:
    """Note what a state event says of the sockets of a link; returns what is delivered with it."""
    source = entry.source
    if source is None or entry.kind is not EntryKind.STATE:
        return []
    kind = orjson.loads(entry.data)["kind"]
    if kind == "replacing":
        overlaps.begin(source.path, source.shard, source.epoch)
    elif kind == "replaced":
        return overlaps.switch(source.path, source.shard, source.epoch, entry.at)
    elif kind == "lost":
        overlaps.end(source.path, source.shard)
    return []
