"""``LimitCheck``: checks what a client is about to place or to change against ``OrderLimits``, before it is sent.

REST calls and order operations on streams both ask here. An endpoint takes part by what it does to orders (its
``action``); the exchange's dialect says what a request asks for. What is needed of an account or a market is looked up
where the client has it live, else asked over REST, with no lock held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final

import attrs

from okx_sync.errors import ConfigError, OkxError, OrderLimitError, OrderStatusUnknown
from okx_sync.live.order_facts import KnownFacts, LiveFacts, OrderQueries
from okx_sync.live.order_limits import InstrumentKey, OrderLimits, OwnOrder, PositionUnknownError, Reserved, WantedOrder
from okx_sync.rest import call_rules
from okx_sync.rest.dialect import Reply, RestDialect
from okx_sync.rest.endpoint import Endpoint
from okx_sync.rest.order_intent import OrderIntent
from okx_sync.single_flight import SingleFlight
from okx_sync.state.exposure import OpenOrder
from okx_sync.state.orders.order_state import OrderState
from okx_sync.timing import Clock
from okx_sync.types import OrderUpdate

__all__ = ["LimitCheck", "checker_of"]

_ZERO: Final = Decimal(0)
_LIMITS: Final = ("allowed", "max_notional", "max_position")  # those that need to know what an order asks for


class LimitCheck:
    """The check of one client's orders (``OrderChecker``).

    Args:
        limits: The user's.
        dialect: REST's, of the client.
        facts: What is known for the client's orders.
        account: Something that only clients of the same account share.
        timeout_s: Seconds that a thread waits for another one that asks the same.
    """

    def __init__(
        self, limits: OrderLimits, dialect: RestDialect, facts: KnownFacts, account: str, timeout_s: float
    ) -> None:
        self._limits = limits
        self._account = account
        self._dialect = dialect
        self._facts = facts
        self._clock = facts.clock
        self._timeout_s = timeout_s
        self._asking = SingleFlight(facts.clock)

    def before(self, endpoint: Endpoint, params: Mapping[str, Any]) -> _Request | None:
        """Check what a call places or makes larger or dearer, and reserve room for it. None for all other calls.

        ``params`` by wire name, with the ids filled in. Raises ``OrderLimitError``; nothing is reserved then.
        """
        if endpoint.action not in ("place", "amend"):
            return None
        began = self._limits.next_turn()
        rows = call_rules.scoped_rows(self._dialect, endpoint, params)
        try:
            try:
                return self._checked(endpoint, rows, began, looks=self._needs_current)
            except OrderLimitError as error:
                if endpoint.action == "place" or self._needs_current or error.limit != "max_orders_per_s":
                    raise
            return self._checked(endpoint, rows, began, looks=True)  # a change that only reduces is not refused
        except OrderLimitError as error:
            error.environment = error.environment or self._dialect.environment
            self._limits.count_refusal(error)
            raise

    @property
    def _needs_current(self) -> bool:
        """Whether a change is judged by the order as it is, so that this is looked up."""
        limits = self._limits
        return any(getattr(limits, name) is not None for name in _LIMITS)

    def _checked(self, endpoint: Endpoint, rows: list[dict[str, Any]], began: int, *, looks: bool) -> _Request:
        found = [self._wanted(endpoint, row, looks) for row in rows]
        wanted: list[WantedOrder] = []
        orders: dict[InstrumentKey, OrderIntent] = {}
        places: list[int | None] = []
        for order, want in found:
            places.append(None if want is None else len(wanted))
            if want is not None:
                wanted.append(want)
                if order is not None:
                    orders[want.key] = order
        return _Request(self._dialect, self._room(wanted, orders, began), places)

    # -- one order -------------------------------------------------------------------------------------------------

    def _wanted(
        self, endpoint: Endpoint, row: Mapping[str, Any], looks: bool
    ) -> tuple[OrderIntent | None, WantedOrder | None]:
        """Check an order by itself; return what it is and what it wants of the limits that orders share."""
        order = self._dialect.order_intent(endpoint.path, row)
        if order is None:
            return None, self._unread(endpoint)
        if order.closes_all:
            return None, None
        if endpoint.action == "amend":
            return self._changed(order) if looks else (order, self._rate_only(order))
        self._check_allowed(order)
        self._check_notional(order)
        return order, self._want(order, order, order.size)

    def _unread(self, endpoint: Endpoint) -> WantedOrder:
        """Let a request that cannot be read pass where only the rate is limited."""
        for limit in _LIMITS:
            if getattr(self._limits, limit) is not None:
                raise _refusal(limit, f"{endpoint.name}: what it asks for cannot be read before it is sent")
        return self._rate_only(None)

    def _changed(self, change: OrderIntent) -> tuple[OrderIntent | None, WantedOrder | None]:
        """Check a change of an order; one that makes it neither larger nor dearer passes all limits."""
        try:
            before = self._facts.current(change)
        except OkxError as error:
            limit = next((name for name in _LIMITS if getattr(self._limits, name) is not None), "max_orders_per_s")
            text = f"the order that it changes cannot be looked up: {error.message}"
            raise _refusal(limit, text, change.inst_id) from error
        price = None if before is None else self._facts.queries.dearest(before)
        order = change if before is None else _as_changed(change, before, price)
        if before is not None and not _grows(order, before, price):
            return order, attrs.evolve(self._counted(change, order, _ZERO), adds=None, is_reducing=True)
        self._check_allowed(order)
        self._check_notional(order)
        return order, self._want(change, order, _growth(order, before))

    def _check_allowed(self, order: OrderIntent) -> None:
        allowed = self._limits.allowed
        if allowed is not None and order.inst_id not in allowed:
            what = "an instrument that the request does not name" if order.inst_id is None else order.inst_id
            why = f"{what} is not among the instruments that may be traded"
            raise _refusal("allowed", why, order.inst_id, hint=f"allowed=[{', '.join(map(repr, sorted(allowed)))}]")

    def _check_notional(self, order: OrderIntent) -> None:
        bound = self._limits.max_notional
        if bound is None:
            return
        try:
            value = self._notional(order)
        except OkxError as error:
            refused = _refusal("max_notional", f"what it is worth is not known: {error.message}", order.inst_id)
            refused.hint = error.hint
            raise refused from error
        if value is None or value > bound:
            worth = "what it is worth is not known" if value is None else f"it is worth {value:f}, above {bound:f}"
            raise _refusal("max_notional", worth, order.inst_id, value, bound)

    def _notional(self, order: OrderIntent) -> Decimal | None:
        """Return what an order is worth; None where something of it is not known. Raises ``OkxError``."""
        if order.size is None or order.inst_id is None or order.in_quote:
            return order.size if order.in_quote else None
        contract = self._facts.queries.contract(order)
        value: Decimal | None = contract.contract_value
        if value is None or contract.is_inverse:
            return None if value is None else order.size * value
        price = order.price
        if price is None and not order.is_priced_otherwise:
            best = self._facts.price(order)
            price = None if best is None else best * (1 + self._limits.market_margin)
        elif price is not None and order.side == "sell" and not order.waits:
            price = max(price, self._facts.known_bid(order) or price)
        return None if price is None else order.size * value * price

    # -- room that orders share --------------------------------------------------------------------------------------

    def _want(self, asked: OrderIntent, order: OrderIntent, adds: Decimal | None) -> WantedOrder:
        """Return what an order wants: ``adds`` to its position, None where nobody knows how much.

        ``asked``: the request, which of a change does not say all that ``order`` is.
        """
        limits = self._limits
        if order.inst_id is None and limits.max_position is not None:
            raise _refusal("max_position", "the request does not name its instrument")
        bound = limits.most_of(order.inst_id or "")
        if bound is None:
            return self._rate_only(order)
        if asked is order and order.position_side is not None:
            asked = order = self._as_meant(order)
        if not order.closes and (adds is None or order.in_quote or not self._facts.queries.has_positions(order)):
            why = "its size is not known" if adds is None else "this instrument has no position that could be known"
            raise _refusal("max_position", f"{order.inst_id}: {why}", order.inst_id, None, bound)
        want = self._counted(asked, order, adds)
        return attrs.evolve(want, adds=None if order.closes or (asked is not order and adds == 0) else adds)

    def _counted(self, asked: OrderIntent, order: OrderIntent, adds: Decimal | None) -> WantedOrder:
        """Return what an order wants that is to be counted, where its position is limited."""
        want = self._rate_only(order)
        if self._limits.most_of(want.key.inst_id) is None or not self._facts.queries.has_positions(order):
            return want
        return attrs.evolve(
            want,
            side=order.side,
            position_side=order.position_side,
            own=self._own(asked, order, adds),
            adds=adds,
            look=partial(self._facts.exposure, order),
        )

    def _as_meant(self, order: OrderIntent) -> OrderIntent:
        """Return an order that names a position as the exchange takes it in the account's position mode."""
        try:
            return self._facts.queries.as_meant(order)
        except OkxError as error:
            text = f"the position mode of {order.inst_id} is not known: {error.message}"
            raise _refusal("max_position", text, order.inst_id) from error

    def _own(self, asked: OrderIntent, order: OrderIntent, adds: Decimal | None) -> OwnOrder:
        """Return what is to be counted of an order until the exchange tells of it."""
        return OwnOrder(
            order=OpenOrder(
                ids=asked.ids,
                side=order.side,
                position_side=order.position_side,
                size=order.size,
                counts=order.size if asked.heir_id else adds,
                closes=order.closes,
            ),
            order_id=None if asked.heir_id else asked.order_id,
            client_order_id=asked.heir_id or asked.client_order_id,
            sent_at=round(self._clock.server_time() * 1000),
            begun_at=self._clock.monotonic(),
            is_change=asked is not order,
            waits=order.waits,
        )

    def _rate_only(self, order: OrderIntent | None) -> WantedOrder:
        """Return what an order wants of which nothing but the rate is limited."""
        product, inst_id = (None, "") if order is None else (order.product, order.inst_id or "")
        return WantedOrder(key=InstrumentKey(self._dialect.base_url, self._account, product, inst_id))

    def _room(self, wanted: list[WantedOrder], asked: Mapping[InstrumentKey, OrderIntent], began: int) -> Reserved:
        """Reserve room for all, asking REST once for each instrument of which too little is known."""
        while True:
            try:
                return self._limits.reserve(wanted, self._clock.monotonic(), began)
            except PositionUnknownError as unknown:
                if self._limits.asked_turn(unknown.key) > began:
                    raise unknown.limit_error from None
                self._ask(unknown, asked[unknown.key], began)

    def _ask(self, unknown: PositionUnknownError, order: OrderIntent, since: int) -> None:
        """Have REST asked about an instrument, by this thread or another one, after this turn."""
        limits, key = self._limits, unknown.key

        def ask() -> None:
            turn, at = limits.next_turn(), self._clock.monotonic()
            limits.learn(key, self._facts.ask(order, limits.own_orders(key)), turn, at)

        try:
            while limits.asked_turn(key) <= since:
                self._asking.run(key, ask, self._timeout_s)
        except OkxError as error:
            raise unknown.limit_error from error


