"""Group ``mix``: futures of a classic account (V2), of all product types."""

from __future__ import annotations

from okx_sync.exchanges.bitget.mix.account_rest import MixAccounts
from okx_sync.exchanges.bitget.mix.market_rest import MixMarket

__all__ = ["Mix"]


class Mix(MixMarket, MixAccounts, group="mix"):
    """Futures: market data, account, positions."""
