"""What Bitget's orders may have besides the usual, as keywords of order calls on streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.mix.argument_words import TradeSide
    from okx_sync.exchanges.bitget.uta.words import (
        CategoryArg,
        MarginModeArg,
        OrderTypeArg,
        PosSideArg,
        StpModeArg,
        TimeInForceArg,
        TriggerByArg,
    )
    from okx_sync.rest import Number

__all__ = ["AmendOptions", "CallOptions", "CancelOptions", "PlaceOptions"]


class CallOptions(TypedDict, total=False):
    """Options of every order operation; ``timeout``: seconds for the whole call.

    By REST it limits how long the call may wait for its turn; the answer may take ``timeout_secs`` of the config then.
    """

    timeout: float | None


class CancelOptions(CallOptions, total=False):
    """Other words for the ids: ``inst_id`` is ``symbol``, ``client_order_id`` is ``client_oid``."""

    category: CategoryArg
    product: CategoryArg
    inst_id: str
    client_order_id: str | None


class PlaceOptions(CallOptions, total=False):
    """The rarer parameters of an order. ``pos_side``: which position it is for, in hedge mode.

    ``margin_coin`` and ``trade_side`` are for classic accounts, most of the others for unified ones.
    ``inst_id`` is ``symbol``, ``size`` is ``qty``, ``client_order_id`` is ``client_oid``.
    """

    category: CategoryArg
    product: CategoryArg
    inst_id: str
    size: Number | None
    client_order_id: str | None
    time_in_force: TimeInForceArg
    pos_side: PosSideArg
    reduce_only: bool
    margin_mode: MarginModeArg
    stp_mode: StpModeArg
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerByArg
    sl_trigger_by: TriggerByArg
    tp_order_type: OrderTypeArg
    sl_order_type: OrderTypeArg
    tp_limit_price: Number
    sl_limit_price: Number
    margin_coin: str
    trade_side: TradeSide


class AmendOptions(CallOptions, total=False):
    """What may change of an order. ``new_size`` and ``size`` are ``qty``, ``new_price`` is ``price``."""

    category: CategoryArg
    product: CategoryArg
    inst_id: str
    client_order_id: str | None
    new_size: Number | None
    size: Number | None
    new_price: Number | None
    qty: Number
    price: Number
    auto_cancel: bool
    take_profit: Number
    stop_loss: Number
    tp_trigger_by: TriggerByArg
    sl_trigger_by: TriggerByArg
    tp_order_type: OrderTypeArg
    sl_order_type: OrderTypeArg
    tp_limit_price: Number
    sl_limit_price: Number
    request_id: str
    new_client_oid: str
    new_preset_stop_surplus_price: Number
    new_preset_stop_loss_price: Number
