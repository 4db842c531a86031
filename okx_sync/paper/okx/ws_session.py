"""OKX's WebSocket conversation: ping, login, subscribe, unsubscribe, order operations.

Follows OKX V5 "WebSocket / Connect, Login, Subscribe, Unsubscribe, Notification".
"""

from __future__ import annotations

from typing import Any

import orjson

from okx_sync.paper.feeds.table import FEEDS
from okx_sync.paper.okx import order_entry
from okx_sync.paper.okx.codes import error_event, message_for
from okx_sync.paper.okx.session_base import OkxSessionBase
from okx_sync.paper.okx.topics import OkxTopics
from okx_sync.paper.server.auth import AuthError, check_login
from okx_sync.paper.server.channel_spec import PATHS
from okx_sync.paper.server.limits import ARGS_BYTES, CONTROL_PER_HOUR, Window
from okx_sync.paper.server.ws_session import WsPath, masked, parse_object

ID_LENGTH = 32


class OkxWsSession(OkxSessionBase):
    """OKX V5, on any of its three paths."""

    feeds = FEEDS
    topics: OkxTopics

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self.topics = OkxTopics(self)
        self._control = Window(self.server.options.socket.requests_per_hour or CONTROL_PER_HOUR, 3600.0)

    # --- in

    def hear(self, text: str) -> None:
        """Take a ping, or a request with an `op`."""
        if text == "ping":
            self.heard(text)
            self.pinged(b"pong")
            return
        message = parse_object(text)
        self.heard(masked(text, message))
        if message is None or not isinstance(message.get("op"), str):
            self.refuse("60012", None, request=text)
            return
        request_id = message.get("id")
        if request_id is not None and not _is_id(request_id):
            self.refuse("60033", None, name="id")
            return
        self._operate(message["op"], message, request_id, text)

    def _operate(self, op: str, message: dict[str, Any], request_id: str | None, text: str) -> None:
        if op in order_entry.OPS:
            self.server.journal.count(self.record, "orders")
            order_entry.operate(self, op, message, request_id)
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
            self.topics.ask(op, args, request_id)

    def _login(self, args: Any) -> None:
        rule = self.server.rules.take("refuse_login", path=self.path)
        try:
            if rule is not None:
                code = rule.options["code"] or "60009"
                raise AuthError(code, message_for(code))
            if self.key is not None:
                self.refuse("60031", None)
                return
            key = check_login(args, self.server.venue.keys, self.server.clock.now())
        except AuthError as problem:
            event = error_event(problem.code, problem.message, self.record.connId)
            self.reply("login", event, then=lambda: self.close(4001, "login failed"))
            return
        self.opened(key)
        self.reply("login", {"event": "login", "code": "0", "msg": "", "connId": self.record.connId})


WS_PATHS = {f"/ws/v5/{path}": WsPath(path, OkxWsSession) for path in PATHS}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= ID_LENGTH and value.isascii() and value.isalnum()
