"""Rows of the ``seed`` protocol. Every row has its own ``timestamp``, epoch ms; money is in the margin coin."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.normalize_account import seed_account_update, seed_position_update
from okx_sync.exchanges.bitget.normalize_orders import seed_fill_update, seed_order_update
from okx_sync.exchanges.bitget.words import HoldSide, OrderType, SeedMarginMode, SeedOrderStatus, SeedRole, Side
from okx_sync.rows import Row, model
from okx_sync.types import AccountUpdate, FillUpdate, OrderUpdate, PositionUpdate


@model
class SeedAccount(Row):
    """One margin coin of the futures account (channel ``account``)."""

    marginCoin: str | None = None
    available: Decimal | None = None
    # Equity.
    total: Decimal | None = None
    unrealizedPnl: Decimal | None = None
    marginMode: SeedMarginMode | None = None
    # 1 is liquidation.
    marginRatio: Decimal | None = None
    maintainMargin: Decimal | None = None
    initialMargin: Decimal | None = None
    frozenBalance: Decimal | None = None
    timestamp: int | None = None

    def to_update(self) -> AccountUpdate:
        """What it says in the neutral words of ``AccountMonitor``. Raises ``DecodeError`` when it names no coin."""
        return seed_account_update(self)


@model
class SeedPosition(Row):
    """A position as it is now (channel ``positions``); size 0 when it was closed."""

    symbol: str | None = None
    positionSide: HoldSide | None = None
    # Size, never negative.
    holdPosition: Decimal | None = None
    openPrice: Decimal | None = None
    markPrice: Decimal | None = None
    unrealizedPnl: Decimal | None = None
    leverage: Decimal | None = None
    marginMode: SeedMarginMode | None = None
    isolatedMargin: Decimal | None = None
    positionMargin: Decimal | None = None
    maintainMargin: Decimal | None = None
    # How much of the margin is used up; 1 is liquidation.
    marginRate: Decimal | None = None
    liquidationPrice: Decimal | None = None
    timestamp: int | None = None

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``. Raises ``DecodeError`` when it lacks the basics."""
        return seed_position_update(self)


@model
class SeedOrder(Row):
    """An order as it is now, after each change (channel ``orders``)."""

    orderId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    orderType: OrderType | None = None
    price: Decimal | None = None
    size: Decimal | None = None
    # Filled so far, and at which average price.
    filledSize: Decimal | None = None
    avgPrice: Decimal | None = None
    leverage: Decimal | None = None
    marginMode: SeedMarginMode | None = None
    status: SeedOrderStatus | None = None
    timestamp: int | None = None

    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``. Raises ``DecodeError`` when it lacks the basics."""
        return seed_order_update(self)


@model
class SeedExecution(Row):
    """One fill of an order of ours (channel ``execution``)."""

    tradeId: str | None = None
    orderId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    price: Decimal | None = None
    size: Decimal | None = None
    # What it cost: positive is paid.
    fee: Decimal | None = None
    feeCurrency: str | None = None
    role: SeedRole | None = None
    timestamp: int | None = None

    def to_update(self) -> FillUpdate | None:
        """What it says in the neutral words of ``OrderManager``; None when it lacks the basics."""
        return seed_fill_update(self)


@model
class SeedLiquidation(Row):
    """A warning that a position comes close to its liquidation (channel ``liquidation``)."""

    symbol: str | None = None
    positionSide: HoldSide | None = None
    marginMode: SeedMarginMode | None = None
    # 1 is liquidation.
    marginRatio: Decimal | None = None
    liquidationPrice: Decimal | None = None
    currentPrice: Decimal | None = None
    warningLevel: int | None = None
    timestamp: int | None = None
