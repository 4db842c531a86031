"""The sequence numbers of order books."""

from __future__ import annotations

from collections import Counter


class BookSequence:
    """The sequence numbers of each instrument: the book's version, moved by a maintenance reset."""

    def __init__(self) -> None:
        self._shift: dict[str, int] = {}
        self._resets: Counter[str] = Counter()

    def of(self, inst_id: str, version: int) -> int:
        """Return the `seqId` of a book at `version`."""
        return version + self._shift.get(inst_id, 0)

    def reset(self, inst_id: str, version: int) -> None:
        """Start again from 0, as after the exchange's maintenance."""
        self._shift[inst_id] = -version
        self._resets[inst_id] += 1

    def resets(self, inst_id: str) -> int:
        """Tell how often a book's numbers began anew, for wires that number their updates themselves."""
        return self._resets[inst_id]
