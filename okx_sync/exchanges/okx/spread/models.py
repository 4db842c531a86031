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
    """Price of the last trade; may be zero or negative, as all prices of spreads."""
    lastSz: Decimal | None = None
    """Size of the last trade, in the spread's szCcy."""
    askPx: Decimal | None = None
    """Best ask price."""
    askSz: Decimal | None = None
    """Size at the best ask price, in the spread's szCcy."""
    bidPx: Decimal | None = None
    """Best bid price."""
    bidSz: Decimal | None = None
    """Size at the best bid price, in the spread's szCcy."""
    open24h: Decimal | None = None
    """Price 24 hours ago."""
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    vol24h: Decimal | None = None
    """Volume of the last 24 hours, in the spread's szCcy."""
    ts: int | None = None
    """Epoch ms at which the ticker was made."""


@model
class SpreadTrade(Row):
    """One public trade of a spread (channel ``sprd-public-trades``)."""

    sprdId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    """Price; may be zero or negative."""
    sz: Decimal | None = None
    """Size, in the spread's szCcy."""
    side: Side | None = None
    """Side of the taker."""
    ts: int | None = None
    """Epoch ms of the fill."""


@model
class SpreadBookUpdate(BookRow):
    """A state or a change of a spread's order book (``sprd-bbo-tbt``, ``sprd-books5``, ``sprd-books-l2-tbt``).

    Levels are best price first in a snapshot. In an update a level of size 0 is deleted, any other set.
    """

    channel: str | None = envelope("arg", "channel")
    """Book channel that this came from."""
    sprdId: str | None = envelope("arg", "sprdId")
    action: BookAction | None = envelope("action")
    """Kind of push: "snapshot" or "update". None on sprd-bbo-tbt and sprd-books5, where every push is the full book."""
    asks: tuple[BookLevel, ...] = ()
    bids: tuple[BookLevel, ...] = ()
    ts: int | None = None
    """Epoch ms."""
    checksum: int | None = None
    """Signed CRC-32 over the best 25 levels; 0 means there is none."""
    prevSeqId: int | None = None
    """The seqId of the push before this one; -1 on a snapshot. None on sprd-bbo-tbt and sprd-books5."""
    seqId: int | None = None
    """Number of this push; the next one has it as prevSeqId."""


@model
class SpreadOrder(Row):
    """An order on a spread as it is now, after each change (channel ``sprd-orders``)."""

    uid: str | None = envelope("arg", "uid")
    """Id of the user."""
    sprdId: str | None = None
    ordId: str | None = None
    """Id that OKX gave it."""
    clOrdId: str | None = None
    """Id that the client gave it."""
    tag: str | None = None
    px: Decimal | None = None
    """Price; may be zero or negative."""
    sz: Decimal | None = None
    """Size, in the spread's szCcy."""
    ordType: SpreadOrdType | None = None
    side: Side | None = None
    fillSz: Decimal | None = None
    """Size of the fill that caused this push, if one did (then tradeId is set)."""
    fillPx: Decimal | None = None
    """Price of the fill that caused this push, if one did (then tradeId is set)."""
    tradeId: str | None = None
    """Id of the fill that caused this push; None if none did."""
    accFillSz: Decimal | None = None
    """Filled so far, in the spread's szCcy."""
    pendingFillSz: Decimal | None = None
    """Still open, in the spread's szCcy."""
    pendingSettleSz: Decimal | None = None
    """Filled, but not settled yet, in the spread's szCcy."""
    canceledSz: Decimal | None = None
    """Canceled, in the spread's szCcy."""
    avgPx: Decimal | None = None
    """Average price of what is filled; None before the first fill."""
    state: SpreadOrdState | None = None
    cancelSource: str | None = None
    """Who canceled it (a number in text)."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    cTime: int | None = None
    """Epoch ms of creation."""
    code: str | None = None
    """Error of the last request on this order, "0" for none."""
    msg: str | None = None
    """Text of the error in code."""
    reqId: str | None = None
    """Id of the last amend request."""
    amendResult: str | None = None
    """Result of the last amend: "-1" failed, "0" done."""
    instId: str | None = None
    """REST only."""

    @property
    def is_final(self) -> bool:
        """True when the order is over: filled or canceled."""
        return self.state in ("filled", "canceled")


@model
class SpreadFillLeg(Row):
    """One of the two instruments of a fill."""

    instId: str | None = None
    px: Decimal | None = None
    """Price of the leg."""
    sz: Decimal | None = None
    """Size, in the spread's szCcy."""
    szCont: Decimal | None = None
    """Size in contracts; None for a spot leg."""
    side: Side | None = None
    fillPnl: Decimal | None = None
    """Profit of the fill, if it closes a position."""
    fee: Decimal | None = None
    """Fee in feeCcy: negative is paid, positive is a rebate."""
    feeCcy: str | None = None
    """Currency of fee."""
    tradeId: str | None = None


@model
class SpreadFill(Row):
    """A fill of the account's order on a spread, or one that was turned down (channel ``sprd-trades``)."""

    uid: str | None = envelope("arg", "uid")
    """Id of the user."""
    sprdId: str | None = None
    tradeId: str | None = None
    ordId: str | None = None
    clOrdId: str | None = None
    tag: str | None = None
    fillPx: Decimal | None = None
    """Price; may be zero or negative."""
    fillSz: Decimal | None = None
    """Size, in the spread's szCcy."""
    side: Side | None = None
    state: SpreadFillState | None = None
    execType: ExecType | None = None
    """Liquidity: "T" taker, "M" maker."""
    ts: int | None = None
    """Epoch ms."""
    legs: tuple[SpreadFillLeg, ...] = ()
    code: str | None = None
    """Error for which it was turned down; "0" for no error."""
    msg: str | None = None
    """Text of that error."""


@model
class SpreadLeg(Row):
    """One of the two instruments of a spread."""

    instId: str | None = None
    side: Side | None = None
    """Side of this leg when the spread is bought."""


@model
class SpreadInstrument(Row):
    """A spread and its sizes."""

    sprdId: str | None = None
    sprdType: Literal["linear", "inverse", "hybrid"] | str | None = None
    state: Literal["live", "suspend", "expired"] | str | None = None
    baseCcy: str | None = None
    szCcy: str | None = None
    """Currency of all sizes of this spread."""
    quoteCcy: str | None = None
    tickSz: Decimal | None = None
    """Step of the price."""
    minSz: Decimal | None = None
    """Least size, in szCcy."""
    lotSz: Decimal | None = None
    """Step of the size, in szCcy."""
    listTime: int | None = None
    """Epoch ms of the listing."""
    expTime: int | None = None
    """Epoch ms of expiry; None for spreads that do not expire."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    legs: tuple[SpreadLeg, ...] = ()


@model
class SpreadFillRecord(SpreadFill):
    """A fill of the account's order on a spread, with the fee of all legs together (``sprd/trades``)."""

    fee: Decimal | None = None
    """Fee of all legs together, in feeCcy: negative is paid, positive is a rebate."""
    feeCcy: str | None = None
    """Currency of fee."""
