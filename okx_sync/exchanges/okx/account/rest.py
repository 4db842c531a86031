# mypy: disable-error-code="empty-body"
"""Group ``account``: balances, positions, limits, fees (OKX API guide: Trading Account).

All calls of this file need a key with the right to read. The group's other calls are in ``bills``,
``account_settings`` and ``risk``.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.account.models import (
    Account,
    AccountConfig,
    CollateralAsset,
    Leverage,
    LeverageEstimate,
    MaxAvailSize,
    MaxLoan,
    MaxSize,
    MaxWithdrawal,
    Position,
    PositionLimit,
    PositionRecord,
    TradeFee,
)
from okx_sync.exchanges.okx.account_settings.rest import AccountSettings
from okx_sync.exchanges.okx.argument_words import PosSide, TdMode
from okx_sync.exchanges.okx.bills.rest import AccountBills
from okx_sync.exchanges.okx.public.models import Instrument
from okx_sync.exchanges.okx.risk.models import AccountGreeks, AccountPositionRisk, RiskState
from okx_sync.exchanges.okx.risk.rest import AccountRisk
from okx_sync.exchanges.okx.words import InstType, MgnMode
from okx_sync.rest import Number, get, paged

__all__ = ["AccountGroup"]


class AccountGroup(AccountBills, AccountSettings, AccountRisk, group="account"):
    """Balances, positions, limits, bills, settings, risk. All calls need a key; changes one with the right to trade."""

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

    @get("/api/v5/account/account-position-risk", "10/2s user", auth=True)
    def get_position_risk(self, inst_type: InstType | None = None) -> AccountPositionRisk:
        """Balances and positions of one moment, taken together; sizes in contracts."""

    @get("/api/v5/account/instruments", "20/2s user+instType", auth=True)
    def get_instruments(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        series_id: str | None = None,
    ) -> list[Instrument]:
        """Instruments that this account may trade; parameters as for ``client.public.get_instruments``."""

    @get("/api/v5/account/positions-history", "10/2s user", auth=True)
    def get_positions_history(
        self,
        inst_type: InstType | None = None,
        inst_id: str | None = None,
        *,
        mgn_mode: MgnMode | None = None,
        type_: str | None = None,
        pos_id: str | None = None,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> list[PositionRecord]:
        """Positions closed or reduced in the last 3 months, newest first.

        Cursors are times of change in ms, ``limit`` up to 100.

        ``type_``: "1" closed partly, "2" closed, "3" liquidated, "4" liquidated partly, "5" auto-deleveraged.
        """

    iter_positions_history = paged(get_positions_history, tied="uTime")

    @get("/api/v5/account/greeks", "10/2s user", auth=True)
    def get_greeks(self, ccy: str | None = None) -> list[AccountGreeks]:
        """Greeks of all the account holds, by currency."""

    @get("/api/v5/account/leverage-info", "20/2s user", auth=True, need_one=("inst_id", "ccy"))
    def get_leverage_info(
        self, mgn_mode: MgnMode, inst_id: str | Sequence[str] | None = None, ccy: str | None = None
    ) -> list[Leverage]:
        """Leverage now, as a factor; ``inst_id`` up to 20 instruments."""

    @get("/api/v5/account/adjust-leverage-info", "5/2s user", auth=True)
    def get_leverage_estimate(
        self,
        inst_type: InstType,
        mgn_mode: MgnMode,
        lever: Number,
        inst_id: str | None = None,
        *,
        ccy: str | None = None,
        pos_side: PosSide | None = None,
    ) -> LeverageEstimate:
        """What another leverage would bring: margin, liquidation price, largest size."""

    @get("/api/v5/account/max-size", "20/2s user", auth=True)
    def get_max_size(
        self,
        inst_id: str | Sequence[str],
        td_mode: TdMode,
        px: Number | None = None,
        *,
        ccy: str | None = None,
        trade_quote_ccy: str | None = None,
        leverage: Number | None = None,
        outcome: str | None = None,
    ) -> list[MaxSize]:
        """The largest order: contracts, or coins for SPOT and MARGIN; ``inst_id`` up to 5 instruments."""

    @get("/api/v5/account/max-avail-size", "20/2s user", auth=True)
    def get_max_avail_size(
        self,
        inst_id: str | Sequence[str],
        td_mode: TdMode,
        px: Number | None = None,
        *,
        ccy: str | None = None,
        reduce_only: bool | None = None,
        trade_quote_ccy: str | None = None,
    ) -> list[MaxAvailSize]:
        """What is free for an order, borrowing included; ``inst_id`` up to 5 instruments."""

    @get("/api/v5/account/max-loan", "20/2s user", auth=True, need_one=("inst_id", "ccy"))
    def get_max_loan(
        self,
        mgn_mode: MgnMode,
        inst_id: str | Sequence[str] | None = None,
        ccy: str | None = None,
        mgn_ccy: str | None = None,
        *,
        trade_quote_ccy: str | None = None,
    ) -> list[MaxLoan]:
        """How much can be borrowed, in the loan's currency; ``inst_id`` up to 5 instruments."""

    @get("/api/v5/account/max-withdrawal", "20/2s user", auth=True)
    def get_max_withdrawal(self, ccy: str | Sequence[str] | None = None) -> list[MaxWithdrawal]:
        """What can be moved out of the trading account, per currency; ``ccy`` up to 20."""

    @get("/api/v5/account/trade-fee", "5/2s user", auth=True)
    def get_trade_fee(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        inst_family: str | None = None,
        group_id: str | None = None,
        *,
        rule_type: str | None = None,
    ) -> list[TradeFee]:
        """Fee rates as ratios: negative is paid, positive is a rebate."""

    @get("/api/v5/account/risk-state", "10/2s user", auth=True)
    def get_risk_state(self) -> RiskState:
        """Whether the account is at risk (portfolio margin only)."""

    @get("/api/v5/account/position-tiers", "10/2s user", auth=True)
    def get_position_limits(self, inst_type: InstType, inst_family: str | Sequence[str]) -> list[PositionLimit]:
        """The largest positions under portfolio margin, in contracts; ``inst_family`` up to 3 families."""

    @get("/api/v5/account/collateral-assets", "5/2s user", auth=True)
    def get_collateral_assets(
        self, ccy: str | Sequence[str] | None = None, collateral_enabled: bool | None = None
    ) -> list[CollateralAsset]:
        """Which currencies count as collateral."""
