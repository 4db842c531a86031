"""Brackets, triggers and trailing stops in the chaos test on OKX: who places them, and both books of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final, cast

from okx_sync import WsClient
from okx_sync.algo_types import PriceSource, TriggerPrice
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.algo_orders import STOPS, TrailingTrigger, VenueAlgoOrder
from okx_sync.state.orders.algo_state import AlgoChange, AlgoState
from tests.loopback.chaos import Bot, Way
from tests.loopback.chaos_wires import OkxWire

_SWAPS: Final = ("BTC-USDT-SWAP", "ETH-USDT-SWAP")
_MOST_OPEN: Final = 40
_SOURCES: Final[tuple[PriceSource, ...]] = ("last", "last", "mark", "index")
_BASIS_POINT: Final = Decimal("0.0001")
_STATES: Final = {"live": "armed", "effective": "fired", "canceled": "canceled", "order_failed": "failed"}
_KINDS: Final = {"trigger": "trigger", "move_order_stop": "trailing_stop"}
_SIDES: Final = {"tp": "take_profit", "sl": "stop_loss"}
_NEVER_THERE: Final = ("rejected", "unknown", "canceled", "failed", "replaced")


class OkxAlgoWire(OkxWire):
    """OKX with the path and the calls of algo orders."""

    private: ClassVar[tuple[str, ...]] = ("private", "business", "private")
    recovery: ClassVar[tuple[str, ...]] = (
        *OkxWire.recovery, "/api/v5/trade/orders-algo-pending", "/api/v5/trade/order-algo",
    )  # fmt: skip
    replies: ClassVar[tuple[str, ...]] = (
        *OkxWire.replies, "/api/v5/trade/order-algo", "/api/v5/trade/cancel-algos", "/api/v5/trade/amend-algos",
        "/api/v5/trade/amend-order",
    )  # fmt: skip

    def asked_over_rest(self, request: Request) -> list[str]:
        """Look at the ids of algo orders, too, and of what an order brings with it."""
        found = super().asked_over_rest(request)
        if request.path in (self.rest_order, "/api/v5/trade/order-algo"):
            body: Mapping[str, Any] = request.body
            found += [body["algoClOrdId"]] if "algoClOrdId" in body else []
            found += [one["attachAlgoClOrdId"] for one in body.get("attachAlgoOrds", ())]
        return found


class AlgoBot(Bot):
    """A bot whose orders bring stops with them, and that places triggers and trailing stops; the market moves more."""

    def __init__(self, paper: PaperExchange, *args: Any) -> None:
        super().__init__(paper, *args)
        self._first = {inst_id: self._last(inst_id) for inst_id in _SWAPS}

    def _ways(self) -> list[Way]:
        return [
            *super()._ways(),
            (self._place_bracket, 40),
            (self._place_trigger, 12),
            (self._place_trailing, 12),
            (self._amend_algo, 15),
            (self._cancel_algo, 12),
            (self._move, 40),
        ]

    def _last(self, inst_id: str) -> Decimal:
        return self._paper.run(lambda: self._paper._server.venue.engine.prices.last[inst_id])

    def _near(self, price: Decimal, away: int) -> Decimal:
        return (price * (1 + away * _BASIS_POINT)).quantize(Decimal("0.1"))

    def _both(self, rng: random.Random, side: str, price: Decimal) -> dict[str, Any]:
        """One side or both, near the price."""
        sign, by = (1 if side == "buy" else -1), rng.choice(_SOURCES)
        found: dict[str, Any] = {
            "take_profit": TriggerPrice(self._near(price, sign * rng.randint(5, 60)), by=by),
            "stop_loss": TriggerPrice(self._near(price, -sign * rng.randint(5, 60)), by=by),
        }
        if rng.random() < 0.3:
            found.pop(rng.choice(list(found)))
        return found

    def _bracket(self, rng: random.Random) -> tuple[str, str, Decimal, dict[str, Any]]:
        """Instrument, side and price of an order, and what it brings."""
        inst_id, side = rng.choice(_SWAPS), rng.choice(("buy", "sell"))
        price = self._near(self._last(inst_id), rng.choice((-3, 0, 1)) * (1 if side == "buy" else -1))
        return inst_id, side, price, self._both(rng, side, price)

    def _place_bracket(self, rng: random.Random) -> None:
        inst_id, side, price, brings = self._bracket(rng)
        words: dict[str, Any] = {"td_mode": "cross", "client_order_id": self._new_id("k")}
        self._ws(rng).orders.place(inst_id, side, self._size(rng), price, **words, **brings, timeout=1.5)

    def _size(self, rng: random.Random) -> Decimal:
        return Decimal(rng.randint(1, 100)) / 100

    def _place_trigger(self, rng: random.Random) -> None:
        inst_id, side = rng.choice(_SWAPS), rng.choice(("buy", "sell"))
        at = self._near(self._last(inst_id), rng.choice((-20, -8, 8, 20)))
        brings = self._both(rng, side, at) if rng.random() < 0.5 else {}
        self._algo(rng, "trigger", inst_id, side, trigger=at, **brings)

    def _place_trailing(self, rng: random.Random) -> None:
        ratio = Decimal(rng.randint(1, 4)) / 1000
        self._algo(rng, "trailing_stop", rng.choice(_SWAPS), rng.choice(("buy", "sell")), callback_ratio=ratio)

    def _algo(self, rng: random.Random, kind: Any, inst_id: str, side: Any, **words: Any) -> None:
        own_id = self._new_id("a")
        self._ws(rng).orders.place_algo(
            kind, inst_id, side, self._size(rng), td_mode="cross", client_order_id=own_id, **words
        )

    def _some_algo(self, rng: random.Random) -> Any:
        found = [one for one in self._ws(rng).orders.algos.open if one.status in ("attached", "armed")]
        return rng.choice(found) if found else None

    def _amend_algo(self, rng: random.Random) -> None:
        algo = self._some_algo(rng)
        if algo is None:
            return
        name = rng.choice(("take_profit", "stop_loss", "trigger"))
        now: TriggerPrice | None = getattr(algo, name)
        if now is not None:
            is_removed = name != "trigger" and rng.random() < 0.2
            algo.amend(**{name: 0 if is_removed else self._near(now.price, rng.randint(-3, 3))})

    def _cancel_algo(self, rng: random.Random) -> None:
        algo = self._some_algo(rng)
        if algo is not None:
            algo.cancel()

    def _move(self, rng: random.Random) -> None:
        """The market moves, so that stops fire; or the oldest ends, where there are too many."""
        algos = self._ws(rng).orders.algos
        if len(algos) > _MOST_OPEN:
            self._cancel_algo(rng)
            return
        inst_id = rng.choice(_SWAPS)
        last = self._last(inst_id)
        back = (self._first[inst_id] - last) / last / _BASIS_POINT / 10  # so that it does not run away
        self._paper.trade_at(inst_id, self._near(last, rng.randint(-25, 25) + int(back)))


class AlgoTold:
    """Everything that a user of the client hears of algo orders."""

    def __init__(self, ws: WsClient) -> None:
        self.wrong: list[str] = []
        self.statuses: Counter[str] = Counter()
        ws.orders.algos.on_algo(self._changed)

    def _changed(self, change: AlgoChange) -> None:
        now, before = change.algo, change.previous
        if before is not None and before.is_done and before.status != now.status:
            self.wrong.append(f"{before} -> {now}")
        if change.status_changed:
            self.statuses[now.status] += 1


class AlgoComparison:
    """Compares the algo orders of one client with the exchange's."""

    def __init__(self, paper: PaperExchange, _wire: OkxAlgoWire, ws: WsClient) -> None:
        self._paper, self._ws = paper, ws
        self._account = paper.venue.accounts[0]
        self._ended: dict[str, dict[str, Any]] = {}

    def differences(self) -> Iterator[str]:
        """Yield where the client's algo orders are not the exchange's."""
        theirs, attached, parents = self._paper.run(self._read)
        states = [one.snapshot() for one in (*self._ws.orders.algos.finished, *self._ws.orders.algos.open)]
        mine = {state.algo_id: state for state in states if state.algo_id}
        for algo_id, facts in theirs.items():
            if (wrong := wrong_in(mine.get(algo_id), facts)) is not None:
                yield f"algo order {algo_id}: {wrong}"
        yield from (f"algo order {algo_id} does not exist" for algo_id in mine.keys() - theirs.keys())
        names = Counter(state.client_order_id for state in states if state.client_order_id)
        yield from (f"{count} records of {name}" for name, count in names.items() if count > 1)
        yield from self._of_attached(states, attached, {facts["client_order_id"] for facts in theirs.values()})
        for order_id, count in parents.items():
            order = self._ws.orders.get(order_id)
            if order is not None and len(order.children) != count:
                yield f"order {order_id} has {len(order.children)} children, not {count}: {order.children}"

    def _of_attached(self, states: list[AlgoState], attached: set[str], taken: set[str | None]) -> Iterator[str]:
        known = {str(state.attached_id): state for state in states if state.status == "attached"}
        yield from (f"attached {one} is not known" for one in attached - known.keys())
        yield from (f"{known[one]} is attached to nothing" for one in known.keys() - attached)
        for state in states:
            is_there = state.client_order_id in taken or state.attached_id in attached
            if state.algo_id is None and state.status != "attached" and (is_there or state.status not in _NEVER_THERE):
                yield f"{state}: it is {'there' if is_there else 'not there'}"

    def _read(self) -> tuple[dict[str, dict[str, Any]], set[str], dict[str, int]]:
        """Return algo orders by id, ids of what is attached to open orders, and how many each order has brought."""
        read: dict[str, dict[str, Any]] = {}
        engine = self._paper._server.venue.algos
        for algo in engine._all.values():
            if algo.account is not self._account:
                continue
            algo_id = str(algo.id)
            read[algo_id] = self._ended.get(algo_id) or _facts(algo)
            if algo.state != "live":
                self._ended[algo_id] = read[algo_id]
        orders = list(self._account.by_id.values())
        attached = {str(one.id) for order in orders if not order.is_done for one in order.attached}
        return read, attached, {order.ordId: len(order.attached) for order in orders if order.attached}


