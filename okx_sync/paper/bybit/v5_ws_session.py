"""Bybit V5's public and private sockets: heartbeat, login, topics.

Follows Bybit V5 "WebSocket / Connect". An ack names no topics, and one bad topic refuses the whole request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

import orjson

from okx_sync.paper.bybit.auth import EXPIRED, PARAMS, BybitAuthError
from okx_sync.paper.bybit.channels import V5_EARN, V5_PRIVATE, V5_PUBLIC, V5_RFQ, V5_SPOT, V5_SPREAD, V5_STATUS
from okx_sync.paper.bybit.feeds.table import FEEDS
from okx_sync.paper.bybit.identifiers import SPOT, find_spread
from okx_sync.paper.bybit.ws_session import BybitWsSession, FoundTopic, Message
from okx_sync.paper.server.interface import TopicSubscription

ARGS_LENGTH = 21_000
SPOT_ARGS = 10
IDLE_S = 600.0
_ACTIVE_S = (30, 600)


class BybitV5Session(BybitWsSession):
    """What public and private sockets share. `ack_text` is the `ret_msg` of a good answer."""

    feeds = FEEDS
    ack_text = ""

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self.idle_s = _active_s(self.query)

    def answer_to(self, message: Message, *, success: bool, text: str) -> Message:
        """Return the shape of every answer but pongs."""
        answer: Message = {"success": success, "ret_msg": text, "conn_id": self.record.connId}
        if message.get("req_id") is not None:
            answer["req_id"] = message["req_id"]
        return {**answer, "op": message.get("op", "")}

    def deny(self, message: Message, text: str) -> None:
        """Refuse a request whole: nothing of it was done."""
        self.reply("ack", self.answer_to(message, success=False, text=text))

    def admitted(self, message: Message) -> Message:
        """Answer a right login."""
        return self.answer_to(message, success=True, text="")

    def refused(self, message: Message, problem: BybitAuthError) -> Message:
        """Answer a wrong login: `ret_msg` alone for wrong parameters, else `retCode` and the other spelling."""
        if problem.reason in (PARAMS, EXPIRED):
            return self.answer_to(message, success=False, text=problem.text)
        facts = {"retCode": problem.code, "retMsg": problem.text, "connId": self.record.connId}
        return {"op": "auth", "success": False, **facts}

    # --- topics

    def subscribe(self, message: Message) -> None:
        """Start all topics, or none of them."""
        topics = self.asked(message)
        found = {topic: self.look_up(topic) for topic in topics}
        problem = self.problem_of(topics, found)
        if problem is not None:
            self.deny(message, problem)
            return
        if self.is_ignored(topics):
            return
        # As on the real exchange, the first data comes before the ack.
        for topic, one in found.items():
            if one is not None and not self.is_closing:
                self.begin(topic, one)
        self.reply("ack", self.answer_to(message, success=True, text=self.ack_text))
        self.acked(topics)

    def problem_of(self, topics: Sequence[str], found: Mapping[str, FoundTopic | None]) -> str | None:
        """Say why a request is refused as a whole."""
        if not topics:
            return "error:invalid args"
        for topic in topics:
            if found[topic] is None:
                return f"error:handler not found,topic:{topic}"
            if topic in self.topics.active or topics.count(topic) > 1:
                return f"error:already subscribed,topic:{topic}"
            spoiled = self.spoiled(topic)
            if spoiled is not None:
                return spoiled
        return None

    def unsubscribe(self, message: Message) -> None:
        """End topics; those that were not active do no harm."""
        topics = self.asked(message)
        if not topics:
            self.deny(message, "error:invalid args")
            return
        for topic in topics:
            self.topics.end(topic)
        self.reply("ack", self.answer_to(message, success=True, text=""))


class BybitV5PublicSession(BybitV5Session):
    """`/v5/public/linear`."""

    channels = V5_PUBLIC
    wrong_types: ClassVar[Mapping[str, Any]] = {
        "topic": "tickers.BTCUSDT",
        "type": "snapshot",
        "ts": "yesterday",
        "data": {"symbol": 7, "lastPrice": {"px": []}, "bid1Price": True},
    }
    ack_text = "subscribe"

    def ops(self) -> dict[str, Any]:
        """Return the operations: there is no login here."""
        return {op: act for op, act in super().ops().items() if op != "auth"}

    def pong_to(self, message: Message) -> Message:
        """Answer a ping, with the `op` "ping"."""
        return self.answer_to(message, success=True, text="pong")

    def problem_of(self, topics: Sequence[str], found: Mapping[str, FoundTopic | None]) -> str | None:
        """Say why a request is refused: the topics of one connection may only be so long, too."""
        length = sum(len(topic) for topic in (*topics, *self.topics.active))
        if length > (self.server.options.socket.args_length or ARGS_LENGTH):
            return "error:args length exceeds limit"
        return super().problem_of(topics, found)

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write `type`, unless the channel has none, and `ts` before the data, the rest of the envelope behind it."""
        options, rest = subscription.channel.options, dict(envelope)
        message: Message = {"topic": subscription.topic}
        kind = rest.pop("type", "snapshot")
        if options.get("typed", True):
            message["type"] = kind
        message["ts"] = rest.pop("ts", self.server.clock.now_ms())
        message["data"] = rows[0] if options.get("single") else list(rows)
        return orjson.dumps(message | rest)


