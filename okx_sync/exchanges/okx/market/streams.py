"""Typed methods for tickers, trades, order books and candles. No login."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.errors import ConfigError
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
    """Options of candles: those of every subscription, and ``interval``, another word for ``bar``."""

    interval: str


class MarketStreams(Streams):
    """Tickers, trades, call auctions, order books and candles.

    Candles from ``6H`` up open at UTC+8 unless they end in ``utc``. ``confirm`` tells whether a bar has closed.
    ``interval=`` is another word for ``bar``.
    """

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

    def subscribe_books_rpi(
        self,
        inst_id: str,
        callback: Callable[[RpiBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[RpiBookUpdate]:
        """Order book of 400 levels with retail price improvement orders in it: a snapshot, then changes.

        Pushed every 100 ms when it changed. Path public; no login.
        """
        return self.subscribe("books-rpi", callback, instId=inst_id, **options)

    def subscribe_books_elp(
        self,
        inst_id: str,
        callback: Callable[[ElpBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[ElpBookUpdate]:
        """Order book of ELP orders alone, 400 levels: a snapshot, then changes. It may be crossed.

        OKX ended it on 31 October 2026: use ``subscribe_books_rpi``. Warns with ``DeprecationWarning``, and asks for it
        all the same. Pushed every 100 ms when it changed. Path public; no login.
        """
        return self.subscribe("books-elp", callback, instId=inst_id, **options)

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

        One of ``inst_family`` and ``inst_id`` is needed; ``inst_id`` wins. Pushed on each trade; the first row may be
        an older trade. Path public; no login.
        """
        return self.subscribe(
            "option-trades", callback, instType=inst_type, instFamily=inst_family, instId=inst_id, **options
        )

    def subscribe_call_auction_details(
        self,
        inst_id: str,
        callback: Callable[[CallAuction], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[CallAuction]:
        """Where a call auction would match if it ended now.

        Pushed about every second while the auction runs, and at its end. Path public; no login.
        """
        return self.subscribe("call-auction-details", callback, instId=inst_id, **options)

    def subscribe_candles(
        self,
        inst_id: str,
        bar: CandleBar = "1m",
        callback: Callable[[Candle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[Candle]:
        """Candles of an instrument's trades.

        Pushed at most once a second while the bar is open, and when it closes. Path business; no login.
        ``bar``: ``"1s"``, ``"1m"``, ``"3m"``, ``"5m"``, ... ``"1H"``, ... ``"1D"``, ... ``"3Mutc"``.
        """
        return self.subscribe("candle{bar}", callback, instId=inst_id, bar=_bar(bar, options), **options)

    def subscribe_mark_price_candles(
        self,
        inst_id: str,
        bar: MarkPriceBar = "1m",
        callback: Callable[[MarkPriceCandle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[MarkPriceCandle]:
        """Candles of an instrument's mark price; no volume.

        Pushed at most once a second while the bar is open, and when it closes. Path business; no login.
        ``bar``: as for trades, without ``"1s"``, and ``"1Yutc"``.
        """
        return self.subscribe("mark-price-candle{bar}", callback, instId=inst_id, bar=_bar(bar, options), **options)

    def subscribe_index_candles(
        self,
        inst_id: str,
        bar: Bar = "1m",
        callback: Callable[[IndexCandle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[IndexCandle]:
        """Candles of an index (``inst_id="BTC-USD"``); no volume.

        Pushed at most once a second while the bar is open, and when it closes. Path business; no login.
        ``bar``: as for trades, without ``"1s"``.
        """
        return self.subscribe("index-candle{bar}", callback, instId=inst_id, bar=_bar(bar, options), **options)

    def subscribe_sprd_candles(
        self,
        sprd_id: str,
        bar: Bar = "1m",
        callback: Callable[[SpreadCandle], object] | None = None,
        **options: Unpack[CandleOptions],
    ) -> Subscription[SpreadCandle]:
        """Candles of a spread (``sprd_id="BTC-USDT_BTC-USDT-SWAP"``).

        Pushed at most once a second while the bar is open, and when it closes. Path business; no login.
        ``bar``: as for trades, without ``"1s"``.
        """
        return self.subscribe("sprd-candle{bar}", callback, sprdId=sprd_id, bar=_bar(bar, options), **options)


def _bar(bar: str, options: CandleOptions) -> str:
    """The bar by either of its names; takes ``interval`` out of the options."""
    interval = options.pop("interval", None)
    if interval is None:
        return bar
    if bar not in ("1m", interval):
        raise ConfigError(f"bar={bar!r} and interval={interval!r} are two words for the same", hint="give one of them")
    return interval
