"""The engine of algo orders: those that wait outside the book for a price, and those that place order after order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol

from okx_sync.paper.venue import algo_rows, events
from okx_sync.paper.venue.algo_checks import amend_algo, parse_algo, price_of
from okx_sync.paper.venue.algo_orders import MARKET, AlgoAction, TrailingTrigger, Trigger, VenueAlgoOrder
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_amend import amend
from okx_sync.paper.venue.order_checks import words
from okx_sync.paper.venue.order_engine import BY_USER, OrderEngine
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import WireRules

_GONE = "Cancellation failed as the order has been filled, canceled or does not exist."


class AlgoRule(Protocol):
    """What a wire asks of algo orders beyond their own conditions."""

    def run(self) -> None:
        """Do what is due: it may place and cancel algo orders."""


class AlgoEngine:
    """Holds algo orders and lets them act through the order engine. `rules` are those of wires; they run first."""

    def __init__(self, engine: OrderEngine, emit: Callable[[events.VenueEvent], None]) -> None:
        self._engine = engine
        self._emit = emit
        self._all: dict[int, VenueAlgoOrder] = {}
        self._live: dict[int, VenueAlgoOrder] = {}
        self._next_id = 1_700_000_000_000_000_000
        self.rules: list[AlgoRule] = []

    def of(self, account: VenueAccount, *, done: bool) -> Iterator[VenueAlgoOrder]:
        """Return an account's algo orders, newest first: finished ones, or those that wait."""
        return (a for a in reversed(self._all.values()) if a.account is account and (a.state != "live") == done)

    def get(self, id: int) -> VenueAlgoOrder | None:  # noqa: A002
        """Return an algo order of whatever account, waiting or done."""
        return self._all.get(id)

    def find(self, account: VenueAccount, args: Mapping[str, Any]) -> VenueAlgoOrder | None:
        """Return an account's algo order by either id (``algoId`` wins), waiting or done."""
        theirs, mine = words(args, "algoId"), words(args, "algoClOrdId")
        for algo in reversed(self._all.values()):
            if algo.account is account and (str(algo.id) == theirs if theirs else algo.algoClOrdId == mine != ""):
                return algo
        return None

    # --- requests

    def place(
        self,
        account: VenueAccount,
        args: Mapping[str, Any],
        before: Callable[[VenueAlgoOrder], object] | None = None,
        rules: WireRules | None = None,
    ) -> OrderAck:
        """Place an algo order (trade/order-algo), under ``rules`` (by default the engine's own).

        ``before`` takes it, once it is good and before it is told of.
        """
        try:
            algo = parse_algo(self._engine, account, args, self._next_id + 1, rules or self._engine.rules)
            if algo.algoClOrdId and self.find(account, {"algoClOrdId": algo.algoClOrdId}):
                raise VenueRefusal("51065", "algoClOrdId already exists.")
        except VenueRefusal as no:
            mine = words(args, "algoClOrdId")
            return OrderAck(sCode=no.code, sMsg=no.message, subCode=no.sub_code, algoClOrdId=mine)
        self._next_id = algo.id
        self._all[algo.id] = self._live[algo.id] = algo
        if before is not None:
            before(algo)
        self._tell(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId, tag=algo.given["tag"])

    def cancel(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Cancel one algo order (trade/cancel-algos); an order that it has in the book goes with it."""
        algo = self.find(account, args)
        if algo is None or algo.state != "live":
            return _refused(args, "51400", _GONE)
        self._finish(algo, "canceled")
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId)

    def amend(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Amend sizes, prices and distances of an order that waits (trade/amend-algos)."""
        algo = self.find(account, args)
        if algo is None or algo.state != "live":
            return _refused(args, "51503", "Order does not exist.")
        try:
            amend_algo(self._engine, algo, args)
        except VenueRefusal as no:
            return _refused(args, no.code, no.message)
        self._tell(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId, reqId=words(args, "reqId"))

    # --- acting

    def run(self) -> None:
        """Let every live order do what the present prices ask of it."""
        for rule in self.rules:
            rule.run()
        for algo in list(self._live.values()):
            if algo.work is not None:
                self._work(algo)
            else:
                self._watch(algo)

    def _watch(self, algo: VenueAlgoOrder) -> None:
        for trigger in algo.triggers:
            price = price_of(self._engine, algo.instrument, trigger.kind)
            if isinstance(trigger, TrailingTrigger) and trigger.follow(price):
                self._tell(algo)
            if trigger.is_met(price):
                self._fire(algo, trigger)
                return

    def _fire(self, algo: VenueAlgoOrder, trigger: Trigger | TrailingTrigger) -> None:
        algo.met, algo.met_at = trigger, self._engine.ms
        is_market = trigger.order_px == MARKET
        ack = self._order(algo, "market" if is_market else "limit", "" if is_market else trigger.order_px, algo.sz)
        self._finish(algo, "effective" if ack.ok else "order_failed")

    def _work(self, algo: VenueAlgoOrder) -> None:
        assert algo.work is not None
        step = algo.work.step(algo, self._engine.books[algo.instrument.instId], self._engine.ms)
        if step is not None:
            self._do(algo, step)
        if algo.state == "live" and algo.filled != algo.told:
            self._tell(algo)

    def _do(self, algo: VenueAlgoOrder, step: AlgoAction) -> None:
        child = algo.child
        if step.what == "end":
            self._finish(algo, self._end_of(algo))
        elif step.what == "drop" and child is not None:
            self._engine.end(child, BY_USER)
        elif step.what == "move" and child is not None and step.px is not None:
            request = {"instId": algo.instrument.instId, "ordId": child.ordId, "newPx": text(step.px)}
            amend(self._engine, algo.account, request)
        elif step.px is not None and step.sz is not None:
            ack = self._order(algo, step.ordType, text(step.px), step.sz)
            if not ack.ok:
                self._finish(algo, "partially_effective" if algo.filled else "order_failed")
            else:
                self._tell(algo)

    @staticmethod
    def _end_of(algo: VenueAlgoOrder) -> str:
        """Return the last state of an order that has worked: ``canceled`` when it got nothing."""
        if algo.sz - algo.filled < algo.instrument.minSz:
            return "effective"
        return "partially_effective" if algo.filled else "canceled"

    def _order(self, algo: VenueAlgoOrder, kind: str, px: str, size: Decimal) -> OrderAck:
        request = {
            "instId": algo.instrument.instId,
            "tdMode": algo.given["tdMode"],
            "side": algo.side,
            "posSide": algo.posSide,
            "ordType": kind,
            "px": px,
            "sz": text(size),
            "tgtCcy": algo.given["tgtCcy"],
            "tag": algo.given["tag"],
            "reduceOnly": algo.reduceOnly,
        }
        facts = {"algoId": str(algo.id), "algoClOrdId": algo.algoClOrdId, "source": "6"}
        ack = self._engine.place(algo.account, request, algo.rules, **facts)
        order = algo.account.find(ack.ordId, "") if ack.ok else None
        if order is not None:
            algo.orders.append(order)
        algo.fail_code = "" if ack.ok else ack.sCode
        return ack

    def _finish(self, algo: VenueAlgoOrder, state: str) -> None:
        child = algo.child
        if algo.work is not None and child is not None:
            self._engine.end(child, BY_USER)
        algo.state, algo.uTime = state, self._engine.ms
        self._live.pop(algo.id, None)
        self._tell(algo)

    def _tell(self, algo: VenueAlgoOrder) -> None:
        instrument = algo.instrument
        algo.told = algo.filled
        if algo.is_advanced:
            row, kind = self.advanced_row(algo), events.AdvancedAlgoChanged
            self._emit(kind(algo.account, instrument.instId, instrument.instType, str(algo.id), row))
        else:
            row = algo_rows.push_row(algo, self._engine.prices)
            self._emit(events.AlgoChanged(algo.account, instrument.instId, instrument.instType, row))

    # --- rows

    def advanced_row(self, algo: VenueAlgoOrder) -> Row:
        """Return the row of the ``algo-advance`` channel."""
        return algo_rows.advanced_row(algo, self._engine.prices, self._engine.ms)

    def rest_row(self, algo: VenueAlgoOrder) -> Row:
        """Return the row of the REST calls."""
        return algo_rows.rest_row(algo, self._engine.prices)


def _refused(args: Mapping[str, Any], code: str, message: str) -> OrderAck:
    return OrderAck(algoId=words(args, "algoId"), algoClOrdId=words(args, "algoClOrdId"), sCode=code, sMsg=message)
