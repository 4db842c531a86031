"""The memory of what one topic delivered, so that what an outage swallowed is found over REST and delivered once.

Sans-I/O: a source is given what is delivered and asks REST through a callable that it gets. Each exchange has its own
sources; the engine holds the stream back while they ask, and puts both together (``delivery.recovery_buffer``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import attrs

from okx_sync.protocol.events import Push

__all__ = ["Fetch", "FetchedPage", "Lack", "Missed", "RecoverySource"]

Fetch = Callable[[str, Mapping[str, Any]], list[Any]]
"""``fetch(path, params)`` reads one page over REST: rows as they are on the wire. Raises ``OkxError``.

A :class:`FetchedPage` where the exchange says more than rows.
"""


class FetchedPage(list[Any]):
    """Rows of one answer; ``beside``: what it says about all of them, such as the cursor of the next page."""

    def __init__(self, rows: Iterable[Any] = (), beside: Mapping[str, Any] | None = None) -> None:
        super().__init__(rows)
        self.beside: Mapping[str, Any] = beside or {}


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

    def pushed(self, push: Push) -> None:  # noqa: ARG002
        """Hear of a push that is about to be delivered, before its rows: what is not in it may count, too."""
        return

    def note(self, row: Any) -> Any:
        """Remember a row that is about to be delivered, and return what is new of it.

        Returns the row itself; a row of the rest, where it stands for several events and some of them were delivered;
        None where all of it was.
        """

    def interrupted(self) -> None:
        """Note that an outage begins while nothing of an earlier one is left to recover.

        There may be a hole before whatever the stream tells from now on.
        """
        return

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        """Find what the stream would have pushed since ``since_ms``, as far as REST knows.

        Called while the stream is held back, or again later when REST could not be reached; changes nothing of what was
        delivered. Both times are the exchange's clock. Raises ``OkxError`` when REST cannot be asked.
        """

    def when(self, row: Any) -> tuple[int, ...]:
        """Return the place of a row in the order of events, to compare recovered rows with those of the stream."""

    def holes(self, rows: Sequence[Any]) -> list[str]:  # noqa: ARG002
        """Name, for people, the events that neither were delivered nor are in ``rows``.

        Only where the exchange numbers its events without holes.
        """
        return []
