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
    """In rebateCcy."""
    rebateCcy: str | None = None


@model
class GridTrigger(Row):
    """What starts or stops a bot."""

    triggerAction: str | None = None
    """Either "start" or "stop"."""
    triggerStrategy: str | None = None
    """One of "instant", "price" or "rsi"; says which of the other fields are set."""
    delaySeconds: int | None = None
    """Seconds between trigger and action."""
    triggerTime: int | None = None
    """Epoch ms at which it triggered."""
    triggerType: str | None = None
    """Either "auto" or "manual"."""
    timeframe: str | None = None
    """Strategy "rsi": length of a bar ("3m", "1H", ...)."""
    timePeriod: int | None = None
    """Strategy "rsi": number of bars."""
    thold: Decimal | None = None
    """Strategy "rsi": threshold, 1 to 100."""
    triggerCond: str | None = None
    """Strategy "rsi": how the threshold is crossed ("cross_up", ...)."""
    triggerPx: Decimal | None = None
    """Strategy "price": the price that triggers."""
    stopType: str | None = None
    """What a stop does with what the bot holds (as in GridOrder)."""


@model
class GridOrder(Row):
    """What spot and contract grid bots have in common. Ratios: 0.01 is one percent."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    algoOrdType: str | None = None
    """One of "grid", "contract_grid", "moon_grid"."""
    state: GridState | None = None
    rebateTrans: tuple[GridRebate, ...] = ()
    triggerParams: tuple[GridTrigger, ...] = ()
    maxPx: Decimal | None = None
    """Upper end of the range."""
    minPx: Decimal | None = None
    """Lower end of the range."""
    gridNum: int | None = None
    """Number of grids in the range."""
    runType: str | None = None
    """Spacing of the grids: "1" arithmetic, "2" geometric."""
    tpTriggerPx: Decimal | None = None
    """Price at which the whole bot takes profit."""
    slTriggerPx: Decimal | None = None
    """Price at which the whole bot stops its loss."""
    tradeNum: int | None = None
    """Orders filled."""
    arbitrageNum: int | None = None
    """Pairs of filled orders that closed a grid."""
    singleAmt: Decimal | None = None
    """Amount of one grid."""
    perMinProfitRate: Decimal | None = None
    """Estimated least profit of one grid, a ratio."""
    perMaxProfitRate: Decimal | None = None
    """Estimated largest profit of one grid, a ratio."""
    runPx: Decimal | None = None
    """Price at which it started."""
    totalPnl: Decimal | None = None
    """Profit since the start."""
    pnlRatio: Decimal | None = None
    """Profit since the start, a ratio."""
    investment: Decimal | None = None
    """Invested; of spot bots in quote currency."""
    gridProfit: Decimal | None = None
    """Profit of closed grids since the start."""
    floatProfit: Decimal | None = None
    """Profit of what is held."""
    totalAnnualizedRate: Decimal | None = None
    """Profit per year, a ratio."""
    annualizedRate: Decimal | None = None
    """Profit of closed grids per year, a ratio."""
    cancelType: str | None = None
    """Why it stopped: "0" did not, "1" by hand, "2" took profit, "3" stop-loss, "4" risk control, "5" delivery, ..."""
    stopType: str | None = None
    """What stopping did: spot "1" sold, "2" kept; contract "1" closed, "2" kept."""
    activeOrdNum: int | None = None
    """Open orders."""
    tag: str | None = None
    profitSharingRatio: Decimal | None = None
    """Share of the profit that goes to the lead trader."""
    copyType: str | None = None
    """Whose it is: "0" own bot, "1" a copy, "2" a copy with profit sharing, "3" the lead trader's."""
    pTime: int | None = None
    """Epoch ms of the push."""


@model
class SpotGridOrder(GridOrder):
    """A spot grid bot as it is now (channels ``grid-orders-spot`` and, of old, ``grid-orders-moon``)."""

    quoteSz: Decimal | None = None
    """Invested, in quote currency."""
    baseSz: Decimal | None = None
    """Invested, in base currency."""
    curQuoteSz: Decimal | None = None
    """Held now, in quote currency."""
    curBaseSz: Decimal | None = None
    """Held now, in base currency."""
    profit: Decimal | None = None
    """Profit that can be taken out, in quote currency."""
    stopResult: str | None = None
    """Of selling at the stop: "0" none yet, "1" done, "-1" failed."""
    tradeQuoteCcy: str | None = None


@model
class ContractGridOrder(GridOrder):
    """A contract grid bot as it is now (channel ``grid-orders-contract``)."""

    direction: GridDirection | None = None
    basePos: bool | None = None
    """Whether it opened a position at the start."""
    sz: Decimal | None = None
    """Margin invested, USDT or coins."""
    lever: Decimal | None = None
    """Leverage as set, a factor."""
    actualLever: Decimal | None = None
    """Leverage as it is, a factor."""
    liqPx: Decimal | None = None
    """Estimated liquidation price."""
    ordFrozen: Decimal | None = None
    """Margin that orders hold."""
    availEq: Decimal | None = None
    """Margin that is free."""
    eq: Decimal | None = None
    """Equity of the bot."""
    tpRatio: Decimal | None = None
    """Take-profit of the whole bot, 0.1 is 10 %."""
    slRatio: Decimal | None = None
    """Stop-loss of the whole bot, 0.1 is 10 %."""
    fee: Decimal | None = None
    """Fees so far."""
    fundingFee: Decimal | None = None
    """Funding fees so far."""


