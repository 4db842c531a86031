"""The words that Bybit uses in models and arguments. Any other text passes as it is."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = [
    "Category",
    "Depth",
    "ExecType",
    "Interval",
    "OptionalCategory",
    "OrderStatus",
    "OrderType",
    "Period",
    "PoolCoin",
    "PositionCategory",
    "Protected",
    "PushType",
    "Side",
    "TickDirection",
    "TimeInForce",
    "WalletType",
]

Category: TypeAlias = Literal["spot", "linear", "inverse", "option"] | str
PositionCategory: TypeAlias = Literal["linear", "inverse", "option"] | str
OptionalCategory: TypeAlias = Category | None
Side: TypeAlias = Literal["Buy", "Sell"] | str
OrderType: TypeAlias = Literal["Market", "Limit"] | str
TimeInForce: TypeAlias = Literal["GTC", "IOC", "FOK", "PostOnly", "RPI", "GoodTillCancel"] | str
OrderStatus: TypeAlias = (
    Literal[
        "New", "PartiallyFilled", "Untriggered", "Rejected", "PartiallyFilledCanceled", "Filled", "Cancelled",
        "Triggered", "Deactivated",
    ]
    | str
)  # fmt: skip
ExecType: TypeAlias = (
    Literal[
        "Trade", "AdlTrade", "Funding", "BustTrade", "Delivery", "Settle", "BlockTrade", "MovePosition",
        "FutureSpread", "SessionSettlePnL",
    ]
    | str
)  # fmt: skip
TickDirection: TypeAlias = Literal["PlusTick", "ZeroPlusTick", "MinusTick", "ZeroMinusTick"] | str
Protected: TypeAlias = Literal["future", "spot", "option"] | str
PushType: TypeAlias = Literal["snapshot", "delta"] | str
PoolCoin: TypeAlias = Literal["USDT", "USDC", "inverse"] | str
# Minutes; D, W and M are a day, a week and a month.
Interval: TypeAlias = Literal["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D", "W", "M"] | str
Period: TypeAlias = Interval
Depth: TypeAlias = Literal["1", "50", "200", "1000"] | str
WalletType: TypeAlias = Literal["UNIFIED", "FUND", "CONTRACT", "SPOT"] | str
