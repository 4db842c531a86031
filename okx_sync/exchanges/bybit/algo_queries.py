"""What a stream client asks of Bybit's REST about algo orders: those that are open, one of them.

Bybit lists what waits for a price among the orders. Pages: "Get Open & Closed Orders", "Get Order History" of the V5
documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from okx_sync.algo_types import ALGO_FINAL, AlgoUpdate
from okx_sync.exchanges.bybit.algo_words import LEGS
from okx_sync.rest.order_identity import EXACT_MS
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos, PreparedAlgo
from okx_sync.state.orders.order_state import OrderState, StatusStep
from okx_sync.types import FINAL

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.account_queries import BybitAccountQueries
    from okx_sync.exchanges.bybit.groups import BybitGroups
    from okx_sync.exchanges.bybit.trade.models import Order

__all__ = ["BybitAlgoQueries"]

_TRIGGERS: Final = ("trigger", "take_profit", "stop_loss")
_MADE_MS: Final = 3_000  # Bybit makes the orders that an order brings in the moment in which that is filled


class BybitAlgoQueries:
    """Asks for algo orders (``AlgoQueries``).

    Args:
        account: Asks for orders.
        rest: Gives the client's REST client.
    """

    def __init__(self, account: BybitAccountQueries, rest: Callable[[], Any]) -> None:
        self._account = account
        self._rest = rest

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        """List what waits for a price, and what is attached to open orders, oldest first. Raises ``OkxError``."""
        found, lost = OpenAlgos.told_by(reversed(list(self._account.open_rows(inst_id))))
        return OpenAlgos([update for update in found if update.status not in ALGO_FINAL], lost)

    def look_up_algo(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return one algo order as it is now or as it ended; None when Bybit does not know it. Raises ``OkxError``.

        One that an order brought with it is told by that order's row until it is filled, then by the first of the
        orders that Bybit made of it. One that has no id at all, or is of an order that has none of a client, is
        recognised by what was asked for, if only one order fits; else the status is ``unknown``, with the reason.
        """
        if algo.algo_id or algo.client_order_id:
            row = self._account.row_of(_as_order(algo, algo.algo_id, algo.client_order_id))
            told = [] if row is None else row.to_algo_updates()
            return next((_fetched(update) for update in told if update.algo_id), None)
        if algo.parent_order_id or algo.parent_client_order_id:
            return self._child(algo)
        found = self.alike(algo, since_ms=algo.sent_at)
        if len(found) > 1:
            reason = f"{len(found)} orders of Bybit may be this one, which has no id of ours"
            return AlgoUpdate(inst_id=algo.inst_id, status="unknown", reason=reason, recovered=True)
        return found[0].evolved(is_inferred=True) if found else None

    def alike(self, algo: AlgoState | PreparedAlgo, since_ms: int | None = None) -> list[AlgoUpdate]:
        """List the waiting or recent orders for a position that are what was asked for. Raises ``OkxError``.

        Args:
            algo: What was asked for.
            since_ms: When, epoch ms: older orders are none of them. None for any, of those that still wait.
        """
        category = algo.product or self._account.category_of(AlgoState(inst_id=algo.inst_id))
        listing = self._groups().order.iter_open_orders
        rows: Iterable[Order] = listing(category, algo.inst_id, limit=50)
        if since_ms is not None:
            rows = [*rows, *self._groups().order.get_open_orders(category, algo.inst_id, open_only=1, limit=50)]
        found = {row.orderId: update for row in rows for update in row.to_algo_updates() if update.algo_id}
        earliest = None if since_ms is None else since_ms - EXACT_MS
        return [_fetched(one) for one in found.values() if _is_alike(one, algo) and _is_since(one, earliest)]

    def _child(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return what became of what an order brought with it."""
        parent = self._account.row_of(_as_order(algo, algo.parent_order_id, algo.parent_client_order_id))
        if parent is None:
            return None
        for update in parent.to_algo_updates():
            if update.leg == algo.leg and update.parent_order_id:
                return _fetched(update)
        children = [
            update
            for row in self._rows_since(algo, parent)
            for update in row.to_algo_updates()
            if update.leg == algo.leg and _is_of(update, parent, algo)
        ]
        if not children:
            return self._never_made(algo, parent)
        first = _fetched(min(children, key=lambda one: one.created_at or 0))
        ids = {one.algo_id for one in children}
        if parent.orderLinkId or len(ids) == 1:
            return first if parent.orderLinkId else first.evolved(is_inferred=True)
        reason = f"{len(ids)} orders of Bybit may be of its order, which has no id of a client"
        return AlgoUpdate(inst_id=algo.inst_id, status="unknown", reason=reason, recovered=True)

    def _never_made(self, algo: AlgoState, parent: Order) -> AlgoUpdate | None:
        """Return the end of what an order brought, and Bybit made no order of; None where that may still come.

        Of an order that is partly filled Bybit changes neither side: one that it has not was taken away before.
        """
        now_ms = round(self._rest().clock.server_time() * 1000)
        if algo.leg is not None and not getattr(parent, LEGS[algo.leg].field):
            reason = f"its order has no {LEGS[algo.leg].field}"
        elif parent.to_update().status not in FINAL or now_ms - (parent.updatedTime or now_ms) < _MADE_MS:
            return None
        else:
            reason = "its order was filled and Bybit made no order of it, as where that closed a position"
        return AlgoUpdate(
            inst_id=algo.inst_id,
            status="canceled",
            parent_order_id=parent.orderId,
            parent_client_order_id=parent.orderLinkId,
            updated_at=parent.updatedTime,
            reason=reason,
            recovered=True,
            raw=parent,
        )

    def _rows_since(self, algo: AlgoState, parent: Order) -> Iterator[Order]:
        """Yield the orders of its instrument since its order was placed: those that are open, and the others."""
        listings, category = self._groups().order, self._account.category_of(algo)
        yield from listings.iter_open_orders(category, algo.inst_id, limit=50)
        yield from listings.get_open_orders(category, algo.inst_id, open_only=1, limit=50)
        if parent.createdTime is not None:
            yield from listings.iter_order_history(category, algo.inst_id, start_time=parent.createdTime, limit=50)

    def _groups(self) -> BybitGroups:
        groups: BybitGroups = self._rest()
        return groups


def _as_order(algo: AlgoState, order_id: str | None, client_order_id: str | None) -> OrderState:
    """Return what is looked up among the orders."""
    sent = () if algo.sent_at is None else (StatusStep("pending", algo.sent_at),)
    return OrderState(
        inst_id=algo.inst_id,
        order_id=order_id,
        client_order_id=client_order_id,
        product=algo.product,
        history=sent,
        raw=algo.raw,
    )


def _is_alike(update: AlgoUpdate, algo: AlgoState | PreparedAlgo) -> bool:
    """Tell whether an order is for what was asked for, and not for more: Bybit cuts it to the position.

    What a trailing stop follows, no row tells.
    """
    if (update.kind, update.leg, update.side) != (algo.kind, algo.leg, algo.side):
        return False
    if (update.size is None) != (algo.size is None) or (update.size or 0) > (algo.size or 0):
        return False
    return algo.kind == "trailing_stop" or all(getattr(update, name) == getattr(algo, name) for name in _TRIGGERS)


def _is_of(update: AlgoUpdate, parent: Order, algo: AlgoState) -> bool:
    """Tell whether an order came of another one. Bybit names that by the client's id: without one, facts must do."""
    if parent.orderLinkId or update.parent_client_order_id:
        return update.parent_client_order_id == parent.orderLinkId
    is_since = _is_since(update, parent.createdTime)
    return is_since and update.side == algo.side and getattr(update, str(algo.leg)) == getattr(algo, str(algo.leg))


def _is_since(update: AlgoUpdate, earliest: int | None) -> bool:
    return earliest is None or (update.created_at is not None and update.created_at >= earliest)


def _fetched(update: AlgoUpdate) -> AlgoUpdate:
    """Mark an update as fetched."""
    return update.evolved(recovered=True)
