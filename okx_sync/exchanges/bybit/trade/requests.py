"""The objects of a batch, one per order. Names are those of the single calls' parameters."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.bybit.argument_words import (
    MarketUnit,
    OrderFilter,
    OrderType,
    PositionIdx,
    Side,
    SmpType,
    TimeInForce,
    TpslMode,
    TriggerBy,
    TriggerDirection,
)
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["AmendOrder", "CancelOrder", "NewOrder"]


@documented
@frozen
class NewOrder:
    """One order of ``place_batch_orders``; see ``OrderEndpoints.place_order`` for the fields."""

    symbol: str
    side: Side
    order_type: OrderType
    qty: Number
    price: Number | None = None
    order_link_id: str | None = None
    time_in_force: TimeInForce | None = None
    position_idx: PositionIdx | None = None
    reduce_only: bool | None = None
    close_on_trigger: bool | None = None
    trigger_price: Number | None = None
    trigger_direction: TriggerDirection | None = None
    trigger_by: TriggerBy | None = None
    take_profit: Number | None = None
    stop_loss: Number | None = None
    tp_trigger_by: TriggerBy | None = None
    sl_trigger_by: TriggerBy | None = None
    tpsl_mode: TpslMode | None = None
    tp_limit_price: Number | None = None
    sl_limit_price: Number | None = None
    tp_order_type: OrderType | None = None
    sl_order_type: OrderType | None = None
    smp_type: SmpType | None = None
    order_iv: Number | None = None
    mmp: bool | None = None
    is_leverage: bool | None = None
    market_unit: MarketUnit | None = None
    order_filter: OrderFilter | None = None


@documented
@frozen
class AmendOrder:
    """One change of ``amend_batch_orders``, the order named by one of its ids."""

    symbol: str
    order_id: str | None = None
    order_link_id: str | None = None
    qty: Number | None = None
    price: Number | None = None
    trigger_price: Number | None = None
    trigger_by: TriggerBy | None = None
    take_profit: Number | None = None
    stop_loss: Number | None = None
    tp_trigger_by: TriggerBy | None = None
    sl_trigger_by: TriggerBy | None = None
    tpsl_mode: TpslMode | None = None
    tp_limit_price: Number | None = None
    sl_limit_price: Number | None = None
    order_iv: Number | None = None


@documented
@frozen
class CancelOrder:
    """One order of ``cancel_batch_orders``, named by one of its ids."""

    symbol: str
    order_id: str | None = None
    order_link_id: str | None = None
