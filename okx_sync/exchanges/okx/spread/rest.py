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
        """Place an order on a spread; ``px`` is not for market orders.

        The id ``cl_ord_id`` (up to 32 letters and digits) is made up when left out: with it ``get_order`` finds the
        order of a lost answer (OrderStatusUnknown). Raises OkxApiError when refused. Needs a key with the right to
        trade.
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
        """Cancel an order, named by one of its ids. Needs a key with the right to trade."""

    @post("/api/v5/sprd/mass-cancel", "10/2s user")
    def cancel_all(self, sprd_id: str | None = None) -> Done:
        """Cancel all orders of the account on a spread, or on all of them. Needs a key with the right to trade."""

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
        """Change size or price of an open order, named by one of its ids. ``new_sz`` counts what is filled already.

        Needs a key with the right to trade.
        """

    @post("/api/v5/sprd/cancel-all-after", "1/1s user")
    def cancel_all_after(self, time_out: int) -> CancelAllAfter:
        """Dead-man switch: cancel all spread orders unless called again within ``time_out`` s (10 to 120; 0 is off).

        Needs a key with the right to trade.
        """

    @get("/api/v5/sprd/order", "20/2s user", auth=True, need_one=("ord_id", "cl_ord_id"))
    def get_order(self, ord_id: str | None = None, cl_ord_id: str | None = None) -> SpreadOrder:
        """One order, open or finished, named by one of its ids."""

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
        """Open orders. Newest first, ``limit`` (100) a call; cursors are order ids."""

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
        """Finished orders of the last 21 days.

        Newest first, ``limit`` (100) a call; cursors are order ids; ``begin``, ``end`` in ms.
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
        """Finished orders of the last 3 months.

        Newest first, ``limit`` (100) a call; cursors are order ids; ``begin``, ``end`` in ms.
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
        """Own fills of the last 7 days.

        Newest first, ``limit`` (100) a call; cursors are trade ids; ``begin``, ``end`` in ms.
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
        """Spreads with their legs, tick and lot sizes; by default the live ones. No key needed."""

    @get("/api/v5/sprd/books", "20/2s ip", channel="sprd-books")
    def get_books(self, sprd_id: str, sz: int | None = None) -> SpreadBookUpdate:
        """The order book of a spread, best prices first. ``sz`` levels a side: 1 to 400, by default 5.

        No key needed.
        """

    @get("/api/v5/sprd/public-trades", "20/2s ip")
    def get_public_trades(self, sprd_id: str | None = None) -> list[SpreadTrade]:
        """The newest public trades, of one spread or of all. No key needed."""
