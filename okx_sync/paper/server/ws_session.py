"""What every exchange's wire has in common at the server's end: one socket's life, its topics, faults and pushes.

A wire (OKX, Bitget, Bybit) is a subclass of `WsSession`: it says what frames mean, how pushes look and which feeds
make them, and it lists under which URL paths it is spoken (`WsPath`).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, NamedTuple

import orjson
from aiohttp import web

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.frame_writer import FrameWriter, Lane
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.server.journal import Connection
from okx_sync.paper.venue.records import ApiKey

CLOSE_PATIENCE_S = 1.0


class SessionTopics:
    """The active topics of one connection, by topic name; the wire's own class answers what is asked."""

    def __init__(self, session: WsSession) -> None:
        self._session = session
        self._server = session.server
        self.active: dict[str, TopicSubscription] = {}

    def put(self, subscription: TopicSubscription) -> None:
        """Record a topic as active, in the place of an earlier one; pushes begin with `Hub.add`."""
        old = self.active.pop(subscription.topic, None)
        if old is not None:
            self._server.hub.remove(old)
        self.active[subscription.topic] = subscription
        self._noted()

    def end(self, topic: str) -> bool:
        """End a topic, without a word to the client; whether it was active."""
        subscription = self.active.pop(topic, None)
        if subscription is None:
            return False
        self._server.hub.remove(subscription)
        self._noted()
        return True

    def drop_all(self) -> None:
        """Drop all topics: the connection ended."""
        for subscription in self.active.values():
            self._server.hub.remove(subscription)
        self.active.clear()
        self._noted()

    def _noted(self) -> None:
        self._server.journal.update(self._session.record, topics=tuple(self.active))


class WsSession:
    """The server's end of one WebSocket connection; lives on the loop thread.

    `wire_name` keeps the topics of different wires apart; `feeds`: the makers of pushes, by the name that channels
    use; `idle_s`: paper seconds without traffic before the connection is closed; `connects`: how many connections
    in how many seconds, when limits are on; `wrong_types`: a push of the wire whose fields make no sense (None: OKX's).
    """

    wire_name: ClassVar[str]
    feeds: ClassVar[Mapping[str, Callable[..., Feed]]]
    connects: ClassVar[tuple[int, float]] = (3, 1.0)
    wrong_types: ClassVar[Mapping[str, Any] | None] = None
    idle_s: float | None = 30.0
    topics: SessionTopics

    def __init__(
        self,
        server: ServerInterface,
        ws: web.WebSocketResponse,
        wire: FrameWriter,
        record: Connection,
        query: Mapping[str, str],
    ) -> None:
        self.server = server
        self.ws = ws
        self.wire = wire
        self.record = record
        self.query = query
        self.key: ApiKey | None = None
        self.is_closing = False
        self._traffic_at = server.clock.monotonic()
        self.topics = SessionTopics(self)
        wire.on_slow = self._slow

    @property
    def path(self) -> str:
        """The path's name, as faults and the journal use it."""
        return self.record.path

    # --- what a wire says for itself

    def hear(self, text: str) -> None:
        """Handle one text frame."""
        raise NotImplementedError

    def encode(self, subscription: TopicSubscription, rows: Sequence[Any], envelope: Mapping[str, Any]) -> bytes:
        """Write a push message as JSON."""
        raise NotImplementedError

    def channel_of(self, topic: str) -> str:
        """Return the channel that faults know a topic by."""
        return topic.partition("(")[0]

    def broken(self) -> None:
        """Tell the client that the server itself failed on its frame."""

    @property
    def has_notices(self) -> bool:
        """Whether upgrades are announced on this path."""
        return True

    def announce(self) -> None:
        """Tell the client that this connection will be closed for an upgrade, where the wire has words for it."""

    # --- in

    def received(self, text: str) -> None:
        """Take one text frame; what still arrives after we ended the connection is not read."""
        if not self.is_closing:
            self.touch()
            self.hear(text)

    def heard(self, text: str) -> None:
        """Keep a frame for the journal, with secrets masked already."""
        self.server.journal.frame_in(self.record.id, text)

    def pinged(self, pong: bytes) -> None:
        """Count a ping and answer it, unless a fault forbids."""
        self.server.journal.count(self.record, "pings")
        if self.server.rules.take("no_pong", path=self.path) is None:
            self.wire.send("pong", pong)

    def opened(self, key: ApiKey) -> None:
        """Note that the client logged in."""
        self.key = key
        self.server.journal.update(self.record, logged_in=True, account=key.account.label)

    # --- out

    def reply(self, lane: Lane, message: Mapping[str, Any], then: Callable[[], None] | None = None) -> None:
        """Send a control message or an order reply."""
        if not self.is_closing:
            self.touch()
            self.wire.send(lane, orjson.dumps(message), then=then)

    def answer(self, op: str, message: Mapping[str, Any]) -> None:
        """Reply to an order operation; here the faults of replies strike."""
        if self.server.rules.take("lose_reply", path=op) is not None:
            return
        if (changed := self.server.rules.take("change_reply", op=op)) is not None:
            message = changed.options["change"](message)
        if (fewer := self.server.rules.take("change_rows", path=op)) is not None:
            message = fewer.options["change"](message)
        shuffle = self.server.rules.take("shuffle_replies", path=self.path)
        if shuffle is None:
            self.reply("ack", message)
            return
        held: list[Callable[[], None]] = shuffle.options["held"]
        held.append(lambda: self.reply("ack", message))
        if len(held) == shuffle.options["count"]:
            random.Random(len(held)).shuffle(held)
            for send in held:
                send()

    def push(self, topic: str, payload: bytes) -> None:
        """Send a data frame of a topic; here `lose_push`, `duplicate` and `drop_on("push")` strike."""
        channel = self.channel_of(topic)
        if self.is_closing or self.server.rules.take("lose_push", path=self.path, channel=channel):
            return
        copies = 2 if self.server.rules.take("duplicate", path=self.path, channel=channel) else 1
        self.server.journal.pushed(self.record.id, topic, copies)
        for _ in range(copies):
            self.wire.send("push", payload)
        self.touch()
        self.server.drop_if("push", self, channel=channel)

    def touch(self) -> None:
        """Note that something came or went."""
        self._traffic_at = self.server.clock.monotonic()

    def check_idle(self, now: float) -> None:
        """Close with 4004 when nothing came or went for `idle_s`."""
        if not self.is_closing and self.idle_s is not None and now - self._traffic_at > self.idle_s:
            self.close(4004, f"No data received in {self.idle_s:g}s.")

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
        """End TCP, after answering the client's close frame if it was first."""
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
        self.topics.drop_all()
        self.server.journal.update(self.record, open=False, closed_code=code, closed_by=by)


class WsPath(NamedTuple):
    """A URL path of the server: its name in faults and in the journal, and who speaks there."""

    name: str
    session: type[WsSession]


def parse_object(text: str) -> dict[str, Any] | None:
    """Return a frame as a JSON object, or None."""
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return message if isinstance(message, dict) else None


def masked(text: str, message: Mapping[str, Any] | None) -> str:
    """Return a frame for the journal: without the secrets of a login whose `args` are objects."""
    if message is None or message.get("op") != "login" or not isinstance(message.get("args"), list):
        return text
    hidden = {"sign": "***", "passphrase": "***"}
    args = [arg | hidden if isinstance(arg, dict) else arg for arg in message["args"]]
    return orjson.dumps({**message, "args": args}).decode()
