"""Public market data of V5, and the order books of the seed protocol.

Prices are in the quote currency, sizes in the base currency (inverse: in USD). Pages: "Websocket Stream / Public" of
Bybit's V5 documentation; "Orderbook" of the USDC perpetual one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.book_rows import book_rows
from okx_sync.exchanges.bybit.words import PushType, Side, TickDirection
from okx_sync.rows import BookLevel, Row, envelope, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.state.book.book_change import BookChange

__all__ = [
    "AdlAlert",
    "AdlPool",
    "BookUpdate",
    "Candle",
    "DeliveryPrice",
    "FeeGroup",
    "FeeLevel",
    "FeeRates",
    "FundingRate",
    "HistoricalVolatility",
    "IndexComponent",
    "IndexComponents",
    "Insurance",
    "InsuranceFund",
    "Liquidation",
    "LongShortRatio",
    "OpenInterest",
    "OrderPriceLimit",
    "PriceCandle",
    "PriceLimit",
    "PublicTrade",
    "RestBook",
    "RiskLimit",
    "RpiBook",
    "RpiLevel",
    "SeedBookUpdate",
    "SeedLevel",
    "ServerTime",
    "Ticker",
    "Trade",
    "TradeCandle",
    "UnlinkedBookUpdate",
    "last_part",
]

_TOP_ONLY: Final = 1
_ID_SCALE: Final = Decimal(10_000)


def last_part(message: dict[str, Any]) -> str | None:
    """Return what a topic is about, where its rows do not say it: ``BTCUSDT`` of ``kline.1.BTCUSDT``."""
    topic = message.get("topic")
    return topic.rpartition(".")[2] if type(topic) is str else None


@model
class Trade(Row):
    """A public trade (channel ``publicTrade``). A push has up to 1024 of them."""

    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    T: int | None = None
    """Epoch ms of the trade."""
    s: str | None = None
    """Symbol."""
    S: Side | None = None
    """Side of the taker."""
    v: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""
    p: Decimal | None = None
    """Price in quote currency."""
    L: TickDirection | None = None
    """Direction of the price; not for options."""
    i: str | None = None
    """Id of the trade."""
    BT: bool | None = None
    """Whether it is a block trade."""
    RPI: bool | None = None
    """Whether it is a trade with a retail price improvement order."""
    seq: int | None = None
    """Cross sequence; not unique, and with holes."""
    mP: Decimal | None = None
    """Options only: mark price."""
    iP: Decimal | None = None
    """Options only: index price."""
    mIv: Decimal | None = None
    """Options only: mark volatility."""
    iv: Decimal | None = None
    """Options only: volatility of the trade."""


@model
class Ticker(Row):
    """Best prices, last trade and 24 h figures (channel ``tickers``), always whole.

    On the wire, updates of futures carry only what changed; the rest is filled in before it gets here. ``extra`` and
    ``to_wire()`` are of the whole row.
    """

    type: PushType | None = envelope("type")
    """Type of the push: "delta" when only a part of it was sent."""
    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    cs: int | None = envelope("cs")
    """Cross sequence, to be compared between channels."""
    symbol: str | None = None
    tickDirection: TickDirection | None = None
    price24hPcnt: Decimal | None = None
    """Change of the last 24 hours as a ratio: 0.01 is 1 %."""
    lastPrice: Decimal | None = None
    """Price of the last trade."""
    prevPrice24h: Decimal | None = None
    """Price 24 hours ago."""
    highPrice24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    lowPrice24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    prevPrice1h: Decimal | None = None
    """Price an hour ago."""
    markPrice: Decimal | None = None
    indexPrice: Decimal | None = None
    openInterest: Decimal | None = None
    """Open interest in base currency (inverse contracts: USD)."""
    openInterestValue: Decimal | None = None
    """Open interest in quote currency (inverse contracts: base currency)."""
    singleOpenInterest: Decimal | None = None
    singleOpenInterestValue: Decimal | None = None
    turnover24h: Decimal | None = None
    """Turnover of the last 24 hours in quote currency (inverse contracts: base currency)."""
    volume24h: Decimal | None = None
    """Volume of the last 24 hours in base currency (inverse contracts: USD)."""
    nextFundingTime: int | None = None
    """Epoch ms of the next funding."""
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    fundingIntervalHour: Decimal | None = None
    """Hours from one funding to the next."""
    fundingCap: Decimal | None = None
    """Limit of the funding rate in both directions, as a ratio."""
    bid1Price: Decimal | None = None
    """Best bid price."""
    bid1Size: Decimal | None = None
    """Size at the best bid price."""
    ask1Price: Decimal | None = None
    """Best ask price."""
    ask1Size: Decimal | None = None
    """Size at the best ask price."""
    deliveryTime: str | None = None
    """Futures with an end: time of delivery. Text, as Bybit sends dates in more than one form."""
    basis: Decimal | None = None
    """Futures with an end."""
    basisRate: Decimal | None = None
    """Futures with an end: basis as a ratio."""
    basisRateYear: Decimal | None = None
    """Futures with an end: basis per year, as a ratio."""
    deliveryFeeRate: Decimal | None = None
    """Futures with an end: fee of the delivery, as a ratio."""
    predictedDeliveryPrice: Decimal | None = None
    """Futures with an end and options: predicted price of the delivery."""
    preOpenPrice: Decimal | None = None
    """Before a contract is listed for trading."""
    preQty: Decimal | None = None
    """Before a contract is listed for trading."""
    curPreListingPhase: str | None = None
    """Before a contract is listed for trading."""
    usdIndexPrice: Decimal | None = None
    """Spot only: index price in USD."""
    bidPrice: Decimal | None = None
    """Options only: best bid price."""
    bidSize: Decimal | None = None
    """Options only: size at the best bid price."""
    bidIv: Decimal | None = None
    """Options only: implied volatility of the best bid; 1 is 100 %."""
    askPrice: Decimal | None = None
    """Options only: best ask price."""
    askSize: Decimal | None = None
    """Options only: size at the best ask price."""
    askIv: Decimal | None = None
    """Options only: implied volatility of the best ask; 1 is 100 %."""
    markPriceIv: Decimal | None = None
    """Options only: implied volatility of the mark price; 1 is 100 %."""
    underlyingPrice: Decimal | None = None
    """Options only: price of the underlying."""
    totalVolume: Decimal | None = None
    """Options only: volume so far."""
    totalTurnover: Decimal | None = None
    """Options only: turnover so far."""
    delta: Decimal | None = None
    """Options only."""
    gamma: Decimal | None = None
    """Options only."""
    vega: Decimal | None = None
    """Options only."""
    theta: Decimal | None = None
    """Options only."""
    change24h: Decimal | None = None
    """Options only: change of the last 24 hours."""


@model
class Candle(Row):
    """A candle (channel ``kline.*``). Sent again while it grows; ``confirm`` is True on the last one."""

    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    symbol: str | None = envelope(last_part)
    start: int | None = None
    """Epoch ms of the first moment."""
    end: int | None = None
    """Epoch ms of the last moment."""
    interval: str | None = None
    """Length: minutes, or D, W, M."""
    open: Decimal | None = None
    """Opening price."""
    close: Decimal | None = None
    """Closing price, or the last one so far."""
    high: Decimal | None = None
    """Highest price."""
    low: Decimal | None = None
    """Lowest price."""
    volume: Decimal | None = None
    """Volume in base currency (inverse contracts: USD)."""
    turnover: Decimal | None = None
    """Turnover in quote currency (inverse contracts: base currency)."""
    confirm: bool | None = None
    """True when the candle is over."""
    timestamp: int | None = None
    """Epoch ms of the last trade in it."""


@model
class Liquidation(Row):
    """A liquidation (channel ``allLiquidation``)."""

    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    T: int | None = None
    """Epoch ms of the liquidation."""
    s: str | None = None
    """Symbol."""
    S: Side | None = None
    """Side of the position: "Buy" when a long position was liquidated."""
    v: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""
    p: Decimal | None = None
    """Bankruptcy price."""


@model
class PriceLimit(Row):
    """Highest price of a buy order and lowest of a sell order (channel ``priceLimit``)."""

    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    symbol: str | None = None
    buyLmt: Decimal | None = None
    """Highest price of a buy order."""
    sellLmt: Decimal | None = None
    """Lowest price of a sell order."""


@model
class Insurance(Row):
    """Balance of an insurance pool (channel ``insurance.*``)."""

    type: PushType | None = envelope("type")
    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    coin: str | None = None
    symbols: str | None = None
    """The symbols that share the pool, with commas between."""
    balance: Decimal | None = None
    """Balance, in coin."""
    updateTime: int | None = None
    """Epoch ms of the last change."""


@model
class AdlAlert(Row):
    """How near an insurance pool is to auto-deleveraging (channel ``adlAlert.*``)."""

    type: PushType | None = envelope("type")
    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    c: str | None = None
    """Coin of the pool."""
    s: str | None = None
    """Symbol."""
    b: Decimal | None = None
    """Balance of the pool."""
    mb: Decimal | None = None
    """Highest balance of the pool in the last 8 hours."""
    i_pr: Decimal | None = None
    """Threshold of the PnL drawdown ratio at which deleveraging is triggered."""
    pr: Decimal | None = None
    """PnL drawdown ratio of the symbol in the last 8 hours."""
    adl_tt: Decimal | None = None
    """Balance of the pool above which the drawdown ratio may trigger deleveraging."""
    adl_sr: Decimal | None = None
    """Threshold of the PnL drawdown ratio at which deleveraging ends."""


def _depth(message: dict[str, Any]) -> str | None:
    """``"50"`` of the topic ``orderbook.50.BTCUSDT``; None of one that is no number."""
    parts = str(message.get("topic")).split(".")
    return parts[1] if len(parts) > 2 and parts[1].isdecimal() else None


@model
class BookUpdate(Row):
    """A state or a change of an order book (``orderbook.1``, ``.50``, ``.200``, ``.1000``).

    Levels are best price first in a snapshot. In a delta a level of size 0 is deleted, any other set.
    """

    is_linked: ClassVar[bool] = True
    """Whether a change must follow the one before, by ``u``."""

    type: PushType | None = envelope("type")
    """Type of the push: "snapshot" or "delta"."""
    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made."""
    cts: int | None = envelope("cts")
    """Epoch ms of the matching engine."""
    depth: int | None = envelope(_depth)
    """Number of levels of the topic; 1 has snapshots only."""
    s: str | None = None
    """Symbol."""
    b: tuple[BookLevel, ...] = ()
    """Bids."""
    a: tuple[BookLevel, ...] = ()
    """Asks."""
    u: int | None = None
    """Number of the update, one more each time; 1 after a restart of the service, which starts the book anew."""
    seq: int | None = None
    """Cross sequence: the smaller one is the earlier, also between books of different depth. Has holes."""

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta" or self.u == 1

    @tolerant("type", "u")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``; levels keep their exact texts.

        A snapshot may come at any time and replaces everything, and so does ``u == 1``, with which the service begins
        after a restart, whatever the push calls itself. A change follows number ``u - 1``; not so on level 1, where
        every push is whole, nor where ``u`` is not to be trusted.

        Raises ``DecodeError`` for a type that is not known, for a change without a number, and for sides that are not
        lists of rows.
        """
        row = self.raw if self.raw is not None else self.to_wire()
        # One that was made by hand says what it says; of a restart both sides may be empty, but not missing.
        is_whole = self.raw is not None and self.is_snapshot
        sides = book_rows(row.get("b"), is_whole=is_whole), book_rows(row.get("a"), is_whole=is_whole)
        seq, ts = self.u, self.cts if self.cts is not None else self.ts
        if self.type not in ("snapshot", "delta", None):
            raise DecodeError(f"a book push has the unknown type {self.type!r}", text=repr(self.raw))
        if self.is_snapshot:
            return BookChange("full" if self.depth == _TOP_ONLY else "snapshot", *sides, seq, ts=ts)
        if self.depth == _TOP_ONLY or not self.is_linked:
            return BookChange("update", *sides, seq, ts=ts, is_linked=False)
        if seq is None:
            raise DecodeError("a change of a book has no u", text=repr(self.raw))
        return BookChange("update", *sides, seq, seq - 1, ts=ts)


@model
class UnlinkedBookUpdate(BookUpdate):
    """The same where ``u`` is not to be trusted (``BybitConfig(book_gaps=False)``): changes are taken as they come."""

    is_linked: ClassVar[bool] = False


@model
class SeedLevel(Row):
    """One level of a book of the seed protocol."""

    price: Decimal | None = None
    symbol: str | None = None
    id: str | None = None
    """Id of the level: the price times 10000."""
    side: Side | None = None
    size: Decimal | None = None
    """Size. A JSON number; missing where the level is deleted."""

    def price_text(self) -> str:
        """Return the text of the price; the id has it too. Raises ``DecodeError`` when there is neither."""
        if self.price is not None:
            return format(self.price, "f")
        if self.id is not None and self.id.isdecimal():
            return format(Decimal(self.id) / _ID_SCALE, "f")
        raise DecodeError("a level of a book has neither price nor id", text=repr(self.raw))


@model
class SeedBookUpdate(Row):
    """A state or a change of an order book (``orderBookL2_25``, ``orderBook_200.100ms`` of the seed protocol)."""

    type: PushType | None = envelope("type")
    crossSeq: int | None = envelope("crossSeq")
    """Cross sequence. Grows, with holes."""
    timestampE6: int | None = envelope("timestampE6")
    """Epoch µs."""
    orderBook: tuple[SeedLevel, ...] = ()
    """All levels of both sides, in a snapshot."""
    delete: tuple[SeedLevel, ...] = ()
    """Levels that a change deletes; applied first."""
    update: tuple[SeedLevel, ...] = ()
    """Levels that a change updates; applied after delete."""
    insert: tuple[SeedLevel, ...] = ()
    """Levels that a change inserts; applied last."""

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta"

    @tolerant("type", "delete", "orderBook", "update", "insert", "price", "size", "side", "id")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``.

        Levels are named by ``id``, which is the price in other words; a deleted one that we never had is no news.
        ``crossSeq`` has holes, so that nothing tells of a missing change.

        Raises ``DecodeError`` for a type that is not known and for a level without price, side or size.
        """
        if self.type not in ("snapshot", "delta"):
            raise DecodeError(f"a book push has the unknown type {self.type!r}", text=repr(self.raw))
        if self.is_snapshot and self.raw is not None and not isinstance(self.raw.get("orderBook"), list):
            raise DecodeError("a whole book came without its levels", text=repr(self.raw))
        bids: list[list[str]] = []
        asks: list[list[str]] = []
        for level in self.delete:
            price = level.price_text()
            bids.append([price, "0"])
            asks.append([price, "0"])
        for level in (*self.orderBook, *self.update, *self.insert):
            price, size = level.price_text(), level.size
            if size is None or level.side not in ("Buy", "Sell"):
                raise DecodeError("a level of a book has no size or no side", text=repr(level.raw))
            own, other = (bids, asks) if level.side == "Buy" else (asks, bids)
            own.append([price, format(size, "f")])
            if not self.is_snapshot:
                other.append([price, "0"])  # an id is one level: it may have changed sides
        ts = None if self.timestampE6 is None else self.timestampE6 // 1000
        kind: Any = "snapshot" if self.is_snapshot else "update"
        return BookChange(kind, bids, asks, self.crossSeq, ts=ts, is_linked=False)


