"""What a request asks for that places or changes an order of OKX, read from its parameters.

Names of sizes and prices are the same in all of OKX's calls for orders, so that one reading does for plain, algo and
spread orders. An order price of -1 means at market: its trigger counts then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from okx_sync.rest.order_intent import CLOSING_SIDES, OrderIntent, amount_in, dearest_in, is_flagged

__all__ = ["order_intent"]

_SIZES: Final = ("sz", "newSz")
_PRICES: Final = (
    "px", "triggerPx", "orderPx", "tpTriggerPx", "tpOrdPx", "slTriggerPx", "slOrdPx", "activePx", "pxLimit",
    "newPx", "newTriggerPx", "newOrdPx", "newTpTriggerPx", "newTpOrdPx", "newSlTriggerPx", "newSlOrdPx", "newActivePx",
)  # fmt: skip
_OTHER_PRICES: Final = ("pxUsd", "pxVol", "newPxUsd", "newPxVol")
_ALGO: Final = frozenset({"/api/v5/trade/order-algo", "/api/v5/trade/amend-algos"})
_SIDES: Final = ("buy", "sell")


def order_intent(path: str, row: Mapping[str, Any]) -> OrderIntent:
    """Return what a row of such a call asks for."""
    inst_id = row.get("instId") or row.get("sprdId")
    side, position_side = row.get("side"), row.get("posSide")
    price = dearest_in(row, _PRICES)
    closes = is_flagged(row, "reduceOnly") or (position_side, side) in CLOSING_SIDES
    return OrderIntent(
        path=path,
        inst_id=None if inst_id is None else str(inst_id),
        side=side if side in _SIDES else None,
        position_side=position_side if position_side in ("long", "short") else None,
        size=amount_in(row, *_SIZES),
        in_quote=_is_in_quote(row, str(inst_id)),
        price=price,
        is_priced_otherwise=price is None and any(row.get(name) for name in _OTHER_PRICES),
        closes=closes,
        closes_all=amount_in(row, *_SIZES) is None and bool(row.get("closeFraction")),
        waits=path in _ALGO,
        order_id=row.get("ordId") or row.get("algoId"),
        client_order_id=row.get("clOrdId") or row.get("algoClOrdId"),
    )


def _is_in_quote(row: Mapping[str, Any], inst_id: str) -> bool:
    """Tell whether a size is money: that of market orders on spot and margin which say so, and of buys by default.

    What an algo order counts by default OKX does not say of all kinds: it is taken for coins, which are worth more.
    """
    if inst_id.count("-") != 1 or "px" in row:
        return False
    said = row.get("tgtCcy")
    return said == "quote_ccy" if said else (row.get("ordType"), row.get("side")) == ("market", "buy")
