# mypy: disable-error-code="empty-body"
"""Typed methods for block trades that are asked for by quote."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bybit.channel import channel
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.rfq.models import Rfq, RfqPublicTrade, RfqQuote, RfqTrade

__all__ = ["RfqStreams"]


class RfqStreams(Streams):
    """Inquiries, quotes and block trades."""

    @channel(
        "rfq.open.rfqs",
        path="private",
        private=True,
        cadence="on each change of an inquiry",
        key=("rfqId",),
    )
    def subscribe_rfqs(
        self,
        callback: Callable[[Rfq], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Rfq]:
        """Subscribe to inquiries that the account sent or received.

        Args:
            callback: Called with each ``Rfq``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/rfq/websocket/private/inquiry
        """

    @channel(
        "rfq.open.quotes",
        path="private",
        private=True,
        cadence="on each change of a quote",
        key=("quoteId",),
    )
    def subscribe_rfq_quotes(
        self,
        callback: Callable[[RfqQuote], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RfqQuote]:
        """Subscribe to quotes that the account sent or received.

        Args:
            callback: Called with each ``RfqQuote``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/rfq/websocket/private/quote
        """

    @channel(
        "rfq.open.trades",
        path="private",
        private=True,
        cadence="on each block trade of the account",
        key=("rfqId",),
    )
    def subscribe_rfq_trades(
        self,
        callback: Callable[[RfqTrade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RfqTrade]:
        """Subscribe to the account's block trades.

        Args:
            callback: Called with each ``RfqTrade``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bybit did not accept them.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/rfq/websocket/private/transaction
        """

    @channel(
        "rfq.open.public.trades",
        path="/v5/public/rfq",
        cadence="on each block trade",
        key=("rfqId",),
        quiet=True,
    )
    def subscribe_rfq_public_trades(
        self,
        callback: Callable[[RfqPublicTrade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RfqPublicTrade]:
        """Subscribe to the block trades of all.

        Args:
            callback: Called with each ``RfqPublicTrade``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bybit refused it; the text says why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bybit did not agree within ``timeout`` seconds.

        Source: https://bybit-exchange.github.io/docs/v5/rfq/websocket/public/public-transaction
        """
