"""One order at a moment, the ways its status may go on, and the event of a change. Pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import attrs

from okx_sync.errors import DecodeError
from okx_sync.lazy import drawn_by
from okx_sync.state.orders.algo_state import PreparedAlgo
from okx_sync.twin_class import twin_of
from okx_sync.types import FINAL, FillUpdate, KeptRaw, OrderStatus, OrderUpdate, PositionSide, Side

__all__ = [
    "AFTER",
    "RANK",
    "OpenOrders",
    "OrderChange",
    "OrderState",
    "OrdersSnapshot",
    "PreparedOrder",
    "StatusStep",
    "change_of",
    "state_of",
]

_ZERO: Final = Decimal(0)

_AHEAD: Final[dict[OrderStatus, frozenset[OrderStatus]]] = {
    "pending": frozenset({"unknown", "live", "partially_filled", "filled", "canceled", "rejected"}),
    "unknown": frozenset({"live", "partially_filled", "filled", "canceled", "rejected"}),
    "live": frozenset({"partially_filled", "filled", "canceled", "rejected"}),
    "partially_filled": frozenset({"filled", "canceled"}),
    "filled": frozenset(),
    "canceled": frozenset(),
    "rejected": frozenset(),
}

AFTER: Final[dict[OrderStatus, dict[OrderStatus, OrderStatus]]] = {
    old: {told: told if told in ahead else old for told in _AHEAD} for old, ahead in _AHEAD.items()
}
"""Status, then the status that is told -> status: news that would lead back is late, and changes nothing."""

RANK: Final[dict[OrderStatus, int]] = {
    "pending": 0,
    "unknown": 0,
    "live": 1,
    "partially_filled": 2,
    "filled": 3,
    "canceled": 3,
    "rejected": 3,
}
"""How far a status has come. What is over has come as far as an order can."""


@attrs.frozen
class StatusStep:
    """One entry of an order's history: a status, since when (epoch ms, as the exchange tells), and why."""

    status: OrderStatus
    at: int | None = None
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.status} ({self.reason})" if self.reason else self.status


@attrs.frozen(kw_only=True, slots=False)  # see state_of()
class OrderState:
    """An order as it was at one moment; immutable.

    ``size`` is None where it does not count what ``filled`` counts (a market order over an amount of money).
    ``missing``: how much of ``filled`` is in none of ``fills``, because the exchange reported several fills as one.
    ``fee``: over all fills, negative when paid. ``reason``: why it has this status. ``amend_error``: why the last
    refused change of the order was refused, ``amend_failed_at`` (epoch ms) when. ``product``: the exchange's product
    type as it was given with an order of ours, before any row tells it. ``raw``: the exchange's newest row.
    """

    inst_id: str
    status: OrderStatus = "pending"
    order_id: str | None = None
    client_order_id: str | None = None
    product: str | None = None
    side: Side | None = None
    order_type: str | None = None
    position_side: PositionSide | None = None
    price: Decimal | None = None
    size: Decimal | None = None
    filled: Decimal = _ZERO
    missing: Decimal = _ZERO
    average_price: Decimal | None = None
    fee: Decimal | None = None
    fee_currency: str | None = None
    pnl: Decimal | None = None
    reduce_only: bool | None = None
    created_at: int | None = None
    updated_at: int | None = None
    expires_at: int | None = None
    request_id: str | None = None
    reason: str | None = None
    amend_error: str | None = None
    amend_failed_at: int | None = None
    fills: tuple[FillUpdate, ...] = ()
    history: tuple[StatusStep, ...] = ()
    raw: Any = attrs.field(default=None, repr=False, eq=False)

    @property
    def sent_at(self) -> int | None:
        """When we sent it, epoch ms on the exchange's clock as far as it was known; None where others sent it."""
        first = self.history[0] if self.history else None
        return first.at if first is not None and first.status == "pending" else None

    @property
    def remaining(self) -> Decimal | None:
        """What is not filled; None where ``size`` is."""
        return None if self.size is None else max(_ZERO, self.size - self.filled)

    @property
    def is_merged(self) -> bool:
        """True while some of its fills are not known one by one."""
        return self.missing > 0

    @property
    def is_done(self) -> bool:
        """True when it is over: filled, canceled or rejected."""
        return self.status in FINAL

    @property
    def is_open(self) -> bool:
        """True while it may still be filled, also when it is not known whether the exchange has it."""
        return self.status not in FINAL

    @property
    def is_filled(self) -> bool:
        """True when all of it is filled."""
        return self.status == "filled"

    _repr_html_ = drawn_by("account_pictures", "state_picture")

    def __repr__(self) -> str:
        return f"<OrderState {self}>"

    def __str__(self) -> str:
        wanted = [self.side, self.order_type, None if self.size is None else f"{self.size:f}"]
        price = None if self.price is None else f"@ {self.price:f}"
        words = " ".join(word for word in (self.inst_id, *wanted, price) if word)
        average = "" if self.average_price is None else f" at {self.average_price:f}"
        filled = f", {self.filled:f} filled{average}" if self.filled else ""
        why = f" ({self.reason})" if self.reason else ""
        return f"{words}: {self.status}{why}{filled}, id {self.order_id or self.client_order_id}"


