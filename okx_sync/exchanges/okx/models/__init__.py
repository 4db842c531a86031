"""OKX's rows as classes, split by family. Fields keep OKX's own spelling; units are in comments beside them."""

from __future__ import annotations

from okx_sync.exchanges.okx.models.account import (
    Account,
    AccountDetail,
    BalanceAndPosition,
    BalanceData,
    CloseOrderAlgo,
    Position,
    PositionData,
    TradeData,
)
from okx_sync.exchanges.okx.models.algo import AlgoAttachedOrder, AlgoOrder, ChaseParams, LinkedOrder
from okx_sync.exchanges.okx.models.books import BookUpdate
from okx_sync.exchanges.okx.models.candles import Candle, IndexCandle, MarkPriceCandle, SpreadCandle
from okx_sync.exchanges.okx.models.market import Ticker, Trade, TradeAll
from okx_sync.exchanges.okx.models.orders import AttachedAlgoOrder, Fill, LinkedAlgoOrder, Order
from okx_sync.exchanges.okx.models.public import (
    FundingRate,
    IndexTicker,
    Instrument,
    MarkPrice,
    OpenInterest,
    PriceLimit,
    UpcomingChange,
)
from okx_sync.exchanges.okx.models.status import SystemStatus

__all__ = [
    "Account",
    "AccountDetail",
    "AlgoAttachedOrder",
    "AlgoOrder",
    "AttachedAlgoOrder",
    "BalanceAndPosition",
    "BalanceData",
    "BookUpdate",
    "Candle",
    "ChaseParams",
    "CloseOrderAlgo",
    "Fill",
    "FundingRate",
    "IndexCandle",
    "IndexTicker",
    "Instrument",
    "LinkedAlgoOrder",
    "LinkedOrder",
    "MarkPrice",
    "MarkPriceCandle",
    "OpenInterest",
    "Order",
    "Position",
    "PositionData",
    "PriceLimit",
    "SpreadCandle",
    "SystemStatus",
    "Ticker",
    "Trade",
    "TradeAll",
    "TradeData",
    "UpcomingChange",
]
