"""What order limits need to know of an account and a market: from live objects where a client has them, else from REST.

Live orders and positions are used while both are synced, and never opened for this; a live book gives prices while it
is valid. What is asked over REST is asked in such an order that nothing is missed between two answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final, Protocol

import attrs

from okx_sync.live.order_limits import OwnOrder
from okx_sync.rest.order_intent import BestPrices, OrderIntent
from okx_sync.state.exposure import Exposure, OpenOrder
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.orders.order_state import OpenOrders, OrderState, StatusStep
from okx_sync.state.position_monitor import PositionMonitor
from okx_sync.timing import Clock
from okx_sync.types import FINAL, OrderUpdate, PositionUpdate

__all__ = ["Contract", "KnownFacts", "LiveFacts", "OrderQueries", "asked_exposure", "live_exposure"]

_ZERO: Final = Decimal(0)
_PUSHED_S: Final = 2.0  # so late a position may be pushed behind the fill that changed it
_ARRIVED_MS: Final = 60_000  # a request that the exchange does not know after so long did not arrive
_CHANGED_MS: Final = 5_000  # a change that an open order does not show after so long was refused, or undone
_PRICE_S: Final = 1.0


class Contract(Protocol):
    """What one unit of an order's size is worth."""

    @property
    def contract_value(self) -> Decimal:
        """In the base currency, or in money with :attr:`is_inverse`; None (typed as a number) while it is unknown."""

    @property
    def is_inverse(self) -> bool:
        """Whether the value is money, which no price changes."""


class OrderQueries(Protocol):
    """What is asked of an exchange about an order that is to be sent. All raise ``OkxError``."""

    def contract(self, order: OrderIntent) -> Contract:
        """Return what a unit of its size is worth. Raises ``ConfigError`` where that is not known."""

    def prices(self, order: OrderIntent) -> BestPrices:
        """Return the best prices of its instrument."""

    def open_orders(self, order: OrderIntent) -> OpenOrders:
        """List the open orders on its instrument."""

    def positions(self, order: OrderIntent) -> Iterable[PositionUpdate]:
        """List the positions in its instrument. Raises ``ConfigError`` for one that has none, as spot."""

    def look_up(self, order: OrderIntent, known: OrderState) -> OrderState | OrderUpdate | None:
        """Return an order on its instrument as it is now; None when the exchange does not know it."""

    def dearest(self, known: OrderState | OrderUpdate) -> Decimal | None:
        """Return the highest of the prices of an order that is known; None for one at market. Asks nobody."""

    def as_meant(self, order: OrderIntent) -> OrderIntent:
        """Return an order as the exchange takes it, where that depends on the account's position mode."""

    def has_positions(self, order: OrderIntent) -> bool:
        """Tell whether its instrument has positions."""

    def is_of(self, known: OrderState, product: str | None) -> bool:
        """Tell whether an order that is known is of this product type, among those that share its instrument's name."""


class LiveFacts(Protocol):
    """What a stream client knows without asking."""

    def orders(self) -> OrderManager | None:
        """Return the live orders if they are there."""

    def positions(self) -> PositionMonitor | None:
        """Return the live positions if they are there."""

    def prices(self, inst_id: str, product: str | None) -> BestPrices | None:
        """Return the best prices of a live book that is valid."""


