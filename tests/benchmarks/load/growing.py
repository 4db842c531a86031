"""One client with many topics, in a process of its own: what it takes to have them, to change one, to get them back.

    python -m tests.benchmarks.load.growing '{"client": "okx_sync", "topics": 3000}'

It starts its own server, and measures step by step; see :func:`grow` and :func:`one_by_one`.
"""

from __future__ import annotations

import array
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from okx_sync import Config, Credentials, WsClient
from tests.benchmarks.load.bare import BareLoop
from tests.benchmarks.load.child import resident_mib
from tests.benchmarks.load.meter import cpu_s
from tests.benchmarks.load.payloads import Topic, topics_of
from tests.benchmarks.load.processes import Server, serve
from tests.benchmarks.load.server import sent_at
from tests.benchmarks.load.venue import Plan

__all__ = ["Growth", "grow", "one_by_one"]

_PER_S = 2000
_WITHIN_S = 60.0
_MESSAGES_S = 0.8
_MORE: Topic = ("tickers", "ONE-MORE-USDT")


@dataclass(frozen=True)
class Growth:
    """What to measure: ``client`` is ``okx_sync`` or ``bare``; ``changes``: how often one topic is added and taken away
    while messages flow, and as often while none do; ``window_s``: how long delays are looked at around a change;
    ``alone``: topics are asked one by one, and nothing else is measured; ``within_s``: for that.
    """

    client: str
    topics: int
    changes: int = 6
    window_s: float = 0.25
    alone: bool = False
    within_s: float = 120.0


class Client(Protocol):
    """What is measured."""

    def connect(self) -> None: ...

    def subscribe(self, topics: list[Topic]) -> None:
        """Return when all were agreed to."""

    def unsubscribe(self, topics: list[Topic]) -> None:
        """Return when all were agreed to."""

    def close(self) -> None: ...


class Ours:
    """okx_sync, callback mode."""

    def __init__(self, port: int, late: Callable[[int], object]) -> None:
        url = f"ws://localhost:{port}/ws/v5/public"
        self._ws = WsClient(Config(Credentials("key", "secret", "pass"), ws_public_url=url))
        self._take = lambda row: late(row.ts)
        self._of: dict[str, Any] = {}

    def connect(self) -> None:
        self._ws.connect("public")

    def subscribe(self, topics: list[Topic]) -> None:
        if len(topics) == 1:
            ((_, name),) = topics
            self._of[name] = self._ws.subscribe("tickers", self._take, instId=name)
            return
        args = [{"instId": name} for _, name in topics]
        group = self._ws.subscribe_many("tickers", args, self._take)
        if group.refused:
            raise RuntimeError(f"refused: {group.refused}")
        self._of.update(zip((name for _, name in topics), group.subscriptions, strict=True))

    def unsubscribe(self, topics: list[Topic]) -> None:
        with self._ws.batch():
            for _, name in topics:
                self._of.pop(name).unsubscribe()

    def close(self) -> None:
        self._ws.close()


# -- measuring ---------------------------------------------------------------------------------------------------------


class Delays:
    """How long messages were under way."""

    def __init__(self) -> None:
        self.us = array.array("q")

    def late(self, moment: int) -> None:
        """One that was sent at ``moment`` has come."""
        self.us.append(sent_at() - moment)

    def worst_ms(self, change: Callable[[], object], window_s: float) -> float:
        """The longest around a change."""
        time.sleep(window_s / 5)
        since = len(self.us)
        end = time.monotonic() + window_s
        change()
        time.sleep(max(0.05, end - time.monotonic()))
        return max(self.us[since:], default=0) / 1000


@contextmanager
def _client(job: Growth, delays: Delays) -> Iterator[tuple[Server, Client]]:
    plan = Plan("okx", per_second=_PER_S, topics=job.topics, held=True)
    with serve(plan) as server:
        client: Client = (Ours if job.client == "okx_sync" else BareLoop)(server.port, delays.late)
        client.connect()
        try:
            yield server, client
        finally:
            client.close()


