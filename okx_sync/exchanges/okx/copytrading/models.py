"""Rows of copy trading: lead positions, profit shares, settings, the ranking, notes."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import InstType, MgnMode, PosSide, Side
from okx_sync.rows import Row, envelope, model


@model
class LeadNotification(Row):
    """A lead trade failed (channel ``copytrading-lead-notification``)."""

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    infoType: str | None = None
    """Why: "1" position limit, "2" number of lead trades of the day, "3" too little equity."""
    subPosId: str | None = None
    """The lead position."""
    uniqueCode: str | None = None
    """The lead trader."""
    instId: str | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    maxLeadTraderNum: int | None = None
    """Lead trades allowed in a day."""
    minLeadEq: Decimal | None = None
    """Least equity of a lead trader, USDT."""


@model
class CopyNotification(LeadNotification):
    """A note to a copy trader (channel ``copytrading-notification``).

    OKX no longer documents the channel. These fields are what older clients read; whatever else comes is in
    ``extra``.
    """

    lever: Decimal | None = None
    """Leverage, a factor."""
    avgPx: Decimal | None = None
    ccy: str | None = None
    """Currency of the amounts."""
    slTotalAmt: Decimal | None = None
    """Bound of the copy setting: total stop-loss."""
    rmThold: Decimal | None = None
    """Bound of the copy setting: removal threshold."""
    minNotional: Decimal | None = None
    """Bound of the copy setting: least notional value."""
    copyTotalAmt: Decimal | None = None
    """Bound of the copy setting: total amount."""
    slippageRatio: Decimal | None = None
    """A ratio."""


@model
class LeadPosition(Row):
    """A lead position, open or closed. Amounts are in ``ccy``."""

    instId: str | None = None
    subPosId: str | None = None
    posSide: PosSide | None = None
    mgnMode: MgnMode | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    openOrdId: str | None = None
    """Order that opened it."""
    openAvgPx: Decimal | None = None
    """Average open price."""
    openTime: int | None = None
    """Epoch ms at which it was opened."""
    subPos: Decimal | None = None
    """Opened: contracts, or base currency for SPOT; negative for short when posSide is "net"."""
    availSubPos: Decimal | None = None
    """What can be closed: contracts, or base currency for SPOT."""
    tpTriggerPx: Decimal | None = None
    """Price at which the take-profit triggers."""
    slTriggerPx: Decimal | None = None
    """Price at which the stop-loss triggers."""
    algoId: str | None = None
    """Its take-profit and stop-loss order."""
    instType: InstType | None = None
    tpOrdPx: Decimal | None = None
    """-1 is at market."""
    slOrdPx: Decimal | None = None
    """-1 is at market."""
    margin: Decimal | None = None
    """In ccy."""
    upl: Decimal | None = None
    """Unrealised profit, in ccy."""
    uplRatio: Decimal | None = None
    """Unrealised profit, a ratio."""
    markPx: Decimal | None = None
    """Mark price."""
    uniqueCode: str | None = None
    """The lead trader."""
    ccy: str | None = None
    """Currency of the margin."""
    closeTime: int | None = None
    """Epoch ms at which it was closed."""
    closeAvgPx: Decimal | None = None
    """Average close price."""
    pnl: Decimal | None = None
    """Profit, in ccy."""
    pnlRatio: Decimal | None = None
    """Profit, a ratio."""
    closeSubPos: Decimal | None = None
    """Closed: contracts, or base currency for SPOT."""
    type: str | None = None
    """How far it is closed: "1" in part, "2" all."""
    profitSharingAmt: Decimal | None = None
    """Deprecated by OKX: profit share, in ccy."""


@model
class LeadPositionId(Row):
    """The lead position that was changed."""

    subPosId: str | None = None
    tag: str | None = None


@model
class LeadInstrument(Row):
    """An instrument, and whether it is led."""

    instId: str | None = None
    enabled: bool | None = None


@model
class ProfitShare(Row):
    """A profit share that a copy trader paid."""

    ccy: str | None = None
    profitSharingAmt: Decimal | None = None
    """In ccy."""
    nickName: str | None = None
    """The copy trader."""
    profitSharingId: str | None = None
    instType: InstType | None = None
    portLink: str | None = None
    """Picture."""
    ts: int | None = None
    """Epoch ms."""


@model
class TotalProfitShare(Row):
    """Profit shares received in all."""

    ccy: str | None = None
    totalProfitSharingAmt: Decimal | None = None
    """In ccy."""
    instType: InstType | None = None


@model
class UnrealizedProfitShare(Row):
    """A profit share that the next settlement would bring."""

    ccy: str | None = None
    unrealizedProfitSharingAmt: Decimal | None = None
    """In ccy."""
    nickName: str | None = None
    """The copy trader."""
    instType: InstType | None = None
    portLink: str | None = None
    """Picture."""
    ts: int | None = None
    """Epoch ms."""


@model
class TotalUnrealizedProfitShare(Row):
    """Profit shares that the next settlement would bring, in all."""

    profitSharingTs: int | None = None
    """Epoch ms of the settlement."""
    totalUnrealizedProfitSharingAmt: Decimal | None = None
    instType: InstType | None = None
    instId: str | None = None


@model
class CopyRole(Row):
    """What the account is for one type of instrument."""

    instType: InstType | None = None
    roleType: str | None = None
    """Role: "0" neither, "1" lead trader, "2" copy trader."""
    profitSharingRatio: Decimal | None = None
    """Share of the profit that goes to the lead trader, 0.1 is 10 %."""
    maxCopyTraderNum: int | None = None
    """The most copy traders."""
    copyTraderNum: int | None = None
    """Copy traders now."""


@model
class CopyConfig(Row):
    """The account as lead trader and as copy trader."""

    uniqueCode: str | None = None
    """Name by which others copy it."""
    nickName: str | None = None
    portLink: str | None = None
    """Picture."""
    details: tuple[CopyRole, ...] = ()


@model
class CopySettings(Row):
    """How a lead trader is copied."""

    copyMode: str | None = None
    """Either "fixed_amount" or "ratio_copy"; says which of copyAmt and copyRatio is set."""
    copyAmt: Decimal | None = None
    """For each order, in ccy."""
    copyRatio: Decimal | None = None
    """Of the lead trader's order, a ratio."""
    copyTotalAmt: Decimal | None = None
    """The most that is used, in ccy."""
    tpRatio: Decimal | None = None
    """Take-profit of one order, 0.1 is 10 %."""
    slRatio: Decimal | None = None
    """Stop-loss of one order, 0.1 is 10 %."""
    copyInstIdType: str | None = None
    """Which instruments: "copy" as the lead trader, or "custom"."""
    instIds: tuple[LeadInstrument, ...] = ()
    slTotalAmt: Decimal | None = None
    """Loss at which copying stops, in ccy."""
    subPosCloseType: str | None = None
    """What stopping does: "market_close", "copy_close", "manual_close"."""
    copyMgnMode: str | None = None
    """One of "cross", "isolated" or "copy"."""
    ccy: str | None = None
    copyState: str | None = None
    """Whether the trader is copied: "0" no, "1" yes."""
    tag: str | None = None


