"""What an order must say and how large it may be, and how it is refused (facts 27 to 42)."""

from __future__ import annotations

import pytest

from okx_sync.paper import PaperExchange, PaperRules
from tests.paper.rules.case import Ask, Case, Change
from tests.paper.rules.okx_forms import SPOT, SWAP, batch, place, post, pushed
from tests.paper.rules.scene import check

GOOD = place(SPOT, px="60000", sz="0.1")
BAD = place(SPOT, px="60000", sz="0.000001")
FAILED = ("1", "All operations failed")


def refused(fact: int, promise: str, ask: Ask, code: str, message: str = "", **row: str) -> Case:
    """A case that is no more than a refusal: nothing is pushed and no money moves."""
    return Case(facts=[fact], promise=promise, ask=ask, code=code, row=({"sMsg": message} if message else {}) | row)


CASES = (
    refused(27, "A spot order below the least size is refused.", place(SPOT, px="60000", sz="0.000001"), "51020"),
    refused(28, "A size that is no multiple of the lot is refused.", place(SWAP, px="60000", sz="0.015"), "51121"),
    refused(29, "A limit order above the largest size is refused.", place(SWAP, px="60000", sz="1000001"), "51005"),
    refused(30, "A market order above the largest size is refused.", place(SWAP, sz="12001"), "51202"),
    refused(
        30,
        "A spot market order above the largest value is refused.",
        place(SPOT, sz="1000001"),
        "51201",
        "The value of a market order can't exceed 1000000.",
    ),
    refused(30, "So is one whose coins are worth more.", place(SPOT, "sell", sz="16"), "51201"),
    refused(
        31,
        "A limit order worth more than 20 million dollars is refused.",
        place(SPOT, px="60000", sz="400"),
        "51185",
        "The maximum value allowed per order is 20000000 USD",
    ),
    refused(31, "So is one for contracts.", place(SWAP, px="60000", sz="40000"), "51185"),
    refused(
        32,
        "A spot order above the balance is refused, with the sub-code that means the balance.",
        place(SPOT, px="60000", sz="2"),
        "51008",
        "Order failed. Insufficient USDT balance in account.",
        subCode="1000",
    ),
    refused(
        33,
        "An order for contracts above the free margin is refused, with the sub-code that means the margin.",
        place(SWAP, px="65000", sz="2000"),
        "51008",
        "Order failed. Insufficient USDT margin in account.",
        subCode="1001",
    ),
    Case(
        facts=[34],
        promise="A single order that is refused is HTTP 200 and code 1, the reason in its row.",
        ask=BAD,
        code="51020",
        outer=FAILED,
    ),
    Case(
        facts=[34],
        promise="So is a batch that is refused as a whole.",
        ask=batch(BAD, BAD),
        code="51020",
        outer=FAILED,
    ),
    Case(
        facts=[34],
        promise="A batch of which some orders are refused is code 2.",
        ask=batch(GOOD, BAD),
        rows=[{"sCode": "0"}, {"sCode": "51020"}],
        outer=("2", "Bulk operation partially succeeded."),
        pushes=[pushed(state="live")],
        frozen={"USDT": "6000"},
    ),
    Case(
        facts=[35],
        promise="A bad parameter outside of a row is HTTP 400.",
        ask=post("trade/cancel-all-after", timeOut="5"),
        code="51000",
        status=400,
    ),
    Case(
        facts=[35],
        promise="Inside of a row it is HTTP 200.",
        ask=place(SPOT, px="x", sz="0.1"),
        code="51000",
        outer=FAILED,
    ),
    refused(36, "A price between two ticks is refused.", place(SPOT, px="60000.04", sz="0.1"), "51000"),
    Case(
        facts=[36],
        promise="In the other reading it is cut to the tick below.",
        rules=PaperRules(price_off_tick="cut"),
        ask=place(SPOT, px="60000.09", sz="0.1"),
        pushes=[pushed(state="live", px="60000")],
        frozen={"USDT": "6000"},
    ),
    refused(
        37,
        "A limit order without a price is refused.",
        place(SPOT, px="", sz="0.1"),
        "51204",
        "The price for the limit order cannot be empty.",
    ),
    refused(38, "A spot order has no `posSide`.", place(SPOT, px="60000", sz="0.1", posSide="long"), "51000"),
    refused(
        39,
        "A `tradeQuoteCcy` that the pair does not list is refused.",
        place(SPOT, px="60000", sz="0.1", tradeQuoteCcy="EUR"),
        "51000",
    ),
    Case(
        facts=[39],
        promise="One that it lists is taken.",
        ask=place(SPOT, px="60000", sz="0.1", tradeQuoteCcy="USDT"),
        pushes=[pushed(state="live", tradeQuoteCcy="USDT")],
        frozen={"USDT": "6000"},
    ),
    refused(
        40,
        "An instrument that is not there is refused.",
        place("DOGE-USDT", px="1", sz="1"),
        "51001",
        "Instrument ID, Instrument ID code, or Spread ID doesn't exist.",
    ),
    *(
        Case(
            facts=[41],
            promise=f"An instrument in the state {state} takes no orders.",
            before=[Change(SPOT, {"state": state})],
            ask=place(SPOT, px="60000", sz="0.1"),
            code=code,
            row={"sMsg": message},
        )
        for state, code, message in (
            ("suspend", "51022", "Contract suspended."),
            ("preopen", "51021", "The pair or contract is not yet listed"),
            ("expired", "51027", "Contract expired."),
        )
    ),
    refused(42, "A tag has at most 16 characters.", place(SPOT, px="60000", sz="0.1", tag="a" * 17), "51000"),
    refused(42, "A tag has letters and digits only.", place(SPOT, px="60000", sz="0.1", tag="a-b"), "51000"),
    refused(42, "A client id has at most 32 characters.", place(SPOT, px="60000", sz="0.1", clOrdId="a" * 33), "51000"),
    refused(42, "A client id has letters and digits only.", place(SPOT, px="60000", sz="0.1", clOrdId="a-b"), "51000"),
    Case(
        facts=[42],
        promise="The longest ones are taken.",
        ask=place(SPOT, px="60000", sz="0.1", clOrdId="a" * 32, tag="b" * 16),
        pushes=[pushed(state="live", clOrdId="a" * 32, tag="b" * 16)],
        frozen={"USDT": "6000"},
    ),
)

UNCERTAIN = {
    35: "51000 in the row of an order comes with HTTP 200; outside of rows with HTTP 400, as documented",
    36: "a price between two ticks is refused with 51000; `price_off_tick` has the other reading",
    38: "`posSide` on a spot order is refused with 51000: that it must not be sent is documented, not what happens",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_order_limits(case: Case, exchange: PaperExchange) -> None:
    """What is wrong is refused with the code that tells why."""
    check(case, exchange)
