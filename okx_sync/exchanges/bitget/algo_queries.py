"""What a stream client asks of Bitget's REST about algo orders: all that are open, and what became of one.

What an order brings has no id, and no row names the order once it is filled: the algo order that Bitget makes then is
known by its facts alone, and only where one has them. Pages: "Get Pending Trigger Order", "Get History Trigger Order"
of Bitget's API guide, "Get Unfilled Strategy Orders", "Get History Strategy Orders" of its guide for unified accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol

from okx_sync.algo_types import ALGO_FINAL, AlgoLeg, AlgoStatus, AlgoUpdate, TriggerPrice
from okx_sync.exchanges.bitget.algo_conversion import PRESETS
from okx_sync.exchanges.bitget.algo_makers import MADE_WITHIN_MS, SLACK_MS, BitgetAlgoMakers, order_status
from okx_sync.exchanges.bitget.kept_lists import KeptList, Rush
from okx_sync.exchanges.bitget.products import CATEGORIES, category_of, product_of
from okx_sync.rows import Row
from okx_sync.rows.tolerant import value_or_none
from okx_sync.state.orders.algo_state import AlgoState, OpenAlgos

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.groups import BitgetGroups

__all__ = ["BitgetAlgoQueries", "ClassicAlgoQueries", "UnifiedAlgoQueries"]

_LISTED: Final = ("normal_plan", "track_plan", "profit_loss")
_LISTS: Final = {"trigger": "normal_plan", "conditional": "profit_loss", "oco": "profit_loss"}
_LEGS: Final[tuple[AlgoLeg, ...]] = ("take_profit", "stop_loss")
_PAGE: Final = 100
_NEWEST: Final = 300
_LATELY_MS: Final = 3_600_000


class BitgetAlgoQueries(Protocol):
    """Asks for algo orders (``AlgoQueries``). All raise ``OkxError``."""

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        """Return all algo orders that are not over, also those that open orders bring."""

    def look_up_algo(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return one algo order as it is now or as it ended; None when Bitget does not know it."""

    def brought_by(self, algo: AlgoState) -> dict[AlgoLeg, TriggerPrice] | None:
        """Return what the order of ``algo`` brings; None where that order is over, or not known."""

    def became(self, algo: AlgoState, row: Any) -> AlgoUpdate | None:
        """Return what became of what an order brings that is over, and whose last row this is."""

    def makers_of(self, made: AlgoUpdate, parent: str, known: Callable[[str, set[str]], Any]) -> set[str]:
        """Return the ids of all orders that may have brought an algo order, by what was filled shortly before."""


