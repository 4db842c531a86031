# mypy: disable-error-code="empty-body"
"""Typed methods for the channels that the ``seed`` protocol alone has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import seed_channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.seed.models import SeedExecution, SeedLiquidation

__all__ = ["SeedStreams"]


class SeedStreams(Streams):
    """Fills and liquidation warnings."""

    @seed_channel(
        "execution",
        cadence="on each fill",
        key=("symbol", "tradeId", "orderId"),
        identity=("symbol", "tradeId", "orderId"),
    )
    def subscribe_execution(
        self,
        inst_id: str | None = None,
        callback: Callable[[SeedExecution], object] | None = None,
        *,
        inst_type: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedExecution]:
        """Fills of the account's orders, of all instruments or one. No snapshot.

        V2 has ``subscribe_fill``.
        """

    @seed_channel(
        "liquidation",
        cadence="when a position is close to its liquidation",
        key=("symbol", "positionSide", "marginMode"),
        identity=("symbol", "positionSide", "timestamp"),
    )
    def subscribe_liquidation(
        self,
        inst_id: str | None = None,
        callback: Callable[[SeedLiquidation], object] | None = None,
        *,
        inst_type: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedLiquidation]:
        """Warnings that a position comes close to its liquidation.

        Elsewhere watch ``marginRate`` of ``subscribe_positions``.
        """
