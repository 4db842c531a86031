# mypy: disable-error-code="empty-body"
"""Typed methods for the account's orders and fills. All need credentials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.trade.models import Fill, Order
    from okx_sync.exchanges.okx.words import InstTypeOrAny

__all__ = ["TradeStreams"]


class TradeStreams(Streams):
    """The account's orders and fills."""

    @channel(
        "orders",
        path="private",
        private=True,
        cadence="on each change of an order; no snapshot",
        key=("instId", "ordId"),
        identity=("instId", "ordId", "uTime", "state", "accFillSz", "reqId"),
    )
    def subscribe_orders(
        self,
        inst_type: InstTypeOrAny = "ANY",
        inst_id: str | None = None,
        callback: Callable[[Order], object] | None = None,
        *,
        inst_family: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Order]:
        """Subscribe to the account's orders: new, filled, amended, canceled.

        Args:
            inst_type: Kind of instrument: ``SPOT``, ``MARGIN``, ``SWAP``, ``FUTURES``, ``OPTION``, ``EVENTS``, or
                ``ANY`` (the default) for all.
            inst_id: Only orders in this instrument, such as ``BTC-USDT``; in all when left out.
            callback: Called with each ``Order``; without it, iterate the subscription or call its ``get()``.
            inst_family: Only orders in this family of contracts, such as ``BTC-USD``; in all when left out.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-order-channel
        """

    @inst_id_or_list
    @channel(
        "fills",
        path="private",
        private=True,
        cadence="on each fill in the order book; no snapshot",
        key=("instId", "tradeId"),
        identity=("instId", "tradeId"),
        fee_tier="VIP4",
    )
    def subscribe_fills(
        self,
        inst_id: str | None = None,
        callback: Callable[[Fill], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Fill]:
        """Subscribe to the account's fills in the order book, sooner than ``subscribe_orders`` tells them.

        Args:
            inst_id: Only fills in this instrument, such as ``BTC-USDT``; in all when left out.
            callback: Called with each ``Fill``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-trade-ws-fills-channel
        """
