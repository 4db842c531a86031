"""Typed methods for block trading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

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

    def subscribe_rfqs(
        self, callback: Callable[[Rfq], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Rfq]:
        """Requests for quotes that the account has sent or received.

        Pushed when one is sent, received or changed. Path business, with a login.
        """
        return self.subscribe("rfqs", callback, **options)

    def subscribe_quotes(
        self, callback: Callable[[Quote], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Quote]:
        """Quotes that the account has sent or received.

        Pushed when one is sent, received or changed. Path business, with a login.
        """
        return self.subscribe("quotes", callback, **options)

    def subscribe_struc_block_trades(
        self, callback: Callable[[BlockTrade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BlockTrade]:
        """The account's own block trades, with all legs.

        Pushed on each. Path business, with a login.
        """
        return self.subscribe("struc-block-trades", callback, **options)

    def subscribe_public_struc_block_trades(
        self, callback: Callable[[PublicStrucBlockTrade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[PublicStrucBlockTrade]:
        """Block trades of everybody, with all legs.

        Pushed 15 minutes after each. Path business; no login.
        """
        return self.subscribe("public-struc-block-trades", callback, **options)

    def subscribe_public_block_trades(
        self,
        inst_id: str,
        callback: Callable[[PublicBlockTrade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[PublicBlockTrade]:
        """Legs of block trades of everybody in one instrument.

        Pushed 15 minutes after each. Path business; no login.
        """
        return self.subscribe("public-block-trades", callback, instId=inst_id, **options)

    def subscribe_block_tickers(
        self,
        inst_id: str,
        callback: Callable[[BlockTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[BlockTicker]:
        """Block volume of an instrument in 24 h.

        Pushed on a block trade, and every 5 minutes. Path business; no login.
        """
        return self.subscribe("block-tickers", callback, instId=inst_id, **options)
