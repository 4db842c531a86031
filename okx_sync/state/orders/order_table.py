"""The orders and fills of one account: the same in the end, whatever the order in which news of them comes.

News comes from several sides (a push per change, a push per fill, REST) in any order, twice, or several changes in
one. Three rules make one truth of it. A status only goes forward (``order_state.AFTER``). Facts are taken from
the latest news (``order_news``). A fill counts once, by instrument, trade and order.

No locks here and no threads: ``order_manager`` has those.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from decimal import Decimal
from typing import Any, Final, NamedTuple

import attrs

from okx_sync.errors import ConfigError
from okx_sync.rows.packed_row import PackedRow
from okx_sync.state.orders.order_news import OrderMoment, is_older
from okx_sync.state.orders.order_state import (
    AFTER,
    OrderChange,
    OrderState,
    PreparedOrder,
    StatusStep,
    change_of,
    state_of,
)
from okx_sync.types import FINAL, FillUpdate, OrderStatus, OrderUpdate

__all__ = ["Applied", "OrderRecord", "Orders"]

_ZERO: Final = Decimal(0)
_FACTS: Final = (
    "order_id", "client_order_id", "side", "order_type", "position_side", "price", "size", "fee", "fee_currency",
    "pnl", "reduce_only", "created_at", "updated_at", "request_id", "raw",
)  # fmt: skip
_BLANK: Final = OrderState(inst_id="")
_tuple: Final = tuple.__new__  # each update makes some with names: their own functions take three times the time


@attrs.define(eq=False)
class OrderRecord:
    """One order through its life. ``state`` is replaced as a whole, so that reading it needs no lock.

    ``latest``: the latest news; ``told``: the filled size that the exchange reported, and its average price; ``size``
    and ``value``: sums over the fills that are known. ``handle`` belongs to whoever wraps the record.
    """

    state: OrderState
    latest: OrderMoment | None = None
    told: tuple[Decimal, Decimal | None] = (_ZERO, None)
    size: Decimal = _ZERO
    value: Decimal = _ZERO
    handle: Any = None

    def add(self, fill: FillUpdate) -> None:
        """Count a fill."""
        self.size += fill.size
        self.value += fill.size * fill.price

    def totals(self, status: OrderStatus) -> tuple[Decimal, Decimal, Decimal | None]:
        """Return what is filled, how much of that is in no fill that is known, and its average price.

        Filled is what the exchange says, or more where it reported fills since; never less than before. The average is
        the exchange's own when it is of all that is filled, else that of the fills, if all are known.
        """
        filled, average = self.told
        told, before, size = filled, self.state.filled, self.size
        if before > filled:
            filled = before
        if size > filled and status not in FINAL:  # when an order is over, the exchange has counted all fills
            filled = size
        if average is None or told != filled:
            average = self.value / filled if filled and size == filled else None
        return filled, filled - size if filled > size else _ZERO, average


class Applied(NamedTuple):
    """The effect of a piece of news: the order's change if it changed, and its fill if that was not known."""

    record: OrderRecord | None
    change: OrderChange | None = None
    fill: FillUpdate | None = None