@model
class ServerTime(Row):
    """Bybit's clock (``GET /v5/market/time``)."""

    timeSecond: int | None = None
    """Epoch seconds."""
    timeNano: int | None = None
    """Epoch nanoseconds."""


@model(positional=True)
class TradeCandle(Row):
    """A candle of trades (``GET /v5/market/kline``)."""

    startTime: int | None = None
    """Epoch ms of the first moment."""
    openPrice: Decimal | None = None
    """Opening price."""
    highPrice: Decimal | None = None
    """Highest price."""
    lowPrice: Decimal | None = None
    """Lowest price."""
    closePrice: Decimal | None = None
    """Closing price, or the last one so far."""
    volume: Decimal | None = None
    """Volume in base currency (inverse contracts: USD)."""
    turnover: Decimal | None = None
    """Turnover in quote currency (inverse contracts: base currency)."""


@model(positional=True)
class PriceCandle(Row):
    """A candle of mark prices, index prices or premium indices."""

    startTime: int | None = None
    """Epoch ms of the first moment."""
    openPrice: Decimal | None = None
    """Opening price; of premium indices a ratio."""
    highPrice: Decimal | None = None
    """Highest price; of premium indices a ratio."""
    lowPrice: Decimal | None = None
    """Lowest price; of premium indices a ratio."""
    closePrice: Decimal | None = None
    """Closing price, or the last one so far; of premium indices a ratio."""


