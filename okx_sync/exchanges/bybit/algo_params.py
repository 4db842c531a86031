"""A new algo order of Bybit: which words it takes, and the parameters that go out.

An order that waits for a price is an order with a trigger. A take profit, a stop loss or a trailing stop of a contract
belongs to a position, and is set there: Bybit makes an order of it, and gives that an id of its own alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from okx_sync.algo_types import PriceSource, TriggerPrice
from okx_sync.checks import check_word
from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.algo_words import LEGS, PRICES
from okx_sync.exchanges.bybit.attached_stops import trigger_params
from okx_sync.exchanges.bybit.order_sender import CLIENT_ID, CLIENT_ID_HINT
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.new_algo import AlgoRules, AlgoWords

__all__ = ["PriceOf", "is_at_position", "order_words", "own_words", "rules_of", "stop_params"]

PriceOf = Callable[[str, str, PriceSource], Decimal | None]
"""Category, instrument, kind of price -> what it is now; None where nobody can be asked."""

_NO_REQUEST: Final = "Bybit's pages do not say what a request for one is made of"
_LACKS: Final[Mapping[Any, str]] = {
    "oco": "Bybit makes two orders of it: give take_profit= and stop_loss= with an order",
    **dict.fromkeys(("iceberg", "twap", "chase"), _NO_REQUEST),
}
_TRIGGER: Final = AlgoWords(("size", "trigger"), ("price", "take_profit", "stop_loss", "reduce_only"))
_OWN_ID: Final[Mapping[str, Any]] = {"client_id": CLIENT_ID, "client_id_hint": CLIENT_ID_HINT}
_OF_CONTRACTS: Final = AlgoRules(
    kinds={
        "conditional": AlgoWords((), ("size", "take_profit", "stop_loss", "reduce_only")),
        "trigger": _TRIGGER,
        "trailing_stop": AlgoWords(("callback_spread",), ("activation_price", "reduce_only")),
    },
    lacks=_LACKS,
    **_OWN_ID,
)
_OF_PAIRS: Final = AlgoRules(
    kinds={"conditional": AlgoWords(("size",), ("take_profit", "stop_loss")), "trigger": _TRIGGER},
    lacks=_LACKS,
    sources=("last",),
    **_OWN_ID,
)
_RULES: Final = {"linear": _OF_CONTRACTS, "inverse": _OF_CONTRACTS, "spot": _OF_PAIRS}
_OWN: Final = {
    "symbol": "inst_id",
    "qty": "size",
    "order_link_id": "client_order_id",
    "trigger_price": "trigger",
    "trailing_stop": "callback_spread",
    "active_price": "activation_price",
}
_OF_ORDERS: Final = frozenset({
    "reduce_only", "order_type", "time_in_force", "position_idx", "close_on_trigger", "trigger_direction", "smp_type",
    "is_leverage", "market_unit", "tpsl_mode", "recv_window", "referer", "timeout",
})  # fmt: skip
_OF_POSITIONS: Final = frozenset({"reduce_only", "position_idx"})


def own_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of an algo order, Bybit's own replaced by the neutral ones. Raises ``ConfigError`` for both."""
    told: dict[str, Any] = {}
    for word, value in words.items():
        name = _OWN.get(word, word)
        if name in told:
            raise ConfigError(f"{word} and {name} are both given", hint="they say the same: give one of them")
        told[name] = value
    return told


def rules_of(product: str) -> AlgoRules:
    """Return which algo orders a category has. Raises ``ConfigError`` for one that has none."""
    if product not in _RULES:
        raise ConfigError(f"Bybit has no algo orders for {product}", hint=f"it has them for {', '.join(_RULES)}")
    return _RULES[product]


def is_at_position(new: PreparedAlgo) -> bool:
    """Tell whether it is set at a position; the others are orders that wait."""
    return new.product != "spot" and new.kind != "trigger"


# -- orders that wait ------------------------------------------------------------------------------------------------


