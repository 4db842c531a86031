"""What order requests do, over REST and over the order entry socket alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from okx_sync.paper.bybit.identifiers import category_of, find_instrument, order_id
from okx_sync.paper.bybit.order_args import (
    FILTERS,
    SIDES,
    STOP_NAMES,
    OrderRefusal,
    amend_args,
    args_of_plan,
    cancel_args,
    check_count,
    check_stops,
    chosen,
    given,
    names_stops,
    order_filter,
    place_args,
    plan_of_args,
    said_in,
    verdict,
    waiting_args,
    waits,
)
from okx_sync.paper.bybit.order_limits import (
    best_price,
    check_open,
    check_price,
    check_waiting_count,
    check_worth,
    worst_price,
)
from okx_sync.paper.bybit.order_limits import check_count as check_active_count
from okx_sync.paper.bybit.orders import BybitOrders
from okx_sync.paper.bybit.settings import rules_of, settings_of
from okx_sync.paper.bybit.stops import (
    TP_SL,
    AnyOrder,
    OrderFacts,
    StopPlan,
    bound_of,
    facts_of,
    plan_of,
    price_of,
    stops_of,
)
from okx_sync.paper.bybit.waiting_changes import changes_of, check_direction
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_checks import parse_order
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.venue import Venue

PARAMS = 10001
Args = Mapping[str, Any]


class Outcome(NamedTuple):
    """What became of a request: the order's ids, or a code with its text."""

    ids: dict[str, str]
    code: int = 0
    text: str = "OK"


