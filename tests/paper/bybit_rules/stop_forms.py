"""Short forms of what the cases about take profit and stop loss have in common."""

from __future__ import annotations

from typing import Any

from tests.paper.bybit_rules.forms import LINEAR_BTC, place, post, pushed
from tests.paper.rules.case import Ask, Push

#: Somebody takes the first level of the book: the last price is 65020, or 64990.
UP = place(side="Buy", qty="1.5", by="other")
DOWN = place(side="Sell", by="other")
BOUGHT = [pushed(orderStatus="New"), pushed(orderStatus="Filled")]
CLEARED = {"orderStatus": "Cancelled", "cancelType": "CancelByTpSlTsClear"}


def trading_stop(mode: str = "Full", *, code: str = "0", **args: Any) -> Ask:
    """The stops of a position."""
    return post("position/trading-stop", code=code, **LINEAR_BTC, tpslMode=mode, positionIdx=0, **args)


def leg(kind: str, px: str, **more: Any) -> dict[str, Any]:
    """The row of a stop of a long position, as it waits."""
    mode = "Partial" if kind.startswith("Partial") else "Full"
    row = {"stopOrderType": kind, "createType": f"CreateBy{kind}", "triggerPrice": px, "orderStatus": "Untriggered"}
    return {**row, "side": "Sell", "reduceOnly": True, "closeOnTrigger": True, "tpslMode": mode, **more}


def pair(tp: str, sl: str, part: str = "", **more: Any) -> list[dict[str, Any]]:
    """The rows of a take profit and a stop loss; `part` is "Partial" for those of a part."""
    return [leg(f"{part}TakeProfit", tp, **more), leg(f"{part}StopLoss", sl, **more)]


def told(*rows: dict[str, Any], **more: Any) -> list[Push]:
    """Their pushes."""
    return [pushed(**row, **more) for row in rows]


def fired(kind: str, *states: str, **more: Any) -> list[Push]:
    """The pushes of a stop that was triggered and traded."""
    return [pushed(stopOrderType=kind, orderStatus=one, **more) for one in ("Triggered", "New", *states)]
