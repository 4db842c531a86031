"""What the chaos test is made of: a bot that trades, accidents planned by a seed, and a comparison of all the books.

An accident is tied to what happens at the exchange (the n-th fill, a login, an ack, a REST request), not to the time,
so that a seed brings about the same accidents again. Threads and sockets have a will of their own: a seed that fails
once may have to be run a few times.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from decimal import Decimal
from typing import Any, Final

import orjson

from okx_sync import ConfigError, ConnectionLost, OkxApiError, OkxClient, OkxError, OrderStatusUnknown, StateEvent, WsClient
from okx_sync.exchanges.okx.models import Fill, Order
from okx_sync.exchanges.okx.rest import CancelOrder, NewOrder
from okx_sync.models.neutral import FillUpdate
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.accounts import Account
from okx_sync.paper.venue.events import Filled, OrderChanged, VenueEvent
from okx_sync.state.order_handle import OrderHandle
from okx_sync.state.order_state import OrderChange, OrderState

INSTRUMENTS: Final = ("BTC-USDT", "ETH-USDT", "SOL-USDT", "BTC-USDT-SWAP", "ETH-USDT-SWAP")
RECOVERY: Final = (
    "/api/v5/trade/orders-history",
    "/api/v5/trade/orders-pending",
    "/api/v5/trade/fills",
    "/api/v5/account/positions",
    "/api/v5/account/balance",
)
_STATE: Final = ("orders", "fills", "positions", "account")
_MOST_OPEN: Final = 60
_WS_TIMEOUT_S: Final = 1.5
_THINK_S: Final = 0.03  # a thread of the bot waits up to so long between two acts


# -- what goes wrong -----------------------------------------------------------------------------------------------


class Accidents:
    """Makes connections die at moments drawn from a seed. Lives on the exchange's thread, but for the constructor.

    Parameters: ``pace``: about so many events of the account from one accident to the next.
    """

    def __init__(self, paper: PaperExchange, seed: int, pace: int) -> None:
        self.happened: Counter[str] = Counter()
        self._paper = paper
        self._rng = random.Random(f"accidents {seed}")
        self._pace = pace
        self._to_go = pace
        self._before_push = False
        self._is_calm = self._is_hasty = True
        self._on_request: str | None = None
        self._is_over = False
        self._moments: dict[str, Callable[[], object]] = {
            "at an event": self._drop,
            "before its push": self._drop,
            "at a login": lambda: self._again("login"),
            "at a handshake": lambda: self._again("open"),
            "at a subscribe": lambda: self._again("subscribe"),
            "at an ack": lambda: self._again("ack", after=self._rng.randrange(4)),
            "at a push": self._at_a_push,
            "in a snapshot": self._in_a_snapshot,
            "in recovery": self._in_recovery,
            "REST is down": self._rest_is_down,
            "refused": self._refused,
            "half-open": self._half_open,
            "handover": lambda: self._paper.faults.notice(close_after=0.3, path="private"),
            "lost in a handover": self._lost_in_a_handover,
            "reply lost": lambda: self._paper.faults.lose_reply(self._rng.choice(("order", "cancel-order"))),
            "REST reply lost": lambda: self._paper.faults.lose_reply("/api/v5/trade/order"),
            "late replies": lambda: self._paper.faults.delay(0.05, "ack", path="private", times=10),
            "late pushes": lambda: self._paper.faults.delay(0.03, "push", path="private", times=30),
            "shuffled replies": lambda: self._paper.faults.shuffle_replies(3, path="private"),
        }
        paper.run(self._listen)

    def watch(self, event: StateEvent) -> None:
        """The client's ``on_state``: most accidents wait until it has recovered from the one before."""
        if event.link == "private" and event.kind in ("lost", "gap", "replacing", "replaced"):
            self._is_calm = event.kind in ("gap", "replaced")

    def end(self) -> None:
        """Nothing more goes wrong; what is armed is forgotten."""
        self._is_over = True
        self._paper.faults.clear()

    def drops(self) -> Counter[str]:
        """Private connections that were dropped, by how."""
        ends = [one.closed_by for one in self._paper.connections if one.path == "private" and not one.open]
        return Counter(ends)

    def _listen(self) -> None:
        note = self._paper._server.journal.request

        def requested(request: Request) -> None:
            note(request)
            self._requested(request.path)

        setattr(self._paper._server.journal, "request", requested)  # noqa: B010  mypy allows no other way
        listeners = self._paper._server.venue._listeners
        listeners.insert(0, lambda event: self._happen(event, before_push=True))
        listeners.append(lambda event: self._happen(event, before_push=False))

    def _requested(self, path: str) -> None:
        """A REST request has been carried out, and is not answered yet."""
        if path == self._on_request and not self._is_over:
            self._on_request = None
            self._drop()

    def _happen(self, event: VenueEvent, *, before_push: bool) -> None:
        if not isinstance(event, OrderChanged | Filled):
            return
        if self._is_calm or self._is_hasty:
            self._to_go -= not before_push
        if self._to_go > 0 or self._is_over or before_push != self._before_push:
            return
        self._to_go = self._rng.randint(1, 2 * self._pace)
        moment = self._rng.choice(list(self._moments))
        self._before_push = self._rng.random() < 0.3
        self._is_hasty = self._rng.random() < 0.3
        self.happened[moment] += 1
        self._moments[moment]()

    # -- moments -----------------------------------------------------------------------------------------------

    def _drop(self) -> None:
        how, code = self._rng.choice((("rst", None), ("fin", None), ("close", 1012)))
        self._paper.faults.drop(how, code, path="private")  # type: ignore[arg-type]

    def _again(self, event: Any, **options: Any) -> None:
        """Drop it now, and once more when it has come back so far."""
        self._paper.faults.drop_on(event, path="private", **options)
        self._drop()

    def _at_a_push(self) -> None:
        channel, after = self._rng.choice(_STATE), self._rng.randrange(4)
        self._paper.faults.drop_on("push", path="private", channel=channel, after=after)

    def _in_a_snapshot(self) -> None:
        self._again("push", channel=self._rng.choice(("positions", "account")))

    def _in_recovery(self) -> None:
        self._on_request = self._rng.choice(RECOVERY)
        self._drop()

    def _rest_is_down(self) -> None:
        times = self._rng.randint(1, 3)
        self._paper.faults.rest_status(503, path=self._rng.choice(RECOVERY), times=times)
        self._drop()

    def _refused(self) -> None:
        self._paper.faults.refuse_handshake(503, times=self._rng.randint(1, 4), path="private")
        self._drop()

    def _half_open(self) -> None:
        self._paper.faults.blackhole(path="private")
        self._paper._server.after(0.5, lambda: self._paper.faults.blackhole(False, path="private"))

    def _lost_in_a_handover(self) -> None:
        self._paper.faults.drop_on("subscribe", path="private")
        self._paper.faults.notice(close_after=0.3, path="private")


