"""The objects of algo order requests: names of orders, chases, triggers of icebergs, changes of attachments."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.okx.words import PxType
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["AlgoAttachedChange", "AlgoOrderId", "ChaseParam", "ChaseParamChange", "TriggerParam"]


@documented
@frozen
class AlgoOrderId:
    """One order of ``algo.cancel_algo_orders``, named by one of its two ids."""

    inst_id: str
    algo_id: str | None = None
    algo_cl_ord_id: str | None = None


@documented
@frozen(kw_only=True)
class ChaseParam:
    """The way in which a chase order that a trigger places follows the best price, and where it stops."""

    chase_type: str | None = None
    """Kind of chase_val: "distance" (a price difference) or "ratio"."""
    chase_val: Number | None = None
    """Distance to the best price."""
    max_chase_type: str | None = None
    """Kind of max_chase_val: "distance" (a price difference) or "ratio"."""
    max_chase_val: Number | None = None
    """Distance at which it stops."""


@documented
@frozen(kw_only=True)
class ChaseParamChange:
    """A change of ``ChaseParam``."""

    new_chase_val: Number | None = None
    """Distance to the best price, of the kind that the order has."""
    new_max_chase_val: Number | None = None
    """Distance at which it stops, of the kind that the order has."""


@documented
@frozen
class TriggerParam:
    """The trigger that starts or stops an iceberg order."""

    trigger_action: str
    """Either "start" or "stop"."""
    trigger_strategy: str
    """One of "instant", "price", "rsi"; says which of the other fields are needed."""
    trigger_px: Number | None = None
    """Strategy "price": the price that triggers."""
    trigger_cond: str | None = None
    """Strategy "rsi": how the threshold is crossed: "cross_up", "cross_down", "above", "below", "cross"."""
    timeframe: str | None = None
    """Strategy "rsi": length of a bar, for example "3m"."""
    thold: Number | None = None
    """Strategy "rsi": threshold, 1 to 100."""
    time_period: int | None = None
    """Strategy "rsi": number of bars."""


@documented
@frozen(kw_only=True)
class AlgoAttachedChange:
    """A change of the take-profit or stop-loss attached to a trigger order."""

    new_tp_trigger_px: Number | None = None
    new_tp_trigger_ratio: Number | None = None
    """A ratio, 0.3 is 30 %."""
    new_tp_trigger_px_type: PxType | None = None
    new_tp_ord_px: Number | None = None
    """-1 is at market."""
    new_sl_trigger_px: Number | None = None
    new_sl_trigger_ratio: Number | None = None
    """A ratio, 0.3 is 30 %."""
    new_sl_trigger_px_type: PxType | None = None
    new_sl_ord_px: Number | None = None
    """-1 is at market."""
    new_callback_ratio: Number | None = None
    """Trailing stop: distance as a ratio."""
    new_callback_spread: Number | None = None
    """Trailing stop: distance as a price difference."""
    new_active_px: Number | None = None
    """Trailing stop: price that starts it."""
