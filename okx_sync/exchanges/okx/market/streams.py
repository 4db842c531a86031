# mypy: disable-error-code="empty-body"
"""Typed methods for tickers, trades, order books and candles. No login."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.exchanges.okx.channel import channel
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
        """Best prices, last trade and 24 h figures of an instrument."""

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
        """Public trades of an instrument; fills of one taker order at one price come as one."""

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
        """Every single public trade of an instrument."""

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
        """Order book of 400 levels: a snapshot, then changes.

        OKX refuses it (64004) on a connection that has ``books-l2-tbt`` of the same instrument.
        """

    def subscribe_orderbook(
        self, inst_id: str, callback: Callable[[BookUpdate], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[BookUpdate]:
        """The same as ``subscribe_books``."""
        return self.subscribe_books(inst_id, callback, **options)

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
        """The five best levels of both sides, whole each time."""

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
        """The best level of both sides; a side may be empty."""

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
        """Order book of 50 levels: a snapshot, then changes.

        OKX refuses it (64004) on a connection that has ``books-l2-tbt`` of the same instrument.
        """

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
        """Order book of 400 levels: a snapshot, then changes."""

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
        """Order book of 400 levels with retail price improvement orders in it: a snapshot, then changes."""

    # ELP orders alone: their book may be crossed.
    @channel(
        "books-elp",
        path="public",
        cadence="a snapshot, then changes every 100 ms; an empty change after about 60 s of none",
        identity=("instId", "prevSeqId", "seqId"),
        snapshot=True,
        sequenced=True,
        note="gone since 31 October 2026, use books-rpi",
        gone="OKX ended the channel books-elp on 31 October 2026: books-rpi has the orders that took its place",
    )
    def subscribe_books_elp(
        self,
        inst_id: str,
        callback: Callable[[ElpBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[ElpBookUpdate]:
        """Order book of ELP orders alone, 400 levels: a snapshot, then changes. It may be crossed.

        OKX ended it on 31 October 2026: use ``subscribe_books_rpi``. Warns with ``DeprecationWarning``, and asks for it
        all the same.
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
        """Every single public trade of a family of options or of one option, with its implied volatility.

        One of ``inst_family`` and ``inst_id`` is needed; ``inst_id`` wins.
        """

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
        """Where a call auction would match if it ended now."""

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
        """Candles of an instrument's trades.

        ``bar``: ``"1s"``, ``"1m"``, ``"3m"``, ``"5m"``, ... ``"1H"``, ... ``"1D"``, ... ``"3Mutc"``.
        """

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
        """Candles of an instrument's mark price; no volume.

        ``bar``: as for trades, without ``"1s"``, and ``"1Yutc"``.
        """

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
        """Candles of an index (``inst_id="BTC-USD"``); no volume.

        ``bar``: as for trades, without ``"1s"``.
        """

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
        """Candles of a spread (``sprd_id="BTC-USDT_BTC-USDT-SWAP"``).

        ``bar``: as for trades, without ``"1s"``.
        """
