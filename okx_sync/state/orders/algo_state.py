"""One algo order at a moment, the ways its status may go on, and the event of a change. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple, Self

import attrs

from okx_sync.algo_types import ALGO_FINAL, AlgoKind, AlgoLeg, AlgoStatus, AlgoUpdate, TriggerPrice
from okx_sync.errors import DecodeError
from okx_sync.lazy import drawn_by
from okx_sync.types import KeptRaw, PositionSide, Side

__all__ = ["ALGO_AFTER", "AlgoChange", "AlgoState", "AlgoStep", "OpenAlgos", "PreparedAlgo"]

_ENDS: Final[frozenset[AlgoStatus]] = frozenset({"fired", "canceled", "replaced", "failed", "rejected"})
_AHEAD: Final[dict[AlgoStatus, frozenset[AlgoStatus]]] = {
    "pending": _ENDS | {"unknown", "attached", "armed", "running"},
    "unknown": _ENDS | {"attached", "armed", "running"},
    "attached": _ENDS | {"unknown", "armed", "running"},
    "armed": _ENDS | {"unknown", "running"},
    "running": _ENDS | {"unknown"},
    **{end: frozenset() for end in _ENDS},
}

ALGO_AFTER: Final[dict[AlgoStatus, dict[AlgoStatus, AlgoStatus]]] = {
    old: {told: told if told in ahead else old for told in _AHEAD} for old, ahead in _AHEAD.items()
}
"""Status, then the status that is told -> status: news that would lead back is late, and changes nothing.

No exchange tells ``unknown``: it is set where an answer was lost, or where the exchange neither lists an algo order any
more nor says what became of it.
"""


@attrs.frozen
class AlgoStep:
    """One entry of an algo order's history: a status, since when (epoch ms, as the exchange tells), and why."""

    status: AlgoStatus
    at: int | None = None
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.status} ({self.reason})" if self.reason else self.status


@attrs.frozen(kw_only=True, slots=False)  # so that the row of one that is over can be packed
class AlgoState:
    """An algo order as it was at one moment; immutable. Fields as of ``AlgoUpdate``.

    ``amend_error``: why the last refused change was refused. ``raw``: the exchange's newest row.
    """

    inst_id: str
    status: AlgoStatus = "pending"
    algo_id: str | None = None
    client_order_id: str | None = None
    attached_id: str | None = None
    kind: AlgoKind | None = None
    leg: AlgoLeg | None = None
    side: Side | None = None
    position_side: PositionSide | None = None
    size: Decimal | None = None
    trigger: TriggerPrice | None = None
    take_profit: TriggerPrice | None = None
    stop_loss: TriggerPrice | None = None
    fired_leg: AlgoLeg | None = None
    order_ids: tuple[str, ...] = ()
    parent_order_id: str | None = None
    parent_client_order_id: str | None = None
    reduce_only: bool | None = None
    product: str | None = None
    created_at: int | None = None
    updated_at: int | None = None
    reason: str | None = None
    amend_error: str | None = None
    history: tuple[AlgoStep, ...] = ()
    raw: Any = attrs.field(default=None, repr=False, eq=False)

    @property
    def is_done(self) -> bool:
        """True when it is over: it has fired, or never will."""
        return self.status in ALGO_FINAL

    @property
    def is_open(self) -> bool:
        """True while it may still fire, also when it is not known whether the exchange has it."""
        return self.status not in ALGO_FINAL

    @property
    def sent_at(self) -> int | None:
        """When we sent it, epoch ms on the exchange's clock as far as it was known; None where others sent it."""
        first = self.history[0] if self.history else None
        return first.at if first is not None and first.status == "pending" else None

    _repr_html_ = drawn_by("row_pictures", "value_picture")

    def __repr__(self) -> str:
        return f"<AlgoState {self}>"

    def __str__(self) -> str:
        size = None if self.size is None else f"{self.size:f}"
        head = " ".join(word for word in (self.inst_id, self.side, self.leg or self.kind, size) if word)
        prices = {"trigger": self.trigger, "take profit": self.take_profit, "stop loss": self.stop_loss}
        told = ", ".join(f"{name} {price}" for name, price in prices.items() if price is not None)
        why = f" ({self.reason})" if self.reason else ""
        ids = self.algo_id or self.client_order_id or self.attached_id
        return f"{head}{f' [{told}]' if told else ''}: {self.status}{why}{f', id {ids}' if ids else ''}"


setattr(AlgoState, "raw", KeptRaw())  # noqa: B010  attrs takes a plain attribute for a default


@attrs.frozen(kw_only=True)
class AlgoChange:
    """The event of ``on_algo``, ``on_change`` of an algo order, and ``on_child`` of an order.

    ``previous`` is the algo order before, None when it was not known. ``recovered``: it was not pushed in its time but
    fetched later.
    """

    algo: AlgoState
    previous: AlgoState | None = None
    recovered: bool = False

    @property
    def status_changed(self) -> bool:
        """True when the algo order has a new status."""
        return self.previous is None or self.previous.status != self.algo.status

    def __str__(self) -> str:
        return str(self.algo)


@attrs.frozen(kw_only=True)
class PreparedAlgo:
    """An algo order that was checked and is not sent yet, or the one that an order brings with it.

    ``options`` are those of the exchange. ``client_order_id`` is None where the exchange gives such an order no id of
    ours (what is attached to an order on Bybit and Bitget).
    """

    inst_id: str
    kind: AlgoKind
    leg: AlgoLeg | None = None
    side: Side | None = None
    size: Decimal | None = None
    trigger: TriggerPrice | None = None
    take_profit: TriggerPrice | None = None
    stop_loss: TriggerPrice | None = None
    price: Decimal | None = None
    client_order_id: str | None = None
    product: str | None = None
    options: Mapping[str, Any] = attrs.field(factory=dict)


class OpenAlgos(NamedTuple):
    """A list of open algo orders: those that could be read, and the errors of the others."""

    updates: list[AlgoUpdate]
    lost: Sequence[DecodeError] = ()

    @classmethod
    def told_by(cls, rows: Iterable[Any]) -> Self:
        """Return what fetched rows tell, in their order, and what was wrong with those that cannot be read.

        Args:
            rows: Each has a ``to_algo_updates()``.
        """
        found: list[AlgoUpdate] = []
        lost: list[DecodeError] = []
        for row in rows:
            try:
                found += [update.evolved(recovered=True) for update in row.to_algo_updates()]
            except DecodeError as error:
                lost.append(error)
        return cls(found, lost)
