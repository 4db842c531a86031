"""OKX's words on a WebSocket, read and written. No I/O, no state.

Page: "WebSocket API" of OKX's API guide (connect, login, subscribe, notification). A frame is classified in a fixed
order: ``pong``, then ``event`` (control), ``op`` (answer to an order operation), ``arg`` with ``data`` (push).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import orjson

from okx_sync.credentials import Credentials, HiddenText
from okx_sync.errors import OkxError, SubscriptionError
from okx_sync.exchanges.frames import PONG, head_of, in_batches, no_json, no_object, not_rows, text_of, the_one_named
from okx_sync.exchanges.okx import error_codes
from okx_sync.exchanges.okx.channels import CHANNELS
from okx_sync.exchanges.okx.signing import login_args
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import (
    Ack,
    ConnCount,
    Event,
    Failure,
    Garbage,
    LoggedIn,
    Notice,
    Push,
    StreamReply,
    Unknown,
)

__all__ = ["MAX_ARGS", "MAX_BYTES", "OkxDialect"]

MAX_ARGS: Final = 100
MAX_BYTES: Final = 32 * 1024
"""Our own bounds for one request, well under OKX's 64 KB: a bad topic then spoils a small batch only."""

_NUMBERED_TRADES: Final = ("trades", "trades-all")
_RESTART: Final = "64008"
_CONN_COUNT_ERROR: Final = "channel-conn-count-error"
# extraParams changes how often OKX pushes, not what a topic is; OKX may leave it out of the arg it sends back.
_UNMATCHED: Final = "extraParams"


class OkxDialect(Dialect):
    """OKX V5 streams.

    Args:
        environment: what errors call this place, for example ``"okx global live"``.
    """

    name = "okx"
    ping_frame = "ping"
    head_end = b'"data":['
    omitting = frozenset(name for name, channel in CHANNELS.items() if channel.omits)

    def __init__(self, environment: str = "okx") -> None:
        self.environment = environment

    # -- saying --------------------------------------------------------------------------------------------

    def login_frame(self, credentials: Credentials, now_s: float) -> str:
        """Make the login request, signed for ``now_s``; its repr is hidden, as it holds the passphrase."""
        request = {"op": "login", "args": [login_args(credentials, now_s)]}
        return HiddenText(orjson.dumps(request).decode())

    def ask_frame(self, op: Literal["subscribe", "unsubscribe"], topics: Sequence[Topic], request_id: str) -> str:
        """Make one request for all ``topics``. ``request_id``: at most 32 letters and digits."""
        request = {"id": request_id, "op": op, "args": [topic.arg for topic in topics]}
        return orjson.dumps(request).decode()

    def batches(self, topics: Sequence[Topic]) -> Iterator[list[Topic]]:
        """Cut topics into pieces of at most ``MAX_ARGS`` topics and ``MAX_BYTES`` bytes."""
        return in_batches(topics, lambda topic: topic.arg, MAX_ARGS, MAX_BYTES)

    # -- understanding -------------------------------------------------------------------------------------

    def read(self, frame: bytes) -> Event:
        """Say what a frame means. The hot path: a push passes one parse and six looks."""
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
        if "op" in message:
            return _reply(message)
        arg = message.get("arg")
        rows = message.get("data")
        if type(arg) is dict:
            channel = arg.get("channel")
            if type(channel) is str:
                if type(rows) is not list:
                    rows = not_rows(rows)
                info = CHANNELS.get(channel)
                if info is not None and info.omits:
                    return _named_by_rows(frame, Push(channel, arg, rows, message), info.omits)
                return Push(channel, arg, rows, message)
        if arg is None and rows is None:
            return Unknown(message)
        return Garbage(frame, "a push without a channel")

    def head(self, frame: bytes, push: Push) -> bytes | None:
        """Return the ``arg``, and what stands before the rows besides, as :meth:`Dialect.head` does."""
        return head_of(frame, self.head_end, {"arg": push.arg})

    def matches(self, topic: Topic, arg: Mapping[str, Any]) -> bool:
        """Tell whether ``arg`` has the topic's channel and arguments; what OKX adds (``uid``) does not count."""
        if arg.get("channel") != topic.channel:
            return False
        for name, value in topic.args:
            if name != _UNMATCHED and arg.get(name) != value and not (name not in arg and _omits(topic, name)):
                return False
        return True

    def blame(self, failure: Failure, topics: Sequence[Topic]) -> Topic | None:
        """Return the one topic that the text of a failure names, by request or by channel and argument."""
        return the_one_named(failure.message, topics)

    def sequence(self, push: Push) -> tuple[int, int] | None:
        """Return ``(prevSeqId, seqId)`` over all rows of a book push; None where OKX sends no both."""
        if not push.rows or type(push.rows[0]) is not dict or type(push.rows[-1]) is not dict:
            return None
        previous, this = push.rows[0].get("prevSeqId"), push.rows[-1].get("seqId")
        return (previous, this) if type(previous) is int and type(this) is int else None

    def numbers(self, push: Push) -> tuple[int | None, int] | None:
        """Return the numbers of a push of trades as well: those of one instrument go up by one."""
        if push.channel not in _NUMBERED_TRADES:
            return super().numbers(push)
        from okx_sync.exchanges.okx.recovery.trade_numbers import numbers_of  # for who proves a recording

        spans = [span for row in push.rows if (span := numbers_of(row)) is not None]
        return (spans[0][0] - 1, spans[-1][1]) if spans else None

    def page(self, push: Push) -> tuple[int, bool] | None:
        """Return ``(curPage, lastPage)`` of a paged account snapshot."""
        number, is_last = push.message.get("curPage"), push.message.get("lastPage")
        return (number, is_last) if type(number) is int and type(is_last) is bool else None

    def join_pages(self, pages: Sequence[Push]) -> Push:
        """Make one push of all pages.

        Pages of ``account`` repeat the totals: they become one row with all its ``details``.
        """
        whole = super().join_pages(pages)
        rows = whole.rows
        if whole.channel == "account" and rows and all(isinstance(row, dict) for row in rows):
            parts = [row.get("details") for row in rows]
            is_whole = all(isinstance(part, list) for part in parts)
            details = [detail for part in parts for detail in part] if is_whole else None
            rows = [{**rows[-1], "details": details}]
        return whole.with_rows(rows)

    # -- judging -------------------------------------------------------------------------------------------

    login_verdict = staticmethod(error_codes.login_verdict)
    subscribe_verdict = staticmethod(error_codes.subscribe_verdict)
    close_hint = staticmethod(error_codes.close_hint)

    def knows_code(self, code: str) -> bool:
        """See ``CodeTable.knows``."""
        return code == _CONN_COUNT_ERROR or error_codes.knows(code)

    def error(self, code: str, message: str, arg: Mapping[str, Any] | None = None) -> OkxError:
        """Make the exception for an error code; with ``arg`` a SubscriptionError."""
        if code == _CONN_COUNT_ERROR:
            hint = "close other connections that are on this channel: OKX allows 30 for each sub-account"
            return SubscriptionError(message, code=code, arg=arg, environment=self.environment, hint=hint)
        return error_codes.error_for(code, message, environment=self.environment, arg=arg)


