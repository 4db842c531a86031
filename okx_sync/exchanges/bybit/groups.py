"""All groups of Bybit's REST API as attributes of one object; the client is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.exchanges.groups import LateGroup, LateGroups

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.account.rest import Account
    from okx_sync.exchanges.bybit.asset.rest import Asset
    from okx_sync.exchanges.bybit.market.rest import Market
    from okx_sync.exchanges.bybit.position.rest import PositionEndpoints
    from okx_sync.exchanges.bybit.service.rest import Announcements, Demo, RateLimits, System
    from okx_sync.exchanges.bybit.spot_margin.rest import SpotMargin
    from okx_sync.exchanges.bybit.spread.rest import Spread
    from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints
    from okx_sync.exchanges.bybit.user.rest import User
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
    account: LateGroup[Account] = LateGroup(
        "okx_sync.exchanges.bybit.account.rest", "Account", "/v5/account/", "/v5/asset/coin-greeks"
    )
    asset: LateGroup[Asset] = LateGroup("okx_sync.exchanges.bybit.asset.rest", "Asset", "/v5/asset/")
    user: LateGroup[User] = LateGroup("okx_sync.exchanges.bybit.user.rest", "User", "/v5/user/")
    spot_margin: LateGroup[SpotMargin] = LateGroup(
        "okx_sync.exchanges.bybit.spot_margin.rest", "SpotMargin", "/v5/spot-margin-trade/"
    )
    spread: LateGroup[Spread] = LateGroup("okx_sync.exchanges.bybit.spread.rest", "Spread", "/v5/spread/")
    system: LateGroup[System] = LateGroup("okx_sync.exchanges.bybit.service.rest", "System", "/v5/system/")
    announcement: LateGroup[Announcements] = LateGroup(
        "okx_sync.exchanges.bybit.service.rest", "Announcements", "/v5/announcements/"
    )
    rate_limit: LateGroup[RateLimits] = LateGroup(
        "okx_sync.exchanges.bybit.service.rest", "RateLimits", "/v5/apilimit/"
    )
    demo: LateGroup[Demo] = LateGroup(
        "okx_sync.exchanges.bybit.service.rest", "Demo", "/v5/account/demo-", "/v5/user/create-demo-"
    )


def find_endpoint(method: str, path: str) -> Endpoint | None:
    """Return the declared endpoint of a path; None when there is none."""
    return BybitGroups.find_endpoint(method, path)
