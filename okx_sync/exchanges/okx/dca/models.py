"""Rows of DCA bots (dollar-cost averaging) and of recurring buys."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.words import InstType, Side, TdMode
from okx_sync.rows import Row, envelope, model


@model
class DcaResult(Row):
    """Verdict on one request to a DCA bot."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    algoOrdType: str | None = None
    tag: str | None = None
    # Money that is missing.
    diffAmount: Decimal | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class DcaTrigger(Row):
    """What starts a DCA bot."""

    # "start"
    triggerAction: str | None = None
    # "instant", "price" or "rsi"; which one says what of the rest is set.
    triggerStrategy: str | None = None
    triggerPx: Decimal | None = None
    triggerCond: str | None = None
    timePeriod: int | None = None
    thold: Decimal | None = None
    # RSI: length of a bar, number of bars, threshold, how it is crossed.
    timeframe: str | None = None


@model
class DcaBot(Row):
    """A DCA bot as it is now. Times are epoch ms."""

    algoId: str | None = None
    algoOrdType: Literal["spot_dca", "contract_dca"] | str | None = None
    instId: str | None = None
    copyType: str | None = None
    state: str | None = None
    # Why it stopped, a number in text.
    cancelType: str | None = None
    direction: str | None = None
    lever: Decimal | None = None
    # First order, and each safety order, in quote currency.
    initOrdAmt: Decimal | None = None
    safetyOrdAmt: Decimal | None = None
    # Most safety orders.
    maxSafetyOrds: int | None = None
    # Distance of safety orders as a ratio, and the factors by which distance and amount grow.
    pxSteps: Decimal | None = None
    pxStepsMult: Decimal | None = None
    volMult: Decimal | None = None
    tpPxRange: Decimal | None = None
    slPct: Decimal | None = None
    slMode: str | None = None
    allowReinvest: bool | None = None
    totalPnl: Decimal | None = None
    pnlRatio: Decimal | None = None
    totalFundingFee: Decimal | None = None
    fundingFee: Decimal | None = None
    investmentAmt: Decimal | None = None
    investmentCcy: str | None = None
    arbitragePnL: Decimal | None = None
    transferInMargin: Decimal | None = None
    profitSharingRatio: Decimal | None = None
    trackingMode: str | None = None
    triggerParams: tuple[DcaTrigger, ...] = ()
    ctVal: Decimal | None = None
    cTime: int | None = None
    uTime: int | None = None
    tradeQuoteCcy: str | None = None
    tpPct: Decimal | None = None


@model
class DcaPosition(Row):
    """What a DCA bot holds in its running cycle. ``startTime``: epoch ms."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    algoOrdType: str | None = None
    instId: str | None = None
    # OKX's spelling: with a small L.
    curCycleld: str | None = None
    startTime: int | None = None
    # Orders filled so far: by hand, safety orders.
    fillManualOrds: int | None = None
    fillSafetyOrds: int | None = None
    fundingFee: Decimal | None = None
    initPx: Decimal | None = None
    notionalUsd: Decimal | None = None
    avgPx: Decimal | None = None
    upl: Decimal | None = None
    liqPx: Decimal | None = None
    # Contracts; for spot bots base and quote currency.
    sz: Decimal | None = None
    baseSz: Decimal | None = None
    quoteSz: Decimal | None = None
    slPx: Decimal | None = None
    tpPx: Decimal | None = None
    fee: Decimal | None = None
    tradeQuoteCcy: str | None = None


@model
class DcaCycle(Row):
    """A cycle of a DCA bot. Times are epoch ms."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    cycleId: str | None = None
    # Whether it is the running one.
    currentCycle: bool | None = None
    realizedPnl: Decimal | None = None
    startTime: int | None = None
    endTime: int | None = None
    fee: Decimal | None = None
    avgPx: Decimal | None = None
    tpPx: Decimal | None = None


@model
class DcaOrder(Row):
    """An order of a DCA bot. Times are epoch ms."""

    cycleId: str | None = None
    ordId: str | None = None
    avgFillPx: Decimal | None = None
    direction: str | None = None
    side: Side | None = None
    ordType: str | None = None
    px: Decimal | None = None
    sz: Decimal | None = None
    filledSz: Decimal | None = None
    state: str | None = None
    fee: Decimal | None = None
    rebate: Decimal | None = None
    rebateCcy: str | None = None
    lever: Decimal | None = None
    instId: str | None = None
    ctVal: Decimal | None = None
    fillTime: int | None = None
    cTime: int | None = None
    uTime: int | None = None
    tradeQuoteCcy: str | None = None


@model
class RecurringPart(Row):
    """One currency of a recurring buy."""

    ccy: str | None = None
    # Share of the amount, 0.2 is 20 %.
    ratio: Decimal | None = None
    # It is bought within this range of prices only.
    minPx: Decimal | None = None
    maxPx: Decimal | None = None
    # Bought so far, the profit of it in the investment currency, average and present price.
    totalAmt: Decimal | None = None
    profit: Decimal | None = None
    avgPx: Decimal | None = None
    px: Decimal | None = None


@model
class RecurringBuy(Row):
    """A recurring buy as it is now (channel ``algo-recurring-buy``). Ratios: 0.01 is one percent."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
    # "recurring"
    algoOrdType: str | None = None
    state: Literal["running", "stopping", "stopped", "pause"] | str | None = None
    # Name that the user gave it.
    stgyName: str | None = None
    recurringList: tuple[RecurringPart, ...] = ()
    period: Literal["monthly", "weekly", "daily", "hourly"] | str | None = None
    # Day of the month or of the week.
    recurringDay: int | None = None
    # Hours between two buys of an hourly one.
    recurringHour: int | None = None
    # Hour of the day.
    recurringTime: int | None = None
    recurringTimeType: str | None = None
    # Minute of the hour.
    recurringTimeMinutes: int | None = None
    # Hours from UTC.
    timeZone: Decimal | None = None
    # Of one buy, in investmentCcy; and of all so far.
    amt: Decimal | None = None
    investmentAmt: Decimal | None = None
    investmentCcy: str | None = None
    # Epoch ms.
    nextInvestTime: int | None = None
    totalPnl: Decimal | None = None
    totalAnnRate: Decimal | None = None
    pnlRatio: Decimal | None = None
    # Value of what was bought, in investmentCcy.
    mktCap: Decimal | None = None
    # Buys so far.
    cycles: int | None = None
    tag: str | None = None
    # Epoch ms of the push.
    pTime: int | None = None
    tradeQuoteCcy: str | None = None
    # Where the money comes from, as numbers in text.
    source: tuple[str, ...] = ()


@model
class RecurringSubOrder(Row):
    """An order of a recurring buy. Times are epoch ms."""

    algoId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    ordId: str | None = None
    cTime: int | None = None
    uTime: int | None = None
    tdMode: TdMode | None = None
    ordType: str | None = None
    sz: Decimal | None = None
    state: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    fee: Decimal | None = None
    feeCcy: str | None = None
    avgPx: Decimal | None = None
    accFillSz: Decimal | None = None
    tag: str | None = None
    algoClOrdId: str | None = None
    tradeQuoteCcy: str | None = None
