# mypy: disable-error-code="empty-body"
"""Orders and fills of V2 futures: place, amend, cancel, close, look up.

Pages: "Contract / Trade" of Bitget's API guide. Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes
are in base currency. An accepted request is a receipt; the channel ``orders`` reports what became of the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from okx_sync.exchanges.bitget import order_words
from okx_sync.exchanges.bitget.mix.argument_words import (
    Force,
    HoldSide,
    MarginMode,
    OrderType,
    ProductType,
    Side,
    StpMode,
    TradeSide,
)
from okx_sync.exchanges.bitget.mix.order_models import (
    MixAmendReceipt,
    MixCloseReceipt,
    MixFill,
    MixOrder,
    MixOrderReceipt,
)
from okx_sync.exchanges.bitget.mix.requests import MixCancelOrder, MixNewOrder
from okx_sync.exchanges.bitget.order_words import AmendWords, IdWords, PlaceWords
from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import BatchResult, Group, Number, Tokens, Windows, get, paged, post

__all__ = ["MixOrders"]

_TOKENS = Tokens("id_less_than", beside="endId")
_QUARTER = Windows("start_time", "end_time", 88, 90)
_IDS = ("order_id", "client_oid")
_TOLD = ("productType",)
_FILL = {"clientOid": new_client_oid}
_NEW_FILL = {"newClientOid": new_client_oid}
_CHECK = reduces("trade_side", "tradeSide", {"open": ""})
_BOTH = ("new_size", "new_price")
_FLAGS = ("YES", "NO")
_PLACE_NEEDS = ("symbol", "product_type", "margin_mode", "margin_coin", "side", "order_type", "size")


class MixOrders(Group, group="mix"):
    """Orders, fills, and closing at market."""

    @post(
        "/api/v2/mix/order/place-order",
        "10/1s user",
        order="place",
        own_id_counts=True,
        fill=_FILL,
        aliases=order_words.PLACE,
        check=_CHECK,
        needs=_PLACE_NEEDS,
        flags=_FLAGS,
    )
    def place_order(
        self,
        symbol: str | None = None,
        product_type: ProductType | None = None,
        margin_mode: MarginMode | None = None,
        margin_coin: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        size: Number | None = None,
        price: Number | None = None,
        client_oid: str | None = None,
        *,
        trade_side: TradeSide | None = None,
        force: Force | None = None,
        reduce_only: bool | None = None,
        preset_stop_surplus_price: Number | None = None,
        preset_stop_loss_price: Number | None = None,
        preset_stop_surplus_execute_price: Number | None = None,
        preset_stop_loss_execute_price: Number | None = None,
        stp_mode: StpMode | None = None,
        **words: Unpack[PlaceWords],
    ) -> MixOrderReceipt:
        """Place an order.

        An accepted request is a receipt; the channel ``orders`` reports what became of the order.

        Hedge mode: to open long is buy and open, to close long **buy** and close; to open short sell and open, to close
        short **sell** and close. One-way mode: a reduce-only order that goes beyond the position cancels older ones of
        its kind, and its receipt has no ``orderId``, only your ``clientOid``.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_mode: ``"isolated"`` or ``"crossed"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            side: ``"buy"`` or ``"sell"``. In hedge mode the side of the *position*: ``"buy"`` for the long one, also to
                close it.
            order_type: ``"limit"`` or ``"market"``.
            size: Size, in coins of the base currency, for every product type.
            price: Price of a limit order; not for market orders.
            client_oid: Id of your own, up to 50 letters, digits and ``-_+#``; made up when left out. Its neutral name
                is ``client_order_id``.
            trade_side: In hedge mode, where it is needed: ``"open"`` or ``"close"``; not looked at in one-way mode.
            force: How long a limit order stands: ``"gtc"`` (as when left out), ``"ioc"``, ``"fok"`` or ``"post_only"``.
            reduce_only: Whether it may only reduce a position; in one-way mode only.
            preset_stop_surplus_price: Price that triggers the take-profit which it brings.
            preset_stop_loss_price: Price that triggers the stop-loss which it brings.
            preset_stop_surplus_execute_price: Price of the take-profit's order; at market when left out.
            preset_stop_loss_execute_price: Price of the stop-loss's order; at market when left out.
            stp_mode: What happens when it would trade with an order of the same account.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.
            ConfigError: A parameter is missing, given twice, or a word that Bitget does not know. Nothing was sent.

        Source: POST /api/v2/mix/order/place-order
            https://www.bitget.com/api-doc/contract/trade/Place-Order
        """

    @post(
        "/api/v2/mix/order/batch-place-order",
        "5/1s user",
        order="place",
        rows="order_list",
        rows_inside=True,
        max_rows=50,
        fill=_FILL,
        aliases=order_words.PLACE,
        check=_CHECK,
        per_request=True,
        flags=_FLAGS,
    )
    def place_batch_orders(
        self,
        symbol: str,
        product_type: ProductType,
        margin_mode: MarginMode,
        margin_coin: str,
        order_list: Sequence[MixNewOrder | Mapping[str, Any]],
    ) -> BatchResult[MixOrderReceipt]:
        """Place up to 50 orders of one contract, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be accepted and others not. Where the contract has a position
        already, the presets of an order change the take-profit and stop-loss of that.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_mode: ``"isolated"`` or ``"crossed"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            order_list: Orders, as ``place_order`` takes them.

        Raises:
            ConfigError: ``order_list`` is empty or holds more than 50 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were placed.

        Source: POST /api/v2/mix/order/batch-place-order
            https://www.bitget.com/api-doc/contract/trade/Batch-Order
        """

    @post(
        "/api/v2/mix/order/modify-order",
        "10/1s user",
        order="amend",
        need_one=_IDS,
        fill=_NEW_FILL,
        aliases=order_words.AMEND,
        needs=("symbol", "product_type"),
        together=_BOTH,
        told=("newClientOid",),
        renews="newClientOid",
    )
    def amend_order(
        self,
        symbol: str | None = None,
        product_type: ProductType | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        new_client_oid: str | None = None,
        new_size: Number | None = None,
        new_price: Number | None = None,
        new_preset_stop_surplus_price: Number | None = None,
        new_preset_stop_loss_price: Number | None = None,
        margin_coin: str | None = None,
        **words: Unpack[AmendWords],
    ) -> MixAmendReceipt:
        """Change size and price of an order, or its presets.

        A new size or price cancels the order and makes a **new** one, with a new id that the answer does not tell: it
        is found by ``new_client_oid``, which the receipt has as ``newClientOid``. Both must be given, presets are not
        looked at then, and only limit orders without fills can be changed. With presets alone the order stays what it
        is.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave. Its neutral name is ``client_order_id``.
            new_client_oid: Id of your own for the order that takes its place; made up when left out.
            new_size: New size, in coins of the base currency; together with ``new_price``. Its neutral name is
                ``size``.
            new_price: New price; together with ``new_size``. Its neutral name is ``price``.
            new_preset_stop_surplus_price: New price that triggers the take-profit; 0 removes it. One given alone may
                remove the stop-loss: Bitget's page says so in one place, and the opposite in another.
            new_preset_stop_loss_price: New price that triggers the stop-loss; 0 removes it. One given alone may remove
                the take-profit.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``. One source has it.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given, or only one of size and price. Nothing was
                sent.

        Source: POST /api/v2/mix/order/modify-order
            https://www.bitget.com/api-doc/contract/trade/Modify-Order
        """

    @post(
        "/api/v2/mix/order/cancel-order",
        "10/1s user",
        order="cancel",
        need_one=_IDS,
        aliases=order_words.IDS,
        needs=("symbol", "product_type"),
    )
    def cancel_order(
        self,
        symbol: str | None = None,
        product_type: ProductType | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        margin_coin: str | None = None,
        **words: Unpack[IdWords],
    ) -> MixOrderReceipt:
        """Cancel an order, named by one of its ids.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave. Its neutral name is ``client_order_id``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was not cancelled, or is gone already (43001, 40109, 22001).
            OrderStatusUnknown: No answer says whether the order was cancelled.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.

        Source: POST /api/v2/mix/order/cancel-order
            https://www.bitget.com/api-doc/contract/trade/Cancel-Order
        """

    @post(
        "/api/v2/mix/order/batch-cancel-orders",
        "10/1s user",
        order="cancel",
        rows="order_id_list",
        rows_inside=True,
        max_rows=50,
        need_one=_IDS,
        aliases=order_words.IDS,
        per_request=True,
    )
    def cancel_batch_orders(
        self,
        symbol: str,
        product_type: ProductType,
        order_id_list: Sequence[MixCancelOrder | Mapping[str, Any]],
        margin_coin: str | None = None,
    ) -> BatchResult[MixOrderReceipt]:
        """Cancel up to 50 orders of one contract, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be cancelled and others not.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            order_id_list: Orders, each named by one of its ids.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.

        Raises:
            ConfigError: ``order_id_list`` is empty or holds more than 50 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were cancelled.

        Source: POST /api/v2/mix/order/batch-cancel-orders
            https://www.bitget.com/api-doc/contract/trade/Batch-Cancel-Orders
        """

    @post("/api/v2/mix/order/cancel-all-orders", "10/1s user", order=True, judged=False)
    def cancel_all_orders(
        self,
        product_type: ProductType,
        margin_coin: str | None = None,
        request_time: int | None = None,
        receive_window: int | None = None,
    ) -> list[MixOrderReceipt]:
        """Cancel all open orders of a product type; trigger orders and take-profits stay.

        Each row says by ``.ok`` whether its order was cancelled. When there is none to cancel, Bitget refuses (22001).

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``. All when left out.
            request_time: Epoch ms from which ``receive_window`` counts.
            receive_window: For how many ms the request is good, 60000 at most.

        Raises:
            OrderStatusUnknown: No answer says whether the orders were cancelled.

        Source: POST /api/v2/mix/order/cancel-all-orders
            https://www.bitget.com/api-doc/contract/trade/Cancel-All-Orders
        """

    @post("/api/v2/mix/order/batch-cancel-orders", "10/1s user", order=True, judged=False)
    def cancel_symbol_orders(
        self, symbol: str, product_type: ProductType, margin_coin: str | None = None
    ) -> list[MixOrderReceipt]:
        """Cancel all open orders of a contract; trigger orders and take-profits stay.

        This is what Bitget does with a batch that names no order. Each row says by ``.ok`` whether its order was
        cancelled.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.

        Raises:
            OrderStatusUnknown: No answer says whether the orders were cancelled.

        Source: POST /api/v2/mix/order/batch-cancel-orders
            https://www.bitget.com/api-doc/contract/trade/Batch-Cancel-Orders
        """

    @post("/api/v2/mix/order/close-positions", "1/1s user", order=True, judged=False, names_orders=True)
    def close_positions(
        self, product_type: ProductType, symbol: str | None = None, hold_side: HoldSide | None = None
    ) -> list[MixCloseReceipt]:
        """Close positions at market.

        Each row says by ``.ok`` whether the order that closes a position was accepted.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All positions of the product type when left out.
            hold_side: Only this side, in hedge mode: ``"long"`` or ``"short"``.

        Raises:
            OrderStatusUnknown: No answer says whether the positions are closed.

        Source: POST /api/v2/mix/order/close-positions
            https://www.bitget.com/api-doc/contract/trade/Flash-Close-Position
        """

    @post("/api/v2/mix/order/click-backhand", "10/1s user", order="place", fill=_FILL)
    def reverse_position(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        side: Side,
        size: Number | None = None,
        *,
        trade_side: TradeSide | None = None,
        client_oid: str | None = None,
    ) -> MixOrderReceipt:
        """Close a position and open one of the same size in the other direction.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            side: ``"buy"`` turns a long position, ``"sell"`` a short one.
            size: Size that is turned, in coins of the base currency; the whole position when left out.
            trade_side: Needed in hedge mode, not to be given in one-way mode.
            client_oid: Id of your own; made up when left out.

        Raises:
            OkxApiError: It was refused.
            OrderStatusUnknown: No answer says whether the order was placed.

        Source: POST /api/v2/mix/order/click-backhand
            https://www.bitget.com/api-doc/contract/trade/Reversal
        """

    @get("/api/v2/mix/order/detail", "10/1s user", auth=True, need_one=_IDS, told=_TOLD)
    def get_order(
        self, symbol: str, product_type: ProductType, order_id: str | None = None, client_oid: str | None = None
    ) -> MixOrder:
        """Get an order, open or done, by one of its ids.

        Trigger orders are not found here. Raises ``OkxApiError`` 40109 where there is none (any more).

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            order_id: Id of the order that Bitget gave.
            client_oid: Id of the order that you gave.

        Source: GET /api/v2/mix/order/detail
            https://www.bitget.com/api-doc/contract/trade/Get-Order-Details
        """

    @get("/api/v2/mix/order/orders-pending", "10/1s user", auth=True, list_key="entrustedList", told=_TOLD)
    def get_open_orders(
        self,
        product_type: ProductType,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        status: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixOrder]:
        """List open orders, newest first; trigger orders have a listing of their own.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            order_id: Only the order with this id. When both ids are given, this one counts.
            client_oid: Only the order to which you gave this id.
            status: Only ``"live"`` (without fills) or ``"partially_filled"`` ones. Bitget's page says that those are
                left out which are filled in part unless they are asked for; ask for both to be sure.
            start_time: First moment of creation in epoch ms, included; 3 months before ``end_time`` at most.
            end_time: Last moment of creation in epoch ms, included.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/order/orders-pending
            https://www.bitget.com/api-doc/contract/trade/Get-Orders-Pending
        """

    iter_open_orders = paged(get_open_orders, tokens=_TOKENS, time="cTime")

    @get("/api/v2/mix/order/orders-history", "10/1s user", auth=True, list_key="entrustedList", told=_TOLD)
    def get_order_history(
        self,
        product_type: ProductType,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        order_source: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixOrder]:
        """List orders that are done, newest first; 90 days back.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            order_id: Only the order with this id. When both ids are given, this one counts.
            client_oid: Only the order to which you gave this id.
            order_source: Only those that this has made, such as ``normal`` or ``liquidation``.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/order/orders-history
            https://www.bitget.com/api-doc/contract/trade/Get-Orders-History
        """

    iter_order_history = paged(get_order_history, tokens=_TOKENS, windows=_QUARTER, time="cTime")

    @get("/api/v2/mix/order/fills", "10/1s user", auth=True, list_key="fillList")
    def get_fills(
        self,
        product_type: ProductType,
        symbol: str | None = None,
        order_id: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixFill]:
        """List fills, newest first; 3 months back.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            order_id: Only fills of the order with this id.
            start_time: First moment in epoch ms, included. 3 months before ``end_time`` at most.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/order/fills
            https://www.bitget.com/api-doc/contract/trade/Get-Order-Fills
        """

    iter_fills = paged(get_fills, tokens=_TOKENS, windows=_QUARTER, time="cTime")

    @get("/api/v2/mix/order/fill-history", "10/1s user", auth=True, list_key="fillList")
    def get_fill_history(
        self,
        product_type: ProductType,
        symbol: str | None = None,
        order_id: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixFill]:
        """List fills, newest first, 7 days in one request; has none of the demo account.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            order_id: Only fills of the order with this id.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/order/fill-history
            https://www.bitget.com/api-doc/contract/trade/Get-Fill-History
        """

    iter_fill_history = paged(
        get_fill_history, tokens=_TOKENS, windows=Windows("start_time", "end_time", 7, 90), time="cTime"
    )
