"""What order requests do, over REST and over the order entry socket alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from okx_sync.paper.bybit.identifiers import category_of, find_instrument, order_id
from okx_sync.paper.bybit.order_args import (
    MIN_NOTIONAL,
    OrderRefusal,
    amend_args,
    cancel_args,
    check_stops,
    given,
    order_filter,
    place_args,
    stops_of_args,
    verdict,
    waiting_args,
    waits,
)
from okx_sync.paper.bybit.orders import AnyOrder, BybitOrders
from okx_sync.paper.bybit.settings import settings_of
from okx_sync.paper.bybit.stops import Stop, price_of, stops_of
from okx_sync.paper.server.client_ids import ClientIds
from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.types import is_closing
from okx_sync.paper.venue.venue import Venue
from okx_sync.paper.venue.wire_rules import COMMON

PARAMS = 10001
_PRODUCT = {True: "futures", False: "spot"}
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

    def do(self, word: str, category: str, args: Args) -> Outcome:
        """Do `create`, `amend` or `cancel`."""
        instrument = find_instrument(self.venue, str(args.get("symbol", "")), category=category)
        if instrument is None:
            return Outcome({}, PARAMS, "params error: symbol invalid")
        act = {"create": self._create, "amend": self._amend, "cancel": self._cancel}[word]
        try:
            return act(instrument, args)
        except OrderRefusal as no:
            return Outcome({}, no.code, no.message)
        except ValueError as problem:
            return Outcome({}, PARAMS, f"params error: {problem}")

    def _told(self, instrument: VenueInstrument, ack: OrderAck) -> Outcome:
        code, message = verdict(ack, category_of(instrument))
        if code:
            return Outcome({}, code, message)
        number = int(ack.algoId or ack.ordId)
        link = self.client_ids.given(ack.algoClOrdId or ack.clOrdId)
        return Outcome({"orderId": order_id(number), "orderLinkId": link})

    # --- create

    def _create(self, instrument: VenueInstrument, args: Args) -> Outcome:
        is_waiting = waits(instrument, args)
        mode = "isolated" if settings_of(self.account).is_isolated else "cross"
        request = place_args(instrument, args, mode)
        link = request["clOrdId"]
        request["clOrdId"] = self.client_ids.known_as(link)
        self._check_index(instrument, request)
        if link and self.orders.find({"orderLinkId": link}) is not None:
            return self._told(instrument, OrderAck(sCode="51016"))
        stop_mode, stops = self._stops(instrument, args, request)
        if is_waiting:
            return self._create_waiting(instrument, args, request, stops)
        self._check_value(instrument, args, request)
        request |= self._moved(instrument, request)
        ack = self.venue.place(self.account, request, via=self.via, rules=COMMON)
        if stops and ack.ok:
            stops_of(self.venue).attach(self.account.by_id[int(ack.ordId)], stop_mode, stops)
            self.venue.algos.run()
        return self._told(instrument, ack)

    def _create_waiting(
        self, instrument: VenueInstrument, args: Args, request: Mapping[str, Any], stops: Mapping[str, Stop]
    ) -> Outcome:
        if stops:
            raise ValueError("takeProfit and stopLoss of a conditional order are not supported")
        made = waiting_args(instrument, args, request)
        if instrument.is_swap:
            self._check_direction(instrument, args, made)
        self.venue.requests["place", self.via] += 1
        return self._told(instrument, self.venue.place_algo(self.account, made, rules=COMMON))

    def _check_direction(self, instrument: VenueInstrument, args: Args, made: Mapping[str, Any]) -> None:
        direction, now = str(args.get("triggerDirection", "")), price_of(self.venue, instrument, made["triggerPxType"])
        px = Decimal(made["triggerPx"])
        if direction not in ("1", "2"):
            raise ValueError("triggerDirection invalid")
        if direction == "1" and px <= now:
            raise OrderRefusal(110092, f"expect Rising, but trigger_price[{px}] <= current[{now}]")
        if direction == "2" and px >= now:
            raise OrderRefusal(110093, f"expect Falling, but trigger_price[{px}] >= current[{now}]")

    def _check_index(self, instrument: VenueInstrument, request: Mapping[str, Any]) -> None:
        hedged = self.account.pos_mode == "long_short_mode"
        if instrument.is_swap and bool(request["posSide"]) != hedged:
            raise OrderRefusal(PARAMS, "position idx not match position mode")

    def _check_value(self, instrument: VenueInstrument, args: Args, request: Mapping[str, Any]) -> None:
        """Refuse an order that opens a contract for less than the least value."""
        closes = request["reduceOnly"] or is_closing(request["posSide"], request["side"])
        if not instrument.is_swap or closes:
            return
        px = Decimal(request.get("px") or self.venue.prices.last[instrument.instId])
        size = Decimal(str(args["qty"]))
        if size >= instrument.minSz * instrument.ctVal and size * px < MIN_NOTIONAL:
            raise OrderRefusal(110094, f"Order does not meet minimum order value {MIN_NOTIONAL}{instrument.quoteCcy}")

    def _moved(self, instrument: VenueInstrument, request: Mapping[str, Any]) -> dict[str, str]:
        """Return the nearest price that is allowed, where the account lets prices beyond the band be moved."""
        if not request.get("px") or not settings_of(self.account).limit_prices[_PRODUCT[instrument.is_swap]]:
            return {}
        self.venue.step()
        limits = self.venue.engine.band(instrument)
        if limits is None:
            return {}
        low, high = (instrument.px(ticks) for ticks in limits)
        px = Decimal(request["px"])
        nearest = min(px, high) if request["side"] == "buy" else max(px, low)
        return {} if nearest == px else {"px": text(instrument.on_tick(nearest))}

    def _stops(
        self, instrument: VenueInstrument, args: Args, request: Mapping[str, Any]
    ) -> tuple[str, dict[str, Stop]]:
        mode, stops = stops_of_args(instrument, args)
        if not stops:
            return mode, stops
        if not instrument.is_swap:
            raise ValueError("takeProfit and stopLoss of spot orders are not supported, use orderFilter tpslOrder")
        if request["reduceOnly"]:
            raise ValueError("takeProfit and stopLoss cannot be set with reduceOnly")
        last = self.venue.prices.last[instrument.instId]
        check_stops(stops, Decimal(request.get("px") or last), is_long=request["side"] == "buy")
        return mode, stops

    # --- amend and cancel

    def _found(self, instrument: VenueInstrument, args: Args) -> AnyOrder | None:
        found = self.orders.find(args)
        return found if found is not None and found.instrument is instrument else None

    def _amend(self, instrument: VenueInstrument, args: Args) -> Outcome:
        request = amend_args(instrument, args)
        found = self._found(instrument, args)
        if isinstance(found, VenueAlgoOrder):
            return self._told(instrument, self._amend_waiting(found, request, args))
        if found is not None:
            request |= {"ordId": found.ordId, "clOrdId": ""}
            changed = self._amend_stops(found, args)
            if changed and not {"newSz", "newPx"} & request.keys():
                return self._ids_of(found)
        return self._ids_or(found, instrument, self.venue.amend(self.account, self._known(request), via=self.via))

    def _known(self, request: dict[str, Any]) -> dict[str, Any]:
        return request | {"clOrdId": self.client_ids.known_as(request["clOrdId"])}

    def _ids_of(self, order: AnyOrder) -> Outcome:
        row = self.orders.row(order)
        return Outcome({name: row[name] for name in ("orderId", "orderLinkId")})

    def _ids_or(self, order: AnyOrder | None, instrument: VenueInstrument, ack: OrderAck) -> Outcome:
        return self._ids_of(order) if order is not None and ack.ok else self._told(instrument, ack)

    def _amend_waiting(self, algo: VenueAlgoOrder, request: Args, args: Args) -> OrderAck:
        changes = {"algoId": str(algo.id)}
        if request.get("newSz"):
            changes["newSz"] = request["newSz"]
        if given(args, "triggerPrice"):
            names = {"trigger": "newTriggerPx", "conditional": f"new{algo.triggers[0].name.capitalize()}TriggerPx"}
            changes[names.get(algo.ordType, "newActivePx")] = str(args["triggerPrice"])
        if request.get("newPx") and algo.triggers[0].order_px != MARKET:
            changes["newOrdPx"] = request["newPx"]
        if len(changes) == 1:
            return OrderAck(sCode="51500")
        self.venue.requests["amend", self.via] += 1
        return self.venue.amend_algo(self.account, changes)

    def _amend_stops(self, order: VenueOrder, args: Args) -> bool:
        """Change the take profit and stop loss that an order is to bring; whether any was named."""
        names = {"tp": "takeProfit", "sl": "stopLoss"}
        named = {kind for kind, name in names.items() if args.get(name) not in (None, "")}
        if not named:
            return False
        stops = stops_of(self.venue)
        plan = stops.plan(order)
        if order.filled:
            raise OrderRefusal(110059, "TP/SL of a partially filled order cannot be modified")
        kept = {} if plan is None else {kind: one for kind, one in plan.stops.items() if kind not in named}
        mode, wanted = stops_of_args(order.instrument, {"tpslMode": plan.mode if plan else None, **args})
        px = order.instrument.px(order.px) if order.px is not None else self.venue.prices.last[order.instrument.instId]
        check_stops(wanted, px, is_long=order.side == "buy")
        stops.attach(order, mode, kept | wanted)
        return True

    def _cancel(self, instrument: VenueInstrument, args: Args) -> Outcome:
        request, found = cancel_args(instrument, args), self._found(instrument, args)
        if isinstance(found, VenueAlgoOrder):
            if not instrument.is_swap and order_filter(args) != self.orders.filter_of(found):
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
