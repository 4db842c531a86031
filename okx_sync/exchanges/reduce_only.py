"""Orders that say they only reduce, and name a position that they would open.

In hedge mode (long/short mode) the position that an order names says whether it opens or closes. OKX and Bitget do not
look at "reduce only" there, so that such an order opens; Bybit refuses it. None is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from okx_sync.errors import ConfigError

__all__ = ["OPENS", "check_reduces", "reduces"]

OPENS: Final[Mapping[str, str]] = {"long": "buy", "short": "sell"}
"""The side of an order that opens a position."""
_YES: Final = (True, "true", "yes", "YES")


def check_reduces(
    side: str | None, held: str | None, reduce_only: object, *, word: str = "pos_side", opens: Mapping[str, str] = OPENS
) -> None:
    """Raise ``ConfigError`` for an order that is to reduce only, and that would open the position that it names.

    Args:
        side: The order's.
        held: What names the position.
        reduce_only: Whether it is to reduce only, as it was said or as it stands on the wire.
        word: The parameter that names the position.
        opens: For what names a position, the side of an order that opens it; "" where any does.
    """
    if held is None or reduce_only not in _YES or opens.get(held) not in ("", (side or "?").lower()):
        return
    raise ConfigError(
        f"a {side} with {word} {held!r} opens, whatever reduce_only says",
        hint=f"let {word} tell what is to be closed; in one-way mode leave it out",
    )


def reduces(word: str, wire: str, opens: Mapping[str, str] = OPENS) -> Callable[[Sequence[Mapping[str, Any]]], None]:
    """Make the check of the orders of a call, by wire name. ``wire``: that of ``word``; the rest as above."""

    def check(orders: Sequence[Mapping[str, Any]]) -> None:
        for order in orders:
            if "reduceOnly" in order:
                check_reduces(order.get("side"), order.get(wire), order["reduceOnly"], word=word, opens=opens)

    return check
