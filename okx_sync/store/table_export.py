"""A recording written to Parquet: the rows of each channel as a client was given them, and what is missing beside."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from typing import Final

import orjson

from okx_sync.store.delivered import Delivered, delivered
from okx_sync.store.exchange_words import words_of
from okx_sync.store.parquet_sink import ParquetSink, TableGap
from okx_sync.store.recorded_messages import RecordedMessages, missed_of
from okx_sync.store.recorded_rows import RecordedRows
from okx_sync.store.segment import EntryKind
from okx_sync.store.table_schema import TableNumbers

__all__ = ["to_parquet"]

_EVERY: Final = 10_000


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
    rows_of = RecordedRows(words)
    losses: dict[tuple[str, int], int] = {}
    with ParquetSink(folder, numbers=numbers) as sink:
        for found in delivered(recording, words):
            _note(sink, found, losses)
            topic = found.topic
            if topic is None or (channels is not None and topic.channel not in channels):
                rows_of.note(found)
                continue
            for row in rows_of(found):
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
