# mypy: disable-error-code="empty-body"
"""Group ``account``, settings (OKX API guide: Trading Account).

Changing calls need a key with the right to trade, checks one with the right to read. What a change answers is the
new setting.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.account.models import Leverage
from okx_sync.exchanges.okx.account_settings.models import (
    AccountLevel,
    AccountLevelPreset,
    AccountSwitchCheck,
    AutoEarn,
    AutoLoan,
    AutoRepay,
    CollateralChoice,
    DeltaNeutralCheck,
    DemoBalances,
    FeeType,
    GreeksType,
    IsolatedMode,
    OptionActivation,
    PositionMode,
    RiskOffset,
    SettleCurrency,
    TradingConfig,
)
from okx_sync.exchanges.okx.account_settings.requests import DemoAdjustment
from okx_sync.exchanges.okx.argument_words import AcctLv, FeeKind, GreeksUnit, PosMode, PosSide, StgyType
from okx_sync.exchanges.okx.words import MgnMode
from okx_sync.rest import Group, Number, get, post

__all__ = ["AccountSettings"]


class AccountSettings(Group, group="account"):
    """Modes, leverage, automatic loans, collateral, features."""

    @post("/api/v5/account/set-position-mode", "5/2s user")
    def set_position_mode(self, pos_mode: PosMode) -> PositionMode:
        """Choose between one net position and separate long and short ones; only without positions and orders."""

    @post("/api/v5/account/set-leverage", "20/2s user", need_one=("inst_id", "ccy"))
    def set_leverage(
        self,
        lever: Number,
        mgn_mode: MgnMode,
        inst_id: str | None = None,
        ccy: str | None = None,
        pos_side: PosSide | None = None,
    ) -> list[Leverage]:
        """Set the leverage (a factor) of an instrument, or of a currency in cross margin."""

    @post("/api/v5/account/set-account-level", "5/2s user")
    def set_account_level(self, acct_lv: AcctLv) -> AccountLevel:
        """Change the account mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin.

        ``check_account_switch`` tells beforehand whether it will work.
        """

    @post("/api/v5/account/account-level-switch-preset", "5/2s user")
    def preset_account_level(
        self, acct_lv: AcctLv, lever: Number | None = None, *, risk_offset_type: str | None = None
    ) -> AccountLevelPreset:
        """Stage what a change of the account mode needs: ``lever`` for positions without one."""

    @get("/api/v5/account/set-account-switch-precheck", "5/2s user", auth=True)
    def check_account_switch(self, acct_lv: AcctLv) -> AccountSwitchCheck:
        """Whether the account mode can be changed; ``sCode`` of the answer is what was found, not an error."""

    @post("/api/v5/account/set-greeks", "5/2s user")
    def set_greeks(self, greeks_type: GreeksUnit) -> GreeksType:
        """Show Greeks in coins ("PA") or in dollars ("BS")."""

    @post("/api/v5/account/set-isolated-mode", "5/2s user")
    def set_isolated_mode(self, iso_mode: str, type_: str) -> IsolatedMode:
        """How margin of isolated positions is moved.

        ``iso_mode``: "automatic" or "autonomy"; ``type_``: "MARGIN" or "CONTRACTS".
        """

    @post("/api/v5/account/set-fee-type", "5/2s user")
    def set_fee_type(self, fee_type: FeeKind) -> FeeType:
        """Take spot fees in the currency received ("0") or in quote currency ("1")."""

    @post("/api/v5/account/set-settle-currency", "20/2s user")
    def set_settle_currency(self, settle_ccy: str) -> SettleCurrency:
        """Choose in what USD-margined contracts are settled: "USD", "USDC", "USDG"."""

    @post("/api/v5/account/set-trading-config", "1/2s user")
    def set_trading_config(self, type_: str, stgy_type: StgyType | None = None) -> TradingConfig:
        """Set the trading strategy. ``type_`` is "stgyType"; ``stgy_type``: "0" general, "1" delta neutral."""

    @get("/api/v5/account/precheck-set-delta-neutral", "1/2s user", auth=True)
    def check_delta_neutral(self, stgy_type: StgyType) -> DeltaNeutralCheck:
        """What is in the way of the delta-neutral strategy ("1"), or of leaving it ("0")."""

    @post("/api/v5/account/set-riskOffset-amt", "10/2s user")
    def set_risk_offset_amount(self, ccy: str, cl_spot_in_use_amt: Number) -> RiskOffset:
        """How much spot offsets the risk of derivatives, in ``ccy`` (portfolio margin)."""

    @post("/api/v5/account/set-auto-loan", "5/2s user")
    def set_auto_loan(self, auto_loan: bool | None = None) -> AutoLoan:
        """Borrow automatically (the default) or not, in multi-currency and portfolio margin."""

    @post("/api/v5/account/set-auto-repay", "5/2s user")
    def set_auto_repay(self, auto_repay: bool) -> AutoRepay:
        """Repay loans automatically or not, in spot mode."""

    @post("/api/v5/account/set-auto-earn", "2/2s user")
    def set_auto_earn(self, ccy: str, action: str, earn_type: str | None = None) -> AutoEarn:
        """Lend a currency automatically or not.

        ``action``: "turn_on", "turn_off", "amend"; ``earn_type``: "0" auto-earn, "1" USDG.
        """

    @post("/api/v5/account/set-collateral-assets", "5/2s user")
    def set_collateral_assets(
        self, type_: str, collateral_enabled: bool, ccy_list: Sequence[str] | None = None
    ) -> CollateralChoice:
        """Which currencies count as collateral. ``type_``: "all", or "custom" with ``ccy_list``."""

    @post("/api/v5/account/activate-option", "5/2s user")
    def activate_option(self) -> OptionActivation:
        """Turn on options trading for the account."""

    @post("/api/v5/account/activate-feature", "5/2s user")
    def activate_feature(self, feature: str) -> None:
        """Switch on a feature: "1" the USDC order book (after error 54109)."""

    @post("/api/v5/account/demo-adjust-balance", "3/1d user")
    def adjust_demo_balance(self, type_: str, adjustments: Sequence[DemoAdjustment]) -> DemoBalances:
        """Top up or reduce demo balances, 3 times a day (demo only). ``type_``: "1" to add, "2" to take away."""
