"""Order types that do not wait, and requests that come too late (facts 43 to 47, 55, 65)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Ask, Case, Change
from tests.paper.rules.okx_forms import SPOT, SWAP, place, pushed
from tests.paper.rules.scene import check

ORDER = place(SPOT, px="60000", sz="0.1").body
#: Prices of 64935 to 65065 only, so that the far end of the book is beyond them.
NARROW = Change(SWAP, {"floatPxLmtPct": "0.001"})
#: 100 contracts at 65010 and 200 at 65020 with 0.05 % each.
BOUGHT_300 = {"USDT": "-97.525"}

CASES = (
    Case(
        facts=[43],
        promise="A post-only order that would match is accepted and then canceled, without having been live.",
        ask=place(SPOT, px="65010", sz="0.1", ordType="post_only"),
        pushes=[pushed(state="canceled", cancelSource="31", accFillSz="0")],
    ),
    Case(
        facts=[43],
        promise="One that does not match waits.",
        ask=place(SPOT, px="65009.9", sz="0.1", ordType="post_only"),
        pushes=[pushed(state="live")],
        frozen={"USDT": "6500.99"},
    ),
    Case(
        facts=[44],
        promise="A fill-or-kill order that cannot be filled wholly is canceled, and nothing of it is filled.",
        ask=place(SWAP, px="65020", sz="301", ordType="fok"),
        pushes=[pushed(state="canceled", cancelSource="13", accFillSz="0")],
    ),
    Case(
        facts=[44],
        promise="One that can is filled.",
        ask=place(SWAP, px="65020", sz="300", ordType="fok"),
        pushes=[pushed(state="live"), pushed(state="partially_filled"), pushed(state="filled")],
        cash=BOUGHT_300,
        positions={SWAP: "300"},
    ),
    Case(
        facts=[45],
        promise="What an immediate-or-cancel order does not get is canceled.",
        ask=place(SWAP, px="65020", sz="301", ordType="ioc"),
        pushes=[
            pushed(state="live"),
            pushed(state="partially_filled", fillPx="65010", fillSz="100"),
            pushed(state="partially_filled", fillPx="65020", fillSz="200"),
            pushed(state="canceled", cancelSource="14", accFillSz="300"),
        ],
        cash=BOUGHT_300,
        positions={SWAP: "300"},
    ),
    Case(
        facts=[46],
        promise="A market order on a contract never trades beyond the price limit.",
        before=[NARROW],
        ask=place(SWAP, sz="400"),
        pushes=[
            pushed(state="live", px=""),
            pushed(state="partially_filled", fillPx="65010"),
            pushed(state="partially_filled", fillPx="65020"),
            pushed(state="canceled", accFillSz="300"),
        ],
        cash=BOUGHT_300,
        positions={SWAP: "300"},
    ),
    Case(
        facts=[46],
        promise="Nor does one that sells.",
        before=[NARROW],
        ask=place(SWAP, "sell", sz="400"),
        pushes=[
            pushed(state="live"),
            pushed(state="partially_filled", fillPx="64990"),
            pushed(state="partially_filled", fillPx="64980"),
            pushed(state="canceled", accFillSz="300"),
        ],
        cash={"USDT": "-97.475"},
        positions={SWAP: "-300"},
    ),
    Case(
        facts=[47],
        promise="`optimal_limit_ioc` takes what is within the price limit, and no more.",
        before=[NARROW],
        ask=place(SWAP, sz="400", ordType="optimal_limit_ioc"),
        pushes=[
            pushed(state="live", ordType="optimal_limit_ioc"),
            pushed(state="partially_filled"),
            pushed(state="partially_filled"),
            pushed(state="canceled", cancelSource="14", accFillSz="300"),
        ],
        cash=BOUGHT_300,
        positions={SWAP: "300"},
    ),
    Case(
        facts=[47],
        promise="A spot pair has no `optimal_limit_ioc`.",
        ask=place(SPOT, sz="0.1", ordType="optimal_limit_ioc"),
        code="51000",
    ),
    Case(
        facts=[65],
        promise="A request whose `expTime` is over is not processed.",
        ask=Ask("POST", "trade/order", ORDER, headers={"expTime": "1763726399000"}),
        code="50036",
    ),
    Case(
        facts=[65],
        promise="Nor is one over the stream, where it is a field.",
        ask=Ask("POST", "trade/order", ORDER, ws=True, headers={"expTime": "1763726399000"}),
        code="50036",
    ),
    Case(
        facts=[65],
        promise="One that is in time is processed.",
        ask=Ask("POST", "trade/order", ORDER, headers={"expTime": "4000000000000"}),
        pushes=[pushed(state="live")],
        frozen={"USDT": "6000"},
    ),
)

LEFT_OUT = {55: "nobody has the right to orders of type rpi or elp (54042, 54039, 54040): there is no retail flow here"}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_order_types(case: Case, exchange: PaperExchange) -> None:
    """What is not filled at once is canceled, and nothing trades beyond its limit."""
    check(case, exchange)
