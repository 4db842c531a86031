"""``Synced``: the base of orders, positions and account, which are complete or say why not.

Unknown is never shown as nothing. A live object is synced only after a complete picture has come, and not while its
link is down; where the exchange never sends a complete picture it says so, and nobody waits for it for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import attrs

from okx_sync.errors import ConfigError, DecodeError, OkxError
from okx_sync.logs import get_logger
from okx_sync.state.live_object import Dispatch, LiveObject, call_now
from okx_sync.timing import Clock

__all__ = ["Report", "Synced"]

log = get_logger("state")

Report = Callable[[Exception], None]
"""Takes an error that has no caller."""

_MOST_REPORTS: Final = 1_000  # of rows and fields that cannot be read; behind that they are but counted as missing
_AHEAD_MS: Final = 60_000  # how far ahead of our view of the exchange's clock a time may be


def _log_only(error: Exception) -> None:
    log.error("%s", error)


class Synced(LiveObject):
    """Base of the live objects of an account.

    Args:
        report: Takes errors without a caller; by default the log.
        no_source: Why no complete picture ever comes; None where one does.
        others: As of ``LiveObject``.
    """

    def __init__(
        self,
        name: str,
        *,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        report: Report | None = None,
        no_source: str | None = None,
        beside: LiveObject | None = None,
    ) -> None:
        super().__init__(name, dispatch=dispatch, clock=clock, beside=beside)
        self._report = report if report is not None else _log_only
        self._no_source = no_source
        self._is_synced = False
        self._problem = no_source or "no snapshot has come yet"
        self._told_of_future = False
        self._believed_until_ms = 0  # what was no time in the future is none later, so that the clock is asked seldom
        self._reported: set[str] = set()

    @property
    def synced(self) -> bool:
        """True from the first complete picture on, as long as nothing can have been missed since.

        After a lost link it is False until the next one; reads then give what was last known.
        """
        with self._lock:  # a picture that is being taken in is not there yet, whatever is set of it first
            return self._is_synced and not self.is_closed

    @property
    def unsynced_reason(self) -> str | None:
        """Why this is not :attr:`synced`, for people; None while it is."""
        return None if self.synced else self._closed_because or self._problem

    def wait_synced(self, timeout: float | None = None) -> bool:
        """Wait until :attr:`synced`; False when it is not within ``timeout`` seconds (None: wait for ever).

        :attr:`unsynced_reason` says why it is not. Raises ``StreamClosed`` when this is closed, and without a timeout
        ``ConfigError`` where nobody ever tells a complete picture.
        """
        return self._wait_surely(lambda: self.synced, timeout)

    def _wait_surely(self, holds: Callable[[], object], timeout: float | None) -> bool:
        """Wait for what is only certain while this is synced."""

        def look(_: Any) -> object:
            if timeout is None and self._no_source is not None and not self._is_synced and not self.is_closed:
                raise ConfigError(
                    f"{self._name} cannot be waited for without a timeout: {self.unsynced_reason}",
                    hint="give a timeout, in seconds; changes are reported all the same",
                )
            return holds()

        return self.wait_until(look, timeout)

    def _set_synced(self, synced: bool, problem: str | None = None) -> bool:
        """Set whether this is synced; returns True when that is a change. Under the lock."""
        if not synced and problem is not None:
            self._problem = problem if self._no_source is None else f"{problem}; {self._no_source}"
        was, self._is_synced = self._is_synced, synced
        if was != synced or not synced:
            self._changes.note()
        return was != synced

    def _now_ms(self) -> int:
        return int(self._clock.server_time() * 1000)

    def _believed(self, update: Any) -> Any:
        """Return ``update`` without a time in the future, by which all later news would be older. Under the lock.

        What could not be read of it is reported, each field once.
        """
        for problem in getattr(update, "unreadable", ()):
            self._report_once(problem.field or problem.message, problem)
        at: int | None = getattr(update, "updated_at", None)
        if at is None or at <= self._believed_until_ms:
            return update
        return update if self._believed_time(at) == at else attrs.evolve(update, updated_at=None)

    def _report_once(self, key: str, error: Exception) -> None:
        """Report an error unless one of this key was reported before. Under the lock."""
        if key not in self._reported and len(self._reported) < _MOST_REPORTS:
            self._reported.add(key)
            self._outbox.append((self._report, error))

    def row_lost(self, error: DecodeError | None = None) -> None:
        """Note that a row could not be read, so that something may be missing here. For whoever feeds this.

        Reported, unless that was done already (None); not :attr:`synced` until the next complete picture.
        """
        if error is not None:
            self.not_read(error)
        else:
            self._doubt("a row could not be read")

    def not_read(self, error: DecodeError) -> None:
        """Do as :meth:`row_lost`, where the feed itself will look again. For whoever feeds this."""
        self._doubt(f"a row could not be read: {error.message}", error)

    def _doubt(self, reason: str, error: DecodeError | None = None) -> None:
        with self._lock:
            if error is not None:
                self._report_once(error.message, error)
            self._set_synced(False, reason)
        self._hand_on()

    def _believed_time(self, at: int | None) -> int | None:
        """Return ``at`` (epoch ms), or None when that is in the future. Reported once. Under the lock."""
        if at is None or at <= self._believed_until_ms:
            return at
        now = int(self._clock.server_time() * 1000)
        self._believed_until_ms = now + _AHEAD_MS
        if at <= self._believed_until_ms:
            return at
        if not self._told_of_future:
            self._told_of_future = True
            error = OkxError(
                f"{self._name}: the exchange sent the time {at}, {(at - now) / 1000:.0f} s ahead of its clock; such "
                "times are not used to tell old news from new",
                hint="check the clock of this machine if this comes right after the start",
            )
            self._outbox.append((self._report, error))
        return None
