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
        """Get currencies and their chains, with limits and fees of deposits and withdrawals.

        One row a chain.

        Args:
            ccy: One currency or a list of them, at most 20; all when left out.

        Raises:
            ConfigError: ``ccy`` holds more than 20 items. Nothing was sent.

        Source: GET /api/v5/asset/currencies
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-currencies
        """

    @get("/api/v5/asset/balances", "6/1s user", auth=True, most={"ccy": 20})
    def get_balances(self, ccy: str | Sequence[str] | None = None) -> list[FundingBalance]:
        """Get the balances of the funding account.

        Args:
            ccy: One currency or a list of them, at most 20; all when left out.

        Raises:
            ConfigError: ``ccy`` holds more than 20 items. Nothing was sent.

        Source: GET /api/v5/asset/balances
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-balance
        """

    @get("/api/v5/asset/non-tradable-assets", "6/1s user", auth=True)
    def get_non_tradable_assets(self, ccy: str | Sequence[str] | None = None) -> list[NonTradableAsset]:
        """Get assets that cannot be traded, only withdrawn.

        Args:
            ccy: One currency or a list of them; all when left out.

        Source: GET /api/v5/asset/non-tradable-assets
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-non-tradable-assets
        """

    @get("/api/v5/asset/asset-valuation", "1/1s user", auth=True)
    def get_asset_valuation(self, ccy: str | None = None) -> AssetValuation:
        """Get the worth of all accounts together.

        Args:
            ccy: Currency in which the worth is given: BTC (the default), USDT, or one of a few fiat currencies.

        Source: GET /api/v5/asset/asset-valuation
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-account-asset-valuation
        """

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
        """Move an amount of a currency between own accounts, or to and from a sub-account.

        A ``client_id`` of your own lets you find the transfer when the answer gets lost.

        Needs a key with the right to trade.

        Args:
            ccy: Currency, such as ``BTC``.
            amt: Amount, in ``ccy``.
            from_: Account to take from: ``"6"`` funding, ``"18"`` trading account.
            to: Account to give to: ``"6"`` funding, ``"18"`` trading account.
            type_: ``"0"`` within the account (the default), ``"1"`` master to sub-account, ``"2"`` sub-account to
                master (master's key), ``"3"`` sub-account to master (sub-account's key), ``"4"`` sub-account to
                sub-account (sub-account's key).
            sub_acct: Name of the sub-account; needed when ``type_`` is ``"1"``, ``"2"`` or ``"4"``.
            loan_trans: Whether borrowed coins may be transferred out of the trading account; False by default.
            omit_pos_risk: Whether the risk of the positions is ignored; False by default, only in portfolio margin
                mode.
            client_id: Id of your own, up to 32 letters and digits.
            inst_id: Sent as it is; OKX does not document what it does.
            to_inst_id: Sent as it is; OKX does not document what it does.

        Source: POST /api/v5/asset/transfer
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-funds-transfer
        """

    @get("/api/v5/asset/transfer-state", "10/1s user", auth=True, need_one=("trans_id", "client_id"))
    def get_transfer_state(
        self, trans_id: str | None = None, client_id: str | None = None, type_: str | None = None
    ) -> TransferState:
        """Get how a transfer of the last two weeks went, named by one of its ids.

        Args:
            trans_id: Id that OKX gave the transfer.
            client_id: Id that you gave the transfer.
            type_: As it was given to ``transfer``.

        Raises:
            ConfigError: Neither ``trans_id`` nor ``client_id`` is given. Nothing was sent.

        Source: GET /api/v5/asset/transfer-state
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-funds-transfer-state
        """

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
        """Get the ledger of the funding account of the last month.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only bills of this type, as OKX's number; all when left out.
            after: Only rows older than this time, in ms since the epoch, or than this bill id with ``paging_type="2"``.
            before: Only rows newer than this time, in ms since the epoch, or than this bill id with
                ``paging_type="2"``.
            limit: Rows per call, at most and by default 100.
            client_id: Only the bill of the transfer or withdrawal with this id of your own.
            paging_type: What ``after`` and ``before`` are: ``"1"`` times (the default), ``"2"`` bill ids.
            third_party_type: Only bills of this custodian: ``"1"`` Copper (the default), ``"2"`` Komainu, ``"5"`` SCB;
                for bills of the types 284 to 289.

        Source: GET /api/v5/asset/bills
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-asset-bills-details
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
        """Get the ledger of the funding account since February 2021.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only bills of this type, as OKX's number; all when left out.
            third_party_type: Only bills of this custodian: ``"1"`` Copper (the default), ``"2"`` Komainu, ``"5"`` SCB;
                for bills of the types 284 to 289.
            client_id: Only the bill of the transfer or withdrawal with this id of your own.
            after: Only rows older than this time, in ms since the epoch, or than this bill id with ``paging_type="2"``.
            before: Only rows newer than this time, in ms since the epoch, or than this bill id with
                ``paging_type="2"``.
            limit: Rows per call, at most and by default 100.
            paging_type: What ``after`` and ``before`` are: ``"1"`` times (the default), ``"2"`` bill ids.

        Source: GET /api/v5/asset/bills-history
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-asset-bills-history
        """

    iter_bills = paged(get_bills_history, recent=get_bills, tied="ts", same="billId")

    @get("/api/v5/asset/deposit-address", "6/1s user", auth=True)
    def get_deposit_addresses(self, ccy: str) -> list[DepositAddress]:
        """Get the addresses to deposit a currency to, those of old included.

        Args:
            ccy: Currency, such as ``BTC``.

        Source: GET /api/v5/asset/deposit-address
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-deposit-address
        """

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
        """Get deposits.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only deposits of this way: ``"3"`` inside OKX, ``"4"`` on a chain.
            state: Only deposits in this state; its numbers as in ``state`` of :class:`Deposit`.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            tx_id: Only the deposit with this transaction hash on its chain.
            dep_id: Only the deposit with this id.
            from_wd_id: Only the deposit that this withdrawal of another OKX account brought.

        Source: GET /api/v5/asset/deposit-history
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-deposit-history
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
        """Withdraw an amount of a currency; the fee comes on top.

        A ``client_id`` of your own lets you find the withdrawal when the answer gets lost.

        Needs a key with the right to withdraw.

        Args:
            ccy: Currency, such as ``BTC``.
            amt: Amount without the fee, in ``ccy``.
            dest: ``"3"`` to an OKX account, ``"4"`` to a chain.
            to_addr: Address or account that is verified at OKX. On a chain the address, ``"address:tag"`` where the
                chain needs a tag; inside OKX a UID, a mail address, a phone number, or the name of a sub-account.
            chain: Chain, such as ``USDT-TRC20`` (``get_currencies`` tells them); the currency's main chain when left
                out. Only for ``dest="4"``.
            area_code: Area code of a phone number in ``to_addr``, such as ``86``; needed then.
            client_id: Id of your own, up to 32 letters and digits.
            to_addr_type: ``"1"`` wallet address, mail, phone or account name, ``"2"`` UID (only for ``dest="3"``).
            rcvr_info: Who gets the withdrawal, for the travel rule; some countries need it.

        Source: POST /api/v5/asset/withdrawal
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-withdrawal
        """

    @post("/api/v5/asset/cancel-withdrawal", "6/1s user")
    def cancel_withdrawal(self, wd_id: str) -> WithdrawalCancel:
        """Cancel a withdrawal that is not on its way yet; not for those on Lightning.

        Needs a key with the right to withdraw.

        Args:
            wd_id: Id that OKX gave the withdrawal.

        Source: POST /api/v5/asset/cancel-withdrawal
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-cancel-withdrawal
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
        """Get withdrawals.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            wd_id: Only the withdrawal with this id.
            client_id: Only the withdrawal with this id of your own.
            tx_id: Only the withdrawal with this transaction hash on its chain.
            type_: Only withdrawals of this way: ``"3"`` inside OKX, ``"4"`` on a chain.
            state: Only withdrawals in this state; its numbers as in ``state`` of :class:`Withdrawal`.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            to_addr_type: Only withdrawals to this kind of address: ``"1"`` wallet address, mail, phone or account name,
                ``"2"`` UID.

        Source: GET /api/v5/asset/withdrawal-history
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-withdrawal-history
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
        """Get how far a withdrawal or a deposit has come.

        A withdrawal is named by ``wd_id``, a deposit by ``tx_id`` with ``ccy``, ``to`` and ``chain``.

        Args:
            wd_id: Id that OKX gave the withdrawal. Not together with ``tx_id``.
            tx_id: Deposit's transaction hash on its chain. Not together with ``wd_id``.
            ccy: Deposit's currency.
            to: Address that the deposit went to.
            chain: Deposit's chain, such as ``USDT-ERC20``.

        Raises:
            ConfigError: Neither ``wd_id`` nor ``tx_id`` is given. Nothing was sent.

        Source: GET /api/v5/asset/deposit-withdraw-status
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-deposit-withdraw-status
        """

    @get("/api/v5/asset/exchange-list", "6/1s ip")
    def get_exchanges(self) -> list[NamedExchange]:
        """Get the exchanges to name as receiver of a withdrawal, for the travel rule.

        No key needed.

        Source: GET /api/v5/asset/exchange-list
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-exchange-list-public
        """

    @post("/api/v5/asset/monthly-statement", "20/30d user")
    def request_monthly_statement(self, month: str | None = None) -> StatementRequest:
        """Have the statement of a month of the last year made.

        Needs a key with the right to read.

        Args:
            month: Month, such as ``"Jan"``; last month when left out.

        Source: POST /api/v5/asset/monthly-statement
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-apply-for-monthly-statement-last-year
        """

    @get("/api/v5/asset/monthly-statement", "10/2s user", auth=True)
    def get_monthly_statement(self, month: str) -> MonthlyStatement:
        """Get where to download a statement that was asked for.

        Look again while ``state`` is ``"ongoing"``.

        Args:
            month: Month, such as ``"Jan"``.

        Source: GET /api/v5/asset/monthly-statement
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-monthly-statement-last-year
        """


