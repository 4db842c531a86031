"""The life of an order, what is pushed of it, fees, and who may ask how often (facts 77 to 90)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from okx_sync.paper.bitget.account_settings import UNIFIED, settings_of
from tests.paper.bitget.rest_client import BitgetRest
from tests.paper.bitget_rules.forms import (
    BTC,
    HEDGE,
    LONG,
    SWAP,
    USDT,
    UTA,
    UTA_BTC,
    get,
    mix,
    no,
    place,
    post,
    pushed,
    told,
    trade,
    uta,
)
from tests.paper.bitget_rules.scene import BitgetStage, V2Scene, V3Scene, check
from tests.paper.bitget_rules.test_account import ISOLATED, lever
from tests.paper.rules.case import Ask, Case, Fill, Move, Push, Wait, keeps
from tests.paper.rules.stage import quiet_exchange

OPEN, UTA_OPEN = place(price="60000", clientOid="old"), uta(price="60000", clientOid="old")
FROZEN: dict[str, Any] = {"USDT": "603"}
FEE: dict[str, Any] = {"USDT": "-3.2505"}
HELD: dict[str, Any] = {"BTCUSDT": "0.1"}
#: A second more than a request may be old.
LATE = str(1_763_726_400_000 - 3_600_000)


def at(ask: Ask, **headers: str) -> Ask:
    """A request with other headers."""
    return Ask(ask.method, ask.path, ask.body, headers=headers)


LIFE = (
    Case(facts=[77], promise="V2: live, partially filled, filled.", before=[OPEN],
         ask=mix("modify-order", clientOid="old", newClientOid="new", newPrice="61000", newSize="0.1"),
         after=[Fill("new", "5"), Fill("new")], cash={"USDT": "-1.22"}, frozen={"USDT": "0"}, positions=HELD,
         pushes=[pushed(status="canceled"), pushed(status="live"), pushed(status="partially_filled"),
                 pushed(status="filled")]),
    Case(facts=[77], promise="V3: live, new, partially filled, filled.", ask=UTA_OPEN,
         after=[Fill("old", "5"), Fill("old")], cash={"USDT": "-1.2"}, positions=HELD,
         pushes=[told(orderStatus=state) for state in ("live", "new", "partially_filled", "filled")]),
    Case(facts=[77], promise="V3: cancelled has two l.", before=[UTA_OPEN], ask=trade("cancel-order", clientOid="old"),
         frozen={"USDT": "0"}, pushes=[told(orderStatus="cancelled")]),
    Case(facts=[82], promise="V2: a fee that was paid is negative.", ask=place(), cash=FEE, positions=HELD,
         pushes=[pushed(status="live"), pushed(status="filled", feeDetail=[{"feeCoin": "USDT", "fee": "-3.2505"}]),
                 Push("fill", {"feeDetail": [{"feeCoin": "USDT", "deduction": "no", "totalDeductionFee": "0",
                                              "totalFee": "-3.2505"}]})]),
    Case(facts=[82], promise="V3: a fee that was paid is positive.", ask=uta(), cash=FEE, positions=HELD,
         pushes=[told(orderStatus="live"), told(orderStatus="filled", feeDetail=[{"feeCoin": "USDT", "fee": "3.2505"}]),
                 Push("fill", {"feeDetail": [{"feeCoin": "USDT", "fee": "3.2505"}]})]),
    Case(facts=[84], promise="V2: an order says where it came from.", ask=OPEN, frozen=FROZEN,
         pushes=[pushed(enterPointSource="API")]),
)  # fmt: skip
PUSHES = (
    Case(facts=[81], promise="V2: in hedge mode a fill has the side of the trade, its order that of the position.",
         before=[HEDGE, LONG], ask=place(tradeSide="close"), cash={"USDT": "-5.2495"}, positions={},
         pushes=[pushed(side="buy", status="live"), pushed(side="buy", status="filled"),
                 Push("fill", {"side": "sell", "tradeSide": "close"})]),
    Case(facts=[81], promise="V2: a push for each fill.", ask=place(size="1.5"), cash={"USDT": "-48.76"},
         positions={"BTCUSDT": "1.5"}, channels=[],
         pushes=[Push("fill", {"baseVolume": "1", "price": "65010"}), Push("fill", {"baseVolume": "0.5"})]),
    Case(facts=[81], promise="V3: a push for each fill.", ask=uta(qty="1.5"), cash={"USDT": "-48.76"},
         positions={"BTCUSDT": "1.5"}, channels=[],
         pushes=[Push("fill", {"execQty": "1", "execPrice": "65010"}), Push("fill", {"execQty": "0.5"})]),
    Case(facts=[79], promise="V2: all positions are told after an order has come.", before=[place()], ask=OPEN,
         frozen=FROZEN, channels=[], pushes=[Push("positions", {"instId": "BTCUSDT", "total": "0.1"})]),
    Case(facts=[79], promise="V2: and after it was canceled.", before=[place(), OPEN],
         ask=mix("cancel-order", clientOid="old"), frozen={"USDT": "0"}, channels=[],
         pushes=[Push("positions", {"total": "0.1"})]),
    Case(facts=[79], promise="V2: one that is closed is not in the list any more.", before=[place()],
         ask=mix("close-positions"), cash={"USDT": "-5.2495"}, positions={}, channels=["positions"], pushes=[]),
    Case(facts=[79], promise="V3: an order changes nothing of positions.", before=[uta()], ask=UTA_OPEN,
         frozen=FROZEN, channels=["position"], pushes=[]),
    Case(facts=[79], promise="V3: one that is closed is told once more.", before=[uta()],
         ask=trade("close-positions", **UTA), cash={"USDT": "-5.2495"}, positions={}, channels=[],
         pushes=[Push("position", {"size": "0", "positionStatus": "ended"})]),
    Case(facts=[80], promise="V2: money is told after a fill.", ask=place(), cash=FEE, positions=HELD, channels=[],
         pushes=[Push("account", {"marginCoin": "USDT"})]),
    Case(facts=[80], promise="V2: not when an order ties some of it up.", ask=OPEN, frozen=FROZEN,
         channels=["account"], pushes=[]),
    Case(facts=[80], promise="V3: money is told after a fill.", ask=uta(), cash=FEE, positions=HELD, channels=[],
         pushes=[Push("account", {"bonus": "0"})]),
    Case(facts=[80], promise="V3: and every five seconds.", ask=get("v3/account/assets"), after=[Wait(5)], channels=[],
         pushes=[Push("account", {"bonus": "0"})]),
)  # fmt: skip
READ, UTA_READ = get("v2/mix/order/orders-pending", **USDT), get("v3/trade/unfilled-orders")
ACCESS = (
    *(no([85], f"{name}: a request is half a minute old at most.", at(ask, timestamp=LATE), "40008")
      for name, ask in (("V2", READ), ("V3", UTA_READ))),
    *(no([88], f"{name}: {what}.", at(ask, **headers), code)
      for name, ask in (("V2", READ), ("V3", UTA_READ))
      for what, headers, code in (
          ("an unknown key", {"ACCESS-KEY": "nobody"}, "40037"),
          ("a wrong signature", {"ACCESS-SIGN": "x"}, "40009"),
          ("a wrong passphrase", {"ACCESS-PASSPHRASE": "x"}, "40012"),
      )),
    no([89], "V2: an unknown symbol.", place(symbol="NOPEUSDT"), "40034"),
    no([89], "V3: an unknown symbol.", uta(symbol="NOPEUSDT"), "25100"),
)  # fmt: skip

CASES = (*LIFE, *PUSHES, *ACCESS)

UNCERTAIN = {
    79: "V2 is as its page has it; V3's change log says that orders push no positions, as here, its page that they do",
    88: "an unknown key got 40037 live, as here, the lists have 40006; nobody's address is looked at (40018)",
}
LEFT_OUT = {
    90: "nothing is settled or delivered here, so that trading is never suspended for it (45043, 25106)",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_life_and_pushes(case: Case, exchange: PaperExchange) -> None:
    """What is told of an order, a fill, a position and money, and to whom."""
    check(case, exchange)


@keeps(78)
@pytest.mark.parametrize(("scene_of", "order"), [(V2Scene, OPEN), (V3Scene, UTA_OPEN)])
def test_orders_have_no_snapshot(scene_of: type[BitgetStage], order: Ask, exchange: PaperExchange) -> None:
    """Who subscribes hears of what happens then, not of what is open."""
    with scene_of(exchange, []) as scene:
        scene.send(order)
        with scene.connect() as late:
            late.ask("subscribe", scene.argument(scene.orders_channel))
            late.until_event("subscribe")
            exchange.clock.advance(0.1)
            assert late.pushes() == []
            exchange.fill("old")
            assert [row.get("status") or row["orderStatus"] for row in late.pushes()[0]["data"]] == ["filled"]


@keeps(84)
def test_the_exchange_closes_by_itself(exchange: PaperExchange) -> None:
    """An order of a liquidation comes from the system."""
    with V2Scene(exchange) as scene:
        for ask in (ISOLATED, lever("100"), place(marginMode="isolated")):
            assert scene.send(ask).code == "0"
        Move(SWAP, "64000").play(scene)
        last = scene.pushes()[-1].fields
        assert (last["enterPointSource"], last["tradeSide"], last["status"]) == ("SYS", "burst_sell_single", "filled")


@keeps(87)
@pytest.mark.parametrize(("scene_of", "order", "look"), [
    (V2Scene, OPEN, get("v2/mix/order/detail", symbol="BTCUSDT", **USDT, clientOid="old")),
    (V3Scene, UTA_OPEN, get("v3/trade/order-info", clientOid="old")),
])  # fmt: skip
def test_an_outcome_that_is_unknown(
    scene_of: type[BitgetStage], order: Ask, look: Ask, exchange: PaperExchange
) -> None:
    """An order whose answer says nothing is looked up by the client's id: it may be there."""
    with scene_of(exchange) as scene:
        exchange.faults.lose_reply(f"/api/{order.path}")
        with pytest.raises(ConnectionError):
            scene.send(order)
        assert Decimal(scene.send(look).rows[0]["price"]) == 60000


