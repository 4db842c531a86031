"""The objects of a batch on a unified account, one per order. Names are those of the single calls' parameters."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.bitget.uta.words import (
    CategoryArg,
    OrderTypeArg,
    PosSideArg,
    SideArg,
    StpModeArg,
    TimeInForceArg,
)
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["UtaAmendOrder", "UtaCancelOrder", "UtaNewOrder"]


@documented
@frozen
class UtaNewOrder:
    """One order of ``place_batch_orders``; see ``place_order`` for the fields."""

    category: CategoryArg
    symbol: str
    side: SideArg
    order_type: OrderTypeArg
    qty: Number
    price: Number | None = None
    client_oid: str | None = None
    time_in_force: TimeInForceArg | None = None
    pos_side: PosSideArg | None = None
    stp_mode: StpModeArg | None = None


@documented
@frozen
class UtaAmendOrder:
    """One change of ``amend_batch_orders``, the order named by one of its ids."""

    category: CategoryArg | None = None
    symbol: str | None = None
    order_id: str | None = None
    client_oid: str | None = None
    qty: Number | None = None
    price: Number | None = None
    auto_cancel: bool | None = None


@documented
@frozen
class UtaCancelOrder:
    """One order of ``cancel_batch_orders``, named by one of its ids."""

    category: CategoryArg
    symbol: str
    order_id: str | None = None
    client_oid: str | None = None
