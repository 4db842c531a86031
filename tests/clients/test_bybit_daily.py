"""What a program uses every day of Bybit's REST API is declared, each call in its group and by its name."""

from __future__ import annotations

from typing import Final

from okx_sync import BybitClient
from tests.each_case import each_case

DAILY: Final = """
market get_long_short_ratio GET /v5/market/account-ratio
market get_adl_alerts GET /v5/market/adlAlert
market get_delivery_prices GET /v5/market/delivery-price
market get_fee_groups GET /v5/market/fee-group-info
market get_full_order_book GET /v5/market/full_orderbook
market get_funding_rate_history GET /v5/market/funding/history
market get_historical_volatility GET /v5/market/historical-volatility
market get_index_components GET /v5/market/index-price-components
market get_index_price_candles GET /v5/market/index-price-kline
market get_instruments GET /v5/market/instruments-info
market get_insurance_fund GET /v5/market/insurance
market get_candles GET /v5/market/kline
market get_mark_price_candles GET /v5/market/mark-price-kline
market get_new_delivery_prices GET /v5/market/new-delivery-price
market get_open_interest GET /v5/market/open-interest
market get_order_book GET /v5/market/orderbook
market get_premium_index_candles GET /v5/market/premium-index-price-kline
market get_price_limit GET /v5/market/price-limit
market get_trades GET /v5/market/recent-trade
market get_risk_limits GET /v5/market/risk-limit
market get_rpi_order_book GET /v5/market/rpi_orderbook
market get_tickers GET /v5/market/tickers
market get_server_time GET /v5/market/time
order get_executions GET /v5/execution/list
order amend_order POST /v5/order/amend
order amend_batch_orders POST /v5/order/amend-batch
order cancel_order POST /v5/order/cancel
order cancel_all_orders POST /v5/order/cancel-all
order cancel_batch_orders POST /v5/order/cancel-batch
order place_order POST /v5/order/create
order place_batch_orders POST /v5/order/create-batch
order set_disconnect_cancel_all POST /v5/order/disconnected-cancel-all
order get_order_history GET /v5/order/history
order pre_check_order POST /v5/order/pre-check
order get_open_orders GET /v5/order/realtime
order get_borrow_quota GET /v5/order/spot-borrow-check
position add_margin POST /v5/position/add-margin
position get_closed_pnl GET /v5/position/closed-pnl
position confirm_pending_mmr POST /v5/position/confirm-pending-mmr
position get_closed_option_positions GET /v5/position/get-closed-positions
position get_positions GET /v5/position/list
position get_move_history GET /v5/position/move-history
position move_positions POST /v5/position/move-positions
position set_auto_add_margin POST /v5/position/set-auto-add-margin
position set_leverage POST /v5/position/set-leverage
position set_position_mode POST /v5/position/switch-mode
position get_leverage GET /v5/position/symbol-info
position set_trading_stop POST /v5/position/trading-stop
account borrow POST /v5/account/borrow
account get_borrow_history GET /v5/account/borrow-history
account get_collateral_info GET /v5/account/collateral-info
account get_fee_rates GET /v5/account/fee-rate
account get_account_info GET /v5/account/info
account get_account_instruments GET /v5/account/instruments-info
account set_mmp POST /v5/account/mmp-modify
account reset_mmp POST /v5/account/mmp-reset
account get_mmp_state GET /v5/account/mmp-state
account manual_no_convert_repay POST /v5/account/no-convert-repay
account get_option_asset_info GET /v5/account/option-asset-info
account get_pay_info GET /v5/account/pay-info
account get_dcp_info GET /v5/account/query-dcp-info
account repay_liability POST /v5/account/quick-repayment
account repay POST /v5/account/repay
account set_collateral_coin POST /v5/account/set-collateral-switch
account batch_set_collateral_coin POST /v5/account/set-collateral-switch-batch
account set_delta_mode POST /v5/account/set-delta-mode
account set_hedging_mode POST /v5/account/set-hedging-mode
account set_limit_price_action POST /v5/account/set-limit-px-action
account set_margin_mode POST /v5/account/set-margin-mode
account get_smp_group GET /v5/account/smp-group
account get_trade_info_for_analysis GET /v5/account/trade-info-for-analysis
account get_transaction_log GET /v5/account/transaction-log
account upgrade_to_unified_account POST /v5/account/upgrade-to-uta
account get_user_settings GET /v5/account/user-setting-config
account get_wallet_balance GET /v5/account/wallet-balance
account get_withdrawable GET /v5/account/withdrawal
account get_coin_greeks GET /v5/asset/coin-greeks
asset get_asset_overview GET /v5/asset/asset-overview
asset get_coin_info GET /v5/asset/coin/query-info
asset get_delivery_records GET /v5/asset/delivery-record
asset get_master_deposit_address GET /v5/asset/deposit/query-address
asset get_internal_deposit_records GET /v5/asset/deposit/query-internal-record
asset get_deposit_records GET /v5/asset/deposit/query-record
asset get_funding_account_history GET /v5/asset/fundinghistory
asset get_settlement_records GET /v5/asset/settlement-record
asset create_internal_transfer POST /v5/asset/transfer/inter-transfer
asset get_coin_balance GET /v5/asset/transfer/query-account-coin-balance
asset get_coins_balance GET /v5/asset/transfer/query-account-coins-balance
asset get_internal_transfer_records GET /v5/asset/transfer/query-inter-transfer-list
asset get_transferable_coin GET /v5/asset/transfer/query-transfer-coin-list
asset get_universal_transfer_records GET /v5/asset/transfer/query-universal-transfer-list
asset create_universal_transfer POST /v5/asset/transfer/universal-transfer
asset cancel_withdrawal POST /v5/asset/withdraw/cancel
asset withdraw POST /v5/asset/withdraw/create
asset get_withdrawal_address_list GET /v5/asset/withdraw/query-address
asset get_withdrawal_records GET /v5/asset/withdraw/query-record
asset get_withdrawable_amount GET /v5/asset/withdraw/withdrawable-amount
user get_wallet_types GET /v5/user/get-member-type
user get_api_key_info GET /v5/user/query-api
user get_sub_uid_list GET /v5/user/query-sub-members
user get_sub_uid_list_unlimited GET /v5/user/submembers
spot_margin get_coin_state GET /v5/spot-margin-trade/coinstate
spot_margin get_max_borrowable GET /v5/spot-margin-trade/max-borrowable
spot_margin set_leverage POST /v5/spot-margin-trade/set-leverage
spot_margin get_status_and_leverage GET /v5/spot-margin-trade/state
spot_margin toggle_margin_trade POST /v5/spot-margin-trade/switch-mode
spread get_spread_executions GET /v5/spread/execution/list
spread get_spread_instruments GET /v5/spread/instrument
spread get_spread_max_qty GET /v5/spread/max-qty
spread amend_spread_order POST /v5/spread/order/amend
spread cancel_spread_order POST /v5/spread/order/cancel
spread cancel_all_spread_orders POST /v5/spread/order/cancel-all
spread place_spread_order POST /v5/spread/order/create
spread get_spread_order_history GET /v5/spread/order/history
spread get_spread_open_orders GET /v5/spread/order/realtime
spread get_spread_order_book GET /v5/spread/orderbook
spread get_spread_trades GET /v5/spread/recent-trade
spread get_spread_tickers GET /v5/spread/tickers
system get_system_status GET /v5/system/status
announcement get_announcements GET /v5/announcements/index
rate_limit get_rate_limits GET /v5/apilimit/query
demo request_demo_funds POST /v5/account/demo-apply-money
demo create_demo_account POST /v5/user/create-demo-member
"""
"""Group, name, method and path, by Bybit's documentation."""


ROWS: Final = [tuple(line.split()) for line in DAILY.split("\n") if line]


@each_case("row", ROWS, ids=" ".join)
def test_each_is_declared(row: tuple[str, ...]) -> None:
    """In its group, by its name."""
    assert row in {(one.group, one.name, one.method, one.path) for one in BybitClient.endpoints()}


def test_none_is_told_twice() -> None:
    """Each path once, and each is found by it."""
    assert len({row[2:] for row in ROWS}) == len(ROWS)
    declared = [(one.method, one.path) for one in BybitClient.endpoints()]
    assert len(set(declared)) == len(declared)
