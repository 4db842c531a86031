"""What to tell of a message that could not be read."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.errors import DecodeError
from okx_sync.logs import redact
from okx_sync.protocol.events import Garbage, Unknown

__all__ = ["shorten", "unread"]

_LONGEST: Final = 300


def unread(event: Garbage | Unknown) -> DecodeError:
    """The error for what a dialect could make nothing of."""
    if isinstance(event, Garbage):
        return DecodeError(f"a frame cannot be read: {event.problem}", text=shorten(event.frame))
    return DecodeError("a message of an unknown kind came in", text=shorten(event.message))


def shorten(what: Any) -> str:
    """Its text without secrets, which may be cut."""
    try:
        text = what.decode("utf-8", "backslashreplace") if isinstance(what, bytes) else str(what)
    except RecursionError:
        return "<nested too deep to be shown>"
    length = len(text)
    text = redact(text[: 4 * _LONGEST])  # before it is cut: half of a secret would not be known as one
    return text if length <= _LONGEST else f"{text[:_LONGEST]}… ({length} characters)"
