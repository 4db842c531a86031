"""Chaos: a bot trades while its links die at every bad moment; in the end all books agree, and nothing was done twice.

A failure names its seed; a run with that seed has the same accidents.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from contextlib import ExitStack
from typing import Any
from unittest import mock

import attrs
import pytest

from okx_sync import DecodeError, OkxHttpError, OkxTimeoutError
from okx_sync.exchanges.bitget.dialect import BitgetDialect
from okx_sync.exchanges.bybit.dialect import BybitDialect
from okx_sync.paper import PaperExchange
from okx_sync.paper.feeds import account as account_feed
from okx_sync.rest import Limiter
from tests.clocks import LeapingClock
from tests.loopback.chaos import Accidents, Bot
from tests.loopback.chaos_algos import AlgoBot, AlgoComparison, AlgoTold, OkxAlgoWire
from tests.loopback.chaos_algos_bitget import (
    BitgetAlgoBot,
    BitgetAlgoComparison,
    BitgetAlgoWire,
    BitgetClassicAlgoWire,
    BitgetEqualBot,
)
from tests.loopback.chaos_algos_bybit import BybitAlgoBot, BybitAlgoComparison, BybitAlgoWire, BybitComparison
from tests.loopback.chaos_books import Asked, Comparison, Told
from tests.loopback.chaos_wires import WIRES
from tests.loopback.conftest import FAST, PATIENCE_S, Heard, States
from tests.variants import mostly_slow

OPTIONS = attrs.evolve(FAST, ping_s=0.15, pong_s=0.3, ack_s=1.0, recover_s=1.0)
"""A dead socket is noticed soon; the stream waits a second for REST."""
AGREE_S = 60.0
"""How long the client may take to find out what it does not know yet."""
EXPECTED = (OkxHttpError, OkxTimeoutError, DecodeError)
"""What ``on_error`` may tell: REST that was down or silent, and replies for which nobody waits any more."""


ALGOS: dict[str, tuple[Any, Any, Any, Any]] = {
    "okx-algos": (OkxAlgoWire, AlgoBot, Comparison, AlgoComparison),
    "bybit-algos": (BybitAlgoWire, BybitAlgoBot, BybitComparison, BybitAlgoComparison),
    "bitget-algos": (BitgetAlgoWire, BitgetAlgoBot, Comparison, BitgetAlgoComparison),
    "bitget-v2-algos": (BitgetClassicAlgoWire, BitgetAlgoBot, Comparison, BitgetAlgoComparison),
    "bitget-equal": (BitgetAlgoWire, BitgetEqualBot, Comparison, BitgetAlgoComparison),
    "bitget-v2-equal": (BitgetClassicAlgoWire, BitgetEqualBot, Comparison, BitgetAlgoComparison),
}
"""Of runs with algo orders: the wire, the bot, and the comparisons of orders and of algo orders."""


@pytest.fixture(autouse=True)
def _no_regular_snapshots(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was missed must be found by the client; it is not repeated every few seconds."""
    monkeypatch.setattr(account_feed, "REGULAR_S", 3600.0)


@attrs.frozen
class Watched:
    """A client of the bot's and all that it tells; ``algos`` where it trades those, too."""

    ws: Any
    told: Told
    books: Comparison
    states: States
    errors: Heard
    algos: tuple[AlgoTold, Any] | None

    def differences(self) -> list[str]:
        """Where its books are not the exchange's."""
        return [*self.books.differences(), *(() if self.algos is None else self.algos[1].differences())]


