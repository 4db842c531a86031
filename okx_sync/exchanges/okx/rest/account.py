# mypy: disable-error-code="empty-body"
"""Group ``account``: balances, positions, settings of the trading account. (OKX API guide: Trading Account.)"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.models import Account, Position
from okx_sync.exchanges.okx.models.rest_account import AccountConfig
from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.exchanges.okx.rest.account_ledger import AccountLedger
from okx_sync.exchanges.okx.rest.account_margin import AccountMargin
from okx_sync.exchanges.okx.rest.account_reads import AccountReads
from okx_sync.exchanges.okx.rest.account_settings import AccountSettings
from okx_sync.rest import get

__all__ = ["AccountGroup"]


class AccountGroup(AccountReads, AccountLedger, AccountSettings, AccountMargin, group="account"):
    """Balances, positions, limits, ledger, settings. All calls need a key; changes one with the right to trade."""

    @get("/api/v5/account/balance", "10/2s user", auth=True)
    def get_balance(self, ccy: str | Sequence[str] | None = None) -> Account:
        """Equity in USD and the balances per currency in ``details``; ``ccy``: up to 20 currencies."""

    @get("/api/v5/account/positions", "10/2s user", auth=True)
    def get_positions(
        self,
        inst_type: InstType | None = None,
        inst_id: str | Sequence[str] | None = None,
        pos_id: str | Sequence[str] | None = None,
    ) -> list[Position]:
        """Open positions; sizes in contracts. ``inst_id`` up to 10 instruments, ``pos_id`` up to 20 ids."""

    @get("/api/v5/account/config", "5/2s user", auth=True)
    def get_config(self) -> AccountConfig:
        """Account mode, position mode, and the rights of this key."""
