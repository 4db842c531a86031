"""``OrderIntent``: what a request to place or to change an order asks for, in neutral words. Read before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from attrs import frozen

__all__ = ["CLOSING_SIDES", "BestPrices", "OrderIntent", "amount_in", "dearest_in", "is_flagged"]

CLOSING_SIDES: Final = frozenset({("long", "sell"), ("short", "buy")})
"""A position in hedge mode, and the side of an order that closes it."""


@frozen(kw_only=True)
class OrderIntent:
    """An order, or a change of one, as it is asked for.

    ``path``: of the call; ``product``: the exchange's product type where names of instruments are shared; ``side``: of
    the order itself, whatever the wire calls it, and ``position_side`` the position that it is for in hedge mode.
    ``size``: in the unit of the instrument's orders, or of money to spend with ``in_quote``. ``price``: the highest of
    those that it names, None at the market. ``closes``: it can only make a position smaller; ``closes_all``: it closes
    one whole, and has no size of its own. ``is_priced_otherwise``: its price is said in another unit. ``waits`` for a
    price in a list of its own, beside that of the open orders. ``heir_id``: the caller's own id of the order that takes
    the place of a changed one. What is not said is None.
    """

    path: str
    inst_id: str | None
    product: str | None = None
    side: Literal["buy", "sell"] | None = None
    position_side: Literal["long", "short"] | None = None
    size: Decimal | None = None
    in_quote: bool = False
    price: Decimal | None = None
    is_priced_otherwise: bool = False
    closes: bool = False
    closes_all: bool = False
    waits: bool = False
    order_id: str | None = None
    client_order_id: str | None = None
    heir_id: str | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The ids by which the order is known, or will be."""
        given = (self.heir_id,) if self.heir_id else (self.order_id, self.client_order_id)
        return frozenset(one for one in given if one)


class BestPrices(NamedTuple):
    """The best bid and ask of an instrument; None where a side is empty or not told."""

    bid: Decimal | None
    ask: Decimal | None


def amount_in(row: Mapping[str, Any], *names: str) -> Decimal | None:
    """Return the first of these amounts that a row of a request names; None for none, and for what is no number."""
    value = next((row[name] for name in names if row.get(name) not in (None, "")), None)
    try:
        found = None if value is None or isinstance(value, bool) else Decimal(str(value))
    except ArithmeticError:
        return None
    return found if found is not None and found.is_finite() else None


def dearest_in(row: Mapping[str, Any], names: Iterable[str]) -> Decimal | None:
    """Return the highest of these prices that a row of a request names; what is not above 0 means at the market."""
    found = [price for name in names if (price := amount_in(row, name)) is not None and price > 0]
    return max(found, default=None)


def is_flagged(row: Mapping[str, Any], name: str) -> bool:
    """Tell whether a row of a request says yes to something, in any word for it."""
    return str(row.get(name, "")).lower() in ("true", "yes")
