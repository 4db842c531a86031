"""The USDC perpetual streams that Bybit switched off in October 2023. After "USDC Perpetual / Websocket" of its old
pages.
"""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.bybit import models
from okx_sync.exchanges.bybit.channel import Channel
from okx_sync.exchanges.bybit.channel_rows.public import INTERVALS

__all__ = ["SEED"]

_PRIVATE: Final[dict[str, Any]] = {"path": "private", "login": True, "private": True, "quiet": True}
_BOOK: Final[dict[str, Any]] = {
    "path": "public", "model": models.SeedBookUpdate, "required": ("symbol",), "identity": ("crossSeq",),
    "snapshot": True, "sequenced": True,
}  # fmt: skip

SEED: Final = (
    Channel(
        name="orderBookL2_25", method="subscribe_perp_book25", cadence="a snapshot of 25 levels, then changes", **_BOOK
    ),
    Channel(
        name="orderBook_200.100ms", method="subscribe_perp_book200",
        cadence="a snapshot of 200 levels, then changes every 100 ms", **_BOOK,
    ),
    Channel(
        name="trade", path="public", model=models.SeedTrade, method="subscribe_perp_trades", cadence="on each trade",
        required=("symbol",), key=("symbol",), identity=("tradeId",), quiet=True,
    ),
    Channel(
        name="instrument_info.100ms", path="public", model=models.InstrumentInfo, method="subscribe_instrument_info",
        cadence="every 100 ms when something changed", required=("symbol",), key=("symbol",), snapshot=True,
        partial=True,
    ),
    Channel(
        name="candle.{period}", path="public", model=models.SeedCandle, method="subscribe_perp_candles",
        cadence="while the candle grows, and when it ends", required=("symbol",), values={"period": INTERVALS},
        key=("symbol", "start"), identity=("start", "timestamp"), quiet=True,
    ),
    Channel(
        name="user.openapi.perp.order", model=models.SeedOrder, method="subscribe_perp_orders",
        cadence="all open orders, then each one that changes", key=("orderId",), snapshot=True, **_PRIVATE,
    ),
    Channel(
        name="user.openapi.perp.position", model=models.SeedPosition, method="subscribe_perp_positions",
        cadence="all positions, then each one that changes", key=("symbol", "side"), snapshot=True, **_PRIVATE,
    ),
    Channel(
        name="user.openapi.perp.trade", model=models.SeedFill, method="subscribe_perp_fills", cadence="on each fill",
        key=("tradeId",), identity=("tradeId",), **_PRIVATE,
    ),
    Channel(
        name="user.service", model=models.ServiceSwitch, method="subscribe_service",
        cadence="when a service such as portfolio margin is switched on or off", key=("serviceType",), **_PRIVATE,
    ),
)  # fmt: skip
