"""Typed methods for tickers, trades and order books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.subscribe.base import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.models import BookUpdate, Ticker, Trade, TradeAll

__all__ = ["MarketStreams"]


class MarketStreams(Streams):
    """Tickers, trades and order books."""

    def subscribe_tickers(
        self, inst_id: str, callback: Callable[[Ticker], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Ticker]:
        """Best prices, last trade and 24 h figures of an instrument.

        Pushed on a trade or a change of the best prices, at most every 100 ms. Path public; no login.
        """
        return self.subscribe("tickers", callback, instId=inst_id, **options)

    def subscribe_trades(
        self, inst_id: str, callback: Callable[[Trade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Trade]:
        """Public trades of an instrument; fills of one taker order at one price come as one.

        Pushed on each trade. Path public; no login.
        """
        return self.subscribe("trades", callback, instId=inst_id, **options)

    def subscribe_trades_all(
        self, inst_id: str, callback: Callable[[TradeAll], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[TradeAll]:
        """Every single public trade of an instrument.

        Pushed on each trade. Path business; no login.
        """
        return self.subscribe("trades-all", callback, instId=inst_id, **options)

    def subscribe_books(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Order book of 400 levels: a snapshot, then changes.

        Pushed every 100 ms when it changed; an empty change after about 60 s of none. Path public; no login.
        OKX refuses it (64004) on a connection that has ``books-l2-tbt`` of the same instrument.
        """
        return self.subscribe("books", callback, instId=inst_id, **options)

    def subscribe_orderbook(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """The same as ``subscribe_books``."""
        return self.subscribe_books(inst_id, callback, **options)

    def subscribe_books5(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """The five best levels of both sides, whole each time.

        Pushed every 100 ms when they changed; repeated after about 60 s of no change. Path public; no login.
        """
        return self.subscribe("books5", callback, instId=inst_id, **options)

    def subscribe_bbo_tbt(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """The best level of both sides; a side may be empty.

        Pushed every 10 ms when it changed; repeated after about 60 s of no change. Path public; no login.
        """
        return self.subscribe("bbo-tbt", callback, instId=inst_id, **options)

    def subscribe_books50_l2_tbt(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Order book of 50 levels: a snapshot, then changes.

        Pushed every 10 ms when it changed. Path public, with a login; fee tier VIP4 or above (else 64003).
        OKX refuses it (64004) on a connection that has ``books-l2-tbt`` of the same instrument.
        """
        return self.subscribe("books50-l2-tbt", callback, instId=inst_id, **options)

    def subscribe_books_l2_tbt(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Order book of 400 levels: a snapshot, then changes.

        Pushed every 10 ms when it changed. Path public, with a login; fee tier VIP4 or above (else 64003).
        """
        return self.subscribe("books-l2-tbt", callback, instId=inst_id, **options)
