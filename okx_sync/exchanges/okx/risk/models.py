"""Rows about risk, of the market and of the account.

Liquidations, auto-deleveraging, insurance fund, position tiers, collateral; warnings, Greeks, the account's risk, moved
positions, market-maker protection and the position builder.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import AdlState, InstType, MgnMode, PosSide, Side, TdMode
from okx_sync.rows import Row, envelope, model, wire


@model
class LiquidationDetail(Row):
    """One liquidation."""

    # Of the order that closes the position.
    side: Side | None = None
    # Of the position that is closed.
    posSide: PosSide | None = None
    # Price at which the position's margin is used up.
    bkPx: Decimal | None = None
    # Contracts, or base currency for MARGIN.
    sz: Decimal | None = None
    bkLoss: Decimal | None = None
    # MARGIN: currency of the loan.
    ccy: str | None = None
    # Epoch ms.
    ts: int | None = None


@model
class LiquidationOrder(Row):
    """Liquidations of an instrument (channel ``liquidation-orders``). Neither complete nor in order of time."""

    instType: InstType | None = None
    instId: str | None = None
    # Underlying index of a derivative, "BTC-USD".
    uly: str | None = None
    instFamily: str | None = None
    details: tuple[LiquidationDetail, ...] = ()


@model
class AdlWarning(Row):
    """State of auto-deleveraging and of the insurance fund behind a family (channel ``adl-warning``).

    Nothing comes while the state is normal. The fields that OKX has deprecated are empty on current wire.
    """

    instType: InstType | None = None
    instFamily: str | None = None
    state: AdlState | None = None
    # Insurance fund, USD.
    bal: Decimal | None = None
    # Deprecated by OKX: all from here on but ts.
    ccy: str | None = None
    # Highest balance of the fund of late, and when it was (epoch ms).
    maxBal: Decimal | None = None
    maxBalTs: int | None = None
    # What brought the push about.
    adlType: str | None = None
    # Balances at which auto-deleveraging starts and stops.
    adlBal: Decimal | None = None
    adlRecBal: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
    # How far the fund has fallen from its highest, and the ratios at which auto-deleveraging starts and stops.
    decRate: Decimal | None = None
    adlRate: Decimal | None = None
    adlRecRate: Decimal | None = None


@model
class LiquidationWarning(Row):
    """A position that is close to liquidation (channel ``liquidation-warning``).

    A warning, not a guard: in a fast market a position may be liquidated without one.
    """

    uid: str | None = envelope("arg", "uid")
    instType: InstType | None = None
    mgnMode: MgnMode | None = None
    posId: str | None = None
    posSide: PosSide | None = None
    # Contracts; negative for short when posSide is "net".
    pos: Decimal | None = None
    # MARGIN: the currency held.
    posCcy: str | None = None
    instId: str | None = None
    # Factor.
    lever: Decimal | None = None
    markPx: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    # Currency of the margin.
    ccy: str | None = None
    # Epoch ms: opened, changed, pushed.
    cTime: int | None = None
    uTime: int | None = None
    pTime: int | None = None


@model
class AccountGreeks(Row):
    """Greeks of all the account holds in one currency (channel ``account-greeks``).

    Black-Scholes in USD (BS) and in coins (PA).
    """

    uid: str | None = envelope("arg", "uid")
    ccy: str | None = None
    deltaBS: Decimal | None = None
    deltaPA: Decimal | None = None
    gammaBS: Decimal | None = None
    gammaPA: Decimal | None = None
    thetaBS: Decimal | None = None
    thetaPA: Decimal | None = None
    vegaBS: Decimal | None = None
    vegaPA: Decimal | None = None
    # Epoch ms.
    ts: int | None = None


@model
class BuilderAsset(Row):
    """One currency, in that currency."""

    ccy: str | None = None
    # Equity.
    availEq: Decimal | None = None
    spotInUse: Decimal | None = None
    borrowMmr: Decimal | None = None
    borrowImr: Decimal | None = None


@model
class StressResult(Row):
    """The worst case of a stress test: profit, and the shocks that bring it."""

    # USD.
    pnl: Decimal | None = None
    # Ratio.
    spotShock: Decimal | None = None
    # A word, such as "volShockDown", "volSame", "volShockUp".
    volShock: str | None = None


@model
class ShockCurve(Row):
    """Profit in USD by shock of the spot price, as they came: ``extra`` has them by the shock's text."""

    @property
    def points(self) -> dict[Decimal, Decimal]:
        """Profit in USD by shock of the spot price (a ratio)."""
        return {Decimal(shock): Decimal(pnl) for shock, pnl in self.extra.items()}


@model
class StressScenarios(Row):
    """Profit under shocks of the spot price, for three shocks of volatility."""

    volShockDown: ShockCurve | None = None
    volSame: ShockCurve | None = None
    volShockUp: ShockCurve | None = None


