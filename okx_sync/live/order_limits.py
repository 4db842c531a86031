"""``OrderLimits``: bounds that every order of an account keeps, whichever client sends it and whichever way it goes.

Clients that share one object share its bounds: room for an order is reserved before it is sent, in one step, given back
when the order was refused, and kept while nobody knows. So threads never pass a bound together. What an order asks for,
and what must be asked of the exchange first, is found out in ``limit_check``.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import attrs

from okx_sync.errors import ConfigError, OrderLimitError
from okx_sync.exact_numbers import Number, above_zero, exact
from okx_sync.state.exposure import Exposure, OpenOrder, reach
from okx_sync.types import PositionSide, Side

__all__ = ["InstrumentKey", "OrderLimits", "OwnOrder", "PositionUnknownError", "Reserved", "WantedOrder"]

_WINDOW_S: Final = 1.0
_ASKED_S: Final = 1.0  # so long what REST told of an instrument is added to, before it is asked again


class InstrumentKey(NamedTuple):
    """An instrument of an account at an exchange; ``product`` where names are shared.

    ``address``: where its REST is; ``account``: something that only clients with the same key share.
    """

    address: str
    account: str
    product: str | None
    inst_id: str


@attrs.define(eq=False)
class OwnOrder:
    """An order, or the growth of one, for which there is room until its end has been seen.

    ``order_id``: the exchange's, once it is known; ``sent_at``: epoch ms on the exchange's clock, ``begun_at`` on the
    monotonic one. ``is_change``: of an order that is listed without it; ``waits``: in no list of open orders.
    ``is_answered``: nobody waits for an answer any more, so that it can be looked up. ``over_since`` (monotonic): since
    when it is known to be over.
    """

    order: OpenOrder
    order_id: str | None
    client_order_id: str | None
    sent_at: int
    begun_at: float
    is_change: bool = False
    waits: bool = False
    is_answered: bool = False
    over_since: float | None = None

    def is_told_by(self, listed: OpenOrder) -> bool:
        """Tell whether a listed order is this one, as it is after the change if it is one."""
        if not self.order.ids & listed.ids:
            return False
        size = self.order.size
        return not self.is_change or (size is not None and listed.size is not None and listed.size >= size)


@attrs.frozen(kw_only=True)
class WantedOrder:
    """What an order wants of the limits.

    ``adds``: by how much the position may grow by it; None where no bound of positions is to be kept by it. ``look``:
    tells what the account has of the instrument, as far as that is known without asking; called under the lock of the
    limits. ``is_reducing``: it makes an order neither larger nor dearer, and is not refused.
    """

    key: InstrumentKey
    side: Side | None = None
    position_side: PositionSide | None = None
    own: OwnOrder | None = None
    adds: Decimal | None = None
    look: Callable[[Sequence[OwnOrder]], Exposure | None] = lambda _: None
    is_reducing: bool = False


class PositionUnknownError(Exception):
    """A position must be asked for first. ``key``, ``limit_error``: what is to be raised where that does not help."""

    def __init__(self, key: InstrumentKey, limit_error: OrderLimitError) -> None:
        super().__init__(str(limit_error))
        self.key = key
        self.limit_error = limit_error


@attrs.define(eq=False)
class _Known:
    """What is known of an instrument: own orders that may not be seen yet, and what REST told last."""

    own: list[OwnOrder] = attrs.field(factory=list)
    asked: Exposure | None = None
    asked_at: float = float("-inf")
    turn: int = 0


class OrderLimits:
    """Limits of orders, checked before anything is sent: ``OkxClient(config, limits=OrderLimits(max_position=10))``.

    One object may be given to the REST client and the stream client of an account, and to those of several accounts: a
    position is counted by account and instrument, the rate of orders over all of them. What is not known is refused.
    Cancels, and what closes a whole position, are never refused. Safe from any thread.

    Args:
        max_notional: The most that one order may be worth, in the currency that its instrument is quoted or settled
            in: size x contract value x price. A market order counts at the best opposite price and ``market_margin``.
        max_orders_per_s: How many orders may be sent within a second, those of batches one by one, changes of orders
            among them. More are refused; nothing waits.
        max_position: How far a position may come, long or short, when this order and all that are open or on their way
            in its direction are filled; in the unit of the instrument's orders. A number for all instruments, or one
            for each that is named. Orders that only reduce are exempt.
        allowed: The instruments that may be traded, as the exchange names them; None for all.
        market_margin: By how much the price of a market order may be worse than the best one, as a fraction.

    Raises:
        ConfigError: A limit is no number, a float, or below 0; or ``allowed`` is one text.
    """

    def __init__(
        self,
        *,
        max_notional: Number | None = None,
        max_orders_per_s: int | None = None,
        max_position: Number | Mapping[str, Number] | None = None,
        allowed: Collection[str] | None = None,
        market_margin: Number = Decimal("0.01"),
    ) -> None:
        self.max_notional = None if max_notional is None else above_zero("max_notional", max_notional)
        self.max_orders_per_s = _count(max_orders_per_s)
        self.max_position = _positions(max_position)
        self.allowed = _names(allowed)
        self.market_margin = _not_below_zero("market_margin", market_margin)
        # Guards the rest. Nobody is asked under it; live orders and positions are read.
        self._lock = threading.RLock()
        self._turn = 0
        self._times: deque[float] = deque()
        self._known: dict[InstrumentKey, _Known] = {}
        self._refused: Counter[str] = Counter()

    def __repr__(self) -> str:
        bounds = {name: getattr(self, name) for name in ("max_notional", "max_orders_per_s", "max_position", "allowed")}
        told = ", ".join(f"{name}={_shown(bound)}" for name, bound in bounds.items() if bound is not None)
        return f"<OrderLimits {told or 'none'}; {sum(self.refused.values())} refused>"

    @property
    def refused(self) -> dict[str, int]:
        """How many requests each limit refused so far."""
        with self._lock:
            return dict(self._refused)

    def count_refusal(self, error: OrderLimitError) -> None:
        """Note that a request was refused."""
        with self._lock:
            self._refused[error.limit] += 1

    def most_of(self, inst_id: str) -> Decimal | None:
        """Return the bound of the position in an instrument; None where there is none."""
        bound = self.max_position
        return bound.get(inst_id) if isinstance(bound, Mapping) else bound

    # -- room for orders -----------------------------------------------------------------------------------------

    def reserve(self, wanted: Sequence[WantedOrder], now: float, since: int) -> Reserved:
        """Reserve room for the orders of a request, for all or none.

        ``now``: monotonic; ``since``: what REST was asked after this turn counts before live objects. Raises
        ``OrderLimitError``, and ``PositionUnknownError`` where asking may find room.
        """
        with self._lock:
            self._check_rate(wanted, now)
            for place, want in enumerate(wanted):
                if want.adds is not None and (bound := self.most_of(want.key.inst_id)) is not None:
                    found = self._found(want, now, since)
                    self._check_position(want, wanted[:place], bound, found)
            self._times.extend([now] * len(wanted))
            for want in wanted:
                if want.own is not None:
                    self._known.setdefault(want.key, _Known()).own.append(want.own)
        return Reserved(self, wanted, now)

    def _check_rate(self, wanted: Sequence[WantedOrder], now: float) -> None:
        most = self.max_orders_per_s
        while self._times and now - self._times[0] >= _WINDOW_S:
            self._times.popleft()
        count, total = len(wanted), len(self._times) + len(wanted)
        if most is not None and total > most and not all(want.is_reducing for want in wanted):
            raise OrderLimitError(
                f"max_orders_per_s: {total} orders within a second are above {most}; nothing was sent",
                limit="max_orders_per_s",
                value=Decimal(total),
                bound=Decimal(most),
                retryable=count <= most,
                hint="send it later" if count <= most else "send fewer at once",
            )

    def _found(self, want: WantedOrder, now: float, since: int) -> Exposure | None:
        """Return what is known of an instrument, and forget own orders that are over by that."""
        known = self._known.setdefault(want.key, _Known())
        if known.turn > since:
            return known.asked
        found = want.look(known.own)
        if found is None:
            return known.asked if now - known.asked_at <= _ASKED_S else None
        known.own = _left(known.own, found)
        return found

    def _check_position(
        self, want: WantedOrder, before: Iterable[WantedOrder], bound: Decimal, found: Exposure | None
    ) -> None:
        value = None
        if found is not None:
            mine = list(self._known[want.key].own)
            mine += [one.own for one in before if one.key == want.key and one.own is not None]
            unseen = [one.order for one in mine if not any(map(one.is_told_by, found.orders))]
            value = reach(found.positions, [*found.orders, *unseen], want.side, want.position_side)
        assert want.adds is not None
        value = None if value is None else value + want.adds
        if value is None or value > bound:
            raise PositionUnknownError(want.key, _too_far(want, value, bound))

    def own_orders(self, key: InstrumentKey) -> list[OwnOrder]:
        """Return the orders of an instrument whose end has not been seen."""
        with self._lock:
            known = self._known.get(key)
            return [] if known is None else list(known.own)

    def next_turn(self) -> int:
        """Return a number above all before: by these it is told what was asked before what."""
        with self._lock:
            self._turn += 1
            return self._turn

    def asked_turn(self, key: InstrumentKey) -> int:
        """Return the turn in which REST was last asked about an instrument; 0 for none."""
        with self._lock:
            known = self._known.get(key)
            return 0 if known is None else known.turn

    def learn(self, key: InstrumentKey, told: Exposure, turn: int, asked_at: float) -> None:
        """Take in what REST told of an instrument; ``turn`` and ``asked_at`` (monotonic): when it was asked."""
        with self._lock:
            known = self._known.setdefault(key, _Known())
            if turn > known.turn:
                known.asked, known.turn, known.asked_at = told, turn, asked_at
                known.own = _left(known.own, told)

    def settle(self, want: WantedOrder, *, taken: bool, order_id: str | None = None) -> None:
        """Note what is known of an order that was sent: one that was taken may be found under its new id as well."""
        own = want.own
        if own is None:
            return
        with self._lock:
            if not taken or own.waits:
                self._drop(want.key, own)
                return
            own.is_answered = True
            if own.is_change:  # what an earlier one added is part of what this one makes of the order
                known = self._known[want.key]
                known.own = [one for one in known.own if one is own or not _is_of_same(one, own)]
            elif order_id:
                own.order_id = order_id
                own.order = attrs.evolve(own.order, ids=own.order.ids | {order_id})

    def give_back(self, wanted: Sequence[WantedOrder], at: float) -> None:
        """Take back a reservation whole, that of the rate included."""
        with self._lock:
            for want in wanted:
                if want.own is not None:
                    self._drop(want.key, want.own)
                if at in self._times:
                    self._times.remove(at)

    def _drop(self, key: InstrumentKey, own: OwnOrder) -> None:
        known = self._known.get(key)
        if known is not None and own in known.own:
            known.own.remove(own)


class Reserved:
    """The room that the orders of one request take. Its methods may be called in any order, and more than once."""

    def __init__(self, limits: OrderLimits, wanted: Sequence[WantedOrder], at: float) -> None:
        self._limits = limits
        self._wanted = wanted
        self._at = at

    def settle(self, place: int, *, taken: bool, order_id: str | None = None) -> None:
        """Note what became of one order."""
        self._limits.settle(self._wanted[place], taken=taken, order_id=order_id)

    def settle_all(self, *, taken: bool) -> None:
        """Note what became of all of them."""
        for place in range(len(self._wanted)):
            self.settle(place, taken=taken)

    def withdraw(self) -> None:
        """Take it all back: nothing was sent."""
        self._limits.give_back(self._wanted, self._at)


def _left(own: Iterable[OwnOrder], told: Exposure) -> list[OwnOrder]:
    """Return the orders that still count: not those that are over, nor changes that have been seen."""
    seen = [one for one in own if one.is_change and one.is_answered and any(map(one.is_told_by, told.orders))]
    return [one for one in own if one not in told.ended and one not in seen]


def _is_of_same(one: OwnOrder, change: OwnOrder) -> bool:
    """Tell whether both are changes of one order, of which the other was answered before."""
    return one.is_change and one.is_answered and bool(one.order.ids & change.order.ids)


def _too_far(want: WantedOrder, value: Decimal | None, bound: Decimal) -> OrderLimitError:
    inst_id = want.key.inst_id
    held = f"the {want.position_side} position" if want.position_side in ("long", "short") else "the position"
    told = f"{held} in {inst_id} and the orders in its direction are not all known"
    if value is not None:
        told = f"{held} in {inst_id} may come to {value:f} with what is open in its direction, above {bound:f}"
    return OrderLimitError(
        f"max_position: {told}; nothing was sent",
        limit="max_position",
        inst_id=inst_id,
        value=value,
        bound=bound,
        hint="cancel open orders, reduce the position, or make the order smaller" if value is not None else None,
    )


def _count(value: Any) -> int | None:
    if value is None or (type(value) is int and value > 0):
        return value
    raise ConfigError(f"max_orders_per_s must be a whole number above 0, not {value!r}")


def _not_below_zero(name: str, value: Number) -> Decimal:
    number = exact(name, value)
    if number < 0:
        raise ConfigError(f"{name} cannot be below 0: {value}")
    return number


def _positions(value: Number | Mapping[str, Number] | None) -> Decimal | Mapping[str, Decimal] | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        _names(value)
        return {name: _not_below_zero(f"max_position[{name!r}]", one) for name, one in value.items()}
    return _not_below_zero("max_position", value)


def _names(given: Collection[str] | None) -> frozenset[str] | None:
    if given is None:
        return None
    if isinstance(given, str) or not isinstance(given, Collection):
        raise ConfigError(f"allowed cannot be {given!r}", hint="a list of instruments: allowed=['BTC-USDT']")
    for name in given:
        if not isinstance(name, str) or not name.strip():
            raise ConfigError(f"{name!r} is not the name of an instrument", hint="as the exchange names it")
    return frozenset(given)


def _shown(bound: Any) -> str:
    if isinstance(bound, frozenset):
        return repr(sorted(bound))
    if isinstance(bound, Mapping):
        return repr({name: f"{value:f}" for name, value in bound.items()})
    return f"{bound:f}" if isinstance(bound, Decimal) else str(bound)
