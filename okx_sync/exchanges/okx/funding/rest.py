# mypy: disable-error-code="empty-body"
"""Groups ``funding``, ``convert`` and ``fiat``: money that enters, leaves, moves and is converted.

Calls that only read need a key with the right to read, unless they say that none is needed. For ``fiat`` OKX must
have enrolled the account. (OKX API guide: Funding Account, Convert, Fiat.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from okx_sync.exchanges.okx.argument_words import Side
from okx_sync.exchanges.okx.funding.models import (
    AssetValuation,
    ConvertCurrency,
    ConvertPair,
    ConvertQuote,
    ConvertTrade,
    Currency,
    Deposit,
    DepositAddress,
    FiatCurrencies,
    FiatOrder,
    FiatPair,
    FiatPaymentMethod,
    FiatQuote,
    FiatTrade,
    FundingBalance,
    FundingBill,
    MonthlyStatement,
    NamedExchange,
    NonTradableAsset,
    StatementRequest,
    Transfer,
    TransferProgress,
    TransferState,
    Withdrawal,
    WithdrawalCancel,
    WithdrawalReceipt,
)
from okx_sync.exchanges.okx.funding.requests import Recipient
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Convert", "Fiat", "Funding"]


class Funding(Group, group="funding"):
    """Balances, deposits, withdrawals, transfers, the ledger of the funding account."""

    @get("/api/v5/asset/currencies", "6/1s user", auth=True, most={"ccy": 20})
    def get_currencies(self, ccy: str | Sequence[str] | None = None) -> list[Currency]:
        """Currencies and their chains, with limits and fees of deposits and withdrawals.

        ``ccy``: up to 20. One row a chain.
        """

    @get("/api/v5/asset/balances", "6/1s user", auth=True, most={"ccy": 20})
    def get_balances(self, ccy: str | Sequence[str] | None = None) -> list[FundingBalance]:
        """Balances of the funding account; ``ccy``: up to 20 currencies."""

    @get("/api/v5/asset/non-tradable-assets", "6/1s user", auth=True)
    def get_non_tradable_assets(self, ccy: str | Sequence[str] | None = None) -> list[NonTradableAsset]:
        """Assets that cannot be traded, only withdrawn."""

    @get("/api/v5/asset/asset-valuation", "1/1s user", auth=True)
    def get_asset_valuation(self, ccy: str | None = None) -> AssetValuation:
        """Worth of all accounts together in ``ccy`` (BTC by default; a few fiat currencies and USDT)."""

    @post("/api/v5/asset/transfer", "2/1s user+ccy")
    def transfer(
        self,
        ccy: str,
        amt: Number,
        from_: str,
        to: str,
        type_: str | None = None,
        sub_acct: str | None = None,
        *,
        loan_trans: bool | None = None,
        omit_pos_risk: bool | None = None,
        client_id: str | None = None,
        inst_id: str | None = None,
        to_inst_id: str | None = None,
    ) -> Transfer:
        """Move ``amt`` of a currency between own accounts or to and from a sub-account.

        ``from_`` and ``to``: ``"6"`` funding, ``"18"`` trading account. ``type_``: ``"0"`` within the account,
        ``"1"`` master to sub-account, ``"2"`` sub-account to master (master's key), ``"3"`` the same (sub-account's
        key), ``"4"`` sub-account to sub-account. Needs a key with the right to trade.
        """

    @get("/api/v5/asset/transfer-state", "10/1s user", auth=True, need_one=("trans_id", "client_id"))
    def get_transfer_state(
        self, trans_id: str | None = None, client_id: str | None = None, type_: str | None = None
    ) -> TransferState:
        """How a transfer of the last two weeks went, named by one of its ids."""

    @get("/api/v5/asset/bills", "6/1s user", auth=True)
    def get_bills(
        self,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
        client_id: str | None = None,
        paging_type: str | None = None,
        third_party_type: str | None = None,
    ) -> list[FundingBill]:
        """Ledger of the funding account, last month.

        Newest first, ``limit`` (100) a call; cursors are ms, or bill ids with ``paging_type="2"``.
        """

    @get("/api/v5/asset/bills-history", "1/1s user", auth=True)
    def get_bills_history(
        self,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        third_party_type: str | None = None,
        client_id: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
        paging_type: str | None = None,
    ) -> list[FundingBill]:
        """Ledger of the funding account since February 2021.

        Newest first, ``limit`` (100) a call; cursors are ms, or bill ids with ``paging_type="2"``.
        """

    iter_bills = paged(get_bills_history, recent=get_bills, tied="ts", same="billId")

    @get("/api/v5/asset/deposit-address", "6/1s user", auth=True)
    def get_deposit_addresses(self, ccy: str) -> list[DepositAddress]:
        """Addresses to deposit a currency to, those of old included."""

    @get("/api/v5/asset/deposit-history", "6/1s user", auth=True)
    def get_deposit_history(
        self,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        state: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
        tx_id: str | None = None,
        dep_id: str | None = None,
        from_wd_id: str | None = None,
    ) -> list[Deposit]:
        """Deposits. ``state`` as in :class:`Deposit`; ``type_``: ``"3"`` inside OKX, ``"4"`` on a chain.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_deposit_history = paged(get_deposit_history, tied="ts", same="depId")

    @post("/api/v5/asset/withdrawal", "6/1s user")
    def withdraw(
        self,
        ccy: str,
        amt: Number,
        dest: Literal["3", "4"] | str,
        to_addr: str,
        chain: str | None = None,
        area_code: str | None = None,
        *,
        client_id: str | None = None,
        to_addr_type: str | None = None,
        rcvr_info: Recipient | None = None,
    ) -> WithdrawalReceipt:
        """Withdraw ``amt`` of a currency; the fee comes on top.

        ``dest``: ``"3"`` to an OKX account (``to_addr`` is its UID, phone or mail), ``"4"`` to a chain (``to_addr``
        may be ``"address:tag"``). A ``client_id`` of your own lets you find the withdrawal when the answer gets lost.
        Needs a key with the right to withdraw.
        """

    @post("/api/v5/asset/cancel-withdrawal", "6/1s user")
    def cancel_withdrawal(self, wd_id: str) -> WithdrawalCancel:
        """Cancel a withdrawal that is not on its way yet; not for those on Lightning.

        Needs a key with the right to withdraw.
        """

    @get("/api/v5/asset/withdrawal-history", "6/1s user", auth=True)
    def get_withdrawal_history(
        self,
        ccy: str | None = None,
        wd_id: str | None = None,
        *,
        client_id: str | None = None,
        tx_id: str | None = None,
        type_: str | None = None,
        state: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
        to_addr_type: str | None = None,
    ) -> list[Withdrawal]:
        """Withdrawals. ``state`` as in :class:`Withdrawal`; ``type_``: ``"3"`` inside OKX, ``"4"`` on a chain.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_withdrawal_history = paged(get_withdrawal_history, tied="ts", same="wdId")

    @get("/api/v5/asset/deposit-withdraw-status", "1/2s user", auth=True, need_one=("wd_id", "tx_id"))
    def get_deposit_withdraw_status(
        self,
        wd_id: str | None = None,
        tx_id: str | None = None,
        *,
        ccy: str | None = None,
        to: str | None = None,
        chain: str | None = None,
    ) -> list[TransferProgress]:
        """How far a withdrawal (``wd_id``) or a deposit (``tx_id`` with ``ccy``, ``to``, ``chain``) has come."""

    @get("/api/v5/asset/exchange-list", "6/1s ip")
    def get_exchanges(self) -> list[NamedExchange]:
        """Exchanges to name as receiver of a withdrawal, for the travel rule. No key needed."""

    @post("/api/v5/asset/monthly-statement", "20/30d user")
    def request_monthly_statement(self, month: str | None = None) -> StatementRequest:
        """Have the statement of a month of the last year made, for example ``"Jan"``; by default last month's.

        Needs a key with the right to read.
        """

    @get("/api/v5/asset/monthly-statement", "10/2s user", auth=True)
    def get_monthly_statement(self, month: str) -> MonthlyStatement:
        """Where to download a statement that was asked for; look again while ``state`` is ``"ongoing"``."""


class Convert(Group, group="convert"):
    """Ask for a quote, take it, look back."""

    @get("/api/v5/asset/convert/currencies", "6/1s user", auth=True)
    def get_currencies(self) -> list[ConvertCurrency]:
        """Currencies that can be converted, with the least and most that may be."""

    @get("/api/v5/asset/convert/currency-pair", "6/1s user", auth=True)
    def get_currency_pair(self, from_ccy: str, to_ccy: str, convert_mode: str | None = None) -> ConvertPair:
        """Least and most of both currencies of a pair."""

    @post("/api/v5/asset/convert/estimate-quote", "10/1s user", "1/5s user+baseCcy+quoteCcy")
    def get_quote(
        self,
        base_ccy: str,
        quote_ccy: str,
        side: Side,
        rfq_sz: Number,
        rfq_sz_ccy: str,
        cl_q_req_id: str | None = None,
        tag: str | None = None,
        convert_mode: str | None = None,
    ) -> ConvertQuote:
        """Ask for a price. ``side`` is that of ``base_ccy``; ``rfq_sz`` is in ``rfq_sz_ccy``, one of the two.

        The quote lives for ``ttlMs`` of the answer. Needs a key with the right to trade.
        """

    @post("/api/v5/asset/convert/trade", "10/1s user")
    def trade(
        self,
        quote_id: str,
        base_ccy: str,
        quote_ccy: str,
        side: Side,
        sz: Number,
        sz_ccy: str,
        cl_t_req_id: str | None = None,
        tag: str | None = None,
        convert_mode: str | None = None,
    ) -> ConvertTrade:
        """Take a quote; ``sz`` and ``sz_ccy`` as asked for.

        A ``cl_t_req_id`` of your own lets you find the trade when the answer gets lost. Needs a key with the right to
        trade.
        """

    @get("/api/v5/asset/convert/history", "6/1s user", auth=True)
    def get_history(
        self,
        cl_t_req_id: str | None = None,
        after: str | int | None = None,
        *,
        before: str | int | None = None,
        limit: int | None = None,
        tag: str | None = None,
    ) -> list[ConvertTrade]:
        """Conversions done. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_history = paged(get_history, tied="ts", same="tradeId")


