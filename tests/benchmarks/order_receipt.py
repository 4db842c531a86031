"""How long an order on a stream takes to its receipt, over the same by hand; the same server, in turns, as a ratio.

    python -m tests.benchmarks.order_receipt [--rounds 9] [--calls 300] [--json build/order_receipt.json]

The server is a bare socket in a process of its own. By hand is ``websocket-client`` alone: the request written with
orjson, sent, and the next message received and read. Ours is ``ws.place_order`` with everything switched on: arguments
checked, instrument named by number, rate limits counted (on a clock that leaps, so that none is reached), answers told
apart by their id, and read on a thread of its own, since pushes, orders of other threads and the exchange's word on the
connection come in on the same socket.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import multiprocessing
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import orjson
import websocket

from okx_sync import Config, Credentials, WsClient
from okx_sync.rest import Limiter
from tests.benchmarks.figures import keep
from tests.benchmarks.rest_overhead import measure
from tests.clocks import LeapingClock

__all__ = ["run", "serving", "table"]

_INSTRUMENTS = (
    b'{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USDT","instIdCode":10,"baseCcy":"BTC",'
    b'"quoteCcy":"USDT","tickSz":"0.1","lotSz":"0.00000001","minSz":"0.00001","state":"live"}]}'
)
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT = 0x81  # the first byte of a whole text message
_ORDER = {"instIdCode": 10, "tdMode": "cash", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "60000"}
_KEYS = ("benchmark-key", "benchmark-secret", "benchmark-pass")


def _upgrade(head: bytes) -> bytes:
    key = next(
        line.split(b":")[1].strip() for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-k")
    )
    accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
    lines = b"HTTP/1.1 101 Switching Protocols", b"Upgrade: websocket", b"Connection: Upgrade"
    return b"\r\n".join((*lines, b"Sec-WebSocket-Accept: " + accept, b"", b""))


def _answer(message: Any) -> bytes:
    if message == b"ping":
        return b"pong"
    told = orjson.loads(message)
    if told["op"] == "login":
        return b'{"event":"login","msg":"","code":"0","connId":"a4d3ae55"}'
    order = {"clOrdId": told["args"][0].get("clOrdId", ""), "ordId": "2500000000000004096", "tag": ""}
    verdict = {"sCode": "0", "sMsg": "Order successfully placed.", "ts": "1763726400123"}
    times = {"inTime": "1763726400120000", "outTime": "1763726400123000"}
    return orjson.dumps({"id": told["id"], "op": "order", "code": "0", "msg": "", "data": [order | verdict], **times})


def _messages(peer: socket.socket, data: bytes) -> Iterator[bytes]:
    while True:
        size, start = (data[1] & 127, 2) if len(data) > 1 else (0, 2)
        if size == 126:
            size, start = (int.from_bytes(data[2:4]), 4) if len(data) > 3 else (0, 1 << 30)
        if len(data) < start + 4 + size:
            piece = peer.recv(65536)
            if not piece:
                return
            data += piece
            continue
        if data[0] != _TEXT:
            return
        key, body = data[start : start + 4] * (size // 4 + 1), data[start + 4 : start + 4 + size]
        data = data[start + 4 + size :]
        yield (int.from_bytes(body) ^ int.from_bytes(key[:size])).to_bytes(size)


def _converse(peer: socket.socket) -> None:
    with peer:
        head = b""
        while b"\r\n\r\n" not in head:
            head += peer.recv(65536)
        head, _, rest = head.partition(b"\r\n\r\n")
        if b"pgrade: websocket" not in head:
            told = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(_INSTRUMENTS)}\r\n\r\n"
            peer.sendall(told.encode() + _INSTRUMENTS)
            return
        peer.sendall(_upgrade(head))
        for message in _messages(peer, rest):
            answer = _answer(message)
            size = bytes((len(answer),)) if len(answer) < 126 else b"\x7e" + len(answer).to_bytes(2)
            peer.sendall(b"\x81" + size + answer)


def _serve(ready: Connection) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ready.send(server.getsockname()[1])
        while True:
            peer, _ = server.accept()
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_converse, args=(peer,), daemon=True).start()


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server in another process, which takes every order."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()
        process.close()


def _by_hand(line: websocket.WebSocket) -> Callable[[], Any]:
    numbers = iter(range(1 << 30))

    def place() -> Any:
        number = str(next(numbers))
        line.send(orjson.dumps({"id": number, "op": "order", "args": [_ORDER | {"clOrdId": f"benchmark{number}"}]}))
        answer = orjson.loads(line.recv())
        if answer["id"] != number or answer["data"][0]["sCode"] != "0":
            raise ValueError(answer)
        return answer["data"][0]["ordId"]

    return place


def _ours(ws: WsClient) -> Callable[[], Any]:
    numbers = iter(range(1 << 30))
    return lambda: ws.place_order("BTC-USDT", "cash", "buy", "limit", "0.1", "60000", f"benchmark{next(numbers)}").ordId


def run(rounds: int = 9, calls: int = 300) -> dict[str, float]:
    """Microseconds for one receipt, ``plain_us`` and ``ours_us``, and the ratios of time and of CPU time."""
    with serving() as port:
        url = f"ws://127.0.0.1:{port}/ws/v5/private"
        config = Config(Credentials(*_KEYS), rest_url=f"http://127.0.0.1:{port}", ws_private_url=url)
        line = websocket.create_connection(url)
        with WsClient(config, limiter=Limiter(LeapingClock())) as ws:
            by_hand, ours = _by_hand(line), _ours(ws)
            for call in (by_hand, ours):
                call()
            time.sleep(0.2)  # the second socket has settled
            figures = measure(by_hand, ours, rounds, calls)
        line.close()
    return figures


def table(figures: dict[str, float]) -> list[str]:
    """The lines for people."""
    return [
        f"{'by hand us':>12} {'okx_sync us':>12} {'ratio':>7} {'CPU ratio':>10}",
        f"{figures['plain_us']:12.0f} {figures['ours_us']:12.0f} {figures['ratio']:7.2f} {figures['cpu_ratio']:10.2f}",
    ]


def main() -> None:
    """Measure, print a table, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--json", type=Path, default=Path("build/order_receipt.json"))
    given = parser.parse_args()
    figures = run(given.rounds, given.calls)
    sys.stdout.write("\n".join(table(figures)) + "\n")
    keep(given.json, figures)


if __name__ == "__main__":
    main()
