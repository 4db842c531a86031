# mypy: disable-error-code="empty-body"
"""Orders, fills and positions in group ``uta``. Pages: "Trade" of Bitget's UTA guide.

Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes are in base currency, also of COIN-FUTURES; only
the size of a market order that buys on spot or margin is an amount of quote currency. An accepted request is a receipt;
``get_order`` tells what became of the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.bitget.uta import order_words
from okx_sync.exchanges.bitget.uta.order_models import (
    UtaAdlRank,
    UtaClosedPosition,
    UtaFill,
    UtaLoans,
    UtaOrder,
    UtaOrderReceipt,
    UtaPosition,
)
from okx_sync.exchanges.bitget.uta.order_words import UtaAmendWords, UtaIdWords, UtaOwnIdWords, UtaPlaceWords
from okx_sync.exchanges.bitget.uta.requests import UtaAmendOrder, UtaCancelOrder, UtaNewOrder
from okx_sync.exchanges.bitget.uta.words import (
    FLAGS,
    CategoryArg,
    FuturesArg,
    MarginModeArg,
    OrderTypeArg,
    PosSideArg,
    SideArg,
    StpModeArg,
    TimeInForceArg,
    TriggerByArg,
)
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import BatchResult, Group, Number, Tokens, Windows, get, paged, post

__all__ = ["UtaOrders"]

_TOKENS = Tokens("cursor", beside="cursor")
_WINDOWS = Windows("start_time", "end_time", 30, 90)
_IDS = ("order_id", "client_oid")
_FILL = {"clientOid": new_client_oid}
_CHECK = reduces("pos_side", "posSide")


class UtaOrders(Group, group="uta"):
    """Place, amend, cancel and look up orders; fills; positions."""

    @post(
        "/api/v3/trade/place-order",
        "10/1s user",
        order="place",
        judged=False,
        own_id_counts=True,
        fill=_FILL,
        flags=FLAGS,
        aliases=order_words.PLACE,
        check=_CHECK,
        needs=("symbol", "side", "order_type", "qty"),
    )
    def place_order(
        self,
        category: CategoryArg,
        symbol: str | None = None,
        side: SideArg | None = None,
        order_type: OrderTypeArg | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        client_oid: str | None = None,
        *,
        time_in_force: TimeInForceArg | None = None,
        pos_side: PosSideArg | None = None,
        reduce_only: bool | None = None,
        margin_mode: MarginModeArg | None = None,
        stp_mode: StpModeArg | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerByArg | None = None,
        sl_trigger_by: TriggerByArg | None = None,
        tp_order_type: OrderTypeArg | None = None,
        sl_order_type: OrderTypeArg | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        **words: Unpack[UtaPlaceWords],
    ) -> UtaOrderReceipt:
        """Place an order.

        In hedge mode ``pos_side`` is needed, and a long position is closed by ``side="sell"`` with ``pos_side="long"``:
        the side is the order's, not the position's as on classic accounts. In one-way mode ``reduce_only`` closes. A
        reduce-only order may take the place of older ones; its receipt has no ``orderId`` then.

        Args:
            category: Kind of product: ``"SPOT"``, ``"MARGIN"``, ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or
                ``"USDC-FUTURES"``. Margin orders borrow what is missing.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            side: ``"buy"`` or ``"sell"``.
            order_type: ``"limit"`` or ``"market"``.
            qty: Size in base currency; of a market order that buys on spot or margin, quote currency. Its neutral name
                is ``size``.
            price: Price of a limit order.
            client_oid: Id of your own, up to 32 letters, digits and ``.:/_-``; made up when left out. Its neutral name
                is ``client_order_id``.
            time_in_force: How long the order stands: ``"gtc"`` (the default), ``"ioc"``, ``"fok"`` or ``"post_only"``;
                orders at market prices need none.
            pos_side: Position that it is for, in hedge mode: ``"long"`` or ``"short"``.
            reduce_only: Whether it may only reduce a position; for futures in one-way mode.
            margin_mode: ``"crossed"`` (the default) or ``"isolated"``.
            stp_mode: What happens when it would trade with an order of the same account; nothing when left out.
            take_profit: Price that triggers the take-profit, which stands once the order fills.
            stop_loss: Price that triggers the stop-loss, which stands once the order fills.
            tp_trigger_by: Price that is compared with ``take_profit``; ``"market"`` when left out.
            sl_trigger_by: Price that is compared with ``stop_loss``; ``"market"`` when left out.
            tp_order_type: Type of the take-profit's order.
            sl_order_type: Type of the stop-loss's order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.
            ConfigError: A parameter is missing, given twice, or a word that Bitget does not know. Nothing was sent.

        Source: POST /api/v3/trade/place-order
            https://www.bitget.com/api-doc/uta/trade/Place-Order
        """

    @post(
        "/api/v3/trade/place-batch",
        "5/1s user",
        order="place",
        rows="orders",
        max_rows=20,
        per_request=True,
        fill=_FILL,
        flags=FLAGS,
        aliases=order_words.PLACE,
        check=_CHECK,
    )
    def place_batch_orders(self, orders: Sequence[UtaNewOrder | Mapping[str, Any]]) -> BatchResult[UtaOrderReceipt]:
        """Place up to 20 orders of one category, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be accepted and others not.

        Args:
            orders: Orders, as ``place_order`` takes them.

        Raises:
            ConfigError: ``orders`` is empty or holds more than 20 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were placed.

        Source: POST /api/v3/trade/place-batch
            https://www.bitget.com/api-doc/uta/trade/Place-Batch
        """

    @post(
        "/api/v3/trade/modify-order",
        "10/1s user",
        order="amend",
        renames=True,
        need_one=_IDS,
        flags=FLAGS,
        aliases=order_words.AMEND,
    )
    def amend_order(
        self,
        category: CategoryArg | None = None,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        qty: Number | None = None,
        price: Number | None = None,
        auto_cancel: bool | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerByArg | None = None,
        sl_trigger_by: TriggerByArg | None = None,
        tp_order_type: OrderTypeArg | None = None,
        sl_order_type: OrderTypeArg | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        request_id: str | None = None,
        **words: Unpack[UtaAmendWords],
    ) -> UtaOrderReceipt:
        """Change size or price of an order, named by one of its ids.

        Whether the order keeps its ``orderId`` is not documented: read it from the receipt, or look the order up by
        ``client_oid``. While a change is under way no other one is taken (25272).

        Args:
            category: Kind of product, which is optional.
            symbol: Name of the instrument, which is optional. Its neutral name is ``inst_id``.
            order_id: Id that Bitget gave. When both ids are given, this one counts.
            client_oid: Id that you gave. Its neutral name is ``client_order_id``.
            qty: New size in base currency. Its neutral name is ``new_size``.
            price: New price. Its neutral name is ``new_price``.
            auto_cancel: Whether the order is to be canceled when the change fails; False when left out.
            take_profit: New price that triggers the take-profit; 0 removes it.
            stop_loss: New price that triggers the stop-loss; 0 removes it.
            tp_trigger_by: Price that is compared with ``take_profit``.
            sl_trigger_by: Price that is compared with ``stop_loss``.
            tp_order_type: Type of the take-profit's order.
            sl_order_type: Type of the stop-loss's order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            request_id: Id of this change, up to 32 characters; the stream of orders repeats it. One source has it.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.

        Source: POST /api/v3/trade/modify-order
            https://www.bitget.com/api-doc/uta/trade/Modify-Order
        """

    @post(
        "/api/v3/trade/batch-modify-order",
        "10/1s user",
        order="amend",
        rows="orders",
        max_rows=20,
        per_request=True,
        need_one=_IDS,
        flags=FLAGS,
        aliases=order_words.AMEND,
    )
    def amend_batch_orders(self, orders: Sequence[UtaAmendOrder | Mapping[str, Any]]) -> BatchResult[UtaOrderReceipt]:
        """Change up to 20 orders of one category, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be changed and others not. Reduce-only orders cannot be changed. Name
        orders by ``client_oid``: a row that comes back with another ``orderId`` alone is known by nobody.

        Args:
            orders: Changes, as ``amend_order`` takes them.

        Raises:
            ConfigError: ``orders`` is empty or holds more than 20 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were changed.

        Source: POST /api/v3/trade/batch-modify-order
            https://www.bitget.com/api-doc/uta/trade/Batch-Modify-Orders
        """

    @post(
        "/api/v3/trade/cancel-order",
        "10/1s user",
        order="cancel",
        need_one=_IDS,
        aliases=order_words.IDS,
    )
    def cancel_order(
        self,
        category: CategoryArg | None = None,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        **words: Unpack[UtaIdWords],
    ) -> UtaOrderReceipt:
        """Cancel an order, named by one of its ids.

        Args:
            category: Kind of product, which is optional.
            symbol: Name of the instrument, which is optional. Its neutral name is ``inst_id``.
            order_id: Id that Bitget gave. When both ids are given, this one counts.
            client_oid: Id that you gave. Its neutral name is ``client_order_id``.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.
            OkxApiError: The order was not canceled, or is gone already (25204).
            OrderStatusUnknown: No answer says whether the order was canceled.

        Source: POST /api/v3/trade/cancel-order
            https://www.bitget.com/api-doc/uta/trade/Cancel-Order
        """

    @post(
        "/api/v3/trade/cancel-batch",
        "5/1s user",
        order="cancel",
        rows="orders",
        max_rows=20,
        per_request=True,
        need_one=_IDS,
        aliases=order_words.IDS,
    )
    def cancel_batch_orders(self, orders: Sequence[UtaCancelOrder | Mapping[str, Any]]) -> BatchResult[UtaOrderReceipt]:
        """Cancel up to 20 orders of one category, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be canceled and others not. Name all of them by the same kind of id.

        Args:
            orders: Orders, each named by one of its ids.

        Raises:
            ConfigError: ``orders`` is empty or holds more than 20 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were canceled.

        Source: POST /api/v3/trade/cancel-batch
            https://www.bitget.com/api-doc/uta/trade/Cancel-Batch
        """

    @post("/api/v3/trade/cancel-symbol-order", "5/1s user", order=True, judged=False, list_key="list")
    def cancel_all_orders(self, category: CategoryArg, symbol: str | None = None) -> list[UtaOrderReceipt]:
        """Cancel all open orders of a category, or of one instrument; each has its own verdict.

        Args:
            category: Kind of product.
            symbol: Only orders on this instrument, such as ``BTCUSDT``.

        Returns:
            A receipt for each order; look at its ``ok``.

        Source: POST /api/v3/trade/cancel-symbol-order
            https://www.bitget.com/api-doc/uta/trade/Cancel-All-Order
        """

    @post("/api/v3/trade/close-positions", "5/1s user", order=True, judged=False, list_key="list", names_orders=True)
    def close_positions(
        self, category: FuturesArg, symbol: str | None = None, pos_side: PosSideArg | None = None
    ) -> list[UtaOrderReceipt]:
        """Close all positions of a category, or some of them, at market prices.

        Args:
            category: Kind of futures.
            symbol: Only the position on this instrument, such as ``BTCUSDT``.
            pos_side: Only ``"long"`` or only ``"short"`` positions.

        Returns:
            A receipt for each order that closes; look at its ``ok``.

        Source: POST /api/v3/trade/close-positions
            https://www.bitget.com/api-doc/uta/trade/Close-All-Positions
        """

    @post("/api/v3/trade/countdown-cancel-all", "1/1s user")
    def set_countdown_cancel_all(self, countdown: int) -> None:
        """Let Bitget cancel all orders of the account unless this is called again in time.

        It needs access that Bitget grants on request. The orders of the whole account count, whoever sent them.

        Args:
            countdown: Seconds: 5 to 60; 0 switches it off.

        Source: POST /api/v3/trade/countdown-cancel-all
            https://www.bitget.com/api-doc/uta/trade/CountDown-Cancel-All
        """

    # -- looking up ------------------------------------------------------------------------------------

    @get(
        "/api/v3/trade/order-info",
        "20/1s user",
        auth=True,
        need_one=_IDS,
        aliases=order_words.OWN_ID,
    )
    def get_order(
        self, order_id: str | None = None, client_oid: str | None = None, **words: Unpack[UtaOwnIdWords]
    ) -> UtaOrder:
        """Get one order, open or done, of any category, named by one of its ids.

        A ``client_oid`` may be used again once its order is done: look at ``createdTime``.

        Args:
            order_id: Id that Bitget gave. When both ids are given, this one counts.
            client_oid: Id that you gave. Its neutral name is ``client_order_id``.
            **words: The neutral name, instead of its parameter.

        Raises:
            ConfigError: No id is given. Nothing was sent.
            OkxApiError: There is no such order (25204).

        Source: GET /api/v3/trade/order-info
            https://www.bitget.com/api-doc/uta/trade/Get-Order-Details
        """

    @get("/api/v3/trade/unfilled-orders", "20/1s user", auth=True, list_key="list")
    def get_open_orders(
        self,
        category: CategoryArg | None = None,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaOrder]:
        """List open orders, of all categories when none is named. Strategy orders have a listing of their own.

        Args:
            category: Kind of product.
            symbol: Only orders on this instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/trade/unfilled-orders
            https://www.bitget.com/api-doc/uta/trade/Get-Order-Pending
        """

    iter_open_orders = paged(get_open_orders, tokens=_TOKENS, time="createdTime")

    @get("/api/v3/trade/history-orders", "20/1s user", auth=True, list_key="list")
    def get_order_history(
        self,
        category: CategoryArg,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaOrder]:
        """List orders that are done, of the last 90 days, newest first.

        A request may span 30 days; ``iter_`` cuts longer times.

        Args:
            category: Kind of product.
            symbol: Only orders on this instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/trade/history-orders
            https://www.bitget.com/api-doc/uta/trade/Get-Order-History
        """

    iter_order_history = paged(get_order_history, tokens=_TOKENS, windows=_WINDOWS, time="createdTime")

    @get("/api/v3/trade/fills", "20/1s user", auth=True, list_key="list")
    def get_fills(
        self,
        category: CategoryArg | None = None,
        order_id: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaFill]:
        """List fills of the last 90 days, newest first.

        A request may span 30 days; ``iter_`` cuts longer times. Fees are above 0 when paid.

        Args:
            category: Kind of product; all when left out.
            order_id: Only fills of this order.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/trade/fills
            https://www.bitget.com/api-doc/uta/trade/Get-Order-Fills
        """

    iter_fills = paged(get_fills, tokens=_TOKENS, windows=_WINDOWS, time="createdTime")

    @get("/api/v3/trade/loan-data", "10/1s user", auth=True)
    def get_loan_data(self) -> UtaLoans:
        """Get what the account owes.

        Source: GET /api/v3/trade/loan-data
        """

    # -- positions -------------------------------------------------------------------------------------

    @get("/api/v3/position/current-position", "20/1s user", auth=True, list_key="list")
    def get_positions(
        self, category: FuturesArg, symbol: str | None = None, pos_side: PosSideArg | None = None
    ) -> list[UtaPosition]:
        """List all open positions of a category, on one page. An empty list says that there are none.

        Args:
            category: Kind of futures.
            symbol: Only the position on this instrument, such as ``BTCUSDT``.
            pos_side: Only ``"long"`` or only ``"short"`` positions.

        Source: GET /api/v3/position/current-position
            https://www.bitget.com/api-doc/uta/trade/Get-Position
        """

    @get("/api/v3/position/history-position", "20/1s user", auth=True, list_key="list")
    def get_position_history(
        self,
        category: FuturesArg,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaClosedPosition]:
        """List positions that were closed in the last 90 days, newest first.

        A request may span 30 days; ``iter_`` cuts longer times.

        Args:
            category: Kind of futures.
            symbol: Only positions on this instrument, such as ``BTCUSDT``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/position/history-position
            https://www.bitget.com/api-doc/uta/trade/Get-Position-History
        """

    iter_position_history = paged(get_position_history, tokens=_TOKENS, windows=_WINDOWS, time="updatedTime")

    @get("/api/v3/position/adlRank", "1/1s user", auth=True)
    def get_adl_rank(self) -> list[UtaAdlRank]:
        """List how near positions are to being reduced for the losses of others.

        Source: GET /api/v3/position/adlRank
            https://www.bitget.com/api-doc/uta/trade/Get-Position-ADL-Rank
        """
