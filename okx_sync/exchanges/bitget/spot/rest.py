"""Group ``spot``: Bitget's V2 API of spot, put together from its parts."""

from __future__ import annotations

from okx_sync.exchanges.bitget.spot.account_rest import SpotAccount
from okx_sync.exchanges.bitget.spot.market_rest import SpotMarket
from okx_sync.exchanges.bitget.spot.order_rest import SpotOrders
from okx_sync.exchanges.bitget.spot.plan_rest import SpotPlanOrders
from okx_sync.exchanges.bitget.spot.wallet_rest import SpotWallet

__all__ = ["Spot"]


class Spot(SpotMarket, SpotOrders, SpotPlanOrders, SpotAccount, SpotWallet, group="spot"):
    """Market data, orders, trigger orders, account and wallet of spot."""
