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
    """One liquidation of a ``LiquidationOrder``."""

    side: Side | None = None
    """Side of the order that closes the position."""
    posSide: PosSide | None = None
    """Side of the position that is closed."""
    bkPx: Decimal | None = None
    """Price at which the position's margin is used up."""
    sz: Decimal | None = None
    """Contracts, or base currency for MARGIN."""
    bkLoss: Decimal | None = None
    """Loss beyond the margin."""
    ccy: str | None = None
    """MARGIN: currency of the loan."""
    ts: int | None = None
    """Epoch ms of the liquidation."""


@model
class LiquidationOrder(Row):
    """Liquidations of an instrument (channel ``liquidation-orders``). Neither complete nor in order of time."""

    instType: InstType | None = None
    instId: str | None = None
    uly: str | None = None
    """Underlying index of a derivative, "BTC-USD"."""
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
    bal: Decimal | None = None
    """Balance of the insurance fund, USD."""
    ccy: str | None = None
    """Deprecated by OKX."""
    maxBal: Decimal | None = None
    """Deprecated by OKX: highest balance of the fund in the last 8 hours."""
    maxBalTs: int | None = None
    """Deprecated by OKX: epoch ms of the highest balance."""
    adlType: str | None = None
    """Deprecated by OKX: what brought the push about."""
    adlBal: Decimal | None = None
    """Deprecated by OKX: balance at which auto-deleveraging starts."""
    adlRecBal: Decimal | None = None
    """Deprecated by OKX: balance at which auto-deleveraging stops."""
    ts: int | None = None
    """Epoch ms of the push."""
    decRate: Decimal | None = None
    """Deprecated by OKX: how far the fund has fallen from its highest balance, as a ratio."""
    adlRate: Decimal | None = None
    """Deprecated by OKX: ratio of the fall at which auto-deleveraging starts."""
    adlRecRate: Decimal | None = None
    """Deprecated by OKX: ratio of the fall at which auto-deleveraging stops."""


@model
class LiquidationWarning(Row):
    """A position that is close to liquidation (channel ``liquidation-warning``).

    A warning, not a guard: in a fast market a position may be liquidated without one.
    """

    uid: str | None = envelope("arg", "uid")
    """Id of the user."""
    instType: InstType | None = None
    mgnMode: MgnMode | None = None
    posId: str | None = None
    posSide: PosSide | None = None
    pos: Decimal | None = None
    """Size in contracts; negative for short when posSide is "net"."""
    posCcy: str | None = None
    """MARGIN: the currency held."""
    instId: str | None = None
    lever: Decimal | None = None
    """Leverage, as a factor."""
    markPx: Decimal | None = None
    mgnRatio: Decimal | None = None
    """Maintenance margin ratio."""
    ccy: str | None = None
    """Currency of the margin."""
    cTime: int | None = None
    """Epoch ms at which the position was opened."""
    uTime: int | None = None
    """Epoch ms of the last change."""
    pTime: int | None = None
    """Epoch ms of the push."""


@model
class AccountGreeks(Row):
    """Greeks of all the account holds in one currency (channel ``account-greeks``).

    Black-Scholes in USD (BS) and in coins (PA).
    """

    uid: str | None = envelope("arg", "uid")
    """Id of the user."""
    ccy: str | None = None
    deltaBS: Decimal | None = None
    """Black-Scholes delta, USD."""
    deltaPA: Decimal | None = None
    """Delta in coins."""
    gammaBS: Decimal | None = None
    """Black-Scholes gamma, USD."""
    gammaPA: Decimal | None = None
    """Gamma in coins."""
    thetaBS: Decimal | None = None
    """Black-Scholes theta, USD."""
    thetaPA: Decimal | None = None
    """Theta in coins."""
    vegaBS: Decimal | None = None
    """Black-Scholes vega, USD."""
    vegaPA: Decimal | None = None
    """Vega in coins."""
    ts: int | None = None
    """Epoch ms."""


