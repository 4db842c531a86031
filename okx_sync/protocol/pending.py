"""Requests that wait for their answer: about topics (which are still open), and with an id (orders on a stream).

Sans-I/O. Exchanges answer in different ways: one ack for each topic, one for the whole request, or one that says which
topics failed; with the id of the request or without.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Generic, Literal, TypeVar

import attrs

from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Ack, Failure

__all__ = ["Ask", "Op", "PendingAsks", "PendingCalls", "RequestIds"]


Op = Literal["subscribe", "unsubscribe"]


@attrs.define
class Ask:
    """One request on its way. ``open`` holds the topics that were neither acked nor refused yet."""

    op: Op
    open: dict[Topic, None]
    deadline: float


class PendingAsks:
    """The requests of one socket, oldest first. ``ack_s``: how long an answer may take."""

    def __init__(self, dialect: Dialect, ack_s: float) -> None:
        self._dialect = dialect
        self._ack_s = ack_s
        self._asks: dict[str, Ask] = {}
        self._about: dict[tuple[Op, Topic], list[str]] = {}  # the ids of the requests about a topic, oldest first

    def start(self, op: Op, topics: Iterable[Topic], request_id: str, now: float) -> None:
        """Note that a request goes out now."""
        ask = self._asks[request_id] = Ask(op, dict.fromkeys(topics), now + self._ack_s)
        for topic in ask.open:
            self._about.setdefault((op, topic), []).append(request_id)

    def about(self, failure: Failure) -> Ask | None:
        """Return the request that a failure answers.

        Where the exchange sends no ids back, and the failure names no topic, it is the oldest request.
        """
        if failure.request_id is not None or self._dialect.echoes_ids or failure.arg is not None:
            return self._asks.get(failure.request_id or "")
        return next(iter(self._asks.values()), None)

    def close(self, op: Op, topic: Topic, answered: str | None) -> bool:
        """Settle ``topic`` in the request ``answered`` and in those before it; without an id, in the oldest one.

        True when that was the last word: no request of this kind about the topic waits any more.
        """
        ids = self._about.get((op, topic), [])
        number = ids.index(answered) + 1 if answered in ids else 1
        for request_id in ids[:number]:
            ask = self._asks[request_id]
            del ask.open[topic]
            if not ask.open:
                del self._asks[request_id]
        del ids[:number]
        if ids:
            return False
        self._about.pop((op, topic), None)
        return True

    def is_open(self, op: Op, topic: Topic) -> bool:
        """Tell whether a request about ``topic`` waits for its answer."""
        return (op, topic) in self._about

    def suspects(self, ask: Ask | None) -> list[Topic]:
        """Return the topics that a failure may be about: those of its request, or all that wait."""
        asks = [ask] if ask is not None else list(self._asks.values())
        return list(dict.fromkeys(topic for one in asks for topic in one.open))

    def topics_of(self, ack: Ack, likely: Topic | None) -> tuple[list[Topic], list[Topic]]:
        """Return the topics that an ack agrees to, and those that it refuses.

        An ack of one topic: ``likely`` (as routed), unless its id is that of a request for another; else (nobody wants
        it any more) the first one by its arg in the requests that wait. An ack of a whole request: all its topics but
        those that it says have failed.
        """
        ask = self._asks.get(ack.request_id or "")
        if ack.arg is None:
            if ask is None and not self._dialect.echoes_ids:
                ask = next((one for one in self._asks.values() if one.op == ack.op), None)
            topics = [] if ask is None else list(ask.open)
            failed = {topic for topic in topics if any(self._dialect.matches(topic, arg) for arg in ack.failed)}
            return [topic for topic in topics if topic not in failed], [topic for topic in topics if topic in failed]
        if likely is not None and (ask is None or likely in ask.open):
            return [likely], []
        asks = [ask] if ask is not None else [one for one in self._asks.values() if one.op == ack.op]
        # Acks come in the order of the requests, so the first to be looked at is mostly the one.
        waiting = (topic for one in asks for topic in one.open)
        found = next((topic for topic in waiting if self._dialect.matches(topic, ack.arg)), likely)
        return [] if found is None else [found], []

    def expire(self, now: float) -> list[Ask]:
        """Take the requests whose answer did not come in time."""
        late = {request_id: ask for request_id, ask in self._asks.items() if ask.deadline <= now}
        for request_id, ask in late.items():
            del self._asks[request_id]
            for topic in ask.open:
                ids = self._about[ask.op, topic]
                ids.remove(request_id)
                if not ids:
                    del self._about[ask.op, topic]
        return list(late.values())


T = TypeVar("T")


class RequestIds:
    """Short ids, unique within one client: letters and digits only, at most 32 characters."""

    def __init__(self, prefix: str = "r") -> None:
        self.next: Callable[[], str] = map(f"{prefix}%d".__mod__, itertools.count(1)).__next__
        """Gives a fresh id; safe from any thread, as the next number of a count is taken in one step."""


@attrs.define
class _Call(Generic[T]):
    token: T
    deadline: float
    epoch: int


class PendingCalls(Generic[T]):
    """Request id -> token. The link's lock guards it."""

    def __init__(self) -> None:
        self._calls: dict[str, _Call[T]] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def waiting_on(self, epoch: int) -> int:
        """Count the requests of the socket with this number that wait for their reply."""
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
