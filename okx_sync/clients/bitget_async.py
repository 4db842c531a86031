"""``AsyncBitgetClient``: what ``BitgetClient`` does, for programs that run an event loop."""

from __future__ import annotations

import os
from typing import Any, Self

from okx_sync.clients.bitget_async_mix import AsyncMix
from okx_sync.clients.bitget_async_spot import AsyncCommon, AsyncSpot
from okx_sync.clients.bitget_async_uta import AsyncUta
from okx_sync.clients.bitget_rest import BitgetClient
from okx_sync.clients.okx_async.bridge import awaitable
from okx_sync.clients.okx_async.instruments import AsyncInstruments
from okx_sync.clients.okx_async.rest_client import THREADS, AsyncRestClient
from okx_sync.exchanges.bitget.account_kind import AccountKind
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.live.order_limits import OrderLimits
from okx_sync.rest import Limiter
from okx_sync.timing import Clock

__all__ = ["AsyncBitgetClient"]


class AsyncBitgetClient(AsyncRestClient[BitgetClient]):
    """Bitget over REST with every call awaited: the methods, parameters, results and errors of ``BitgetClient``.

    The synchronous call runs on a thread. Cancelling a task ends the waiting, not the call; see ``AsyncOkxClient``.

    Args:
        config, clock, limiter, read_only, dry_run, account_kind, limits: as for ``BitgetClient``.
        journal, journal_sync: the same.
        threads: how many calls may be under way at once; further calls wait in their order.
    """

    def __init__(
        self,
        config: BitgetConfig | None = None,
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
        client = BitgetClient(
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
        self.common = AsyncCommon(self._pool, client.common)
        self.spot = AsyncSpot(self._pool, client.spot)
        self.uta = AsyncUta(self._pool, client.uta)
        self.mix = AsyncMix(self._pool, client.mix)
        self.instruments = AsyncInstruments(self._pool, client.instruments)
        self.spot_instruments = AsyncInstruments(self._pool, client.spot_instruments)

    @classmethod
    def from_env(cls, prefix: str = "BITGET", **overrides: Any) -> Self:
        """Make a client configured by the environment; see ``BitgetConfig.from_env``."""
        return cls(BitgetConfig.from_env(prefix, **overrides))

    @classmethod
    def from_profile(
        cls, name: str | None = None, path: str | os.PathLike[str] | None = None, **overrides: Any
    ) -> Self:
        """Make a client configured by a profile of a file; see ``BitgetConfig.from_profile``."""
        return cls(BitgetConfig.from_profile(name, path, **overrides))

    endpoints = staticmethod(BitgetClient.endpoints)
    account_kind = awaitable(BitgetClient.account_kind)
    get_ticker = awaitable(BitgetClient.get_ticker)
    get_tickers = awaitable(BitgetClient.get_tickers)
    get_orderbook = awaitable(BitgetClient.get_orderbook)
    get_candles = awaitable(BitgetClient.get_candles)
    get_trades = awaitable(BitgetClient.get_trades)
    get_instruments = awaitable(BitgetClient.get_instruments)
    get_system_time = awaitable(BitgetClient.get_system_time)
    get_balance = awaitable(BitgetClient.get_balance)
    get_positions = awaitable(BitgetClient.get_positions)
    set_leverage = awaitable(BitgetClient.set_leverage)
    place_order = awaitable(BitgetClient.place_order)
    amend_order = awaitable(BitgetClient.amend_order)
    cancel_order = awaitable(BitgetClient.cancel_order)
    place_batch_orders = awaitable(BitgetClient.place_batch_orders)
    amend_batch_orders = awaitable(BitgetClient.amend_batch_orders)
    cancel_batch_orders = awaitable(BitgetClient.cancel_batch_orders)
    cancel_all_orders = awaitable(BitgetClient.cancel_all_orders)
    close_positions = awaitable(BitgetClient.close_positions)
    get_order = awaitable(BitgetClient.get_order)
    get_open_orders = awaitable(BitgetClient.get_open_orders)
    get_orders_pending = awaitable(BitgetClient.get_orders_pending)
    reconcile = awaitable(BitgetClient.reconcile)
    reconcile_all = awaitable(BitgetClient.reconcile_all)
    lookup = awaitable(BitgetClient.lookup)
    lookup_all = awaitable(BitgetClient.lookup_all)
    orders_in_doubt = awaitable(BitgetClient.orders_in_doubt)
    forget_order = awaitable(BitgetClient.forget_order)
