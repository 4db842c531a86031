# mypy: disable-error-code="empty-body"
"""Trigger orders, trailing stops, take-profits and stop-losses of V2 futures.

Pages: "Contract / Plan" of Bitget's API guide. Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes
are in base currency. An accepted request is a receipt; the channel ``orders-algo`` reports what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.exchanges.bitget.mix.argument_words import (
    HoldSide,
    ListedPlans,
    MarginMode,
    OrderType,
    PlanOfPosition,
    PlanOrderType,
    ProductType,
    Side,
    StpMode,
    TradeSide,
    TriggerType,
)
from okx_sync.exchanges.bitget.mix.order_models import MixOrderReceipt
from okx_sync.exchanges.bitget.mix.plan_models import MixPlanOrder, MixPlanSubOrder, MixTpslReceipt
from okx_sync.exchanges.bitget.mix.requests import MixCancelOrder
from okx_sync.exchanges.bitget.rest_dialect import new_client_oid
from okx_sync.exchanges.reduce_only import reduces
from okx_sync.rest import Group, Number, Tokens, Windows, get, paged, post

__all__ = ["MixPlans"]

_TOKENS = Tokens("id_less_than", beside="endId")
_IDS = ("order_id", "client_oid")
_TOLD = ("productType",)
_FILL = {"clientOid": new_client_oid}
_FLAGS = ("yes", "no")
_CHECK = reduces("trade_side", "tradeSide", {"open": ""})
_TRIGGERS = ("stop_surplus_trigger_price", "stop_loss_trigger_price")
# An empty text is how Bitget is told that it is for all of the position.
_ALL_OF_IT = {"size": str}


class MixPlans(Group, group="mix"):
    """Trigger orders, trailing stops, take-profits and stop-losses."""

    @post("/api/v2/mix/order/place-plan-order", "10/1s user", order="place", fill=_FILL, flags=_FLAGS, check=_CHECK)
    def place_plan_order(
        self,
        plan_type: PlanOrderType,
        symbol: str,
        product_type: ProductType,
        margin_mode: MarginMode,
        margin_coin: str,
        side: Side,
        order_type: OrderType,
        size: Number,
        trigger_price: Number,
        trigger_type: TriggerType,
        price: Number | None = None,
        *,
        callback_ratio: Number | None = None,
        trade_side: TradeSide | None = None,
        client_oid: str | None = None,
        reduce_only: bool | None = None,
        stop_surplus_trigger_price: Number | None = None,
        stop_surplus_execute_price: Number | None = None,
        stop_surplus_trigger_type: TriggerType | None = None,
        stop_loss_trigger_price: Number | None = None,
        stop_loss_execute_price: Number | None = None,
        stop_loss_trigger_type: TriggerType | None = None,
        stp_mode: StpMode | None = None,
    ) -> MixOrderReceipt:
        """Place a trigger order or a trailing stop.

        No margin is held for it until it is triggered.

        Args:
            plan_type: ``"normal_plan"``, or ``"track_plan"`` for a trailing stop.
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_mode: ``"isolated"`` or ``"crossed"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            side: ``"buy"`` or ``"sell"``. In hedge mode the side of the *position*: ``"buy"`` for the long one, also to
                close it.
            order_type: ``"limit"`` or ``"market"``; trailing stops are ``"market"``.
            size: Size, in coins of the base currency, for every product type.
            trigger_price: Price at which it is triggered.
            trigger_type: Price that is compared with it: ``"fill_price"`` (the last one) or ``"mark_price"``.
            price: Price of the order that it makes, where that is a limit order.
            callback_ratio: Trailing stops, where it is needed: distance in percent, 10 at most.
            trade_side: In hedge mode, where it is needed: ``"open"`` or ``"close"``; not looked at in one-way mode.
            client_oid: Id of your own; made up when left out.
            reduce_only: Whether it may only reduce a position; in one-way mode only. Bitget's page and its code 22042
                disagree on whether it is taken.
            stop_surplus_trigger_price: Price that triggers its take-profit; of a trailing stop, distance in percent.
            stop_surplus_execute_price: Price of the take-profit's order; at market when left out or 0.
            stop_surplus_trigger_type: Price that is compared with it.
            stop_loss_trigger_price: Price that triggers its stop-loss; of a trailing stop, distance in percent.
            stop_loss_execute_price: Price of the stop-loss's order; at market when left out or 0.
            stop_loss_trigger_type: Price that is compared with it.
            stp_mode: What happens when it would trade with an order of the same account.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.

        Source: POST /api/v2/mix/order/place-plan-order
            https://www.bitget.com/api-doc/contract/plan/Place-Plan-Order
        """

    @post("/api/v2/mix/order/place-tpsl-order", "10/1s user", order="place", fill=_FILL)
    def place_tpsl_order(
        self,
        plan_type: PlanOfPosition,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        trigger_price: Number,
        hold_side: HoldSide,
        size: Number | None = None,
        *,
        trigger_type: TriggerType | None = None,
        execute_price: Number | None = None,
        range_rate: Number | None = None,
        client_oid: str | None = None,
        stp_mode: StpMode | None = None,
    ) -> MixOrderReceipt:
        """Place a take-profit, a stop-loss or a trailing stop of a position.

        Args:
            plan_type: ``"profit_plan"``, ``"loss_plan"`` or ``"moving_plan"`` (trailing) for a part of the position,
                ``"pos_profit"`` or ``"pos_loss"`` for all of it.
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            trigger_price: Price at which it is triggered.
            hold_side: Position that is meant: ``"long"`` or ``"short"`` in hedge mode, ``"buy"`` (long) or ``"sell"``
                (short) in one-way mode.
            size: Size of the part, in coins of the base currency; not for all of the position.
            trigger_type: Price that is compared with it: ``"fill_price"`` (the last one) or ``"mark_price"``.
            execute_price: Price of its order; at market when left out or 0.
            range_rate: Distance of a trailing stop, in percent.
            client_oid: Id of your own; made up when left out.
            stp_mode: What happens when it would trade with an order of the same account.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.

        Source: POST /api/v2/mix/order/place-tpsl-order
            https://www.bitget.com/api-doc/contract/plan/Place-Tpsl-Order
        """

    @post(
        "/api/v2/mix/order/place-pos-tpsl",
        "10/1s user",
        order=True,
        judged=False,
        need_one=_TRIGGERS,
        names_orders=True,
    )
    def place_position_tpsl(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        hold_side: HoldSide,
        *,
        stop_surplus_trigger_price: Number | None = None,
        stop_surplus_size: Number | None = None,
        stop_surplus_trigger_type: TriggerType | None = None,
        stop_surplus_execute_price: Number | None = None,
        stop_surplus_client_oid: str | None = None,
        stop_loss_trigger_price: Number | None = None,
        stop_loss_size: Number | None = None,
        stop_loss_trigger_type: TriggerType | None = None,
        stop_loss_execute_price: Number | None = None,
        stop_loss_client_oid: str | None = None,
        stp_mode: StpMode | None = None,
    ) -> list[MixTpslReceipt]:
        """Place a take-profit and a stop-loss of a position, or one of them.

        One answer tells of both; whether each was placed is seen in ``get_open_plan_orders``.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            hold_side: Position that is meant: ``"long"`` or ``"short"`` in hedge mode, ``"buy"`` (long) or ``"sell"``
                (short) in one-way mode.
            stop_surplus_trigger_price: Price that triggers the take-profit.
            stop_surplus_size: Size of the take-profit, in coins of the base currency; all of the position when left
                out.
            stop_surplus_trigger_type: Price that is compared with it: ``"fill_price"`` or ``"mark_price"``.
            stop_surplus_execute_price: Price of the take-profit's order; at market when left out or 0.
            stop_surplus_client_oid: Id of your own for the take-profit.
            stop_loss_trigger_price: Price that triggers the stop-loss.
            stop_loss_size: Size of the stop-loss, in coins of the base currency; all of the position when left out.
            stop_loss_trigger_type: Price that is compared with it: ``"fill_price"`` or ``"mark_price"``.
            stop_loss_execute_price: Price of the stop-loss's order; at market when left out or 0.
            stop_loss_client_oid: Id of your own for the stop-loss.
            stp_mode: What happens when it would trade with an order of the same account.

        Raises:
            OkxApiError: It was refused.
            OrderStatusUnknown: No answer says whether they were placed.

        Source: POST /api/v2/mix/order/place-pos-tpsl
            https://www.bitget.com/api-doc/contract/plan/Place-Pos-Tpsl-Order
        """

    @post("/api/v2/mix/order/modify-plan-order", "10/1s user", order="amend", need_one=_IDS)
    def amend_plan_order(
        self,
        plan_type: PlanOrderType,
        symbol: str,
        product_type: ProductType,
        order_id: str | None = None,
        client_oid: str | None = None,
        *,
        new_size: Number | None = None,
        new_price: Number | None = None,
        new_callback_ratio: Number | None = None,
        new_trigger_price: Number | None = None,
        new_trigger_type: TriggerType | None = None,
        new_stop_surplus_trigger_price: Number | None = None,
        new_stop_surplus_execute_price: Number | None = None,
        new_stop_surplus_trigger_type: TriggerType | None = None,
        new_stop_loss_trigger_price: Number | None = None,
        new_stop_loss_execute_price: Number | None = None,
        new_stop_loss_trigger_type: TriggerType | None = None,
    ) -> MixOrderReceipt:
        """Change a trigger order or a trailing stop.

        What is left out stays as it is.

        Args:
            plan_type: ``"normal_plan"`` or ``"track_plan"``.
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            order_id: Id of the order that Bitget gave. When both ids are given, this one counts.
            client_oid: Id of the order that you gave.
            new_size: New size, in coins of the base currency.
            new_price: New price of its limit order.
            new_callback_ratio: New distance of a trailing stop in percent, 10 at most; needed there.
            new_trigger_price: New price at which it is triggered.
            new_trigger_type: Price that is compared with it; together with ``new_trigger_price``.
            new_stop_surplus_trigger_price: New price that triggers its take-profit; 0 removes it.
            new_stop_surplus_execute_price: New price of the take-profit's order; 0 is at market.
            new_stop_surplus_trigger_type: Price that is compared with it.
            new_stop_loss_trigger_price: New price that triggers its stop-loss; 0 removes it.
            new_stop_loss_execute_price: New price of the stop-loss's order; 0 is at market.
            new_stop_loss_trigger_type: Price that is compared with it.

        Raises:
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.

        Source: POST /api/v2/mix/order/modify-plan-order
            https://www.bitget.com/api-doc/contract/plan/Modify-Plan-Order
        """

    @post("/api/v2/mix/order/modify-tpsl-order", "10/1s user", order="amend", need_one=_IDS, fill=_ALL_OF_IT)
    def amend_tpsl_order(
        self,
        symbol: str,
        product_type: ProductType,
        margin_coin: str,
        trigger_price: Number,
        order_id: str | None = None,
        client_oid: str | None = None,
        size: Number | None = None,
        *,
        trigger_type: TriggerType | None = None,
        execute_price: Number | None = None,
        range_rate: Number | None = None,
    ) -> MixOrderReceipt:
        """Change a take-profit, a stop-loss or a trailing stop of a position.

        Args:
            symbol: Name of the contract, such as ``BTCUSDT``.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.
            trigger_price: Price at which it is triggered.
            order_id: Id of the order that Bitget gave.
            client_oid: Id of the order that you gave.
            size: Size, in coins of the base currency; not for what is of all of the position.
            trigger_type: Price that is compared with it: ``"fill_price"`` (the last one) or ``"mark_price"``.
            execute_price: Price of its order; at market when left out or 0.
            range_rate: Distance of a trailing stop, in percent.

        Raises:
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.
            ConfigError: Neither ``order_id`` nor ``client_oid`` is given. Nothing was sent.

        Source: POST /api/v2/mix/order/modify-tpsl-order
            https://www.bitget.com/api-doc/contract/plan/Modify-Tpsl-Order
        """

    @post("/api/v2/mix/order/cancel-plan-order", "10/1s user", order=True, judged=False)
    def cancel_plan_orders(
        self,
        product_type: ProductType,
        symbol: str | None = None,
        order_id_list: Sequence[MixCancelOrder] | None = None,
        plan_type: str | None = None,
        margin_coin: str | None = None,
    ) -> list[MixOrderReceipt]:
        """Cancel trigger orders, take-profits and stop-losses: those that are named, or all of a kind.

        Only trigger orders are cancelled where no ``plan_type`` is given. Each row says by ``.ok`` whether its order
        was cancelled.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            symbol: Name of the contract, such as ``BTCUSDT``. Needed with ``order_id_list``; all when left out.
            order_id_list: Orders, each named by one of its ids; all of the kind when left out.
            plan_type: Kind: ``"normal_plan"`` (as when left out), ``"track_plan"``, ``"profit_plan"``, ``"loss_plan"``,
                ``"moving_plan"``, ``"pos_profit"`` or ``"pos_loss"``.
            margin_coin: Currency of the margin in capital letters, such as ``USDT``.

        Raises:
            OrderStatusUnknown: No answer says whether the orders were cancelled.

        Source: POST /api/v2/mix/order/cancel-plan-order
            https://www.bitget.com/api-doc/contract/plan/Cancel-Plan-Order
        """

    @get("/api/v2/mix/order/orders-plan-pending", "10/1s user", auth=True, list_key="entrustedList", told=_TOLD)
    def get_open_plan_orders(
        self,
        product_type: ProductType,
        plan_type: ListedPlans,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixPlanOrder]:
        """List open trigger orders, trailing stops, take-profits and stop-losses, newest first.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            plan_type: Kind: ``"normal_plan"`` (trigger orders), ``"track_plan"`` (trailing stops) or ``"profit_loss"``
                (all take-profits and stop-losses).
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            order_id: Only the order with this id. When both ids are given, this one counts.
            client_oid: Only the order to which you gave this id.
            start_time: First moment of creation in epoch ms, included; 3 months before ``end_time`` at most.
            end_time: Last moment of creation in epoch ms, included.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/order/orders-plan-pending
            https://www.bitget.com/api-doc/contract/plan/get-orders-plan-pending
        """

    iter_open_plan_orders = paged(get_open_plan_orders, tokens=_TOKENS, time="cTime")

    @get("/api/v2/mix/order/orders-plan-history", "10/1s user", auth=True, list_key="entrustedList", told=_TOLD)
    def get_plan_order_history(
        self,
        product_type: ProductType,
        plan_type: ListedPlans,
        symbol: str | None = None,
        order_id: str | None = None,
        client_oid: str | None = None,
        plan_status: str | None = None,
        start_time: int | None = None,
        end_time: int | None = None,
        limit: int | None = None,
        id_less_than: str | None = None,
    ) -> list[MixPlanOrder]:
        """List trigger orders, trailing stops, take-profits and stop-losses that are done, newest first; 3 months back.

        Args:
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.
            plan_type: Kind: ``"normal_plan"`` (trigger orders), ``"track_plan"`` (trailing stops) or ``"profit_loss"``
                (all take-profits and stop-losses).
            symbol: Name of the contract, such as ``BTCUSDT``. All when left out.
            order_id: Only the order with this id. When both ids are given, this one counts.
            client_oid: Only the order to which you gave this id.
            plan_status: Only ``"executed"``, ``"fail_execute"`` or ``"cancelled"`` ones.
            start_time: First moment in epoch ms, included.
            end_time: Last moment in epoch ms, included.
            limit: Rows per page: 1 to 100; 100 when left out.
            id_less_than: Only rows older than this id, the ``endId`` of the page before; ``iter_`` does that.

        Source: GET /api/v2/mix/order/orders-plan-history
            https://www.bitget.com/api-doc/contract/plan/orders-plan-history
        """

    iter_plan_order_history = paged(
        get_plan_order_history, tokens=_TOKENS, windows=Windows("start_time", "end_time", 88, 90), time="cTime"
    )

    @get("/api/v2/mix/order/plan-sub-order", "10/1s user", auth=True)
    def get_plan_sub_orders(
        self, plan_type: PlanOrderType, plan_order_id: str, product_type: ProductType
    ) -> list[MixPlanSubOrder]:
        """List the orders that a trigger order has made.

        Args:
            plan_type: ``"normal_plan"`` or ``"track_plan"``.
            plan_order_id: Id of the trigger order that Bitget gave.
            product_type: Product type: ``"USDT-FUTURES"``, ``"COIN-FUTURES"`` or ``"USDC-FUTURES"``.

        Source: GET /api/v2/mix/order/plan-sub-order
            https://www.bitget.com/api-doc/contract/plan/Plan-Sub-Orders
        """
