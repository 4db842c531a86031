"""Groups of spot and of what is common to all products, awaitable. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.bitget.common.rest import Common
from okx_sync.exchanges.bitget.spot.rest import Spot

__all__ = ["AsyncCommon", "AsyncSpot"]


class AsyncCommon(AsyncTwin[Common]):
    """``client.common``, awaitable."""

    get_server_time = awaitable(Common.get_server_time)
    get_announcements = awaitable(Common.get_announcements)
    iter_announcements = iterable(Common.iter_announcements)
    get_trade_rate = awaitable(Common.get_trade_rate)
    get_all_trade_rates = awaitable(Common.get_all_trade_rates)
    get_balances = awaitable(Common.get_balances)
    get_funding_assets = awaitable(Common.get_funding_assets)


class AsyncSpot(AsyncTwin[Spot]):
    """``client.spot``, awaitable."""

    get_coins = awaitable(Spot.get_coins)
    get_symbols = awaitable(Spot.get_symbols)
    get_tickers = awaitable(Spot.get_tickers)
    get_order_book = awaitable(Spot.get_order_book)
    get_merged_order_book = awaitable(Spot.get_merged_order_book)
    get_candles = awaitable(Spot.get_candles)
    iter_candles = iterable(Spot.iter_candles)
    get_candles_history = awaitable(Spot.get_candles_history)
    iter_candles_history = iterable(Spot.iter_candles_history)
    get_trades = awaitable(Spot.get_trades)
    get_trades_history = awaitable(Spot.get_trades_history)
    iter_trades_history = iterable(Spot.iter_trades_history)
    get_vip_fee_rates = awaitable(Spot.get_vip_fee_rates)
    get_call_auction = awaitable(Spot.get_call_auction)
    place_order = awaitable(Spot.place_order)
    place_batch_orders = awaitable(Spot.place_batch_orders)
    cancel_order = awaitable(Spot.cancel_order)
    cancel_batch_orders = awaitable(Spot.cancel_batch_orders)
    cancel_all_orders = awaitable(Spot.cancel_all_orders)
    replace_order = awaitable(Spot.replace_order)
    replace_batch_orders = awaitable(Spot.replace_batch_orders)
    get_order = awaitable(Spot.get_order)
    get_open_orders = awaitable(Spot.get_open_orders)
    iter_open_orders = iterable(Spot.iter_open_orders)
    get_order_history = awaitable(Spot.get_order_history)
    iter_order_history = iterable(Spot.iter_order_history)
    get_fills = awaitable(Spot.get_fills)
    iter_fills = iterable(Spot.iter_fills)
    place_plan_order = awaitable(Spot.place_plan_order)
    amend_plan_order = awaitable(Spot.amend_plan_order)
    cancel_plan_order = awaitable(Spot.cancel_plan_order)
    cancel_plan_orders = awaitable(Spot.cancel_plan_orders)
    get_open_plan_orders = awaitable(Spot.get_open_plan_orders)
    iter_open_plan_orders = iterable(Spot.iter_open_plan_orders)
    get_plan_order_history = awaitable(Spot.get_plan_order_history)
    iter_plan_order_history = iterable(Spot.iter_plan_order_history)
    get_plan_sub_orders = awaitable(Spot.get_plan_sub_orders)
    get_account = awaitable(Spot.get_account)
    get_account_assets = awaitable(Spot.get_account_assets)
    get_account_bills = awaitable(Spot.get_account_bills)
    iter_account_bills = iterable(Spot.iter_account_bills)
    upgrade_to_unified_account = awaitable(Spot.upgrade_to_unified_account)
    get_upgrade_status = awaitable(Spot.get_upgrade_status)
    transfer = awaitable(Spot.transfer)
    get_transferable_coins = awaitable(Spot.get_transferable_coins)
    get_transfer_history = awaitable(Spot.get_transfer_history)
    iter_transfer_history = iterable(Spot.iter_transfer_history)
    withdraw = awaitable(Spot.withdraw)
    cancel_withdrawal = awaitable(Spot.cancel_withdrawal)
    get_withdrawal_history = awaitable(Spot.get_withdrawal_history)
    iter_withdrawal_history = iterable(Spot.iter_withdrawal_history)
    get_deposit_address = awaitable(Spot.get_deposit_address)
    get_deposit_history = awaitable(Spot.get_deposit_history)
    iter_deposit_history = iterable(Spot.iter_deposit_history)
    set_deposit_account = awaitable(Spot.set_deposit_account)
