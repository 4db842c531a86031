"""Rows of block trading: requests for quotes, quotes, the trades that come of them, trades of everybody.

Sizes are in contracts for derivatives, in base currency for spot legs. Trades of everybody are published 15 minutes
late.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import InstType, PosSide, QuoteState, RfqState, Side, TdMode, TgtCcy
from okx_sync.rows import Row, envelope, model


@model
class RfqLeg(Row):
    """One instrument of a request for quotes."""

    instId: str | None = None
    tdMode: TdMode | None = None
    ccy: str | None = None
    """Margin currency."""
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    side: Side | None = None
    posSide: PosSide | None = None
    tgtCcy: TgtCcy | None = None
    tradeQuoteCcy: str | None = None


@model
class RfqAllocationLeg(Row):
    """What one account gets of one instrument."""

    instId: str | None = None
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    tdMode: TdMode | None = None
    ccy: str | None = None
    """Margin currency."""
    posSide: PosSide | None = None


@model
class RfqAllocation(Row):
    """What one account gets of a group request."""

    acct: str | None = None
    """Name of the account, "0" for the requester's own."""
    legs: tuple[RfqAllocationLeg, ...] = ()
    sCode: str | None = None
    """Over REST: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Over REST: text of the error."""


@model
class Rfq(Row):
    """A request for quotes as it is now, sent or received (channel ``rfqs``)."""

    uid: str | None = envelope("arg", "uid")
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    state: RfqState | None = None
    counterparties: tuple[str, ...] = ()
    """Traders who are asked."""
    validUntil: int | None = None
    """Epoch ms."""
    clRfqId: str | None = None
    tag: str | None = None
    flowType: str | None = None
    """Where the request comes from."""
    traderCode: str | None = None
    """Who asks; hidden for an anonymous request."""
    rfqId: str | None = None
    allowPartialExecution: bool | None = None
    legs: tuple[RfqLeg, ...] = ()
    groupId: str | None = None
    """Group requests: the parent."""
    acctAlloc: tuple[RfqAllocation, ...] = ()
    """Group requests: who gets what."""
    reason: str | None = None
    """Over REST: why it is in that state."""


@model
class QuoteLeg(Row):
    """Price of one instrument of a quote."""

    instId: str | None = None
    tdMode: TdMode | None = None
    ccy: str | None = None
    """Margin currency."""
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    px: Decimal | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tgtCcy: TgtCcy | None = None
    tradeQuoteCcy: str | None = None


@model
class Quote(Row):
    """A quote as it is now, sent or received (channel ``quotes``)."""

    uid: str | None = envelope("arg", "uid")
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    state: QuoteState | None = None
    reason: str | None = None
    """Why it is in that state: "mmp_canceled", ..."""
    validUntil: int | None = None
    """Epoch ms."""
    rfqId: str | None = None
    clRfqId: str | None = None
    quoteId: str | None = None
    clQuoteId: str | None = None
    tag: str | None = None
    traderCode: str | None = None
    """Who quotes; hidden for an anonymous quote."""
    quoteSide: Side | None = None
    """Seen from the legs of the request."""
    legs: tuple[QuoteLeg, ...] = ()


@model
class BlockTradeLeg(Row):
    """One instrument of a block trade, seen from the taker."""

    instId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    side: Side | None = None
    tgtCcy: TgtCcy | None = None
    fee: Decimal | None = None
    """Of this account; negative is paid, positive is a rebate."""
    feeCcy: str | None = None
    """Currency of the fee."""
    tradeId: str | None = None
    tradeQuoteCcy: str | None = None
    """Over REST."""


@model
class BlockAllocationLeg(Row):
    """What one account got of one instrument."""

    instId: str | None = None
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    tradeId: str | None = None
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    feeCcy: str | None = None
    """Currency of the fee."""


@model
class BlockAllocation(Row):
    """What one account got of a group trade."""

    blockTdId: str | None = None
    errorCode: str | None = None
    """Why it got nothing; "0" or None for no error."""
    acct: str | None = None
    """Name of the account, "0" for the requester's own."""
    legs: tuple[BlockAllocationLeg, ...] = ()
    sCode: str | None = None
    """Over REST: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Over REST: text of the error."""


@model
class BlockTrade(Row):
    """A block trade of the account, done or failed (channel ``struc-block-trades``)."""

    uid: str | None = envelope("arg", "uid")
    cTime: int | None = None
    """Epoch ms of the trade."""
    rfqId: str | None = None
    clRfqId: str | None = None
    quoteId: str | None = None
    clQuoteId: str | None = None
    blockTdId: str | None = None
    tag: str | None = None
    tTraderCode: str | None = None
    """Taker; hidden for an anonymous one."""
    mTraderCode: str | None = None
    """Maker; hidden for an anonymous one."""
    isSuccessful: bool | None = None
    errorCode: str | None = None
    """Why it failed; None for no error."""
    legs: tuple[BlockTradeLeg, ...] = ()
    acctAlloc: tuple[BlockAllocation, ...] = ()
    """Group requests only: who got what."""
    groupId: str | None = None
    """Over REST, group requests only: the parent."""


