"""A recording written to Parquet: the rows of each channel as a client was given them, and what is missing beside."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

import orjson

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.protocol.assemble import Merge, PageAssembler
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.rows import UntypedRow, decoder
from okx_sync.store.delivered import Delivered, delivered
from okx_sync.store.exchange_words import ExchangeWords, words_of
from okx_sync.store.parquet_sink import ParquetSink, TableGap
from okx_sync.store.recorded_messages import RecordedMessages, missed_of
from okx_sync.store.segment import EntryKind, RecordedSocket
from okx_sync.store.table_schema import TableNumbers

__all__ = ["to_parquet"]

_EVERY: Final = 10_000


class _Rows:
    """Makes the pushes of one topic rows, as a client does."""

    def __init__(self, words: ExchangeWords, topic: Topic) -> None:
        info: ChannelInfo | None
        try:
            info = words.lookup(topic.channel)
        except ConfigError:  # a channel without an entry in the table
            info = None
        self._decode: Callable[[list[Any], dict[str, Any]], Sequence[Any]]
        self._decode = decoder(UntypedRow if info is None else info.model)
        self._merge = Merge(words.dialect, info.key) if info is not None and info.partial else None
        self._pages = PageAssembler(words.dialect) if info is not None and info.paged else None
        self._topic = topic

    def __call__(self, push: Push, socket: object) -> list[Any]:
        """Return the rows of a push; those that cannot be read at all are left out."""
        whole = push if self._pages is None else self._pages.collect(self._topic, push)
        if whole is None:
            return []
        if self._merge is not None:
            whole = self._merge(whole, socket)
        found: list[Any] = []
        for row in whole.rows:
            try:
                found += self._decode([row], whole.message)
            except DecodeError:
                continue
        return found


def to_parquet(
    recording: RecordedMessages,
    folder: str | os.PathLike[str],
    *,
    channels: Collection[str] | None = None,
    numbers: TableNumbers = "decimal",
    progress: Callable[[int], object] | None = None,
) -> int:
    """Write the rows of a recording to Parquet; see ``Recording.to_parquet``."""
    words = words_of(recording.head)
    rows_of: dict[tuple[str, Topic], _Rows] = {}
    sockets: dict[RecordedSocket | None, RecordedSocket | None] = {}  # each is one object, wherever it was read
    losses: dict[tuple[str, int], int] = {}
    with ParquetSink(folder, numbers=numbers) as sink:
        for found in delivered(recording, words):
            _note(sink, found, losses)
            if found.entry.kind is EntryKind.MISSED:
                sockets.clear()  # no update is put on top of what came before that
            push, topic, source = found.push, found.topic, found.entry.source
            if push is None or topic is None or (channels is not None and topic.channel not in channels):
                continue
            key = found.path, topic
            if key not in rows_of:
                rows_of[key] = _Rows(words, topic)
            for row in rows_of[key](push, sockets.setdefault(source, source)):
                sink.take(topic.channel, row, found.entry.at, path=found.path, topic=str(topic))
                if progress is not None and sink.rows % _EVERY == 0:
                    progress(sink.rows)
        for (path, _), since in losses.items():
            sink.note_gap(TableGap(since=since, until=None, path=path, reason="the link was lost"))
    return sink.rows


def _note(sink: ParquetSink, found: Delivered, losses: dict[tuple[str, int], int]) -> None:
    """Have the files say what is missing."""
    entry = found.entry
    if found.push is not None:
        return
    if entry.kind is EntryKind.MISSED:
        missed = missed_of(entry)
        number = "an unknown number of" if missed.frames is None else missed.frames
        reason = f"{number} messages are missing: {missed.reason}"
        sink.note_gap(TableGap(since=entry.at, until=entry.at, path=None, reason=reason))
    elif entry.kind is EntryKind.STATE and entry.source is not None:
        kind, key = orjson.loads(entry.data)["kind"], (entry.source.path, entry.source.shard)
        if kind == "lost":
            losses.setdefault(key, entry.at)
        elif kind == "restored" and key in losses:
            since = losses.pop(key)
            sink.note_gap(TableGap(since=since, until=entry.at, path=key[0], reason="the link was lost"))
