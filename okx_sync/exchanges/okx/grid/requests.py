"""What calls about grid bots take: triggers, stops. Names are those of the wire in snake_case."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.okx.argument_words import GridType
from okx_sync.rest import Number

__all__ = ["NewGridTrigger", "StopGrid"]


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
