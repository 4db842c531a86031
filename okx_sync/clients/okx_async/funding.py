"""Groups of money: deposits, transfers, conversion, fiat, loans. Each line is one method of the synchronous group."""

from __future__ import annotations

from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.clients.okx_async.pager import iterable
from okx_sync.exchanges.okx.earning.rest import FlexibleLoan
from okx_sync.exchanges.okx.funding.rest import Convert, Fiat, Funding

__all__ = ["AsyncConvert", "AsyncFiat", "AsyncFlexibleLoan", "AsyncFunding"]


class AsyncFunding(AsyncTwin[Funding]):
    """``client.funding``, awaitable."""

    get_currencies = awaitable(Funding.get_currencies)
    get_balances = awaitable(Funding.get_balances)
    get_non_tradable_assets = awaitable(Funding.get_non_tradable_assets)
    get_asset_valuation = awaitable(Funding.get_asset_valuation)
    transfer = awaitable(Funding.transfer)
    get_transfer_state = awaitable(Funding.get_transfer_state)
    get_bills = awaitable(Funding.get_bills)
    get_bills_history = awaitable(Funding.get_bills_history)
    iter_bills = iterable(Funding.iter_bills)
    get_deposit_addresses = awaitable(Funding.get_deposit_addresses)
    get_deposit_history = awaitable(Funding.get_deposit_history)
    iter_deposit_history = iterable(Funding.iter_deposit_history)
    withdraw = awaitable(Funding.withdraw)
    cancel_withdrawal = awaitable(Funding.cancel_withdrawal)
    get_withdrawal_history = awaitable(Funding.get_withdrawal_history)
    iter_withdrawal_history = iterable(Funding.iter_withdrawal_history)
    get_deposit_withdraw_status = awaitable(Funding.get_deposit_withdraw_status)
    get_exchanges = awaitable(Funding.get_exchanges)
    request_monthly_statement = awaitable(Funding.request_monthly_statement)
    get_monthly_statement = awaitable(Funding.get_monthly_statement)


class AsyncConvert(AsyncTwin[Convert]):
    """``client.convert``, awaitable."""

    get_currencies = awaitable(Convert.get_currencies)
    get_currency_pair = awaitable(Convert.get_currency_pair)
    get_quote = awaitable(Convert.get_quote)
    trade = awaitable(Convert.trade)
    get_history = awaitable(Convert.get_history)
    iter_history = iterable(Convert.iter_history)


class AsyncFiat(AsyncTwin[Fiat]):
    """``client.fiat``, awaitable."""

    get_deposit_payment_methods = awaitable(Fiat.get_deposit_payment_methods)
    get_withdrawal_payment_methods = awaitable(Fiat.get_withdrawal_payment_methods)
    withdraw = awaitable(Fiat.withdraw)
    cancel_withdrawal = awaitable(Fiat.cancel_withdrawal)
    get_withdrawals = awaitable(Fiat.get_withdrawals)
    iter_withdrawals = iterable(Fiat.iter_withdrawals)
    get_withdrawal = awaitable(Fiat.get_withdrawal)
    get_deposits = awaitable(Fiat.get_deposits)
    iter_deposits = iterable(Fiat.iter_deposits)
    get_deposit = awaitable(Fiat.get_deposit)
    get_buy_sell_currencies = awaitable(Fiat.get_buy_sell_currencies)
    get_buy_sell_pair = awaitable(Fiat.get_buy_sell_pair)
    get_buy_sell_quote = awaitable(Fiat.get_buy_sell_quote)
    trade = awaitable(Fiat.trade)
    get_buy_sell_history = awaitable(Fiat.get_buy_sell_history)
    iter_buy_sell_history = iterable(Fiat.iter_buy_sell_history)


class AsyncFlexibleLoan(AsyncTwin[FlexibleLoan]):
    """``client.flexible_loan``, awaitable."""

    get_borrow_currencies = awaitable(FlexibleLoan.get_borrow_currencies)
    get_collateral_assets = awaitable(FlexibleLoan.get_collateral_assets)
    get_emode_info = awaitable(FlexibleLoan.get_emode_info)
    get_max_loan = awaitable(FlexibleLoan.get_max_loan)
    borrow = awaitable(FlexibleLoan.borrow)
    repay = awaitable(FlexibleLoan.repay)
    get_max_collateral_redeem = awaitable(FlexibleLoan.get_max_collateral_redeem)
    adjust_collateral = awaitable(FlexibleLoan.adjust_collateral)
    get_loans = awaitable(FlexibleLoan.get_loans)
    get_history = awaitable(FlexibleLoan.get_history)
    iter_history = iterable(FlexibleLoan.iter_history)
    get_interest = awaitable(FlexibleLoan.get_interest)
    iter_interest = iterable(FlexibleLoan.iter_interest)
