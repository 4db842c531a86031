"""Order book feeds: snapshot and updates with sequence numbers, and full small books.

Follows OKX V5 "WS / Order book channel": an update starts where the one before ended
(`prevSeqId`), size "0" deletes a level, and after 60 s without a change an empty update repeats
the sequence number. The `checksum` field is fixed at 0 unless the exchange was asked for real ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.book_views import VIEWS
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.types import Row

Levels = dict[str, list[str]]
KEEP_ALIVE_S = 60.0
CHECKSUM_DEPTH = 25


def checksum(asks: list[list[str]], bids: list[list[str]]) -> int:
    """Compute the CRC32 over the best 25 levels as OKX defines it, a signed 32-bit number."""
    parts: list[str] = []
    for index in range(CHECKSUM_DEPTH):
        for side in (bids, asks):
            if index < len(side):
                parts += side[index][:2]
    value = zlib.crc32(":".join(parts).encode())
    return value - (1 << 32) if value & (1 << 31) else value


def changes(old: Levels, new: Levels) -> list[list[str]]:
    """Return the rows that turn one side of a book into another; a deleted level has size "0"."""
    gone = [[px, *["0"] * (len(row) - 1)] for px, row in old.items() if px not in new]
    return gone + [row for px, row in new.items() if row is not old.get(px) and row != old.get(px)]


class _BookBase(Feed):
    """Base of the book channels.

    Channel options: `depth` in levels, `period` in seconds, `view` (see `views.VIEWS`); `checksum` False leaves that
    field out, `named` True puts the instrument into the row. A book that does not change is pushed again after
    `keep_alive_s`.
    """

    keep_alive_s = KEEP_ALIVE_S

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._view = VIEWS[channel.options.get("view", "plain")]
        self._depth: int = channel.options["depth"]
        self._period: float = channel.options["period"]
        self._pushed_at = server.clock.monotonic()
        self._looked_at = self._pushed_at
        self._version = -1
        self._asks: list[list[str]] = []
        self._bids: list[list[str]] = []
        self._seq = -1
        self._look()

    def _book(self) -> MatchingBook:
        venue = self.server.venue
        return venue.spreads.get(self.inst_id).book if "sprdId" in self.arg else venue.book(self.inst_id)

    def _look(self) -> bool:
        """Read the book; whether anything within our depth changed."""
        book = self._book()
        if book.version == self._version:
            return False
        self._version = book.version
        asks = self._view(book, "asks", self._depth)
        bids = self._view(book, "bids", self._depth)
        if asks == self._asks and bids == self._bids:
            return False
        self._asks, self._bids = asks, bids
        self._seq = self.server.sequence.of(self.inst_id, self._version)
        return True

    def _facts(self) -> dict[str, str]:
        """Return what faults know the book by: other exchanges call an instrument by a `symbol` of theirs."""
        return {"channel": self.channel.name, "instId": str(self.arg.get("symbol", self.inst_id))}

    def _ts(self) -> str:
        return str(self.server.clock.now_ms())


class IncrementalBookFeed(_BookBase):
    """`books` and its kin: a snapshot, then the changes."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the snapshot that the next update follows, also to those who come later."""
        if self.server.rules.take("no_snapshot", **self._facts()) is None:
            row = self._row(self._asks, self._bids, -1, self._seq)
            subscription.push([row], action="snapshot")

    def tick(self, now: float) -> None:
        """Push the changes since the last push, or the keep-alive."""
        if now - self._looked_at < self._period:
            return
        self._looked_at = now
        asks, bids, last = self._asks, self._bids, self._seq
        if self._look():
            new_asks = changes(_by_price(asks), _by_price(self._asks))
            new_bids = changes(_by_price(bids), _by_price(self._bids))
            self._pushed_at = now
            self._update(self._row(new_asks, new_bids, last, self._seq))
        elif now - self._pushed_at >= self.keep_alive_s:
            self._pushed_at = now
            self.publish([self._row([], [], last, last)], action="update")

    def _update(self, row: Row) -> None:
        rules = self.server.rules
        facts = self._facts()
        if "checksum" in row and rules.take("wrong_checksum", **facts) is not None:
            row["checksum"] = (checksum(self._asks, self._bids) ^ 1) or 2
        if rules.take("gap", **facts) is None:
            self.publish([row], action="update")

    def _row(self, asks: list[list[str]], bids: list[list[str]], previous: int, seq: int) -> Row:
        row: Row = {"asks": asks, "bids": bids, "ts": self._ts()}
        if self.channel.options.get("checksum", True):
            real = self.server.options.real_checksums
            row["checksum"] = checksum(self._asks, self._bids) if real else 0
        return {**row, "prevSeqId": previous, "seqId": seq}


class SnapshotBookFeed(_BookBase):
    """`books5`, `bbo-tbt` and their kin: the whole view each time, without an action."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the current view."""
        subscription.push([self._row()])

    def tick(self, now: float) -> None:
        """Push the view when it changed, and each minute when it did not."""
        if now - self._looked_at < self._period:
            return
        self._looked_at = now
        if self._look() or now - self._pushed_at >= self.keep_alive_s:
            self._pushed_at = now
            if self.server.rules.take("gap", **self._facts()) is None:
                self.publish([self._row()])

    def _row(self) -> Row:
        named = {"instId": self.inst_id} if self.channel.options.get("named") else {}
        return {"asks": self._asks, "bids": self._bids, **named, "ts": self._ts(), "seqId": self._seq}


def _by_price(levels: list[list[str]]) -> Levels:
    return {level[0]: level for level in levels}
