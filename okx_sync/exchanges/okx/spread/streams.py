# mypy: disable-error-code="empty-body"
"""Typed methods for spread trading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.one_or_list import sprd_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.spread.models import (
        SpreadBookUpdate,
        SpreadFill,
        SpreadOrder,
        SpreadTicker,
        SpreadTrade,
    )

__all__ = ["SpreadStreams"]


class SpreadStreams(Streams):
    """Spreads: two instruments traded as one (``sprd_id="BTC-USDT_BTC-USDT-SWAP"``).

    Their candles are with the other candles.
    """

    @sprd_id_or_list
    @channel(
        "sprd-tickers",
        path="business",
        cadence="on a trade or a change of the best prices, at most every 100 ms",
        key=("sprdId",),
        identity=("sprdId", "ts"),
        snapshot=True,
    )
    def subscribe_sprd_tickers(
        self,
        sprd_id: str,
        callback: Callable[[SpreadTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadTicker]:
        """Subscribe to the best prices, last trade and 24 h figures of a spread.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            callback: Called with each ``SpreadTicker``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-public-channel-tickers-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-public-trades",
        path="business",
        cadence="on each trade, one by one",
        key=("sprdId",),
        identity=("sprdId", "tradeId"),
        quiet=True,
    )
    def subscribe_sprd_public_trades(
        self,
        sprd_id: str,
        callback: Callable[[SpreadTrade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadTrade]:
        """Subscribe to every single public trade of a spread.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            callback: Called with each ``SpreadTrade``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-public-channel-public-trades-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-bbo-tbt",
        path="business",
        cadence="the whole best level every 10 ms when it changed",
        key=("sprdId",),
        identity=("sprdId", "seqId"),
        snapshot=True,
    )
    def subscribe_sprd_bbo_tbt(
        self,
        sprd_id: str,
        callback: Callable[[SpreadBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadBookUpdate]:
        """Subscribe to the best level of both sides of a spread's order book; a side may be empty.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            callback: Called with each ``SpreadBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-public-channel-order-book-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-books5",
        path="business",
        cadence="the whole 5 best levels every 100 ms when they changed",
        key=("sprdId",),
        identity=("sprdId", "seqId"),
        snapshot=True,
    )
    def subscribe_sprd_books5(
        self,
        sprd_id: str,
        callback: Callable[[SpreadBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadBookUpdate]:
        """Subscribe to the five best levels of both sides of a spread's order book, whole each time.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            callback: Called with each ``SpreadBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-public-channel-order-book-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-books-l2-tbt",
        path="business",
        cadence="a snapshot, then changes every 10 ms",
        identity=("sprdId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_sprd_books_l2_tbt(
        self,
        sprd_id: str,
        callback: Callable[[SpreadBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadBookUpdate]:
        """Subscribe to the order book of a spread, 400 levels: a snapshot, then changes to it.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            callback: Called with each ``SpreadBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-public-channel-order-book-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-orders",
        path="business",
        private=True,
        cadence="on each change of an order; no snapshot",
        key=("ordId",),
        identity=("ordId", "uTime", "state", "accFillSz", "reqId"),
    )
    def subscribe_sprd_orders(
        self,
        sprd_id: str | None = None,
        callback: Callable[[SpreadOrder], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadOrder]:
        """Subscribe to the account's orders on spreads.

        Args:
            sprd_id: Only orders on this spread, such as ``BTC-USDT_BTC-USDT-SWAP``; on all when left out.
            callback: Called with each ``SpreadOrder``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-private-channel-order-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-trades",
        path="business",
        private=True,
        cadence="when a fill is done or turned down; no snapshot",
        key=("sprdId", "tradeId"),
        identity=("sprdId", "tradeId", "state"),
    )
    def subscribe_sprd_trades(
        self,
        sprd_id: str | None = None,
        callback: Callable[[SpreadFill], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadFill]:
        """Subscribe to the account's fills on spreads, leg by leg, and those that were turned down.

        Args:
            sprd_id: Only fills on this spread, such as ``BTC-USDT_BTC-USDT-SWAP``; on all when left out.
            callback: Called with each ``SpreadFill``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-private-channel-trades-channel
        """
