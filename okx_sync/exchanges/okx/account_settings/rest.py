# mypy: disable-error-code="empty-body"
"""Group ``account``, settings (OKX API guide: Trading Account).

Changing calls need a key with the right to trade, checks one with the right to read. What a change answers is the
new setting.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    Leverage,
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
        """Choose between one net position and separate long and short ones.

        Only without positions and orders.

        Args:
            pos_mode: ``net_mode`` for one position, ``long_short_mode`` for two.

        Source: POST /api/v5/account/set-position-mode
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-position-mode
        """

    @post("/api/v5/account/set-leverage", "20/2s user", need_one=("inst_id", "ccy"))
    def set_leverage(
        self,
        lever: Number,
        mgn_mode: MgnMode,
        inst_id: str | None = None,
        ccy: str | None = None,
        pos_side: PosSide | None = None,
    ) -> list[Leverage]:
        """Set the leverage of an instrument, or of a currency in cross margin.

        Args:
            lever: The leverage, as a factor.
            mgn_mode: Margin mode that it is set for; ``cross`` with ``ccy``.
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``; of expiry futures in cross margin it stands for
                all of its index.
            ccy: The currency to borrow, where leverage is set for currencies.
            pos_side: ``long`` or ``short``; only for isolated derivatives in long/short mode.

        Raises:
            ConfigError: Neither ``inst_id`` nor ``ccy`` is given. Nothing was sent.

        Source: POST /api/v5/account/set-leverage
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-leverage
        """

    @post("/api/v5/account/set-account-level", "5/2s user")
    def set_account_level(self, acct_lv: AcctLv) -> AccountLevel:
        """Change the account mode.

        ``check_account_switch`` tells beforehand whether it will work.

        Args:
            acct_lv: Account mode: ``1`` spot, ``2`` futures, ``3`` multi-currency margin, ``4`` portfolio margin.

        Source: POST /api/v5/account/set-account-level
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-account-mode
        """

    @post("/api/v5/account/account-level-switch-preset", "5/2s user")
    def preset_account_level(
        self, acct_lv: AcctLv, lever: Number | None = None, *, risk_offset_type: str | None = None
    ) -> AccountLevelPreset:
        """Stage what a change of the account mode needs.

        Args:
            acct_lv: Account mode: ``1`` spot, ``2`` futures, ``3`` multi-currency margin, ``4`` portfolio margin.
            lever: Leverage for positions in cross margin, as a factor; needed when they come from portfolio margin.
            risk_offset_type: What offsets risk in portfolio margin: ``1`` spot and derivatives in USDT, ``2`` in coins,
                ``3`` derivatives only, ``4`` in USDC; OKX calls the parameter deprecated.

        Source: POST /api/v5/account/account-level-switch-preset
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-preset-account-mode-switch
        """

    @get("/api/v5/account/set-account-switch-precheck", "5/2s user", auth=True)
    def check_account_switch(self, acct_lv: AcctLv) -> AccountSwitchCheck:
        """Tell whether the account mode can be changed.

        ``sCode`` of the answer is what was found, not an error.

        Args:
            acct_lv: Account mode: ``1`` spot, ``2`` futures, ``3`` multi-currency margin, ``4`` portfolio margin.

        Source: GET /api/v5/account/set-account-switch-precheck
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-precheck-account-mode-switch
        """

    @post("/api/v5/account/set-greeks", "5/2s user")
    def set_greeks(self, greeks_type: GreeksUnit) -> GreeksType:
        """Show Greeks in coins or in dollars.

        Args:
            greeks_type: ``PA`` for coins, ``BS`` for dollars.

        Source: POST /api/v5/account/set-greeks
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-greeks-pa-bs
        """

    @post("/api/v5/account/set-isolated-mode", "5/2s user")
    def set_isolated_mode(self, iso_mode: str, type_: str) -> IsolatedMode:
        """Set how margin of isolated positions is moved.

        Only without positions and orders.

        Args:
            iso_mode: ``automatic`` with each order; ``auto_transfers_ccy`` so in both currencies (MARGIN only);
                ``autonomy`` by hand.
            type_: What it is set for: ``MARGIN`` or ``CONTRACTS``.

        Source: POST /api/v5/account/set-isolated-mode
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-isolated-margin-trading-settings
        """

    @post("/api/v5/account/set-fee-type", "5/2s user")
    def set_fee_type(self, fee_type: FeeKind) -> FeeType:
        """Choose in what currency spot fees are taken.

        Args:
            fee_type: ``0`` the currency received, ``1`` the quote currency.

        Source: POST /api/v5/account/set-fee-type
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-fee-type
        """

    @post("/api/v5/account/set-settle-currency", "20/2s user")
    def set_settle_currency(self, settle_ccy: str) -> SettleCurrency:
        """Choose in what USD-margined contracts are settled.

        Args:
            settle_ccy: The currency: ``USD``, ``USDC`` or ``USDG``.

        Source: POST /api/v5/account/set-settle-currency
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-settle-currency
        """

    @post("/api/v5/account/set-trading-config", "1/2s user")
    def set_trading_config(self, type_: str, stgy_type: StgyType | None = None) -> TradingConfig:
        """Set the trading strategy.

        Args:
            type_: What is set: ``stgyType``.
            stgy_type: The strategy: ``0`` general, ``1`` delta neutral.

        Source: POST /api/v5/account/set-trading-config
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-trading-config
        """

    @get("/api/v5/account/precheck-set-delta-neutral", "1/2s user", auth=True)
    def check_delta_neutral(self, stgy_type: StgyType) -> DeltaNeutralCheck:
        """Tell what is in the way of the delta-neutral strategy, or of leaving it.

        Args:
            stgy_type: The strategy: ``0`` general, ``1`` delta neutral.

        Source: GET /api/v5/account/precheck-set-delta-neutral
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-precheck-set-delta-neutral
        """

    @post("/api/v5/account/set-riskOffset-amt", "10/2s user")
    def set_risk_offset_amount(self, ccy: str, cl_spot_in_use_amt: Number) -> RiskOffset:
        """Set how much spot offsets the risk of derivatives (portfolio margin).

        Args:
            ccy: Currency, such as ``BTC``.
            cl_spot_in_use_amt: How much, in the currency ``ccy``.

        Source: POST /api/v5/account/set-riskOffset-amt
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-risk-offset-amount
        """

    @post("/api/v5/account/set-auto-loan", "5/2s user")
    def set_auto_loan(self, auto_loan: bool | None = None) -> AutoLoan:
        """Borrow automatically or not, in multi-currency and portfolio margin.

        Args:
            auto_loan: Whether to borrow by itself; True when left out.

        Source: POST /api/v5/account/set-auto-loan
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-auto-loan
        """

    @post("/api/v5/account/set-auto-repay", "5/2s user")
    def set_auto_repay(self, auto_repay: bool) -> AutoRepay:
        """Repay loans automatically or not, in spot mode.

        Args:
            auto_repay: Whether loans are repaid by the exchange itself.

        Source: POST /api/v5/account/set-auto-repay
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-auto-repay
        """

    @post("/api/v5/account/set-auto-earn", "2/2s user")
    def set_auto_earn(self, ccy: str, action: str, earn_type: str | None = None) -> AutoEarn:
        """Lend a currency automatically or not.

        Args:
            ccy: Currency, such as ``BTC``.
            action: ``turn_on`` or ``turn_off``; ``amend`` is deprecated.
            earn_type: ``0`` lending and staking (the default), ``1`` USDG.

        Source: POST /api/v5/account/set-auto-earn
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-auto-earn
        """

    @post("/api/v5/account/set-collateral-assets", "5/2s user")
    def set_collateral_assets(
        self, type_: str, collateral_enabled: bool, ccy_list: Sequence[str] | None = None
    ) -> CollateralChoice:
        """Set which currencies count as collateral.

        Args:
            type_: ``all`` currencies, or ``custom`` for those in ``ccy_list``.
            collateral_enabled: Whether they count from now on.
            ccy_list: The currencies, with ``custom``.

        Source: POST /api/v5/account/set-collateral-assets
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-set-collateral-assets
        """

    @post("/api/v5/account/activate-option", "5/2s user")
    def activate_option(self) -> OptionActivation:
        """Turn on options trading for the account.

        Source: POST /api/v5/account/activate-option
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-activate-option
        """

    @post("/api/v5/account/activate-feature", "5/2s user")
    def activate_feature(self, feature: str) -> None:
        """Switch on a feature.

        Args:
            feature: ``1`` the USDC order book, which error 54109 asks for.

        Source: POST /api/v5/account/activate-feature
            https://www.okx.com/docs-v5/en/#trading-account-rest-api-activate-feature
        """

    @post("/api/v5/account/demo-adjust-balance", "3/1d user")
    def adjust_demo_balance(self, type_: str, adjustments: Sequence[DemoAdjustment]) -> DemoBalances:
        """Top up or reduce demo balances, 3 times a day (demo only).

        Args:
            type_: ``1`` to add, ``2`` to take away.
            adjustments: Currencies and by how much, one for each currency.

        Source: POST /api/v5/account/demo-adjust-balance
        """
