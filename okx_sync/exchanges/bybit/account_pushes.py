"""Metrics of ``PositionMonitor.limit`` and ``AccountMonitor.limit`` that pushes of Bybit's account lack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["UNTOLD_OF_ACCOUNT", "UNTOLD_OF_CURRENCY", "UNTOLD_OF_POSITIONS"]


def _untold(what: str, *metrics: str) -> dict[str, str]:
    return {metric: f"Bybit tells no {metric} of {what}" for metric in metrics}


UNTOLD_OF_POSITIONS: Final[Mapping[str, str]] = _untold("a position", "margin_ratio")
"""Metrics of positions, with the reason why they are not told."""

UNTOLD_OF_ACCOUNT: Final[Mapping[str, str]] = _untold("the account", "notional", "leverage")
"""The same of the account."""

UNTOLD_OF_CURRENCY: Final[Mapping[str, str]] = _untold("a coin", "notional", "margin_ratio")
"""The same of the account with a currency."""
