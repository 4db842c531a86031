"""Groups of trading: orders, algo orders, spreads, blocks. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.algo.rest import Algo
from okx_sync.exchanges.okx.block.rest import Rfqs
from okx_sync.exchanges.okx.spread.rest import Spread
from okx_sync.exchanges.okx.trade.rest import Trade

__all__ = ["AsyncAlgo", "AsyncRfqs", "AsyncSpread", "AsyncTrade"]


class AsyncTrade(AsyncTwin[Trade]):
    """``client.trade``, awaitable."""

    place_order = awaitable(Trade.place_order)
    place_batch_orders = awaitable(Trade.place_batch_orders)
    cancel_order = awaitable(Trade.cancel_order)
    cancel_batch_orders = awaitable(Trade.cancel_batch_orders)
    amend_order = awaitable(Trade.amend_order)
    amend_batch_orders = awaitable(Trade.amend_batch_orders)
    cancel_all_after = awaitable(Trade.cancel_all_after)
    get_order = awaitable(Trade.get_order)
    get_orders_pending = awaitable(Trade.get_orders_pending)
    iter_orders_pending = iterable(Trade.iter_orders_pending)
    get_orders_history = awaitable(Trade.get_orders_history)
    iter_orders_history = iterable(Trade.iter_orders_history)
    get_fills = awaitable(Trade.get_fills)
    get_fills_history = awaitable(Trade.get_fills_history)
    iter_fills = iterable(Trade.iter_fills)
    get_orders_history_archive = awaitable(Trade.get_orders_history_archive)
    close_position = awaitable(Trade.close_position)
    check_order = awaitable(Trade.check_order)
    mass_cancel = awaitable(Trade.mass_cancel)
    get_account_rate_limit = awaitable(Trade.get_account_rate_limit)
    get_easy_convert_currencies = awaitable(Trade.get_easy_convert_currencies)
    easy_convert = awaitable(Trade.easy_convert)
    get_easy_convert_history = awaitable(Trade.get_easy_convert_history)
    iter_easy_convert_history = iterable(Trade.iter_easy_convert_history)
    get_repay_currencies = awaitable(Trade.get_repay_currencies)
    repay = awaitable(Trade.repay)
    get_repay_history = awaitable(Trade.get_repay_history)
    iter_repay_history = iterable(Trade.iter_repay_history)
    get_repay_currencies_v2 = awaitable(Trade.get_repay_currencies_v2)
    repay_v2 = awaitable(Trade.repay_v2)
    get_repay_history_v2 = awaitable(Trade.get_repay_history_v2)
    iter_repay_history_v2 = iterable(Trade.iter_repay_history_v2)


class AsyncAlgo(AsyncTwin[Algo]):
    """``client.algo``, awaitable."""

    place_algo_order = awaitable(Algo.place_algo_order)
    cancel_algo_orders = awaitable(Algo.cancel_algo_orders)
    amend_algo_order = awaitable(Algo.amend_algo_order)
    get_algo_order = awaitable(Algo.get_algo_order)
    get_algo_orders_pending = awaitable(Algo.get_algo_orders_pending)
    iter_algo_orders_pending = iterable(Algo.iter_algo_orders_pending)
    get_algo_orders_history = awaitable(Algo.get_algo_orders_history)
    iter_algo_orders_history = iterable(Algo.iter_algo_orders_history)


class AsyncSpread(AsyncTwin[Spread]):
    """``client.spread``, awaitable."""

    place_order = awaitable(Spread.place_order)
    cancel_order = awaitable(Spread.cancel_order)
    cancel_all = awaitable(Spread.cancel_all)
    amend_order = awaitable(Spread.amend_order)
    cancel_all_after = awaitable(Spread.cancel_all_after)
    get_order = awaitable(Spread.get_order)
    get_orders_pending = awaitable(Spread.get_orders_pending)
    iter_orders_pending = iterable(Spread.iter_orders_pending)
    get_orders_history = awaitable(Spread.get_orders_history)
    get_orders_history_archive = awaitable(Spread.get_orders_history_archive)
    iter_orders_history = iterable(Spread.iter_orders_history)
    get_trades = awaitable(Spread.get_trades)
    iter_trades = iterable(Spread.iter_trades)
    get_spreads = awaitable(Spread.get_spreads)
    get_books = awaitable(Spread.get_books)
    get_public_trades = awaitable(Spread.get_public_trades)


class AsyncRfqs(AsyncTwin[Rfqs]):
    """``client.rfq``, awaitable."""

    get_counterparties = awaitable(Rfqs.get_counterparties)
    create_rfq = awaitable(Rfqs.create_rfq)
    cancel_rfq = awaitable(Rfqs.cancel_rfq)
    cancel_batch_rfqs = awaitable(Rfqs.cancel_batch_rfqs)
    cancel_all_rfqs = awaitable(Rfqs.cancel_all_rfqs)
    execute_quote = awaitable(Rfqs.execute_quote)
    get_maker_settings = awaitable(Rfqs.get_maker_settings)
    set_maker_settings = awaitable(Rfqs.set_maker_settings)
    reset_mmp = awaitable(Rfqs.reset_mmp)
    get_mmp_config = awaitable(Rfqs.get_mmp_config)
    set_mmp_config = awaitable(Rfqs.set_mmp_config)
    create_quote = awaitable(Rfqs.create_quote)
    cancel_quote = awaitable(Rfqs.cancel_quote)
    cancel_batch_quotes = awaitable(Rfqs.cancel_batch_quotes)
    cancel_all_quotes = awaitable(Rfqs.cancel_all_quotes)
    cancel_all_after = awaitable(Rfqs.cancel_all_after)
    get_rfqs = awaitable(Rfqs.get_rfqs)
    iter_rfqs = iterable(Rfqs.iter_rfqs)
    get_quotes = awaitable(Rfqs.get_quotes)
    iter_quotes = iterable(Rfqs.iter_quotes)
    get_trades = awaitable(Rfqs.get_trades)
    iter_trades = iterable(Rfqs.iter_trades)
    get_public_trades = awaitable(Rfqs.get_public_trades)
    iter_public_trades = iterable(Rfqs.iter_public_trades)
