"""Recovery sources of Bybit V5: what its REST API has of a topic's outage; no I/O of its own.

Account data (``order``, ``execution``, ``execution.fast``, ``position``, ``wallet``) is always recovered. Of the other
channels nothing on REST tells what they would have pushed, or they begin with a snapshot.
"""

from __future__ import annotations

from okx_sync.exchanges.bybit.recovery.executions import ExecutionsRecovery
from okx_sync.exchanges.bybit.recovery.holdings import PositionsRecovery, WalletRecovery
from okx_sync.exchanges.bybit.recovery.listings import SettleCoins
from okx_sync.exchanges.bybit.recovery.orders import OrdersRecovery
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import RecoverySource

__all__ = ["Recoveries"]


class Recoveries:
    """Makes the recovery sources of one client."""

    def __init__(self) -> None:
        self._coins = SettleCoins()

    def source(self, topic: Topic, backfill: bool) -> RecoverySource | None:  # noqa: ARG002  of public data
        """Return the recovery source of a topic; None when it has none."""
        args = dict(topic.args)
        match topic.channel:
            case "order":
                return OrdersRecovery(args, self._coins)
            case "execution" | "execution.fast":
                return ExecutionsRecovery(args, is_fast=topic.channel == "execution.fast")
            case "position":
                return PositionsRecovery(args, self._coins)
            case "wallet":
                return WalletRecovery()
        return None
