"""Settings of an account. Page: "Account" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.market.instrument_models import Instrument
from okx_sync.rows import Row, envelope, model

__all__ = [
    "AccountInfo",
    "AccountInstrument",
    "AccountUpgrade",
    "DcpInfo",
    "DeltaMode",
    "MarginModeReason",
    "MmpState",
    "SmpGroup",
    "TradingFee",
    "UpgradeMessages",
    "UserSettings",
]


@model
class AccountInfo(Row):
    """What kind of account it is, and how it is set (``GET /v5/account/info``)."""

    unifiedMarginStatus: int | None = None
    """Kind of account: 1 classic, 3 and 4 unified 1.0, 5 and 6 unified 2.0 (4 and 6: pro)."""
    marginMode: str | None = None
    """``"ISOLATED_MARGIN"``, ``"REGULAR_MARGIN"`` (cross) or ``"PORTFOLIO_MARGIN"``."""
    isMasterTrader: bool | None = None
    """Whether others copy its trades."""
    spotHedgingStatus: str | None = None
    """Whether spot hedges derivatives in portfolio margin: ``"ON"`` or ``"OFF"``."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""
    dcpStatus: str | None = None
    """Deprecated, always ``"OFF"``: see ``get_dcp_info``."""
    timeWindow: int | None = None
    """Deprecated, always 0: see ``get_dcp_info``."""
    smpGroup: int | None = None
    """Deprecated, always 0: see ``get_smp_group``."""


@model
class TradingFee(Row):
    """Fees of the account on an instrument (``GET /v5/account/fee-rate``)."""

    category: str | None = envelope("category")
    """Kind of product, where the answer tells it."""
    symbol: str | None = None
    """None for options."""
    baseCoin: str | None = None
    """Options only."""
    takerFeeRate: Decimal | None = None
    """Taker fee as a ratio: 0.0006 is 0.06 %."""
    makerFeeRate: Decimal | None = None
    """Maker fee as a ratio; below zero it is paid to the account."""


@model
class AccountInstrument(Instrument):
    """An instrument as the account may trade it (``GET /v5/account/instruments-info``)."""

    isPublicRpi: bool | None = None
    """Whether the account's order book may show retail price improvement orders."""
    myRpiPermission: bool | None = None
    """Whether the account may send retail price improvement orders."""


@model
class MarginModeReason(Row):
    """Why a margin mode was not taken (``POST /v5/account/set-margin-mode``)."""

    reasonCode: str | None = None
    reasonMsg: str | None = None
    """Text of the reason."""


@model
class DeltaMode(Row):
    """What became of a switch of the delta-neutral mode (``POST /v5/account/set-delta-mode``)."""

    resultStatus: str | None = None
    """The page says ``"success"`` or ``"failed"``, its example nothing at all (None)."""


@model
class UserSettings(Row):
    """How orders beyond the price limits are treated, and modes (``GET /v5/account/user-setting-config``)."""

    lpaSpot: bool | None = None
    """Spot: whether a price beyond the limit is moved to it; else the order is refused."""
    lpaPerp: bool | None = None
    """Contracts: whether an order beyond the limit is refused; else its price is moved to the limit."""
    deltaEnable: bool | None = None
    """Whether the delta-neutral mode is on."""
    smsef: bool | None = None
    fmsef: bool | None = None


@model
class MmpState(Row):
    """Market-maker protection of options on a coin (``GET /v5/account/mmp-state``)."""

    baseCoin: str | None = None
    mmpEnabled: bool | None = None
    """Whether the account has it."""
    window: int | None = None
    """Length of the time in which trades are counted, in ms."""
    frozenPeriod: int | None = None
    """How long quotes stay frozen, in ms; 0: until ``reset_mmp``."""
    qtyLimit: Decimal | None = None
    """Contracts that may trade in ``window``."""
    deltaLimit: Decimal | None = None
    """Delta that may trade in ``window``."""
    vegaLimit: Decimal | None = None
    """Vega that may trade in ``window``."""
    mmpFrozenUntil: int | None = None
    """Epoch ms of the end of the freeze; 0 when there is none."""
    mmpFrozen: bool | None = None
    """Whether quotes are frozen now."""


@model
class DcpInfo(Row):
    """Disconnect protection of a product (``GET /v5/account/query-dcp-info``)."""

    product: str | None = None
    """``"SPOT"``, ``"DERIVATIVES"`` or ``"OPTIONS"``."""
    dcpStatus: str | None = None
    """``"ON"`` or ``"OFF"``."""
    timeWindow: int | None = None
    """Seconds without a private stream after which orders are canceled."""


@model
class SmpGroup(Row):
    """The account's group for self-match prevention (``GET /v5/account/smp-group``)."""

    smpGroup: int | None = None
    """Id of the group; 0 when there is none."""


@model
class UpgradeMessages(Row):
    """What Bybit says of an upgrade."""

    msg: tuple[str, ...] = ()


@model
class AccountUpgrade(Row):
    """What became of an upgrade to a unified account (``POST /v5/account/upgrade-to-uta``)."""

    unifiedUpdateStatus: str | None = None
    """``"FAIL"``, ``"PROCESS"`` (under way, some minutes) or ``"SUCCESS"``."""
    unifiedUpdateMsg: UpgradeMessages | None = None
    """Why it failed; None while it is under way."""
