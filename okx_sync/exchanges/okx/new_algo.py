"""A new algo order of OKX: which words each kind has, and what goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from okx_sync.algo_types import AlgoKind, TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import exact
from okx_sync.exchanges.okx.algo_words import CLIENT_ID, CLIENT_ID_HINT, KINDS, check_td_mode, leg_words
from okx_sync.state.orders import new_algo as neutral
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.new_algo import NEW_ALGO_WORDS, AlgoRules, AlgoWords

__all__ = ["call_of", "new_algo"]

_RULES: Final = AlgoRules(
    kinds={
        "conditional": AlgoWords((), ("size", "take_profit", "stop_loss", "reduce_only")),
        "oco": AlgoWords(("take_profit", "stop_loss"), ("size", "reduce_only")),
        "trigger": AlgoWords(("size", "trigger"), ("price", "take_profit", "stop_loss")),
        "trailing_stop": AlgoWords(("size",), ("callback_ratio", "callback_spread", "activation_price", "reduce_only")),
        "iceberg": AlgoWords(("size",)),
        "twap": AlgoWords(("size",)),
        "chase": AlgoWords(("size",), ("reduce_only",)),
    },
    client_id=CLIENT_ID,
    client_id_hint=CLIENT_ID_HINT,
)
_OF_ALL: Final = ("td_mode", "ccy", "pos_side", "tag", "trade_quote_ccy")
_OF_STOPS: Final = ("tgt_ccy", "close_fraction", "cxl_on_close_pos", "px_amend_type")
_OWN: Final[dict[AlgoKind, tuple[str, ...]]] = {
    "conditional": _OF_STOPS,
    "oco": _OF_STOPS,
    "trigger": ("advance_ord_type", "adv_chase_params", "attach_algo_ords", "px_amend_type"),
    "trailing_stop": (),
    "iceberg": ("sz_limit", "lmt_order_number", "aggressiveness", "px_limit", "trigger_params"),
    "twap": ("px_var", "px_spread", "sz_limit", "px_limit", "time_interval"),
    "chase": ("chase_type", "chase_val", "max_chase_type", "max_chase_val"),
}
"""OKX's own words for each kind: it would drop another one."""
_NEEDED: Final[dict[AlgoKind, tuple[str, ...]]] = {
    "iceberg": ("sz_limit", "lmt_order_number", "aggressiveness"),
    "twap": ("sz_limit", "px_limit", "time_interval"),
}
_ONE_OF: Final[dict[AlgoKind, tuple[str, str]]] = {
    "trailing_stop": ("callback_ratio", "callback_spread"),
    "twap": ("px_var", "px_spread"),
}
_SAME: Final = {"sz": "size", "algo_cl_ord_id": "client_order_id", "active_px": "activation_price"}
_TRIGGERS: Final = {
    "take_profit": ("tp_trigger_px", "tp_trigger_px_type", "tp_ord_px"),
    "stop_loss": ("sl_trigger_px", "sl_trigger_px_type", "sl_ord_px"),
    "trigger": ("trigger_px", "trigger_px_type", "order_px"),
}
"""OKX's own words for a trigger: its price, which price that is, and the price of its order (-1: at market)."""


def new_algo(words: Mapping[str, Any], new_id: Callable[[], str]) -> PreparedAlgo:
    """Make the algo order that ``words`` ask for, neutral or OKX's own; see ``AlgoSender.new_algo``.

    Args:
        words: What was given.
        new_id: Makes an id of ours.

    Raises:
        ConfigError: Something is missing, contradicts itself, or would be dropped.
    """
    given = _by_neutral_names(words)
    new = neutral.new_algo(given, new_id, _RULES)
    options = dict(new.options)
    _check_own(new, options)
    if new.kind == "trigger":
        options |= _trigger_words(new, options, new_id)
    elif new.kind == "trailing_stop" and new.trigger is not None:
        options["active_px"] = new.trigger.price
    else:
        options |= leg_words(new.take_profit, new.stop_loss)
    return attrs.evolve(new, options=options)


def call_of(new: PreparedAlgo) -> dict[str, Any]:
    """Return the arguments of ``place_algo_order``."""
    words = {"inst_id": new.inst_id, "side": new.side, "ord_type": KINDS[new.kind], "sz": new.size}
    return {**words, "algo_cl_ord_id": new.client_order_id, **new.options}