@model
class GridPosition(Row):
    """Position of a contract grid bot (channel ``grid-positions``)."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    avgPx: Decimal | None = None
    """Average open price."""
    ccy: str | None = None
    """Currency of the margin."""
    lever: Decimal | None = None
    """Leverage, a factor."""
    liqPx: Decimal | None = None
    """Estimated liquidation price."""
    posSide: PosSide | None = None
    pos: Decimal | None = None
    """Contracts."""
    mgnMode: MgnMode | None = None
    mgnRatio: Decimal | None = None
    """Equity over maintenance margin, a ratio."""
    imr: Decimal | None = None
    """Initial margin."""
    mmr: Decimal | None = None
    """Maintenance margin."""
    upl: Decimal | None = None
    """Unrealised profit."""
    uplRatio: Decimal | None = None
    """Unrealised profit, a ratio."""
    last: Decimal | None = None
    """Last traded price."""
    notionalUsd: Decimal | None = None
    """Value of the position, USD."""
    adl: int | None = None
    """Place in the auto-deleveraging queue, higher is sooner."""
    markPx: Decimal | None = None
    """Mark price."""
    pTime: int | None = None
    """Epoch ms of the push."""


@model
class GridSubOrder(Row):
    """An order that a grid bot has placed (channel ``grid-sub-orders``). Sizes as in ``Order``."""

    uid: str | None = envelope("arg", "uid")
    algoId: str | None = None
    algoClOrdId: str | None = None
    instType: InstType | None = None
    instId: str | None = None
    algoOrdType: str | None = None
    groupId: str | None = None
    """Orders of one grid share it."""
    ordId: str | None = None
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    tdMode: TdMode | None = None
    tag: str | None = None
    ordType: OrdType | None = None
    sz: Decimal | None = None
    """In the unit of Order.sz."""
    state: OrdState | None = None
    side: Side | None = None
    px: Decimal | None = None
    fee: Decimal | None = None
    """Negative is paid, positive is a rebate."""
    feeCcy: str | None = None
    rebate: Decimal | None = None
    """In rebateCcy."""
    rebateCcy: str | None = None
    avgPx: Decimal | None = None
    """Average price of its fills."""
    accFillSz: Decimal | None = None
    """Filled so far."""
    posSide: PosSide | None = None
    pnl: Decimal | None = None
    ctVal: Decimal | None = None
    """Value of one contract."""
    lever: Decimal | None = None
    """Leverage, a factor."""
    ccy: str | None = None
    """Over REST: currency of the margin."""
    pTime: int | None = None
    """Epoch ms of the push."""


@model
class GridRangeResult(Row):
    """Verdict on a new price range."""

    algoId: str | None = None
    requiredTopupAmount: Decimal | None = None
    """Money that the new range needs."""
    maxTopupAmount: Decimal | None = None
    """The most money that can be added."""
    sCode: str | None = None
    """Verdict: "0" accepted, else an error code."""
    sMsg: str | None = None
    """Text of the error."""

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
    """In quote currency."""


@model
class GridMarginPreview(Row):
    """What a change of margin would do."""

    maxAmt: Decimal | None = None
    """The most that can be added or taken out."""
    lever: Decimal | None = None
    """Leverage after the change, a factor."""


@model
class GridAiParam(Row):
    """Parameters that OKX suggests for a grid bot."""

    instId: str | None = None
    algoOrdType: str | None = None
    duration: str | None = None
    """Prices that it was learned from: "7D", "30D", "180D"."""
    gridNum: int | None = None
    """Number of grids."""
    maxPx: Decimal | None = None
    """Upper end of the range."""
    minPx: Decimal | None = None
    """Lower end of the range."""
    perMaxProfitRate: Decimal | None = None
    """Largest profit of one grid, a ratio."""
    perMinProfitRate: Decimal | None = None
    """Least profit of one grid, a ratio."""
    perGridProfitRatio: Decimal | None = None
    """Profit of one grid, a ratio."""
    annualizedRate: Decimal | None = None
    """Profit per year, a ratio."""
    minInvestment: Decimal | None = None
    """The least that it needs, in ccy."""
    ccy: str | None = None
    runType: str | None = None
    """Spacing of the grids: "1" arithmetic, "2" geometric."""
    direction: str | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    sourceCcy: str | None = None


@model
class Investment(Row):
    """An amount of a currency."""

    amt: Decimal | None = None
    """In ccy."""
    ccy: str | None = None


@model
class GridMinInvestment(Row):
    """The least that a grid bot needs."""

    minInvestmentData: tuple[Investment, ...] = ()
    singleAmt: Decimal | None = None
    """Amount of one grid."""


@model
class RsiBackTesting(Row):
    """How often a trigger would have fired."""

    triggerNum: int | None = None
    """How often it would have fired."""


@model
class GridQuantity(Row):
    """The most grids of a range."""

    maxGridQty: int | None = None
    """The most grids."""


@model
class GridBot(ContractGridOrder):
    """A grid bot as it is now, spot or contract. Amounts are in quote currency, ratios 0.01 is one percent."""

    quoteSz: Decimal | None = None
    """Spot: invested, in quote currency."""
    baseSz: Decimal | None = None
    """Spot: invested, in base currency."""
    curQuoteSz: Decimal | None = None
    """Spot: held now, in quote currency."""
    curBaseSz: Decimal | None = None
    """Spot: held now, in base currency."""
    profit: Decimal | None = None
    """Spot: profit that can be taken out, in quote currency."""
    stopResult: str | None = None
    """Spot, of selling at the stop: "0" none yet, "1" done, "-1" failed."""
    tradeQuoteCcy: str | None = None
    uly: str | None = None
    """Contract bots: the underlying."""
    instFamily: str | None = None
    """Contract bots."""
    feeCcy: str | None = None
    """Contract bots: currency of the fees."""
