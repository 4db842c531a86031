"""What one topic has told so far, so that what an outage swallowed can be found elsewhere and told exactly once.

Sans-I/O: a ledger is given what is delivered and asks REST through a callable that it gets. Each exchange has its own
ledgers; the engine holds the stream back while they ask, and puts both together (``delivery.holdback``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

__all__ = ["Fetch", "Ledger"]

Fetch = Callable[[str, Mapping[str, Any]], list[Any]]
"""``fetch(path, params)`` reads one page over REST: rows as they are on the wire. Raises ``OkxError``."""


class Ledger(Protocol):
    """The memory of one topic. Not thread-safe by itself: its holdback calls it from one thread at a time."""

    def note(self, row: Any) -> bool:
        """A row is about to be delivered: remember it. False when it only repeats what was recovered before."""

    def missed(self, since_ms: int, fetch: Fetch) -> list[Any]:
        """Rows that the stream would have pushed since ``since_ms`` (the exchange's clock), as far as REST knows.

        Called while the stream is held back, or again later when REST could not be reached; changes nothing here.
        Raises ``OkxError`` when REST cannot be asked.
        """

    def when(self, row: Any) -> tuple[int, ...]:
        """Where a row stands in the order of events; compared between recovered rows and those of the stream."""
