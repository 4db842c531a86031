"""Instruments of Bybit with their trading rules, and their 24 h figures, as REST lists them.

Which fields there are depends on the category. Pages: "Get Instruments Info" and "Get Tickers" of the V5 documentation.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model

__all__ = [
    "Instrument",
    "InstrumentTicker",
    "LeverageFilter",
    "LotSizeFilter",
    "PreListingFees",
    "PreListingInfo",
    "PreListingPhase",
    "PriceFilter",
    "RiskParameters",
]


@model
class LeverageFilter(Row):
    """Leverage of a contract."""

    minLeverage: Decimal | None = None
    """Lowest leverage."""
    maxLeverage: Decimal | None = None
    """Highest leverage."""
    leverageStep: Decimal | None = None
    """Step of the leverage."""


@model
class PriceFilter(Row):
    """Prices of an instrument, in quote currency."""

    minPrice: Decimal | None = None
    """Lowest price of an order; not on spot."""
    maxPrice: Decimal | None = None
    """Highest price of an order; not on spot."""
    tickSize: Decimal | None = None
    """Step of the price."""


@model
class LotSizeFilter(Row):
    """Sizes of an instrument: base currency on spot and linear, USD on inverse, contracts on options."""

    minNotionalValue: Decimal | None = None
    """Contracts only: lowest value of an order in quote currency."""
    maxOrderQty: Decimal | None = None
    """Largest size of a limit order."""
    maxMktOrderQty: Decimal | None = None
    """Contracts only: largest size of a market order."""
    minOrderQty: Decimal | None = None
    """Smallest size of an order."""
    qtyStep: Decimal | None = None
    """Step of the size; on spot it is ``basePrecision``."""
    postOnlyMaxOrderQty: Decimal | None = None
    """Largest size of a post-only order."""
    basePrecision: Decimal | None = None
    """Spot only: step of the size in base currency."""
    quotePrecision: Decimal | None = None
    """Spot only: step of an amount in quote currency."""
    minOrderAmt: Decimal | None = None
    """Spot only: lowest value of an order in quote currency."""
    maxOrderAmt: Decimal | None = None
    """Spot only: highest value of an order in quote currency."""
    maxLimitOrderQty: Decimal | None = None
    """Spot only: largest size of a limit order."""
    maxMarketOrderQty: Decimal | None = None
    """Spot only: largest size of a market order."""
    postOnlyMaxLimitOrderSize: Decimal | None = None
    """Spot only: largest size of a post-only order."""


@model
class RiskParameters(Row):
    """How far an order's price may be from the market's; not of options."""

    priceLimitRatioX: Decimal | None = None
    """Ratio X of Bybit's price limits."""
    priceLimitRatioY: Decimal | None = None
    """Ratio Y of Bybit's price limits."""


@model
class PreListingPhase(Row):
    """A phase before the listing."""

    phase: str | None = None
    startTime: int | None = None
    """Epoch ms."""
    endTime: int | None = None
    """Epoch ms."""


@model
class PreListingFees(Row):
    """Fees before the listing, as ratios."""

    auctionFeeRate: Decimal | None = None
    """Fee of the call auction as a ratio."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio."""


@model
class PreListingInfo(Row):
    """What is known before a contract is listed."""

    curAuctionPhase: str | None = None
    """Phase that it is in."""
    phases: tuple[PreListingPhase, ...] = ()
    auctionFeeInfo: PreListingFees | None = None
    skipCallAuction: bool | None = None


@model
class Instrument(Row):
    """An instrument and its trading rules (``GET /v5/market/instruments-info``)."""

    symbol: str | None = None
    symbolId: str | None = None
    contractType: str | None = None
    """Contracts only: for example ``"LinearPerpetual"``."""
    status: str | None = None
    """State, for example ``"Trading"``, ``"PreLaunch"``, ``"Delivering"`` or ``"Closed"``."""
    baseCoin: str | None = None
    quoteCoin: str | None = None
    settleCoin: str | None = None
    """Currency of profit and loss; not on spot."""
    launchTime: int | None = None
    """Epoch ms of the start; not on spot."""
    deliveryTime: int | None = None
    """Epoch ms of the delivery, 0 for perpetuals; not on spot."""
    deliveryFeeRate: Decimal | None = None
    """Fee of the delivery as a ratio; not on spot."""
    priceScale: int | None = None
    """Contracts only: digits of the price behind the point."""
    leverageFilter: LeverageFilter | None = None
    """Contracts only."""
    priceFilter: PriceFilter | None = None
    lotSizeFilter: LotSizeFilter | None = None
    unifiedMarginTrade: bool | None = None
    """Contracts only: whether unified accounts can trade it."""
    fundingInterval: int | None = None
    """Contracts only: minutes from one funding to the next."""
    copyTrading: str | None = None
    """Contracts only: on which sides it can be copied."""
    upperFundingRate: Decimal | None = None
    """Contracts only: highest funding rate as a ratio."""
    lowerFundingRate: Decimal | None = None
    """Contracts only: lowest funding rate as a ratio."""
    displayName: str | None = None
    forbidUplWithdrawal: bool | None = None
    """Contracts only: whether unrealized profit cannot be withdrawn."""
    riskParameters: RiskParameters | None = None
    isPreListing: bool | None = None
    """Contracts only: whether it is before its listing."""
    preListingInfo: PreListingInfo | None = None
    """Contracts only."""
    optionsType: str | None = None
    """Options only: ``"Call"`` or ``"Put"``."""
    innovation: bool | None = None
    """Spot only: whether it is in the innovation zone."""
    symbolType: str | None = None
    """Region or kind of the symbol."""
    xstockMultiplier: Decimal | None = None
    """Spot only: what a tokenized share is multiplied by, as a factor."""
    marginTrading: str | None = None
    """Spot only: which accounts can trade it on margin."""
    stTag: bool | None = None
    """Spot only: whether it is under special treatment."""


