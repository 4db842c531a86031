"""Client order ids: when they may be used again, and what is found by them (facts 1 to 4)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Case
from tests.paper.rules.okx_forms import SPOT, batch, cancel, get, place, pushed
from tests.paper.rules.scene import check

TWICE = place(SPOT, px="60000", sz="0.1", clOrdId="twice")
BOUGHT = place(SPOT, ordType="market", px="", sz="650.1", clOrdId="twice")

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
        promise="A client id may be used again when its order is filled, also over the stream.",
        before=[place(SPOT, sz="650.1", clOrdId="again")],
        ask=place(SPOT, px="60000", sz="0.1", clOrdId="again", ws=True),
        pushes=[pushed(clOrdId="again", state="live")],
        frozen={"USDT": "6000"},
    ),
    Case(
        facts=[2],
        promise="The client id of a live order is refused, and that order stays.",
        before=[place(SPOT, px="60000", sz="0.1", clOrdId="live")],
        ask=place(SPOT, px="60000", sz="0.2", clOrdId="live"),
        code="51016",
        row={"sMsg": "Client order ID already exists.", "clOrdId": "live", "ordId": ""},
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
    Case(
        facts=[4],
        promise="A batch that repeats a client id has the repetition refused.",
        ask=batch(TWICE, TWICE),
        rows=[{"sCode": "0", "clOrdId": "twice"}, {"sCode": "51016", "clOrdId": "twice"}],
        pushes=[pushed(clOrdId="twice", state="live")],
        frozen={"USDT": "6000"},
    ),
    Case(
        facts=[4],
        promise="Also when the first of the two is filled at once, and over the stream.",
        ask=batch(BOUGHT, TWICE, ws=True),
        rows=[{"sCode": "0"}, {"sCode": "51016"}],
        pushes=[pushed(state="live"), pushed(state="filled", accFillSz="0.01")],
        cash={"USDT": "-650.1", "BTC": "0.00999"},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_client_ids(case: Case, exchange: PaperExchange) -> None:
    """Unique among what is pending and within a request, and no longer."""
    check(case, exchange)
