"""The objects of a batch of spot orders, one per order. Names are those of the single calls' parameters."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.bitget.spot.argument_words import Force, OrderType, Side, StpMode
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["CancelSpotOrder", "NewSpotOrder", "ReplaceSpotOrder"]


@documented
@frozen
class NewSpotOrder:
    """One order of ``spot.place_batch_orders``; see ``spot.place_order`` for the fields."""

    side: Side
    order_type: OrderType
    size: Number
    """Size, in base currency; of market buys in quote currency."""
    price: Number | None = None
    symbol: str | None = None
    """Name of the pair; only with ``batch_mode="multiple"``, else that of the batch counts."""
    client_oid: str | None = None
    force: Force | None = None
    stp_mode: StpMode | None = None
    preset_take_profit_price: Number | None = None
    """Price at which the take-profit is triggered."""
    execute_take_profit_price: Number | None = None
    """Order price of the take-profit; at market when left out."""
    preset_stop_loss_price: Number | None = None
    """Price at which the stop-loss is triggered."""
    execute_stop_loss_price: Number | None = None
    """Order price of the stop-loss; at market when left out."""


@documented
@frozen
class CancelSpotOrder:
    """One order of ``spot.cancel_batch_orders``, named by one of its two ids: all of a batch by the same one."""

    order_id: str | None = None
    client_oid: str | None = None
    symbol: str | None = None
    """Name of the pair; only with ``batch_mode="multiple"``, else that of the batch counts."""


@documented
@frozen
class ReplaceSpotOrder:
    """One order of ``spot.replace_batch_orders``; see ``spot.replace_order`` for the fields."""

    symbol: str
    price: Number
    size: Number
    """Size, in base currency."""
    order_id: str | None = None
    client_oid: str | None = None
    new_client_oid: str | None = None
    preset_take_profit_price: Number | None = None
    """Price at which the take-profit is triggered."""
    execute_take_profit_price: Number | None = None
    """Order price of the take-profit; at market when left out."""
    preset_stop_loss_price: Number | None = None
    """Price at which the stop-loss is triggered."""
    execute_stop_loss_price: Number | None = None
    """Order price of the stop-loss; at market when left out."""
