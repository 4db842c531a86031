"""``AsyncBitgetClient.mix``: the calls of the futures of a classic account, awaited."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.bitget.mix.rest import Mix

__all__ = ["AsyncMix"]


class AsyncMix(AsyncTwin[Mix]):
    """``client.mix``, awaitable."""

    get_contracts = awaitable(Mix.get_contracts)
    get_ticker = awaitable(Mix.get_ticker)
    get_tickers = awaitable(Mix.get_tickers)
    get_symbol_price = awaitable(Mix.get_symbol_price)
    get_order_book = awaitable(Mix.get_order_book)
    get_trades = awaitable(Mix.get_trades)
    get_trades_history = awaitable(Mix.get_trades_history)
    iter_trades_history = iterable(Mix.iter_trades_history)
    get_candles = awaitable(Mix.get_candles)
    get_candles_history = awaitable(Mix.get_candles_history)
    iter_candles = iterable(Mix.iter_candles)
    get_index_candles_history = awaitable(Mix.get_index_candles_history)
    iter_index_candles = iterable(Mix.iter_index_candles)
    get_mark_price_candles_history = awaitable(Mix.get_mark_price_candles_history)
    iter_mark_price_candles = iterable(Mix.iter_mark_price_candles)
    get_funding_rate = awaitable(Mix.get_funding_rate)
    get_funding_rate_history = awaitable(Mix.get_funding_rate_history)
    iter_funding_rate_history = iterable(Mix.iter_funding_rate_history)
    get_next_funding_time = awaitable(Mix.get_next_funding_time)
    get_open_interest = awaitable(Mix.get_open_interest)
    get_oi_limit = awaitable(Mix.get_oi_limit)
    get_position_tiers = awaitable(Mix.get_position_tiers)
    get_vip_fee_rates = awaitable(Mix.get_vip_fee_rates)
    get_account = awaitable(Mix.get_account)
    get_accounts = awaitable(Mix.get_accounts)
    get_bills = awaitable(Mix.get_bills)
    iter_bills = iterable(Mix.iter_bills)
    get_interest_history = awaitable(Mix.get_interest_history)
    iter_interest_history = iterable(Mix.iter_interest_history)
    get_isolated_symbols = awaitable(Mix.get_isolated_symbols)
    get_liquidation_price = awaitable(Mix.get_liquidation_price)
    get_max_open = awaitable(Mix.get_max_open)
    get_open_count = awaitable(Mix.get_open_count)
    set_leverage = awaitable(Mix.set_leverage)
    set_all_leverage = awaitable(Mix.set_all_leverage)
    set_asset_mode = awaitable(Mix.set_asset_mode)
    set_auto_margin = awaitable(Mix.set_auto_margin)
    add_margin = awaitable(Mix.add_margin)
    set_margin_mode = awaitable(Mix.set_margin_mode)
    set_position_mode = awaitable(Mix.set_position_mode)
    get_position = awaitable(Mix.get_position)
    get_positions = awaitable(Mix.get_positions)
    get_position_history = awaitable(Mix.get_position_history)
    iter_position_history = iterable(Mix.iter_position_history)
    get_adl_rank = awaitable(Mix.get_adl_rank)
