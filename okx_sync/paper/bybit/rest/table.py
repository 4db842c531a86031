"""Every endpoint of Bybit's REST that the paper exchange serves."""

from __future__ import annotations

from okx_sync.paper.bybit.rest import account, asset, ledger, market, outside, position, spread, trade, user
from okx_sync.paper.bybit.rest.call import BybitEndpoint

TABLES: tuple[tuple[BybitEndpoint, ...], ...] = (
    market.ENDPOINTS,
    trade.ENDPOINTS,
    position.ENDPOINTS,
    account.ENDPOINTS,
    ledger.ENDPOINTS,
    asset.ENDPOINTS,
    outside.ENDPOINTS,
    user.ENDPOINTS,
    spread.ENDPOINTS,
)
