# mypy: disable-error-code="empty-body"
"""Strategy orders in group ``uta``: take-profit, stop-loss and trigger orders. Pages: "Strategy" of the UTA guide.

Sizes are in base currency. An accepted request is a receipt. No call looks up a single strategy order: the listings do.
"""

from __future__ import annotations

from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.bitget.uta.order_models import UtaOrderReceipt, UtaStrategyOrder
from okx_sync.exchanges.bitget.uta.words import (
    FLAGS,
    CategoryArg,
    OrderTypeArg,
    PosSideArg,
    SideArg,
    StrategyTypeArg,
    TpslModeArg,
    TriggerByArg,
)
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import Group, Number, Tokens, get, paged, post

__all__ = ["UtaStrategy"]

_IDS = ("order_id", "client_oid")


class UtaStrategy(Group, group="uta"):
    """Place, amend, cancel and list strategy orders."""

    @post(
        "/api/v3/trade/place-strategy-order",
        "10/1s user",
        order="place",
        fill={"clientOid": new_client_oid},
        flags=FLAGS,
        check=reduces("pos_side", "posSide"),
    )
    def place_strategy_order(
        self,
        category: CategoryArg,
        symbol: str,
        pos_side: PosSideArg | None = None,
        qty: Number | None = None,
        client_oid: str | None = None,
        *,
        type_: StrategyTypeArg | None = None,
        tpsl_mode: TpslModeArg | None = None,
        side: SideArg | None = None,
        reduce_only: bool | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerByArg | None = None,
        sl_trigger_by: TriggerByArg | None = None,
        tp_order_type: OrderTypeArg | None = None,
        sl_order_type: OrderTypeArg | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        trigger_price: Number | None = None,
        trigger_by: TriggerByArg | None = None,
        trigger_order_type: OrderTypeArg | None = None,
        trigger_order_price: Number | None = None,
    ) -> UtaOrderReceipt:
        """Place a take-profit, a stop-loss or both on a position, or a trigger order.

        Args:
            category: Kind of product; a take-profit or stop-loss needs one of the futures.
            symbol: Name of the instrument, such as ``BTCUSDT``.
            pos_side: Position that it is for: ``"long"`` or ``"short"``. The page of take-profits needs it.
            qty: Size in base currency, which trigger orders and ``tpsl_mode="partial"`` need.
            client_oid: Id of your own, up to 32 letters, digits and ``.:/_-``; made up when left out.
            type_: ``"tpsl"`` (the default) or ``"trigger"``.
            tpsl_mode: ``"full"`` (the default) for the whole position, ``"partial"`` for ``qty`` of it.
            side: Side of a trigger order: ``"buy"`` or ``"sell"``.
            reduce_only: Whether a trigger order may only reduce a position.
            take_profit: Price that triggers the take-profit.
            stop_loss: Price that triggers the stop-loss.
            tp_trigger_by: Price that is compared with ``take_profit``; ``"market"`` when left out.
            sl_trigger_by: Price that is compared with ``stop_loss``; ``"market"`` when left out.
            tp_order_type: Type of the take-profit's order; ``"market"`` when left out.
            sl_order_type: Type of the stop-loss's order; ``"market"`` when left out.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            trigger_price: Price that triggers a trigger order.
            trigger_by: Price that is compared with ``trigger_price``; ``"market"`` when left out.
            trigger_order_type: Type of the order that a trigger order places.
            trigger_order_price: Price of that order, where it is a limit order.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.

        Source: POST /api/v3/trade/place-strategy-order
            https://www.bitget.com/api-doc/uta/strategy/Place-Strategy-Order
        """

    @post(
        "/api/v3/trade/modify-strategy-order",
        "10/1s user",
        order="amend",
        need_one=_IDS,
    )
    def amend_strategy_order(
        self,
        order_id: str | None = None,
        client_oid: str | None = None,
        qty: Number | None = None,
        *,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerByArg | None = None,
        sl_trigger_by: TriggerByArg | None = None,
        tp_order_type: OrderTypeArg | None = None,
        sl_order_type: OrderTypeArg | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        trigger_price: Number | None = None,
        trigger_by: TriggerByArg | None = None,
        trigger_order_type: OrderTypeArg | None = None,
        trigger_order_price: Number | None = None,
    ) -> UtaOrderReceipt:
        """Change a strategy order, named by one of its ids.

        Args:
            order_id: Id that Bitget gave. When both ids are given, this one counts.
            client_oid: Id that you gave.
            qty: Size in base currency, which the page needs also where it stays as it is.
            take_profit: New price that triggers the take-profit.
            stop_loss: New price that triggers the stop-loss.
            tp_trigger_by: Price that is compared with ``take_profit``.
            sl_trigger_by: Price that is compared with ``stop_loss``.
            tp_order_type: Type of the take-profit's order.
            sl_order_type: Type of the stop-loss's order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            trigger_price: New price that triggers a trigger order.
            trigger_by: Price that is compared with ``trigger_price``.
            trigger_order_type: Type of the order that a trigger order places.
            trigger_order_price: Price of that order, where it is a limit order.

        Raises:
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.

        Source: POST /api/v3/trade/modify-strategy-order
            https://www.bitget.com/api-doc/uta/strategy/Modify-Strategy-Order
        """

    @post(
        "/api/v3/trade/cancel-strategy-order",
        "10/1s user",
        order="cancel",
        need_one=_IDS,
        bare_ack=True,
    )
    def cancel_strategy_order(self, order_id: str | None = None, client_oid: str | None = None) -> UtaOrderReceipt:
        """Cancel a strategy order, named by one of its ids.

        Bitget answers without naming the order: the receipt has the ids that were asked for.

        Args:
            order_id: Id that Bitget gave. When both ids are given, this one counts.
            client_oid: Id that you gave.

        Raises:
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.
            OkxApiError: The order was not canceled, or is gone already.
            OrderStatusUnknown: No answer says whether the order was canceled.

        Source: POST /api/v3/trade/cancel-strategy-order
            https://www.bitget.com/api-doc/uta/strategy/Cancel-Strategy-Order
        """

    @get("/api/v3/trade/unfilled-strategy-orders", "20/1s user", auth=True, list_key="list")
    def get_open_strategy_orders(
        self, category: CategoryArg, type_: StrategyTypeArg | None = None
    ) -> list[UtaStrategyOrder]:
        """List open strategy orders.

        Args:
            category: Kind of product.
            type_: Only ``"tpsl"`` or only ``"trigger"``.

        Source: GET /api/v3/trade/unfilled-strategy-orders
            https://www.bitget.com/api-doc/uta/strategy/Get-Unfilled-Strategy-Orders
        """

    @get("/api/v3/trade/history-strategy-orders", "20/1s user", auth=True, list_key="list")
    def get_strategy_order_history(
        self,
        category: CategoryArg,
        type_: StrategyTypeArg | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> list[UtaStrategyOrder]:
        """List strategy orders that are done, newest first.

        Args:
            category: Kind of product.
            type_: Only ``"tpsl"`` or only ``"trigger"``.
            start_time: First moment in epoch ms.
            end_time: Last moment in epoch ms.
            limit: Rows per page: 1 to 100; 100 when left out.
            cursor: The next page's cursor, from the page before; ``iter_`` does that.

        Source: GET /api/v3/trade/history-strategy-orders
            https://www.bitget.com/api-doc/uta/strategy/Get-History-Strategy-Orders
        """

    iter_strategy_order_history = paged(
        get_strategy_order_history, tokens=Tokens("cursor", beside="cursor"), time="createdTime"
    )
