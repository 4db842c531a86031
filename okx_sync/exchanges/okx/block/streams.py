# mypy: disable-error-code="empty-body"
"""Typed methods for block trading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.channel import channel
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
        """Requests for quotes that the account has sent or received."""

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
        """Quotes that the account has sent or received."""

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
        """The account's own block trades, with all legs."""

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
        """Block trades of everybody, with all legs."""

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
        """Legs of block trades of everybody in one instrument."""

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
        """Block volume of an instrument in 24 h."""