class Run:
    """One run. ``clients`` of one account trade; ``pace``: events of the account between accidents, about."""

    def __init__(
        self, paper: PaperExchange, stack: ExitStack, exchange: str, seed: int, pace: int, clients: int
    ) -> None:
        self.paper = paper
        self.parts = ALGOS.get(exchange)
        self.wire = wire = WIRES[exchange] if self.parts is None else self.parts[0]()
        self.began = time.monotonic()
        limiter = Limiter(LeapingClock())
        made = [stack.enter_context(wire.client(paper, OPTIONS, limiter)) for _ in range(clients)]
        self.clients = [self._watch(one) for one in made]
        self.accidents, self.asked = Accidents(paper, wire, seed, pace), Asked(paper, wire)
        made[0].on_state(self.accidents.watch)
        rest = stack.enter_context(wire.rest(paper, limiter))
        self.bot: Bot = (Bot if self.parts is None else self.parts[1])(paper, wire, made, rest, seed)
        self.seed = seed

    def _watch(self, ws: Any) -> Watched:
        told = Told(ws)
        parts = self.parts
        algos = None if parts is None else (AlgoTold(ws), parts[3](self.paper, self.wire, ws))
        books = (Comparison if parts is None else parts[2])(self.paper, self.wire, ws, told)
        watched = Watched(ws, told, books, States(), Heard(), algos)
        ws.on_state(watched.states)
        ws.on_error(watched.errors)
        for live in (ws.orders, ws.positions, ws.account, *([] if parts is None else [ws.orders.algos])):
            assert live.wait_synced(PATIENCE_S)
        return watched

    def trade(self, wanted: int, patience_s: float, *, close: bool) -> None:
        """Trade among accidents until there are so many orders; then all books must agree, without any help.

        ``close``: in the end positions are closed while the link is down.
        """
        self.accidents.go_on()
        self.paper.quiet(False)
        self.bot.run(wanted, patience_s)
        self.accidents.pause()
        self.paper.quiet()
        if close:
            self.accidents.close_in_the_dark()
        for one in self.clients:
            deadline = time.monotonic() + AGREE_S
            began = time.monotonic()
            while (found := one.differences()) and (now := time.monotonic()) < deadline:
                time.sleep(max(0.05, 3 * (now - began)))  # the client has most of the process's time
                began = time.monotonic()
            assert not found, f"seed {self.seed}: {len(found)} differences: {found[:20]}"

    def judge(self) -> None:
        """What must be true of a run besides the books."""
        assert set(self.asked.times.values()) == {1}, "an order was asked for twice"
        # An order that an algo order sent has an id of the exchange's.
        sent = {order.ordId for algo in self.paper._server.venue.algos._all.values() for order in algo.orders}
        ours = {order.clOrdId for order in self.bot.account.by_id.values() if order.ordId not in sent} - {""}
        assert ours <= self.asked.times.keys()
        for one in self.clients:
            assert not one.told.steps_back
            assert one.algos is None or not one.algos[0].wrong
            unexpected = [error for error in one.errors if not isinstance(error, EXPECTED)]
            assert not unexpected, unexpected

    def figures(self) -> str:
        """For people; shown with ``pytest -s``."""
        account, lines = self.bot.account, []
        took = time.monotonic() - self.began
        lines.append(f"seed {self.seed}: {len(account.by_id)} orders, {len(account.fills)} fills in {took:.0f} s")
        lines.append(f"accidents: {sum(self.accidents.happened.values())}, {_list(self.accidents.happened)}")
        lines.append(f"private connections that ended: {_list(self.accidents.drops())}")
        for one in self.clients:
            gaps = one.states.of("private", "gap")
            lines.append(
                f"outages {len(one.states.of('private', 'lost'))}, gaps {len(gaps)}, recovered events "
                f"{sum(gap.recovered for gap in gaps)}, of them fills {one.told.recovered}, unknown orders that became "
                f"{_list(one.told.settled)}, errors {_list(Counter(type(error).__name__ for error in one.errors))}"
            )
            lines += [] if one.algos is None else [f"algo orders that became {_list(one.algos[0].statuses)}"]
        return "\n".join([*lines, f"bot: {_list(self.bot.outcomes)}"])


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in sorted(counts.items())) or "none"


def run(
    seed: int, rounds: list[int], pace: int, clients: int = 1, patience_s: float = 100, exchange: str = "okx"
) -> None:
    """A whole run; the books are compared after each round, which goes on to so many orders."""
    with PaperExchange(seed, pages=2, flow_per_s=150) as paper:
        with ExitStack() as stack:
            # A long run loses more connections than these exchanges let anybody open in five minutes.
            for dialect in (BitgetDialect, BybitDialect):
                stack.enter_context(mock.patch.object(dialect, "connects", None))
            one = Run(paper, stack, exchange, seed, pace, clients)
            try:
                for number, wanted in enumerate(rounds):
                    one.trade(wanted, patience_s, close=number % 2 == 1)
                one.judge()
            finally:
                sys.stdout.write(f"{one.figures()}\n")
        problems = paper.problems
    assert not problems, problems


