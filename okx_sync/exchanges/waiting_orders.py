"""An order that waits for a price, told as a plain one: for the check of a change of it."""

from __future__ import annotations

from okx_sync.algo_types import AlgoUpdate
from okx_sync.state.orders.order_state import OrderState

__all__ = ["as_order"]


def as_order(update: AlgoUpdate, *, stops_close: bool = False) -> OrderState:
    """Return it with its size, and the highest of the prices that it names.

    ``stops_close``: whether take-profits and stop-losses of the exchange are always of a position; those without a size
    are.
    """
    triggers = [one for one in (update.trigger, update.take_profit, update.stop_loss) if one is not None]
    prices = [price for one in triggers for price in (one.price, one.limit) if price is not None]
    is_stop = update.kind in ("conditional", "oco")
    return OrderState(
        inst_id=update.inst_id,
        order_id=update.algo_id or "",
        client_order_id=update.client_order_id,
        status="live",
        side=update.side,
        position_side=update.position_side,
        size=update.size,
        price=max(prices, default=None),
        reduce_only=update.reduce_only or (is_stop and (stops_close or update.size is None)),
        raw=update.raw,
    )
