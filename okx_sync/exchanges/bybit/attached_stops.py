"""The take profit and the stop loss that an order of Bybit brings with it: from the words of users to parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.algo_types import AlgoLeg, TriggerPrice
from okx_sync.checks import check_word
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.algo_words import LEGS, PRICES, SOURCES, LegWords
from okx_sync.state.orders.order_state import PreparedOrder

__all__ = ["attached_params", "trigger_params", "with_triggers"]

_CATEGORIES: Final = ("linear", "inverse", "spot")


def with_triggers(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of an order, of which ``take_profit`` and ``stop_loss`` say all that is said of them.

    Bybit's own words for the rest (``tp_trigger_by``, ``tp_limit_price``, ``tp_order_type``) go into them. Raises
    ``ConfigError`` for what contradicts itself, and for those words alone.
    """
    told = dict(words)
    for names in LEGS.values():
        own = {name: told.pop(name, None) for name in (names.by, names.limit, names.order_type)}
        own = {name: value for name, value in own.items() if value is not None}
        if not own:
            continue
        leg = told.get(names.param)
        if leg is None or isinstance(leg, TriggerPrice):
            why = "is without" if leg is None else "says again what is in"
            raise ConfigError(f"{next(iter(own))} {why} {names.param}", hint=f"give both, {names.param} as a number")
        told[names.param] = _trigger(names, leg, own)
    return told


def _trigger(names: LegWords, price: Any, own: Mapping[str, Any]) -> TriggerPrice:
    by, limit, kind = own.get(names.by, "LastPrice"), own.get(names.limit), own.get(names.order_type)
    check_word(names.by, by, PRICES.values())
    if kind is not None:
        check_word(names.order_type, kind, ("Market", "Limit"))
    if kind is not None and (kind == "Limit") != (limit is not None):
        raise ConfigError(
            f"{names.order_type} {kind!r} contradicts {names.limit}",
            hint=f"a limit order has a price, a market order none: give {names.limit} or leave it out",
        )
    plain = TriggerPrice.of(names.param, price)
    return TriggerPrice(plain.price, by=SOURCES[by], limit=limit)


def attached_params(new: PreparedOrder) -> dict[str, Any]:
    """Return the parameters of what an order brings with it.

    Exits of an order are exits of what that order fills, so contracts get ``tpsl_mode="Partial"``: in mode ``"Full"``
    they would take the place of what the position has. Who wants that says so.

    Raises ``ConfigError`` for what Bybit does not carry out.
    """
    legs = {algo.leg: algo.take_profit or algo.stop_loss for algo in new.attached}
    mode = new.options.get("tpsl_mode")
    if not legs:
        if mode is not None:
            raise ConfigError("tpsl_mode is given without take_profit and stop_loss")
        return {}
    _check(new, [trigger for trigger in legs.values() if trigger is not None])
    made: dict[str, Any] = {} if new.product == "spot" else {"tpsl_mode": mode or "Partial"}
    for leg, trigger in legs.items():
        if leg is not None and trigger is not None:
            made |= trigger_params(leg, trigger, is_new=True)
    return made


def trigger_params(leg: AlgoLeg, trigger: TriggerPrice, *, is_new: bool) -> dict[str, Any]:
    """Return the parameters of a leg; of a new one those that say what Bybit takes for granted are left out."""
    names = LEGS[leg]
    made: dict[str, Any] = {names.param: trigger.price}
    if trigger.by != "last" or not is_new:
        made[names.by] = PRICES[trigger.by]
    if trigger.limit is not None:
        made |= {names.limit: trigger.limit, **({names.order_type: "Limit"} if is_new else {})}
    return made


def _check(new: PreparedOrder, triggers: list[TriggerPrice]) -> None:
    """Raise ``ConfigError`` for an order that cannot bring these with it."""
    leg, mode = new.attached[0].leg, new.options.get("tpsl_mode")
    if new.product not in _CATEGORIES:
        raise ConfigError(f"{leg} is not for {new.product} orders", hint=f"Bybit has it on {', '.join(_CATEGORIES)}")
    if new.options.get("reduce_only"):
        raise ConfigError(f"{leg} is not for an order that only reduces", hint="leave out reduce_only")
    if new.product != "spot":
        if mode == "Full" and any(trigger.limit is not None for trigger in triggers):
            raise ConfigError("tpsl_mode 'Full' has market orders only", hint="leave out the limit, or tpsl_mode")
        return
    if new.order_type == "market":
        raise ConfigError(f"{leg} is not for a market order of a pair", hint="give a price: a limit order takes it")
    if mode is not None:
        raise ConfigError("tpsl_mode is not for pairs", hint="leave it out")
    if any(trigger.by != "last" for trigger in triggers):
        raise ConfigError(f"{leg} of a pair is fired by the last price only", hint="leave out by=")
