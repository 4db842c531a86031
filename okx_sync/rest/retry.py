"""What to do when a call did not bring a result: repeat, set the clock, give up, or say "unknown". Pure decisions.

============  ================================  ==========================================================
the failure   a reading call                    a writing call
============  ================================  ==========================================================
was refused   raised                            raised
not sent      repeated                          repeated
"come later"  repeated after a wait             repeated only if refused before anything happened
clock off     once more with the right clock    once more with the right clock
answer lost   repeated (not after a timeout)    raised; for orders as ``OrderStatusUnknown``
============  ================================  ==========================================================
"""

from __future__ import annotations

from typing import Literal

from attrs import evolve, field, frozen

from okx_sync.errors import OkxError, OkxRateLimitError
from okx_sync.rest.dialect import Again

__all__ = ["CallFailure", "RetryPolicy", "Step"]

Step = Literal["raise", "repeat", "clock", "unknown"]


@frozen
class CallFailure:
    """A call that brought no result. ``again`` says what that means for repeating it.

    ``stop_s``: for how many seconds no call of this address will pass.
    """

    error: OkxError
    again: Again
    stop_s: float = 0.0


@frozen
class RetryPolicy:
    """How often and how long one call may be tried.

    ``reading``: repeating it changes nothing at the exchange. ``tries``: the most attempts of all.
    ``longest_wait_s``: a server that asks for a longer wait gets an error to the caller instead.
    """

    reading: bool
    tries: int = 4
    longest_wait_s: float = 30.0
    attempt: int = 1
    clock_set: bool = field(default=False)

    def next(self, failure: CallFailure) -> Step:
        """Decide on the step after ``failure``."""
        if failure.again == "clock":
            return "raise" if self.clock_set else "clock"
        if failure.again in ("unknown", "late") and not self.reading:
            return "unknown"
        if failure.again in ("no", "late") or (failure.again == "read" and not self.reading):
            return "raise"
        waits = failure.error.retry_after if isinstance(failure.error, OkxRateLimitError) else None
        if self.attempt >= self.tries or (waits or 0.0) > self.longest_wait_s:
            return "raise"
        return "repeat"

    def after_repeat(self) -> RetryPolicy:
        """Return the policy for the next attempt."""
        return evolve(self, attempt=self.attempt + 1)

    def after_clock(self) -> RetryPolicy:
        """Return the policy once the clock was set.

        That attempt does not count: nothing was asked of the exchange.
        """
        return evolve(self, clock_set=True)
