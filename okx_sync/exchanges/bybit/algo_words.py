"""What Bybit calls the parts of algo orders, in rows and as parameters."""

from __future__ import annotations

from typing import Final

import attrs

from okx_sync.algo_types import AlgoKind, AlgoLeg, PriceSource

__all__ = ["LEGS", "PRICES", "SOURCES", "WAITING", "LegWords", "WaitingKind"]

PRICES: Final[dict[PriceSource, str]] = {"last": "LastPrice", "mark": "MarkPrice", "index": "IndexPrice"}
"""Bybit's word for the price that is compared with a trigger."""

SOURCES: Final[dict[str | None, PriceSource]] = {
    **{word: source for source, word in PRICES.items()},
    **dict.fromkeys((None, "", "UNKNOWN"), "last"),
}
"""The neutral word. Where Bybit says none, it is the last price, as on spot."""


@attrs.frozen
class LegWords:
    """A take profit or a stop loss that an order or a position has: its fields in rows, and its parameters."""

    field: str
    by_field: str
    limit_field: str
    param: str
    by: str
    limit: str
    order_type: str
    size: str


LEGS: Final[dict[AlgoLeg, LegWords]] = {
    "take_profit": LegWords(
        "takeProfit", "tpTriggerBy", "tpLimitPrice", "take_profit", "tp_trigger_by", "tp_limit_price", "tp_order_type",
        "tp_size",
    ),
    "stop_loss": LegWords(
        "stopLoss", "slTriggerBy", "slLimitPrice", "stop_loss", "sl_trigger_by", "sl_limit_price", "sl_order_type",
        "sl_size",
    ),
}  # fmt: skip
"""Both legs of an order."""


@attrs.frozen
class WaitingKind:
    """An order that waits for a price: its neutral kind, its side where that is told, and whether it is a whole exit.

    ``is_whole``: it is for all of a position, however large that is when it fires. ``is_child``: it is an exit, and
    brings none itself.
    """

    kind: AlgoKind | None = None
    leg: AlgoLeg | None = None
    is_whole: bool = False
    is_child: bool = True


WAITING: Final[dict[str, WaitingKind]] = {
    "TakeProfit": WaitingKind("conditional", "take_profit", is_whole=True),
    "StopLoss": WaitingKind("conditional", "stop_loss", is_whole=True),
    "PartialTakeProfit": WaitingKind("conditional", "take_profit"),
    "PartialStopLoss": WaitingKind("conditional", "stop_loss"),
    "TrailingStop": WaitingKind("trailing_stop", is_whole=True),
    "Stop": WaitingKind("trigger", is_child=False),
    "tpslOrder": WaitingKind("conditional", is_child=False),
    "OcoOrder": WaitingKind("oco"),
    "BidirectionalTpslOrder": WaitingKind("oco"),
    "MmRateClose": WaitingKind(is_whole=True),
}
"""``stopOrderType`` -> what it is. Another word is an order that waits for a price, of which nothing more is known."""
