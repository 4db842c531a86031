"""Rows of the account's settings: as they are, after a change, and checks before one."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from okx_sync.exchanges.okx.words import InstType, MgnMode, PosSide
from okx_sync.rows import Row, model


@model
class AccountConfig(Row):
    """Settings of the account and rights of the API key (``account/config``)."""

    uid: str | None = None
    mainUid: str | None = None
    acctLv: Literal["1", "2", "3", "4"] | str | None = None
    """Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin."""
    acctStpMode: str | None = None
    """Self-trade prevention: "cancel_maker", "cancel_taker", "cancel_both"."""
    posMode: Literal["long_short_mode", "net_mode"] | str | None = None
    autoLoan: bool | None = None
    greeksType: str | None = None
    """Greeks in "PA" (coins) or "BS" (dollars)."""
    feeType: str | None = None
    """In what spot fees are taken: "0" the currency received, "1" quote currency."""
    level: str | None = None
    """Fee tier: "Lv1", ..."""
    levelTmp: str | None = None
    """Fee tier that was given for a time."""
    ctIsoMode: str | None = None
    """Isolated margin of derivatives: "automatic", "autonomy"."""
    mgnIsoMode: str | None = None
    """Isolated margin of margin trading: "auto_transfers_ccy", "automatic", "quick_margin"."""
    spotOffsetType: str | None = None
    """Deprecated by OKX: "1" spot against USDT derivatives, "2" against coin derivatives, "3" derivatives only."""
    stgyType: str | None = None
    """Strategy: "0" general, "1" delta neutral."""
    roleType: str | None = None
    """Copy trading: "0" neither, "1" lead trader, "2" copy trader."""
    traderInsts: tuple[str, ...] = ()
    """Copy trading: instruments that the account leads."""
    spotRoleType: str | None = None
    """Spot copy trading: "0" neither, "1" lead trader, "2" copy trader."""
    spotTraderInsts: tuple[str, ...] = ()
    """Spot copy trading: instruments that the account leads."""
    opAuth: str | None = None
    """Options: "1" when they are activated."""
    kycLv: str | None = None
    """Level of verification, "0" to "3"."""
    label: str | None = None
    """Name of the API key."""
    ip: str | None = None
    """IP addresses that the key is bound to, comma-joined."""
    perm: str | None = None
    """Rights of the key ("read_only", "trade", "withdraw"), comma-joined."""
    liquidationGear: str | None = None
    """Margin level at which warnings of a liquidation begin; "0" for none."""
    enableSpotBorrow: bool | None = None
    spotBorrowAutoRepay: bool | None = None
    type: str | None = None
    """Kind of account: "0" main account, "1" and up kinds of sub-account."""
    settleCcy: str | None = None
    settleCcyList: tuple[str, ...] = ()
    discountType: str | None = None

    @property
    def permissions(self) -> frozenset[str]:
        """What the API key may do: ``"read_only"``, ``"trade"``, ``"withdraw"``."""
        return frozenset(part.strip() for part in (self.perm or "").split(",") if part.strip())


@model
class Leverage(Row):
    """Leverage of an instrument or currency (``account/leverage-info``, ``account/set-leverage``)."""

    instId: str | None = None
    mgnMode: MgnMode | None = None
    posSide: PosSide | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""
    ccy: str | None = None


@model
class CollateralAsset(Row):
    """Whether a currency counts as collateral (``account/collateral-assets``)."""

    ccy: str | None = None
    collateralEnabled: bool | None = None


@model
class AccountLevelPreset(Row):
    """Settings staged for a change of account mode (``account/account-level-switch-preset``)."""

    curAcctLv: str | None = None
    """Mode now: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin."""
    acctLv: str | None = None
    """New mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin."""
    lever: Decimal | None = None
    """Leverage, a factor."""
    riskOffsetType: str | None = None


@model
class OptionActivation(Row):
    """When options trading was turned on (``account/activate-option``)."""

    ts: int | None = None
    """Epoch ms."""


@model
class DemoBalance(Row):
    """A demo balance after a change."""

    ccy: str | None = None
    amt: Decimal | None = None
    """Change, in ccy."""
    bal: Decimal | None = None
    """Balance after it, in ccy."""


@model
class DemoBalances(Row):
    """Demo balances after a change (``account/demo-adjust-balance``)."""

    remainCnt: int | None = None
    """Changes left today."""
    totalCnt: int | None = None
    """Changes allowed in a day."""
    details: tuple[DemoBalance, ...] = ()


@model
class AccountLevel(Row):
    """Account mode after a change (``account/set-account-level``)."""

    acctLv: str | None = None
    """Mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin."""
    isoMode: str | None = None


@model
class UnmatchedInfo(Row):
    """What is in the way of a change of account mode or strategy."""

    type: str | None = None
    """Kind: "asset_validation", "pending_orders", "isolated_margin", ..."""
    totalAsset: Decimal | None = None
    """USD."""
    posList: tuple[str, ...] = ()
    """Ids of positions."""
    deltaLever: Decimal | None = None
    """A factor."""
    ordList: tuple[str, ...] = ()
    """Ids of orders."""


@model
class SwitchPosition(Row):
    """A position whose leverage must be set."""

    posId: str | None = None
    lever: Decimal | None = None
    """Leverage, a factor."""


@model
class SwitchTier(Row):
    """A position that is too large for its leverage in the new mode."""

    instFamily: str | None = None
    instType: InstType | None = None
    pos: Decimal | None = None
    """Contracts."""
    lever: Decimal | None = None
    """Leverage, a factor."""
    maxSz: Decimal | None = None
    """The largest position, contracts."""


@model
class SwitchMarginDetail(Row):
    """Margin of one currency, in that currency."""

    ccy: str | None = None
    availEq: Decimal | None = None
    """Equity that is free, in ccy."""
    mgnRatio: Decimal | None = None
    """Equity over maintenance margin, a ratio."""


@model
class SwitchMargin(Row):
    """Margin of the account before or after the change."""

    acctAvailEq: Decimal | None = None
    """Equity that is free, USD."""
    mgnRatio: Decimal | None = None
    """Equity over maintenance margin, a ratio."""
    details: tuple[SwitchMarginDetail, ...] = ()


@model
class AccountSwitchCheck(Row):
    """Whether the account mode can be changed (``account/set-account-switch-precheck``)."""

    sCode: str | None = None
    """What the check found, not an error: "0" all right, "1" something unmatched, "3" leverage, "4" margin."""
    curAcctLv: str | None = None
    """Mode now: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin."""
    acctLv: str | None = None
    """New mode: "1" spot, "2" futures, "3" multi-currency margin, "4" portfolio margin."""
    riskOffsetType: str | None = None
    unmatchedInfoCheck: tuple[UnmatchedInfo, ...] = ()
    posList: tuple[SwitchPosition, ...] = ()
    """Positions whose leverage must be set."""
    posTierCheck: tuple[SwitchTier, ...] = ()
    """Positions that are too large for their leverage."""
    mgnBf: SwitchMargin | None = None
    """Margin before the change."""
    mgnAft: SwitchMargin | None = None
    """Margin after the change."""


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
    apr: Decimal | None = None
    """Per year, as a ratio."""


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

    type: str | None = None
    """Either "all" or "custom"."""
    ccyList: tuple[str, ...] = ()
    collateralEnabled: bool | None = None


@model
class FeeType(Row):
    """In what spot fees are taken (``account/set-fee-type``)."""

    feeType: str | None = None
    """What fees are taken in: "0" the currency received, "1" quote currency."""


@model
class GreeksType(Row):
    """How Greeks are shown (``account/set-greeks``)."""

    greeksType: str | None = None
    """Unit: "PA" coins, "BS" dollars."""


@model
class IsolatedMode(Row):
    """How isolated margin is moved (``account/set-isolated-mode``)."""

    isoMode: str | None = None


@model
class PositionMode(Row):
    """Position mode after a change (``account/set-position-mode``)."""

    posMode: str | None = None
    """Either "long_short_mode" or "net_mode"."""


@model
class RiskOffset(Row):
    """Spot that offsets the risk of derivatives, in ``ccy`` (``account/set-riskOffset-amt``)."""

    ccy: str | None = None
    clSpotInUseAmt: Decimal | None = None
    """Chosen by the user, in ccy."""


@model
class SettleCurrency(Row):
    """Settlement currency of USD-margined contracts (``account/set-settle-currency``)."""

    settleCcy: str | None = None


@model
class TradingConfig(Row):
    """Trading strategy after a change (``account/set-trading-config``)."""

    type: str | None = None
    stgyType: str | None = None
    """Strategy: "0" general, "1" delta neutral."""
