"""Neutral algo orders, the same on any exchange: orders that wait for a price, or that send others bit by bit.

Take profits and stop losses are among them, whether they were placed by themselves or attached to an order.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Literal, Self

import attrs

from okx_sync.checks import check_word
from okx_sync.errors import DecodeError
from okx_sync.exact_numbers import Number, above_zero
from okx_sync.types import PositionSide, Side

__all__ = [
    "ALGO_FINAL",
    "AlgoKind",
    "AlgoLeg",
    "AlgoStatus",
    "AlgoUpdate",
    "PriceSource",
    "TriggerPrice",
    "kind_of_legs",
]

AlgoKind = Literal["conditional", "oco", "trigger", "trailing_stop", "iceberg", "twap", "chase"]
"""``conditional``: a take profit or a stop loss; ``oco``: both, of which the first one that fires ends the other."""

AlgoStatus = Literal[
    "pending", "attached", "armed", "running", "fired", "canceled", "replaced", "failed", "rejected", "unknown"
]
"""``pending``: sent, the exchange has not said anything yet; ``attached``: it belongs to an order that is not filled
yet; ``armed``: the exchange waits for its price; ``running``: it has sent some of its orders, and will send more;
``fired``: it has sent all of its orders, which are over or not; ``canceled``: also by the end of its order or position;
``replaced``: the exchange has put another one in its place; ``failed``: its order was refused when it fired;
``rejected``: it was refused when it was placed; ``unknown``: it is not known what became of it.
"""

ALGO_FINAL: Final[frozenset[str]] = frozenset({"fired", "canceled", "replaced", "failed", "rejected"})
"""Statuses that an algo order never leaves."""

AlgoLeg = Literal["take_profit", "stop_loss"]
"""A side of a conditional or oco order."""

PriceSource = Literal["last", "mark", "index"]
"""Which price fires an algo order: the last trade's, the mark price, or the index."""

_SOURCES: Final = ("last", "mark", "index")


def _price(value: Number) -> Decimal:
    return above_zero("the trigger's price", value)


def _limit(value: Number | None) -> Decimal | None:
    return None if value is None else above_zero("the trigger's limit", value)


@attrs.frozen
class TriggerPrice:
    """The price at which something fires, and the order that is sent then.

    Args:
        price: Of the instrument, in its quote currency.
        by: Which price must reach it.
        limit: The limit price of the order that is sent; None for a market order.

    Raises:
        ConfigError: A price is no exact number above 0, or ``by`` none of its words.
    """

    price: Decimal = attrs.field(converter=_price)
    by: PriceSource = attrs.field(default="last", kw_only=True)
    limit: Decimal | None = attrs.field(default=None, converter=_limit, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_word("by", self.by, _SOURCES)

    @classmethod
    def of(cls, name: str, value: TriggerPrice | Number) -> TriggerPrice:
        """Return a trigger as users give it: one, or its price alone. Raises ``ConfigError`` with the name."""
        return value if isinstance(value, TriggerPrice) else cls(above_zero(name, value))

    def __str__(self) -> str:
        order = "market" if self.limit is None else f"limit {self.limit:f}"
        return f"{order} at {self.by} {self.price:f}"


def kind_of_legs(has_profit: bool, has_loss: bool) -> tuple[AlgoKind | None, AlgoLeg | None]:
    """Return what an algo order with these sides is, and which side a conditional one is; None for one without."""
    if has_profit and has_loss:
        return "oco", None
    if not has_profit and not has_loss:
        return None, None
    return "conditional", "take_profit" if has_profit else "stop_loss"


@attrs.frozen(kw_only=True)
class AlgoUpdate:
    """An algo order as the exchange has it at ``updated_at``.

    What is not told is None; of an amended field the new value is told. ``trigger``, ``take_profit`` and ``stop_loss``
    are told together: where one is, the others are None because the algo order has none. It is recognised by
    ``algo_id``, else by
    ``client_order_id`` (the algo order's own), else by ``attached_id`` (what the exchange calls it while it belongs to
    an order that is not filled, where that is another id than later), else by its parent and ``kind`` with ``leg``.

    ``leg``: which side a conditional order is; ``fired_leg``: the side of an oco order that fired. ``order_ids``: the
    orders that it has sent, as far as this row tells them. ``parent_order_id`` and ``parent_client_order_id``: the
    order to which it is or was attached. ``size``: in the unit of the instrument's orders; None for a whole position.
    ``reason``: why it was canceled, refused, or failed. ``is_amend_failed``: a change of it was refused.
    ``is_inferred``: nothing but its facts says that it is the one that was asked for; of an ``unknown`` one: all that
    can be told of it was told, and does not say which it is.
    """

    inst_id: str
    status: AlgoStatus
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
    is_amend_failed: bool = False
    is_inferred: bool = False
    recovered: bool = False
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)

    def evolved(self, **changes: Any) -> Self:
        """Return one like it with other values."""
        return attrs.evolve(self, **changes)