# -- the bot -------------------------------------------------------------------------------------------------------


class Bot:
    """Places, amends and cancels orders in every way there is, on some threads, until there are enough of them.

    It gives every order an id of its own, once. What it is told of failures it counts and believes: it repeats nothing.

    Parameters: ``wanted``: so many orders at the exchange, then it stops; ``threads``.
    """

    def __init__(self, paper: PaperExchange, ws: WsClient, seed: int, wanted: int, threads: int = 4) -> None:
        self.asked: set[str] = set()
        self.outcomes: Counter[str] = Counter()
        self.problems: list[BaseException] = []
        self._paper = paper
        self._ws = ws
        self._rest = OkxClient(ws.config, limiter=ws._rest.limiter)
        self._account = paper.venue.accounts[0]
        self._seed = seed
        self._wanted = wanted
        self._pause = threading.Event()  # never set
        # Guards the ids and counts.
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(threads)]

    def run(self, patience_s: float) -> None:
        """Trade, and return when all threads have ended. AssertionError when they do not in time."""
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join(patience_s)
        assert not any(thread.is_alive() for thread in self._threads), "the bot hangs"
        self._rest.close()

    def _run(self, number: int) -> None:
        rng = random.Random(f"bot {self._seed} {number}")
        ways: list[tuple[Callable[[random.Random], object], int]] = [
            (self._place, 50),
            (self._place_raw, 10),
            (self._place_batch, 8),
            (self._place_by_rest, 14),
            (self._place_batch_by_rest, 3),
            (self._amend, 25),
            (self._cancel, 25),
            (self._cancel_by_rest, 5),
            (self._cancel_batch, 3),
            (self._fill, 30),
        ]
        acts, weights = zip(*ways, strict=True)
        try:
            while len(self._account.by_id) < self._wanted and not self.problems:
                act = self._cancel if len(self._account.orders) > _MOST_OPEN else rng.choices(acts, weights)[0]
                self._try(act, rng)
                self._pause.wait(rng.random() * _THINK_S)
        except BaseException as problem:  # noqa: BLE001  handed to the test
            self.problems.append(problem)

    def _try(self, act: Callable[[random.Random], object], rng: random.Random) -> None:
        name = act.__name__.strip("_")
        try:
            act(rng)
            outcome = "done"
        except OrderStatusUnknown:
            outcome = "unknown"
        except ConnectionLost:
            outcome = "not sent"
            self._paper.wait_for(self._ws.is_connected, rng.random() * 0.1)
        except OkxApiError as error:
            outcome = f"refused {error.code}"
        except ConfigError:
            outcome = "over"  # the order to be amended has ended meanwhile
        except OkxError as error:
            outcome = type(error).__name__
        with self._lock:
            self.outcomes[f"{name}: {outcome}"] += 1

    # -- orders ------------------------------------------------------------------------------------------------

    def _new_id(self, way: str) -> str:
        with self._lock:
            made = f"{way}{len(self.asked)}"
            self.asked.add(made)
            return made

    def _draw(self, rng: random.Random, way: str) -> dict[str, Any]:
        """An order, by the names of ``NewOrder``."""
        inst_id = rng.choice(INSTRUMENTS)
        is_swap = inst_id.endswith("SWAP")
        side, kind = rng.choice(("buy", "sell")), rng.choices(("limit", "post_only", "ioc", "market"), (60, 15, 10, 15))[0]
        size = Decimal(rng.randint(1, 300)) / 100 if is_swap else _SPOT_UNIT[inst_id] * rng.randint(1, 400)
        order: dict[str, Any] = {"inst_id": inst_id, "td_mode": "cross" if is_swap else "cash", "side": side}
        order |= {"ord_type": kind, "sz": size, "cl_ord_id": self._new_id(way)}
        if kind == "market":
            return order if is_swap else {**order, "tgt_ccy": "base_ccy"}
        ticker = self._paper.run(lambda: self._paper._server.venue.ticker_row(inst_id))
        best = Decimal(ticker["bidPx" if side == "buy" else "askPx"] or ticker["last"])
        away = Decimal(rng.choice((-2, 0, 0, 1, 3, 10))) / 10_000 * (-1 if side == "buy" else 1)
        return {**order, "px": (best * (1 + away)).quantize(Decimal("0.1"))}

    def _place(self, rng: random.Random) -> None:
        order = self._draw(rng, "w")
        names = {"ord_type": "order_type", "sz": "size", "px": "price", "cl_ord_id": "client_order_id"}
        handle = self._ws.orders.place(**{names.get(name, name): value for name, value in order.items()}, **_LIMITED)
        if rng.random() < 0.2:
            handle.wait_done(0.01)

    def _place_raw(self, rng: random.Random) -> None:
        order = self._draw(rng, "r")
        later: Future[Any] = self._ws.place_order(**order, **_LIMITED, wait=False)
        later.result(10)

    def _place_batch(self, rng: random.Random) -> None:
        orders = [NewOrder(**self._draw(rng, "b")) for _ in range(rng.randint(2, 5))]
        self._ws.batch_orders(orders, **_LIMITED)

    def _place_by_rest(self, rng: random.Random) -> None:
        self._rest.place_order(**self._draw(rng, "h"))

    def _place_batch_by_rest(self, rng: random.Random) -> None:
        self._rest.trade.place_batch_orders([NewOrder(**self._draw(rng, "g")) for _ in range(rng.randint(2, 5))])

    # -- what is done to them ----------------------------------------------------------------------------------

    def _some(self, rng: random.Random) -> OrderHandle | None:
        found = self._ws.orders.open
        return rng.choice(found) if found else None

    def _amend(self, rng: random.Random) -> None:
        order = self._some(rng)
        if order is None or order.price is None or order.size is None:
            return
        if rng.random() < 0.5:
            order.amend(price=(order.price * (1 + Decimal(rng.randint(-3, 3)) / 10_000)).quantize(Decimal("0.1")))
        else:
            order.amend(size=order.size * rng.choice((2, 3, 100_000)))

    def _cancel(self, rng: random.Random) -> None:
        order = self._some(rng)
        if order is not None:
            order.cancel()

    def _cancel_by_rest(self, rng: random.Random) -> None:
        order = self._some(rng)
        if order is not None:
            self._rest.cancel_order(order.inst_id, cl_ord_id=order.client_order_id)

    def _cancel_batch(self, rng: random.Random) -> None:
        found = [one for one in self._ws.orders.open if one.order_id]
        chosen = rng.sample(found, min(len(found), 3))
        if chosen:
            self._ws.batch_cancel_orders([CancelOrder(one.inst_id, one.order_id) for one in chosen], **_LIMITED)

    def _fill(self, rng: random.Random) -> None:
        """A counterparty takes some of a resting order, or all."""
        self._paper.run(self._fill_one, rng)

    def _fill_one(self, rng: random.Random) -> None:
        resting = [one for one in self._account.orders.values() if one.left > 0 and one.px is not None]
        if resting:
            order = rng.choice(resting)
            lots = order.left if rng.random() < 0.4 else rng.randint(1, order.left)
            with suppress(KeyError, ValueError):  # the market was faster
                self._paper.venue.fill(ordId=order.ordId, sz=order.instrument.sz(lots))


