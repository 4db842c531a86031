"""Bybit's groups of orders and positions, awaitable. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.bybit.position.rest import PositionEndpoints
from okx_sync.exchanges.bybit.trade.rest import OrderEndpoints

__all__ = ["AsyncBybitOrder", "AsyncBybitPosition"]


class AsyncBybitOrder(AsyncTwin[OrderEndpoints]):
    """``client.order``, awaitable."""

    place_order = awaitable(OrderEndpoints.place_order)
    amend_order = awaitable(OrderEndpoints.amend_order)
    cancel_order = awaitable(OrderEndpoints.cancel_order)
    place_batch_orders = awaitable(OrderEndpoints.place_batch_orders)
    amend_batch_orders = awaitable(OrderEndpoints.amend_batch_orders)
    cancel_batch_orders = awaitable(OrderEndpoints.cancel_batch_orders)
    cancel_all_orders = awaitable(OrderEndpoints.cancel_all_orders)
    set_disconnect_cancel_all = awaitable(OrderEndpoints.set_disconnect_cancel_all)
    pre_check_order = awaitable(OrderEndpoints.pre_check_order)
    get_open_orders = awaitable(OrderEndpoints.get_open_orders)
    iter_open_orders = iterable(OrderEndpoints.iter_open_orders)
    get_order_history = awaitable(OrderEndpoints.get_order_history)
    iter_order_history = iterable(OrderEndpoints.iter_order_history)
    get_executions = awaitable(OrderEndpoints.get_executions)
    iter_executions = iterable(OrderEndpoints.iter_executions)
    get_borrow_quota = awaitable(OrderEndpoints.get_borrow_quota)


class AsyncBybitPosition(AsyncTwin[PositionEndpoints]):
    """``client.position``, awaitable."""

    get_positions = awaitable(PositionEndpoints.get_positions)
    iter_positions = iterable(PositionEndpoints.iter_positions)
    get_leverage = awaitable(PositionEndpoints.get_leverage)
    set_leverage = awaitable(PositionEndpoints.set_leverage)
    set_position_mode = awaitable(PositionEndpoints.set_position_mode)
    set_trading_stop = awaitable(PositionEndpoints.set_trading_stop)
    set_auto_add_margin = awaitable(PositionEndpoints.set_auto_add_margin)
    add_margin = awaitable(PositionEndpoints.add_margin)
    confirm_pending_mmr = awaitable(PositionEndpoints.confirm_pending_mmr)
    get_closed_pnl = awaitable(PositionEndpoints.get_closed_pnl)
    iter_closed_pnl = iterable(PositionEndpoints.iter_closed_pnl)
    get_closed_option_positions = awaitable(PositionEndpoints.get_closed_option_positions)
    iter_closed_option_positions = iterable(PositionEndpoints.iter_closed_option_positions)
    move_positions = awaitable(PositionEndpoints.move_positions)
    get_move_history = awaitable(PositionEndpoints.get_move_history)
    iter_move_history = iterable(PositionEndpoints.iter_move_history)
