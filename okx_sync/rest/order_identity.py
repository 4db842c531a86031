"""Whether an order that an exchange shows is the one that a request was about. No I/O.

A client's own id does not prove it where an exchange allows the id again once its order has ended: the lost order may
be an older one's namesake. What else is known of the request must fit, above all the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from attrs import frozen

from okx_sync.rows import Row
from okx_sync.rows.tolerant import value_or_none

__all__ = ["EXACT_MS", "ROUGH_MS", "OrderFields", "RequestAction", "is_applied", "mismatch"]

RequestAction: TypeAlias = Literal["place", "amend", "cancel"] | None

EXACT_MS: Final = 2_000
"""How far the times of one moment may be apart where the exchange's clock was measured."""
ROUGH_MS: Final = 60_000
"""The same where it was not: exchanges refuse signatures of clocks that are off by more than that."""


@frozen(kw_only=True)
class OrderFields:
    """What an exchange calls the facts of an order, in its rows and in requests."""

    instrument: str
    order_id: str
    client_id: str
    created: str
    """When it was created, epoch ms."""
    side: str
    size: str
    status: str
    canceled: tuple[str, ...]
    """What ``status`` says of an order that was cancelled."""
    amended: Mapping[str, str]
    """Parameters of a change, each with the field of the order that shows it."""
    resized: tuple[str, ...] = ()
    """Fields of an order that may have another size than was asked for: one that only reduces is cut."""
    resizing: tuple[str, ...] = ()
    """The same of the request."""


def mismatch(
    fields: OrderFields,
    order: Row,
    request: Mapping[str, Any],
    action: RequestAction,
    sent_at: int | None,
    slack_ms: int,
) -> str | None:
    """Find out why an order cannot be the one that a request was about.

    Args:
        fields: What the exchange calls the facts of an order.
        order: The order that the exchange shows.
        request: What was asked for, by wire name, as far as it is known.
        action: What was asked for; None where that is not known.
        sent_at: When it was sent, epoch ms on the exchange's clock; None where that is not known.
        slack_ms: How far the clocks may be apart.

    Returns:
        The reason in words, or None when everything that is known fits.
    """
    for name in (fields.order_id, fields.instrument, fields.client_id):
        asked, own = request.get(name), value_or_none(order, name)
        if asked and own != asked and not (name == fields.client_id and request.get(fields.order_id)):
            return f"its {name} is {own}, not {asked}"
    if request.get(fields.order_id) or sent_at is None:
        return None
    if action == "place":
        return _older(fields, order, sent_at - slack_ms) or _other_terms(fields, order, request)
    created_at = value_or_none(order, fields.created)
    if created_at is not None and created_at > sent_at + slack_ms:
        return "it was created after the request was sent"
    return None


def is_applied(fields: OrderFields, order: Row, request: Mapping[str, Any], action: RequestAction) -> bool | None:
    """Tell whether an order shows what was asked for; None where that cannot be seen."""
    if action == "cancel":
        status = value_or_none(order, fields.status)
        return None if status is None else status in fields.canceled
    if action == "amend":
        wanted = {mine: request[name] for name, mine in fields.amended.items() if name in request}
        return all(value_or_none(order, name) == Decimal(value) for name, value in wanted.items()) if wanted else None
    return True if action == "place" else None


def _older(fields: OrderFields, order: Row, earliest: int) -> str | None:
    created_at = value_or_none(order, fields.created)
    if created_at is None:
        return "it does not tell when it was created"
    return "it was created before the request was sent" if created_at < earliest else None


def _other_terms(fields: OrderFields, order: Row, request: Mapping[str, Any]) -> str | None:
    """Say which term contradicts the request, its side or its size; None when none does."""
    # What cannot be read contradicts nothing.
    side, size = value_or_none(order, fields.side), value_or_none(order, fields.size)
    wanted_side, wanted_size = request.get(fields.side), request.get(fields.size)
    if wanted_side and side is not None and side != wanted_side:
        return f"its side is {side}, not {wanted_side}"
    may_differ = any(value_or_none(order, name) for name in fields.resized) or any(
        request.get(name) for name in fields.resizing
    )
    if wanted_size and size is not None and not may_differ and size != Decimal(wanted_size):
        return f"its size is {size:f}, not {wanted_size}"
    return None
