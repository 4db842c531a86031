"""One client's WebSocket conversation: ping, login, subscribe, unsubscribe, order operations.

Follows OKX V5 "WebSocket / Connect, Login, Subscribe, Unsubscribe, Notification".
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from okx_sync.paper.server import orders_ws
from okx_sync.paper.server.auth import AuthError, check_login
from okx_sync.paper.server.codes import error_event, message_for
from okx_sync.paper.server.journal import Connection
from okx_sync.paper.server.limits import ARGS_BYTES, CONTROL_PER_HOUR, Window
from okx_sync.paper.server.subscriptions import Subscriptions
from okx_sync.paper.server.wire import Lane, Wire
from okx_sync.paper.venue.accounts import ApiKey

if TYPE_CHECKING:
    from okx_sync.paper.server.server import Server

IDLE_S = 30.0
CLOSE_PATIENCE_S = 1.0
ID_LENGTH = 32


class Session:
    """The server's end of one WebSocket connection; lives on the loop thread."""

    def __init__(self, server: Server, ws: web.WebSocketResponse, wire: Wire, record: Connection) -> None:
        self.server = server
        self.ws = ws
        self.wire = wire
        self.record = record
        self.key: ApiKey | None = None
        self.subscriptions = Subscriptions(self)
        self.is_closing = False
        self._traffic_at = server.clock.monotonic()
        self._control = Window(CONTROL_PER_HOUR, 3600.0)
        wire.on_slow = self._slow

    @property
    def path(self) -> str:
        """`public`, `private` or `business`."""
        return self.record.path

    # --- in

    def received(self, text: str) -> None:
        """Handle one text frame; what still arrives after we ended the connection is not read."""
        if self.is_closing:
            return
        self.touch()
        journal = self.server.journal
        if text == "ping":
            journal.frame_in(self.record.id, text)
            journal.count(self.record, "pings")
            if self.server.rules.take("no_pong", path=self.path) is None:
                self.wire.send("pong", b"pong")
            return
        message = _parsed(text)
        journal.frame_in(self.record.id, _masked(text, message))
        if message is None or not isinstance(message.get("op"), str):
            self.refuse("60012", None, request=text)
            return
        request_id = message.get("id")
        if request_id is not None and not _is_id(request_id):
            self.refuse("60033", None, name="id")
            return
        self._operate(message["op"], message, request_id, text)

    def _operate(self, op: str, message: dict[str, Any], request_id: str | None, text: str) -> None:
        if op in orders_ws.OPS:
            self.server.journal.count(self.record, "orders")
            orders_ws.operate(self, op, message, request_id)
            return
        if op not in ("login", "subscribe", "unsubscribe"):
            self.refuse("60019", request_id, op=op)
            return
        self.server.journal.count(self.record, op + "s")
        if self.server.drop_if(op, self):
            return
        if not self._control.take(self.server.clock.monotonic()):
            self.refuse("60014", request_id)
            return
        if op == "login":
            self._login(message.get("args"))
            return
        args = message.get("args")
        if not isinstance(args, list) or not args or not all(isinstance(arg, dict) for arg in args):
            self.refuse("60013", request_id, request=text)
        elif len(text) > ARGS_BYTES and len(orjson.dumps(args)) > ARGS_BYTES:
            self.close(1009, "frame too large")
        else:
            self.subscriptions.ask(op, args, request_id)

    def _login(self, args: Any) -> None:
        rule = self.server.rules.take("refuse_login", path=self.path)
        try:
            if rule is not None:
                raise AuthError(rule.options["code"], message_for(rule.options["code"]))
            if self.key is not None:
                self.refuse("60031", None)
                return
            key = check_login(args, self.server.venue.keys, self.server.clock.now())
        except AuthError as problem:
            event = error_event(problem.code, problem.message, self.record.connId)
            self.reply("login", event, then=lambda: self.close(4001, "login failed"))
            return
        self.key = key
        self.server.journal.update(self.record, logged_in=True, account=key.account.label)
        self.reply("login", {"event": "login", "code": "0", "msg": "", "connId": self.record.connId})

    # --- out

    def reply(self, lane: Lane, message: Mapping[str, Any], then: Any = None) -> None:
        """Send a control message or an order reply."""
        if not self.is_closing:
            self.touch()
            self.wire.send(lane, orjson.dumps(message), then=then)

    def refuse(self, code: str, request_id: str | None, **facts: str) -> None:
        """Send an error event with the exchange's text for `code`."""
        self.reply("ack", error_event(code, message_for(code, **facts), self.record.connId, request_id))

    def push(self, topic: str, payload: bytes) -> None:
        """Send a data frame of a topic; here `duplicate` and `drop_on("push")` strike."""
        if self.is_closing:
            return
        channel = topic.partition("(")[0]
        copies = 2 if self.server.rules.take("duplicate", path=self.path, channel=channel) else 1
        self.server.journal.pushed(self.record.id, topic, copies)
        for _ in range(copies):
            self.wire.send("push", payload)
        self.touch()
        self.server.drop_if("push", self, channel=channel)

    def touch(self) -> None:
        """Something was pushed."""
        self._traffic_at = self.server.clock.monotonic()

    def check_idle(self, now: float) -> None:
        """Close with 4004 when nothing came or went for 30 paper seconds."""
        if not self.is_closing and now - self._traffic_at > IDLE_S:
            self.close(4004, "No data received in 30s.")

    # --- the end

    def _slow(self) -> None:
        # Closing writes one more frame, which must not lead here again.
        self.wire.on_slow = lambda: None
        self.close(4005, "Slow consumer.", patience=30.0)

    def close(self, code: int, reason: str = "", patience: float = CLOSE_PATIENCE_S) -> None:
        """Send a close frame and wait for the client's; reset when it does not come in `patience` seconds."""
        if self.is_closing:
            return
        self._end(code, reason or "closed by the exchange")
        self.wire.write_close(code, reason)
        asyncio.get_running_loop().call_later(patience, self.wire.reset)

    async def finish(self) -> None:
        """The conversation is over: end TCP, after answering the client's close frame if it was first."""
        if self.is_closing:
            self.wire.finish()
            return
        if self.ws.closed:  # no close frame came, TCP just ended
            self._end(None, "lost")
            return
        self._end(self.ws.close_code, "closed by the client")
        with suppress(asyncio.TimeoutError, OSError):
            await asyncio.wait_for(self.ws.close(code=self.ws.close_code or 1000), CLOSE_PATIENCE_S)

    def drop(self, how: str, code: int | None, reason: str) -> None:
        """End the connection by `rst`, `fin` or `close` (a close frame with `code`)."""
        if self.is_closing:
            return
        if how == "close" and code not in (None, 1006):
            self.close(code or 1000, reason)
            return
        self._end(None, f"dropped by {how}")
        if how == "rst":
            self.wire.reset()
        else:
            self.wire.half_close()
            asyncio.get_running_loop().call_later(CLOSE_PATIENCE_S, self.wire.reset)

    def _end(self, code: int | None, by: str) -> None:
        self.is_closing = True
        self.subscriptions.drop_all()
        self.server.journal.update(self.record, open=False, closed_code=code, closed_by=by)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return message if isinstance(message, dict) else None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= ID_LENGTH and value.isascii() and value.isalnum()


def _masked(text: str, message: dict[str, Any] | None) -> str:
    if message is None or message.get("op") != "login" or not isinstance(message.get("args"), list):
        return text
    hidden = {"sign": "***", "passphrase": "***"}
    args = [arg | hidden if isinstance(arg, dict) else arg for arg in message["args"]]
    return orjson.dumps({**message, "args": args}).decode()
