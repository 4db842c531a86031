"""Orders are written down before they are sent, whichever way they go: what a call tells the journal. No I/O here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import attrs

from okx_sync.errors import OkxError, OrderStatusUnknown
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint

__all__ = ["JournalWriter", "JournaledOrder", "Journaling"]


@attrs.frozen(kw_only=True)
class JournaledOrder:
    """An order that was meant to be sent, and what is known of it.

    ``sent_at``: epoch ms on the exchange's clock; ``product``: the exchange's product type, where the request names
    it; ``order_id``: what the exchange calls the order, where it has answered; ``end``: its status once it is over,
    with what was filled of it then, and at which price; ``sends``: how many requests of this id nobody has told the end
    of.
    """

    client_order_id: str
    inst_id: str
    sent_at: int
    product: str | None = None
    order_id: str | None = None
    end: str | None = None
    filled: str = "0"
    average_price: str | None = None
    sends: int = 1


class JournalWriter(Protocol):
    """Where orders are written down."""

    def intend(self, orders: Sequence[JournaledOrder]) -> None:
        """Write that these are about to be sent. Raises ``JournalError``: they are not to be sent then."""

    def answered(self, client_order_id: str, order_id: str) -> None:
        """Write how the exchange calls an order. Never raises."""

    def refused(self, client_order_id: str) -> None:
        """Write that a request was not taken: its order never was. Never raises."""


class Journaling:
    """Tells a journal of the orders of one exchange's calls.

    Args:
        journal: of the account.
        dialect: names the ids of an order, and tells which calls place one that is to be found again.
    """

    def __init__(self, journal: JournalWriter, dialect: RestDialect) -> None:
        self._journal = journal
        self._dialect = dialect
        self._instrument = dialect.order_keys[0]
        self._own_id = (dialect.own_ids or dialect.order_keys[-1:])[0]

    def before(self, endpoint: Endpoint, params: Mapping[str, Any], sent_at: int) -> Sequence[JournaledOrder]:
        """Write down the orders that a call is about to place; nothing for any other call.

        ``params`` by wire name, with the ids filled in; ``sent_at``: epoch ms. Raises ``JournalError``.
        """
        if endpoint.path not in self._dialect.journaled:
            return ()
        scope = {name: params[name] for name in self._dialect.order_scope if name in params}
        rows = [{**scope, **row} for row in call_rules.rows_of(endpoint, params)]
        orders = [self._order(row, sent_at) for row in rows if self._own_id in row]
        self._journal.intend(orders)
        return orders

    def anew(self, orders: Sequence[JournaledOrder], sent_at: int) -> Sequence[JournaledOrder]:
        """Write that the orders were not taken at the time that was written, and are about to be sent.

        An order is known again by the time of its sending. Raises ``JournalError``.
        """
        for order in orders:
            self._journal.refused(order.client_order_id)
        again = [attrs.evolve(order, sent_at=sent_at) for order in orders]
        self._journal.intend(again)
        return again

    def _order(self, row: Mapping[str, Any], sent_at: int) -> JournaledOrder:
        product = next((str(row[name]) for name in self._dialect.product_keys if name in row), None)
        inst_id, own_id = str(row.get(self._instrument, "")), str(row[self._own_id])
        return JournaledOrder(client_order_id=own_id, inst_id=inst_id, sent_at=sent_at, product=product)

    def failed(
        self, orders: Sequence[JournaledOrder], error: BaseException, certain: type[BaseException] = OkxError
    ) -> None:
        """Write that none of the orders was taken, unless the error leaves that open; a ``certain`` one does not."""
        if isinstance(error, OkxError | certain) and not isinstance(error, OrderStatusUnknown):
            for order in orders:
                self._journal.refused(order.client_order_id)

    def answered(self, orders: Sequence[JournaledOrder], reply: Reply) -> None:
        """Write what a judged reply tells of each order: one row for each, in their order."""
        ids = self._dialect.new_ids or self._dialect.order_keys[1:2]
        for number, (order, row) in enumerate(zip(orders, reply.rows, strict=False)):
            if number in reply.unknown or not isinstance(row, dict):
                continue
            if self._dialect.row_refusal(row) is not None:
                self._journal.refused(order.client_order_id)
            elif order_id := next((row[name] for name in ids if row.get(name)), None):
                self._journal.answered(order.client_order_id, str(order_id))
