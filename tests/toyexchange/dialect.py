"""What the toy exchange says, and how to say things to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

import orjson

from okx_sync.credentials import Credentials, HiddenText
from okx_sync.errors import OkxError
from okx_sync.exchanges.frames import in_batches
from okx_sync.protocol.dialect import Dialect, LoginVerdict, SubscribeVerdict, Topic
from okx_sync.protocol.events import Ack, Event, Failure, Garbage, LoggedIn, Notice, Pong, Push, Unknown
from tests.toyexchange.channels import wire_topic
from tests.toyexchange.error_codes import TABLE
from tests.toyexchange.signing import login_args


class ToyDialect(Dialect):
    """See the package."""

    name = "toy"
    ping_frame = '["hello?"]'
    ping_every_s: ClassVar[float | None] = 5.0
    repeats = False
    all_or_nothing = True

    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        """The login request; its repr is hidden."""
        return HiddenText(orjson.dumps(["login", *login_args(credentials, now_s)]).decode())

    def ask_frame(self, op: Literal["subscribe", "unsubscribe"], topics: Sequence[Topic], request_id: str) -> str:
        """One request for all topics."""
        return orjson.dumps([op, request_id, *map(wire_topic, topics)]).decode()

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """At most ten."""
        return in_batches(topics, wire_topic, 10, 1000)

    def read(self, frame: bytes) -> Event:
        """What a frame means."""
        try:
            message = orjson.loads(frame)
        except ValueError as problem:
            return Garbage(frame, f"not JSON: {problem}")
        match message:
            case ["data", str() as topic, str() as kind, list() as rows, prev, seq]:
                name, _, symbol = topic.partition("/")
                arg = {"channel": name, "symbol": symbol} if symbol else {"channel": name}
                return Push(name, arg, rows, {"topic": topic, "kind": kind, "prev": prev, "seq": seq, "data": rows})
            case ["hello!"]:
                return Pong()
            case ["welcome"]:
                return LoggedIn({})
            case ["done", str() as request_id, "subscribe" | "unsubscribe" as op]:
                return Ack(op, None, request_id)
            case ["denied", str() as code, str() as text]:
                return Failure(code, text, text=text)
            case ["denied", str() as code, str() as text, str() as request_id]:
                return Failure(code, text, request_id, text=text)
            case ["moving", str() as text]:
                return Notice("moving", text, restart=True)
            case list():
                return Unknown(message)
        return Garbage(frame, "no list")

    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        """Channel and symbol are the same."""
        return dict(arg) == topic.arg

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """The topic whose text is the last word of the message."""
        named = failure.message.rpartition(" ")[2]
        return next((topic for topic in topics if wire_topic(topic) == named), None)

    def login_verdict(self, code: str) -> LoginVerdict:
        """See ``CodeTable``; so for the rest."""
        return TABLE.login_verdict(code)

    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        """See ``CodeTable``."""
        return TABLE.subscribe_verdict(code)

    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        """See ``CodeTable``."""
        return TABLE.error_for(code, message, environment="toy", arg=arg)

    def close_hint(self, code: int | None) -> str | None:
        """See ``CodeTable``."""
        return TABLE.close_hint(code)

    def sequence(self, push: Push) -> tuple[int, int] | None:
        """As the push says."""
        return push.message["prev"], push.message["seq"]

    def page(self, push: Push) -> tuple[int, bool] | None:
        """No pages."""
        return None