@dataclass(frozen=True, slots=True)
class BybitOrderRequests:
    """The order requests of one account. `via` (`rest` or `ws`) is counted by the venue."""

    venue: Venue
    account: VenueAccount
    client_ids: ClientIds
    via: str

    @property
    def orders(self) -> BybitOrders:
        """The account's orders."""
        return BybitOrders(self.venue, self.account, self.client_ids)

    def do_one_of_many(self, word: str, category: str, args: Args) -> Outcome:
        """Do what `do` does, as one row of a batch: these amend no orders that wait for a price."""
        instrument = find_instrument(self.venue, str(args.get("symbol", "")), category=category)
        if word == "amend" and instrument is not None and isinstance(self._found(instrument, args), VenueAlgoOrder):
            return Outcome({}, PARAMS, "params error: a conditional order cannot be amended in a batch")
        return self.do(word, category, args)

    def do(self, word: str, category: str, args: Args) -> Outcome:
        """Do `create`, `amend` or `cancel`."""
        instrument = find_instrument(self.venue, str(args.get("symbol", "")), category=category)
        if instrument is None:
            return Outcome({}, PARAMS, "params error: symbol invalid")
        act = {"create": self._create, "amend": self._amend, "cancel": self._cancel}[word]
        self.venue.step()
        try:
            return act(instrument, args)
        except OrderRefusal as no:
            return Outcome({}, no.code, no.message)
        except ValueError as problem:
            return Outcome({}, PARAMS, f"params error: {problem}")

    def _told(self, instrument: VenueInstrument, ack: OrderAck, side: str = "") -> Outcome:
        code, message = verdict(ack, category_of(instrument), side)
        if code:
            return Outcome({}, code, message)
        number = int(ack.algoId or ack.ordId)
        link = self.client_ids.given(ack.algoClOrdId or ack.clOrdId)
        return Outcome({"orderId": order_id(number), "orderLinkId": link})

    # --- create

    def _create(self, instrument: VenueInstrument, args: Args) -> Outcome:
        check_open(instrument, args)
        is_waiting = waits(instrument, args)
        mode = "isolated" if settings_of(self.account).is_isolated else "cross"
        side = chosen(args, "side", SIDES)
        request = place_args(instrument, {**args, **best_price(self.venue, instrument, args, side)}, mode)
        worst = worst_price(self.venue, instrument, args, side)
        link = request["clOrdId"]
        request["clOrdId"] = self.client_ids.known_as(link)
        self._check_index(instrument, request)
        if link and self.orders.find({"orderLinkId": link}) is not None:
            return self._told(instrument, OrderAck(sCode="51016"))
        plan = self._plan(instrument, args, request)
        check_worth(self.venue, instrument, args, request)
        check_price(self.venue, self.account, instrument, request)
        if is_waiting:
            return self._create_waiting(instrument, args, request, plan)
        check_active_count(self.account, instrument)
        kept = OrderFacts(plan, said=said_in(args))
        rules = rules_of(self.account, instrument)
        ack = self.venue.place(self.account, request, via=self.via, rules=rules, of_wire=kept, **worst)
        if plan is not None and ack.ok:
            stops_of(self.venue).follow(plan, self.account.by_id[int(ack.ordId)])
            self.venue.algos.run()
        return self._told(instrument, ack, side)

    def _create_waiting(
        self, instrument: VenueInstrument, args: Args, request: Mapping[str, Any], plan: StopPlan | None
    ) -> Outcome:
        made, rules = waiting_args(instrument, args, request), rules_of(self.account, instrument)
        check_waiting_count(self.venue, self.account, instrument, args)
        if instrument.is_swap:
            self._check_direction(instrument, args, made)
        try:
            parse_order(self.account, instrument, request, 0, self.venue.engine.ms, rules)
        except VenueRefusal as no:
            return self._told(instrument, OrderAck(sCode=no.code, sMsg=no.message))
        self.venue.requests["place", self.via] += 1

        stops = stops_of(self.venue)

        def bring(algo: VenueAlgoOrder) -> None:
            algo.of_wire = OrderFacts(plan, said=said_in(args))
            if plan is not None:
                stops.follow(plan, algo)

        ack = self.venue.place_algo(self.account, made, before=bring, rules=rules, holds=made["tag"] == TP_SL)
        return self._told(instrument, ack)

    def _check_direction(self, instrument: VenueInstrument, args: Args, made: Mapping[str, Any]) -> None:
        direction, now = str(args.get("triggerDirection", "")), price_of(self.venue, instrument, made["triggerPxType"])
        px = Decimal(made["triggerPx"])
        if direction not in ("1", "2"):
            raise ValueError("triggerDirection invalid")
        check_direction(px, now, is_above=direction == "1")

    def _check_index(self, instrument: VenueInstrument, request: Mapping[str, Any]) -> None:
        hedged = self.account.mode_of(instrument.instId) == "long_short_mode"
        if instrument.is_swap and bool(request["posSide"]) != hedged:
            raise OrderRefusal(PARAMS, "position idx not match position mode")

    def _plan(self, instrument: VenueInstrument, args: Args, request: Mapping[str, Any]) -> StopPlan | None:
        """Return the stops that a new order is to bring."""
        plan = plan_of_args(instrument, args)
        if not plan.stops:
            return None
        if not instrument.is_swap and (request["ordType"] == "market" or given(args, "triggerPrice")):
            raise ValueError("takeProfit and stopLoss of spot orders go with limit orders only")
        if request["reduceOnly"]:
            raise ValueError("takeProfit and stopLoss cannot be set with reduceOnly")
        last = self.venue.prices.last[instrument.instId]
        base = request.get("px") or (args["triggerPrice"] if given(args, "triggerPrice") else last)
        check_stops(plan.stops, Decimal(str(base)), is_long=request["side"] == "buy")
        key = instrument.instId, request["tdMode"], request["posSide"] or "net"
        check_count(plan, stops_of(self.venue).count_partial(self.account, key, request["side"]))
        return plan

    # --- amend and cancel

    def _found(self, instrument: VenueInstrument, args: Args) -> AnyOrder | None:
        found = self.orders.find(args)
        return found if found is not None and found.instrument is instrument else None

    def _amend(self, instrument: VenueInstrument, args: Args) -> Outcome:
        request = amend_args(instrument, args)
        found = self._found(instrument, args)
        self._check_alive(found)
        changed = found is not None and self._amend_stops(found, args)
        if isinstance(found, VenueAlgoOrder):
            changes = changes_of(self.venue, found, request, args)
            if changed and not changes:
                self.venue.algos.tell(found)
                return self._ids_of(found)
            return self._told(instrument, self._amend_waiting(found, changes))
        if found is not None:
            request |= {"ordId": found.ordId, "clOrdId": ""}
            self._check_size(found, request)
            if given(args, "triggerPrice") or given(args, "triggerBy"):
                raise ValueError("triggerPrice and triggerBy are of orders that wait for a price")
            if changed and not {"newSz", "newPx"} & request.keys():
                self.venue.engine.tell_amended(found)
                return self._ids_of(found)
        return self._ids_or(found, instrument, self.venue.amend(self.account, self._known(request), via=self.via))

    @staticmethod
    def _check_alive(order: AnyOrder | None) -> None:
        """Refuse what is asked of an order that has ended."""
        if order is None or (not order.is_done if isinstance(order, VenueOrder) else order.state == "live"):
            return
        is_filled = order.state == "filled"
        if order.instrument.is_swap:
            code, message = (110008, "Order has been finished") if is_filled else (110010, "Order has been canceled")
        else:
            code, message = (170139, "Order has been filled.") if is_filled else (170142, "Order has been canceled.")
        raise OrderRefusal(code, message)

    @staticmethod
    def _check_size(order: VenueOrder, request: Args) -> None:
        """Refuse a size of which as much has been filled."""
        if order.filled and request.get("newSz") and order.instrument.lots(Decimal(request["newSz"])) <= order.filled:
            code = 110064 if order.instrument.is_swap else 170313
            raise OrderRefusal(code, "The quantity of the modified order must be above what has been filled.")

    def _known(self, request: dict[str, Any]) -> dict[str, Any]:
        return request | {"clOrdId": self.client_ids.known_as(request["clOrdId"])}

    def _ids_of(self, order: AnyOrder) -> Outcome:
        row = self.orders.row(order)
        return Outcome({name: row[name] for name in ("orderId", "orderLinkId")})

    def _ids_or(self, order: AnyOrder | None, instrument: VenueInstrument, ack: OrderAck) -> Outcome:
        if order is not None and ack.ok:
            return self._ids_of(order)
        return self._told(instrument, ack, "" if order is None else order.side)

    def _amend_waiting(self, algo: VenueAlgoOrder, changes: Args) -> OrderAck:
        if not changes:
            return OrderAck(sCode="51500")
        self.venue.requests["amend", self.via] += 1
        return self.venue.amend_algo(self.account, {"algoId": str(algo.id), **changes})

    def _amend_stops(self, order: AnyOrder, args: Args) -> bool:
        """Change the take profit and stop loss that an order is to bring; whether any was named."""
        if not names_stops(args):
            return False
        before = plan_of(order)
        if order.filled:
            raise OrderRefusal(110059, "TP/SL of a partially filled order cannot be modified")
        if bound_of(order) is not None or order.reduceOnly:
            raise ValueError("takeProfit and stopLoss do not go with this order")
        for kind, name in STOP_NAMES.items():
            if given(args, name) and not args.get(f"{kind}TriggerBy") and (before is None or kind not in before.stops):
                raise ValueError(f"{kind}TriggerBy is required, as the order has no {name} yet")
        plan = plan_of_args(order.instrument, _merged(args_of_plan(before), args))
        check_stops(plan.stops, self._base_of(order), is_long=order.side == "buy")
        stops = stops_of(self.venue)
        if before is not None:
            stops.forget(before)
        facts_of(order).plan = plan if plan.stops else None
        if plan.stops:
            stops.follow(plan, order)
        return True

    def _base_of(self, order: AnyOrder) -> Decimal:
        """Return the price that the stops of an order are compared to."""
        if isinstance(order, VenueAlgoOrder):
            trigger = order.triggers[0]
            px = trigger.px if trigger.order_px == MARKET else Decimal(trigger.order_px)
            assert px is not None  # a trailing stop brings none
            return px
        if order.px is not None:
            return order.instrument.px(order.px)
        return self.venue.prices.last[order.instrument.instId]

    def _cancel(self, instrument: VenueInstrument, args: Args) -> Outcome:
        request, found = cancel_args(instrument, args), self._found(instrument, args)
        self._check_alive(found)
        if isinstance(found, VenueAlgoOrder):
            if not instrument.is_swap and order_filter(args, FILTERS) != self.orders.filter_of(found):
                raise OrderRefusal(170213, "Order does not exist.")
            self.venue.requests["cancel", self.via] += 1
            return self._told(instrument, self.venue.cancel_algo(self.account, {"algoId": str(found.id)}))
        if found is not None:
            request |= {"ordId": found.ordId, "clOrdId": ""}
        return self._ids_or(found, instrument, self.venue.cancel(self.account, self._known(request), via=self.via))

    def cancel_each(self, orders: Iterable[AnyOrder]) -> list[dict[str, str]]:
        """Cancel orders; returns the ids of those that were."""
        done = []
        for order in list(orders):
            ids = self._ids_of(order).ids
            args = {"symbol": "", "orderId": ids["orderId"], "orderFilter": self.orders.filter_of(order)}
            if self._cancel(order.instrument, args).code == 0:
                done.append(ids)
        return done


def _merged(before: Mapping[str, str], args: Args) -> dict[str, Any]:
    """Return the parameters that ask for what an order brings after an amendment: a zero takes one away."""
    made = {**before, **{name: value for name, value in args.items() if value not in (None, "")}}
    for kind, name in STOP_NAMES.items():
        if not given(made, name):
            made = {key: value for key, value in made.items() if not key.startswith(kind) or key == "tpslMode"}
        elif made.get(f"{kind}OrderType") == "Market":
            made.pop(f"{kind}LimitPrice", None)
    return made