_LIMITED: Final[Mapping[str, Any]] = {"timeout": _WS_TIMEOUT_S}
_SPOT_UNIT: Final = {"BTC-USDT": Decimal("0.00001"), "ETH-USDT": Decimal("0.0001"), "SOL-USDT": Decimal("0.001")}


# -- what was told -------------------------------------------------------------------------------------------------


class Told:
    """Everything that a user of the client hears: raw rows of two channels, and the manager's events."""

    def __init__(self, ws: WsClient) -> None:
        self.order_rows: list[Order] = []
        self.fill_rows: list[Fill] = []
        self.fills: list[FillUpdate] = []
        self.last: dict[str, OrderState] = {}
        self.steps_back: list[str] = []
        ws.subscribe_orders("ANY", callback=self.order_rows.append, inline=True)
        ws.subscribe_fills(callback=self.fill_rows.append, inline=True)
        ws.orders.on_fill(self.fills.append)
        ws.orders.on_order(self._changed)

    def _changed(self, change: OrderChange) -> None:
        order, before = change.order, change.previous
        if before is not None and (before.is_done and order.status != before.status or order.filled < before.filled):
            self.steps_back.append(f"{before} -> {order}")
        if order.order_id is not None:
            self.last[order.order_id] = order

    @property
    def recovered(self) -> int:
        """Fills that the channel of orders did not push in their time."""
        return sum(row.recovered and row.is_fill for row in self.order_rows)


