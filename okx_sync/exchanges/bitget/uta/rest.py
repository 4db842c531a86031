"""Group ``uta``: all calls of V3 that have a name, put together from the files beside this one."""

from __future__ import annotations

from okx_sync.exchanges.bitget.uta.account_rest import UtaAccount
from okx_sync.exchanges.bitget.uta.market_rest import UtaMarket
from okx_sync.exchanges.bitget.uta.order_rest import UtaOrders
from okx_sync.exchanges.bitget.uta.strategy_rest import UtaStrategy

__all__ = ["Uta"]


class Uta(UtaMarket, UtaAccount, UtaOrders, UtaStrategy, group="uta"):
    """A unified account, and the market data of V3."""
