"""All groups of Bybit's REST API as attributes of one object; the client is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.exchanges.groups import LateGroup, LateGroups

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.market.rest import Market
    from okx_sync.exchanges.bybit.position.rest import PositionEndpoints
    from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints
    from okx_sync.rest import Endpoint

__all__ = ["BybitGroups", "find_endpoint"]


class BybitGroups(LateGroups):
    """The groups, each carried out by ``carrier``."""

    market: LateGroup[Market] = LateGroup("okx_sync.exchanges.bybit.market.rest", "Market", "/v5/market/")
    order: LateGroup[OrderEndpoints] = LateGroup(
        "okx_sync.exchanges.bybit.trade.rest", "OrderEndpoints", "/v5/order/", "/v5/execution/"
    )
    position: LateGroup[PositionEndpoints] = LateGroup(
        "okx_sync.exchanges.bybit.position.rest", "PositionEndpoints", "/v5/position/"
    )


def find_endpoint(method: str, path: str) -> Endpoint | None:
    """Return the declared endpoint of a path; None when there is none."""
    return BybitGroups.find_endpoint(method, path)
