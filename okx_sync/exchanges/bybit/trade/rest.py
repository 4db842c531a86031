# mypy: disable-error-code="empty-body"
"""Group ``trade``: orders, of which the operations of the trade stream are twins. (V5 documentation: Trade.)

Prices and sizes are ``Decimal``, ``int`` or text, never float. Sizes are in base currency for linear contracts, USD
for inverse ones. An accepted request is a receipt; what became of the order is told by the channel ``order``.
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
        """Place an order. The id ``order_link_id`` (up to 36 characters) is made up when left out.

        Parameters: ``price`` is not for market orders; ``position_idx``: 0 one-way, 1 and 2 the long and the short
        side in hedge mode; ``trigger_direction``: 1 when the price must rise to ``trigger_price``, 2 when it must
        fall.

        Raises OkxApiError when the order was refused, OrderStatusUnknown when no answer told.
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
        """Change size or price of an order, named by one of its ids. Raises what ``place_order`` raises."""

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
        """Cancel an order, named by one of its ids. Raises OkxApiError (110001) when it is gone already."""

    @post(
        "/v5/order/create-batch",
        "20/1s user @create-batch",
        order="place",
        rows="request",
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
        """Place up to 20 orders (10 on spot). Look at ``.ok`` and ``.refused``: some may be accepted and others not."""

    @post(
        "/v5/order/amend-batch",
        "20/1s user @amend-batch",
        order="amend",
        rows="request",
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
        """Change up to 20 orders (10 on spot)."""

    @post(
        "/v5/order/cancel-batch",
        "20/1s user @cancel-batch",
        order="cancel",
        rows="request",
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
        """Cancel up to 20 orders (10 on spot)."""
