"""Requests that wait for a reply with their id, for example orders over the socket.

Sans-I/O: a call is an opaque token of the caller (a future, say) kept until its reply, its deadline or the loss of
the socket, whichever comes first.
"""

from __future__ import annotations

import itertools
from typing import Generic, TypeVar

import attrs

__all__ = ["Calls", "RequestIds"]

T = TypeVar("T")


class RequestIds:
    """Short ids, unique within one client: letters and digits only, at most 32 characters."""

    def __init__(self, prefix: str = "r") -> None:
        self._prefix = prefix
        self._numbers = itertools.count(1)

    def next(self) -> str:
        """A fresh id; safe from any thread (``next`` on a count is atomic)."""
        return f"{self._prefix}{next(self._numbers)}"


@attrs.frozen
class _Call(Generic[T]):
    token: T
    deadline: float
    epoch: int


class Calls(Generic[T]):
    """Request id -> token. The link's lock guards it."""

    def __init__(self) -> None:
        self._calls: dict[str, _Call[T]] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def waiting_on(self, epoch: int) -> int:
        """How many requests of the socket with this number wait for their reply."""
        return sum(call.epoch == epoch for call in self._calls.values())

    def start(self, request_id: str, token: T, deadline: float, epoch: int = 0) -> None:
        """Expect a reply to ``request_id`` until ``deadline`` (monotonic seconds); ``epoch``: of the socket."""
        if request_id in self._calls:
            raise ValueError(f"request id {request_id!r} is in flight already")
        self._calls[request_id] = _Call(token, deadline, epoch)

    def resolve(self, request_id: str | None) -> T | None:
        """Take the token that waits for this id; None for an id nobody waits for (late or foreign)."""
        if request_id is None:
            return None
        call = self._calls.pop(request_id, None)
        return None if call is None else call.token

    def expire(self, now: float) -> list[T]:
        """Take the tokens whose deadline has passed."""
        late = [request_id for request_id, call in self._calls.items() if call.deadline <= now]
        return [self._calls.pop(request_id).token for request_id in late]

    def drain(self, epoch: int | None = None) -> list[T]:
        """Take the tokens of one socket, or all: the socket is gone and no reply can come."""
        gone = [request_id for request_id, call in self._calls.items() if epoch in (None, call.epoch)]
        return [self._calls.pop(request_id).token for request_id in gone]
