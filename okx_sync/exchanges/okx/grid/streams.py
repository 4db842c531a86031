"""Typed methods for grid bots. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.grid.models import ContractGridOrder, GridPosition, GridSubOrder, SpotGridOrder
    from okx_sync.exchanges.okx.words import GridContractInstType, GridSpotInstType, InstTypeOrAny

__all__ = ["GridStreams"]


class GridStreams(Streams):
    """The account's grid bots, their positions and orders."""

    def subscribe_grid_orders_spot(
        self,
        inst_type: GridSpotInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[SpotGridOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpotGridOrder]:
        """Spot grid bots: all, those of an instrument, or one.

        Pushed on each change of a bot, and now and then in between. Path business, with a login.
        """
        return self.subscribe(
            "grid-orders-spot", callback, instType=inst_type, instId=inst_id, algoId=algo_id, **options
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
        """Contract grid bots: all, those of an instrument, or one.

        Pushed on each change of a bot, and now and then in between. Path business, with a login.
        """
        return self.subscribe(
            "grid-orders-contract", callback, instType=inst_type, instId=inst_id, algoId=algo_id, **options
        )

    def subscribe_grid_orders_moon(
        self,
        inst_type: InstTypeOrAny = "SPOT",
        inst_id: str | None = None,
        callback: Callable[[SpotGridOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpotGridOrder]:
        """Moon grid bots, of which OKX offers no more; the channel is not documented any longer.

        Pushed as ``grid-orders-spot`` is, if at all. Path business, with a login.
        """
        return self.subscribe(
            "grid-orders-moon", callback, instType=inst_type, instId=inst_id, algoId=algo_id, **options
        )

    def subscribe_grid_positions(
        self,
        algo_id: str,
        callback: Callable[[GridPosition], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[GridPosition]:
        """Position of one contract grid bot.

        Pushed on each change of it. Path business, with a login.
        """
        return self.subscribe("grid-positions", callback, algoId=algo_id, **options)

    def subscribe_grid_sub_orders(
        self,
        algo_id: str,
        callback: Callable[[GridSubOrder], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[GridSubOrder]:
        """Orders that one grid bot has placed.

        Pushed on each change of one. Path business, with a login.
        """
        return self.subscribe("grid-sub-orders", callback, algoId=algo_id, **options)
