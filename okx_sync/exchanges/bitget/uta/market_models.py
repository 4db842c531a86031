"""Public market data of V3: prices, books, candles, trades, funding, reserves.

Prices are in quote currency, sizes in base currency unless a field says other. Pages: "Market" of Bitget's UTA guide.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.uta.words import Category
from okx_sync.exchanges.bitget.words import Side
from okx_sync.rows import BookLevel, Row, envelope, model

__all__ = [
    "UtaBook",
    "UtaCandle",
    "UtaCoinDiscount",
    "UtaDiscountTier",
    "UtaFeeGroup",
    "UtaFeeLabel",
    "UtaFeeTier",
    "UtaFundingRate",
    "UtaIndexComponent",
    "UtaIndexComponents",
    "UtaLiquidation",
    "UtaMarginLoan",
    "UtaOpenInterest",
    "UtaOpenInterestLimit",
    "UtaPastFunding",
    "UtaPositionTier",
    "UtaPublicTrade",
    "UtaReserveAsset",
    "UtaReserveProof",
    "UtaRiskReserve",
    "UtaRiskReserveFund",
    "UtaRiskReserveRecord",
    "UtaRpiBook",
    "UtaRpiLevel",
    "UtaRpiSymbol",
    "UtaServerTime",
    "UtaTicker",
]


@model
class UtaServerTime(Row):
    """Bitget's clock (``GET /api/v3/market/time``)."""

    serverTime: int | None = None
    """Epoch ms."""


@model
class UtaTicker(Row):
    """Best prices, last trade and 24 h figures of an instrument (``GET /api/v3/market/tickers``)."""

    category: Category | None = None
    symbol: str | None = None
    lastPrice: Decimal | None = None
    """Price of the last trade."""
    openPrice24h: Decimal | None = None
    """Price 24 hours ago."""
    highPrice24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    lowPrice24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    ask1Price: Decimal | None = None
    """Best ask price."""
    bid1Price: Decimal | None = None
    """Best bid price."""
    bid1Size: Decimal | None = None
    """Size at the best bid price."""
    ask1Size: Decimal | None = None
    """Size at the best ask price."""
    price24hPcnt: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    volume24h: Decimal | None = None
    """Volume of the last 24 hours in base currency."""
    turnover24h: Decimal | None = None
    """Turnover of the last 24 hours in quote currency."""
    platformTurnover24h: Decimal | None = None
    """Turnover of the last 24 hours in quote currency, of the whole platform; one source has it."""
    indexPrice: Decimal | None = None
    """Futures only."""
    markPrice: Decimal | None = None
    """Futures only."""
    fundingRate: Decimal | None = None
    """Futures only: funding rate as a ratio: 0.0001 is 0.01 %."""
    openInterest: Decimal | None = None
    """Futures only: open interest in base currency."""
    deliveryStartTime: int | None = None
    """Delivery futures only: epoch ms at which the delivery starts."""
    deliveryTime: int | None = None
    """Delivery futures only: epoch ms of the delivery."""
    deliveryStatus: str | None = None
    """Delivery futures only: for example ``"delivery_normal"`` or ``"delivery_period"``."""
    ts: int | None = None
    """Epoch ms."""


@model
class UtaBook(Row):
    """An order book, best prices first (``GET /api/v3/market/orderbook``)."""

    a: tuple[BookLevel, ...] = ()
    """Asks."""
    b: tuple[BookLevel, ...] = ()
    """Bids."""
    ts: int | None = None
    """Epoch ms."""


@model(positional=True)
class UtaRpiLevel(Row):
    """A price level with its retail price improvement orders told apart."""

    price: Decimal | None = None
    """Price in quote currency."""
    size: Decimal | None = None
    """Size of ordinary orders in base currency."""
    rpiSize: Decimal | None = None
    """Size of retail price improvement orders in base currency."""


@model
class UtaRpiBook(Row):
    """An order book with retail price improvement orders (``GET /api/v3/market/rpi-orderbook``)."""

    a: tuple[UtaRpiLevel, ...] = ()
    """Asks."""
    b: tuple[UtaRpiLevel, ...] = ()
    """Bids."""
    ts: int | None = None
    """Epoch ms."""


