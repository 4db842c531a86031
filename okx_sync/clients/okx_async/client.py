"""``AsyncOkxClient``: what ``OkxClient`` does, for programs that run an event loop."""

from __future__ import annotations

import asyncio
import os
from types import TracebackType
from typing import Any, Self

from okx_sync import fork
from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.groups import AsyncGroups
from okx_sync.clients.okx_async.instruments import AsyncInstruments
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.clients.okx_rest import OkxClient
from okx_sync.exchanges.okx.config import Config
from okx_sync.live.call_pool import CallPool
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

__all__ = ["AsyncOkxClient"]

_THREADS = 16


class AsyncOkxClient(AsyncTwin[OkxClient], AsyncGroups):
    """OKX over REST with every call awaited: the methods, parameters, results and errors of ``OkxClient``.

    There is no second implementation: the synchronous call runs on a thread. So everything that holds for
    ``OkxClient`` holds here: repeats, rate limits, the clock, ``OrderStatusUnknown``.

    **Cancelling.** Cancelling a task (``asyncio.wait_for`` does it too) ends the waiting, not the call. A call that
    has not begun is never sent. One that has begun goes on: *an order may be placed after* ``CancelledError``. Give
    orders a ``cl_ord_id`` of your own and look them up with ``get_order``. How such a call ended is logged, as a
    warning if it was more than reading.

    Args:
        config, clock, limiter, read_only, dry_run: as for ``OkxClient``.
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
        threads: int = _THREADS,
    ) -> None:
        client = OkxClient(config, clock=clock, limiter=limiter, read_only=read_only, dry_run=dry_run)
        self.config = client.config
        self.clock = client.clock
        AsyncTwin.__init__(self, CallPool(threads, client.clock), client)
        client._belong_to(type(self).__name__, self._pool.abandon)
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

    @property
    def sync(self) -> OkxClient:
        """The synchronous client beneath, for threads and for what is not a call (``dead_man``). Its calls block."""
        return self._sync

    def __repr__(self) -> str:
        return f"<AsyncOkxClient {self.config!r}>"

    async def aclose(self, timeout: float = 5.0) -> None:
        """Close the connections. Idempotent, from any loop; later calls raise.

        Calls that are under way may finish for ``timeout`` seconds and then are left to themselves; those that have
        not begun raise ``OkxError``.
        """
        if fork.is_from_parent(self):
            return
        await asyncio.wrap_future(self._pool.aside(lambda: self._shut(timeout)))

    def _shut(self, timeout: float) -> None:
        self._pool.close(timeout)
        self._sync.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

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
    sync_clock = awaitable(OkxClient.sync_clock)
    request = awaitable(OkxClient.request)
    iter_candles = iterable(OkxClient.iter_candles)
    iter_trades = iterable(OkxClient.iter_trades)
    iter_funding_rates = iterable(OkxClient.iter_funding_rates)
    iter_fills = iterable(OkxClient.iter_fills)
    iter_orders = iterable(OkxClient.iter_orders)
    iter_bills = iterable(OkxClient.iter_bills)