@model
class PortfolioItem(Row):
    """A position, order or balance that belongs to a risk unit."""

    instId: str | None = None
    instType: InstType | None = None
    # Contracts, or coins.
    amt: Decimal | None = None
    posSide: PosSide | None = None
    avgPx: Decimal | None = None
    # Before and after the change of idxVol.
    markPxBf: Decimal | None = None
    markPx: Decimal | None = None
    # USD.
    floatPnl: Decimal | None = None
    notionalUsd: Decimal | None = None
    # Greeks as greeksType says.
    delta: Decimal | None = None
    gamma: Decimal | None = None
    theta: Decimal | None = None
    vega: Decimal | None = None
    isRealPos: bool | None = None


@model
class BuilderPosition(Row):
    """A position outside portfolio margin."""

    instId: str | None = None
    instType: InstType | None = None
    # Contracts.
    amt: Decimal | None = None
    posSide: PosSide | None = None
    avgPx: Decimal | None = None
    # Before and after the change of idxVol.
    markPxBf: Decimal | None = None
    markPx: Decimal | None = None
    # USD.
    floatPnl: Decimal | None = None
    # Initial margin, USD, before and after.
    imrBf: Decimal | None = None
    # Initial margin.
    imr: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    # Factor.
    lever: Decimal | None = None
    # USD.
    notionalUsd: Decimal | None = None
    isRealPos: bool | None = None


@model
class RiskUnit(Row):
    """Margin of all positions on one underlying, USD."""

    riskUnit: str | None = None
    # Maintenance and initial margin, before (Bf) and after the change of idxVol.
    mmrBf: Decimal | None = None
    # Maintenance margin.
    mmr: Decimal | None = None
    imrBf: Decimal | None = None
    # Initial margin.
    imr: Decimal | None = None
    upl: Decimal | None = None
    # What each of the nine stress tests asks for.
    mr1: Decimal | None = None
    mr2: Decimal | None = None
    mr3: Decimal | None = None
    mr4: Decimal | None = None
    mr5: Decimal | None = None
    mr6: Decimal | None = None
    mr7: Decimal | None = None
    mr8: Decimal | None = None
    mr9: Decimal | None = None
    mr1Scenarios: StressScenarios | None = None
    mr1FinalResult: StressResult | None = None
    mr6FinalResult: StressResult | None = None
    # Greeks of the unit.
    delta: Decimal | None = None
    gamma: Decimal | None = None
    theta: Decimal | None = None
    vega: Decimal | None = None
    portfolios: tuple[PortfolioItem, ...] = ()
    positions: tuple[BuilderPosition, ...] = ()


@model
class PositionBuilder(Row):
    """Margin of an account with the given positions (``account/position-builder``). USD."""

    eq: Decimal | None = None
    totalMmr: Decimal | None = None
    totalImr: Decimal | None = None
    borrowMmr: Decimal | None = None
    derivMmr: Decimal | None = None
    # Ratio.
    marginRatio: Decimal | None = None
    upl: Decimal | None = None
    # Factor.
    acctLever: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
    assets: tuple[BuilderAsset, ...] = ()
    riskUnitData: tuple[RiskUnit, ...] = ()
    # Outside portfolio margin.
    positions: tuple[BuilderPosition, ...] = ()


@model
class MarginPoint(Row):
    """Margin at one price: the underlying moved by ``shockFactor``."""

    # Ratio.
    shockFactor: Decimal | None = None
    # Maintenance margin, USD, and its ratio.
    mmr: Decimal | None = None
    mmrRatio: Decimal | None = None


@model
class MarginCurve(Row):
    """Margin as the price moves (``account/position-builder-graph``)."""

    type: str | None = None
    mmrData: tuple[MarginPoint, ...] = ()


@model
class HedgeCurrency(Row):
    """A currency that shares its underlying with another (``public/delta-hedge-currencies``)."""

    ccy: str | None = None
    hedgeCcy: tuple[str, ...] = ()


@model
class DiscountTier(Row):
    """How much an amount of a currency counts as collateral."""

    # Ratio.
    discountRate: Decimal | None = None
    liqPenaltyRate: Decimal | None = None
    # In the currency; maxAmt None is no bound.
    minAmt: Decimal | None = None
    maxAmt: Decimal | None = None
    tier: str | None = None
    disCcyEq: Decimal | None = None


@model
class DiscountInfo(Row):
    """A tier in the older form."""

    discountRate: Decimal | None = None
    maxAmt: Decimal | None = None
    minAmt: Decimal | None = None


@model
class DiscountRate(Row):
    """Collateral value of a currency (``public/discount-rate-interest-free-quota``)."""

    ccy: str | None = None
    # Free of interest, in ccy.
    amt: Decimal | None = None
    # Deprecated by OKX.
    discountLv: str | None = None
    details: tuple[DiscountTier, ...] = ()
    # Deprecated by OKX, see colRes.
    collateralRestrict: bool | None = None
    minDiscountRate: Decimal | None = None
    # Platform-wide restriction as collateral: "0" none, "1" near, "2" reached.
    colRes: str | None = None
    # Epoch ms.
    effTime: int | None = None
    # Deprecated by OKX, see details.
    discountInfo: tuple[DiscountInfo, ...] = ()


