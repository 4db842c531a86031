"""The objects of a batch, one per order. Names are those of the single calls' parameters."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.bitget.mix.argument_words import Force, OrderType, Side, StpMode, TradeSide
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["MixCancelOrder", "MixNewOrder"]


@documented
@frozen
class MixNewOrder:
    """One order of ``place_batch_orders``; see ``place_order`` for the fields."""

    size: Number
    side: Side
    order_type: OrderType
    price: Number | None = None
    trade_side: TradeSide | None = None
    force: Force | None = None
    client_oid: str | None = None
    reduce_only: bool | None = None
    preset_stop_surplus_price: Number | None = None
    preset_stop_loss_price: Number | None = None
    stp_mode: StpMode | None = None


@documented
@frozen
class MixCancelOrder:
    """One order of ``cancel_batch_orders`` or ``cancel_plan_orders``, named by one of its ids."""

    order_id: str | None = None
    client_oid: str | None = None
