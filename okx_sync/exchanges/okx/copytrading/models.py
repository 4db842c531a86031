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
    # Why: "1" position limit, "2" number of lead trades of the day, "3" too little equity.
    infoType: str | None = None
    # The lead position.
    subPosId: str | None = None
    # The lead trader.
    uniqueCode: str | None = None
    instId: str | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    # Lead trades allowed in a day.
    maxLeadTraderNum: int | None = None
    # Least equity of a lead trader, USDT.
    minLeadEq: Decimal | None = None


@model
class CopyNotification(LeadNotification):
    """A note to a copy trader (channel ``copytrading-notification``).

    OKX no longer documents the channel. These fields are what older clients read; whatever else comes is in
    ``extra``.
    """

    # Factor.
    lever: Decimal | None = None
    avgPx: Decimal | None = None
    # Currency of the amounts.
    ccy: str | None = None
    # Bounds of the copy setting: total stop-loss, removal threshold, least notional value, total amount.
    slTotalAmt: Decimal | None = None
    rmThold: Decimal | None = None
    minNotional: Decimal | None = None
    copyTotalAmt: Decimal | None = None
    # Ratio.
    slippageRatio: Decimal | None = None


@model
class LeadPosition(Row):
    """A lead position, open or closed. Amounts are in ``ccy``. Times are epoch ms."""

    instId: str | None = None
    subPosId: str | None = None
    posSide: PosSide | None = None
    mgnMode: MgnMode | None = None
    lever: Decimal | None = None
    openOrdId: str | None = None
    openAvgPx: Decimal | None = None
    openTime: int | None = None
    # Contracts; base currency for SPOT: opened, closable, closed.
    subPos: Decimal | None = None
    availSubPos: Decimal | None = None
    tpTriggerPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    # Its take-profit and stop-loss order.
    algoId: str | None = None
    instType: InstType | None = None
    tpOrdPx: Decimal | None = None
    slOrdPx: Decimal | None = None
    margin: Decimal | None = None
    upl: Decimal | None = None
    uplRatio: Decimal | None = None
    markPx: Decimal | None = None
    # The lead trader.
    uniqueCode: str | None = None
    ccy: str | None = None
    closeTime: int | None = None
    closeAvgPx: Decimal | None = None
    pnl: Decimal | None = None
    pnlRatio: Decimal | None = None
    closeSubPos: Decimal | None = None
    # How far it is closed: "1" in part, "2" all.
    type: str | None = None
    profitSharingAmt: Decimal | None = None


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
    """A profit share that a copy trader paid. ``ts``: epoch ms."""

    ccy: str | None = None
    profitSharingAmt: Decimal | None = None
    # The copy trader.
    nickName: str | None = None
    profitSharingId: str | None = None
    instType: InstType | None = None
    # Picture.
    portLink: str | None = None
    ts: int | None = None


@model
class TotalProfitShare(Row):
    """Profit shares received in all."""

    ccy: str | None = None
    totalProfitSharingAmt: Decimal | None = None
    instType: InstType | None = None


@model
class UnrealizedProfitShare(Row):
    """A profit share that the next settlement would bring. ``ts``: epoch ms."""

    ccy: str | None = None
    unrealizedProfitSharingAmt: Decimal | None = None
    # The copy trader.
    nickName: str | None = None
    instType: InstType | None = None
    # Picture.
    portLink: str | None = None
    ts: int | None = None


@model
class TotalUnrealizedProfitShare(Row):
    """Profit shares that the next settlement would bring, in all."""

    # Epoch ms of the settlement.
    profitSharingTs: int | None = None
    totalUnrealizedProfitSharingAmt: Decimal | None = None
    instType: InstType | None = None
    instId: str | None = None


@model
class CopyRole(Row):
    """What the account is for one type of instrument."""

    instType: InstType | None = None
    # "0" neither, "1" lead trader, "2" copy trader.
    roleType: str | None = None
    profitSharingRatio: Decimal | None = None
    maxCopyTraderNum: int | None = None
    copyTraderNum: int | None = None


@model
class CopyConfig(Row):
    """The account as lead trader and as copy trader."""

    # Name by which others copy it.
    uniqueCode: str | None = None
    nickName: str | None = None
    # Picture.
    portLink: str | None = None
    details: tuple[CopyRole, ...] = ()