def _facts(algo: VenueAlgoOrder) -> dict[str, Any]:
    """Return an algo order of the exchange's in neutral words. On the exchange's thread."""
    prices = {
        _SIDES.get(one.name, one.name): TriggerPrice(
            one.px, by=cast("PriceSource", one.kind), limit=None if one.order_px == "-1" else Decimal(one.order_px)
        )
        for one in algo.triggers
        if not isinstance(one, TrailingTrigger)
    }
    legs = [name for name in _SIDES.values() if name in prices]
    met = algo.met.name if algo.met is not None else ""
    facts: dict[str, Any] = {
        "client_order_id": algo.algoClOrdId or None,
        "status": _STATES[algo.state],
        "kind": ("oco" if len(legs) > 1 else "conditional") if algo.ordType in STOPS else _KINDS[algo.ordType],
        "side": algo.side,
        "size": algo.sz,
        "fired_leg": _SIDES.get(met),
        "order_ids": {order.ordId for order in algo.orders},
    }
    if algo.ordType in STOPS:
        facts |= {name: prices.get(name) for name in _SIDES.values()}
    elif algo.ordType == "trigger":
        facts["trigger"] = prices["trigger"]
    return facts


def wrong_in(state: AlgoState | None, facts: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the client's record of one of the exchange's; None when nothing is."""
    if state is None:
        return f"it is not known: {dict(facts)}"
    ours = {name: getattr(state, name) for name in facts} | {"order_ids": set(state.order_ids)}
    wrong = [f"{name} {ours[name]} is {facts[name]}" for name in facts if ours[name] != facts[name]]
    return ", ".join(wrong) or None
