"""Redaction of texts that an exchange wrote: no secret passes, whatever they quote.

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
    """Return the same event with redacted texts.

    Pushes are data and pass as they are; so do the rows of a reply.
    """
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
    """Return the argument of a topic as it is, or without its values where it holds a secret.

    One that holds a secret is no topic's.
    """
    if arg is None or redact(text := str(arg)) == text:
        return arg
    return dict.fromkeys(arg, "<hidden>")
