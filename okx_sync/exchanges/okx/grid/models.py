"""Rows of grid bots: the bots, their positions and their orders."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import (
    GridDirection,
    GridState,
    InstType,
    MgnMode,
    OrdState,
    OrdType,
    PosSide,
    Side,
    TdMode,
)
from okx_sync.rows import Row, envelope, model


@model
class GridRebate(Row):
    """Rebates that a bot has brought, in one currency."""

    rebate: Decimal | None = None
    rebateCcy: str | None = None


@model
class GridTrigger(Row):
    """What starts or stops a bot."""

    # "start" or "stop".
    triggerAction: str | None = None
    # "instant", "price" or "rsi"; which one says what of the rest is set.
    triggerStrategy: str | None = None
    # Seconds between trigger and action.
    delaySeconds: int | None = None
    # Epoch ms at which it triggered.
    triggerTime: int | None = None
    # "auto" or "manual".
    triggerType: str | None = None
    # RSI: length of a bar ("3m", "1H", ...), number of bars, threshold, and how that is crossed ("cross_up", ...).
    timeframe: str | None = None
    timePeriod: int | None = None
    thold: Decimal | None = None
    triggerCond: str | None = None
    triggerPx: Decimal | None = None
    # What a stop does with what the bot holds (as in GridOrder).
    stopType: str | None = None


@model
class GridOrder(Row):
    """What spot and contract grid bots have in common. Ratios: 0.01 is one percent."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
    # "grid", "contract_grid", "moon_grid".
    algoOrdType: str | None = None
    state: GridState | None = None
    rebateTrans: tuple[GridRebate, ...] = ()
    triggerParams: tuple[GridTrigger, ...] = ()
    # The range, and the number of grids in it.
    maxPx: Decimal | None = None
    minPx: Decimal | None = None
    gridNum: int | None = None
    # "1" arithmetic, "2" geometric.
    runType: str | None = None
    # Prices at which the whole bot takes profit or stops its loss.
    tpTriggerPx: Decimal | None = None
    slTriggerPx: Decimal | None = None
    # Orders filled, and pairs of them that closed a grid.
    tradeNum: int | None = None
    arbitrageNum: int | None = None
    # Amount of one grid.
    singleAmt: Decimal | None = None
    # Profit of one grid, as a ratio.
    perMinProfitRate: Decimal | None = None
    perMaxProfitRate: Decimal | None = None
    # Price at which it started.
    runPx: Decimal | None = None
    # Sums and ratios since the start: all, of closed grids, of what is held.
    totalPnl: Decimal | None = None
    pnlRatio: Decimal | None = None
    investment: Decimal | None = None
    gridProfit: Decimal | None = None
    floatProfit: Decimal | None = None
    totalAnnualizedRate: Decimal | None = None
    annualizedRate: Decimal | None = None
    # Why it stopped: "0" did not, "1" by hand, "2" took profit, "3" stop-loss, "4" risk control, "5" delivery, ...
    cancelType: str | None = None
    # What stopping did: spot "1" sold, "2" kept; contract "1" closed, "2" kept.
    stopType: str | None = None
    activeOrdNum: int | None = None
    tag: str | None = None
    # Share of the profit that goes to the lead trader.
    profitSharingRatio: Decimal | None = None
    # "0" own bot, "1" a copy, "2" a copy with profit sharing, "3" it is the lead trader's.
    copyType: str | None = None
    # Epoch ms of the push.
    pTime: int | None = None


@model
class SpotGridOrder(GridOrder):
    """A spot grid bot as it is now (channels ``grid-orders-spot`` and, of old, ``grid-orders-moon``)."""

    # Invested, in quote and in base currency.
    quoteSz: Decimal | None = None
    baseSz: Decimal | None = None
    # Held now.
    curQuoteSz: Decimal | None = None
    curBaseSz: Decimal | None = None
    # Profit that can be taken out.
    profit: Decimal | None = None
    # Of selling at the stop: "0" none yet, "1" done, "2" failed.
    stopResult: str | None = None
    tradeQuoteCcy: str | None = None


@model
class ContractGridOrder(GridOrder):
    """A contract grid bot as it is now (channel ``grid-orders-contract``)."""

    direction: GridDirection | None = None
    # Whether it opened a position at the start.
    basePos: bool | None = None
    # Margin invested, USDT or coins.
    sz: Decimal | None = None
    # Factors: as set, as it is.
    lever: Decimal | None = None
    actualLever: Decimal | None = None
    # Estimated liquidation price.
    liqPx: Decimal | None = None
    # Margin that orders hold, margin that is free, equity.
    ordFrozen: Decimal | None = None
    availEq: Decimal | None = None
    eq: Decimal | None = None
    # Take-profit and stop-loss of the whole bot, as ratios.
    tpRatio: Decimal | None = None
    slRatio: Decimal | None = None
    fee: Decimal | None = None
    fundingFee: Decimal | None = None


