"""Short forms of Bitget's requests and pushes. Sizes are in coins; without a price an order is at the market."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.paper.rules.case import Ask, Case, Push

SWAP, ETH_SWAP, SPOT = "BTC-USDT-SWAP", "ETH-USDT-SWAP", "BTC-USDT"
USDT: dict[str, Any] = {"productType": "USDT-FUTURES"}
BTC: dict[str, Any] = {**USDT, "symbol": "BTCUSDT", "marginCoin": "USDT"}
UTA: dict[str, Any] = {"category": "USDT-FUTURES"}
UTA_BTC: dict[str, Any] = {**UTA, "symbol": "BTCUSDT"}
UTA_SPOT: dict[str, Any] = {"category": "SPOT", "symbol": "BTCUSDT"}


def get(path: str, **query: str) -> Ask:
    """A reading."""
    return Ask("GET", path, query)


def post(path: str, *, code: str = "0", **body: Any) -> Ask:
    """A call that changes something."""
    return Ask("POST", path, body, code=code)


def _kind(args: dict[str, Any]) -> str:
    return "limit" if "price" in args else "market"


# --- V2 futures


def place(side: str = "buy", *, code: str = "0", by: str = "own", ws: bool = False, **args: Any) -> Ask:
    """An order of V2, crossed, for 0.1 BTC, unless told otherwise; None leaves a field out."""
    body = {**BTC, "marginMode": "crossed", "side": side, "orderType": _kind(args), "size": "0.1", **args}
    sent = {name: value for name, value in body.items() if value is not None}
    return Ask("POST", "v2/mix/order/place-order", sent, by, code, ws)


def mix(path: str, *, code: str = "0", **args: Any) -> Ask:
    """A call of V2 about orders on BTCUSDT."""
    return Ask("POST", f"v2/mix/order/{path}", {**BTC, **args}, code=code)


def pushed(**fields: Any) -> Push:
    """A push of `orders`."""
    return Push("orders", fields)


def plan_pushed(**fields: Any) -> Push:
    """A push of `orders-algo`."""
    return Push("orders-algo", fields)


def plans(kind: str) -> Ask:
    """The plan orders that wait; `kind` is one of three groups."""
    return get("v2/mix/order/orders-plan-pending", planType=kind, **USDT)


HEDGE = post("v2/mix/account/set-position-mode", **USDT, posMode="hedge_mode")
LONG = place(tradeSide="open")


# --- V3


def uta(side: str = "buy", *, code: str = "0", by: str = "own", ws: bool = False, **args: Any) -> Ask:
    """An order of V3 for 0.1 BTC, unless told otherwise; None leaves a field out."""
    body = {**UTA_BTC, "side": side, "orderType": _kind(args), "qty": "0.1", **args}
    sent = {name: value for name, value in body.items() if value is not None}
    return Ask("POST", "v3/trade/place-order", sent, by, code, ws)


def trade(path: str, *, code: str = "0", **args: Any) -> Ask:
    """A call of V3 about orders."""
    return Ask("POST", f"v3/trade/{path}", args, code=code)


def told(**fields: Any) -> Push:
    """A push of `order`."""
    return Push("order", fields)


def strategy_told(**fields: Any) -> Push:
    """A push of `strategy-order`."""
    return Push("strategy-order", fields)


STRATEGIES = get("v3/trade/unfilled-strategy-orders", **UTA)
UTA_HEDGE = post("v3/account/set-hold-mode", holdMode="hedge_mode")
UTA_LONG = uta(posSide="long")


# --- cases


def no(facts: Sequence[int], promise: str, ask: Ask, code: str, **more: Any) -> Case:
    """A request that is refused: HTTP 400 where it is REST, and nothing happens."""
    return Case(facts=facts, promise=promise, ask=ask, code=code, status=200 if ask.ws else 400, **more)
