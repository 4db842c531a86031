"""Recovery sources of Bybit V5: what its REST API has of a topic's outage; no I/O of its own.

Account data (``order``, ``execution``, ``execution.fast``, ``position``, ``wallet``, ``greeks``, ``spread.order``,
``spread.execution``) is always recovered, trades and candles on request. The other channels either begin with a
snapshot, or nothing on REST tells what they would have pushed, or nobody has written that down yet (RFQ, strategies).
"""

from __future__ import annotations

from typing import Any, Final

from okx_sync.exchanges.bybit.recovery.executions import ExecutionsRecovery
from okx_sync.exchanges.bybit.recovery.holdings import GreeksRecovery, PositionsRecovery, WalletRecovery
from okx_sync.exchanges.bybit.recovery.listings import SettleCoins
from okx_sync.exchanges.bybit.recovery.market import CandlesRecovery, TradesRecovery
from okx_sync.exchanges.bybit.recovery.orders import OrdersRecovery
from okx_sync.exchanges.bybit.recovery.spreads import SpreadExecutionsRecovery, SpreadOrdersRecovery
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import Fetch, Missed, RecoverySource

__all__ = ["Recoveries"]

_KLINE: Final = "kline."
_PROTECTION: Final = "dcp."


class _NothingPushed(RecoverySource):
    """Of a topic on which nothing is ever pushed nothing is missed."""

    def when(self, row: Any) -> tuple[int, ...]:  # noqa: ARG002
        """See ``RecoverySource``."""
        return ()

    def note(self, row: Any) -> Any:
        """See ``RecoverySource``."""
        return row

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:  # noqa: ARG002
        """See ``RecoverySource``."""
        return Missed()


class Recoveries:
    """Makes the recovery sources of one client.

    Args:
        category: The client's market, for public data.
    """

    def __init__(self, category: str) -> None:
        self._category = category
        self._coins = SettleCoins()

    def source(self, topic: Topic, backfill: bool) -> RecoverySource | None:
        """Return the recovery source of a topic.

        None when it has none, or is public and ``backfill`` was not asked for.
        """
        args = dict(topic.args)
        if backfill and topic.channel == "publicTrade":
            return TradesRecovery(args, self._category)
        if backfill and topic.channel == "spread.publicTrade":
            return TradesRecovery(args, None)
        if backfill and topic.channel.startswith(_KLINE):
            return CandlesRecovery(args, self._category, topic.channel.removeprefix(_KLINE))
        match topic.channel:
            case "order":
                return OrdersRecovery(args, self._coins)
            case "execution" | "execution.fast":
                return ExecutionsRecovery(args, is_fast=topic.channel == "execution.fast")
            case "position":
                return PositionsRecovery(args, self._coins)
            case "wallet":
                return WalletRecovery()
            case "greeks":
                return GreeksRecovery()
            case "spread.order":
                return SpreadOrdersRecovery()
            case "spread.execution":
                return SpreadExecutionsRecovery()
        return _NothingPushed() if topic.channel.startswith(_PROTECTION) else None
