"""Rows of the position builder: margin of positions that are only thought of."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, PosSide
from okx_sync.models import Row, model


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