class _Queries(BitgetAlgoMakers):
    """What both kinds of account have in common.

    After an outage many orders are looked up at once. What was made of them is listed once for all whose fills are so
    old that nothing can be missing. Whatever is stale in that the streams have told, or the list of what is open tells,
    which is read after each outage: that ends what was listed before.
    """

    algo_path: str

    def __init__(self, rest: Callable[[], Any]) -> None:
        super().__init__(rest)
        self._rush = Rush(lambda: rest().clock)

    @property
    def _groups(self) -> BitgetGroups:
        groups: BitgetGroups = self._rest()
        return groups

    def open_algos(self, inst_id: str | None = None) -> OpenAlgos:
        """Return all algo orders that are not over, also those that open orders bring. Raises ``OkxError``."""
        self._kept.clear()
        rows = [*self._open_orders(), *self._open_algos()]  # an order that is filled meanwhile brings one that is seen
        updates, lost = OpenAlgos.told_by(row for row in rows if inst_id is None or _is_of(row, inst_id))
        once = {one.algo_id or (one.parent_order_id, one.leg): one for one in updates if one.status not in ALGO_FINAL}
        return OpenAlgos(sorted(once.values(), key=lambda one: one.created_at or 0), lost)

    def look_up_algo(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return one algo order as it is now or as it ended; None when Bitget does not know it.

        What an order brings is told by the order until that is filled, and then by what has its facts. Raises
        ``OkxError``.
        """
        ids = {"orderId": algo.algo_id, "clientOid": algo.client_order_id}
        if any(ids.values()):
            if (ended := self._ended_lately(algo)) is not None:
                return ended
            row = self._proved(algo, ids, self.algo_path)
        else:
            row = self._order(algo)
            if row is not None:
                return self._brought(algo, row)
        return None if row is None else _fetched(row.to_algo_updates()[0])

    def _ended_lately(self, algo: AlgoState) -> AlgoUpdate | None:
        """Return how an algo order has ended, from the newest of those that are over, where many are looked up at once.

        None where it is not among them: it is asked for by itself. Raises ``OkxError``.
        """
        if algo.algo_id is None or not self._rush.is_on():
            return None
        where, history = self._ended_by(algo)
        begin = round(self._rest().clock.server_time() * 1000) - _LATELY_MS
        kept = self._kept.get(where, begin, begin, lambda since: OpenAlgos.told_by(islice(history(since), _NEWEST)))
        listed: OpenAlgos = kept.rows
        return next((one for one in listed.updates if one.algo_id == algo.algo_id and one.status in ALGO_FINAL), None)

    def brought_by(self, algo: AlgoState) -> dict[AlgoLeg, TriggerPrice] | None:
        """Return what the order of ``algo`` brings; None where that is over, or not known. Raises ``OkxError``."""
        row = self._order(algo)
        if row is None or order_status(row) not in ("live", "partially_filled"):
            return None
        legs: dict[AlgoLeg, TriggerPrice] = {}
        for one in row.to_algo_updates():
            legs |= {leg: trigger for leg in _LEGS if (trigger := getattr(one, leg)) is not None}
        return legs

    def became(self, algo: AlgoState, row: Any) -> AlgoUpdate | None:
        """Return what became of what an order brings that is over, and whose last row this is.

        None where the row does not say what it brings. Raises ``OkxError``.
        """
        return self._brought(algo, row) if self._tells_stops(row) else None

    def _brought(self, algo: AlgoState, row: Any) -> AlgoUpdate:
        """Return what became of what an order brings, whose row this is."""
        told = [_fetched(one) for one in row.to_algo_updates()]
        same = next((one for one in told if (one.kind, one.leg) == (algo.kind, algo.leg)), None)
        status = order_status(row)
        if status == "filled" or (status == "canceled" and self._filled(row)):
            return self._sent_off(algo, algo if same is None else same, row)
        if same is not None:
            return same
        if status == "canceled":
            return self._of(algo, row, "canceled", "its order ended without a fill")
        return self._of(algo, row, "attached", None)  # the answer says nothing of it

    def _sent_off(self, algo: AlgoState, brought: AlgoState | AlgoUpdate, row: Any) -> AlgoUpdate:
        """Return the algo order that Bitget has made of what an order brought: the one that has its facts."""
        filled, at = self._filled(row), self._changed(row)
        made = self._listed_since(algo, at)
        listed: OpenAlgos = made.rows
        updates, lost = listed
        alike = [one for one in updates if one.size in (None, filled) and self._fits(one, brought, at)]
        ids = {one.algo_id: one for one in alike}
        if len(ids) == 1 and not lost:
            (one,) = ids.values()
            ids_of_order = {"parent_order_id": row.orderId, "parent_client_order_id": row.clientOid}
            return one.evolved(is_inferred=True, **ids_of_order)
        where = f"ws.orders.algos.of({algo.inst_id!r})"
        why = f"{len(ids)} algo orders have its facts ({', '.join(map(str, ids))})" if ids else "none has its facts"
        told = "is filled" if order_status(row) == "filled" else f"ended with {filled:f} filled"
        hint = f"its order {told}, and no row says what it became: {why}; see {where}"
        is_told = not lost and (made.tells_of(at, at + MADE_WITHIN_MS) or len(ids) > 1)  # no list will tell more
        legs = {leg: getattr(brought, leg) for leg in _LEGS}
        return self._of(algo, row, "unknown", hint).evolved(is_inferred=is_told, **legs)

    def _listed_since(self, algo: AlgoState, at: int) -> KeptList:
        """List algo orders of its contract that were made since then (epoch ms), or more, unless that is known.

        What an order makes is there at once: a list of a moment after its fill answers for others, too.
        """
        where = ("algos", *self._listed_by(algo))
        return self._kept.get(where, at, at + SLACK_MS, lambda since: OpenAlgos.told_by(self._made_since(algo, since)))

    def _order(self, algo: AlgoState) -> Any | None:
        """Return the row of the order that an algo order belongs to; None where there is none."""
        ids = {"orderId": algo.parent_order_id, "clientOid": algo.parent_client_order_id}
        return self._proved(algo, ids, self.order_path) if any(ids.values()) else None

    def _fits(self, one: AlgoUpdate, brought: AlgoState | AlgoUpdate, at: int) -> bool:
        """Tell whether an algo order has the facts of what an order brought that was filled at that time (epoch ms)."""
        return (
            self._has_facts(one, brought) and one.created_at is not None and 0 <= one.created_at - at <= MADE_WITHIN_MS
        )

    def _of(self, algo: AlgoState, row: Any, status: AlgoStatus, reason: str | None) -> AlgoUpdate:
        """Return news of what an order brings, as the order's row tells of it."""
        return AlgoUpdate(
            inst_id=algo.inst_id,
            status=status,
            kind=algo.kind,
            leg=algo.leg,
            parent_order_id=value_or_none(row, "orderId"),
            parent_client_order_id=value_or_none(row, "clientOid"),
            updated_at=self._changed(row) or None,
            reason=reason,
            recovered=True,
            raw=row,
        )

    # -- as the account has it -----------------------------------------------------------------------------------------

    def _changed(self, row: Any) -> int:
        raise NotImplementedError

    def _open_orders(self) -> Iterable[Row]:
        raise NotImplementedError

    def _open_algos(self) -> Iterable[Row]:
        raise NotImplementedError

    def _ended_by(self, algo: AlgoState) -> tuple[tuple[str, ...], Callable[[int], Iterable[Row]]]:
        """Return among what algo orders its end is listed, and what lists those since a time, the newest first."""
        raise NotImplementedError

    def _made_since(self, algo: AlgoState, at: int) -> Iterable[Row]:
        """Yield algo orders of its contract that may have been made since then (epoch ms), open and over."""
        raise NotImplementedError


class ClassicAlgoQueries(_Queries):
    """Asks for the plan orders of futures of a classic account (V2).

    Args:
        rest: Gives the client's REST client.
        products: The product types that are covered.
    """

    order_path = "/api/v2/mix/order/place-order"
    algo_path = "/api/v2/mix/order/place-plan-order"
    stop_fields = tuple(PRESETS.values())

    def __init__(self, rest: Callable[[], Any], products: Collection[str]) -> None:
        super().__init__(rest)
        self._products = tuple(products)

    def _place(self, algo: AlgoState, path: str) -> dict[str, str]:
        place = {"productType": algo.product or product_of(algo.inst_id)}
        if path == self.algo_path and (plans := _LISTS.get(algo.kind or "")):
            place["planType"] = plans
        return place

    def _is_same(self, one: TriggerPrice | None, other: TriggerPrice | None) -> bool:
        """As above; which price fires what an order brings is not always told by the order."""
        if one is None or other is None:
            return one is other
        return (one.price, one.limit) == (other.price, other.limit)

    def _filled(self, row: Any) -> Any:
        """Return what is filled of it: a row of the stream has its last fill where REST has that."""
        return row.accBaseVolume if hasattr(row, "accBaseVolume") else row.baseVolume

    def _changed(self, row: Any) -> int:
        return row.uTime or row.cTime or 0

    def _open_orders(self) -> Iterator[Row]:
        for product in self._products:
            for status in ("live", "partially_filled"):
                yield from self._groups.mix.iter_open_orders(product, status=status, limit=_PAGE)

    def _open_algos(self) -> Iterator[Row]:
        for product in self._products:
            for plans in _LISTED:
                yield from self._groups.mix.iter_open_plan_orders(product, plans, limit=_PAGE)

    def _listed_by(self, algo: AlgoState | AlgoUpdate) -> tuple[str, ...]:
        return algo.product or product_of(algo.inst_id), algo.inst_id

    def _made_since(self, algo: AlgoState, at: int) -> Iterator[Row]:
        mix, (product, contract) = self._groups.mix, self._listed_by(algo)
        yield from mix.iter_open_plan_orders(product, "profit_loss", contract, limit=_PAGE)
        yield from mix.iter_plan_order_history(product, "profit_loss", contract, start_time=at, limit=_PAGE)

    def _ended_by(self, algo: AlgoState) -> tuple[tuple[str, ...], Callable[[int], Iterable[Row]]]:
        product, plans = self._listed_by(algo)[0], _LISTS.get(algo.kind or "", "track_plan")
        history = self._groups.mix.iter_plan_order_history
        return ("ended", product, plans), lambda since: history(product, plans, start_time=since, limit=_PAGE)

    def _fills(self, algo: AlgoUpdate, since: int) -> Iterable[Any]:
        product, contract = self._listed_by(algo)
        yield from self._groups.mix.iter_fills(product, contract, start_time=since, limit=_PAGE)


class UnifiedAlgoQueries(_Queries):
    """Asks for the strategy orders of a unified account (V3), category by category.

    Args:
        rest: Gives the client's REST client.
    """

    order_path = "/api/v3/trade/place-order"
    algo_path = "/api/v3/trade/place-strategy-order"
    stop_fields = ("takeProfit", "takeprofit", "stopLoss", "stoploss")

    def _place(self, algo: AlgoState, path: str) -> dict[str, str]:
        return {"category": algo.product} if algo.product and path == self.algo_path else {}

    def _filled(self, row: Any) -> Any:
        return row.cumExecQty

    def _changed(self, row: Any) -> int:
        return row.updatedTime or row.createdTime or 0

    def _open_orders(self) -> Iterator[Row]:
        yield from self._groups.uta.iter_open_orders(limit=_PAGE)

    def _open_algos(self) -> Iterator[Row]:
        for category in CATEGORIES:
            yield from self._groups.uta.get_open_strategy_orders(category)

    def _listed_by(self, algo: AlgoState | AlgoUpdate) -> tuple[str, ...]:
        return (algo.product or category_of(algo.inst_id),)

    def _made_since(self, algo: AlgoState, at: int) -> Iterator[Row]:
        uta, (category,) = self._groups.uta, self._listed_by(algo)
        yield from uta.get_open_strategy_orders(category)
        yield from uta.iter_strategy_order_history(category, start_time=at, limit=_PAGE)

    def _ended_by(self, algo: AlgoState) -> tuple[tuple[str, ...], Callable[[int], Iterable[Row]]]:
        (category,), history = self._listed_by(algo), self._groups.uta.iter_strategy_order_history
        return ("ended", category), lambda since: history(category, start_time=since, limit=_PAGE)

    def _fills(self, algo: AlgoUpdate, since: int) -> Iterable[Any]:
        (category,) = self._listed_by(algo)
        yield from self._groups.uta.iter_fills(category, start_time=since, limit=_PAGE)


def _is_of(row: Row, inst_id: str) -> bool:
    """Tell whether a row is, or may be, of an instrument."""
    return value_or_none(row, "symbol") in (None, inst_id)


def _fetched(update: AlgoUpdate) -> AlgoUpdate:
    return update.evolved(recovered=True)
