"""What OKX's orders may have besides the usual, as keywords of order calls over REST and on streams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from okx_sync.exchanges.okx.argument_words import PosSide, PxAmendType, StpMode, TgtCcy
from okx_sync.exchanges.okx.order_words import AmendWords, IdWords, PlaceWords, SpreadAmendWords, SpreadWords
from okx_sync.exchanges.okx.trade.requests import AttachedAlgo, AttachedAlgoChange
from okx_sync.rest import Number

__all__ = [
    "AmendOptions",
    "BatchOptions",
    "CallOptions",
    "OrderOptions",
    "PlaceOptions",
    "SpreadAmendOptions",
    "SpreadPlaceOptions",
    "StreamAmendOptions",
    "StreamCancelOptions",
    "StreamPlaceOptions",
]


class OrderOptions(TypedDict, total=False):
    """The rarer parameters of an order; see ``client.trade.place_order``."""

    ccy: str
    tag: str
    pos_side: PosSide
    reduce_only: bool
    tgt_ccy: TgtCcy
    px_usd: Number
    px_vol: Number
    ban_amend: bool
    px_amend_type: PxAmendType
    trade_quote_ccy: str
    stp_mode: StpMode
    slippage_pct: Number
    rpi_taker_access: bool
    rpi_px_round: bool
    outcome: str
    attach_algo_ords: Sequence[AttachedAlgo]
    exp_time: int


class PlaceOptions(OrderOptions, PlaceWords, total=False):
    """Other words and the rarer parameters of an order."""


class AmendOptions(AmendWords, total=False):
    """What may change of an order; see ``client.trade.amend_order``."""

    new_sz: Number
    new_px: Number
    req_id: str
    cxl_on_fail: bool
    new_px_usd: Number
    new_px_vol: Number
    px_amend_type: PxAmendType
    rpi_taker_access: bool
    rpi_px_round: bool
    attach_algo_ords: Sequence[AttachedAlgoChange]
    exp_time: int


class CallOptions(TypedDict, total=False):
    """Options of every order operation on streams.

    ``timeout``: seconds for the whole call; ``rest_fallback``: see ``okx_sync.clients.okx_trading``.
    """

    timeout: float | None
    rest_fallback: bool


class BatchOptions(CallOptions, total=False):
    """Options of a batch. ``exp_time`` (``expires_at``): ms, exchange's clock; after it the request is dropped."""

    exp_time: int
    expires_at: int | None


class StreamPlaceOptions(CallOptions, PlaceOptions, total=False):
    """Other words and the rarer parameters of an order, and the options of the call."""


class StreamAmendOptions(CallOptions, AmendOptions, total=False):
    """What may change of an order, and the options of the call."""


class StreamCancelOptions(CallOptions, IdWords, total=False):
    """Other words for the ids, and the options of the call."""


class SpreadPlaceOptions(CallOptions, SpreadWords, total=False):
    """Other words for the parameters of a spread order, and the options of the call."""


class SpreadAmendOptions(CallOptions, SpreadAmendWords, total=False):
    """What may change of a spread order, and the options of the call; see ``client.spread.amend_order``."""

    req_id: str
    new_sz: Number
    new_px: Number
