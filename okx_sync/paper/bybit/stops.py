"""Take profit, stop loss and trailing stop that orders bring along and positions wear: when they come and go.

The venue's algo orders do the waiting. Here is which of them belong to a position, so that they go with it, to an
order that has yet to be filled, and to each other. Facts: Bybit V5 "Place Order", "Set Trading Stop" and the help pages
on TP/SL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from okx_sync.paper.bybit.settings import rules_of
from okx_sync.paper.venue.algo_orders import Trigger, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, text
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.types import opposite
from okx_sync.paper.venue.venue import Venue

AnyOrder: TypeAlias = VenueOrder | VenueAlgoOrder
TAKE_PROFIT, STOP_LOSS, TRAILING = KINDS = ("tp", "sl", "ts")
#: What a stop is for: the whole position, a part of it, or the coins that a spot order has traded.
FULL, PARTIAL, SPOT = "Full", "Partial", ""
#: `orderFilter` of a spot stop, which its algo order has for a tag: one that stands alone, or a pair.
TP_SL, OCO = "tpslOrder", "OcoOrder"
#: How many stops of parts a side of a position may have.
MOST_PARTIAL = 20
_OTHER = {TAKE_PROFIT: STOP_LOSS, STOP_LOSS: TAKE_PROFIT}
#: cancelType of a stop whose pair was triggered, and of one whose position is gone.
_BY_PAIR = {
    TAKE_PROFIT: "CancelByOCOTpCanceledBySlTriggered",
    STOP_LOSS: "CancelByOCOSlCanceledByTpTriggered",
}
_CLEARED, _BY_USER, _BEFORE_LIQUIDATION = "CancelByTpSlTsClear", "CancelByUser", "CancelAllBeforeLiq"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop that is asked for. `px` is its trigger (of a trailing stop the distance), `order_px` "-1" for market."""

    kind: str
    px: Decimal
    price_type: str = "last"
    order_px: str = "-1"
    active_px: Decimal | None = None


@dataclass(slots=True, eq=False)
class StopPlan:
    """The stops that an order, the `parent`, brings along; `filled`: how much of it they have been made for."""

    mode: str
    stops: dict[str, Stop]
    parent: AnyOrder | None = None
    filled: int = 0

    @property
    def order(self) -> VenueOrder | None:
        """The order whose fills count: of one that waited for a price, what it has become."""
        parent = self.parent
        if isinstance(parent, VenueAlgoOrder):
            return parent.orders[-1] if parent.orders else None
        return parent

    @property
    def is_over(self) -> bool:
        """Whether nothing more of the parent will be filled."""
        if self.order is not None:
            return self.order.is_done
        return isinstance(self.parent, VenueAlgoOrder) and self.parent.state != "live"

    @property
    def client_id(self) -> str:
        """The parent's client id, as the venue knows it."""
        if isinstance(self.parent, VenueAlgoOrder):
            return self.parent.algoClOrdId
        return self.parent.clOrdId if self.parent is not None else ""


@dataclass(slots=True, eq=False)
class OrderFacts:
    """What this wire keeps of an order that the venue does not know.

    `plan`: the stops that it brings; `bound`: which stop it is itself; `said`: fields of its row, as they were asked.
    """

    plan: StopPlan | None = None
    bound: BoundStop | None = None
    said: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class BoundStop:
    """A stop that waits. `pair` is shared by a take profit and a stop loss that were set together.

    `plan` is that of the order which brought it, `cancelled` the `cancelType` of one that was cancelled, `seen` how
    many lots it would have closed when there were any.
    """

    algo: VenueAlgoOrder
    kind: str
    mode: str
    pair: int
    plan: StopPlan | None
    cancelled: str = ""
    seen: int = 0

    @property
    def px(self) -> Decimal:
        """Its trigger; of a trailing stop the distance."""
        (trigger,) = self.algo.triggers
        px = trigger.px if isinstance(trigger, Trigger) else trigger.spread
        assert px is not None  # it was asked for
        return px


