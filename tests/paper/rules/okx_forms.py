"""Short forms of OKX's requests and pushes."""

from __future__ import annotations

from typing import Any

from tests.paper.rules.case import Ask, Push

SPOT, SWAP, ETH, ETH_SWAP = "BTC-USDT", "BTC-USDT-SWAP", "ETH-USDT", "ETH-USDT-SWAP"


def get(path: str, **query: str) -> Ask:
    """A reading."""
    return Ask("GET", path, query)


def post(path: str, **body: Any) -> Ask:
    """A call that changes something."""
    return Ask("POST", path, body)


def place(inst_id: str, side: str = "buy", *, code: str = "0", by: str = "own", ws: bool = False, **args: Any) -> Ask:
    """An order: a limit order (a market order without `px`), `cash` or `cross`, unless told otherwise."""
    mode = "cross" if inst_id.endswith("-SWAP") else "cash"
    kind = "limit" if "px" in args else "market"
    body = {"instId": inst_id, "tdMode": mode, "side": side, "ordType": kind, **args}
    return Ask("POST", "trade/order", body, by, code, ws)


def batch(*orders: Ask, ws: bool = False) -> Ask:
    """Several orders in one request."""
    return Ask("POST", "trade/batch-orders", [order.body for order in orders], ws=ws)


def amend(inst_id: str, *, code: str = "0", ws: bool = False, **args: Any) -> Ask:
    """An amendment."""
    return Ask("POST", "trade/amend-order", {"instId": inst_id, **args}, code=code, ws=ws)


def cancel(inst_id: str, *, code: str = "0", by: str = "own", ws: bool = False, **args: Any) -> Ask:
    """A cancellation."""
    return Ask("POST", "trade/cancel-order", {"instId": inst_id, **args}, by, code, ws)


def pushed(**fields: Any) -> Push:
    """A push of `orders`."""
    return Push("orders", fields)


#: Each side has a position of its own from then on.
LONG_SHORT = post("account/set-position-mode", posMode="long_short_mode")
