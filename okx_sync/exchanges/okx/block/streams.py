# mypy: disable-error-code="empty-body"
"""Typed methods for block trading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.one_or_list import inst_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.block.models import (
        BlockTicker,
        BlockTrade,
        PublicBlockTrade,
        PublicStrucBlockTrade,
        Quote,
        Rfq,
    )

__all__ = ["BlockStreams"]


class BlockStreams(Streams):
    """Block trading: requests for quotes, quotes, trades."""

    @channel(
        "rfqs",
        path="business",
        private=True,
        cadence="when a request is sent, received or changed",
        key=("rfqId",),
        identity=("rfqId", "uTime", "state"),
    )
    def subscribe_rfqs(
        self, callback: Callable[[Rfq], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Rfq]:
        """Subscribe to requests for quotes that the account has sent or received.

        Args:
            callback: Called with each ``Rfq``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#block-trading-websocket-private-channel-rfqs-channel
        """

    @channel(
        "quotes",
        path="business",
        private=True,
        cadence="when a quote is sent, received or changed",
        key=("quoteId",),
        identity=("quoteId", "uTime", "state"),
    )
    def subscribe_quotes(
        self, callback: Callable[[Quote], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Quote]:
        """Subscribe to quotes for block trades that the account has sent or received.

        Args:
            callback: Called with each ``Quote``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#block-trading-websocket-private-channel-quotes-channel
        """

    # blockTdId may be empty, so request and quote are part of the name.
    @channel(
        "struc-block-trades",
        path="business",
        private=True,
        cadence="on each block trade of the account",
        key=("rfqId", "quoteId", "blockTdId"),
        identity=("rfqId", "quoteId", "blockTdId", "isSuccessful"),
    )
    def subscribe_struc_block_trades(
        self, callback: Callable[[BlockTrade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BlockTrade]:
        """Subscribe to the account's own block trades, with all legs.

        Args:
            callback: Called with each ``BlockTrade``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#block-trading-websocket-private-channel-structure-block-trades-channel
        """

    @channel(
        "public-struc-block-trades",
        path="business",
        cadence="on each block trade, 15 minutes after it",
        key=("blockTdId", "groupId"),
        identity=("blockTdId", "groupId", "cTime"),
        quiet=True,
    )
    def subscribe_public_struc_block_trades(
        self, callback: Callable[[PublicStrucBlockTrade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[PublicStrucBlockTrade]:
        """Subscribe to the block trades of everybody, with all legs.

        Args:
            callback: Called with each ``PublicStrucBlockTrade``; without it, iterate the subscription or call its
                ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#block-trading-websocket-public-channel-public-structure-block-trades-channel
        """

    @inst_id_or_list
    @channel(
        "public-block-trades",
        path="business",
        cadence="on each leg of a block trade, 15 minutes after it",
        key=("instId",),
        identity=("instId", "tradeId", "groupId", "ts"),
        quiet=True,
    )
    def subscribe_public_block_trades(
        self,
        inst_id: str,
        callback: Callable[[PublicBlockTrade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[PublicBlockTrade]:
        """Subscribe to the legs of everybody's block trades in one instrument.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``PublicBlockTrade``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#block-trading-websocket-public-channel-public-block-trades-channel
        """

    @inst_id_or_list
    @channel(
        "block-tickers",
        path="business",
        cadence="on a block trade, and every 5 minutes",
        omits=("instId",),
        key=("instId",),
        identity=("instId", "ts"),
        quiet=True,
    )
    def subscribe_block_tickers(
        self,
        inst_id: str,
        callback: Callable[[BlockTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BlockTicker]:
        """Subscribe to the block volume of an instrument in 24 h.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BlockTicker``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#block-trading-websocket-public-channel-block-tickers-channel
        """
