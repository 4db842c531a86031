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
        """The account's conditional, one-cancels-other, trigger and chase orders."""

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
        """The account's iceberg, TWAP and trailing stop orders."""
