"""Spot pairs on margin in futures mode (facts 25, 185, 216 and 217): what is borrowed, backed, closed and liquidated.

A position of 1 BTC at leverage 10 is opened at the market, 65010 to buy and 64990 to sell, with 65000 for a mark price.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Ask, Case, Push, keeps
from tests.paper.rules.okx_forms import SPOT, cancel, get, place, post, pushed
from tests.paper.rules.scene import Scene, check

ISOLATED, CROSS = f"{SPOT} isolated", SPOT
POSITION = get("account/positions", instId=SPOT, instType="MARGIN")
#: What must be held of what is owed: the maintenance margin of 2 %, and the fee of being liquidated.
TO_LIVE = Decimal("1.02") * Decimal("1.001")
STOP = {"slTriggerPx": "50000", "slOrdPx": "-1"}
ALGO = post("trade/order-algo", instId=SPOT, tdMode="isolated", side="sell", ordType="conditional", sz="1", **STOP)
RESTING = place(SPOT, px="60000", sz="1", tdMode="isolated")


def long(**args: Any) -> Ask:
    """Buy for 65010 USDT that are borrowed: 1 BTC."""
    return place(SPOT, **{"tdMode": "isolated", "sz": "65010", "clOrdId": "open", **args})


def short(**args: Any) -> Ask:
    """Sell 1 BTC that is borrowed."""
    return place(SPOT, "sell", **{"tdMode": "isolated", "sz": "1", "clOrdId": "open", **args})


def on_cross(ccy: str) -> dict[str, Any]:
    """The mode of a cross position, and what backs it."""
    return {"tdMode": "cross", "ccy": ccy}


def close(mode: str = "isolated", **args: Any) -> Ask:
    """Close the whole position."""
    return post("trade/close-position", instId=SPOT, mgnMode=mode, **args)


def lever(mode: str, times: str) -> Ask:
    """Set the leverage of the pair."""
    return post("account/set-leverage", instId=SPOT, mgnMode=mode, lever=times)


def of(mode: str, ccy: str = "BTC") -> list[Push]:
    """The pushes of an order on margin that fills at once."""
    shared = {"instType": "MARGIN", "instId": SPOT, "tdMode": mode, "ccy": ccy, "lever": "10"}
    return [pushed(state="live", **shared), pushed(state="filled", **shared)]


OPENED = (
    Case(
        facts=[25, 216],
        promise="A market purchase borrows the quote currency that it is sized in; its margin is coins, held too.",
        ask=long(),
        pushes=[
            *of("isolated"),
            Push(
                "positions",
                {
                    "instType": "MARGIN",
                    "pos": "1.099",
                    "posCcy": "BTC",
                    "liab": "-65010",
                    "liabCcy": "USDT",
                    "ccy": "BTC",
                    "margin": "0.1",
                    "interest": "0",
                    "avgPx": "65010",
                    "posSide": "net",
                    "imr": "",
                },
            ),
            Push("balance_and_position", {"eventType": "filled"}),
        ],
        cash={"BTC": "-0.1"},
        positions={ISOLATED: "1.099"},  # 1 less the fee of 0.001, and the margin
        reads=[
            (get("trade/fills", instType="MARGIN"), [{"fillSz": "1", "fee": "-0.001", "feeCcy": "BTC"}]),
            (get("trade/orders-history", instType="MARGIN"), [{"instType": "MARGIN", "state": "filled"}]),
            (get("trade/orders-history", instType="SPOT"), []),
            (get("account/bills", instType="MARGIN"), [{"ccy": "BTC", "balChg": "-0.1", "type": "2", "subType": "1"}]),
            (get("account/interest-accrued"), []),
            (get("account/account-position-risk", instType="MARGIN"), [{}]),
        ],
    ),
    Case(
        facts=[25, 216],
        promise="A market sale is sized in coins, which it borrows; its margin is quote currency.",
        ask=short(ccy="USDT", ws=True),
        pushes=of("isolated", "USDT"),
        cash={"USDT": "-6499"},
        positions={ISOLATED: "71424.01"},  # 64990 less a thousandth, and the margin
        reads=[(POSITION, [{"posCcy": "USDT", "liab": "-1", "liabCcy": "BTC", "ccy": "USDT", "margin": "6499"}])],
    ),
    *(
        Case(
            facts=[216],
            promise=f"A long cross position is backed by the {ccy} of the account, and holds what was bought.",
            ask=long(**on_cross(ccy)),
            pushes=of("cross", ccy),
            positions={CROSS: "0.999"},
            reads=[
                (POSITION, [{"liab": "-65010", "ccy": ccy, "imr": initial, "upl": upl, "margin": ""}]),
                (get("account/balance", ccy=ccy), [{}]),
            ],
        )
        for ccy, initial, upl in (
            ("USDT", "6501", "-75"),  # 0.999 x 65000 - 65010
            ("BTC", "0.1000153846153846", "-0.001153846153846154"),
        )
    ),
    Case(
        facts=[216],
        promise="A purchase of a cross position ties up margin while it rests, and nothing is borrowed.",
        ask=place(SPOT, px="60000", sz="1", clOrdId="rest", **on_cross("USDT")),
        pushes=[pushed(state="live", instType="MARGIN")],
        frozen={"USDT": "6000"},
        reads=[(POSITION, []), (get("trade/orders-pending", instType="MARGIN"), [{"clOrdId": "rest"}])],
    ),
    Case(
        facts=[216],
        promise="What it ties up is free again when it is canceled.",
        before=[place(SPOT, px="60000", sz="1", clOrdId="rest", tdMode="isolated")],
        ask=cancel(SPOT, clOrdId="rest"),
        pushes=[pushed(state="canceled", cancelSource="1")],
        frozen={"BTC": "0"},
    ),
    Case(
        facts=[216],
        promise="More of the same side makes the position larger, at the mean price.",
        before=[long()],
        ask=place(SPOT, tdMode="isolated", sz="65020"),
        pushes=of("isolated"),
        cash={"BTC": "-0.1"},
        positions={ISOLATED: "2.198"},
        reads=[(POSITION, [{"avgPx": "65015", "liab": "-130030", "margin": "0.2"}])],
    ),
)

REFUSED = (
    *(
        Case(facts=[216], promise=f"Not on margin: {why}.", ask=ask, code=code, before=before)
        for why, ask, code, before in (
            ("cross without a margin currency", long(tdMode="cross"), "51000", []),
            ("cross with the currency of another pair", long(tdMode="cross", ccy="ETH"), "51000", []),
            ("isolated with the wrong one", long(ccy="USDT"), "51000", []),
            ("a target currency, which only plain spot orders have", long(tgtCcy="base_ccy"), "59110", []),
            ("more than cross margin is there for", place(SPOT, px="60000", sz="17", **on_cross("USDT")), "51008", []),
            (
                "more than isolated margin is there for",
                place(SPOT, px="60000", sz="21", tdMode="isolated"),
                "51008",
                [],
            ),
            ("reduce-only without a position", short(reduceOnly=True), "51169", []),
            ("reduce-only in its direction", long(reduceOnly=True), "51170", [long()]),
            ("reduce-only above it", short(reduceOnly=True, sz="1.2"), "51112", [long(clOrdId="first")]),
            ("an algo order", ALGO, "50062", []),
            (
                "what an order brings along",
                place(
                    SPOT, px="60000", sz="1", tdMode="isolated", attachAlgoOrds=[{"slTriggerPx": "1", "slOrdPx": "-1"}]
                ),
                "50062",
                [],
            ),
        )
    ),
)

CLOSED = (
    Case(
        facts=[216],
        promise="A reduce-only sale gives back what is owed, and leaves the rest of the position as it is.",
        before=[long()],
        ask=short(reduceOnly=True, sz="0.5", clOrdId="half"),
        pushes=[
            pushed(state="live", reduceOnly="true"),
            pushed(state="filled", pnl="-10", fee="-32.495"),
            Push("positions", {"pos": "0.599", "liab": "-32547.495"}),
        ],
        positions={ISOLATED: "0.599"},
        reads=[
            (
                get("account/positions-history", instType="MARGIN"),
                [
                    {
                        "type": "1",
                        "direction": "long",
                        "closeTotalPos": "0.5",
                        "closeAvgPx": "64990",
                        "openAvgPx": "65010",
                    }
                ],
            )
        ],
    ),
    Case(
        facts=[216],
        promise="A position is closed by no more than gives back what it owes; what is left of it is the account's.",
        before=[long()],
        ask=close(clOrdId="out", tag="t"),
        row={"instId": SPOT, "posSide": "net", "clOrdId": "out", "tag": "t"},
        pushes=[
            pushed(state="live", ordType="market", side="sell", px=""),
            pushed(state="partially_filled", fillSz="1"),
            pushed(state="filled", fillPx="64980"),
            Push("positions", {"pos": "0", "liab": ""}),
        ],
        cash={"BTC": "0.09769074", "USDT": "0.0006390852"},  # 1.099 less what 65010 USDT and the fee were sold for
        positions={},
        reads=[
            (POSITION, [{"pos": "0"}]),
            (get("account/positions-history"), [{"instType": "MARGIN", "type": "2", "openMaxPos": "1", "ccy": "BTC"}]),
        ],
    ),
    Case(
        facts=[216],
        promise="A short cross position buys back what it owes, with the account's money where its own does not reach.",
        before=[short(**on_cross("USDT"))],
        ask=close("cross", ccy="USDT"),
        pushes=[pushed(state="live"), pushed(fillSz="1", pnl="-20"), pushed(state="filled", fillPx="65020")],
        cash={"USDT": "-150.0756702", "BTC": "0.00000000899"},
        positions={},
    ),
    Case(
        facts=[216],
        promise="An order of the other side that is larger closes the position and opens the reverse.",
        before=[place(SPOT, sz="6501", **on_cross("USDT"))],
        ask=place(SPOT, "sell", sz="0.3", **on_cross("USDT")),
        pushes=[pushed(state="live"), pushed(state="filled", pnl="-1.998")],
        cash={"USDT": "-14.991501"},  # 0.0999 x 64990 less a thousandth, of 6501 owed
        positions={CROSS: "12991.494501"},
        reads=[(POSITION, [{"posCcy": "USDT", "liab": "-0.2001", "avgPx": "64990"}])],
    ),
    *(
        Case(facts=[216], promise=f"Not closed: {why}.", before=before, ask=ask, code=code, status=status)
        for why, before, ask, code, status in (
            ("nothing is open", [], close(), "51023", 200),
            ("the margin currency is not said", [], close("cross"), "50014", 400),
            (
                "an order waits to close it",
                [long(), place(SPOT, "sell", px="70000", sz="0.1", tdMode="isolated", reduceOnly=True)],
                close(),
                "51115",
                429,
            ),
        )
    ),
)

SETTINGS = (
    Case(
        facts=[185],
        promise="Leverage of a pair is set for a margin mode, and what is opened then has it.",
        before=[lever("isolated", "5")],
        ask=long(),
        pushes=[pushed(lever="5"), pushed(lever="5")],
        cash={"BTC": "-0.2"},
        positions={ISOLATED: "1.199"},
        reads=[(get("account/leverage-info", instId=SPOT, mgnMode="isolated"), [{"lever": "5"}])],
    ),
    Case(
        facts=[185],
        promise="Lowered, it takes margin for an isolated position.",
        before=[long()],
        ask=lever("isolated", "5"),
        pushes=[
            Push("positions", {"lever": "5", "margin": "0.2000307692307692"}),
            Push("balance_and_position", {"eventType": "set_leverage"}),
        ],
        cash={"BTC": "-0.1000307692307692"},
        positions={ISOLATED: "1.1990307692307692"},
    ),
    *(
        Case(facts=[185], promise=f"Not that leverage: {why}.", before=before, ask=ask, code=code, status=status)
        for why, before, ask, code, status in (
            ("more than the pair has", [], lever("cross", "11"), "59102", 200),
            ("less than one", [], lever("cross", "0.5"), "59105", 400),
            (
                "the money is not there",
                [place(SPOT, sz="390000", **on_cross("USDT"))],
                lever("cross", "1"),
                "59108",
                200,
            ),
            (
                "an order waits",
                [place(SPOT, px="60000", sz="1", tdMode="isolated")],
                lever("isolated", "2"),
                "59101",
                200,
            ),
        )
    ),
    Case(
        facts=[216],
        promise="Margin is added to an isolated position by hand.",
        before=[long()],
        ask=post("account/position/margin-balance", instId=SPOT, posSide="net", type="add", amt="0.1"),
        row={"ccy": "BTC", "amt": "0.1", "type": "add", "leverage": "5.000769230769231"},
        pushes=[Push("balance_and_position", {"eventType": "adjust_margin"})],
        cash={"BTC": "-0.1"},
        positions={ISOLATED: "1.199"},
        reads=[(get("account/bills", type="6"), [{"subType": "160", "instType": "MARGIN", "posBalChg": "0.1"}])],
    ),
    Case(
        facts=[216],
        promise="Margin that the leverage asks for cannot be taken out.",
        before=[long()],
        ask=post("account/position/margin-balance", instId=SPOT, posSide="net", type="reduce", amt="0.01"),
        code="59301",
    ),
    *(
        Case(facts=[216], promise=f"{path} {query}.", before=before, ask=get(path, instId=SPOT, **query), row=row)
        for path, query, before, row in (
            ("account/max-size", on_cross("USDT"), [], {"maxBuy": "15.38461538", "maxSell": "15.38461538"}),
            ("account/max-size", {"tdMode": "isolated"}, [], {"maxBuy": "20", "maxSell": "999999.9997"}),
            ("account/max-avail-size", on_cross("BTC"), [], {"availBuy": "2", "availSell": "2"}),
            ("account/max-avail-size", {"tdMode": "isolated"}, [], {"availBuy": "100000", "availSell": "2"}),
            (
                "account/max-avail-size",
                {"tdMode": "isolated", "reduceOnly": "true"},
                [long()],
                {"availBuy": "0", "availSell": "1.099"},
            ),
            (
                "account/max-loan",
                {"mgnMode": "cross", "mgnCcy": "BTC"},
                [],
                {"ccy": "BTC", "side": "sell", "maxLoan": "20"},
            ),
        )
    ),
)


CASES = (*OPENED, *REFUSED, *CLOSED, *SETTINGS)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_spot_margin(case: Case, exchange: PaperExchange) -> None:
    """Orders that borrow, and what gives back."""
    check(case, exchange)


def position(scene: Scene) -> dict[str, Any]:
    """The row of the position on margin."""
    (row,) = scene.send(POSITION).rows
    return dict(row)


@keeps(217)
@pytest.mark.parametrize("is_long", [True, False])
def test_isolated_positions_are_liquidated(exchange: PaperExchange, is_long: bool) -> None:
    """At the price of the formula, all of it, with bills and history of a liquidation; not a tick before."""
    with Scene(exchange, ("orders", "liquidation-warning", "balance_and_position")) as scene:
        side, px = ("sell", "80000") if is_long else ("buy", "50000")
        scene.send(place(SPOT, side, px=px, sz="0.1", tdMode="isolated"))
        scene.send(long() if is_long else short())
        row = position(scene)
        held, owed = Decimal(row["pos"]), -Decimal(row["liab"])
        liquidated = owed * TO_LIVE / held if is_long else held / (owed * TO_LIVE)
        assert abs(Decimal(row["liqPx"]) - liquidated) < Decimal("0.0001")
        scene.pushes()
        step = Decimal(1) if is_long else Decimal(-1)
        scene.trade_at(SPOT, str((liquidated + step).quantize(Decimal("0.1"))))
        assert Decimal(position(scene)["mgnRatio"]) > 1
        warned = [push.fields["instType"] for push in scene.pushes() if push.channel == "liquidation-warning"]
        assert warned == ["MARGIN"]
        scene.trade_at(SPOT, str((liquidated - step).quantize(Decimal("0.1"))))
        pushes = scene.pushes()
        orders = [push.fields for push in pushes if push.channel == "orders"]
        assert (orders[0]["state"], orders[0]["cancelSource"]) == ("canceled", "3")
        assert {one["category"] for one in orders[1:]} == {"full_liquidation"}
        causes = {push.fields["eventType"] for push in pushes if push.channel == "balance_and_position"}
        assert causes == {"filled", "liquidation"}
        assert scene.positions() == {}
        (gone,) = scene.send(get("account/positions-history")).rows
        assert (gone["type"], Decimal(gone["triggerPx"])) == ("3", (liquidated - step).quantize(Decimal("0.1")))
        bills = scene.send(get("account/bills", type="5")).rows
        assert {bill["subType"] for bill in bills} == {"107" if is_long else "106"}
        # An isolated position costs no more than its margin.
        money = scene.money()
        assert money["USDT"][0] >= (100_000 if is_long else 93_501)
        assert money["BTC"][0] >= Decimal("1.9" if is_long else "2")


def test_a_cross_position_is_liquidated(exchange: PaperExchange) -> None:
    """When what backs it in its currency does not reach any more; the account pays what is missing."""
    with Scene(exchange, ()) as scene:
        scene.send(lever("cross", "10"))
        scene.send(place(SPOT, sz="390000", **on_cross("USDT")))
        row = position(scene)
        below = Decimal(row["liqPx"]) - 100
        scene.trade_at(SPOT, str(below.quantize(Decimal("0.1"))))
        assert scene.positions() == {}
        left = scene.money()["USDT"][0]
        assert 0 < left < 10_000


def test_money_on_margin_comes_from_somewhere(exchange: PaperExchange) -> None:
    """Opened and closed at the same prices, a position costs both spreads and both fees, to the last digit."""
    with Scene(exchange, ()) as scene:
        before = scene.money()
        scene.send(long(**on_cross("USDT")))
        scene.send(short(sz="0.999", clOrdId="end", **on_cross("USDT")))
        after = scene.money()
        assert after["BTC"] == before["BTC"]
        cost = before["USDT"][0] - after["USDT"][0]
        assert cost == Decimal("65010") - Decimal("0.999") * Decimal("64990") * Decimal("0.999")
