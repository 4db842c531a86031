"""The door for texts that an exchange wrote: nothing secret passes, whatever it quotes.

A refusal may quote the whole login that it refuses. Its text goes into errors, events, logs and ``status()``, so it is
redacted once, before anybody has it.
"""

from __future__ import annotations

from typing import Any

import attrs

from okx_sync.logs import redact
from okx_sync.protocol.events import Ack, Event, Failure, Notice, StreamReply

__all__ = ["without_secrets"]


def without_secrets(event: Event) -> Event:
    """The same event with redacted texts. Pushes are data and pass as they are; so do the rows of a reply."""
    if isinstance(event, Failure):
        texts = {name: redact(getattr(event, name)) for name in ("code", "message", "text")}
        return attrs.evolve(event, **texts, arg=_arg(event.arg))
    if isinstance(event, Notice):
        return attrs.evolve(event, message=redact(event.message))
    if isinstance(event, StreamReply) and event.message:
        return attrs.evolve(event, message=redact(event.message))
    if isinstance(event, Ack) and event.failed:
        return attrs.evolve(event, reason=redact(event.reason))
    return event


def _arg(arg: dict[str, Any] | None) -> dict[str, Any] | None:
    """A topic's argument as it is; where it holds a secret it is no topic's, and told without its values."""
    if arg is None or redact(text := str(arg)) == text:
        return arg
    return dict.fromkeys(arg, "<hidden>")