@model
class PublicBlockLeg(Row):
    """One instrument of a public block trade, seen from the taker."""

    instId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    side: Side | None = None
    tradeId: str | None = None
    """None in the parent of a group request."""
    tradeQuoteCcy: str | None = None
    """Over REST."""


@model
class PublicStrucBlockTrade(Row):
    """A public block trade with all its legs (channel ``public-struc-block-trades``)."""

    cTime: int | None = None
    """Epoch ms of the trade."""
    blockTdId: str | None = None
    """None in the parent of a group request."""
    groupId: str | None = None
    """Group requests: the parent."""
    legs: tuple[PublicBlockLeg, ...] = ()
    strategy: str | None = None
    """Over REST: the kind of trade ("CALL_CALENDAR_SPREAD", ...)."""


@model
class PublicBlockTrade(Row):
    """One leg of a public block trade (channel ``public-block-trades``)."""

    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    """Contracts; base currency for spot."""
    side: Side | None = None
    """Side of the taker."""
    fillVol: Decimal | None = None
    """Options: implied volatility, 1 is 100 %."""
    fwdPx: Decimal | None = None
    """Options: forward price."""
    idxPx: Decimal | None = None
    """Index price at the trade."""
    markPx: Decimal | None = None
    """Mark price at the trade."""
    groupId: str | None = None
    """Group requests: the parent."""
    ts: int | None = None
    """Epoch ms of the trade."""


@model
class BlockTicker(Row):
    """Block volume of an instrument in 24 h (channel ``block-tickers``)."""

    instId: str | None = None
    instType: InstType | None = None
    volCcy24h: Decimal | None = None
    """Quote currency for SPOT and MARGIN, base currency for derivatives."""
    vol24h: Decimal | None = None
    """Base currency for SPOT and MARGIN, contracts for derivatives."""
    ts: int | None = None
    """Epoch ms."""


@model
class Counterparty(Row):
    """A trader who may be asked for quotes."""

    traderName: str | None = None
    traderCode: str | None = None
    type: str | None = None
    """Kind: "LP" for a liquidity provider."""


@model
class RfqResult(Row):
    """Verdict on one RFQ."""

    rfqId: str | None = None
    clRfqId: str | None = None
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of the error."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class QuoteResult(Row):
    """Verdict on one quote."""

    quoteId: str | None = None
    clQuoteId: str | None = None
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of the error."""
    rfqId: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class MakerInstrument(Row):
    """Bounds for one instrument or family."""

    instFamily: str | None = None
    instId: str | None = None
    maxBlockSz: Decimal | None = None
    """Contracts; base currency for SPOT."""
    makerPxBand: Decimal | None = None
    """Ticks that a quote may be off the mark."""
    uly: str | None = None


@model
class MakerSetting(Row):
    """What a maker is asked for, of one type of instrument."""

    instType: InstType | None = None
    includeAll: bool | None = None
    """Whether all instruments of the type."""
    data: tuple[MakerInstrument, ...] = ()
    includeALL: bool | None = None
    """Whether all instruments of the type. OKX writes it in both ways."""


@model
class BlockMmpConfig(Row):
    """Market-maker protection of block trading."""

    timeInterval: int | None = None
    """Window, ms."""
    frozenInterval: int | None = None
    """How long a freeze lasts, ms; 0 freezes until reset."""
    countLimit: int | None = None
    """Executed quotes in the window that start a freeze."""
    mmpFrozen: bool | None = None
    """Whether it is frozen now."""
    mmpFrozenUntil: int | None = None
    """Epoch ms at which a freeze ends."""


@model
class BlockTradeRecord(Row):
    """A public block trade, by leg or with all its legs (``public/block-trades``).

    Sizes are in contracts for derivatives, in base currency for spot.
    """

    instId: str | None = None
    """Rows by leg."""
    tradeId: str | None = None
    """Rows by leg."""
    px: Decimal | None = None
    """Rows by leg."""
    sz: Decimal | None = None
    """Rows by leg: contracts; base currency for spot."""
    side: Side | None = None
    """Rows by leg: side of the taker."""
    fillVol: Decimal | None = None
    """Rows by leg, options: implied volatility, 1 is 100 %."""
    fwdPx: Decimal | None = None
    """Rows by leg, options: forward price."""
    idxPx: Decimal | None = None
    """Rows by leg: index price at the trade."""
    markPx: Decimal | None = None
    """Rows by leg: mark price at the trade."""
    groupId: str | None = None
    """Group requests: the parent."""
    ts: int | None = None
    """Rows by leg: epoch ms of the trade."""
    blockTdId: str | None = None
    legs: tuple[PublicBlockLeg, ...] = ()
    strategy: str | None = None
    """Name of the strategy, if it has one."""
    cTime: int | None = None
    """Epoch ms of creation."""