@model
class RestBook(Row):
    """An order book (``GET /v5/market/orderbook`` and ``/v5/market/full_orderbook``), best prices first."""

    s: str | None = None
    """Symbol."""
    b: tuple[BookLevel, ...] = ()
    """Bids."""
    a: tuple[BookLevel, ...] = ()
    """Asks."""
    ts: int | None = None
    """Epoch ms at which the snapshot was made."""
    u: int | None = None
    """Number of the update, as in the stream of the book."""
    seq: int | None = None
    """Cross sequence."""
    cts: int | None = None
    """Epoch ms at which the matching engine made it."""

    @tolerant("u", "cts", "ts")
    def to_change(self) -> BookChange:
        """Convert it to the neutral words of ``OrderBook``. Raises ``DecodeError`` for a book without its sides."""
        row = self.raw if self.raw is not None else self.to_wire()
        sides = book_rows(row.get("b"), is_whole=True), book_rows(row.get("a"), is_whole=True)
        return BookChange("snapshot", *sides, self.u, ts=self.cts if self.cts is not None else self.ts)


@model(positional=True)
class RpiLevel(Row):
    """A price level with its retail price improvement orders told apart."""

    price: Decimal | None = None
    """Price in quote currency."""
    nonRpiSize: Decimal | None = None
    """Size of ordinary orders in base currency (inverse contracts: USD)."""
    rpiSize: Decimal | None = None
    """Size of retail price improvement orders in the same unit."""


