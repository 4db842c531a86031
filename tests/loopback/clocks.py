"""A client's clock that is the paper exchange's: sleeping moves the exchange on instead of waiting."""

from __future__ import annotations

from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock


class PaperTimed(Clock):
    """Time of an exchange with a frozen clock; whoever sleeps lets it pass for both sides."""

    def __init__(self, paper: PaperExchange) -> None:
        super().__init__()
        self._paper = paper

    def monotonic(self) -> float:
        return self._paper.clock.monotonic()

    def time(self) -> float:
        return self._paper.clock.now()

    def sleep(self, seconds: float) -> None:
        self._paper.clock.advance(seconds)
