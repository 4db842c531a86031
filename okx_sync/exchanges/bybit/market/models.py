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
    "BookUpdate",
    "Candle",
    "Insurance",
    "Liquidation",
    "PriceLimit",
    "SeedBookUpdate",
    "SeedLevel",
    "Ticker",
    "Trade",
    "UnlinkedBookUpdate",
    "last_part",
]

_TOP_ONLY: Final = 1
_ID_SCALE: Final = Decimal(10_000)


def last_part(message: dict[str, Any]) -> str | None:
    """What a topic is about, where its rows do not say it: ``BTCUSDT`` of ``kline.1.BTCUSDT``."""
    topic = message.get("topic")
    return topic.rpartition(".")[2] if type(topic) is str else None


@model
class Trade(Row):
    """A public trade (channel ``publicTrade``). A push has up to 1024 of them."""

    # Epoch ms at which the push was made.
    ts: int | None = envelope("ts")
    # Epoch ms of the trade.
    T: int | None = None
    # Symbol, side of the taker, size and price.
    s: str | None = None
    S: Side | None = None
    v: Decimal | None = None
    p: Decimal | None = None
    # How the price went; not for options.
    L: TickDirection | None = None
    # Id of the trade.
    i: str | None = None
    # A block trade; a trade with a retail price improvement order.
    BT: bool | None = None
    RPI: bool | None = None
    # Not unique, and with holes.
    seq: int | None = None
    # Options only: mark price, index price, mark volatility, volatility of the trade.
    mP: Decimal | None = None
    iP: Decimal | None = None
    mIv: Decimal | None = None
    iv: Decimal | None = None


@model
class Ticker(Row):
    """Best prices, last trade and 24 h figures (channel ``tickers``), always whole.

    On the wire, updates of futures carry only what changed; the rest is filled in before it gets here. ``extra`` and
    ``to_wire()`` are of the whole row.
    """

    # "delta" when only a part of it was sent.
    type: PushType | None = envelope("type")
    # Epoch ms; cs: cross sequence, to be compared between channels.
    ts: int | None = envelope("ts")
    cs: int | None = envelope("cs")
    symbol: str | None = None
    tickDirection: TickDirection | None = None
    # 0.01 is 1 %.
    price24hPcnt: Decimal | None = None
    lastPrice: Decimal | None = None
    prevPrice24h: Decimal | None = None
    highPrice24h: Decimal | None = None
    lowPrice24h: Decimal | None = None
    prevPrice1h: Decimal | None = None
    markPrice: Decimal | None = None
    indexPrice: Decimal | None = None
    openInterest: Decimal | None = None
    openInterestValue: Decimal | None = None
    singleOpenInterest: Decimal | None = None
    singleOpenInterestValue: Decimal | None = None
    turnover24h: Decimal | None = None
    volume24h: Decimal | None = None
    # Epoch ms.
    nextFundingTime: int | None = None
    fundingRate: Decimal | None = None
    fundingIntervalHour: Decimal | None = None
    fundingCap: Decimal | None = None
    bid1Price: Decimal | None = None
    bid1Size: Decimal | None = None
    ask1Price: Decimal | None = None
    ask1Size: Decimal | None = None
    # Futures with an end; text, as Bybit sends dates in more than one form.
    deliveryTime: str | None = None
    basis: Decimal | None = None
    basisRate: Decimal | None = None
    basisRateYear: Decimal | None = None
    deliveryFeeRate: Decimal | None = None
    predictedDeliveryPrice: Decimal | None = None
    # Before a contract is listed for trading.
    preOpenPrice: Decimal | None = None
    preQty: Decimal | None = None
    curPreListingPhase: str | None = None
    # Spot.
    usdIndexPrice: Decimal | None = None
    # Options.
    bidPrice: Decimal | None = None
    bidSize: Decimal | None = None
    bidIv: Decimal | None = None
    askPrice: Decimal | None = None
    askSize: Decimal | None = None
    askIv: Decimal | None = None
    markPriceIv: Decimal | None = None
    underlyingPrice: Decimal | None = None
    totalVolume: Decimal | None = None
    totalTurnover: Decimal | None = None
    delta: Decimal | None = None
    gamma: Decimal | None = None
    vega: Decimal | None = None
    theta: Decimal | None = None
    change24h: Decimal | None = None


@model
class Candle(Row):
    """A candle (channel ``kline.*``). Sent again while it grows; ``confirm`` is True on the last one."""

    ts: int | None = envelope("ts")
    symbol: str | None = envelope(last_part)
    # Epoch ms of the first and the last moment.
    start: int | None = None
    end: int | None = None
    # Minutes, or D, W, M.
    interval: str | None = None
    open: Decimal | None = None
    close: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    # Base currency, quote currency.
    volume: Decimal | None = None
    turnover: Decimal | None = None
    confirm: bool | None = None
    # Epoch ms of the last trade in it.
    timestamp: int | None = None


