"""Candles: four families of one channel for each bar. After the "Candlesticks channel" pages of OKX's API guide."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.okx.channel import Channel, models

__all__ = ["CANDLES"]

_BARS: Final = (
    "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D", "2D", "3D", "5D", "1W", "1M", "3M",
    "6Hutc", "12Hutc", "1Dutc", "2Dutc", "3Dutc", "5Dutc", "1Wutc", "1Mutc", "3Mutc",
)  # fmt: skip
_CADENCE: Final = "at most once a second while the bar is open, and when it closes"

CANDLES: Final = (
    Channel(
        name="candle{bar}", path="business", model=models.Candle, method="subscribe_candles",
        cadence=_CADENCE,
        required=("instId",), values={"bar": ("1s", *_BARS)}, key=("instId", "bar", "ts"), snapshot=True,
    ),
    Channel(
        name="mark-price-candle{bar}", path="business", model=models.MarkPriceCandle,
        method="subscribe_mark_price_candles",
        cadence=_CADENCE,
        required=("instId",), values={"bar": (*_BARS, "1Yutc")}, key=("instId", "bar", "ts"), snapshot=True,
    ),
    Channel(
        name="index-candle{bar}", path="business", model=models.IndexCandle, method="subscribe_index_candles",
        cadence=_CADENCE,
        required=("instId",), values={"bar": _BARS}, key=("instId", "bar", "ts"), snapshot=True,
    ),
    Channel(
        name="sprd-candle{bar}", path="business", model=models.SpreadCandle, method="subscribe_sprd_candles",
        cadence=_CADENCE,
        required=("sprdId",), values={"bar": _BARS}, key=("sprdId", "bar", "ts"), snapshot=True,
    ),
)  # fmt: skip
