"""The rows of a recording, made of its pushes as a client makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.errors import ConfigError, DecodeError
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.protocol.assemble import Merge, PageAssembler
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.rows import UntypedRow, decoder
from okx_sync.store.delivered import Delivered
from okx_sync.store.exchange_words import ExchangeWords
from okx_sync.store.segment import EntryKind, RecordedSocket

__all__ = ["RecordedRows"]


class RecordedRows:
    """Makes the pushes of a recording rows; called with all that was delivered, in its order.

    Args:
        words: Those of the recording.
    """

    def __init__(self, words: ExchangeWords) -> None:
        self._words = words
        self._of: dict[tuple[str, Topic], _TopicRows] = {}
        self._sockets: dict[RecordedSocket | None, RecordedSocket | None] = {}  # each one object, wherever it was read

    def __call__(self, found: Delivered) -> list[Any]:
        """Return the rows of a push; those that cannot be read at all are left out. Of anything else there are none."""
        self.note(found)
        if found.push is None or found.topic is None:
            return []
        key, source = (found.path, found.topic), found.entry.source
        if key not in self._of:
            self._of[key] = _TopicRows(self._words, found.topic)
        return self._of[key](found.push, self._sockets.setdefault(source, source))

    def note(self, found: Delivered) -> None:
        """Note what is delivered besides, of which no rows are wanted."""
        if found.entry.kind is EntryKind.MISSED:
            self._sockets.clear()  # no update is put on top of what came before that


class _TopicRows:
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
