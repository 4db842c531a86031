"""Options, all of a family at once: Greeks and volatilities."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.models import Row, model


@model
class OptionSummary(Row):
    """Greeks and volatilities of an option (channel ``opt-summary``, REST ``public/opt-summary``).

    Volatilities are ratios: 1 is 100 %.
    """

    instType: InstType | None = None
    instId: str | None = None
    # Underlying index, "BTC-USD".
    uly: str | None = None
    # Greeks in coins.
    delta: Decimal | None = None
    gamma: Decimal | None = None
    vega: Decimal | None = None
    theta: Decimal | None = None
    # Greeks after Black-Scholes, in USD.
    deltaBS: Decimal | None = None
    gammaBS: Decimal | None = None
    vegaBS: Decimal | None = None
    thetaBS: Decimal | None = None
    # Factor.
    lever: Decimal | None = None
    # Implied volatility at the mark, bid and ask price.
    markVol: Decimal | None = None
    bidVol: Decimal | None = None
    askVol: Decimal | None = None
    # Volatility that was realised.
    realVol: Decimal | None = None
    # Implied volatility of at-the-money options.
    volLv: Decimal | None = None
    # Forward price.
    fwdPx: Decimal | None = None
    # REST only: yield per year of buying and of selling, distance of the strike from the forward price; ratios.
    buyApr: Decimal | None = None
    sellApr: Decimal | None = None
    distance: Decimal | None = None
    # Epoch ms.
    ts: int | None = None
