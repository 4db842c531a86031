"""The orders and fills of one account: the same in the end, whatever the order in which news of them comes.

News comes from several sides (a push per change, a push per fill, REST) in any order, twice, or several changes in
one. Three rules make one truth of it. A status only goes forward (``order_state.status_after``). Facts are taken from
the latest news (``order_news``). A fill counts once, by instrument, trade and order.

No locks here and no threads: ``order_manager`` has those.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from decimal import Decimal
from typing import Any, Final, NamedTuple

import attrs

from okx_sync.errors import ConfigError
from okx_sync.state.orders.order_news import OrderMoment
from okx_sync.state.orders.order_state import (
    OrderChange,
    OrderState,
    PreparedOrder,
    StatusStep,
    evolved,
    status_after,
)
from okx_sync.types import FINAL, FillUpdate, OrderStatus, OrderUpdate

__all__ = ["Applied", "OrderRecord", "Orders"]

_ZERO: Final = Decimal(0)
# Exchanges refuse the login of a clock that is off by more than half a minute.
_CLOCKS_DIFFER_MS: Final = 60_000
_FACTS: Final = (
    "order_id", "client_order_id", "side", "order_type", "position_side", "price", "size", "fee", "fee_currency",
    "pnl", "reduce_only", "created_at", "updated_at", "request_id", "raw",
)  # fmt: skip
_BLANK: Final = OrderState(inst_id="")
_OF_ALL_FILLS: Final = ("fee", "pnl")


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

    def filled(self, status: OrderStatus) -> Decimal:
        """Return what the exchange says, or more where it reported fills since; never less than before."""
        filled, before = self.told[0], self.state.filled
        if before > filled:
            filled = before
        # When an order is over, the exchange has counted all fills.
        return filled if status in FINAL or filled >= self.size else self.size

    def average(self, filled: Decimal) -> Decimal | None:
        """Return the exchange's own when it is of all that is filled, else that of the fills, if all are known."""
        told, average = self.told
        if told == filled and average is not None:
            return average
        return self.value / filled if filled and self.size == filled else None


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

    def accept(self, record: OrderRecord, order_id: str) -> Applied:
        """Note that the exchange has received the order and calls it ``order_id``.

        The next news says whether it lives.
        """
        if record.state.order_id is not None or order_id in self._by_id:
            return Applied(record)  # the stream was faster
        return self._merge(record, {"order_id": order_id}, "pending")

    def conclude(self, record: OrderRecord, status: OrderStatus, reason: str, at: int | None = None) -> Applied:
        """Set what is known of the order by other means than news of it.

        An answer was lost, the request was refused, or the exchange does not know the order (any more).
        """
        if status == "rejected" and record.state.order_id is not None:
            return Applied(record)  # a request was refused, but the exchange has this order
        return self._merge(record, {}, status, reason=reason, at=at)

    # -- news --------------------------------------------------------------------------------------------------

    def apply(self, update: OrderUpdate) -> Applied:
        """Take in what the exchange says of an order."""
        record = self._owner(update) or OrderRecord(evolved(_BLANK, {"inst_id": update.inst_id}))
        state, latest = record.state, record.latest
        at = update.updated_at
        if at is None and latest is not None:
            at = latest.at
        news = OrderMoment(update.status, update.filled, at)
        facts: dict[str, Any] = {}
        if latest is None or news.compared_to(latest) >= 0:
            told = vars(update)
            for name in _FACTS:
                if (value := told[name]) is not None:
                    facts[name] = value
            if latest is not None and update.filled > latest.filled:
                facts |= {name: None for name in _OF_ALL_FILLS if name not in facts}  # what was told is of fewer fills
            if latest is None:
                facts["size"] = update.size  # ours may count something else than the exchange's
            record.latest = news
        known = record.told[0]
        if update.filled > known or (update.filled == known and update.average_price is not None):
            record.told = (update.filled, update.average_price)
        reason = update.reason
        if update.is_amend_failed:
            failed_at = -1 if at is None else at
            if state.amend_failed_at is None or failed_at > state.amend_failed_at:
                facts |= {"amend_error": reason or "the exchange gave no reason", "amend_failed_at": failed_at}
            reason = None
        return self._merge(
            record, facts, update.status, update.fill, reason=reason, at=update.updated_at, recovered=update.recovered
        )

    def apply_fill(self, fill: FillUpdate) -> Applied:
        """Take in a fill that comes by itself."""
        record = self._owner(fill)
        if record is not None:
            facts = {"order_id": fill.order_id}
            return self._merge(record, facts, "partially_filled", fill, at=fill.ts, recovered=fill.recovered)
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
            if ours is not None and is_free and not _is_before(news, ours.state):
                found = ours
        return found

    def _merge(
        self,
        record: OrderRecord,
        facts: dict[str, Any],
        told: OrderStatus,
        fill: FillUpdate | None = None,
        *,
        reason: str | None = None,
        at: int | None = None,
        recovered: bool = False,
    ) -> Applied:
        """Put facts, status and fill into the record, and the record into its place in the table."""
        state = record.state
        before = state if record in self.open or record in self.finished else None
        fills = state.fills
        for early in self._early.pop(facts.get("order_id") or "", ()) if self._early else ():
            record.add(early)
            fills = (*fills, early)
        is_new = fill is not None and self._is_new(fill)
        if fill is not None and is_new:
            record.add(fill)
            fills = (*fills, fill)
        elif fill is not None:
            fills = _completed(fills, fill)
        status = status_after(state.status, told)
        filled = record.filled(status)
        if filled:
            status = status_after(status, "partially_filled")
        if status != state.status or before is None:
            reason = reason if status == told else None
            history = (*state.history, StatusStep(status, at, reason))
        else:
            reason = state.reason or (reason if status == told else None)
            history = state.history
        missing = filled - record.size
        facts["status"], facts["reason"], facts["history"] = status, reason, history
        facts["fills"], facts["filled"], facts["average_price"] = fills, filled, record.average(filled)
        facts["missing"] = missing if missing > _ZERO else _ZERO
        raw = facts.pop("raw", state.raw)
        after = evolved(state, facts)
        is_change = before is None or vars(after) != vars(before)
        vars(after)["raw"] = raw  # the newest row, which by itself is no change
        record.state = after
        self._file(record)
        change = OrderChange(order=after, previous=before, recovered=recovered) if is_change else None
        return Applied(record, change, fill if is_new else None)

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

    def _file(self, record: OrderRecord) -> None:
        state = record.state
        if state.order_id is not None:
            self._by_id[state.order_id] = record
        if state.client_order_id is not None:
            rival = self._by_client.setdefault(state.client_order_id, record)
            if rival is not record and _is_newer(state, rival.state):
                self._by_client[state.client_order_id] = record
        if state.is_open:
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


