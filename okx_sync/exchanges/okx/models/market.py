"""Public market data by trade: tickers, prints, auctions. Prices are in quote currency unless a comment says other."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import AuctionState, InstType, OptType, Side
from okx_sync.models import Row, model


@model
class Ticker(Row):
    """Best prices, last trade and 24 h figures of an instrument (channel ``tickers``)."""

    instType: InstType | None = None
    instId: str | None = None
    last: Decimal | None = None
    lastSz: Decimal | None = None
    askPx: Decimal | None = None
    askSz: Decimal | None = None
    bidPx: Decimal | None = None
    bidSz: Decimal | None = None
    open24h: Decimal | None = None
    high24h: Decimal | None = None
    low24h: Decimal | None = None
    # Quote currency for SPOT and MARGIN, base currency for derivatives.
    volCcy24h: Decimal | None = None
    # Base currency for SPOT and MARGIN, contracts for derivatives.
    vol24h: Decimal | None = None
    # Opening price of the day, at UTC+0 and UTC+8.
    sodUtc0: Decimal | None = None
    sodUtc8: Decimal | None = None
    # Epoch ms at which the ticker was made.
    ts: int | None = None


@model
class Trade(Row):
    """Public trades of one taker order at one price, put together (channel ``trades``).

    ``sz`` is in base currency (SPOT) or contracts. The row stands for the ids ``tradeId - count + 1`` up to
    ``tradeId``. ``count``, ``source`` and ``seqId`` are missing on wire older than 2023.
    """

    instId: str | None = None
    # Id of the last trade put together.
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    # Epoch ms of the fill.
    ts: int | None = None
    # Number of trades put together.
    count: int | None = None
    # "0" normal order book, "1" retail price improvement.
    source: str | None = None
    # Not unique: trades that happen at once share it.
    seqId: int | None = None


@model
class TradeAll(Row):
    """One public trade (channel ``trades-all``, nothing put together). ``sz`` as in ``Trade``."""

    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    # "0" normal order book, "1" retail price improvement.
    source: str | None = None
    # Epoch ms of the fill.
    ts: int | None = None


@model
class OptionTrade(Row):
    """One public trade of an option (channel ``option-trades``). ``sz`` is in contracts.

    The first row after subscribing may be an older trade that OKX had kept.
    """

    instId: str | None = None
    instFamily: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    optType: OptType | None = None
    # Implied volatility of the trade; 1 is 100 %.
    fillVol: Decimal | None = None
    # Forward, index and mark price at the trade.
    fwdPx: Decimal | None = None
    idxPx: Decimal | None = None
    markPx: Decimal | None = None
    # Epoch ms of the fill.
    ts: int | None = None


@model
class CallAuction(Row):
    """Where a call auction would match if it ended now (channel ``call-auction-details``)."""

    instId: str | None = None
    # Price at which most would match.
    eqPx: Decimal | None = None
    # Base currency: what would match at eqPx, and what would be left.
    matchedSz: Decimal | None = None
    unmatchedSz: Decimal | None = None
    # Epoch ms.
    auctionEndTime: int | None = None
    state: AuctionState | None = None
    # Epoch ms.
    ts: int | None = None