@model
class CopySettings(Row):
    """How a lead trader is copied."""

    # "fixed_amount" or "ratio_copy"; which one says what of the next two is set.
    copyMode: str | None = None
    copyAmt: Decimal | None = None
    copyRatio: Decimal | None = None
    copyTotalAmt: Decimal | None = None
    tpRatio: Decimal | None = None
    slRatio: Decimal | None = None
    # "copy" as the lead trader, or "custom".
    copyInstIdType: str | None = None
    instIds: tuple[LeadInstrument, ...] = ()
    slTotalAmt: Decimal | None = None
    # What stopping does: "market_close", "copy_close", "manual_close".
    subPosCloseType: str | None = None
    # "cross", "isolated" or "copy".
    copyMgnMode: str | None = None
    ccy: str | None = None
    # "0" not copied, "1" copied.
    copyState: str | None = None
    tag: str | None = None


@model
class CopiedTrader(Row):
    """A lead trader who is copied now. ``beginCopyTime``: epoch ms."""

    # Picture.
    portLink: str | None = None
    nickName: str | None = None
    margin: Decimal | None = None
    copyTotalAmt: Decimal | None = None
    copyTotalPnl: Decimal | None = None
    uniqueCode: str | None = None
    ccy: str | None = None
    profitSharingRatio: Decimal | None = None
    beginCopyTime: int | None = None
    upl: Decimal | None = None
    todayPnl: Decimal | None = None
    leadMode: str | None = None


@model
class CopyLimits(Row):
    """Bounds of the copy settings, USDT and ratios."""

    maxCopyAmt: Decimal | None = None
    minCopyAmt: Decimal | None = None
    maxCopyTotalAmt: Decimal | None = None
    minCopyRatio: Decimal | None = None
    maxCopyRatio: Decimal | None = None
    maxTpRatio: Decimal | None = None
    maxSlRatio: Decimal | None = None


@model
class RatioAtTime(Row):
    """Profit ratio since a time. ``beginTs``: epoch ms."""

    beginTs: int | None = None
    pnlRatio: Decimal | None = None


@model
class LeadTrader(Row):
    """A lead trader in the ranking. Amounts are in ``ccy``."""

    # Money that copies this trader.
    aum: Decimal | None = None
    # "0" not full, "1" full.
    copyState: str | None = None
    maxCopyTraderNum: int | None = None
    copyTraderNum: int | None = None
    accCopyTraderNum: int | None = None
    # Picture.
    portLink: str | None = None
    nickName: str | None = None
    ccy: str | None = None
    uniqueCode: str | None = None
    winRatio: Decimal | None = None
    leadDays: int | None = None
    # Instruments that are led.
    traderInsts: tuple[str, ...] = ()
    pnl: Decimal | None = None
    pnlRatio: Decimal | None = None
    pnlRatios: tuple[RatioAtTime, ...] = ()


@model
class LeadRanking(Row):
    """A page of the ranking."""

    # Version of the ranking: give it again for further pages.
    dataVer: str | None = None
    totalPage: int | None = None
    ranks: tuple[LeadTrader, ...] = ()


@model
class LeadPnl(Row):
    """Profit of a lead trader from a time on. ``beginTs``: epoch ms."""

    beginTs: int | None = None
    pnl: Decimal | None = None
    pnlRatio: Decimal | None = None


@model
class LeadStats(Row):
    """Figures of a lead trader. Amounts are in ``ccy``."""

    winRatio: Decimal | None = None
    profitDays: int | None = None
    lossDays: int | None = None
    curCopyTraderPnl: Decimal | None = None
    avgSubPosNotional: Decimal | None = None
    investAmt: Decimal | None = None
    ccy: str | None = None


@model
class CurrencyPreference(Row):
    """How much a currency is traded."""

    ccy: str | None = None
    ratio: Decimal | None = None


@model
class CopyTrader(Row):
    """Somebody who copies a lead trader. ``beginCopyTime``: epoch ms."""

    beginCopyTime: int | None = None
    nickName: str | None = None
    portLink: str | None = None
    pnl: Decimal | None = None


@model
class CopyTraders(Row):
    """Those who copy a lead trader."""

    copyTotalPnl: Decimal | None = None
    ccy: str | None = None
    # Change in the last 7 days: number, ratio.
    copyTraderNumChg: int | None = None
    copyTraderNumChgRatio: Decimal | None = None
    copyTraders: tuple[CopyTrader, ...] = ()


@model
class ShortLink(Row):
    """A link that shares an order."""

    shortLink: str | None = None
