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
    # Margin currency.
    ccy: str | None = None
    sz: Decimal | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tgtCcy: TgtCcy | None = None
    tradeQuoteCcy: str | None = None


@model
class RfqAllocationLeg(Row):
    """What one account gets of one instrument."""

    instId: str | None = None
    sz: Decimal | None = None
    tdMode: TdMode | None = None
    # Margin currency.
    ccy: str | None = None
    posSide: PosSide | None = None


@model
class RfqAllocation(Row):
    """What one account gets of a group request."""

    # Name of the account, "0" for the requester's own.
    acct: str | None = None
    legs: tuple[RfqAllocationLeg, ...] = ()
    # Over REST: "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None


@model
class Rfq(Row):
    """A request for quotes as it is now, sent or received (channel ``rfqs``). Times are epoch ms."""

    uid: str | None = envelope("arg", "uid")
    cTime: int | None = None
    uTime: int | None = None
    state: RfqState | None = None
    # Traders who are asked.
    counterparties: tuple[str, ...] = ()
    validUntil: int | None = None
    clRfqId: str | None = None
    tag: str | None = None
    # Where the request comes from.
    flowType: str | None = None
    # Who asks; hidden for an anonymous request.
    traderCode: str | None = None
    rfqId: str | None = None
    allowPartialExecution: bool | None = None
    legs: tuple[RfqLeg, ...] = ()
    # Group requests: the parent, and who gets what.
    groupId: str | None = None
    acctAlloc: tuple[RfqAllocation, ...] = ()
    # Over REST: why it is in that state.
    reason: str | None = None


@model
class QuoteLeg(Row):
    """Price of one instrument of a quote."""

    instId: str | None = None
    tdMode: TdMode | None = None
    # Margin currency.
    ccy: str | None = None
    sz: Decimal | None = None
    px: Decimal | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    tgtCcy: TgtCcy | None = None
    tradeQuoteCcy: str | None = None


@model
class Quote(Row):
    """A quote as it is now, sent or received (channel ``quotes``). Times are epoch ms."""

    uid: str | None = envelope("arg", "uid")
    cTime: int | None = None
    uTime: int | None = None
    state: QuoteState | None = None
    # Why it is in that state: "mmp_canceled", ...
    reason: str | None = None
    validUntil: int | None = None
    rfqId: str | None = None
    clRfqId: str | None = None
    quoteId: str | None = None
    clQuoteId: str | None = None
    tag: str | None = None
    # Who quotes; hidden for an anonymous quote.
    traderCode: str | None = None
    # Seen from the legs of the request.
    quoteSide: Side | None = None
    legs: tuple[QuoteLeg, ...] = ()


@model
class BlockTradeLeg(Row):
    """One instrument of a block trade, seen from the taker."""

    instId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    side: Side | None = None
    tgtCcy: TgtCcy | None = None
    # Of this account; negative is paid, positive is a rebate.
    fee: Decimal | None = None
    feeCcy: str | None = None
    tradeId: str | None = None
    # Over REST.
    tradeQuoteCcy: str | None = None


@model
class BlockAllocationLeg(Row):
    """What one account got of one instrument."""

    instId: str | None = None
    sz: Decimal | None = None
    tradeId: str | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    feeCcy: str | None = None


@model
class BlockAllocation(Row):
    """What one account got of a group trade."""

    blockTdId: str | None = None
    # Why it got nothing; "0" or None for no error.
    errorCode: str | None = None
    # Name of the account, "0" for the requester's own.
    acct: str | None = None
    legs: tuple[BlockAllocationLeg, ...] = ()
    # Over REST: "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None


@model
class BlockTrade(Row):
    """A block trade of the account, done or failed (channel ``struc-block-trades``)."""

    uid: str | None = envelope("arg", "uid")
    # Epoch ms.
    cTime: int | None = None
    rfqId: str | None = None
    clRfqId: str | None = None
    quoteId: str | None = None
    clQuoteId: str | None = None
    blockTdId: str | None = None
    tag: str | None = None
    # Taker and maker; hidden for anonymous ones.
    tTraderCode: str | None = None
    mTraderCode: str | None = None
    isSuccessful: bool | None = None
    # Why it failed; None for no error.
    errorCode: str | None = None
    legs: tuple[BlockTradeLeg, ...] = ()
    # Group requests only: who got what.
    acctAlloc: tuple[BlockAllocation, ...] = ()
    # Over REST, group requests only: the parent.
    groupId: str | None = None


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


@model
class Counterparty(Row):
    """A trader who may be asked for quotes."""

    traderName: str | None = None
    traderCode: str | None = None
    # "LP" for a liquidity provider.
    type: str | None = None


@model
class RfqResult(Row):
    """Verdict on one RFQ."""

    rfqId: str | None = None
    clRfqId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class QuoteResult(Row):
    """Verdict on one quote."""

    quoteId: str | None = None
    clQuoteId: str | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None
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
    # Contracts; base currency for SPOT.
    maxBlockSz: Decimal | None = None
    # Ticks that a quote may be off the mark.
    makerPxBand: Decimal | None = None
    uly: str | None = None


@model
class MakerSetting(Row):
    """What a maker is asked for, of one type of instrument."""

    instType: InstType | None = None
    includeAll: bool | None = None
    data: tuple[MakerInstrument, ...] = ()
    # Whether all instruments of the type. OKX writes it in both ways.
    includeALL: bool | None = None


@model
class BlockMmpConfig(Row):
    """Market-maker protection of block trading."""

    # Window and freeze in ms; 0 freezes until reset.
    timeInterval: int | None = None
    frozenInterval: int | None = None
    # Executed quotes in the window that start a freeze.
    countLimit: int | None = None
    mmpFrozen: bool | None = None
    mmpFrozenUntil: int | None = None


@model
class BlockTradeRecord(Row):
    """A public block trade, by leg or with all its legs (``public/block-trades``).

    Sizes are in contracts for derivatives, in base currency for spot.
    """

    # Rows by leg: from here to ts.
    instId: str | None = None
    tradeId: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    # Of the taker.
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
    blockTdId: str | None = None
    legs: tuple[PublicBlockLeg, ...] = ()
    # Name of the strategy, if it has one.
    strategy: str | None = None
    # Epoch ms of creation.
    cTime: int | None = None
