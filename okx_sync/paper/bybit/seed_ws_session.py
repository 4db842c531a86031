"""Bybit's USDC perpetual protocol, public and private, as it was before V5.

Follows the legacy "USDC Perpetual / WebSocket" page. A connection that does not ping for 30 s is dropped; the public
socket answers for a request as a whole, the private one names the topics that went well and those that did not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

import orjson

from okx_sync.paper.bybit.auth import EXPIRED, BybitAuthError
from okx_sync.paper.bybit.channels import SEED_PRIVATE, SEED_PUBLIC
from okx_sync.paper.bybit.feeds.table import SEED_FEEDS
from okx_sync.paper.bybit.ws_session import BybitWsSession, FoundTopic, Message
from okx_sync.paper.server.interface import TopicSubscription

PING_WITHIN_S = 30.0


class BybitSeedSession(BybitWsSession):
    """What its public and private sockets share."""

    wire_name = "bybit-seed"
    feeds = SEED_FEEDS
    perp: ClassVar[bool] = True
    idle_s = None

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self._pinged_at = self.server.clock.monotonic()

    def ping(self, message: Message) -> None:
        """Answer the heartbeat, which alone keeps a connection."""
        self._pinged_at = self.server.clock.monotonic()
        super().ping(message)

    def pong_to(self, message: Message) -> Message:
        """Send back what was sent."""
        return {"op": "pong", "args": message.get("args", [str(self.server.clock.now_ms())])}

    def check_idle(self, now: float) -> None:
        """Close when no ping came for too long, whatever else did."""
        if not self.is_closing and now - self._pinged_at > PING_WITHIN_S:
            self.close(1000, f"No ping received in {PING_WITHIN_S:g}s.")

    def request_answer(self, message: Message, *, success: bool, text: str) -> Message:
        """Return the shape that repeats the request, without its secrets."""
        request = {name: message[name] for name in ("op", "args") if name in message}
        if request.get("op") == "auth":
            request["args"] = ["***"]
        return {"success": success, "ret_msg": text, "conn_id": self.record.connId, "request": request}

    def deny(self, message: Message, text: str) -> None:
        """Refuse a request whole: nothing of it was done."""
        self.reply("ack", self.request_answer(message, success=False, text=text))

    def problem_of(self, topic: str, found: FoundTopic | None) -> str | None:
        """Say why a topic is refused."""
        if found is None:
            return f"error:handler not found,topic:{topic}"
        if topic in self.topics.active:
            return f"error:already subscribed,topic:{topic}"
        return self.spoiled(topic)


class BybitSeedPublicSession(BybitSeedSession):
    """`/perpetual/ws/v1/realtime_public`."""

    channels = SEED_PUBLIC
    wrong_types: ClassVar[Mapping[str, Any]] = {
        "topic": "trade.BTCPERP",
        "data": [{"symbol": 7, "price": {"px": []}, "tradeTimeMs": "now"}, 5],
    }

    def ops(self) -> dict[str, Callable[[Message], None]]:
        """Return the operations: there is no login here."""
        return {op: act for op, act in super().ops().items() if op != "auth"}

    def subscribe(self, message: Message) -> None:
        """Start all topics, or none of them."""
        topics = self.asked(message)
        found = {topic: self.look_up(topic) for topic in topics}
        problems = [problem for topic in topics if (problem := self.problem_of(topic, found[topic]))]
        if problems or not topics:
            self.deny(message, problems[0] if problems else "error:invalid args")
            return
        if self.is_ignored(topics):
            return
        # The first data of a topic comes before the ack, as it did.
        for topic, one in found.items():
            if one is not None and not self.is_closing:
                self.begin(topic, one)
        self.reply("ack", self.request_answer(message, success=True, text=""))
        self.acked(topics)

    def unsubscribe(self, message: Message) -> None:
        """End topics."""
        for topic in self.asked(message):
            self.topics.end(topic)
        self.reply("ack", self.request_answer(message, success=True, text=""))

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write `type`, where there is one, before the data, the rest of the envelope behind it."""
        rest = dict(envelope)
        message: Message = {"topic": subscription.topic}
        if "type" in rest:
            message["type"] = rest.pop("type")
        message["data"] = rows[0] if subscription.channel.options.get("single") else list(rows)
        return orjson.dumps(message | rest)


class BybitSeedPrivateSession(BybitSeedSession):
    """`/trade/option/usdc/private/v1`."""

    channels = SEED_PRIVATE
    wrong_types: ClassVar[Mapping[str, Any]] = {
        "topic": "user.openapi.perp.order",
        "creationTime": "yesterday",
        "data": {"result": [{"qty": {"px": []}}, 5], "version": "first"},
    }

    def ops(self) -> dict[str, Callable[[Message], None]]:
        """Return the operations: everything can be ended at once, too."""
        return {**super().ops(), "unSubAll": self.unsubscribe_all}

    def admitted(self, message: Message) -> Message:  # noqa: ARG002 - the answer repeats nothing
        """Answer a right login."""
        return {"success": True, "ret_msg": "", "type": "AUTH_RESP", "conn_id": self.record.connId}

    def refused(self, message: Message, problem: BybitAuthError) -> Message:  # noqa: ARG002
        """Answer a wrong login; one code for everything but an expiry in the past."""
        text = "error:request expired" if problem.reason == EXPIRED else "3303006"
        return {"success": False, "ret_msg": text, "type": "AUTH_RESP", "conn_id": self.record.connId}

    def _command(self, message: Message, done: Sequence[str], failed: Sequence[str]) -> None:
        answer: Message = {"id": message.get("id", ""), "success": bool(done) or not failed}
        if not answer["success"]:
            answer["ret_msg"] = "error:topics failed"
        answer |= {"conn_id": self.record.connId, "data": {"successTopics": list(done), "failTopics": list(failed)}}
        self.reply("ack", {**answer, "type": "COMMAND_RESP"})

    def subscribe(self, message: Message) -> None:
        """Start the topics that can be."""
        topics = self.asked(message)
        if not topics:
            self.deny(message, "error:invalid args")
            return
        if self.key is None:
            self.deny(message, f"error:topic:{topics[0]} needs auth first")
            return
        found = {topic: self.look_up(topic) for topic in topics}
        good = {topic: one for topic, one in found.items() if one and self.problem_of(topic, one) is None}
        if self.is_ignored(topics):
            return
        self._command(message, tuple(good), [topic for topic in topics if topic not in good])
        self.acked(tuple(good))
        for topic, one in good.items():
            if not self.is_closing:
                self.begin(topic, one)

    def unsubscribe(self, message: Message) -> None:
        """End topics."""
        topics = self.asked(message)
        done = [topic for topic in topics if self.topics.end(topic)]
        self._command(message, done, [topic for topic in topics if topic not in done])

    def unsubscribe_all(self, message: Message) -> None:
        """End every topic of the connection."""
        done = tuple(self.topics.active)
        self.topics.drop_all()
        self._command(message, done, ())

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write an object with the rows and their version, or the one row itself."""
        data: Any = {"result": list(rows), "version": 1, "baseLine": 1, **envelope}
        if subscription.channel.options.get("single"):
            data = rows[0]
        now = self.server.clock.now_ms()
        return orjson.dumps({"id": str(uuid4()), "topic": subscription.topic, "creationTime": now, "data": data})
