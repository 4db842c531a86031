"""Modes, leverage, margin, liquidation and funding of an account (facts 61 to 76)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.bitget.rest_client import BitgetRest
from tests.paper.bitget_rules.forms import (
    BTC,
    HEDGE,
    SWAP,
    USDT,
    UTA,
    UTA_BTC,
    UTA_HEDGE,
    get,
    no,
    place,
    post,
    told,
    uta,
)
from tests.paper.bitget_rules.scene import BitgetStage, V2Scene, V3Scene, check
from tests.paper.rules.case import Ask, Case, Move, Push, Wait, keeps
from tests.paper.rules.stage import quiet_exchange

ISOLATED = post("v2/mix/account/set-margin-mode", **BTC, marginMode="isolated")
TO_FUNDING = Wait(4 * 3600)


def lever(leverage: str = "", **args: str) -> Ask:
    """The leverage of V2 on BTCUSDT."""
    return post("v2/mix/account/set-leverage", **BTC, **({"leverage": leverage} if leverage else {}), **args)


def uta_lever(leverage: str = "", **args: str) -> Ask:
    """The leverage of V3 on BTCUSDT."""
    return post("v3/account/set-leverage", **UTA_BTC, **({"leverage": leverage} if leverage else {}), **args)


def account() -> Ask:
    """The leverage and modes of V2 on BTCUSDT."""
    return get("v2/mix/account/account", **BTC)


POSITIONS, UTA_POSITIONS = get("v2/mix/position/all-position", **USDT), get("v3/position/current-position", **UTA)
SETTINGS = (
    no([61], "V2: the position mode is not changed while there is a position.", HEDGE, "40920", before=[place()]),
    no([61], "V2: nor while there is an order.", HEDGE, "40920", before=[place(price="60000")]),
    no([61], "V3: the position mode is not changed while there is a position.", UTA_HEDGE, "25570", before=[uta()]),
    no([61], "V3: nor while there is an order.", UTA_HEDGE, "25570", before=[uta(price="60000")]),
    no([62], "V2: the margin mode is not changed while there is a position.", ISOLATED, "45117", before=[place()]),
    no([62], "V2: nor while there is an order.", ISOLATED, "45117", before=[place(price="60000")]),
    no([63], "V2: the leverage is not changed while there is an order.", lever("20"), "45097",
       before=[place(price="60000")]),
    no([64], "V2: the margin does not reach for a lower leverage.", lever("1"), "40893",
       before=[lever("100"), place(size="1"), place(size="1")]),
    no([64], "V2: more than the contract has.", lever("101"), "45045"),
    Case(facts=[64], promise="V2: the leverage that it has.", ask=lever("10"), row={"crossMarginLeverage": "10"}),
    no([64], "V3: the margin does not reach for a lower leverage.", uta_lever("1"), "25228",
       before=[uta_lever("100"), uta(qty="1"), uta(qty="1")]),
    no([64], "V3: more than the contract has.", uta_lever("101"), "25223"),
    Case(facts=[65], promise="V2: isolated, each side has a leverage of its own in hedge mode.",
         before=[HEDGE, ISOLATED], ask=lever(longLeverage="5", shortLeverage="7"),
         row={"longLeverage": "5", "shortLeverage": "7"},
         reads=[(account(), [{"isolatedLongLever": 5, "isolatedShortLever": 7, "crossedMarginLeverage": 10}])]),
    Case(facts=[65], promise="V2: or one of them is named.", before=[HEDGE, ISOLATED],
         ask=lever("5", holdSide="long"), row={"longLeverage": "5", "shortLeverage": "10"}),
    Case(facts=[65], promise="V2: crossed, there is one.", ask=lever("20"), row={"crossMarginLeverage": "20"}),
    Case(facts=[65], promise="V3: isolated, each side has a leverage of its own in hedge mode.", before=[UTA_HEDGE],
         ask=uta_lever(marginMode="isolated", longLeverage="5", shortLeverage="7"),
         after=[uta(posSide="long", marginMode="isolated")], cash={"USDT": "-1303.4505"},
         positions={"BTCUSDT long isolated": "0.1"}, reads=[(UTA_POSITIONS, [{"leverage": "5"}])],
         pushes=[told(leverage="5", marginMode="isolated"), told(orderStatus="filled")]),
    Case(facts=[66], promise="V2: margin is added to an isolated position.", before=[place(marginMode="isolated")],
         ask=post("v2/mix/account/set-margin", **BTC, holdSide="long", amount="10"),
         reads=[(POSITIONS, [{"marginSize": "660.1"}])]),
    no([66], "V2: not to a crossed one.", post("v2/mix/account/set-margin", **BTC, holdSide="long", amount="10"),
       "40875", before=[place()]),
    no([66], "V2: nor where there is none.", post("v2/mix/account/set-margin", **BTC, holdSide="long", amount="10"),
       "43043"),
    no([66], "V2: margin is not added by itself in crossed mode.",
       post("v2/mix/account/set-auto-margin", **BTC, holdSide="long", autoMargin="on"), "22011"),
    Case(facts=[66], promise="V3: margin is added to an isolated position.", before=[uta(marginMode="isolated")],
         ask=post("v3/account/set-margin", **UTA_BTC, posSide="long", operation="add", amount="10"),
         cash={"USDT": "-10"}, reads=[(UTA_POSITIONS, [{"positionBalance": "660.1"}])]),
)  # fmt: skip
MARGIN = (
    Case(facts=[72], promise="V2: without a price of liquidation it is empty.", before=[place()], ask=POSITIONS,
         row={"liquidationPrice": ""}, after=[place()], cash={"USDT": "-3.2505"}, positions={"BTCUSDT": "0.2"},
         channels=[], pushes=[Push("positions", {"total": "0.2", "liquidationPrice": ""})]),
    Case(facts=[72], promise="V3: without a price of liquidation it is zero.", before=[uta()], ask=UTA_POSITIONS,
         row={"liquidationPrice": "0"}, after=[uta()], cash={"USDT": "-3.2505"}, positions={"BTCUSDT": "0.2"},
         channels=[], pushes=[Push("position", {"size": "0.2", "liqPrice": "0"})]),
    Case(facts=[75], promise="V2: a position's profit is told without fees.", before=[place()],
         ask=place("sell", size="0.05"), cash={"USDT": "-2.62475"}, positions={"BTCUSDT": "0.05"}, channels=[],
         reads=[(POSITIONS, [{"achievedProfits": "-1"}])]),
    Case(facts=[75], promise="V3: a position's profit is told without fees.", before=[uta()],
         ask=uta("sell", qty="0.05"), cash={"USDT": "-2.62475"}, positions={"BTCUSDT": "0.05"}, channels=[],
         reads=[(UTA_POSITIONS, [{"curRealisedPnl": "-1"}])]),
)  # fmt: skip

CASES = (*SETTINGS, *MARGIN)

UNCERTAIN = {
    61: "V2 is as its page has it; which code V3 has for an order, and which for a position, is inferred (25570)",
    64: "the codes 40814 and 45054 refuse the leverage there is; here it is taken, as freqtrade sets it for each order",
    69: "an isolated position goes when margin and profit are at the maintenance margin; the formula is a picture",
    70: "a crossed position goes when the equity is below the maintenance of all; here both sides of a hedge count",
    75: "V2 is as its page has it; whether V3's `curRealisedPnl` has fees in it is not told: here it has not",
}
LEFT_OUT = {
    67: "one coin does not stand for another (`assetMode` `union`, 45099, 45100), and the account has no other modes",
    68: "the tiers are the venue's own, and the tier of the whole position counts for all of it, not part by part",
    71: "orders go and the rest is sold in steps of two tiers, as told; longs are not set off against shorts before",
    73: "`adl-noti` and `adl-notification` are pushed when a test says so, but nothing is taken from positions",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_account(case: Case, exchange: PaperExchange) -> None:
    """What may be set, and when."""
    check(case, exchange)


@pytest.fixture
def own_exchange() -> Iterator[PaperExchange]:
    """A quiet exchange whose time may run hours ahead."""
    with quiet_exchange() as paper:
        yield paper


@keeps(74)
@pytest.mark.parametrize(("scene_of", "buy", "bills", "kind", "read", "name"), [
    (V2Scene, place(), get("v2/mix/account/bill", **USDT, businessType="contract_settle_fee"), "businessType",
     POSITIONS, "totalFee"),
    (V3Scene, uta(), get("v3/account/financial-records", **UTA, type="CONTRACT_MAIN_SETTLE_FEE_USER_OUT"), "type",
     UTA_POSITIONS, "totalFunding"),
])  # fmt: skip
def test_funding(
    scene_of: type[BitgetStage], buy: Ask, bills: Ask, kind: str, read: Ask, name: str, own_exchange: PaperExchange
) -> None:
    """At a rate above zero a long pays: a bill with a minus, the sum in its position."""
    with scene_of(own_exchange) as scene:
        scene.send(buy)
        assert scene.send(bills).rows == ()
        assert scene.send(read).rows[0][name] in ("", "0")
        before = scene.money()["USDT"][0]
        TO_FUNDING.play(scene)
        (bill,) = scene.send(bills).rows
        (position,) = scene.send(read).rows
        paid = Decimal(bill["amount"])
        assert bill[kind] == bills.body.get(kind)
        assert paid < 0
        assert (scene.money()["USDT"][0] - before, Decimal(position[name])) == (paid, paid)


@keeps(69, 70)
@pytest.mark.parametrize("mode", ["isolated", "crossed"])
@pytest.mark.parametrize("scene_of", [V2Scene, V3Scene])
def test_liquidation(scene_of: type[BitgetStage], mode: str, own_exchange: PaperExchange) -> None:
    """What is under water is sold by the exchange, which says so; orders go before."""
    is_v2 = scene_of is V2Scene
    far = [ISOLATED, lever("100")] if is_v2 and mode == "isolated" else [lever("100")]
    size = "0.1" if mode == "isolated" else "50"
    steps = [*far, place(size=size, marginMode=mode)]
    if not is_v2:
        steps = [uta_lever("100", marginMode=mode), uta(qty=size, marginMode=mode)]
    with scene_of(own_exchange) as scene:
        assert [scene.send(step).code for step in steps] == ["0"] * len(steps)
        scene.pushes()
        Move(SWAP, "63000").play(scene)
        last = [push.fields for push in scene.pushes()][-1]
        assert (last["side"], last.get("status") or last["orderStatus"]) == ("sell", "filled")
        if is_v2:
            assert (last["enterPointSource"], last["tradeSide"]) == ("SYS", "burst_sell_single")
        assert scene.positions() == {}


@keeps(76)
def test_each_kind_of_account_has_its_api(exchange: PaperExchange) -> None:
    """The other one refuses its key."""
    with BitgetRest(exchange, "carol") as unified, BitgetRest(exchange, "alice") as classic:
        assert unified.no("v2/mix/account/accounts", productType="USDT-FUTURES") == "40085"
        assert classic.no("v3/account/assets") == "40084"
