"""The life of attached orders: algo orders take their place when the parent is done, and follow one another.

Nothing comes of them while the parent lives, or when it ends without a fill. A parent that was filled partly and then
cancelled brings them for what was filled, unless its take profit is split.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from okx_sync.paper.venue import position_stops
from okx_sync.paper.venue.algo_orders import Trigger, VenueAlgoOrder
from okx_sync.paper.venue.algo_placer import AlgoPlacer
from okx_sync.paper.venue.attached_checks import Parent, amended, check, none_on_margin, read
from okx_sync.paper.venue.attached_orders import AT_TOP, LEGS, PARTS, STOP_LOSS, TAKE_PROFIT, AttachedOrder, is_split
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import VenueRefusal
from okx_sync.paper.venue.order_checks import bad_parameter, words
from okx_sync.paper.venue.order_engine import OrderEngine
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.types import opposite

#: cancelSource of an order that takes the profit: its stop loss was triggered, or cancelled.
STOP_TRIGGERED, STOP_CANCELED = "36", "37"
_USED = "{} already exists within algoClOrdId and attachAlgoClOrdId."
_OLD_WAY = (
    "The current function is not supported. Please update to the latest app version if using the app, "
    "or use the attachAlgoOrds array to place orders via Open API."
)


@dataclass(slots=True)
class _Family:
    """What came of one parent that has brought several, or orders in the book. ``taken``: of how much the profit is."""

    parent: VenueOrder
    moves_to_cost: bool
    stop: VenueAlgoOrder | None = None
    profits: list[VenueAlgoOrder] = field(default_factory=list)
    orders: list[VenueOrder] = field(default_factory=list)
    taken: Decimal = Decimal(0)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is open any more."""
        algos = [algo for algo in (self.stop, *self.profits) if algo is not None]
        return all(algo.state != "live" for algo in algos) and all(order.is_done for order in self.orders)


