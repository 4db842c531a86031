"""The neutral words of an order on a unified account: which parameter each stands for, never both at once.

``order_type``, ``price`` and ``order_id`` are Bitget's own names, too.
"""

from __future__ import annotations

from typing import Final, TypedDict

from okx_sync.rest import Number

__all__ = ["AMEND", "IDS", "OWN_ID", "PLACE", "UtaAmendWords", "UtaIdWords", "UtaOwnIdWords", "UtaPlaceWords"]

PLACE: Final = {"inst_id": "symbol", "size": "qty", "client_order_id": "client_oid"}
"""Of placing."""

OWN_ID: Final = {"client_order_id": "client_oid"}
"""Of looking up, which takes no instrument."""

IDS: Final = OWN_ID | {"inst_id": "symbol"}
"""Of canceling."""

AMEND: Final = IDS | {"new_size": "qty", "size": "qty", "new_price": "price"}
"""Of amending."""


class UtaPlaceWords(TypedDict, total=False):
    """Neutral words of an order: ``inst_id`` is ``symbol``, ``size`` ``qty``, ``client_order_id`` ``client_oid``."""

    inst_id: str
    size: Number | None
    client_order_id: str | None


class UtaOwnIdWords(TypedDict, total=False):
    """The neutral word of an id: ``client_order_id`` is ``client_oid``."""

    client_order_id: str | None


class UtaIdWords(UtaOwnIdWords, total=False):
    """Neutral words of the ids: ``inst_id`` is ``symbol``, ``client_order_id`` is ``client_oid``."""

    inst_id: str


class UtaAmendWords(UtaIdWords, total=False):
    """Neutral words of a change: ``new_size`` and ``size`` are ``qty``, ``new_price`` is ``price``."""

    new_size: Number | None
    size: Number | None
    new_price: Number | None
