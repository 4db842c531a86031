"""Reading and writing of frames, as far as it is the same on all exchanges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Event, Garbage, Pong

__all__ = ["PONG", "head_of", "in_batches", "no_json", "no_object", "not_rows", "text_of", "the_one_named"]

PONG: Final = Pong()

_AROUND: Final = 100  # bytes of a request besides its args
_NAMED_CHANNEL: Final = re.compile(r"channel:\s*([\w-]+)((?:\s*,\s*\w+:[^\s,]+)*)")
_NAMED_ARG: Final = re.compile(r"(\w+):([^\s,]+)")


def in_batches(
    topics: Sequence[Topic], arg_of: Callable[[Topic], Any], max_args: int, max_bytes: int
) -> Iterator[list[Topic]]:
    """Cut topics into pieces, each for one request.

    A piece has at most ``max_args`` topics, whose args (``arg_of``) make a request of at most ``max_bytes`` bytes.
    """
    batch: list[Topic] = []
    size = _AROUND
    for topic in topics:
        length = len(orjson.dumps(arg_of(topic))) + 1
        if batch and (len(batch) == max_args or size + length > max_bytes):
            yield batch
            batch, size = [], _AROUND
        batch.append(topic)
        size += length
    if batch:
        yield batch


def no_json(frame: bytes, problem: ValueError) -> Event:
    """Say what a frame means that cannot be parsed: a pong with space around it, or nothing."""
    return PONG if frame.strip() == b"pong" else Garbage(frame, f"not JSON: {problem}")


def no_object(frame: bytes, value: Any) -> Event:
    """Say what a frame means that is JSON but no object: a quoted pong, or nothing."""
    return PONG if value == "pong" else Garbage(frame, "JSON, but not an object")


def not_rows(data: Any) -> list[Any]:
    """Return rows for a push whose ``data`` are none: one row that cannot be read.

    So it is reported, and whoever keeps a state of the topic knows that something of it was lost.
    """
    return [str(data) if isinstance(data, dict) else data]


def head_of(frame: bytes, head_end: bytes, told: Mapping[str, Any]) -> bytes | None:
    """Return the frame up to ``head_end``, if that alone tells all of ``told``, else None.

    No control message may begin like it.
    """
    head = frame[: frame.find(head_end)]
    try:
        said = orjson.loads(head + b'"":0}')
    except ValueError:
        return None
    fits = all(said.get(name) == value for name, value in told.items())
    return head if fits and said.keys().isdisjoint(("event", "op")) else None


def text_of(message: Mapping[str, Any], key: str) -> str:
    """Return a field as text; empty when it is missing or no text or number: exchanges send codes as either."""
    value = message.get(key)
    if type(value) is str:
        return value
    return str(value) if type(value) is int else ""


def the_one_named(
    text: str, topics: Sequence[Topic], same: Callable[[Any, Any], bool] = lambda one, other: bool(one == other)
) -> Topic | None:
    """Return the only one of ``topics`` that an error text names; None where it names none, or several.

    Two forms are in use: ``Wrong URL or channel:books,instId:X doesn't exist``, which may name some arguments only,
    and ``Illegal request: {...}`` with the whole request inside. ``same`` compares the values of arguments.
    """
    named = _named_args(text)
    suspects = [topic for topic in topics for one in named if _fits(topic, one, same)]
    return suspects[0] if len(suspects) == 1 else None


def _named_args(text: str) -> list[dict[str, str]]:
    start = text.find("{")
    if start >= 0:
        try:
            request = orjson.loads(text[start : text.rfind("}") + 1])
        except ValueError:
            request = None
        args = request.get("args") if isinstance(request, dict) else None
        if isinstance(args, list):
            return [arg for arg in args if isinstance(arg, dict)]
    found = _NAMED_CHANNEL.search(text)
    if found is None:
        return []
    return [{"channel": found[1], **dict(_NAMED_ARG.findall(found[2]))}]


def _fits(topic: Topic, named: Mapping[str, str], same: Callable[[Any, Any], bool]) -> bool:
    """Tell whether an error that names a channel and some arguments contradicts none of the topic's."""
    if named.get("channel") != topic.channel:
        return False
    given = dict(topic.args)
    return all(same(given[name], value) for name, value in named.items() if name in given)
