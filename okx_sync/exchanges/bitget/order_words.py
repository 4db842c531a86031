"""The neutral words of an order on Bitget: which parameter each stands for. Either may be used, never both at once.

``order_type``, ``size``, ``price`` and ``order_id`` are Bitget's own names, too.
"""

from __future__ import annotations

from typing import Final, TypedDict

from okx_sync.rest import Number

__all__ = ["AMEND", "IDS", "PLACE", "REPLACE", "AmendWords", "IdWords", "OwnIdWords", "PlaceWords", "ReplaceWords"]

PLACE: Final = {"inst_id": "symbol", "client_order_id": "client_oid"}
"""Of ``place_order`` and the rows of ``place_batch_orders``."""

IDS: Final = {"inst_id": "symbol", "client_order_id": "client_oid"}
"""Of ``cancel_order``, ``get_order`` and the rows of ``cancel_batch_orders``."""

AMEND: Final = IDS | {"size": "new_size", "price": "new_price"}
"""Of ``amend_order``, where Bitget's own names are ``new_size`` and ``new_price``."""

REPLACE: Final = IDS | {"new_size": "size", "new_price": "price"}
"""Of ``replace_order`` of spot, where Bitget's own names are ``size`` and ``price``."""


class PlaceWords(TypedDict, total=False):
    """Neutral words of an order: ``inst_id`` is ``symbol``, ``client_order_id`` is ``client_oid``."""

    inst_id: str
    client_order_id: str | None


class IdWords(TypedDict, total=False):
    """Neutral words of the ids: ``inst_id`` is ``symbol``, ``client_order_id`` is ``client_oid``."""

    inst_id: str
    client_order_id: str | None


class OwnIdWords(TypedDict, total=False):
    """Neutral word of an id: ``client_order_id`` is ``client_oid``."""

    client_order_id: str | None


class AmendWords(IdWords, total=False):
    """Neutral words of a change: those of the ids, ``size`` is ``new_size``, ``price`` is ``new_price``."""

    size: Number | None
    price: Number | None


class ReplaceWords(IdWords, total=False):
    """Neutral words of a replacement: those of the ids, ``new_size`` is ``size``, ``new_price`` is ``price``."""

    new_size: Number | None
    new_price: Number | None
