"""``AsyncBybitClient``: what ``BybitClient`` does, for programs that run an event loop."""

from __future__ import annotations

import os
from typing import Any, Self

from okx_sync.clients.bybit_async_groups import BybitAsyncGroups
from okx_sync.clients.bybit_rest import BybitClient
from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.clients.okx_async.rest_client import THREADS, AsyncRestClient
from okx_sync.exchanges.bybit.account_kind import AccountKind
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.market.rest import Market
from okx_sync.live.order_limits import OrderLimits
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

__all__ = ["AsyncBybitClient", "AsyncMarket"]


class AsyncMarket(AsyncTwin[Market]):
    """``client.market``, awaitable."""

    get_server_time = awaitable(Market.get_server_time)
    get_instruments = awaitable(Market.get_instruments)
    iter_instruments = iterable(Market.iter_instruments)
    get_tickers = awaitable(Market.get_tickers)
    get_order_book = awaitable(Market.get_order_book)
    get_full_order_book = awaitable(Market.get_full_order_book)
    get_rpi_order_book = awaitable(Market.get_rpi_order_book)
    get_candles = awaitable(Market.get_candles)
    iter_candles = iterable(Market.iter_candles)
    get_mark_price_candles = awaitable(Market.get_mark_price_candles)
    iter_mark_price_candles = iterable(Market.iter_mark_price_candles)
    get_index_price_candles = awaitable(Market.get_index_price_candles)
    iter_index_price_candles = iterable(Market.iter_index_price_candles)
    get_premium_index_candles = awaitable(Market.get_premium_index_candles)
    iter_premium_index_candles = iterable(Market.iter_premium_index_candles)
    get_trades = awaitable(Market.get_trades)
    get_funding_rate_history = awaitable(Market.get_funding_rate_history)
    iter_funding_rate_history = iterable(Market.iter_funding_rate_history)
    get_open_interest = awaitable(Market.get_open_interest)
    iter_open_interest = iterable(Market.iter_open_interest)
    get_long_short_ratio = awaitable(Market.get_long_short_ratio)
    iter_long_short_ratio = iterable(Market.iter_long_short_ratio)
    get_historical_volatility = awaitable(Market.get_historical_volatility)
    get_delivery_prices = awaitable(Market.get_delivery_prices)
    iter_delivery_prices = iterable(Market.iter_delivery_prices)
    get_new_delivery_prices = awaitable(Market.get_new_delivery_prices)
    get_price_limit = awaitable(Market.get_price_limit)
    get_risk_limits = awaitable(Market.get_risk_limits)
    iter_risk_limits = iterable(Market.iter_risk_limits)
    get_insurance_fund = awaitable(Market.get_insurance_fund)
    get_adl_alerts = awaitable(Market.get_adl_alerts)
    get_index_components = awaitable(Market.get_index_components)
    get_fee_groups = awaitable(Market.get_fee_groups)


class AsyncBybitClient(BybitAsyncGroups, AsyncRestClient[BybitClient]):
    """Bybit over REST with every call awaited: the methods, parameters, results and errors of ``BybitClient``.

    The synchronous call runs on a thread. Cancelling a task ends the waiting, not the call; see ``AsyncOkxClient``.

    Args:
        config, clock, limiter, read_only, dry_run, account_kind, limits, journal, journal_sync: as for ``BybitClient``.
        threads: how many calls may be under way at once; further calls wait in their order.
    """

    def __init__(
        self,
        config: BybitConfig | None = None,
        *,
        clock: Clock | None = None,
        limiter: Limiter | None = None,
        read_only: bool = False,
        dry_run: bool = False,
        account_kind: AccountKind | None = None,
        limits: OrderLimits | None = None,
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
        threads: int = THREADS,
    ) -> None:
        client = BybitClient(
            config,
            clock=clock,
            limiter=limiter,
            read_only=read_only,
            dry_run=dry_run,
            account_kind=account_kind,
            limits=limits,
            journal=journal,
            journal_sync=journal_sync,
        )
        self.config = client.config
        AsyncRestClient.__init__(self, client, threads)
        BybitAsyncGroups.__init__(self, self._pool, client)
        self.market = AsyncMarket(self._pool, client.market)

    @classmethod
    def from_env(cls, prefix: str = "BYBIT", **overrides: Any) -> Self:
        """Make a client configured by the environment; see ``BybitConfig.from_env``."""
        return cls(BybitConfig.from_env(prefix, **overrides))

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make a client configured by a profile of a file; see ``BybitConfig.from_profile``."""
        return cls(BybitConfig.from_profile(name, path, **overrides))

    endpoints = staticmethod(BybitClient.endpoints)
    account_kind = awaitable(BybitClient.account_kind)
    get_ticker = awaitable(BybitClient.get_ticker)
    get_tickers = awaitable(BybitClient.get_tickers)
    get_orderbook = awaitable(BybitClient.get_orderbook)
    get_candles = awaitable(BybitClient.get_candles)
    get_trades = awaitable(BybitClient.get_trades)
    get_instruments = awaitable(BybitClient.get_instruments)
    get_system_time = awaitable(BybitClient.get_system_time)
    get_balance = awaitable(BybitClient.get_balance)
    check_credentials = awaitable(BybitClient.check_credentials)
    get_positions = awaitable(BybitClient.get_positions)
    place_order = awaitable(BybitClient.place_order)
    amend_order = awaitable(BybitClient.amend_order)
    cancel_order = awaitable(BybitClient.cancel_order)
    place_batch_orders = awaitable(BybitClient.place_batch_orders)
    amend_batch_orders = awaitable(BybitClient.amend_batch_orders)
    cancel_batch_orders = awaitable(BybitClient.cancel_batch_orders)
    cancel_all_orders = awaitable(BybitClient.cancel_all_orders)
    get_order = awaitable(BybitClient.get_order)
    get_orders_pending = awaitable(BybitClient.get_orders_pending)
    reconcile = awaitable(BybitClient.reconcile)
    reconcile_all = awaitable(BybitClient.reconcile_all)
    lookup = awaitable(BybitClient.lookup)
    lookup_all = awaitable(BybitClient.lookup_all)
    orders_in_doubt = awaitable(BybitClient.orders_in_doubt)
    forget_order = awaitable(BybitClient.forget_order)