@keeps(88)
def test_a_key_that_may_only_read(exchange: PaperExchange) -> None:
    """It may not order, on either API."""
    for name, code, ask in (("v2reader", "40014", OPEN), ("v3reader", "25620", UTA_OPEN)):
        keys = (f"paper-{name}-key", f"paper-{name}-secret", f"paper-{name}-pass")
        account = exchange.venue.add_account(*keys, label=name, permissions=("read",))
        if name == "v3reader":
            settings_of(account).kind = UNIFIED
        with BitgetRest(exchange, name) as client:
            assert client.no(ask.path, ask.body) == code


@pytest.fixture
def strict() -> Iterator[PaperExchange]:
    """A quiet exchange that enforces its limits; its clock stands still."""
    with quiet_exchange(limits=True) as paper:
        yield paper


#: How often in a second each may be asked.
RATES = (
    (V2Scene, place(size=None), 10),
    (V2Scene, mix("modify-order"), 10),
    (V2Scene, mix("cancel-order"), 10),
    (V2Scene, mix("batch-place-order"), 5),
    (V2Scene, post("v2/mix/account/set-leverage", **BTC), 5),
    (V2Scene, post("v2/mix/account/set-position-mode", **USDT), 5),
    (V2Scene, mix("close-positions"), 1),
    (V3Scene, uta(qty=None), 10),
    (V3Scene, trade("modify-order"), 10),
    (V3Scene, trade("cancel-order"), 10),
    (V3Scene, post("v3/account/set-leverage", **UTA_BTC), 10),
    (V3Scene, post("v3/account/set-hold-mode"), 10),
    (V3Scene, Ask("POST", "v3/trade/place-batch", []), 5),
    (V3Scene, trade("cancel-symbol-order"), 5),
    (V3Scene, trade("close-positions", **UTA), 5),
)


@keeps(86)
@pytest.mark.parametrize("scene_of", [V2Scene, V3Scene])
def test_rates(scene_of: type[BitgetStage], strict: PaperExchange) -> None:
    """One more in a second than may be is refused with 429, whatever it asks for."""
    with scene_of(strict, []) as scene:
        for of, ask, most in RATES:
            if of is scene_of:
                codes = [scene.send(ask).code for _ in range(most + 1)]
                assert "429" not in codes[:-1], ask
                assert codes[-1] == "429", ask