def _by_neutral_names(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words, by the neutral name where there is one. Raises ``ConfigError`` for what is said twice."""
    from okx_sync.rest.arguments import renamed  # streams alone do without REST

    own = {word for names in _OWN.values() for word in names} | {word for one in _TRIGGERS.values() for word in one}
    found = renamed("orders.place_algo", words, _SAME, {*NEW_ALGO_WORDS, *_OF_ALL, *own})
    for name, (at, by, order_price) in _TRIGGERS.items():
        told = {word: found.pop(word) for word in (at, by, order_price) if found.get(word) is not None}
        if not told:
            continue
        if found.get(name) is not None or (name == "trigger" and found.get("price") is not None):
            raise ConfigError(f"{', '.join(told)} says again what is given already", hint="give one of them")
        if at not in told or (order_price not in told and found.get("advance_ord_type") != "chase"):
            raise ConfigError(f"{at} and {order_price} go together", hint=f"or give {name}=TriggerPrice(...)")
        limit = exact(order_price, told.get(order_price, -1))
        found[name] = TriggerPrice(told[at], by=told.get(by, "last"), limit=None if limit == -1 else limit)
    return found


def _check_own(new: PreparedAlgo, options: Mapping[str, Any]) -> None:
    """Raise ``ConfigError`` where OKX's own words are missing, of another kind, or contradict each other."""
    kind, stops = new.kind, new.kind in ("conditional", "oco")
    known = {*_OF_ALL, *_OWN[kind], *NEW_ALGO_WORDS}
    if wrong := sorted(options.keys() - known):
        raise ConfigError(f"{', '.join(wrong)} is not for a {kind} order", hint=f"it has {', '.join(_OWN[kind])}")
    check_td_mode(options)
    for name in _NEEDED.get(kind, ()):
        if name not in options:
            raise ConfigError(f"{name} is missing: a {kind} order needs it", hint=f"give {name}=")
    if (choice := _ONE_OF.get(kind)) is not None and sum(name in options for name in choice) != 1:
        raise ConfigError(f"a {kind} order has one of {' and '.join(choice)}", hint=f"give {choice[0]}=")
    if (new.size is None) != (stops and "close_fraction" in options):
        both = "size= or close_fraction=1, not both" if stops else "size="
        raise ConfigError("size is missing" if new.size is None else "close_fraction says the size", hint=both)
    if "close_fraction" in options and any(leg and leg.limit for leg in (new.take_profit, new.stop_loss)):
        raise ConfigError("close_fraction closes at market", hint="leave out the limit, or give size=")
    if options.get("cxl_on_close_pos") and not options.get("reduce_only"):
        raise ConfigError("cxl_on_close_pos needs reduce_only=True", hint="it goes with the position that it closes")
    if ("max_chase_type" in options) != ("max_chase_val" in options):
        raise ConfigError("max_chase_type and max_chase_val go together", hint="give both or none")


def _trigger_words(new: PreparedAlgo, options: Mapping[str, Any], new_id: Callable[[], str]) -> dict[str, Any]:
    """Return OKX's words for a trigger, the price of its order, and what comes with that."""
    trigger, is_chase = new.trigger, options.get("advance_ord_type") == "chase"
    assert trigger is not None
    if new.price is not None and trigger.limit is not None:
        raise ConfigError("price says again what the limit of trigger says", hint="give one of both")
    price = new.price or trigger.limit
    brings = new.take_profit is not None or new.stop_loss is not None
    if is_chase and (price is not None or brings or "attach_algo_ords" in options):
        raise ConfigError("a chase has no price, and brings nothing with it", hint="leave out price and stops")
    if is_chase != ("adv_chase_params" in options):
        raise ConfigError("advance_ord_type='chase' and adv_chase_params go together", hint="give both or none")
    if brings and "attach_algo_ords" in options:
        raise ConfigError("take_profit, stop_loss and attach_algo_ords say the same", hint="give one or the others")
    found: dict[str, Any] = {"trigger_px": trigger.price, "trigger_px_type": trigger.by}
    if not is_chase:
        found["order_px"] = -1 if price is None else price
    if brings:
        legs = leg_words(new.take_profit, new.stop_loss)
        found["attach_algo_ords"] = [{"attach_algo_cl_ord_id": new_id(), **legs}]
    return found
