"""What calls about DCA bots and recurring buys take. Names are those of the wire in snake_case."""

from __future__ import annotations

from attrs import frozen

from okx_sync.rest import Number

__all__ = ["NewDcaTrigger", "NewRecurringPart", "NewRecurringRange"]


@frozen
class NewDcaTrigger:
    """What starts a DCA bot: ``trigger_strategy`` "instant", "price" or "rsi"."""

    trigger_action: str
    trigger_strategy: str
    timeframe: str | None = None
    thold: Number | None = None
    trigger_cond: str | None = None
    time_period: int | None = None
    trigger_px: Number | None = None


@frozen
class NewRecurringPart:
    """One currency of a recurring buy: its share of the amount, and the prices to buy at."""

    ccy: str
    ratio: Number
    min_px: Number | None = None
    max_px: Number | None = None


@frozen
class NewRecurringRange:
    """The prices to buy one currency at."""

    ccy: str
    min_px: Number
    max_px: Number
