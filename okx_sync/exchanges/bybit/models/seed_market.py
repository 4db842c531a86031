"""Public market data of the seed protocol. Page: "USDC Perpetual / Websocket / Public Topics" of Bybit's old pages."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.models.market import last_part
from okx_sync.exchanges.bybit.models.words import PushType, Side, TickDirection
from okx_sync.models import Row, envelope, model

__all__ = ["InstrumentInfo", "SeedCandle", "SeedTrade"]


@model
class SeedTrade(Row):
    """A public trade (channel ``trade``)."""

    symbol: str | None = None
    tickDirection: TickDirection | None = None
    price: Decimal | None = None
    # A JSON number.
    size: Decimal | None = None
    # ISO-8601, whole seconds.
    timestamp: str | None = None
    # Epoch ms.
    tradeTimeMs: int | None = None
    # Side of the taker.
    side: Side | None = None
    tradeId: str | None = None


@model
class InstrumentInfo(Row):
    """Prices and 24 h figures (channel ``instrument_info.100ms``), always whole.

    On the wire, updates carry only what changed; the rest is filled in before it gets here. Names that end in E4, E6
    and E8 are whole numbers of ten-thousandths, millionths and so on.
    """

    # "delta" when only a part of it was sent.
    type: PushType | None = envelope("type")
    # Epoch µs.
    timestampE6: int | None = envelope("timestampE6")
    id: int | None = None
    symbol: str | None = None
    lastPriceE4: int | None = None
    lastPrice: Decimal | None = None
    lastTickDirection: TickDirection | None = None
    prevPrice24hE4: int | None = None
    prevPrice24h: Decimal | None = None
    price24hPcntE6: int | None = None
    highPrice24hE4: int | None = None
    highPrice24h: Decimal | None = None
    lowPrice24hE4: int | None = None
    lowPrice24h: Decimal | None = None
    prevPrice1hE4: int | None = None
    prevPrice1h: Decimal | None = None
    price1hPcntE6: int | None = None
    markPriceE4: int | None = None
    markPrice: Decimal | None = None
    indexPriceE4: int | None = None
    indexPrice: Decimal | None = None
    openInterestE8: int | None = None
    totalTurnoverE8: int | None = None
    turnover24hE8: int | None = None
    totalVolumeE8: int | None = None
    volume24hE8: int | None = None
    fundingRateE6: int | None = None
    predictedFundingRateE6: int | None = None
    crossSeq: int | None = None
    # ISO-8601.
    createdAt: str | None = None
    updatedAt: str | None = None
    nextFundingTime: str | None = None
    # Hours until then.
    countDownHour: int | None = None
    bid1PriceE4: int | None = None
    bid1Price: Decimal | None = None
    ask1PriceE4: int | None = None
    ask1Price: Decimal | None = None


@model
class SeedCandle(Row):
    """A candle (channel ``candle.*``). Prices and volumes are JSON numbers."""

    symbol: str | None = envelope(last_part)
    # Epoch µs.
    timestampE6: int | None = envelope("timestampE6")
    # Epoch seconds.
    start: int | None = None
    end: int | None = None
    # Minutes, or D, W, M.
    period: str | None = None
    open: Decimal | None = None
    close: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    volume: Decimal | None = None
    turnover: Decimal | None = None
    # True when the candle is over.
    confirm: bool | None = None
    crossSeq: int | None = None
    # Epoch µs.
    timestamp: int | None = None
