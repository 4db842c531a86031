"""Bybit's words on a WebSocket, read and written. No I/O, no state.

The conversation is the same in both protocols; :class:`BybitDialect` speaks V5, :class:`SeedDialect` the USDC
perpetual streams of before. A message with ``topic`` is a push, any other an answer (``answers``). Page: "Connect" of
the V5 documentation.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Final, Literal, NoReturn, get_args

import orjson

from okx_sync.credentials import Credentials, HiddenText
from okx_sync.errors import OkxError
from okx_sync.exchanges.bybit import error_codes
from okx_sync.exchanges.bybit.answers import answer, marked, named_topics
from okx_sync.exchanges.bybit.channels import SPREAD_DATA, wire_topic
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.exchanges.bybit.signing import login_args
from okx_sync.exchanges.bybit.urls import Category
from okx_sync.exchanges.frames import head_of, in_batches, not_rows
from okx_sync.protocol.dialect import Dialect, LoginVerdict, SubscribeVerdict, Topic
from okx_sync.protocol.events import Event, Failure, Garbage, Push

__all__ = ["MAX_ARGS", "MAX_BYTES", "BybitDialect", "SeedDialect", "dialect_for"]

MAX_ARGS: Final = 50
MAX_BYTES: Final = 16 * 1024
"""Our own bounds for one request, under Bybit's 21,000 characters: it rejects a request whole when one topic is bad."""

_CATEGORIES: Final = frozenset(get_args(Category))
_SPOT_ARGS: Final = 10
_ALONE: Final = 1
_EXACT_DIGITS: Final = 15  # what a float holds of any decimal number
_TOP: Final = "orderbook.1."


class BybitDialect(Dialect):
    """V5 streams of public and private data, and order entry.

    Args:
        environment: what errors call this place, for example ``"bybit com live"``.
        category: which market public data is of.
        book_gaps: whether books are numbered without holes, see ``BybitConfig``.
    """

    name = "bybit"
    ping_frame: ClassVar[str] = '{"op":"ping"}'
    ping_every_s: ClassVar[float | None] = 20.0
    reading_ops = frozenset({"auth", "subscribe", "unsubscribe", "ping"})
    repeats = False
    all_or_nothing = True
    head_end: ClassVar[bytes] = b'"ts":'
    topics_per_socket: ClassVar[int] = 2_000  # what a connection for options may have; no other number is written
    args_length: ClassVar[int | None] = 20_000  # of 21,000
    connects_per_s: ClassVar[int] = 10
    connects: ClassVar[tuple[int, float] | None] = (480, 300.0)  # of 500

    def __init__(self, environment: str = "bybit", category: Category = "linear", *, book_gaps: bool = True) -> None:
        self.environment = environment
        self._max_args = {"spot": _SPOT_ARGS, "option": _ALONE}.get(category, MAX_ARGS)
        self._book_gaps = book_gaps

    # -- saying --------------------------------------------------------------------------------------------

    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        """Make the login request, signed for ``now_s``; its repr is hidden."""
        request = {"op": "auth", "args": login_args(credentials, now_s)}
        return HiddenText(orjson.dumps(request).decode())

    def ask_frame(self, op: Literal["subscribe", "unsubscribe"], topics: Sequence[Topic], request_id: str) -> str:
        """Make one request for all ``topics``."""
        request = {"req_id": request_id, "op": op, "args": [wire_topic(topic) for topic in topics]}
        return orjson.dumps(request).decode()

    def id_field(self, path: str) -> str | None:
        """Return ``reqId`` on the trade path, ``req_id`` on the others."""
        return "reqId" if path == "trade" else "req_id"

    def length(self, topic: Topic) -> int:
        """Return the length of the topic's text, with its quotes and comma."""
        return len(wire_topic(topic)) + 3

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Yield pieces that one request may carry: all-in-one and categorised private topics never meet in one.

        Options and spreads are asked one by one, as their answers carry no id.
        """
        yield from ([topic] for topic in topics if topic.channel in SPREAD_DATA)
        whole = [topic for topic in topics if not _is_categorised(topic) and topic.channel not in SPREAD_DATA]
        rest = [topic for topic in topics if _is_categorised(topic)]
        for family in (whole, rest):
            yield from in_batches(family, wire_topic, self._max_args, MAX_BYTES)

    # -- understanding -------------------------------------------------------------------------------------

    def read(self, frame: bytes) -> Event:
        """Say what a frame means. The hot path: a push passes one parse and three looks."""
        try:
            message = self._parse(frame)
        except (ValueError, RecursionError) as problem:
            return Garbage(frame, f"not JSON: {problem}")
        if type(message) is not dict:
            return Garbage(frame, "JSON, but not an object")
        topic = message.get("topic")
        if type(topic) is not str:
            return answer(message)
        data = message.get("data")
        rows = self._rows(topic, data)
        if rows is None:
            rows = not_rows(data)
        return Push(topic, {"topic": topic}, rows, message)

    @staticmethod
    def _parse(frame: bytes) -> Any:
        return orjson.loads(frame)

    def _rows(self, topic: str, data: Any) -> list[Any] | None:  # noqa: ARG002  the other protocol needs it
        """Return the rows of a push: a list, or one object."""
        if type(data) is dict:
            return [data]
        return data if type(data) is list else None

    def head(self, frame: bytes, push: Push) -> bytes | None:
        """Return topic and type, of public streams whose ``data`` is a list, as :meth:`Dialect.head` does."""
        if type(push.message.get("data")) is not list:
            return None
        return head_of(frame, self.head_end, {"topic": push.channel})

    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        """Tell whether a push or an answer named ``arg`` belongs to ``topic``.

        A categorised topic and its all-in-one form count as each other: Bybit may say either in a push.
        """
        named = arg.get("topic")
        if type(named) is not str:
            return dict(arg) == topic.arg
        wanted = wire_topic(topic)
        return named == wanted or _all_in_one(named) == wanted or named == _all_in_one(wanted)

    def place(self, topic: Topic) -> Hashable:
        """Return the name on the wire, without its category."""
        return _all_in_one(name := wire_topic(topic)) or name

    def places(self, arg: Mapping[str, Any]) -> Iterable[Hashable]:
        """Return the name on the wire, without its category."""
        named = arg.get("topic")
        if type(named) is not str:
            is_ours = all(type(value) is str for value in arg.values()) and "channel" in arg
            return (self.place(Topic.of(**arg)),) if is_ours else ()
        return (_all_in_one(named) or named,)

    def rank(self, topic: Topic, arg: Mapping[str, Any]) -> int:
        """Rank as :meth:`Dialect.rank` does; a topic's own name goes before its all-in-one or categorised form."""
        return 0 if not self.matches(topic, arg) else 2 if arg.get("topic") == wire_topic(topic) else 1

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """Return the one topic that a refusal names."""
        named = set(named_topics(failure))
        suspects = [topic for topic in topics if wire_topic(topic) in named]
        return suspects[0] if len(suspects) == 1 else None

    def sequence(self, push: Push) -> tuple[int, int] | None:
        """Return ``(u - 1, u)`` of a book push, ``(-1, u)`` of a snapshot.

        None on level 1, and where ``u`` does not count.
        """
        if not self._book_gaps or push.channel.startswith(_TOP) or not push.rows or type(push.rows[0]) is not dict:
            return None
        number = push.rows[0].get("u")
        if type(number) is not int:
            return None
        return (-1 if number == 1 or self.is_whole(push) else number - 1), number

    def is_whole(self, push: Push) -> bool:
        """Tell whether a push carries whole rows: any but a ``delta``."""
        return push.message.get("type") != "delta"

    def page(self, push: Push) -> tuple[int, bool] | None:  # noqa: ARG002  Bybit has none
        """Return None: snapshots come in one piece."""
        return None

    # -- judging -------------------------------------------------------------------------------------------

    def login_verdict(self, code: str) -> LoginVerdict:
        """See ``error_codes.login_verdict``."""
        return error_codes.login_verdict(code)

    def subscribe_verdict(self, code: str) -> SubscribeVerdict:
        """See ``error_codes.subscribe_verdict``."""
        return error_codes.subscribe_verdict(code)

    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        """Make the exception for an error code; with ``arg`` a SubscriptionError."""
        return error_codes.TABLE.error_for(code, message, environment=self.environment, arg=arg)

    def knows_code(self, code: str) -> bool:
        """See ``CodeTable.knows``."""
        return error_codes.TABLE.knows(code)

    def close_hint(self, code: int | None) -> str | None:
        """See ``CodeTable.close_hint``."""
        return error_codes.TABLE.close_hint(code)


