"""Groups of trading bots and copy trading. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.copytrading.rest import CopyTrading
from okx_sync.exchanges.okx.dca.rest import Dca, Recurring
from okx_sync.exchanges.okx.grid.rest import Grid
from okx_sync.exchanges.okx.signal.rest import Signal

__all__ = ["AsyncCopyTrading", "AsyncDca", "AsyncGrid", "AsyncRecurring", "AsyncSignal"]


class AsyncGrid(AsyncTwin[Grid]):
    """``client.grid``, awaitable."""

    create = awaitable(Grid.create)
    copy = awaitable(Grid.copy)
    amend = awaitable(Grid.amend)
    amend_range = awaitable(Grid.amend_range)
    stop = awaitable(Grid.stop)
    close_position = awaitable(Grid.close_position)
    cancel_close_order = awaitable(Grid.cancel_close_order)
    trigger = awaitable(Grid.trigger)
    get_pending = awaitable(Grid.get_pending)
    iter_pending = iterable(Grid.iter_pending)
    get_history = awaitable(Grid.get_history)
    iter_history = iterable(Grid.iter_history)
    get_details = awaitable(Grid.get_details)
    get_sub_orders = awaitable(Grid.get_sub_orders)
    iter_sub_orders = iterable(Grid.iter_sub_orders)
    get_positions = awaitable(Grid.get_positions)
    withdraw_income = awaitable(Grid.withdraw_income)
    compute_margin = awaitable(Grid.compute_margin)
    adjust_margin = awaitable(Grid.adjust_margin)
    add_investment = awaitable(Grid.add_investment)
    get_ai_param = awaitable(Grid.get_ai_param)
    get_min_investment = awaitable(Grid.get_min_investment)
    get_rsi_back_testing = awaitable(Grid.get_rsi_back_testing)
    get_grid_quantity = awaitable(Grid.get_grid_quantity)


class AsyncDca(AsyncTwin[Dca]):
    """``client.dca``, awaitable."""

    create = awaitable(Dca.create)
    amend = awaitable(Dca.amend)
    stop = awaitable(Dca.stop)
    add_order = awaitable(Dca.add_order)
    add_margin = awaitable(Dca.add_margin)
    reduce_margin = awaitable(Dca.reduce_margin)
    set_take_profit = awaitable(Dca.set_take_profit)
    set_reinvestment = awaitable(Dca.set_reinvestment)
    get_ongoing = awaitable(Dca.get_ongoing)
    iter_ongoing = iterable(Dca.iter_ongoing)
    get_history = awaitable(Dca.get_history)
    iter_history = iterable(Dca.iter_history)
    get_position = awaitable(Dca.get_position)
    get_cycles = awaitable(Dca.get_cycles)
    iter_cycles = iterable(Dca.iter_cycles)
    get_orders = awaitable(Dca.get_orders)
    iter_orders = iterable(Dca.iter_orders)


class AsyncRecurring(AsyncTwin[Recurring]):
    """``client.recurring``, awaitable."""

    create = awaitable(Recurring.create)
    rename = awaitable(Recurring.rename)
    amend_amount = awaitable(Recurring.amend_amount)
    amend_time = awaitable(Recurring.amend_time)
    amend_price_range = awaitable(Recurring.amend_price_range)
    add_investment = awaitable(Recurring.add_investment)
    pause = awaitable(Recurring.pause)
    resume = awaitable(Recurring.resume)
    stop = awaitable(Recurring.stop)
    get_pending = awaitable(Recurring.get_pending)
    iter_pending = iterable(Recurring.iter_pending)
    get_history = awaitable(Recurring.get_history)
    iter_history = iterable(Recurring.iter_history)
    get_details = awaitable(Recurring.get_details)
    get_sub_orders = awaitable(Recurring.get_sub_orders)
    iter_sub_orders = iterable(Recurring.iter_sub_orders)


class AsyncSignal(AsyncTwin[Signal]):
    """``client.signal``, awaitable."""

    create_signal = awaitable(Signal.create_signal)
    get_signals = awaitable(Signal.get_signals)
    iter_signals = iterable(Signal.iter_signals)
    create = awaitable(Signal.create)
    stop = awaitable(Signal.stop)
    adjust_margin = awaitable(Signal.adjust_margin)
    amend_exit = awaitable(Signal.amend_exit)
    set_instruments = awaitable(Signal.set_instruments)
    get_details = awaitable(Signal.get_details)
    get_pending = awaitable(Signal.get_pending)
    iter_pending = iterable(Signal.iter_pending)
    get_history = awaitable(Signal.get_history)
    iter_history = iterable(Signal.iter_history)
    get_positions = awaitable(Signal.get_positions)
    get_positions_history = awaitable(Signal.get_positions_history)
    iter_positions_history = iterable(Signal.iter_positions_history)
    close_position = awaitable(Signal.close_position)
    place_sub_order = awaitable(Signal.place_sub_order)
    cancel_sub_order = awaitable(Signal.cancel_sub_order)
    get_sub_orders = awaitable(Signal.get_sub_orders)
    iter_sub_orders = iterable(Signal.iter_sub_orders)
    get_events = awaitable(Signal.get_events)
    iter_events = iterable(Signal.iter_events)


class AsyncCopyTrading(AsyncTwin[CopyTrading]):
    """``client.copytrading``, awaitable."""

    get_positions = awaitable(CopyTrading.get_positions)
    iter_positions = iterable(CopyTrading.iter_positions)
    get_positions_history = awaitable(CopyTrading.get_positions_history)
    iter_positions_history = iterable(CopyTrading.iter_positions_history)
    set_tp_sl = awaitable(CopyTrading.set_tp_sl)
    close_position = awaitable(CopyTrading.close_position)
    get_instruments = awaitable(CopyTrading.get_instruments)
    set_instruments = awaitable(CopyTrading.set_instruments)
    get_profit_shares = awaitable(CopyTrading.get_profit_shares)
    iter_profit_shares = iterable(CopyTrading.iter_profit_shares)
    get_total_profit_share = awaitable(CopyTrading.get_total_profit_share)
    get_unrealized_profit_shares = awaitable(CopyTrading.get_unrealized_profit_shares)
    get_total_unrealized_profit_share = awaitable(CopyTrading.get_total_unrealized_profit_share)
    set_profit_sharing_ratio = awaitable(CopyTrading.set_profit_sharing_ratio)
    get_config = awaitable(CopyTrading.get_config)
    start_copying = awaitable(CopyTrading.start_copying)
    amend_copying = awaitable(CopyTrading.amend_copying)
    stop_copying = awaitable(CopyTrading.stop_copying)
    get_copy_settings = awaitable(CopyTrading.get_copy_settings)
    get_lead_traders = awaitable(CopyTrading.get_lead_traders)
    get_public_config = awaitable(CopyTrading.get_public_config)
    get_public_lead_traders = awaitable(CopyTrading.get_public_lead_traders)
    iter_public_lead_traders = iterable(CopyTrading.iter_public_lead_traders)
    get_public_weekly_pnl = awaitable(CopyTrading.get_public_weekly_pnl)
    get_public_pnl = awaitable(CopyTrading.get_public_pnl)
    get_public_stats = awaitable(CopyTrading.get_public_stats)
    get_public_currency_preference = awaitable(CopyTrading.get_public_currency_preference)
    get_public_positions = awaitable(CopyTrading.get_public_positions)
    iter_public_positions = iterable(CopyTrading.iter_public_positions)
    get_public_positions_history = awaitable(CopyTrading.get_public_positions_history)
    iter_public_positions_history = iterable(CopyTrading.iter_public_positions_history)
    get_public_copy_traders = awaitable(CopyTrading.get_public_copy_traders)
    create_order_link = awaitable(CopyTrading.create_order_link)
