"""The fills of one order, asked of REST for live orders; for all exchanges whose listing walks back in time."""

from __future__ import annotations

from typing import Any, Final

import attrs

from okx_sync.state.orders.order_state import OrderState
from okx_sync.types import FillUpdate

__all__ = ["fetched_fills"]

_SLACK_MS: Final = 60_000  # clocks differ


def fetched_fills(rows: Any, order: OrderState, earliest_ms: int) -> list[FillUpdate]:
    """Return the fills of an order, oldest first, as fetched.

    Args:
        rows: The pager of the order's fills. It walks back in slices of time, as far as the exchange keeps them: it
            is asked for none from before the order was created.
        order: Whose they are.
        earliest_ms: How far back the exchange takes a start, epoch ms.

    Raises:
        OkxError: REST could not be asked.
    """
    if order.created_at is not None and order.created_at - _SLACK_MS > earliest_ms:
        rows = rows.between(order.created_at - _SLACK_MS, None)
    found = [fill for row in rows if (fill := row.to_update()) is not None]
    return [attrs.evolve(fill, recovered=True) for fill in reversed(found)]
