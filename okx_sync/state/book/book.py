"""One order book without threads, clocks or wires: changes go in, outcomes come out.

A book is *synced* from a snapshot on until a change does not follow the one before. What it held then stays readable,
but it is not the exchange's book any more, until the next snapshot.

==============  ==================================================================================================
what comes in   what :meth:`Book.apply` says and does
==============  ==================================================================================================
a whole book    ``"snapshot"``: both sides are replaced, the book is synced, whatever was before
a change        ``"ok"``: its ``prev_seq`` is the number the book stands at; size 0 deletes, any other is set.
                Where the exchange has it so, the first one behind a whole book may begin before that number.
the same, less  ``"reset"``: as ok, but the exchange went on with a smaller number (maintenance)
nothing new     ``"same"``: an empty change with ``seq == prev_seq``: the exchange says that it is still there
anything else   ``"gap"``: not applied, the book is not synced any more
a wrong sum     ``"checksum"``: applied, but the result is not the exchange's book: not synced any more
crossed sides   ``"crossed"``: applied, but the best bid is at or above the best ask: not synced any more
after those     ``"waiting"``: changes are left aside until the next whole book
the same        ``"joined"``: the whole book came by :meth:`Book.bridge`, and the change goes on from it: synced
==============  ==================================================================================================

Sequence numbers have holes and may go back; all that counts is that each change names its predecessor. Streams of
2022 have none: then the checksum must vouch for every change. Since 2026 it is the other way round: a checksum of 0
(or none) says nothing.

Where the stream brings changes but no whole book, one can be fetched elsewhere: see ``okx_sync.state.book.backlog``.
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from typing import Final, Literal

from okx_sync.errors import DecodeError
from okx_sync.state.book.backlog import Backlog
from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.price_levels import Level, Rows, Side

__all__ = ["CHECKSUM_LEVELS", "Book", "BookChange", "Level", "Outcome", "Rows", "Side", "checksum_of"]

CHECKSUM_LEVELS: Final = 25

Outcome = Literal[
    "snapshot", "ok", "same", "reset", "gap", "checksum", "crossed", "waiting", "joined", "old", "doubtful"
]


class Book:
    """One order book, see the module. Not thread-safe by itself."""

    __slots__ = ("asks", "backlog", "bids", "is_synced", "is_untouched", "problem", "seq", "ts")

    def __init__(self) -> None:
        self.bids = Side(is_bids=True)
        self.asks = Side(is_bids=False)
        self.backlog = Backlog()  # of changes that could not be applied; empty while it is synced
        self.is_synced = False
        self.is_untouched = False  # while it is a whole book that no change has followed yet
        self.problem = "no snapshot has come yet"  # why it is not synced; stale text while it is
        self.seq: int | None = None
        self.ts: int | None = None

    def apply(self, change: BookChange) -> Outcome:
        """Take in one change. Raises ``DecodeError`` when a row cannot be read; the book is not synced then."""
        if change.kind != "update":
            self.bids.clear()
            self.asks.clear()
            if not self.is_synced:
                self.backlog.clear()
        elif not self.is_synced:
            self.backlog.add(change)
            return self._join()
        elif (broken := self._breach(change)) is not None:
            self.lose(broken)
            self.backlog.add(change)
            return "gap"
        self._put(change)
        before, self.seq = self.seq, change.seq
        if change.ts is not None:
            self.ts = change.ts
        if change.checksum and change.checksum != (ours := checksum_of(self.bids, self.asks)):
            self.lose(f"the checksum of the book is {ours}, the exchange's is {change.checksum}")
            return "checksum"
        highest, lowest = self.bids.keys, self.asks.keys  # written out: this is looked at behind each change
        if highest and lowest and highest[-1] >= -lowest[-1] and not change.may_cross and self._is_crossed():
            return "crossed"
        self.is_synced = True
        if change.kind != "update":
            self.is_untouched = True
            return "snapshot"
        self.is_untouched = False
        if before is not None and change.seq is not None and change.seq <= before:
            if change.seq < before:
                return "reset"
            if not change.bids and not change.asks:
                return "same"
        return "ok"

    def lose(self, problem: str) -> None:
        """Stop taking this for the exchange's book, because of ``problem``."""
        self.is_synced = False
        self.problem = problem
        self.backlog.clear()

    def bridge(self, snapshot: BookChange, era: int) -> Outcome:
        """Take in a whole book that was fetched elsewhere and has the number ``snapshot.seq``.

        ``era`` is what ``backlog.era`` was before it was asked for. ``"joined"``: the book is synced. ``"waiting"``:
        it is ahead of the stream and will be joined by the changes to come. ``"old"``: the stream is ahead of it, or
        its run has ended; fetch another. ``"doubtful"``: it was taken in the middle of a change and may have levels in
        it that no change will ever name; fetch another to compare it with. ``"same"``: not needed, the book is synced
        already. Raises ``DecodeError``.
        """
        if self.is_synced:
            return "same"
        if era != self.backlog.era or not self.backlog.offer(snapshot):
            return "old"
        outcome = self._join()
        return "doubtful" if outcome == "waiting" and not self.backlog.has_snapshot else outcome

    def _join(self) -> Outcome:
        fresh = Book()  # beside the old one: all of it or nothing
        try:
            changes = self.backlog.joined()
            if not changes:
                return "waiting"
            for change in changes:
                outcome = fresh.apply(change)
                if not fresh.is_synced:
                    self.lose(fresh.problem)
                    return outcome
        except DecodeError:
            self.backlog.clear()
            raise
        self.bids, self.asks, self.seq, self.ts = fresh.bids, fresh.asks, fresh.seq, fresh.ts
        self.backlog.clear()
        self.is_synced, self.is_untouched = True, fresh.is_untouched
        return "joined"

    def _breach(self, change: BookChange) -> str | None:
        """Return why an update does not follow the book; None when it does, or when that cannot be known."""
        if not change.is_linked:
            return None
        if change.prev_seq != self.seq and not self._is_reached_by(change):
            return f"an update follows number {change.prev_seq}, the book stands at {self.seq}"
        if change.prev_seq is None and not change.checksum:
            return "an update came with neither a sequence number nor a checksum"
        return None

    def _is_reached_by(self, change: BookChange) -> bool:
        """Tell whether a change that began before the whole book goes on from it: levels are told by their new size."""
        if not change.may_overlap or not self.is_untouched:
            return False
        previous, this, ours = change.prev_seq, change.seq, self.seq
        # Where counting begins anew the predecessor is 0, and nothing tells what the change follows.
        return bool(previous and this is not None and ours is not None and previous < ours <= this)

    def _is_crossed(self) -> bool:
        """Compare the best prices exactly: their keys are too close. A crossed book is lost then."""
        bid, ask = self.bids.rows(1)[0][0], self.asks.rows(1)[0][0]
        is_crossed = Decimal(bid) >= Decimal(ask)
        if is_crossed:
            self.lose(f"the book is crossed: the best bid is {bid}, the best ask {ask}")
        return is_crossed

    def _put(self, change: BookChange) -> None:
        try:
            self.bids.put(change.bids)
            self.asks.put(change.asks)
        except (ValueError, TypeError, ArithmeticError, LookupError) as problem:
            self.lose(f"a level of an update cannot be read: {problem}")
            rows = f"bids={change.bids!r} asks={change.asks!r}"
            raise DecodeError(f"a level of a book cannot be read: {problem}", text=rows) from problem


def checksum_of(bids: Side, asks: Side) -> int:
    """Compute the CRC-32, as a signed number, of ``bidPrice:bidSize:askPrice:askSize:...`` over 25 levels.

    Bid and ask take turns; where one side is shorter, the rest of the other follows. Texts as they were sent.
    Page: OKX's API guide, "Order book channel", "Checksum".
    """
    best_bids, best_asks = bids.rows(CHECKSUM_LEVELS), asks.rows(CHECKSUM_LEVELS)
    parts: list[str] = []
    for bid, ask in zip(best_bids, best_asks, strict=False):
        parts += (bid[0], bid[1], ask[0], ask[1])
    shared = min(len(best_bids), len(best_asks))
    for row in best_bids[shared:] + best_asks[shared:]:
        parts += (row[0], row[1])
    crc = zlib.crc32(":".join(parts).encode())
    return crc - (1 << 32) if crc >> 31 else crc
