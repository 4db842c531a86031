"""Money of an account in one currency, and what open orders tie up of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.venue.number_text import ZERO


@dataclass(frozen=True, slots=True)
class OrderPromise:
    """What an open order ties up.

    ``frozen``: money; ``lots``: what it may add to a position; ``fee`` and ``upkeep``: of what an order on cross margin
    would open, the fee, and what keeps that alive once it is open.
    """

    frozen: Decimal = ZERO
    lots: int = 0
    fee: Decimal = ZERO
    upkeep: Decimal = ZERO


NOTHING = OrderPromise()


@dataclass(slots=True)
class VenueBalance:
    """Money in one currency: ``cash`` is owned, ``frozen`` of it is promised to open orders.

    Of the orders on cross margin there are sums, so that nobody has to go through all orders for them: ``cross_frozen``
    of what is frozen, ``cross_fee`` and ``cross_upkeep`` as in `OrderPromise`.
    """

    ccy: str
    cash: Decimal = ZERO
    frozen: Decimal = ZERO
    uTime: int = 0
    cross_frozen: Decimal = ZERO
    cross_fee: Decimal = ZERO
    cross_upkeep: Decimal = ZERO
