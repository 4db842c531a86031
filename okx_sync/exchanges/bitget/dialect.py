"""Bitget's words on a WebSocket, read and written, in each of its protocols. No I/O, no state.

Nothing on this wire carries the id of a request: acks name their topic, errors do so now and then. Arguments come
back in another case than they were sent in (V1: ``UMCBL`` as ``umcbl``), the names of channels do not.
Page: "Websocket" of Bitget's API guide (connect, login, subscribe, error codes).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, Literal

import orjson

from okx_sync.credentials import Credentials, HiddenText
from okx_sync.errors import OkxError
from okx_sync.exchanges.bitget.error_codes import CODES, SEED_CODES, UPGRADE
from okx_sync.exchanges.bitget.signing import login_args
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.exchanges.error_codes import CodeTable
from okx_sync.exchanges.frames import PONG, head_of, in_batches, no_json, no_object, not_rows, text_of, the_one_named
from okx_sync.protocol.dialect import Dialect, LoginVerdict, SubscribeVerdict, Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, LoggedIn, Notice, Push, StreamReply, Unknown

__all__ = ["MAX_ARGS", "MAX_BYTES", "BitgetDialect", "SeedDialect", "V3Dialect", "dialect_for"]

MAX_ARGS: Final = 50
MAX_BYTES: Final = 4096
"""Bounds for one request. Bitget counts 240 subscribe requests an hour, so that small requests cost more than big
ones; more than 50 channels on a connection it advises against.
"""


class BitgetDialect(Dialect):
    """Bitget's V2 streams, and those of V1: the same words with other arguments and other rows.

    Args:
        environment: what errors call this place, for example ``"bitget live"``.
    """

    name = "bitget"
    ping_frame = "ping"
    head_end = b'"data":['
    # The server counts pings and not data: it closes a connection after 2 min without one (30 s in older texts).
    ping_every_s: ClassVar[float | None] = 25.0
    echoes_ids = False
    repeats = False  # what a second subscribe brings is not written anywhere
    # Of 240 requests an hour, and of 10 messages a second, pings included: two seconds may arrive as one.
    control_per_hour: ClassVar[int | None] = 230
    control_per_s: ClassVar[int | None] = 4
    topics_per_socket: ClassVar[int] = 950  # of 1,000
    advised_topics: ClassVar[int | None] = 50
    connects_per_s: ClassVar[int] = 10
    connects: ClassVar[tuple[int, float] | None] = (280, 300.0)  # of 300
    codes: ClassVar[CodeTable] = CODES

    def __init__(self, environment: str = "bitget") -> None:
        self.environment = environment

    # -- saying --------------------------------------------------------------------------------------------

    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        """Make the login request, signed for ``now_s``; its repr is hidden, as it holds the passphrase."""
        request = {"op": "login", "args": [login_args(credentials, now_s)]}
        return HiddenText(orjson.dumps(request).decode())

    def ask_frame(
        self,
        op: Literal["subscribe", "unsubscribe"],
        topics: Sequence[Topic],
        request_id: str,  # noqa: ARG002  there is no place for it
    ) -> str:
        """Make one request for all ``topics``."""
        return orjson.dumps({"op": op, "args": [topic.arg for topic in topics]}).decode()

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Cut topics into pieces of at most ``MAX_ARGS`` topics and ``MAX_BYTES`` bytes."""
        return in_batches(topics, lambda topic: topic.arg, MAX_ARGS, MAX_BYTES)

    # -- understanding -------------------------------------------------------------------------------------

    def read(self, frame: bytes) -> Event:
        """Say what a frame means. The hot path: a push passes one parse and five looks."""
        if frame == b"pong":
            return PONG
        try:
            message = orjson.loads(frame)
        except ValueError as problem:
            return no_json(frame, problem)
        if type(message) is not dict:
            return no_object(frame, message)
        if "event" in message:
            return _control(frame, message)
        arg = message.get("arg")
        rows = message.get("data")
        if type(arg) is dict and message.get("op") != "pong":
            channel = arg.get("channel")
            if type(channel) is str:
                if type(rows) is not list:
                    rows = not_rows(rows)
                return Push(channel, arg, rows, message)
        if message.get("op") == "pong":
            return PONG
        if arg is None and rows is None:
            return Unknown(message)
        return Garbage(frame, "a push without a channel")

    def head(self, frame: bytes, push: Push) -> bytes | None:
        """Return the ``arg``, and what stands before the rows besides, as :meth:`Dialect.head` does."""
        return head_of(frame, self.head_end, {"arg": push.arg})

    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        """Tell whether ``arg`` has the topic's channel and arguments, in whatever case.

        The channel must be the same to the letter: ``candle1m`` is a minute, ``candle1M`` a month.
        """
        return arg.get("channel") == topic.channel and all(_same(arg.get(name), value) for name, value in topic.args)

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """Return the one topic that a failure names, in its ``arg`` or in its text."""
        if failure.arg is not None:
            suspects = [topic for topic in topics if self.matches(topic, failure.arg)]
            return suspects[0] if len(suspects) == 1 else None
        return the_one_named(failure.message, topics, _same)

    def sequence(self, push: Push) -> tuple[int, int] | None:
        """Return ``(pseq, seq)`` over all rows of a book push; None where Bitget sends no both."""
        if not push.rows or type(push.rows[0]) is not dict or type(push.rows[-1]) is not dict:
            return None
        previous, this = _number(push.rows[0].get("pseq")), _number(push.rows[-1].get("seq"))
        return None if previous is None or this is None else (previous, this)

    def page(self, push: Push) -> tuple[int, bool] | None:  # noqa: ARG002
        """Return None: Bitget sends no pages."""
        return None

    # -- judging -------------------------------------------------------------------------------------------

    def login_verdict(self, code: str) -> LoginVerdict:
        """See ``CodeTable.login_verdict``."""
        return self.codes.login_verdict(code)

    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        """See ``CodeTable.subscribe_verdict``."""
        return self.codes.subscribe_verdict(code)

    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        """Make the exception for an error code; with ``arg`` a SubscriptionError."""
        return self.codes.error_for(code, message, environment=self.environment, arg=arg)

    def knows_code(self, code: str) -> bool:
        """See ``CodeTable.knows``."""
        return self.codes.knows(code)

    def close_hint(self, code: int | None) -> str | None:
        """See ``CodeTable.close_hint``."""
        return self.codes.close_hint(code)


