"""Which orders of Bitget's may have brought an algo order: those that were filled shortly before it was made.

No row names the order that an algo order came of, and the streams may be silent about one, or tell of it late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from okx_sync.algo_types import AlgoLeg, AlgoUpdate, TriggerPrice
from okx_sync.exchanges.bitget.account_queries import proved
from okx_sync.exchanges.bitget.algo_conversion import is_told
from okx_sync.exchanges.bitget.kept_lists import KeptLists
from okx_sync.exchanges.bitget.row_conversion import ORDER_STATUSES
from okx_sync.rows.tolerant import value_or_none
from okx_sync.state.orders.algo_state import AlgoState

__all__ = ["MADE_WITHIN_MS", "SLACK_MS", "BitgetAlgoMakers", "order_status"]

_LEGS: Final[tuple[AlgoLeg, ...]] = ("take_profit", "stop_loss")
MADE_WITHIN_MS: Final = 10_000
"""What Bitget makes of a filled order is there at once; what has the same facts and is younger is something else."""
SLACK_MS: Final = 1_000
"""A fill may bear a later time than what was made of it, and may be listed so much later."""


class BitgetAlgoMakers:
    """See the module (``AlgoMakers``); the base of those that ask for algo orders.

    Args:
        rest: Gives the client's REST client.
    """

    order_path: str
    stop_fields: tuple[str, ...]
    """The fields in which a row of an order says what it brings."""

    def __init__(self, rest: Callable[[], Any]) -> None:
        self._rest = rest
        self._kept = KeptLists(lambda: rest().clock)

    def _place(self, algo: AlgoState, path: str) -> dict[str, str]:
        """Return where it is looked for, by wire name."""
        raise NotImplementedError

    def _filled(self, row: Any) -> Any:
        raise NotImplementedError

    def _fills(self, algo: AlgoUpdate, since: int) -> Iterable[Any]:
        """Yield the fills of its contract since then (epoch ms), or more."""
        raise NotImplementedError

    def _listed_by(self, algo: AlgoState | AlgoUpdate) -> tuple[str, ...]:
        """Return of what algo orders are listed, to find one: its product, and its contract where that must be said."""
        raise NotImplementedError

    def makers_of(self, made: AlgoUpdate, parent: str, known: Callable[[str, set[str]], Any]) -> set[str]:
        """Return the ids of all orders that may have brought an algo order, by what was filled shortly before.

        Orders are taken as ``known(order_id, trades)`` has their last row, if that is of a time after those trades, and
        says what they bring; others are asked for. The ``parent``, which is held to be the one, counts also if it was
        canceled a while after its last fill. Raises ``OkxError``.
        """
        filled = self._filled_before(made)
        found = set()
        for order_id in filled.keys() | {parent}:
            row = known(order_id, filled.get(order_id, set()))
            if row is None or not self._tells_stops(row):
                row = self._row_since(made, order_id)
            is_there = order_id in filled or (row is not None and order_status(row) == "canceled")
            if is_there and (row is None or self._may_have_brought(row, made)):
                found.add(order_id)
        return found

    def _filled_before(self, made: AlgoUpdate) -> dict[str, set[str]]:
        """Return the orders of its contract that were filled shortly before it was made, each with its trades then."""
        at, where = made.created_at or 0, ("fills", *self._listed_by(made))
        since, until = at - MADE_WITHIN_MS, at + SLACK_MS
        kept = self._kept.get(where, since, until + SLACK_MS, lambda begin: list(self._fills(made, begin)))
        found: dict[str, set[str]] = {}
        for one in kept.rows:
            if one.symbol in (None, made.inst_id) and since <= (_filled_at(one) or at) <= until:
                found.setdefault(str(one.orderId), set()).add(_trade_of(one))
        return found

    def _row_since(self, made: AlgoUpdate, order_id: str) -> Any | None:
        """Return an order as it was at some time after an algo order was made, which came of it or not."""
        algo = AlgoState(inst_id=made.inst_id, product=made.product)
        where, until = ("order", order_id), (made.created_at or 0) + SLACK_MS
        ids: dict[str, str | None] = {"orderId": order_id}
        return self._kept.get(where, 0, until, lambda _since: self._proved(algo, ids, self.order_path)).rows

    def _tells_stops(self, row: Any) -> bool:
        return any(is_told(row, name) for name in self.stop_fields)

    def _may_have_brought(self, row: Any, made: AlgoUpdate) -> bool:
        """Tell whether an order that was filled may have brought an algo order.

        What was changed since it was made, or is over, may have had another price then: any stop of that side counts.
        """
        status = order_status(row)
        if status != "filled" and not (status == "canceled" and self._filled(row)):
            return False
        brought = [one for one in row.to_algo_updates() if (one.inst_id, one.side) == (made.inst_id, made.side)]
        if made.status != "armed" or made.updated_at != made.created_at:
            return bool(brought)
        return made.size in (None, self._filled(row)) and any(self._has_facts(one, made) for one in brought)

    def _has_facts(self, one: AlgoUpdate, other: AlgoState | AlgoUpdate) -> bool:
        """Tell whether two may be one by kind, side and prices."""
        same = all(getattr(one, name) == getattr(other, name) for name in ("inst_id", "kind", "leg", "side"))
        return same and all(self._is_same(getattr(one, leg), getattr(other, leg)) for leg in _LEGS)

    def _is_same(self, one: TriggerPrice | None, other: TriggerPrice | None) -> bool:
        """Tell whether two triggers are one."""
        return one == other

    def _proved(self, algo: AlgoState, ids: dict[str, str | None], path: str) -> Any | None:
        known = {"symbol": algo.inst_id, **self._place(algo, path), **{n: value for n, value in ids.items() if value}}
        return proved(self._rest, known, path, algo.sent_at, None)


def order_status(row: Any) -> str | None:
    """Return the neutral status of an order."""
    return ORDER_STATUSES.get(value_or_none(row, "status") or value_or_none(row, "orderStatus"))


def _filled_at(fill: Any) -> int | None:
    """Return the time of a fill (epoch ms)."""
    at: int | None = value_or_none(fill, "cTime") or value_or_none(fill, "createdTime")
    return at


def _trade_of(fill: Any) -> str:
    return str(value_or_none(fill, "tradeId") or value_or_none(fill, "execId"))
