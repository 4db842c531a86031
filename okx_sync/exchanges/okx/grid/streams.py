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
        """Subscribe to the account's spot grid bots.

        Args:
            inst_type: ``SPOT``, or ``ANY``, which is the default.
            inst_id: Only bots in this instrument, such as ``BTC-USDT``; in all when left out.
            callback: Called with each ``SpotGridOrder``; without it, iterate the subscription or call its ``get()``.
            algo_id: Only the bot of this id, as OKX gave it; all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-ws-spot-grid-algo-orders-channel
        """

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
        """Subscribe to the account's contract grid bots.

        Args:
            inst_type: Kind of contract: ``SWAP``, ``FUTURES``, or ``ANY`` (the default) for both.
            inst_id: Only bots in this contract, such as ``BTC-USDT-SWAP``; in all when left out.
            callback: Called with each ``ContractGridOrder``; without it, iterate the subscription or call its
                ``get()``.
            algo_id: Only the bot of this id, as OKX gave it; all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-ws-contract-grid-algo-orders-channel
        """

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
        """Subscribe to the account's moon grid bots, of which OKX offers no more.

        OKX does not document the channel any longer.

        Args:
            inst_type: Kind of instrument; ``SPOT`` when left out. What else it may be is not documented.
            inst_id: Only bots in this instrument, such as ``BTC-USDT``; in all when left out.
            callback: Called with each ``SpotGridOrder``; without it, iterate the subscription or call its ``get()``.
            algo_id: Only the bot of this id, as OKX gave it; all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: channel grid-orders-moon, path business
        """

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
        """Subscribe to the position of one contract grid bot.

        Args:
            algo_id: Id of the bot, as OKX gave it.
            callback: Called with each ``GridPosition``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-ws-grid-positions-channel
        """

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
        """Subscribe to the orders that one grid bot has placed.

        Args:
            algo_id: Id of the bot, as OKX gave it.
            callback: Called with each ``GridSubOrder``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-grid-trading-ws-grid-sub-orders-channel
        """