class BybitV5SpotSession(BybitV5PublicSession):
    """`/v5/public/spot`: a request names ten topics at most."""

    channels = V5_SPOT
    category = SPOT

    def problem_of(self, topics: Sequence[str], found: Mapping[str, FoundTopic | None]) -> str | None:
        """Say why a request is refused."""
        if len(topics) > SPOT_ARGS:
            return f"error:args size >{SPOT_ARGS}"
        return super().problem_of(topics, found)


class BybitV5SpreadSession(BybitV5PublicSession):
    """`/v5/public/spread`: acks list topics and name no request, pongs have an `op` of their own."""

    channels = V5_SPREAD

    def look_up(self, topic: str) -> FoundTopic | None:
        """Look up a topic by its spread."""
        name, _, symbol = topic.rpartition(".")
        channel = self.channels.get(name)
        known = channel is not None and find_spread(self.server.venue, symbol) is not None
        return FoundTopic(channel, symbol) if channel is not None and known else None

    def target_of(self, found: FoundTopic) -> str:
        """Return the spread."""
        market = find_spread(self.server.venue, found.target)
        return "" if market is None else market.sprdId

    def answer_to(self, message: Message, *, success: bool, text: str) -> Message:
        """Return the topics that were agreed to, and those that were not."""
        if message.get("op") not in ("subscribe", "unsubscribe"):
            return super().answer_to(message, success=success, text=text)
        topics = [one for one in message.get("args", ()) if isinstance(one, str)]
        lists = {"failTopics": [] if success else topics, "successTopics": topics if success else []}
        return {"success": success, "conn_id": self.record.connId, "data": lists, "type": "COMMAND_RESP"}

    def pong_to(self, message: Message) -> Message:  # noqa: ARG002
        """Answer a ping."""
        return {"op": "pong", "args": [str(self.server.clock.now_ms())]}


class BybitV5StatusSession(BybitV5PublicSession):
    """`/v5/public/misc/status`, and what is like it: addresses of their own for what is of no market."""

    channels = V5_STATUS

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write topic and data, and a time where the channel has one."""
        beside = subscription.channel.options["beside"]
        time = {beside: self.server.clock.now_ms()} if beside else {}
        return orjson.dumps({"topic": subscription.topic, **time, **envelope, "data": list(rows)})


class BybitV5RfqSession(BybitV5StatusSession):
    """`/v5/public/rfq`."""

    channels = V5_RFQ


class BybitV5EarnSession(BybitV5StatusSession):
    """`/v5/public/fp`."""

    channels = V5_EARN


class BybitV5PrivateSession(BybitV5Session):
    """`/v5/private`."""

    channels = V5_PRIVATE
    wrong_types: ClassVar[Mapping[str, Any]] = {
        "topic": "order",
        "creationTime": "yesterday",
        "data": [{"orderId": 7, "price": {"px": []}}, 5],
    }

    def pong_to(self, message: Message) -> Message:
        """Answer a ping, with the exchange's time."""
        given = {} if message.get("req_id") is None else {"req_id": message["req_id"]}
        now = str(self.server.clock.now_ms())
        return {**given, "op": "pong", "args": [now], "conn_id": self.record.connId}

    def problem_of(self, topics: Sequence[str], found: Mapping[str, FoundTopic | None]) -> str | None:
        """Say why a request is refused: before a login, or when it mixes plain and categorised names."""
        if self.key is None:
            return "Request not authorized"
        problem = super().problem_of(topics, found)
        if problem is not None:
            return problem
        every = [one.channel.options for one in found.values() if one is not None]
        chosen = {options["category"] for options in every if "category" in options}
        return "Params Error" if "" in chosen and len(chosen) > 1 else None

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write an `id`, where the channel has one, and the time of its making."""
        now = envelope.get("creationTime", self.server.clock.now_ms())
        message = {"topic": subscription.topic, "creationTime": now, "data": list(rows)}
        if subscription.channel.options.get("named", True):
            message = {"id": f"{subscription.account.uid}{uuid4()}", **message}
        return orjson.dumps(message)


def _active_s(query: Mapping[str, str]) -> float:
    """Return the idle time that `max_active_time` asks for (`30s` to `600s`)."""
    given = query.get("max_active_time", "").removesuffix("s")
    if not given.isdigit():
        return IDLE_S
    return float(min(max(int(given), _ACTIVE_S[0]), _ACTIVE_S[1]))
