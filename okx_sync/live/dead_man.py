"""The dead man's switch: orders do not outlive the program that watches them.

The exchange holds a timer that cancels all orders when it runs out. While the ``with`` block runs, a thread sets it
anew at each third of its time; when the program dies, hangs or loses the network, nobody does, and the orders go.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from okx_sync import fork
from okx_sync.errors import ConfigError, OkxError, OkxHttpError, OkxTimeoutError
from okx_sync.logs import get_logger
from okx_sync.timing import Backoff, Clock
from okx_sync.worker import Worker

__all__ = ["LONGEST_S", "SHORTEST_S", "DeadMan", "Timer", "check_seconds"]

log = get_logger("dead_man")

SHORTEST_S, LONGEST_S = 10, 120
"""What OKX takes for the timer, seconds; of others see their ``dead_man``."""

_LOOK_S = 0.1
_DISARM_TRIES = 3


class Timer(Protocol):
    """State of the exchange's timer as it answers a call that sets it."""

    @property
    def triggerTime(self) -> int | None:  # noqa: N802  as the exchange spells it
        """Epoch ms at which it runs out."""


class DeadMan:
    """Keeps the exchange's cancel-all timer from running out while a ``with`` block runs.

    ::

        with client.dead_man(30) as guard:
            trade()                  # all orders are cancelled 30 s after this program stops in any way

    Entering sets the timer and raises what the exchange refuses, before the block begins. Leaving the block normally
    switches it off. Leaving it with an exception (Ctrl-C too) only ends the refreshing: then the exchange cancels the
    orders when the time is over, at :attr:`expires_at`. The same happens when the thread that entered has ended, and
    with ``max_idle`` when it gave no sign of life.

    A refresh that fails is repeated until it succeeds; each failure goes to ``on_error``, which runs on the refreshing
    thread and must be quick. So does the news that the time ran out, after which orders have been cancelled.

    Args:
        set_timer: ``set_timer(seconds)`` tells the exchange; 0 is off.
        close: Called at the end.
        seconds: Of the timer.
        max_idle: Seconds without :meth:`alive` after which the refreshing pauses.
        limits: The fewest and the most seconds that the exchange takes for its timer.
    """

    def __init__(
        self,
        set_timer: Callable[[int], Timer],
        seconds: int,
        clock: Clock,
        *,
        max_idle: float | None = None,
        on_error: Callable[[OkxError], object] | None = None,
        close: Callable[[], object] = lambda: None,
        limits: tuple[int, int] = (SHORTEST_S, LONGEST_S),
    ) -> None:
        fork.watch(self)
        self.seconds = check_seconds(seconds, limits)
        if max_idle is not None and not max_idle > 0:
            raise ConfigError(f"max_idle must be a positive number of seconds, not {max_idle!r}")
        self._set_timer = set_timer
        self._clock = clock
        self._max_idle = max_idle
        self._on_error = on_error
        self._close = close
        self._backoff = Backoff(first_s=0.5, cap_s=seconds / 10)
        self._worker = Worker("okx-dead-man", self._keep, self._crashed)
        self._owner: threading.Thread | None = None
        # Monotonic and wall time of the last request that worked, from before it was sent: never too late.
        self._asked: tuple[float, float] | None = None
        self._expires_ms: int | None = None
        self._alive_at = 0.0
        self._retry_at = 0.0
        self._failures = 0
        self._told = ""

    # -- what the block sees ---------------------------------------------------------------------------

    @property
    def armed(self) -> bool:
        """True while the exchange's timer is surely running; False once it was switched off or has run out."""
        return self._asked is not None and self._elapsed() < self.seconds

    @property
    def expires_at(self) -> datetime | None:
        """When the exchange will cancel the orders unless the timer is set anew (its clock, UTC); None when off."""
        return None if self._expires_ms is None else datetime.fromtimestamp(self._expires_ms / 1000, UTC)

    def alive(self) -> bool:
        """Give a sign of life, for ``max_idle``: call it at least that often.

        Returns whether the switch is :attr:`armed`: after too long a pause it may not be, and the orders may be gone.
        """
        self._alive_at = self._clock.monotonic()
        return self.armed

    def __enter__(self) -> Self:
        if self._owner is not None:
            raise ConfigError("a dead man's switch is entered once", hint="call client.dead_man(...) again")
        self._owner = threading.current_thread()
        try:
            self._arm()
        except BaseException as error:
            self._call_off(error)
            raise
        self.alive()
        try:
            self._worker.start()
        except BaseException as error:  # nobody would set the timer anew
            self._asked = self._expires_ms = None
            self._call_off(error, is_set=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fork.is_from_parent(self):
            return
        self._worker.ask_to_stop()
        try:
            if error is not None:
                log.warning("left with %s: all orders are cancelled at %s", type(error).__name__, self.expires_at)
                return
            # A refresh that is under way ends first: coming after the disarming it would set the timer again.
            if not self._worker.join(self.seconds):
                log.warning("a refresh of the dead man's switch is still under way")
            self._disarm()
        finally:
            self._close()

    def __repr__(self) -> str:
        return f"<DeadMan {self.seconds} s {'armed' if self.armed else 'not armed'}, expires_at={self.expires_at}>"

    # -- talking to the exchange -----------------------------------------------------------------------

    def _arm(self) -> None:
        asked = self._clock.monotonic(), self._clock.time()
        timer = self._set_timer(self.seconds)
        self._asked, self._expires_ms = asked, timer.triggerTime

    def _elapsed(self) -> float:
        """Return the seconds since the timer was set.

        The monotonic clock of some systems stands still while they sleep.
        """
        if self._asked is None:
            return 0.0
        monotonic, wall = self._asked
        return max(self._clock.monotonic() - monotonic, self._clock.time() - wall)

    def _call_off(self, error: BaseException, *, is_set: bool = False) -> None:
        """Call off a timer that is, or may be, set (``is_set``), after a start that failed."""
        try:
            if is_set or isinstance(error, OkxHttpError | OkxTimeoutError) or not isinstance(error, OkxError):
                self._set_timer(0)
        except OkxError as second:
            error.add_note(f"the timer may be running: orders may be cancelled within {self.seconds} s ({second})")
        finally:
            self._close()

    def _disarm(self) -> None:
        attempt = 1
        while True:
            try:
                self._set_timer(0)
            except OkxError as error:
                if attempt == _DISARM_TRIES:
                    error.hint = f"the switch is still on: all orders are cancelled at {self.expires_at}"
                    raise
                log.warning("switching off the dead man's switch failed: %s", error)
                self._clock.sleep(self._backoff.delay(attempt))
                attempt += 1
            else:
                self._asked = self._expires_ms = None
                return

    # -- the refreshing thread -------------------------------------------------------------------------

    def _keep(self, worker: Worker) -> None:
        while not worker.wait(_LOOK_S):
            self._look()

    def _look(self) -> None:
        """Look at the clock once, and do whatever is due."""
        now, elapsed = self._clock.monotonic(), self._elapsed()
        if elapsed >= self.seconds:
            self._tell("ran out", "the dead man's switch ran out: the exchange has cancelled all orders")
        silent = self._silence(now)
        if silent:
            self._tell("paused", f"the dead man's switch is not refreshed any more: {silent}")
        elif elapsed >= self.seconds / 3 and now >= self._retry_at:
            self._refresh()

    def _silence(self, now: float) -> str:
        """Say why nobody seems to be there; empty when somebody is."""
        if self._owner is not None and not self._owner.is_alive():
            return f"its thread {self._owner.name} has ended"
        if self._max_idle is not None and now - self._alive_at > self._max_idle:
            return f"no sign of life for {self._max_idle:g} s"
        return ""

    def _refresh(self) -> None:
        try:
            self._arm()
        except OkxError as error:
            self._failures += 1
            self._retry_at = self._clock.monotonic() + self._backoff.delay(self._failures)
            error.hint = f"it is sent again and again; without success all orders are cancelled at {self.expires_at}"
            self._report(error)
            return
        if self._failures or self._told:
            log.warning("the dead man's switch is refreshed again, until %s", self.expires_at)
        self._failures, self._told = 0, ""

    def _tell(self, what: str, text: str) -> None:
        """Report a lapse once, until the next refresh. Running out is reported also after a pause was."""
        if self._told in ("", "paused") and self._told != what:
            self._told = what
            hint = "look up what became of the orders; guard.armed tells when the switch works again"
            self._report(OkxTimeoutError(text, hint=hint))

    def _crashed(self, error: BaseException) -> None:
        self._report(OkxError(f"the dead man's switch died: {error}", hint="all orders are cancelled at expires_at"))

    def _report(self, error: OkxError) -> None:
        log.error("dead man's switch: %s (%.0f s left)", error, max(0.0, self.seconds - self._elapsed()))
        if self._on_error is None:
            return
        try:
            self._on_error(error)
        except BaseException:
            log.exception("on_error of the dead man's switch failed")


def check_seconds(seconds: int, limits: tuple[int, int] = (SHORTEST_S, LONGEST_S)) -> int:
    """Return ``seconds`` if the exchange takes it for the timer; raises ``ConfigError`` otherwise."""
    shortest, longest = limits
    if type(seconds) is not int or not shortest <= seconds <= longest:
        raise ConfigError(f"seconds must be a whole number from {shortest} to {longest}, not {seconds!r}")
    return seconds
