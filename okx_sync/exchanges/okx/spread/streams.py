"""Typed methods for spread trading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

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

    def subscribe_sprd_tickers(
        self,
        sprd_id: str,
        callback: Callable[[SpreadTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadTicker]:
        """Best prices, last trade and 24 h figures of a spread.

        Pushed on a trade or a change of the best prices, at most every 100 ms. Path business; no login.
        """
        return self.subscribe("sprd-tickers", callback, sprdId=sprd_id, **options)

    def subscribe_sprd_public_trades(
        self,
        sprd_id: str,
        callback: Callable[[SpreadTrade], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadTrade]:
        """Every single public trade of a spread.

        Pushed on each trade. Path business; no login.
        """
        return self.subscribe("sprd-public-trades", callback, sprdId=sprd_id, **options)

    def subscribe_sprd_bbo_tbt(
        self,
        sprd_id: str,
        callback: Callable[[SpreadBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadBookUpdate]:
        """The best level of both sides of a spread's book; a side may be empty.

        Pushed every 10 ms when it changed. Path business; no login.
        """
        return self.subscribe("sprd-bbo-tbt", callback, sprdId=sprd_id, **options)

    def subscribe_sprd_books5(
        self,
        sprd_id: str,
        callback: Callable[[SpreadBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadBookUpdate]:
        """The five best levels of both sides of a spread's book, whole each time.

        Pushed every 100 ms when they changed. Path business; no login.
        """
        return self.subscribe("sprd-books5", callback, sprdId=sprd_id, **options)

    def subscribe_sprd_books_l2_tbt(
        self,
        sprd_id: str,
        callback: Callable[[SpreadBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadBookUpdate]:
        """Order book of a spread, 400 levels: a snapshot, then changes.

        Pushed every 10 ms when it changed. Path business; no login.
        """
        return self.subscribe("sprd-books-l2-tbt", callback, sprdId=sprd_id, **options)

    def subscribe_sprd_orders(
        self,
        sprd_id: str | None = None,
        callback: Callable[[SpreadOrder], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadOrder]:
        """The account's orders on all spreads or on one.

        Pushed on each change of an order; no snapshot. Path business, with a login.
        """
        return self.subscribe("sprd-orders", callback, sprdId=sprd_id, **options)

    def subscribe_sprd_trades(
        self,
        sprd_id: str | None = None,
        callback: Callable[[SpreadFill], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SpreadFill]:
        """The account's fills on all spreads or on one, leg by leg, and those that were turned down.

        Pushed when a fill is done or turned down; no snapshot. Path business, with a login.
        """
        return self.subscribe("sprd-trades", callback, sprdId=sprd_id, **options)
