# mypy: disable-error-code="empty-body"
"""Group ``algo``: orders that wait for a price, follow it, or are split up (OKX API guide: Algo Trading).

The ``get_...`` calls need a key with the right to read, the others one with the right to trade. Sizes are as in
``client.trade``. An order price of -1 means at market.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.okx.algo.models import AlgoOrderRecord, AlgoResult
from okx_sync.exchanges.okx.algo.requests import (
    AlgoAttachedChange,
    AlgoOrderId,
    ChaseParam,
    ChaseParamChange,
    TriggerParam,
)
from okx_sync.exchanges.okx.argument_words import AlgoOrdType, PosSide, PxAmendType, Side, TdMode, TgtCcy
from okx_sync.exchanges.okx.rest_dialect import new_cl_ord_id
from okx_sync.exchanges.okx.trade.requests import AttachedAlgo
from okx_sync.exchanges.okx.words import AlgoState, InstType, PxType
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Algo"]

_IDS = ("algo_id", "algo_cl_ord_id")


class Algo(Group, group="algo"):
    """Conditional, one-cancels-other, trigger, chase, trailing, iceberg and TWAP orders."""

    @post("/api/v5/trade/order-algo", "20/2s user+instId", order="place", fill={"algoClOrdId": new_cl_ord_id})
    def place_algo_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: AlgoOrdType,
        sz: Number | None = None,
        algo_cl_ord_id: str | None = None,
        *,
        ccy: str | None = None,
        pos_side: PosSide | None = None,
        reduce_only: bool | None = None,
        tgt_ccy: TgtCcy | None = None,
        close_fraction: Number | None = None,
        trade_quote_ccy: str | None = None,
        trigger_px: Number | None = None,
        order_px: Number | None = None,
        advance_ord_type: str | None = None,
        trigger_px_type: PxType | None = None,
        tp_trigger_px: Number | None = None,
        tp_trigger_px_type: PxType | None = None,
        tp_ord_px: Number | None = None,
        tp_ord_kind: str | None = None,
        sl_trigger_px: Number | None = None,
        sl_trigger_px_type: PxType | None = None,
        sl_ord_px: Number | None = None,
        cxl_on_close_pos: bool | None = None,
        attach_algo_ords: Sequence[AttachedAlgo] | None = None,
        callback_ratio: Number | None = None,
        callback_spread: Number | None = None,
        active_px: Number | None = None,
        chase_type: str | None = None,
        chase_val: Number | None = None,
        max_chase_type: str | None = None,
        max_chase_val: Number | None = None,
        px_var: Number | None = None,
        px_spread: Number | None = None,
        sz_limit: Number | None = None,
        px_limit: Number | None = None,
        time_interval: int | None = None,
        lmt_order_number: int | None = None,
        aggressiveness: str | None = None,
        trigger_params: Sequence[TriggerParam] | None = None,
        tag: str | None = None,
        px_amend_type: PxAmendType | None = None,
        tp_trigger_ratio: Number | None = None,
        sl_trigger_ratio: Number | None = None,
        adv_chase_params: Sequence[ChaseParam] | None = None,
    ) -> AlgoResult:
        """Place an algo order. The id ``algo_cl_ord_id`` (up to 32 letters and digits) is made up when left out.

        Parameters by ``ord_type``: "conditional" (one) and "oco" (both) of ``tp_...`` and ``sl_...``; "trigger" with
        ``trigger_px`` and ``order_px``; "chase" with ``chase_...``; "move_order_stop" (trailing) with ``callback_...``;
        "iceberg" and "twap" with ``px_var`` or ``px_spread``, ``sz_limit``, ``px_limit``, "twap" also
        ``time_interval`` in s; "smart_iceberg" with ``sz_limit``, ``lmt_order_number``, ``aggressiveness``.
        ``close_fraction="1"`` instead of ``sz`` closes the whole position. Prices of -1 mean at market.

        Raises OkxApiError when it was refused, OrderStatusUnknown when no answer told: ``get_algo_order`` finds it by
        the ``algoClOrdId`` in the error's ``orders``.
        """

    @post("/api/v5/trade/cancel-algos", "20/2s user+instId", order="cancel", rows="orders", max_rows=10, need_one=_IDS)
    def cancel_algo_orders(self, orders: Sequence[AlgoOrderId]) -> BatchResult[AlgoResult]:
        """Cancel up to 10 algo orders of any kind, each with its own verdict."""

    @post("/api/v5/trade/amend-algos", "20/2s user+instId", order="amend", need_one=_IDS)
    def amend_algo_order(
        self,
        inst_id: str,
        algo_id: str | None = None,
        algo_cl_ord_id: str | None = None,
        *,
        req_id: str | None = None,
        new_sz: Number | None = None,
        new_tp_trigger_px: Number | None = None,
        new_tp_ord_px: Number | None = None,
        new_tp_trigger_px_type: PxType | None = None,
        new_sl_trigger_px: Number | None = None,
        new_sl_ord_px: Number | None = None,
        new_sl_trigger_px_type: PxType | None = None,
        cxl_on_fail: bool | None = None,
        new_trigger_px: Number | None = None,
        new_ord_px: Number | None = None,
        new_trigger_px_type: PxType | None = None,
        attach_algo_ords: Sequence[AlgoAttachedChange] | None = None,
        new_callback_ratio: Number | None = None,
        new_callback_spread: Number | None = None,
        new_active_px: Number | None = None,
        adv_chase_params: Sequence[ChaseParamChange] | None = None,
    ) -> AlgoResult:
        """Change an algo order that waits, named by one of its ids.

        ``new_...`` as when placing; 0 as a trigger price deletes it. ``cxl_on_fail`` cancels the order when the
        change fails.
        """

    @get("/api/v5/trade/order-algo", "20/2s user", auth=True, need_one=_IDS)
    def get_algo_order(self, algo_id: str | None = None, algo_cl_ord_id: str | None = None) -> AlgoOrderRecord:
        """One algo order, waiting or finished."""

    @get("/api/v5/trade/orders-algo-pending", "20/2s user", auth=True)
    def get_algo_orders_pending(
        self,
        ord_type: str | Sequence[str],
        inst_type: InstType | None = None,
        inst_id: str | None = None,
        algo_id: str | None = None,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[AlgoOrderRecord]:
        """Algo orders that wait, of one kind (or "conditional,oco"), newest first.

        Cursors are algo ids, ``limit`` up to 100.
        """

    iter_algo_orders_pending = paged(get_algo_orders_pending, key="algoId", time="cTime")

    @get("/api/v5/trade/orders-algo-history", "20/2s user", auth=True, need_one=("state", "algo_id"))
    def get_algo_orders_history(
        self,
        ord_type: str | Sequence[str],
        state: AlgoState | None = None,
        inst_type: InstType | None = None,
        inst_id: str | None = None,
        algo_id: str | None = None,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[AlgoOrderRecord]:
        """Algo orders that ended in the last 3 months, newest first; cursors are algo ids, ``limit`` up to 100.

        Either ``state`` ("effective", "canceled", "order_failed") or ``algo_id`` must be given.
        """

    iter_algo_orders_history = paged(get_algo_orders_history, key="algoId", time="cTime")