class Orders:
    """The table of orders.

    Args:
        max_finished: Orders that are over, and fills, that are kept; open orders always are.
        max_known: Fills that are recognised when they come twice.
    """

    def __init__(self, *, max_finished: int = 10_000, max_known: int = 100_000) -> None:
        self.open: dict[OrderRecord, None] = {}
        self.finished: OrderedDict[OrderRecord, None] = OrderedDict()
        self.fills: deque[FillUpdate] = deque(maxlen=max_finished)
        self._max_finished = max_finished
        self._max_known = max_known
        self._by_id: dict[str, OrderRecord] = {}
        self._by_client: dict[str, OrderRecord] = {}
        self._known: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        # Fills of orders that are not known yet, by order.
        self._early: OrderedDict[str, tuple[FillUpdate, ...]] = OrderedDict()

    # -- looking up --------------------------------------------------------------------------------------------

    def find(self, order_id: str | None = None, client_order_id: str | None = None) -> OrderRecord | None:
        """Find the order of one of these ids; a client order id that was used twice finds the newest."""
        found = self._by_id.get(order_id) if order_id else None
        return found or (self._by_client.get(client_order_id) if client_order_id else None)

    # -- our own orders ----------------------------------------------------------------------------------------

    def expect(self, new: PreparedOrder, now: int) -> OrderRecord:
        """Record an order that is about to be sent. ``now``: epoch ms.

        Raises ``ConfigError`` when an order of that id is open already.
        """
        used = self._by_client.get(new.client_order_id)
        if used is not None and used.state.is_open:
            raise ConfigError(
                f"client_order_id {new.client_order_id!r} is in use: {used.state}",
                hint="leave it out, or use a new one",
            )
        shared = ("inst_id", "side", "size", "price", "order_type", "client_order_id", "expires_at", "product")
        facts = {name: getattr(new, name) for name in shared}
        record = OrderRecord(OrderState(**facts, history=(StatusStep("pending", now),)))
        self.open[record] = None
        self._by_client[new.client_order_id] = record
        return record

    def adopt(self, state: OrderState) -> OrderRecord:
        """Record an order that is known from before, unless one of its ids is recorded already."""
        found = self.find(state.order_id, state.client_order_id)
        if found is None:
            found = OrderRecord(state)
            self._file(found, state)
        return found

    def forget(self, record: OrderRecord) -> None:
        """Take an order out, as if it had never been known."""
        self.open.pop(record, None)
        self.finished.pop(record, None)
        self._forget(record)

    def accept(self, record: OrderRecord, order_id: str) -> Applied:
        """Note that the exchange has received the order and calls it ``order_id``.

        The next news says whether it lives.
        """
        if record.state.order_id is not None or order_id in self._by_id:
            return Applied(record)  # the stream was faster
        return self._merge(record, {**vars(record.state), "order_id": order_id}, "pending")

    def conclude(self, record: OrderRecord, status: OrderStatus, reason: str, at: int | None = None) -> Applied:
        """Set what is known of the order by other means than news of it.

        An answer was lost, the request was refused, or the exchange does not know the order (any more).
        """
        if status == "rejected" and record.state.order_id is not None:
            return Applied(record)  # a request was refused, but the exchange has this order
        return self._merge(record, vars(record.state).copy(), status, reason=reason, at=at)

    # -- news --------------------------------------------------------------------------------------------------

    def apply(self, update: OrderUpdate) -> Applied:
        """Take in what the exchange says of an order."""
        record = self._by_id.get(update.order_id) or self._owner(update) or OrderRecord(_BLANK)
        latest, at, reason, filled = record.latest, update.updated_at, update.reason, update.filled
        values = vars(record.state).copy()  # of the state to come
        if at is None and latest is not None:
            at = latest.at
        news = _tuple(OrderMoment, (update.status, filled, at))
        if latest is None or news.compared_to(latest) >= 0:
            record.latest, told = news, vars(update)
            for name in _FACTS:
                if (value := told[name]) is not None:
                    values[name] = value
            if latest is None:
                values["inst_id"] = values["inst_id"] or update.inst_id
                values["size"] = update.size  # ours may count something else than the exchange's
            elif filled > latest.filled:
                values["fee"], values["pnl"] = update.fee, update.pnl  # what was told is of fewer fills
        known = record.told[0]
        if filled > known or (filled == known and update.average_price is not None):
            record.told = (filled, update.average_price)
        if update.is_amend_failed:
            failed_at = -1 if at is None else at
            if values["amend_failed_at"] is None or failed_at > values["amend_failed_at"]:
                values["amend_error"] = reason or "the exchange gave no reason"
                values["amend_failed_at"] = failed_at
            reason = None
        return self._merge(record, values, update.status, update.fill, reason, update.updated_at, update.recovered)

    def apply_fill(self, fill: FillUpdate) -> Applied:
        """Take in a fill that comes by itself."""
        record = self._owner(fill)
        if record is not None:
            values = {**vars(record.state), "order_id": fill.order_id}
            return self._merge(record, values, "partially_filled", fill, at=fill.ts, recovered=fill.recovered)
        if not self._is_new(fill):
            return Applied(None)
        self._early[fill.order_id] = (*self._early.pop(fill.order_id, ()), fill)
        while len(self._early) > self._max_finished:
            self._early.popitem(last=False)
        return Applied(None, None, fill)

    # -- how -----------------------------------------------------------------------------------------------------

    def _owner(self, news: OrderUpdate | FillUpdate) -> OrderRecord | None:
        """Return the record that an update is about."""
        found = self._by_id.get(news.order_id)
        if found is None and news.client_order_id:
            ours = self._by_client.get(news.client_order_id)
            # One that was refused, that has another id, or that was there before we sent ours, is another order.
            is_free = ours is not None and ours.state.order_id is None and ours.state.is_open
            at = news.created_at if isinstance(news, OrderUpdate) else news.ts
            if ours is not None and is_free and not is_older(news.recovered, at, ours.state.sent_at):
                found = ours
        return found

    def _merge(
        self,
        record: OrderRecord,
        values: dict[str, Any],
        told: OrderStatus,
        fill: FillUpdate | None = None,
        reason: str | None = None,
        at: int | None = None,
        recovered: bool = False,
    ) -> Applied:
        """Put status and fill into the record, and the record into its place in the table.

        ``values`` are those of the state to come, with the facts that were told.
        """
        state = record.state
        before = state if record in self.open or record in self.finished else None
        fills = state.fills
        for early in self._early.pop(values["order_id"], ()) if self._early else ():
            record.add(early)
            fills = (*fills, early)
        is_new = False
        if fill is not None:
            if is_new := self._is_new(fill):
                record.add(fill)
            fills = (*fills, fill) if is_new else _completed(fills, fill)
        status = AFTER[state.status][told]
        filled, values["missing"], values["average_price"] = record.totals(status)
        if filled:
            status = AFTER[status]["partially_filled"]
        values["fills"], values["filled"] = fills, filled
        if status != state.status or before is None:
            values["reason"] = reason = reason if status == told else None
            values["history"] = (*state.history, StatusStep(status, at, reason))
            values["status"] = status
        elif status == told:
            values["reason"] = state.reason or reason
        if is_new or status in FINAL:
            _pack(values, fill if is_new else None, is_over=status in FINAL)
        is_change = before is None or status != before.status or is_new or _is_other(values, before)
        record.state = after = state_of(values)
        self._file(record, after)
        change = change_of(after, before, recovered) if is_change else None
        return _tuple(Applied, (record, change, fill if is_new else None))

    def _is_new(self, fill: FillUpdate) -> bool:
        """Tell whether this fill is new; from now on it is known."""
        key = (fill.inst_id, fill.trade_id, fill.order_id)
        if key in self._known:
            self._known.move_to_end(key)
            return False
        self._known[key] = None
        if len(self._known) > self._max_known:
            self._known.popitem(last=False)
        self.fills.append(fill)
        return True

    def _file(self, record: OrderRecord, state: OrderState) -> None:
        if state.order_id is not None:
            self._by_id[state.order_id] = record
        if state.client_order_id is not None:
            rival = self._by_client.setdefault(state.client_order_id, record)
            if rival is not record and _is_newer(state, rival.state):
                self._by_client[state.client_order_id] = record
        if state.status not in FINAL:
            self.open[record] = None
        elif record not in self.finished:
            self.open.pop(record, None)
            self.finished[record] = None
            while len(self.finished) > self._max_finished:
                self._forget(self.finished.popitem(last=False)[0])

    def _forget(self, record: OrderRecord) -> None:
        state = record.state
        if state.order_id is not None:
            self._by_id.pop(state.order_id, None)
        if state.client_order_id is not None and self._by_client.get(state.client_order_id) is record:
            del self._by_client[state.client_order_id]


