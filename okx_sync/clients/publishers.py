"""Publishers of each exchange, typed as their clients are: a ``publish_...`` for each ``subscribe_...``."""

from __future__ import annotations

from typing import ClassVar

from okx_sync.clients.bitget_ws import BitgetWsClient
from okx_sync.clients.bybit_ws import BybitWsClient
from okx_sync.clients.okx_ws import WsClient
from okx_sync.fanout.publish_verbs import publishes, publishes_lists
from okx_sync.fanout.publisher import Publisher
from okx_sync.live.stream_client import StreamClient

__all__ = ["BitgetPublisher", "BybitPublisher", "OkxPublisher"]


class OkxPublisher(Publisher):
    """Hands on OKX's streams; see ``Publisher``. Each ``publish_...`` has what its ``subscribe_...`` takes."""

    client_class: ClassVar[type[StreamClient]] = WsClient

    publish_account = publishes(WsClient.subscribe_account)
    publish_account_greeks = publishes(WsClient.subscribe_account_greeks)
    publish_adl_warning = publishes(WsClient.subscribe_adl_warning)
    publish_algo_advance = publishes(WsClient.subscribe_algo_advance)
    publish_algo_recurring_buy = publishes(WsClient.subscribe_algo_recurring_buy)
    publish_balance_and_position = publishes(WsClient.subscribe_balance_and_position)
    publish_bbo_tbt = publishes_lists(WsClient.subscribe_bbo_tbt)
    publish_block_tickers = publishes_lists(WsClient.subscribe_block_tickers)
    publish_books = publishes_lists(WsClient.subscribe_books)
    publish_books5 = publishes_lists(WsClient.subscribe_books5)
    publish_books50_l2_tbt = publishes_lists(WsClient.subscribe_books50_l2_tbt)
    publish_books_elp = publishes_lists(WsClient.subscribe_books_elp)
    publish_books_l2_tbt = publishes_lists(WsClient.subscribe_books_l2_tbt)
    publish_books_rpi = publishes_lists(WsClient.subscribe_books_rpi)
    publish_call_auction_details = publishes_lists(WsClient.subscribe_call_auction_details)
    publish_candles = publishes_lists(WsClient.subscribe_candles)
    publish_copytrading_lead_notification = publishes(WsClient.subscribe_copytrading_lead_notification)
    publish_copytrading_notification = publishes(WsClient.subscribe_copytrading_notification)
    publish_deposit_info = publishes(WsClient.subscribe_deposit_info)
    publish_economic_calendar = publishes(WsClient.subscribe_economic_calendar)
    publish_estimated_price = publishes(WsClient.subscribe_estimated_price)
    publish_event_contract_markets = publishes(WsClient.subscribe_event_contract_markets)
    publish_fills = publishes_lists(WsClient.subscribe_fills)
    publish_funding_rate = publishes_lists(WsClient.subscribe_funding_rate)
    publish_grid_orders_contract = publishes(WsClient.subscribe_grid_orders_contract)
    publish_grid_orders_moon = publishes(WsClient.subscribe_grid_orders_moon)
    publish_grid_orders_spot = publishes(WsClient.subscribe_grid_orders_spot)
    publish_grid_positions = publishes(WsClient.subscribe_grid_positions)
    publish_grid_sub_orders = publishes(WsClient.subscribe_grid_sub_orders)
    publish_index_candles = publishes_lists(WsClient.subscribe_index_candles)
    publish_index_tickers = publishes_lists(WsClient.subscribe_index_tickers)
    publish_instruments = publishes(WsClient.subscribe_instruments)
    publish_liquidation_orders = publishes(WsClient.subscribe_liquidation_orders)
    publish_liquidation_warning = publishes(WsClient.subscribe_liquidation_warning)
    publish_many = publishes(WsClient.subscribe_many)
    publish_mark_price = publishes_lists(WsClient.subscribe_mark_price)
    publish_mark_price_candles = publishes_lists(WsClient.subscribe_mark_price_candles)
    publish_open_interest = publishes_lists(WsClient.subscribe_open_interest)
    publish_opt_summary = publishes_lists(WsClient.subscribe_opt_summary)
    publish_option_trades = publishes(WsClient.subscribe_option_trades)
    publish_orderbook = publishes_lists(WsClient.subscribe_orderbook)
    publish_orders = publishes(WsClient.subscribe_orders)
    publish_orders_algo = publishes(WsClient.subscribe_orders_algo)
    publish_positions = publishes(WsClient.subscribe_positions)
    publish_price_limit = publishes_lists(WsClient.subscribe_price_limit)
    publish_public_block_trades = publishes_lists(WsClient.subscribe_public_block_trades)
    publish_public_struc_block_trades = publishes(WsClient.subscribe_public_struc_block_trades)
    publish_quotes = publishes(WsClient.subscribe_quotes)
    publish_rfqs = publishes(WsClient.subscribe_rfqs)
    publish_sprd_bbo_tbt = publishes_lists(WsClient.subscribe_sprd_bbo_tbt)
    publish_sprd_books5 = publishes_lists(WsClient.subscribe_sprd_books5)
    publish_sprd_books_l2_tbt = publishes_lists(WsClient.subscribe_sprd_books_l2_tbt)
    publish_sprd_candles = publishes_lists(WsClient.subscribe_sprd_candles)
    publish_sprd_orders = publishes_lists(WsClient.subscribe_sprd_orders)
    publish_sprd_public_trades = publishes_lists(WsClient.subscribe_sprd_public_trades)
    publish_sprd_tickers = publishes_lists(WsClient.subscribe_sprd_tickers)
    publish_sprd_trades = publishes_lists(WsClient.subscribe_sprd_trades)
    publish_status = publishes(WsClient.subscribe_status)
    publish_struc_block_trades = publishes(WsClient.subscribe_struc_block_trades)
    publish_tickers = publishes_lists(WsClient.subscribe_tickers)
    publish_trades = publishes_lists(WsClient.subscribe_trades)
    publish_trades_all = publishes_lists(WsClient.subscribe_trades_all)
    publish_withdrawal_info = publishes(WsClient.subscribe_withdrawal_info)