def _completed(fills: tuple[FillUpdate, ...], again: FillUpdate) -> tuple[FillUpdate, ...]:
    """Return ``fills`` with the one that came again completed by what it lacked at first, such as its fee."""
    for number, fill in enumerate(fills):
        if fill.trade_id == again.trade_id:
            gained = {
                field.name: value
                for field in attrs.fields(FillUpdate)
                if getattr(fill, field.name) is None and (value := getattr(again, field.name)) is not None
            }
            if not gained:
                return fills
            return (*fills[:number], attrs.evolve(fill, **gained), *fills[number + 1 :])
    return fills


def _is_before(news: OrderUpdate | FillUpdate, ours: OrderState) -> bool:
    """Tell whether the order of the news was there, or traded, before ours was sent.

    Only what is fetched later can be of an order that ended before: what is pushed happens now.
    """
    at = news.created_at if isinstance(news, OrderUpdate) else news.ts
    return news.recovered and at is not None and ours.sent_at is not None and at < ours.sent_at - _CLOCKS_DIFFER_MS


def _is_newer(one: OrderState, other: OrderState) -> bool:
    """Tell whether a client order id that both orders have now means ``one``."""
    if one.is_open != other.is_open:
        return one.is_open
    return (one.created_at or 0) > (other.created_at or 0)
