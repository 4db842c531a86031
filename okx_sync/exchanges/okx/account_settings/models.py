"""Rows that answer changes of the account: settings, automatic loans, checks before a change."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.okx.words import InstType
from okx_sync.rows import Row, model


@model
class AccountLevelPreset(Row):
    """Settings staged for a change of account mode (``account/account-level-switch-preset``)."""

    # Mode now.
    curAcctLv: str | None = None
    # Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin.
    acctLv: str | None = None
    # Factor.
    lever: Decimal | None = None
    riskOffsetType: str | None = None


@model
class OptionActivation(Row):
    """When options trading was turned on (``account/activate-option``)."""

    # Epoch ms.
    ts: int | None = None


@model
class DemoBalance(Row):
    """A demo balance after a change."""

    ccy: str | None = None
    amt: Decimal | None = None
    bal: Decimal | None = None


@model
class DemoBalances(Row):
    """Demo balances after a change (``account/demo-adjust-balance``)."""

    # Changes left today, of so many.
    remainCnt: int | None = None
    totalCnt: int | None = None
    details: tuple[DemoBalance, ...] = ()


@model
class AccountLevel(Row):
    """Account mode after a change (``account/set-account-level``)."""

    # Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin.
    acctLv: str | None = None
    isoMode: str | None = None


@model
class UnmatchedInfo(Row):
    """What is in the way of a change of account mode or strategy."""

    # "asset_validation", "pending_orders", "isolated_margin", ...
    type: str | None = None
    # USD.
    totalAsset: Decimal | None = None
    posList: tuple[str, ...] = ()
    deltaLever: Decimal | None = None
    # Ids of orders and of positions.
    ordList: tuple[str, ...] = ()


@model
class SwitchPosition(Row):
    """A position whose leverage must be set."""

    posId: str | None = None
    # Factor.
    lever: Decimal | None = None


@model
class SwitchTier(Row):
    """A position that is too large for its leverage in the new mode."""

    instFamily: str | None = None
    instType: InstType | None = None
    # Contracts, as is maxSz.
    pos: Decimal | None = None
    # Factor.
    lever: Decimal | None = None
    maxSz: Decimal | None = None


@model
class SwitchMarginDetail(Row):
    """Margin of one currency, in that currency."""

    ccy: str | None = None
    availEq: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None


@model
class SwitchMargin(Row):
    """Margin of the account before or after the change."""

    # USD.
    acctAvailEq: Decimal | None = None
    # Ratio.
    mgnRatio: Decimal | None = None
    details: tuple[SwitchMarginDetail, ...] = ()


@model
class AccountSwitchCheck(Row):
    """Whether the account mode can be changed (``account/set-account-switch-precheck``)."""

    # What the check found, not an error: "0" all right, "1" something unmatched, "3" leverage, "4" margin.
    sCode: str | None = None
    curAcctLv: str | None = None
    # Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin.
    acctLv: str | None = None
    riskOffsetType: str | None = None
    unmatchedInfoCheck: tuple[UnmatchedInfo, ...] = ()
    posList: tuple[SwitchPosition, ...] = ()
    posTierCheck: tuple[SwitchTier, ...] = ()
    mgnBf: SwitchMargin | None = None
    mgnAft: SwitchMargin | None = None


@model
class DeltaNeutralCheck(Row):
    """Whether the delta-neutral strategy can be chosen (``account/precheck-set-delta-neutral``)."""

    unmatchedInfoCheck: tuple[UnmatchedInfo, ...] = ()


@model
class AutoEarn(Row):
    """Auto-earn of a currency after a change (``account/set-auto-earn``)."""

    earnType: str | None = None
    ccy: str | None = None
    action: str | None = None
    # Per year, as a ratio.
    apr: Decimal | None = None


@model
class AutoLoan(Row):
    """Automatic borrowing after a change (``account/set-auto-loan``)."""

    autoLoan: bool | None = None


@model
class AutoRepay(Row):
    """Automatic repayment after a change (``account/set-auto-repay``)."""

    autoRepay: bool | None = None


@model
class CollateralChoice(Row):
    """Collateral after a change (``account/set-collateral-assets``)."""

    # "all" or "custom".
    type: str | None = None
    ccyList: tuple[str, ...] = ()
    collateralEnabled: bool | None = None


@model
class FeeType(Row):
    """In what spot fees are taken (``account/set-fee-type``)."""

    # "0" the currency received, "1" quote currency.
    feeType: str | None = None


@model
class GreeksType(Row):
    """How Greeks are shown (``account/set-greeks``)."""

    # "PA" in coins, "BS" in dollars.
    greeksType: str | None = None


@model
class IsolatedMode(Row):
    """How isolated margin is moved (``account/set-isolated-mode``)."""

    isoMode: str | None = None


@model
class PositionMode(Row):
    """Position mode after a change (``account/set-position-mode``)."""

    # "long_short_mode" or "net_mode".
    posMode: str | None = None


@model
class RiskOffset(Row):
    """Spot that offsets the risk of derivatives, in ``ccy`` (``account/set-riskOffset-amt``)."""

    ccy: str | None = None
    clSpotInUseAmt: Decimal | None = None


@model
class SettleCurrency(Row):
    """Settlement currency of USD-margined contracts (``account/set-settle-currency``)."""

    settleCcy: str | None = None


@model
class TradingConfig(Row):
    """Trading strategy after a change (``account/set-trading-config``)."""

    type: str | None = None
    # "0" general, "1" delta neutral.
    stgyType: str | None = None