class BybitPublisher(Publisher):
    """Hands on Bybit's streams; see ``Publisher``. Each ``publish_...`` has what its ``subscribe_...`` takes."""

    client_class: ClassVar[type[StreamClient]] = BybitWsClient

    publish_adl_alerts = publishes(BybitWsClient.subscribe_adl_alerts)
    publish_candles = publishes_lists(BybitWsClient.subscribe_candles)
    publish_disconnect_protection = publishes(BybitWsClient.subscribe_disconnect_protection)
    publish_discount_buy_offers = publishes(BybitWsClient.subscribe_discount_buy_offers)
    publish_double_win_offers = publishes(BybitWsClient.subscribe_double_win_offers)
    publish_dual_asset_offers = publishes(BybitWsClient.subscribe_dual_asset_offers)
    publish_executions = publishes(BybitWsClient.subscribe_executions)
    publish_fast_executions = publishes(BybitWsClient.subscribe_fast_executions)
    publish_full_orderbook = publishes_lists(BybitWsClient.subscribe_full_orderbook)
    publish_greeks = publishes(BybitWsClient.subscribe_greeks)
    publish_instrument_info = publishes_lists(BybitWsClient.subscribe_instrument_info)
    publish_insurance = publishes(BybitWsClient.subscribe_insurance)
    publish_liquidations = publishes_lists(BybitWsClient.subscribe_liquidations)
    publish_many = publishes(BybitWsClient.subscribe_many)
    publish_orderbook = publishes_lists(BybitWsClient.subscribe_orderbook)
    publish_orders = publishes(BybitWsClient.subscribe_orders)
    publish_perp_book200 = publishes_lists(BybitWsClient.subscribe_perp_book200)
    publish_perp_book25 = publishes_lists(BybitWsClient.subscribe_perp_book25)
    publish_perp_candles = publishes_lists(BybitWsClient.subscribe_perp_candles)
    publish_perp_fills = publishes(BybitWsClient.subscribe_perp_fills)
    publish_perp_orders = publishes(BybitWsClient.subscribe_perp_orders)
    publish_perp_positions = publishes(BybitWsClient.subscribe_perp_positions)
    publish_perp_trades = publishes_lists(BybitWsClient.subscribe_perp_trades)
    publish_positions = publishes(BybitWsClient.subscribe_positions)
    publish_price_limit = publishes_lists(BybitWsClient.subscribe_price_limit)
    publish_rfq_public_trades = publishes(BybitWsClient.subscribe_rfq_public_trades)
    publish_rfq_quotes = publishes(BybitWsClient.subscribe_rfq_quotes)
    publish_rfq_trades = publishes(BybitWsClient.subscribe_rfq_trades)
    publish_rfqs = publishes(BybitWsClient.subscribe_rfqs)
    publish_rpi_orderbook = publishes_lists(BybitWsClient.subscribe_rpi_orderbook)
    publish_service = publishes(BybitWsClient.subscribe_service)
    publish_smart_leverage_offers = publishes(BybitWsClient.subscribe_smart_leverage_offers)
    publish_spread_executions = publishes(BybitWsClient.subscribe_spread_executions)
    publish_spread_orderbook = publishes_lists(BybitWsClient.subscribe_spread_orderbook)
    publish_spread_orders = publishes(BybitWsClient.subscribe_spread_orders)
    publish_spread_tickers = publishes_lists(BybitWsClient.subscribe_spread_tickers)
    publish_spread_trades = publishes_lists(BybitWsClient.subscribe_spread_trades)
    publish_strategies = publishes(BybitWsClient.subscribe_strategies)
    publish_system_status = publishes(BybitWsClient.subscribe_system_status)
    publish_tickers = publishes_lists(BybitWsClient.subscribe_tickers)
    publish_trades = publishes_lists(BybitWsClient.subscribe_trades)
    publish_wallet = publishes(BybitWsClient.subscribe_wallet)