class Convert(Group, group="convert"):
    """Ask for a quote, take it, look back."""

    @get("/api/v5/asset/convert/currencies", "6/1s user", auth=True)
    def get_currencies(self) -> list[ConvertCurrency]:
        """Get the currencies that can be converted, with the least and most that may be.

        Source: GET /api/v5/asset/convert/currencies
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-convert-currencies
        """

    @get("/api/v5/asset/convert/currency-pair", "6/1s user", auth=True)
    def get_currency_pair(self, from_ccy: str, to_ccy: str, convert_mode: str | None = None) -> ConvertPair:
        """Get the least and most of both currencies of a pair.

        Args:
            from_ccy: Currency to convert from.
            to_ccy: Currency to convert to.
            convert_mode: ``"0"`` standard (the default), ``"1"`` large orders, for VIPs.

        Source: GET /api/v5/asset/convert/currency-pair
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-convert-currency-pair
        """

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
        """Ask for a price of a conversion.

        The quote lives for ``ttlMs`` of the answer.

        Needs a key with the right to trade.

        Args:
            base_ccy: Base currency of the pair.
            quote_ccy: Quote currency of the pair.
            side: ``"buy"`` or ``"sell"``, seen from ``base_ccy``.
            rfq_sz: Amount to convert, in the currency ``rfq_sz_ccy``.
            rfq_sz_ccy: Currency of ``rfq_sz``: one of the two.
            cl_q_req_id: Id of your own for the request, up to 32 letters and digits.
            tag: Tag of your own, up to 16 letters and digits.
            convert_mode: ``"0"`` standard (the default), ``"1"`` large orders, for VIPs.

        Source: POST /api/v5/asset/convert/estimate-quote
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-estimate-quote
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
        """Convert at a quote.

        A ``cl_t_req_id`` of your own lets you find the trade when the answer gets lost.

        Needs a key with the right to trade.

        Args:
            quote_id: Id that OKX gave the quote, good for ``ttlMs`` of it.
            base_ccy: Base currency, as in the quote.
            quote_ccy: Quote currency, as in the quote.
            side: ``"buy"`` or ``"sell"``, seen from ``base_ccy``, as in the quote.
            sz: Amount, in the currency ``sz_ccy``, at most as much as was asked for.
            sz_ccy: Currency of ``sz``, as asked for.
            cl_t_req_id: Id of your own for the trade, up to 32 letters and digits.
            tag: Tag of your own, up to 16 letters and digits.
            convert_mode: ``"0"`` standard (the default), ``"1"`` large orders, for VIPs.

        Source: POST /api/v5/asset/convert/trade
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-convert-trade
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
        """Get the conversions done.

        Newest first.

        Args:
            cl_t_req_id: Only the conversion with this id of your own.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.
            tag: Only conversions with this tag.

        Source: GET /api/v5/asset/convert/history
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-convert-history
        """

    iter_history = paged(get_history, tied="ts", same="tradeId")


