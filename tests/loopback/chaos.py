"""What the chaos test is made of: a bot that trades, and accidents planned by a seed.

An accident is tied to what happens at the exchange (the n-th fill, a login, an ack, a REST request), not to the time,
so that a seed brings about the same accidents again. Threads and sockets have a will of their own: a seed that fails
once may have to be run a few times.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from decimal import Decimal
from typing import Any, Final

import attrs

from okx_sync import (
    ConfigError,
    ConnectionLost,
    OkxApiError,
    OkxError,
    OrderStatusUnknown,
    StateEvent,
)
from okx_sync.paper import PaperExchange
from okx_sync.paper.server.journal import Request
from okx_sync.paper.venue.events import Filled, OrderChanged, VenueEvent
from okx_sync.state.orders.order_handle import OrderHandle
from tests.loopback.chaos_wire import Draw, Wire

_MOST_OPEN: Final = 60
_LIMITED: Final[Mapping[str, Any]] = {"timeout": 1.5}
_SPOT_UNIT: Final = {"BTC-USDT": Decimal("0.00001"), "ETH-USDT": Decimal("0.0001"), "SOL-USDT": Decimal("0.001")}
_THREADS: Final = 4
Way = tuple[Callable[[random.Random], object], int]
_THINK_S: Final = 0.03  # a thread of the bot waits up to so long between two acts


# -- what goes wrong -----------------------------------------------------------------------------------------------


class Accidents:
    """Makes connections die at moments drawn from a seed. Lives on the exchange's thread, but for the constructor.

    Parameters: ``wire``: the exchange; ``pace``: about so many events of the account from one accident to the next.
    """

    def __init__(self, paper: PaperExchange, wire: Wire, seed: int, pace: int) -> None:
        self.happened: Counter[str] = Counter()
        self._paper = paper
        self._wire = wire
        self._orders_path, self._state_path = wire.private[-1], wire.private[0]
        self._rng = random.Random(f"accidents {seed}")
        self._pace = pace
        self._to_go = pace
        self._next = "at an event"
        self._is_calm = self._is_hasty = True
        self._on_request: str | None = None
        self._is_over = False
        self._moments: dict[str, Callable[[], object]] = {
            "at an event": self._drop,
            "before a push": self._drop,
            "at a login": lambda: self._again("login"),
            "at a handshake": lambda: self._again("open"),
            "at a subscribe": lambda: self._again("subscribe", self._state_path),
            "at an ack": self._at_an_ack,
            "at a push": self._at_a_push,
            "in a snapshot": self._in_a_snapshot,
            "in recovery": self._in_recovery,
            "REST is down": self._rest_is_down,
            "REST is down for long": self._rest_is_down_for_long,
            "refused": self._refused,
            "half-open": self._half_open,
            "handover": lambda: self._paper.faults.notice(close_after=0.3, path=self._any_path()),
            "lost in a handover": self._lost_in_a_handover,
            "reply lost": lambda: self._paper.faults.lose_reply(self._rng.choice(wire.replies)),
            "request lost": lambda: self._paper.faults.lose_request(self._rng.choice(wire.replies)),
            "REST request lost": lambda: self._paper.faults.lose_request(wire.rest_order),
            "REST reply lost": lambda: self._paper.faults.lose_reply(wire.rest_order),
            "late replies": lambda: self._paper.faults.delay(0.05, "ack", path=self._orders_path, times=10),
            "late pushes": lambda: self._paper.faults.delay(0.03, "push", path=self._state_path, times=30),
            "shuffled replies": lambda: self._paper.faults.shuffle_replies(3, path=self._orders_path),
        }
        paper.run(self._listen)

    def watch(self, event: StateEvent) -> None:
        """The client's ``on_state``: most accidents wait until it has recovered from the one before."""
        if event.path == "private" and event.kind in ("lost", "gap", "replacing", "replaced"):
            self._is_calm = event.kind in ("gap", "replaced")

    def pause(self) -> None:
        """Nothing goes wrong for now; what is armed is forgotten."""
        self._is_over = True
        self._on_request = None
        self._paper.faults.clear()

    def close_in_the_dark(self) -> None:
        """The link dies, and all positions are closed by another program before it is back."""
        self._paper.run(self._close_all)

    def _close_all(self) -> None:
        venue = self._paper._server.venue
        account = venue.accounts[0]
        self._drop()
        for one in list(account.open_positions()):
            meant = {"instId": one.instrument.instId, "mgnMode": one.mgnMode, "autoCxl": True}
            venue.close_position(account, meant)

    def go_on(self) -> None:
        """Things go wrong again."""
        self._is_over = False

    def drops(self) -> Counter[str]:
        """Private connections that have ended, by how."""
        return Counter(one.closed_by for one in self._paper.connections if self._is_private(one.path) and not one.open)

    def _is_private(self, path: str) -> bool:
        return path in self._wire.private

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
        if self._to_go > 0 or self._is_over or before_push != (self._next == "before a push"):
            return
        moment, self._next = self._next, self._rng.choice(list(self._moments))
        self._to_go = self._rng.randint(1, 2 * self._pace)
        self._is_hasty = self._rng.random() < 0.3
        self.happened[moment] += 1
        self._moments[moment]()

    # -- moments -----------------------------------------------------------------------------------------------

    def _any_path(self) -> str:
        paths = self._wire.private
        return self._rng.choice(paths) if len(paths) > 1 else paths[0]

    def _drop(self, path: str | None = None) -> None:
        how, code = self._rng.choice((("rst", None), ("fin", None), ("close", 1012)))
        self._paper.faults.drop(how, code, path=path or self._any_path())  # type: ignore[arg-type]

    def _again(self, event: Any, path: str | None = None, **options: Any) -> None:
        """Drop it now, and once more when it has come back so far."""
        where = path or self._any_path()
        self._paper.faults.drop_on(event, path=where, **options)
        self._drop(where)

    def _at_an_ack(self) -> None:
        self._again("ack", self._state_path, after=self._rng.randrange(4))

    def _at_a_push(self) -> None:
        channel, after = self._rng.choice(self._wire.channels), self._rng.randrange(4)
        self._paper.faults.drop_on("push", path=self._state_path, channel=channel, after=after)

    def _in_a_snapshot(self) -> None:
        channels = self._wire.snapshots or self._wire.channels
        self._again("push", self._state_path, channel=self._rng.choice(channels))

    def _in_recovery(self) -> None:
        self._on_request = self._rng.choice(self._wire.recovery)
        self._drop(self._state_path)

    def _rest_is_down(self) -> None:
        times = self._rng.randint(1, 3)
        self._paper.faults.rest_status(503, path=self._rng.choice(self._wire.recovery), times=times)
        self._drop(self._state_path)

    def _rest_is_down_for_long(self) -> None:
        """Longer than the stream waits for it."""
        path, faults = self._rng.choice(self._wire.recovery), self._paper.faults
        faults.rest_status(503, path=path, times=None)
        rules = self._paper._server.rules
        self._paper._server.after(1.5, lambda: rules.remove_kind("rest_status", path=path))
        self._drop(self._state_path)

    def _refused(self) -> None:
        path = self._any_path()
        self._paper.faults.refuse_handshake(503, times=self._rng.randint(1, 4), path=path)
        self._drop(path)

    def _half_open(self) -> None:
        path = self._any_path()
        self._paper.faults.blackhole(path=path)
        self._paper._server.after(0.5, lambda: self._paper.faults.blackhole(False, path=path))

    def _lost_in_a_handover(self) -> None:
        self._paper.faults.drop_on("subscribe", path=self._state_path)
        self._paper.faults.notice(close_after=0.3, path=self._state_path)


