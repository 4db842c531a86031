"""The toy exchange with orders that are written down, and a journal that remembers what it was told."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.rest.journaling import JournaledOrder
from tests.rest.toy_dialect import ToyDialect

__all__ = ["HeardJournal", "JournaledDialect"]


class JournaledDialect(ToyDialect):
    """The toy exchange, whose orders are followed by a stream."""

    journaled = frozenset({"/order", "/orders"})
    order_scope = ("kind",)
    product_keys = ("kind",)


class HeardJournal:
    """A journal that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, ...]] = []
        self.error: Exception | None = None
        """What writing raises."""

    def intend(self, orders: Sequence[JournaledOrder]) -> None:
        if self.error is not None:
            raise self.error
        self.lines += [("intent", one.client_order_id, one.inst_id, str(one.product)) for one in orders]

    def answered(self, client_order_id: str, order_id: str) -> None:
        self.lines.append(("answer", client_order_id, order_id))

    def refused(self, client_order_id: str) -> None:
        self.lines.append(("refusal", client_order_id))
