"""One publisher, a Redis of this machine, and three followers, each in a process of its own.

    python -m tests.benchmarks.fanout [--seconds 5] [--json build/fanout.json]

Four parts. *Rate*: as many tickers as go; they are put into the publisher as its sockets would, it is held back by
the slowest follower, and each follower counts decoded ones with an inline callback. *Delay*: from the write of the load
server to the callback, over the publisher's socket and Redis, beside a client that has the socket itself. *Cost*: what
a publisher takes for a message from its socket on, beside such a client. *Books kept*: what of that is for the state
of books. CPU is of all threads of a process; that of Redis is what it says itself.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import orjson
import redis

from okx_sync.exchanges.okx.dialect import OkxDialect
from okx_sync.fanout.late_joining import BookLevels
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import fed
from tests.benchmarks.figures import keep
from tests.benchmarks.load.fanout_programs import FOLLOWER, PUBLISHER, Child
from tests.benchmarks.load.meter import Window
from tests.benchmarks.load.payloads import bodies_of, snapshot_of
from tests.benchmarks.load.processes import play, serve
from tests.benchmarks.load.venue import Plan

__all__ = ["run", "table"]

_FOLLOWERS = 3
_WARM_S = 1.0

Figures = dict[str, dict[str, Any]]
"""By part and process: events a second, CPU of each in microseconds, delays."""


class Redis:
    """A server of this machine, which keeps nothing."""

    def __init__(self, folder: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = ["redis-server", "--port", str(port), "--save", "", "--dir", folder]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.url = f"redis://127.0.0.1:{port}/0"
        self.client: Any = redis.Redis(port=port)
        for _ in range(500):
            try:
                self.client.ping()
                break
            except redis.RedisError:
                time.sleep(0.02)

    def cpu_s(self) -> float:
        """CPU seconds that it has taken so far."""
        told = self.client.info("cpu")
        return float(told["used_cpu_user"] + told["used_cpu_sys"])

    def close(self) -> None:
        """End it."""
        self.client.close()
        self._process.kill()
        self._process.wait(10)


@contextmanager
def _redis() -> Iterator[Redis]:
    with tempfile.TemporaryDirectory() as folder:
        made = Redis(folder)
        try:
            yield made
        finally:
            made.close()


class Fanout:
    """A publisher on a load server, Redis, and followers."""

    def __init__(self, stack: ExitStack, plan: Plan, stream: str, followers: int, *, is_timed: bool) -> None:
        self.redis = stack.enter_context(_redis())
        self.server = stack.enter_context(serve(plan))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        paths = [folder / str(number) for number in range(followers)]
        for path in paths:
            path.write_bytes(bytes(8))
        words = self.redis.url, f"ws://localhost:{self.server.port}/ws/v5/public"
        self.publisher = stack.enter_context(Child(PUBLISHER, *words, stream, *paths))
        self.followers = [stack.enter_context(Child(FOLLOWER, *words, is_timed, path)) for path in paths]

    def measure(self, seconds: float) -> Figures:
        """Return what each process did in this time."""
        time.sleep(_WARM_S)
        named = {"publisher": self.publisher}
        named |= {f"follower {number}": one for number, one in enumerate(self.followers, 1)}
        self._all("begin", named)
        spent, began = self.redis.cpu_s(), time.monotonic()
        time.sleep(seconds)
        spent, took = self.redis.cpu_s() - spent, time.monotonic() - began
        found = self._all("end", named)
        messages = found["publisher"]["per_s"] * took
        found["broker"] = {"per_s": messages / took, "cpu_us": spent / messages * 1e6, "cores": spent / took}
        return found

    @staticmethod
    def _all(word: str, named: dict[str, Child]) -> Figures:
        for one in named.values():
            one.say(word)
        return {name: one.hear() for name, one in named.items()}


def rate(seconds: float) -> Figures:
    """As many tickers as go to three followers."""
    with ExitStack() as stack:
        fanout = Fanout(stack, Plan("okx", held=True), "tickers", _FOLLOWERS, is_timed=False)
        fanout.publisher.say("flood")
        fanout.publisher.hear()
        return fanout.measure(seconds)


def delay(per_second: int, seconds: float) -> Figures:
    """Tickers at a pace, from the write at the exchange's side to the callback, beside a client with the socket."""
    with ExitStack() as stack:
        fanout = Fanout(stack, Plan("okx", per_second=per_second, held=True), "tickers", _FOLLOWERS, is_timed=True)
        fanout.server.tell("flow")
        found = fanout.measure(seconds)
    found["in-process"] = play("okx_sync inline", "tickers", timed=True, per_second=per_second, window_s=seconds)
    return found


def cost(stream: str, seconds: float) -> Figures:
    """What a publisher takes for each message of its socket, at a pace, and an inline callback for the same."""
    with ExitStack() as stack:
        fanout = Fanout(stack, Plan("okx", held=True), stream, 0, is_timed=False)
        fanout.server.tell("flow")
        found = fanout.measure(seconds)
    found["in-process"] = play("okx_sync inline", stream, window_s=seconds)
    return found


def snapshots() -> Figures:
    """What it takes to keep a book for whoever comes late: each message of it, and each time it is laid down."""
    topic = Topic.of("books", instId="BTC-USDT")
    kept = BookLevels(topic, fed(OkxDialect("load server")).read)
    kept.add(orjson.dumps(snapshot_of("BTC-USDT")))
    frames = [b"1700000000000".join(body) for body in bodies_of("okx", "books")]
    return {
        "a message": _each(kept.add, frames * 4),
        "a snapshot": _each(lambda _: kept.frames(), range(100)),
    }


def _each(do: Callable[[Any], object], items: Sequence[Any]) -> dict[str, float]:
    done = 0
    window = Window(lambda: done)
    for item in items:
        do(item)
    done = len(items)
    return window.figures()


def run(seconds: float) -> dict[str, Figures]:
    """Measure all parts, and print each as it comes."""
    parts: dict[str, Callable[[], Figures]] = {
        "rate": lambda: rate(seconds),
        "delay at 1,000/s": lambda: delay(1_000, seconds),
        "delay at 10,000/s": lambda: delay(10_000, seconds),
        "cost of tickers": lambda: cost("tickers", seconds),
        "cost of books": lambda: cost("books", seconds),
        "books kept": snapshots,
    }
    found: dict[str, Figures] = {}
    for name, part in parts.items():
        found[name] = part()
        sys.stdout.write(table({name: found[name]}))
        sys.stdout.flush()
    return found


def table(figures: dict[str, Figures]) -> str:
    """For people."""
    lines: list[str] = []
    for title, row in figures.items():
        lines.append(f"\n{title:20} {'per s':>9} {'CPU us':>7} {'cores':>6} {'p50 us':>8} {'p99 us':>8} {'missing':>8}")
        for name, one in row.items():
            delays = " ".join(f"{one[part]:8.0f}" if part in one else " " * 8 for part in ("p50", "p99"))
            missing = one.get("missing", one.get("missed", 0))
            lines.append(
                f"{name:20} {one['per_s']:9,.0f} {one['cpu_us']:7.1f} {one['cores']:6.2f} {delays} {missing:8,}"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print tables, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--json", type=Path, default=Path("build/fanout.json"))
    given = parser.parse_args()
    keep(given.json, run(given.seconds))


if __name__ == "__main__":
    main()
