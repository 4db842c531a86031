"""What Bybit's orders may have besides the usual, as keywords of order calls on streams and over REST."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.argument_words import (
        BboSide,
        Category,
        MarketUnit,
        OrderFilter,
        OrderType,
        PositionIdx,
        SlippageType,
        SmpType,
        TimeInForce,
        TpslMode,
        TriggerBy,
        TriggerDirection,
    )
    from okx_sync.rest import Number

__all__ = [
    "AmendOptions",
    "CallOptions",
    "CancelOptions",
    "ChangeOptions",
    "IdOptions",
    "OrderOptions",
    "PlaceOptions",
    "RequestOptions",
]


class RequestOptions(TypedDict, total=False):
    """Options of every order, on streams and over REST.

    ``recv_window``: for how many ms the request is good; ``referer``: a broker's id.
    """

    recv_window: int
    referer: str


class CallOptions(RequestOptions, total=False):
    """Options of every order operation of Bybit's trade stream.

    ``category``, ``product``: another market than the config's; ``timeout``: seconds for the whole call.
    """

    category: Category
    product: Category
    timeout: float | None


class IdOptions(TypedDict, total=False):
    """Other words for the ids: ``inst_id`` is ``symbol``, ``client_order_id`` is ``order_link_id``."""

    inst_id: str
    client_order_id: str | None
    order_filter: OrderFilter


class OrderOptions(TypedDict, total=False):
    """The rarer parameters of an order; ``position_idx``: 0 one-way, 1 long and 2 short side in hedge mode.

    ``inst_id`` is ``symbol``, ``size`` is ``qty``, ``client_order_id`` is ``order_link_id``.
    """

    inst_id: str
    size: Number | None
    client_order_id: str | None
    time_in_force: TimeInForce
    position_idx: PositionIdx
    reduce_only: bool
    close_on_trigger: bool
    trigger_price: Number
    trigger_direction: TriggerDirection
    trigger_by: TriggerBy
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerBy
    sl_trigger_by: TriggerBy
    tpsl_mode: TpslMode
    tp_limit_price: Number
    sl_limit_price: Number
    tp_order_type: OrderType
    sl_order_type: OrderType
    smp_type: SmpType
    order_iv: Number
    mmp: bool
    is_leverage: bool
    market_unit: MarketUnit
    order_filter: OrderFilter
    slippage_tolerance_type: SlippageType
    slippage_tolerance: Number
    rpi_taker_access: bool
    bbo_side_type: BboSide
    bbo_level: int


class ChangeOptions(TypedDict, total=False):
    """What may change of an order. ``new_size`` and ``size`` are ``qty``, ``new_price`` is ``price``."""

    inst_id: str
    client_order_id: str | None
    new_size: Number | None
    size: Number | None
    new_price: Number | None
    qty: Number
    price: Number
    trigger_price: Number
    trigger_by: TriggerBy
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerBy
    sl_trigger_by: TriggerBy
    tpsl_mode: TpslMode
    tp_limit_price: Number
    sl_limit_price: Number
    order_iv: Number


class PlaceOptions(CallOptions, OrderOptions, total=False):
    """What an order may have besides, and the options of the call."""


class AmendOptions(CallOptions, ChangeOptions, total=False):
    """What may change of an order, and the options of the call."""


class CancelOptions(CallOptions, IdOptions, total=False):
    """Other words for the ids, the kind of a spot order, and the options of the call."""
