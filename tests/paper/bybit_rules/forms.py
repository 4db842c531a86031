"""Short forms of Bybit's requests and pushes."""

from __future__ import annotations

from typing import Any

from tests.paper.rules.case import Ask, Case, Push

#: The venue's names of what is traded as BTCUSDT, for steps that move its market.
SPOT, SWAP = "BTC-USDT", "BTC-USDT-SWAP"
LINEAR_BTC: dict[str, Any] = {"category": "linear", "symbol": "BTCUSDT"}
SPOT_BTC: dict[str, Any] = {"category": "spot", "symbol": "BTCUSDT"}
_QTY = {"linear": "0.01", "spot": "0.1"}


def get(path: str, **query: str) -> Ask:
    """A reading."""
    return Ask("GET", path, query)


def post(path: str, *, code: str = "0", ws: bool = False, **body: Any) -> Ask:
    """A call that changes something."""
    return Ask("POST", path, body, code=code, ws=ws)


def order(category: str = "linear", side: str = "Buy", **args: Any) -> dict[str, Any]:
    """What an order says: a limit order (a market order without `price`) for 0.01 BTC, or 0.1 on the spot market."""
    kind = "Limit" if "price" in args else "Market"
    said = {"category": category, "symbol": "BTCUSDT", "side": side, "orderType": kind, "qty": _QTY[category], **args}
    return {name: value for name, value in said.items() if value is not None}


def place(
    category: str = "linear", side: str = "Buy", *, code: str = "0", by: str = "own", ws: bool = False, **args: Any
) -> Ask:
    """An order."""
    return Ask("POST", "order/create", order(category, side, **args), by, code, ws)


def amend(category: str = "linear", *, code: str = "0", ws: bool = False, **args: Any) -> Ask:
    """An amendment."""
    return Ask("POST", "order/amend", {"category": category, "symbol": "BTCUSDT", **args}, code=code, ws=ws)


def cancel(category: str = "linear", *, code: str = "0", by: str = "own", ws: bool = False, **args: Any) -> Ask:
    """A cancellation."""
    return Ask("POST", "order/cancel", {"category": category, "symbol": "BTCUSDT", **args}, by, code, ws)


def pushed(**fields: Any) -> Push:
    """A push of `order`."""
    return Push("order", fields)


def open_orders(category: str = "linear", **query: str) -> Ask:
    """The list of open orders."""
    return get("order/realtime", category=category, symbol="BTCUSDT", **query)


def refused(fact: int, why: str, ask: Ask, code: str, **more: Any) -> Case:
    """What is refused, and nothing of it is there."""
    category = ask.body.get("category", "linear")
    reads: Any = [(open_orders(category), [])]
    return Case(facts=[fact], promise=f"{why} is refused.", ask=ask, code=code, **{"reads": reads, **more})