def _pack(values: dict[str, Any], fill: FillUpdate | None, *, is_over: bool) -> None:
    """Pack the rows that are kept for long: that of a new fill, and the last one of an order that is over."""
    newest = packed = None
    if fill is not None:
        newest = vars(fill)["raw"]
        packed = vars(fill)["raw"] = PackedRow.of(newest)
    if is_over:
        values["raw"] = packed if values["raw"] is newest else PackedRow.of(values["raw"])


def _is_other(values: dict[str, Any], before: OrderState) -> bool:
    """Tell whether these are other values than those before; the newest row by itself is no change."""
    raw = values["raw"]
    values["raw"] = vars(before)["raw"]
    is_other = values != vars(before)
    values["raw"] = raw
    return is_other


def _completed(fills: tuple[FillUpdate, ...], again: FillUpdate) -> tuple[FillUpdate, ...]:
    """Return ``fills`` with the one that came again completed by what it lacked at first, such as its fee."""
    for number, fill in enumerate(fills):
        if fill.trade_id == again.trade_id:
            told = vars(again)  # a row that is packed stays so
            gained = {
                name: told[name] for name, value in vars(fill).items() if value is None and told[name] is not None
            }
            if not gained:
                return fills
            return (*fills[:number], attrs.evolve(fill, **gained), *fills[number + 1 :])
    return fills


def _is_newer(one: OrderState, other: OrderState) -> bool:
    """Tell whether a client order id that both orders have now means ``one``."""
    if one.is_open != other.is_open:
        return one.is_open
    return (one.created_at or 0) > (other.created_at or 0)
