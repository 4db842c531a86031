"""Public market data of V2 futures as REST answers it. Prices are in quote currency, sizes in base currency.

Sizes are in base currency for contracts of every product type, those of ``COIN-FUTURES`` as well.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.words import Side
from okx_sync.rows import BookLevel, Row, model

__all__ = [
    "MixBook",
    "MixCandle",
    "MixFundingRate",
    "MixFundingSettlement",
    "MixFundingTime",
    "MixOpenInterest",
    "MixOpenInterestLimit",
    "MixOpenInterestSize",
    "MixPositionTier",
    "MixPrices",
    "MixPublicTrade",
    "MixTicker",
    "MixVipFees",
]


@model(positional=True)
class MixCandle(Row):
    """A candle (``GET /api/v2/mix/market/candles`` and its historic sisters); of mark and index prices without sizes.

    Nothing says that it is over.
    """

    ts: int | None = None
    """Epoch ms at which the candle opened."""
    o: Decimal | None = None
    """Opening price."""
    h: Decimal | None = None
    """Highest price."""
    l: Decimal | None = None  # noqa: E741  one letter as its neighbours
    """Lowest price."""
    c: Decimal | None = None
    """Closing price, or the last one so far."""
    baseVol: Decimal | None = None
    """Volume in base currency."""
    quoteVol: Decimal | None = None
    """Volume in quote currency."""


@model
class MixTicker(Row):
    """Best prices, last trade, funding and 24 h figures of a contract (``GET /api/v2/mix/market/tickers``)."""

    symbol: str | None = None
    lastPr: Decimal | None = None
    """Price of the last trade."""
    askPr: Decimal | None = None
    """Best ask price."""
    bidPr: Decimal | None = None
    """Best bid price."""
    bidSz: Decimal | None = None
    """Size at the best bid price, in base currency."""
    askSz: Decimal | None = None
    """Size at the best ask price, in base currency."""
    high24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    low24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    ts: int | None = None
    """Epoch ms."""
    change24h: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    baseVolume: Decimal | None = None
    """Volume of the last 24 hours, in base currency."""
    quoteVolume: Decimal | None = None
    """Volume of the last 24 hours, in quote currency."""
    usdtVolume: Decimal | None = None
    """Volume of the last 24 hours, in USDT."""
    openUtc: Decimal | None = None
    """Price at 00:00 UTC."""
    changeUtc24h: Decimal | None = None
    """Change since 00:00 UTC as a ratio."""
    indexPrice: Decimal | None = None
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    holdingAmount: Decimal | None = None
    """Open interest, in base currency."""
    open24h: Decimal | None = None
    """Price 24 hours ago."""
    deliveryStartTime: int | None = None
    """Delivery contracts only: epoch ms at which the delivery begins."""
    deliveryTime: int | None = None
    """Delivery contracts only: epoch ms of the delivery."""
    deliveryStatus: str | None = None
    """Delivery contracts only: state on the way to the delivery, such as "delivery_normal"."""
    markPrice: Decimal | None = None


@model
class MixPublicTrade(Row):
    """A public trade (``GET /api/v2/mix/market/fills`` and ``fills-history``).

    The recent listing writes ``side`` in small letters, the historic one ``Buy`` and ``Sell``.
    """

    tradeId: str | None = None
    price: Decimal | None = None
    """Price in quote currency."""
    size: Decimal | None = None
    """Size in base currency."""
    side: Side | None = None
    """Side of the taker: "buy" or "sell", in the historic listing "Buy" or "Sell"."""
    ts: int | None = None
    """Epoch ms of the trade."""
    symbol: str | None = None


@model
class MixBook(Row):
    """An order book (``GET /api/v2/mix/market/merge-depth``), best prices first."""

    asks: tuple[BookLevel, ...] = ()
    """Asks; sizes in base currency."""
    bids: tuple[BookLevel, ...] = ()
    """Bids; sizes in base currency."""
    precision: str | None = None
    """How far prices are merged: "scale0" (not) to "scale3"."""
    scale: Decimal | None = None
    """Distance of the merged prices, in quote currency."""
    isMaxPrecision: bool | None = None
    """Whether they cannot be merged further. Text "YES"/"NO" on the wire."""
    ts: int | None = None
    """Epoch ms."""


@model
class MixFundingRate(Row):
    """The funding rate in force (``GET /api/v2/mix/market/current-fund-rate``). Rates are ratios: 0.0001 is 0.01 %."""

    symbol: str | None = None
    fundingRate: Decimal | None = None
    """Rate as a ratio; positive: longs pay shorts."""
    fundingRateInterval: int | None = None
    """Hours from one funding to the next."""
    nextUpdate: int | None = None
    """Epoch ms of the next funding."""
    minFundingRate: Decimal | None = None
    """Lowest rate, as a ratio."""
    maxFundingRate: Decimal | None = None
    """Highest rate, as a ratio."""


@model
class MixFundingSettlement(Row):
    """A funding that was settled (``GET /api/v2/mix/market/history-fund-rate``)."""

    symbol: str | None = None
    fundingRate: Decimal | None = None
    """Rate as a ratio: 0.0001 is 0.01 %; positive: longs paid shorts."""
    fundingTime: int | None = None
    """Epoch ms of the settlement."""


@model
class MixFundingTime(Row):
    """When the next funding is (``GET /api/v2/mix/market/funding-time``)."""

    symbol: str | None = None
    nextFundingTime: int | None = None
    """Epoch ms of the next funding."""
    ratePeriod: int | None = None
    """Hours from one funding to the next."""


@model
class MixOpenInterestSize(Row):
    """Open interest of a contract."""

    symbol: str | None = None
    size: Decimal | None = None
    """Open interest, in base currency."""


@model
class MixOpenInterest(Row):
    """Open interest (``GET /api/v2/mix/market/open-interest``)."""

    openInterestList: tuple[MixOpenInterestSize, ...] = ()
    """Open interest by contract."""
    ts: int | None = None
    """Epoch ms."""


@model
class MixOpenInterestLimit(Row):
    """How large positions may be (``GET /api/v2/mix/market/oi-limit``)."""

    symbol: str | None = None
    notionalValue: Decimal | None = None
    """Largest value of a user's positions, in quote currency."""
    totalNotionalValue: Decimal | None = None
    """Largest value of the positions of a user's main and sub-accounts together, in quote currency."""


