"""What a stream client asks of OKX's REST about algo orders: all that are open, and one as it is or as it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, Protocol

from okx_sync.algo_types import AlgoUpdate
from okx_sync.errors import OkxApiError
from okx_sync.exchanges.okx.algo_words import KINDS
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.algo.models import AlgoOrderRecord
    from okx_sync.exchanges.okx.algo.rest import Algo
    from okx_sync.exchanges.okx.trade.models import Order
    from okx_sync.exchanges.okx.trade.rest import Trade

__all__ = ["OkxAlgoQueries"]

_LISTS: Final = ("conditional,oco", *(word for kind, word in KINDS.items() if kind not in ("conditional", "oco")))
"""OKX lists one kind at a time, these two alone together."""
_UNKNOWN: Final = "51603"
_TAKEN_AWAY: Final = "it was taken from its order"
_PLACE_TAKEN: Final = "its order is filled, and OKX has made algo orders of what came with it that name neither"


class _Rest(Protocol):
    """The client's REST side: an ``OkxClient``."""

    @property
    def algo(self) -> Algo: ...
    @property
    def trade(self) -> Trade: ...
    def get_order(self, inst_id: str, ord_id: str | None = ..., cl_ord_id: str | None = ...) -> Order: ...


class OkxAlgoQueries:
    """Asks for algo orders (``AlgoQueries``).

    Args:
        rest: Gives the client's REST client.
    """

    def __init__(self, rest: Callable[[], _Rest]) -> None:
        self._rest = rest

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        """Return all that wait or work, oldest first, and what is attached to open orders. Raises ``OkxError``.

        The orders are listed first: what is armed in between is in the lists that come after. An open order tells of
        the algo order that sent it, too, which may be over: that is in these lists or is not open.
        """
        rest = self._rest()
        orders = _listed(rest.trade.iter_orders_pending(inst_id=inst_id))
        algos = [_listed(rest.algo.iter_algo_orders_pending(kind, inst_id=inst_id)) for kind in _LISTS]
        attached = [one for one in orders.updates if one.algo_id is None]
        found = attached + [one for listed in algos for one in listed.updates]
        return OpenAlgos(found, [error for listed in (orders, *algos) for error in listed.lost])

    def look_up_algo(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return one algo order as it is now or as it ended; None when OKX does not know it.

        One that came with an order has the fate of that until there is an algo order of it.
        """
        update = self._by_id(algo)
        if update is None and (algo.parent_order_id or algo.parent_client_order_id):
            update = self._on_its_order(algo)
        return None if update is None else update.evolved(recovered=True)

    def _by_id(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return what has its id, or the one that we gave it; not an older one of the same id."""
        if algo.algo_id is None and algo.client_order_id is None:
            return None
        from okx_sync.rest.order_identity import ROUGH_MS  # streams alone do without REST

        own_id = None if algo.algo_id else algo.client_order_id
        try:
            row = self._rest().algo.get_algo_order(algo.algo_id, own_id)
        except OkxApiError as error:
            if error.code != _UNKNOWN:
                raise
            return None
        update = row.to_algo_update()
        is_older = algo.sent_at is not None and (update.created_at or 0) < algo.sent_at - ROUGH_MS
        return None if own_id is not None and is_older else update

    def _on_its_order(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return what its order says of it."""
        own_id = None if algo.parent_order_id else algo.parent_client_order_id
        try:
            order = self._rest().get_order(algo.inst_id, algo.parent_order_id, own_id)
        except OkxApiError as error:
            if error.code != _UNKNOWN:
                raise
            return None
        told = order.to_algo_updates()
        for update in told:
            if update.attached_id is not None and _is_meant(update, algo):
                is_due = update.status == "attached" and order.is_final
                return _replaced(update) if is_due and update.client_order_id is None else update
        if algo.attached_id is None and algo.status != "attached":
            return None  # the order may be one of before
        return AlgoUpdate(
            inst_id=algo.inst_id,
            status="canceled",
            attached_id=algo.attached_id,
            client_order_id=algo.client_order_id,
            parent_order_id=order.ordId,
            updated_at=order.uTime,
            reason=_TAKEN_AWAY,
        )


def _listed(rows: Iterable[Order | AlgoOrderRecord]) -> OpenAlgos:
    """Return what rows tell, which come newest first."""
    return OpenAlgos.told_by(reversed(list(rows)))


def _is_meant(update: AlgoUpdate, algo: AlgoState) -> bool:
    if algo.attached_id is not None:
        return update.attached_id == algo.attached_id
    return algo.client_order_id is not None and update.client_order_id == algo.client_order_id


def _replaced(update: AlgoUpdate) -> AlgoUpdate:
    """Return one without an id of ours that was due: what took its place names neither it nor its order."""
    return update.evolved(status="replaced", reason=_PLACE_TAKEN)