# -- the bot -------------------------------------------------------------------------------------------------------


class Bot:
    """Places, amends and cancels orders in every way there is, on some threads, until there are enough of them.

    It gives every order an id of its own, once. What it is told of failures it counts and believes: it repeats nothing.

    Parameters: ``clients`` of one account, any of which it uses for any request; ``rest``: the same account by REST.
    """

    def __init__(self, paper: PaperExchange, wire: Wire, clients: Sequence[Any], rest: Any, seed: int) -> None:
        self.outcomes: Counter[str] = Counter()
        self.problems: list[BaseException] = []
        self.account = paper.venue.accounts[0]
        self._paper = paper
        self._wire = wire
        self._clients = clients
        self._rest = rest
        self._seed = seed
        self._wanted = 0
        self._pause = threading.Event()  # never set
        # Guards the number of ids and the counts.
        self._lock = threading.Lock()
        self._ids = 0

    def run(self, wanted: int, patience_s: float) -> None:
        """Trade until the exchange has so many orders. AssertionError when the threads do not end in time."""
        self._wanted = wanted
        threads = [threading.Thread(target=self._run, args=(number,)) for number in range(_THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(patience_s)
        assert not any(thread.is_alive() for thread in threads), "the bot hangs"
        if self.problems:
            raise AssertionError(self.problems) from self.problems[0]

    def _ways(self) -> list[Way]:
        """Return what it does, and how often."""
        return [
            (self._place, 50),
            (self._place_raw, 10),
            (self._place_batch, 8),
            (self._place_by_rest, 14),
            (self._close_position, 5),
            (self._place_batch_by_rest, 3),
            (self._amend, 25),
            (self._cancel, 25),
            (self._cancel_by_rest, 5),
            (self._cancel_batch, 3),
            (self._fill, 30),
        ]

    def _run(self, number: int) -> None:
        rng = random.Random(f"bot {self._seed} {self._wanted} {number}")
        acts, weights = zip(*self._ways(), strict=True)
        try:
            while len(self.account.by_id) < self._wanted and not self.problems:
                act = self._cancel if len(self.account.orders) > _MOST_OPEN else rng.choices(acts, weights)[0]
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
            self._paper.wait_for(self._clients[0].is_connected, rng.random() * 0.1)
        except OkxApiError as error:
            outcome = f"refused {error.code}"
        except ConfigError:
            outcome = "over"  # the order to be amended has ended meanwhile
        except OkxError as error:
            outcome = type(error).__name__
        with self._lock:
            self.outcomes[f"{name}: {outcome}"] += 1

    def _ws(self, rng: random.Random) -> Any:
        return rng.choice(self._clients)

    # -- orders ------------------------------------------------------------------------------------------------

    def _new_id(self, way: str) -> str:
        with self._lock:
            self._ids += 1
            return f"{way}{self._ids}"

    def _draw(self, rng: random.Random, way: str) -> Draw:
        inst_id = rng.choice(self._wire.instruments)
        instrument = self._paper._server.venue.instruments[inst_id]
        side = rng.choice(("buy", "sell"))
        kind = rng.choices(("limit", "post_only", "ioc", "market"), (60, 15, 10, 15))[0]
        is_swap = instrument.is_swap
        size = Decimal(rng.randint(1, 300)) / 100 if is_swap else _SPOT_UNIT[inst_id] * rng.randint(1, 400)
        order = Draw(instrument, side, kind, size, self._new_id(way))
        if kind == "market":
            return order
        ticker = self._paper.run(lambda: self._paper._server.venue.ticker_row(inst_id))
        best = Decimal(ticker["bidPx" if side == "buy" else "askPx"] or ticker["last"])
        away = Decimal(rng.choice((-2, 0, 0, 1, 3, 10))) / 10_000 * (-1 if side == "buy" else 1)
        return attrs.evolve(order, price=(best * (1 + away)).quantize(Decimal("0.1")))

    def _some_draws(self, rng: random.Random, way: str) -> list[Draw]:
        return [self._draw(rng, way) for _ in range(rng.randint(2, 5))]

    def _place(self, rng: random.Random) -> None:
        words, options = self._wire.words(self._draw(rng, "w")), dict(_LIMITED)
        if rng.random() < 0.3 and self._wire.can_expire:
            options["expires_at"] = int(self._paper.clock.now() * 1000) + 1000
        handle = self._ws(rng).orders.place(**words, **options)
        if rng.random() < 0.2:
            handle.wait_done(0.01)

    def _place_raw(self, rng: random.Random) -> None:
        order = self._wire.call(self._draw(rng, "r"))
        later: Future[Any] = self._ws(rng).place_order(**order, **_LIMITED, wait=False)
        later.result(10)

    def _place_batch(self, rng: random.Random) -> None:
        self._wire.place_batch(self._ws(rng), self._some_draws(rng, "b"), **_LIMITED)

    def _place_by_rest(self, rng: random.Random) -> None:
        self._rest.place_order(**self._wire.call(self._draw(rng, "h")))

    def _place_batch_by_rest(self, rng: random.Random) -> None:
        self._wire.place_batch_by_rest(self._rest, self._some_draws(rng, "g"))

    def _close_position(self, rng: random.Random) -> None:
        """All of one, so that positions also end, and turn."""
        ws = self._ws(rng)
        for one in ws.positions.all[:1]:
            self._wire.close(ws, one, self._new_id("c"), **_LIMITED)

    # -- what is done to them ----------------------------------------------------------------------------------

    def _some(self, rng: random.Random) -> OrderHandle | None:
        found = self._ws(rng).orders.open
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
            self._wire.cancel_by_rest(self._rest, order)

    def _cancel_batch(self, rng: random.Random) -> None:
        found = [one for one in self._ws(rng).orders.open if one.order_id]
        chosen = rng.sample(found, min(len(found), 3))
        if chosen:
            self._wire.cancel_batch(self._ws(rng), chosen, **_LIMITED)

    def _fill(self, rng: random.Random) -> None:
        """A counterparty takes some of a resting order, or all."""
        self._paper.run(self._fill_one, rng)

    def _fill_one(self, rng: random.Random) -> None:
        resting = [one for one in self.account.orders.values() if one.left > 0 and one.px is not None]
        if resting:
            order = rng.choice(resting)
            lots = order.left if rng.random() < 0.4 else rng.randint(1, order.left)
            with suppress(KeyError, ValueError):  # the market was faster
                self._paper.venue.fill(ordId=order.ordId, sz=order.instrument.sz(lots))
