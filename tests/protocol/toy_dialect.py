"""A made-up exchange whose words can be read at a glance: the smallest dialect that the engine can run on.

Frames it sends look like ``subscribe r1 books(instId=BTC) trades()``. An error code *is* the verdict on it
("refuse", "retry", "fatal", ...), and an error blames the topic whose text is in its message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

import orjson

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxError, SubscriptionError
from okx_sync.protocol.dialect import Dialect, LoginVerdict, SubscribeVerdict, Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, Pong, Push
from okx_sync.protocol.pending import RequestIds
from okx_sync.protocol.session import Session
from okx_sync.timing import Clock, RateBucket
from tests.clocks import HandClock

BATCH = 3
NOW = 1000.0
A, B, C, D = (Topic.of(name) for name in ("a", "b", "c", "d"))


class Toy(Dialect):
    """See the module."""

    name = "toy"

    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        return f"login {now_s:.0f}"

    def ask_frame(self, op: Literal["subscribe", "unsubscribe"], topics: Sequence[Topic], request_id: str) -> str:
        return " ".join([op, request_id, *map(str, topics)])

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        for start in range(0, len(topics), BATCH):
            yield list(topics[start : start + BATCH])

    def read(self, frame: bytes) -> Event:
        if frame == b"pong":
            return Pong()
        try:
            message = orjson.loads(frame)
        except ValueError as problem:
            return Garbage(frame, str(problem))
        return Push(message["arg"]["channel"], message["arg"], message["data"], message)

    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        return arg.get("channel") == topic.channel and all(arg.get(name) == value for name, value in topic.args)

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        named = [topic for topic in topics if str(topic) in failure.message]
        return named[0] if len(named) == 1 else None

    def login_verdict(self, code: str) -> LoginVerdict:
        return cast(LoginVerdict, code)

    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        return cast(SubscribeVerdict, code)

    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        return OkxError(message, code=code) if arg is None else SubscriptionError(message, code=code, arg=arg)

    def close_hint(self, code: int | None) -> str | None:
        return "too many topics" if code == 4008 else None

    def sequence(self, push: Push) -> tuple[int, int] | None:
        found = push.message.get("seq")
        return None if found is None else (found[0], found[1])

    def page(self, push: Push) -> tuple[int, bool] | None:
        found = push.message.get("page")
        return None if found is None else (found[0], found[1])


def push(channel: str, *rows: Any, **message: Any) -> Push:
    """A push of ``rows``; further keywords go on its envelope."""
    arg = {"channel": channel, **message.pop("args", {})}
    return Push(channel, arg, list(rows), {"arg": arg, "data": list(rows), **message})


def make(budget: int = 1000, *, can_log_in: bool = True, clock: Clock | None = None) -> Session:
    """A session that has not opened yet; ``clock`` is the one of its budget."""
    frame = (lambda: "login now") if can_log_in else None
    bucket = RateBucket(budget, 3600.0, clock or HandClock())
    return Session(Toy(), RequestIds(), bucket, login_frame=frame)


def opened(*topics: Topic, budget: int = 1000) -> Session:
    """A session that is open and has asked for ``topics`` in one request, r1."""
    session = make(budget)
    session.opened(topics, login=False, now=NOW)
    return session


def active(*topics: Topic, budget: int = 1000) -> Session:
    """A session on which ``topics`` were asked and acked."""
    session = opened(*topics, budget=budget)
    for topic in topics:
        session.apply(Ack("subscribe", topic.arg, "r1"), topic, NOW)
    return session


def ack(topic: Topic, request_id: str | None = None) -> Ack:
    return Ack("subscribe", topic.arg, request_id)
