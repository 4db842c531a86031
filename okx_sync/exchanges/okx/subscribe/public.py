"""Typed methods for public reference data and the exchange's status."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

from okx_sync.exchanges.okx.subscribe.base import Streams

if TYPE_CHECKING:
    from okx_sync.delivery.subscription import SubscribeOptions, Subscription
    from okx_sync.exchanges.okx.models import (
        FundingRate,
        IndexTicker,
        Instrument,
        MarkPrice,
        OpenInterest,
        PriceLimit,
        SystemStatus,
    )
    from okx_sync.exchanges.okx.models.words import InstType

__all__ = ["PublicStreams"]


class PublicStreams(Streams):
    """Instruments, funding, open interest, mark, index and limit prices, status."""

    def subscribe_instruments(
        self,
        inst_type: InstType,
        callback: Callable[[Instrument], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[Instrument]:
        """Changes of trading rules of all instruments of a type.

        Pushed when a state, a trading parameter or a listing or expiry time changes; the full list comes from
        REST ``get_instruments``. Path public; no login.
        """
        return self.subscribe("instruments", callback, instType=inst_type, **options)

    def subscribe_open_interest(
        self,
        inst_id: str,
        callback: Callable[[OpenInterest], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[OpenInterest]:
        """Open interest of a derivative, in contracts, coins and USD.

        Pushed every 3 s when it changed. Path public; no login.
        """
        return self.subscribe("open-interest", callback, instId=inst_id, **options)

    def subscribe_funding_rate(
        self,
        inst_id: str,
        callback: Callable[[FundingRate], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[FundingRate]:
        """Funding rate of a perpetual, and when it is settled.

        Pushed every 30 to 90 s. Path public; no login.
        """
        return self.subscribe("funding-rate", callback, instId=inst_id, **options)

    def subscribe_price_limit(
        self,
        inst_id: str,
        callback: Callable[[PriceLimit], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[PriceLimit]:
        """Highest buy and lowest sell price that OKX accepts now.

        Pushed every 200 ms when a limit changed. Path public; no login.
        """
        return self.subscribe("price-limit", callback, instId=inst_id, **options)

    def subscribe_mark_price(
        self,
        inst_id: str,
        callback: Callable[[MarkPrice], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[MarkPrice]:
        """Mark price of an instrument.

        Pushed every 200 ms when it changed, else every 10 s. Path public; no login.
        """
        return self.subscribe("mark-price", callback, instId=inst_id, **options)

    def subscribe_index_tickers(
        self,
        inst_id: str,
        callback: Callable[[IndexTicker], object] | None = None,
        **options: Unpack[SubscribeOptions],
    ) -> Subscription[IndexTicker]:
        """Price of an index (``inst_id="BTC-USDT"``).

        Pushed every 100 ms when it changed, else every 60 s. Path public; no login.
        """
        return self.subscribe("index-tickers", callback, instId=inst_id, **options)

    def subscribe_status(
        self, callback: Callable[[SystemStatus], object] | None = None, **options: Unpack[SubscribeOptions]
    ) -> Subscription[SystemStatus]:
        """Maintenance of the exchange, planned or running.

        Pushed at first with the latest record, then on each change. Path public; no login.
        """
        return self.subscribe("status", callback, **options)
