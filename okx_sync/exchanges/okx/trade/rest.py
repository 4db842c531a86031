# mypy: disable-error-code="empty-body"
"""Group ``trade``: orders and fills; needs a key with the right to trade (OKX API guide: Order Book Trading > Trade).

Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes are contracts for derivatives and base
currency for SPOT and MARGIN (quote currency for SPOT market buys unless ``tgt_ccy`` says otherwise).
An accepted request is a receipt; what became of the order is told by ``get_order`` and the ``orders`` stream.
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
        """Place an order. The id ``cl_ord_id`` (up to 32 letters and digits) is made up when left out.

        ``ord_type`` and ``sz`` are needed, by these or by the neutral names in ``words``.

        Parameters: ``td_mode`` is ``"cash"`` for SPOT, ``"cross"`` or ``"isolated"`` for the rest; ``px`` is
        not for market orders, options may use ``px_usd`` or ``px_vol``; ``pos_side`` is ``"long"`` or
        ``"short"`` in long/short mode; ``tgt_ccy`` says what ``sz`` of a SPOT market order counts,
        ``"base_ccy"`` coins or ``"quote_ccy"`` money (without it: of a buy money, of a sell coins);
        ``exp_time`` in ms on the exchange's clock, later than that the request is dropped.

        Raises OkxApiError when the order was refused (``code`` is its own ``sCode``), OrderStatusUnknown when
        no answer told: ``client.reconcile(error)`` looks the order up.
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
    )
    def place_batch_orders(
        self,
        orders: Sequence[NewOrder | Mapping[str, Any]],
        exp_time: int | None = None,
        **words: Unpack[BatchWords],
    ) -> BatchResult[OrderResult]:
        """Place up to 20 orders, each a ``NewOrder`` or a mapping by any of its words.

        Look at ``.ok`` and ``.refused``: some may be accepted and others not.
        """

    @post("/api/v5/trade/cancel-order", *_CANCEL, order="cancel", need_one=_IDS, aliases=order_words.IDS)
    def cancel_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> OrderResult:
        """Cancel an order, named by one of its ids. Raises OkxApiError (51400 ...) when it is gone already."""

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
        """Cancel up to 20 orders, each with its own verdict."""

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

        ``new_sz`` counts what is filled already. ``cxl_on_fail`` cancels the order when the change fails. The
        outcome is ``amendResult`` in the ``orders`` stream, where ``req_id`` comes back.
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
        """Amend up to 20 orders, each with its own verdict."""

    @post("/api/v5/trade/cancel-all-after", "1/1s user+tag")
    def cancel_all_after(self, time_out: int, tag: str | None = None) -> CancelAllAfter:
        """Dead-man switch: cancel all orders unless called again within ``time_out`` s (10 to 120; 0 is off)."""

    @get("/api/v5/trade/order", "60/2s user+instId", auth=True, need_one=_IDS, aliases=order_words.IDS)
    def get_order(
        self, inst_id: str, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> Order:
        """One order, open or finished. Raises OkxApiError 51603 when there is none.

        An order canceled without a fill is forgotten after 2 h; a ``cl_ord_id`` used twice finds the newest.
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
        """Open orders, newest first, at most ``limit`` (100) per call. Cursors are order ids."""

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
        """Finished orders of the last 7 days, newest first. Cursors are order ids, ``begin``/``end`` ms."""

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
        """Finished orders of the last 3 months, newest first; parameters as for ``get_orders_history``."""

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
        """Fills of the last 3 days, newest first. Cursors are bill ids, ``begin``/``end`` ms."""

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
        """Fills of the last 3 months, newest first; parameters as for ``get_fills``."""

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
        """Close a position at market, all of it. ``auto_cxl`` cancels closing orders that are in the way."""

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
        """What an order would do to the account, without placing it (multi-currency and portfolio margin).

        Parameters as for ``place_order``. Needs the right to read.
        """

    @post("/api/v5/trade/mass-cancel", "5/2s user")
    def mass_cancel(self, inst_type: InstType, inst_family: str, lock_interval: int | None = None) -> Done:
        """Cancel all market-maker-protection orders of an options family.

        ``lock_interval``: refuse new ones for so many ms.
        """

    @get("/api/v5/trade/account-rate-limit", "1/1s user", auth=True)
    def get_account_rate_limit(self) -> AccountRateLimit:
        """How many orders the account may send per 2 s, now and from the next day on."""

    @get("/api/v5/trade/easy-convert-currency-list", "1/2s user", auth=True)
    def get_easy_convert_currencies(self, source: str | None = None) -> EasyConvertList:
        """Small balances and what they can be turned into.

        ``source``: "1" (default) the trading account, "2" the funding account.
        """

    @post("/api/v5/trade/easy-convert", "1/2s user")
    def easy_convert(self, from_ccy: Sequence[str], to_ccy: str, source: str | None = None) -> list[EasyConvert]:
        """Turn small balances (up to 5 currencies) into one.

        ``source``: "1" (default) the trading account, "2" the funding account.
        """

    @get("/api/v5/trade/easy-convert-history", "1/2s user", auth=True)
    def get_easy_convert_history(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[EasyConvert]:
        """Conversions of the last 7 days, newest first; cursors are times in ms, ``limit`` up to 100."""

    iter_easy_convert_history = paged(get_easy_convert_history, tied="uTime")

    @get("/api/v5/trade/one-click-repay-currency-list", "1/2s user", auth=True)
    def get_repay_currencies(self, debt_type: str | None = None) -> list[RepayList]:
        """Debts and what can repay them, old version. ``debt_type``: "cross" or "isolated"."""

    @post("/api/v5/trade/one-click-repay", "1/2s user")
    def repay(self, debt_ccy: Sequence[str], repay_ccy: str) -> list[Repayment]:
        """Repay debts (up to 5 currencies) with one currency, old version."""

    @get("/api/v5/trade/one-click-repay-history", "1/2s user", auth=True)
    def get_repay_history(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[Repayment]:
        """Repayments of the last 7 days, old version, newest first; cursors are times in ms, ``limit`` up to 100."""

    iter_repay_history = paged(get_repay_history, tied="uTime")

    @get("/api/v5/trade/one-click-repay-currency-list-v2", "1/2s user", auth=True)
    def get_repay_currencies_v2(self) -> list[RepayList]:
        """Debts and what can repay them."""

    @post("/api/v5/trade/one-click-repay-v2", "1/2s user")
    def repay_v2(self, debt_ccy: str, repay_ccy_list: Sequence[str]) -> RepaymentV2:
        """Repay a debt with the currencies of a list, in their order."""

    @get("/api/v5/trade/one-click-repay-history-v2", "1/2s user", auth=True)
    def get_repay_history_v2(
        self, *, after: int | None = None, before: int | None = None, limit: int | None = None
    ) -> list[RepaymentV2]:
        """Repayments of the last 7 days, newest first; cursors are times in ms, ``limit`` up to 100."""

    iter_repay_history_v2 = paged(get_repay_history_v2, tied="ts")
