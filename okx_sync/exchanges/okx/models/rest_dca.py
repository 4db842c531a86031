"""Rows about DCA bots."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.models.words import Side
from okx_sync.models import Row, model


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