@model
class CopiedTrader(Row):
    """A lead trader who is copied now."""

    portLink: str | None = None
    """Picture."""
    nickName: str | None = None
    margin: Decimal | None = None
    """In ccy."""
    copyTotalAmt: Decimal | None = None
    """The most that is used, in ccy."""
    copyTotalPnl: Decimal | None = None
    """Profit of copying in all, in ccy."""
    uniqueCode: str | None = None
    ccy: str | None = None
    """Currency of the margin."""
    profitSharingRatio: Decimal | None = None
    """Share of the profit that goes to the lead trader, 0.1 is 10 %."""
    beginCopyTime: int | None = None
    """Epoch ms at which copying began."""
    upl: Decimal | None = None
    """Unrealised profit, in ccy."""
    todayPnl: Decimal | None = None
    """Profit of today, in ccy."""
    leadMode: str | None = None


@model
class CopyLimits(Row):
    """Bounds of the copy settings, USDT and ratios."""

    maxCopyAmt: Decimal | None = None
    """The most of one order, USDT."""
    minCopyAmt: Decimal | None = None
    """The least of one order, USDT."""
    maxCopyTotalAmt: Decimal | None = None
    """The most in all, USDT."""
    minCopyRatio: Decimal | None = None
    """The smallest copyRatio."""
    maxCopyRatio: Decimal | None = None
    """The largest copyRatio."""
    maxTpRatio: Decimal | None = None
    """The largest take-profit ratio."""
    maxSlRatio: Decimal | None = None
    """The largest stop-loss ratio."""


