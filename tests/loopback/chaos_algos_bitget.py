"""Brackets, triggers, trailing stops and exits in the chaos test on Bitget: who places them, and both books of them.

No row of Bitget's names the order that an algo order came of: a child may be ``unknown`` in the end, and never another
order's. Which order has brought which algo order the venue itself tells the test.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, ClassVar, Final
from unittest import mock

from okx_sync import LinkOptions
from okx_sync.algo_types import TriggerPrice
from okx_sync.paper import PaperExchange
from okx_sync.paper.bitget.plan_facts import coins_of, condition, plan_type, stops_in, strategy_type
from okx_sync.paper.bitget.stops import StopLeg
from okx_sync.paper.bybit.identifiers import symbol_of
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue import position_stops
from okx_sync.paper.venue.algo_orders import STOPS, VenueAlgoOrder
from okx_sync.paper.venue.records import VenueOrder
from okx_sync.rest import Limiter
from okx_sync.state.orders.algo_state import AlgoState
from tests.loopback.chaos_algos import AlgoBot, wrong_in
from tests.loopback.chaos_wire import Wire
from tests.loopback.chaos_wires_bitget import BitgetClassicWire, BitgetWire

_SWAPS: Final = ("BTC-USDT-SWAP", "ETH-USDT-SWAP")
_STATES: Final = {
    "live": "armed", "effective": "fired", "partially_effective": "fired", "canceled": "canceled",
    "order_failed": "failed",
}  # fmt: skip
_SIDES: Final = {"tp": "take_profit", "sl": "stop_loss"}
_GRID: Final = Decimal(30)
_AWAY: Final = Decimal("0.002")
_NAMELESS: Final = ("unknown", "canceled", "rejected", "replaced")
"""What a child may be that has no id, once its order is over."""


class _Watching(Wire):
    """Notes which order has brought which algo order, as the venue makes them."""

    def __init__(self) -> None:
        self.origins: dict[str, str] = {}

    def client(self, paper: PaperExchange, options: LinkOptions, limiter: Limiter) -> Any:
        """Make a stream client, and watch the venue as long as there is one."""
        return self._watched(super().client(paper, options, limiter))

    @contextmanager
    def _watched(self, client: Any) -> Iterator[Any]:
        bring = position_stops.bring

        def noted(algos: Any, order: VenueOrder) -> None:
            before = set(algos._all)
            bring(algos, order)
            self.origins |= {str(number): order.ordId for number in set(algos._all) - before}

        with mock.patch.object(position_stops, "bring", noted), client as ws:
            yield ws


class BitgetAlgoWire(_Watching, BitgetWire):
    """A unified account with the calls of strategy orders."""

    algo_call: ClassVar[str] = "/api/v3/trade/place-strategy-order"
    recovery: ClassVar[tuple[str, ...]] = (
        *BitgetWire.recovery, "/api/v3/trade/unfilled-strategy-orders", "/api/v3/trade/history-strategy-orders",
    )  # fmt: skip
    replies: ClassVar[tuple[str, ...]] = (
        *BitgetWire.replies, algo_call, "/api/v3/trade/cancel-strategy-order", "/api/v3/trade/modify-strategy-order",
    )  # fmt: skip

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the ids of algo orders, too."""
        found = super().asked_over_rest(request)
        return [*found, request.body["clientOid"]] if request.path == self.algo_call else found


