"""Group ``mix``: futures of a classic account (V2), of all product types."""

from __future__ import annotations

from okx_sync.exchanges.bitget.mix.account_rest import MixAccounts
from okx_sync.exchanges.bitget.mix.market_rest import MixMarket
from okx_sync.exchanges.bitget.mix.order_rest import MixOrders
from okx_sync.exchanges.bitget.mix.plan_rest import MixPlans

__all__ = ["Mix"]


class Mix(MixMarket, MixAccounts, MixOrders, MixPlans, group="mix"):
    """Futures: market data, account, positions, orders, trigger orders."""
