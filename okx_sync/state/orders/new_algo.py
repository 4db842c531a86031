"""A new algo order in neutral words, checked whole before there is a record of it or anything is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, get_args

import attrs

from okx_sync.algo_types import AlgoKind, AlgoLeg, PriceSource, TriggerPrice
from okx_sync.checks import check_flag
from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import above_zero
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.new_order import (
    check_sides,
    client_id_of,
    known_instrument,
    known_side,
    known_word,
)
from okx_sync.types import Side

__all__ = ["NEW_ALGO_WORDS", "AlgoRules", "AlgoWords", "new_algo"]

NEW_ALGO_WORDS: Final = (
    "kind", "inst_id", "side", "size", "price", "trigger", "take_profit", "stop_loss", "callback_ratio",
    "callback_spread", "activation_price", "reduce_only", "client_order_id",
)  # fmt: skip
"""The neutral words of a new algo order."""

_KINDS: Final[tuple[AlgoKind, ...]] = get_args(AlgoKind)
_TRIGGERS: Final = ("trigger", "take_profit", "stop_loss")
_LEGS: Final[tuple[AlgoLeg, ...]] = ("take_profit", "stop_loss")
_AMOUNTS: Final = ("size", "price", "callback_ratio", "callback_spread", "activation_price")
_OF_ALL: Final = frozenset({"kind", "inst_id", "side", "client_order_id"})
_ENTRY: Final[dict[Side, Side]] = {"buy": "sell", "sell": "buy"}


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)


@attrs.frozen
class AlgoWords:
    """Which neutral words a kind of algo order takes on an exchange, besides those of all kinds, and which it needs."""

    needs: frozenset[str] = attrs.field(converter=_set)
    more: frozenset[str] = attrs.field(converter=_set, default=())


@attrs.frozen(kw_only=True)
class AlgoRules:
    """What an exchange's new algo orders may be.

    ``kinds``: those that it has. ``lacks``: what to do instead of one that it has not, where there is something.
    ``sources``: the prices that can fire one. ``client_id``: the pattern of our own ids, ``client_id_hint`` in words.
    """

    kinds: Mapping[AlgoKind, AlgoWords]
    lacks: Mapping[AlgoKind, str] = attrs.field(factory=dict)
    sources: tuple[PriceSource, ...] = ("last", "mark", "index")
    client_id: re.Pattern[str] = re.compile(r".+")
    client_id_hint: str = "text"


def new_algo(
    words: Mapping[str, Any], new_id: Callable[[], str], rules: AlgoRules, product: str | None = None
) -> PreparedAlgo:
    """Make the algo order that ``words`` ask for: the neutral ones by name, all others are its options.

    The distance of a trailing stop and ``reduce_only`` are among the options, too; the price from which it follows is
    its trigger.

    Args:
        words: what was given; None counts as left out.
        new_id: makes an id for one that was given none.
        rules: the exchange's.
        product: the exchange's product type, where it is known.

    Raises:
        ConfigError: naming the word that cannot be right.
    """
    given = {word: value for word, value in words.items() if value is not None}
    kind = _kind(given.pop("kind", ""), rules)
    inst_id, side = known_instrument(given.pop("inst_id", None)), known_side(given.pop("side", ""))
    _check_words(kind, given, rules.kinds[kind])
    amounts: dict[str, Decimal] = {word: above_zero(word, given.pop(word)) for word in _AMOUNTS if word in given}
    triggers: dict[str, Any] = {word: _trigger(word, given.pop(word), rules) for word in _TRIGGERS if word in given}
    leg = _leg(kind, triggers)
    _check_legs(kind, side, triggers, amounts)
    own_id = client_id_of(given.pop("client_order_id", None), new_id, rules.client_id, rules.client_id_hint)
    if "reduce_only" in given:
        check_flag("reduce_only", given["reduce_only"])
    if "activation_price" in amounts:
        triggers["trigger"] = TriggerPrice(amounts.pop("activation_price"))
    size, price = amounts.pop("size", None), amounts.pop("price", None)
    return PreparedAlgo(
        inst_id=inst_id,
        kind=kind,
        leg=leg,
        side=side,
        size=size,
        price=price,
        **triggers,
        client_order_id=own_id,
        product=product,
        options={**given, **amounts},
    )


def _kind(value: Any, rules: AlgoRules) -> AlgoKind:
    """Return the kind. Raises ``ConfigError`` for one that the exchange lacks."""
    word = known_word("kind", value, _KINDS)
    for kind in rules.kinds:
        if kind == word:
            return kind
    instead = next((hint for kind, hint in rules.lacks.items() if kind == word), None)
    raise ConfigError(
        f"this exchange has no algo orders of the kind {word!r}", hint=instead or f"it has {', '.join(rules.kinds)}"
    )


def _check_words(kind: AlgoKind, given: Mapping[str, Any], words: AlgoWords) -> None:
    """Raise ``ConfigError`` for a neutral word that such a one does not take here, and for one that is missing."""
    for word in given.keys() & {*NEW_ALGO_WORDS} - _OF_ALL - words.needs - words.more:
        raise ConfigError(f"{word} is not for a {kind} order here", hint="leave it out")
    for word in sorted(words.needs - given.keys()):
        raise ConfigError(f"{word} is missing: a {kind} order needs it here", hint=f"give {word}=")


def _trigger(name: str, value: Any, rules: AlgoRules) -> TriggerPrice:
    trigger = TriggerPrice.of(name, value)
    if trigger.by not in rules.sources:
        raise ConfigError(f"{name} cannot be fired by the {trigger.by} price here", hint=" or ".join(rules.sources))
    return trigger


def _leg(kind: AlgoKind, triggers: Mapping[str, TriggerPrice]) -> AlgoLeg | None:
    """Return the side of a conditional order. Raises ``ConfigError`` for one with none or both."""
    if kind != "conditional":
        return None
    legs = [leg for leg in _LEGS if leg in triggers]
    if len(legs) != 1:
        raise ConfigError("a conditional order is a take_profit or a stop_loss", hint="one of both; an oco has both")
    return legs[0]


def _check_legs(
    kind: AlgoKind, side: Side, triggers: Mapping[str, TriggerPrice], amounts: Mapping[str, Decimal]
) -> None:
    """Raise ``ConfigError`` for legs that stand the wrong way round, and for a trail of both kinds.

    Those of an order that exits are on the sides that the order which has entered had.
    """
    legs: dict[str, Any] = {leg: triggers[leg] for leg in _LEGS if leg in triggers}
    if kind == "trigger":
        trigger = triggers["trigger"]
        if trigger.limit is not None and amounts.get("price", trigger.limit) != trigger.limit:
            raise ConfigError("price and the limit of trigger contradict each other", hint="give one of them")
        check_sides(side, amounts.get("price") or trigger.limit or trigger.price, **legs)
    else:
        check_sides(_ENTRY[side], None, **legs)
    if {"callback_ratio", "callback_spread"} <= amounts.keys():
        raise ConfigError("callback_ratio and callback_spread are both given", hint="give one of them")
