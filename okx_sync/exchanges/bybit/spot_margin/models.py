"""Spot margin trading of unified accounts. Page: "Spot Margin Trade (UTA)" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.rows import Row, model

__all__ = ["CoinLeverage", "MaxBorrowable", "SpotMarginState", "SpotMarginSwitch"]


@model
class CoinLeverage(Row):
    """Leverage of spot margin trading in a currency (``GET /v5/spot-margin-trade/coinstate``)."""

    currency: str | None = None
    spotLeverage: Decimal | None = None
    """Leverage, as a factor; None where margin trading is off."""


@model
class MaxBorrowable(Row):
    """How much of a currency can be borrowed (``GET /v5/spot-margin-trade/max-borrowable``)."""

    currency: str | None = None
    maxLoan: Decimal | None = None
    """Most that can be borrowed, in ``currency``."""


@model
class SpotMarginState(Row):
    """Whether spot margin trading is on (``GET /v5/spot-margin-trade/state``)."""

    spotLeverage: Decimal | None = None
    """Leverage, as a factor; None where margin trading is off."""
    spotMarginMode: bool | None = None
    """Whether it is on."""
    effectiveLeverage: Decimal | None = None
    """Leverage in use, as a factor."""


@model
class SpotMarginSwitch(Row):
    """Whether spot margin trading is on now (``POST /v5/spot-margin-trade/switch-mode``)."""

    spotMarginMode: bool | None = None
    """Whether it is on."""
