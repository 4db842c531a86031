"""The processes of a run under faults: publishers that are given the same numbered trades, and counting followers.

They are forked from one process that has imported all they need, which is much cheaper than starting each.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from okx_sync import Config, OkxFanoutClient, Publisher, StateEvent, WsClient
from okx_sync.fanout.published_stream import PublishedStream
from okx_sync.protocol.dialect import Topic

__all__ = ["CutProxy", "Program", "accounts_file", "follow", "publish"]

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__, "redis.cluster"])
_TOPIC = Topic.of("trades", instId="BTC-USDT")
_HEAD = b'{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"'
_TAIL = b'","px":"30218.8","sz":"0.5","side":"buy","ts":"1700000000000","count":"1","source":"0"}]}'
_MISSING = re.compile(r"(\d+) messages of .* are missing")
_NONE = {"received": 0, "missing": 0, "interruptions": 0}
_FULL = 20_000  # messages that wait: a machine that is too slow is told less


class Feeder:
    """Puts numbered trades into a stream, as the sockets would: all publishers are told the same at the same time."""

    def __init__(self, stream: PublishedStream, rate: float, began: float) -> None:
        self._stream, self._rate, self._began = stream, rate, began
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        next_number = int((time.time() - self._began) * self._rate)
        while not self._stopped.wait(0.02):
            due = int((time.time() - self._began) * self._rate)
            if self._stream.stats.waiting < _FULL:
                for number in range(max(next_number, due - 1_000), due):
                    self._stream.put(_TOPIC, _HEAD + b"%d" % number + _TAIL)
            next_number = max(due, next_number)

    def stop(self) -> None:
        """Put no more."""
        self._stopped.set()
        self._thread.join()


def publish(asked: Connection, url: str, config: dict[str, Any], name: str, rate: float, began: float) -> None:
    """Publish trades that have numbers, ``rate`` of them a second since ``began``, until "end" is asked for."""
    with WsClient(Config(**config)) as ws, Publisher(ws, url, name=name) as out:
        out.publish_trades("BTC-USDT")
        stream = out._stream_of(_TOPIC)
        feeder = Feeder(stream, rate, began)
        asked.send("ready")
        while (word := asked.recv()) != "end":
            if word == "stop":
                feeder.stop()
            told = stream.stats
            asked.send({"is_active": told.is_active, "waiting": told.waiting, "missed": told.missed})
        feeder.stop()


class Count:
    """What one follower counts, written down from time to time with the place to which it has read."""

    def __init__(self, path: Path, every: int) -> None:
        self._path, self._every = path, every
        self._before: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        self.start: Any = self._before.pop("start", "earliest")
        self.feed: OkxFanoutClient
        self._count = self._disorder = self._last = self._told = 0

    def add(self, trade: Any) -> None:
        """Count a trade."""
        self._count += 1
        number = int(trade.tradeId)
        self._disorder += number <= self._last
        self._last = number
        if self._count % self._every == 0:
            written = self._path.with_suffix(".new")
            written.write_text(json.dumps(self._accounts()))
            written.replace(self._path)

    def hear(self, event: StateEvent) -> None:
        """Add up what is told missing."""
        if event.kind == "gap" and (told := _MISSING.match(event.reason or "")):
            self._told += int(told[1])

    def _accounts(self) -> dict[str, Any]:
        ((name, told),) = self.feed.fanout_stats.items()
        here = {"received": told.received, "missing": told.missing, "interruptions": told.interruptions}
        sums = {word: number + self._before.get(word, 0) for word, number in here.items()}
        return {**sums, "start": {name: told.position}}

    def answer(self) -> dict[str, Any]:
        """Return all that is known; ``count``, ``disorder`` and ``told`` are of this process alone."""
        accounts = self._accounts() if self.feed.fanout_stats else {**_NONE, **self._before}
        here = {word: accounts[word] - self._before.get(word, 0) for word in _NONE}
        counted = {"count": self._count, "disorder": self._disorder, "told": self._told}
        return {**accounts, **counted, "received_here": here["received"], "missing_here": here["missing"]}


def follow(asked: Connection, url: str, config: dict[str, Any], path: Path, every: int = 1_000) -> None:
    """Count trades, from where the process before has written that it was; accounts are written each ``every``."""
    count = Count(path, every)
    with OkxFanoutClient(url, config=Config(**config), start=count.start) as feed:
        count.feed = feed
        feed.on_state(count.hear)
        feed.subscribe_trades("BTC-USDT", callback=count.add, inline=True, wait=False)
        asked.send("ready")
        while asked.recv() != "end":
            asked.send(count.answer())


class Program:
    """A process of its own, which answers a word."""

    def __init__(self, run: Callable[..., None], *words: Any) -> None:
        self._asked, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_quietly, args=(run, theirs, *words), daemon=True)
        self._process.start()
        theirs.close()
        assert self._asked.recv() == "ready"

    def ask(self, word: str = "?") -> dict[str, Any]:
        """Ask it how far it is."""
        self._asked.send(word)
        told: dict[str, Any] = self._asked.recv()
        return told

    def end(self) -> None:
        """Have it end by itself."""
        self._asked.send("end")
        self._process.join(20)
        assert self._process.exitcode == 0, self._process.exitcode

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        """Kill it, stopped or not."""
        self._process.kill()
        self._process.join(10)
        self._asked.close()


def _quietly(run: Callable[..., None], *words: Any) -> None:
    with suppress(EOFError):  # whoever asked has ended
        run(*words)


class CutProxy:
    """A TCP proxy to a port of this machine, which can cut what goes through it.

    ``cut_behind``: it does so by itself, once, when this has gone through to there.
    """

    def __init__(self, port: int, cut_behind: bytes | None = None) -> None:
        self._target = port
        self._cut_behind = cut_behind
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._pairs: list[socket.socket] = []
        self._is_open = True
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self._is_open:
                    near.close()
                    continue
                try:
                    far = socket.create_connection(("127.0.0.1", self._target))
                except OSError:
                    near.close()
                    continue
                self._pairs += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
                if self._cut_behind is not None and self._cut_behind in data:
                    self._cut_behind = None
                    for end in (one, other):
                        end.shutdown(socket.SHUT_RDWR)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Cut all connections, and refuse others until :meth:`mend`."""
        self._is_open = False
        for end in self._pairs:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._pairs.clear()

    def mend(self) -> None:
        """Let others through again."""
        self._is_open = True

    def close(self) -> None:
        """End it."""
        self.cut()
        self._listener.close()


def accounts_file(folder: Path, name: str) -> Path:
    """Return where a follower writes down how far it is."""
    return folder / f"{name}.json"
