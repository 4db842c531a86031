# mypy: disable-error-code="empty-body"
"""The part of group ``spot`` for trigger orders; needs a key with the right to trade spot.

A trigger order is not among ``get_open_orders`` and cannot be looked up by ``get_order``: its lists are here.
Pages: "Spot / Trigger" of Bitget's API guide.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Unpack

from okx_sync.exchanges.bitget import order_words
from okx_sync.exchanges.bitget.order_words import OwnIdWords, PlaceWords
from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.bitget.spot.argument_words import Force, OrderType, PlanType, Side, StpMode, TriggerType
from okx_sync.exchanges.bitget.spot.order_models import SpotOrderReceipt
from okx_sync.exchanges.bitget.spot.plan_models import SpotPlanOrder, SpotPlanSubOrder
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["SpotPlanOrders"]

_IDS: Final = ("order_id", "client_oid")
_BY_ORDER: Final = Tokens("id_less_than", row="orderId")
_OWN_ID: Final = {"client_order_id": "client_oid"}


class SpotPlanOrders(Group, group="spot"):
    """Place, amend, cancel, list trigger orders of spot."""

    @post(
        "/api/v2/spot/trade/place-plan-order",
        "20/1s user",
        order="place",
        fill={"clientOid": new_client_oid},
        aliases=order_words.PLACE,
        needs=("symbol", "side", "order_type", "size", "trigger_price", "trigger_type"),
    )
    def place_plan_order(
        self,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        size: Number | None = None,
        trigger_price: Number | None = None,
        trigger_type: TriggerType | None = None,
        execute_price: Number | None = None,
        client_oid: str | None = None,
        *,
        plan_type: PlanType | None = None,
        stp_mode: StpMode | None = None,
        force: Force | None = None,
        **words: Unpack[PlaceWords],
    ) -> SpotOrderReceipt:
        """Place a trigger order.

        Args:
            symbol: Name of the pair, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            side: ``"buy"`` or ``"sell"``.
            order_type: Type of the order that is placed then: ``"limit"`` or ``"market"``.
            size: Size: base currency, or quote currency with ``plan_type="total"``.
            trigger_price: Price that triggers it, in quote currency.
            trigger_type: Price that is compared with it: ``"fill_price"`` or ``"mark_price"``.
            execute_price: Price of the order that is placed then, in quote currency; needed for limit orders.
            client_oid: Id of your own, up to 50 letters, digits, ``-``, ``+``, ``_`` and ``#``; made up when left out.
                Its neutral name is ``client_order_id``.
            plan_type: What ``size`` counts: ``"amount"``, the default, base currency; ``"total"`` quote currency.
            stp_mode: What happens when it would trade with an order of the same account; nothing when left out.
            force: How long the order that is placed then stands.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: A parameter is missing, given twice, or a word that Bitget does not know. Nothing was sent.

        Source: POST /api/v2/spot/trade/place-plan-order
            https://www.bitget.com/api-doc/spot/plan/Place-Plan-Order
        """

    @post(
        "/api/v2/spot/trade/modify-plan-order",
        "20/1s user",
        order="amend",
        need_one=_IDS,
        aliases=_OWN_ID,
    )
    def amend_plan_order(
        self,
        order_type: OrderType,
        size: Number,
        trigger_price: Number,
        execute_price: Number | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        **words: Unpack[OwnIdWords],
    ) -> SpotOrderReceipt:
        """Change a trigger order, named by one of its ids. All of it is said anew.

        Args:
            order_type: Type of the order that is placed then: ``"limit"`` or ``"market"``.
            size: Size: base currency, or quote currency where ``plan_type`` was ``"total"``.
            trigger_price: Price that triggers it, in quote currency.
            execute_price: Price of the order that is placed then, in quote currency; needed for limit orders.
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave. Its neutral name is ``client_order_id``.
            **words: The neutral name, instead of ``client_oid``.

        Raises:
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given, or a word or number is not valid. Nothing was
                sent.

        Source: POST /api/v2/spot/trade/modify-plan-order
            https://www.bitget.com/api-doc/spot/plan/Modify-Plan-Order
        """

    @post("/api/v2/spot/trade/cancel-plan-order", "20/1s user", order="cancel", need_one=_IDS, aliases=_OWN_ID)
    def cancel_plan_order(
        self, order_id: str | None = None, client_oid: str | None = None, **words: Unpack[OwnIdWords]
    ) -> SpotOrderReceipt:
        """Cancel a trigger order, named by one of its ids.

        Args:
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave. Its neutral name is ``client_order_id``.
            **words: The neutral name, instead of ``client_oid``.

        Raises:
            OkxApiError: The exchange refused, for example 43020: there is no such order.
            OrderStatusUnknown: No answer says what became of it: ``client.reconcile(error)`` looks the order up.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.

        Source: POST /api/v2/spot/trade/cancel-plan-order
            https://www.bitget.com/api-doc/spot/plan/Cancel-Plan-Order
        """

    @post("/api/v2/spot/trade/batch-cancel-plan-order", "5/1s user", order="cancel", judged=False)
    def cancel_plan_orders(self, symbol_list: Sequence[str] | None = None) -> list[SpotOrderReceipt]:
        """Cancel all trigger orders, or those of some pairs. Each row has a verdict: look at its ``ok``.

        Args:
            symbol_list: Only trigger orders of these pairs, such as ``BTCUSDT``.

        Source: POST /api/v2/spot/trade/batch-cancel-plan-order
            https://www.bitget.com/api-doc/spot/plan/Batch-Cancel-Plan-Order
        """

    @get("/api/v2/spot/trade/current-plan-order", "20/1s user", auth=True, list_key="orderList")
    def get_open_plan_orders(
        self,
        symbol: str | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
    ) -> list[SpotPlanOrder]:
        """List trigger orders that stand, newest first.

        Args:
            symbol: Only orders of this pair, such as ``BTCUSDT``.
            limit: Rows per page: 1 to 100; 20 when left out.
            id_less_than: Only orders before the one of this id; ``iter_`` sets it.
            start_time: First moment of creation in epoch ms; at most 90 days before ``end_time``.
            end_time: Last moment of creation in epoch ms.

        Source: GET /api/v2/spot/trade/current-plan-order
            https://www.bitget.com/api-doc/spot/plan/Get-Current-Plan-Order
        """

    iter_open_plan_orders = paged(get_open_plan_orders, tokens=_BY_ORDER, time="cTime")

    @get("/api/v2/spot/trade/history-plan-order", "20/1s user", auth=True, list_key="orderList")
    def get_plan_order_history(
        self,
        symbol: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        id_less_than: str | None = None,
        limit: int | None = None,
    ) -> list[SpotPlanOrder]:
        """List trigger orders that are done, newest first.

        Args:
            symbol: Only orders of this pair, such as ``BTCUSDT``.
            start_time: First moment of creation in epoch ms; at most 90 days before ``end_time``.
            end_time: Last moment of creation in epoch ms.
            id_less_than: Only orders before the one of this id; ``iter_`` sets it.
            limit: Rows per page: 1 to 100; 100 when left out.

        Source: GET /api/v2/spot/trade/history-plan-order
            https://www.bitget.com/api-doc/spot/plan/Get-History-Plan-Order
        """

    iter_plan_order_history = paged(
        get_plan_order_history, tokens=_BY_ORDER, windows=Windows("start_time", "end_time", 30, 90), time="cTime"
    )

    @get("/api/v2/spot/trade/plan-sub-order", "20/1s user", auth=True)
    def get_plan_sub_orders(self, plan_order_id: str) -> list[SpotPlanSubOrder]:
        """List the orders that a trigger order has placed.

        Args:
            plan_order_id: Id of the trigger order that Bitget gave.

        Source: GET /api/v2/spot/trade/plan-sub-order
            https://www.bitget.com/api-doc/spot/plan/Get-Plan-Sub-Order
        """
