"""Batches: each order may be in one of them only once, whatever becomes of the others.

A new order is known by its client id, one that is amended by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from okx_sync.paper.venue.order_acks import OrderAck
from okx_sync.paper.venue.order_checks import words
from okx_sync.paper.venue.records import VenueAccount

Batch = Sequence[Mapping[str, Any]]
_PLACED = ("51016", "Client order ID already exists.")
_AMENDED = (
    "51512",
    "Failed to amend orders in batches. You cannot have duplicate orders in the same amend-batch-orders request.",
)


def placed_again(account: VenueAccount, batch: Batch, ms: int) -> dict[int, OrderAck]:  # noqa: ARG001 - as its twin
    """Return the refusals of new orders with the client id of an earlier one, by their places in the batch."""
    return _again(batch, (words(args, "clOrdId") for args in batch), _PLACED, ms)


def amended_again(account: VenueAccount, batch: Batch, ms: int) -> dict[int, OrderAck]:
    """Return the refusals of amendments of an order that the batch amends already, by their places in it."""
    orders = (account.find(words(args, "ordId"), words(args, "clOrdId")) for args in batch)
    return _again(batch, ("" if order is None else order.ordId for order in orders), _AMENDED, ms)


def _again(batch: Batch, names: Iterable[str], refusal: tuple[str, str], ms: int) -> dict[int, OrderAck]:
    code, text = refusal
    seen: set[str] = set()
    found: dict[int, OrderAck] = {}
    for place, (args, name) in enumerate(zip(batch, names, strict=True)):
        if name and name in seen:
            ids = {field: words(args, field) for field in ("ordId", "clOrdId", "tag", "reqId")}
            found[place] = OrderAck(**ids, ts=str(ms), sCode=code, sMsg=text)
        seen.add(name)
    return found
