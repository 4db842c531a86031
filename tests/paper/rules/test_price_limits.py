"""How far from the index an order's price may be (facts 48 to 54)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Case, Change
from tests.paper.rules.okx_forms import SPOT, SWAP, get, place, pushed
from tests.paper.rules.scene import check
from tests.paper.rules.stage import NOON

#: Listed a minute ago.
NEW = str(int(NOON - 60) * 1000)
BEYOND = "Order price is not within the price limit (max buy price: 68250, min sell price: 61750)."

CASES = (
    Case(
        facts=[48],
        promise="A buy above the upper limit is refused, and the text tells both limits.",
        ask=place(SWAP, px="68250.1", sz="1"),
        code="51006",
        row={"sMsg": BEYOND},
    ),
    Case(
        facts=[48],
        promise="So is a sell below the lower one.",
        ask=place(SWAP, "sell", px="61749.9", sz="1"),
        code="51006",
        row={"sMsg": BEYOND},
    ),
    Case(
        facts=[48],
        promise="A spot pair has codes of its own for it.",
        ask=place(SPOT, px="68250.1", sz="0.1"),
        code="51137",
        row={"sMsg": "The highest price limit for buy orders is 68250."},
    ),
    Case(
        facts=[48],
        promise="Another one for a sell.",
        ask=place(SPOT, "sell", px="61749.9", sz="0.1"),
        code="51138",
        row={"sMsg": "The lowest price limit for sell orders is 61750."},
    ),
    Case(
        facts=[48],
        promise="A price at the limit is within it.",
        ask=place(SWAP, "sell", px="61750", sz="1", ordType="ioc"),
        pushes=[pushed(state="live"), pushed(state="filled", fillPx="64990")],
        cash={"USDT": "-0.32495"},
        positions={SWAP: "-1"},
    ),
    Case(
        facts=[49],
        promise="With `pxAmendType` 1 the price is moved to the limit, and the order is accepted.",
        ask=place(SWAP, px="70000", sz="1", pxAmendType="1"),
        pushes=[pushed(state="live", px="68250"), pushed(state="filled", px="68250", fillPx="65010")],
        cash={"USDT": "-0.32505"},
        positions={SWAP: "1"},
    ),
    Case(
        facts=[49],
        promise="So is that of a sell.",
        ask=place(SPOT, "sell", px="1", sz="1", pxAmendType="1"),
        pushes=[pushed(state="live", px="61750"), pushed(state="filled", fillPx="64990")],
        cash={"BTC": "-1", "USDT": "64925.01"},
    ),
    Case(
        facts=[50],
        promise="A `pxAmendType` other than 0 and 1 is refused.",
        ask=place(SWAP, px="65000", sz="1", pxAmendType="2"),
        code="51000",
    ),
    Case(
        facts=[51],
        promise="A buy far below the market is not limited.",
        ask=place(SWAP, px="100", sz="1"),
        pushes=[pushed(state="live")],
        frozen={"USDT": "0.1005"},
    ),
    Case(
        facts=[51],
        promise="Nor is a sell far above it.",
        ask=place(SPOT, "sell", px="1000000", sz="1"),
        pushes=[pushed(state="live")],
        frozen={"BTC": "1"},
    ),
    Case(
        facts=[52],
        promise="The limits of a contract are `floatPxLmtPct` of the index away from it.",
        ask=get("public/price-limit", instId=SWAP),
        row={"enabled": True, "buyLmt": "68250", "sellLmt": "61750"},
    ),
    Case(
        facts=[52],
        promise="They are no more than `maxPxLmtPct` away.",
        before=[Change(SWAP, {"floatPxLmtPct": "0.3", "maxPxLmtPct": "0.2"})],
        ask=get("public/price-limit", instId=SWAP),
        row={"buyLmt": "78000", "sellLmt": "52000"},
    ),
    Case(
        facts=[52],
        promise="In the first ten minutes after the listing they are `initPxLmtPct` away.",
        before=[Change(SWAP, {"listTime": NEW, "initPxLmtPct": "0.02"})],
        ask=get("public/price-limit", instId=SWAP),
        row={"enabled": True, "buyLmt": "66300", "sellLmt": "63700"},
    ),
    Case(
        facts=[53],
        promise="A spot pair has the same limits.",
        ask=get("public/price-limit", instId=SPOT),
        row={"enabled": True, "buyLmt": "68250", "sellLmt": "61750"},
    ),
    Case(
        facts=[53],
        promise="In its first ten minutes it has none.",
        before=[Change(SPOT, {"listTime": NEW})],
        ask=place(SPOT, px="90000", sz="0.1"),
        pushes=[pushed(state="live", px="90000"), pushed(state="filled", fillPx="65010")],
        cash={"USDT": "-6501", "BTC": "0.0999"},
    ),
    Case(
        facts=[54],
        promise="While there are no limits, the reading says so.",
        before=[Change(SPOT, {"listTime": NEW})],
        ask=get("public/price-limit", instId=SPOT),
        row={"enabled": False, "buyLmt": "", "sellLmt": ""},
    ),
)

UNCERTAIN = {
    52: "the limits have the premium of now in them; of how many minutes its mean is to be taken is not documented",
    53: "the limits of a spot pair have no premium in them: which one is meant is not documented",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_price_limits(case: Case, exchange: PaperExchange) -> None:
    """Too good a price is refused, or moved where that is allowed."""
    check(case, exchange)
