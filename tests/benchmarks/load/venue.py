"""What the connections of the load server share: who has subscribed what, what is counted, and which limits hold."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from tests.benchmarks.load.payloads import BODIES, Topic, snapshot_of

__all__ = ["Connection", "Plan", "Venue", "answers", "topic_of"]

_SECOND = 0.95  # what left within one second may come a little closer together
_BYBIT = {"tickers": "tickers", "publicTrade": "trades", "orderbook": "books", "order": "orders"}


@dataclass(frozen=True)
class Plan:
    """What to send. ``per_second``: messages, 0 for as many as go; ``burst``: how many at once; ``cert``: PEM file with
    certificate and key, for TLS; ``cpu``: the core to stay on; ``topics``: nothing is sent before so many are
    subscribed; ``held``: nor before it is said; ``answer_after_s``: how long an answer takes. Of one connection, where
    not 0: ``most_requests`` (to subscribe, unsubscribe and log in), ``most_topics``, ``most_characters`` of all topics;
    ``most_connects``: connections within a second.
    """

    exchange: str
    per_second: int = 0
    burst: int = 1
    cert: str | None = None
    cpu: int | None = None
    topics: int = 1
    held: bool = False
    answer_after_s: float = 0.0
    most_requests: int = 0
    most_topics: int = 0
    most_characters: int = 0
    most_connects: int = 0


class Connection(Protocol):
    """One of those who share."""

    topics: dict[str, Topic]
    requests: int

    def hang_up(self) -> None:
        """End it from the server's side."""


class Venue:
    """The server's memory; one lock guards all of it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._changed = threading.Condition()
        self._flowing = not plan.held
        self._open: set[Connection] = set()
        self._opened: list[float] = []
        self._count = {"requests": 0, "rejected": 0}
        self._drop: tuple[float, int] | None = None  # when all were hung up on, and what they had subscribed
        self._restored_s = 0.0

    def enter(self, connection: Connection) -> bool:
        """A new one; False when there were too many within this second."""
        with self._changed:
            now, most = time.monotonic(), self.plan.most_connects
            self._opened.append(now)
            if most and len([at for at in self._opened[-most - 1 :] if at > now - _SECOND]) > most:
                self._count["rejected"] += 1
                return False
            self._open.add(connection)
            return True

    def leave(self, connection: Connection) -> None:
        """Gone."""
        with self._changed:
            self._open.discard(connection)
            self._changed.notify_all()

    def ask(self, connection: Connection, message: dict[str, Any]) -> bool:
        """Note a request; False when it is one too many of its kind."""
        plan = self.plan
        with self._changed:
            self._count["requests"] += 1
            connection.requests += 1
            for arg in message["args"] if message["op"] in ("subscribe", "unsubscribe") else ():
                if message["op"] == "subscribe":
                    connection.topics[str(arg)] = topic_of(plan.exchange, arg)
                else:
                    connection.topics.pop(str(arg), None)
            characters = sum(map(len, connection.topics)) if plan.most_characters else 0
            counts = (connection.requests, len(connection.topics), characters)
            limits = (plan.most_requests, plan.most_topics, plan.most_characters)
            fits = all(not most or count <= most for count, most in zip(counts, limits, strict=True))
            self._count["rejected"] += not fits
            return fits

    def answered(self) -> None:
        """The answers to a request are on their way."""
        with self._changed:
            if self._drop is not None and self._topics() >= self._drop[1]:
                self._restored_s, self._drop = time.monotonic() - self._drop[0], None
            self._changed.notify_all()

    def wait_all(self, connection: Connection) -> bool:
        """Until all topics are subscribed, some of them here, and messages are to flow.

        False when ``connection`` has gone before.
        """
        with self._changed:
            self._changed.wait_for(lambda: connection not in self._open or self._is_complete(connection))
            return connection in self._open

    def _topics(self) -> int:
        return sum(len(one.topics) for one in self._open)

    def _is_complete(self, connection: Connection) -> bool:
        known = BODIES.get(self.plan.exchange, {})
        count = sum(stream in known for one in self._open for stream, _ in one.topics.values())
        return self._flowing and bool(connection.topics) and count >= self.plan.topics

    def command(self, word: str) -> dict[str, Any]:
        """``flow``: let messages flow; ``drop``: hang up on all. In any case say how things are."""
        with self._changed:
            if word == "flow":
                self._flowing = True
                self._changed.notify_all()
            if word == "drop":
                self._drop, self._restored_s = (time.monotonic(), self._topics()), 0.0
                for one in list(self._open):
                    one.hang_up()
                self._open.clear()
            counts = {"connections": len(self._open), "opened": len(self._opened), "topics": self._topics()}
            return {**self._count, **counts, "restored_s": self._restored_s}


def topic_of(exchange: str, arg: Any) -> Topic:
    """What an argument of a request asks for."""
    if exchange == "bybit":
        words = str(arg).split(".")
        return _BYBIT.get(words[0], words[0]), words[-1]
    stream = "books" if arg["channel"].startswith("books") else arg["channel"]
    return stream, arg.get("instId", "ANY")


def answers(exchange: str, message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the server says to a request."""
    op: str = message["op"]
    request: dict[str, Any] = {key: message[key] for key in ("id", "req_id") if key in message}
    if exchange == "bybit":
        yield {"success": True, "ret_msg": "pong" if op == "ping" else "", "op": op, "conn_id": "bench", **request}
    elif op == "login":
        yield {"event": "login", "code": "0", "msg": "", "connId": "bench"}
    else:
        for arg in message["args"]:
            yield {"event": op, "arg": arg, **request, "connId": "bench"}
    if op == "subscribe":
        for arg in message["args"]:
            yield from _snapshots(exchange, *topic_of(exchange, arg))


def _snapshots(exchange: str, stream: str, inst_id: str) -> Iterator[dict[str, Any]]:
    """What a client that keeps state wants to have before the first change."""
    if exchange == "okx" and stream == "books":
        yield snapshot_of(inst_id)
    elif exchange == "bybit" and stream in ("tickers", "books"):
        yield {**BODIES[exchange][stream](0, 1, inst_id), "type": "snapshot"}
