"""Block trading of everybody: trades, published 15 minutes late, and volumes.

Sizes are in contracts for derivatives, in base currency for spot.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, Side
from okx_sync.models import Row, model


@model
class PublicBlockLeg(Row):
    """One instrument of a public block trade, seen from the taker."""

    instId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    side: Side | None = None
    # None in the parent of a group request.
    tradeId: str | None = None
    # Over REST.
    tradeQuoteCcy: str | None = None


@model
class PublicStrucBlockTrade(Row):
    """A public block trade with all its legs (channel ``public-struc-block-trades``)."""

    # Epoch ms.
    cTime: int | None = None
    # None in the parent of a group request.
    blockTdId: str | None = None
    # Group requests: the parent.
    groupId: str | None = None
    legs: tuple[PublicBlockLeg, ...] = ()
    # Over REST: the kind of trade ("CALL_CALENDAR_SPREAD", ...).
    strategy: str | None = None


@model
class PublicBlockTrade(Row):
    """One leg of a public block trade (channel ``public-block-trades``)."""

    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    # Options: implied volatility (1 is 100 %) and forward price.
    fillVol: Decimal | None = None
    fwdPx: Decimal | None = None
    # Index and mark price at the trade.
    idxPx: Decimal | None = None
    markPx: Decimal | None = None
    # Group requests: the parent.
    groupId: str | None = None
    # Epoch ms.
    ts: int | None = None


@model
class BlockTicker(Row):
    """Block volume of an instrument in 24 h (channel ``block-tickers``)."""

    instId: str | None = None
    instType: InstType | None = None
    # Quote currency for SPOT and MARGIN, base currency for derivatives.
    volCcy24h: Decimal | None = None
    # Base currency for SPOT and MARGIN, contracts for derivatives.
    vol24h: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