@model
class GridPosition(Row):
    """Position of a contract grid bot (channel ``grid-positions``)."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
    avgPx: Decimal | None = None
    # Currency of the margin.
    ccy: str | None = None
    # Factor.
    lever: Decimal | None = None
    # Estimated liquidation price.
    liqPx: Decimal | None = None
    posSide: PosSide | None = None
    # Contracts.
    pos: Decimal | None = None
    mgnMode: MgnMode | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    imr: Decimal | None = None
    mmr: Decimal | None = None
    upl: Decimal | None = None
    # Ratio.
    uplRatio: Decimal | None = None
    last: Decimal | None = None
    notionalUsd: Decimal | None = None
    # Place in the auto-deleveraging queue, higher is sooner.
    adl: int | None = None
    markPx: Decimal | None = None
    # Epoch ms of the push.
    pTime: int | None = None


@model
class GridSubOrder(Row):
    """An order that a grid bot has placed (channel ``grid-sub-orders``). Sizes as in ``Order``."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    # Orders of one grid share it.
    groupId: str | None = None
    ordId: str | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
    tdMode: TdMode | None = None
    tag: str | None = None
    ordType: OrdType | None = None
    sz: Decimal | None = None
    state: OrdState | None = None
    side: Side | None = None
    px: Decimal | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    feeCcy: str | None = None
    rebate: Decimal | None = None
    rebateCcy: str | None = None
    avgPx: Decimal | None = None
    # Filled so far.
    accFillSz: Decimal | None = None
    posSide: PosSide | None = None
    pnl: Decimal | None = None
    # Value of one contract.
    ctVal: Decimal | None = None
    # Factor.
    lever: Decimal | None = None
    # Over REST: currency of the margin.
    ccy: str | None = None
    # Epoch ms of the push.
    pTime: int | None = None


@model
class GridRangeResult(Row):
    """Verdict on a new price range."""

    algoId: str | None = None
    # Money that the new range needs, and the most that can be added.
    requiredTopupAmount: Decimal | None = None
    maxTopupAmount: Decimal | None = None
    # "0" accepted, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None

    @property
    def ok(self) -> bool:
        """True when the exchange accepted the request."""
        return self.sCode == "0"


@model
class GridIncome(Row):
    """Profit that was taken out."""

    algoId: str | None = None
    algoClOrdId: str | None = None
    profit: Decimal | None = None


@model
class GridMarginPreview(Row):
    """What a change of margin would do."""

    # The most that can be added or taken out.
    maxAmt: Decimal | None = None
    # Factor after the change.
    lever: Decimal | None = None


@model
class GridAiParam(Row):
    """Parameters that OKX suggests for a grid bot."""

    instId: str | None = None
    algoOrdType: str | None = None
    # Prices that it was learned from: "7D", "30D", "180D".
    duration: str | None = None
    gridNum: int | None = None
    maxPx: Decimal | None = None
    minPx: Decimal | None = None
    # Profit of one grid, as a ratio.
    perMaxProfitRate: Decimal | None = None
    perMinProfitRate: Decimal | None = None
    perGridProfitRatio: Decimal | None = None
    annualizedRate: Decimal | None = None
    minInvestment: Decimal | None = None
    ccy: str | None = None
    # "1" arithmetic, "2" geometric.
    runType: str | None = None
    direction: str | None = None
    lever: Decimal | None = None
    sourceCcy: str | None = None


@model
class Investment(Row):
    """An amount of a currency."""

    amt: Decimal | None = None
    ccy: str | None = None


@model
class GridMinInvestment(Row):
    """The least that a grid bot needs."""

    minInvestmentData: tuple[Investment, ...] = ()
    # Amount of one grid.
    singleAmt: Decimal | None = None


@model
class RsiBackTesting(Row):
    """How often a trigger would have fired."""

    triggerNum: int | None = None


@model
class GridQuantity(Row):
    """The most grids of a range."""

    maxGridQty: int | None = None


@model
class GridBot(ContractGridOrder):
    """A grid bot as it is now, spot or contract. Amounts are in quote currency, ratios 0.01 is one percent."""

    # Spot: invested, and held now, in quote and in base currency.
    quoteSz: Decimal | None = None
    baseSz: Decimal | None = None
    curQuoteSz: Decimal | None = None
    curBaseSz: Decimal | None = None
    # Spot: profit that can be taken out.
    profit: Decimal | None = None
    # Spot, of selling at the stop: "0" none yet, "1" done, "2" failed.
    stopResult: str | None = None
    tradeQuoteCcy: str | None = None
    # Contract.
    uly: str | None = None
    instFamily: str | None = None
    feeCcy: str | None = None
