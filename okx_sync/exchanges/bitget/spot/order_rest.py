# mypy: disable-error-code="empty-body"
"""The part of group ``spot`` that sends orders and tells what became of them; needs a key with the right to trade.

Prices and sizes are ``Decimal``, ``int`` or text, never float. An accepted request is a receipt: Bitget carries it out
later, and ``get_order`` says what became of the order. For the ``get_`` and ``iter_`` calls a key with the right to
read is enough. Pages: "Spot / Trade" of Bitget's API guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Unpack

from okx_sync.exchanges.bitget import order_words
from okx_sync.exchanges.bitget.order_words import IdWords, OwnIdWords, PlaceWords, ReplaceWords
from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.bitget.spot.argument_words import BatchMode, Force, OrderType, Side, StpMode, TpslType
from okx_sync.exchanges.bitget.spot.order_models import (
    SpotCanceledSymbol,
    SpotFill,
    SpotOpenOrder,
    SpotOrder,
    SpotOrderReceipt,
    SpotReplacement,
)
from okx_sync.exchanges.bitget.spot.order_requests import CancelSpotOrder, NewSpotOrder, ReplaceSpotOrder
from okx_sync.rest import BatchResult, Group, Number, Tokens, Windows, get, paged, post

__all__ = ["SpotOrders"]

_IDS: Final = ("order_id", "client_oid")
_BY_ORDER: Final = Tokens("id_less_than", row="orderId")
_MONTHS: Final = Windows("start_time", "end_time", 30, 90)


def _good_till_canceled() -> str:
    return "gtc"


_FILL: Final = {"clientOid": new_client_oid, "force": _good_till_canceled}


class SpotOrders(Group, group="spot"):
    """Place, replace, cancel, look up spot orders."""

    @post(
        "/api/v2/spot/trade/place-order",
        "10/1s user",
        order="place",
        fill=_FILL,
        nameless={"clientOid": ("tpslType", "tpsl")},
        aliases=order_words.PLACE,
        needs=("symbol", "side", "order_type", "size"),
    )
    def place_order(
        self,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        size: Number | None = None,
        price: Number | None = None,
        client_oid: str | None = None,
        *,
        force: Force | None = None,
        trigger_price: Number | None = None,
        tpsl_type: TpslType | None = None,
        stp_mode: StpMode | None = None,
        preset_take_profit_price: Number | None = None,
        execute_take_profit_price: Number | None = None,
        preset_stop_loss_price: Number | None = None,
        execute_stop_loss_price: Number | None = None,
        request_time: int | None = None,
        receive_window: int | None = None,
        **words: Unpack[PlaceWords],
    ) -> SpotOrderReceipt:
        """Place an order.

        The size of a market buy is money: an amount of quote currency. An accepted request is a receipt; ``get_order``
        says what became of the order.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            side: ``"buy"`` or ``"sell"``.
            order_type: ``"limit"`` or ``"market"``.
            size: Size: base currency of limit orders and market sells, quote currency of market buys.
            price: Limit price, in quote currency; not for market orders.
            client_oid: Id of your own, up to 50 letters, digits, ``-``, ``+``, ``_`` and ``#``; made up when left out.
                Not of take-profits and stop-losses, where Bitget ignores it. Its neutral name is ``client_order_id``.
            force: How long a limit order stands; ``"gtc"`` when left out, ignored for market orders.
            trigger_price: Price that triggers a take-profit or stop-loss, in quote currency.
            tpsl_type: ``"tpsl"`` for a take-profit or stop-loss, which ``trigger_price`` triggers; ``"normal"`` when
                left out.
            stp_mode: What happens when it would trade with an order of the same account; nothing when left out.
            preset_take_profit_price: Price that triggers the take-profit that the order brings.
            execute_take_profit_price: Price of the take-profit's order; at market when left out.
            preset_stop_loss_price: Price that triggers the stop-loss that the order brings.
            execute_stop_loss_price: Price of the stop-loss's order; at market when left out.
            request_time: Epoch ms on Bitget's clock from which ``receive_window`` counts.
            receive_window: For how many ms the request is good, 60000 at most; one that arrives later is refused.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: A parameter is missing, given twice, a word that Bitget does not know, or one that would be
                ignored. Nothing was sent.

        Source: POST /api/v2/spot/trade/place-order
            https://www.bitget.com/api-doc/spot/trade/Place-Order
        """

    @post(
        "/api/v2/spot/trade/batch-orders",
        "5/1s user",
        order="place",
        rows="order_list",
        rows_inside=True,
        max_rows=50,
        per_request=True,
        fill=_FILL,
        aliases=order_words.PLACE,
    )
    def place_batch_orders(
        self,
        order_list: Sequence[NewSpotOrder | Mapping[str, Any]],
        symbol: str | None = None,
        batch_mode: BatchMode | None = None,
    ) -> BatchResult[SpotOrderReceipt]:
        """Place up to 50 orders, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``: some may be accepted and others not.

        Args:
            order_list: The orders, each a ``NewSpotOrder`` or a mapping by any of its words.
            symbol: Name of the pair of all of them, such as ``BTCUSDT``.
            batch_mode: ``"single"``, the default: all of ``symbol``; ``"multiple"``: each names its own.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them: ``client.reconcile_all(error)`` looks the
                orders up.
            ConfigError: There are none or more than 50, or one of them cannot be sent as it is. Nothing was sent.

        Source: POST /api/v2/spot/trade/batch-orders
            https://www.bitget.com/api-doc/spot/trade/Batch-Place-Orders
        """

    @post(
        "/api/v2/spot/trade/cancel-order",
        "10/1s user",
        order="cancel",
        need_one=_IDS,
        aliases=order_words.IDS,
    )
    def cancel_order(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        tpsl_type: TpslType | None = None,
        **words: Unpack[IdWords],
    ) -> SpotOrderReceipt:
        """Cancel an order, named by one of its ids.

        An accepted request is a receipt; ``get_order`` tells when the order is gone.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``; needed but for take-profits and stop-losses. Its neutral name
                is ``inst_id``.
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave; not of take-profits and stop-losses, which have none. Its neutral
                name is ``client_order_id``.
            tpsl_type: ``"tpsl"`` for a take-profit or stop-loss; ``"normal"`` when left out.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The exchange refused, for example 43001: the order is gone already.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given, or a word is not valid. Nothing was sent.

        Source: POST /api/v2/spot/trade/cancel-order
            https://www.bitget.com/api-doc/spot/trade/Cancel-Order
        """

    @post(
        "/api/v2/spot/trade/batch-cancel-order",
        "10/1s user",
        order="cancel",
        rows="order_list",
        rows_inside=True,
        max_rows=50,
        per_request=True,
        need_one=_IDS,
        aliases=order_words.IDS,
    )
    def cancel_batch_orders(
        self,
        order_list: Sequence[CancelSpotOrder | Mapping[str, Any]],
        symbol: str | None = None,
        batch_mode: BatchMode | None = None,
    ) -> BatchResult[SpotOrderReceipt]:
        """Cancel up to 50 orders, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``. Name all of a batch by the same kind of id: where both kinds are
        mixed, Bitget does not cancel those that are named by ``client_oid``.

        Args:
            order_list: The orders, each a ``CancelSpotOrder`` or a mapping by any of its words.
            symbol: Name of the pair of all of them, such as ``BTCUSDT``.
            batch_mode: ``"single"``, the default: all of ``symbol``; ``"multiple"``: each names its own.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them: ``client.reconcile_all(error)`` looks the
                orders up.
            ConfigError: There are none or more than 50, or one of them names no order. Nothing was sent.

        Source: POST /api/v2/spot/trade/batch-cancel-order
            https://www.bitget.com/api-doc/spot/trade/Batch-Cancel-Orders
        """

    @post("/api/v2/spot/trade/cancel-symbol-order", "5/1s user", order="cancel", aliases=order_words.IDS)
    def cancel_all_orders(self, symbol: str) -> SpotCanceledSymbol:
        """Cancel all orders of a pair.

        Bitget carries it out later: ``get_open_orders`` tells when they are gone. Trigger orders are not among them:
        see ``cancel_plan_orders``.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``.

        Source: POST /api/v2/spot/trade/cancel-symbol-order
            https://www.bitget.com/api-doc/spot/trade/Cancel-Symbol-Orders
        """

    @post(
        "/api/v2/spot/trade/cancel-replace-order",
        "5/1s user",
        order="amend",
        renews="newClientOid",
        fill={"newClientOid": new_client_oid},
        need_one=_IDS,
        aliases=order_words.REPLACE,
        needs=("symbol", "price", "size"),
    )
    def replace_order(
        self,
        symbol: str | None = None,
        price: Number | None = None,
        size: Number | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        new_client_oid: str | None = None,
        *,
        preset_take_profit_price: Number | None = None,
        execute_take_profit_price: Number | None = None,
        preset_stop_loss_price: Number | None = None,
        execute_stop_loss_price: Number | None = None,
        **words: Unpack[ReplaceWords],
    ) -> SpotReplacement:
        """Cancel an order and place a limit order in its stead, which has ids of its own.

        The first may be canceled although the second is refused.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            price: Limit price of the new order, in quote currency. Its neutral name is ``new_price``.
            size: Size of the new order, in base currency. Its neutral name is ``new_size``.
            order_id: Id of the old order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the old order that you gave. Its neutral name is ``client_order_id``.
            new_client_oid: Id of your own for the new order; made up when left out.
            preset_take_profit_price: Price that triggers the take-profit that the order brings.
            execute_take_profit_price: Price of the take-profit's order; at market when left out.
            preset_stop_loss_price: Price that triggers the stop-loss that the order brings.
            execute_stop_loss_price: Price of the stop-loss's order; at market when left out.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The new order was not placed (code ``failure``, where Bitget gives none): look up the old one.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks for the new order
                and, where it is missing, for the old one.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given, or a word or number is not valid. Nothing was
                sent.

        Source: POST /api/v2/spot/trade/cancel-replace-order
            https://www.bitget.com/api-doc/spot/trade/Cancel-Replace-Order
        """

    @post(
        "/api/v2/spot/trade/batch-cancel-replace-order",
        "5/1s user",
        order="amend",
        renews="newClientOid",
        rows="order_list",
        rows_inside=True,
        max_rows=50,
        per_request=True,
        fill={"newClientOid": new_client_oid},
        need_one=_IDS,
        aliases=order_words.REPLACE,
    )
    def replace_batch_orders(
        self, order_list: Sequence[ReplaceSpotOrder | Mapping[str, Any]]
    ) -> BatchResult[SpotReplacement]:
        """Cancel up to 50 orders and place limit orders in their stead, each with its own verdict.

        Look at ``.ok``, ``.refused`` and ``.unknown``; an order may be canceled although its successor is refused.

        Args:
            order_list: The orders, each a ``ReplaceSpotOrder`` or a mapping by any of its words.

        Raises:
            OrderStatusUnknown: No answer says what became of any of them: ``client.reconcile_all(error)`` looks the
                orders up.
            ConfigError: There are none or more than 50, or one of them names no order or cannot be sent as it is.
                Nothing was sent.

        Source: POST /api/v2/spot/trade/batch-cancel-replace-order
            https://www.bitget.com/api-doc/spot/trade/Batch-Cancel-Replace-Order
        """

    @get(
        "/api/v2/spot/trade/orderInfo",
        "20/1s user",
        auth=True,
        need_one=_IDS,
        aliases={"client_order_id": "client_oid"},
    )
    def get_order(
        self,
        order_id: str | None = None,
        client_oid: str | None = None,
        request_time: int | None = None,
        receive_window: int | None = None,
        **words: Unpack[OwnIdWords],
    ) -> SpotOrder:
        """Get one order of any state, named by one of its ids.

        Args:
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave. Its neutral name is ``client_order_id``.
            request_time: Epoch ms on Bitget's clock from which ``receive_window`` counts.
            receive_window: For how many ms the request is good.
            **words: The neutral name, instead of ``client_oid``.

        Raises:
            OkxApiError: The exchange refused, for example 43001: there is no such order.
            DecodeError: Bitget answered with no order: there is none of this id, as far as it knows.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.

        Source: GET /api/v2/spot/trade/orderInfo
            https://www.bitget.com/api-doc/spot/trade/Get-Order-Info
        """

    @get("/api/v2/spot/trade/unfilled-orders", "20/1s user", auth=True)
    def get_open_orders(
        self,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        id_less_than: str | None = None,
        limit: int | None = None,
        order_id: str | None = None,
        tpsl_type: str | None = None,
        request_time: int | None = None,
        receive_window: int | None = None,
    ) -> list[SpotOpenOrder]:
        """List orders that stand, newest first; trigger orders stand in ``get_open_plan_orders``.

        Args:
            symbol: Only orders of this pair, such as ``BTCUSDT``.
            start_time: First moment of creation in epoch ms.
            end_time: Last moment of creation in epoch ms.
            id_less_than: Only orders before the one of this id; ``iter_`` sets it.
            limit: Rows per page: 1 to 100; 100 when left out.
            order_id: Only the order of this id.
            tpsl_type: ``"normal"``, the default, or ``"tpsl"``: take-profits and stop-losses.
            request_time: Epoch ms on Bitget's clock from which ``receive_window`` counts.
            receive_window: For how many ms the request is good.

        Source: GET /api/v2/spot/trade/unfilled-orders
            https://www.bitget.com/api-doc/spot/trade/Get-Unfilled-Orders
        """

    iter_open_orders = paged(get_open_orders, tokens=_BY_ORDER, time="cTime")

    @get("/api/v2/spot/trade/history-orders", "20/1s user", auth=True)
    def get_order_history(
        self,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        id_less_than: str | None = None,
        limit: int | None = None,
        order_id: str | None = None,
        tpsl_type: str | None = None,
        request_time: int | None = None,
        receive_window: int | None = None,
    ) -> list[SpotOrder]:
        """List orders of the last 90 days that are done, newest first.

        Args:
            symbol: Only orders of this pair, such as ``BTCUSDT``.
            start_time: First moment of creation in epoch ms.
            end_time: Last moment of creation in epoch ms.
            id_less_than: Only orders before the one of this id; ``iter_`` sets it.
            limit: Rows per page: 1 to 100; 100 when left out.
            order_id: Only the order of this id.
            tpsl_type: ``"normal"``, the default, or ``"tpsl"``: take-profits and stop-losses.
            request_time: Epoch ms on Bitget's clock from which ``receive_window`` counts.
            receive_window: For how many ms the request is good.

        Source: GET /api/v2/spot/trade/history-orders
            https://www.bitget.com/api-doc/spot/trade/Get-History-Orders
        """

    iter_order_history = paged(get_order_history, tokens=_BY_ORDER, windows=_MONTHS, time="cTime")

    @get("/api/v2/spot/trade/fills", "10/1s user", auth=True)
    def get_fills(
        self,
        symbol: str | None = None,
        order_id: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[SpotFill]:
        """List fills of the last 90 days, newest first.

        Args:
            symbol: Only fills of this pair, such as ``BTCUSDT``.
            order_id: Only fills of the order of this id.
            start_time: First moment in epoch ms; at most 90 days before ``end_time``.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only fills before the one of this trade id; ``iter_`` sets it.

        Source: GET /api/v2/spot/trade/fills
            https://www.bitget.com/api-doc/spot/trade/Get-Fills
        """

    iter_fills = paged(get_fills, tokens=Tokens("id_less_than", row="tradeId"), windows=_MONTHS, time="cTime")
