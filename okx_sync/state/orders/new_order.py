"""A new order in neutral words, checked whole before there is a record of it or anything is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from okx_sync.errors import ConfigError
from okx_sync.state.numbers import above_zero
from okx_sync.state.orders.order_state import PreparedOrder
from okx_sync.types import Side

__all__ = ["NEW_ORDER_WORDS", "OrderRules", "new_order"]

NEW_ORDER_WORDS: Final = ("inst_id", "side", "size", "price", "order_type", "client_order_id", "expires_at")
"""The neutral words of a new order."""

_SIDES: Final[dict[str, Side]] = {"buy": "buy", "sell": "sell"}


@attrs.frozen(kw_only=True)
class OrderRules:
    """What an exchange's new orders may be.

    ``order_types``: each neutral word for one, and whether such an order has a price; ``other_prices``: options that
    stand for the price; ``client_id``: the pattern of our own ids, and ``client_id_hint`` in words.
    """

    order_types: Mapping[str, bool]
    other_prices: tuple[str, ...] = ()
    client_id: re.Pattern[str] = re.compile(r".+")
    client_id_hint: str = "text"


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
    inst_id = given.pop("inst_id", None)
    if not isinstance(inst_id, str) or not inst_id.strip():
        raise ConfigError(f"inst_id cannot be {inst_id!r}", hint="the instrument's name as text")
    side = _SIDES[_word("side", given.pop("side", ""), _SIDES)]
    size = _above_zero("size", given.pop("size", None))
    price = _above_zero("price", given.pop("price")) if given.get("price") is not None else None
    has_price = price is not None or any(given.get(word) is not None for word in rules.other_prices)
    order_type = _word("order_type", given.pop("order_type", "limit" if has_price else "market"), rules.order_types)
    _check_price(order_type, has_price, rules)
    return PreparedOrder(
        inst_id=inst_id,
        side=side,
        size=size,
        price=price,
        order_type=order_type,
        client_order_id=_client_id(given.pop("client_order_id", None), new_id, rules),
        expires_at=_time(given.pop("expires_at", None)),
        options=given,
    )


def _word(name: str, value: Any, known: Iterable[str]) -> str:
    """Return a word of a list; upper and lower case count as equal."""
    words = list(known)
    for word in words:
        if isinstance(value, str) and value.lower() == word.lower():
            return word
    raise ConfigError(f"{name} cannot be {value!r}", hint=f"one of: {', '.join(words)}")


def _above_zero(name: str, value: Any) -> Decimal:
    if value is None:
        raise ConfigError(f"{name} is missing", hint=f"give {name}=")
    return above_zero(name, value)


def _check_price(order_type: str, has_price: bool, rules: OrderRules) -> None:
    if rules.order_types[order_type] and not has_price:
        others = "".join(f" or {word}=" for word in rules.other_prices)
        raise ConfigError(f"price is missing: a {order_type} order needs one", hint=f"give price={others}")
    if has_price and not rules.order_types[order_type]:
        raise ConfigError(f"price is not for a {order_type} order", hint="leave it out, or give order_type='limit'")


def _client_id(value: Any, new_id: Callable[[], str], rules: OrderRules) -> str:
    if value is None or value == "":
        return new_id()
    if not isinstance(value, str) or not rules.client_id.fullmatch(value):
        raise ConfigError(f"client_order_id cannot be {value!r}", hint=rules.client_id_hint)
    return value


def _time(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ConfigError(f"expires_at cannot be {value!r}", hint="epoch milliseconds, as a whole number")
    return value
