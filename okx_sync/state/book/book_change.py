"""The change of a book in one shape for all exchanges: rows convert themselves to it, and ``Book`` takes it."""

from __future__ import annotations

from typing import Literal

import attrs

from okx_sync.errors import DecodeError
from okx_sync.state.book.price_levels import Rows

__all__ = ["BookChange"]


@attrs.define
class BookChange:
    """One message about a book, in the shape that is the same for all exchanges.

    ``kind``: ``"snapshot"`` and ``"full"`` carry the whole book (``full``: every push does), ``"update"`` carries
    levels that changed. ``seq`` is its own sequence number and ``prev_seq`` that of its predecessor, where the
    exchange numbers them; ``checksum`` is a signed CRC-32, 0 or None where there is none; ``ts`` is epoch ms.
    ``is_linked`` is False where nothing tells what a change follows, so that it can only be taken as it comes.
    ``may_cross`` is True where bids at or above the best ask are part of the book, and no sign of a fault.
    ``may_overlap`` is True where the first change behind a whole book may begin before the book's number, and must only
    reach it.
    """

    kind: Literal["snapshot", "update", "full"]
    bids: Rows = ()
    asks: Rows = ()
    seq: int | None = None
    prev_seq: int | None = None
    checksum: int | None = None
    ts: int | None = None
    is_linked: bool = True
    may_cross: bool = False
    may_overlap: bool = False
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)
