"""Bybit's rows as classes, each from its family. Fields keep Bybit's own spelling."""

from __future__ import annotations

from okx_sync.exchanges.bybit.account.models import Greeks, Position, Wallet, WalletCoin
from okx_sync.exchanges.bybit.market.models import (
    AdlAlert,
    BookUpdate,
    Candle,
    Insurance,
    Liquidation,
    PriceLimit,
    SeedBookUpdate,
    SeedLevel,
    Ticker,
    Trade,
    UnlinkedBookUpdate,
)
from okx_sync.exchanges.bybit.seed.models import (
    InstrumentInfo,
    SeedCandle,
    SeedFill,
    SeedOrder,
    SeedPosition,
    SeedTrade,
    ServiceSwitch,
)
from okx_sync.exchanges.bybit.trade.models import Execution, ExtraFee, FastExecution, FeeDetail, Order, OrderReceipt

__all__ = [
    "AdlAlert",
    "BookUpdate",
    "Candle",
    "Execution",
    "ExtraFee",
    "FastExecution",
    "FeeDetail",
    "Greeks",
    "InstrumentInfo",
    "Insurance",
    "Liquidation",
    "Order",
    "OrderReceipt",
    "Position",
    "PriceLimit",
    "SeedBookUpdate",
    "SeedCandle",
    "SeedFill",
    "SeedLevel",
    "SeedOrder",
    "SeedPosition",
    "SeedTrade",
    "ServiceSwitch",
    "Ticker",
    "Trade",
    "UnlinkedBookUpdate",
    "Wallet",
    "WalletCoin",
]
