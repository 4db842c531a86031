"""What the account's positions put at risk: liquidation warnings and Greeks."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType, MgnMode, PosSide
from okx_sync.models import Row, envelope, model


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
