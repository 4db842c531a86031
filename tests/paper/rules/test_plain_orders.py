"""Size, price and money of a plain order (facts 1 to 42)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import SPOT, Case, cancel, get, place, pushed
from tests.paper.rules.scene import check

CASES = (
    Case(
        facts=[1],
        promise="A client id may be used again when its order is canceled.",
        before=[place(SPOT, px="60000", sz="0.1", clOrdId="again"), cancel(SPOT, clOrdId="again")],
        ask=place(SPOT, px="60000", sz="0.1", clOrdId="again"),
        row={"clOrdId": "again"},
        pushes=[pushed(clOrdId="again", state="live", sz="0.1")],
        frozen={"USDT": "6000"},
    ),
    Case(
        facts=[1],
        promise="A client id may be used again when its order is filled.",
        before=[place(SPOT, sz="650.1", clOrdId="again")],
        ask=place(SPOT, px="60000", sz="0.1", clOrdId="again"),
        pushes=[pushed(clOrdId="again", state="live")],
        frozen={"USDT": "6000"},
    ),
    Case(
        facts=[2],
        promise="The client id of a live order is refused, and that order stays.",
        before=[place(SPOT, px="60000", sz="0.1", clOrdId="live")],
        ask=place(SPOT, px="60000", sz="0.2", clOrdId="live"),
        code="51016",
        reads=[(get("trade/orders-pending"), [{"clOrdId": "live", "sz": "0.1"}])],
    ),
    Case(
        facts=[3],
        promise="The order of a client id that was used several times is the newest one.",
        before=[
            place(SPOT, px="60000", sz="0.1", clOrdId="again"),
            cancel(SPOT, clOrdId="again"),
            place(SPOT, px="60000", sz="0.2", clOrdId="again"),
        ],
        ask=get("trade/order", instId=SPOT, clOrdId="again"),
        row={"sz": "0.2", "state": "live"},
    ),
)

UNCERTAIN: dict[int, str] = {}
LEFT_OUT: dict[int, str] = dict.fromkeys([*range(4, 14), *range(16, 24), *range(25, 43)], "not looked at yet")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_plain_orders(case: Case, exchange: PaperExchange) -> None:
    """What OKX does with a size, a price and the money behind them."""
    check(case, exchange)