def checker_of(
    limits: OrderLimits,
    dialect: RestDialect,
    credentials: object,
    queries: OrderQueries,
    clock: Clock,
    timeout_s: float,
    live: LiveFacts | None = None,
) -> LimitCheck:
    """Return the check of a client's orders.

    Args:
        limits: The user's.
        dialect: REST's, of the client.
        credentials: The client's; None for none.
        queries: Who is asked over REST; must not keep the client alive, which has the check.
        clock: The client's.
        timeout_s: Seconds that a thread waits for another one that asks the same.
        live: What a stream client knows.

    Raises:
        ConfigError: ``limits`` are none.
    """
    if not isinstance(limits, OrderLimits):
        raise ConfigError(f"limits cannot be {limits!r}", hint="limits=OrderLimits(max_notional=1000)")
    key: str = getattr(credentials, "api_key", "")
    account = hashlib.sha256(key.encode()).hexdigest()
    return LimitCheck(limits, dialect, KnownFacts(queries, clock, live), account, timeout_s)


class _Request:
    """The room of the orders of one request (``Reservation``). ``places``: which part of it each of its rows has."""

    def __init__(self, dialect: RestDialect, room: Reserved, places: list[int | None]) -> None:
        self._dialect = dialect
        self._room = room
        self._places = places

    def answered(self, reply: Reply) -> None:
        """Note what a judged reply tells of each order: one row for each, in their order."""
        ids = self._dialect.new_ids or self._dialect.order_keys[1:2]
        for number, (place, row) in enumerate(zip(self._places, reply.rows, strict=False)):
            if place is None:
                continue
            is_told = number not in reply.unknown and isinstance(row, dict)
            is_refused = is_told and self._dialect.row_refusal(row) is not None
            order_id = next((str(row[name]) for name in ids if row.get(name)), None) if is_told else None
            self._room.settle(place, taken=not is_refused, order_id=order_id)

    def failed(self, error: BaseException) -> None:
        """Note that none of the orders was taken, unless the error leaves that open."""
        self._room.settle_all(taken=not isinstance(error, OkxError) or isinstance(error, OrderStatusUnknown))

    def withdraw(self) -> None:
        """Give all of it back: the request is not sent, or another way, which asks anew."""
        self._room.withdraw()


