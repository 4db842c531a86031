"""What REST recovered after a loss, in a recording: put in its place among what the stream brought, as it was live.

A client holds a topic back from the loss until REST has told what was missed. A recording says when a topic was held
(``HELD``) and what was recovered (``RECOVERED``); the order is worked out again here, by the same rules
(``RecoveryBuffer``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import orjson

from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.store.exchange_words import ExchangeWords
from okx_sync.store.recorded_messages import held_topics, missed_of
from okx_sync.store.segment import Entry, EntryKind

__all__ = ["RecordedRecoveries", "TopicPush"]

_ANY: Final = 1 << 62  # bytes that may wait: the recording says when a client went on


class TopicPush(NamedTuple):
    """A push that is due, and whose it is."""

    path: str
    topic: Topic
    push: Push


class RecordedRecoveries:
    """The topics of a recording that were held back at some time.

    Args:
        held: They, by path.
    """

    def __init__(self, words: ExchangeWords, held: Mapping[str, set[Topic]]) -> None:
        self._buffers: dict[tuple[str, Topic], RecoveryBuffer] = {}
        for path, topics in held.items():
            for topic in topics:
                if (source := words.source_of(topic)) is not None:
                    self._buffers[path, topic] = RecoveryBuffer(source, topic, 0, max_bytes=_ANY)
        self._paths = {path for path, _ in self._buffers}

    def concerns(self, path: str) -> bool:
        """Tell whether anything of a path was ever held."""
        return path in self._paths

    def admit(self, path: str, topic: Topic, push: Push) -> Push | None:
        """Return what is due of a push now; None while it waits, or when nothing of it is new."""
        buffer = self._buffers.get((path, topic))
        return push if buffer is None else buffer.admit(push)

    def note(self, entry: Entry) -> list[TopicPush]:
        """Take in an entry of any kind; returns what is due with it."""
        if entry.kind is EntryKind.MISSED and missed_of(entry).frames is None:
            return list(self.end())  # what would have let them go on may be missing as well
        if entry.source is None or entry.kind not in (EntryKind.HELD, EntryKind.RECOVERED):
            return []
        path, topics = entry.source.path, held_topics(entry)
        if entry.kind is EntryKind.HELD:
            for topic in topics:
                if (buffer := self._buffers.get((path, topic))) is not None:
                    buffer.hold()
            return []
        told, topic = orjson.loads(entry.data), topics[0]
        buffer = self._buffers.get((path, topic))
        if buffer is None:  # nothing knows its order any more
            message = {"arg": topic.arg, "data": told["rows"], "recovered": True}
            pushes = [Push(topic.channel, topic.arg, told["rows"], message)] if told["rows"] else []
        else:
            pushes, _ = buffer.release(told["rows"], buffer.outage, done=told["done"], has_asked=told["asked"])
        return [TopicPush(path, topic, push) for push in pushes]

    def end(self) -> Iterator[TopicPush]:
        """Return what still waits where a recording was cut off."""
        for (path, topic), buffer in self._buffers.items():
            yield from (TopicPush(path, topic, push) for push in buffer.release([], buffer.outage, done=False)[0])
