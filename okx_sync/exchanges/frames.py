"""What reading and writing frames has in common on all exchanges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from okx_sync.protocol.dialect import Topic

__all__ = ["in_batches", "text_of"]

_AROUND: Final = 100  # bytes of a request besides its args


def in_batches(
    topics: Sequence[Topic], arg_of: Callable[[Topic], Any], max_args: int, max_bytes: int
) -> Iterator[list[Topic]]:
    """Pieces of at most ``max_args`` topics, whose args (``arg_of``) make a request of at most ``max_bytes`` bytes."""
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


def text_of(message: Mapping[str, Any], key: str) -> str:
    """A field as text; empty when it is missing or no text or number: exchanges send codes as either."""
    value = message.get(key)
    if type(value) is str:
        return value
    return str(value) if type(value) is int else ""
