# mypy: disable-error-code="empty-body"
"""Typed methods for the account's algo orders. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.algo.models import AdvancedAlgoOrder, AlgoOrder
    from okx_sync.exchanges.okx.words import AlgoInstType

__all__ = ["AlgoStreams"]


class AlgoStreams(Streams):
    """The account's algo orders."""

    @channel(
        "orders-algo",
        path="business",
        private=True,
        cadence="on each change of an algo order; no snapshot",
        key=("algoId",),
        identity=("algoId", "uTime", "state"),
    )
    def subscribe_orders_algo(
        self,
        inst_type: AlgoInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[AlgoOrder], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AlgoOrder]:
        """Subscribe to the account's conditional, one-cancels-other, trigger and chase orders.

        Args:
            inst_type: Kind of instrument: ``SPOT``, ``MARGIN``, ``SWAP``, ``FUTURES``, or ``ANY`` (the default) for
                all.
            inst_id: Only orders in this instrument, such as ``BTC-USDT``; in all when left out.
            callback: Called with each ``AlgoOrder``; without it, iterate the subscription or call its ``get()``.
            inst_family: Only orders in this family of contracts, such as ``BTC-USD``; in all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-ws-algo-orders-channel
        """

    @channel(
        "algo-advance",
        path="business",
        private=True,
        cadence="the present state at first, then on each change of an order",
        key=("algoId",),
        identity=("algoId", "state", "pTime"),
        snapshot=True,
    )
    def subscribe_algo_advance(
        self,
        inst_type: AlgoInstType = "ANY",
        inst_id: str | None = None,
        callback: Callable[[AdvancedAlgoOrder], object] | None = None,
        *,
        algo_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[AdvancedAlgoOrder]:
        """Subscribe to the account's iceberg, TWAP and trailing stop orders.

        Args:
            inst_type: Kind of instrument: ``SPOT``, ``MARGIN``, ``SWAP``, ``FUTURES``, or ``ANY`` (the default) for
                all.
            inst_id: Only orders in this instrument, such as ``BTC-USDT``; in all when left out.
            callback: Called with each ``AdvancedAlgoOrder``; without it, iterate the subscription or call its
                ``get()``.
            algo_id: Only the order of this id, as OKX gave it; all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-ws-advance-algo-orders-channel
        """