@model
class BuilderAsset(Row):
    """One currency of the position builder."""

    ccy: str | None = None
    availEq: Decimal | None = None
    """Equity, in ccy."""
    spotInUse: Decimal | None = None
    """Spot amount that offsets derivatives, in ccy."""
    borrowMmr: Decimal | None = None
    """Deprecated by OKX: maintenance margin of what is borrowed, USD."""
    borrowImr: Decimal | None = None
    """Initial margin of what is borrowed, USD."""


@model
class StressResult(Row):
    """The worst case of a stress test: profit, and the shocks that bring it."""

    pnl: Decimal | None = None
    """Profit, USD."""
    spotShock: Decimal | None = None
    """Shock of the spot price, as a ratio."""
    volShock: str | None = None
    """Shock of volatility: "down", "unchange", "up"."""


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
    """Profit when volatility falls."""
    volSame: ShockCurve | None = None
    """Profit when volatility stays the same."""
    volShockUp: ShockCurve | None = None
    """Profit when volatility rises."""


@model
class PortfolioItem(Row):
    """A position, order or balance that belongs to a risk unit."""

    instId: str | None = None
    instType: InstType | None = None
    amt: Decimal | None = None
    """Contracts, or coins for SPOT."""
    posSide: PosSide | None = None
    avgPx: Decimal | None = None
    """Average price at which it was opened."""
    markPxBf: Decimal | None = None
    """Mark price before the request's change of idxVol."""
    markPx: Decimal | None = None
    """Mark price after the request's change of idxVol."""
    floatPnl: Decimal | None = None
    """Unrealised profit, USD."""
    notionalUsd: Decimal | None = None
    """Value, USD."""
    delta: Decimal | None = None
    """Delta, in the unit that the request's greeksType says."""
    gamma: Decimal | None = None
    """Gamma, in the unit that the request's greeksType says."""
    theta: Decimal | None = None
    """Theta, in the unit that the request's greeksType says."""
    vega: Decimal | None = None
    """Vega, in the unit that the request's greeksType says."""
    isRealPos: bool | None = None
    """Whether the account holds it; False when it was only imagined."""


@model
class BuilderPosition(Row):
    """A position outside portfolio margin."""

    instId: str | None = None
    instType: InstType | None = None
    amt: Decimal | None = None
    """Contracts."""
    posSide: PosSide | None = None
    avgPx: Decimal | None = None
    """Average price at which it was opened."""
    markPxBf: Decimal | None = None
    """Mark price before the request's change of idxVol."""
    markPx: Decimal | None = None
    """Mark price after the request's change of idxVol."""
    floatPnl: Decimal | None = None
    """Unrealised profit, USD."""
    imrBf: Decimal | None = None
    """Initial margin before the request's change of idxVol, USD."""
    imr: Decimal | None = None
    """Initial margin after the request's change of idxVol, USD."""
    mgnRatio: Decimal | None = None
    """Maintenance margin ratio."""
    lever: Decimal | None = None
    """Leverage, as a factor."""
    notionalUsd: Decimal | None = None
    """Value, USD."""
    isRealPos: bool | None = None
    """Whether the account holds it; False when it was only imagined."""


@model
class RiskUnit(Row):
    """Margin of all positions on one underlying, USD."""

    riskUnit: str | None = None
    """Name of the underlying: "BTC"."""
    mmrBf: Decimal | None = None
    """Maintenance margin before the request's change of idxVol, USD."""
    mmr: Decimal | None = None
    """Maintenance margin after the request's change of idxVol, USD."""
    imrBf: Decimal | None = None
    """Initial margin before the request's change of idxVol, USD."""
    imr: Decimal | None = None
    """Initial margin after the request's change of idxVol, USD."""
    upl: Decimal | None = None
    """Unrealised profit, USD."""
    mr1: Decimal | None = None
    """Stress test of spot price and volatility: margin that it asks for, USD."""
    mr2: Decimal | None = None
    """Stress test of the time value of money (options): margin that it asks for, USD."""
    mr3: Decimal | None = None
    """Stress test of the volatility span (options): margin that it asks for, USD."""
    mr4: Decimal | None = None
    """Stress test of basis: margin that it asks for, USD."""
    mr5: Decimal | None = None
    """Stress test of interest rates (options): margin that it asks for, USD."""
    mr6: Decimal | None = None
    """Stress test of extreme moves: margin that it asks for, USD."""
    mr7: Decimal | None = None
    """Cost of reducing the position: margin that it asks for, USD."""
    mr8: Decimal | None = None
    """Margin of what is borrowed, USD."""
    mr9: Decimal | None = None
    """Hedges between USDT, USDC and USD: margin that they ask for, USD."""
    mr1Scenarios: StressScenarios | None = None
    """All scenarios of stress test 1."""
    mr1FinalResult: StressResult | None = None
    """Worst case of stress test 1."""
    mr6FinalResult: StressResult | None = None
    """Worst case of stress test 6."""
    delta: Decimal | None = None
    """Delta of the unit."""
    gamma: Decimal | None = None
    """Gamma of the unit."""
    theta: Decimal | None = None
    """Theta of the unit."""
    vega: Decimal | None = None
    """Vega of the unit."""
    portfolios: tuple[PortfolioItem, ...] = ()
    positions: tuple[BuilderPosition, ...] = ()


