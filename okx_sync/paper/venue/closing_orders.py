"""Orders that can but shrink a position: how many of them a position has room for, and which give way.

The better an order's price, the higher its rank; of equal prices the older one. A market order is before all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.types import Row

#: Values of `cancelSource`: the position is closed, of a plain order and of a stop's; a better price was there already,
#: or has come.
CLOSED, CLOSED_BY_STOP, OUTRANKED, GAVE_WAY = "17", "21", "22", "23"
#: What a wire has that knows none of these.
CLOSED_OTHERWISE = "1"
#: The value of `amendSource` when the exchange has cut an order.
CUT = "4"
_NOTHING = "Order failed because you don't have any positions in this direction for this contract to reduce or close."
_SAME_WAY = "Failed to place order. A reduce-only order can't be the same trading direction as your existing positions."
_TOO_MUCH = "Close order size exceeds available size for this position."
_OPPOSITE = (
    "Failed to place order. The new order may execute an opposite trading direction of your existing reduce-only "
    "positions. Cancel or edit pending orders to continue order"
)
_OPPOSITE_EDIT = (
    "Failed to edit order. The edited order may execute an opposite trading direction of your existing reduce-only "
    "positions. Cancel or edit pending orders to continue."
)


class OrderBooks(Protocol):
    """The part of the order engine that orders are cut with."""

    books: dict[str, MatchingBook]

    def end(self, order: VenueOrder, source: str) -> None:
        """Cancel an order."""

    def tell_amended(self, order: VenueOrder, **amended: str) -> None:
        """Push what was amended."""


def orders_closing(position: VenuePosition | MarginPosition, account: VenueAccount) -> list[VenueOrder]:
    """Return the open orders that may do nothing but close a position."""
    return [order for order in account.orders.values() if order.closes_only and order.position_key == position.key]


def request_to_close(position: VenuePosition, size: Decimal | None = None) -> Row:
    """Return the request for a market order that closes an open position, or as much of it as ``size``."""
    instrument = position.instrument
    return {
        "instId": instrument.instId,
        "tdMode": position.mgnMode,
        "posSide": position.posSide,
        "side": "sell" if position.lots > 0 else "buy",
        "ordType": "market",
        "sz": text(instrument.sz(abs(position.lots)) if size is None else size),
        "reduceOnly": True,
    }


def admit(order: VenueOrder) -> None:
    """Refuse an order that closes more than there is to close, or cut it to that, as its rules say."""
    closable = order.closable
    if not closable:
        raise _nothing_to_close(order)
    if order.rules.last_closing_order_wins:
        _admit_beside_older(order, closable)
    elif not order.rules.bounds_closing_orders:
        cut(order, min(order.lots, closable))
    elif order.posSide != "net":
        if order.lots + sum(other.left for other in _siblings(order)) > closable:
            raise VenueRefusal("51112", _TOO_MUCH)
    else:
        _admit_by_rank(order, closable)


def _admit_beside_older(order: VenueOrder, closable: int) -> None:
    """Cut an order to what older ones leave of a side's position; where they leave nothing, they will give way."""
    room = closable
    if order.posSide != "net":
        if order.lots > closable:
            raise VenueRefusal("51112", _TOO_MUCH)
        room -= sum(other.left for other in _siblings(order))
    cut(order, min(order.lots, room if room > 0 else closable))


def send_away_older(engine: OrderBooks, order: VenueOrder) -> int:
    """Cancel older orders that close the same position until all fit it together; returns how many."""
    older = sorted(_siblings(order), key=lambda other: other.id)
    over = order.lots + sum(other.left for other in older) - order.closable
    gone = 0
    while over > 0 and gone < len(older):
        over -= older[gone].left
        engine.end(older[gone], CLOSED_OTHERWISE)
        gone += 1
    return gone


def _admit_by_rank(order: VenueOrder, closable: int) -> None:
    cuts = order.rules.readings.reduce_only_above_position == "cut"
    if order.lots > closable and not cuts:
        raise VenueRefusal("51112", _TOO_MUCH)
    before = sum(other.left for other in _siblings(order) if _is_before(other, order.px, order.sign))
    room = closable - before
    if order.lots <= room:
        return
    if not cuts:
        raise VenueRefusal("51148", _OPPOSITE)
    if room > 0:
        cut(order, room)
    else:
        order.ends_at_once = OUTRANKED


def check_amended(order: VenueOrder, px: int, lots: int) -> int:
    """Return the size to which an order may be amended: more than there is to close is refused, or cut to that."""
    closable, left = order.closable, lots - order.filled
    siblings = list(_siblings(order)) if order.rules.bounds_closing_orders else []
    if order.posSide != "net":
        if left + sum(other.left for other in siblings) > closable:
            raise VenueRefusal("51112", _TOO_MUCH)
        return lots
    before = sum(other.left for other in siblings if _is_before(other, px, order.sign))
    most = order.filled + closable - before
    if lots > most > order.filled and order.rules.readings.reduce_only_above_position == "cut":
        return most
    if lots > most:
        raise VenueRefusal("51171", _OPPOSITE_EDIT)
    return lots


def _nothing_to_close(order: VenueOrder) -> VenueRefusal:
    position = order.margin_position if order.is_margin else order.position
    if order.rules.bounds_closing_orders and order.posSide == "net" and position is not None and position.lots:
        return VenueRefusal("51170", _SAME_WAY)
    return VenueRefusal("51169", _NOTHING)


def _siblings(order: VenueOrder) -> Iterator[VenueOrder]:
    """Yield the other open orders that close the same position."""
    for other in order.account.orders.values():
        if other is not order and other.closes_only and _position_of(other) == _position_of(order):
            yield other


def _position_of(order: VenueOrder) -> tuple[str, str, str, str]:
    return *order.position_key, order.side


def _is_before(other: VenueOrder, px: int | None, sign: int) -> bool:
    """Tell whether an order that rests is before a new one at a price."""
    return px is not None and other.px is not None and other.px * sign >= px * sign


def cut(order: VenueOrder, lots: int) -> None:
    """Make an order smaller, what is filled of it included."""
    if lots < order.lots:
        order.resize(lots)
        order.is_cut = True


def make_room(engine: OrderBooks, account: VenueAccount, instrument: VenueInstrument) -> None:
    """Cut or cancel resting orders that close more of a position than is open, those of the lowest rank first."""
    book = engine.books[instrument.instId]
    kin: dict[tuple[str, str, str, str], list[VenueOrder]] = {}
    for order in account.orders.values():
        if order.closes_only and book.find(order.id) is not None:
            kin.setdefault(_position_of(order), []).append(order)
    for orders in kin.values():
        room = closable = orders[0].closable
        for order in sorted(orders, key=_rank):
            if not order.rules.bounds_closing_orders:
                room = closable
            _shrink(engine, order, room, gone=not closable)
            room -= order.left


def _rank(order: VenueOrder) -> tuple[int, int]:
    return (0 if order.px is None else -order.px * order.sign), order.id


def _shrink(engine: OrderBooks, order: VenueOrder, room: int, *, gone: bool) -> None:
    if order.left <= room:
        return
    if room <= 0:
        source = CLOSED_BY_STOP if order.algoId or order.isTpLimit else CLOSED
        engine.end(order, source if gone else GAVE_WAY)
        return
    engine.books[order.instrument.instId].reduce(order.id, order.left - room)
    cut(order, order.filled + room)
    engine.tell_amended(order, amendSource=CUT)
