"""Recovery sources of OKX: what its REST API has of a topic's outage; no I/O of its own.

Account data (``orders``, ``fills``, ``positions``, ``account``) is always recovered, trades and candles on request.
The other channels either begin with a snapshot, or nothing on REST tells what they would have pushed. Each source is
loaded with the first topic that has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from okx_sync.lazy import LateName

if TYPE_CHECKING:
    from okx_sync.protocol.dialect import Topic
    from okx_sync.protocol.recovery_source import RecoverySource

__all__ = ["recovery_for"]

_HOME: Final = "okx_sync.exchanges.okx.recovery"
_ACCOUNT: Final[Mapping[str, LateName]] = {
    "account": LateName(f"{_HOME}.holdings", "AccountRecovery"),
    "fills": LateName(f"{_HOME}.fills", "FillsRecovery"),
    "orders": LateName(f"{_HOME}.orders", "OrdersRecovery"),
    "positions": LateName(f"{_HOME}.holdings", "PositionsRecovery"),
}


def recovery_for(topic: Topic, backfill: bool) -> RecoverySource | None:
    """Return the recovery source of a topic; None when it has none, or is public and ``backfill`` was not asked for."""
    args = dict(topic.args)
    source: RecoverySource
    if topic.channel in _ACCOUNT:
        source = _ACCOUNT[topic.channel]()(args)
        return source
    return _backfill(topic.channel, args) if backfill else None


def _backfill(channel: str, args: Mapping[str, str]) -> RecoverySource | None:
    from okx_sync.exchanges.okx.recovery.market import CANDLE_PATHS, CandlesRecovery, TradesRecovery

    if channel in ("trades", "trades-all"):
        return TradesRecovery(args)
    for prefix, *paths in CANDLE_PATHS:
        if channel.startswith(prefix):
            return CandlesRecovery(args, (paths[0], paths[1]), channel.removeprefix(prefix))
    return None
