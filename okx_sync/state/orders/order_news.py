"""Which of two pieces of news of an order is the later one, whatever their ways and their order of arrival.

Two ask that: the table of orders, to know which facts are the newest; and the memory of what a stream has delivered, to
know whether a row (pushed, or recovered over REST) says more than was delivered, so that it is handed on. What an order
went through shows best in what cannot go back: that it is over, and how much of it is filled. A time comes behind that,
since the same fill may carry the time of the trade or of the change that it made.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from okx_sync.state.orders.order_state import RANK
from okx_sync.types import OrderStatus

__all__ = ["OrderMoment", "is_older"]

_OVER: Final = RANK["filled"]
# Exchanges refuse the login of a clock that is off by more than half a minute.
_CLOCKS_DIFFER_MS: Final = 60_000


class OrderMoment(NamedTuple):
    """Where news stands in the life of its order. ``at``: epoch ms of the change, None where nobody tells it."""

    status: OrderStatus
    filled: Decimal
    at: int | None

    def compared_to(self, known: OrderMoment, *, by_time: bool = True) -> int:
        """Return a number above 0 when this is later than ``known``, below 0 when earlier, 0 when nothing tells.

        ``by_time``: False for news of a fill that was told already. It may carry the time of the trade (recovered) or
        that of the change (pushed), so that only an end or more that is filled can make it later.
        """
        rank, other = RANK[self.status], RANK[known.status]
        if rank != other and _OVER in (rank, other):
            return rank - other
        if self.filled != known.filled:
            return 1 if self.filled > known.filled else -1
        if not by_time or (self.at is None) != (known.at is None):
            return 0
        return (self.at or 0) - (known.at or 0) or rank - other


def is_older(recovered: bool, at: int | None, sent_at: int | None) -> bool:
    """Tell whether what the news is of was there, or traded, ``at`` a time before ours was sent.

    Only what is fetched later can be of an order that ended before: what is pushed happens now.
    """
    return recovered and at is not None and sent_at is not None and at < sent_at - _CLOCKS_DIFFER_MS
