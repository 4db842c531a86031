"""Open positions, kept from pushes in any order. Pure: updates go in, events come out.

A push that is older than what is known changes nothing; a complete list ends what is not in it; a position that
turned from long to short without a stop in between is one event, ``flipped``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

import attrs

from okx_sync.types import PositionUpdate

__all__ = ["PositionEvent", "PositionKind", "Positions", "is_older", "merged"]

PositionKind = Literal["opened", "changed", "closed", "flipped"]
_Key = tuple[str, str, str, str]
_CLOSED_KEPT = 10_000


@attrs.frozen
class PositionEvent:
    """A change of a position. ``previous``: the position before, None when it was not open."""

    kind: PositionKind
    position: PositionUpdate
    previous: PositionUpdate | None = None


class Positions:
    """The open positions. ``all``: a tuple that is replaced whole, so that a reader needs no lock."""

    def __init__(self) -> None:
        self.all: tuple[PositionUpdate, ...] = ()
        self._open: dict[_Key, PositionUpdate] = {}
        # When closed ones were closed, so that a late push does not open them again.
        self._closed: OrderedDict[_Key, int] = OrderedDict()

    def apply(self, update: PositionUpdate, *, partial: bool = False) -> PositionEvent | None:
        """Take one push in; None when it brings nothing new. ``partial``: what it does not tell stays as it was."""
        event = self._apply(update, partial)
        if event is not None:
            self.all = tuple(self._open.values())
        return event

    def apply_snapshot(
        self, updates: Iterable[PositionUpdate], as_of: int | None = None, product: str | None = None
    ) -> list[PositionEvent]:
        """Take in a complete list: what is open and not in it is closed.

        ``as_of``: when the list was made, epoch ms; what changed after that is left as it is. ``product``: the one
        product type that it lists.
        """
        listed = list(updates)
        found = [self._apply(update, partial=False) for update in listed]
        keys = {update.key for update in listed if update.is_open}
        gone = [
            one
            for key, one in self._open.items()
            if key not in keys and product in (None, one.product) and not is_older(as_of, one.updated_at)
        ]
        events = [event for event in found if event is not None] + [self._end(one) for one in gone]
        if events:
            self.all = tuple(self._open.values())
        return events

    def _apply(self, update: PositionUpdate, partial: bool) -> PositionEvent | None:
        key = update.key
        old = self._open.get(key)
        if is_older(update.updated_at, self._closed.get(key) if old is None else old.updated_at):
            return None
        if partial and old is not None:
            update = merged(old, update)
        if not update.is_open:
            self._open.pop(key, None)
            self._note_closed(key, update.updated_at)
            return None if old is None else PositionEvent("closed", update, old)
        self._open[key] = update
        if old is None:
            return PositionEvent("opened", update)
        if (old.size > 0) != (update.size > 0):
            return PositionEvent("flipped", update, old)
        is_same = attrs.evolve(update, recovered=old.recovered) == old
        return None if is_same else PositionEvent("changed", update, old)

    def _end(self, old: PositionUpdate) -> PositionEvent:
        del self._open[old.key]
        # One later than its last news: a repeat of those does not open it again.
        self._note_closed(old.key, None if old.updated_at is None else old.updated_at + 1)
        return PositionEvent("closed", attrs.evolve(old, size=Decimal(0)), old)

    def _note_closed(self, key: _Key, at: int | None) -> None:
        if at is not None:
            self._closed[key] = at
            self._closed.move_to_end(key)
            if len(self._closed) > _CLOSED_KEPT:
                self._closed.popitem(last=False)


def is_older(one: int | None, other: int | None) -> bool:
    """Tell whether both times are known and ``one`` is before ``other``."""
    return one is not None and other is not None and one < other


def merged(old: Any, new: Any) -> Any:
    """Return ``new``, with what it does not tell taken from ``old``; both of one attrs class."""
    told = {name: value for name, value in attrs.asdict(new, recurse=False).items() if value is not None}
    return attrs.evolve(old, **told)
