"""Take profit, stop loss and trailing stop of positions: who wears them, and when they come and go.

The venue's algo orders do the waiting. Here is which of them belong to a position, so that they go with it, to an
order that has yet to be filled, and to each other. Facts: Bybit V5 "Set Trading Stop" and the help pages on TP/SL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from okx_sync.paper.venue.algo_orders import VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.records import VenueAccount, VenueOrder, VenuePosition
from okx_sync.paper.venue.venue import Venue
from okx_sync.paper.venue.wire_rules import COMMON

TAKE_PROFIT, STOP_LOSS, TRAILING = KINDS = ("tp", "sl", "ts")
FULL, PARTIAL = "Full", "Partial"
_OTHER = {TAKE_PROFIT: STOP_LOSS, STOP_LOSS: TAKE_PROFIT}
#: cancelType of a stop whose pair was triggered, and of one whose position is gone.
_BY_PAIR = {
    TAKE_PROFIT: "CancelByOCOTpCanceledBySlTriggered",
    STOP_LOSS: "CancelByOCOSlCanceledByTpTriggered",
}
_CLEARED = "CancelByTpSlTsClear"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop that is asked for. `px` is its trigger (of a trailing stop the distance), `order_px` "-1" for market."""

    kind: str
    px: Decimal
    price_type: str = "last"
    order_px: str = "-1"
    active_px: Decimal | None = None


@dataclass(slots=True)
class StopPlan:
    """The stops that an order brings along; they appear when it is filled."""

    order: VenueOrder
    mode: str
    stops: dict[str, Stop]
    filled: int = 0


@dataclass(slots=True)
class BoundStop:
    """A waiting stop of a position. `pair` is shared by a take profit and a stop loss that were set together."""

    algo: VenueAlgoOrder
    kind: str
    mode: str
    pair: int
    px: Decimal
    cancelled: str = ""


