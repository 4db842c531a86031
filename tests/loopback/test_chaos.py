"""Chaos: a bot trades while its links die at every bad moment; in the end all books agree, and nothing was done twice."""

from __future__ import annotations

import time
from collections import Counter

import attrs
import pytest

from okx_sync import DecodeError, LinkOptions, OkxError, OkxHttpError, OkxTimeoutError, WsClient
from okx_sync.paper import PaperExchange
from okx_sync.paper.feeds import account as account_feed
from okx_sync.rest import Limiter
from tests.clocks import LeapingClock
from tests.loopback.chaos import Accidents, Asked, Bot, Told, differences
from tests.loopback.conftest import FAST, Heard, States, our_threads, until
from tests.loopback.kit import Log, log

__all__ = ["log"]

OPTIONS: LinkOptions = attrs.evolve(FAST, ping_s=0.15, pong_s=0.3, ack_s=1.0, recover_s=1.0)
EXPECTED = (OkxHttpError, OkxTimeoutError, DecodeError)
"""What may be told on ``on_error``: REST that was down or silent, and replies for which nobody waits any more."""


def trade_in_chaos(seed: int, wanted: int, pace: int, patience_s: float) -> str:
    """One run; returns its figures."""
    began = time.monotonic()
    with PaperExchange(seed, pages=2, flow_per_s=150) as paper:
        config = attrs.evolve(paper.config, timeout_secs=3.0)
        states, errors = States(), Heard()
        with WsClient(config, options=OPTIONS, limiter=Limiter(LeapingClock())) as ws:
            ws.on_state(states)
            ws.on_error(errors)
            told = Told(ws)
            assert ws.positions.wait_synced(5)
            assert ws.account.wait_synced(5)
            assert ws.orders.wait_synced(5)
            accidents, asked = Accidents(paper, seed, pace), Asked(paper)
            ws.on_state(accidents.watch)
            bot = Bot(paper, ws, seed, wanted)
            bot.run(patience_s)
            accidents.end()
            paper.quiet()
            found: list[str] = []

            def agree() -> bool:
                found[:] = differences(paper, ws, told)
                return ws.is_connected() and not found

            deadline = time.monotonic() + 30
            while not agree() and time.monotonic() < deadline:
                time.sleep(0.02)
            took = time.monotonic() - began
            gaps = states.of("private", "gap")
            figures = [
                f"seed {seed}: {len(bot._account.by_id)} orders, {len(bot._account.fills)} fills in {took:.1f} s",
                f"accidents: {sum(accidents.happened.values())} {dict(accidents.happened)}",
                f"private connections ended: {dict(accidents.drops())}",
                f"outages {len(states.of('private', 'lost'))}, gaps {len(gaps)}, recovered events {sum(g.recovered for g in gaps)},"
                f" fills {told.recovered}",
                f"bot: {dict(sorted(bot.outcomes.items()))}",
                f"errors: {dict(Counter(type(e).__name__ for e in errors))}",
            ]
            print("\n".join(figures))
            print(len(found), *found[:20], sep="\n")
            assert not bot.problems, bot.problems
            assert not found, found[:20]
            assert set(asked.times.values()) == {1}
            assert not told.steps_back
            unexpected = [one for one in errors if not isinstance(one, EXPECTED)]
            assert not unexpected, unexpected
        assert paper.problems == []
    return "\n".join(figures)


@pytest.mark.parametrize("seed", [1])
def test_chaos(seed: int, monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    """Three hundred orders."""
    monkeypatch.setattr(account_feed, "REGULAR_S", 3600.0)
    trade_in_chaos(seed, 300, 25, 60)
