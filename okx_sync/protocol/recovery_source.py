"""What one topic has told so far, so that what an outage swallowed can be found elsewhere and told exactly once.

Sans-I/O: a source is given what is delivered and asks REST through a callable that it gets. Each exchange has its own
sources; the engine holds the stream back while they ask, and puts both together (``delivery.recovery_buffer``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import attrs

__all__ = ["Fetch", "Lack", "Missed", "RecoverySource"]

Fetch = Callable[[str, Mapping[str, Any]], list[Any]]
"""``fetch(path, params)`` reads one page over REST: rows as they are on the wire. Raises ``OkxError``."""


@attrs.frozen
class Lack:
    """Something of an outage that was not asked for, or that nobody lists any more.

    ``before_ms``: it happened before this time of the exchange's clock; ``what``: for people.
    """

    before_ms: int
    what: str


@attrs.frozen
class Missed:
    """What REST knows of an outage: ``rows`` that the stream would have pushed, and what is lacking among them."""

    rows: list[Any] = attrs.field(factory=list)
    lacks: tuple[Lack, ...] = ()


class RecoverySource(Protocol):
    """The memory of one topic. Not thread-safe by itself: its buffer calls it from one thread at a time."""

    def note(self, row: Any) -> Any:
        """A row is about to be delivered: remember it.

        Returns what is new of it: the row itself; a row of the rest, where it stands for several events and some of
        them were told; None where all of it was told.
        """

    def interrupted(self) -> None:
        """An outage begins, and the last one has been recovered: what is told from now on may have a hole before it."""
        return

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """What the stream would have pushed since ``since_ms``, as far as REST knows.

        Called while the stream is held back, or again later when REST could not be reached; changes nothing of what
        was told. Both times are the exchange's clock. Raises ``OkxError`` when REST cannot be asked.
        """

    def when(self, row: Any) -> tuple[int, ...]:
        """Where a row stands in the order of events; compared between recovered rows and those of the stream."""

    def holes(self, rows: Sequence[Any]) -> list[str]:  # noqa: ARG002
        """What neither was told nor is in ``rows``, for people; only where events are numbered without holes."""
        return []
