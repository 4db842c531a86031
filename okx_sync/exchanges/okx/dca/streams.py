# mypy: disable-error-code="empty-body"
"""Typed methods for recurring buys. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.dca.models import RecurringBuy
    from okx_sync.exchanges.okx.words import GridSpotInstType

__all__ = ["DcaStreams"]


class DcaStreams(Streams):
    """The account's recurring buys."""

    @channel(
        "algo-recurring-buy",
        path="business",
        private=True,
        cadence="on each change of a bot, and now and then in between",
        key=("algoId",),
        identity=("algoId", "pTime"),
    )
    def subscribe_algo_recurring_buy(
        self,
        inst_type: GridSpotInstType = "ANY",
        algo_id: str | None = None,
        callback: Callable[[RecurringBuy], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RecurringBuy]:
        """Subscribe to the account's recurring buys.

        Args:
            inst_type: ``SPOT``, or ``ANY``, which is the default.
            algo_id: Only the recurring buy of this id, as OKX gave it; all when left out.
            callback: Called with each ``RecurringBuy``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-recurring-buy-ws-recurring-buy-orders-channel
        """
