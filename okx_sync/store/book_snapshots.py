"""Books at regular times, rebuilt from the changes that a recording holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import attrs

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.protocol.dialect import Topic
from okx_sync.rows import decoder
from okx_sync.state.book.order_book import OrderBook
from okx_sync.state.book.price_levels import Level
from okx_sync.store.delivered import delivered
from okx_sync.store.exchange_words import words_of
from okx_sync.store.recorded_messages import RecordedMessages, time_of
from okx_sync.store.segment import EntryKind

__all__ = ["RecordedBook", "book_snapshots"]

_NS: Final = 1_000_000_000


@attrs.frozen(kw_only=True)
class RecordedBook:
    """A book at ``at``: the best levels of both sides, and the exchange's time of its newest change (``ts``)."""

    inst_id: str
    at: dt.datetime
    ts: int | None
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]


def book_snapshots(
    recording: RecordedMessages, inst_id: str, *, every_s: float = 1.0, depth: int = 20, channel: str | None = None
) -> Iterator[RecordedBook]:
    """Rebuild a book; see ``Recording.books``."""
    if not every_s > 0 or depth < 1:
        raise ConfigError("every_s and depth must be above 0")
    words = words_of(recording.head)
    topic = _topic(recording, inst_id, channel)
    decode = decoder(words.lookup(topic.channel).model)
    book = OrderBook(inst_id, topic.channel)
    step, due = int(every_s * _NS), 0
    with book:
        for found in delivered(recording, words):
            at = found.entry.at
            while due and at >= due:
                if book.valid:
                    yield _snapshot(book, inst_id, due, depth)
                due += step
            if found.entry.kind is EntryKind.MISSED or _is_loss(found.entry.kind, found.entry.data):
                book.invalidate("the recording lacks something")
            elif found.push is not None and found.topic == topic:
                due = due or at // step * step + step
                for row in found.push.rows:
                    _apply(book, decode, row, found.push.message)


def _apply(book: OrderBook, decode: Any, row: Any, message: dict[str, Any]) -> None:
    try:
        for one in decode([row], message):
            book.apply(one)
    except DecodeError:
        book.invalidate("a change could not be read")


def _is_loss(kind: EntryKind, data: bytes) -> bool:
    return kind is EntryKind.STATE and b'"kind":"lost"' in data


def _topic(recording: RecordedMessages, inst_id: str, channel: str | None) -> Topic:
    words = words_of(recording.head)
    found = [
        topic
        for topics in recording.topics().values()
        for topic in topics
        if channel in (None, topic.channel) and any(value == inst_id for _, value in topic.args)
    ]
    books = [topic for topic in found if hasattr(words.lookup(topic.channel).model, "to_change")]
    if not books:
        raise ConfigError(f"no book of {inst_id} was recorded", hint="Recording.topics() lists what was")
    if len(books) > 1:
        there = ", ".join(sorted(topic.channel for topic in books))
        raise ConfigError(f"several books of {inst_id} were recorded: {there}", hint="name its channel=")
    return books[0]


def _snapshot(book: OrderBook, inst_id: str, at: int, depth: int) -> RecordedBook:
    return RecordedBook(inst_id=inst_id, at=time_of(at), ts=book.ts, bids=book.bids(depth), asks=book.asks(depth))
