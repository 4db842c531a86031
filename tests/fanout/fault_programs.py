"""The processes of a run under faults: publishers that are given the same numbered trades, and counting followers."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["FOLLOWER", "PUBLISHER", "CutProxy", "Program"]

PUBLISHER = """
import sys, threading, time
from okx_sync import Config, Publisher, WsClient
from okx_sync.protocol.dialect import Topic

url, rest, public, name, rate, began = sys.argv[1:]
rate, began = float(rate), float(began)
head = b'{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"'
tail = b'","px":"30218.8","sz":"0.5","side":"buy","ts":"1700000000000","count":"1","source":"0"}]}'
topic = Topic.of("trades", instId="BTC-USDT")
stopped = threading.Event()
with WsClient(Config(rest_url=rest, ws_public_url=public)) as ws, Publisher(ws, url, name=name) as out:
    out.publish_trades("BTC-USDT")
    stream = out._stream_of(topic)
    next_number = int((time.time() - began) * rate)

    def feed():  # as the sockets would: both publishers are told the same at the same time
        global next_number
        while not stopped.wait(0.005):
            due = int((time.time() - began) * rate)
            if stream.stats.waiting < 20_000:  # a machine that is too slow is told less
                for number in range(max(next_number, due - 1_000), due):
                    stream.put(topic, head + str(number).encode() + tail)
            next_number = max(due, next_number)

    feeder = threading.Thread(target=feed)
    feeder.start()
    print("ready", flush=True)
    for line in sys.stdin:
        if line == "stop\\n":
            stopped.set()
            feeder.join()
        told = stream.stats
        print(f'{{"is_active": {int(told.is_active)}, "waiting": {told.waiting}, "missed": {told.missed}}}', flush=True)
    stopped.set()
"""

FOLLOWER = """
import json, os, sys
from okx_sync import Config, OkxFanoutClient

url, rest, public, path = sys.argv[1:]
count = disorder = last = 0
before = json.load(open(path)) if os.path.exists(path) else {}
start = before.pop("start", "earliest")


def accounts():
    (name, told), = feed.fanout_stats.items()
    here = {"received": told.received, "missing": told.missing, "interruptions": told.interruptions}
    sums = {word: number + before.get(word, 0) for word, number in here.items()}
    return {**sums, "start": {name: told.position}}


def add(trade):
    global count, disorder, last
    count += 1
    number = int(trade.tradeId)
    disorder += number <= last
    last = number
    if not count % 1_000:
        with open(path + ".new", "w") as file:
            json.dump(accounts(), file)
        os.replace(path + ".new", path)


with OkxFanoutClient(url, config=Config(rest_url=rest, ws_public_url=public), start=start) as feed:
    feed.subscribe_trades("BTC-USDT", callback=add, inline=True, wait=False)
    print("ready", flush=True)
    for line in sys.stdin:
        told = accounts() if feed.fanout_stats else {"received": 0, "missing": 0, "interruptions": 0}
        print(json.dumps({**told, "count": count, "disorder": disorder}), flush=True)
"""


class Program:
    """One process, which answers a line on its standard input with a line of JSON."""

    def __init__(self, program: str, *words: object) -> None:
        command = [sys.executable, "-c", program, *map(str, words)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def ask(self, word: str = "?") -> dict[str, Any]:
        """Ask it how far it is."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._line())
        return told

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it, stopped or not."""
        self._process.kill()
        self._process.communicate(timeout=10)


class CutProxy:
    """A TCP proxy to a port of this machine, which can cut what goes through it."""

    def __init__(self, port: int) -> None:
        self._target = port
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
