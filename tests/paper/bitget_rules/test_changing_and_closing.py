"""Changing and cancelling orders, closing positions (facts 46 to 60)."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget_rules.forms import (
    HEDGE,
    LONG,
    UTA,
    UTA_BTC,
    UTA_HEDGE,
    UTA_LONG,
    mix,
    no,
    place,
    plans,
    post,
    pushed,
    told,
    trade,
    uta,
)
from tests.paper.bitget_rules.scene import check
from tests.paper.bitget_rules.test_stops import PRESETS, STOPS
from tests.paper.rules.case import Ask, Case, Fill, Wait

OPEN, UTA_OPEN = place(price="60000", clientOid="old"), uta(price="60000", clientOid="old")
FROZEN: dict[str, Any] = {"USDT": "603"}
NOON_MS = 1_763_726_400_000


def modify(**args: Any) -> Ask:
    """A change of V2 of the order `old`, whose successor is called `new`."""
    return mix("modify-order", **{"clientOid": "old", "newClientOid": "new", **args})


def uta_modify(**args: Any) -> Ask:
    """A change of V3 of the order `old`."""
    return trade("modify-order", **{"clientOid": "old", **args})


MOVED: dict[str, Any] = {"newPrice": "61000", "newSize": "0.1"}
BRINGS, UTA_BRINGS = place(price="60000", clientOid="old", **PRESETS), uta(price="60000", clientOid="old", **STOPS)
GONE = {"status": "canceled", "clientOid": "old", "cancelReason": "modify_limit_order"}
CHANGES = (
    Case(facts=[46, 83], promise="V2: a new price makes a new order, whose id is not told.", before=[OPEN],
         ask=modify(**MOVED), row={"orderId": None, "clientOid": "new"}, frozen={"USDT": "613.05"},
         pushes=[pushed(**GONE), pushed(status="live", clientOid="new", price="61000")]),
    no([46], "V2: price and size are needed both.", modify(newPrice="61000"), "40925", before=[OPEN]),
    no([46], "V2: the new order needs a client's id.", modify(**MOVED, newClientOid=""), "40019", before=[OPEN]),
    Case(facts=[46], promise="V3: a price alone is enough; the answer names the order.", before=[UTA_OPEN],
         ask=uta_modify(price="61000"), row={"clientOid": "old"}, frozen={"USDT": "613.05"},
         pushes=[told(orderStatus="new", price="61000", clientOid="old"), told(orderStatus="new")]),
    Case(facts=[46], promise="V3: so is a size.", before=[UTA_OPEN], ask=uta_modify(qty="0.05"),
         frozen={"USDT": "301.5"}, pushes=[told(orderStatus="new", qty="0.05")]),
    Case(facts=[47], promise="V2: a change of what it brings leaves the order as it is.", before=[BRINGS],
         ask=modify(newPresetStopSurplusPrice="71000", newPresetStopLossPrice="54000"), row={"clientOid": "old"},
         pushes=[pushed(status="live", clientOid="old", presetStopSurplusPrice="71000", presetStopLossPrice="54000")]),
    Case(facts=[47], promise="V3: a change of what it brings leaves the order as it is; zero takes a stop away.",
         before=[UTA_BRINGS], ask=uta_modify(takeProfit="0"), row={"clientOid": "old"},
         pushes=[told(orderStatus="new", takeprofit="", stoploss="55000")]),
    Case(facts=[48], promise="V2: where one of the two is named alone, the other is taken away.", before=[BRINGS],
         ask=modify(newPresetStopLossPrice="54000"),
         pushes=[pushed(status="live", presetStopSurplusPrice="", presetStopLossPrice="54000")]),
    Case(facts=[48], promise="V3: what is not named stays.", before=[UTA_BRINGS], ask=uta_modify(stopLoss="54000"),
         pushes=[told(orderStatus="new", takeprofit="70000", stoploss="54000")]),
    Case(facts=[49], promise="V2: beside a price and a size the presets are not looked at; the old ones go along.",
         before=[BRINGS], ask=modify(**MOVED, newPresetStopLossPrice="54000"), frozen={"USDT": "613.05"},
         pushes=[pushed(status="canceled"), pushed(status="live", clientOid="new", **PRESETS)]),
    no([50], "V2: a change that changes nothing.", modify(newPrice="60000", newSize="0.1"), "40923", before=[OPEN]),
    no([50], "V3: a change that changes nothing.", uta_modify(price="60000", qty="0.1"), "25571", before=[UTA_OPEN]),
    no([51], "V2: an order that was filled in part is not changed.", modify(**MOVED), "40922",
       before=[OPEN, Fill("old", "5")]),
    Case(facts=[51], promise="V3: one that was filled in part is.", before=[UTA_OPEN, Fill("old", "5")],
         ask=uta_modify(price="61000"), frozen={"USDT": "306.525"},
         pushes=[told(orderStatus="partially_filled", price="61000", cumExecQty="0.05")]),
    no([51], "V3: one that was filled wholly is not.", uta_modify(price="61000"), "25204",
       before=[UTA_OPEN, Fill("old")]),
)  # fmt: skip
CANCELS = (
    no([53], "V2: what never was cannot be cancelled.", mix("cancel-order", orderId="1"), "43001"),
    no([53], "V2: nor what has ended.", mix("cancel-order", clientOid="old"), "22001", before=[OPEN, Fill("old")]),
    no([53], "V3: what never was cannot be cancelled.", trade("cancel-order", orderId="1"), "25204"),
    no([53], "V3: nor what has ended.", trade("cancel-order", clientOid="old"), "25204",
       before=[UTA_OPEN, Fill("old")]),
    no([54], "V2: an order is cancelled once in a second.", mix("cancel-order", clientOid="old"), "45129",
       before=[OPEN, mix("cancel-order", clientOid="old")]),
    no([54], "V2: after that it has ended.", mix("cancel-order", clientOid="old"), "22001",
       before=[OPEN, mix("cancel-order", clientOid="old"), Wait(1)]),
    no([55], "V2: without an id.", mix("cancel-order"), "40924"),
    no([55], "V3: without an id.", trade("cancel-order"), "25200"),
    no([55], "V2: the exchange's id counts where both are given.", mix("cancel-order", orderId="1", clientOid="old"),
       "43001", before=[OPEN]),
    no([55], "V3: the exchange's id counts where both are given.", trade("cancel-order", orderId="1", clientOid="old"),
       "25204", before=[UTA_OPEN]),
    Case(facts=[56, 83], promise="V2: all orders of a product, but no plan orders.",
         before=[OPEN, mix("place-plan-order", planType="normal_plan", marginMode="crossed", size="0.1", side="buy",
                           triggerPrice="66000", triggerType="fill_price", orderType="market")],
         ask=post("v2/mix/order/cancel-all-orders", productType="USDT-FUTURES"), frozen={"USDT": "0"},
         pushes=[pushed(status="canceled", cancelReason="normal_cancel")],
         reads=[(plans("normal_plan"), [{"planType": "normal_plan"}])]),
    no([56], "V2: there is none.", post("v2/mix/order/cancel-all-orders", productType="USDT-FUTURES"), "22001"),
    Case(facts=[56], promise="V3: all orders of a category; each row has a code.", before=[UTA_OPEN],
         ask=trade("cancel-symbol-order", **UTA), rows=[{"code": "00000", "clientOid": "old"}], frozen={"USDT": "0"},
         pushes=[told(orderStatus="cancelled", cancelReason="normal_cancel")]),
    no([57], "V2: a request that comes later than it allows.",
       post("v2/mix/order/cancel-all-orders", productType="USDT-FUTURES", requestTime=str(NOON_MS - 60_000),
            receiveWindow="5000"), "40078", before=[OPEN]),
    no([57], "V2: a request may allow a minute at most.",
       post("v2/mix/order/cancel-all-orders", productType="USDT-FUTURES", requestTime=str(NOON_MS),
            receiveWindow="60001"), "40079", before=[OPEN]),
    no([57], "V3: an order over the stream that comes later than it allows.",
       uta(ws=True, requestTime=str(NOON_MS - 60_000), receiveWindow="10000"), "40078"),
)  # fmt: skip
BOTH = {"BTCUSDT long": "0.1", "BTCUSDT short": "-0.1"}
CLOSES = (
    Case(facts=[58], promise="V2: a position is closed at the market; one-way mode does not look at the side.",
         before=[place()], ask=mix("close-positions", holdSide="short"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[pushed(status="live", reduceOnly="yes"), pushed(status="filled")]),
    Case(facts=[58], promise="V2: in hedge mode one side of it, if one is named.",
         before=[HEDGE, LONG, place("sell", tradeSide="open")], ask=mix("close-positions", holdSide="long"),
         cash={"USDT": "-5.2495"}, positions={"BTCUSDT short": "-0.1"},
         pushes=[pushed(tradeSide="close", posSide="long"), pushed(status="filled")]),
    Case(facts=[58], promise="V2: all of a product without a symbol.", before=[place(), place(symbol="ETHUSDT")],
         ask=post("v2/mix/order/close-positions", productType="USDT-FUTURES"), cash={"USDT": "-5.62445"}, positions={},
         pushes=[pushed(instId="BTCUSDT"), pushed(status="filled"), pushed(instId="ETHUSDT"), pushed(status="filled")]),
    no([58], "V2: there is none.", mix("close-positions"), "22002"),
    Case(facts=[58], promise="V3: a position is closed at the market; symbol and side may be left out.",
         before=[UTA_HEDGE, UTA_LONG], ask=trade("close-positions", **UTA), cash={"USDT": "-5.2495"}, positions={},
         pushes=[told(holdSide="long", tradeSide="close"), told(orderStatus="filled")]),
    no([58], "V3: there is none.", trade("close-positions", **UTA_BTC), "25227"),
    Case(facts=[59], promise="V2: a position is turned round.", before=[place()],
         ask=mix("click-backhand", side="buy"), cash={"USDT": "-8.499"}, positions={"BTCUSDT": "-0.1"},
         pushes=[pushed(status="live"), pushed(status="filled"), pushed(status="live"), pushed(status="filled")]),
    Case(facts=[59], promise="V2: more than there is means all of it.", before=[place()],
         ask=mix("click-backhand", side="buy", size="5"), cash={"USDT": "-8.499"}, positions={"BTCUSDT": "-0.1"},
         pushes=[pushed(status="live"), pushed(status="filled"), pushed(status="live"), pushed(status="filled")]),
    no([60], "V3: the dead man's switch takes five seconds to a minute.", trade("countdown-cancel-all", countdown="4"),
       "400172"),
    Case(facts=[60], promise="V3: it cancels all orders once, unless it is set anew.", before=[UTA_OPEN],
         ask=trade("countdown-cancel-all", countdown="5"),
         after=[Wait(3), trade("countdown-cancel-all", countdown="5"), Wait(3)], pushes=[]),
    Case(facts=[60], promise="V3: when its time is over.", before=[UTA_OPEN],
         ask=trade("countdown-cancel-all", countdown="5"), after=[Wait(6), uta(price="59000")],
         frozen={"USDT": "592.95"},
         pushes=[told(orderStatus="cancelled"), told(orderStatus="live"), told(orderStatus="new")]),
    Case(facts=[60], promise="V3: zero calls it off.",
         before=[UTA_OPEN, trade("countdown-cancel-all", countdown="5")],
         ask=trade("countdown-cancel-all", countdown="0"), after=[Wait(6)], pushes=[]),
)  # fmt: skip

CASES = (*CHANGES, *CANCELS, *CLOSES)

UNCERTAIN = {
    46: "V2 is as its page has it; whether a changed order of V3 keeps its id is not told: here it does",
    48: "the text of V2's page takes the other away, as here, its table keeps it; V3 says nothing, here it stays",
    54: "V2 is as its code says; V3 has a code for a cancel that is under way (25113), which never is here",
    57: "V2 is as its page has it; V3 is said to cancel an order that comes late, here it is refused with V2's code",
}
LEFT_OUT = {
    52: "a change is carried out at once, so that there is never a second one before the answer (25114, 25572)",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_changing_and_closing(case: Case, exchange: PaperExchange) -> None:
    """What a change leaves of an order, and what ends orders and positions."""
    check(case, exchange)


def test_a_failed_change_may_cancel(exchange: PaperExchange) -> None:
    """V3: `autoCancel` yes ends the order whose change fails."""
    case = Case(
        facts=[],
        promise="",
        before=[UTA_OPEN],
        ask=uta_modify(price="90000", autoCancel="yes"),
        code="25206",
        status=400,
        frozen={"USDT": "0"},
        pushes=[told(orderStatus="cancelled", clientOid="old")],
    )
    check(case, exchange)
