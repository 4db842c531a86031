# mypy: disable-error-code="empty-body"
"""Group ``account``: balances, positions, settings of the trading account. (OKX API guide: Trading Account.)"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.models import Account, Position
from okx_sync.exchanges.okx.models.rest_account import AccountConfig
from okx_sync.exchanges.okx.models.words import InstType
from okx_sync.rest import Group, get

__all__ = ["AccountGroup"]


class AccountGroup(Group, group="account"):
    """Balances, positions, settings. All calls need a key with the right to read."""

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