def _as_changed(change: OrderIntent, before: OrderState | OrderUpdate, price: Decimal | None) -> OrderIntent:
    """Return an order as it will be after a change; what the change does not say stays as it is."""
    side = before.position_side
    position_side = side if side in ("long", "short") else None
    closes = before.reduce_only is True or (side, before.side) in (("long", "sell"), ("short", "buy"))
    return attrs.evolve(
        change,
        inst_id=change.inst_id or before.inst_id,
        side=before.side,
        position_side=position_side,
        size=before.size if change.size is None else change.size,
        price=price if change.price is None else change.price,
        closes=closes,
    )


def _grows(order: OrderIntent, before: OrderState | OrderUpdate, price: Decimal | None) -> bool:
    """Tell whether a change makes an order larger or dearer, as far as both are known.

    What closes a whole position has no size, before and after.
    """
    if order.closes and order.size is None:
        return False
    if order.is_priced_otherwise:
        return True
    pairs = ((order.size, before.size), (order.price, price))
    return any(new != old and (new is None or old is None or new > old) for new, old in pairs)


def _growth(order: OrderIntent, before: OrderState | OrderUpdate | None) -> Decimal | None:
    """Return by how much a change makes an order larger; None where that is not known.

    One that waits for a price is not among the open orders, so that all of it is new to them.
    """
    if order.waits:
        return order.size
    if before is None or order.size is None or before.size is None:
        return None
    return max(_ZERO, order.size - before.size)


def _refusal(
    limit: Any,
    why: str,
    inst_id: str | None = None,
    value: Decimal | None = None,
    bound: Decimal | None = None,
    hint: str | None = None,
) -> OrderLimitError:
    text = f"{limit}: {why}; nothing was sent"
    return OrderLimitError(text, limit=limit, inst_id=inst_id, value=value, bound=bound, hint=hint)
