# mypy: disable-error-code="empty-body"
"""Typed methods for the topics that V3 alone has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.bitget.channel import V3_FUTURES, v3_channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bitget.subscribe_options import ProductOptions
    from okx_sync.exchanges.bitget.v3.models import V3FastFill, V3Liquidation, V3RpiBook
    from okx_sync.exchanges.bitget.words import RpiDepth, V3InstType

__all__ = ["V3Streams"]


class V3Streams(Streams):
    """Early fills, liquidations, books with retail price improvement."""

    @v3_channel(
        "fast-fill",
        path="private",
        private=True,
        cadence="on each fill, before fill",
        key=("symbol", "execId", "orderId"),
        identity=("symbol", "execId", "orderId"),
    )
    def subscribe_fast_fill(
        self, callback: Callable[[V3FastFill], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[V3FastFill]:
        """Subscribe to the fills of the account's orders, earlier than ``subscribe_fill`` tells them, without fees.

        Args:
            callback: Called with each ``V3FastFill``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxAuthError: The client has no credentials, or Bitget did not accept them.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: https://www.bitget.com/api-doc/uta/websocket/private/Fast-Fill-Channel
        """

    @inst_id_or_list
    @v3_channel(
        "liquidation",
        path="public",
        products=V3_FUTURES,
        cadence="when Bitget liquidates a position",
        quiet=True,
    )
    def subscribe_liquidations(
        self,
        inst_id: str | None = None,
        callback: Callable[[V3Liquidation], object] | None = None,
        *,
        inst_type: V3InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[V3Liquidation]:
        """Subscribe to positions of anybody that Bitget liquidates.

        Args:
            inst_id: Only positions in this instrument, such as ``BTCUSDT``; in all of the product when left out.
            callback: Called with each ``V3Liquidation``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product: ``usdt-futures`` (the default), ``coin-futures`` or ``usdc-futures``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: channel liquidation, path public
        """

    @inst_id_or_list
    @v3_channel(
        "rpi-books{depth}",
        path="public",
        cadence="the whole book of the best levels when it changed",
        key=("symbol",),
        identity=("symbol", "ts"),
        snapshot=True,
    )
    def subscribe_rpi_books(
        self,
        inst_id: str,
        depth: RpiDepth = "5",
        callback: Callable[[V3RpiBook], object] | None = None,
        *,
        inst_type: V3InstType | None = None,
        **options: Unpack[ProductOptions],
    ) -> Subscription[V3RpiBook]:
        """Subscribe to the best levels of a book in which orders for retail price improvement are shown.

        Args:
            inst_id: Instrument, such as ``BTCUSDT``.
            depth: Levels a side: ``"1"``, ``"5"`` (the default) or ``"50"``.
            callback: Called with each ``V3RpiBook``; without it, iterate the subscription or call its ``get()``.
            inst_type: Kind of product, else by name: ``usdt-futures``, ``spot``, ``coin-futures`` or ``usdc-futures``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: Bitget refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong, or the client's protocol has no such channel; nothing was sent.
            OkxTimeoutError: Bitget did not agree within ``timeout`` seconds.

        Source: channel rpi-books{depth}, path public
        """