@model
class RpiBook(Row):
    """An order book with retail price improvement orders (``GET /v5/market/rpi_orderbook``), best prices first."""

    s: str | None = None
    """Symbol."""
    b: tuple[RpiLevel, ...] = ()
    """Bids."""
    a: tuple[RpiLevel, ...] = ()
    """Asks."""
    ts: int | None = None
    """Epoch ms at which the snapshot was made."""
    u: int | None = None
    """Number of the update."""
    seq: int | None = None
    """Cross sequence."""
    cts: int | None = None
    """Epoch ms at which the matching engine made it."""


@model
class OrderPriceLimit(Row):
    """Highest price of a buy order and lowest of a sell order (``GET /v5/market/price-limit``)."""

    symbol: str | None = None
    buyLmt: Decimal | None = None
    """Highest price of a buy order."""
    sellLmt: Decimal | None = None
    """Lowest price of a sell order."""
    ts: int | None = None
    """Epoch ms at which it was told."""


@model
class PublicTrade(Row):
    """A public trade (``GET /v5/market/recent-trade``)."""

    execId: str | None = None
    """Id of the trade."""
    symbol: str | None = None
    price: Decimal | None = None
    """Price in quote currency."""
    size: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""
    side: Side | None = None
    """Side of the taker."""
    time: int | None = None
    """Epoch ms of the trade."""
    isBlockTrade: bool | None = None
    isRPITrade: bool | None = None
    """Whether it is a trade with a retail price improvement order."""
    mP: Decimal | None = None
    """Options only: mark price."""
    iP: Decimal | None = None
    """Options only: index price."""
    mIv: Decimal | None = None
    """Options only: mark volatility; 1 is 100 %."""
    iv: Decimal | None = None
    """Options only: volatility of the trade; 1 is 100 %."""
    seq: int | None = None
    """Cross sequence."""


