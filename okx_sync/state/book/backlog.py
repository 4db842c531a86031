"""Changes that come while a book has no snapshot, kept until one is fetched elsewhere (over REST).

A fetched snapshot has a number. It fits where ``prev_seq <= its number < seq`` of a change: that one and all behind it
are applied, those before it are in the snapshot already. Numbers can only be compared along one unbroken run of
changes. When the run breaks or its numbers go back, a new ``era`` begins, and what was fetched before is of no use.
"""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

import attrs

from okx_sync.errors import DecodeError
from okx_sync.state.book.book_change import BookChange

__all__ = ["Backlog"]

_MOST: Final = 1000  # ten seconds of the fastest stream; a snapshot is newer than what falls out


class _Kept(NamedTuple):
    before: int
    seq: int
    change: BookChange


class Backlog:
    """The newest changes of one run, and the snapshot that waits for its place among them. Not thread-safe."""

    __slots__ = ("_run", "_snapshot", "era")

    def __init__(self, most: int = _MOST) -> None:
        self.era = 0
        self._run: deque[_Kept] = deque(maxlen=most)
        self._snapshot: tuple[int, BookChange] | None = None

    def __len__(self) -> int:
        return len(self._run)

    def clear(self) -> None:
        """Begin a new era with nothing."""
        self.era += 1
        self._run.clear()
        self._snapshot = None

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

        Empty as long as there is no snapshot, or the changes have not come up to it yet.
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
        whole = attrs.evolve(snapshot, kind="snapshot", seq=behind[0].before if behind else number)
        return [whole, *(kept.change for kept in behind)]

    def _reaches(self, number: int) -> bool:
        return not self._run or self._run[0].before <= number
