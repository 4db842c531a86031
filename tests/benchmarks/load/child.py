"""One client, measured in a process of its own.

    python -m tests.benchmarks.load.child '{"client": "okx_sync callback", "stream": "tickers", "port": 1234, ...}'

A client is a function of this package that connects, subscribes and lets every message count; ``CLIENTS`` says where
it is. It gets a :class:`Job` and a :class:`Meter`.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.load.meter import Meter, Window

__all__ = ["CLIENTS", "Job", "Start", "resident_mib"]


_ROUNDS = 4  # of all topics go before anything is measured: books are filled, routes and fields are known


@dataclass(frozen=True)
class Job:
    """What to measure. ``timed``: messages carry the moment of their sending, and every one is looked at for it;
    ``topics``: of how many instruments; ``ca``: PEM file to trust, given means TLS; ``warm_s`` goes before the measured
    ``window_s``; ``cpu``: the core to stay on; ``hog``: the main thread counts in a loop meanwhile; ``links``: how many
    connections; ``messages``: go on until so many have come, and look at the memory at each quarter.
    """

    client: str
    stream: str
    port: int
    topics: int = 1
    timed: bool = False
    ca: str | None = None
    warm_s: float = 0.8
    window_s: float = 1.0
    cpu: int | None = None
    hog: bool = False
    links: int = 1
    messages: int = 0

    @property
    def url(self) -> str:
        """Where the server is; a path may follow."""
        return f"{'ws' if self.ca is None else 'wss'}://localhost:{self.port}"


Start = Callable[[Job, Meter], None]

CLIENTS: dict[str, str] = {
    "okx_sync callback": "ours:callback",
    "okx_sync inline": "ours:inline",
    "okx_sync iteration": "ours:iteration",
    "okx_sync callback, fields read": "ours:callback_reading",
    "okx_sync inline, fields read": "ours:inline_reading",
    "by hand: orjson + Decimal, fields read": "floors:by_hand",
    "floor: recv": "floors:receive",
    "floor: recv + split + orjson": "floors:parse",
    "floor over SSLSocket": "floors:parse_sslsocket",
    "websocket-client": "stock:raw",
    "websocket-client + json": "stock:with_json",
    "websocket-client skip_utf8 + orjson": "stock:tuned",
    "pybit": "peer_pybit:start",
    "pybit + wsaccel": "peer_pybit:start",
    "python-okx + json": "peer_python_okx:start",
    "ccxt.pro": "peer_ccxt:start",
    "nautilus": "peer_nautilus:start",
    "cryptofeed": "peer_cryptofeed:start",
}
"""Where each client is: module and function. websocket-client takes wsaccel where that is installed; here only those
that say so in their name do.
"""


def find(client: str) -> Start:
    """The function of a client. Raises ``ImportError`` when what it needs is not installed."""
    module, _, function = CLIENTS[client].partition(":")
    if client.endswith("wsaccel"):
        importlib.import_module("wsaccel")
    else:
        sys.modules.setdefault("wsaccel", None)  # type: ignore[arg-type]  # as if it were not installed
    start: Start = getattr(importlib.import_module(f"tests.benchmarks.load.{module}"), function)
    return start


def measure(job: Job) -> dict[str, Any]:
    """Run a client for a while."""
    meter = Meter()
    find(job.client)(job, meter)
    _until(lambda: meter.count > _ROUNDS * (job.topics - 1))
    _spend(job.warm_s, job.hog)
    if job.messages:
        return {"rss_mib": _grow(meter, job.messages)}
    since, counted = len(meter.delays_us), meter.count
    window = Window(lambda: meter.count)
    _spend(job.window_s, job.hog)
    if meter.count == counted:
        raise RuntimeError("nothing came any more")
    return {**window.figures(), **meter.delays(since), "threads": threading.active_count()}


def _grow(meter: Meter, messages: int) -> list[float]:
    """Resident memory now and after each quarter of the messages."""
    sizes = [resident_mib()]
    start = meter.count
    for quarter in range(1, 5):
        _until(functools.partial(_has, meter, start + quarter * messages // 4), within_s=600)
        sizes.append(resident_mib())
    return sizes


def _has(meter: Meter, count: int) -> bool:
    return meter.count >= count


def resident_mib() -> float:
    """What this process holds of the memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / (1 << 20), 2)


def _until(true: Callable[[], bool], within_s: float = 20) -> None:
    end = time.monotonic() + within_s
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("the client got nothing")
        time.sleep(0.002)


def _spend(seconds: float, hog: bool) -> None:
    if not hog:
        time.sleep(seconds)
        return
    end, number = time.monotonic() + seconds, 0
    while number % 1000 or time.monotonic() < end:
        number += 1


def main() -> None:
    """Do a job and print its figures as JSON. The exit is hard: some clients' threads never end."""
    job = Job(**json.loads(sys.argv[1]))
    if job.cpu is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {job.cpu})
    figures = measure(job)
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
