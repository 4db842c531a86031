"""A small exchange on this machine that does as a test says, and clients of it; for the parts that join the rooms.

It speaks the words of ``EveryEventDialect``, agrees to everything unless told otherwise, and keeps what it was
asked.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Final, Self

import attrs
import orjson

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxError
from okx_sync.exchanges.channel import Channel
from okx_sync.exchanges.channel_table import ChannelTable
from okx_sync.live.stream_client import StreamClient
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Event, Push
from okx_sync.rows import Row, model
from tests.loopback.conftest import FAST, Heard, States, our_threads, until
from tests.transport.link_parts import EveryEventDialect, control
from tests.transport.peer import PATIENCE_S, TEXT, Peer, frame

KEYS: Final = Credentials("venue-key", "venue-secret", "venue-pass")
PATHS: Final = ("public", "private")
_TOPIC: Final = re.compile(r"\w+\([^)]*\)")


class Words(EveryEventDialect):
    """What the venue says: also acks of unsubscribes, and pushes that say that their rows are whole."""

    def _control(self, message: dict[str, Any]) -> Event:
        if message["event"] == "left":
            return Ack("unsubscribe", message["arg"], message["id"])
        return super()._control(message)

    def is_whole(self, push: Push) -> bool:
        return bool(push.message.get("whole"))


@model
class Tick(Row):
    """What every channel of the venue brings."""

    sym: str | None = None
    n: int | None = None
    px: str | None = None
    ts: int | None = None


_ONE: Final[dict[str, Any]] = {"path": "public", "model": Tick, "method": "", "cadence": "", "optional": ("sym",)}
_OURS: Final[dict[str, Any]] = {**_ONE, "path": "private", "login": True, "private": True, "quiet": True}
TABLE: Final = ChannelTable(
    "the venue",
    (
        Channel(name="ticks", key=("sym",), **_ONE),
        Channel(name="trades", **_ONE),
        Channel(name="book", sequenced=True, snapshot=True, **_ONE),
        Channel(name="parts", key=("sym",), partial=True, **_ONE),
        Channel(name="old", gone="old has ended: take ticks", **_ONE),
        Channel(name="orders", key=("n",), **_OURS),
        Channel(name="balances", key=("sym",), snapshot=True, **_OURS),
    ),
)
TICKS, TRADES, BOOK, PARTS, ORDERS, BALANCES = (
    Topic(name) for name in ("ticks", "trades", "book", "parts", "orders", "balances")
)


@attrs.define(eq=False)
class _Line:
    """One connection, and what it has subscribed."""

    peer: Peer
    path: str = ""
    topics: set[str] = attrs.field(factory=set)
    is_over: bool = False
    lock: threading.Lock = attrs.field(factory=threading.Lock)

    def say(self, *messages: bytes) -> None:
        """All in one write, so that the client reads them together."""
        with self.lock, contextlib.suppress(OSError):
            self.peer.send(b"".join(map(frame, messages)))


class Venue:
    """``with Venue() as venue``. Its methods are safe from any thread."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        """Every request but pings: ``"subscribe ticks()"``."""
        self.is_open = True
        """False: whoever connects is hung up on."""
        self.is_mute = False
        """True: no request is answered."""
        self.refused: dict[str, str] = {}
        """Topic as text -> the verdict on it: ``"refuse"``, ``"retry"``."""
        self.login_verdict = ""
        """The verdict on logins; empty: they are right."""
        self._lines: list[_Line] = []
        self._threads: list[threading.Thread] = []
        self._is_over = False
        self._sock = socket.create_server(("127.0.0.1", 0))
        self.host = f"ws://127.0.0.1:{self._sock.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over = True
        socket.create_connection(self._sock.getsockname()).close()  # wakes whoever waits for one
        self.drop()
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        self._sock.close()

    def _begin(self, work: Any, *args: Any) -> None:
        self._threads.append(threading.Thread(target=work, args=args, name="venue", daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        while True:
            sock, _ = self._sock.accept()
            if self._is_over:
                sock.close()
                return
            line = _Line(Peer(sock))
            if self.is_open:
                self._lines.append(line)
                self._begin(self._talk, line)
            else:
                line.peer.reset()

    def _talk(self, line: _Line) -> None:
        with contextlib.suppress(OSError):
            line.peer.shake_hands()
            line.peer.sock.settimeout(None)  # a client that is silent is not hung up on
            line.path = line.peer.request.split()[1].decode().strip("/")
            for opcode, payload in line.peer.frames():
                if opcode == TEXT:
                    self._hear(line, payload.decode())
        line.topics.clear()
        line.is_over = True
        line.peer.close()

    def _hear(self, line: _Line, text: str) -> None:
        if text == "ping":
            line.say(b"pong")
            return
        word, *rest = text.split()
        self.heard.append(text if word == "login" else f"{word} {' '.join(rest[1:])}")
        if self.is_mute:
            return
        if word == "login":
            refused = control("failure", code=self.login_verdict, message="the login was refused")
            line.say(refused if self.login_verdict else control("login"))
            return
        for topic in _TOPIC.findall(text):
            self._answer(line, word, topic, rest[0])

    def _answer(self, line: _Line, word: str, topic: str, request_id: str) -> None:
        name, _, args = topic.rstrip(")").partition("(")
        arg = {"channel": name, **dict(one.split("=") for one in args.split(", ") if one)}
        if word == "unsubscribe":
            line.topics.discard(topic)
            line.say(control("left", arg=arg, id=request_id))
        elif topic in self.refused:
            line.say(control("failure", code=self.refused[topic], message=f"no {topic}", id=request_id))
        else:
            line.topics.add(topic)
            line.say(control("ack", arg=arg, id=request_id))

    # --- what happens

    def push(self, topic: Topic, *rows: Any, **words: Any) -> None:
        """Data on every connection that has the topic, once there is one; further ``words`` go on the message."""
        self.push_many(topic, *([row] for row in rows), **words)

    def push_many(self, topic: Topic, *pushes: list[Any], **words: Any) -> None:
        """Several messages in one write."""
        messages = [orjson.dumps({"arg": topic.arg, "data": rows, **words}) for rows in pushes]
        until(lambda: any(str(topic) in line.topics for line in list(self._lines)), what=f"a subscription of {topic}")
        for line in list(self._lines):
            if str(topic) in line.topics:
                line.say(*messages)

    def say(self, text: bytes, path: str = "public") -> None:
        """Something of its own on every connection of a path."""
        for line in list(self._lines):
            if line.path == path:
                line.say(text)

    def drop(self, path: str | None = None) -> None:
        """The connections (of a path) die."""
        for line in list(self._lines):
            if path in (None, line.path):
                self._lines.remove(line)
                line.peer.close()

    def drop_one(self, topic: Topic) -> None:
        """The connections die that have this topic."""
        for line in list(self._lines):
            if str(topic) in line.topics:
                self._lines.remove(line)
                line.peer.close()

    def carried(self) -> list[set[str]]:
        """The topics of each open connection, by age."""
        return [set(line.topics) for line in list(self._lines) if not line.is_over]

    def asked(self, topic: Topic, word: str = "subscribe") -> int:
        """How often a topic was asked for."""
        return sum(one.startswith(word) and str(topic) in _TOPIC.findall(one) for one in list(self.heard))


def _clock_unknown() -> float:
    raise OkxError("nobody tells the venue's time")


def spec_of(venue: Venue, **words: Any) -> StreamSpec:
    """A description of the venue; ``words`` replace parts of it."""
    facts: dict[str, Any] = {
        "dialect": Words(),
        "environment": "the venue",
        "credentials": KEYS,
        "lookup": TABLE.lookup,
        "topic_for": TABLE.topic_for,
        "url": lambda path: f"{venue.host}/{path}",
        "paths": PATHS,
        "login_paths": frozenset({"private"}),
        "sync_clock": _clock_unknown,
        "timeout_s": PATIENCE_S,
    }
    return StreamSpec(**{**facts, **words})


@attrs.frozen
class Watched:
    """A client of a venue, with everything it tells."""

    ws: StreamClient
    venue: Venue
    states: States
    errors: Heard

    def outage(self, path: str = "public") -> None:
        """The link goes down and stays down until ``venue.is_open`` again."""
        self.venue.is_open = False
        number = len(self.states.of(path, "lost"))
        self.venue.drop(path)
        self.states.until("lost", number + 1, path)


_OF_SPEC: Final = frozenset(field.name for field in attrs.fields(StreamSpec))


@contextlib.contextmanager
def watched(venue: Venue, **words: Any) -> Iterator[Watched]:
    """A client that is closed behind the block, and leaves no thread. ``words``: of ``StreamSpec``, else its own."""
    spec = spec_of(venue, **{name: words.pop(name) for name in list(words) if name in _OF_SPEC})
    with StreamClient(spec, **{"options": FAST, **words}) as ws:
        yield Watched(ws, venue, ws.on_state(States()), ws.on_error(Heard()))
    until(lambda: not our_threads(), what="the end of the threads")
