"""An exchange's words on a connection that is not the exchange's: a recording, or a broker between processes.

Messages come as the exchange sent them. What is asked of such a connection, and what it answers, is in words of our
own: a control message is JSON behind a byte that no message of an exchange begins with.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar, cast

import orjson

from okx_sync.credentials import Credentials
from okx_sync.errors import OkxError, SubscriptionError
from okx_sync.protocol.dialect import Dialect, SubscribeVerdict, Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, Pong, Push, Unknown

__all__ = [
    "FED_PING", "FedRequest", "acked", "fed", "handed_on", "pong", "read_request", "refused", "text_of", "topic_of",
]  # fmt: skip

D = TypeVar("D", bound=Dialect)
Op = Literal["subscribe", "unsubscribe"]
FED_PING: Final = "ping"
_CONTROL: Final = b"\x01"
_PONG: Final = _CONTROL + b'{"is":"pong"}'
_REFUSED: Final = "not-here"
_MOST: Final = 1_000  # topics of one request
_TOPIC: Final = "\x01topic"  # names the topic in ``arg`` where the exchange's words do not


class FedRequest:
    """A request as the far end of such a connection reads it."""

    __slots__ = ("id", "op", "topics")

    def __init__(self, op: Op, request_id: str, topics: list[Topic]) -> None:
        self.op = op
        self.id = request_id
        self.topics = topics


def read_request(text: str) -> FedRequest | None:
    """Return the request that was sent; None for a ping."""
    if text == FED_PING:
        return None
    told = orjson.loads(text)
    topics = [Topic(channel, tuple((name, value) for name, value in args)) for channel, args in told["topics"]]
    return FedRequest(told["op"], told["id"], topics)


def text_of(topic: Topic) -> str:
    """Return a topic as a text that :func:`topic_of` reads."""
    return orjson.dumps([topic.channel, topic.args]).decode()


def topic_of(text: str) -> Topic:
    """Return the topic of a text."""
    channel, args = orjson.loads(text)
    return Topic(channel, tuple((name, value) for name, value in args))


def acked(request: FedRequest, topic: Topic | None = None) -> bytes:
    """Make the answer that a request is done, but for the topics that were :func:`refused` before.

    ``topic``: that it is done for this one of its topics only.
    """
    told = {"is": "ack", "op": request.op, "id": request.id, "topic": None if topic is None else text_of(topic)}
    return _CONTROL + orjson.dumps(told)


def handed_on(topic: Topic, push: Push) -> bytes:
    """Make a message of a push that is not on the wire in this form: its rows are whole, and its pages together."""
    message = {name: value for name, value in push.message.items() if name != "data"}
    told = {"is": "push", "topic": text_of(topic), "channel": push.channel, "message": message, "rows": push.rows}
    return _CONTROL + orjson.dumps(told, default=str)


def refused(request: FedRequest, topic: Topic, reason: str) -> bytes:
    """Make the answer that one topic of a request is not to be had."""
    return _CONTROL + orjson.dumps({"is": "refusal", "id": request.id, "topic": str(topic), "reason": reason})


def pong() -> bytes:
    """Make the answer to a ping."""
    return _PONG


class _FedWords(Dialect):
    """What differs from the dialect of the exchange, which is the next base of the class that :func:`fed` makes."""

    ping_frame = FED_PING
    ping_every_s = None
    echoes_ids = True
    repeats = True
    all_or_nothing = False
    control_per_hour = None
    control_per_s = None
    topics_per_socket = 1_000_000
    advised_topics = None
    args_length = None
    connects_per_s = 100
    connects = None
    max_sockets = 1

    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        """Raise: nobody logs in here."""
        raise NotImplementedError

    def ask_frame(self, op: Op, topics: Sequence[Topic], request_id: str) -> str:
        """Make one request for all ``topics``."""
        named = [[topic.channel, [list(arg) for arg in topic.args]] for topic in topics]
        return orjson.dumps({"op": op, "id": request_id, "topics": named}).decode()

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Cut ``topics`` into pieces that one request may carry."""
        for start in range(0, len(topics), _MOST):
            yield list(topics[start : start + _MOST])

    def read(self, frame: bytes) -> Event:
        """Say what a message means: one of the exchange's, or an answer of the connection.

        What the exchange said about another connection than this (an answer, that it restarts) is a sign of life here.
        """
        if frame[:1] != _CONTROL:
            event = super().read(frame)  # type: ignore[safe-super]  # the exchange's dialect comes next
            return event if isinstance(event, Push | Unknown | Garbage) else Pong()
        told = orjson.loads(frame[1:])
        if told["is"] == "pong":
            return Pong()
        if told["is"] == "ack":
            topic = told.get("topic")
            return Ack(told["op"], None if topic is None else {_TOPIC: topic}, told["id"])
        if told["is"] == "push":
            message = {**told["message"], "data": told["rows"]}
            return Push(told["channel"], {_TOPIC: told["topic"]}, told["rows"], message)
        if told["is"] == "refusal":
            return Failure(_REFUSED, told["reason"], told["id"], text=told["topic"])
        return Garbage(frame, "no such control message")

    def head(self, frame: bytes, push: Push) -> bytes | None:
        """Return None for a message of ours, which has none."""
        if _TOPIC in push.arg:
            return None
        return super().head(frame, push)

    def places(self, arg: Mapping[str, Any]) -> Iterable[Hashable]:
        """Return where the topic is kept that ``arg`` names, in the exchange's words or ours."""
        return (self.place(topic_of(arg[_TOPIC])),) if _TOPIC in arg else super().places(arg)

    def rank(self, topic: Topic, arg: Mapping[str, Any]) -> int:
        """Return how well ``arg`` fits the topic."""
        if _TOPIC in arg:
            return int(text_of(topic) == arg[_TOPIC])
        return super().rank(topic, arg)

    def is_whole(self, push: Push) -> bool:
        """Tell whether a push carries whole rows; all of ours do."""
        return _TOPIC in push.arg or super().is_whole(push)

    def page(self, push: Push) -> tuple[int, bool] | None:
        """Return the page of a snapshot; None for what was put together."""
        if _TOPIC in push.arg:
            return None
        return super().page(push)  # type: ignore[safe-super]  # the exchange's dialect comes next

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """Return the topic that a refusal names."""
        return next((topic for topic in topics if str(topic) == failure.text), None)

    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        """Tell the user of each refusal: it is not one that passes."""
        del code
        return "refuse"

    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        """Make the exception of a refusal, or of the exchange's own error code."""
        if arg is None:
            return super().error(code, message, arg)  # type: ignore[safe-super]
        return SubscriptionError(message, arg=arg)


def fed(dialect: D) -> D:
    """Return a dialect that reads what ``dialect`` reads, on a connection that is not the exchange's."""
    kind: Any = type(f"Fed{type(dialect).__name__}", (_FedWords, type(dialect)), {})
    made = kind.__new__(kind)
    vars(made).update(vars(dialect))
    return cast(D, made)
