"""The objects of calls about grid bots: triggers, stops. Names are those of the wire in snake_case."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.okx.argument_words import GridType
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["NewGridTrigger", "StopGrid"]


@documented
@frozen
class NewGridTrigger:
    """The trigger that starts or stops a grid bot."""

    trigger_action: str
    """Either "start" or "stop"."""
    trigger_strategy: str
    """One of "instant", "price", "rsi"; says which of the other fields are needed."""
    delay_seconds: int | None = None
    """Seconds between trigger and action."""
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
    stop_type: str | None = None
    """What a stop does: spot "1" sells, "2" keeps; contract "1" closes, "2" keeps."""


@documented
@frozen
class StopGrid:
    """One bot of ``grid.stop``."""

    algo_id: str
    inst_id: str
    algo_ord_type: GridType
    stop_type: str
    """What the stop does: spot "1" sells, "2" keeps; contract "1" closes, "2" keeps."""
