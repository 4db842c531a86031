"""The neutral words of an order on Bybit: which parameter each stands for. Either may be used, never both at once.

``order_type`` and ``price`` are Bybit's own names, too. Nothing on Bybit drops an order that arrives late but the
request's own window, so ``expires_at`` has no place here.
"""

from __future__ import annotations

from typing import Final, TypedDict

from okx_sync.rest import Number

__all__ = ["AMEND", "IDS", "PLACE", "AmendWords", "IdWords", "PlaceWords", "ScopeWords"]

PLACE: Final = {"inst_id": "symbol", "size": "qty", "client_order_id": "order_link_id"}
"""Of ``place_order`` and the rows of ``place_batch_orders``."""

IDS: Final = {"inst_id": "symbol", "client_order_id": "order_link_id"}
"""Of ``cancel_order`` and the rows of ``cancel_batch_orders``."""

AMEND: Final = IDS | {"new_size": "qty", "size": "qty", "new_price": "price"}
"""Of ``amend_order`` and the rows of ``amend_batch_orders``."""


class PlaceWords(TypedDict, total=False):
    """Neutral words of an order: ``inst_id`` is ``symbol``, ``size`` ``qty``, ``client_order_id`` ``order_link_id``."""

    inst_id: str
    size: Number | None
    client_order_id: str | None


class IdWords(TypedDict, total=False):
    """Neutral words of the ids: ``inst_id`` is ``symbol``, ``client_order_id`` is ``order_link_id``."""

    inst_id: str
    client_order_id: str | None


class AmendWords(IdWords, total=False):
    """Neutral words of a change: ``new_size`` and ``size`` are ``qty``, ``new_price`` is ``price``."""

    new_size: Number | None
    size: Number | None
    new_price: Number | None


class ScopeWords(TypedDict, total=False):
    """The neutral word of what a call is about: ``inst_id`` is ``symbol``."""

    inst_id: str
