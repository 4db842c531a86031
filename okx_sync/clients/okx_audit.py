"""How OKX is asked for what ``ws.audit`` compares with live state."""

from __future__ import annotations

from okx_sync.clients.okx_orders import OkxOrders
from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.live.audited import AuditQueries

__all__ = ["audit_queries"]


def audit_queries(orders: OkxOrders, rest: OkxRestAccess) -> AuditQueries:
    """Return what asks OKX: ``orders`` for orders, ``rest`` for the rest."""
    return AuditQueries(
        positions=lambda: [row.to_update() for row in rest().get_positions()],
        account=lambda: rest().get_balance().to_update(),
        open_orders=lambda: orders.open_orders().updates,
        look_up=orders.look_up,
    )
