"""What an order must say, how large it may be, and what becomes of it at once (facts 1 to 14, 20 to 32)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget_rules.forms import (
    BTC,
    HEDGE,
    LONG,
    SWAP,
    UTA,
    UTA_BTC,
    UTA_HEDGE,
    UTA_LONG,
    UTA_SPOT,
    mix,
    no,
    place,
    post,
    pushed,
    told,
    uta,
)
from tests.paper.bitget_rules.scene import check
from tests.paper.rules.case import Ask, Case, Change

LIMIT, UTA_LIMIT = place(price="60000"), uta(price="60000")
#: What 0.1 BTC at 60000 ties up: a tenth, and the fee of a taker.
FROZEN: dict[str, Any] = {"USDT": "603"}
#: The fee of a taker for 0.1 BTC at 65010.
FEE = {"USDT": "-3.2505"}
HELD: dict[str, Any] = {"BTCUSDT": "0.1"}
FAR = post("v2/mix/account/set-leverage", **BTC, leverage="100")
UTA_FAR = post("v3/account/set-leverage", **UTA_BTC, leverage="100")
LIVE: dict[str, Any] = {"status": "live"}


def many(count: int) -> list[Ask]:
    """So many small orders of V2, fifty in a request."""
    one = {"side": "buy", "orderType": "limit", "price": "60000", "size": "0.001"}
    return [mix("batch-place-order", marginMode="crossed", orderList=[one] * 50) for _ in range(count // 50)]


def many_uta(count: int, symbol: str = "BTCUSDT", price: str = "60000") -> list[Ask]:
    """So many small orders of V3, twenty in a request."""
    one = {**UTA, "symbol": symbol, "side": "buy", "orderType": "limit", "price": price, "qty": "0.01"}
    return [Ask("POST", "v3/trade/place-batch", [one] * 20) for _ in range(count // 20)]


def lives(**fields: Any) -> list[Any]:
    """The pushes of an order of V2 that waits."""
    return [pushed(status="live", **fields)]


def uta_lives(**fields: Any) -> list[Any]:
    """The pushes of an order of V3 that waits: it has come, it is in the book."""
    return [told(orderStatus=state, **fields) for state in ("live", "new")]


REQUIRED = (
    no([1], "V2: a field that is missing has a code.", place(size=None), "40019"),
    no([1], "V2: the margin mode is asked for with each order.", place(marginMode=None), "40019"),
    no([1], "V2: a limit order needs a price.", place(orderType="limit"), "40017"),
    no([1], "V3: a field that is missing has a code.", uta(qty=None), "25200"),
    no([1], "V3: a limit order needs a price.", uta(orderType="limit"), "400172"),
    Case(facts=[2], promise="V2: a limit order waits until cancelled.", ask=LIMIT, frozen=FROZEN,
         pushes=lives(force="gtc")),
    Case(facts=[2], promise="V3: a limit order waits until cancelled.", ask=UTA_LIMIT, frozen=FROZEN,
         pushes=uta_lives(timeInForce="gtc")),
    Case(facts=[3], promise="V2: a size is in coins.", ask=place(), cash=FEE, positions=HELD,
         pushes=[pushed(size="0.1"), pushed(status="filled", accBaseVolume="0.1")]),
    Case(facts=[3], promise="V3: a size is in coins.", ask=uta(), cash=FEE, positions=HELD,
         pushes=[told(qty="0.1"), told(orderStatus="filled", cumExecQty="0.1")]),
    Case(facts=[4], promise="V3: a market buy of coins is sized in what it pays.",
         ask=uta(**UTA_SPOT, qty="6501"), cash={"USDT": "-6501", "BTC": "0.0999"},
         pushes=[told(category="spot"), told(orderStatus="filled", cumExecQty="0.1")]),
    Case(facts=[4], promise="V3: a market sale of coins is sized in coins.",
         ask=uta("sell", **UTA_SPOT, qty="0.1"), cash={"USDT": "6492.501", "BTC": "-0.1"},
         pushes=[told(category="spot"), told(orderStatus="filled", cumExecQty="0.1")]),
    Case(facts=[4], promise="V3: a limit buy of coins is sized in coins.",
         ask=uta(**UTA_SPOT, qty="0.1", price="60000"), frozen={"USDT": "6000"}, pushes=uta_lives(qty="0.1")),
)  # fmt: skip
SIZES = (
    no([5], "V2: less than the minimum.", place(size="0.00001"), "45111"),
    no([5], "V2: no multiple of the step.", place(size="0.10005"), "22038"),
    no([5], "V3: less than the minimum.", uta(qty="0.00001"), "25207"),
    no([5], "V3: no multiple of the step.", uta(qty="0.10005"), "25610"),
    no([6], "V2: worth less than 5 USDT.", place(symbol="ETHUSDT", size="0.001"), "45110"),
    no([6], "V3: worth less than 5 USDT.", uta(symbol="ETHUSDT", qty="0.001"), "25611"),
    no([7], "V2: more than a limit order may have.", place(price="60000", size="0.2"), "45112",
       before=[Change(SWAP, {"maxLmtSz": "10"})]),
    no([7], "V2: more than a market order may have.", place(size="0.2"), "45112",
       before=[Change(SWAP, {"maxMktSz": "10"})]),
    no([7], "V3: more than a limit order may have.", uta(price="60000", qty="0.2"), "25208",
       before=[Change(SWAP, {"maxLmtSz": "10"})]),
    no([7], "V3: more than a market order may have.", uta(qty="0.2"), "25208",
       before=[Change(SWAP, {"maxMktSz": "10"})]),
    no([8], "V2: a price between two steps.", place(price="60000.05"), "45115"),
    no([8], "V3: a price between two steps.", uta(price="60000.05"), "25244"),
    no([9], "V2: a buy too far above the market.", place(price="90000"), "40815"),
    no([9], "V2: a sale too far below the market.", place("sell", price="40000"), "40816"),
    no([9], "V3: a buy too far above the market.", uta(price="90000"), "25206"),
    no([9], "V3: a sale too far below the market.", uta("sell", price="40000"), "25205"),
)  # fmt: skip
TYPES = (
    Case(facts=[11, 83], promise="V2: a post-only order that would take is acked, then canceled.",
         ask=place(price="65010", force="post_only"),
         pushes=[pushed(status="canceled", cancelReason="post_only_fill_cancel")]),
    Case(facts=[11, 83], promise="V3: a post-only order that would take is acked, then cancelled.",
         ask=uta(price="65010", timeInForce="post_only"),
         pushes=[told(orderStatus="cancelled", cancelReason="post_only_fill_cancel")]),
    Case(facts=[11, 83], promise="V2: so is a fill-or-kill order that cannot be filled wholly.",
         ask=place(price="65010", size="1.1", force="fok"),
         pushes=[pushed(status="canceled", cancelReason="fok_not_full_cancel")]),
    Case(facts=[11, 83], promise="V3: so is a fill-or-kill order that cannot be filled wholly.",
         ask=uta(price="65010", qty="1.1", timeInForce="fok"),
         pushes=[told(orderStatus="cancelled", cancelReason="fok_not_full_cancel")]),
    Case(facts=[11, 83], promise="V2: the rest of an immediate order is canceled.",
         ask=place(price="65010", size="1.1", force="ioc"), cash={"USDT": "-32.505"}, positions={"BTCUSDT": "1"},
         pushes=[pushed(**LIVE), pushed(status="partially_filled", accBaseVolume="1"),
                 pushed(status="canceled", cancelReason="ioc_not_full_cancel")]),
    Case(facts=[11, 83], promise="V3: the rest of an immediate order is cancelled.",
         ask=uta(price="65010", qty="1.1", timeInForce="ioc"), cash={"USDT": "-32.505"}, positions={"BTCUSDT": "1"},
         pushes=[told(orderStatus="live"), told(orderStatus="partially_filled", cumExecQty="1"),
                 told(orderStatus="cancelled", cancelReason="ioc_not_full_cancel")]),
    Case(facts=[10], promise="V2: a market order in an empty book is canceled for what it misses.",
         before=[FAR, place(by="other", size="52.9")], ask=place(size="0.2"), cash={"USDT": "-3.3"}, positions=HELD,
         pushes=[pushed(**LIVE), pushed(status="partially_filled"),
                 pushed(status="canceled", cancelReason="slippage_cancel")]),
    Case(facts=[10], promise="V3: a market order in an empty book is cancelled for what it misses.",
         before=[UTA_FAR, uta(by="other", qty="52.9")], ask=uta(qty="0.2"), cash={"USDT": "-3.3"}, positions=HELD,
         pushes=[told(orderStatus="live"), told(orderStatus="partially_filled"),
                 told(orderStatus="cancelled", cancelReason="slippage_cancel")]),
)  # fmt: skip
MODES = (
    Case(facts=[12], promise="V2: a long is opened by a buy, a short by a sale beside it.",
         before=[HEDGE, LONG], ask=place("sell", tradeSide="open"), cash={"USDT": "-3.2495"},
         positions={"BTCUSDT long": "0.1", "BTCUSDT short": "-0.1"},
         pushes=[pushed(side="sell", tradeSide="open", posSide="short"), pushed(status="filled")]),
    Case(facts=[12], promise="V3: a long is opened by a buy, a short by a sale beside it.",
         before=[UTA_HEDGE, UTA_LONG], ask=uta("sell", posSide="short"), cash={"USDT": "-3.2495"},
         positions={"BTCUSDT long": "0.1", "BTCUSDT short": "-0.1"},
         pushes=[told(side="sell", holdSide="short", tradeSide="open"), told(orderStatus="filled")]),
    Case(facts=[13], promise="V2: a long is closed by a buy: the side is that of the position.",
         before=[HEDGE, LONG], ask=place(tradeSide="close"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[pushed(side="buy", tradeSide="close", posSide="long"), pushed(status="filled", side="buy")]),
    no([13], "V2: a sale closes a short, and there is none.", place("sell", tradeSide="close"), "22002",
       before=[HEDGE, LONG]),
    Case(facts=[13], promise="V3: a long is closed by a sale.",
         before=[UTA_HEDGE, UTA_LONG], ask=uta("sell", posSide="long"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[told(side="sell", holdSide="long", tradeSide="close"), told(orderStatus="filled")]),
    Case(facts=[14], promise="V2: one-way mode does not look at `tradeSide`.", ask=place(tradeSide="close"), cash=FEE,
         positions=HELD, pushes=[pushed(tradeSide="buy_single"), pushed(status="filled", reduceOnly="no")]),
    Case(facts=[14], promise="V2: what only closes says so by `reduceOnly`, in any case.", before=[place()],
         ask=place("sell", reduceOnly="yes"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[pushed(reduceOnly="yes"), pushed(status="filled")]),
    Case(facts=[14], promise="V3: one-way mode does not need `posSide`.", before=[uta()],
         ask=uta("sell", reduceOnly="YES"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[told(reduceOnly="yes", tradeSide="close"), told(orderStatus="filled")]),
    no([20], "V2: hedge mode needs `tradeSide`.", place(), "40774", before=[HEDGE]),
    no([20], "V3: hedge mode needs `posSide`.", uta(), "25236", before=[UTA_HEDGE]),
    Case(facts=[21], promise="V2: hedge mode does not look at `reduceOnly`.", before=[HEDGE],
         ask=place(tradeSide="open", reduceOnly="YES"), cash=FEE, positions={"BTCUSDT long": "0.1"},
         pushes=[pushed(reduceOnly="no"), pushed(status="filled")]),
    Case(facts=[22], promise="V2: a larger opposite order turns the position.", before=[place()],
         ask=place("sell", size="0.3"), cash={"USDT": "-11.7485"}, positions={"BTCUSDT": "-0.2"},
         pushes=[pushed(**LIVE), pushed(status="filled", totalProfits="-2")]),
    Case(facts=[22], promise="V3: a larger opposite order turns the position.", before=[uta()],
         ask=uta("sell", qty="0.3"), cash={"USDT": "-11.7485"}, positions={"BTCUSDT": "-0.2"},
         pushes=[told(orderStatus="live"), told(orderStatus="filled", totalProfit="-2")]),
    Case(facts=[23], promise="V2: an order says its margin mode.", ask=place(marginMode="isolated"), cash=FEE,
         positions={"BTCUSDT isolated": "0.1"}, pushes=[pushed(marginMode="isolated"), pushed(status="filled")]),
    Case(facts=[23], promise="V3: an order may say its margin mode.", ask=uta(marginMode="isolated"),
         cash={"USDT": "-653.3505"},  # the margin of 650.1 is the position's now
         positions={"BTCUSDT isolated": "0.1"}, pushes=[told(marginMode="isolated"), told(orderStatus="filled")]),
    Case(facts=[23], promise="V3: it is crossed where it does not.", ask=uta(), cash=FEE, positions=HELD,
         pushes=[told(marginMode="crossed"), told(orderStatus="filled")]),
)  # fmt: skip
LIMITS = (
    no([24], "V2: more than the money reaches for.", place(size="20"), "40762"),
    no([24], "V3: more than the money reaches for.", uta(qty="20"), "25202"),
    no([24], "V2: more than the tier of the leverage.", place(size="51"), "40762", before=[FAR]),
    no([24], "V3: more than the tier of the leverage.", uta(qty="51"), "40762", before=[UTA_FAR]),
    no([25], "V2: one order more than a symbol may have.", place(price="60000", size="0.001"), "45118",
       before=many(200)),
    no([25], "V3: one order more than a symbol may have.", uta(price="60000", qty="0.001"), "25211",
       before=many_uta(200)),
    no([25], "V3: one order more than all futures may have.", uta(price="60000", qty="0.001"), "25567",
       before=[*many_uta(200), *many_uta(200, "ETHUSDT", "3400")]),
    no([26], "V2: a client's id of more than fifty characters.", place(clientOid="x" * 51), "40304"),
    Case(facts=[26], promise="V2: fifty are allowed.", ask=place(price="60000", clientOid="x-1" + "y" * 47),
         frozen=FROZEN, pushes=lives(clientOid="x-1" + "y" * 47)),
    no([26], "V3: a client's id of more than 32 characters.", uta(clientOid="x" * 33), "25200"),
    no([26], "V3: a client's id with another letter.", uta(clientOid="a+b"), "25200"),
    Case(facts=[26], promise="V3: letters, digits and some signs are allowed.",
         ask=uta(price="60000", clientOid="a.b:/c_-1"), frozen=FROZEN, pushes=uta_lives(clientOid="a.b:/c_-1")),
    no([27], "V2: the id of an open order.", place(price="60000", clientOid="twice"), "45034",
       before=[place(price="60000", clientOid="twice")]),
    no([27], "V3: the id of an open order.", uta(price="60000", clientOid="twice"), "25212",
       before=[uta(price="60000", clientOid="twice")]),
    Case(facts=[28], promise="V2: the id of an order that has ended.", before=[place(clientOid="again")],
         ask=place(price="60000", clientOid="again"), frozen=FROZEN, pushes=lives(clientOid="again")),
    Case(facts=[28], promise="V3: the id of an order that has ended.", before=[uta(clientOid="again")],
         ask=uta(price="60000", clientOid="again"), frozen=FROZEN, pushes=uta_lives(clientOid="again")),
)  # fmt: skip
OWN, UTA_OWN = place("sell", price="65005", clientOid="own"), uta("sell", price="65005", clientOid="own")
SELF_TRADES = (
    Case(facts=[29], promise="V2: without a word orders of one account trade with each other.", before=[OWN],
         ask=place(price="65005"), cash={"USDT": "-4.55035"}, frozen={"USDT": "0"}, positions={},
         pushes=[pushed(**LIVE), pushed(clientOid="own", status="filled"), pushed(status="filled", stpMode="none")]),
    Case(facts=[29, 83], promise="V2: `cancel_taker` ends the new one.", before=[OWN],
         ask=place(price="65005", stpMode="cancel_taker"),
         pushes=[pushed(**LIVE), pushed(status="canceled", cancelReason="stp_cancel", stpMode="cancel_taker")]),
    Case(facts=[29], promise="V2: `cancel_maker` ends the one that waits.", before=[OWN],
         ask=place(price="65005", stpMode="cancel_maker"), frozen={"USDT": "653.30025"},
         pushes=[pushed(**LIVE), pushed(clientOid="own", status="canceled", cancelReason="stp_cancel")]),
    Case(facts=[29], promise="V2: `cancel_both` ends both.", before=[OWN],
         ask=place(price="65005", stpMode="cancel_both"), frozen={"USDT": "0"},
         pushes=[pushed(**LIVE), pushed(clientOid="own", status="canceled"), pushed(status="canceled")]),
    Case(facts=[29], promise="V3: without a word orders of one account trade with each other.", before=[UTA_OWN],
         ask=uta(price="65005"), cash={"USDT": "-4.55035"}, frozen={"USDT": "0"}, positions={},
         pushes=[told(orderStatus="live"), told(clientOid="own", orderStatus="filled"), told(orderStatus="filled")]),
    Case(facts=[29], promise="V3: `cancel_taker` ends the new one.", before=[UTA_OWN],
         ask=uta(price="65005", stpMode="cancel_taker"),
         pushes=[told(orderStatus="live"), told(orderStatus="cancelled", cancelReason="stp_cancel")]),
)  # fmt: skip
STATES = (
    no([31], "V2: nothing is opened where positions may be closed only.", place(), "45119",
       before=[Change(SWAP, {"state": "limit_open"})]),
    Case(facts=[31], promise="V2: closing is allowed there.", before=[place(), Change(SWAP, {"state": "limit_open"})],
         ask=place("sell", reduceOnly="YES"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[pushed(**LIVE), pushed(status="filled")]),
    no([31], "V2: nothing is ordered under maintenance.", place(), "40844",
       before=[Change(SWAP, {"state": "suspend"})]),
    no([31], "V2: nor on what has gone.", place(), "40845", before=[Change(SWAP, {"state": "expired"})]),
    no([31], "V2: nor where the API may not.", place(), "22004", before=[Change(SWAP, {"state": "restrictedAPI"})]),
    no([31], "V3: nor where the API may not.", uta(), "25013", before=[Change(SWAP, {"state": "restrictedAPI"})]),
    no([31], "V3: nothing is opened where positions may be closed only.", uta(), "25105",
       before=[Change(SWAP, {"state": "limit_open"})]),
    no([31], "V3: nothing is ordered under maintenance.", uta(), "25102", before=[Change(SWAP, {"state": "suspend"})]),
    no([31], "V3: nor on what has gone.", uta(), "25104", before=[Change(SWAP, {"state": "expired"})]),
)  # fmt: skip
GOOD = {"side": "buy", "orderType": "limit", "price": "60000", "size": "0.1", "clientOid": "good"}
BATCHES = (
    Case(facts=[32], promise="V2: a batch succeeds as a whole; its rows stand in two lists.",
         ask=mix("batch-place-order", marginMode="crossed", orderList=[GOOD, {**GOOD, "size": "20", "clientOid": "b"}]),
         frozen=FROZEN, pushes=lives(clientOid="good")),
    no([32], "V2: a batch has fifty at most.", mix("batch-place-order", marginMode="crossed", orderList=[GOOD] * 51),
       "40306"),
    Case(facts=[32], promise="V3: each row of a batch has a code.",
         ask=Ask("POST", "v3/trade/place-batch", [UTA_LIMIT.body, {**UTA_LIMIT.body, "qty": "20"}]),
         rows=[{"code": "00000"}, {"code": "25202"}], frozen=FROZEN, pushes=uta_lives()),
    no([32], "V3: a batch has twenty at most.", Ask("POST", "v3/trade/place-batch", [UTA_LIMIT.body] * 21), "25241"),
)  # fmt: skip

CASES = (*REQUIRED, *SIZES, *TYPES, *MODES, *LIMITS, *SELF_TRADES, *STATES, *BATCHES)

UNCERTAIN = {
    9: "the price that the ratios are counted from is not documented; here it is the venue's price band",
    10: "V2 tells of a refusal, and of a rest that is cancelled: here the rest is (`slippage_cancel`, as V3 says)",
    13: "V2's page and a live order name the side of the position, as here; another page names that of the order",
    20: "40774 was seen live and is in no list; that an order without `tradeSide` in hedge mode gets it is inferred",
    21: "that `reduceOnly` is ignored in hedge mode is inferred: it is said to be for one-way mode only",
    22: "that a larger opposite order turns the position is told by one source",
    28: "that V2 takes the id of an order that has ended is told by one source; V3 says so since 2025-10-09",
}
LEFT_OUT = {
    30: "there is no control of the risk of an opening beyond margin and tiers (45121, 40826)",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_placing_orders(case: Case, exchange: PaperExchange) -> None:
    """What is taken, what is refused, and with which code."""
    check(case, exchange)
