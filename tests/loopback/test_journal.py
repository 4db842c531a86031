"""A bot that is killed at any moment of an order's way: no order doubled, none forgotten, both books equal."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from okx_sync.paper import PaperExchange
from tests.loopback.killed_bot import PATIENCE_S, PHASES, WIRES, client_for, name_of
from tests.programs import ROOT, environment

_STEP = {"okx": 8, "bybit": 4, "bitget": 4}  # numbers of the plan that one life may get through


@attrs.frozen
class Bot:
    """The process whose children are killed."""

    process: subprocess.Popen[str]

    def live(self, phase: str, nth: int, goal: int) -> int:
        """Let it live once; minus the signal that killed it, or the exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"phase": phase, "nth": nth, "goal": goal}), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange


def _bot(wire: str, paper: PaperExchange, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.loopback.killed_bot", wire, str(paper.port), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
    )


def _kill_again_and_again(wire: str, paper: PaperExchange, folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill a bot so often, each time in the next phase, at a random occasion of it; how often it died in each."""
    chance = random.Random(seed)
    died: Counter[str] = Counter()
    goal, step = 0, _STEP[wire]
    with _bot(wire, paper, folder) as process:
        bot = Bot(process)
        for number in range(kills):
            goal += step
            phase = PHASES[number % len(PHASES)]
            nth = 1 if phase in ("adopting", "looking up") else chance.randint(1, step // 2)
            ended = bot.live(phase, nth, goal)
            assert ended in (0, -9), f"seed {seed}, life {number}, {phase} {nth}: {ended}"
            died[phase] += ended == -9
            _go_on_without_it(paper, chance)
        assert bot.live("none", 0, goal) == 0
        assert process.stdin is not None
        process.stdin.close()
    return died


def _go_on_without_it(paper: PaperExchange, chance: random.Random) -> None:
    """The market goes on while the bot is dead: some of its orders are filled, and in no list of open ones any more."""
    for name, state in _orders_of(paper):
        if state == "live" and chance.random() < 0.5:
            with contextlib.suppress(KeyError):  # a cancel was on its way when the bot died
                paper.fill(name)


def _compare(wire: str, paper: PaperExchange, folder: Path) -> None:
    """What a client that opens the journal knows is what the exchange has."""
    planned = {name_of(int(number)) for number in (folder / "plan").read_text().split()}
    at_exchange = _orders_of(paper)
    assert [name for name, count in Counter(name for name, _ in at_exchange).items() if count > 1] == [], "doubled"
    assert {name for name, _ in at_exchange} <= planned
    is_open = {name for name, state in at_exchange if state in ("live", "partially_filled")}
    with client_for(wire, paper, folder / "journal") as ws:
        assert ws.orders.wait_synced(PATIENCE_S), ws.orders.unsynced_reason
        known = {order.client_order_id: order.status for order in (*ws.orders.open, *ws.orders.finished)}
    assert {name for name, status in known.items() if status == "live"} == is_open
    told = dict(at_exchange)
    assert {name: status for name, status in known.items() if status not in ("unknown", told.get(str(name)))} == {}
    # Unknown is what never reached the exchange, and nothing else.
    in_doubt = {name for name, status in known.items() if status == "unknown"}
    assert in_doubt & set(told) == set()
    forgotten = set((folder / "forgotten").read_text().split()) if (folder / "forgotten").exists() else set()
    assert forgotten & set(told) == set(), "what was in doubt when all was looked up had never arrived"
    lost = planned - set(told) - in_doubt - forgotten
    assert lost == set(), "planned, not at the exchange, and not known to be in doubt"


def _orders_of(paper: PaperExchange) -> list[tuple[str, str]]:
    def read() -> list[tuple[str, str]]:
        account = paper._server.venue.accounts[0]
        return [(order.clOrdId, order.state) for order in account.by_id.values()]

    found: list[tuple[str, str]] = paper.run(read)
    return found


def test_a_bot_that_is_killed(paper: PaperExchange, tmp_path: Path) -> None:
    """In each phase of an order's way once; the next life goes on where the last one died."""
    died = _kill_again_and_again("okx", paper, tmp_path, len(PHASES), seed=1)
    assert died.total() >= len(PHASES) - 2
    _compare("okx", paper, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("wire", WIRES)
def test_a_thousand_kills(wire: str, paper: PaperExchange, tmp_path: Path) -> None:
    """At least a hundred in each phase, on each wire."""
    died = _kill_again_and_again(wire, paper, tmp_path, 115 * len(PHASES), seed=2)
    shown = ", ".join(f"{died[phase]} {phase}" for phase in PHASES)
    sys.stdout.write(f"{wire}: {died.total()} kills: {shown}\n")
    assert died.total() >= 1_000
    assert min(died[phase] for phase in PHASES) >= 100
    _compare(wire, paper, tmp_path)