@model
class MixPositionTier(Row):
    """A tier of position sizes with its margin (``GET /api/v2/mix/market/query-position-lever``)."""

    symbol: str | None = None
    level: int | None = None
    """Number of the tier."""
    startUnit: Decimal | None = None
    """Least value of a position of this tier, in quote currency."""
    endUnit: Decimal | None = None
    """Greatest value of a position of this tier, in quote currency."""
    leverage: Decimal | None = None
    """Highest leverage, as a factor."""
    keepMarginRate: Decimal | None = None
    """Maintenance margin rate, as a ratio."""


@model
class MixPrices(Row):
    """Last, index and mark price of a contract (``GET /api/v2/mix/market/symbol-price``)."""

    symbol: str | None = None
    price: Decimal | None = None
    """Price of the last trade."""
    indexPrice: Decimal | None = None
    markPrice: Decimal | None = None
    ts: int | None = None
    """Epoch ms."""


@model
class MixVipFees(Row):
    """Fees of a VIP level (``GET /api/v2/mix/market/vip-fee-rate``)."""

    level: int | None = None
    """Number of the level."""
    dealAmount: Decimal | None = None
    """Volume that it needs, in USDT."""
    assetAmount: Decimal | None = None
    """Assets that it needs, in USDT."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio."""
    btcWithdrawAmount: Decimal | None = None
    """Most that can be withdrawn in 24 hours, in BTC."""
    usdtWithdrawAmount: Decimal | None = None
    """Most that can be withdrawn in 24 hours, in USDT."""
