"""Bybit V5's order entry socket (`/v5/trade`): create, amend, cancel, and batches of these.

Follows Bybit V5 "WebSocket Trade / Guideline": one object per request, a fresh `reqId`, a header with the client's
time. An answer says that the order was accepted; the `order` topic reports what became of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from okx_sync.paper.bybit.auth import BybitAuthError
from okx_sync.paper.bybit.order_args import CATEGORIES
from okx_sync.paper.bybit.trading import BybitOrderRequests
from okx_sync.paper.bybit.v5_ws_session import BybitV5Session
from okx_sync.paper.bybit.ws_session import Message
from okx_sync.paper.server.limits import Window
from okx_sync.paper.venue.number_text import number

BAD_PARAMS, BAD_TIME, NOT_ALLOWED, NO_OP, INTERNAL, RESTARTING = 10001, 10002, 10005, 10404, 10016, 10019
TOO_FREQUENT, REPEATED_LOGIN, REPEATED_ID, TOO_MANY = 20003, 20001, 20006, 10403
RECV_WINDOW_MS, AHEAD_MS = 5000, 1000
ID_LENGTH, IDS_KEPT = 36, 10_000
PER_SECOND, SHOWN_LIMIT = 3000, 20
_RESTART = "ws trade service is restarting, do not accept new request, please create new connection."
BATCH = {"linear": 20, "inverse": 20, "option": 20, "spot": 10}

Args = Mapping[str, Any]
OPS = tuple(f"order.{word}{batch}" for word in ("create", "amend", "cancel") for batch in ("", "-batch"))


class BybitRefusal(Exception):  # noqa: N818 - a verdict, not a failure of ours
    """A request refused as a whole."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class BybitV5OrderSession(BybitV5Session):
    """`/v5/trade`."""

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self._ids: deque[str] = deque(maxlen=IDS_KEPT)
        self._window = Window(PER_SECOND, 1.0)
        self._is_restarting = False

    def ops(self) -> dict[str, Callable[[Message], None]]:
        """Return the operations: orders instead of topics."""
        return {"ping": self.ping, "auth": self.auth, **dict.fromkeys(OPS, self.operate)}

    # --- shapes

    def _shape(self, message: Message, code: int, text: str) -> Message:
        given = {} if message.get("reqId") is None else {"reqId": message["reqId"]}
        return {**given, "retCode": code, "retMsg": text, "op": message.get("op", ""), "connId": self.record.connId}

    def pong_to(self, message: Message) -> Message:
        """Answer a ping, with the exchange's time."""
        now = str(self.server.clock.now_ms())
        return {**self._shape(message, 0, "OK"), "op": "pong", "data": [now]}

    def admitted(self, message: Message) -> Message:
        """Answer a right login."""
        return self._shape(message, 0, "OK")

    def refused(self, message: Message, problem: BybitAuthError) -> Message:
        """Answer a wrong login."""
        return self._shape(message, problem.code, problem.text)

    def again(self, message: Message) -> bool:
        """Refuse a second login; the first stays."""
        self.reply("login", self._shape(message, REPEATED_LOGIN, "Repeat auth"))
        return True

    def deny(self, message: Message, text: str) -> None:
        """Refuse what is no operation of this socket, or failed through a fault of the exchange."""
        code = INTERNAL if "internal" in text else NO_OP
        self.reply("ack", self._shape(message, code, "op type is not found" if code == NO_OP else text))

    def announce(self) -> None:
        """Accept nothing new from here on; what was accepted is still answered."""
        self._is_restarting = True
        self.reply("ack", self._shape({}, RESTARTING, _RESTART))

    # --- operations

    def operate(self, message: Message) -> None:
        """Do one order operation and answer it, or spoil the answer as the armed faults say."""
        op = str(message["op"])
        if self.server.rules.take("lose_request", path=op) is not None:
            return
        self.server.journal.count(self.record, "orders")
        try:
            self._check(message)
            data, ext = self._execute(op, message)
        except BybitRefusal as no:
            shape = self._shape(message, no.code, no.text)
            self.answer(op, {**shape, "data": {}, "retExtInfo": {}, "header": self._header()})
            return
        code, text = (0, "OK") if "list" in data else (ext.pop("code"), ext.pop("msg"))
        self.answer(op, {**self._shape(message, code, text), "data": data, "retExtInfo": ext, "header": self._header()})

    def _header(self) -> Message:
        now = self.server.clock.now_ms()
        return {
            "Traceid": uuid4().hex,
            "Timenow": str(now),
            "X-Bapi-Limit": str(SHOWN_LIMIT),
            "X-Bapi-Limit-Status": str(SHOWN_LIMIT - 1),
            "X-Bapi-Limit-Reset-Timestamp": str(now),
        }

    def _check(self, message: Message) -> None:
        """Check who asks, how often, under which id, and when."""
        if self._is_restarting:
            raise BybitRefusal(RESTARTING, _RESTART)
        if self.key is None:
            raise BybitRefusal(NOT_ALLOWED, "Request not authorized")
        if self.key.read_only:
            raise BybitRefusal(NOT_ALLOWED, "Permission denied, please check your API key permissions.")
        bucket, now = ("bybit", "trade address"), self.server.clock.monotonic()
        if not self.server.limits.take(bucket, PER_SECOND, 1.0, now):
            raise BybitRefusal(TOO_MANY, "Exceeds the rate limit of the address")
        if self.server.limits.enabled and not self._window.take(now):
            raise BybitRefusal(TOO_FREQUENT, "Too frequent requests under the same session")
        request_id = message.get("reqId")
        if request_id is not None:
            if not isinstance(request_id, str) or len(request_id) > ID_LENGTH:
                raise BybitRefusal(BAD_PARAMS, "reqId is illegal")
            if request_id in self._ids:
                raise BybitRefusal(REPEATED_ID, "reqId is duplicated")
            self._ids.append(request_id)
        self._check_time(message.get("header"))

    def _check_time(self, header: Any) -> None:
        given = header if isinstance(header, dict) else {}
        at, window = number(given.get("X-BAPI-TIMESTAMP")), number(given.get("X-BAPI-RECV-WINDOW", RECV_WINDOW_MS))
        if at is None or window is None:
            raise BybitRefusal(BAD_PARAMS, "The header must have a valid X-BAPI-TIMESTAMP")
        now = self.server.clock.now_ms()
        if not now - window <= at < now + AHEAD_MS:
            facts = f"req_timestamp[{at}],server_timestamp[{now}],recv_window[{window}]"
            raise BybitRefusal(BAD_TIME, f"invalid request, please check your timestamp and recv_window param. {facts}")

    def _execute(self, op: str, message: Message) -> tuple[Message, Message]:
        """Return `data` and `retExtInfo`; of a single order the latter has its verdict."""
        args = message.get("args")
        if not isinstance(args, list) or len(args) != 1 or not isinstance(args[0], dict):
            raise BybitRefusal(BAD_PARAMS, "args must have exactly one object")
        word, _, batch = op.removeprefix("order.").partition("-")
        category = args[0].get("category")
        if category not in CATEGORIES:
            raise BybitRefusal(NO_OP, "category is not correct or not supported")
        orders = args[0].get("request") if batch else args
        if not isinstance(orders, list) or not orders or not all(isinstance(one, dict) for one in orders):
            raise BybitRefusal(BAD_PARAMS, "request must be a list of orders")
        if batch and len(orders) > BATCH[category]:
            raise BybitRefusal(BAD_PARAMS, f"The number of orders exceeds {BATCH[category]}")
        spoiled = self._spoiled(op)
        done = [spoiled or self._one(word, category, one, is_batch=bool(batch)) for one in orders]
        if not batch:
            ids, code, text = done[0]
            return ids, {"code": code, "msg": text}
        return self._batch(word, category, orders, done)

    def _spoiled(self, op: str) -> tuple[Message, int, str] | None:
        rule = self.server.rules.take("refuse_op", op=op)
        if rule is None:
            return None
        code, text = int(rule.options["code"]), rule.options["msg"]
        if rule.options["how"] != "rows":
            raise BybitRefusal(code, text)
        return {}, code, text

    def _one(self, word: str, category: str, order: Args, *, is_batch: bool) -> tuple[Message, int, str]:
        """Return the ids of one order, its code and its text."""
        assert self.key is not None
        trading = BybitOrderRequests(self.server.venue, self.key.account, self.server.client_ids, "ws")
        return (trading.do_one_of_many if is_batch else trading.do)(word, category, order)

    def _batch(
        self, word: str, category: str, orders: Sequence[Args], done: Sequence[tuple[Message, int, str]]
    ) -> tuple[Message, Message]:
        now = str(self.server.clock.now_ms())
        rows = []
        for order, (ids, _, _) in zip(orders, done, strict=True):
            told = ids or {"orderId": "", "orderLinkId": str(order.get("orderLinkId", ""))}
            created = {"createAt": now if ids else ""} if word == "create" else {}
            rows.append({"category": category, "symbol": str(order.get("symbol", "")), **told, **created})
        return {"list": rows}, {"list": [{"code": code, "msg": text} for _, code, text in done]}
