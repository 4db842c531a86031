"""``AsyncOkxClient``: what ``OkxClient`` does, for programs that run an event loop."""

from __future__ import annotations

import os
from typing import Any, Self

from okx_sync.clients.okx_async.bridge import awaitable
from okx_sync.clients.okx_async.groups import AsyncGroups
from okx_sync.clients.okx_async.instruments import AsyncInstruments
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.clients.okx_async.rest_client import THREADS, AsyncRestClient
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.exchanges.okx.config import Config
from okx_sync.live.order_limits import OrderLimits
from okx_sync.live.rest_client import RestClient
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

__all__ = ["AsyncOkxClient"]


class AsyncOkxClient(AsyncRestClient[OkxClient], AsyncGroups):
    """OKX over REST with every call awaited: the methods, parameters, results and errors of ``OkxClient``.

    There is no second implementation: the synchronous call runs on a thread. So everything that holds for
    ``OkxClient`` holds here: repeats, rate limits, the clock, ``OrderStatusUnknown``.

    **Cancelling.** Cancelling a task (``asyncio.wait_for`` does it too) ends the waiting, not the call. A call that
    has not begun is never sent. One that has begun goes on: *an order may be placed after* ``CancelledError``. Give
    orders a ``cl_ord_id`` of your own and look them up with ``get_order``. How such a call ended is logged, as a
    warning if it was more than reading.

    Args:
        config, clock, limiter, read_only, dry_run, limits, journal, journal_sync: as for ``OkxClient``.
        threads: how many calls may be under way at once, those that wait for a rate limit included; further calls wait
            in their order. Threads start when they are needed and end when they are not.

    The client does not belong to an event loop: several loops may use it, one after the other or at once. Raises
    what ``OkxClient`` raises.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        clock: Clock | None = None,
        limiter: Limiter | None = None,
        read_only: bool = False,
        dry_run: bool = False,
        limits: OrderLimits | None = None,
        journal: str | os.PathLike[str] | None = None,
        journal_sync: bool = True,
        threads: int = THREADS,
    ) -> None:
        client = OkxClient(
            config,
            clock=clock,
            limiter=limiter,
            read_only=read_only,
            dry_run=dry_run,
            limits=limits,
            journal=journal,
            journal_sync=journal_sync,
        )
        self.config = client.config
        AsyncRestClient.__init__(self, client, threads)
        AsyncGroups.__init__(self, self._pool, client)
        self.instruments = AsyncInstruments(self._pool, client.instruments)

    @classmethod
    def from_env(cls, prefix: str = "OKX", **overrides: Any) -> Self:
        """Make a client configured by the environment; see ``Config.from_env``."""
        return cls(Config.from_env(prefix, **overrides))

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make a client configured by a profile of ``~/.okx/config.toml``; see ``Config.from_profile``."""
        return cls(Config.from_profile(name, path, **overrides))

    endpoints = staticmethod(OkxClient.endpoints)

    def __repr__(self) -> str:
        return f"<AsyncOkxClient {self.config!r}>"

    get_ticker = awaitable(OkxClient.get_ticker)
    get_tickers = awaitable(OkxClient.get_tickers)
    get_orderbook = awaitable(OkxClient.get_orderbook)
    get_candles = awaitable(OkxClient.get_candles)
    get_trades = awaitable(OkxClient.get_trades)
    get_index_tickers = awaitable(OkxClient.get_index_tickers)
    get_instruments = awaitable(OkxClient.get_instruments)
    get_system_time = awaitable(OkxClient.get_system_time)
    get_balance = awaitable(OkxClient.get_balance)
    get_positions = awaitable(OkxClient.get_positions)
    place_order = awaitable(OkxClient.place_order)
    amend_order = awaitable(OkxClient.amend_order)
    cancel_order = awaitable(OkxClient.cancel_order)
    place_batch_orders = awaitable(OkxClient.place_batch_orders)
    amend_batch_orders = awaitable(OkxClient.amend_batch_orders)
    cancel_batch_orders = awaitable(OkxClient.cancel_batch_orders)
    get_order = awaitable(OkxClient.get_order)
    get_orders_pending = awaitable(OkxClient.get_orders_pending)
    check_credentials = awaitable(OkxClient.check_credentials)
    reconcile = awaitable(OkxClient.reconcile)
    reconcile_all = awaitable(OkxClient.reconcile_all)
    lookup = awaitable(OkxClient.lookup)
    lookup_all = awaitable(OkxClient.lookup_all)
    orders_in_doubt = awaitable(OkxClient.orders_in_doubt)
    forget_order = awaitable(OkxClient.forget_order)
    sync_clock = awaitable(RestClient.sync_clock)
    request = awaitable(OkxClient.request)
    iter_candles = iterable(OkxClient.iter_candles)
    iter_trades = iterable(OkxClient.iter_trades)
    iter_funding_rates = iterable(OkxClient.iter_funding_rates)
    iter_fills = iterable(OkxClient.iter_fills)
    iter_orders = iterable(OkxClient.iter_orders)
    iter_bills = iterable(OkxClient.iter_bills)
