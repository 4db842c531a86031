"""Rows of reading calls about the account: risk, limits, rates, records of positions and loans."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, MgnMode, PosSide
from okx_sync.models import Row, model


@model
class RiskBalance(Row):
    """One currency of the snapshot, in that currency."""

    ccy: str | None = None
    eq: Decimal | None = None
    # Discounted equity, USD.
    disEq: Decimal | None = None


@model
class RiskPosition(Row):
    """One position of the snapshot. Sizes in contracts (MARGIN: coins)."""

    instType: InstType | None = None
    instId: str | None = None
    posId: str | None = None
    posSide: PosSide | None = None
    mgnMode: MgnMode | None = None
    # Negative for short when posSide is "net".
    pos: Decimal | None = None
    posCcy: str | None = None
    ccy: str | None = None
    # In ccy.
    notionalCcy: Decimal | None = None
    # USD.
    notionalUsd: Decimal | None = None
    # Deprecated by OKX: the next two.
    baseBal: Decimal | None = None
    quoteBal: Decimal | None = None


@model
class AccountPositionRisk(Row):
    """Balances and positions of one moment (``account/account-position-risk``)."""

    # Effective equity, USD.
    adjEq: Decimal | None = None
    balData: tuple[RiskBalance, ...] = ()
    posData: tuple[RiskPosition, ...] = ()
    # Epoch ms.
    ts: int | None = None


@model
class MaxSize(Row):
    """The largest order (``account/max-size``): contracts, or coins for SPOT and MARGIN."""

    instId: str | None = None
    maxBuy: Decimal | None = None
    maxSell: Decimal | None = None
    ccy: str | None = None


@model
class MaxAvailSize(Row):
    """What is free for an order (``account/max-avail-size``): margin, or what SPOT buys and sells are paid with."""

    instId: str | None = None
    availBuy: Decimal | None = None
    availSell: Decimal | None = None


@model
class MaxLoan(Row):
    """How much can be borrowed for an instrument, in ``ccy`` (``account/max-loan``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    mgnCcy: str | None = None
    maxLoan: Decimal | None = None
    ccy: str | None = None
    side: str | None = None


@model
class MaxWithdrawal(Row):
    """What can be moved out of the trading account, in ``ccy`` (``account/max-withdrawal``)."""

    ccy: str | None = None
    maxWd: Decimal | None = None
    # Borrowing included.
    maxWdEx: Decimal | None = None
    # The same while spot is used to offset risk.
    spotOffsetMaxWd: Decimal | None = None
    spotOffsetMaxWdEx: Decimal | None = None


@model
class Leverage(Row):
    """Leverage of an instrument or currency (``account/leverage-info``, ``account/set-leverage``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    posSide: PosSide | None = None
    # Factor.
    lever: Decimal | None = None
    ccy: str | None = None


@model
class LeverageEstimate(Row):
    """What another leverage would bring (``account/adjust-leverage-info``)."""

    estAvailQuoteTrans: Decimal | None = None
    estAvailTrans: Decimal | None = None
    estLiqPx: Decimal | None = None
    estMaxAmt: Decimal | None = None
    # Margin in quote and base currency, and how much more could be bought with it.
    estMgn: Decimal | None = None
    estQuoteMgn: Decimal | None = None
    estQuoteMaxAmt: Decimal | None = None
    # Whether there are orders; they can be in the way.
    existOrd: bool | None = None
    maxLever: Decimal | None = None
    minLever: Decimal | None = None
    estMaxWd: Decimal | None = None


@model
class PositionLimit(Row):
    """The largest position of a family under portfolio margin (``account/position-tiers``)."""

    uly: str | None = None
    instFamily: str | None = None
    # Contracts.
    maxSz: Decimal | None = None
    # Kind of limit: "1" pending, "2" account, "3" platform, "4" coin, "5" options, ...
    posType: str | None = None


@model
class PositionRecord(Row):
    """A position that was closed or reduced (``account/positions-history``). Sizes in contracts (MARGIN: coins)."""

    instType: InstType | None = None
    instId: str | None = None
    posId: str | None = None
    mgnMode: MgnMode | None = None
    # "1" closed partly, "2" closed, "3" liquidated, "4" liquidated partly, "5" auto-deleveraged.
    type: str | None = None
    # pnl + fee + fundingFee + liqPenalty (+ settledPnl).
    realizedPnl: Decimal | None = None
    # Epoch ms of creation.
    cTime: int | None = None
    # Epoch ms of the last change.
    uTime: int | None = None
    openAvgPx: Decimal | None = None
    # Expiry futures with daily settlement: average price without settlements.
    nonSettleAvgPx: Decimal | None = None
    closeAvgPx: Decimal | None = None
    openMaxPos: Decimal | None = None
    closeTotalPos: Decimal | None = None
    settledPnl: Decimal | None = None
    # Ratio.
    pnlRatio: Decimal | None = None
    # Negative is paid, positive is a rebate.
    fee: Decimal | None = None
    fundingFee: Decimal | None = None
    liqPenalty: Decimal | None = None
    pnl: Decimal | None = None
    posSide: PosSide | None = None
    # Factor.
    lever: Decimal | None = None
    direction: str | None = None
    # Price that brought a liquidation about.
    triggerPx: Decimal | None = None
    uly: str | None = None
    ccy: str | None = None
    liqPx: Decimal | None = None


@model
class RiskState(Row):
    """Whether the account is at risk under portfolio margin (``account/risk-state``)."""

    atRisk: bool | None = None
    # Risk units of derivatives, and of margin trading, that are at risk.
    atRiskIdx: tuple[str, ...] = ()
    atRiskMgn: tuple[str, ...] = ()
    # Epoch ms.
    ts: int | None = None
    atRiskLevel: str | None = None


@model
class CollateralAsset(Row):
    """Whether a currency counts as collateral (``account/collateral-assets``)."""

    ccy: str | None = None
    collateralEnabled: bool | None = None


@model
class FeeGroup(Row):
    """Fee rates of a group of instruments. Ratios; negative is paid, positive is a rebate."""

    taker: Decimal | None = None
    maker: Decimal | None = None
    groupId: str | None = None
    elpMaker: Decimal | None = None
    # RPI orders; elpMaker is the older name.
    rpiMaker: Decimal | None = None


@model
class FiatFee(Row):
    """Fee rates against a fiat currency. Ratios; negative is paid, positive is a rebate."""

    ccy: str | None = None
    taker: Decimal | None = None
    maker: Decimal | None = None


@model
class TradeFee(Row):
    """Fee rates of the account (``account/trade-fee``). Ratios; negative is paid, positive is a rebate."""

    # Fee tier: "Lv1", "VIP1", ...
    level: str | None = None
    # Current wire has the rates here, by the instrument's groupId.
    feeGroup: tuple[FeeGroup, ...] = ()
    delivery: Decimal | None = None
    exercise: Decimal | None = None
    instType: InstType | None = None
    # Epoch ms.
    ts: int | None = None
    # Deprecated by OKX, see feeGroup: from here to the end but ts and instType.
    taker: Decimal | None = None
    maker: Decimal | None = None
    takerUSDC: Decimal | None = None
    makerUSDC: Decimal | None = None
    ruleType: str | None = None
    settle: Decimal | None = None
    category: str | None = None
    makerU: Decimal | None = None
    takerU: Decimal | None = None
    fiat: tuple[FiatFee, ...] = ()
    uly: str | None = None
