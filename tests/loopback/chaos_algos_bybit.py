"""Brackets, triggers and stops of positions in the chaos test on Bybit: who places them, and both books of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, Final, cast

from okx_sync.algo_types import PriceSource, TriggerPrice
from okx_sync.paper import PaperExchange
from okx_sync.paper.bybit.identifiers import order_id
from okx_sync.paper.bybit.orders import WAITING
from okx_sync.paper.bybit.stops import FULL, TRAILING, BoundStop, bound_of, plan_of
from okx_sync.paper.venue.algo_orders import Trigger, VenueAlgoOrder
from okx_sync.paper.venue.records import VenueOrder
from okx_sync.state.orders.algo_state import AlgoState
from tests.loopback.chaos_algos import AlgoBot, wrong_in
from tests.loopback.chaos_books import Comparison
from tests.loopback.chaos_wires import BybitWire

_LEGS: Final = {"tp": "take_profit", "sl": "stop_loss"}
_NO_MARKET: Final = "-1"


class BybitAlgoWire(BybitWire):
    """Bybit with the calls of algo orders; an order that was a stop keeps the id that it had while it waited."""

    recovery: ClassVar[tuple[str, ...]] = (*BybitWire.recovery, "/v5/market/tickers")
    replies: ClassVar[tuple[str, ...]] = (*BybitWire.replies, "order.amend", "/v5/position/trading-stop")

    def order_id(self, order: VenueOrder) -> str:
        """That of the stop that it was."""
        return order_id(int(order.algoId)) if order.algoId else super().order_id(order)

    def facts(self, order: VenueOrder) -> dict[str, Any]:
        """With the id that the stop was given."""
        found = super().facts(order)
        return found | {"client_order_id": order.algoClOrdId or None} if order.algoId else found


class BybitComparison(Comparison):
    """What waits for a price is an order, too."""

    def _venue_orders(self) -> dict[str, dict[str, Any]]:
        found = super()._venue_orders()
        for algo in self._paper._server.venue.algos._all.values():
            if algo.account is self._account and algo.ordType in WAITING and not algo.orders:
                found[order_id(algo.id)] = self._waiting(algo)
        return found

    def _waiting(self, algo: VenueAlgoOrder) -> dict[str, Any]:
        (order_px, *_) = [one.order_px for one in algo.triggers]
        states = {"canceled": "canceled", "order_failed": _failed_as(algo)}
        facts: dict[str, Any] = {
            "client_order_id": algo.algoClOrdId or None,
            "inst_id": self._wire.inst_id(algo.instrument),
            "status": states.get(algo.state, "live"),
            "side": algo.side,
            "price": None if order_px == _NO_MARKET else Decimal(order_px),
            "filled": 0,
            "fills": set(),
        }
        # That of a stop for a whole position is the position's.
        return facts if _is_whole(bound_of(algo)) else facts | {"size": algo.sz * algo.instrument.ctVal}


class BybitAlgoBot(AlgoBot):
    """The bot in Bybit's words: sizes in coins, and stops that are set at positions."""

    def _ways(self) -> list[Any]:
        return [*super()._ways(), (self._place_stop, 8)]

    def _symbol(self, inst_id: str) -> str:
        return self._wire.inst_id(self._instrument(inst_id))

    def _instrument(self, inst_id: str) -> Any:
        return self._paper._server.venue.instruments[inst_id]

    def _coins(self, rng: random.Random, inst_id: str) -> Decimal:
        value: Decimal = self._instrument(inst_id).ctVal * rng.randint(10, 100) / 100
        return value

    def _place_bracket(self, rng: random.Random) -> None:
        inst_id, side, price, brings = self._bracket(rng)
        full = {"tpsl_mode": "Full"} if rng.random() < 0.1 else {}
        words: dict[str, Any] = {"client_order_id": self._new_id("k"), "timeout": 1.5, **brings, **full}
        self._ws(rng).orders.place(self._symbol(inst_id), side, self._coins(rng, inst_id), price, **words)

    def _algo(self, rng: random.Random, kind: Any, inst_id: str, side: Any, **words: Any) -> None:
        words |= {"client_order_id": self._new_id("a"), "timeout": 1.5}
        self._ws(rng).orders.place_algo(kind, self._symbol(inst_id), side, self._coins(rng, inst_id), **words)

    def _place_trailing(self, rng: random.Random) -> None:
        for one in self._ws(rng).positions.all[:1]:
            spread = (one.entry_price * rng.randint(1, 4) / 1000).quantize(Decimal("0.1"))
            side = "sell" if one.size > 0 else "buy"
            self._ws(rng).orders.place_algo("trailing_stop", one.inst_id, side, callback_spread=spread)

    def _place_stop(self, rng: random.Random) -> None:
        """A take profit or a stop loss of a part of a position."""
        for one in self._ws(rng).positions.all[:1]:
            side, inst_id = ("sell" if one.size > 0 else "buy"), self._named(one.inst_id)
            legs = self._both(rng, "buy" if side == "sell" else "sell", self._last(inst_id))
            leg = rng.choice(list(legs))
            size = self._coins(rng, inst_id)
            self._ws(rng).orders.place_algo("conditional", one.inst_id, side, size, **{leg: legs[leg]})

    def _named(self, symbol: str) -> str:
        return next(one for one in self._first if self._symbol(one) == symbol)