class KnownFacts:
    """The facts for one client's orders.

    Args:
        queries: Who is asked over REST.
        clock: The client's.
        live: What a stream client knows; None for a REST client.
    """

    def __init__(self, queries: OrderQueries, clock: Clock, live: LiveFacts | None = None) -> None:
        self.queries = queries
        self.clock = clock
        self._live = live
        self._prices: dict[tuple[str | None, str | None], tuple[float, BestPrices]] = {}  # replaced, never changed

    def price(self, order: OrderIntent) -> Decimal | None:
        """Return the price at which an order would trade at once; None where nobody tells one. Raises ``OkxError``."""
        found = self._best(order)
        if order.side is None:
            return None if None in (found.bid, found.ask) else found.ask
        return found.ask if order.side == "buy" else found.bid

    def known_bid(self, order: OrderIntent) -> Decimal | None:
        """Return the best bid of a live book, at which an order that sells for less would trade; asks nobody."""
        found = None if self._live is None else self._live.prices(order.inst_id or "", order.product)
        return None if found is None else found.bid

    def _best(self, order: OrderIntent) -> BestPrices:
        if self._live is not None and order.inst_id:
            found = self._live.prices(order.inst_id, order.product)
            if found is not None:
                return found
        key, now = (order.product, order.inst_id), self.clock.monotonic()
        asked_at, known = self._prices.get(key, (float("-inf"), None))
        if known is None or now - asked_at > _PRICE_S:
            known = self.queries.prices(order)
            self._prices[key] = (now, known)
        return known

    def exposure(self, order: OrderIntent, own: Sequence[OwnOrder]) -> Exposure | None:
        """Return what the live objects tell of an order's instrument; None where they cannot. Asks nobody."""
        if self._live is None:
            return None
        orders, positions = self._live.orders(), self._live.positions()
        if orders is None or positions is None or not (orders.synced and positions.synced):
            return None
        inst_id, product, is_of = order.inst_id or "", order.product, self.queries.is_of
        return live_exposure(orders, positions, inst_id, lambda state: is_of(state, product), own, self.clock)

    def ask(self, order: OrderIntent, own: Sequence[OwnOrder]) -> Exposure:
        """Ask REST for the same. Raises ``OkxError``."""
        return asked_exposure(self.queries, order, own, self.clock)

    def current(self, order: OrderIntent) -> OrderState | OrderUpdate | None:
        """Return the order that a change is of, as it is now; None where nobody knows it. Raises ``OkxError``."""
        orders = None if self._live is None else self._live.orders()
        found = None if orders is None else orders.get(order.order_id, order.client_order_id)
        if found is not None and found.size is not None:
            return found.snapshot()
        known = OrderState(
            inst_id=order.inst_id or "",
            order_id=order.order_id,
            client_order_id=order.client_order_id,
            product=order.product,
        )
        return self.queries.look_up(order, known)


def live_exposure(
    orders: OrderManager,
    positions: PositionMonitor,
    inst_id: str,
    is_of: Callable[[OrderState], bool],
    own: Sequence[OwnOrder],
    clock: Clock,
) -> Exposure:
    """Return what live orders and positions tell of an instrument.

    What an order has filled counts until a position that is as new has been pushed. A new order of this client that the
    exchange has not named yet is left out: it is among ``own`` once there is room for it.
    """
    states = [handle.snapshot() for handle in orders.open]
    mine = [one for one in states if one.inst_id == inst_id and is_of(one) and not _is_on_its_way(one)]
    found = [(one, _state_of(orders, one)) for one in own if _is_settled(one, clock)]
    held = tuple(one for one in positions.all if one.inst_id == inst_id)  # after the orders, see Exposure
    pushed_at = max((one.updated_at or 0 for one in held), default=0)
    listed = [_open_order(state, pushed_at, own) for state in mine]
    ended: list[OwnOrder] = []
    for one, state in found:
        if state is None:
            continue
        if not state.is_done:
            if _is_undone(one, listed, clock):
                ended.append(one)
            continue
        if one.over_since is None:
            one.over_since = clock.monotonic()
        if _is_pushed(state, pushed_at) or clock.monotonic() - one.over_since > _PUSHED_S:
            ended.append(one)
        else:
            listed.append(attrs.evolve(one.order, counts=state.filled))
    return Exposure(positions=held, orders=tuple(listed), ended=ended)