class Fiat(Group, group="fiat"):
    """Payment methods, orders, buy and sell quotes."""

    @get("/api/v5/fiat/deposit-payment-methods", "3/1s user", auth=True)
    def get_deposit_payment_methods(self, ccy: str) -> list[FiatPaymentMethod]:
        """Ways to pay a currency in."""

    @get("/api/v5/fiat/withdrawal-payment-methods", "3/1s user", auth=True)
    def get_withdrawal_payment_methods(self, ccy: str) -> list[FiatPaymentMethod]:
        """Ways to have a currency paid out."""

    @post("/api/v5/fiat/create-withdrawal", "3/1s user")
    def withdraw(self, payment_acct_id: str, ccy: str, amt: Number, payment_method: str, client_id: str) -> FiatOrder:
        """Have ``amt`` of a currency paid out to a registered account; the same ``client_id`` is carried out once.

        Needs a key with the right to withdraw.
        """

    @post("/api/v5/fiat/cancel-withdrawal", "3/1s user")
    def cancel_withdrawal(self, ord_id: str) -> FiatOrder:
        """Cancel a withdrawal that is waiting. Needs a key with the right to withdraw."""

    @get("/api/v5/fiat/withdrawal-order-history", "3/1s user", auth=True)
    def get_withdrawals(
        self,
        ccy: str | None = None,
        payment_method: str | None = None,
        *,
        state: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[FiatOrder]:
        """Withdrawals. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_withdrawals = paged(get_withdrawals, tied="cTime", same="ordId")

    @get("/api/v5/fiat/withdrawal", "3/1s user", auth=True)
    def get_withdrawal(self, ord_id: str) -> FiatOrder:
        """One withdrawal."""

    @get("/api/v5/fiat/deposit-order-history", "3/1s user", auth=True)
    def get_deposits(
        self,
        ccy: str | None = None,
        payment_method: str | None = None,
        *,
        state: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[FiatOrder]:
        """Deposits. Newest first, ``limit`` (100) a call; cursors are ms."""

    iter_deposits = paged(get_deposits, tied="cTime", same="ordId")

    @get("/api/v5/fiat/deposit", "3/1s user", auth=True)
    def get_deposit(self, ord_id: str) -> FiatOrder:
        """One deposit."""

    @get("/api/v5/fiat/buy-sell/currencies", "6/1s user", auth=True)
    def get_buy_sell_currencies(self) -> FiatCurrencies:
        """Currencies that can be bought and sold."""

    @get("/api/v5/fiat/buy-sell/currency-pair", "6/1s user", auth=True)
    def get_buy_sell_pair(self, from_ccy: str, to_ccy: str) -> list[FiatPair]:
        """Bounds and ways to pay of a pair."""

    @post("/api/v5/fiat/buy-sell/quote", "10/1s user", "1/5s user+fromCcy+toCcy")
    def get_buy_sell_quote(self, side: Side, from_ccy: str, to_ccy: str, rfq_amt: Number, rfq_ccy: str) -> FiatQuote:
        """Ask for a price; ``rfq_amt`` is in ``rfq_ccy``, one of the two. Needs a key with the right to trade."""

    @post("/api/v5/fiat/buy-sell/trade", "1/5s user")
    def trade(
        self,
        quote_id: str,
        side: Side,
        from_ccy: str,
        to_ccy: str,
        rfq_amt: Number,
        rfq_ccy: str,
        payment_method: str,
        cl_ord_id: str,
    ) -> FiatTrade:
        """Take a quote; the same ``cl_ord_id`` is carried out once. Needs a key with the right to trade."""

    @get("/api/v5/fiat/buy-sell/history", "6/1s user", auth=True)
    def get_buy_sell_history(
        self,
        ord_id: str | None = None,
        cl_ord_id: str | None = None,
        *,
        state: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[FiatTrade]:
        """Trades. Newest first, ``limit`` (100) a call; ``begin``, ``end`` in ms."""

    iter_buy_sell_history = paged(get_buy_sell_history, tied="cTime", same="ordId")