def grow(job: Growth) -> dict[str, float]:
    """Seconds, requests, CPU microseconds and KiB for each topic; the cost of a change; worst delays around one."""
    delays = Delays()
    topics = topics_of("tickers", job.topics)
    with _client(job, delays) as (server, client):
        gc.collect()
        memory = resident_mib()
        found = _many(client, server, topics)
        found["change_cpu_us"] = _change_cpu_us(client, job.changes)
        server.tell("flow")
        _until(lambda: len(delays.us) > _PER_S // 4)
        found |= _worst(client, delays, job)
        found["message_cpu_us"] = _message_cpu_us(delays)
        gc.collect()
        found["kib"] = ((resident_mib() - memory) * 1024 - len(delays.us) * delays.us.itemsize / 1024) / len(topics)
        server.tell("drop")
        _until(lambda: server.tell()["restored_s"] > 0)
        found["reconnect_s"] = server.tell()["restored_s"]
        cpu, since = cpu_s(), time.monotonic()
        client.unsubscribe(topics)
        found["leave_s"] = time.monotonic() - since
        found["leave_cpu_us"] = (cpu_s() - cpu) / len(topics) * 1e6
    return found


def _many(client: Client, server: Server, topics: list[Topic]) -> dict[str, float]:
    cpu, since = cpu_s(), time.monotonic()
    client.subscribe(topics)
    found = {"active_s": time.monotonic() - since, "active_cpu_us": (cpu_s() - cpu) / len(topics) * 1e6}
    state = server.tell()
    return {**found, "requests": state["requests"], "sockets": state["connections"]}


def _change_cpu_us(client: Client, changes: int) -> float:
    """Of one subscribe and one unsubscribe."""
    cpu = cpu_s()
    for _ in range(changes):
        client.subscribe([_MORE])
        client.unsubscribe([_MORE])
    return (cpu_s() - cpu) / changes * 1e6


def _message_cpu_us(delays: Delays) -> float:
    cpu, count = cpu_s(), len(delays.us)
    time.sleep(_MESSAGES_S)
    return (cpu_s() - cpu) / (len(delays.us) - count) * 1e6


def _worst(client: Client, delays: Delays, job: Growth) -> dict[str, float]:
    """The worst delay in turns: without a change, around a subscribe, and around an unsubscribe; medians, and the
    least, which says most where others use the machine.
    """
    changes: dict[str, Callable[[], object]] = {
        "base_ms": lambda: None,
        "subscribe_ms": lambda: client.subscribe([_MORE]),
        "unsubscribe_ms": lambda: client.unsubscribe([_MORE]),
    }
    taken: dict[str, list[float]] = {name: [] for name in changes}
    for _ in range(job.changes):
        for name, change in changes.items():
            taken[name].append(delays.worst_ms(change, job.window_s))
    worst = {f"worst_{name}": statistics.median(values) for name, values in taken.items()}
    return {**worst, **{f"least_{name}": min(values) for name, values in taken.items()}}


def one_by_one(job: Growth) -> dict[str, Any]:
    """Each topic asked and confirmed by itself: seconds, requests and sockets; ``error`` with how far it came."""
    topics = topics_of("tickers", job.topics)
    with _client(job, Delays()) as (server, client):
        since, error = time.monotonic(), ""
        for number, topic in enumerate(topics):
            try:
                client.subscribe([topic])
            except Exception as problem:  # noqa: BLE001  whatever it is, it is the figure
                error = f"topic {number + 1}: {str(problem).splitlines()[0]}"
                break
            if time.monotonic() - since > job.within_s:
                error = f"topic {number + 1} after {job.within_s:.0f} s"
                break
        seconds, state = time.monotonic() - since, server.tell()
    found = {"seconds": seconds, "requests": state["requests"], "sockets": state["connections"]}
    return {**found, "error": error} if error else found


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _WITHIN_S
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("it did not come true")
        time.sleep(0.01)


def main() -> None:
    """Do a job and print its figures as JSON."""
    job = Growth(**json.loads(sys.argv[1]))
    sys.stdout.write(json.dumps(one_by_one(job) if job.alone else grow(job)) + "\n")


if __name__ == "__main__":
    main()
