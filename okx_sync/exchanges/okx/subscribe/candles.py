"""Typed methods for candles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.delivery.subscription import SubscribeOptions
from okx_sync.errors import ConfigError
from okx_sync.exchanges.okx.subscribe.base import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import Subscription
    from okx_sync.exchanges.okx.models import Candle, IndexCandle, MarkPriceCandle, SpreadCandle
    from okx_sync.exchanges.okx.models.words import Bar, CandleBar, MarkPriceBar

__all__ = ["CandleStreams"]


class CandleOptions(SubscribeOptions, total=False):
    """Options of candles: those of every subscription, and ``interval``, another word for ``bar``."""

    interval: str


class CandleStreams(Streams):
    """Candles of trades, mark prices, indices and spreads.

    Bars from ``6H`` up open at UTC+8 unless they end in ``utc``. ``confirm`` tells whether a bar has closed.
    ``interval=`` is another word for ``bar``.
    """

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
