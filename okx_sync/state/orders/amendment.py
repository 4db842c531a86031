"""A change of an order or algo order, checked before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from okx_sync.algo_types import TriggerPrice
from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import above_zero
from okx_sync.state.orders.algo_state import AlgoState
from okx_sync.state.orders.order_state import OrderState

__all__ = ["checked_algo_change", "checked_change"]

_Size = Decimal | int | str


def checked_change(
    order: OrderState, size: _Size | None, price: _Size | None, options: Mapping[str, Any]
) -> tuple[Decimal | None, Decimal | None]:
    """Return the new size and price, None for what stays.

    Raises ``ConfigError`` where there is nothing to change, the order is over, or an amount is none.
    """
    _check(order, {"size": size, "price": price, **options}, "give size=, price=, or both")
    new_size = None if size is None else above_zero("size", size)
    return new_size, None if price is None else above_zero("price", price)


def checked_algo_change(algo: AlgoState, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to change, as ``AlgoSender.amend_algo`` takes it. Raises as :func:`checked_change`."""
    _check(algo, words, "give size=, price=, trigger=, take_profit= or stop_loss=")
    changes = {word: value for word, value in words.items() if value is not None}
    for word in changes.keys() & {"size", "price"}:
        changes[word] = above_zero(word, changes[word])
    for word in changes.keys() & {"trigger", "take_profit", "stop_loss"}:
        is_removed = word != "trigger" and changes[word] in (0, "0")
        changes[word] = Decimal(0) if is_removed else _trigger(algo, word, changes[word])
    return changes


def _trigger(algo: AlgoState, word: str, value: Any) -> TriggerPrice:
    """Return a new trigger. A price alone is compared with what the present one is.

    Raises ``ConfigError`` for a price alone where a limit order is sent: it would become a market order.
    """
    new, now = TriggerPrice.of(word, value), getattr(algo, word)
    if now is None or isinstance(value, TriggerPrice):
        return new
    if now.limit is not None:
        hint = f"give {word}=TriggerPrice({new.price:f}, by={now.by!r}, limit=...), without limit= for a market order"
        raise ConfigError(
            f"{word} sends a limit order at {now.limit:f}, and {value} does not say at what price", hint=hint
        )
    return attrs.evolve(new, by=now.by)


def _check(order: OrderState | AlgoState, words: Mapping[str, Any], hint: str) -> None:
    if "wait" in words:
        raise ConfigError("amend() waits for the exchange's answer: it takes no wait=", hint="use a thread")
    if not {word for word, value in words.items() if value is not None} - {"timeout", "expires_at"}:
        raise ConfigError("amend() needs something to change", hint=hint)
    if order.is_done:
        raise ConfigError(f"the order is over: {order}", hint="look at is_open first, or place a new one")
