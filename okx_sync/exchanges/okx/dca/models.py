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
    diffAmount: Decimal | None = None
    """Money that is missing and was moved from the trading account."""
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of the error."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class DcaTrigger(Row):
    """What starts a DCA bot."""

    triggerAction: str | None = None
    """Either "start" or "stop"."""
    triggerStrategy: str | None = None
    """One of "instant", "price" or "rsi"; says which of the other fields are set."""
    triggerPx: Decimal | None = None
    """Strategy "price": the price that triggers."""
    triggerCond: str | None = None
    """Strategy "rsi": how the threshold is crossed: "cross_up", "cross_down", "above", "below", "cross"."""
    timePeriod: int | None = None
    """Strategy "rsi": number of bars."""
    thold: Decimal | None = None
    """Strategy "rsi": threshold, 1 to 100."""
    timeframe: str | None = None
    """Strategy "rsi": length of a bar, for example "3m"."""


@model
class DcaBot(Row):
    """A DCA bot as it is now."""

    algoId: str | None = None
    algoOrdType: Literal["spot_dca", "contract_dca"] | str | None = None
    instId: str | None = None
    copyType: str | None = None
    """Whose it is: "0" own bot, "1" a copy, "2" a copy with profit sharing, "3" the lead trader's."""
    state: str | None = None
    cancelType: str | None = None
    """Why it stopped: "0" did not, "1" by hand, "2" took profit, "3" stop-loss, "4" risk control, "5" delivery."""
    direction: str | None = None
    """Either "long" or "short"."""
    lever: Decimal | None = None
    """Contract bots: leverage, a factor."""
    initOrdAmt: Decimal | None = None
    """First order, in quote currency."""
    safetyOrdAmt: Decimal | None = None
    """Each safety order, in quote currency."""
    maxSafetyOrds: int | None = None
    """The most safety orders."""
    pxSteps: Decimal | None = None
    """Distance of safety orders, a ratio."""
    pxStepsMult: Decimal | None = None
    """Factor by which the distance grows."""
    volMult: Decimal | None = None
    """Factor by which the amount grows."""
    tpPxRange: Decimal | None = None
    """Contract bots: bound of the take-profit price."""
    slPct: Decimal | None = None
    """Stop-loss, 0.05 is 5 %."""
    slMode: str | None = None
    """Order of the stop-loss: "limit" or "market"."""
    allowReinvest: bool | None = None
    """Whether profits are invested again."""
    totalPnl: Decimal | None = None
    """Profit in all, in investmentCcy."""
    pnlRatio: Decimal | None = None
    """Profit in all, a ratio."""
    totalFundingFee: Decimal | None = None
    """Contract bots: funding fees so far."""
    fundingFee: Decimal | None = None
    """Contract bots: funding fees so far, of stopped bots."""
    investmentAmt: Decimal | None = None
    """Invested in all, in investmentCcy."""
    investmentCcy: str | None = None
    arbitragePnL: Decimal | None = None
    """Profit of finished cycles."""
    transferInMargin: Decimal | None = None
    """Contract bots: margin moved in, what was added by hand included."""
    profitSharingRatio: Decimal | None = None
    """Share of the profit that goes to the lead trader, 0 to 0.3."""
    trackingMode: str | None = None
    """Either "sync" or "async"."""
    triggerParams: tuple[DcaTrigger, ...] = ()
    ctVal: Decimal | None = None
    """Contract bots: value of one contract."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    tradeQuoteCcy: str | None = None
    tpPct: Decimal | None = None
    """Take-profit of a cycle, 0.05 is 5 %."""


@model
class DcaPosition(Row):
    """What a DCA bot holds in its running cycle."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    algoOrdType: str | None = None
    instId: str | None = None
    curCycleld: str | None = None
    """Id of the running cycle. OKX's spelling: with a small L."""
    startTime: int | None = None
    """Epoch ms at which the cycle began."""
    fillManualOrds: int | None = None
    """Orders by hand that were filled so far."""
    fillSafetyOrds: int | None = None
    """Safety orders that were filled so far."""
    fundingFee: Decimal | None = None
    """Contract bots: funding fees of the cycle."""
    initPx: Decimal | None = None
    """Average price of the first order."""
    notionalUsd: Decimal | None = None
    """Contract bots: value of the position, USD."""
    avgPx: Decimal | None = None
    """Average open price."""
    upl: Decimal | None = None
    """Unrealised profit."""
    liqPx: Decimal | None = None
    """Contract bots: estimated liquidation price."""
    sz: Decimal | None = None
    """Contract bots: contracts."""
    baseSz: Decimal | None = None
    """Spot bots: base currency held."""
    quoteSz: Decimal | None = None
    """Spot bots: quote currency held."""
    slPx: Decimal | None = None
    """Stop-loss price."""
    tpPx: Decimal | None = None
    """Take-profit price."""
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    tradeQuoteCcy: str | None = None


