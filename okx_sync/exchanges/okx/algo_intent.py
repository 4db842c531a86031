"""The algo orders that a request of OKX asks for, read from its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.algo_types import kind_of_legs
from okx_sync.exchanges.okx.algo_words import kind_of
from okx_sync.rest.algo_intent import AlgoIntent, side_in

__all__ = ["brought", "placed"]


def placed(row: Mapping[str, Any]) -> AlgoIntent:
    """Return the algo order that a row asks for."""
    kind, leg = _legs(row)
    named = kind_of(row.get("ordType")) or kind
    own_id = row.get("algoClOrdId")
    return AlgoIntent(
        kind=named, leg=leg if named == "conditional" else None, side=side_in(row), client_order_id=own_id
    )


def brought(row: Mapping[str, Any]) -> list[AlgoIntent]:
    """Return what an order brings with it, as far as it has ids of ours."""
    side = side_in(row, closes=True)
    found = []
    for one in row.get("attachAlgoOrds") or ():
        kind, leg = _legs(one)
        if kind is not None and (own_id := one.get("attachAlgoClOrdId")):
            found.append(AlgoIntent(kind=kind, leg=leg, side=side, client_order_id=own_id, is_attached=True))
    return found


def _legs(row: Mapping[str, Any]) -> Any:
    return kind_of_legs(bool(row.get("tpTriggerPx")), bool(row.get("slTriggerPx")))
