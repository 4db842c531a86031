"""Orders, positions and fills of the seed protocol.

Page: "USDC Perpetual / Websocket / Private Topics" of Bybit's old pages. Where its tables and its examples differ
(``tpSlMode``, ``orderIm``), the names are those of the examples.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.models.words import OrderStatus, OrderType, Side, TimeInForce
from okx_sync.exchanges.bybit.normalize_account import seed_position_update
from okx_sync.exchanges.bybit.normalize_orders import seed_fill_update, seed_order_update
from okx_sync.models import Row, envelope, model
from okx_sync.models.neutral import FillUpdate, OrderUpdate, PositionUpdate

__all__ = ["SeedFill", "SeedOrder", "SeedPosition", "ServiceSwitch"]


@model
class SeedOrder(Row):
    """An order (channel ``user.openapi.perp.order``)."""

    # Epoch ms.
    creationTime: int | None = envelope("creationTime")
    # "NEW": all open orders, after subscribing; "CHANGE": those that changed, whole.
    dataType: str | None = envelope("data", "dataType")
    version: int | None = envelope("data", "version")
    orderId: str | None = None
    orderLinkId: str | None = None
    # Epoch ms.
    createdAt: int | None = None
    updatedAt: int | None = None
    symbol: str | None = None
    orderStatus: OrderStatus | None = None
    side: Side | None = None
    price: Decimal | None = None
    qty: Decimal | None = None
    cumExecQty: Decimal | None = None
    leavesQty: Decimal | None = None
    orderIM: Decimal | None = None
    realisedPnl: Decimal | None = None
    orderType: OrderType | None = None
    reduceOnly: bool | None = None
    timeInForce: TimeInForce | None = None
    # Above zero when paid.
    cumExecFee: Decimal | None = None
    orderPnl: Decimal | None = None
    basePrice: Decimal | None = None
    cumExecValue: Decimal | None = None
    closeOnTrigger: bool | None = None
    triggerBy: str | None = None
    takeProfit: Decimal | None = None
    stopLoss: Decimal | None = None
    tpTriggerBy: str | None = None
    slTriggerBy: str | None = None
    triggerPrice: Decimal | None = None
    stopOrderType: str | None = None
    cancelType: str | None = None

    @property
    def is_snapshot(self) -> bool:
        """True in the list that comes after subscribing."""
        return self.dataType == "NEW"

    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``. Raises ``DecodeError`` when it lacks the basics."""
        return seed_order_update(self)


@model
class SeedPosition(Row):
    """A position (channel ``user.openapi.perp.position``)."""

    creationTime: int | None = envelope("creationTime")
    dataType: str | None = envelope("data", "dataType")
    version: int | None = envelope("data", "version")
    symbol: str | None = None
    positionStatus: str | None = None
    side: Side | None = None
    # Never below zero: the side tells the direction.
    size: Decimal | None = None
    entryPrice: Decimal | None = None
    sessionAvgPrice: Decimal | None = None
    markPrice: Decimal | None = None
    positionIM: Decimal | None = None
    positionMM: Decimal | None = None
    positionValue: Decimal | None = None
    liqPrice: Decimal | None = None
    bustPrice: Decimal | None = None
    occClosingFee: Decimal | None = None
    unrealisedPnl: Decimal | None = None
    cumRealisedPnl: Decimal | None = None
    sessionUPL: Decimal | None = None
    sessionRPL: Decimal | None = None
    # Epoch ms.
    createdAt: int | None = None
    updatedAt: int | None = None
    tpSLMode: str | None = None
    # Hundredths: 1000 is tenfold.
    leverage: Decimal | None = None
    trailingStop: Decimal | None = None
    takeProfit: Decimal | None = None
    stopLoss: Decimal | None = None
    deleverageIndicator: int | None = None
    riskId: str | None = None

    @property
    def is_snapshot(self) -> bool:
        """True in the list that comes after subscribing."""
        return self.dataType == "NEW"

    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``. Raises ``DecodeError`` when it lacks the basics."""
        return seed_position_update(self)


@model
class SeedFill(Row):
    """A fill (channel ``user.openapi.perp.trade``)."""

    creationTime: int | None = envelope("creationTime")
    version: int | None = envelope("data", "version")
    orderId: str | None = None
    orderLinkId: str | None = None
    tradeId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    execPrice: Decimal | None = None
    execQty: Decimal | None = None
    # Above zero when paid.
    execFee: Decimal | None = None
    feeRate: Decimal | None = None
    # Epoch ms.
    tradeTime: int | None = None
    # TAKER or MAKER.
    lastLiquidityInd: str | None = None
    execValue: Decimal | None = None
    execType: str | None = None

    def to_update(self) -> FillUpdate | None:
        """The fill in the neutral words of ``OrderManager``; None when it tells of none."""
        return seed_fill_update(self)


@model
class ServiceSwitch(Row):
    """The account switched a service on or off, such as portfolio margin (channel ``user.service``)."""

    creationTime: int | None = envelope("creationTime")
    pushId: str | None = None
    serviceType: str | None = None
    # SELF or AUTO.
    operationType: str | None = None
    # OPEN or CLOSE.
    serviceStep: str | None = None
    # SUCCESS or FAIL.
    serviceStatus: str | None = None
    version: int | None = None
