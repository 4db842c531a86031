"""Which of two pieces of news of an order is the later one, by whatever way and in whatever order they came.

Two ask that: the table of orders, to know which facts are the newest; and the memory of what a stream has delivered, to
know whether a row (pushed, or recovered over REST) says more than was delivered, so that it is handed on. What an order
went through shows best in what cannot go back: that it is over, and how much of it is filled. A time comes behind that,
since the same fill may carry the time of the trade or of the change that it made.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from okx_sync.state.orders.order_state import RANK
from okx_sync.types import FINAL, OrderStatus

__all__ = ["OrderMoment"]


class OrderMoment(NamedTuple):
    """Where news stands in the life of its order. ``at``: epoch ms of the change, None where that is not to count."""

    status: OrderStatus
    filled: Decimal
    at: int | None

    def compared_to(self, known: OrderMoment) -> int:
        """Return a number above 0 when this is later than ``known``, below 0 when earlier, 0 when nothing tells."""
        is_over = self.status in FINAL
        if is_over != (known.status in FINAL):
            return 1 if is_over else -1
        if self.filled != known.filled:
            return 1 if self.filled > known.filled else -1
        if (self.at is None) != (known.at is None):
            return 0
        return (self.at or 0) - (known.at or 0) or RANK[self.status] - RANK[known.status]
