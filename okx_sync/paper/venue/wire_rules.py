"""What the exchanges do differently with one and the same order: each wire places orders under rules of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from okx_sync.paper.rules import PaperRules


@dataclass(frozen=True, slots=True)
class WireRules:
    """The rules that an order is under; the wire that places it says which.

    Each is off by default: `COMMON` is what all exchanges do, for the other wires and for the venue's own orders.

    Args:
        reuses_client_ids: a client order id is free again when its order has ended.
        guards_stops: stops and targets are refused that would fire at once, and so is what OKX refuses of algo orders.
        limits_positions: orders with which a position could outgrow the tier of its leverage are refused.
        readings: of OKX's rules, where its documents leave them open.
    """

    reuses_client_ids: bool = False
    guards_stops: bool = False
    limits_positions: bool = False
    readings: PaperRules = field(default_factory=PaperRules)


COMMON = WireRules()


def okx_rules(readings: PaperRules) -> WireRules:
    """Return OKX's rules."""
    return WireRules(reuses_client_ids=True, guards_stops=True, limits_positions=True, readings=readings)
