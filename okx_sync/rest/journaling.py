"""Orders are written down before they are sent, whichever way they go: what a call tells the journal. No I/O here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import attrs

from okx_sync.algo_types import AlgoKind, AlgoLeg, TriggerPrice
from okx_sync.errors import OkxError, OrderStatusUnknown
from okx_sync.rest import call_rules
from okx_sync.rest.algo_intent import AlgoIntent
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rows import Row
from okx_sync.rows.tolerant import value_or_none
from okx_sync.types import Side

__all__ = ["JournalWriter", "JournaledOrder", "Journaling", "algo_keys"]


@attrs.frozen(kw_only=True)
class JournaledOrder:
    """An order that was meant to be sent, and what is known of it.

    ``sent_at``: epoch ms on the exchange's clock; ``product``: the exchange's product type, where the request names
    it; ``order_id``: what the exchange calls the order, where it has answered; ``end``: its status once it is over,
    with what was filled of it then, and at which price; ``sends``: how many requests of this id nobody has told the end
    of; ``path``: of the call that places it. An algo order has the facts of an ``AlgoIntent``, and the client order id
    of the order with which it came, its ``parent``; its own is empty where it has none; ``legs``: what fires its sides
    (price, which price must reach it, limit), of one that nothing else tells from others. ``also``: the algo orders
    that a request of an order places with it. ``is_renewal``: it takes the place of another order, whose ids the answer
    tells.
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
    is_algo: bool = False
    kind: AlgoKind | None = None
    leg: AlgoLeg | None = None
    side: Side | None = None
    parent: str | None = None
    legs: Mapping[str, Sequence[str | None]] = attrs.field(factory=dict)
    path: str = ""
    also: tuple[JournaledOrder, ...] = ()
    is_renewal: bool = False

    @property
    def key(self) -> str:
        """What it is called in the journal: orders and algo orders may have one id of ours."""
        return algo_keys(self.client_order_id, self.parent, self.leg)[0] if self.is_algo else self.client_order_id

    def entry(self) -> dict[str, Any]:
        """Return the entry that tells of it: what only algo orders have is left out of that of an order."""
        told = {name: getattr(self, name) for name in _WRITTEN}
        return told | {name: value for name in _OF_ALGOS if (value := getattr(self, name))}


_OF_ALGOS: Final = ("is_algo", "kind", "leg", "side", "parent", "legs")
_UNWRITTEN: Final = (*_OF_ALGOS, "also", "is_renewal")
_WRITTEN: Final = tuple(one.name for one in attrs.fields(JournaledOrder) if one.name not in _UNWRITTEN)


def algo_keys(client_order_id: str | None, parent: str | None, leg: str | None) -> tuple[str, ...]:
    """Return what an algo order may be called in a journal, that by which it was written first.

    One without an id of ours is known by its order and side; of one for both sides, one may be left by now.
    """
    if client_order_id:
        return (f"algo {client_order_id}",)
    return f"algo of {parent} {leg or 'both'}", f"algo of {parent} both"


