"""Changes that come while a book has no snapshot, kept until one is fetched elsewhere (over REST).

A fetched snapshot has a number. It fits where ``prev_seq <= its number < seq`` of a change: that one and all behind it
are applied, those before it are in the snapshot already. Numbers can only be compared along one unbroken run of
changes. When the run breaks or its numbers go back, a new ``era`` begins, and what was fetched before is of no use.

A snapshot at the end of a change is sure. One from the middle (``prev_seq < its number``) may have levels in it that
came and went before the change was sent: no change names them, and they would stay in the book for ever, crossed or
merely wrong. Such a snapshot counts only when an earlier one from the middle of another change, brought up to date by
the changes between the two, has the same levels: both would have to be wrong about one level in one way.
"""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

import attrs

from okx_sync.errors import DecodeError
from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.price_levels import Rows

__all__ = ["Backlog"]

_MOST: Final = 1000  # ten seconds of the fastest stream; a snapshot is newer than what falls out
_DEPTH_STEP: Final = 50  # depths of snapshots are multiples of it: a side of just so many levels may go on below them

_Levels: TypeAlias = dict[Decimal, Decimal]


class _Kept(NamedTuple):
    before: int
    seq: int
    change: BookChange


class Backlog:
    """The newest changes of one run, and the snapshot that waits for its place among them. Not thread-safe."""

    __slots__ = ("_doubtful", "_run", "_snapshot", "era")

    def __init__(self, most: int = _MOST) -> None:
        self.era = 0
        self._run: deque[_Kept] = deque(maxlen=most)
        self._snapshot: tuple[int, BookChange] | None = None
        self._doubtful: tuple[int, BookChange] | None = None  # from the middle of a change, to compare the next with

    def __len__(self) -> int:
        return len(self._run)

    def clear(self) -> None:
        """Begin a new era with nothing."""
        self.era += 1
        self._run.clear()
        self._snapshot = self._doubtful = None

    @property
    def has_snapshot(self) -> bool:
        """Whether a snapshot waits for the stream to come up to it."""
        return self._snapshot is not None

    def add(self, change: BookChange) -> None:
        """Keep a change. What cannot be followed up to it is let go."""
        before, seq = change.prev_seq, change.seq
        if before is None or seq is None or before < 0:
            self.clear()  # nobody can say where it belongs
            return
        if self._run and self._run[-1].seq != before:
            self.clear()
        if seq > before:
            self._run.append(_Kept(before, seq, change))
            return
        if seq < before or change.bids or change.asks:
            # One number may now mean two books: only what is fetched from here on is sure to be the newer one.
            self.clear()
        if not self._run:
            # All it says now is where the stream stands.
            self._run.append(_Kept(seq, seq, attrs.evolve(change, bids=(), asks=(), prev_seq=seq, checksum=None)))

    def offer(self, snapshot: BookChange) -> bool:
        """Keep a snapshot, in place of one before; False when the oldest change is too new to follow it.

        Raises ``DecodeError`` when it has no number.
        """
        if snapshot.seq is None:
            raise DecodeError("a fetched book has no sequence number", text=repr(snapshot))
        self._snapshot = (snapshot.seq, snapshot) if self._reaches(snapshot.seq) else None
        return self._snapshot is not None

    def joined(self) -> list[BookChange]:
        """Join the snapshot and the changes behind it, numbered so that each follows the one before.

        Empty as long as there is no snapshot, the changes have not come up to it yet, or it needs a second one to be
        sure. Raises ``DecodeError`` when levels of two cannot be compared.
        """
        if self._snapshot is None or not self._run:
            return []
        number, snapshot = self._snapshot
        if not self._reaches(number):  # it came before the first change, which now tells that it was too old
            self._snapshot = None
            return []
        if self._run[-1].seq < number:
            return []
        behind = [kept for kept in self._run if kept.seq > number]
        if behind and behind[0].before < number and not self._is_confirmed(number, snapshot, behind[0]):
            self._snapshot = None
            return []
        whole = attrs.evolve(snapshot, kind="snapshot", seq=behind[0].before if behind else number)
        return [whole, *(kept.change for kept in behind)]

    def _reaches(self, number: int) -> bool:
        return not self._run or self._run[0].before <= number

    def _is_confirmed(self, number: int, snapshot: BookChange, around: _Kept) -> bool:
        """Compare a snapshot from the middle of ``around`` with the one before; keep it when they differ."""
        if self._doubtful is not None and self._reaches(self._doubtful[0]):
            earlier, other = self._doubtful
            between = [kept.change for kept in self._run if earlier < kept.seq <= around.before]
            if not between:
                return False  # both are from the middle of one change: the second tells nothing
            try:
                if _agree(snapshot.bids, other.bids, [one.bids for one in between], around.change.bids, -1) and _agree(
                    snapshot.asks, other.asks, [one.asks for one in between], around.change.asks, 1
                ):
                    return True
            except (ValueError, TypeError, ArithmeticError, LookupError) as problem:
                raise DecodeError(f"a level of a book cannot be read: {problem}", text=repr(snapshot)) from problem
        self._doubtful = (number, snapshot)
        return False


def _agree(snapshot: Rows, earlier: Rows, between: list[Rows], around: Rows, sign: int) -> bool:
    """Tell whether one side of two snapshots is the same, but for levels that the change around the later one names.

    ``sign``: 1 where the best price is the lowest one. A side that may have been cut off is compared as far as both go.
    """
    later, brought = _levels(snapshot), _levels(earlier, *between)
    if any(rows and len(rows) % _DEPTH_STEP == 0 for rows in (snapshot, earlier)):
        # The changes between may name levels far below the cut, but not all that is there.
        seen = (later, _levels(earlier))
        worst = min((max(sign * price for price in side) for side in seen if side), default=Decimal(0))
        later, brought = ({p: sz for p, sz in side.items() if sign * p <= worst} for side in (later, brought))
    for row in around:
        price = Decimal(row[0])
        later.pop(price, None)
        brought.pop(price, None)
    return later == brought


def _levels(*changes: Rows) -> _Levels:
    levels: _Levels = {}
    for rows in changes:
        for row in rows:
            levels[Decimal(row[0])] = Decimal(row[1])
    return {price: size for price, size in levels.items() if size}