@model
class DcaCycle(Row):
    """A cycle of a DCA bot."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    cycleId: str | None = None
    currentCycle: bool | None = None
    """Whether it is the running one."""
    realizedPnl: Decimal | None = None
    """Realised profit."""
    startTime: int | None = None
    """Epoch ms."""
    endTime: int | None = None
    """Epoch ms; None while it runs."""
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    avgPx: Decimal | None = None
    """Average open price."""
    tpPx: Decimal | None = None
    """Take-profit price."""


@model
class DcaOrder(Row):
    """An order of a DCA bot."""

    cycleId: str | None = None
    ordId: str | None = None
    avgFillPx: Decimal | None = None
    """Average price of its fills."""
    direction: str | None = None
    """Either "long" or "short"."""
    side: Side | None = None
    ordType: str | None = None
    """One of "init_order", "safety_order", "tp_order", "sl_order", "manual_add_order", "close_position", ..."""
    px: Decimal | None = None
    sz: Decimal | None = None
    filledSz: Decimal | None = None
    state: str | None = None
    """One of "live", "partially_filled", "filled", "canceled", "cancelling"."""
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    rebate: Decimal | None = None
    """In rebateCcy."""
    rebateCcy: str | None = None
    lever: Decimal | None = None
    """Contract bots: leverage, a factor."""
    instId: str | None = None
    ctVal: Decimal | None = None
    """Contract bots: value of one contract."""
    fillTime: int | None = None
    """Epoch ms of the last fill."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    tradeQuoteCcy: str | None = None


@model
class RecurringPart(Row):
    """One currency of a recurring buy."""

    ccy: str | None = None
    ratio: Decimal | None = None
    """Share of the amount, 0.2 is 20 %."""
    minPx: Decimal | None = None
    """It is bought at or above this price only; None for no bound."""
    maxPx: Decimal | None = None
    """It is bought at or below this price only; None for no bound."""
    totalAmt: Decimal | None = None
    """Bought so far, in ccy."""
    profit: Decimal | None = None
    """Profit so far, in the investment currency."""
    avgPx: Decimal | None = None
    """Average price, in the investment currency."""
    px: Decimal | None = None
    """Present price, in the investment currency."""


@model
class RecurringBuy(Row):
    """A recurring buy as it is now (channel ``algo-recurring-buy``). Ratios: 0.01 is one percent."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    algoOrdType: str | None = None
    """Always "recurring"."""
    state: Literal["running", "stopping", "stopped", "pause"] | str | None = None
    stgyName: str | None = None
    """Name that the user gave it."""
    recurringList: tuple[RecurringPart, ...] = ()
    period: Literal["monthly", "weekly", "daily", "hourly"] | str | None = None
    recurringDay: int | None = None
    """Day of the month (1 to 28) or of the week (1 to 7)."""
    recurringHour: int | None = None
    """Hours between two buys of an hourly one."""
    recurringTime: int | None = None
    """Hour of the day, 0 to 23."""
    recurringTimeType: str | None = None
    recurringTimeMinutes: int | None = None
    """Minute of the hour."""
    timeZone: Decimal | None = None
    """Hours from UTC, -12 to 14."""
    amt: Decimal | None = None
    """Of one buy, in investmentCcy."""
    investmentAmt: Decimal | None = None
    """Of all buys so far, in investmentCcy."""
    investmentCcy: str | None = None
    nextInvestTime: int | None = None
    """Epoch ms of the next buy."""
    totalPnl: Decimal | None = None
    """Profit in all, in investmentCcy."""
    totalAnnRate: Decimal | None = None
    """Profit per year, a ratio."""
    pnlRatio: Decimal | None = None
    """Profit in all, a ratio."""
    mktCap: Decimal | None = None
    """Value of what was bought, USDT."""
    cycles: int | None = None
    """Buys so far."""
    tag: str | None = None
    pTime: int | None = None
    """Epoch ms of the push."""
    tradeQuoteCcy: str | None = None
    source: tuple[str, ...] = ()
    """Where the money comes from, as numbers in text."""


@model
class RecurringSubOrder(Row):
    """An order of a recurring buy."""

    algoId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    ordId: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    tdMode: TdMode | None = None
    ordType: str | None = None
    sz: Decimal | None = None
    state: str | None = None
    side: Side | None = None
    px: Decimal | None = None
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    feeCcy: str | None = None
    avgPx: Decimal | None = None
    """Average price of its fills."""
    accFillSz: Decimal | None = None
    """Filled so far."""
    tag: str | None = None
    algoClOrdId: str | None = None
    tradeQuoteCcy: str | None = None
