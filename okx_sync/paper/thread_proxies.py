"""Handles on what lives on the exchange's thread, for use from any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okx_sync.paper.server.loop import LoopThread
    from okx_sync.paper.server.server import Server


class PaperTime:
    """The paper clock from outside; see `clock.PaperClock` for what the readings mean."""

    def __init__(self, run: Callable[..., Any], thread: LoopThread | None, server: Server) -> None:
        self._run = run
        self._thread = thread if thread is not None and thread.alive else None
        self._server = server

    def now(self) -> float:
        """Return the exchange's date, in epoch seconds."""
        return self._server.clock.now()

    def now_ms(self) -> int:
        """Return the exchange's date in whole epoch milliseconds."""
        return self._server.clock.now_ms()

    def monotonic(self) -> float:
        """Return the paper seconds since the start."""
        return self._server.clock.monotonic()

    def advance(self, seconds: float) -> None:
        """Jump forward. Pushes, keep-alives, idle drops and closes due until then have been sent after it.

        A lively market takes about a second for ten minutes; before long jumps make it `quiet`.
        ValueError for a negative jump.
        """
        if seconds < 0:
            raise ValueError("the paper clock only moves forward; use skew() for a wrong date")
        if self._thread is None:
            self._server.clock.advance(seconds)
        elif self._thread.inside:
            raise RuntimeError("advance the clock from another thread than the exchange's own")
        else:
            self._thread.submit(self._server.advance(seconds)).result()

    def skew(self, seconds: float) -> None:
        """Make the exchange's date wrong by `seconds`, for `public/time`, `ts` and signature checks."""
        self._run(self._server.clock.skew, seconds)

    def freeze(self) -> None:
        """Stop the time; only `advance` moves it."""
        self._run(self._server.clock.freeze)

    def resume(self) -> None:
        """Let the time run again."""
        self._run(self._server.clock.resume)


class VenueProxy:
    """The venue from outside: a method runs on the exchange's thread, an attribute is read as it is.

    What comes back may belong to that thread (a book, an account): rows are safe to keep, for anything
    more use `PaperExchange.run`.
    """

    def __init__(self, run: Callable[..., Any], clock: PaperTime, server: Server) -> None:
        self._run = run
        self._server = server
        self.clock = clock

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._server.venue, name)
        if not callable(value):
            return value
        return lambda *args, **kwargs: self._run(value, *args, **kwargs)
