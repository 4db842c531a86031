"""Groups of market data and reference data. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.market.rest import Market, Rubik
from okx_sync.exchanges.okx.public.rest import Public, Status, Support

__all__ = ["AsyncMarket", "AsyncPublic", "AsyncRubik", "AsyncStatus", "AsyncSupport"]


class AsyncMarket(AsyncTwin[Market]):
    """``client.market``, awaitable."""

    get_ticker = awaitable(Market.get_ticker)
    get_tickers = awaitable(Market.get_tickers)
    get_books = awaitable(Market.get_books)
    get_candles = awaitable(Market.get_candles)
    get_history_candles = awaitable(Market.get_history_candles)
    iter_candles = iterable(Market.iter_candles)
    get_trades = awaitable(Market.get_trades)
    get_history_trades = awaitable(Market.get_history_trades)
    iter_history_trades = iterable(Market.iter_history_trades)
    get_index_tickers = awaitable(Market.get_index_tickers)
    get_index_candles = awaitable(Market.get_index_candles)
    get_history_index_candles = awaitable(Market.get_history_index_candles)
    iter_index_candles = iterable(Market.iter_index_candles)
    get_mark_price_candles = awaitable(Market.get_mark_price_candles)
    get_history_mark_price_candles = awaitable(Market.get_history_mark_price_candles)
    iter_mark_price_candles = iterable(Market.iter_mark_price_candles)
    get_spread_candles = awaitable(Market.get_spread_candles)
    get_spread_history_candles = awaitable(Market.get_spread_history_candles)
    iter_spread_candles = iterable(Market.iter_spread_candles)
    get_books_full = awaitable(Market.get_books_full)
    get_books_rpi = awaitable(Market.get_books_rpi)
    get_books_sbe = awaitable(Market.get_books_sbe)
    get_call_auction_details = awaitable(Market.get_call_auction_details)
    get_option_family_trades = awaitable(Market.get_option_family_trades)
    get_platform_volume = awaitable(Market.get_platform_volume)
    get_exchange_rate = awaitable(Market.get_exchange_rate)
    get_index_components = awaitable(Market.get_index_components)
    get_block_ticker = awaitable(Market.get_block_ticker)
    get_block_tickers = awaitable(Market.get_block_tickers)
    get_spread_ticker = awaitable(Market.get_spread_ticker)


class AsyncPublic(AsyncTwin[Public]):
    """``client.public``, awaitable."""

    get_time = awaitable(Public.get_time)
    get_instruments = awaitable(Public.get_instruments)
    get_mark_price = awaitable(Public.get_mark_price)
    get_funding_rate = awaitable(Public.get_funding_rate)
    get_open_interest = awaitable(Public.get_open_interest)
    get_price_limit = awaitable(Public.get_price_limit)
    get_underlyings = awaitable(Public.get_underlyings)
    get_position_tiers = awaitable(Public.get_position_tiers)
    get_discount_rates = awaitable(Public.get_discount_rates)
    get_loan_quotas = awaitable(Public.get_loan_quotas)
    get_insurance_fund = awaitable(Public.get_insurance_fund)
    iter_insurance_fund = iterable(Public.iter_insurance_fund)
    get_instrument_tick_bands = awaitable(Public.get_instrument_tick_bands)
    convert_contract_coin = awaitable(Public.convert_contract_coin)
    get_delta_hedge_currencies = awaitable(Public.get_delta_hedge_currencies)
    get_market_maker_instruments = awaitable(Public.get_market_maker_instruments)
    get_economic_calendar = awaitable(Public.get_economic_calendar)
    iter_economic_calendar = iterable(Public.iter_economic_calendar)
    get_market_data_files = awaitable(Public.get_market_data_files)
    get_funding_rate_history = awaitable(Public.get_funding_rate_history)
    iter_funding_rate_history = iterable(Public.iter_funding_rate_history)
    get_premium_history = awaitable(Public.get_premium_history)
    iter_premium_history = iterable(Public.iter_premium_history)
    get_option_summary = awaitable(Public.get_option_summary)
    get_option_trades = awaitable(Public.get_option_trades)
    get_block_trades = awaitable(Public.get_block_trades)
    get_estimated_price = awaitable(Public.get_estimated_price)
    get_estimated_settlement = awaitable(Public.get_estimated_settlement)
    get_settlement_history = awaitable(Public.get_settlement_history)
    iter_settlement_history = iterable(Public.iter_settlement_history)
    get_delivery_history = awaitable(Public.get_delivery_history)
    iter_delivery_history = iterable(Public.iter_delivery_history)
    get_event_series = awaitable(Public.get_event_series)
    get_event_events = awaitable(Public.get_event_events)
    iter_event_events = iterable(Public.iter_event_events)
    get_event_markets = awaitable(Public.get_event_markets)
    iter_event_markets = iterable(Public.iter_event_markets)


class AsyncRubik(AsyncTwin[Rubik]):
    """``client.rubik``, awaitable."""

    get_supported_coins = awaitable(Rubik.get_supported_coins)
    get_taker_volume = awaitable(Rubik.get_taker_volume)
    get_taker_volume_contract = awaitable(Rubik.get_taker_volume_contract)
    iter_taker_volume_contract = iterable(Rubik.iter_taker_volume_contract)
    get_margin_loan_ratio = awaitable(Rubik.get_margin_loan_ratio)
    get_long_short_ratio = awaitable(Rubik.get_long_short_ratio)
    get_long_short_ratio_contract = awaitable(Rubik.get_long_short_ratio_contract)
    iter_long_short_ratio_contract = iterable(Rubik.iter_long_short_ratio_contract)
    get_top_trader_account_ratio = awaitable(Rubik.get_top_trader_account_ratio)
    iter_top_trader_account_ratio = iterable(Rubik.iter_top_trader_account_ratio)
    get_top_trader_position_ratio = awaitable(Rubik.get_top_trader_position_ratio)
    iter_top_trader_position_ratio = iterable(Rubik.iter_top_trader_position_ratio)
    get_open_interest_history = awaitable(Rubik.get_open_interest_history)
    iter_open_interest_history = iterable(Rubik.iter_open_interest_history)
    get_open_interest_volume = awaitable(Rubik.get_open_interest_volume)
    get_option_open_interest_volume = awaitable(Rubik.get_option_open_interest_volume)
    get_option_ratio = awaitable(Rubik.get_option_ratio)
    get_option_expiries = awaitable(Rubik.get_option_expiries)
    get_option_strikes = awaitable(Rubik.get_option_strikes)
    get_option_taker_volume = awaitable(Rubik.get_option_taker_volume)


class AsyncStatus(AsyncTwin[Status]):
    """``client.status``, awaitable."""

    get_status = awaitable(Status.get_status)


class AsyncSupport(AsyncTwin[Support]):
    """``client.support``, awaitable."""

    get_announcements = awaitable(Support.get_announcements)
    iter_announcements = iterable(Support.iter_announcements)
    get_announcement_types = awaitable(Support.get_announcement_types)
