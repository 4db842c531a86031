"""What both of Bybit's protocols have in common: requests with an `op`, topics that are plain texts, logins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import orjson

from okx_sync.paper.bybit.auth import BybitAuthError, check_auth
from okx_sync.paper.bybit.identifiers import LINEAR, find_instrument
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.server.ws_session import WsSession, parse_object

Message = dict[str, Any]
#: What the last part of a topic may be, for channels that do not name a symbol.
POOLS = ("USDT", "USDC", "inverse")


class FoundTopic(NamedTuple):
    """A topic understood: its channel, and the symbol or pool at its end."""

    channel: ChannelSpec
    target: str


class BybitWsSession(WsSession):
    """One connection. `channels` are those of the path, by topic without its symbol."""

    wire_name = "bybit"
    connects = (500, 300.0)
    channels: ClassVar[Mapping[str, ChannelSpec]] = {}
    perp: ClassVar[bool] = False
    category: ClassVar[str] = LINEAR

    # --- in

    def hear(self, text: str) -> None:
        """Take a request with an `op`."""
        message = parse_object(text)
        self.heard(_masked(text, message))
        op = None if message is None else message.get("op")
        handler = self.ops().get(op) if isinstance(op, str) else None
        if message is None or handler is None:
            self.deny(message or {}, "error:invalid op")
            return
        counted = {"auth": "logins", "subscribe": "subscribes", "unsubscribe": "unsubscribes"}.get(str(op))
        if counted is not None:
            self.server.journal.count(self.record, counted)
            if self.server.drop_if("login" if op == "auth" else str(op), self):
                return
        handler(message)

    def ops(self) -> dict[str, Callable[[Message], None]]:
        """Return the operations of this socket."""
        return {"ping": self.ping, "subscribe": self.subscribe, "unsubscribe": self.unsubscribe, "auth": self.auth}

    def ping(self, message: Message) -> None:
        """Answer the heartbeat."""
        self.pinged(orjson.dumps(self.pong_to(message)))

    def auth(self, message: Message) -> None:
        """Log in; a failed login ends the connection."""
        rule = self.server.rules.take("refuse_login", path=self.path)
        try:
            if rule is not None:
                raise BybitAuthError(rule.options["code"] or "10003")
            if self.key is not None and self.again(message):
                return
            key = check_auth(message.get("args"), self.server.venue.keys, self.server.clock.now_ms())
        except BybitAuthError as problem:
            self.reply("login", self.refused(message, problem), then=lambda: self.close(1000, "auth failed"))
            return
        self.opened(key)
        self.reply("login", self.admitted(message))

    # --- what a protocol says in its own words

    def pong_to(self, message: Message) -> Message:
        """Answer a ping."""
        raise NotImplementedError

    def admitted(self, message: Message) -> Message:
        """Answer a right login."""
        raise NotImplementedError

    def refused(self, message: Message, problem: BybitAuthError) -> Message:
        """Answer a wrong login."""
        raise NotImplementedError

    def again(self, message: Message) -> bool:  # noqa: ARG002 - for those who mind
        """Tell whether a login after the first was answered here; else it counts like the first."""
        return False

    def deny(self, message: Message, text: str) -> None:
        """Refuse a request as a whole."""
        raise NotImplementedError

    def subscribe(self, message: Message) -> None:
        """Start topics."""
        raise NotImplementedError

    def unsubscribe(self, message: Message) -> None:
        """End topics."""
        raise NotImplementedError

    def broken(self) -> None:
        """Send the words for internal errors."""
        self.deny({}, "error:internal error")

    # --- topics

    def look_up(self, topic: str) -> FoundTopic | None:
        """Look up the channel of a topic, when there is such a topic here."""
        exact = self.channels.get(topic)
        if exact is not None and not exact.required:
            return FoundTopic(exact, "")
        name, _, target = topic.rpartition(".")
        channel = self.channels.get(name)
        if channel is None or not channel.required:
            return None
        if "pool" in channel.required:
            return FoundTopic(channel, target) if target in POOLS else None
        found = FoundTopic(channel, target)
        return found if self.server.player is not None or self.target_of(found) else None

    def channel_of(self, topic: str) -> str:
        """Return the topic without its symbol."""
        return topic if topic in self.channels else topic.rpartition(".")[0] or topic

    def facts(self, topic: str) -> dict[str, str]:
        """Return what faults may choose a topic by; `instId` is the symbol."""
        return {"channel": self.channel_of(topic), "path": self.path, "instId": topic.rpartition(".")[2]}

    def spoiled(self, topic: str) -> str | None:
        """Return the words with which a fault refuses a topic."""
        rule = self.server.rules.take("refuse_subscribe", **self.facts(topic))
        if rule is None:
            return None
        return rule.options["code"] or f"error:handler not found,topic:{topic}"

    def is_ignored(self, topics: Sequence[str]) -> bool:
        """Tell whether a fault leaves a request unanswered."""
        rules = [self.server.rules.take("no_ack", **self.facts(topic)) for topic in topics]
        return any(rule is not None for rule in rules)

    def begin(self, topic: str, found: FoundTopic) -> None:
        """Start a topic: it is on record, and its first push is on the way, when this returns."""
        arg = {"topic": topic, "target": found.target}
        if named := self.target_of(found):
            arg["instId"] = named
        subscription = TopicSubscription(self, topic, found.channel, arg, {"topic": topic})
        self.topics.put(subscription)
        self.server.hub.add(subscription)

    def target_of(self, found: FoundTopic) -> str:
        """Return what the venue calls the instrument of a topic; empty when it has none."""
        venue = self.server.venue
        instrument = find_instrument(venue, found.target, perp=self.perp, category=self.category)
        return "" if instrument is None else instrument.instId

    def acked(self, topics: Sequence[str]) -> None:
        """Note that an ack was sent: here `drop_on("ack")` strikes."""
        for topic in topics:
            if self.server.drop_if("ack", self, channel=self.channel_of(topic)):
                return

    def asked(self, message: Message) -> list[str]:
        """Return the topics of a request, noted as asked for; empty when it is no list of texts."""
        args = message.get("args")
        if not isinstance(args, list) or not all(isinstance(topic, str) for topic in args):
            return []
        if message["op"] == "subscribe":
            for topic in args:
                self.server.journal.asked(self.record, topic)
        return args


def _masked(text: str, message: Message | None) -> str:
    if message is None or message.get("op") != "auth" or not isinstance(message.get("args"), list):
        return text
    args = message["args"]
    return orjson.dumps({**message, "args": [*args[:2], *["***"] * len(args[2:])]}).decode()
