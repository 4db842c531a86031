"""Borrowing and collateral of an account. Page: "Account" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model

__all__ = [
    "BorrowRecord",
    "CollateralInfo",
    "CollateralSetting",
    "ManualBorrow",
    "PayBorrow",
    "PayCollateral",
    "PayCollateralCoin",
    "PayInfo",
    "RepayStatus",
    "Repayment",
]


@model
class BorrowRecord(Row):
    """Interest of one hour (``GET /v5/account/borrow-history``)."""

    currency: str | None = None
    createdTime: int | None = None
    """Epoch ms of creation."""
    borrowCost: Decimal | None = None
    """Interest, in ``currency``."""
    hourlyBorrowRate: Decimal | None = None
    """Interest per hour, as a ratio."""
    InterestBearingBorrowSize: Decimal | None = None
    """Amount on which interest is paid, in ``currency``."""
    costExemption: Decimal | None = None
    """Interest that was let off, in ``currency``."""
    borrowAmount: Decimal | None = None
    """Amount borrowed, in ``currency``."""
    unrealisedLoss: Decimal | None = None
    """Unrealised loss that it covers, in ``currency``."""
    freeBorrowedAmount: Decimal | None = None
    """Amount borrowed without interest, in ``currency``."""


@model
class CollateralInfo(Row):
    """What can be borrowed of a currency, and whether it is collateral (``GET /v5/account/collateral-info``)."""

    currency: str | None = None
    hourlyBorrowRate: Decimal | None = None
    """Interest per hour, as a ratio."""
    maxBorrowingAmount: Decimal | None = None
    """Most that main account and sub-accounts can borrow together, in ``currency``."""
    freeBorrowingLimit: Decimal | None = None
    """Most that can be borrowed without interest, in ``currency``."""
    freeBorrowAmount: Decimal | None = None
    """What is borrowed without interest, in ``currency``."""
    borrowAmount: Decimal | None = None
    """What is borrowed, in ``currency``."""
    otherBorrowAmount: Decimal | None = None
    """What the other accounts of the main account have borrowed, in ``currency``."""
    availableToBorrow: Decimal | None = None
    """What can still be borrowed, by all accounts together, in ``currency``."""
    borrowable: bool | None = None
    """Whether it can be borrowed."""
    borrowUsageRate: Decimal | None = None
    """What all accounts have borrowed over ``maxBorrowingAmount``: 0.5 is 50 %."""
    marginCollateral: bool | None = None
    """Whether Bybit takes it as collateral."""
    collateralSwitch: bool | None = None
    """Whether the user lets it be collateral; means something only with ``marginCollateral``."""
    collateralRatio: Decimal | None = None
    """Deprecated and not exact: share of its value that counts, as a ratio."""
    freeBorrowingAmount: Decimal | None = None
    """Deprecated: see ``freeBorrowingLimit``."""


@model
class CollateralSetting(Row):
    """Whether a coin is collateral (``POST /v5/account/set-collateral-switch-batch``)."""

    coin: str | None = None
    collateralSwitch: str | None = None
    """``"ON"`` or ``"OFF"``."""


@model
class ManualBorrow(Row):
    """What was borrowed (``POST /v5/account/borrow``)."""

    coin: str | None = None
    amount: Decimal | None = None
    """Amount, in ``coin``."""


@model
class RepayStatus(Row):
    """What became of a repayment (``POST /v5/account/repay``, ``/v5/account/no-convert-repay``)."""

    resultStatus: str | None = None
    """``"P"`` under way, ``"SU"`` done, ``"FA"`` failed."""


@model
class Repayment(Row):
    """What was paid back with a coin (``POST /v5/account/quick-repayment``)."""

    coin: str | None = None
    """Currency that was paid with."""
    repaymentQty: Decimal | None = None
    """Amount, in ``coin``."""


@model
class PayCollateralCoin(Row):
    """A coin with which can be paid back."""

    coin: str | None = None
    availableSize: Decimal | None = None
    """What can be used, in ``coin``."""
    availableValue: Decimal | None = None
    """What can be used, in USD."""
    coinScale: int | None = None
    """Digits of its amounts behind the point."""
    borrowSize: Decimal | None = None
    """What is borrowed, in ``coin``."""
    spotHedgeAmount: Decimal | None = None
    """What hedges derivatives, in ``coin``."""
    assetFrozen: Decimal | None = None
    """What is frozen, in ``coin``."""


@model
class PayCollateral(Row):
    """The coins with which can be paid back."""

    collateralList: tuple[PayCollateralCoin, ...] = ()


@model
class PayBorrow(Row):
    """What is borrowed."""

    coin: str | None = None
    """Told where one was asked for."""
    borrowSize: Decimal | None = None
    """What is borrowed, in ``coin``."""
    borrowValue: Decimal | None = None
    """What is borrowed, in USD."""
    assetFrozen: Decimal | None = None
    """What is frozen, in ``coin``."""
    availableBalance: Decimal | None = None
    """What is free, in ``coin``."""


@model
class PayInfo(Row):
    """What is borrowed, and what can pay it back (``GET /v5/account/pay-info``)."""

    collateralInfo: PayCollateral | None = None
    borrowInfo: PayBorrow | None = None