class BitgetPublisher(Publisher):
    """Hands on Bitget's streams; see ``Publisher``. Each ``publish_...`` has what its ``subscribe_...`` takes."""

    client_class: ClassVar[type[StreamClient]] = BitgetWsClient

    publish_account = publishes(BitgetWsClient.subscribe_account)
    publish_adl_noti = publishes_lists(BitgetWsClient.subscribe_adl_noti)
    publish_books = publishes_lists(BitgetWsClient.subscribe_books)
    publish_books1 = publishes_lists(BitgetWsClient.subscribe_books1)
    publish_books15 = publishes_lists(BitgetWsClient.subscribe_books15)
    publish_books5 = publishes_lists(BitgetWsClient.subscribe_books5)
    publish_books50 = publishes_lists(BitgetWsClient.subscribe_books50)
    publish_candles = publishes_lists(BitgetWsClient.subscribe_candles)
    publish_equity = publishes(BitgetWsClient.subscribe_equity)
    publish_execution = publishes_lists(BitgetWsClient.subscribe_execution)
    publish_fast_fill = publishes(BitgetWsClient.subscribe_fast_fill)
    publish_fill = publishes_lists(BitgetWsClient.subscribe_fill)
    publish_liquidation = publishes_lists(BitgetWsClient.subscribe_liquidation)
    publish_liquidations = publishes_lists(BitgetWsClient.subscribe_liquidations)
    publish_many = publishes(BitgetWsClient.subscribe_many)
    publish_orderbook = publishes_lists(BitgetWsClient.subscribe_orderbook)
    publish_orders = publishes_lists(BitgetWsClient.subscribe_orders)
    publish_orders_algo = publishes_lists(BitgetWsClient.subscribe_orders_algo)
    publish_positions = publishes_lists(BitgetWsClient.subscribe_positions)
    publish_positions_history = publishes(BitgetWsClient.subscribe_positions_history)
    publish_rpi_books = publishes_lists(BitgetWsClient.subscribe_rpi_books)
    publish_ticker = publishes_lists(BitgetWsClient.subscribe_ticker)
    publish_trade = publishes_lists(BitgetWsClient.subscribe_trade)
