"""What algo order requests are made of: names of orders, chases, triggers of icebergs, changes of attachments."""

from __future__ import annotations

from attrs import frozen

from okx_sync.exchanges.okx.words import PxType
from okx_sync.rest import Number

__all__ = ["AlgoAttachedChange", "AlgoOrderId", "ChaseParam", "ChaseParamChange", "TriggerParam"]


@frozen
class AlgoOrderId:
    """One order of ``algo.cancel_algo_orders``, named by one of its two ids."""

    inst_id: str
    algo_id: str | None = None
    algo_cl_ord_id: str | None = None


@frozen(kw_only=True)
class ChaseParam:
    """How the chase order that a trigger places follows the best price, and where it stops.

    Types are "distance" (a price difference) or "ratio".
    """

    chase_type: str | None = None
    chase_val: Number | None = None
    max_chase_type: str | None = None
    max_chase_val: Number | None = None


@frozen(kw_only=True)
class ChaseParamChange:
    """A change of ``ChaseParam``."""

    new_chase_val: Number | None = None
    new_max_chase_val: Number | None = None


@frozen
class TriggerParam:
    """What starts ("start") or stops ("stop") an iceberg order: ``trigger_strategy`` "instant", "price", "rsi"."""

    trigger_action: str
    trigger_strategy: str
    trigger_px: Number | None = None
    # "cross_up", "cross_down", "above", "below", "cross".
    trigger_cond: str | None = None
    # RSI: bars, threshold (1 to 100), number of bars.
    timeframe: str | None = None
    thold: Number | None = None
    time_period: int | None = None


@frozen(kw_only=True)
class AlgoAttachedChange:
    """A change of the take-profit or stop-loss attached to a trigger order."""

    new_tp_trigger_px: Number | None = None
    new_tp_trigger_ratio: Number | None = None
    new_tp_trigger_px_type: PxType | None = None
    new_tp_ord_px: Number | None = None
    new_sl_trigger_px: Number | None = None
    new_sl_trigger_ratio: Number | None = None
    new_sl_trigger_px_type: PxType | None = None
    new_sl_ord_px: Number | None = None
    new_callback_ratio: Number | None = None
    new_callback_spread: Number | None = None
    new_active_px: Number | None = None