class BybitStops:
    """All stops of a venue's accounts that were set on Bybit's wire. A rule of the algo engine."""

    def __init__(self, venue: Venue) -> None:
        self._venue = venue
        self._plans: dict[int, StopPlan] = {}
        self._bound: dict[int, BoundStop] = {}
        self._waiting: dict[int, BoundStop] = {}
        self._pairs = 0

    # --- looking

    def bound(self, algo_id: int) -> BoundStop | None:
        """Return what is known of an algo order that is, or was, a position's stop."""
        return self._bound.get(algo_id)

    def plan(self, order: VenueOrder) -> StopPlan | None:
        """Return the stops that an order will bring."""
        return self._plans.get(order.id)

    def of(self, position: VenuePosition, account: VenueAccount) -> Iterator[BoundStop]:
        """Yield the waiting stops of a position."""
        for stop in self._waiting.values():
            if stop.algo.account is account and stop.algo.position_key == position.key:
                yield stop

    def full(self, position: VenuePosition, account: VenueAccount, kind: str) -> BoundStop | None:
        """Return the stop of a kind that is for the whole position."""
        return next((one for one in self.of(position, account) if one.kind == kind and one.mode == FULL), None)

    # --- setting

    def attach(self, order: VenueOrder, mode: str, stops: dict[str, Stop]) -> None:
        """Let an order bring stops; none takes back those that it was to bring."""
        if stops:
            filled = self._plans[order.id].filled if order.id in self._plans else 0
            self._plans[order.id] = StopPlan(order, mode, stops, filled)
        else:
            self._plans.pop(order.id, None)

    def set(
        self, account: VenueAccount, position: VenuePosition, mode: str, stops: dict[str, Stop], size: Decimal
    ) -> None:
        """Give a position stops. Those for the whole of it replace earlier ones, others are added for `size`."""
        self._pairs += 1
        for kind, stop in stops.items():
            if mode == FULL or kind == TRAILING:
                self.clear(account, position, kind)
            self._place(account, position, mode, stop, size)

    def clear(self, account: VenueAccount, position: VenuePosition, kind: str) -> bool:
        """Take away the stop of a kind that is for the whole position; whether there was one."""
        found = self.full(position, account, kind)
        if found is not None:
            self._cancel(found, "CancelByUser")
        return found is not None

    def _place(self, account: VenueAccount, position: VenuePosition, mode: str, stop: Stop, size: Decimal) -> None:
        instrument, kind = position.instrument, stop.kind
        is_whole = mode == FULL or kind == TRAILING
        request: dict[str, object] = {
            "instId": instrument.instId,
            "tdMode": position.mgnMode,
            "posSide": position.posSide,
            "side": "sell" if position.lots > 0 else "buy",
            # What is too much for the position is cut when it triggers.
            "sz": text(instrument.maxMktSz if is_whole else size),
            "reduceOnly": True,
        }
        if kind == TRAILING:
            request |= {"ordType": "move_order_stop", "callbackSpread": text(stop.px)}
            request |= {} if stop.active_px is None else {"activePx": text(stop.active_px)}
        else:
            names = {"TriggerPx": text(stop.px), "TriggerPxType": stop.price_type, "OrdPx": stop.order_px}
            request |= {"ordType": "conditional", **{f"{kind}{name}": given for name, given in names.items()}}
        # Filed before it is told of: its row says whose it is.
        ack = self._venue.algos.place(account, request, lambda algo: self._bind(algo, mode, stop), COMMON)
        if not ack.ok:
            raise ValueError(ack.sMsg)

    def _bind(self, algo: VenueAlgoOrder, mode: str, stop: Stop) -> None:
        is_whole = mode == FULL or stop.kind == TRAILING
        one = BoundStop(algo, stop.kind, FULL if is_whole else PARTIAL, self._pairs, stop.px)
        self._bound[algo.id] = self._waiting[algo.id] = one

    # --- acting

    def run(self) -> None:
        """Bring the stops of orders that were filled; end those whose position or pair is gone."""
        for plan in list(self._plans.values()):
            self._follow(plan)
        for stop in list(self._waiting.values()):
            self._check(stop)

    def _follow(self, plan: StopPlan) -> None:
        order = plan.order
        new = order.filled - plan.filled
        plan.filled = order.filled
        position = order.position
        if new > 0 and position is not None and position.lots * order.sign > 0:
            self.set(order.account, position, plan.mode, plan.stops, order.instrument.sz(new))
        if order.is_done:
            del self._plans[order.id]

    def _check(self, stop: BoundStop) -> None:
        algo = stop.algo
        if algo.id not in self._waiting:
            return  # went with one that was looked at before it
        if algo.state != "live":
            del self._waiting[algo.id]
            if algo.orders and stop.mode == PARTIAL:
                self._end_pair(stop)
            return
        if not algo.closable:
            self._cancel(stop, _CLEARED)

    def _end_pair(self, triggered: BoundStop) -> None:
        for other in list(self._waiting.values()):
            if other.pair == triggered.pair and other.kind == _OTHER.get(triggered.kind):
                self._cancel(other, _BY_PAIR[other.kind])

    def _cancel(self, stop: BoundStop, reason: str) -> None:
        stop.cancelled = reason
        self._waiting.pop(stop.algo.id, None)
        self._venue.algos.cancel(stop.algo.account, {"algoId": str(stop.algo.id)})


def stops_of(venue: Venue) -> BybitStops:
    """Return the stops of a venue; made on first use."""
    for rule in venue.algos.rules:
        if isinstance(rule, BybitStops):
            return rule
    made = BybitStops(venue)
    venue.algos.rules.append(made)
    return made


def price_of(venue: Venue, instrument: VenueInstrument, kind: str) -> Decimal:
    """Return the present `last`, `mark` or `index` price."""
    if kind == "last":
        return venue.prices.last[instrument.instId]
    return venue.prices.mark(instrument) if kind == "mark" else venue.prices.index(instrument)
