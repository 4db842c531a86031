"""An operation that has no method yet, sent as it is, and its answer."""

from __future__ import annotations

from typing import Any, Final

import orjson

from okx_sync.errors import ConfigError, ConnectionLost, OkxTimeoutError
from okx_sync.live.links import Links
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.protocol.write_guard import STREAM
from okx_sync.timing import Clock, Deadline

__all__ = ["send_operation"]

_OF_THE_ENGINE: Final = frozenset({"subscribe", "unsubscribe", "login", "auth"})


def send_operation(
    spec: StreamSpec,
    links: Links,
    clock: Clock,
    path: str,
    op: str,
    args: list[Any],
    fields: dict[str, Any],
    timeout: float | None,
) -> dict[str, Any] | None:
    """Send ``{"op": op, "args": args, **fields}`` on a path; with ``timeout`` wait for the answer and return it whole.

    Raises:
        ConfigError: It is no JSON, or an answer is waited for that cannot be told from others.
        ConnectionLost: The link is not up, or went away before the answer; then it may have been carried out.
        OkxTimeoutError: No answer came within ``timeout`` seconds; it may have been carried out.
        OkxError: The exchange did not take it for an operation.
        ReadOnlyError: The config says so; DryRun, too.
    """
    dialect, message = spec.dialect, {"op": op, "args": args, **fields}
    deadline, id_field = Deadline(timeout, clock), dialect.id_field(path)  # a bad timeout is refused before it goes out
    if timeout is not None:
        _check_answer(op, fields, id_field)
    text = _as_json(message)
    if op not in dialect.reading_ops:
        spec.guard.check(STREAM, op, text)
    links.check(path)
    link = links.find(path)
    if link is None:  # none is made: it would count as one that is in use, and is not up
        raise ConnectionLost(f"the {path} link is not connected", environment=spec.environment, retryable=True)
    if timeout is None:
        link.send(text)
        return None
    reply = link.request(lambda number: orjson.dumps({id_field: number, **message}).decode(), timeout)
    try:
        answer = deadline.wait_for(reply)
    except TimeoutError:
        link.expire_calls()
        raise OkxTimeoutError(
            f"no answer to {op} within {timeout:g} s; it may have been carried out", environment=spec.environment
        ) from None
    raw: dict[str, Any] = answer.raw
    return raw


def _as_json(message: dict[str, Any]) -> str:
    if type(op := message["op"]) is not str:
        raise ConfigError(f"op must be text, not {op!r}")
    try:
        return orjson.dumps(message).decode()
    except (TypeError, ValueError, RecursionError) as problem:
        hint = "take text for Decimal and times" if type(problem) is not RecursionError else None
        raise ConfigError(f"{op} cannot be sent as JSON: {problem}", hint=hint) from problem


def _check_answer(op: str, fields: dict[str, Any], id_field: str | None) -> None:
    if op in _OF_THE_ENGINE:
        raise ConfigError(f"nobody can wait for the answer to {op}", hint="subscribe(channel, path=...) does")
    if id_field is None:
        raise ConfigError("no answer of this exchange says what it answers", hint="leave timeout= out")
    if id_field in fields:
        raise ConfigError(
            f"{id_field} is given by the client where an answer is waited for", hint=f"leave {id_field} out"
        )
