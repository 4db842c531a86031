"""Whether an order that OKX shows is the one that a request was about. No I/O.

A client's own id does not prove it: OKX allows the id again once its order has ended, and shows the newest order of it.
So the lost order may be an older one's namesake: what else is known of the request must fit, above all the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from okx_sync.rows.tolerant import value_or_none

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.trade.models import Order

__all__ = ["EXACT_MS", "ROUGH_MS", "is_applied", "mismatch"]

EXACT_MS: Final = 2_000
"""How far the times of one moment may be apart where the exchange's clock was measured."""
ROUGH_MS: Final = 60_000
"""The same where it was not: OKX refuses signatures of clocks that are off by more than 30 s."""

_AMENDED: Final = {"newSz": "sz", "newPx": "px", "newPxUsd": "pxUsd", "newPxVol": "pxVol"}
_CANCELED: Final = ("canceled", "mmp_canceled")


def mismatch(
    order: Order,
    request: Mapping[str, Any],
    action: Literal["place", "amend", "cancel"] | None,
    sent_at: int | None,
    slack_ms: int,
) -> str | None:
    """Find out why an order cannot be the one that a request was about.

    Args:
        order: The order that OKX shows.
        request: What was asked for, by wire name, as far as it is known.
        action: What was asked for; None where that is not known.
        sent_at: When it was sent, epoch ms on the exchange's clock; None where that is not known.
        slack_ms: How far the clocks may be apart.

    Returns:
        The reason in words, or None when everything that is known fits.
    """
    for name in ("ordId", "instId", "clOrdId"):
        asked, own = request.get(name), value_or_none(order, name)
        if asked and own != asked and not (name == "clOrdId" and request.get("ordId")):
            return f"its {name} is {own}, not {asked}"
    if request.get("ordId") or sent_at is None:
        return None
    if action == "place":
        return _older(order, sent_at - slack_ms) or _other_terms(order, request)
    created_at = value_or_none(order, "cTime")
    if created_at is not None and created_at > sent_at + slack_ms:
        return "it was created after the request was sent"
    return None


def is_applied(
    order: Order, request: Mapping[str, Any], action: Literal["place", "amend", "cancel"] | None
) -> bool | None:
    """Tell whether an order shows what was asked for; None where that cannot be seen."""
    if action == "cancel":
        state = value_or_none(order, "state")
        return None if state is None else state in _CANCELED
    if action == "amend":
        wanted = {mine: request[name] for name, mine in _AMENDED.items() if name in request}
        return all(value_or_none(order, name) == Decimal(value) for name, value in wanted.items()) if wanted else None
    return True if action == "place" else None


def _older(order: Order, earliest: int) -> str | None:
    created_at = value_or_none(order, "cTime")
    if created_at is None:
        return "it does not tell when it was created"
    return "it was created before the request was sent" if created_at < earliest else None


def _other_terms(order: Order, request: Mapping[str, Any]) -> str | None:
    """Say which term contradicts the request, its side or its size; None when none does.

    OKX may cut the size of a reducing order, and it says so of any that it changes.
    """
    side, size = value_or_none(order, "side"), value_or_none(order, "sz")  # what cannot be read contradicts nothing
    if request.get("side") and side is not None and side != request["side"]:
        return f"its side is {side}, not {request['side']}"
    may_differ = value_or_none(order, "reduceOnly") or value_or_none(order, "amendSource") or request.get("reduceOnly")
    if request.get("sz") and size is not None and not may_differ and size != Decimal(request["sz"]):
        return f"its size is {size:f}, not {request['sz']}"
    return None
