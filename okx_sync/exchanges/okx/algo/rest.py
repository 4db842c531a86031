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
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Algo"]

_IDS = ("algo_id", "algo_cl_ord_id")


class Algo(Group, group="algo"):
    """Conditional, one-cancels-other, trigger, chase, trailing, iceberg and TWAP orders."""

    @post(
        "/api/v5/trade/order-algo",
        "20/2s user+instId",
        order="place",
        fill={"algoClOrdId": new_cl_ord_id},
        check=reduces("pos_side", "posSide"),
    )
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
        """Place an algo order.

        What is needed depends on ``ord_type``: "conditional" takes one and "oco" both of ``tp_...`` and ``sl_...``;
        "trigger" takes ``trigger_px`` and ``order_px``; "chase" takes ``chase_...``; "move_order_stop" (trailing) takes
        ``callback_...``; "iceberg" and "twap" take ``px_var`` or ``px_spread``, ``sz_limit``, ``px_limit``, "twap" also
        ``time_interval``; "smart_iceberg" takes ``sz_limit``, ``lmt_order_number``, ``aggressiveness``.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            td_mode: ``cash`` for SPOT without margin, ``cross`` or ``isolated`` for the rest.
            side: Whether to buy or to sell.
            ord_type: Kind of algo order.
            sz: How much: contracts for derivatives, base currency for SPOT and MARGIN unless ``tgt_ccy`` says
                otherwise.
            algo_cl_ord_id: An id of your own, up to 32 letters and digits; made up when left out.
            ccy: Currency of the margin; for MARGIN orders in futures mode.
            pos_side: ``net``, or in long/short mode ``long`` or ``short``.
            reduce_only: True lets the order only make the position smaller.
            tgt_ccy: What ``sz`` of a SPOT order that is executed at market counts: base or quote currency; by default
                quote for buys, base for sells.
            close_fraction: Fraction of the position to close instead of ``sz``; only 1, the whole, is accepted, for
                ``tp_...`` and ``sl_...`` of derivatives at market.
            trade_quote_ccy: Quote currency that a SPOT order is traded in; by default that of ``inst_id``.
            trigger_px: Price that sets the order off.
            order_px: Price of the order that is sent then; -1 means at market.
            advance_ord_type: Type of the order that is sent then: ``fok``, ``ioc`` or ``chase``; limit or market when
                left out.
            trigger_px_type: Whether the last, index or mark price triggers; the last when left out.
            tp_trigger_px: Price that sets the take-profit off; needs ``tp_ord_px``.
            tp_trigger_px_type: Whether the last, index or mark price triggers; the last when left out.
            tp_ord_px: Price of the take-profit order; -1 means at market.
            tp_ord_kind: ``condition`` (the default), or ``limit`` for an order that waits in the book.
            sl_trigger_px: Price that sets the stop-loss off; needs ``sl_ord_px``.
            sl_trigger_px_type: Whether the last, index or mark price triggers; the last when left out.
            sl_ord_px: Price of the stop-loss order; -1 means at market.
            cxl_on_close_pos: True cancels the order when its position is closed; needs ``reduce_only=True``.
            attach_algo_ords: Take-profit and stop-loss orders to go with the order that a trigger sends.
            callback_ratio: Distance of a trailing stop as a ratio of the price (0.01 is 1 %), instead of
                ``callback_spread``.
            callback_spread: Distance of a trailing stop as a price difference.
            active_px: Price from which on a trailing stop follows; at once when left out.
            chase_type: What ``chase_val`` is: ``distance`` (the default), a price difference, or ``ratio``.
            chase_val: Distance from the best price: a price difference, or a ratio (0.1 is 10 %); 0 when left out.
            max_chase_type: What ``max_chase_val`` is: ``distance``, a price difference, or ``ratio``.
            max_chase_val: Distance at which the chase ends: a price difference, or a ratio (0.1 is 10 %).
            px_var: How far beyond the best price the parts are placed, as a ratio from 0.0001 to 0.01.
            px_spread: How far beyond the best price the parts are placed, as a price difference, instead of ``px_var``.
            sz_limit: Size of one part, counted as ``sz``: contracts or base currency.
            px_limit: Price beyond which no part is placed.
            time_interval: Seconds between the parts of a TWAP order.
            lmt_order_number: Number of limit orders that an iceberg is split into.
            aggressiveness: How an iceberg waits: ``radical`` fills sooner, ``mid`` at a better price, ``conservative``
                queues at the best price.
            trigger_params: What starts an iceberg order; at once when left out.
            tag: Mark of the order, up to 16 letters and digits.
            px_amend_type: Whether a price outside the limit is moved to it (``1``) or the order refused (``0``).
            tp_trigger_ratio: Where the take-profit is set off, as a ratio of the price (0.3 is 30 %), instead of
                ``tp_trigger_px``.
            sl_trigger_ratio: Where the stop-loss is set off, as a ratio of the price (0.3 is 30 %), instead of
                ``sl_trigger_px``.
            adv_chase_params: How the chase order that a trigger sends follows the price; needed for
                ``advance_ord_type="chase"``.

        Raises:
            OkxApiError: The order was refused; ``code`` is its own ``sCode``.
            OrderStatusUnknown: No answer says what became of it: ``get_algo_order`` finds it by the ``algoClOrdId`` in
                the error's ``orders``.
            ConfigError: A word or number is not valid, or a needed one is missing. Nothing was sent.

        Source: POST /api/v5/trade/order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-place-algo-order
        """

    @post("/api/v5/trade/cancel-algos", "20/2s user+instId", order="cancel", rows="orders", max_rows=10, need_one=_IDS)
    def cancel_algo_orders(self, orders: Sequence[AlgoOrderId]) -> BatchResult[AlgoResult]:
        """Cancel up to 10 algo orders of any kind, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``.

        Args:
            orders: The orders, each an ``AlgoOrderId`` with one of its ids.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them.
            ConfigError: There are none or more than 10, or one of them names no order. Nothing was sent.

        Source: POST /api/v5/trade/cancel-algos
            https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-cancel-algo-order
        """

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

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            algo_id: The algo order id that OKX gave; it goes before ``algo_cl_ord_id``.
            algo_cl_ord_id: The algo order id that you gave.
            req_id: An id of your own for this change, up to 32 letters and digits.
            new_sz: New size, contracts or base currency as when placing; above 0.
            new_tp_trigger_px: New price that sets the take-profit off; 0 deletes the take-profit.
            new_tp_ord_px: New price of the take-profit order; -1 means at market.
            new_tp_trigger_px_type: Whether the last, index or mark price triggers.
            new_sl_trigger_px: New price that sets the stop-loss off; 0 deletes the stop-loss.
            new_sl_ord_px: New price of the stop-loss order; -1 means at market.
            new_sl_trigger_px_type: Whether the last, index or mark price triggers.
            cxl_on_fail: True cancels the order when the change fails.
            new_trigger_px: New price that sets a trigger order off.
            new_ord_px: New price of the order that is sent then; -1 means at market.
            new_trigger_px_type: Whether the last, index or mark price triggers; the last when left out.
            attach_algo_ords: Changes of the take-profit and stop-loss orders attached to a trigger order.
            new_callback_ratio: New distance of a trailing stop as a ratio of the price (0.05 is 5 %).
            new_callback_spread: New distance of a trailing stop as a price difference.
            new_active_px: New price from which on a trailing stop follows.
            adv_chase_params: New distances of the chase order that a trigger sends.

        Raises:
            OkxApiError: The exchange refused.
            OrderStatusUnknown: No answer says what became of it: ``get_algo_order`` finds it by the ``algoClOrdId`` in
                the error's ``orders``.
            ConfigError: Neither ``algo_id`` nor ``algo_cl_ord_id`` is given, or a word or number is not valid. Nothing
                was sent.

        Source: POST /api/v5/trade/amend-algos
            https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-post-amend-algo-order
        """

    @get("/api/v5/trade/order-algo", "20/2s user", auth=True, need_one=_IDS)
    def get_algo_order(self, algo_id: str | None = None, algo_cl_ord_id: str | None = None) -> AlgoOrderRecord:
        """Get one algo order, waiting or finished.

        Args:
            algo_id: The algo order id that OKX gave.
            algo_cl_ord_id: The algo order id that you gave.

        Raises:
            ConfigError: Neither ``algo_id`` nor ``algo_cl_ord_id`` is given. Nothing was sent.

        Source: GET /api/v5/trade/order-algo
            https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-details
        """

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
        """Get algo orders that wait, newest first.

        Args:
            ord_type: One kind of algo order, or ``conditional,oco``, as text or list.
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            algo_id: Only the algo order with this id that OKX gave.
            after: Only rows older than the one with this algo order id.
            before: Only rows newer than the one with this algo order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/orders-algo-pending
            https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-list
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
        """Get algo orders that ended in the last 3 months, newest first.

        Args:
            ord_type: One kind of algo order, or ``conditional,oco``, as text or list.
            state: Only orders in this state: ``effective``, ``canceled`` or ``order_failed``; needed without
                ``algo_id``.
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            algo_id: Only the algo order with this id that OKX gave.
            after: Only rows older than the one with this algo order id.
            before: Only rows newer than the one with this algo order id.
            limit: Rows per call, at most and by default 100.

        Raises:
            ConfigError: Neither ``state`` nor ``algo_id`` is given. Nothing was sent.

        Source: GET /api/v5/trade/orders-algo-history
            https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading-get-algo-order-history
        """

    iter_algo_orders_history = paged(get_algo_orders_history, key="algoId", time="cTime")
