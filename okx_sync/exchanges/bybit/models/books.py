"""Order books, of V5 and of the seed protocol.

Pages: "Websocket Stream / Public / Orderbook" of the V5 documentation; "Orderbook" of the USDC perpetual one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from okx_sync.exchanges.bybit.models.words import PushType, Side
from okx_sync.exchanges.bybit.normalize import book_change, seed_book_change
from okx_sync.models import BookLevel, Row, envelope, model
from okx_sync.state.book import BookChange

__all__ = ["BookUpdate", "SeedBookUpdate", "SeedLevel", "UnlinkedBookUpdate"]


def _depth(message: dict[str, Any]) -> str | None:
    """``"50"`` of the topic ``orderbook.50.BTCUSDT``."""
    parts = str(message.get("topic")).split(".")
    return parts[1] if len(parts) > 2 else None


@model
class BookUpdate(Row):
    """A state or a change of an order book (``orderbook.1``, ``.50``, ``.200``, ``.1000``).

    Levels are best price first in a snapshot. In a delta a level of size 0 is deleted, any other set.
    """

    # Whether a change must follow the one before, by ``u``.
    is_linked: ClassVar[bool] = True

    type: PushType | None = envelope("type")
    # Epoch ms: of the push, and of the matching engine.
    ts: int | None = envelope("ts")
    cts: int | None = envelope("cts")
    # How many levels the topic has; 1 has snapshots only.
    depth: int | None = envelope(_depth)
    # Symbol.
    s: str | None = None
    b: tuple[BookLevel, ...] = ()
    a: tuple[BookLevel, ...] = ()
    # Number of the update, one more each time; 1 after a restart of the service, which starts the book anew.
    u: int | None = None
    # Cross sequence: the smaller one is the earlier, also between books of different depth. Has holes.
    seq: int | None = None

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta" or self.u == 1

    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``. Raises ``DecodeError`` when it cannot be read."""
        return book_change(self)


@model
class UnlinkedBookUpdate(BookUpdate):
    """The same where ``u`` is not to be trusted (``BybitConfig(book_gaps=False)``): changes are taken as they come."""

    is_linked: ClassVar[bool] = False


@model
class SeedLevel(Row):
    """One level of a book of the seed protocol."""

    price: Decimal | None = None
    symbol: str | None = None
    # What names the level: the price times 10000.
    id: str | None = None
    side: Side | None = None
    # A JSON number; missing where the level is deleted.
    size: Decimal | None = None


@model
class SeedBookUpdate(Row):
    """A state or a change of an order book (``orderBookL2_25``, ``orderBook_200.100ms`` of the seed protocol)."""

    type: PushType | None = envelope("type")
    # Grows, with holes.
    crossSeq: int | None = envelope("crossSeq")
    # Epoch µs.
    timestampE6: int | None = envelope("timestampE6")
    # All levels of both sides, in a snapshot.
    orderBook: tuple[SeedLevel, ...] = ()
    # The parts of a change; applied in this order.
    delete: tuple[SeedLevel, ...] = ()
    update: tuple[SeedLevel, ...] = ()
    insert: tuple[SeedLevel, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta"

    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``. Raises ``DecodeError`` when it cannot be read."""
        return seed_book_change(self)