def _omits(topic: Topic, name: str) -> bool:
    channel = CHANNELS.get(topic.channel)
    return channel is not None and name in channel.omits


def _named_by_rows(frame: bytes, push: Push, omits: tuple[str, ...]) -> Push | Garbage:
    """Return the push with what its ``arg`` lacks and its rows tell: which of several topics it belongs to.

    Rows of several topics in one message have not been seen; they are reported rather than given to one of them.
    """
    for name in omits:
        if name in push.arg:
            continue
        told = {value for row in push.rows if type(row) is dict and type(value := row.get(name)) is str}
        if len(told) > 1:
            return Garbage(frame, f"rows of several {name} under an arg that names none")
        if told:
            push = Push(push.channel, {**push.arg, name: told.pop()}, push.rows, push.message)
    return push


def _control(frame: bytes, message: dict[str, Any]) -> Event:
    """Read a message with ``event``."""
    match message["event"]:
        case "subscribe" | "unsubscribe" as op:
            arg = message.get("arg")
            if not isinstance(arg, dict):
                return Garbage(frame, "an acknowledgement without arg")
            return Ack(op, arg, text_of(message, "id") or None)
        case "error":
            return _failure(message)
        case "login":
            return LoggedIn(message) if text_of(message, "code") in ("0", "") else _failure(message)
        case "pong":
            return PONG
        case "notice":
            code = text_of(message, "code")
            return Notice(code, text_of(message, "msg"), restart=code == _RESTART)
        case "channel-conn-count" | "channel-conn-count-error" as event:
            exceeded = event == _CONN_COUNT_ERROR
            return ConnCount(text_of(message, "channel"), text_of(message, "connCount"), exceeded)
    return Unknown(message)


def _failure(message: dict[str, Any]) -> Failure:
    arg = message.get("arg")
    named = arg if isinstance(arg, dict) else None
    text = text_of(message, "msg")
    return Failure(text_of(message, "code"), text, text_of(message, "id") or None, text=text, arg=named)


def _reply(message: dict[str, Any]) -> StreamReply:
    """Read the answer to an order operation; ``code`` "0" is all done, "2" some, anything else none."""
    rows = message.get("data")
    return StreamReply(
        text_of(message, "id"),
        text_of(message, "op"),
        text_of(message, "code"),
        text_of(message, "msg"),
        rows if isinstance(rows, list) else [],
        message,
    )
