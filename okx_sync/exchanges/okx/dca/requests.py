"""The objects of calls about DCA bots and recurring buys. Names are those of the wire in snake_case."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["NewDcaTrigger", "NewRecurringPart", "NewRecurringRange"]


@documented
@frozen
class NewDcaTrigger:
    """The trigger that starts a DCA bot."""

    trigger_action: str
    """Always "start"."""
    trigger_strategy: str
    """One of "instant", "price", "rsi"; says which of the other fields are needed."""
    timeframe: str | None = None
    """Strategy "rsi": length of a bar, for example "3m"."""
    thold: Number | None = None
    """Strategy "rsi": threshold, 1 to 100."""
    trigger_cond: str | None = None
    """Strategy "rsi": how the threshold is crossed: "cross_up", "cross_down", "above", "below", "cross"."""
    time_period: int | None = None
    """Strategy "rsi": number of bars."""
    trigger_px: Number | None = None
    """Strategy "price": the price that triggers."""


@documented
@frozen
class NewRecurringPart:
    """One currency of a recurring buy."""

    ccy: str
    ratio: Number
    """Share of the amount, 0.2 is 20 %."""
    min_px: Number | None = None
    """Buy at or above this price only."""
    max_px: Number | None = None
    """Buy at or below this price only."""


@documented
@frozen
class NewRecurringRange:
    """The prices to buy one currency at."""

    ccy: str
    min_px: Number
    """Buy at or above this price only."""
    max_px: Number
    """Buy at or below this price only."""