class AttachedOrders:
    """Everything that waits for its parent, or belongs together since it had the same. A rule of the algo engine."""

    def __init__(self, engine: OrderEngine, algos: AlgoPlacer) -> None:
        self._engine = engine
        self._algos = algos
        self._families: list[_Family] = []

    # --- requests

    def attach(self, order: VenueOrder, args: Mapping[str, Any]) -> None:
        """Let a new order bring what its request names; `VenueRefusal` for what it cannot."""
        if any(args.get(name) not in (None, "") for name in AT_TOP):
            raise VenueRefusal("54070", _OLD_WAY)
        attached = read(args, self._engine.new_id)
        if not attached:
            return
        if order.is_margin:
            raise none_on_margin()
        if order.tgtCcy == ("base_ccy" if order.side == "buy" else "quote_ccy"):
            raise bad_parameter("attachAlgoOrds")  # a market order counted in what it receives
        self.check_ids(order.account, attached)
        check(attached, self.parent_of(order))
        order.attached = attached

    def amended(self, order: VenueOrder, args: Mapping[str, Any], px: int, lots: int) -> list[AttachedOrder]:
        """Return what an order brings once it is amended as a request asks, which names its new price and size.

        Of what comes to a position the request names all that the order is to bring; an empty row stands for nothing.
        """
        if not self.names(args):
            made = order.attached
        elif order.rules.attaches_to_position:
            made = [one for one in read(args, self._engine.new_id) if not one.is_empty]
        else:
            made = amended(order.attached, args)
        if made and order.is_margin:
            raise none_on_margin()
        if made:
            check(made, self.parent_of(order, px, lots))
        return made

    def names(self, args: Mapping[str, Any]) -> bool:
        """Tell whether a request amends attached orders; `VenueRefusal` when it does so the old way."""
        for leg in LEGS:
            if any(words(args, f"new{leg.capitalize()}{part}") for part in PARTS):
                what = "You need to use attachAlgoOrds if you used attachAlgoOrds when placing an order."
                raise VenueRefusal("51538", what)
        return args.get("attachAlgoOrds") not in (None, "", [])

    def parent_of(self, order: VenueOrder, px: int | None = None, lots: int | None = None) -> Parent:
        """Return what counts of a parent, or of what it would be with another price and size."""
        instrument = order.instrument
        ticks = order.px if px is None else px
        return Parent(
            instrument,
            order.side == "buy",
            None if ticks is None else instrument.px(ticks),
            instrument.px(self._engine.px_to_trade(order)),
            order.sz if lots is None else instrument.sz(lots),
            order.reduceOnly,
            order.closes_only,
            order.rules.readings.stop_loss_ratio == "error-list",
        )

    def check_id(self, account: VenueAccount, client_id: str) -> None:
        """Refuse a client id that an attached order has."""
        if client_id in self._ids(account):
            raise VenueRefusal("51068", _USED.format(client_id))

    def _ids(self, account: VenueAccount) -> set[str]:
        used = {one.client_id for order in account.orders.values() for one in order.attached}
        return used | {one.client_id for algo in self._algos.waiting(account) for one in algo.attached}

    def check_ids(self, account: VenueAccount, attached: list[AttachedOrder]) -> None:
        """Refuse a client id that an algo order or another attached order has."""
        named = [one.client_id for one in attached if one.client_id]
        if not named:
            return
        used = self._ids(account)
        for client_id in named:
            if client_id in used or self._algos.find(account, {"algoClOrdId": client_id}):
                raise VenueRefusal("51068", _USED.format(client_id))
            used.add(client_id)

    # --- acting

    @property
    def is_busy(self) -> bool:
        """Whether there is a parent, or something that belongs together."""
        return bool(self._engine.parents or self._families)

    def run(self) -> None:
        """Bring what parents that are done have attached, and let what belongs together follow one another."""
        for order in list(self._engine.parents.values()):
            if order.is_done:
                del self._engine.parents[order.id]
                self._bring_of(order)
        for family in list(self._families):
            self._follow(family)
            if family.is_over:
                self._families.remove(family)

    def _bring_of(self, order: VenueOrder) -> None:
        if order.rules.attaches_to_position:
            if order.state == "filled":
                position_stops.bring(self._algos, order)
        elif order.filled and (order.state == "filled" or not is_split(order.attached)):
            self._bring(order)

    def _bring(self, order: VenueOrder) -> None:
        attached = order.attached
        moves = any(one.given["amendPxOnTriggerType"] == "1" for one in attached)
        family = _Family(order, moves)
        for one in attached:
            legs = [leg for leg in one.legs if not (leg == TAKE_PROFIT and one.is_limit)]
            if not legs and not one.is_trailing:
                continue
            algo = self._place_algo(order, one, legs)
            if algo is not None and legs == [TAKE_PROFIT]:
                family.profits.append(algo)
            elif algo is not None and STOP_LOSS in legs:
                family.stop = algo
        for one in attached:
            if one.has(TAKE_PROFIT) and one.is_limit:
                self._place_limit(family, one)
        if len(attached) > 1 or family.orders:
            self._families.append(family)

    def _place_algo(self, order: VenueOrder, one: AttachedOrder, legs: list[str]) -> VenueAlgoOrder | None:
        request = self._request(order, one, is_share=legs == [TAKE_PROFIT])
        request["algoClOrdId"] = one.client_id
        base = order.instrument.px(order.px) if order.px is not None else order.avg_px
        assert base is not None  # it was filled
        if one.is_trailing:
            names = ("callbackRatio", "callbackSpread", "activePx")
            request |= {"ordType": "move_order_stop", **{name: one.given[name] for name in names}}
        else:
            request["ordType"] = "oco" if len(legs) > 1 else "conditional"
        for leg in legs:
            px = one.trigger_px(leg, base, is_buy=order.side == "buy")
            assert px is not None  # it was checked
            request[f"{leg}TriggerPx"] = text(order.instrument.on_tick(px))
            request |= {f"{leg}{part}": one.given[f"{leg}{part}"] for part in ("TriggerPxType", "OrdPx")}
        ack = self._algos.place(order.account, request, rules=order.rules, is_due=True)
        if not ack.ok:
            one.fail_code, one.fail_reason = ack.sCode, ack.sMsg
        return self._algos.find(order.account, {"algoId": ack.algoId}) if ack.ok else None

    @staticmethod
    def _request(order: VenueOrder, one: AttachedOrder, *, is_share: bool) -> dict[str, Any]:
        instrument = order.instrument
        filled = instrument.sz(order.filled)
        size = one.size if is_share and one.size is not None else filled
        return {
            "instId": instrument.instId,
            "tdMode": order.tdMode,
            "side": opposite(order.side),
            "posSide": order.posSide,
            "sz": text(min(size, filled)),
            "tgtCcy": "" if instrument.is_swap else "base_ccy",
            "tag": order.tag,
            "ccy": order.ccy,
            "tradeQuoteCcy": order.tradeQuoteCcy,
            # A stop without a position is not to open one.
            "reduceOnly": instrument.is_swap and order.posSide == "net",
        }

    def _place_limit(self, family: _Family, one: AttachedOrder) -> None:
        """Put an order that takes the profit into the book; it ends with the stop loss, and that with it."""
        order, stop = family.parent, family.stop
        request = self._request(order, one, is_share=True)
        # Where there is one only, it is found by the client id of what it came from.
        is_single = sum(other.has(TAKE_PROFIT) for other in order.attached) == 1
        request |= {"ordType": "limit", "px": one.given["tpOrdPx"], "clOrdId": one.client_id if is_single else ""}
        linked = str(stop.id) if stop is not None else ""
        ack = self._engine.place(order.account, request, order.rules, isTpLimit=True, linkedAlgoId=linked)
        placed = order.account.find(ack.ordId, "") if ack.ok else None
        if placed is None:
            one.fail_code, one.fail_reason = ack.sCode, ack.sMsg
            return
        family.orders.append(placed)
        if stop is not None and is_single:
            stop.linked = placed
            self._algos.tell(stop)

    # --- what belongs together

    def _follow(self, family: _Family) -> None:
        stop = family.stop
        if stop is not None and stop.state != "live":
            self._end_profits(family, STOP_CANCELED if stop.state == "canceled" else STOP_TRIGGERED)
            return
        lots = sum((order.filled for order in family.orders), 0)
        triggered = [algo for algo in family.profits if algo.state == "effective"]
        taken = sum((algo.sz for algo in triggered), family.parent.instrument.sz(lots))
        if taken == family.taken:
            return
        family.taken = taken
        if stop is not None:
            self._shrink(family, stop)

    def fires(self, algo: VenueAlgoOrder) -> None:
        """Take the orders out of the book that take the profit of a stop loss which fires now."""
        for family in self._families:
            if family.stop is algo:
                self._end_profits(family, STOP_TRIGGERED)

    def _end_profits(self, family: _Family, source: str) -> None:
        for order in family.orders:
            if not order.is_done:
                self._engine.end(order, source)
        if source == STOP_TRIGGERED:
            for algo in family.profits:
                if algo.state == "live":
                    self._algos.drop(algo)

    def _shrink(self, family: _Family, stop: VenueAlgoOrder) -> None:
        """Let a stop loss guard what is left, at the cost price if it was asked for."""
        parent = family.parent
        left = parent.instrument.sz(parent.filled) - family.taken
        if left <= 0:
            self._algos.drop(stop)
            return
        stop.sz, stop.given["sz"], stop.uTime = left, text(left), self._engine.ms
        cost = parent.avg_px
        if family.moves_to_cost and cost is not None:
            px = parent.instrument.on_tick(cost)
            trigger = stop.triggers[0]
            assert isinstance(trigger, Trigger)
            stop.triggers = [Trigger(trigger.name, trigger.kind, px, trigger.above, trigger.order_px)]
            stop.given["slTriggerPx"] = text(px)
            family.moves_to_cost = False
        self._algos.tell(stop)