@model
class PositionBuilder(Row):
    """Margin of an account with the given positions (``account/position-builder``)."""

    eq: Decimal | None = None
    """Adjusted equity, USD."""
    totalMmr: Decimal | None = None
    """Maintenance margin in all, USD."""
    totalImr: Decimal | None = None
    """Initial margin in all, USD."""
    borrowMmr: Decimal | None = None
    """Maintenance margin of what is borrowed, USD."""
    derivMmr: Decimal | None = None
    """Maintenance margin of derivatives, USD."""
    marginRatio: Decimal | None = None
    """Maintenance margin ratio."""
    upl: Decimal | None = None
    """Unrealised profit, USD."""
    acctLever: Decimal | None = None
    """Leverage of the account, as a factor."""
    ts: int | None = None
    """Epoch ms."""
    assets: tuple[BuilderAsset, ...] = ()
    riskUnitData: tuple[RiskUnit, ...] = ()
    positions: tuple[BuilderPosition, ...] = ()
    """Positions outside portfolio margin."""


@model
class MarginPoint(Row):
    """Margin at one price: the underlying moved by ``shockFactor``."""

    shockFactor: Decimal | None = None
    """Move of the underlying, as a ratio."""
    mmr: Decimal | None = None
    """Maintenance margin, USD."""
    mmrRatio: Decimal | None = None
    """Maintenance margin ratio."""


@model
class MarginCurve(Row):
    """Margin as the price moves (``account/position-builder-graph``)."""

    type: str | None = None
    mmrData: tuple[MarginPoint, ...] = ()
    """Points of the curve."""


@model
class HedgeCurrency(Row):
    """A currency that shares its underlying with another (``public/delta-hedge-currencies``)."""

    ccy: str | None = None
    hedgeCcy: tuple[str, ...] = ()


@model
class DiscountTier(Row):
    """How much an amount of a currency counts as collateral."""

    discountRate: Decimal | None = None
    """Share of the value that counts, as a ratio."""
    liqPenaltyRate: Decimal | None = None
    """Penalty at liquidation, as a ratio."""
    minAmt: Decimal | None = None
    """Lower bound of the tier, in the currency."""
    maxAmt: Decimal | None = None
    """Upper bound of the tier, in the currency; None is no bound."""
    tier: str | None = None
    disCcyEq: Decimal | None = None
    """Discounted equity of maxAmt, in the currency."""


@model
class DiscountInfo(Row):
    """A tier of collateral in the older form."""

    discountRate: Decimal | None = None
    """Share of the value that counts, as a ratio."""
    maxAmt: Decimal | None = None
    """Upper bound of the tier."""
    minAmt: Decimal | None = None
    """Lower bound of the tier."""


@model
class DiscountRate(Row):
    """Collateral value of a currency (``public/discount-rate-interest-free-quota``)."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Amount free of interest, in ccy."""
    discountLv: str | None = None
    """Deprecated by OKX."""
    details: tuple[DiscountTier, ...] = ()
    collateralRestrict: bool | None = None
    """Deprecated by OKX, see colRes."""
    minDiscountRate: Decimal | None = None
    """Ratio for what is above the last tier."""
    colRes: str | None = None
    """Platform-wide restriction as collateral: "0" none, "1" near, "2" reached."""
    effTime: int | None = None
    """Epoch ms."""
    discountInfo: tuple[DiscountInfo, ...] = ()
    """Deprecated by OKX, see details."""