@model
class InsuranceFundDetail(Row):
    """A change of the fund."""

    # In ccy, as is amt.
    balance: Decimal | None = None
    amt: Decimal | None = None
    ccy: str | None = None
    # "regular_update", "liquidation_balance_deposit", "bankruptcy_loss", "platform_revenue", "adl".
    type: str | None = None
    # Highest balance of the last 8 hours, and when it was (epoch ms).
    maxBal: Decimal | None = None
    maxBalTs: int | None = None
    # How far it has fallen since, as a ratio.
    decRate: Decimal | None = None
    adlType: str | None = None
    # Epoch ms.
    ts: int | None = None


@model
class InsuranceFund(Row):
    """The fund that covers losses of liquidations (``public/insurance-fund``)."""

    instType: InstType | None = None
    # USD, of all funds of the type.
    total: Decimal | None = None
    instFamily: str | None = None
    details: tuple[InsuranceFundDetail, ...] = ()


@model
class LoanBasic(Row):
    """Borrowing rate and quota of a currency."""

    ccy: str | None = None
    # Per day, as a ratio.
    rate: Decimal | None = None
    # In the currency.
    quota: Decimal | None = None


@model
class LoanLevel(Row):
    """What a fee tier changes: factor on the quota, discount on the rate."""

    level: str | None = None
    loanQuotaCoef: Decimal | None = None
    irDiscount: Decimal | None = None


@model
class LoanRate(Row):
    """Borrowing rate of a currency with quotas of its own."""

    ccy: str | None = None
    # Per day, as a ratio.
    rate: Decimal | None = None


@model
class LoanQuota(Row):
    """Quota of a currency by tier and strategy."""

    ccy: str | None = None
    # "0" general, "1" delta neutral.
    stgyType: str | None = None
    quota: Decimal | None = None
    level: str | None = None


@model
class LoanQuotas(Row):
    """Borrowing rates and quotas (``public/interest-rate-loan-quota``)."""

    basic: tuple[LoanBasic, ...] = ()
    vip: tuple[LoanLevel, ...] = ()
    regular: tuple[LoanLevel, ...] = ()
    configCcyList: tuple[LoanRate, ...] = ()
    config: tuple[LoanQuota, ...] = ()


@model
class PositionTier(Row):
    """Margin and leverage for positions of a size (``public/position-tiers``)."""

    instId: str | None = None
    tier: str | None = None
    # Contracts; MARGIN: loans, in coins.
    minSz: Decimal | None = None
    maxSz: Decimal | None = None
    # Ratios.
    imr: Decimal | None = None
    # Maintenance margin.
    mmr: Decimal | None = None
    uly: str | None = None
    instFamily: str | None = None
    # Factor.
    maxLever: Decimal | None = None
    # Options: factor on the margin.
    optMgnFactor: Decimal | None = None
    # MARGIN: in quote and base currency.
    quoteMaxLoan: Decimal | None = None
    baseMaxLoan: Decimal | None = None


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
class MmpConfig(Row):
    """Market-maker protection of an options family (``account/mmp-config``)."""

    instFamily: str | None = None
    mmpFrozen: bool | None = None
    # Epoch ms; None when not frozen, or frozen until reset.
    mmpFrozenUntil: int | None = None
    # Window in ms in which fills are counted; 0 is off.
    timeInterval: int | None = None
    # Ms for which orders are refused afterwards; 0: until reset.
    frozenInterval: int | None = None
    # Contracts.
    qtyLimit: Decimal | None = None


@model
class MovedFrom(Row):
    """The side that gives a position away."""

    posId: str | None = None
    instId: str | None = None
    px: Decimal | None = None
    side: Side | None = None
    # Contracts.
    sz: Decimal | None = None
    # Verdict: "0" for none, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None


@model
class MovedTo(Row):
    """The side that gets a position."""

    instId: str | None = None
    px: Decimal | None = None
    side: Side | None = None
    # Contracts.
    sz: Decimal | None = None
    tdMode: TdMode | None = None
    posSide: PosSide | None = None
    ccy: str | None = None
    # Verdict: "0" for none, else an error code with its text.
    sCode: str | None = None
    sMsg: str | None = None


@model
class MovedLeg(Row):
    """One position that is moved."""

    from_: MovedFrom | None = wire("from")
    to: MovedTo | None = None


@model
class MovedPositions(Row):
    """A move of positions between accounts (``account/move-positions``, ``...-history``)."""

    clientId: str | None = None
    blockTdId: str | None = None
    # "filled", "pending", "failed".
    state: str | None = None
    # Epoch ms.
    ts: int | None = None
    fromAcct: str | None = None
    toAcct: str | None = None
    legs: tuple[MovedLeg, ...] = ()


@model
class MarginChange(Row):
    """Margin added to or taken from an isolated position (``account/position/margin-balance``)."""

    instId: str | None = None
    posSide: PosSide | None = None
    # In ccy.
    amt: Decimal | None = None
    # "add" or "reduce".
    type: str | None = None
    # Factor, after the change.
    leverage: Decimal | None = None
    ccy: str | None = None
