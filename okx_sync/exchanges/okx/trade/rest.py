# mypy: disable-error-code="empty-body"
"""Group ``trade``: orders and fills; needs a key with the right to trade (OKX API guide: Order Book Trading > Trade).

Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes are contracts for derivatives and base
currency for SPOT and MARGIN (quote currency for SPOT market buys unless ``tgt_ccy`` says otherwise).
An accepted request is a receipt; ``get_order`` and the ``orders`` stream say what became of the order.
For the ``get_...`` calls a key with the right to read is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from okx_sync.exchanges.okx import order_words
from okx_sync.exchanges.okx.argument_words import MgnMode, OrdType, PosSide, PxAmendType, Side, StpMode, TdMode, TgtCcy
from okx_sync.exchanges.okx.order_words import AmendWords, BatchWords, IdWords, PlaceWords
from okx_sync.exchanges.okx.rest_dialect import new_cl_ord_id
from okx_sync.exchanges.okx.shared_models import Done
from okx_sync.exchanges.okx.trade.models import (
    AccountRateLimit,
    CancelAllAfter,
    ClosedPosition,
    EasyConvert,
    EasyConvertList,
    FillRecord,
    Order,
    OrderCheck,
    OrderResult,
    RepayList,
    Repayment,
    RepaymentV2,
)
from okx_sync.exchanges.okx.trade.requests import AmendOrder, AttachedAlgo, AttachedAlgoChange, CancelOrder, NewOrder
from okx_sync.exchanges.okx.words import InstType, OrdState
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import BatchResult, Group, Number, get, paged, post

__all__ = ["Trade"]

# New and amended orders of a sub-account, single and in batches, REST and streams.
_CAP = "1000/2s user @new-and-amended-orders"
_PLACE = ("60/2s user+instId @place", _CAP)
_AMEND = ("60/2s user+instId @amend", _CAP)
_CANCEL = ("60/2s user+instId @cancel",)
_IDS = ("ord_id", "cl_ord_id")
_PRICES = ("px", "px_usd", "px_vol")
_NEW_PRICES = ("new_px", "new_px_usd", "new_px_vol")
_EXPIRY = {"exp_time": "expTime"}
_CHECK = reduces("pos_side", "posSide")


class Trade(Group, group="trade"):
    """Place, amend, cancel, look up; close positions, repay debts."""

    @post(
        "/api/v5/trade/order",
        *_PLACE,
        order="place",
        at_most_one=_PRICES,
        fill={"clOrdId": new_cl_ord_id},
        header=_EXPIRY,
        aliases=order_words.PLACE,
        check=_CHECK,
        needs=("ord_type", "sz"),
    )
    def place_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType | None = None,
        sz: Number | None = None,
        px: Number | None = None,
        cl_ord_id: str | None = None,
        *,
        ccy: str | None = None,
        tag: str | None = None,
        pos_side: PosSide | None = None,
        reduce_only: bool | None = None,
        tgt_ccy: TgtCcy | None = None,
        px_usd: Number | None = None,
        px_vol: Number | None = None,
        ban_amend: bool | None = None,
        px_amend_type: PxAmendType | None = None,
        trade_quote_ccy: str | None = None,
        stp_mode: StpMode | None = None,
        slippage_pct: Number | None = None,
        rpi_taker_access: bool | None = None,
        rpi_px_round: bool | None = None,
        outcome: str | None = None,
        attach_algo_ords: Sequence[AttachedAlgo] | None = None,
        exp_time: int | None = None,
        **words: Unpack[PlaceWords],
    ) -> OrderResult:
        """Place an order.

        ``ord_type`` and ``sz`` are needed, by these or by the neutral names in ``words``. An accepted request is a
        receipt; ``get_order`` and the ``orders`` stream say what became of the order.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            td_mode: ``cash`` for SPOT without margin, ``cross`` or ``isolated`` for the rest.
            side: Whether to buy or to sell.
            ord_type: Type of the order; its neutral name is ``order_type``.
            sz: How much: contracts for derivatives, base currency for SPOT and MARGIN; market buys of SPOT and MARGIN
                count quote currency unless ``tgt_ccy`` says otherwise.
            px: Limit price, a multiple of the instrument's ``tickSz``; not for market orders.
            cl_ord_id: An id of your own, up to 32 letters and digits; made up when left out.
            ccy: Currency of the margin; for MARGIN orders in futures mode.
            tag: Mark of the order, up to 16 letters and digits.
            pos_side: ``net``, or in long/short mode ``long`` or ``short``.
            reduce_only: True lets the order only make the position smaller. OKX ignores it in long/short mode, where
                ``pos_side`` must tell what is closed.
            tgt_ccy: What ``sz`` of a SPOT market order counts: base or quote currency; by default quote for buys, base
                for sells.
            px_usd: Limit price of an option in USD, instead of ``px``.
            px_vol: Limit price of an option as implied volatility, a ratio (1 is 100 %), instead of ``px``.
            ban_amend: True refuses a SPOT market order that the balance does not cover; else its size is lowered.
            px_amend_type: Whether a price outside the limit is moved to it (``1``) or the order refused (``0``, the
                default).
            trade_quote_ccy: Quote currency that a SPOT order is traded in; by default that of ``inst_id``.
            stp_mode: Which order goes when it would trade with one of your own; by default the account's setting.
            slippage_pct: Largest slippage of a SPOT or MARGIN market order, as a fraction from 0 (the default) to 0.05.
            rpi_taker_access: True lets the order take RPI liquidity, behind a speed bump; False when left out.
            rpi_px_round: True moves the price of an ``rpi`` order to the nearest allowed one instead of refusing it.
            outcome: Event contracts only: ``yes`` or ``no``, what to trade on.
            attach_algo_ords: Take-profit and stop-loss orders to go with it.
            exp_time: Epoch ms on the exchange's clock; a request that arrives later is dropped.
            **words: The neutral names ``order_type``, ``size``, ``price``, ``client_order_id`` and ``expires_at``,
                instead of ``ord_type``, ``sz``, ``px``, ``cl_ord_id`` and ``exp_time``.

        Raises:
            OkxApiError: The order was refused; ``code`` is its own ``sCode``.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: A needed word is missing, a word or number is not valid, one thing is said twice, or more than
                one of ``px``, ``px_usd``, ``px_vol`` is given. Nothing was sent.

        Source: POST /api/v5/trade/order
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-order
        """

    @post(
        "/api/v5/trade/batch-orders",
        "300/2s user+instId @place-batch",
        _CAP,
        order="place",
        rows="orders",
        max_rows=20,
        at_most_one=_PRICES,
        one_as=_PLACE,
        fill={"clOrdId": new_cl_ord_id},
        header=_EXPIRY,
        aliases=order_words.PLACE,
        check=_CHECK,
    )
    def place_batch_orders(
        self,
        orders: Sequence[NewOrder | Mapping[str, Any]],
        exp_time: int | None = None,
        **words: Unpack[BatchWords],
    ) -> BatchResult[OrderResult]:
        """Place up to 20 orders, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``: some may be accepted and others not.

        Args:
            orders: The orders, each a ``NewOrder`` or a mapping by any of its words, neutral names included.
            exp_time: Epoch ms on the exchange's clock; a request that arrives later is dropped. It is that of the whole
                batch.
            **words: The neutral name ``expires_at``, instead of ``exp_time``.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them: ``client.reconcile_all(error)`` looks the
                orders up.
            ConfigError: There are none or more than 20, or one of them cannot be sent as it is. Nothing was sent.

        Source: POST /api/v5/trade/batch-orders
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-multiple-orders
        """

    @post("/api/v5/trade/cancel-order", *_CANCEL, order="cancel", need_one=_IDS, aliases=order_words.IDS)
    def cancel_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> OrderResult:
        """Cancel an order, named by one of its ids.

        An accepted request is a receipt; the ``orders`` stream tells when the order is gone.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            ord_id: The order id that OKX gave.
            cl_ord_id: The order id that you gave.
            **words: The neutral names ``order_id`` and ``client_order_id``, instead of ``ord_id`` and ``cl_ord_id``.

        Raises:
            OkxApiError: The exchange refused, for example 51400: the order is gone already.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: Neither ``ord_id`` nor ``cl_ord_id`` is given, or a word or number is not valid. Nothing was
                sent.

        Source: POST /api/v5/trade/cancel-order
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-order
        """

    @post(
        "/api/v5/trade/cancel-batch-orders",
        "300/2s user+instId @cancel-batch",
        order="cancel",
        rows="orders",
        max_rows=20,
        need_one=_IDS,
        one_as=_CANCEL,
        aliases=order_words.IDS,
    )
    def cancel_batch_orders(self, orders: Sequence[CancelOrder | Mapping[str, Any]]) -> BatchResult[OrderResult]:
        """Cancel up to 20 orders, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``.

        Args:
            orders: The orders, each a ``CancelOrder`` or a mapping by any of its words, neutral names included.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them: ``client.reconcile_all(error)`` looks the
                orders up.
            ConfigError: There are none or more than 20, or one of them names no order. Nothing was sent.

        Source: POST /api/v5/trade/cancel-batch-orders
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-multiple-orders
        """

    @post(
        "/api/v5/trade/amend-order",
        *_AMEND,
        order="amend",
        need_one=_IDS,
        at_most_one=_NEW_PRICES,
        header=_EXPIRY,
        aliases=order_words.AMEND,
    )
    def amend_order(
        self,
        inst_id: str,
        ord_id: str | None = None,
        cl_ord_id: str | None = None,
        *,
        new_sz: Number | None = None,
        new_px: Number | None = None,
        req_id: str | None = None,
        cxl_on_fail: bool | None = None,
        new_px_usd: Number | None = None,
        new_px_vol: Number | None = None,
        px_amend_type: PxAmendType | None = None,
        rpi_taker_access: bool | None = None,
        rpi_px_round: bool | None = None,
        attach_algo_ords: Sequence[AttachedAlgoChange] | None = None,
        exp_time: int | None = None,
        **words: Unpack[AmendWords],
    ) -> OrderResult:
        """Change size or price of an open order, named by one of its ids.

        An accepted request is a receipt; the outcome is ``amendResult`` in the ``orders`` stream, where ``req_id``
        comes back.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            ord_id: The order id that OKX gave.
            cl_ord_id: The order id that you gave.
            new_sz: New size with what is filled already, in contracts or currency as when placing.
            new_px: New price, a multiple of the instrument's ``tickSz``.
            req_id: An id of your own for this change, up to 32 letters and digits.
            cxl_on_fail: True cancels the order when the change fails.
            new_px_usd: New price of an option in USD, instead of ``new_px``.
            new_px_vol: New price of an option as implied volatility, a ratio (1 is 100 %), instead of ``new_px``.
            px_amend_type: Whether a price outside the limit is moved to it (``1``) or the change refused (``0``, the
                default).
            rpi_taker_access: True lets the order take RPI liquidity, behind a speed bump; False when left out. It must
                be said again with each change.
            rpi_px_round: True moves the price of an ``rpi`` order to the nearest allowed one instead of refusing it.
            attach_algo_ords: Changes of the take-profit and stop-loss orders attached to it.
            exp_time: Epoch ms on the exchange's clock; a request that arrives later is dropped.
            **words: The neutral names ``order_id``, ``client_order_id``, ``new_size`` (or ``size``), ``new_price`` (or
                ``price``) and ``expires_at``, instead of ``ord_id``, ``cl_ord_id``, ``new_sz``, ``new_px`` and
                ``exp_time``.

        Raises:
            OkxApiError: The exchange refused, for example 51503: the order is gone already.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: Neither ``ord_id`` nor ``cl_ord_id`` is given, a word or number is not valid, or more than one
                of ``new_px``, ``new_px_usd``, ``new_px_vol`` is given. Nothing was sent.

        Source: POST /api/v5/trade/amend-order
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-amend-order
        """

    @post(
        "/api/v5/trade/amend-batch-orders",
        "300/2s user+instId @amend-batch",
        _CAP,
        order="amend",
        rows="orders",
        max_rows=20,
        need_one=_IDS,
        at_most_one=_NEW_PRICES,
        one_as=_AMEND,
        header=_EXPIRY,
        aliases=order_words.AMEND,
    )
    def amend_batch_orders(
        self,
        orders: Sequence[AmendOrder | Mapping[str, Any]],
        exp_time: int | None = None,
        **words: Unpack[BatchWords],
    ) -> BatchResult[OrderResult]:
        """Amend up to 20 orders, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``.

        Args:
            orders: The changes, each an ``AmendOrder`` or a mapping by any of its words, neutral names included.
            exp_time: Epoch ms on the exchange's clock; a request that arrives later is dropped. It is that of the whole
                batch.
            **words: The neutral name ``expires_at``, instead of ``exp_time``.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them: ``client.reconcile_all(error)`` looks the
                orders up.
            ConfigError: There are none or more than 20, or one of them names no order or cannot be sent as it is.
                Nothing was sent.

        Source: POST /api/v5/trade/amend-batch-orders
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-amend-multiple-orders
        """

    @post("/api/v5/trade/cancel-all-after", "1/1s user+tag")
    def cancel_all_after(self, time_out: int, tag: str | None = None) -> CancelAllAfter:
        """Arm the dead-man switch: all orders are canceled unless it is called again in time.

        Args:
            time_out: Seconds from now, 10 to 120; 0 turns it off.
            tag: Only orders with this mark; a switch for each.

        Source: POST /api/v5/trade/cancel-all-after
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-cancel-all-after
        """

    @get("/api/v5/trade/order", "60/2s user+instId", auth=True, need_one=_IDS, aliases=order_words.IDS)
    def get_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> Order:
        """Get one order, open or finished.

        An order canceled without a fill is forgotten after 2 h; a ``cl_ord_id`` used twice finds the newest.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            ord_id: The order id that OKX gave.
            cl_ord_id: The order id that you gave.
            **words: The neutral names ``order_id`` and ``client_order_id``, instead of ``ord_id`` and ``cl_ord_id``.

        Raises:
            OkxApiError: 51603: there is no such order.
            ConfigError: Neither ``ord_id`` nor ``cl_ord_id`` is given. Nothing was sent.

        Source: GET /api/v5/trade/order
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-details
        """

    @get("/api/v5/trade/orders-pending", "60/2s user", auth=True)
    def get_orders_pending(
        self,
        inst_type: InstType | None = None,
        inst_id: str | None = None,
        ord_type: str | None = None,
        state: OrdState | None = None,
        *,
        inst_family: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> list[Order]:
        """Get open orders, newest first.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            ord_type: Only orders of this type; several with commas between.
            state: Only orders in this state: ``live`` or ``partially_filled``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/orders-pending
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-list
        """

    iter_orders_pending = paged(get_orders_pending, key="ordId", time="cTime")

    @get("/api/v5/trade/orders-history", "40/2s user", auth=True)
    def get_orders_history(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        ord_type: str | None = None,
        state: OrdState | None = None,
        *,
        category: str | None = None,
        inst_family: str | None = None,
        after: str | None = None,
        before: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[Order]:
        """Get finished orders of the last 7 days, newest first.

        Those canceled without a fill are kept for 2 h only.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            ord_type: Only orders of this type; several with commas between.
            state: Only orders in this state.
            category: Only orders of this category: ``twap``, ``adl``, ``full_liquidation``, ``partial_liquidation``,
                ``delivery`` or ``ddh``.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/orders-history
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-history-last-7-days
        """

    @get("/api/v5/trade/orders-history-archive", "20/2s user", auth=True)
    def get_orders_history_archive(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        ord_type: str | None = None,
        state: OrdState | None = None,
        *,
        inst_family: str | None = None,
        category: str | None = None,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
        begin: int | None = None,
        end: int | None = None,
    ) -> list[Order]:
        """Get finished orders of the last 3 months, newest first.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            ord_type: Only orders of this type; several with commas between.
            state: Only orders in this state.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            category: Only orders of this category: ``twap``, ``adl``, ``full_liquidation``, ``partial_liquidation``,
                ``delivery`` or ``ddh``.
            after: Only rows older than the one with this order id.
            before: Only rows newer than the one with this order id.
            limit: Rows per call, at most and by default 100.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.

        Source: GET /api/v5/trade/orders-history-archive
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-order-history-last-3-months
        """

    iter_orders_history = paged(get_orders_history_archive, recent=get_orders_history, key="ordId")

    @get("/api/v5/trade/fills", "60/2s user", auth=True)
    def get_fills(
        self,
        inst_type: InstType | None = None,
        inst_id: str | None = None,
        ord_id: str | None = None,
        *,
        sub_type: str | None = None,
        inst_family: str | None = None,
        after: str | None = None,
        before: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[FillRecord]:
        """Get fills of the last 3 days, newest first.

        Args:
            inst_type: Only instruments of this kind, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            ord_id: Only fills of the order with this id that OKX gave.
            sub_type: Only fills of this kind, a number as in ``subType`` of bills.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            after: Only rows older than the one with this bill id.
            before: Only rows newer than the one with this bill id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/fills
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-transaction-details-last-3-days
        """

    @get("/api/v5/trade/fills-history", "10/2s user", auth=True)
    def get_fills_history(
        self,
        inst_type: InstType,
        inst_id: str | None = None,
        ord_id: str | None = None,
        *,
        sub_type: str | None = None,
        inst_family: str | None = None,
        after: str | None = None,
        before: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[FillRecord]:
        """Get fills of the last 3 months, newest first.

        Args:
            inst_type: Kind of instrument, such as ``SPOT`` or ``SWAP``.
            inst_id: Only the instrument of this id, such as ``BTC-USDT-SWAP``.
            ord_id: Only fills of the order with this id that OKX gave.
            sub_type: Only fills of this kind, a number as in ``subType`` of bills.
            inst_family: Only contracts of this family, such as ``BTC-USD``.
            after: Only rows older than the one with this bill id.
            before: Only rows newer than the one with this bill id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/fills-history
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-transaction-details-last-3-months
        """

    iter_fills = paged(get_fills_history, recent=get_fills, key="billId", time="ts")

    @post(
        "/api/v5/trade/close-position", "20/2s user+instId", order=True, judged=False, fill={"clOrdId": new_cl_ord_id}
    )
    def close_position(
        self,
        inst_id: str,
        mgn_mode: MgnMode,
        pos_side: PosSide | None = None,
        ccy: str | None = None,
        *,
        auto_cxl: bool | None = None,
        cl_ord_id: str | None = None,
        tag: str | None = None,
    ) -> ClosedPosition:
        """Close a position at market, all of it.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            mgn_mode: Margin mode of the position.
            pos_side: Side of the position: needed in long/short mode, ``net`` or nothing in net mode.
            ccy: Currency of the margin; for MARGIN in cross margin in futures mode.
            auto_cxl: True cancels closing orders that are in the way; else they are a reason to refuse.
            cl_ord_id: An id of your own, up to 32 letters and digits; made up when left out.
            tag: Mark of the order, up to 16 letters and digits.

        Raises:
            OkxApiError: The exchange refused: there is no position, or closing orders are in the way.
            OrderStatusUnknown: No answer says whether the position is being closed.

        Source: POST /api/v5/trade/close-position
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-close-positions
        """

    @post("/api/v5/trade/order-precheck", "5/2s user", reads=True)
    def check_order(
        self,
        inst_id: str,
        td_mode: TdMode,
        side: Side,
        ord_type: OrdType,
        sz: Number,
        px: Number | None = None,
        *,
        pos_side: PosSide | None = None,
        outcome: str | None = None,
        reduce_only: bool | None = None,
        tgt_ccy: TgtCcy | None = None,
        attach_algo_ords: Sequence[AttachedAlgo] | None = None,
    ) -> OrderCheck:
        """Tell what an order would do to the account, without placing it.

        For multi-currency and portfolio margin. Needs the right to read.

        Args:
            inst_id: Id of the instrument, such as ``BTC-USDT-SWAP``.
            td_mode: ``cash`` for SPOT without margin, ``cross`` or ``isolated`` for the rest.
            side: Whether to buy or to sell.
            ord_type: What type the order would be of.
            sz: How much: contracts for derivatives, base currency for SPOT and MARGIN; market buys of SPOT and MARGIN
                count quote currency unless ``tgt_ccy`` says otherwise.
            px: Limit price, a multiple of the instrument's ``tickSz``; not for market orders.
            pos_side: ``net``, or in long/short mode ``long`` or ``short``.
            outcome: Event contracts only: ``yes`` or ``no``, what to trade on.
            reduce_only: True lets the order only make the position smaller.
            tgt_ccy: What ``sz`` of a SPOT market order counts: base or quote currency; by default quote for buys, base
                for sells.
            attach_algo_ords: Take-profit and stop-loss orders to go with it.

        Source: POST /api/v5/trade/order-precheck
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-order-precheck
        """

    @post("/api/v5/trade/mass-cancel", "5/2s user")
    def mass_cancel(self, inst_type: InstType, inst_family: str, lock_interval: int | None = None) -> Done:
        """Cancel all market-maker-protection orders of an options family.

        For portfolio margin.

        Args:
            inst_type: Kind of instrument: ``OPTION``.
            inst_family: Family of the contracts, such as ``BTC-USD``.
            lock_interval: How long new ones are refused, in ms, 0 (the default) to 10000.

        Source: POST /api/v5/trade/mass-cancel
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-mass-cancel-order
        """

    @get("/api/v5/trade/account-rate-limit", "1/1s user", auth=True)
    def get_account_rate_limit(self) -> AccountRateLimit:
        """Get how many orders may be sent per 2 s, now and from the next day on.

        Source: GET /api/v5/trade/account-rate-limit
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-account-rate-limit
        """

    @get("/api/v5/trade/easy-convert-currency-list", "1/2s user", auth=True)
    def get_easy_convert_currencies(self, source: str | None = None) -> EasyConvertList:
        """List small balances and what they can be turned into.

        Args:
            source: Account that holds them: ``1`` (the default) trading, ``2`` funding.

        Source: GET /api/v5/trade/easy-convert-currency-list
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-easy-convert-currency-list
        """

    @post("/api/v5/trade/easy-convert", "1/2s user")
    def easy_convert(self, from_ccy: Sequence[str], to_ccy: str, source: str | None = None) -> list[EasyConvert]:
        """Turn small balances into one currency.

        Args:
            from_ccy: Currencies to give away, at most 5.
            to_ccy: The currency to get.
            source: Account that holds them: ``1`` (the default) trading, ``2`` funding.

        Source: POST /api/v5/trade/easy-convert
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-place-easy-convert
        """

    @get("/api/v5/trade/easy-convert-history", "1/2s user", auth=True)
    def get_easy_convert_history(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[EasyConvert]:
        """Get conversions of the last 7 days, newest first.

        Args:
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/easy-convert-history
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-easy-convert-history
        """

    iter_easy_convert_history = paged(get_easy_convert_history, tied="uTime")

    @get("/api/v5/trade/one-click-repay-currency-list", "1/2s user", auth=True)
    def get_repay_currencies(self, debt_type: str | None = None) -> list[RepayList]:
        """List debts and what can repay them, old version.

        Args:
            debt_type: Only debts of this margin mode: ``cross`` or ``isolated``.

        Source: GET /api/v5/trade/one-click-repay-currency-list
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-one-click-repay-currency-list
        """

    @post("/api/v5/trade/one-click-repay", "1/2s user")
    def repay(self, debt_ccy: Sequence[str], repay_ccy: str) -> list[Repayment]:
        """Repay debts with one currency, old version.

        Args:
            debt_ccy: Currencies that are owed, at most 5.
            repay_ccy: The currency to repay them with.

        Source: POST /api/v5/trade/one-click-repay
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-trade-one-click-repay
        """

    @get("/api/v5/trade/one-click-repay-history", "1/2s user", auth=True)
    def get_repay_history(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[Repayment]:
        """Get repayments of the last 7 days, old version, newest first.

        Args:
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/one-click-repay-history
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-one-click-repay-history
        """

    iter_repay_history = paged(get_repay_history, tied="uTime")

    @get("/api/v5/trade/one-click-repay-currency-list-v2", "1/2s user", auth=True)
    def get_repay_currencies_v2(self) -> list[RepayList]:
        """List debts and what can repay them.

        Source: GET /api/v5/trade/one-click-repay-currency-list-v2
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-one-click-repay-currency-list-new
        """

    @post("/api/v5/trade/one-click-repay-v2", "1/2s user")
    def repay_v2(self, debt_ccy: str, repay_ccy_list: Sequence[str]) -> RepaymentV2:
        """Repay a debt with the currencies of a list, in their order.

        Args:
            debt_ccy: The currency that is owed.
            repay_ccy_list: Currencies to repay it with, the first one first.

        Source: POST /api/v5/trade/one-click-repay-v2
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-post-trade-one-click-repay-new
        """

    @get("/api/v5/trade/one-click-repay-history-v2", "1/2s user", auth=True)
    def get_repay_history_v2(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[RepaymentV2]:
        """Get repayments of the last 7 days, newest first.

        Args:
            after: Only rows older than this time, in ms since the epoch.
            before: Only rows newer than this time, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/trade/one-click-repay-history-v2
            https://www.okx.com/docs-v5/en/#order-book-trading-trade-get-one-click-repay-history-new
        """

    iter_repay_history_v2 = paged(get_repay_history_v2, tied="ts")