class BybitAlgoComparison:
    """Compares the algo orders of one client with the exchange's."""

    def __init__(self, paper: PaperExchange, wire: BybitAlgoWire, ws: Any) -> None:
        self._paper, self._wire, self._ws = paper, wire, ws
        self._account = paper.venue.accounts[0]
        self._ended: dict[str, dict[str, Any]] = {}

    def differences(self) -> Iterator[str]:
        """Yield where the client's algo orders are not the exchange's."""
        theirs, attached, partly = self._paper.run(self._read)
        algos = self._ws.orders.algos
        states: list[AlgoState] = [one.snapshot() for one in (*algos.finished, *algos.open)]
        mine = {state.algo_id: state for state in states if state.algo_id}
        for algo_id, facts in theirs.items():
            if (wrong := wrong_in(mine.get(algo_id), facts)) is not None and not _is_untold(mine.get(algo_id), facts):
                yield f"algo order {algo_id}: {wrong}"
        yield from (f"algo order {algo_id} does not exist" for algo_id in mine.keys() - theirs.keys())
        held = {(str(one.parent_order_id), str(one.leg)): one for one in states if one.status == "attached"}
        yield from (f"attached {one} is not known" for one in attached - held.keys())
        for key in held.keys() - attached - partly:
            yield f"{held[key]} is attached to nothing: {self._ws.orders.get(key[0])}"
        for state in states:
            is_over = state.is_done or state.status == "attached"
            if state.algo_id is None and not is_over and not self._is_in_doubt(state):
                yield f"what became of it? {state}"

    def _is_in_doubt(self, state: AlgoState) -> bool:
        """Tell whether nobody can know: what was set at a position, or is of an order that is partly or never there."""
        parent = self._ws.orders.get(client_order_id=state.parent_client_order_id)
        if state.status == "pending":
            return parent is not None and parent.status == "partially_filled"
        return state.status == "unknown" and (parent is None or parent.status == "unknown")

    def _read(self) -> tuple[dict[str, dict[str, Any]], set[tuple[str, str]], set[tuple[str, str]]]:
        """Return algo orders by id, what is attached to orders of which nothing is filled, and to those partly filled.

        A fill that closes a position makes no stops: what is left may.
        """
        read: dict[str, dict[str, Any]] = {}
        attached: set[tuple[str, str]] = set()
        venue = self._paper._server.venue
        for algo in venue.algos._all.values():
            if algo.account is not self._account or algo.ordType not in WAITING:
                continue
            algo_id = order_id(algo.id)
            read[algo_id] = self._ended.get(algo_id) or _facts(algo)
            if algo.state != "live":
                self._ended[algo_id] = read[algo_id]
            elif (plan := plan_of(algo)) is not None:
                attached |= {(algo_id, _LEGS[kind]) for kind in plan.stops}
        partly: set[tuple[str, str]] = set()
        for order in self._account.orders.values():
            if (plan := plan_of(order)) is not None:
                one = partly if order.filled else attached
                one |= {(self._wire.order_id(order), _LEGS[kind]) for kind in plan.stops}
        return read, attached, partly


def _failed_as(algo: VenueAlgoOrder) -> str:
    """Return the end of a stop whose order was refused: one that had nothing to reduce was canceled."""
    from okx_sync.paper.bybit.orders import NOTHING_TO_REDUCE

    return "canceled" if algo.fail_code in NOTHING_TO_REDUCE else "rejected"


def _is_whole(bound: BoundStop | None) -> bool:
    return bound is not None and (bound.mode == FULL or bound.kind == TRAILING)


def _facts(algo: VenueAlgoOrder) -> dict[str, Any]:
    """Return an algo order of the exchange's in neutral words. On the exchange's thread."""
    bound = bound_of(algo)
    leg = None if bound is None else _LEGS.get(bound.kind)
    kind = "trigger" if bound is None else "conditional" if leg else "trailing_stop"
    status = {"live": "armed", "canceled": "canceled", "effective": "fired"}.get(algo.state, "armed")
    if algo.state == "order_failed":
        status = "failed" if _failed_as(algo) == "rejected" else "canceled"
    facts: dict[str, Any] = {
        "client_order_id": algo.algoClOrdId or None,
        "status": status,
        "kind": kind,
        "leg": leg,
        "side": algo.side,
        "fired_leg": leg if status == "fired" else None,
        "order_ids": {order_id(algo.id)} if status == "fired" else set(),
    }
    if status != "fired":  # what it has sent may have been cut to the position
        facts["size"] = None if _is_whole(bound) else algo.sz * algo.instrument.ctVal
    (trigger, *_) = algo.triggers
    if isinstance(trigger, Trigger):
        limit = None if trigger.order_px == _NO_MARKET else Decimal(trigger.order_px)
        price = TriggerPrice(trigger.px, by=cast("PriceSource", trigger.kind), limit=limit)
        facts[leg or "trigger"] = price
    return facts


def _is_untold(state: AlgoState | None, facts: dict[str, Any]) -> bool:
    """Tell whether an order fired and was canceled unfilled while nobody heard: its row does not say that it fired."""
    return state is not None and facts["status"] == "fired" and state.status == "canceled"
