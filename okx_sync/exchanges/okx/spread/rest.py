# mypy: disable-error-code="empty-body"
"""Group ``spread``. Spread trading: two instruments traded as one.

Calls that only read need a key with the right to read, unless they say that none is needed. (OKX API guide: Spread
Trading.)
"""

from __future__ import annotations

from typing import Unpack

from okx_sync.exchanges.okx import order_words
from okx_sync.exchanges.okx.argument_words import Side, SpreadOrdType
from okx_sync.exchanges.okx.order_words import IdWords, SpreadAmendWords, SpreadWords
from okx_sync.exchanges.okx.rest_dialect import new_cl_ord_id
from okx_sync.exchanges.okx.shared_models import Done
from okx_sync.exchanges.okx.spread.models import (
    SpreadBookUpdate,
    SpreadFillRecord,
    SpreadInstrument,
    SpreadOrder,
    SpreadTrade,
)
from okx_sync.exchanges.okx.trade.models import CancelAllAfter, OrderResult
from okx_sync.exchanges.okx.words import InstType
from okx_sync.rest import Group, Number, get, paged, post

__all__ = ["Spread"]


class Spread(Group, group="spread"):
    """Orders, fills and public data of spreads. Prices may be negative, sizes are in the spread's szCcy."""

    @post(
        "/api/v5/sprd/order",
        "20/2s user",
        order="place",
        fill={"clOrdId": new_cl_ord_id},
        aliases=order_words.PLACE,
        needs=("ord_type", "sz"),
    )
    def place_order(
        self,
        sprd_id: str,
        side: Side,
        ord_type: SpreadOrdType | None = None,
        sz: Number | None = None,
        px: Number | None = None,
        cl_ord_id: str | None = None,
        tag: str | None = None,
        **words: Unpack[SpreadWords],
    ) -> OrderResult:
        """Place an order on a spread.

        Needs a key with the right to trade.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            side: ``"buy"`` or ``"sell"`` the spread.
            ord_type: How the order trades; its neutral name is ``order_type``.
            sz: Size, in the spread's currency ``szCcy``; its neutral name is ``size``.
            px: Price of the spread, which may be negative; not for market orders. Its neutral name is ``price``.
            cl_ord_id: Id of your own, up to 32 letters and digits; made up when left out. With it ``get_order`` finds
                the order of a lost answer. Its neutral name is ``client_order_id``.
            tag: Tag of your own, up to 16 letters and digits.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.
            ConfigError: A parameter is missing, given twice, or a word that OKX does not know. Nothing was sent.

        Source: POST /api/v5/sprd/order
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-place-order
        """

    @post(
        "/api/v5/sprd/cancel-order",
        "20/2s user",
        order="cancel",
        need_one=("ord_id", "cl_ord_id"),
        aliases=order_words.IDS,
    )
    def cancel_order(
        self, ord_id: str | None = None, cl_ord_id: str | None = None, **words: Unpack[IdWords]
    ) -> OrderResult:
        """Cancel an order on a spread, named by one of its ids.

        Needs a key with the right to trade.

        Args:
            ord_id: Order id that OKX gave; its neutral name is ``order_id``.
            cl_ord_id: Order id that you gave; its neutral name is ``client_order_id``.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``ord_id`` nor ``cl_ord_id`` is given. Nothing was sent.
            OkxApiError: The order was not cancelled, or is gone already.
            OrderStatusUnknown: No answer says whether the order was cancelled.

        Source: POST /api/v5/sprd/cancel-order
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-cancel-order
        """

    @post("/api/v5/sprd/mass-cancel", "10/2s user")
    def cancel_all(self, sprd_id: str | None = None) -> Done:
        """Cancel all orders of the account on a spread, or on all spreads.

        Needs a key with the right to trade.

        Args:
            sprd_id: Only orders on this spread; all when left out.

        Source: POST /api/v5/sprd/mass-cancel
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-cancel-all-orders
        """

    @post(
        "/api/v5/sprd/amend-order",
        "20/2s user",
        order="amend",
        need_one=("ord_id", "cl_ord_id"),
        aliases=order_words.AMEND,
    )
    def amend_order(
        self,
        ord_id: str | None = None,
        cl_ord_id: str | None = None,
        *,
        req_id: str | None = None,
        new_sz: Number | None = None,
        new_px: Number | None = None,
        **words: Unpack[SpreadAmendWords],
    ) -> OrderResult:
        """Change size or price of an open order, named by one of its ids.

        Needs a key with the right to trade.

        Args:
            ord_id: Order id that OKX gave; its neutral name is ``order_id``.
            cl_ord_id: Order id that you gave; its neutral name is ``client_order_id``.
            req_id: Id of your own for this change, up to 32 letters and digits.
            new_sz: New size in the spread's currency ``szCcy``, what is filled already included. Its neutral name is
                ``new_size``.
            new_px: New price. Its neutral name is ``new_price``.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``ord_id`` nor ``cl_ord_id`` is given. Nothing was sent.
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.

        Source: POST /api/v5/sprd/amend-order
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-amend-order
        """

    @post("/api/v5/sprd/cancel-all-after", "1/1s user")
    def cancel_all_after(self, time_out: int) -> CancelAllAfter:
        """Cancel all spread orders unless called again in time: a dead-man switch.

        Needs a key with the right to trade.

        Args:
            time_out: Time in seconds, 10 to 120; 0 switches it off.

        Source: POST /api/v5/sprd/cancel-all-after
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-cancel-all-after
        """

    @get("/api/v5/sprd/order", "20/2s user", auth=True, need_one=("ord_id", "cl_ord_id"))
    def get_order(self, ord_id: str | None = None, cl_ord_id: str | None = None) -> SpreadOrder:
        """Get one order on a spread, open or finished, named by one of its ids.

        Args:
            ord_id: Id of the order that OKX gave.
            cl_ord_id: Order id that you gave.

        Raises:
            ConfigError: Neither ``ord_id`` nor ``cl_ord_id`` is given. Nothing was sent.

        Source: GET /api/v5/sprd/order
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-order-details
        """

    @get("/api/v5/sprd/orders-pending", "10/2s user", auth=True)
    def get_orders_pending(
        self,
        sprd_id: str | None = None,
        ord_type: str | None = None,
        *,
        state: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        limit: int | None = None,
    ) -> list[SpreadOrder]:
        """Get the open orders on spreads.

        Newest first.

        Args:
            sprd_id: Only orders on this spread; all when left out.
            ord_type: Only orders of this type; all when left out.
            state: Only orders in this state: ``"live"`` or ``"partially_filled"``.
            begin_id: Only rows newer than the one with this order id.
            end_id: Only rows older than the one with this order id.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/sprd/orders-pending
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-active-orders
        """

    iter_orders_pending = paged(get_orders_pending, key="ordId", time="cTime")

    @get("/api/v5/sprd/orders-history", "20/2s user", auth=True)
    def get_orders_history(
        self,
        sprd_id: str | None = None,
        ord_type: str | None = None,
        *,
        state: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[SpreadOrder]:
        """Get the finished orders on spreads of the last 21 days.

        Newest first. Cancelled orders without a fill are kept for 2 hours only.

        Args:
            sprd_id: Only orders on this spread; all when left out.
            ord_type: Only orders of this type; all when left out.
            state: Only orders in this state: ``"filled"`` or ``"canceled"``.
            begin_id: Only rows newer than the one with this order id.
            end_id: Only rows older than the one with this order id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/sprd/orders-history
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-orders-last-21-days
        """

    @get("/api/v5/sprd/orders-history-archive", "20/2s user", auth=True)
    def get_orders_history_archive(
        self,
        sprd_id: str | None = None,
        ord_type: str | None = None,
        *,
        state: str | None = None,
        inst_type: InstType | None = None,
        inst_family: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[SpreadOrder]:
        """Get the finished orders on spreads of the last 3 months.

        Newest first.

        Args:
            sprd_id: Only orders on this spread; all when left out.
            ord_type: Only orders of this type; all when left out.
            state: Only orders in this state: ``"filled"`` or ``"canceled"``.
            inst_type: Only spreads with a leg of this type; all when left out.
            inst_family: Only spreads with a leg of this instrument family; all when left out.
            begin_id: Only rows newer than the one with this order id.
            end_id: Only rows older than the one with this order id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/sprd/orders-history-archive
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-orders-history-last-3-months
        """

    iter_orders_history = paged(get_orders_history_archive, recent=get_orders_history, key="ordId")

    @get("/api/v5/sprd/trades", "20/2s user", auth=True)
    def get_trades(
        self,
        sprd_id: str | None = None,
        trade_id: str | None = None,
        *,
        ord_id: str | None = None,
        begin_id: str | None = None,
        end_id: str | None = None,
        begin: int | None = None,
        end: int | None = None,
        limit: int | None = None,
    ) -> list[SpreadFillRecord]:
        """Get the account's own fills on spreads of the last 7 days.

        Newest first.

        Args:
            sprd_id: Only fills on this spread; all when left out.
            trade_id: Only the fill with this trade id.
            ord_id: Only fills of the order with this id that OKX gave.
            begin_id: Only rows newer than the one with this trade id.
            end_id: Only rows older than the one with this trade id.
            begin: Only rows of this time or later, in ms since the epoch.
            end: Only rows of this time or earlier, in ms since the epoch.
            limit: Rows per call, at most and by default 100.

        Source: GET /api/v5/sprd/trades
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-trades-last-7-days
        """

    iter_trades = paged(get_trades, key="tradeId", time="ts")

    @get("/api/v5/sprd/spreads", "20/2s ip")
    def get_spreads(
        self,
        base_ccy: str | None = None,
        inst_id: str | None = None,
        sprd_id: str | None = None,
        state: str | None = None,
    ) -> list[SpreadInstrument]:
        """Get spreads with their legs, tick and lot sizes.

        No key needed.

        Args:
            base_ccy: Only spreads with this base currency; all when left out.
            inst_id: Only spreads with this instrument as a leg; all when left out.
            sprd_id: Only this spread; all when left out.
            state: Only spreads in this state: ``"live"`` (the default), ``"suspend"`` or ``"expired"``.

        Source: GET /api/v5/sprd/spreads
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-spreads-public
        """

    @get("/api/v5/sprd/books", "20/2s ip", channel="sprd-books")
    def get_books(self, sprd_id: str, sz: int | None = None) -> SpreadBookUpdate:
        """Get the order book of a spread, best prices first.

        No key needed.

        Args:
            sprd_id: Spread, such as ``BTC-USDT_BTC-USDT-SWAP``.
            sz: How many levels a side, 1 to 400; 5 when left out.

        Source: GET /api/v5/sprd/books
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-order-book-public
        """

    @get("/api/v5/sprd/public-trades", "20/2s ip")
    def get_public_trades(self, sprd_id: str | None = None) -> list[SpreadTrade]:
        """Get the newest public trades, of one spread or of all.

        No key needed.

        Args:
            sprd_id: Only trades on this spread; all when left out.

        Source: GET /api/v5/sprd/public-trades
            https://www.okx.com/docs-v5/en/#spread-trading-rest-api-get-public-trades-public
        """
