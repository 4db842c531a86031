"""The neutral words of an order on Bitget, and Bitget's own. ``order_type``, ``size`` and ``price`` are the same there.

Orders are followed on Bitget's streams, not sent: this is how their words read in ``docs/orders.md``.
"""

from __future__ import annotations

from typing import Final

__all__ = ["AMEND", "IDS", "PLACE"]

PLACE: Final = {"inst_id": "symbol", "client_order_id": "client_oid"}
"""Of placing."""

IDS: Final = {"inst_id": "symbol", "client_order_id": "client_oid"}
"""Of canceling and looking up."""

AMEND: Final = IDS | {"size": "new_size", "price": "new_price"}
"""Of amending."""
