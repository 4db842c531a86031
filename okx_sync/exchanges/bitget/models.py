"""One class per kind of row that Bitget pushes. ``V1...`` and ``Seed...`` belong to the protocols of that name."""

from __future__ import annotations

from okx_sync.exchanges.bitget.account.models import Account, AdlNotice, ClosedPosition, Equity, Position
from okx_sync.exchanges.bitget.market.models import BookUpdate, Candle, Ticker, Trade
from okx_sync.exchanges.bitget.seed.models import SeedAccount, SeedExecution, SeedLiquidation, SeedOrder, SeedPosition
from okx_sync.exchanges.bitget.trade.models import AlgoOrder, Fill, FillFee, Order, OrderFee
from okx_sync.exchanges.bitget.v1.models import (
    V1Account,
    V1AlgoOrder,
    V1Order,
    V1OrderFee,
    V1Position,
    V1Ticker,
    V1Trade,
)

__all__ = [
    "Account",
    "AdlNotice",
    "AlgoOrder",
    "BookUpdate",
    "Candle",
    "ClosedPosition",
    "Equity",
    "Fill",
    "FillFee",
    "Order",
    "OrderFee",
    "Position",
    "SeedAccount",
    "SeedExecution",
    "SeedLiquidation",
    "SeedOrder",
    "SeedPosition",
    "Ticker",
    "Trade",
    "V1Account",
    "V1AlgoOrder",
    "V1Order",
    "V1OrderFee",
    "V1Position",
    "V1Ticker",
    "V1Trade",
]