class V3Dialect(BitgetDialect):
    """V3, the streams of unified accounts: a channel is a ``topic``, and order operations carry an id."""

    def ask_frame(
        self,
        op: Literal["subscribe", "unsubscribe"],
        topics: Sequence[Topic],
        request_id: str,  # noqa: ARG002  there is no place for it
    ) -> str:
        """Make one request for all ``topics``."""
        return orjson.dumps({"op": op, "args": [_v3_arg(topic) for topic in topics]}).decode()

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Cut topics into pieces of at most ``MAX_ARGS`` topics and ``MAX_BYTES`` bytes."""
        return in_batches(topics, _v3_arg, MAX_ARGS, MAX_BYTES)

    def read(self, frame: bytes) -> Event:
        """Say what a frame means. The hot path: a push passes one parse and four looks."""
        if frame == b"pong":
            return PONG
        try:
            message = orjson.loads(frame)
        except ValueError as problem:
            return no_json(frame, problem)
        if type(message) is not dict:
            return no_object(frame, message)
        if "event" in message:
            return _v3_control(frame, message)
        arg, rows = message.get("arg"), message.get("data")
        if type(arg) is dict and type(topic := arg.get("topic")) is str:
            if type(rows) is not list:
                rows = [rows] if type(rows) is dict else not_rows(rows)  # a fast fill may come as one object
            return Push(topic, arg, rows, message)
        if arg is None and rows is None:
            return _v3_control(frame, message)
        return Garbage(frame, "a push without a topic")

    def id_field(self, path: str) -> str | None:
        """Return ``id`` where orders are sent."""
        return "id" if path == "private" else None

    def head(self, frame: bytes, push: Push) -> bytes | None:
        """Return the ``arg``, and what stands before the rows besides, as :meth:`Dialect.head` does."""
        return super().head(frame, push) if type(push.message.get("data")) is list else None

    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        """Tell whether ``arg`` has the topic and its arguments, in whatever case."""
        return arg.get("topic") == topic.channel and all(_same(arg.get(name), value) for name, value in topic.args)

    def places(self, arg: Mapping[str, Any]) -> Iterable[Hashable]:
        """Return the places as :meth:`Dialect.places` does; V3 calls the channel ``topic``."""
        return super().places({**arg, "channel": arg.get("topic")})

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """Return the one topic that a failure names, in its ``arg`` or in its text."""
        if failure.arg is not None:
            return super().blame(failure, topics)
        return the_one_named(failure.message.replace("topic", "channel"), topics, _same)


class SeedDialect(BitgetDialect):
    """The ``seed`` protocol: the same words, a heartbeat in JSON, error codes of its own."""

    ping_frame = '{"op":"ping"}'
    ping_every_s = 20.0
    codes = SEED_CODES


_DIALECTS: Final[dict[Protocol, type[BitgetDialect]]] = {
    "v2": BitgetDialect,
    "v3": V3Dialect,
    "v1": BitgetDialect,
    "seed": SeedDialect,
}


def dialect_for(protocol: Protocol, environment: str = "bitget") -> BitgetDialect:
    """Make the dialect of a protocol. ``environment``: what errors call this place."""
    return _DIALECTS[protocol](environment)


def _control(frame: bytes, message: dict[str, Any]) -> Event:
    """Read a message with ``event``."""
    arg = message.get("arg")
    args = [arg] if type(arg) is dict else arg
    if type(args) is list and (reply := _order_reply(message, args)) is not None:
        return reply
    match message["event"]:
        case "subscribe" | "unsubscribe" as op:
            if not isinstance(arg, dict):
                return Garbage(frame, "an acknowledgement without arg")
            return Ack(op, arg)
        case "login":
            return LoggedIn(message) if text_of(message, "code") in ("0", "") else _failure(message)
        case "error":
            if text_of(message, "code") == UPGRADE:
                return Notice(UPGRADE, text_of(message, "msg"), restart=True)
            return _failure(message)
        case "pong":
            return PONG
    return Unknown(message)


def _order_reply(message: dict[str, Any], args: list[Any]) -> StreamReply | None:
    """Read the answer to an order operation of V2, which has the id of its request in its one argument."""
    one = args[0] if len(args) == 1 and type(args[0]) is dict else {}
    request_id = one.get("id")
    if type(request_id) is not str or not request_id or "channel" not in one:
        return None
    code, text = text_of(message, "code"), text_of(message, "msg")
    return StreamReply(request_id, text_of(one, "channel"), code, text, [one.get("params")], message)


def _v3_arg(topic: Topic) -> dict[str, str]:
    """Return what the wire calls a topic."""
    return {**dict(topic.args), "topic": topic.channel}


def _v3_control(frame: bytes, message: dict[str, Any]) -> Event:
    """Read a message that is no push: an answer to an order operation carries the id of its request."""
    request_id = message.get("id")
    if type(request_id) is not str or not request_id:
        return _control(frame, message) if "event" in message else Unknown(message)
    rows = message.get("args")
    return StreamReply(
        request_id,
        text_of(message, "topic"),
        text_of(message, "code"),
        text_of(message, "msg"),
        rows if type(rows) is list else [],
        message,
    )


def _failure(message: dict[str, Any]) -> Failure:
    arg = message.get("arg")
    text = text_of(message, "msg")
    return Failure(text_of(message, "code"), text, text=text, arg=arg if isinstance(arg, dict) else None)


def _same(one: Any, other: Any) -> bool:
    """Tell whether two texts are equal but for upper and lower case."""
    return type(one) is str and type(other) is str and one.casefold() == other.casefold()


def _number(value: Any) -> int | None:
    if type(value) is int:
        return value
    return int(value) if type(value) is str and value.isascii() and value.isdecimal() and len(value) < 20 else None
