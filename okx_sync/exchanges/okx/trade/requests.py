"""The objects of a batch, one per order. Names are those of the single calls' parameters."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from okx_sync.exchanges.okx.argument_words import OrdType, PosSide, PxAmendType, Side, StpMode, TdMode, TgtCcy
from okx_sync.rest import Number
from okx_sync.rows import documented

__all__ = ["AmendOrder", "AttachedAlgo", "AttachedAlgoChange", "CancelOrder", "NewOrder"]


@documented
@frozen(kw_only=True)
class AttachedAlgo:
    """Take-profit or stop-loss to go with a new order. An order price of -1 means at market."""

    attach_algo_cl_ord_id: str | None = None
    """Id of your own for it."""
    tp_ord_kind: str | None = None
    """Kind of the take-profit: "condition" or "limit"."""
    tp_trigger_px: Number | None = None
    """Price at which the take-profit is triggered."""
    tp_trigger_ratio: Number | None = None
    """Take-profit trigger as a ratio; 0.3 is 30 %."""
    tp_trigger_px_type: str | None = None
    tp_ord_px: Number | None = None
    """Order price of the take-profit; -1 is at market."""
    sl_trigger_px: Number | None = None
    """Price at which the stop-loss is triggered."""
    sl_trigger_ratio: Number | None = None
    """Stop-loss trigger as a ratio; 0.3 is 30 %."""
    sl_trigger_px_type: str | None = None
    sl_ord_px: Number | None = None
    """Order price of the stop-loss; -1 is at market."""
    sz: Number | None = None
    """Size; only for split take-profits."""
    amend_px_on_trigger_type: str | None = None
    """Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes."""
    callback_ratio: Number | None = None
    """Trailing stop: distance as a ratio; 0.05 is 5 %."""
    callback_spread: Number | None = None
    """Trailing stop: distance as a price difference."""
    active_px: Number | None = None
    """Trailing stop: price that starts it."""


@documented
@frozen(kw_only=True)
class AttachedAlgoChange:
    """A change of an attached take-profit or stop-loss, named by one of its two ids."""

    attach_algo_id: str | None = None
    """Id that OKX gave it."""
    attach_algo_cl_ord_id: str | None = None
    """Id that you gave it."""
    new_tp_trigger_px: Number | None = None
    """Price at which the take-profit is triggered."""
    new_tp_trigger_ratio: Number | None = None
    """Take-profit trigger as a ratio; 0.3 is 30 %."""
    new_tp_trigger_px_type: str | None = None
    new_tp_ord_px: Number | None = None
    """Order price of the take-profit; -1 is at market."""
    new_tp_ord_kind: str | None = None
    """Kind of the take-profit: "condition" or "limit"."""
    new_sl_trigger_px: Number | None = None
    """Price at which the stop-loss is triggered."""
    new_sl_trigger_ratio: Number | None = None
    """Stop-loss trigger as a ratio; 0.3 is 30 %."""
    new_sl_trigger_px_type: str | None = None
    new_sl_ord_px: Number | None = None
    """Order price of the stop-loss; -1 is at market."""
    sz: Number | None = None
    """Size; only for split take-profits."""
    amend_px_on_trigger_type: str | None = None
    """Whether the stop-loss moves to cost price when a take-profit fills: "0" no, "1" yes."""
    new_callback_ratio: Number | None = None
    """Trailing stop: distance as a ratio; 0.05 is 5 %."""
    new_callback_spread: Number | None = None
    """Trailing stop: distance as a price difference."""
    new_active_px: Number | None = None
    """Trailing stop: price that starts it."""


@documented
@frozen
class NewOrder:
    """One order of ``trade.place_batch_orders``; see ``trade.place_order`` for the fields."""

    inst_id: str
    td_mode: TdMode
    side: Side
    ord_type: OrdType
    sz: Number
    px: Number | None = None
    cl_ord_id: str | None = None
    ccy: str | None = None
    tag: str | None = None
    pos_side: PosSide | None = None
    reduce_only: bool | None = None
    tgt_ccy: TgtCcy | None = None
    px_usd: Number | None = None
    px_vol: Number | None = None
    ban_amend: bool | None = None
    px_amend_type: PxAmendType | None = None
    trade_quote_ccy: str | None = None
    stp_mode: StpMode | None = None
    slippage_pct: Number | None = None
    rpi_taker_access: bool | None = None
    rpi_px_round: bool | None = None
    outcome: str | None = None
    attach_algo_ords: Sequence[AttachedAlgo] | None = None


@documented
@frozen
class CancelOrder:
    """One order of ``trade.cancel_batch_orders``, named by one of its two ids."""

    inst_id: str
    ord_id: str | None = None
    cl_ord_id: str | None = None


@documented
@frozen
class AmendOrder:
    """One order of ``trade.amend_batch_orders``; see ``trade.amend_order`` for the fields."""

    inst_id: str
    ord_id: str | None = None
    cl_ord_id: str | None = None
    new_sz: Number | None = None
    new_px: Number | None = None
    req_id: str | None = None
    cxl_on_fail: bool | None = None
    new_px_usd: Number | None = None
    new_px_vol: Number | None = None
    px_amend_type: PxAmendType | None = None
    rpi_taker_access: bool | None = None
    rpi_px_round: bool | None = None
    attach_algo_ords: Sequence[AttachedAlgoChange] | None = None
