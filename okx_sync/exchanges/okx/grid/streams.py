# mypy: disable-error-code="empty-body"
"""Typed methods for grid bots. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.grid.models import ContractGridOrder, GridPosition, GridSubOrder, SpotGridOrder
    from okx_sync.exchanges.okx.words import GridContractInstType, GridSpotInstType

__all__ = ["GridStreams"]


class GridStreams(Streams):
    """The account's grid bots, their positions and orders."""

    @channel(
        "grid-orders-spot",
        path="business",
        private=True,
        cadence="on each change of a bot, and now and then in between",
        key=("algoId",),
        identity=("algoId", "pTime"),
    )
    def subscribe_grid_orders_spot(
        self,
        inst_type: GridSpotInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[SpotGridOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpotGridOrder]:
        """Spot grid bots: all, those of an instrument, or one."""

    @channel(
        "grid-orders-contract",
        path="business",
        private=True,
        cadence="on each change of a bot, and now and then in between",
        key=("algoId",),
        identity=("algoId", "pTime"),
    )
    def subscribe_grid_orders_contract(
        self,
        inst_type: GridContractInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[ContractGridOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[ContractGridOrder]:
        """Contract grid bots: all, those of an instrument, or one."""

    # Gone from the documentation with the moon grid in 2024; what instType may be is not written anywhere.
    @channel(
        "grid-orders-moon",
        path="business",
        private=True,
        cadence="on each change of a bot, and now and then in between",
        key=("algoId",),
        identity=("algoId", "pTime"),
        note="no longer documented by OKX",
    )
    def subscribe_grid_orders_moon(
        self,
        inst_type: str = "SPOT",
        inst_id: str | None = None,
        callback: Callable[[SpotGridOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpotGridOrder]:
        """Moon grid bots, of which OKX offers no more; the channel is not documented any longer."""

    @channel(
        "grid-positions",
        path="business",
        private=True,
        cadence="on each change of the bot's position",
        key=("algoId", "instId", "posSide"),
        identity=("algoId", "instId", "posSide", "pTime"),
    )
    def subscribe_grid_positions(
        self,
        algo_id: str,
        callback: Callable[[GridPosition], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[GridPosition]:
        """Position of one contract grid bot."""

    @channel(
        "grid-sub-orders",
        path="business",
        private=True,
        cadence="on each change of one of the bot's orders",
        key=("algoId", "ordId"),
        identity=("algoId", "ordId", "uTime", "state", "accFillSz"),
    )
    def subscribe_grid_sub_orders(
        self,
        algo_id: str,
        callback: Callable[[GridSubOrder], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[GridSubOrder]:
        """Orders that one grid bot has placed."""
