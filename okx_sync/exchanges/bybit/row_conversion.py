"""The common part of the conversions of orders, fills and positions of V5 and of the seed protocol.

No order push names a fill, so a fill is counted once, by its execution.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from okx_sync.errors import DecodeError
from okx_sync.rows import Row
from okx_sync.types import OrderStatus, Side

__all__ = [
    "FILLS",
    "SIDES",
    "STATES",
    "end_reason",
    "neutral_fee",
    "order_status",
    "order_type",
    "signed_size",
    "symbol_of",
]

SIDES: Final[dict[str | None, Side]] = {"Buy": "buy", "Sell": "sell"}
"""The neutral side of an order or a fill."""

FILLS: Final = frozenset({"Trade", "AdlTrade", "BustTrade", "BlockTrade", "MovePosition", "FutureSpread", "TRADE"})
"""Kinds of executions that are fills; the others only move money."""

STATES: Final[dict[str | None, OrderStatus]] = {
    "Created": "live",
    "New": "live",
    "Untriggered": "live",
    "Triggered": "live",
    "Active": "live",
    "PendingCancel": "live",
    "PartiallyFilled": "partially_filled",
    "Filled": "filled",
    "Cancelled": "canceled",
    "PartiallyFilledCanceled": "canceled",
    "Deactivated": "canceled",  # a conditional order, before it was triggered
    "Rejected": "rejected",
}
"""The neutral status of an order by Bybit's word."""

_FORCES: Final = {"PostOnly": "post_only", "IOC": "ioc", "FOK": "fok"}
_NO_REASON: Final = frozenset({None, "EC_NoError", "UNKNOWN"})


def order_status(row: Row, word: str | None, filled: Decimal, *ids: str | None) -> OrderStatus:
    """Return the neutral status of an order.

    Raises ``DecodeError`` for one without its ids, and for an unknown word.
    """
    status = STATES.get(word)
    if status is None or None in ids:
        raise DecodeError(f"an order has no ids, or the unknown status {word!r}", text=repr(row.raw))
    # What was filled before stays filled: such an order has lived.
    return "canceled" if status == "rejected" and filled else status


def order_type(word: str | None, force: str | None) -> str | None:
    """Return ``market``, ``limit``, or a limit order's own way to end: ``post_only``, ``ioc``, ``fok``."""
    if word == "Limit" and force in _FORCES:
        return _FORCES[force]
    return None if word is None else word.lower()


def neutral_fee(fee: Decimal | None) -> Decimal | None:
    """Turn the sign of a fee: Bybit's are above zero when paid, the neutral ones below."""
    return None if fee is None else -fee


def end_reason(*told: str | None) -> str | None:
    """Return the reasons that an order was ended for, without the words that give none."""
    return "; ".join(text for text in told if text is not None and text not in _NO_REASON) or None


def symbol_of(row: Row, symbol: str | None) -> str:
    """Return the symbol of a position. Raises ``DecodeError`` when there is none."""
    if symbol is None:
        raise DecodeError("a position has no symbol", text=repr(row))
    return symbol


def signed_size(row: Row, symbol: str | None, size: Decimal | None, side: str | None) -> Decimal:
    """Return the size of a position, signed by its side, which a closed one has none of.

    Raises ``DecodeError``.
    """
    if size is None:
        raise DecodeError(f"the position in {symbol} has no size", text=repr(row))
    if size == 0:
        return Decimal(0)
    if side not in ("Buy", "Sell"):
        raise DecodeError(f"the position in {symbol} has the unknown side {side!r}", text=repr(row))
    return -size if side == "Sell" else size
