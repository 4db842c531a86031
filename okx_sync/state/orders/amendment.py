"""A change of an order, checked before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.errors import ConfigError
from okx_sync.exact_numbers import above_zero
from okx_sync.state.orders.order_state import OrderState

__all__ = ["checked_change"]

_Size = Decimal | int | str


def checked_change(
    order: OrderState, size: _Size | None, price: _Size | None, options: Mapping[str, Any]
) -> tuple[Decimal | None, Decimal | None]:
    """Return the new size and price, None for what stays.

    Raises ``ConfigError`` where there is nothing to change, the order is over, or an amount is none.
    """
    if "wait" in options:
        raise ConfigError("amend() waits for the exchange's answer: it takes no wait=", hint="use a thread")
    changes = {word for word, value in options.items() if value is not None} - {"timeout", "expires_at"}
    if size is None and price is None and not changes:
        raise ConfigError("amend() needs something to change", hint="give size=, price=, or both")
    if order.is_done:
        raise ConfigError(f"the order is over: {order}", hint="look at is_open first, or place a new one")
    new_size = None if size is None else above_zero("size", size)
    return new_size, None if price is None else above_zero("price", price)
