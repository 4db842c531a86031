"""Take profit and stop loss that an order or a plan brings along: what they are to the venue, and how they are printed.

They come when the order is filled wholly, for the whole of its position, and take the place of those that it has
(`WireRules.attaches_to_position`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from okx_sync.paper.venue.algo_orders import MARKET
from okx_sync.paper.venue.attached_orders import LEGS, STOP_LOSS, TAKE_PROFIT, AttachedOrder
from okx_sync.paper.venue.number_text import blank
from okx_sync.paper.venue.types import Row

_WORDS = {"last": "fill_price", "mark": "mark_price", "index": "index_price"}
_V2_PRESETS = blank(
    """presetStopSurplusPrice presetStopSurplusType presetStopSurplusExecutePrice presetStopLossPrice
    presetStopLossType presetStopLossExecutePrice"""
)
_V2_PLAN = blank(
    """stopSurplusTriggerPrice stopSurplusExecutePrice stopSurplusTriggerType stopLossTriggerPrice
    stopLossExecutePrice stopLossTriggerType"""
)
_V3_STOPS = blank("tpTriggerBy slTriggerBy tpOrderType slOrderType tpLimitPrice slLimitPrice")
_V2_NAMES = {TAKE_PROFIT: "StopSurplus", STOP_LOSS: "StopLoss"}


@dataclass(frozen=True, slots=True)
class StopLeg:
    """One stop: its trigger, which price is watched (last or mark), and the price to order at."""

    px: str
    kind: str = "last"
    order_px: str = MARKET

    def given(self, leg: str) -> dict[str, str]:
        """Return it as the venue's request names it."""
        return {f"{leg}TriggerPx": self.px, f"{leg}TriggerPxType": self.kind, f"{leg}OrdPx": self.order_px}

    @property
    def limit_px(self) -> str:
        """The price to order at; empty for the market's."""
        return "" if self.order_px in ("", MARKET) else self.order_px


Legs: TypeAlias = Mapping[str, StopLeg]


def apart(legs: Legs) -> list[Row]:
    """Return what an order of V2 attaches: each stop is one of its own."""
    return [stop.given(leg) for leg, stop in legs.items()]


def together(legs: Legs) -> list[Row]:
    """Return what an order of V3 attaches: one with one or two legs."""
    made: Row = {}
    for leg, stop in legs.items():
        made |= stop.given(leg)
    return [made] if made else []


def legs_in(rows: Iterable[Mapping[str, Any]]) -> dict[str, StopLeg]:
    """Return the stops in the venue's rows of attached orders, or of a stop."""
    return {
        leg: StopLeg(row[f"{leg}TriggerPx"], row[f"{leg}TriggerPxType"] or "last", row[f"{leg}OrdPx"])
        for row in rows
        for leg in LEGS
        if row[f"{leg}TriggerPx"]
    }


def legs_of(attached: Iterable[AttachedOrder]) -> dict[str, StopLeg]:
    """Return the stops that an order is to bring."""
    return legs_in(one.given for one in attached)


# --- printed


def v2_presets(legs: Legs) -> Row:
    """Print the stops of an order of V2."""
    made = dict(_V2_PRESETS)
    for leg, stop in legs.items():
        name = f"preset{_V2_NAMES[leg]}"
        made |= {f"{name}Price": stop.px, f"{name}Type": _WORDS[stop.kind], f"{name}ExecutePrice": stop.limit_px}
    return made


def v2_plan_stops(legs: Legs) -> Row:
    """Print the stops of a plan of V2 as listings have them."""
    made = dict(_V2_PLAN)
    for leg, stop in legs.items():
        name = f"s{_V2_NAMES[leg][1:]}"
        made |= {f"{name}TriggerPrice": stop.px, f"{name}ExecutePrice": stop.limit_px}
        made[f"{name}TriggerType"] = _WORDS[stop.kind]
    return made


def v3_stops(legs: Legs, names: tuple[str, str] = ("takeProfit", "stopLoss")) -> Row:
    """Print the stops of an order, or a strategy order, of V3; `names` are those of the two prices."""
    made = {**_V3_STOPS, **dict.fromkeys(names, "")}
    for leg, stop in legs.items():
        made[names[0] if leg == TAKE_PROFIT else names[1]] = stop.px
        made[f"{leg}TriggerBy"] = watched_v3(stop.kind)
        made[f"{leg}OrderType"] = "limit" if stop.limit_px else "market"
        made[f"{leg}LimitPrice"] = stop.limit_px
    return made


def watched_v2(kind: str) -> str:
    """Return V2's word for a kind of price."""
    return _WORDS[kind]


def watched_v3(kind: str) -> str:
    """Return V3's word for a kind of price."""
    return "mark" if kind == "mark" else "market"
