"""A neutral client of Bybit's wire for these tests: the websocket library's plain socket, JSON and a hex signature."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import orjson
import websocket

from okx_sync.paper import PaperExchange
from tests.paper.wire_client import ended_by

PUBLIC, PRIVATE, TRADE = "/v5/public/linear", "/v5/private", "/v5/trade"
OLD_PUBLIC, OLD_PRIVATE = "/perpetual/ws/v1/realtime_public", "/trade/option/usdc/private/v1"
SWAP = "BTC-USDT-SWAP"
TIMEOUT_S = 20.0
Frame = dict[str, Any]

LIMIT = {"category": "linear", "symbol": "BTCUSDT", "side": "Buy", "orderType": "Limit", "qty": "0.01"}
"""Lacks the price only."""


def auth_frame(paper: PaperExchange, name: str = "alice", *, ms: int = 5000, **changes: Any) -> Frame:
    """The login of a default account, good for `ms` more milliseconds."""
    expires = changes.pop("expires", paper.clock.now_ms() + ms)
    signature = hmac.new(f"paper-{name}-secret".encode(), f"GET/realtime{expires}".encode(), hashlib.sha256)
    args = [changes.pop("key", f"paper-{name}-key"), expires, changes.pop("sign", signature.hexdigest())]
    return {"op": "auth", "args": args, **changes}


class BybitClient:
    """One WebSocket to one of Bybit's paths."""

    def __init__(self, paper: PaperExchange, path: str = PUBLIC, login: str = "", query: str = "") -> None:
        self.paper = paper
        self.socket = websocket.create_connection(paper.bybit_url(path) + query, timeout=TIMEOUT_S)
        self._numbers = itertools.count(1)
        if login:
            self.send(auth_frame(paper, login))
            reply = self.recv()
            assert reply.get("success") is True or reply.get("retCode") == 0, reply

    def send(self, message: Mapping[str, Any] | str) -> None:
        """Send a JSON message, or a text as it is."""
        self.socket.send(message if isinstance(message, str) else orjson.dumps(message).decode())

    def recv(self) -> Frame:
        """The next frame."""
        frame: Frame = orjson.loads(self.socket.recv())
        return frame

    def until(self, wanted: Callable[[Frame], object]) -> Frame:
        """The next frame that `wanted` accepts; others before it are thrown away."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            frame = self.recv()
            if wanted(frame):
                return frame
        raise TimeoutError("the frame did not come")

    def ask(self, op: str, *topics: str, **more: Any) -> Frame:
        """Send a request about topics and wait for its answer."""
        self.send({"op": op, "args": list(topics), **more})
        return self.until(lambda frame: "topic" not in frame)

    def subscribe(self, *topics: str) -> list[Frame]:
        """Start topics that must be granted; returns what came before the ack."""
        self.send({"op": "subscribe", "args": list(topics)})
        early: list[Frame] = []
        while "topic" in (frame := self.recv()):
            early.append(frame)
        assert frame["success"] is True, frame
        return early

    def push(self, topic: str, kind: str | None = None) -> Frame:
        """The next data frame of a topic, of one `type` if given."""
        return self.until(lambda frame: frame.get("topic") == topic and kind in (None, frame.get("type")))

    def sync(self) -> list[Frame]:
        """What was pushed so far, up to the answer of a ping."""
        self.send({"op": "ping", "args": ["sync"]})
        found: list[Frame] = []
        while "topic" in (frame := self.recv()):
            found.append(frame)
        return found

    def order(self, op: str, *args: Mapping[str, Any], **more: Any) -> Frame:
        """Send an order operation and wait for its answer; keyword arguments replace parts of the request."""
        header = {"X-BAPI-TIMESTAMP": str(self.paper.clock.now_ms())}
        request = {"reqId": f"r{next(self._numbers)}", "header": header, "op": op, "args": list(args)} | more
        self.send(request)
        return self.until(lambda frame: frame.get("reqId") == request["reqId"])

    def until_closed(self) -> int | None:
        """Read until the end; the code of the close frame, or None without one."""
        how = ended_by(self.socket)
        return int(how) if how.isdigit() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.socket.sock is not None:
            self.socket.sock.close()


def placed(paper: PaperExchange, **args: Any) -> str:
    """Alice places an order at the venue itself; returns the venue's order id."""
    order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "1", **args}
    ack = paper.venue.place(paper.venue.accounts[0], order)
    assert ack.ok, ack
    return str(ack.ordId)
