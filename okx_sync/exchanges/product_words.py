"""``product``, the neutral word for what Bitget calls product type or category, and Bybit category.

Instruments of several products may share a name (``BTCUSDT`` is a pair and a contract). Which is meant is what the user
says, else what the name leaves open, else the usual one; an order never goes to one of several by chance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from okx_sync.errors import ConfigError

__all__ = ["PAIR", "either_product", "product_by_name", "said_product"]

PAIR: Final = re.compile(r"[A-Z0-9]{2,}(BTC|ETH|EUR|GBP|BRL|TRY|PLN|DAI|MNT|BGB)")
"""A name that ends in a currency in which pairs are quoted and no contract is: ``ETHBTC``, ``USDTEUR``."""

P = TypeVar("P")


def either_product(product: P | None, category: P | None) -> P | None:
    """Return what is said by either word; None where neither is. Raises ``ConfigError`` for both."""
    if product is not None and category is not None:
        raise ConfigError("both product and category are given", hint="they say the same: give one of them")
    return category if product is None else product


def said_product(options: dict[str, Any]) -> Any:
    """Take the product out of the options of a call, ``product`` or ``category``; None where neither is said.

    Raises ``ConfigError`` for both.
    """
    return either_product(options.pop("product", None), options.pop("category", None))


def product_by_name(inst_id: str, may_be: Sequence[str], usual: str) -> str:
    """Return the product of an instrument whose name leaves these: the usual one where that is among them.

    So it is where the name says nothing (``may_be`` is empty). Raises ``ConfigError`` where several others are.
    """
    if usual in may_be or not may_be:
        return usual
    if len(may_be) != 1:
        raise ConfigError(f"{inst_id} may be of {' or '.join(may_be)}", hint=f"say which: product={may_be[0]!r}")
    return may_be[0]