class Asked:
    """How often each order was asked for on the wire, by the client's id."""

    def __init__(self, paper: PaperExchange) -> None:
        self.times: Counter[str] = Counter()
        journal = paper._server.journal
        frame_in, request = journal.frame_in, journal.request

        def hear(connection: int, text: str) -> None:
            frame_in(connection, text)
            message = orjson.loads(text) if text.startswith("{") else {}
            if message.get("op") in ("order", "batch-orders"):
                self._note(message["args"])

        def requested(one: Request) -> None:
            request(one)
            if one.method == "POST" and one.path in ("/api/v5/trade/order", "/api/v5/trade/batch-orders"):
                self._note(one.body if isinstance(one.body, list) else [one.body])

        setattr(journal, "frame_in", hear)  # noqa: B010  mypy allows no other way
        setattr(journal, "request", requested)  # noqa: B010

    def _note(self, orders: list[dict[str, Any]]) -> None:
        self.times.update(order["clOrdId"] for order in orders)


# -- the books -----------------------------------------------------------------------------------------------------


def venue_orders(account: Account) -> dict[str, dict[str, Any]]:
    """The exchange's orders by id, in the words of the neutral state. On the exchange's thread."""
    return {
        order.ordId: {
            "client_order_id": order.clOrdId,
            "inst_id": order.instrument.instId,
            "status": order.state,
            "side": order.side,
            "size": order.sz,
            "price": None if order.px is None else order.instrument.px(order.px),
            "filled": order.instrument.sz(order.filled),
            "missing": 0,
            "average_price": order.avg_px,
            "fee": order.fee + order.rebate,
            "pnl": order.pnl,
            "fills": {(fill.tradeId, fill.px, fill.sz, fill.fee) for fill in order.fills},
        }
        for order in account.by_id.values()
    }


