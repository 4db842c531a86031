"""Pushes of Bybit's account: which list everything, and the metrics of a monitor's ``limit`` that they lack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okx_sync.delivery.push_callback import AssembledPush
from okx_sync.protocol.events import Push

__all__ = ["UNTOLD_OF_ACCOUNT", "UNTOLD_OF_CURRENCY", "UNTOLD_OF_POSITIONS", "listed_at", "lists_all"]


def _untold(what: str, *metrics: str) -> dict[str, str]:
    return {metric: f"Bybit tells no {metric} of {what}" for metric in metrics}


UNTOLD_OF_POSITIONS: Final[Mapping[str, str]] = _untold("a position", "margin_ratio")
"""Metrics of positions, with the reason why they are not told."""

UNTOLD_OF_ACCOUNT: Final[Mapping[str, str]] = _untold("the account", "notional", "leverage")
"""The same of the account."""

UNTOLD_OF_CURRENCY: Final[Mapping[str, str]] = _untold("a coin", "notional", "margin_ratio")
"""The same of the account with a currency."""


def lists_all(push: Push) -> bool:
    """Tell whether a push lists everything: the USDC perpetual streams begin so, those of V5 never do."""
    data = push.message.get("data")
    return isinstance(data, dict) and data.get("dataType") == "NEW"


def listed_at(whole: AssembledPush) -> int | None:
    """Return when a list was made, which one without rows tells as well."""
    made = whole.push.message.get("creationTime")
    return made if type(made) is int else None