@model
class RatioAtTime(Row):
    """Profit ratio since a time."""

    beginTs: int | None = None
    """Epoch ms."""
    pnlRatio: Decimal | None = None
    """0.1 is 10 %."""


@model
class LeadTrader(Row):
    """A lead trader in the ranking. Amounts are in ``ccy``."""

    aum: Decimal | None = None
    """Money that copies this trader, USDT."""
    copyState: str | None = None
    """Whether the account copies this trader: "0" no, "1" yes."""
    maxCopyTraderNum: int | None = None
    """The most copy traders."""
    copyTraderNum: int | None = None
    """Copy traders now."""
    accCopyTraderNum: int | None = None
    """Copy traders in all, so far."""
    portLink: str | None = None
    """Picture."""
    nickName: str | None = None
    ccy: str | None = None
    """Currency of the margin."""
    uniqueCode: str | None = None
    winRatio: Decimal | None = None
    """0.1 is 10 %."""
    leadDays: int | None = None
    """Days since the trader began to lead."""
    traderInsts: tuple[str, ...] = ()
    """Instruments that are led."""
    pnl: Decimal | None = None
    """Profit of the last 90 days, USDT."""
    pnlRatio: Decimal | None = None
    """Profit of the last 90 days, 0.1 is 10 %."""
    pnlRatios: tuple[RatioAtTime, ...] = ()


@model
class LeadRanking(Row):
    """A page of the ranking."""

    dataVer: str | None = None
    """Version of the ranking: give it again for further pages."""
    totalPage: int | None = None
    """Pages in all."""
    ranks: tuple[LeadTrader, ...] = ()


@model
class LeadPnl(Row):
    """Profit of a lead trader in a day or a week."""

    beginTs: int | None = None
    """Epoch ms at which it began."""
    pnl: Decimal | None = None
    """Profit of that day or week."""
    pnlRatio: Decimal | None = None
    """Profit of that day or week, 0.1 is 10 %."""


@model
class LeadStats(Row):
    """Figures of a lead trader. Amounts are in ``ccy``."""

    winRatio: Decimal | None = None
    """0.1 is 10 %."""
    profitDays: int | None = None
    """Days with a profit."""
    lossDays: int | None = None
    """Days with a loss."""
    curCopyTraderPnl: Decimal | None = None
    """Profit of those who copy now, USDT."""
    avgSubPosNotional: Decimal | None = None
    """Average value of a lead position, USDT."""
    investAmt: Decimal | None = None
    """Capital of the lead trader, USDT."""
    ccy: str | None = None
    """Currency of the margin."""


@model
class CurrencyPreference(Row):
    """How much a currency is traded."""

    ccy: str | None = None
    ratio: Decimal | None = None
    """Share of the trading, 0.1 is 10 %."""


@model
class CopyTrader(Row):
    """Somebody who copies a lead trader."""

    beginCopyTime: int | None = None
    """Epoch ms at which copying began."""
    nickName: str | None = None
    portLink: str | None = None
    """Picture."""
    pnl: Decimal | None = None
    """Profit of copying, in the currency of CopyTraders."""


@model
class CopyTraders(Row):
    """Those who copy a lead trader."""

    copyTotalPnl: Decimal | None = None
    """Profit of all copy traders, in ccy."""
    ccy: str | None = None
    copyTraderNumChg: int | None = None
    """Change in the last 7 days, a number of traders."""
    copyTraderNumChgRatio: Decimal | None = None
    """Change in the last 7 days, a ratio."""
    copyTraders: tuple[CopyTrader, ...] = ()


@model
class ShortLink(Row):
    """A link that shares an order."""

    shortLink: str | None = None