class SeedDialect(BybitDialect):
    """The USDC perpetual streams of before V5: the same conversation, other envelopes.

    Prices of candles and sizes are JSON numbers here, so that digits which a float cannot hold are kept as Decimal.
    """

    ping_frame: ClassVar[str] = '{"op":"ping","args":["0"]}'
    head_end: ClassVar[bytes] = b""

    def ask_frame(self, op: Literal["subscribe", "unsubscribe"], topics: Sequence[Topic], request_id: str) -> str:
        """Make one request for all ``topics``. Private answers do not name the operation: the id does."""
        request = {"op": op, "id": marked(op, request_id), "args": [wire_topic(topic) for topic in topics]}
        return orjson.dumps(request).decode()

    def id_field(self, path: str) -> str | None:  # noqa: ARG002
        """Return ``id``."""
        return "id"

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Yield public topics one by one, as those answers carry no id; private ones together."""
        private = [topic for topic in topics if topic.channel.startswith("user.")]
        yield from ([topic] for topic in topics if not topic.channel.startswith("user."))
        yield from in_batches(private, wire_topic, MAX_ARGS, MAX_BYTES)

    def head(self, frame: bytes, push: Push) -> bytes | None:  # noqa: ARG002
        """Return None: rows stand in several places."""
        return None

    def sequence(self, push: Push) -> tuple[int, int] | None:  # noqa: ARG002
        """Return None: ``crossSeq`` has holes."""
        return None

    def _rows(self, topic: str, data: Any) -> list[Any] | None:
        """Return the rows of a push: a list, the list inside ``data``, or one object."""
        if type(data) is dict:
            inner = data.get("result") if topic.startswith("user.") else None
            if topic.startswith("instrument_info") and "update" in data:
                inner = data["update"]
            return inner if type(inner) is list else [data]
        return data if type(data) is list else None

    @staticmethod
    def _parse(frame: bytes) -> Any:
        return json.loads(frame, parse_float=_number, parse_constant=_no_number)


def dialect_for(config: BybitConfig) -> BybitDialect:
    """Make the dialect of a client."""
    if config.protocol == "seed":
        return SeedDialect(config.place)
    return BybitDialect(config.place, config.category, book_gaps=config.book_gaps)


def _is_categorised(topic: Topic) -> bool:
    return any(name == "category" for name, _ in topic.args)


def _all_in_one(name: str) -> str | None:
    """Return ``order`` of ``order.linear``; None for a topic that has no category."""
    head, _, last = name.rpartition(".")
    return head if last in _CATEGORIES else None


def _number(text: str) -> float | Decimal:
    """Parse a JSON number with all its digits: a float where that holds them."""
    number = float(text)
    if len(text) <= _EXACT_DIGITS and "e" not in text.lower():
        return number
    exact = Decimal(text)
    return number if Decimal(repr(number)) == exact else exact


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")
