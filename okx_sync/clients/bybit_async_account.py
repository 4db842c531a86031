"""The groups ``account``, ``asset``, ``user`` and ``spot_margin`` of ``AsyncBybitClient``."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.bybit.account.rest import Account
from okx_sync.exchanges.bybit.asset.rest import Asset
from okx_sync.exchanges.bybit.spot_margin.rest import SpotMargin
from okx_sync.exchanges.bybit.user.rest import User

__all__ = ["AsyncAccount", "AsyncAsset", "AsyncSpotMargin", "AsyncUser"]


class AsyncAccount(AsyncTwin[Account]):
    """``client.account``, awaitable."""

    get_account_info = awaitable(Account.get_account_info)
    get_fee_rates = awaitable(Account.get_fee_rates)
    get_account_instruments = awaitable(Account.get_account_instruments)
    iter_account_instruments = iterable(Account.iter_account_instruments)
    set_margin_mode = awaitable(Account.set_margin_mode)
    set_hedging_mode = awaitable(Account.set_hedging_mode)
    set_limit_price_action = awaitable(Account.set_limit_price_action)
    set_delta_mode = awaitable(Account.set_delta_mode)
    get_user_settings = awaitable(Account.get_user_settings)
    get_mmp_state = awaitable(Account.get_mmp_state)
    set_mmp = awaitable(Account.set_mmp)
    reset_mmp = awaitable(Account.reset_mmp)
    get_dcp_info = awaitable(Account.get_dcp_info)
    get_smp_group = awaitable(Account.get_smp_group)
    upgrade_to_unified_account = awaitable(Account.upgrade_to_unified_account)
    borrow = awaitable(Account.borrow)
    get_borrow_history = awaitable(Account.get_borrow_history)
    iter_borrow_history = iterable(Account.iter_borrow_history)
    get_collateral_info = awaitable(Account.get_collateral_info)
    set_collateral_coin = awaitable(Account.set_collateral_coin)
    batch_set_collateral_coin = awaitable(Account.batch_set_collateral_coin)
    repay = awaitable(Account.repay)
    manual_no_convert_repay = awaitable(Account.manual_no_convert_repay)
    repay_liability = awaitable(Account.repay_liability)
    get_pay_info = awaitable(Account.get_pay_info)
    get_wallet_balance = awaitable(Account.get_wallet_balance)
    get_transaction_log = awaitable(Account.get_transaction_log)
    iter_transaction_log = iterable(Account.iter_transaction_log)
    get_withdrawable = awaitable(Account.get_withdrawable)
    get_coin_greeks = awaitable(Account.get_coin_greeks)
    get_option_asset_info = awaitable(Account.get_option_asset_info)
    get_trade_info_for_analysis = awaitable(Account.get_trade_info_for_analysis)


class AsyncAsset(AsyncTwin[Asset]):
    """``client.asset``, awaitable."""

    create_internal_transfer = awaitable(Asset.create_internal_transfer)
    get_internal_transfer_records = awaitable(Asset.get_internal_transfer_records)
    iter_internal_transfer_records = iterable(Asset.iter_internal_transfer_records)
    get_transferable_coin = awaitable(Asset.get_transferable_coin)
    create_universal_transfer = awaitable(Asset.create_universal_transfer)
    get_universal_transfer_records = awaitable(Asset.get_universal_transfer_records)
    iter_universal_transfer_records = iterable(Asset.iter_universal_transfer_records)
    get_master_deposit_address = awaitable(Asset.get_master_deposit_address)
    get_deposit_records = awaitable(Asset.get_deposit_records)
    iter_deposit_records = iterable(Asset.iter_deposit_records)
    get_internal_deposit_records = awaitable(Asset.get_internal_deposit_records)
    iter_internal_deposit_records = iterable(Asset.iter_internal_deposit_records)
    withdraw = awaitable(Asset.withdraw)
    cancel_withdrawal = awaitable(Asset.cancel_withdrawal)
    get_withdrawal_address_list = awaitable(Asset.get_withdrawal_address_list)
    iter_withdrawal_address_list = iterable(Asset.iter_withdrawal_address_list)
    get_withdrawal_records = awaitable(Asset.get_withdrawal_records)
    iter_withdrawal_records = iterable(Asset.iter_withdrawal_records)
    get_withdrawable_amount = awaitable(Asset.get_withdrawable_amount)
    get_coin_info = awaitable(Asset.get_coin_info)
    get_asset_overview = awaitable(Asset.get_asset_overview)
    get_coin_balance = awaitable(Asset.get_coin_balance)
    get_coins_balance = awaitable(Asset.get_coins_balance)
    get_delivery_records = awaitable(Asset.get_delivery_records)
    iter_delivery_records = iterable(Asset.iter_delivery_records)
    get_settlement_records = awaitable(Asset.get_settlement_records)
    iter_settlement_records = iterable(Asset.iter_settlement_records)
    get_funding_account_history = awaitable(Asset.get_funding_account_history)
    iter_funding_account_history = iterable(Asset.iter_funding_account_history)


class AsyncUser(AsyncTwin[User]):
    """``client.user``, awaitable."""

    get_api_key_info = awaitable(User.get_api_key_info)
    get_wallet_types = awaitable(User.get_wallet_types)
    get_sub_uid_list = awaitable(User.get_sub_uid_list)
    get_sub_uid_list_unlimited = awaitable(User.get_sub_uid_list_unlimited)
    iter_sub_uid_list_unlimited = iterable(User.iter_sub_uid_list_unlimited)


class AsyncSpotMargin(AsyncTwin[SpotMargin]):
    """``client.spot_margin``, awaitable."""

    get_status_and_leverage = awaitable(SpotMargin.get_status_and_leverage)
    get_coin_state = awaitable(SpotMargin.get_coin_state)
    get_max_borrowable = awaitable(SpotMargin.get_max_borrowable)
    set_leverage = awaitable(SpotMargin.set_leverage)
    toggle_margin_trade = awaitable(SpotMargin.toggle_margin_trade)
