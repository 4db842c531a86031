"""How many events a second one publisher hands on to one follower, in two processes over a Redis of this machine.

``python -m tests.benchmarks.fanout [topics] [seconds]``. Messages are put into the publisher as its sockets would, so
that the exchange and its sockets are not measured: a stream client's own figures are those of ``throughput``. The
follower counts with an inline callback; each message is one ticker, which is decoded.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson

from okx_sync import Publisher, WsClient
from okx_sync.paper import PaperExchange
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from okx_sync.protocol.fed_dialect import fed

_BATCH = 100

_FOLLOWER = """
import sys, time
from okx_sync import Config, OkxFanoutClient

url, rest, public, seconds = sys.argv[1:]
count = 0

def add(event):
    global count
    count += 1

with OkxFanoutClient(url, config=Config(rest_url=rest, ws_public_url=public)) as feed:
    feed.subscribe_tickers("BTC-USDT", callback=add, inline=True)
    print("ready", flush=True)
    sys.stdin.readline()
    began, before, spent = time.perf_counter(), count, time.process_time()
    time.sleep(float(seconds))
    took = time.perf_counter() - began
    (told,) = feed.fanout_stats.values()
    each = (time.process_time() - spent) / max(1, count - before) * 1e6
    print((count - before) / took, told.missing, each, flush=True)
"""


def measure(port: int, seconds: float) -> dict[str, float]:
    """Return events a second, how many were missing, and the microseconds of CPU at the follower for each."""
    url = f"redis://127.0.0.1:{port}/0"
    with (
        PaperExchange() as paper,
        WsClient(paper.public_config) as ws,
        Publisher(ws, url, max_entries=2_000) as out,
    ):
        out.publish_tickers("BTC-USDT")
        paper.quiet()
        topic = Topic.of("tickers", instId="BTC-USDT")
        stream = out._stream_of(topic)
        words = [url, paper.url, paper.ws_url("public"), str(seconds)]
        follower = subprocess.Popen(
            [sys.executable, "-c", _FOLLOWER, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert follower.stdin is not None
        assert follower.stdout is not None
        assert follower.stdout.readline() == "ready\n"
        kept = next(iter(stream._kept.values()))
        assert kept is not None
        push = fed(ws._spec.dialect).read(kept.frames()[0])
        assert isinstance(push, Push)
        frame = orjson.dumps(push.message)  # as OKX writes it
        follower.stdin.write("go\n")
        follower.stdin.flush()
        end = time.perf_counter() + seconds
        sent, spent = stream.stats.sent, time.process_time()
        while time.perf_counter() < end:
            for _ in range(_BATCH):
                stream.put(topic, frame)
            while stream.stats.waiting > 20_000:
                time.sleep(0.001)
        sent, spent = stream.stats.sent - sent, time.process_time() - spent
        told = follower.stdout.readline().split()
        follower.communicate(timeout=10)
    return {
        "sent a second": sent / seconds,
        "followed a second": float(told[0]),
        "missing": float(told[1]),
        "publisher, CPU µs each": spent / max(1, sent) * 1e6,
        "follower, CPU µs each": float(told[2]),
    }


def main(seconds: float = 5.0) -> None:
    """Print it."""
    port = 16_399
    with tempfile.TemporaryDirectory() as folder:
        command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(Path(folder))]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            time.sleep(1.0)
            for name, value in measure(port, seconds).items():
                sys.stdout.write(f"{name}: {value:,.1f}\n")
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
