"""Bybit's rows as classes, split by family. Fields keep Bybit's own spelling; units are in comments beside them."""

from __future__ import annotations

from okx_sync.exchanges.bybit.models.account import Greeks, Position, Wallet, WalletCoin
from okx_sync.exchanges.bybit.models.books import BookUpdate, SeedBookUpdate, SeedLevel, UnlinkedBookUpdate
from okx_sync.exchanges.bybit.models.market import AdlAlert, Candle, Insurance, Liquidation, PriceLimit, Ticker, Trade
from okx_sync.exchanges.bybit.models.orders import (
    Execution,
    ExtraFee,
    FastExecution,
    FeeDetail,
    Order,
    OrderReceipt,
)
from okx_sync.exchanges.bybit.models.seed_account import SeedFill, SeedOrder, SeedPosition, ServiceSwitch
from okx_sync.exchanges.bybit.models.seed_market import InstrumentInfo, SeedCandle, SeedTrade

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
