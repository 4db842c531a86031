"""Orders that only close: reduce-only ones, and the closing side in long/short mode (facts 5 to 15)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange, PaperRules
from tests.paper.rules.case import Ask, Case
from tests.paper.rules.okx_forms import LONG_SHORT, SPOT, SWAP, place, pushed
from tests.paper.rules.scene import check

LONG = place(SWAP, sz="10")
LONG_SIDE = place(SWAP, sz="5", posSide="long")
#: The stop of a sale.
STOP = [{"slTriggerPx": "66000", "slOrdPx": "-1"}]
CUTS = PaperRules(reduce_only_above_position="cut")


def reduces(px: str, sz: str, **args: Any) -> Ask:
    """A reduce-only sell that waits above the market."""
    return place(SWAP, "sell", px=px, sz=sz, reduceOnly=True, **args)


CASES = (
    Case(
        facts=[5],
        promise="A reduce-only order above the position is refused as a whole.",
        before=[LONG],
        ask=reduces("65500", "11"),
        code="51112",
    ),
    Case(
        facts=[5],
        promise="In the other reading it is cut to the position, and its push says so.",
        rules=CUTS,
        before=[LONG],
        ask=reduces("65500", "11"),
        pushes=[pushed(state="live", sz="10", amendSource="4")],
    ),
    Case(
        facts=[6],
        promise="Reduce-only orders of the same price must fit the position together.",
        before=[LONG, reduces("65500", "6")],
        ask=reduces("65500", "5"),
        code="51148",
    ),
    Case(
        facts=[6],
        promise="What is left of the position may still be used.",
        before=[LONG, reduces("65500", "6")],
        ask=reduces("65500", "4"),
        pushes=[pushed(state="live", sz="4", amendSource="")],
    ),
    Case(
        facts=[6],
        promise="In the other reading the new order is cut to what better ones leave, or canceled.",
        rules=CUTS,
        before=[LONG, reduces("65500", "6"), reduces("65600", "5", clOrdId="cut")],
        ask=reduces("65700", "1", clOrdId="late"),
        pushes=[pushed(clOrdId="late", state="canceled", cancelSource="22")],
    ),
    Case(
        facts=[7],
        promise="A reduce-only order with a better price cuts the worse one that waits.",
        before=[LONG, reduces("65500", "6", clOrdId="worse")],
        ask=reduces("65400", "7", clOrdId="better"),
        pushes=[
            pushed(clOrdId="better", state="live", sz="7", amendSource=""),
            pushed(clOrdId="worse", state="live", sz="3", amendSource="4"),
        ],
    ),
    Case(
        facts=[7],
        promise="Where it leaves nothing, the worse ones are canceled.",
        before=[LONG, reduces("65500", "3", clOrdId="worse"), reduces("65600", "3", clOrdId="worst")],
        ask=reduces("65400", "10"),
        pushes=[
            pushed(state="live", sz="10"),
            pushed(clOrdId="worse", state="canceled", cancelSource="23"),
            pushed(clOrdId="worst", state="canceled", cancelSource="23"),
        ],
    ),
    Case(
        facts=[8],
        promise="A reduce-only order in the direction of the position is refused.",
        before=[LONG],
        ask=place(SWAP, px="60000", sz="1", reduceOnly=True),
        code="51170",
    ),
    Case(
        facts=[9],
        promise="A reduce-only order without a position is refused.",
        ask=reduces("65500", "1"),
        code="51169",
        row={
            "sMsg": "Order failed because you don't have any positions in this direction for this contract to reduce "
            "or close."
        },
    ),
    Case(
        facts=[10],
        promise="A closing order in long/short mode needs no word to be reduce-only: it takes no margin.",
        before=[LONG_SHORT, LONG_SIDE],
        ask=place(SWAP, "sell", px="65500", sz="5", posSide="long"),
        pushes=[pushed(state="live", posSide="long")],
    ),
    Case(
        facts=[10],
        promise="With `reduceOnly` false, too: it closes, and opens nothing.",
        before=[LONG_SHORT, LONG_SIDE],
        ask=place(SWAP, "sell", sz="5", posSide="long", reduceOnly=False),
        pushes=[pushed(state="live"), pushed(state="filled", fillPx="64990")],
        cash={"USDT": "-2.62475"},  # 5 x 0.01 x -20, and 0.05 % of 3249.5
        positions={},
    ),
    Case(
        facts=[11],
        promise="Closing more than is open is refused in long/short mode.",
        before=[LONG_SHORT, LONG_SIDE],
        ask=place(SWAP, "sell", sz="6", posSide="long"),
        code="51112",
    ),
    Case(
        facts=[11],
        promise="So is closing what another closing order is to close, whatever the prices.",
        before=[LONG_SHORT, LONG_SIDE, place(SWAP, "sell", px="65500", sz="4", posSide="long")],
        ask=place(SWAP, "sell", sz="2", posSide="long"),
        code="51112",
    ),
    Case(
        facts=[11],
        promise="Where nothing is open there is nothing to close.",
        before=[LONG_SHORT, LONG_SIDE],
        ask=place(SWAP, "buy", sz="1", posSide="short"),
        code="51169",
    ),
    Case(
        facts=[12],
        promise="A larger opposite order without reduce-only turns the position.",
        before=[place(SWAP, sz="1")],
        ask=place(SWAP, "sell", sz="3"),
        pushes=[pushed(state="live"), pushed(state="filled", fillPnl="-0.2")],
        cash={"USDT": "-1.17485"},  # a loss of 0.2, and 0.05 % of 1949.7
        positions={SWAP: "-2"},
    ),
    Case(
        facts=[13],
        promise="A spot order cannot be reduce-only.",
        ask=place(SPOT, "sell", px="66000", sz="0.1", reduceOnly=True),
        code="51139",
    ),
    Case(
        facts=[15],
        promise="A reduce-only order brings no stop along.",
        before=[LONG],
        ask=reduces("65500", "5", attachAlgoOrds=STOP),
        code="51100",
    ),
    Case(
        facts=[15],
        promise="Nor does a closing order in long/short mode.",
        before=[LONG_SHORT, LONG_SIDE],
        ask=place(SWAP, "sell", px="65500", sz="5", posSide="long", attachAlgoOrds=STOP),
        code="51333",
    ),
)

UNCERTAIN = {
    14: "reduce-only algo orders in net mode are accepted; `reduce_only_algo_in_net_mode` has what was seen live",
    5: "a reduce-only order above the position: refused as a whole; `reduce_only_above_position` has the other reading",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reduce_only(case: Case, exchange: PaperExchange) -> None:
    """All orders that close a position fit it together, the best price first."""
    check(case, exchange)