@model
class FundingRate(Row):
    """A funding settlement (``GET /v5/market/funding/history``)."""

    symbol: str | None = None
    fundingRate: Decimal | None = None
    """Funding rate as a ratio: 0.0001 is 0.01 %."""
    fundingRateTimestamp: int | None = None
    """Epoch ms of the settlement."""


@model
class OpenInterest(Row):
    """Open interest at a moment (``GET /v5/market/open-interest``)."""

    openInterest: Decimal | None = None
    """Sum of both sides in base currency (inverse contracts: USD)."""
    singleOpenInterest: Decimal | None = None
    """One side in the same unit."""
    timestamp: int | None = None
    """Epoch ms."""


@model
class LongShortRatio(Row):
    """How many accounts are long and short (``GET /v5/market/account-ratio``)."""

    symbol: str | None = None
    buyRatio: Decimal | None = None
    """Accounts that are long as a ratio: 0.55 is 55 %."""
    sellRatio: Decimal | None = None
    """Accounts that are short as a ratio."""
    timestamp: int | None = None
    """Epoch ms."""


@model
class HistoricalVolatility(Row):
    """Volatility of an option's underlying (``GET /v5/market/historical-volatility``)."""

    period: int | None = None
    """Days over which it is measured."""
    value: Decimal | None = None
    """Volatility per year; 1 is 100 %."""
    time: int | None = None
    """Epoch ms."""