@model
class InsuranceFundDetail(Row):
    """A change of the insurance fund."""

    balance: Decimal | None = None
    """Balance, in ccy."""
    amt: Decimal | None = None
    """Change, in ccy."""
    ccy: str | None = None
    type: str | None = None
    """Kind of change: "regular_update", "liquidation_balance_deposit", "bankruptcy_loss", "platform_revenue", "adl"."""
    maxBal: Decimal | None = None
    """Highest balance of the last 8 hours."""
    maxBalTs: int | None = None
    """Epoch ms of that highest balance."""
    decRate: Decimal | None = None
    """How far the balance has fallen since, as a ratio."""
    adlType: str | None = None
    ts: int | None = None
    """Epoch ms."""


@model
class InsuranceFund(Row):
    """The fund that covers losses of liquidations (``public/insurance-fund``)."""

    instType: InstType | None = None
    total: Decimal | None = None
    """Balance of all funds of the type, USD."""
    instFamily: str | None = None
    details: tuple[InsuranceFundDetail, ...] = ()


@model
class LoanBasic(Row):
    """Borrowing rate and quota of a currency."""

    ccy: str | None = None
    rate: Decimal | None = None
    """Rate per day, as a ratio."""
    quota: Decimal | None = None
    """Most that can be borrowed, in the currency."""


@model
class LoanLevel(Row):
    """What a fee tier changes of a loan: factor on the quota, discount on the rate."""

    level: str | None = None
    """Fee tier: "VIP1", "Lv1"."""
    loanQuotaCoef: Decimal | None = None
    """Factor on the quota."""
    irDiscount: Decimal | None = None
    """Deprecated by OKX: discount on the rate."""


@model
class LoanRate(Row):
    """Borrowing rate of a currency with quotas of its own."""

    ccy: str | None = None
    rate: Decimal | None = None
    """Rate per day, as a ratio."""


@model
class LoanQuota(Row):
    """Quota of a currency by tier and strategy."""

    ccy: str | None = None
    stgyType: str | None = None
    """Strategy: "0" general, "1" delta neutral."""
    quota: Decimal | None = None
    """Most that can be borrowed."""
    level: str | None = None
    """Fee tier: "VIP1"."""


@model
class LoanQuotas(Row):
    """Borrowing rates and quotas (``public/interest-rate-loan-quota``)."""

    basic: tuple[LoanBasic, ...] = ()
    """Rates and quotas by currency."""
    vip: tuple[LoanLevel, ...] = ()
    """Factors for VIP tiers."""
    regular: tuple[LoanLevel, ...] = ()
    """Factors for the other tiers."""
    configCcyList: tuple[LoanRate, ...] = ()
    """Rates of currencies with quotas of their own."""
    config: tuple[LoanQuota, ...] = ()
    """Quotas of those currencies."""


@model
class PositionTier(Row):
    """Margin and leverage for positions of a size (``public/position-tiers``)."""

    instId: str | None = None
    tier: str | None = None
    minSz: Decimal | None = None
    """Least size of the tier: contracts; MARGIN: loans, in coins."""
    maxSz: Decimal | None = None
    """Largest size of the tier: contracts; MARGIN: loans, in coins."""
    imr: Decimal | None = None
    """Initial margin, as a ratio."""
    mmr: Decimal | None = None
    """Maintenance margin, as a ratio."""
    uly: str | None = None
    instFamily: str | None = None
    maxLever: Decimal | None = None
    """Highest leverage, as a factor."""
    optMgnFactor: Decimal | None = None
    """Options: factor on the margin."""
    quoteMaxLoan: Decimal | None = None
    """MARGIN: largest loan in quote currency."""
    baseMaxLoan: Decimal | None = None
    """MARGIN: largest loan in base currency."""


@model
class RiskBalance(Row):
    """One currency of an ``AccountPositionRisk``."""

    ccy: str | None = None
    eq: Decimal | None = None
    """Equity, in ccy."""
    disEq: Decimal | None = None
    """Discounted equity, USD."""


