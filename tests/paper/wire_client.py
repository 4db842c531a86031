"""A neutral client for the server's tests: websocket-client's plain socket and HTTP by hand, no SDK code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import orjson
import websocket

from okx_sync.paper import PaperExchange
from tests.paper.http_client import Response, Session, with_query

TIMEOUT_S = 20.0


def signature(secret: str, text: str) -> str:
    """Base64 of HMAC-SHA256, written down a second time so that a mistake in the server shows."""
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()).decode()


def login_frame(name: str = "alice", *, timestamp: str | None = None, **changes: str) -> dict[str, Any]:
    """The login of a default account; keyword arguments replace fields."""
    at = timestamp if timestamp is not None else str(int(time.time()))
    fields = {
        "apiKey": f"paper-{name}-key",
        "passphrase": f"paper-{name}-pass",
        "timestamp": at,
        "sign": signature(f"paper-{name}-secret", at + "GET/users/self/verify"),
    }
    return {"op": "login", "args": [fields | changes]}


def ended_by(socket: websocket.WebSocket) -> str:
    """Read until the end; how it came: "rst", "fin", or the code of the close frame.

    Frame by frame: the library's own reading answers a close frame first, which fails where the exchange no longer
    waits for that, and the code would be lost.
    """
    deadline = time.monotonic() + TIMEOUT_S
    try:
        while time.monotonic() < deadline:
            frame = socket.recv_frame()  # type: ignore[no-untyped-call]
            if frame.opcode == websocket.ABNF.OPCODE_CLOSE:
                with suppress(OSError, websocket.WebSocketException):
                    socket.send_close()
                return str(int.from_bytes(frame.data[:2], "big"))
    except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
        return "rst"
    except websocket.WebSocketConnectionClosedException:
        return "fin"
    raise TimeoutError("the connection stayed open")


class WireClient:
    """One WebSocket to a paper exchange, speaking JSON by hand; `path` names one of OKX's, or is a whole URL."""

    def __init__(self, paper: PaperExchange, path: str = "public", login: str = "") -> None:
        options: dict[str, Any] = {} if paper.ca_file is None else {"sslopt": {"ca_certs": paper.ca_file}}
        # The library's own UTF-8 check is slow in pure Python, and would hide what garbage looks like.
        self.socket = websocket.create_connection(
            path if "://" in path else paper.ws_url(path), timeout=TIMEOUT_S, skip_utf8_validation=True, **options
        )
        if login:
            self.send(login_frame(login, timestamp=str(int(paper.clock.now()))))
            assert self.until_event("login")["code"] == "0"

    def send(self, message: Mapping[str, Any] | str) -> None:
        """Send a JSON message, or a text as it is."""
        self.socket.send(message if isinstance(message, str) else orjson.dumps(message).decode())

    def ask(self, op: str, *args: Mapping[str, Any], id: str | None = None) -> None:  # noqa: A002 - the wire's name
        """Subscribe or unsubscribe."""
        self.send({"op": op, "args": list(args)} | ({} if id is None else {"id": id}))

    def subscribe(self, channel: str, **arg: str) -> dict[str, Any]:
        """Subscribe one topic and wait for its ack."""
        self.ask("subscribe", {"channel": channel, **arg})
        return self.until_event("subscribe")

    def raw(self) -> bytes | str:
        """The next frame: text, or bytes when binary."""
        received: bytes | str = self.socket.recv()
        return received

    def recv(self) -> Any:
        """The next frame, as JSON unless it is the text `pong`."""
        text = self.raw()
        return text if text == "pong" else orjson.loads(text)

    def until(self, wanted: Callable[[Any], object]) -> Any:
        """The next frame that `wanted` accepts; others before it are thrown away."""
        deadline = time.monotonic() + TIMEOUT_S
        while time.monotonic() < deadline:
            frame = self.recv()
            if wanted(frame):
                return frame
        raise TimeoutError("the frame did not come")

    def until_event(self, name: str) -> dict[str, Any]:
        """The next control message of one kind."""
        found: dict[str, Any] = self.until(lambda frame: isinstance(frame, dict) and frame.get("event") == name)
        return found

    def until_push(self, channel: str) -> dict[str, Any]:
        """The next data message of a channel."""
        found: dict[str, Any] = self.until(
            lambda frame: isinstance(frame, dict) and "data" in frame and frame["arg"]["channel"] == channel
        )
        return found

    def pushes(self) -> list[dict[str, Any]]:
        """The data messages sent so far, up to the answer of a ping."""
        self.send("ping")
        found = []
        while (frame := self.recv()) != "pong":
            found += [frame] if "data" in frame else []
        return found

    def until_closed(self) -> int | None:
        """Read until the end; the code of the close frame, or None without one."""
        how = ended_by(self.socket)
        return int(how) if how.isdigit() else None

    def close(self) -> None:
        """Close the TCP connection without a word."""
        if self.socket.sock is not None:
            self.socket.sock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class RestClient:
    """Signed REST calls by hand."""

    def __init__(self, paper: PaperExchange, name: str = "alice") -> None:
        self.paper = paper
        self.name = name
        self.session = Session(paper.url, paper.ca_file)

    def get(self, path: str, **query: Any) -> Response:
        """A signed GET of `/api/v5/<path>`."""
        return self.call("GET", with_query("/api/v5/" + path, query), "")

    def rows(self, path: str, **query: Any) -> Any:
        """The rows of a signed GET that is answered."""
        message = self.get(path, **query).json()
        assert message["code"] == "0", message
        return message["data"]

    def post(self, path: str, body: Any, **headers: str) -> Response:
        """A signed POST of a JSON body."""
        return self.call("POST", "/api/v5/" + path, orjson.dumps(body).decode(), **headers)

    def call(self, method: str, raw_path: str, body: str, **headers: str) -> Response:
        """Any signed call; `headers` replace what would be sent, an empty one is left out."""
        at = datetime.fromtimestamp(self.paper.clock.now(), UTC).isoformat(timespec="milliseconds")
        at = headers.pop("timestamp", at.replace("+00:00", "Z"))
        own = {
            "OK-ACCESS-KEY": f"paper-{self.name}-key",
            "OK-ACCESS-SIGN": signature(f"paper-{self.name}-secret", at + method + raw_path + body),
            "OK-ACCESS-TIMESTAMP": at,
            "OK-ACCESS-PASSPHRASE": f"paper-{self.name}-pass",
            "Content-Type": "application/json",
        }
        sent = {name: value for name, value in (own | headers).items() if value}
        return self.session.request(method, raw_path, data=body.encode(), headers=sent, timeout=TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()