def our_order(order: OrderState) -> dict[str, Any]:
    """The same of one of the client's orders."""
    names = "client_order_id inst_id status side size price filled missing average_price fee pnl".split()
    facts = {name: getattr(order, name) for name in names}
    return facts | {"fills": {(fill.trade_id, fill.price, fill.size, fill.fee) for fill in order.fills}}


def differences(paper: PaperExchange, ws: WsClient, told: Told) -> Iterator[str]:
    """Where the client's books are not the exchange's. Exact: all numbers are decimals."""
    account = paper.venue.accounts[0]
    theirs = paper.run(venue_orders, account)
    now = ws.orders.snapshot()
    mine = {order.order_id: our_order(order) for order in (*now.finished, *now.open) if order.order_id}
    last = {order_id: our_order(order) for order_id, order in dict(told.last).items()}
    for order_id, facts in theirs.items():
        for what, one in (("the manager", mine.get(order_id, last.get(order_id))), ("on_order", last.get(order_id))):
            if one != facts:
                names = [name for name in facts if one is None or one[name] != facts[name]]
                yield f"order {order_id} of {what}: " + ", ".join(
                    f"{name} {None if one is None else one[name]} is {facts[name]}" for name in names
                )
    yield from (f"order {order_id} does not exist" for order_id in mine.keys() - theirs.keys())
    names = {facts["client_order_id"] for facts in theirs.values()}
    for order in (*now.finished, *now.open):
        if order.order_id is None and (order.client_order_id in names or order.status not in ("rejected", "unknown")):
            yield f"order without id: {order}"
    fills = Counter((one.order.instrument.instId, one.tradeId, one.order.ordId) for one in paper.run(list, account.fills))
    yield from _of_fills("the channel orders", fills, ((f.instId, f.tradeId, f.ordId) for f in list(told.order_rows) if f.is_fill))
    yield from _of_fills("the channel fills", fills, ((f.instId, f.tradeId, f.ordId) for f in list(told.fill_rows)))
    yield from _of_fills("on_fill", fills, ((f.inst_id, f.trade_id, f.order_id) for f in list(told.fills)))
    yield from _of_holdings(paper, ws, account)


def _of_fills(where: str, theirs: Counter[Any], keys: Iterator[Any]) -> Iterator[str]:
    mine = Counter(keys)
    yield from (f"{where}: fill {key} came {mine[key]} times" for key in theirs | mine if mine[key] != theirs[key])


def _of_holdings(paper: PaperExchange, ws: WsClient, account: Account) -> Iterator[str]:
    positions, balances = paper.run(_holdings, account)
    mine = {one.inst_id: (one.size, one.entry_price) for one in ws.positions.all}
    if mine != positions:
        yield f"positions: {mine} is {positions}"
    for one in ws.account.balances:
        if (one.cash, one.raw.ordFrozen) != balances.pop(one.currency, None):
            yield f"balance: {one}"
    yield from (f"balance of {currency} is missing" for currency, amounts in balances.items() if any(amounts))


def _holdings(account: Account) -> tuple[dict[str, Any], dict[str, Any]]:
    positions = {one.instrument.instId: (one.instrument.sz(one.lots), one.avg) for one in account.open_positions()}
    return positions, {one.ccy: (one.cash, one.frozen) for one in account.balances.values()}
