"""What calls about bots take: triggers, parts of a plan, settings. Names are those of the wire in snake_case."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from okx_sync.exchanges.okx.rest.words_more import GridType
from okx_sync.rest import Number

__all__ = [
    "EntrySetting",
    "ExitChange",
    "ExitSetting",
    "NewDcaTrigger",
    "NewGridTrigger",
    "NewRecurringPart",
    "NewRecurringRange",
    "StopBot",
    "StopGrid",
]


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
class NewGridTrigger:
    """What starts or stops a grid bot: ``trigger_strategy`` "instant", "price" or "rsi"."""

    trigger_action: str
    trigger_strategy: str
    delay_seconds: int | None = None
    timeframe: str | None = None
    thold: Number | None = None
    trigger_cond: str | None = None
    time_period: int | None = None
    trigger_px: Number | None = None
    stop_type: str | None = None


@frozen
class StopGrid:
    """One bot of ``grid.stop``."""

    algo_id: str
    inst_id: str
    algo_ord_type: GridType
    stop_type: str


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


@frozen
class StopBot:
    """One bot of ``recurring.stop`` or ``signal.stop``."""

    algo_id: str


@frozen
class EntrySetting:
    """How a signal bot enters: ``entry_type`` as in ``SignalEntry``."""

    allow_multiple_entry: bool | None = None
    entry_type: str | None = None
    amt: Number | None = None
    ratio: Number | None = None


@frozen
class ExitChange:
    """A change of how a signal bot takes profit and stops losses, as ratios of profit or price."""

    tp_sl_type: Literal["pnl", "price"] | str
    tp_pct: Number | None = None
    sl_pct: Number | None = None


@frozen
class ExitSetting:
    """How a signal bot takes profit and stops losses, as ratios of profit or price."""

    tp_sl_type: Literal["pnl", "price"] | str | None = None
    tp_pct: Number | None = None
    sl_pct: Number | None = None
