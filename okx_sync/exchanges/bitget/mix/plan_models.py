"""Trigger orders, trailing stops, take-profits and stop-losses of V2 futures as REST answers them."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.algo_types import AlgoUpdate
from okx_sync.exchanges.bitget.algo_conversion import (
    PLAN_SPOILS,
    own_order,
    plan_kind,
    plan_triggers,
    waiting_update,
    whole_or,
)
from okx_sync.exchanges.bitget.row_conversion import order_side
from okx_sync.exchanges.bitget.words import AlgoStatus, MarginMode, OrderType, PosMode, PosSide, Side, TriggerType
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant

__all__ = ["MixPlanOrder", "MixPlanSubOrder", "MixTpslReceipt"]


@model
class MixTpslReceipt(Row):
    """A take-profit or a stop-loss that was accepted (``POST /api/v2/mix/order/place-pos-tpsl``): a row for each."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    stopSurplusClientOid: str | None = None
    """Id that the client gave the take-profit."""
    stopLossClientOid: str | None = None
    """Id that the client gave the stop-loss."""


@model
class MixPlanOrder(Row):
    """A trigger order, trailing stop, take-profit or stop-loss (``GET /api/v2/mix/order/orders-plan-pending``, ...).

    In hedge mode ``side`` names the side of the position, and ``tradeSide`` says whether it opens or closes that.
    """

    productType: str | None = envelope("productType")
    """Product type that was asked for."""
    planType: str | None = None
    """Kind: "normal_plan", "track_plan" (trailing), "profit_plan", "loss_plan", "moving_plan", "pos_profit", ..."""
    symbol: str | None = None
    size: Decimal | None = None
    """Size, in base currency."""
    orderId: str | None = None
    """Id that Bitget gave it."""
    executeOrderId: str | None = None
    """Id of the order that it has made."""
    clientOid: str | None = None
    """Id that the client gave it."""
    planStatus: AlgoStatus | None = None
    """State: "live" ("not_trigger" in an example of Bitget's), "executed", "fail_execute" or "cancelled"."""
    price: Decimal | None = None
    """Price of its order; not of trailing stops."""
    executePrice: Decimal | None = None
    """Price of its order; 0 or None: at market."""
    priceAvg: Decimal | None = None
    """Average price of what its order has filled."""
    baseVolume: Decimal | None = None
    """Size that its order has filled, in base currency."""
    callbackRatio: Decimal | None = None
    """Trailing stops: distance in percent, 1 to 10."""
    triggerPrice: Decimal | None = None
    """Price at which it is triggered."""
    triggerType: TriggerType | None = None
    """Price that is compared with that."""
    side: Side | None = None
    """Side, in hedge mode that of the position."""
    posSide: PosSide | None = None
    marginCoin: str | None = None
    marginMode: MarginMode | None = None
    enterPointSource: str | None = None
    """Source: "API", "WEB", "SYS" (forced), ..."""
    tradeSide: str | None = None
    """Trade side in hedge mode: "open" or "close"."""
    posMode: PosMode | None = None
    orderType: OrderType | None = None
    orderSource: str | None = None
    """What made it: "normal", "profit_limit", "pos_loss_market", ..."""
    stopSurplusExecutePrice: Decimal | None = None
    """Take-profit that it brings: price of its order; 0 or None: at market."""
    stopSurplusTriggerPrice: Decimal | None = None
    """Take-profit that it brings: price at which it is triggered; of a trailing stop, percent."""
    stopSurplusTriggerType: TriggerType | None = None
    """Take-profit that it brings: price that is compared with that."""
    stopLossExecutePrice: Decimal | None = None
    """Stop-loss that it brings: price of its order; 0 or None: at market."""
    stopLossTriggerPrice: Decimal | None = None
    """Stop-loss that it brings: price at which it is triggered; of a trailing stop, percent."""
    stopLossTriggerType: TriggerType | None = None
    """Stop-loss that it brings: price that is compared with that."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return it in neutral words.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return [self._to_algo_update()]

    @tolerant(
        "symbol",
        "orderId",
        "planStatus",
        "planType",
        spoils=PLAN_SPOILS,
    )
    def _to_algo_update(self) -> AlgoUpdate:
        kind, leg = plan_kind(self.planType)
        return waiting_update(
            self,
            self.symbol,
            self.orderId,
            self.clientOid,
            self.planStatus,
            (self.cTime, self.uTime),
            kind=kind,
            leg=leg,
            side=order_side(self.side, self.posSide, self.tradeSide),
            position_side=self.posSide,
            size=whole_or(self.size, self.planType),
            product=self.productType,
            order_ids=own_order(self.executeOrderId),
            **plan_triggers(self, (self.stopSurplusExecutePrice, self.stopLossExecutePrice)),
        )


@model
class MixPlanSubOrder(Row):
    """An order that a trigger order has made (``GET /api/v2/mix/order/plan-sub-order``)."""

    orderId: str | None = None
    """Id that Bitget gave it."""
    price: Decimal | None = None
    """Price of the order."""
    type: OrderType | None = None
    status: str | None = None
    """What became of the trigger: "success", "fail", "cancelled", "in_progress", "in_progress_tracking"."""
