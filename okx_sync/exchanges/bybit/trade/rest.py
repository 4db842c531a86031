# mypy: disable-error-code="empty-body"
"""Group ``trade``: orders, of which the operations of the trade stream are twins (V5 documentation: Trade).

Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes are in base currency for linear contracts, USD for
inverse ones. An accepted request is a receipt; the channel ``order`` reports what became of the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from okx_sync.exchanges.bybit import order_words
from okx_sync.exchanges.bybit.argument_words import (
    Category,
    MarketUnit,
    OrderFilter,
    OrderType,
    PositionIdx,
    Side,
    SlippageType,
    SmpType,
    TimeInForce,
    TpslMode,
    TriggerBy,
    TriggerDirection,
)
from okx_sync.exchanges.bybit.order_words import AmendWords, IdWords, PlaceWords
from okx_sync.exchanges.bybit.rest_dialect import new_order_link_id
from okx_sync.exchanges.bybit.trade.models import OrderReceipt
from okx_sync.exchanges.bybit.trade.requests import AmendOrder, CancelOrder, NewOrder
from okx_sync.rest import BatchResult, Group, Number, post

__all__ = ["Trade"]

_HEADERS = {"recv_window": "X-BAPI-RECV-WINDOW", "referer": "Referer"}
_IDS = ("order_id", "order_link_id")
_FILL = {"orderLinkId": new_order_link_id}


class Trade(Group, group="trade"):
    """Place, amend, cancel.

    Common to all: ``recv_window``: for how many ms the request is good (5000 when left out); ``referer``: a broker's
    id.
    """

    @post(
        "/v5/order/create",
        "10/1s user @create",
        order="place",
        fill=_FILL,
        header=_HEADERS,
        aliases=order_words.PLACE,
        needs=("symbol", "side", "order_type", "qty"),
    )
    def place_order(
        self,
        category: Category,
        symbol: str | None = None,
        side: Side | None = None,
        order_type: OrderType | None = None,
        qty: Number | None = None,
        price: Number | None = None,
        order_link_id: str | None = None,
        *,
        time_in_force: TimeInForce | None = None,
        position_idx: PositionIdx | None = None,
        reduce_only: bool | None = None,
        close_on_trigger: bool | None = None,
        trigger_price: Number | None = None,
        trigger_direction: TriggerDirection | None = None,
        trigger_by: TriggerBy | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerBy | None = None,
        sl_trigger_by: TriggerBy | None = None,
        tpsl_mode: TpslMode | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        tp_order_type: OrderType | None = None,
        sl_order_type: OrderType | None = None,
        smp_type: SmpType | None = None,
        order_iv: Number | None = None,
        mmp: bool | None = None,
        is_leverage: bool | None = None,
        market_unit: MarketUnit | None = None,
        order_filter: OrderFilter | None = None,
        slippage_tolerance_type: SlippageType | None = None,
        slippage_tolerance: Number | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[PlaceWords],
    ) -> OrderReceipt:
        """Place an order.

        An accepted request is a receipt; the channel ``order`` reports what became of the order.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            side: ``"Buy"`` or ``"Sell"``.
            order_type: ``"Market"`` or ``"Limit"``.
            qty: Size: base currency of spot and linear contracts, USD of inverse ones, contracts of options. Of a spot
                market order that buys, quote currency unless ``market_unit`` says otherwise. Its neutral name is
                ``size``.
            price: Price of a limit order; not for market orders.
            order_link_id: Id of your own, up to 36 letters, digits, ``-`` and ``_``; made up when left out. Its neutral
                name is ``client_order_id``.
            time_in_force: How long the order stands; ``"GTC"`` when left out, always ``"IOC"`` for market orders.
            position_idx: Position that it is for: 0 in one-way mode, 1 the long and 2 the short side in hedge mode.
            reduce_only: Whether it may only reduce a position; not for spot.
            close_on_trigger: Whether other orders may be cut or cancelled to free margin when it is triggered to close
                a position.
            trigger_price: Price that makes it a conditional order.
            trigger_direction: 1 when the price must rise to ``trigger_price``, 2 when it must fall.
            trigger_by: Price that is compared with ``trigger_price``.
            take_profit: Price that triggers the take-profit, which stands once the order fills.
            stop_loss: Price that triggers the stop-loss, which stands once the order fills.
            tp_trigger_by: Price that is compared with ``take_profit``; the last price when left out.
            sl_trigger_by: Price that is compared with ``stop_loss``; the last price when left out.
            tpsl_mode: ``"Full"`` for the whole position, at market only; ``"Partial"`` for the size of this order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            tp_order_type: Type of the take-profit's order; ``"Limit"`` only with ``tpsl_mode="Partial"``.
            sl_order_type: Type of the stop-loss's order; ``"Limit"`` only with ``tpsl_mode="Partial"``.
            smp_type: What happens when it would trade with an order of the same account or group.
            order_iv: Implied volatility as a fraction, for options: 0.1 is ten percent.
            mmp: Whether it counts for the market-maker protection; for options.
            is_leverage: Whether a spot order may borrow; False when left out.
            market_unit: What ``qty`` of a spot market order counts: ``"baseCoin"`` or ``"quoteCoin"``.
            order_filter: Kind of a spot order: ``"Order"`` (the default), ``"tpslOrder"`` or ``"StopOrder"``
                (conditional).
            slippage_tolerance_type: What ``slippage_tolerance`` counts: ``"TickSize"`` or ``"Percent"``. Only for
                market orders.
            slippage_tolerance: How much worse than the best price a market order may trade: 1 to 10000 price steps, or
                0.01 to 10 percent.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Raises:
            OkxApiError: The order was refused.
            OrderStatusUnknown: No answer says whether the order was placed.
            ConfigError: A parameter is missing, given twice, or a word that Bybit does not know. Nothing was sent.

        Source: POST /v5/order/create
        """

    @post(
        "/v5/order/amend",
        "10/1s user @amend",
        order="amend",
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.AMEND,
        needs=("symbol",),
    )
    def amend_order(
        self,
        category: Category,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        qty: Number | None = None,
        price: Number | None = None,
        trigger_price: Number | None = None,
        trigger_by: TriggerBy | None = None,
        take_profit: Number | None = None,
        stop_loss: Number | None = None,
        tp_trigger_by: TriggerBy | None = None,
        sl_trigger_by: TriggerBy | None = None,
        tpsl_mode: TpslMode | None = None,
        tp_limit_price: Number | None = None,
        sl_limit_price: Number | None = None,
        order_iv: Number | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[AmendWords],
    ) -> OrderReceipt:
        """Change size or price of an order, named by one of its ids.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            order_id: Id of the order that Bybit gave. When both ids are given, this one counts.
            order_link_id: Id of the order that you gave. Its neutral name is ``client_order_id``.
            qty: New size, what is filled already included, in coins, USD or contracts as it was placed. Its neutral
                name is ``new_size``.
            price: New price. Its neutral name is ``new_price``.
            trigger_price: New price that triggers a conditional order.
            trigger_by: Price that is compared with ``trigger_price``.
            take_profit: New price that triggers the take-profit; 0 removes it.
            stop_loss: New price that triggers the stop-loss; 0 removes it.
            tp_trigger_by: Price that is compared with ``take_profit``.
            sl_trigger_by: Price that is compared with ``stop_loss``.
            tpsl_mode: ``"Full"`` for the whole position, at market only; ``"Partial"`` for the size of this order.
            tp_limit_price: Price of the take-profit's limit order.
            sl_limit_price: Price of the stop-loss's limit order.
            order_iv: New implied volatility as a fraction, for options: 0.1 is ten percent.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``order_id`` nor ``order_link_id`` is given. Nothing was sent.
            OkxApiError: The change was refused.
            OrderStatusUnknown: No answer says whether the order was changed.

        Source: POST /v5/order/amend
        """

    @post(
        "/v5/order/cancel",
        "10/1s user @cancel",
        order="cancel",
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.IDS,
        needs=("symbol",),
    )
    def cancel_order(
        self,
        category: Category,
        symbol: str | None = None,
        order_id: str | None = None,
        order_link_id: str | None = None,
        *,
        order_filter: OrderFilter | None = None,
        recv_window: int | None = None,
        referer: str | None = None,
        **words: Unpack[IdWords],
    ) -> OrderReceipt:
        """Cancel an order, named by one of its ids.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            symbol: Name of the instrument, such as ``BTCUSDT``. Its neutral name is ``inst_id``.
            order_id: Id of the order that Bybit gave. When both ids are given, this one counts.
            order_link_id: Id of the order that you gave. Its neutral name is ``client_order_id``.
            order_filter: Kind of a spot order: ``"Order"`` (the default), ``"tpslOrder"`` or ``"StopOrder"``
                (conditional).
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.
            **words: The neutral names, each instead of its parameter.

        Raises:
            ConfigError: Neither ``order_id`` nor ``order_link_id`` is given. Nothing was sent.
            OkxApiError: The order was not cancelled, or is gone already (110001).
            OrderStatusUnknown: No answer says whether the order was cancelled.

        Source: POST /v5/order/cancel
        """

    @post(
        "/v5/order/create-batch",
        "20/1s user @create-batch",
        order="place",
        rows="request",
        rows_inside=True,
        max_rows=20,
        fill=_FILL,
        header=_HEADERS,
        aliases=order_words.PLACE,
    )
    def place_batch_orders(
        self,
        category: Category,
        request: Sequence[NewOrder | Mapping[str, Any]],
        recv_window: int | None = None,
        referer: str | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Place up to 20 orders, 10 on spot, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be accepted and others not.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            request: Orders, as ``place_order`` takes them.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.

        Raises:
            ConfigError: ``request`` is empty or holds more than 20 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were placed.

        Source: POST /v5/order/create-batch
        """

    @post(
        "/v5/order/amend-batch",
        "20/1s user @amend-batch",
        order="amend",
        rows="request",
        rows_inside=True,
        max_rows=20,
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.AMEND,
    )
    def amend_batch_orders(
        self,
        category: Category,
        request: Sequence[AmendOrder | Mapping[str, Any]],
        recv_window: int | None = None,
        referer: str | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Change up to 20 orders, 10 on spot, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be changed and others not.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            request: Changes, as ``amend_order`` takes them.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.

        Raises:
            ConfigError: ``request`` is empty or holds more than 20 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were changed.

        Source: POST /v5/order/amend-batch
        """

    @post(
        "/v5/order/cancel-batch",
        "20/1s user @cancel-batch",
        order="cancel",
        rows="request",
        rows_inside=True,
        max_rows=20,
        need_one=_IDS,
        header=_HEADERS,
        aliases=order_words.IDS,
    )
    def cancel_batch_orders(
        self,
        category: Category,
        request: Sequence[CancelOrder | Mapping[str, Any]],
        recv_window: int | None = None,
        referer: str | None = None,
    ) -> BatchResult[OrderReceipt]:
        """Cancel up to 20 orders, 10 on spot, each with its own verdict.

        Look at ``.ok`` and ``.refused``: some may be cancelled and others not.

        Args:
            category: Kind of product: ``"spot"``, ``"linear"``, ``"inverse"`` or ``"option"``.
            request: Orders, as ``cancel_order`` takes them.
            recv_window: How long the request is good, in ms; 5000 when left out.
            referer: Id of a broker.

        Raises:
            ConfigError: ``request`` is empty or holds more than 20 items. Nothing was sent.
            OrderStatusUnknown: No answer says whether the orders were cancelled.

        Source: POST /v5/order/cancel-batch
        """