class JournalWriter(Protocol):
    """Where orders are written down."""

    @property
    def follows_algos(self) -> bool:
        """Whether the ends of algo orders are written, too; else they are left out."""

    def intend(self, orders: Sequence[JournaledOrder]) -> None:
        """Write that these are about to be sent. Raises ``JournalError``: they are not to be sent then."""

    def answered(self, key: str, order_id: str) -> None:
        """Write how the exchange calls an order. Never raises."""

    def refused(self, key: str) -> None:
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
        path, dialect = endpoint.path, self._dialect
        is_algo = path in dialect.journaled_algos and self._journal.follows_algos
        renews = endpoint.options.get("renews")
        if (path not in dialect.journaled and not is_algo) or (renews and not _is_renewed(endpoint, params)):
            return ()
        scope = {name: params[name] for name in self._dialect.order_scope if name in params}
        rows = [{**scope, **row} for row in call_rules.rows_of(endpoint, params)]
        if is_algo:
            found = [(row, intent) for row in rows for intent in dialect.algo_intents(path, row)]
            orders = [self._algo(row, intent, sent_at) for row, intent in found if intent.client_order_id]
        else:
            own = renews or self._own_id
            orders = [self._order(path, row, row[own], sent_at, bool(renews)) for row in rows if own in row]
        self._journal.intend(_with_all(orders))
        return orders

    def anew(self, orders: Sequence[JournaledOrder], sent_at: int) -> Sequence[JournaledOrder]:
        """Write that the orders were not taken at the time that was written, and are about to be sent.

        An order is known again by the time of its sending. Raises ``JournalError``.
        """
        self._refused(orders)
        again = [_sent_at(order, sent_at) for order in orders]
        self._journal.intend(_with_all(again))
        return again

    def _order(self, path: str, row: Mapping[str, Any], named: Any, sent_at: int, is_renewal: bool) -> JournaledOrder:
        own_id = str(named)
        facts: dict[str, Any] = {**self._place(row), "sent_at": sent_at, "path": path}
        order = JournaledOrder(client_order_id=own_id, **facts, is_renewal=is_renewal)
        if not self._journal.follows_algos:
            return order
        intents = self._dialect.algo_intents(path, row)
        return attrs.evolve(order, also=tuple(self._algo(row, one, sent_at, own_id) for one in intents))

    def _algo(
        self, row: Mapping[str, Any], intent: AlgoIntent, sent_at: int, order_id: str | None = None
    ) -> JournaledOrder:
        return JournaledOrder(
            client_order_id=intent.client_order_id or "",
            **self._place(row),
            sent_at=sent_at,
            is_algo=True,
            kind=intent.kind,
            leg=intent.leg,
            side=intent.side,
            parent=order_id if intent.is_attached else None,
            legs={leg: _written(trigger) for leg, trigger in intent.legs.items()},
        )

    def _place(self, row: Mapping[str, Any]) -> dict[str, Any]:
        product = next((str(row[name]) for name in self._dialect.product_keys if name in row), None)
        return {"inst_id": str(row.get(self._instrument, "")), "product": product}

    def _refused(self, orders: Sequence[JournaledOrder]) -> None:
        for order in _with_all(orders):
            self._journal.refused(order.key)

    def failed(
        self, orders: Sequence[JournaledOrder], error: BaseException, certain: type[BaseException] = OkxError
    ) -> None:
        """Write that none of the orders was taken, unless the error leaves that open; a ``certain`` one does not."""
        if isinstance(error, OkxError | certain) and not isinstance(error, OrderStatusUnknown):
            self._refused(orders)

    def answered(self, orders: Sequence[JournaledOrder], reply: Reply) -> None:
        """Write what a judged reply tells of each order: one row for each, in their order."""
        ids = self._dialect.new_ids or self._dialect.order_keys[1:2]
        for number, (order, row) in enumerate(zip(orders, reply.rows, strict=False)):
            if number in reply.unknown or not isinstance(row, dict):
                continue
            if self._dialect.row_refusal(row) is not None:
                self._refused((order,))
            elif not order.is_renewal and (order_id := next((row[name] for name in ids if row.get(name)), None)):
                self._journal.answered(order.key, str(order_id))

    def looked_up(self, asked: Mapping[str, str], order: Row) -> None:
        """Write how the exchange calls an order that was looked up, and whose identity is proved."""
        ids = self._dialect.new_ids or self._dialect.order_keys[1:2]
        order_id = next((found for name in ids if (found := value_or_none(order, name))), None)
        if order_id is not None and asked.get(self._own_id):
            self._journal.answered(asked[self._own_id], str(order_id))


def _is_renewed(endpoint: Endpoint, params: Mapping[str, Any]) -> bool:
    """Tell whether a change makes a new order: some leave the order what it is."""
    changes = endpoint.options.get("together", ())
    return not changes or any(one.wire in params for one in endpoint.params if one.name in changes)


def _written(trigger: TriggerPrice) -> list[str | None]:
    return [f"{trigger.price:f}", trigger.by, None if trigger.limit is None else f"{trigger.limit:f}"]


def _with_all(orders: Sequence[JournaledOrder]) -> list[JournaledOrder]:
    """Return the orders, and what comes with each behind it."""
    return [one for order in orders for one in (order, *order.also)]


def _sent_at(order: JournaledOrder, sent_at: int) -> JournaledOrder:
    return attrs.evolve(order, sent_at=sent_at, also=tuple(_sent_at(one, sent_at) for one in order.also))