class BitgetClassicAlgoWire(_Watching, BitgetClassicWire):
    """A classic account with the calls of plan orders."""

    algo_calls: ClassVar[tuple[str, ...]] = (
        "/api/v2/mix/order/place-plan-order", "/api/v2/mix/order/place-tpsl-order",
    )  # fmt: skip
    recovery: ClassVar[tuple[str, ...]] = (
        *BitgetClassicWire.recovery, "/api/v2/mix/order/orders-plan-pending", "/api/v2/mix/order/orders-plan-history",
    )  # fmt: skip
    replies: ClassVar[tuple[str, ...]] = (
        *BitgetClassicWire.replies, *algo_calls, "/api/v2/mix/order/cancel-plan-order",
        "/api/v2/mix/order/modify-tpsl-order", "/api/v2/mix/order/modify-order",
    )  # fmt: skip

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the ids of algo orders, too."""
        found = super().asked_over_rest(request)
        return [*found, request.body["clientOid"]] if request.path in self.algo_calls else found


class BitgetAlgoBot(AlgoBot):
    """A bot whose orders bring stops with them, and that places what each kind of account has."""

    @property
    def _is_classic(self) -> bool:
        return isinstance(self._wire, BitgetClassicWire)

    def _both(self, rng: random.Random, side: str, price: Decimal) -> dict[str, Any]:
        """The same; an order of a classic account cannot say which price fires them."""
        found = super()._both(rng, side, price)
        for name, trigger in found.items():
            by: Any = "last" if self._is_classic or trigger.by == "index" else trigger.by
            found[name] = TriggerPrice(trigger.price, by=by)
        return found

    def _coins(self, rng: random.Random, inst_id: str) -> Decimal:
        return self._size(rng) * self._paper._server.venue.instruments[inst_id].ctVal

    def _symbol(self, inst_id: str) -> str:
        return symbol_of(self._paper._server.venue.instruments[inst_id])

    def _place_bracket(self, rng: random.Random) -> None:
        inst_id, side, price, brings = self._bracket(rng)
        words: dict[str, Any] = {"client_order_id": self._new_id("k"), "timeout": 1.5, **brings}
        self._ws(rng).orders.place(self._symbol(inst_id), side, self._coins(rng, inst_id), price, **words)

    def _place_trailing(self, rng: random.Random) -> None:
        """A unified account has none: an exit of a position is placed there."""
        inst_id, side = rng.choice(_SWAPS), rng.choice(("buy", "sell"))
        last, away = self._last(inst_id), rng.randint(1, 20) * (1 if side == "sell" else -1)
        if self._is_classic and rng.random() < 0.7:
            ratio = Decimal(rng.randint(1, 4)) / 1000
            words: dict[str, Any] = {"callback_ratio": ratio, "activation_price": self._near(last, away)}
            self._algo(rng, "trailing_stop", inst_id, side, **words)
            return
        trigger = TriggerPrice(self._near(last, 3 * away), by=rng.choice(("last", "mark")))
        self._algo(rng, "conditional", inst_id, side, take_profit=trigger)

    def _place_trigger(self, rng: random.Random) -> None:
        inst_id, side = rng.choice(_SWAPS), rng.choice(("buy", "sell"))
        at = self._near(self._last(inst_id), rng.choice((-20, -8, 8, 20)))
        brings = self._both(rng, side, at) if self._is_classic and rng.random() < 0.5 else {}
        self._algo(rng, "trigger", inst_id, side, trigger=at, **brings)

    def _algo(self, rng: random.Random, kind: Any, inst_id: str, side: Any, **words: Any) -> None:
        size, own_id = self._coins(rng, inst_id), self._new_id("a")
        self._ws(rng).orders.place_algo(kind, self._symbol(inst_id), side, size, client_order_id=own_id, **words)


class BitgetEqualBot(BitgetAlgoBot):
    """One whose orders often bring the same: the prices of stops are on a wide grid."""

    def _both(self, rng: random.Random, side: str, price: Decimal) -> dict[str, Any]:
        found, sign = super()._both(rng, side, price), 1 if side == "buy" else -1
        for name, trigger in found.items():
            away = _AWAY * sign * (1 if name == "take_profit" else -1)
            found[name] = TriggerPrice((trigger.price * (1 + away) / _GRID).quantize(Decimal(1)) * _GRID)
        return found


class BitgetAlgoComparison:
    """Compares the algo orders of one client with the exchange's."""

    def __init__(self, paper: PaperExchange, wire: BitgetAlgoWire | BitgetClassicAlgoWire, ws: Any) -> None:
        self._paper, self._ws, self._origins = paper, ws, wire.origins
        self._is_classic = isinstance(wire, BitgetClassicWire)
        self._account = paper.venue.accounts[0]
        self._ended: dict[str, dict[str, Any]] = {}
        self.nameless: Counter[str] = Counter()

    def differences(self) -> Iterator[str]:
        """Yield where the client's algo orders are not the exchange's."""
        theirs, attached = self._paper.run(self._read)
        states = [one.snapshot() for one in (*self._ws.orders.algos.finished, *self._ws.orders.algos.open)]
        mine = {state.algo_id: state for state in states if state.algo_id}
        for algo_id, facts in theirs.items():
            if algo_id not in mine and facts["client_order_id"] is None and facts["status"] != "armed":
                continue  # it came and went while nobody told
            if (found := wrong_in(mine.get(algo_id), facts)) is not None:
                yield f"algo order {algo_id}: {found}"
        yield from (f"algo order {algo_id} does not exist" for algo_id in mine.keys() - theirs.keys())
        self.nameless = Counter(state.status for state in states if not state.algo_id)
        for state in states:
            if (found := self._misplaced(state, attached)) is not None:
                yield f"{state} of order {state.parent_order_id}: {found}"
        for order_id, legs in attached.items():
            known = [one for one in states if one.parent_order_id == order_id and one.status == "attached"]
            ours = {leg for one in known for leg in _SIDES.values() if getattr(one, leg) is not None}
            if ours != legs or len(known) != (len(legs) if self._is_classic else 1):
                yield f"order {order_id} brings {sorted(legs)}, not {known}"

    def _misplaced(self, state: AlgoState, attached: Mapping[str, set[str]]) -> str | None:
        """Return what is wrong with the order of an algo order, or with one that has no id."""
        if state.algo_id is not None:
            parent = self._origins.get(state.algo_id)
            return None if state.parent_order_id in (None, parent) else f"it is of order {parent}"
        if state.client_order_id is not None:
            return None if state.status in _NAMELESS else "it has no id"
        is_open = state.parent_order_id in attached
        if state.status == "attached":
            return None if is_open else "its order is over"
        return None if state.status in _NAMELESS else "it has no id"

    def _read(self) -> tuple[dict[str, dict[str, Any]], dict[str, set[str]]]:
        """Return algo orders by id, and which sides open orders bring."""
        read: dict[str, dict[str, Any]] = {}
        for algo in self._paper._server.venue.algos._all.values():
            kind = plan_type(algo) if self._is_classic else strategy_type(algo)
            if algo.account is not self._account or not kind:
                continue
            algo_id = str(algo.id)
            read[algo_id] = self._ended.get(algo_id) or self._facts(algo)
            if algo.state != "live":
                self._ended[algo_id] = read[algo_id]
        orders = [one for one in self._account.by_id.values() if one.attached and not one.is_done]
        return read, {one.ordId: {_SIDES[leg] for each in one.attached for leg in each.legs} for one in orders}

    def _facts(self, algo: VenueAlgoOrder) -> dict[str, Any]:
        """Return an algo order of the exchange's in neutral words. On the exchange's thread."""
        size, legs = coins_of(algo), {_SIDES[leg]: _price(stop) for leg, stop in stops_in(algo).items()}
        facts: dict[str, Any] = {
            "client_order_id": algo.algoClOrdId or None,
            "status": _STATES[algo.state],
            "side": algo.side,
            "size": Decimal(size) if size else None,
        }
        if self._is_classic:
            facts["order_ids"] = {order.ordId for order in algo.orders}
        if algo.ordType in STOPS:
            facts |= {"kind": "oco" if len(legs) > 1 else "conditional"} | dict.fromkeys(_SIDES.values()) | legs
            if not self._is_classic:
                facts["fired_leg"] = None if algo.met is None or not algo.orders else _SIDES.get(algo.met.name)
        elif algo.ordType == "trigger":
            facts |= {"kind": "trigger", "trigger": _price(condition(algo)), **legs}
        else:
            facts["kind"] = "trailing_stop"
        return facts


def _price(stop: StopLeg) -> TriggerPrice:
    """Return a stop of the venue's in neutral words."""
    by: Any = stop.kind
    return TriggerPrice(stop.px, by=by, limit=stop.limit_px or None)
