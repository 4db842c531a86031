"""What a request asks for that places or changes an order of Bybit, read from its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal

from okx_sync.rest.order_intent import CLOSING_SIDES, OrderIntent, amount_in, dearest_in, is_flagged

__all__ = ["order_intent"]

_SIDES: Final[dict[Any, Literal["buy", "sell"]]] = {"Buy": "buy", "Sell": "sell"}
_POSITIONS: Final[dict[str, Literal["long", "short"]]] = {"1": "long", "2": "short"}


def order_intent(path: str, row: Mapping[str, Any]) -> OrderIntent:
    """Return what a row of such a call asks for.

    In hedge mode ``positionIdx`` says which position an order is for. A size of 0 that may only reduce stands for a
    whole position. A price of an order at market is not looked at; that of its trigger is.
    """
    side, position_side = _SIDES.get(row.get("side")), _POSITIONS.get(str(row.get("positionIdx", "")))
    size, is_market = amount_in(row, "qty"), row.get("orderType") == "Market"
    closes = (position_side, side) in CLOSING_SIDES
    if position_side is None:
        closes = is_flagged(row, "reduceOnly") or is_flagged(row, "closeOnTrigger")
    return OrderIntent(
        path=path,
        inst_id=row.get("symbol"),
        product=row.get("category"),
        side=side,
        position_side=position_side,
        size=size,
        in_quote=row.get("category") == "spot" and is_market and _counts_money(row),
        price=None
        if row.get("orderIv")
        else dearest_in(row, ("triggerPrice",) if is_market else ("price", "triggerPrice")),
        is_priced_otherwise=bool(row.get("orderIv")),
        closes=closes,
        closes_all=size == Decimal(0) and (closes or is_flagged(row, "reduceOnly")),
        order_id=row.get("orderId"),
        client_order_id=row.get("orderLinkId"),
    )


def _counts_money(row: Mapping[str, Any]) -> bool:
    """Tell whether the size of a spot order at market is money: as it says, by default that of one that buys."""
    unit = row.get("marketUnit")
    return unit == "quoteCoin" if unit else row.get("side") == "Buy"
