"""Typed methods for the channels that the ``seed`` protocol alone has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.seed.models import SeedExecution, SeedLiquidation

__all__ = ["SeedStreams"]


class SeedStreams(Streams):
    """Fills and liquidation warnings."""

    def subscribe_execution(
        self,
        inst_id: str | None = None,
        callback: Callable[[SeedExecution], object] | None = None,
        *,
        inst_type: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedExecution]:
        """Fills of the account's orders, of all instruments or one. No snapshot.

        Pushed on each fill. Path private, with a login. Seed protocol only; V2 has ``subscribe_fill``.
        """
        return self.subscribe("execution", callback, instId=inst_id, instType=inst_type, **options)

    def subscribe_liquidation(
        self,
        inst_id: str | None = None,
        callback: Callable[[SeedLiquidation], object] | None = None,
        *,
        inst_type: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedLiquidation]:
        """Warnings that a position comes close to its liquidation.

        Pushed when it happens. Path private, with a login. Seed protocol only: elsewhere watch ``marginRate`` of
        ``subscribe_positions``.
        """
        return self.subscribe("liquidation", callback, instId=inst_id, instType=inst_type, **options)
