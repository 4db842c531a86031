# mypy: disable-error-code="empty-body"
"""Group ``funding``. The funding account: money that enters, leaves and moves between accounts.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Funding
Account.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from okx_sync.exchanges.okx.models import Deposit, Withdrawal
from okx_sync.exchanges.okx.models.rest_funding import (
    AssetValuation,
    Currency,
    DepositAddress,
    FundingBalance,
    FundingBill,
    MonthlyStatement,
    NamedExchange,
    NonTradableAsset,
    StatementRequest,
    Transfer,
    TransferProgress,
    TransferState,
    WithdrawalCancel,
    WithdrawalReceipt,
)
from okx_sync.exchanges.okx.rest.bodies_funding import Recipient
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Funding"]


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
