"""The groups ``spread``, ``system``, ``announcement``, ``rate_limit`` and ``demo`` of ``AsyncBybitClient``."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.bybit.service.rest import Announcements, Demo, RateLimits, System
from okx_sync.exchanges.bybit.spread.rest import Spread

__all__ = ["AsyncAnnouncements", "AsyncDemo", "AsyncRateLimits", "AsyncSpread", "AsyncSystem"]


class AsyncSpread(AsyncTwin[Spread]):
    """``client.spread``, awaitable."""

    get_spread_instruments = awaitable(Spread.get_spread_instruments)
    iter_spread_instruments = iterable(Spread.iter_spread_instruments)
    get_spread_order_book = awaitable(Spread.get_spread_order_book)
    get_spread_tickers = awaitable(Spread.get_spread_tickers)
    get_spread_trades = awaitable(Spread.get_spread_trades)
    place_spread_order = awaitable(Spread.place_spread_order)
    amend_spread_order = awaitable(Spread.amend_spread_order)
    cancel_spread_order = awaitable(Spread.cancel_spread_order)
    cancel_all_spread_orders = awaitable(Spread.cancel_all_spread_orders)
    get_spread_open_orders = awaitable(Spread.get_spread_open_orders)
    iter_spread_open_orders = iterable(Spread.iter_spread_open_orders)
    get_spread_order_history = awaitable(Spread.get_spread_order_history)
    iter_spread_order_history = iterable(Spread.iter_spread_order_history)
    get_spread_executions = awaitable(Spread.get_spread_executions)
    iter_spread_executions = iterable(Spread.iter_spread_executions)
    get_spread_max_qty = awaitable(Spread.get_spread_max_qty)


class AsyncSystem(AsyncTwin[System]):
    """``client.system``, awaitable."""

    get_system_status = awaitable(System.get_system_status)


class AsyncAnnouncements(AsyncTwin[Announcements]):
    """``client.announcement``, awaitable."""

    get_announcements = awaitable(Announcements.get_announcements)
    iter_announcements = iterable(Announcements.iter_announcements)


class AsyncRateLimits(AsyncTwin[RateLimits]):
    """``client.rate_limit``, awaitable."""

    get_rate_limits = awaitable(RateLimits.get_rate_limits)


class AsyncDemo(AsyncTwin[Demo]):
    """``client.demo``, awaitable."""

    request_demo_funds = awaitable(Demo.request_demo_funds)
    create_demo_account = awaitable(Demo.create_demo_account)
