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
        """Get the sub-accounts.

        Newest first.

        Args:
            enable: True for the usable ones only, False for the frozen ones only; all when left out.
            sub_acct: Only the sub-account of this name; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/users/subaccount/list
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-sub-account-list
        """

    iter_list = paged(get_list, tied="ts", same="uid")

    @post("/api/v5/users/subaccount/create-subaccount", "1/1s user")
    def create(self, sub_acct: str, type_: str, label: str | None = None, pwd: str | None = None) -> SubAccount:
        """Open a sub-account.

        Needs a key with the right to trade.

        Args:
            sub_acct: Name for the sub-account.
            type_: ``"1"`` standard, ``"2"`` managed, ``"5"`` custody Copper, ``"12"`` custody Komainu.
            label: Note that describes the sub-account, 6 to 32 characters.
            pwd: Password to log in with, 8 to 32 characters; only companies need it.

        Source: POST /api/v5/users/subaccount/create-subaccount
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-create-sub-account
        """

    @get("/api/v5/users/subaccount/apikey", "20/2s user", auth=True)
    def get_api_keys(self, sub_acct: str, api_key: str | None = None) -> list[SubAccountKey]:
        """Get the API keys of a sub-account.

        Args:
            sub_acct: Name of the sub-account.
            api_key: Only this API key; all when left out.

        Source: GET /api/v5/users/subaccount/apikey
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-query-the-api-key-of-a-sub-account
        """

    @post("/api/v5/users/subaccount/apikey", "1/1s user")
    def create_api_key(
        self, sub_acct: str, label: str, passphrase: str, perm: str | None = None, ip: str | None = None
    ) -> NewSubAccountKey:
        """Make an API key for a sub-account.

        The secret key is shown only now.

        Needs a key with the right to trade.

        Args:
            sub_acct: Name of the sub-account.
            label: Note that describes the key.
            passphrase: Passphrase to use the key with.
            perm: Rights of the key: ``"read_only"``, ``"trade"``, joined by commas.
            ip: Addresses that may use the key, up to 20, joined by commas.

        Source: POST /api/v5/users/subaccount/apikey
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-create-an-api-key-for-a-sub-account
        """

    @post("/api/v5/users/subaccount/modify-apikey", "1/1s user")
    def modify_api_key(
        self, sub_acct: str, api_key: str, label: str | None = None, perm: str | None = None, ip: str | None = None
    ) -> SubAccountKey:
        """Change label, rights or addresses of a sub-account's API key.

        Needs a key with the right to trade.

        Args:
            sub_acct: Name of the sub-account.
            api_key: API key to change.
            label: Note that describes the key; unchanged when left out.
            perm: Rights of the key: ``"read_only"``, ``"trade"``, joined by commas.
            ip: Addresses that may use the key, up to 20, joined by commas.

        Source: POST /api/v5/users/subaccount/modify-apikey
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-reset-the-api-key-of-a-sub-account
        """

    @post("/api/v5/users/subaccount/delete-apikey", "1/1s user")
    def delete_api_key(self, sub_acct: str, api_key: str) -> SubAccountKey:
        """Delete an API key of a sub-account.

        Needs a key with the right to trade.

        Args:
            sub_acct: Name of the sub-account.
            api_key: API key to delete.

        Source: POST /api/v5/users/subaccount/delete-apikey
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-delete-the-api-key-of-sub-accounts
        """

    @post("/api/v5/users/subaccount/set-transfer-out", "1/1s user")
    def set_transfer_out(self, sub_acct: str, can_trans_out: bool | None = None) -> list[SubAccount]:
        """Set whether sub-accounts may transfer money out.

        Needs a key with the right to trade.

        Args:
            sub_acct: Names of the sub-accounts, joined by commas.
            can_trans_out: Whether they may; True by default.

        Source: POST /api/v5/users/subaccount/set-transfer-out
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-set-permission-of-transfer-out
        """

    @get("/api/v5/users/entrust-subaccount-list", "1/1s user", auth=True)
    def get_entrusted(self, sub_acct: str | None = None) -> list[EntrustedSubAccount]:
        """Get the custody sub-accounts, for trading teams.

        Args:
            sub_acct: Only the sub-account of this name; all when left out.

        Source: GET /api/v5/users/entrust-subaccount-list
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-custody-trading-sub-account-list
        """

    @get("/api/v5/account/subaccount/balances", "6/2s user", auth=True)
    def get_trading_balances(self, sub_acct: str) -> Account:
        """Get the trading account of a sub-account: equity in USD, currencies in ``details``.

        Args:
            sub_acct: Name of the sub-account.

        Source: GET /api/v5/account/subaccount/balances
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-sub-account-trading-balance
        """

    @get("/api/v5/account/subaccount/max-withdrawal", "20/2s user", auth=True)
    def get_max_withdrawal(self, sub_acct: str, ccy: str | None = None) -> list[MaxWithdrawal]:
        """Get how much a sub-account can transfer out of its trading account.

        Args:
            sub_acct: Name of the sub-account.
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/account/subaccount/max-withdrawal
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-sub-account-maximum-withdrawals
        """

    @get("/api/v5/asset/subaccount/balances", "6/2s user", auth=True)
    def get_funding_balances(self, sub_acct: str, ccy: str | None = None) -> list[FundingBalance]:
        """Get the funding account of a sub-account.

        Args:
            sub_acct: Name of the sub-account.
            ccy: Only this currency, such as ``BTC``; all when left out.

        Source: GET /api/v5/asset/subaccount/balances
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-sub-account-funding-balance
        """

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
        """Get the transfers between master and sub-accounts.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only transfers of this way: ``"0"`` to the sub-account, ``"1"`` from it.
            sub_acct: Only the sub-account of this name; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/asset/subaccount/bills
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-history-of-sub-account-transfer
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
        """Get the transfers of managed sub-accounts, for the trading team.

        Newest first.

        Args:
            ccy: Only this currency, such as ``BTC``; all when left out.
            type_: Only transfers of this way: ``"0"`` to the sub-account, ``"1"`` from it.
            sub_acct: Only the sub-account of this name; all when left out.
            sub_uid: Only the sub-account of this UID; all when left out.
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/asset/subaccount/managed-subaccount-bills
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-get-history-of-managed-sub-account-transfer
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
        """Move an amount of a currency from one sub-account to another.

        Needs a key with the right to trade.

        Args:
            ccy: Currency, such as ``BTC``.
            amt: Amount, in the currency ``ccy``.
            from_: Account to take from: ``"6"`` funding, ``"18"`` trading account.
            to: Account to give to: ``"6"`` funding, ``"18"`` trading account.
            from_sub_account: Name of the sub-account that gives.
            to_sub_account: Name of the sub-account that gets.
            loan_trans: Whether borrowed coins may be transferred out of the trading account; False by default.
            omit_pos_risk: Whether the risk of the positions is ignored; False by default, only in portfolio margin
                mode.

        Source: POST /api/v5/asset/subaccount/transfer
            https://www.okx.com/docs-v5/en/#sub-account-rest-api-master-accounts-manage-the-transfers-between-sub-accounts
        """