_new: Final = object.__new__
setattr(OrderState, "raw", KeptRaw())  # noqa: B010  attrs takes a plain attribute for a default
_set_values: Final = vars(OrderState)["__dict__"].__set__


def state_of(values: dict[str, Any]) -> OrderState:
    """Return the state that has these values, one for each field, and keeps the dict.

    Each update makes one, and a copy of the dict of the state before shares its keys with those of all others: this is
    ``attrs.evolve`` in a tenth of the time.
    """
    made = _new(OrderState)
    _set_values(made, values)
    return made


@attrs.frozen(kw_only=True, slots=False)  # made for each update, and without slots in half the time
class OrderChange:
    """The event of ``on_order`` and ``on_change``.

    ``previous`` is the order before, None when it was not known. ``recovered``: it was not pushed in its time but
    fetched later.
    """

    order: OrderState
    previous: OrderState | None = None
    recovered: bool = False

    @property
    def status_changed(self) -> bool:
        """True when the order has a new status."""
        return self.previous is None or self.previous.status != self.order.status

    @property
    def newly_filled(self) -> Decimal:
        """By how much ``filled`` has grown."""
        return self.order.filled - (_ZERO if self.previous is None else self.previous.filled)

    @property
    def is_amend_failed(self) -> bool:
        """True when this tells that a change of the order was refused; ``order.amend_error`` says why."""
        before = None if self.previous is None else self.previous.amend_failed_at
        return self.order.amend_failed_at != before

    def __str__(self) -> str:
        return str(self.order)


_Change: Final = twin_of(OrderChange)


def change_of(order: OrderState, previous: OrderState | None, recovered: bool) -> OrderChange:
    """Return the event of a change."""
    made = _Change()
    made.order = order
    made.previous = previous
    made.recovered = recovered
    made.__class__ = OrderChange
    return made  # type: ignore[no-any-return]


@attrs.frozen(kw_only=True)
class PreparedOrder:
    """An order that was checked and is not sent yet.

    ``options`` are those of the exchange; ``expires_at`` (epoch ms on the exchange's clock): the exchange drops the
    order when it arrives later. ``product``: the product type among the options, where instruments of several share a
    name. ``attached``: the algo orders that come with it, its take profit and stop loss.
    """

    inst_id: str
    side: Side
    size: Decimal
    order_type: str
    client_order_id: str
    price: Decimal | None = None
    expires_at: int | None = None
    product: str | None = None
    attached: tuple[PreparedAlgo, ...] = ()
    options: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen
class OrdersSnapshot:
    """All orders and fills that were known at one moment, oldest first.

    ``synced``: whether nothing could be missing then, and why it could (``unsynced_reason``).
    """

    open: tuple[OrderState, ...]
    finished: tuple[OrderState, ...]
    fills: tuple[FillUpdate, ...]
    synced: bool
    unsynced_reason: str | None = attrs.field(default=None, eq=False)

    _repr_html_ = drawn_by("account_pictures", "orders_picture")

    def __repr__(self) -> str:
        standing = "synced" if self.synced else f"not synced ({self.unsynced_reason})"
        counts = f"{len(self.open)} open" if self.open or self.synced else "what is open is not known"
        return f"<OrdersSnapshot: {counts}, {len(self.finished)} finished, {len(self.fills)} fills, {standing}>"


class OpenOrders(NamedTuple):
    """A list of open orders: those that could be read, and the errors of the others."""

    updates: list[OrderUpdate]
    lost: Sequence[DecodeError] = ()