@model
class UtaRpiSymbol(Row):
    """An instrument that has retail price improvement orders (``GET /api/v3/market/rpi-symbols``)."""

    category: Category | None = None
    symbol: str | None = None


@model(positional=True)
class UtaCandle(Row):
    """A candle (``GET /api/v3/market/candles`` and ``/api/v3/market/history-candles``)."""

    ts: int | None = None
    """Epoch ms at which it opened."""
    open: Decimal | None = None
    """Opening price."""
    high: Decimal | None = None
    """Highest price."""
    low: Decimal | None = None
    """Lowest price."""
    close: Decimal | None = None
    """Closing price, or the last one so far."""
    volume: Decimal | None = None
    """Volume in base currency."""
    turnover: Decimal | None = None
    """Turnover in quote currency."""


@model
class UtaPublicTrade(Row):
    """A public trade (``GET /api/v3/market/fills``)."""

    execId: str | None = None
    """Id of the trade."""
    execLinkId: str | None = None
    """Id that ties both sides of the trade."""
    price: Decimal | None = None
    """Price in quote currency."""
    size: Decimal | None = None
    """Size in base currency; one source says in quote currency for COIN-FUTURES."""
    side: Side | None = None
    """Side of the taker."""
    ts: int | None = None
    """Epoch ms."""
    isRPI: bool | None = None
    """Whether a retail price improvement order was in it. Text "yes"/"no" on the wire."""


@model
class UtaLiquidation(Row):
    """A liquidation of anybody's position (``GET /api/v3/market/liquidations``)."""

    symbol: str | None = None
    side: Side | None = None
    """Side of the liquidation: "buy" liquidates a long position, by the page of the stream."""
    price: Decimal | None = None
    amount: Decimal | None = None
    """Size in base currency."""
    ts: int | None = None
    """Epoch ms."""


@model
class UtaFundingRate(Row):
    """The funding rate of the next settlement (``GET /api/v3/market/current-fund-rate``)."""

    symbol: str | None = None
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    fundingRateInterval: int | None = None
    """Hours from one funding to the next."""
    nextUpdate: int | None = None
    """Epoch ms of the next settlement."""
    minFundingRate: Decimal | None = None
    """Lowest rate as a ratio."""
    maxFundingRate: Decimal | None = None
    """Highest rate as a ratio."""
    cashDividend: Decimal | None = None
    """Contracts on shares only: dividend of the next settlement."""
    cashDividendNextUpdate: int | None = None
    """Contracts on shares only: epoch ms of the next dividend."""


@model
class UtaPastFunding(Row):
    """A settlement of funding (``GET /api/v3/market/history-fund-rate``)."""

    symbol: str | None = None
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    fundingRateTimestamp: int | None = None
    """Epoch ms of the settlement."""


@model
class UtaOpenInterest(Row):
    """Open interest of a contract (``GET /api/v3/market/open-interest``)."""

    ts: int | None = envelope("ts")
    """Epoch ms of the answer."""
    symbol: str | None = None
    openInterest: Decimal | None = None
    """Open interest in base currency."""


@model
class UtaOpenInterestLimit(Row):
    """How much open interest a contract may have (``GET /api/v3/market/oi-limit``)."""

    symbol: str | None = None
    notionalValue: Decimal | None = None
    """Most that one account may hold, in quote currency."""
    totalNotionalValue: Decimal | None = None
    """Most that an account and its sub-accounts may hold together, in quote currency."""


@model
class UtaPositionTier(Row):
    """A tier of position sizes with margin and leverage (``GET /api/v3/market/position-tier``)."""

    tier: int | None = None
    """Number of the tier, 1 for the smallest positions."""
    leverage: Decimal | None = None
    """Highest leverage, as a factor."""
    minTierValue: Decimal | None = None
    """Smallest position of the tier, in quote currency; margin trading: in the coin."""
    maxTierValue: Decimal | None = None
    """Largest position of the tier, in quote currency; margin trading: in the coin."""
    mmr: Decimal | None = None
    """Maintenance margin rate as a ratio."""


