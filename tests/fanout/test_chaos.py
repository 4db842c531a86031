"""Faults in an order drawn from a seed, several at a time: the accounts of each follower stay exact.

A failure names its seed; a run with that seed draws the same faults.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from okx_sync.paper import PaperExchange
from tests.fanout.conftest import Broker
from tests.fanout.fault_programs import CutProxy, accounts_file
from tests.fanout.fault_run import FOLLOWERS, PATIENCE_S, FaultRun
from tests.loopback.conftest import until

_Cure = Callable[[], object]
_MOST = 3  # faults at a time
_LASTING = 1, 3, 8  # steps; the last is longer than a lease, 1.5 s


class Chaos:
    """What is done to a run. A fault is begun, and cured a drawn time later, while others go on."""

    def __init__(self, run: FaultRun, seed: int) -> None:
        self.run = run
        self.draw = random.Random(seed)
        self.happened: Counter[str] = Counter()
        self._cures: list[tuple[float, str, _Cure]] = []  # the step in which it is due, what is cured, how
        self._struck = ""
        self._out = CutProxy(run.broker.port)  # of the publishers that come in place of "second"
        self._born = 0
        self._followers = list(run.followers)
        self._slots = {"first": "first", "second": "second"}  # the publisher that stands there
        self._faults: dict[str, Callable[[], _Cure | None]] = {
            one.__name__: one
            for one in (
                self.a_publisher_is_killed, self.a_publisher_hangs, self.a_publisher_ends, self.a_follower_is_killed,
                self.a_follower_sleeps, self.the_broker_is_killed, self.the_broker_hangs, self.the_stream_is_trimmed,
                self.a_follower_is_cut_off, self.a_publisher_is_cut_off,
            )
        }  # fmt: skip

    def go(self, steps: int) -> None:
        """Begin a fault in each of so many steps, as far as it can be, and cure all of them in the end."""
        for step in range(steps):
            time.sleep(self.draw.uniform(0.05, 0.5))
            self._cure(step)
            name = self.draw.choice(list(self._faults))
            hurt = {what for _, what, _ in self._cures}
            if len(hurt) >= _MOST or not self._can(name, hurt):
                continue
            self.happened[name] += 1
            if (cure := self._faults[name]()) is not None:
                struck = "broker" if "broker" in name else self._struck
                self._cures.append((step + self.draw.choice(_LASTING), struck, cure))
        self._cure(float("inf"))

    def _can(self, name: str, hurt: set[str]) -> bool:
        """Choose what is struck; False when that has a fault already, or cannot be asked for now."""
        if "broker" in name or "trimmed" in name:
            return "broker" not in hurt
        if "publisher" in name:
            self._struck = "second" if "cut" in name else self.draw.choice(["first", "second"])
            # One ends well, and reports that it was lost, only where the broker answers.
            return self._struck not in hurt and ("ends" not in name or "broker" not in hurt)
        self._struck = "cut" if "cut" in name else self.draw.choice(self._followers)
        return self._struck not in hurt and accounts_file(self.run.folder, self._struck).exists()

    def _cure(self, step: float) -> None:
        """Do the cures that are due; that of the broker first, as others need it."""
        due = [one for one in self._cures if one[0] <= step]
        if any(what != "broker" for _, what, _ in due):
            due += [one for one in self._cures if one[1] == "broker" and one not in due]
        self._cures = [one for one in self._cures if one not in due]
        for _, _, cure in sorted(due, key=lambda one: one[1] != "broker"):
            cure()

    # -- faults: each returns its cure -----------------------------------------------------------------------------

    def a_publisher_is_killed(self) -> _Cure:
        slot = self._struck
        self.run.publishers.pop(self._slots[slot]).kill()
        return lambda: self._stand_in(slot)

    def _stand_in(self, slot: str) -> None:
        self._born += 1
        self._slots[slot] = name = f"{slot}-{self._born}"
        self.run.publish(name, self._out.port if slot == "second" else None)

    def a_publisher_ends(self) -> _Cure:
        slot = self._struck
        self.run.publishers.pop(self._slots[slot]).end()
        return lambda: self._stand_in(slot)

    def a_publisher_hangs(self) -> _Cure:
        one = self.run.publishers[self._slots[self._struck]]
        one.signal(signal.SIGSTOP)
        return lambda: one.signal(signal.SIGCONT)

    def a_publisher_is_cut_off(self) -> _Cure:
        self._out.cut()
        return self._out.mend

    def a_follower_is_killed(self) -> _Cure:
        name = self._struck
        self.run.followers.pop(name).kill()
        return lambda: self.run.follow(name)

    def a_follower_sleeps(self) -> _Cure:
        one = self.run.followers[self._struck]
        one.signal(signal.SIGSTOP)
        return lambda: one.signal(signal.SIGCONT)

    def a_follower_is_cut_off(self) -> _Cure:
        self.run.proxy.cut()
        return self.run.proxy.mend

    def the_broker_is_killed(self) -> _Cure:
        self.run.broker.kill()
        return self.run.broker.start

    def the_broker_hangs(self) -> _Cure:
        self.run.broker.signal(signal.SIGSTOP)
        return lambda: self.run.broker.signal(signal.SIGCONT)

    def the_stream_is_trimmed(self) -> None:
        self.run.broker.client.xtrim(self.run.keys.stream, maxlen=self.draw.choice([0, 1, 50]), approximate=False)

    def close(self) -> None:
        """End what is its own."""
        self._out.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("seed", "rate", "steps"),
    [(1, 1_000, 12), *(pytest.param(seed, 3_000, 100, marks=pytest.mark.slow) for seed in range(2, 8))],
)
def test_faults_in_any_order(
    paper: PaperExchange, durable_broker: Broker, tmp_path: Path, seed: int, rate: int, steps: int
) -> None:
    """received + told missing = sent at each follower, and what is missing was told, whatever happens when."""
    paper.quiet()
    sys.stdout.write(f"seed {seed}\n")
    names = ("killed", "cut") if rate < 3_000 else FOLLOWERS
    run = FaultRun(paper, durable_broker, tmp_path, rate, every=100, followers=names)
    chaos = Chaos(run, seed)
    try:
        until(lambda: all(accounts_file(tmp_path, name).exists() for name in run.followers), PATIENCE_S)
        chaos.go(steps)
        run.until_sent(run.sent() + rate / 2)
        run.stop_feeding()
        for name in run.followers:
            told = run.settled(name)
            # Two publishers are told the same: what both have sent came from both.
            assert told["disorder"] <= told["interruptions"], told
    finally:
        sys.stdout.write(f"{', '.join(f'{name} {number}' for name, number in chaos.happened.items())}\n")
        run.close()
        chaos.close()
