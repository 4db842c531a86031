"""Typed methods for the USDC perpetual streams of before V5 (``BybitConfig(protocol="seed")``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.streams import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.bybit.market.models import SeedBookUpdate
    from okx_sync.exchanges.bybit.seed.models import (
        InstrumentInfo,
        SeedCandle,
        SeedFill,
        SeedOrder,
        SeedPosition,
        SeedTrade,
        ServiceSwitch,
    )
    from okx_sync.exchanges.bybit.words import Period

__all__ = ["SeedStreams"]


class SeedStreams(Streams):
    """USDC perpetuals as Bybit served them until October 2023."""

    def subscribe_perp_book25(
        self,
        symbol: str,
        callback: Callable[[SeedBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedBookUpdate]:
        """Order book of 25 levels: a snapshot, then changes.

        Pushed when it changed. Path public; no login.
        """
        return self.subscribe("orderBookL2_25", callback, symbol=symbol, **options)

    def subscribe_perp_book200(
        self,
        symbol: str,
        callback: Callable[[SeedBookUpdate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedBookUpdate]:
        """Order book of 200 levels: a snapshot, then changes.

        Pushed every 100 ms when it changed. Path public; no login.
        """
        return self.subscribe("orderBook_200.100ms", callback, symbol=symbol, **options)

    def subscribe_perp_trades(
        self, symbol: str, callback: Callable[[SeedTrade], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedTrade]:
        """Every public trade of an instrument.

        Pushed on each trade. Path public; no login.
        """
        return self.subscribe("trade", callback, symbol=symbol, **options)

    def subscribe_instrument_info(
        self,
        symbol: str,
        callback: Callable[[InstrumentInfo], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[InstrumentInfo]:
        """Prices and 24 h figures of an instrument, always whole.

        Pushed every 100 ms when something changed. Path public; no login.
        """
        return self.subscribe("instrument_info.100ms", callback, symbol=symbol, **options)

    def subscribe_perp_candles(
        self,
        symbol: str,
        period: Period = "1",
        callback: Callable[[SeedCandle], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[SeedCandle]:
        """Candles: minutes (1, 3, 5, 15, 30, 60, 120, 240, 360, 720), or D, W, M.

        Pushed while a candle grows, and when it ends. Path public; no login.
        """
        return self.subscribe("candle.{period}", callback, symbol=symbol, period=period, **options)

    def subscribe_perp_orders(
        self, callback: Callable[[SeedOrder], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedOrder]:
        """All open orders, then each one that changes.

        Pushed on subscribing and on each change. Path private, with a login.
        """
        return self.subscribe("user.openapi.perp.order", callback, **options)

    def subscribe_perp_positions(
        self, callback: Callable[[SeedPosition], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedPosition]:
        """All positions, then each one that changes.

        Pushed on subscribing and on each change. Path private, with a login.
        """
        return self.subscribe("user.openapi.perp.position", callback, **options)

    def subscribe_perp_fills(
        self, callback: Callable[[SeedFill], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SeedFill]:
        """The account's fills.

        Pushed on each fill. Path private, with a login.
        """
        return self.subscribe("user.openapi.perp.trade", callback, **options)

    def subscribe_service(
        self, callback: Callable[[ServiceSwitch], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[ServiceSwitch]:
        """A service of the account, such as portfolio margin, was switched on or off.

        Pushed when that happens. Path private, with a login.
        """
        return self.subscribe("user.service", callback, **options)
