"""A new order in neutral words, checked whole before there is a record of it or anything is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, Literal

import attrs

from okx_sync.algo_types import AlgoLeg, TriggerPrice
from okx_sync.checks import check_inst_id, did_you_mean
from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import above_zero
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import Side

__all__ = [
    "NEW_ORDER_WORDS",
    "OrderRules",
    "check_sides",
    "client_id_of",
    "known_instrument",
    "known_side",
    "known_word",
    "needed_amount",
    "new_order",
]

NEW_ORDER_WORDS: Final = (
    "inst_id", "side", "size", "price", "order_type", "client_order_id", "expires_at", "take_profit", "stop_loss",
)  # fmt: skip
"""The neutral words of a new order."""

_LEGS: Final[tuple[AlgoLeg, ...]] = ("take_profit", "stop_loss")
_EXIT: Final[dict[Side, Side]] = {"buy": "sell", "sell": "buy"}
_SIDES: Final[dict[str, Side]] = {"buy": "buy", "sell": "sell"}


@attrs.frozen(kw_only=True)
class OrderRules:
    """What an exchange's new orders may be.

    ``order_types``: each neutral word for one, and whether such an order has a price; ``other_prices``: options that
    stand for the price; ``client_id``: the pattern of our own ids, and ``client_id_hint`` in words. ``attaches``: what
    comes of a take profit and a stop loss of one order: an algo order for both (``together``), which has an id of ours,
    or one for each, which has none (``apart``); None where orders have neither.
    """

    order_types: Mapping[str, bool]
    other_prices: tuple[str, ...] = ()
    client_id: re.Pattern[str] = re.compile(r".+")
    client_id_hint: str = "text"
    attaches: Literal["together", "apart"] | None = None


_ANY: Final = OrderRules(order_types={"limit": True, "market": False})


def new_order(words: Mapping[str, Any], new_id: Callable[[], str], rules: OrderRules = _ANY) -> PreparedOrder:
    """Make the order that ``words`` ask for: the neutral ones by name, all others are its options.

    Args:
        words: what was given; None counts as left out.
        new_id: makes an id for an order that was given none.
        rules: the exchange's.

    Raises:
        ConfigError: naming the word that cannot be right.
    """
    given = {word: value for word, value in words.items() if value is not None}
    inst_id = known_instrument(given.pop("inst_id", None))
    side = known_side(given.pop("side", None))
    size = needed_amount("size", given.pop("size", None))
    price = needed_amount("price", given.pop("price")) if given.get("price") is not None else None
    has_price = price is not None or any(given.get(word) is not None for word in rules.other_prices)
    order_type = known_word(
        "order_type", given.pop("order_type", "limit" if has_price else "market"), rules.order_types
    )
    _check_price(order_type, has_price, rules)
    return PreparedOrder(
        inst_id=inst_id,
        side=side,
        size=size,
        price=price,
        attached=_attached(given, inst_id, side, price, new_id, rules),
        order_type=order_type,
        client_order_id=client_id_of(given.pop("client_order_id", None), new_id, rules.client_id, rules.client_id_hint),
        expires_at=_time(given.pop("expires_at", None)),
        options=given,
    )


def known_instrument(value: Any) -> str:
    """Return an instrument's name. Raises ``ConfigError`` for what is none."""
    check_inst_id(value)
    return str(value)


def known_side(value: Any) -> Side:
    """Return a side. Raises ``ConfigError`` for another word."""
    return _SIDES[known_word("side", value, _SIDES)]


def known_word(name: str, value: Any, known: Iterable[str]) -> str:
    """Return a word of a list; upper and lower case count as equal."""
    words = list(known)
    for word in words:
        if isinstance(value, str) and value.lower() == word.lower():
            return word
    if value is None:
        raise ConfigError(f"{name} is missing", hint=f"one of: {', '.join(words)}")
    meant = did_you_mean(value, words) if isinstance(value, str) else None
    hint = " ".join(filter(None, (meant, f"one of: {', '.join(words)}")))
    raise ConfigError(f"{name} cannot be {value!r}", hint=hint)


def needed_amount(name: str, value: Any) -> Decimal:
    """Return an amount that cannot be left out. Raises ``ConfigError``."""
    if value is None:
        raise ConfigError(f"{name} is missing", hint=f"give {name}=")
    return above_zero(name, value)


def _check_price(order_type: str, has_price: bool, rules: OrderRules) -> None:
    if rules.order_types[order_type] and not has_price:
        others = "".join(f" or {word}=" for word in rules.other_prices)
        raise ConfigError(f"price is missing: a {order_type} order needs one", hint=f"give price={others}")
    if has_price and not rules.order_types[order_type]:
        raise ConfigError(f"price is not for a {order_type} order", hint="leave it out, or give order_type='limit'")


def _attached(
    given: dict[str, Any], inst_id: str, side: Side, price: Decimal | None, new_id: Callable[[], str], rules: OrderRules
) -> tuple[PreparedAlgo, ...]:
    """Return the algo orders that the order brings with it, as the exchange makes them."""
    legs: dict[Any, Any] = {leg: TriggerPrice.of(leg, given.pop(leg)) for leg in _LEGS if given.get(leg) is not None}
    if not legs:
        return ()
    if rules.attaches is None:
        raise ConfigError(f"{next(iter(legs))} cannot be given with an order here", hint="this exchange has none")
    check_sides(side, price, **legs)
    exit_side = _EXIT[side]
    if rules.attaches == "together":
        both = PreparedAlgo(inst_id=inst_id, kind="oco", side=exit_side, client_order_id=new_id(), **legs)
        only = next(iter(legs)) if len(legs) == 1 else None
        return (attrs.evolve(both, kind="conditional", leg=only) if only else both,)
    each = PreparedAlgo(inst_id=inst_id, kind="conditional", side=exit_side)
    return tuple(attrs.evolve(each, leg=leg, **{leg: trigger}) for leg, trigger in legs.items())


def check_sides(
    side: Side, price: Decimal | None, take_profit: TriggerPrice | None = None, stop_loss: TriggerPrice | None = None
) -> None:
    """Raise ``ConfigError`` for a take profit or a stop loss on the wrong side of the order's price."""
    sign = 1 if side == "buy" else -1
    for name, leg, way in ("take_profit", take_profit, 1), ("stop_loss", stop_loss, -1):
        if price is not None and leg is not None and (leg.price - price) * sign * way <= 0:
            right = "above" if sign * way > 0 else "below"
            raise ConfigError(f"{name} {leg.price:f} must be {right} the price {price:f} of a {side} order")
    if take_profit is not None and stop_loss is not None and (take_profit.price - stop_loss.price) * sign <= 0:
        right = "above" if sign > 0 else "below"
        raise ConfigError(
            f"take_profit {take_profit.price:f} must be {right} stop_loss {stop_loss.price:f} for a {side} order"
        )


def client_id_of(value: Any, new_id: Callable[[], str], pattern: re.Pattern[str], hint: str) -> str:
    """Return an id of ours as it was given, or a new one. Raises ``ConfigError`` for one that the pattern forbids."""
    if value is None:
        return new_id()
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ConfigError(f"client_order_id cannot be {value!r}", hint=hint)
    return value


def _time(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ConfigError(f"expires_at cannot be {value!r}", hint="epoch milliseconds, as a whole number")
    return value