def asked_exposure(queries: OrderQueries, order: OrderIntent, own: Sequence[OwnOrder], clock: Clock) -> Exposure:
    """Ask REST what an account has in the instrument of an order.

    First the open orders, then what became of own ones that are not among them, last the positions, which have whatever
    those have filled. Raises ``OkxError``.
    """
    told = queries.open_orders(order)
    if told.lost:
        raise told.lost[0]
    listed = [_open_order(update, None, own) for update in told.updates]
    ended = [one for one in own if _is_settled(one, clock) and _is_over(queries, order, one, listed, clock)]
    held = tuple(one for one in queries.positions(order) if one.is_open)
    return Exposure(positions=held, orders=tuple(listed), ended=ended)


def _is_over(
    queries: OrderQueries, order: OrderIntent, own: OwnOrder, listed: Sequence[OpenOrder], clock: Clock
) -> bool:
    """Tell whether an own order will fill no more, as far as it can be found out."""
    if any(map(own.is_told_by, listed)):
        return False
    if any(own.order.ids & one.ids for one in listed):
        return _is_undone(own, listed, clock)
    known = OrderState(
        inst_id=order.inst_id or "",
        order_id=own.order_id,
        client_order_id=own.client_order_id,
        product=order.product,
        history=(StatusStep("pending", own.sent_at),),
    )
    found = queries.look_up(order, known)
    return _age_ms(own, clock) > _ARRIVED_MS if found is None else found.status in FINAL


def _is_settled(own: OwnOrder, clock: Clock) -> bool:
    """Tell whether nobody waits for the answer to a request any more, or can."""
    return own.is_answered or _age_ms(own, clock) > _ARRIVED_MS


def _is_undone(own: OwnOrder, listed: Iterable[OpenOrder], clock: Clock) -> bool:
    """Tell whether a change is of an open order that does not show it, and will not."""
    return own.is_change and not any(map(own.is_told_by, listed)) and _age_ms(own, clock) > _CHANGED_MS


def _age_ms(own: OwnOrder, clock: Clock) -> float:
    return (clock.monotonic() - own.begun_at) * 1000


def _is_on_its_way(state: OrderState) -> bool:
    return state.status == "pending" and state.order_id is None


def _state_of(orders: OrderManager, own: OwnOrder) -> OrderState | None:
    """Return an own order as it is now; one of an earlier use of its id is another order."""
    handle = orders.get(own.order_id, own.client_order_id)
    if handle is None:
        return None
    state = handle.snapshot()
    made_at = state.sent_at or state.created_at
    is_other = own.order_id is not None and state.order_id not in (None, own.order_id)
    is_before = own.order_id is None and made_at is not None and made_at < own.sent_at - _ARRIVED_MS
    return None if is_other or is_before else state


def _open_order(order: OrderState | OrderUpdate, pushed_at: int | None, own: Iterable[OwnOrder]) -> OpenOrder:
    """Return what an order may still do to a position.

    ``pushed_at``: how new the position is, epoch ms; None for one that has all fills. What a row does not tell yet is
    as it was asked for.
    """
    ids = frozenset(one for one in (order.order_id, order.client_order_id) if one)
    asked = next((one.order for one in own if one.order.ids & ids and not one.is_change), None)
    side, position_side = order.side, order.position_side
    closes = order.reduce_only is True or (position_side, side) in (("long", "sell"), ("short", "buy"))
    if asked is not None:
        position_side, closes = position_side or asked.position_side, closes or asked.closes
    left = None if order.size is None else max(_ZERO, order.size - order.filled)
    if left is not None and pushed_at is not None and not _is_pushed(order, pushed_at):
        left += order.filled
    return OpenOrder(ids=ids, side=side, position_side=position_side, size=order.size, counts=left, closes=closes)


def _is_pushed(order: OrderState | OrderUpdate, pushed_at: int) -> bool:
    """Tell whether a position that is so new has all that an order has filled."""
    if not order.filled:
        return True
    times = [fill.ts for fill in getattr(order, "fills", ()) if fill.ts is not None] or [order.updated_at]
    return times[0] is not None and max(one or 0 for one in times) <= pushed_at
