"""``AlgoIntent``: an algo order that a request asks for, as it can be found again. Read before the request is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from okx_sync.algo_types import AlgoKind, AlgoLeg, TriggerPrice
from okx_sync.types import Side

__all__ = ["AlgoIntent", "side_in"]


@frozen(kw_only=True)
class AlgoIntent:
    """An algo order that a request places, or that comes with the order of the request (``is_attached``).

    ``leg``: which side a conditional one is; ``client_order_id``: the caller's own id of it, where it has one;
    ``legs``: what fires its sides, of one that nothing else tells from others.
    """

    kind: AlgoKind | None = None
    leg: AlgoLeg | None = None
    side: Side | None = None
    client_order_id: str | None = None
    is_attached: bool = False
    legs: Mapping[AlgoLeg, TriggerPrice] = field(factory=dict)


def side_in(row: Mapping[str, Any], *, closes: bool = False) -> Side | None:
    """Return the side that a row of a request names, in whatever case, or that of what ``closes`` its position."""
    sides: tuple[Side, Side] = ("sell", "buy") if closes else ("buy", "sell")
    return dict(zip(("buy", "sell"), sides, strict=True)).get(str(row.get("side")).lower())