def order_words(new: PreparedAlgo, price_of: PriceOf) -> dict[str, Any]:
    """Return the words of the order that waits. Raises ``ConfigError``, and what ``price_of`` raises."""
    _only(new, _OF_ORDERS)
    trigger: TriggerPrice = getattr(new, new.leg or "trigger")
    shared = ("inst_id", "side", "size", "client_order_id", "product")
    words = {**{name: getattr(new, name) for name in shared}, **new.options, "trigger_price": trigger.price}
    if new.kind == "trigger":
        words |= {leg: brought for leg in LEGS if (brought := getattr(new, leg)) is not None}
    if (price := new.price or trigger.limit) is not None:
        words["price"] = price
    if new.product == "spot":
        return words | {"order_filter": "StopOrder" if new.kind == "trigger" else "tpslOrder"}
    if words.get("trigger_direction") is None:
        words["trigger_direction"] = _direction(new, trigger, price_of)
    return words | {"trigger_by": PRICES[trigger.by]}


def _direction(new: PreparedAlgo, trigger: TriggerPrice, price_of: PriceOf) -> int:
    """Return Bybit's word for the way that the price must go: 1 up, 2 down."""
    now = price_of(new.product or "", new.inst_id, trigger.by)
    if now is None:
        raise ConfigError(
            f"the {trigger.by} price of {new.inst_id} is not known, so neither is the way to the trigger",
            hint="give trigger_direction=1 for a rise, 2 for a fall",
        )
    if now == trigger.price:
        raise ConfigError(f"the {trigger.by} price is {now:f} already: nothing would have to be waited for")
    return 1 if trigger.price > now else 2


# -- what is set at a position ---------------------------------------------------------------------------------------


def stop_params(new: PreparedAlgo) -> dict[str, Any]:
    """Return the parameters of what is set at a position. Raises ``ConfigError`` for what cannot be right."""
    from okx_sync.exchanges.bybit.position.rest import PositionEndpoints  # streams alone do without REST

    own = _trailing_stop(new) if new.kind == "trailing_stop" else _take_profit_or_stop_loss(new)
    if new.options.get("reduce_only") is False:
        raise ConfigError("reduce_only cannot be False", hint="Bybit sets it at a position, which it closes")
    index = new.options.get("position_idx")
    params = {"category": new.product, "symbol": new.inst_id, "position_idx": 0 if index is None else index, **own}
    endpoint = next(one for one in PositionEndpoints.endpoints if one.name == "set_trading_stop")
    endpoint.to_wire(endpoint.bind((), params))  # which checks them
    return params


def _take_profit_or_stop_loss(new: PreparedAlgo) -> dict[str, Any]:
    """Return those of a size, which is added to others, or in mode Full those of the whole position."""
    _only(new, _OF_POSITIONS | {"tpsl_mode"})
    mode, leg = new.options.get("tpsl_mode"), new.leg
    assert leg is not None  # a conditional order has one
    if mode is not None:
        check_word("tpsl_mode", mode, ("Full", "Partial"))
    if (new.size is None) != (mode == "Full"):
        raise ConfigError(
            "size and tpsl_mode do not go together",
            hint="give size=, or tpsl_mode='Full' for the whole position, which replaces what that has",
        )
    trigger: TriggerPrice = getattr(new, leg)
    if mode == "Full" and trigger.limit is not None:
        raise ConfigError("tpsl_mode 'Full' has market orders only", hint="leave out the limit, or give size=")
    size = {} if new.size is None else {LEGS[leg].size: new.size}
    return {"tpsl_mode": mode or "Partial", **trigger_params(leg, trigger, is_new=True), **size}


def _trailing_stop(new: PreparedAlgo) -> dict[str, Any]:
    """Return one of the whole position, at a distance from the best price."""
    _only(new, _OF_POSITIONS | {"callback_spread"})
    start = {} if new.trigger is None else {"active_price": new.trigger.price}
    return {"tpsl_mode": "Full", "trailing_stop": new.options["callback_spread"], **start}


def _only(new: PreparedAlgo, known: frozenset[str]) -> None:
    """Raise ``ConfigError`` for an option that would be dropped."""
    from okx_sync.rest.arguments import renamed  # streams alone do without REST

    renamed(f"orders.place_algo({new.kind!r})", new.options, {}, known)
