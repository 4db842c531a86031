"""What a frame can mean: the events that a dialect reads off the wire.

Plain slotted classes without behaviour. ``Push`` is on the hot path and is kept bare on purpose.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import attrs

from okx_sync.errors import DecodeError
from okx_sync.logs import redact

__all__ = [
    "Ack",
    "ConnCount",
    "Event",
    "Failure",
    "Garbage",
    "LoggedIn",
    "Notice",
    "Pong",
    "Push",
    "StreamReply",
    "Unknown",
    "shorten",
    "unread",
]


class Push:
    """Channel data. ``rows`` is the wire's ``data`` list, ``message`` the whole frame as parsed, ``size`` its bytes."""

    __slots__ = ("arg", "channel", "message", "rows", "size")

    def __init__(
        self, channel: str, arg: dict[str, Any], rows: list[Any], message: dict[str, Any], size: int = 0
    ) -> None:
        self.channel = channel
        self.arg = arg
        self.rows = rows
        self.message = message
        self.size = size

    def with_rows(self, rows: list[Any]) -> Push:
        """Return the same message with other rows."""
        return Push(self.channel, self.arg, rows, self.message, self.size)

    def __repr__(self) -> str:
        return f"Push({self.channel!r}, {self.arg!r}, {len(self.rows)} rows)"


@attrs.frozen
class Ack:
    """The exchange agreed to a subscribe or unsubscribe: of the topic ``arg``, or of a whole request when that is None.

    ``failed``: the topics of that request to which it did not agree, for that ``reason``.
    """

    op: Literal["subscribe", "unsubscribe"]
    arg: dict[str, Any] | None
    request_id: str | None = None
    failed: tuple[dict[str, Any], ...] = ()
    reason: str = ""


@attrs.frozen
class Failure:
    """The exchange said no, or that something is wrong. It may not say to what."""

    code: str
    message: str
    request_id: str | None = None
    text: str = ""
    arg: dict[str, Any] | None = None


@attrs.frozen
class LoggedIn:
    """The login was accepted."""

    message: dict[str, Any]


@attrs.frozen
class Pong:
    """The answer to our heartbeat."""


@attrs.frozen
class Notice:
    """The exchange announces something about this socket; ``restart`` means it will close it soon."""

    code: str
    message: str
    restart: bool = False


@attrs.frozen
class ConnCount:
    """How many connections the account has on a counted channel; ``exceeded`` ends the subscription."""

    channel: str
    count: str
    exceeded: bool


@attrs.frozen
class StreamReply:
    """The answer to a request of ours that carries an id (trade operations).

    ``restart``: it was refused because the server behind this socket restarts, as every later request on it will be.
    """

    request_id: str
    op: str
    code: str
    message: str
    rows: list[Any]
    raw: dict[str, Any]
    restart: bool = False


@attrs.frozen
class Unknown:
    """Well-formed, but nothing we know."""

    message: Any


@attrs.frozen
class Garbage:
    """A frame that cannot be read at all."""

    frame: bytes
    problem: str


Event = Push | Ack | Failure | LoggedIn | Pong | Notice | ConnCount | StreamReply | Unknown | Garbage

_LONGEST: Final = 300


def unread(event: Garbage | Unknown) -> DecodeError:
    """Make the error for a message that the dialect could not understand."""
    if isinstance(event, Garbage):
        return DecodeError(f"a frame cannot be read: {event.problem}", text=shorten(event.frame))
    return DecodeError("a message of an unknown kind came in", text=shorten(event.message))


def shorten(what: Any) -> str:
    """Return the text of a frame without secrets, cut to a length that an error may show."""
    try:
        text = what.decode("utf-8", "backslashreplace") if isinstance(what, bytes) else str(what)
    except RecursionError:
        return "<nested too deep to be shown>"
    length = len(text)
    text = redact(text[: 4 * _LONGEST])  # before it is cut: half of a secret would not be known as one
    return text if length <= _LONGEST else f"{text[:_LONGEST]}… ({length} characters)"
