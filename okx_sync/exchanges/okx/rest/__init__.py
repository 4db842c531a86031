"""OKX's REST endpoints, one group a file; a method without a body is a whole endpoint."""

from __future__ import annotations

from okx_sync.exchanges.okx.rest.account import AccountGroup
from okx_sync.exchanges.okx.rest.dialect import OkxRestDialect, new_cl_ord_id
from okx_sync.exchanges.okx.rest.market import Market
from okx_sync.exchanges.okx.rest.public import Public
from okx_sync.exchanges.okx.rest.requests import AmendOrder, AttachedAlgo, AttachedAlgoChange, CancelOrder, NewOrder
from okx_sync.exchanges.okx.rest.status import Status
from okx_sync.exchanges.okx.rest.trade import Trade
from okx_sync.rest import Endpoint, Group

__all__ = [
    "GROUPS",
    "AccountGroup",
    "AmendOrder",
    "AttachedAlgo",
    "AttachedAlgoChange",
    "CancelOrder",
    "Market",
    "NewOrder",
    "OkxRestDialect",
    "Public",
    "Status",
    "Trade",
    "all_endpoints",
    "new_cl_ord_id",
]

GROUPS: tuple[type[Group], ...] = (AccountGroup, Trade, Market, Public, Status)


def all_endpoints() -> list[Endpoint]:
    """Every declared endpoint, group by group."""
    return [endpoint for group in GROUPS for endpoint in group.endpoints]
