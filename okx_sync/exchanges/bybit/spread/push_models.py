"""What the private streams of spread trading push. Pages: "Spread Trading / Websocket Stream" of V5's documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.row_conversion import SIDES, end_reason, neutral_fee, order_status, order_type
from okx_sync.exchanges.bybit.trade.models import FeeDetail
from okx_sync.exchanges.bybit.words import ExecType, OrderStatus, OrderType, Side, TimeInForce
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderUpdate

__all__ = ["SpreadExecutionPush", "SpreadOrderPush"]


@model
class SpreadOrderPush(Row):
    """An order on a spread, or on one of its legs (channel ``spread.order``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    category: str | None = None
    """``"combination"`` for the spread itself, ``"spot_leg"`` or ``"future_leg"``."""
    symbol: str | None = None
    parentOrderId: str | None = None
    """Legs only: id of the order on the spread."""
    orderId: str | None = None
    """Id that Bybit gave the order."""
    orderLinkId: str | None = None
    """Id that the client gave the order."""
    side: Side | None = None
    orderStatus: OrderStatus | None = None
    cancelType: str | None = None
    rejectReason: str | None = None
    timeInForce: TimeInForce | None = None
    price: Decimal | None = None
    """Price; of a spread it may be zero or negative."""
    qty: Decimal | None = None
    """Size, in base currency."""
    avgPrice: Decimal | None = None
    """Average price of what is filled."""
    leavesQty: Decimal | None = None
    """What is not filled, in base currency."""
    leavesValue: Decimal | None = None
    """Value of what is not filled, in quote currency."""
    cumExecQty: Decimal | None = None
    """What is filled, in base currency."""
    cumExecValue: Decimal | None = None
    """Value of what is filled, in quote currency."""
    cumExecFee: Decimal | None = None
    """Deprecated by Bybit: fees so far, above zero when paid."""
    orderType: OrderType | None = None
    isLeverage: bool | None = None
    """Whether it may borrow."""
    createdTime: int | None = None
    """Epoch ms of creation."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""
    feeCurrency: str | None = None
    """Deprecated by Bybit: currency of ``cumExecFee``."""
    createType: str | None = None
    closedPnl: Decimal | None = None
    """Profit of what it closed, in the currency of settlement."""
    cumFeeDetail: FeeDetail | None = None
    """Fees so far by coin, above zero when paid."""

    @tolerant("symbol", "orderId", "orderStatus")
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        filled = self.cumExecQty or Decimal(0)
        status = order_status(self, self.orderStatus, filled, self.symbol, self.orderId)
        told = self.cancelType, self.rejectReason
        return OrderUpdate(
            inst_id=self.symbol or "",
            order_id=self.orderId or "",
            status=status,
            side=SIDES.get(self.side),
            client_order_id=self.orderLinkId,
            order_type=order_type(self.orderType, self.timeInForce if self.orderType == "Limit" else None),
            price=self.price,
            size=self.qty,
            filled=filled,
            average_price=self.avgPrice if filled else None,
            pnl=self.closedPnl,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
            reason=end_reason(*told) if status in ("canceled", "rejected") else None,
            recovered=self.recovered,
            raw=self,
        )


@model
class SpreadExecutionPush(Row):
    """A fill of an order on a spread, or what it did on a leg (channel ``spread.execution``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    category: str | None = None
    """``"combination"`` for the spread itself, ``"spot_leg"`` or ``"future_leg"``."""
    symbol: str | None = None
    isLeverage: bool | None = None
    """Whether it borrowed."""
    orderId: str | None = None
    """Id that Bybit gave the order."""
    orderLinkId: str | None = None
    """Id that the client gave the order; none on legs."""
    side: Side | None = None
    orderPrice: Decimal | None = None
    """Price of the order."""
    orderQty: Decimal | None = None
    """Size of the order, in base currency."""
    leavesQty: Decimal | None = None
    """What is not filled, in base currency."""
    createType: str | None = None
    orderType: OrderType | None = None
    execFee: Decimal | None = None
    """Fee of a leg, above zero when paid."""
    execFeeV2: Decimal | None = None
    """Fee of a spot leg, in ``feeCoin``."""
    feeCoin: str | None = None
    parentExecId: str | None = None
    """Legs only: id of the fill of the spread."""
    execId: str | None = None
    execPrice: Decimal | None = None
    """Price; of a spread it may be zero or negative."""
    execQty: Decimal | None = None
    """Size, in base currency."""
    execPnl: Decimal | None = None
    """Profit of what it closed, in the currency of settlement."""
    execType: ExecType | None = None
    execValue: Decimal | None = None
    """Value, in quote currency."""
    execTime: int | None = None
    """Epoch ms of the fill."""
    isMaker: bool | None = None
    feeRate: Decimal | None = None
    """Fee as a ratio: 0.001 is 0.1 %."""
    markPrice: Decimal | None = None
    """Mark price at the fill."""
    closedSize: Decimal | None = None
    """What it closed of a position, in base currency."""
    seq: int | None = None
    """Cross sequence."""

    @tolerant("symbol", "orderId", "execId", "side", "execPrice", "execQty")
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        fee = self.execFee if self.execFeeV2 is None else self.execFeeV2
        return FillUpdate.found(
            self.symbol,
            self.execId,
            self.orderId,
            SIDES.get(self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.orderLinkId,
            fee=neutral_fee(fee),
            fee_currency=self.feeCoin,
            pnl=self.execPnl,
            is_maker=self.isMaker,
            ts=self.execTime,
            recovered=self.recovered,
            raw=self,
        )
