"""Bybit V5 over REST, as far as streams need it: the server's time, and the endpoints that order entry is like."""

from __future__ import annotations

from okx_sync.exchanges.bybit.rest_dialect import BybitRestDialect, new_order_link_id
from okx_sync.exchanges.bybit.trade.requests import AmendOrder, CancelOrder, NewOrder
from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints

__all__ = [
    "AmendOrder",
    "BybitRestDialect",
    "CancelOrder",
    "NewOrder",
    "OrderEndpoints",
    "new_order_link_id",
]
