"""The neutral words of an order on OKX: which parameter each stands for. Either may be used, never both at once."""

from __future__ import annotations

from typing import Final, TypedDict

from okx_sync.exchanges.okx.argument_words import OrdType, SpreadOrdType
from okx_sync.rest import Number

__all__ = [
    "AMEND",
    "IDS",
    "PLACE",
    "AmendWords",
    "BatchWords",
    "IdWords",
    "PlaceWords",
    "SpreadAmendWords",
    "SpreadWords",
]

PLACE: Final = {
    "order_type": "ord_type",
    "size": "sz",
    "price": "px",
    "client_order_id": "cl_ord_id",
    "expires_at": "exp_time",
}
"""Of ``place_order`` and the rows of ``place_batch_orders``."""

IDS: Final = {"order_id": "ord_id", "client_order_id": "cl_ord_id"}
"""Of ``cancel_order``, ``get_order`` and the rows of ``cancel_batch_orders``."""

AMEND: Final = IDS | {
    "new_size": "new_sz",
    "size": "new_sz",
    "new_price": "new_px",
    "price": "new_px",
    "expires_at": "exp_time",
}
"""Of ``amend_order`` and the rows of ``amend_batch_orders``."""


class PlaceWords(TypedDict, total=False):
    """Neutral words of an order, beside OKX's own.

    ``order_type`` is ``ord_type``, ``size`` is ``sz``, ``price`` is ``px``, ``client_order_id`` is ``cl_ord_id``,
    ``expires_at`` (epoch ms on the exchange's clock) is ``exp_time``.
    """

    order_type: OrdType
    size: Number | None
    price: Number | None
    client_order_id: str | None
    expires_at: int | None


class BatchWords(TypedDict, total=False):
    """Neutral words of a batch: ``expires_at`` (epoch ms on the exchange's clock) is ``exp_time``."""

    expires_at: int | None


class SpreadWords(TypedDict, total=False):
    """Neutral words of an order on a spread: those of ``PlaceWords``, without ``expires_at``."""

    order_type: SpreadOrdType
    size: Number | None
    price: Number | None
    client_order_id: str | None


class IdWords(TypedDict, total=False):
    """Neutral words of the ids: ``order_id`` is ``ord_id``, ``client_order_id`` is ``cl_ord_id``."""

    order_id: str | None
    client_order_id: str | None


class SpreadAmendWords(IdWords, total=False):
    """Neutral words of a change: ``new_size`` and ``size`` are ``new_sz``, ``new_price`` and ``price`` ``new_px``."""

    new_size: Number | None
    size: Number | None
    new_price: Number | None
    price: Number | None


class AmendWords(SpreadAmendWords, total=False):
    """Neutral words of a change: ``expires_at`` (epoch ms on the exchange's clock) is ``exp_time``."""

    expires_at: int | None
