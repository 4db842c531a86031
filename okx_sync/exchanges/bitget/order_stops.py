"""What an order of Bitget brings with it, from a user's words to the parameters of a request.

Classic accounts (V2) call them presets, and have no word for which price fires them; unified ones (V3) have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from okx_sync.algo_types import AlgoLeg, PriceSource, TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.exchanges.reduce_only import OPENS
from okx_sync.rows import Row
from okx_sync.rows.tolerant import value_or_none
from okx_sync.state.orders.algo_state import AlgoState, PreparedAlgo
from okx_sync.state.orders.order_state import OrderState, PreparedOrder

__all__ = [
    "CHANGES",
    "CLASSIC",
    "LEGS",
    "UNIFIED",
    "WATCHED",
    "LegWords",
    "check_brought",
    "check_presets",
    "check_replaced",
    "folded",
    "leg_words",
    "presets_of",
]

LEGS: Final[tuple[AlgoLeg, ...]] = ("take_profit", "stop_loss")
CHANGES: Final[dict[AlgoLeg, str]] = {
    "take_profit": "new_preset_stop_surplus_price",
    "stop_loss": "new_preset_stop_loss_price",
}
"""The parameters of a change of presets."""
_SPOT: Final = ("SPOT", "MARGIN")

WATCHED: Final[dict[PriceSource, str]] = {"last": "market", "mark": "mark"}
"""V3's words for which price fires something."""
_SOURCES: Final = {word: source for source, word in WATCHED.items()}


@attrs.frozen
class LegWords:
    """The parameters of a take-profit or a stop-loss of an order; None of what there is no word for."""

    price: str
    limit: str
    by: str | None = None
    order_type: str | None = None


CLASSIC: Final[dict[AlgoLeg, LegWords]] = {
    "take_profit": LegWords("preset_stop_surplus_price", "preset_stop_surplus_execute_price"),
    "stop_loss": LegWords("preset_stop_loss_price", "preset_stop_loss_execute_price"),
}
UNIFIED: Final[dict[AlgoLeg, LegWords]] = {
    "take_profit": LegWords("take_profit", "tp_limit_price", "tp_trigger_by", "tp_order_type"),
    "stop_loss": LegWords("stop_loss", "sl_limit_price", "sl_trigger_by", "sl_order_type"),
}


def folded(told: Mapping[str, Any], words: Mapping[AlgoLeg, LegWords]) -> dict[str, Any]:
    """Return the words of a new order, in which those of a leg that are Bitget's own are one ``TriggerPrice``.

    Raises ``ConfigError`` for words that contradict each other.
    """
    found = {word: value for word, value in told.items() if value is not None}
    for leg in LEGS:
        names = words[leg]
        own = {name: found.pop(name) for name in (names.limit, names.by, names.order_type) if name and name in found}
        if own:
            found[leg] = _trigger(leg, found.get(leg), own, names)
    return found


def _trigger(leg: str, price: Any, own: Mapping[str, Any], names: LegWords) -> TriggerPrice:
    word = next(iter(own))
    if price is None:
        raise ConfigError(f"{word} is given without {leg}", hint=f"give {leg}=, the price that fires it")
    if isinstance(price, TriggerPrice):
        raise ConfigError(f"{word} is given beside a TriggerPrice", hint="TriggerPrice(price, by=..., limit=...)")
    by, limit = own.get(names.by or "", "market"), own.get(names.limit)
    if by not in _SOURCES:
        raise ConfigError(f"{names.by} cannot be {by!r}", hint=" or ".join(_SOURCES))
    kind = own.get(names.order_type or "", "market" if limit is None else "limit")
    if kind not in ("market", "limit") or (kind == "limit") != (limit is not None):
        raise ConfigError(f"{names.order_type} {kind!r} contradicts {names.limit} {limit!r}", hint="give both or none")
    return TriggerPrice(price, by=_SOURCES[by], limit=limit)


def leg_words(legs: Mapping[AlgoLeg, TriggerPrice | None], words: Mapping[AlgoLeg, LegWords]) -> dict[str, Any]:
    """Return the parameters of a take-profit and a stop-loss."""
    found: dict[str, Any] = {}
    for leg, trigger in legs.items():
        if trigger is None:
            continue
        names = words[leg]
        found[names.price] = trigger.price
        if names.by is not None:
            found[names.by] = WATCHED[trigger.by]
        if names.order_type is not None:
            found[names.order_type] = "market" if trigger.limit is None else "limit"
        if trigger.limit is not None:
            found[names.limit] = trigger.limit
    return found


def check_brought(new: PreparedOrder, attached: Sequence[PreparedAlgo], *, is_classic: bool) -> None:
    """Raise ``ConfigError`` for an order that can bring nothing, and for a price that cannot fire it here."""
    if not attached:
        return
    held = new.options.get("pos_side")
    if new.options.get("reduce_only") or (OPENS.get(held or "", new.side) != new.side):
        raise ConfigError(
            "an order that closes brings neither take_profit nor stop_loss",
            hint="ws.orders.place_algo('conditional', ...) places them on the position",
        )
    if new.product in _SPOT:
        raise ConfigError(
            "only orders of futures bring take_profit and stop_loss", hint="place a trigger order: ws.orders.place_algo"
        )
    for one in attached:
        for leg in LEGS:
            _check_source(leg, getattr(one, leg), is_classic=is_classic)


def _check_source(leg: str, trigger: TriggerPrice | None, *, is_classic: bool) -> None:
    if trigger is None or trigger.by == "last" or (trigger.by in WATCHED and not is_classic):
        return
    if is_classic:
        why = "an order of a classic account has no word for it: leave by= out, or place_algo('conditional', ...)"
        raise ConfigError(f"which price fires the {leg} of an order cannot be said here", hint=why)
    raise ConfigError(f"{leg} cannot be fired by the {trigger.by} price here", hint=" or ".join(WATCHED))


def presets_of(order: OrderState | AlgoState) -> dict[AlgoLeg, bool | None]:
    """Return which presets an order of a classic account has by its newest row; None of what that does not tell."""
    row = order.raw
    names: dict[AlgoLeg, str] = {"take_profit": "presetStopSurplusPrice", "stop_loss": "presetStopLossPrice"}
    if not isinstance(row, Row) or not isinstance(row.raw, dict):
        return dict.fromkeys(names)
    return {leg: bool(value_or_none(row, name)) if name in row.raw else None for leg, name in names.items()}


def check_replaced(order: OrderState) -> None:
    """Raise ``ConfigError`` for an order of a classic account that cannot be replaced by one of other size or price.

    Bitget's page says that presets in such a request are not looked at, and not whether those of the old order go over.
    """
    if any(presets_of(order).values()):
        raise ConfigError(
            "the order brings a take_profit or stop_loss, which may be lost with a new size or price on this account",
            hint="cancel it, and place a new one with all of them",
        )


def check_presets(order: OrderState, options: Mapping[str, Any]) -> None:
    """Raise ``ConfigError`` for a change of one preset that may take the other one away.

    Bitget's page says in one place that it does, and in another that it does not.
    """
    changed = {leg for leg, name in CHANGES.items() if options.get(name) is not None}
    if len(changed) != 1:
        return
    other: AlgoLeg = "stop_loss" if "take_profit" in changed else "take_profit"
    if presets_of(order)[other] is not False:
        name = CHANGES[other]
        raise ConfigError(f"a change of one preset may take the other one away: {name} is missing", hint=f"give {name}")
