"""Block trading of the account: requests for quotes, quotes, and the trades that come of them.

Sizes are in contracts for derivatives, in base currency for spot legs.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import PosSide, QuoteState, RfqState, Side, TdMode, TgtCcy
from okx_sync.models import Row, envelope, model


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