@model
class InstrumentTicker(Row):
    """Best prices, last trade and 24 h figures of an instrument (``GET /v5/market/tickers``)."""

    symbol: str | None = None
    lastPrice: Decimal | None = None
    """Price of the last trade."""
    indexPrice: Decimal | None = None
    """Index price; not on spot."""
    markPrice: Decimal | None = None
    """Mark price; not on spot."""
    prevPrice24h: Decimal | None = None
    """Price 24 hours ago."""
    price24hPcnt: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    highPrice24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    lowPrice24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    prevPrice1h: Decimal | None = None
    """Price an hour ago."""
    openInterest: Decimal | None = None
    """Open interest of both sides in base currency (inverse contracts: USD)."""
    openInterestValue: Decimal | None = None
    """Open interest in quote currency (inverse contracts: base currency)."""
    singleOpenInterest: Decimal | None = None
    """Open interest of one side in base currency (inverse contracts: USD)."""
    singleOpenInterestValue: Decimal | None = None
    """Open interest of one side in quote currency (inverse contracts: base currency)."""
    turnover24h: Decimal | None = None
    """Turnover of the last 24 hours in quote currency (inverse contracts: base currency)."""
    volume24h: Decimal | None = None
    """Volume of the last 24 hours in base currency (inverse contracts: USD)."""
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    nextFundingTime: int | None = None
    """Epoch ms of the next funding."""
    predictedDeliveryPrice: Decimal | None = None
    """Futures with an end and options: predicted price of the delivery."""
    basisRate: Decimal | None = None
    """Futures with an end: basis as a ratio."""
    basis: Decimal | None = None
    """Futures with an end: basis in quote currency."""
    deliveryFeeRate: Decimal | None = None
    """Futures with an end: fee of the delivery as a ratio."""
    deliveryTime: int | None = None
    """Futures with an end: epoch ms of the delivery, 0 for perpetuals."""
    bid1Price: Decimal | None = None
    """Best bid price."""
    bid1Size: Decimal | None = None
    """Size at the best bid price."""
    ask1Price: Decimal | None = None
    """Best ask price."""
    ask1Size: Decimal | None = None
    """Size at the best ask price."""
    preOpenPrice: Decimal | None = None
    """Before a contract is listed: estimated opening price."""
    preQty: Decimal | None = None
    """Before a contract is listed: estimated size at the opening."""
    curPreListingPhase: str | None = None
    """Before a contract is listed: its phase."""
    fundingIntervalHour: int | None = None
    """Hours from one funding to the next."""
    fundingCap: Decimal | None = None
    """Limit of the funding rate in both directions, as a ratio."""
    basisRateYear: Decimal | None = None
    """Futures with an end: basis per year, as a ratio."""
    bid1Iv: Decimal | None = None
    """Options only: implied volatility of the best bid; 1 is 100 %."""
    ask1Iv: Decimal | None = None
    """Options only: implied volatility of the best ask; 1 is 100 %."""
    markIv: Decimal | None = None
    """Options only: implied volatility of the mark price; 1 is 100 %."""
    underlyingPrice: Decimal | None = None
    """Options only: price of the underlying."""
    totalVolume: Decimal | None = None
    """Options only: volume so far in contracts."""
    totalTurnover: Decimal | None = None
    """Options only: turnover so far in quote currency."""
    delta: Decimal | None = None
    """Options only: change of the price for a change of the underlying by 1."""
    gamma: Decimal | None = None
    """Options only: change of delta for a change of the underlying by 1."""
    vega: Decimal | None = None
    """Options only: change of the price for a change of the volatility."""
    theta: Decimal | None = None
    """Options only: change of the price with time."""
    change24h: Decimal | None = None
    """Options only: change of the last 24 hours as a ratio."""
    usdIndexPrice: Decimal | None = None
    """Spot only: index price in USD."""
