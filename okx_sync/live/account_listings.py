"""Complete lists of positions and balances, asked of REST where the stream tells nothing but changes.

The order decides: first the exchange agrees to push changes, then the list is asked for, so that nothing can happen
unseen between the two. A change that comes while the list is under way is newer than the list and stays. After a lost
link, or a row that could not be read, the list is asked for again; until it is in, the monitor is not synced.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

from okx_sync.errors import ConfigError, OkxAuthError, OkxError, StreamClosed
from okx_sync.live.retried_jobs import RetriedJobs
from okx_sync.logs import get_logger
from okx_sync.rows.tolerant import each
from okx_sync.state.monitor import Monitor
from okx_sync.timing import Backoff, Clock

__all__ = ["AccountListing", "AccountListings", "ListRows"]

log = get_logger("client")

ListRows = Callable[[str | None], Iterable[Any]]
"""Given the product type (None: all), lists all rows, each with a ``to_update()``. Raises ``OkxError``."""

_JOIN_S: Final = 0.5
_AGAIN_S: Final = 0.5
_MOST_DOUBLINGS: Final = 9
_UNREAD_S: Final = 15.0  # at most, until what could not be read is asked for once more


class AccountListings:
    """Asks for the lists of one client, on a thread of its own that starts with the first.

    Args:
        report: Takes errors without a caller.
    """

    def __init__(self, clock: Clock, report: Callable[[Exception], None]) -> None:
        self.clock = clock
        self._report = report
        self._backoff = Backoff(first_s=0.5, cap_s=15.0)
        # Guards the start of the thread; nothing is asked under it.
        self._lock = threading.RLock()
        self._jobs: RetriedJobs[AccountListing] | None = None
        self._is_closed = False

    def want(self, listing: AccountListing, delay_s: float = 0.0) -> None:
        """Have a list asked for. Raises ``OkxError`` when there is no thread to be had."""
        with self._lock:
            if self._is_closed:
                return
            if self._jobs is None:
                jobs: RetriedJobs[AccountListing] = RetriedJobs("okx-listings", self.clock, self._failed)
                jobs.start()
                self._jobs = jobs
            jobs = self._jobs
        jobs.add(listing, listing.ask, delay_s)

    def _failed(self, listing: AccountListing, attempt: int, error: Exception) -> float | None:
        """Tell of a list that could not be had; seconds until it is asked for again, None where that is of no use."""
        if isinstance(error, StreamClosed) or self._is_closed or listing.monitor.is_closed or not listing.is_wanted:
            return None
        if not isinstance(error, OkxError):  # a bug of ours must not end the thread
            log.error("%s could not be listed", listing.name, exc_info=error)
        listing.monitor.invalidate(f"{listing.name} could not be listed: {error}", listing.product)
        self._report(error)
        if isinstance(error, ConfigError | OkxAuthError):
            return None
        return max(0.1, self._backoff.delay(attempt))

    def stop(self) -> None:
        """Begin no more; returns at once."""
        with self._lock:
            self._is_closed = True
            jobs = self._jobs
        if jobs is not None:
            jobs.stop()

    def join(self) -> None:
        """Wait a moment for the end of the thread."""
        if (jobs := self._jobs) is not None:
            jobs.join(_JOIN_S)


class AccountListing:
    """One list of one monitor, and what the stream tells meanwhile.

    Args:
        name: For people, ``"positions"``.
        rows: Asks for it.
        product: The product type that it is of; None for all.
    """

    def __init__(
        self, owner: AccountListings, name: str, rows: ListRows, monitor: Monitor[Any], product: str | None
    ) -> None:
        self.name = name if product is None else f"{name} of {product}"
        self.monitor = monitor
        self._owner = owner
        self._rows = rows
        self.product = product
        # Held while a push or a list is taken in: a list must not come between a push and its note.
        self._lock = threading.RLock()
        self._is_down = False
        self._is_put_off = False  # it was to be asked for while the link was down
        self.is_wanted = True  # nothing that came since it was last asked for tells all
        self._era = 0  # grows whenever a list that is under way may tell too little
        self._meanwhile: list[Any] | None = None  # what was pushed while a list is under way; None while none is

    def apply(self, updates: list[Any]) -> None:
        """Take in changes that the stream tells."""
        with self._lock:
            if self._meanwhile is not None:
                self._meanwhile += updates
            self.monitor.apply(*updates)

    def told_all(self, updates: list[Any], at: int | None) -> None:
        """Take in a list that the stream itself has brought, made ``at`` (epoch ms): none has to be asked for."""
        with self._lock:
            self.is_wanted = False
            self.monitor.apply_snapshot(updates, at, self.product)

    def lost(self) -> None:
        """Note that the link is down: a list that is under way tells too little, and so would the next."""
        with self._lock:
            self._era += 1
            self._is_down = True

    def again(self, delay_s: float = 0.0) -> None:
        """Have it asked for (again): the link is up, or a row could not be read."""
        with self._lock:
            self._era += 1
            self.is_wanted = True
        self._owner.want(self, delay_s)

    def link_is_up(self) -> None:
        """Note that lists are of use again; one that was put off is asked for."""
        with self._lock:
            self._is_down = False
            is_due, self._is_put_off = self._is_put_off and self.is_wanted, False
        if is_due:
            self.again()

    def restored(self) -> None:
        """Have it asked for: the exchange has agreed to push changes."""
        self.link_is_up()
        self.again()

    def ask(self, attempt: int) -> float | None:
        """Ask for the list and take it in; seconds until it is to be asked for again. Raises ``OkxError``."""
        if self.monitor.is_closed:
            return None
        with self._lock:
            if not self.is_wanted:
                return None
            era, self._meanwhile = self._era, []
        try:
            updates, unread = each(self._rows(self.product), lambda row: row.to_update())
            is_cut = any(getattr(one, "is_cut", False) for one in updates)
            with self._lock:
                if self._is_down:
                    self._is_put_off = True
                    return None  # asked for again once it is up
                if self._is_needless():
                    return None  # the stream has told all meanwhile
                if self._is_outdated(era):
                    return 0.0
                # What was pushed meanwhile is newer than the list, whatever the clocks say, and so comes last.
                if not unread:
                    self.monitor.apply_snapshot([*updates, *self._meanwhile], product=self.product)
                    self.is_wanted = is_cut
                if not unread and not is_cut:
                    return None
        finally:
            with self._lock:
                self._meanwhile = None
        for problem in unread:
            self.monitor.not_read(problem, self.product)
        return min(_UNREAD_S, _AGAIN_S * 2.0 ** min(attempt, _MOST_DOUBLINGS))

    def _is_needless(self) -> bool:
        return not self.is_wanted

    def _is_outdated(self, era: int) -> bool:
        return era != self._era
