"""Groups of the account and its sub-accounts. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.account.rest import AccountGroup
from okx_sync.exchanges.okx.subaccount.rest import Subaccount

__all__ = ["AsyncAccount", "AsyncSubaccount"]


class AsyncAccount(AsyncTwin[AccountGroup]):
    """``client.account``, awaitable."""

    get_balance = awaitable(AccountGroup.get_balance)
    get_positions = awaitable(AccountGroup.get_positions)
    get_config = awaitable(AccountGroup.get_config)
    get_position_risk = awaitable(AccountGroup.get_position_risk)
    get_instruments = awaitable(AccountGroup.get_instruments)
    get_positions_history = awaitable(AccountGroup.get_positions_history)
    iter_positions_history = iterable(AccountGroup.iter_positions_history)
    get_greeks = awaitable(AccountGroup.get_greeks)
    get_leverage_info = awaitable(AccountGroup.get_leverage_info)
    get_leverage_estimate = awaitable(AccountGroup.get_leverage_estimate)
    get_max_size = awaitable(AccountGroup.get_max_size)
    get_max_avail_size = awaitable(AccountGroup.get_max_avail_size)
    get_max_loan = awaitable(AccountGroup.get_max_loan)
    get_max_withdrawal = awaitable(AccountGroup.get_max_withdrawal)
    get_trade_fee = awaitable(AccountGroup.get_trade_fee)
    get_risk_state = awaitable(AccountGroup.get_risk_state)
    get_position_limits = awaitable(AccountGroup.get_position_limits)
    get_collateral_assets = awaitable(AccountGroup.get_collateral_assets)
    get_bills = awaitable(AccountGroup.get_bills)
    get_bills_archive = awaitable(AccountGroup.get_bills_archive)
    iter_bills = iterable(AccountGroup.iter_bills)
    get_bills_file = awaitable(AccountGroup.get_bills_file)
    request_bills_file = awaitable(AccountGroup.request_bills_file)
    get_bill_types = awaitable(AccountGroup.get_bill_types)
    get_interest_accrued = awaitable(AccountGroup.get_interest_accrued)
    iter_interest_accrued = iterable(AccountGroup.iter_interest_accrued)
    get_interest_rate = awaitable(AccountGroup.get_interest_rate)
    get_interest_limits = awaitable(AccountGroup.get_interest_limits)
    borrow_or_repay = awaitable(AccountGroup.borrow_or_repay)
    get_borrow_repay_history = awaitable(AccountGroup.get_borrow_repay_history)
    iter_borrow_repay_history = iterable(AccountGroup.iter_borrow_repay_history)
    set_position_mode = awaitable(AccountGroup.set_position_mode)
    set_leverage = awaitable(AccountGroup.set_leverage)
    set_account_level = awaitable(AccountGroup.set_account_level)
    preset_account_level = awaitable(AccountGroup.preset_account_level)
    check_account_switch = awaitable(AccountGroup.check_account_switch)
    set_greeks = awaitable(AccountGroup.set_greeks)
    set_isolated_mode = awaitable(AccountGroup.set_isolated_mode)
    set_fee_type = awaitable(AccountGroup.set_fee_type)
    set_settle_currency = awaitable(AccountGroup.set_settle_currency)
    set_trading_config = awaitable(AccountGroup.set_trading_config)
    check_delta_neutral = awaitable(AccountGroup.check_delta_neutral)
    set_risk_offset_amount = awaitable(AccountGroup.set_risk_offset_amount)
    set_auto_loan = awaitable(AccountGroup.set_auto_loan)
    set_auto_repay = awaitable(AccountGroup.set_auto_repay)
    set_auto_earn = awaitable(AccountGroup.set_auto_earn)
    set_collateral_assets = awaitable(AccountGroup.set_collateral_assets)
    activate_option = awaitable(AccountGroup.activate_option)
    activate_feature = awaitable(AccountGroup.activate_feature)
    adjust_demo_balance = awaitable(AccountGroup.adjust_demo_balance)
    adjust_margin = awaitable(AccountGroup.adjust_margin)
    get_mmp_config = awaitable(AccountGroup.get_mmp_config)
    set_mmp_config = awaitable(AccountGroup.set_mmp_config)
    reset_mmp = awaitable(AccountGroup.reset_mmp)
    move_positions = awaitable(AccountGroup.move_positions)
    get_move_positions_history = awaitable(AccountGroup.get_move_positions_history)
    iter_move_positions_history = iterable(AccountGroup.iter_move_positions_history)
    build_position = awaitable(AccountGroup.build_position)
    build_position_graph = awaitable(AccountGroup.build_position_graph)


class AsyncSubaccount(AsyncTwin[Subaccount]):
    """``client.subaccount``, awaitable."""

    get_list = awaitable(Subaccount.get_list)
    iter_list = iterable(Subaccount.iter_list)
    create = awaitable(Subaccount.create)
    get_api_keys = awaitable(Subaccount.get_api_keys)
    create_api_key = awaitable(Subaccount.create_api_key)
    modify_api_key = awaitable(Subaccount.modify_api_key)
    delete_api_key = awaitable(Subaccount.delete_api_key)
    set_transfer_out = awaitable(Subaccount.set_transfer_out)
    get_entrusted = awaitable(Subaccount.get_entrusted)
    get_trading_balances = awaitable(Subaccount.get_trading_balances)
    get_max_withdrawal = awaitable(Subaccount.get_max_withdrawal)
    get_funding_balances = awaitable(Subaccount.get_funding_balances)
    get_bills = awaitable(Subaccount.get_bills)
    iter_bills = iterable(Subaccount.iter_bills)
    get_managed_bills = awaitable(Subaccount.get_managed_bills)
    iter_managed_bills = iterable(Subaccount.iter_managed_bills)
    transfer = awaitable(Subaccount.transfer)
