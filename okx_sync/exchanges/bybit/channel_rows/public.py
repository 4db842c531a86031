"""Public data of V5. After "Websocket Stream / Public" of Bybit's V5 documentation."""

from __future__ import annotations

from typing import Final

from okx_sync.exchanges.bybit import models
from okx_sync.exchanges.bybit.channel import Channel

__all__ = ["DEPTHS", "INTERVALS", "OPTION_DEPTHS", "PUBLIC", "TOP"]

INTERVALS: Final = ("1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M")
DEPTHS: Final = ("50", "200", "1000")
OPTION_DEPTHS: Final = ("25", "100")
TOP: Final = "orderbook.1"
_POOLS: Final = {"coin": ("USDT", "USDC", "inverse")}

PUBLIC: Final = (
    Channel(
        name=TOP, path="public", model=models.BookUpdate, method="subscribe_orderbook",
        cadence="the best level, whole each time: every 10 ms when it changed; repeated after 3 s of no change",
        required=("symbol",), key=("s",), identity=("s", "u"), snapshot=True,
    ),
    Channel(
        name="orderbook.{depth}", path="public", model=models.BookUpdate, method="subscribe_orderbook",
        cadence="a snapshot, then changes every 20 ms (50 levels), 100 ms (200) or 200 ms (1000)",
        required=("symbol",), values={"depth": DEPTHS}, identity=("s", "u"), snapshot=True, sequenced=True,
        note="500 levels were retired in September 2025; of options there are 25 and 100",
    ),
    Channel(
        name="publicTrade", path="public", model=models.Trade, method="subscribe_trades",
        cadence="on each trade, up to 1024 in a push", required=("symbol",), key=("s",), identity=("s", "i"),
        quiet=True,
    ),
    Channel(
        name="tickers", path="public", model=models.Ticker, method="subscribe_tickers",
        cadence="every 100 ms (spot: 50 ms) when something changed",
        required=("symbol",), key=("symbol",), identity=("symbol", "cs"), snapshot=True, partial=True,
    ),
    Channel(
        name="kline.{interval}", path="public", model=models.Candle, method="subscribe_candles",
        cadence="every 1 to 60 s, and when a candle ends", required=("symbol",), values={"interval": INTERVALS},
        key=("symbol", "start"), identity=("start", "timestamp"), quiet=True,
    ),
    Channel(
        name="allLiquidation", path="public", model=models.Liquidation, method="subscribe_liquidations",
        cadence="every 500 ms when there were any", required=("symbol",), key=("s",), quiet=True,
    ),
    Channel(
        name="priceLimit", path="public", model=models.PriceLimit, method="subscribe_price_limit",
        cadence="every 300 ms when it changed", required=("symbol",), key=("symbol",), quiet=True,
    ),
    Channel(
        name="insurance", path="public", model=models.Insurance, method="subscribe_insurance",
        cadence="every second when it changed", required=("coin",), values=_POOLS, key=("coin", "symbols"), quiet=True,
    ),
    Channel(
        name="adlAlert", path="public", model=models.AdlAlert, method="subscribe_adl_alerts",
        cadence="every second", required=("coin",), values=_POOLS, key=("c", "s"), quiet=True,
    ),
)  # fmt: skip