@model
class UtaDiscountTier(Row):
    """How much of a coin counts as margin from an amount on."""

    tierStartValue: Decimal | None = None
    """Amount from which the tier holds, in USD."""
    discountRate: Decimal | None = None
    """Share that counts, as a ratio: 0.95 is 95 %."""


@model
class UtaCoinDiscount(Row):
    """The discount tiers of a coin (``GET /api/v3/market/discount-rate``)."""

    coin: str | None = None
    list: tuple[UtaDiscountTier, ...] = ()
    """Tiers, smallest amount first."""


@model
class UtaMarginLoan(Row):
    """Interest and limits of borrowing a coin (``GET /api/v3/market/margin-loans``)."""

    dailyInterest: Decimal | None = None
    """Interest of a day as a ratio."""
    annualInterest: Decimal | None = None
    """Interest of a year as a ratio."""
    limit: Decimal | None = None
    """Most that can be borrowed, in the coin."""
    masterSubLimit: Decimal | None = None
    """Most that an account and its sub-accounts can borrow together, in the coin."""
    platformRemaingQuota: Decimal | None = None
    """What the platform still has to lend, in the coin. The spelling is Bitget's."""


@model
class UtaFeeLabel(Row):
    """A part of a fee group."""

    weight: Decimal | None = None
    label: str | None = None
    symbols: tuple[str, ...] = ()
    """Instruments of this label."""


@model
class UtaFeeTier(Row):
    """Fees of a VIP level, as ratios."""

    level: str | None = None
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""


@model
class UtaFeeGroup(Row):
    """A group of instruments with its fees (``GET /api/v3/market/fee-group``)."""

    category: Category | None = None
    group: str | None = None
    labelList: tuple[UtaFeeLabel, ...] = ()
    tierList: tuple[UtaFeeTier, ...] = ()


@model
class UtaIndexComponent(Row):
    """A market that an index is made of."""

    exchange: str | None = None
    spotPair: str | None = None
    equivalentPrice: Decimal | None = None
    """Price there, converted to the currency of the index."""
    weight: Decimal | None = None
    """Weight as a ratio."""


@model
class UtaIndexComponents(Row):
    """The markets that an index is made of (``GET /api/v3/market/index-components``)."""

    symbol: str | None = None
    componentList: tuple[UtaIndexComponent, ...] = ()


@model
class UtaReserveAsset(Row):
    """What is there of a coin, and what users own of it."""

    coin: str | None = None
    platformAssets: Decimal | None = None
    """What Bitget has, in the coin."""
    userAssets: Decimal | None = None
    """What users own, in the coin."""
    reserveRatio: str | None = None
    """What Bitget has over what users own, as text with a percent sign."""


@model
class UtaReserveProof(Row):
    """Bitget's proof of reserves (``GET /api/v3/market/proof-of-reserves``)."""

    merkleRootHash: str | None = None
    totalReserveRatio: str | None = None
    """All that Bitget has over all that users own, as text with a percent sign."""
    list: tuple[UtaReserveAsset, ...] = ()
    """Coins."""


@model
class UtaRiskReserveRecord(Row):
    """A change of a risk reserve."""

    type: str | None = None
    """Daily records only; Bitget no longer fills it."""
    amount: Decimal | None = None
    """Change, in the coin of the reserve."""
    balance: Decimal | None = None
    """Balance behind it, in the coin of the reserve."""
    ts: int | None = None
    """Epoch ms."""


@model
class UtaRiskReserve(Row):
    """The risk reserve of a contract (``GET /api/v3/market/risk-reserve`` and ``/api/v3/market/risk-reserve-hour``)."""

    totalBalance: Decimal | None = None
    """Daily records only, in the coin of the reserve; Bitget no longer fills it."""
    coin: str | None = None
    riskReserveRecords: tuple[UtaRiskReserveRecord, ...] = ()


@model
class UtaRiskReserveFund(Row):
    """A risk reserve as it is now (``GET /api/v3/market/risk-reserve-all``)."""

    symbols: tuple[str, ...] = ()
    """Contracts that it covers."""
    coin: str | None = None
    balance: Decimal | None = None
    """Balance, in the coin."""
