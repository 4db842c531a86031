"""The processes of the fan-out's benchmark: a publisher on the load server, and followers that count or time."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

__all__ = ["FOLLOWER", "PUBLISHER", "Child"]

_ROOT = Path(__file__).parents[3]

PUBLISHER = """
import json, mmap, struct, sys, threading, time
from okx_sync import Config, Publisher, WsClient
from okx_sync.protocol.dialect import Topic
from tests.benchmarks.load.meter import Window
from tests.benchmarks.load.payloads import bodies_of

broker, server, stream, *paths = sys.argv[1:]
topic = Topic.of("tickers", instId="BTC-USDT")
ahead = 20_000  # messages that may be on their way to the slowest follower


def slowest():
    return min(struct.unpack("q", one[:8])[0] for one in shown)


def flood(target):
    frames = [before + b"1700000000000" + behind for before, behind in bodies_of("okx", "tickers")]
    number, first = 0, slowest()
    while True:
        for frame in frames[:500]:
            target.put(topic, frame)
        number += 500
        while number - (slowest() - first) > ahead:
            time.sleep(0.002)


with WsClient(Config(ws_public_url=server)) as ws, Publisher(ws, broker, max_entries=1_000_000) as out:
    getattr(out, f"publish_{stream}")("BTC-USDT")
    print("ready", flush=True)
    window, shown = None, []
    for line in sys.stdin:
        told = {}
        if line == "flood\\n":
            files = [open(path, "r+b") for path in paths]
            shown = [mmap.mmap(file.fileno(), 8) for file in files]
            threading.Thread(target=flood, args=(out._stream_of(topic),), daemon=True).start()
        if line == "begin\\n":
            window = Window(lambda: sum(one.sent for one in out.stats.values()))
        elif line == "end\\n":
            told = window.figures()
        told["missed"] = sum(one.missed for one in out.stats.values())
        print(json.dumps(told), flush=True)
"""

FOLLOWER = """
import json, mmap, struct, sys, threading, time
from okx_sync import Config, OkxFanoutClient
from tests.benchmarks.load.meter import Meter, Window

broker, server, is_timed, path = sys.argv[1:]
meter, window = Meter(), None
late = meter.late
take = (lambda row: late(row.ts)) if is_timed == "True" else meter.one


def show():  # how far this one is, for a publisher that is not to run away
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), 8) as shown:
        while True:
            shown[:] = struct.pack("q", meter.count)
            time.sleep(0.02)


with OkxFanoutClient(broker, config=Config(ws_public_url=server)) as feed:
    feed.subscribe_tickers("BTC-USDT", callback=take, inline=True)
    if path:
        threading.Thread(target=show, daemon=True).start()
    print("ready", flush=True)
    since = 0
    for line in sys.stdin:
        told = {}
        if line == "begin\\n":
            since, window = len(meter.delays_us), Window(lambda: meter.count)
        elif line == "end\\n":
            told = {**window.figures(), **meter.delays(since)}
        told["missing"] = sum(one.missing for one in feed.fanout_stats.values())
        print(json.dumps(told), flush=True)
"""


class Child:
    """One of them, which answers each word with figures."""

    def __init__(self, program: str, *words: object) -> None:
        command = [sys.executable, "-c", program, *map(str, words)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=_ROOT, text=True, **pipes)
        told = self._line()
        if told != "ready":
            raise RuntimeError(f"a process of the benchmark did not begin: {told!r}")

    def _line(self) -> str:
        assert self._process.stdout is not None
        return str(self._process.stdout.readline()).strip()

    def say(self, word: str) -> None:
        """Give it a word; :meth:`hear` the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """Return the answer to a word."""
        told: dict[str, Any] = json.loads(self._line())
        return told

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._process.kill()
        self._process.communicate(timeout=10)
