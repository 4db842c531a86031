# mypy: disable-error-code="empty-body"
"""Group ``subaccount``. Sub-accounts, seen from the master account, whose key all calls need.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide:
Sub-account.)
"""

from __future__ import annotations

from okx_sync.exchanges.okx.account.models import Account, MaxWithdrawal
from okx_sync.exchanges.okx.funding.models import FundingBalance
from okx_sync.exchanges.okx.subaccount.models import (
    EntrustedSubAccount,
    NewSubAccountKey,
    SubAccount,
    SubAccountBill,
    SubAccountKey,
    SubAccountTransfer,
)
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Subaccount"]


class Subaccount(Group, group="subaccount"):
    """Sub-accounts, their keys, money and transfers."""

    @get("/api/v5/users/subaccount/list", "20/2s user", auth=True)
    def get_list(
        self,
        enable: bool | None = None,
        sub_acct: str | None = None,
        *,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SubAccount]:
        """Sub-accounts; ``enable`` selects the usable or the frozen ones.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_list = paged(get_list, tied="ts", same="uid")

    @post("/api/v5/users/subaccount/create-subaccount", "1/1s user")
    def create(self, sub_acct: str, type_: str, label: str | None = None, pwd: str | None = None) -> SubAccount:
        """Open a sub-account.

        ``type_``: ``"1"`` standard, ``"2"`` managed, ``"5"`` custody Copper, ``"12"`` custody Komainu. Needs a key
        with the right to trade.
        """

    @get("/api/v5/users/subaccount/apikey", "20/2s user", auth=True)
    def get_api_keys(self, sub_acct: str, api_key: str | None = None) -> list[SubAccountKey]:
        """API keys of a sub-account."""

    @post("/api/v5/users/subaccount/apikey", "1/1s user")
    def create_api_key(
        self, sub_acct: str, label: str, passphrase: str, perm: str | None = None, ip: str | None = None
    ) -> NewSubAccountKey:
        """Make an API key for a sub-account.

        ``perm``: ``"read_only"``, ``"trade"``, joined by commas; ``ip``: up to 20, joined by commas. The secret key
        is told only now. Needs a key with the right to trade.
        """

    @post("/api/v5/users/subaccount/modify-apikey", "1/1s user")
    def modify_api_key(
        self, sub_acct: str, api_key: str, label: str | None = None, perm: str | None = None, ip: str | None = None
    ) -> SubAccountKey:
        """Change label, rights or addresses of a sub-account's key. Needs a key with the right to trade."""

    @post("/api/v5/users/subaccount/delete-apikey", "1/1s user")
    def delete_api_key(self, sub_acct: str, api_key: str) -> SubAccountKey:
        """Delete a key of a sub-account. Needs a key with the right to trade."""

    @post("/api/v5/users/subaccount/set-transfer-out", "1/1s user")
    def set_transfer_out(self, sub_acct: str, can_trans_out: bool | None = None) -> list[SubAccount]:
        """Whether a sub-account may transfer money out; ``sub_acct``: several names joined by commas.

        Needs a key with the right to trade.
        """

    @get("/api/v5/users/entrust-subaccount-list", "1/1s user", auth=True)
    def get_entrusted(self, sub_acct: str | None = None) -> list[EntrustedSubAccount]:
        """Custody sub-accounts, for trading teams."""

    @get("/api/v5/account/subaccount/balances", "6/2s user", auth=True)
    def get_trading_balances(self, sub_acct: str) -> Account:
        """Trading account of a sub-account: equity in USD, currencies in ``details``."""

    @get("/api/v5/account/subaccount/max-withdrawal", "20/2s user", auth=True)
    def get_max_withdrawal(self, sub_acct: str, ccy: str | None = None) -> list[MaxWithdrawal]:
        """How much a sub-account can transfer out of its trading account."""

    @get("/api/v5/asset/subaccount/balances", "6/2s user", auth=True)
    def get_funding_balances(self, sub_acct: str, ccy: str | None = None) -> list[FundingBalance]:
        """Funding account of a sub-account."""

    @get("/api/v5/asset/subaccount/bills", "6/1s user", auth=True)
    def get_bills(
        self,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        sub_acct: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SubAccountBill]:
        """Transfers between master and sub-accounts. ``type_``: ``"0"`` to the sub-account, ``"1"`` from it.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_bills = paged(get_bills, tied="ts", same="billId")

    @get("/api/v5/asset/subaccount/managed-subaccount-bills", "6/1s user", auth=True)
    def get_managed_bills(
        self,
        ccy: str | None = None,
        type_: str | None = None,
        *,
        sub_acct: str | None = None,
        sub_uid: str | None = None,
        after: str | int | None = None,
        before: str | int | None = None,
        limit: int | None = None,
    ) -> list[SubAccountBill]:
        """Transfers of managed sub-accounts, for the trading team. ``type_`` as for ``get_bills``.

        Newest first, ``limit`` (100) a call; cursors are ms.
        """

    iter_managed_bills = paged(get_managed_bills, tied="ts", same="billId")

    @post("/api/v5/asset/subaccount/transfer", "1/1s user")
    def transfer(
        self,
        ccy: str,
        amt: Number,
        from_: str,
        to: str,
        from_sub_account: str,
        to_sub_account: str,
        loan_trans: bool | None = None,
        omit_pos_risk: bool | None = None,
    ) -> SubAccountTransfer:
        """Move ``amt`` of a currency from one sub-account to another.

        ``from_``, ``to``: ``"6"`` funding, ``"18"`` trading account. Needs a key with the right to trade.
        """