class BybitStops:
    """All stops of a venue's accounts that were set on Bybit's wire. A rule of the algo engine."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._plans: list[StopPlan] = []
        self._waiting: dict[int, BoundStop] = {}
        self._pairs = 0

    # --- looking

    def of(self, position: VenuePosition, account: VenueAccount) -> Iterator[BoundStop]:
        """Yield the waiting stops of a position, oldest first."""
        for stop in self._waiting.values():
            if stop.algo.account is account and stop.algo.position_key == position.key:
                yield stop

    def full(self, position: VenuePosition, account: VenueAccount, kind: str) -> BoundStop | None:
        """Return the stop of a kind that is for the whole position."""
        return next((one for one in self.of(position, account) if one.kind == kind and one.mode == FULL), None)

    def count_partial(self, account: VenueAccount, key: tuple[str, str, str], side: str) -> int:
        """Return how many stops of parts there are for a side of a position, with those that orders of it will bring.

        `side` is that of the orders which open it.
        """
        set_now = sum(
            one.mode == PARTIAL
            and one.algo.account is account
            and one.algo.position_key == key
            and one.algo.side != side
            for one in self._waiting.values()
        )
        coming = [(plan, plan.parent) for plan in self._plans if plan.mode == PARTIAL and not plan.filled]
        return set_now + sum(
            len(plan.stops)
            for plan, parent in coming
            if parent is not None and (parent.account, parent.position_key, parent.side) == (account, key, side)
        )

    # --- setting

    def follow(self, plan: StopPlan, parent: AnyOrder) -> None:
        """Bring the stops of a plan as its order is filled."""
        plan.parent = parent
        self._plans.append(plan)

    def forget(self, plan: StopPlan) -> None:
        """Bring nothing more of a plan."""
        if plan in self._plans:
            self._plans.remove(plan)

    def set(
        self, account: VenueAccount, position: VenuePosition, mode: str, stops: dict[str, Stop], size: Decimal
    ) -> None:
        """Give a position stops. Those for the whole of it replace earlier ones, others are added for `size`."""
        self._set(account, position, StopPlan(mode, stops), size, None)

    def _set(
        self, account: VenueAccount, position: VenuePosition, asked: StopPlan, size: Decimal, plan: StopPlan | None
    ) -> None:
        self._pairs += 1
        for kind, stop in asked.stops.items():
            is_whole = asked.mode == FULL or kind == TRAILING
            if is_whole:
                self.clear(account, position, kind)
            request = self._request_for(position, stop, position.instrument.maxMktSz if is_whole else size)
            self._place(account, request, stop, FULL if is_whole else PARTIAL, plan)

    def clear(self, account: VenueAccount, position: VenuePosition, kind: str) -> bool:
        """Take away the stop of a kind that is for the whole position; whether there was one."""
        found = self.full(position, account, kind)
        if found is not None:
            self._cancel(found, _BY_USER)
        return found is not None

    @staticmethod
    def _request_for(position: VenuePosition, stop: Stop, size: Decimal) -> dict[str, object]:
        request: dict[str, object] = {
            "instId": position.instrument.instId,
            "tdMode": position.mgnMode,
            "posSide": position.posSide,
            "side": "sell" if position.lots > 0 else "buy",
            # What is too much for the position is cut when it triggers.
            "sz": text(size),
            "reduceOnly": True,
        }
        if stop.kind != TRAILING:
            return request | {"ordType": "conditional", **_leg(stop)}
        active = {} if stop.active_px is None else {"activePx": text(stop.active_px)}
        return request | {"ordType": "move_order_stop", "callbackSpread": text(stop.px), **active}

    def _place(
        self, account: VenueAccount, request: dict[str, object], stop: Stop, mode: str, plan: StopPlan | None
    ) -> None:
        def bind(algo: VenueAlgoOrder) -> None:
            # Filed before it is told of: its row says whose it is.
            bound = BoundStop(algo, stop.kind, mode, self._pairs, plan, seen=algo.closable)
            self._waiting[algo.id] = bound
            algo.of_wire = OrderFacts(bound=bound)

        rules = rules_of(account, self._venue.instruments[str(request["instId"])])
        ack = self._venue.algos.place(account, request, bind, rules, is_due=True, holds=mode == SPOT)
        if not ack.ok:
            raise ValueError(ack.sMsg)

    def free(self, account: VenueAccount, position: VenuePosition) -> None:
        """Cancel what waits, before a position is liquidated: of a contract on isolated margin, else of all."""
        for algo in self._venue.algos.waiting(account):
            same = algo.instrument is position.instrument or position.mgnMode == "cross"
            if not same or not algo.instrument.is_swap or not isinstance(algo.of_wire, OrderFacts):
                continue
            self._waiting.pop(algo.id, None)
            facts_of(algo).said["cancelType"] = _BEFORE_LIQUIDATION
            self._venue.algos.drop(algo)

    # --- acting

    def run(self) -> None:
        """Bring the stops of orders that were filled; end those whose position or pair is gone."""
        for plan in list(self._plans):
            self._bring(plan)
        for stop in list(self._waiting.values()):
            self._end(stop)
        for stop in list(self._waiting.values()):
            self._fit(stop)

    def _bring(self, plan: StopPlan) -> None:
        order = plan.order
        if order is not None and not order.instrument.is_swap:
            if order.is_done and order.filled:
                self._bring_spot(plan, order)
        elif order is not None and order.filled > plan.filled:
            new, plan.filled = order.filled - plan.filled, order.filled
            position = order.position
            if position is not None and position.lots * order.sign > 0:
                self._wear(plan, order.account, position, order.instrument.sz(min(new, abs(position.lots))))
        if plan.is_over:
            self.forget(plan)

    def _wear(self, plan: StopPlan, account: VenueAccount, position: VenuePosition, size: Decimal) -> None:
        """Let a position wear what one more fill of an order brings: the pair of the order grows with its fills."""
        mine = [one for one in self.of(position, account) if one.plan is plan]
        if not mine:
            self._set(account, position, plan, size, plan)
        elif plan.mode == PARTIAL:
            for one in mine:
                self._resize(one, one.algo.sz + size)

    def _bring_spot(self, plan: StopPlan, order: VenueOrder) -> None:
        """Place what is to sell (or buy back) what an order on a spot pair has traded, less the fee of that."""
        instrument = order.instrument
        lots = order.filled if order.side == "sell" else instrument.lots(instrument.coins(order.filled) + order.fee)
        kinds = list(plan.stops)
        request: dict[str, object] = {
            "instId": instrument.instId,
            "tdMode": "cash",
            "side": opposite(order.side),
            "sz": text(instrument.sz(lots - lots % instrument.lot_step)),
            "tgtCcy": "base_ccy",
            "tag": OCO if len(kinds) > 1 else TP_SL,
            "ordType": "oco" if len(kinds) > 1 else "conditional",
        }
        for stop in plan.stops.values():
            request |= _leg(stop)
        self._pairs += 1
        self._place(order.account, request, plan.stops[kinds[0]], SPOT, plan)

    def _end(self, stop: BoundStop) -> None:
        """Forget a stop that waits no more, and its pair with it."""
        algo = stop.algo
        if algo.state == "live" or algo.id not in self._waiting:
            return
        del self._waiting[algo.id]
        if stop.mode != PARTIAL:
            return  # what is for the whole position goes with that alone
        if algo.state == "canceled":
            self._end_pair(stop, _BY_USER)
        elif algo.orders:
            self._end_pair(stop)

    def _fit(self, stop: BoundStop) -> None:
        """End a stop whose position is gone, and cut those of parts to their position, the oldest first."""
        algo = stop.algo
        if stop.mode == SPOT or algo.state != "live":
            return
        stop.seen = algo.closable or stop.seen
        if not algo.closable:
            self._cancel(stop, _CLEARED)
        elif stop.mode == PARTIAL:
            held, total = algo.instrument.sz(algo.closable), self._total(stop)
            left = algo.sz - (total - held)
            if left <= 0:
                self._cancel(stop, _CLEARED)
            elif total > held:
                self._resize(stop, left)

    def _total(self, stop: BoundStop) -> Decimal:
        """Return the size of all stops of parts that are like one."""
        key = stop.algo.account, stop.algo.position_key, stop.kind, stop.mode
        every = self._waiting.values()
        return sum(
            (one.algo.sz for one in every if (one.algo.account, one.algo.position_key, one.kind, one.mode) == key),
            ZERO,
        )

    def _resize(self, stop: BoundStop, size: Decimal) -> None:
        algo = stop.algo
        algo.sz, algo.given["sz"], algo.uTime = size, text(size), self._venue.engine.ms
        self._venue.algos.tell(algo)

    def _end_pair(self, ended: BoundStop, reason: str = "") -> None:
        """Cancel the other one of a pair; `reason` where it is not that the first was triggered."""
        for other in list(self._waiting.values()):
            if other.pair == ended.pair and other.kind == _OTHER.get(ended.kind):
                self._cancel(other, reason or _BY_PAIR[other.kind])

    def _cancel(self, stop: BoundStop, reason: str) -> None:
        stop.cancelled = reason
        self._waiting.pop(stop.algo.id, None)
        self._venue.algos.cancel(stop.algo.account, {"algoId": str(stop.algo.id)})


def _leg(stop: Stop) -> dict[str, str]:
    """Return what a request says of a take profit or stop loss."""
    given = {"TriggerPx": text(stop.px), "TriggerPxType": stop.price_type, "OrdPx": stop.order_px}
    return {f"{stop.kind}{name}": value for name, value in given.items()}


def facts_of(order: AnyOrder) -> OrderFacts:
    """Return what is kept of an order; made on first use."""
    if not isinstance(order.of_wire, OrderFacts):
        order.of_wire = OrderFacts()
    assert isinstance(order.of_wire, OrderFacts)
    return order.of_wire


def plan_of(order: AnyOrder) -> StopPlan | None:
    """Return the stops that an order brings, or has brought."""
    return order.of_wire.plan if isinstance(order.of_wire, OrderFacts) else None


def bound_of(order: AnyOrder) -> BoundStop | None:
    """Return what is known of an order that is, or was, a stop."""
    return order.of_wire.bound if isinstance(order.of_wire, OrderFacts) else None


def said_of(order: AnyOrder) -> dict[str, object]:
    """Return fields of an order's row that say what was asked."""
    return order.of_wire.said if isinstance(order.of_wire, OrderFacts) else {}


def stops_of(venue: Venue) -> BybitStops:
    """Return the stops of a venue; made on first use."""
    for rule in venue.algos.rules:
        if isinstance(rule, BybitStops):
            return rule
    made = BybitStops(venue)
    venue.algos.rules.append(made)
    venue.risk.also_freed.append(made.free)
    return made


def price_of(venue: Venue, instrument: VenueInstrument, kind: str) -> Decimal:
    """Return the present `last`, `mark` or `index` price."""
    if kind == "last":
        return venue.prices.last[instrument.instId]
    return venue.prices.mark(instrument) if kind == "mark" else venue.prices.index(instrument)
