"""What a request asks for that places or changes an order of Bitget, of V2 and V3, read from its parameters.

On V2 the side of an order in hedge mode is that of its position, and ``tradeSide`` says whether it opens or closes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Literal

from okx_sync.rest.order_intent import OrderIntent, amount_in, dearest_in, is_flagged

__all__ = ["order_intent"]

Side = Literal["buy", "sell"]
Held = Literal["long", "short"]

_SIZES: Final = ("size", "newSize", "qty")
_PRICES: Final = (
    "price", "newPrice", "triggerPrice", "newTriggerPrice", "executePrice", "triggerOrderPrice",
)  # fmt: skip
_STOPS: Final = ("takeProfit", "stopLoss", "tpLimitPrice", "slLimitPrice")
_HELD: Final[dict[Any, Held]] = {"long": "long", "short": "short", "buy": "long", "sell": "short"}
_OPENS: Final[dict[Held, Side]] = {"long": "buy", "short": "sell"}
_CLOSES: Final[dict[Held, Side]] = {"long": "sell", "short": "buy"}
_SPOT: Final = "/api/v2/spot/"
_PLANS: Final = ("plan-order", "tpsl-order", "strategy-order")
_STOP: Final = "tpsl-order"
_STRATEGY: Final = "place-strategy-order"
_REVERSAL: Final = "/api/v2/mix/order/click-backhand"
_WHOLE: Final = frozenset({"pos_profit", "pos_loss"})


def order_intent(path: str, row: Mapping[str, Any]) -> OrderIntent | None:
    """Return what a row of such a call asks for; None for a reversal, which may open as much as it closes."""
    if path == _REVERSAL:
        return None
    is_stop = path.endswith(_STOP) or (path.endswith(_STRATEGY) and row.get("type") != "trigger")
    side, position_side, closes = _stop_sides(row) if is_stop else _sides(row)
    size = amount_in(row, *_SIZES)
    is_renewed = any(row.get(name) for name in ("newSize", "newPrice")) or "cancel-replace" in path
    return OrderIntent(
        path=path,
        inst_id=row.get("symbol"),
        product="SPOT" if path.startswith(_SPOT) else _upper(row.get("category") or row.get("productType")),
        side=side,
        position_side=position_side,
        size=size,
        in_quote=_is_in_quote(path, row),
        price=_price(path, row),
        closes=closes,
        closes_all=is_stop and (size is None or row.get("planType") in _WHOLE),
        waits=path.endswith(_PLANS),
        order_id=row.get("orderId"),
        client_order_id=row.get("clientOid"),
        heir_id=row.get("newClientOid") if is_renewed else None,
    )


def _sides(row: Mapping[str, Any]) -> tuple[Side | None, Held | None, bool]:
    """Return the side of an order, the position that it is for in hedge mode, and whether it closes only."""
    wire, trade_side, held = row.get("side"), row.get("tradeSide"), _HELD.get(row.get("posSide"))
    if trade_side is not None and (of := _HELD.get(wire)) is not None:
        is_close = trade_side == "close"
        return (_CLOSES if is_close else _OPENS)[of], of, is_close
    side: Side | None = wire if wire in ("buy", "sell") else None
    if held is not None:
        return side, held, side == _CLOSES[held]
    return side, None, is_flagged(row, "reduceOnly")


def _stop_sides(row: Mapping[str, Any]) -> tuple[Side | None, Held | None, bool]:
    held = _HELD.get(row.get("posSide") or row.get("holdSide"))
    return None if held is None else _CLOSES[held], held, True


def _price(path: str, row: Mapping[str, Any]) -> Decimal | None:
    """Return the highest price of an order; that of one at market counts only where it waits for a price."""
    names = (*_PRICES, *_STOPS) if path.endswith("strategy-order") else _PRICES
    is_at_market = row.get("orderType") == "market" and not path.endswith(_PLANS) and not row.get("triggerPrice")
    return None if is_at_market else dearest_in(row, names)


def _is_in_quote(path: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a size is money: that of an order at market buying on spot or margin, and of a plan that says so."""
    if row.get("planType") == "total":
        return True
    is_spot = path.startswith(_SPOT) or _upper(row.get("category")) in ("SPOT", "MARGIN")
    is_plan = path.endswith(_PLANS)
    return is_spot and not is_plan and (row.get("orderType"), row.get("side")) == ("market", "buy")


def _upper(word: Any) -> str | None:
    return str(word).upper() if word else None
