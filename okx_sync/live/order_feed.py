"""Feeds an order manager from a stream, push by push, so that a row that cannot be read is noticed."""

from __future__ import annotations

from collections.abc import Callable

from okx_sync.delivery.push_callback import AssembledPush, AssembledPushCallback
from okx_sync.errors import DecodeError
from okx_sync.protocol.events import Push
from okx_sync.state.orders.order_manager import OrderManager

__all__ = ["OrderFeed"]


class OrderFeed(AssembledPushCallback):
    """Feeds an order manager from a stream.

    Args:
        lists_open: Whether a push lists all open orders; None on streams that never do.
    """

    def __init__(self, manager: OrderManager, lists_open: Callable[[Push], bool] | None = None) -> None:
        self._manager = manager
        self._lists_open = lists_open
        self._is_first = True

    def __call__(self, whole: AssembledPush) -> None:
        """Take in one push; rows that cannot be read leave the manager unsynced."""
        is_read = whole.is_complete
        for row in whole.rows:
            try:
                self._manager.apply(row)
            except DecodeError as error:
                self._manager.row_lost(error)
                is_read = False
        if not whole.is_complete:  # reported where it was read
            self._manager.row_lost()
        # Later lists come after a loss, and do not tell what became of the orders that are not in them.
        if self._is_first and self._lists_open is not None and self._lists_open(whole.push):
            self._is_first = False
            if is_read and self._has_all(whole):
                self._manager.mark_synced(True)

    def _has_all(self, whole: AssembledPush) -> bool:
        """Tell whether the list has each order that is known to be open: the fate of another one would be unknown."""
        listed = {row.to_update().order_id for row in whole.rows}
        return all(order.order_id in listed for order in self._manager.open)

    def __repr__(self) -> str:
        return "live orders"