@model
class RiskPosition(Row):
    """One position of an ``AccountPositionRisk``."""

    instType: InstType | None = None
    instId: str | None = None
    posId: str | None = None
    posSide: PosSide | None = None
    mgnMode: MgnMode | None = None
    pos: Decimal | None = None
    """Contracts, MARGIN: coins; negative for short when posSide is "net"."""
    posCcy: str | None = None
    """MARGIN: the currency held."""
    ccy: str | None = None
    notionalCcy: Decimal | None = None
    """Value, in ccy."""
    notionalUsd: Decimal | None = None
    """Value, USD."""
    baseBal: Decimal | None = None
    """Deprecated by OKX."""
    quoteBal: Decimal | None = None
    """Deprecated by OKX."""


@model
class AccountPositionRisk(Row):
    """Balances and positions of one moment (``account/account-position-risk``)."""

    adjEq: Decimal | None = None
    """Effective equity, USD."""
    balData: tuple[RiskBalance, ...] = ()
    posData: tuple[RiskPosition, ...] = ()
    ts: int | None = None
    """Epoch ms."""


@model
class RiskState(Row):
    """Whether the account is at risk under portfolio margin (``account/risk-state``)."""

    atRisk: bool | None = None
    """Whether the account is at risk under portfolio margin."""
    atRiskIdx: tuple[str, ...] = ()
    """Risk units of derivatives that are at risk."""
    atRiskMgn: tuple[str, ...] = ()
    """Risk units of margin trading that are at risk."""
    ts: int | None = None
    """Epoch ms."""
    atRiskLevel: str | None = None


@model
class MmpConfig(Row):
    """Market-maker protection of an options family (``account/mmp-config``)."""

    instFamily: str | None = None
    mmpFrozen: bool | None = None
    """Whether the protection is triggered now."""
    mmpFrozenUntil: int | None = None
    """Epoch ms; None when not frozen, or frozen until reset."""
    timeInterval: int | None = None
    """Window in ms in which fills are counted; 0 is off."""
    frozenInterval: int | None = None
    """Time in ms for which orders are refused afterwards; 0: until reset."""
    qtyLimit: Decimal | None = None
    """Contracts filled within the window that trigger it."""


@model
class MovedFrom(Row):
    """The side that gives a position away."""

    posId: str | None = None
    instId: str | None = None
    px: Decimal | None = None
    """Price at which it is moved."""
    side: Side | None = None
    sz: Decimal | None = None
    """Size, contracts."""
    sCode: str | None = None
    """Verdict: "0" for none, else an error code."""
    sMsg: str | None = None
    """Text of that error."""


@model
class MovedTo(Row):
    """The side that gets a position."""

    instId: str | None = None
    px: Decimal | None = None
    """Price at which it is moved."""
    side: Side | None = None
    sz: Decimal | None = None
    """Size, contracts."""
    tdMode: TdMode | None = None
    posSide: PosSide | None = None
    ccy: str | None = None
    sCode: str | None = None
    """Verdict: "0" for none, else an error code."""
    sMsg: str | None = None
    """Text of that error."""


@model
class MovedLeg(Row):
    """One position that is moved."""

    from_: MovedFrom | None = wire("from")
    to: MovedTo | None = None


@model
class MovedPositions(Row):
    """A move of positions between accounts (``account/move-positions``, ``...-history``)."""

    clientId: str | None = None
    """Id that the client gave the move."""
    blockTdId: str | None = None
    """Id of the block trade."""
    state: str | None = None
    """State: "filled", "pending", "failed"."""
    ts: int | None = None
    """Epoch ms."""
    fromAcct: str | None = None
    toAcct: str | None = None
    legs: tuple[MovedLeg, ...] = ()


@model
class MarginChange(Row):
    """Margin added to or taken from an isolated position (``account/position/margin-balance``)."""

    instId: str | None = None
    posSide: PosSide | None = None
    amt: Decimal | None = None
    """Amount, in ccy."""
    type: str | None = None
    """Kind of change: "add" or "reduce"."""
    leverage: Decimal | None = None
    """Leverage after the change, as a factor."""
    ccy: str | None = None
