"""The journal of a REST client, which hears what is answered, and not how orders end.

An order is in doubt from its intent until its request is answered or it is looked up. What was answered is kept for a
while, so that a stream client that opens the file later follows it.
"""

from __future__ import annotations

import os
from typing import Any, Final

from okx_sync.errors import OrderStatusUnknown
from okx_sync.live.journal import OrderJournal
from okx_sync.rest.dialect import RestDialect
from okx_sync.rest.journaling import JournaledOrder

__all__ = ["RestOrderJournal"]

_MOST_ANSWERED: Final = 1_000


class RestOrderJournal(OrderJournal):
    """See the module.

    Args:
        path, account, sync: As of ``OrderJournal``.
        dialect: Says which exchange it is for, and what an order's ids are called there.
    """

    def __init__(
        self, path: str | os.PathLike[str], dialect: RestDialect, *, account: str | None, sync: bool = True
    ) -> None:
        super().__init__(path, dialect.environment, account=account, sync=sync)
        self._dialect = dialect
        # Oldest first; guarded by the lock of the journal.
        self._answered = {order.key: None for order in self.unfinished if order.order_id is not None}

    @property
    def in_doubt(self) -> list[OrderStatusUnknown]:
        """The orders of which nobody has heard, oldest first, as the errors by which they are looked up."""
        return [self._lost(one) for one in self.unfinished if one.order_id is None and not one.is_algo]

    def answered(self, key: str, order_id: str) -> None:
        """Write how the exchange calls an order, which is in doubt no more. Never raises."""
        super().answered(key, order_id)
        with self._lock:
            order = self._unfinished.get(key)
            if order is None or order.order_id is None:
                return
            self._answered.pop(key, None)
            self._answered[key] = None
            oldest = next(iter(self._answered)) if len(self._answered) > _MOST_ANSWERED else None
            if oldest is not None:
                del self._answered[oldest]
        if oldest is not None:
            self.forget(oldest)

    def _lost(self, order: JournaledOrder) -> OrderStatusUnknown:
        dialect = self._dialect
        own_id = (dialect.own_ids or dialect.order_keys[-1:])[0]
        row: dict[str, Any] = {dialect.order_keys[0]: order.inst_id, own_id: order.client_order_id}
        if order.product is not None:
            row |= dict.fromkeys(dialect.product_keys, order.product)
        return OrderStatusUnknown(
            f"{order.client_order_id} was sent, and nobody has heard what became of it",
            clOrdId=order.client_order_id,
            orders=[row],
            action="place",
            sent_at=order.sent_at,
            requests=[row],
            path=order.path,
            environment=dialect.environment,
            hint=f"the order may be at the exchange: {dialect.lost_hint}; never repeat it blindly",
        )
