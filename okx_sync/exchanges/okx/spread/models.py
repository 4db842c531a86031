"""Rows of spread trading: two instruments traded as one.

Prices may be zero or negative; sizes are in the spread's szCcy.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.book_row import BookRow
from okx_sync.exchanges.okx.words import BookAction, ExecType, Side, SpreadFillState, SpreadOrdState, SpreadOrdType
from okx_sync.rows import BookLevel, Row, envelope, model


@model
class SpreadTicker(Row):
    """Best prices, last trade and 24 h figures of a spread (channel ``sprd-tickers``)."""

    sprdId: str | None = None
    last: Decimal | None = None
    lastSz: Decimal | None = None
    askPx: Decimal | None = None
    askSz: Decimal | None = None
    bidPx: Decimal | None = None
    bidSz: Decimal | None = None
    open24h: Decimal | None = None
    high24h: Decimal | None = None
    low24h: Decimal | None = None
    vol24h: Decimal | None = None
    # Epoch ms at which the ticker was made.
    ts: int | None = None


@model
class SpreadTrade(Row):
    """One public trade of a spread (channel ``sprd-public-trades``)."""

    sprdId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Side of the taker.
    side: Side | None = None
    # Epoch ms of the fill.
    ts: int | None = None


@model
class SpreadBookUpdate(BookRow):
    """A state or a change of a spread's order book (``sprd-bbo-tbt``, ``sprd-books5``, ``sprd-books-l2-tbt``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    # Which book channel this came from.
    channel: str | None = envelope("arg", "channel")
    sprdId: str | None = envelope("arg", "sprdId")
    # None on sprd-bbo-tbt and sprd-books5, where every push is the full (short) book.
    action: BookAction | None = envelope("action")
    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    # Epoch ms.
    ts: int | None = None
    # Signed CRC-32 over the best 25 levels; 0 means there is none.
    checksum: int | None = None
    # seqId of the push before this one; -1 on a snapshot. None on sprd-bbo-tbt and sprd-books5.
    prevSeqId: int | None = None
    seqId: int | None = None


@model
class SpreadOrder(Row):
    """An order on a spread as it is now, after each change (channel ``sprd-orders``)."""

    uid: str | None = envelope("arg", "uid")
    sprdId: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    ordType: SpreadOrdType | None = None
    side: Side | None = None
    # The fill that caused this push, if one did (then tradeId is set).
    fillSz: Decimal | None = None
    fillPx: Decimal | None = None
    tradeId: str | None = None
    # Filled so far; still open; filled, but not settled yet; canceled.
    accFillSz: Decimal | None = None
    pendingFillSz: Decimal | None = None
    pendingSettleSz: Decimal | None = None
    canceledSz: Decimal | None = None
    # None before the first fill.
    avgPx: Decimal | None = None
    state: SpreadOrdState | None = None
    # Who canceled it (a number in text).
    cancelSource: str | None = None
    # Epoch ms: changed, created.
    uTime: int | None = None
    cTime: int | None = None
    # Error of the last request on this order, "0" for none.
    code: str | None = None
    msg: str | None = None
    # Id and result of the last amend: "-1" failed, "0" done.
    reqId: str | None = None
    amendResult: str | None = None
    # Over REST.
    instId: str | None = None

    @property
    def is_final(self) -> bool:
        """True when the order is over: filled or canceled."""
        return self.state in ("filled", "canceled")


@model
class SpreadFillLeg(Row):
    """One of the two instruments of a fill."""

    instId: str | None = None
    px: Decimal | None = None
    # In the spread's szCcy.
    sz: Decimal | None = None
    # Contracts; None for a spot leg.
    szCont: Decimal | None = None
    side: Side | None = None
    fillPnl: Decimal | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    feeCcy: str | None = None
    tradeId: str | None = None


@model
class SpreadFill(Row):
    """A fill of the account's order on a spread, or one that was turned down (channel ``sprd-trades``)."""

    uid: str | None = envelope("arg", "uid")
    sprdId: str | None = None
    tradeId: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    fillPx: Decimal | None = None
    fillSz: Decimal | None = None
    side: Side | None = None
    state: SpreadFillState | None = None
    # "T" taker, "M" maker.
    execType: ExecType | None = None
    # Epoch ms.
    ts: int | None = None
    legs: tuple[SpreadFillLeg, ...] = ()
    # Why it was turned down; "0" for no error.
    code: str | None = None
    msg: str | None = None


@model
class SpreadLeg(Row):
    """One of the two instruments of a spread."""

    instId: str | None = None
    # Side of this leg when the spread is bought.
    side: Side | None = None


@model
class SpreadInstrument(Row):
    """A spread and its sizes. Times are epoch ms."""

    sprdId: str | None = None
    sprdType: Literal["linear", "inverse", "hybrid"] | str | None = None
    state: Literal["live", "suspend", "expired"] | str | None = None
    baseCcy: str | None = None
    szCcy: str | None = None
    quoteCcy: str | None = None
    # Step of the price; least size and step of the size, in szCcy.
    tickSz: Decimal | None = None
    minSz: Decimal | None = None
    lotSz: Decimal | None = None
    listTime: int | None = None
    # None for spreads that do not expire.
    expTime: int | None = None
    uTime: int | None = None
    legs: tuple[SpreadLeg, ...] = ()


@model
class SpreadFillRecord(SpreadFill):
    """A fill of the account's order on a spread, with the fee of all legs together (``sprd/trades``)."""

    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    feeCcy: str | None = None