@pytest.mark.parametrize("rounds", mostly_slow([[50, 100], [100, 200, 300]], [[50, 100]]), ids=["100", "300"])
def test_chaos(rounds: list[int]) -> None:
    """A hundred orders, some ten dead connections (three times as many in the slow set): every fill told once, nothing
    placed twice, books equal.
    """
    run(seed=1, rounds=rounds, pace=5)


@pytest.mark.parametrize("rounds", mostly_slow([[60], [100, 200, 300]], [[60]]), ids=["60", "300"])
def test_chaos_of_brackets(rounds: list[int]) -> None:
    """With orders that bring stops with them, triggers and trailing stops: none of those is lost or doubled either."""
    run(seed=6, rounds=rounds, pace=5, exchange="okx-algos")


@pytest.mark.parametrize("rounds", mostly_slow([[25], [100, 200, 300]], [[25]]), ids=["25", "300"])
def test_chaos_of_brackets_on_bybit(rounds: list[int]) -> None:
    """The same on Bybit, where a stop is the order that it sends, and what is set at a position has no id of ours."""
    run(seed=7, rounds=rounds, pace=5, exchange="bybit-algos")


@pytest.mark.parametrize(
    ("exchange", "seed", "rounds"),
    mostly_slow(
        [("bitget-algos", 65, [20]), ("bitget-algos", 9, [100, 200, 300]), ("bitget-v2-algos", 10, [100, 200, 300])],
        [("bitget-algos", 65, [20])],
    ),
    ids=["20", "300", "classic"],
)
def test_chaos_of_brackets_on_bitget(exchange: str, seed: int, rounds: list[int]) -> None:
    """The same on Bitget, where no row names its order: no child is linked to another's order."""
    run(seed, rounds=rounds, pace=5, exchange=exchange)


@pytest.mark.slow
@pytest.mark.parametrize("exchange", ["bitget-equal", "bitget-v2-equal"])
@pytest.mark.parametrize("seed", range(20, 25))
def test_chaos_of_equal_brackets(exchange: str, seed: int) -> None:
    """Where many orders bring the same at once: what cannot be told apart is ``unknown``, and no other order's."""
    run(seed, rounds=[120], pace=5, exchange=exchange)


@pytest.mark.slow
def test_chaos_of_two_clients() -> None:
    """The same with two clients on one account: both know everything that either does."""
    run(seed=2, rounds=[150], pace=5, clients=2)


@pytest.mark.parametrize("rounds", mostly_slow([[15], [100, 200, 300]], [[15]]), ids=["15", "300"])
def test_chaos_on_bybit(rounds: list[int]) -> None:
    """The same on Bybit, where orders have a connection of their own."""
    run(seed=3, rounds=rounds, pace=5, exchange="bybit")


@pytest.mark.parametrize("rounds", mostly_slow([[10], [100, 200, 300]], [[10]]), ids=["10", "300"])
def test_chaos_on_bitget(rounds: list[int]) -> None:
    """The same on a unified account of Bitget's, whose orders go over the private connection."""
    run(seed=4, rounds=rounds, pace=5, exchange="bitget")


@pytest.mark.slow
def test_chaos_on_a_classic_account_of_bitget() -> None:
    """The same for the futures of V2, whose stream has neither batches nor changes of orders."""
    run(seed=5, rounds=[100, 200, 300], pace=5, exchange="bitget-v2")


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("exchange", "seed"),
    [
        ("okx", 1001),
        ("okx", 1002),
        ("bybit", 1003),
        ("bitget", 1004),
        ("bitget-v2", 1005),
        ("okx-algos", 1006),
        ("bybit-algos", 1007),
        ("bitget-algos", 1008),
        ("bitget-v2-algos", 1009),
    ],
    ids=["1001", "1002", "bybit", "bitget", "bitget-v2", "okx-algos", "bybit-algos", "bitget-algos", "bitget-v2-algos"],
)
def test_long_chaos(exchange: str, seed: int) -> None:
    """Ten thousand orders, hundreds of dead connections; the books are compared after every thousand."""
    run(seed, rounds=list(range(1000, 10_001, 1000)), pace=10, patience_s=600, exchange=exchange)