class Fiat(Group, group="fiat"):
    """Payment methods, orders, buy and sell quotes."""

    @get("/api/v5/fiat/deposit-payment-methods", "3/1s user", auth=True)
    def get_deposit_payment_methods(self, ccy: str) -> list[FiatPaymentMethod]:
        """Get the ways to pay a fiat currency in.

        Args:
            ccy: Currency, such as ``EUR``.

        Source: GET /api/v5/fiat/deposit-payment-methods
        """

    @get("/api/v5/fiat/withdrawal-payment-methods", "3/1s user", auth=True)
    def get_withdrawal_payment_methods(self, ccy: str) -> list[FiatPaymentMethod]:
        """Get the ways to have a fiat currency paid out.

        Args:
            ccy: Currency, such as ``EUR``.

        Source: GET /api/v5/fiat/withdrawal-payment-methods
        """

    @post("/api/v5/fiat/create-withdrawal", "3/1s user")
    def withdraw(self, payment_acct_id: str, ccy: str, amt: Number, payment_method: str, client_id: str) -> FiatOrder:
        """Have an amount of a fiat currency paid out to a registered account.

        Needs a key with the right to withdraw.

        Args:
            payment_acct_id: Id of the registered account, from ``get_withdrawal_payment_methods``.
            ccy: Currency, such as ``EUR``.
            amt: Amount, in ``ccy``.
            payment_method: Way to pay, from ``get_withdrawal_payment_methods``.
            client_id: Id of your own, up to 32 letters and digits; the same one is carried out once.

        Source: POST /api/v5/fiat/create-withdrawal
        """

    @post("/api/v5/fiat/cancel-withdrawal", "3/1s user")
    def cancel_withdrawal(self, ord_id: str) -> FiatOrder:
        """Cancel a fiat withdrawal that is waiting.

        Needs a key with the right to withdraw.

        Args:
            ord_id: Id of the order that OKX gave.

        Source: POST /api/v5/fiat/cancel-withdrawal
        """

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
        """Get fiat withdrawals.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            payment_method: Only those of this way to pay; all when left out.
            state: Only those in this state; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/fiat/withdrawal-order-history
        """

    iter_withdrawals = paged(get_withdrawals, tied="cTime", same="ordId")

    @get("/api/v5/fiat/withdrawal", "3/1s user", auth=True)
    def get_withdrawal(self, ord_id: str) -> FiatOrder:
        """Get one fiat withdrawal.

        Args:
            ord_id: Id of the order that OKX gave.

        Source: GET /api/v5/fiat/withdrawal
        """

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
        """Get fiat deposits.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            payment_method: Only those of this way to pay; all when left out.
            state: Only those in this state; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/fiat/deposit-order-history
        """

    iter_deposits = paged(get_deposits, tied="cTime", same="ordId")

    @get("/api/v5/fiat/deposit", "3/1s user", auth=True)
    def get_deposit(self, ord_id: str) -> FiatOrder:
        """Get one fiat deposit.

        Args:
            ord_id: Id of the order that OKX gave.

        Source: GET /api/v5/fiat/deposit
        """

    @get("/api/v5/fiat/buy-sell/currencies", "6/1s user", auth=True)
    def get_buy_sell_currencies(self) -> FiatCurrencies:
        """Get the currencies that can be bought and sold.

        Source: GET /api/v5/fiat/buy-sell/currencies
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-buy-sell-currencies
        """

    @get("/api/v5/fiat/buy-sell/currency-pair", "6/1s user", auth=True)
    def get_buy_sell_pair(self, from_ccy: str, to_ccy: str) -> list[FiatPair]:
        """Get the bounds of a pair and the ways to pay.

        Args:
            from_ccy: Currency to sell.
            to_ccy: Currency to buy.

        Source: GET /api/v5/fiat/buy-sell/currency-pair
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-buy-sell-currency-pair
        """

    @post("/api/v5/fiat/buy-sell/quote", "10/1s user", "1/5s user+fromCcy+toCcy")
    def get_buy_sell_quote(self, side: Side, from_ccy: str, to_ccy: str, rfq_amt: Number, rfq_ccy: str) -> FiatQuote:
        """Ask for a price to buy or sell at.

        Needs a key with the right to trade.

        Args:
            side: ``"buy"`` or ``"sell"``.
            from_ccy: Currency to sell.
            to_ccy: Currency to buy.
            rfq_amt: Amount, in the currency ``rfq_ccy``.
            rfq_ccy: Currency of ``rfq_amt``: one of the two.

        Source: POST /api/v5/fiat/buy-sell/quote
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-buy-sell-quote
        """

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
        """Buy or sell at a quote.

        Needs a key with the right to trade.

        Args:
            quote_id: Id that OKX gave the quote, good for ``ttlMs`` of it.
            side: ``"buy"`` or ``"sell"``, as in the quote.
            from_ccy: Currency to sell, as in the quote.
            to_ccy: Currency to buy, as in the quote.
            rfq_amt: Amount, in the currency ``rfq_ccy``, as in the quote.
            rfq_ccy: Currency of ``rfq_amt``, as in the quote.
            payment_method: Way to pay, from ``get_buy_sell_pair``.
            cl_ord_id: Id of your own, up to 32 letters and digits; the same one is carried out once.

        Source: POST /api/v5/fiat/buy-sell/trade
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-buy-sell-trade
        """

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
        """Get purchases and sales.

        Newest first.

        Args:
            ord_id: Only the order with this id that OKX gave.
            cl_ord_id: Only the order with this id that you gave.
            state: Only those in this state: ``"processing"``, ``"completed"`` or ``"failed"``.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/fiat/buy-sell/history
            https://www.okx.com/docs-v5/en/#funding-account-rest-api-get-buy-sell-trade-history
        """

    iter_buy_sell_history = paged(get_buy_sell_history, tied="cTime", same="ordId")
