"""Two sockets of one link in a recording: what both brought is given once, as the link did when it was recorded.

While a new socket takes over from an old one, a recording holds the messages of both. What was delivered then is worked
out again here, by the same rules (``HandoverDedup``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.protocol.subscriptions import Subscriptions, TopicKind, WantedTopic

__all__ = ["Overlaps"]

_SETTLED_NS: Final = 3_000_000_000  # behind a switch the new socket may lag behind the old one for as long


class _Overlap:
    """The two sockets of one link, from the moment at which the second was wanted."""

    def __init__(self, dialect: Dialect, old: int) -> None:
        self.old = old
        self.dedup = HandoverDedup(dialect)
        self.new: int | None = None  # the epoch of the socket that has taken over
        self.settled_at = 0


class Overlaps:
    """The links of a recording of which two sockets are open.

    Args:
        topics: What was subscribed, with what is known of each channel.
    """

    def __init__(self, dialect: Dialect, topics: Mapping[Topic, TopicKind]) -> None:
        self._dialect = dialect
        self._subscriptions = Subscriptions(dialect)
        for topic, kind in topics.items():
            self._subscriptions.want(topic, kind, None)
        self._open: dict[tuple[str, int], _Overlap] = {}
        self._texts: dict[int, tuple[Push, bytes]] = {}  # the message of each push that is held

    def begin(self, path: str, shard: int, epoch: int) -> None:
        """Note that a second socket is opened, which is to take over from that of ``epoch``."""
        self._open[path, shard] = _Overlap(self._dialect, epoch)

    def switch(self, path: str, shard: int, epoch: int, at: int) -> list[bytes]:
        """Note that the socket ``epoch`` has taken over at ``at`` (ns); returns what is to be delivered now."""
        overlap = self._open.get((path, shard))
        if overlap is None:
            return []
        overlap.new, overlap.settled_at = epoch, at + _SETTLED_NS
        return [self._text(push) for _, push in overlap.dedup.release()]

    def end(self, path: str, shard: int) -> None:
        """Note that a link was lost: there is no second socket any more."""
        self._open.pop((path, shard), None)
        self._texts.clear()

    def end_all(self) -> None:
        """Note that it is not known what became of any link: what is recorded next is to be delivered as it is."""
        self._open.clear()
        self._texts.clear()

    def due(self, path: str, shard: int, epoch: int, at: int, frame: bytes) -> list[bytes]:
        """Return what is to be delivered for a message, which mostly is the message itself."""
        overlap = self._open.get((path, shard))
        if overlap is None:
            return [frame]
        if overlap.new is not None and epoch != overlap.new:
            return []  # the old socket is closing
        if overlap.new is not None and at >= overlap.settled_at:
            late = [self._text(push) for _, push in overlap.dedup.finish()]
            self.end(path, shard)
            return [*late, frame]
        event = self._dialect.read(frame)
        wish = self._subscriptions.route(event.arg) if isinstance(event, Push) else None
        if not isinstance(event, Push) or wish is None:
            return [frame]
        return self._push(overlap, epoch, wish, event, frame)

    def _push(self, overlap: _Overlap, epoch: int, wish: WantedTopic, push: Push, frame: bytes) -> list[bytes]:
        self._texts[id(push)] = push, frame
        if overlap.new is not None:
            return [self._text(one) for one in overlap.dedup.after(wish, push)]
        if epoch == overlap.old:
            overlap.dedup.delivered(wish, push)
            return [frame]
        overlap.dedup.hold(wish, push)
        return []

    def _text(self, push: Push) -> bytes:
        """Return the message of a push: as it was received, or of the rows that are left of it."""
        kept = self._texts.pop(id(push), None)
        if kept is not None and kept[0] is push:
            return kept[1]
        message: dict[str, Any] = dict(push.message)
        is_single = isinstance(message.get("data"), dict)
        message["data"] = push.rows[0] if is_single and len(push.rows) == 1 else push.rows
        return orjson.dumps(message, default=str)