@model
class DeliveryPrice(Row):
    """What a contract was settled at (``GET /v5/market/delivery-price`` and ``/v5/market/new-delivery-price``)."""

    symbol: str | None = None
    deliveryPrice: Decimal | None = None
    """Price of the delivery in quote currency."""
    deliveryTime: int | None = None
    """Epoch ms of the delivery."""


@model
class InsuranceFund(Row):
    """An insurance pool (``GET /v5/market/insurance``)."""

    coin: str | None = None
    symbols: str | None = None
    """Symbols that the pool is for, with commas between them."""
    balance: Decimal | None = None
    """Balance in the coin."""
    value: Decimal | None = None
    """Balance in USD."""
    updatedTime: int | None = envelope("updatedTime")
    """Epoch ms at which it was told."""


@model
class AdlPool(Row):
    """How near an insurance pool is to auto-deleveraging (``GET /v5/market/adlAlert``)."""

    coin: str | None = None
    symbol: str | None = None
    balance: Decimal | None = None
    """Balance of the pool in the coin."""
    maxBalance: Decimal | None = None
    """Highest balance of the last 8 hours in the coin."""
    insurancePnlRatio: Decimal | None = None
    """Fall from the highest balance as a ratio."""
    pnlRatio: Decimal | None = None
    """The same; Bybit sends it under both names."""
    adlTriggerThreshold: Decimal | None = None
    """Balance below which auto-deleveraging may begin, in the coin."""
    adlStopRatio: Decimal | None = None
    """Ratio above which auto-deleveraging ends."""
    updateTime: int | None = envelope("updateTime")
    """Epoch ms at which it was told."""


@model
class IndexComponent(Row):
    """A market that an index is made of."""

    exchange: str | None = None
    spotPair: str | None = None
    equivalentPrice: Decimal | None = None
    """Price in the index's quote currency."""
    multiplier: Decimal | None = None
    """What the market's price is multiplied by."""
    price: Decimal | None = None
    """Price on that market."""
    weight: Decimal | None = None
    """Share of the index as a ratio."""


@model
class IndexComponents(Row):
    """An index, and what it is made of (``GET /v5/market/index-price-components``)."""

    indexName: str | None = None
    lastPrice: Decimal | None = None
    """Price of the index."""
    updateTime: int | None = None
    """Epoch ms of the last change."""
    components: tuple[IndexComponent, ...] = ()


@model
class RiskLimit(Row):
    """A tier of position sizes (``GET /v5/market/risk-limit``)."""

    id: int | None = None
    symbol: str | None = None
    riskLimitValue: Decimal | None = None
    """Largest position value of this tier in quote currency (inverse contracts: base currency)."""
    maintenanceMargin: Decimal | None = None
    """Maintenance margin as a ratio."""
    initialMargin: Decimal | None = None
    """Initial margin as a ratio."""
    isLowestRisk: bool | None = None
    """Whether it is the lowest tier."""
    maxLeverage: Decimal | None = None
    """Highest leverage."""
    mmDeduction: Decimal | None = None
    """What is deducted from the maintenance margin, in quote currency (inverse contracts: base currency)."""


@model
class FeeLevel(Row):
    """Fees at a level."""

    level: str | None = None
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio; positive is paid."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio; positive is paid."""
    makerRebate: Decimal | None = None
    """Rebate for makers as a ratio."""


@model
class FeeRates(Row):
    """Fees of a group by level."""

    pro: tuple[FeeLevel, ...] = ()
    """Levels of professional traders."""
    marketMaker: tuple[FeeLevel, ...] = ()
    """Levels of market makers."""


@model
class FeeGroup(Row):
    """Contracts with the same fees (``GET /v5/market/fee-group-info``)."""

    groupName: str | None = None
    weightingFactor: int | None = None
    """Weight of their volume, as a factor."""
    symbolsNumbers: int | None = None
    """Number of symbols."""
    symbols: tuple[str, ...] = ()
    feeRates: FeeRates | None = None
    updateTime: int | None = None
    """Epoch ms of the last change."""
