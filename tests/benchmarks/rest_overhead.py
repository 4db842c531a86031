"""What a call costs over plain ``requests``: the same server, the same bytes, in turns; told as a ratio.

    python -m tests.benchmarks.rest_overhead [--rounds 9] [--calls 300] [--json build/rest_overhead.json]

The server is a bare socket in a process of its own that keeps connections open. Plain calls are what a careful user
writes by hand: one ``Session``, the decoded JSON, and for orders a signature. Ours are typed calls of ``OkxClient``
with everything switched on. Its rate limits are counted in full but never reached: the limiter's clock leaps a second
at each look.
"""

from __future__ import annotations

import argparse
import base64
import datetime
import hashlib
import hmac
import multiprocessing
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson
import requests

from okx_sync import Config, Credentials, OkxClient
from okx_sync.rest import Limiter
from tests.benchmarks.figures import keep
from tests.clocks import LeapingClock

TICKER = (
    b'{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USDT","last":"64993.7","lastSz":"0.00012",'
    b'"askPx":"64993.8","askSz":"1.20394857","bidPx":"64993.7","bidSz":"0.48912345","open24h":"63871.2",'
    b'"high24h":"65480","low24h":"63410.1","volCcy24h":"512345678.123456","vol24h":"7934.12345678",'
    b'"ts":"1763726400123","sodUtc0":"64120.4","sodUtc8":"64555.1"}]}'
)
ORDER = (
    b'{"code":"0","data":[{"clOrdId":"benchmark1","ordId":"2500000000000004096","sCode":"0","sMsg":"Order placed",'
    b'"subCode":"","tag":"","ts":"1763726400123"}],"inTime":"1763726400120000","msg":"","outTime":"1763726400123000"}'
)
KEYS = ("benchmark-key", "benchmark-secret", "benchmark-pass")
BODY = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}
Call = Callable[[], Any]


def _answer(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nServer: bench\r\n"
        f"x-trace-id: 0123456789abcdef\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _converse(peer: socket.socket) -> None:
    answers = {b"GET ": _answer(TICKER), b"POST": _answer(ORDER)}
    data = b""
    with peer:
        while True:
            while b"\r\n\r\n" not in data:
                piece = peer.recv(65536)
                if not piece:
                    return
                data += piece
            head, _, data = data.partition(b"\r\n\r\n")
            lengths = [line[15:] for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"]
            length = int(lengths[0]) if lengths else 0
            while len(data) < length:
                data += peer.recv(65536)
            data = data[length:]
            peer.sendall(answers[head[:4]])


def serve(ready: Connection) -> None:
    """Answer for ever on a port of loopback that is told to ``ready``."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ready.send(server.getsockname()[1])
        while True:
            peer, _ = server.accept()
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_converse, args=(peer,), daemon=True).start()


@contextmanager
def server_url() -> Iterator[str]:
    """The URL of a server in another process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()
        process.close()


def plain_calls(session: requests.Session, url: str) -> dict[str, Call]:
    """A ticker and an order as written by hand."""
    key, secret, passphrase = KEYS

    def ticker() -> Any:
        answer = session.get(f"{url}/api/v5/market/ticker", params={"instId": "BTC-USDT"}, timeout=30)
        return orjson.loads(answer.content)["data"][0]

    def order() -> Any:
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        body = orjson.dumps(BODY)
        text = f"{now}POST/api/v5/trade/order".encode() + body
        sign = base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()
        headers = {
            "OK-ACCESS-KEY": key,
            "OK-ACCESS-SIGN": sign,
            "OK-ACCESS-TIMESTAMP": now,
            "OK-ACCESS-PASSPHRASE": passphrase,
            "Content-Type": "application/json",
        }
        answer = session.post(f"{url}/api/v5/trade/order", data=body, headers=headers, timeout=30)
        return orjson.loads(answer.content)["data"][0]

    return {"ticker": ticker, "order": order}


def our_calls(client: OkxClient) -> dict[str, Call]:
    """The same two, typed."""
    return {
        "ticker": lambda: client.get_ticker("BTC-USDT"),
        "order": lambda: client.place_order("BTC-USDT", "cash", "buy", "limit", "0.1", "60000", "benchmark1"),
    }


def _microseconds(call: Call, calls: int) -> tuple[float, float]:
    """(time, our process's CPU time) per call."""
    began, worked = time.perf_counter(), time.process_time()
    for _ in range(calls):
        call()
    return (time.perf_counter() - began) / calls * 1e6, (time.process_time() - worked) / calls * 1e6


def measure(plain: Call, ours: Call, rounds: int, calls: int) -> dict[str, float]:
    """Medians over ``rounds`` of both, measured in turns; the first of a round changes. ``ratio`` is of the pairs."""
    for call in (plain, ours):
        _microseconds(call, calls)
    seen: dict[Call, list[tuple[float, float]]] = {plain: [], ours: []}
    for number in range(rounds):
        for call in (plain, ours) if number % 2 else (ours, plain):
            seen[call].append(_microseconds(call, calls))
    pairs = list(zip(seen[plain], seen[ours], strict=True))
    return {
        "plain_us": statistics.median(one[0] for one in seen[plain]),
        "ours_us": statistics.median(one[0] for one in seen[ours]),
        "ratio": statistics.median(our[0] / their[0] for their, our in pairs),
        "cpu_ratio": statistics.median(our[1] / their[1] for their, our in pairs),
    }


def run(rounds: int = 9, calls: int = 300) -> dict[str, dict[str, float]]:
    """The figures of each kind of call."""
    with server_url() as url, requests.Session() as session:
        config = Config(credentials=Credentials(*KEYS), rest_url=url)
        with OkxClient(config, limiter=Limiter(LeapingClock())) as client:
            plain, ours = plain_calls(session, url), our_calls(client)
            return {name: measure(plain[name], ours[name], rounds, calls) for name in plain}


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--json", type=Path, default=Path("build/rest_overhead.json"))
    given = parser.parse_args()
    figures = run(max(5, given.rounds), given.calls)
    lines = [f"{'call':8} {'requests us':>12} {'okx_sync us':>12} {'ratio':>7} {'CPU ratio':>10}"]
    for name, one in figures.items():
        times = f"{one['plain_us']:12.0f} {one['ours_us']:12.0f}"
        lines.append(f"{name:8} {times} {one['ratio']:7.2f} {one['cpu_ratio']:10.2f}")
    sys.stdout.write("\n".join(lines) + "\n")
    keep(given.json, figures)


if __name__ == "__main__":
    main()
