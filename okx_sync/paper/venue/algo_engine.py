"""The engine of algo orders: those that wait outside the book for a price, and those that place order after order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from okx_sync.paper.venue import algo_rows, algo_rules, events
from okx_sync.paper.venue.algo_amend import amend_algo
from okx_sync.paper.venue.algo_checks import parse_algo, price_of
from okx_sync.paper.venue.algo_holds import held_ccy, hold, hold_amended, release
from okx_sync.paper.venue.algo_orders import (
    FIRING,
    MARKET,
    OTHER_SOURCE,
    SOURCES,
    AlgoAction,
    TrailingTrigger,
    Trigger,
    VenueAlgoOrder,
)
from okx_sync.paper.venue.attached_engine import AttachedOrders
from okx_sync.paper.venue.number_text import flag, text
from okx_sync.paper.venue.order_acks import OrderAck, VenueRefusal
from okx_sync.paper.venue.order_amend import amend
from okx_sync.paper.venue.order_checks import parse_order, words
from okx_sync.paper.venue.order_engine import BY_USER, OrderEngine
from okx_sync.paper.venue.order_sizes import affordable
from okx_sync.paper.venue.records import VenueAccount, VenuePosition
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import WireRules

NO_MONEY = "51008"
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
        self.attached = engine.attachments = AttachedOrders(engine, self)

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

    def waiting(self, account: VenueAccount) -> list[VenueAlgoOrder]:
        """Return an account's algo orders that are live."""
        return [algo for algo in self._live.values() if algo.account is account]

    def closing(self, position: VenuePosition, account: VenueAccount) -> list[VenueAlgoOrder]:
        """Return the live orders that close a whole position."""
        return [algo for algo in self.waiting(account) if algo.is_whole and algo.position is position]

    # --- requests

    def place(
        self,
        account: VenueAccount,
        args: Mapping[str, Any],
        before: Callable[[VenueAlgoOrder], object] | None = None,
        rules: WireRules | None = None,
        *,
        is_due: bool = False,
        holds: bool = False,
    ) -> OrderAck:
        """Place an algo order (trade/order-algo), under ``rules`` (by default the engine's own).

        ``before`` takes it, once it is good and before it is told of. ``is_due``: it comes of an order that was checked
        when that was placed; the market may have run since. ``holds``: what it will spend is promised to it at once.
        """
        mine = words(args, "algoClOrdId")
        try:
            algo = parse_algo(self._engine, account, args, self._next_id + 1, rules or self._engine.rules)
            self._check_ids(algo)
            if algo.rules.guards_stops and not is_due:
                algo_rules.check_new(self._engine, algo, args, self._live.values())
                self._check_order(algo)
            if holds:
                hold(algo, self._engine.prices, is_due=is_due)
        except VenueRefusal as no:
            return OrderAck(sCode=no.code, sMsg=no.message, subCode=no.sub_code, algoClOrdId=mine)
        self._next_id = algo.id
        self._all[algo.id] = self._live[algo.id] = algo
        if before is not None:
            before(algo)
        self.tell(algo)
        if algo.held:
            self._tell_held(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId, tag=algo.given["tag"])

    def _check_order(self, algo: VenueAlgoOrder) -> None:
        """Refuse what could never place its order. Whether money and position reach is seen when it fires."""
        for trigger in algo.triggers:
            kind, px = _order_of(algo, trigger)
            size = algo.instrument.minSz if algo.is_whole else algo.sz
            request = self._request(algo, kind, px, size)
            parse_order(algo.account, algo.instrument, request, 0, self._engine.ms, algo.rules)

    def _check_ids(self, algo: VenueAlgoOrder) -> None:
        """Refuse ids that are in use, by an algo order or by what one of any kind brings along."""
        if algo.algoClOrdId:
            if self.find(algo.account, {"algoClOrdId": algo.algoClOrdId}):
                raise VenueRefusal("51065", "algoClOrdId already exists.")
            self.attached.check_id(algo.account, algo.algoClOrdId)
        self.attached.check_ids(algo.account, algo.attached)

    def cancel(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Cancel one algo order (trade/cancel-algos); an order that it has in the book goes with it."""
        algo = self.find(account, args)
        if algo is None or algo.state != "live":
            return _refused(args, "51400", _GONE)
        self.drop(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId)

    def drop(self, algo: VenueAlgoOrder) -> None:
        """Cancel an algo order that is live."""
        self._finish(algo, "canceled")

    def amend(self, account: VenueAccount, args: Mapping[str, Any]) -> OrderAck:
        """Amend sizes, prices and distances of an order that waits (trade/amend-algos)."""
        algo = self.find(account, args)
        if algo is None or algo.state != "live":
            return _refused(args, "51503", "Your order has already been filled or canceled.")
        try:
            if algo.rules.guards_stops:
                algo_rules.check_amendment(algo, args)
            change = partial(amend_algo, self._engine, algo, args, algo_rules.check_triggers)
            is_held_anew = hold_amended(algo, self._engine.prices, change)
        except VenueRefusal as no:
            if flag(args.get("cxlOnFail")):
                self.drop(algo)
            return _refused(args, no.code, no.message)
        self.tell(algo, reqId=words(args, "reqId"), amendResult="0")
        if is_held_anew:
            self._tell_held(algo)
        return OrderAck(algoId=str(algo.id), algoClOrdId=algo.algoClOrdId, reqId=words(args, "reqId"))

    # --- acting

    def run(self) -> None:
        """Let every live order do what the prices since the last time ask of it.

        Those that are born here look at the present prices only: what was traded before is none of their business.
        """
        traded = self._engine.prices.take_traded()
        if not (self._live or self.rules or self.attached.is_busy):
            return
        old = set(self._live)
        self.attached.run()
        self._keep_rules()
        for algo in list(self._live.values()):
            if algo.state != "live":
                continue  # went with one before it
            if algo.goes_with_position and self._is_left(algo):
                self.drop(algo)
            elif algo.work is not None:
                self._work(algo)
            else:
                self._watch(algo, traded.get(algo.instrument.instId, ()) if algo.id in old else ())
        self.attached.run()
        if not old <= self._live.keys():
            self._keep_rules()  # what ended may take others with it, at once

    def _keep_rules(self) -> None:
        for rule in self.rules:
            rule.run()

    @staticmethod
    def _is_left(algo: VenueAlgoOrder) -> bool:
        """Tell whether the position that an order goes with has been closed since it was seen."""
        position = algo.position
        since = position.cTime if position is not None and algo.closable else 0
        was, algo.position_since = algo.position_since, since
        return was not in (0, since)

    def _watch(self, algo: VenueAlgoOrder, traded: Sequence[Decimal]) -> None:
        """Look at the prices that an order has not seen: of trades one after another, of index and mark the present."""
        for trigger in algo.triggers:
            now = price_of(self._engine, algo.instrument, trigger.kind)
            seen = (*traded, now) if trigger.kind == "last" else (now,)
            for price in seen:
                if isinstance(trigger, TrailingTrigger) and trigger.follow(price):
                    self.tell(algo)
                if trigger.is_met(price):
                    self._fire(algo, trigger)
                    return

    def _fire(self, algo: VenueAlgoOrder, trigger: Trigger | TrailingTrigger) -> None:
        algo.met, algo.met_at = trigger, self._engine.ms
        if algo.rules.tells_firing:
            algo.state, algo.uTime = FIRING, self._engine.ms
            self.tell(algo)
        self._release(algo)
        self.attached.fires(algo)
        if algo.chase is not None:
            self._fire_chase(algo)
            return
        kind, px = _order_of(algo, trigger)
        ack = self._order(algo, kind, px, self._size(algo))
        if ack.sCode == NO_MONEY and algo.ordType == "trigger" and algo.rules.guards_stops:
            # It is placed for what the balance allows.
            size = affordable(self._engine, algo.account, self._request(algo, kind, px, algo.sz))
            ack = self._order(algo, kind, px, size) if size else ack
        self._finish(algo, "effective" if ack.ok else "order_failed")

    def _fire_chase(self, algo: VenueAlgoOrder) -> None:
        assert algo.chase is not None
        request = {**self._request(algo, "chase", "", algo.sz), **algo.chase}
        ack = self.place(algo.account, request, rules=algo.rules, is_due=True)
        algo.fail_code = "" if ack.ok else ack.sCode
        if ack.ok:
            algo.children.append(int(ack.algoId))
            self._work(self._all[int(ack.algoId)])
        self._finish(algo, "effective" if ack.ok else "order_failed")

    @staticmethod
    def _size(algo: VenueAlgoOrder) -> Decimal:
        """Return what is ordered when it fires: what closes only is cut to the position."""
        size = algo.instrument.sz(algo.closable)
        if algo.is_whole:
            return size
        return min(algo.sz, size) if algo.closes_only and size else algo.sz

    def _work(self, algo: VenueAlgoOrder) -> None:
        assert algo.work is not None
        step = algo.work.step(algo, self._engine.books[algo.instrument.instId], self._engine.ms)
        if step is not None:
            self._do(algo, step)
        if algo.state == "live" and algo.filled != algo.told:
            self.tell(algo)

    def _do(self, algo: VenueAlgoOrder, step: AlgoAction) -> None:
        child = algo.child
        if step.what == "end":
            self._finish(algo, self._end_of(algo), step.cancel_source)
        elif step.what == "drop" and child is not None:
            self._engine.end(child, BY_USER)
        elif step.what == "move" and child is not None and step.px is not None:
            px = text(algo.instrument.on_tick(step.px))
            request = {"instId": algo.instrument.instId, "ordId": child.ordId, "newPx": px}
            amend(self._engine, algo.account, request, by_venue=True)
        elif step.px is not None and step.sz is not None:
            ack = self._order(algo, step.ordType, text(algo.instrument.on_tick(step.px)), step.sz)
            if not ack.ok:
                self._finish(algo, "partially_effective" if algo.filled else "order_failed")
            else:
                self.tell(algo)

    @staticmethod
    def _end_of(algo: VenueAlgoOrder) -> str:
        """Return the last state of an order that has worked: ``canceled`` when it got nothing."""
        if algo.sz - algo.filled < algo.instrument.minSz:
            return "effective"
        return "partially_effective" if algo.filled else "canceled"

    @staticmethod
    def _request(algo: VenueAlgoOrder, kind: str, px: str, size: Decimal) -> dict[str, Any]:
        return {
            "instId": algo.instrument.instId,
            "tdMode": algo.given["tdMode"],
            "side": algo.side,
            "posSide": algo.posSide if algo.instrument.is_swap else "",
            "ordType": kind,
            "px": px,
            "sz": text(size),
            "tgtCcy": algo.given["tgtCcy"],
            "ccy": algo.given["ccy"],
            "tag": algo.given["tag"],
            "reduceOnly": algo.reduceOnly,
            "stpMode": algo.given["stpMode"],
            "clOrdId": str(algo.id) if algo.rules.names_after_algo else "",
        }

    def _order(self, algo: VenueAlgoOrder, kind: str, px: str, size: Decimal) -> OrderAck:
        attached = [one.copy(self._engine.new_id()) for one in algo.attached]
        ack = self._engine.place(
            algo.account,
            self._request(algo, kind, px, size),
            algo.rules,
            algoId=str(algo.id),
            algoClOrdId=algo.algoClOrdId,
            source=SOURCES.get(algo.ordType, OTHER_SOURCE),
            attached=attached,
            of_wire=algo.of_wire,
        )
        order = algo.account.find(ack.ordId, "") if ack.ok else None
        if order is not None:
            algo.orders.append(order)
        algo.fail_code = "" if ack.ok else ack.sCode
        return ack

    def _finish(self, algo: VenueAlgoOrder, state: str, source: str = BY_USER) -> None:
        child = algo.child
        if algo.work is not None and child is not None:
            self._engine.end(child, source)
        algo.state, algo.uTime = state, self._engine.ms
        self._live.pop(algo.id, None)
        self._release(algo)
        self.tell(algo)

    def _release(self, algo: VenueAlgoOrder) -> None:
        if release(algo):
            self._tell_held(algo)

    def _tell_held(self, algo: VenueAlgoOrder) -> None:
        self._emit(events.BalanceChanged(algo.account, "", (held_ccy(algo),)))

    def tell(self, algo: VenueAlgoOrder, **amended: str) -> None:
        """Let the listeners know that an algo order has changed; ``amended``: reqId, amendResult."""
        instrument = algo.instrument
        algo.told = algo.filled
        if algo.is_advanced:
            row, kind = self.advanced_row(algo), events.AdvancedAlgoChanged
            self._emit(kind(algo.account, instrument.instId, instrument.instType, str(algo.id), row))
        else:
            row = algo_rows.push_row(algo, self._engine.prices) | amended
            self._emit(events.AlgoChanged(algo.account, instrument.instId, instrument.instType, row))

    # --- rows

    def advanced_row(self, algo: VenueAlgoOrder) -> Row:
        """Return the row of the ``algo-advance`` channel."""
        return algo_rows.advanced_row(algo, self._engine.prices, self._engine.ms)

    def rest_row(self, algo: VenueAlgoOrder) -> Row:
        """Return the row of the REST calls."""
        return algo_rows.rest_row(algo, self._engine.prices)


def _order_of(algo: VenueAlgoOrder, trigger: Trigger | TrailingTrigger) -> tuple[str, str]:
    """Return type and price of the order that a trigger places."""
    if algo.chase is not None:
        return "market", ""  # it begins where the market is
    is_market = trigger.order_px == MARKET
    kind = algo.given["advanceOrdType"] or ("market" if is_market else "limit")
    return kind, "" if is_market else trigger.order_px


def _refused(args: Mapping[str, Any], code: str, message: str) -> OrderAck:
    return OrderAck(algoId=words(args, "algoId"), algoClOrdId=words(args, "algoClOrdId"), sCode=code, sMsg=message)