@model
class Liquidation(Row):
    """A liquidation (channel ``allLiquidation``)."""

    ts: int | None = envelope("ts")
    # Epoch ms.
    T: int | None = None
    s: str | None = None
    # "Buy": a long position was liquidated.
    S: Side | None = None
    v: Decimal | None = None
    # Bankruptcy price.
    p: Decimal | None = None


@model
class PriceLimit(Row):
    """Highest price of a buy order and lowest of a sell order (channel ``priceLimit``)."""

    ts: int | None = envelope("ts")
    symbol: str | None = None
    buyLmt: Decimal | None = None
    sellLmt: Decimal | None = None


@model
class Insurance(Row):
    """Balance of an insurance pool (channel ``insurance.*``)."""

    type: PushType | None = envelope("type")
    ts: int | None = envelope("ts")
    coin: str | None = None
    # The symbols that share the pool, with commas between.
    symbols: str | None = None
    balance: Decimal | None = None
    # Epoch ms.
    updateTime: int | None = None


@model
class AdlAlert(Row):
    """How near an insurance pool is to auto-deleveraging (channel ``adlAlert.*``)."""

    type: PushType | None = envelope("type")
    ts: int | None = envelope("ts")
    # Coin of the pool, and the symbol.
    c: str | None = None
    s: str | None = None
    # Balance now, and its highest of the last 8 hours.
    b: Decimal | None = None
    mb: Decimal | None = None
    # PnL ratio at which it was triggered, and the one now.
    i_pr: Decimal | None = None
    pr: Decimal | None = None
    # Thresholds of the ratio at which deleveraging begins and ends.
    adl_tt: Decimal | None = None
    adl_sr: Decimal | None = None


def _depth(message: dict[str, Any]) -> str | None:
    """``"50"`` of the topic ``orderbook.50.BTCUSDT``."""
    parts = str(message.get("topic")).split(".")
    return parts[1] if len(parts) > 2 else None


@model
class BookUpdate(Row):
    """A state or a change of an order book (``orderbook.1``, ``.50``, ``.200``, ``.1000``).

    Levels are best price first in a snapshot. In a delta a level of size 0 is deleted, any other set.
    """

    # Whether a change must follow the one before, by ``u``.
    is_linked: ClassVar[bool] = True

    type: PushType | None = envelope("type")
    # Epoch ms: of the push, and of the matching engine.
    ts: int | None = envelope("ts")
    cts: int | None = envelope("cts")
    # How many levels the topic has; 1 has snapshots only.
    depth: int | None = envelope(_depth)
    # Symbol.
    s: str | None = None
    b: tuple[BookLevel, ...] = ()
    a: tuple[BookLevel, ...] = ()
    # Number of the update, one more each time; 1 after a restart of the service, which starts the book anew.
    u: int | None = None
    # Cross sequence: the smaller one is the earlier, also between books of different depth. Has holes.
    seq: int | None = None

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta" or self.u == 1

    @tolerant("type", "u")
    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``; levels keep their exact texts.

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
    # What names the level: the price times 10000.
    id: str | None = None
    side: Side | None = None
    # A JSON number; missing where the level is deleted.
    size: Decimal | None = None

    def price_text(self) -> str:
        """The text of the price; the id tells it too. Raises ``DecodeError`` when there is neither."""
        if self.price is not None:
            return format(self.price, "f")
        if self.id is not None and self.id.isdecimal():
            return format(Decimal(self.id) / _ID_SCALE, "f")
        raise DecodeError("a level of a book has neither price nor id", text=repr(self.raw))


@model
class SeedBookUpdate(Row):
    """A state or a change of an order book (``orderBookL2_25``, ``orderBook_200.100ms`` of the seed protocol)."""

    type: PushType | None = envelope("type")
    # Grows, with holes.
    crossSeq: int | None = envelope("crossSeq")
    # Epoch µs.
    timestampE6: int | None = envelope("timestampE6")
    # All levels of both sides, in a snapshot.
    orderBook: tuple[SeedLevel, ...] = ()
    # The parts of a change; applied in this order.
    delete: tuple[SeedLevel, ...] = ()
    update: tuple[SeedLevel, ...] = ()
    insert: tuple[SeedLevel, ...] = ()

    @property
    def is_snapshot(self) -> bool:
        """True when this is the whole book, False when it is a change to the one before."""
        return self.type != "delta"

    @tolerant("type", "delete", "orderBook", "update", "insert", "price", "size", "side", "id")
    def to_change(self) -> BookChange:
        """What it says in the neutral words of ``OrderBook``.

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
