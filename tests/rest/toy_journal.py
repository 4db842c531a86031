"""The toy exchange with orders that are written down, and a journal that remembers what it was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.rest.algo_intent import AlgoIntent
from okx_sync.rest.journaling import JournaledOrder
from tests.rest.toy_dialect import ToyDialect

__all__ = ["HeardJournal", "JournaledDialect"]


class JournaledDialect(ToyDialect):
    """The toy exchange, whose orders are followed by a stream."""

    journaled = frozenset({"/order", "/orders", "/renewal"})
    order_scope = ("kind",)
    product_keys = ("kind",)
    journaled_algos = frozenset({"/settings"})

    def algo_intents(self, path: str, row: Mapping[str, Any]) -> Sequence[AlgoIntent]:
        """A row names the algo order that it is by ``mine``, and those that it brings by ``brings``."""
        if path in self.journaled_algos:
            return [AlgoIntent(kind="trigger", client_order_id=row.get("mine"))]
        ids = row.get("brings", ())
        return [AlgoIntent(kind="oco", side="sell", client_order_id=one, is_attached=True) for one in ids]


class HeardJournal:
    """A journal that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, ...]] = []
        self.error: Exception | None = None
        """What writing raises."""
        self.follows_algos = False

    def intend(self, orders: Sequence[JournaledOrder]) -> None:
        if self.error is not None:
            raise self.error
        self.lines += [("intent", one.key, one.inst_id, str(one.product)) for one in orders]

    def answered(self, key: str, order_id: str) -> None:
        self.lines.append(("answer", key, order_id))

    def refused(self, key: str) -> None:
        self.lines.append(("refusal", key))
