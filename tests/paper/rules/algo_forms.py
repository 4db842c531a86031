"""Short forms of requests and pushes about algo orders and what orders bring along."""

from __future__ import annotations

from typing import Any

from tests.paper.rules.case import Ask, Push, Step
from tests.paper.rules.okx_forms import SWAP, get, place

#: One contract bought at the best ask, 65010; so many does the case's account hold then.
LONG = place(SWAP, sz="1")
#: Somebody takes the first level of the book: the last price is 65020, or 64990. Index and mark price stay at 65000.
UP = place(SWAP, "buy", sz="150", by="other")
DOWN = place(SWAP, "sell", sz="1", by="other")


def algo(kind: str, side: str = "sell", inst_id: str = SWAP, *, code: str = "0", **args: Any) -> Ask:
    """An algo order for one contract, or as told otherwise; a size of None is left out."""
    mode = "cross" if inst_id.endswith("-SWAP") else "cash"
    body = {"instId": inst_id, "tdMode": mode, "side": side, "ordType": kind, "sz": "1", **args}
    return Ask(
        "POST", "trade/order-algo", {name: value for name, value in body.items() if value is not None}, code=code
    )


def stop(side: str = "sell", leg: str = "sl", px: str = "64995", order_px: str = "-1", **args: Any) -> Ask:
    """A one-way stop loss (or, `tp`, take profit)."""
    return algo("conditional", side, **{f"{leg}TriggerPx": px, f"{leg}OrdPx": order_px}, **args)


def amend_algo(inst_id: str = SWAP, **args: Any) -> Ask:
    """An amendment of an algo order."""
    return Ask("POST", "trade/amend-algos", {"instId": inst_id, **args})


def cancel_algo(inst_id: str = SWAP, **args: Any) -> Ask:
    """A cancellation of an algo order."""
    return Ask("POST", "trade/cancel-algos", [{"instId": inst_id, **args}])


def waiting(kind: str, **query: str) -> Ask:
    """The list of algo orders that wait."""
    return get("trade/orders-algo-pending", ordType=kind, **query)


def told(**fields: Any) -> Push:
    """A push of `orders-algo`."""
    return Push("orders-algo", fields)


def opened(*steps: Step) -> list[Step]:
    """What a case does first: one contract is bought, then the rest."""
    return [LONG, *steps]
