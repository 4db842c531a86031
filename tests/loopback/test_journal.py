"""A bot that is killed at any moment of an order's way: no order doubled, none forgotten, both books equal."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from okx_sync.paper import PaperExchange
from tests.loopback.killed_books import compare, open_orders
from tests.loopback.killed_bot import ANY_MOMENT, PHASES
from tests.loopback.killed_plan import WIRES
from tests.loopback.still_exchange import SWAP
from tests.programs import ROOT, environment

_STEP = {"okx": 6, "bybit": 3, "bitget": 3}  # numbers of the plan that one life may get through
_OCCASIONS = {
    "adopting": 1,
    "looking up": 0.3,
    "before news": 8,
    "after news": 8,
}  # how many may come, for each of them
_KILLS = {"okx": 100, "bybit": 18, "bitget": 18}  # in each phase


@attrs.define
class Deaths:
    """Kills a bot again and again, each time in the next phase, and counts."""

    wire: str
    paper: PaperExchange
    folder: Path
    chance: random.Random
    died: Counter[str] = attrs.field(factory=Counter)
    doing: Counter[str] = attrs.field(factory=Counter)
    took_s: float = 0.5

    def happen(self, kills: int, compare_after: int = 100) -> None:
        """Kill it so often in each phase, at random occasions; compare the books now and then, and in the end."""
        with self._bot() as process:
            for number in range(2 * kills * len(PHASES)):  # not each life comes to its occasion
                left = [phase for phase in PHASES if self.died[phase] < kills]
                if not left:
                    break
                self._live(process, left[number % len(left)], f"life {number}")
                self._market_goes_on()
                if number % compare_after == compare_after - 1:
                    sys.stdout.write(
                        f"{self.wire}, {number + 1} lives: {compare(self.wire, self.paper, self.folder)}\n"
                    )
            self._live(process, "none", "the last life")
            assert process.stdin is not None
            process.stdin.close()
        self._compare("the end")

    def _compare(self, when: str) -> None:
        sys.stdout.write(f"{self.wire}, {when}: {compare(self.wire, self.paper, self.folder)}\n")

    def _bot(self) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "tests.loopback.killed_bot", self.wire, str(self.paper.port), str(self.folder)]
        return subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()
        )

    def _live(self, process: subprocess.Popen[str], phase: str, what: str) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        nth = self.chance.randint(1, max(1, round(_OCCASIONS.get(phase, 2.0) * _STEP[self.wire])))
        after_s = self.chance.uniform(0.02, 1.0) * self.took_s if phase == ANY_MOMENT else None
        plan = self.folder / "plan"
        done = int(plan.read_text().split()[-1]) if plan.exists() else 0
        life = {"phase": phase, "nth": nth, "after_s": after_s, "goal": done + _STEP[self.wire]}
        began = time.monotonic()
        print(json.dumps(life), file=process.stdin, flush=True)
        ended, doing = json.loads(process.stdout.readline())
        assert ended in (0, -9), f"{what}, {life}: {ended}"
        if ended == -9:
            self.died[phase] += 1
            self.doing[doing] += 1
        else:
            self.took_s += (time.monotonic() - began - self.took_s) / 4

    def _market_goes_on(self) -> None:
        """While the bot is dead some of its orders are filled, and now and then stops and triggers fire."""
        for name in open_orders(self.paper):
            if self.chance.random() < 0.4:
                with contextlib.suppress(KeyError):  # a cancel was on its way when the bot died
                    self.paper.fill(name)
        if self.chance.random() < 0.15:
            for price in (self.chance.choice(("66200", "66700", "58900")), "65000"):
                self.paper.trade_at(SWAP, price)


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange


def test_a_bot_that_is_killed(paper: PaperExchange, tmp_path: Path) -> None:
    """In each phase of an order's way once; the next life goes on where the last one died."""
    deaths = Deaths("okx", paper, tmp_path, random.Random(1))
    deaths.happen(1)
    assert deaths.died.total() >= len(PHASES) - 3


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("wire", WIRES)
def test_a_thousand_kills(wire: str, paper: PaperExchange, tmp_path: Path) -> None:
    """At least a hundred in each phase on OKX, and fewer on the others, which differ in what they send alone."""
    deaths = Deaths(wire, paper, tmp_path, random.Random(2))
    deaths.happen(_KILLS[wire])
    for what, counts in (("phase", deaths.died), ("what it was doing", deaths.doing)):
        shown = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        sys.stdout.write(f"{wire}: {deaths.died.total()} kills by {what}: {shown}\n")
    assert {phase: deaths.died[phase] for phase in PHASES if deaths.died[phase] < _KILLS[wire]} == {}
