"""Recovery sources of OKX: what its REST API has of a topic's outage; no I/O of its own.

Account data (``orders``, ``fills``, ``positions``, ``account``) is always recovered, trades and candles on request.
The other channels either begin with a snapshot, or nothing on REST tells what they would have pushed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from okx_sync.exchanges.okx.recovery.fills import FillsRecovery
from okx_sync.exchanges.okx.recovery.holdings import AccountRecovery, PositionsRecovery
from okx_sync.exchanges.okx.recovery.market import CANDLE_PATHS, CandlesRecovery, TradesRecovery
from okx_sync.exchanges.okx.recovery.orders import OrdersRecovery
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import RecoverySource

__all__ = ["recovery_for"]

_ACCOUNT: Final[Mapping[str, Callable[[Mapping[str, str]], RecoverySource]]] = {
    "account": AccountRecovery,
    "fills": FillsRecovery,
    "orders": OrdersRecovery,
    "positions": PositionsRecovery,
}


def recovery_for(topic: Topic, backfill: bool) -> RecoverySource | None:
    """Return the recovery source of a topic; None when it has none, or is public and ``backfill`` was not asked for."""
    args = dict(topic.args)
    if topic.channel in _ACCOUNT:
        return _ACCOUNT[topic.channel](args)
    if not backfill:
        return None
    if topic.channel in ("trades", "trades-all"):
        return TradesRecovery(args)
    for prefix, *paths in CANDLE_PATHS:
        if topic.channel.startswith(prefix):
            return CandlesRecovery(args, (paths[0], paths[1]), topic.channel.removeprefix(prefix))
    return None
