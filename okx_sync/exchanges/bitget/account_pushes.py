"""Pushes of Bitget's account: which list everything, and the metrics of a monitor's ``limit`` that they lack.

Page: Bitget's API guide, "Contract / Websocket / Private / Account channel", "Position channel".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.events import Push

__all__ = ["UNTOLD_OF_ACCOUNT", "UNTOLD_OF_POSITIONS", "lists_all"]


def _untold(what: str, *metrics: str) -> dict[str, str]:
    return {metric: f"Bitget tells no {metric} of {what} on this protocol" for metric in metrics}


UNTOLD_OF_POSITIONS: Final[Mapping[Protocol, Mapping[str, str]]] = {
    "v2": _untold("a position", "notional"),
    "v3": _untold("a position", "notional"),
    "v1": _untold("a position", "notional", "distance_to_liquidation"),
    "seed": _untold("a position", "notional"),
}
"""Metrics of positions, with the reason why they are not told."""

_BALANCE: Final = ("cash", "liability", "notional")
UNTOLD_OF_ACCOUNT: Final[Mapping[Protocol, tuple[Mapping[str, str], Mapping[str, str]]]] = {
    "v2": (_untold("the account", "notional", "leverage"), _untold("a currency", *_BALANCE)),
    "v3": (
        _untold("the account", "notional", "leverage"),
        _untold("a currency", "notional", "margin_ratio", "unrealized_pnl"),
    ),
    "v1": (
        _untold("the account", "notional", "leverage", "margin_ratio", "unrealized_pnl", "unrealized_pnl_share"),
        _untold("a currency", *_BALANCE, "margin_ratio", "unrealized_pnl"),
    ),
    "seed": (_untold("the account", "notional", "leverage"), _untold("a currency", *_BALANCE)),
}
"""The same of the account, and of it with a currency."""


def lists_all(push: Push) -> bool:
    """Tell whether a push of ``positions`` lists every open one of its product type, so that all others are closed.

    V1 and V2 say ``snapshot`` each time and mean it, V3 means it of the first push alone; the seed protocol says
    ``update``.
    """
    return push.message.get("action") == "snapshot"
