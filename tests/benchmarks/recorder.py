"""How many messages a second a recorder keeps, and what one costs the thread that reads sockets.

    python -m tests.benchmarks.recorder [--messages 500000] [--batch 1]

Messages are tickers of OKX's shape, each another one; ``batch`` of them come with one read. Nothing is left out
(``missed`` is 0) where the feeding thread waits for the one that writes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

import orjson

from okx_sync import Config, Recording, WsClient

__all__ = ["run"]

_WAITING = 32 << 20


def _messages(number: int) -> list[bytes]:
    rng = random.Random(1)
    names = [f"COIN{rng.randrange(200)}-USDT" for _ in range(number)]
    return [
        orjson.dumps(
            {
                "arg": {"channel": "tickers", "instId": name},
                "data": [
                    {
                        "instType": "SPOT",
                        "instId": name,
                        "last": f"{rng.random() * 70_000:.1f}",
                        "lastSz": f"{rng.random():.8f}",
                        "askPx": f"{rng.random() * 70_000:.1f}",
                        "askSz": f"{rng.random():.8f}",
                        "bidPx": f"{rng.random() * 70_000:.1f}",
                        "bidSz": f"{rng.random():.8f}",
                        "open24h": "64723.9",
                        "high24h": "65078.4",
                        "low24h": "64006.9",
                        "volCcy24h": f"{rng.random() * 1e8:.9f}",
                        "vol24h": f"{rng.random() * 1e5:.8f}",
                        "ts": str(1_796_043_779_275 + number),
                    }
                ],
            }
        )
        for number, name in enumerate(names)
    ]


def run(messages: int, batch: int) -> dict[str, float]:
    """Record so many; returns figures by name."""
    frames = _messages(messages)
    with tempfile.TemporaryDirectory() as folder, WsClient(Config()) as ws:
        recorder = ws.record(folder, max_memory=1 << 30)
        see = recorder._tap("public", 0)
        reading = 0.0
        began, cpu = time.perf_counter(), time.process_time()
        for first in range(0, messages, 100 * batch):
            reads = [frames[start : start + batch] for start in range(first, first + 100 * batch, batch)]
            read = time.thread_time()
            for one in reads:
                see(1, one)
            reading += time.thread_time() - read
            while recorder._waiting_bytes > _WAITING:
                time.sleep(0.001)
        recorder.stop()
        recorder._worker.join(600)
        stats = recorder.stats
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        assert (stats.frames, stats.missed) == (messages, 0)
        read_at = time.perf_counter()
        kept = Recording(Path(folder)).stats()
        read_s = time.perf_counter() - read_at
        assert kept.frames == messages
    return {
        "messages a second": messages / took,
        "us of the processors a message": cpu / messages * 1e6,
        "us of them on the reading thread": reading / messages * 1e6,
        "bytes on the disk per byte": stats.size / stats.bytes,
        "messages a second read back": messages / read_s,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=int, default=500_000)
    parser.add_argument("--batch", type=int, default=1)
    given = parser.parse_args()
    for name, value in run(given.messages, given.batch).items():
        print(f"{name:40} {value:14,.2f}")  # noqa: T201  that is what it is for


if __name__ == "__main__":
    main()
