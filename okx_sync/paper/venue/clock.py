"""The paper exchange's clock: real time by default, and under the test's thumb when asked."""

from __future__ import annotations

import time
from collections.abc import Callable


class PaperClock:
    """Two readings of one time line, both in seconds.

    ``monotonic()`` is paper time since the clock was made: it runs like real time, stops while frozen and
    jumps with ``advance()``. Idle drops, rate limits, cadences and the market itself are measured on it.
    ``now()`` is what the exchange believes the date to be: the start date plus paper time plus the skew.
    Timestamps on the wire and signature checks use it.
    """

    def __init__(
        self,
        start: float | None = None,
        *,
        frozen: bool = False,
        real: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a clock.

        ``start``: epoch seconds of the first reading (default: the computer's date); ``frozen``: time moves by
        ``advance()`` only; ``real``: the source of real seconds.
        """
        self._real = real
        self._start = time.time() if start is None else float(start)
        self._elapsed = 0.0
        self._skew = 0.0
        self._since: float | None = None if frozen else real()

    def now(self) -> float:
        """Return the exchange's date, in epoch seconds, its skew included."""
        return self._start + self.monotonic() + self._skew

    def now_ms(self) -> int:
        """Return the exchange's date in whole epoch milliseconds."""
        return int(self.now() * 1000 + 1e-4)

    def monotonic(self) -> float:
        """Return the paper seconds since the clock was made; never goes back and ignores the skew."""
        if self._since is None:
            return self._elapsed
        return self._elapsed + (self._real() - self._since)

    def at_ms(self, monotonic: float) -> int:
        """Return the exchange's date (ms) at a moment given in paper seconds."""
        return int((self._start + monotonic + self._skew) * 1000 + 1e-4)

    def advance(self, seconds: float) -> None:
        """Jump forward. What falls due in between happens at the venue's next ``step()``."""
        if seconds < 0:
            raise ValueError("the paper clock only moves forward; use skew() for a wrong date")
        self._elapsed += seconds

    def skew(self, seconds: float) -> None:
        """Make the exchange's date wrong by ``seconds`` (replaces an earlier skew; 0 puts it right)."""
        self._skew = float(seconds)

    def freeze(self) -> None:
        """Stop the time; ``advance()`` still moves it. Freezing twice is harmless."""
        self._elapsed = self.monotonic()
        self._since = None

    def resume(self) -> None:
        """Let the time run again, from where it stands."""
        if self._since is None:
            self._since = self._real()

    @property
    def is_frozen(self) -> bool:
        """Whether time moves by ``advance()`` only."""
        return self._since is None
