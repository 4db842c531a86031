# mypy: disable-error-code="empty-body"
"""Typed methods for tickers, trades, order books and candles. No login."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.exchanges.okx.channel import channel
from okx_sync.exchanges.one_or_list import inst_id_or_list, sprd_id_or_list
from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.exchanges.okx.market.models import (
        BookUpdate,
        CallAuction,
        Candle,
        ElpBookUpdate,
        IndexCandle,
        MarkPriceCandle,
        OptionTrade,
        RpiBookUpdate,
        SpreadCandle,
        Ticker,
        Trade,
        TradeAll,
    )
    from okx_sync.exchanges.okx.words import Bar, CandleBar, MarkPriceBar, OptionInstType

__all__ = ["MarketStreams"]


class CandleOptions(SubscribeOptions, total=False):
    """Options of candles: those of every subscription, and ``interval``."""

    interval: str
    """Another word for ``bar``, the length of a candle; by default not given."""


class MarketStreams(Streams):
    """Tickers, trades, call auctions, order books and candles.

    Candles from ``6H`` up open at UTC+8 unless they end in ``utc``. ``confirm`` tells whether a bar has closed.
    ``interval=`` is another word for ``bar``.
    """

    @inst_id_or_list
    @channel(
        "tickers",
        path="public",
        cadence="on a trade or a change of the best prices, at most every 100 ms",
        key=("instId",),
        identity=("instId", "ts"),
        snapshot=True,
    )
    def subscribe_tickers(
        self, inst_id: str, callback: Callable[[Ticker], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Ticker]:
        """Subscribe to the best prices, last trade and 24 h figures of an instrument.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``Ticker``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-tickers-channel
        """

    @inst_id_or_list
    @channel(
        "trades",
        path="public",
        cadence="on each trade; fills of one taker order at one price come as one",
        key=("instId",),
        identity=("instId", "tradeId"),
        quiet=True,
    )
    def subscribe_trades(
        self, inst_id: str, callback: Callable[[Trade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[Trade]:
        """Subscribe to the public trades of an instrument; fills of one taker order at one price come as one.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``Trade``; without it, iterate the subscription or call its ``get()``.
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-trades-channel
        """

    @inst_id_or_list
    @channel(
        "trades-all",
        path="business",
        cadence="on each trade, one by one",
        key=("instId",),
        identity=("instId", "tradeId"),
        quiet=True,
    )
    def subscribe_trades_all(
        self, inst_id: str, callback: Callable[[TradeAll], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[TradeAll]:
        """Subscribe to every single public trade of an instrument.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``TradeAll``; without it, iterate the subscription or call its ``get()``.
            **options: ``backfill``, ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions``
                describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-all-trades-channel
        """

    @inst_id_or_list
    @channel(
        "books",
        path="public",
        cadence="a snapshot, then changes every 100 ms; an empty change after about 60 s of none",
        identity=("instId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_books(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Subscribe to the order book of an instrument, 400 levels: a snapshot, then changes to it.

        OKX refuses it (64004) on a connection that has ``books-l2-tbt`` of the same instrument.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    @inst_id_or_list
    def subscribe_orderbook(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Subscribe to the order book of an instrument, 400 levels; the same as ``subscribe_books``.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """
        return self.subscribe_books(inst_id, callback, **options)

    @inst_id_or_list
    @channel(
        "books5",
        path="public",
        cadence="the whole 5 best levels every 100 ms when it changed; repeated after about 60 s of no change",
        key=("instId",),
        identity=("instId", "seqId"),
        snapshot=True,
    )
    def subscribe_books5(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Subscribe to the five best levels of both sides of an order book, whole each time.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    @inst_id_or_list
    @channel(
        "bbo-tbt",
        path="public",
        cadence="the whole best level every 10 ms when it changed; repeated after about 60 s of no change",
        key=("instId",),
        identity=("instId", "seqId"),
        snapshot=True,
    )
    def subscribe_bbo_tbt(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Subscribe to the best level of both sides of an order book; a side may be empty.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    @inst_id_or_list
    @channel(
        "books50-l2-tbt",
        path="public",
        login=True,
        cadence="a snapshot, then changes every 10 ms; an empty change after about 60 s of none",
        identity=("instId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
        fee_tier="VIP4",
    )
    def subscribe_books50_l2_tbt(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Subscribe to the order book of an instrument, 50 levels: a snapshot, then changes to it.

        OKX refuses it (64004) on a connection that has ``books-l2-tbt`` of the same instrument.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    @inst_id_or_list
    @channel(
        "books-l2-tbt",
        path="public",
        login=True,
        cadence="a snapshot, then changes every 10 ms; an empty change after about 60 s of none",
        identity=("instId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
        fee_tier="VIP4",
    )
    def subscribe_books_l2_tbt(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """Subscribe to the order book of an instrument, 400 levels at the highest rate: a snapshot, then changes to it.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``BookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxAuthError: The client has no credentials, or OKX did not accept them.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    @inst_id_or_list
    @channel(
        "books-rpi",
        path="public",
        cadence="a snapshot, then changes every 100 ms; an empty change after about 60 s of none",
        identity=("instId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
    )
    def subscribe_books_rpi(
        self,
        inst_id: str,
        callback: Callable[[RpiBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RpiBookUpdate]:
        """Subscribe to an order book of 400 levels with retail price improvement orders: a snapshot, then changes.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``RpiBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    # ELP orders alone: their book may be crossed.
    @inst_id_or_list
    @channel(
        "books-elp",
        path="public",
        cadence="a snapshot, then changes every 100 ms; an empty change after about 60 s of none",
        identity=("instId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
        gone="OKX ended the channel books-elp on 31 October 2026: books-rpi has the orders that took its place",
    )
    def subscribe_books_elp(
        self,
        inst_id: str,
        callback: Callable[[ElpBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[ElpBookUpdate]:
        """Subscribe to the order book of ELP orders alone, 400 levels: a snapshot, then changes. It may be crossed.

        OKX ended it on 31 October 2026: use ``subscribe_books_rpi``. Warns with ``DeprecationWarning``, and asks for it
        all the same.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            callback: Called with each ``ElpBookUpdate``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel
        """

    @channel(
        "option-trades",
        path="public",
        cadence="on each trade of an option, one by one; the first may be an older one",
        one_of=("instFamily", "instId"),
        key=("instId",),
        identity=("instId", "tradeId"),
        quiet=True,
    )
    def subscribe_option_trades(
        self,
        inst_type: OptionInstType = "OPTION",
        inst_family: str | None = None,
        callback: Callable[[OptionTrade], object] | None = None,
        *,
        inst_id: str | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[OptionTrade]:
        """Subscribe to every single public trade of a family of options or of one, with its implied volatility.

        One of ``inst_family`` and ``inst_id`` is needed.

        Args:
            inst_type: Always ``OPTION``, which is the default.
            inst_family: Family of options, such as ``BTC-USD``.
            callback: Called with each ``OptionTrade``; without it, iterate the subscription or call its ``get()``.
            inst_id: One option, such as ``BTC-USD-261225-100000-C``; wins over ``inst_family``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-option-trades-channel
        """

    @inst_id_or_list
    @channel(
        "call-auction-details",
        path="public",
        cadence="about every second while a call auction runs, and at its end",
        key=("instId",),
        identity=("instId", "ts"),
        quiet=True,
    )
    def subscribe_call_auction_details(
        self,
        inst_id: str,
        callback: Callable[[CallAuction], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[CallAuction]:
        """Subscribe to where a call auction would match if it ended now.

        Args:
            inst_id: Instrument that is being auctioned, such as ``BTC-USDT``.
            callback: Called with each ``CallAuction``; without it, iterate the subscription or call its ``get()``.
            **options: ``queue``, ``policy``, ``timeout`` and the others that ``SubscribeOptions`` describes.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-call-auction-details-channel
        """

    @inst_id_or_list
    @channel(
        "candle{bar}",
        path="business",
        cadence="at most once a second while the bar is open, and when it closes",
        key=("instId", "bar", "ts"),
        snapshot=True,
        aliases={"interval": "bar"},
    )
    def subscribe_candles(
        self,
        inst_id: str,
        bar: CandleBar = "1m",
        callback: Callable[[Candle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[Candle]:
        """Subscribe to candles of an instrument's trades.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            bar: Length of a candle: ``1s``, ``1m`` (a minute, the default) up to ``3M`` (three months); those that end
                in ``utc`` open at UTC+0, others from ``6H`` up at UTC+8.
            callback: Called with each ``Candle``; without it, iterate the subscription or call its ``get()``.
            **options: ``interval``, another word for ``bar``, ``backfill`` and the others that ``SubscribeOptions``
                describes, such as ``policy`` or ``timeout``.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-candlesticks-channel
        """

    @inst_id_or_list
    @channel(
        "mark-price-candle{bar}",
        path="business",
        cadence="at most once a second while the bar is open, and when it closes",
        key=("instId", "bar", "ts"),
        snapshot=True,
        aliases={"interval": "bar"},
    )
    def subscribe_mark_price_candles(
        self,
        inst_id: str,
        bar: MarkPriceBar = "1m",
        callback: Callable[[MarkPriceCandle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[MarkPriceCandle]:
        """Subscribe to candles of an instrument's mark price; they have no volume.

        Args:
            inst_id: Instrument, such as ``BTC-USDT`` or ``BTC-USDT-SWAP``.
            bar: Length of a candle: ``1m`` (a minute, the default) up to ``1Yutc`` (a year); those that end in ``utc``
                open at UTC+0, others from ``6H`` up at UTC+8.
            callback: Called with each ``MarkPriceCandle``; without it, iterate the subscription or call its ``get()``.
            **options: ``interval``, another word for ``bar``, ``backfill`` and the others that ``SubscribeOptions``
                describes, such as ``policy`` or ``timeout``.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-mark-price-candlesticks-channel
        """

    @inst_id_or_list
    @channel(
        "index-candle{bar}",
        path="business",
        cadence="at most once a second while the bar is open, and when it closes",
        key=("instId", "bar", "ts"),
        snapshot=True,
        aliases={"interval": "bar"},
    )
    def subscribe_index_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        callback: Callable[[IndexCandle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[IndexCandle]:
        """Subscribe to candles of an index; they have no volume.

        Args:
            inst_id: Index, such as ``BTC-USD``.
            bar: Length of a candle: ``1m`` (a minute, the default) up to ``3M`` (three months); those that end in
                ``utc`` open at UTC+0, others from ``6H`` up at UTC+8.
            callback: Called with each ``IndexCandle``; without it, iterate the subscription or call its ``get()``.
            **options: ``interval``, another word for ``bar``, ``backfill`` and the others that ``SubscribeOptions``
                describes, such as ``policy`` or ``timeout``.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#public-data-websocket-index-candlesticks-channel
        """

    @sprd_id_or_list
    @channel(
        "sprd-candle{bar}",
        path="business",
        cadence="at most once a second while the bar is open, and when it closes",
        key=("sprdId", "bar", "ts"),
        snapshot=True,
        aliases={"interval": "bar"},
    )
    def subscribe_sprd_candles(
        self,
        sprd_id: str,
        bar: Bar = "1m",
        callback: Callable[[SpreadCandle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[SpreadCandle]:
        """Subscribe to candles of a spread's trades.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            bar: Length of a candle: ``1m`` (a minute, the default) up to ``3M`` (three months); those that end in
                ``utc`` open at UTC+0, others from ``6H`` up at UTC+8.
            callback: Called with each ``SpreadCandle``; without it, iterate the subscription or call its ``get()``.
            **options: ``interval``, another word for ``bar``, ``backfill`` and the others that ``SubscribeOptions``
                describes, such as ``policy`` or ``timeout``.

        Raises:
            SubscriptionError: OKX refused it; ``code`` and the text say why.
            ConfigError: An argument or option is wrong; nothing was sent.
            OkxTimeoutError: OKX did not agree within ``timeout`` seconds.

        Source: https://www.okx.com/docs-v5/en/#spread-trading-websocket-public-channel-candlesticks-channel
        """
