"""Leverage, position mode, margin, liquidation, funding (facts 175 to 213)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okx_sync.paper import PaperExchange, PaperRules
from tests.paper.rules.algo_forms import stop
from tests.paper.rules.case import Ask, Case, Move, Push, Wait, keeps
from tests.paper.rules.okx_forms import ETH_SWAP, LONG_SHORT, SPOT, SWAP, get, place, post, pushed
from tests.paper.rules.scene import Scene, check

HOUR = 3600.0
WHO = ("own", "other")
LONG = place(SWAP, sz="10", clOrdId="open")
ISOLATED = place(SWAP, sz="10", tdMode="isolated", clOrdId="open")
ISOLATED_SHORT = place(SWAP, "sell", sz="10", tdMode="isolated", clOrdId="open")
POSITION = get("account/positions", instId=SWAP)
BILLS = get("account/bills", type="8")
TAKER = Decimal("0.0005")


def lever(mode: str, times: str, **args: str) -> Ask:
    """Set the leverage of the BTC contract."""
    return post("account/set-leverage", instId=SWAP, mgnMode=mode, lever=times, **args)


def margin(kind: str, amount: str, side: str = "net") -> Ask:
    """Add margin to the BTC contract's position, or reduce it."""
    return post("account/position/margin-balance", instId=SWAP, posSide=side, type=kind, amt=amount)


def large(inst_id: str, px: str, size: str) -> list[Ask]:
    """Buy more than the book has, at fifty times the margin: another account sells it."""
    wanted = {"instId": inst_id, "mgnMode": "cross", "lever": "50"}
    levers = [Ask("POST", "account/set-leverage", wanted, who) for who in WHO]
    sale = place(inst_id, "sell", by="other", px=px, sz=size)
    return [*levers, sale, place(inst_id, px=px, sz=size, clOrdId="open")]


LEVERAGE = (
    Case(facts=[175], promise="No more leverage than the instrument has.", ask=lever("cross", "101"), code="59102"),
    Case(facts=[176], promise="No less than one.", ask=lever("cross", "0.5"), code="59105", status=400),
    Case(
        facts=[177],
        promise="Pending isolated orders are in the way of another isolated leverage.",
        before=[place(SWAP, px="60000", sz="1", tdMode="isolated"), lever("cross", "5")],
        ask=lever("isolated", "5"),
        code="59101",
        reads=[(get("account/leverage-info", instId=SWAP, mgnMode="isolated"), [{"lever": "10"}])],
    ),
    Case(
        facts=[178],
        promise="Pending cross orders are in the way of another cross leverage.",
        before=[place(SWAP, px="60000", sz="1"), lever("isolated", "5")],
        ask=lever("cross", "5"),
        code="59107",
    ),
    Case(
        facts=[177, 178],
        promise="By the other reading they are not.",
        before=[place(SWAP, px="60000", sz="1")],
        ask=lever("cross", "5"),
        row={"lever": "5"},
        rules=PaperRules(leverage_with_pending_orders="accept"),
    ),
    Case(
        facts=[179],
        promise="So are isolated algo orders that wait.",
        before=[stop(px="60000", tdMode="isolated"), lever("cross", "5")],
        ask=lever("isolated", "5"),
        code="59668",
    ),
    Case(
        facts=[179],
        promise="So are cross algo orders that wait, but not those on other contracts.",
        before=[stop(px="60000", tdMode="cross"), lever("isolated", "5")],
        ask=lever("cross", "5"),
        code="59669",
    ),
    Case(
        facts=[180],
        promise="Isolated leverage is not lowered when the money for the margin is not there.",
        before=[lever("isolated", "50"), place(SWAP, sz="300", tdMode="isolated")],
        ask=lever("isolated", "1"),
        code="59103",
    ),
    Case(
        facts=[180],
        promise="Nor is cross leverage.",
        before=[place(SWAP, sz="300")],
        ask=lever("cross", "1"),
        code="59108",
    ),
    Case(
        facts=[180],
        promise="Isolated leverage that is lowered takes margin from the account.",
        before=[ISOLATED],
        ask=lever("isolated", "5"),
        pushes=[
            Push("positions", {"lever": "5", "margin": "1300.2"}),
            Push("balance_and_position", {"eventType": "set_leverage"}),
        ],
        cash={"USDT": "-650.1"},
    ),
    Case(
        facts=[181],
        promise="Leverage is not raised above what the size of the position allows.",
        before=large(SWAP, "65000", "6000"),
        ask=lever("cross", "100"),
        code="59104",
    ),
    Case(
        facts=[182],
        promise="Isolated leverage that is raised frees nothing.",
        before=[ISOLATED],
        ask=lever("isolated", "20"),
        reads=[(POSITION, [{"lever": "20", "margin": "650.1"}])],
    ),
    Case(
        facts=[183],
        promise="In long/short mode isolated leverage is that of a side.",
        before=[LONG_SHORT],
        ask=lever("isolated", "5"),
        code="51000",
        status=400,
    ),
    Case(
        facts=[184],
        promise="Cross leverage is that of the instrument, for both sides.",
        before=[LONG_SHORT],
        ask=lever("cross", "7"),
        reads=[
            (
                get("account/leverage-info", instId=SWAP, mgnMode="cross"),
                [{"posSide": "long", "lever": "7"}, {"posSide": "short", "lever": "7"}],
            )
        ],
    ),
    Case(
        facts=[186],
        promise="The position mode stays while a position is open.",
        before=[LONG],
        ask=LONG_SHORT,
        code="59000",
    ),
    Case(
        facts=[186],
        promise="It stays while an order is open.",
        before=[place(SWAP, px="60000", sz="1")],
        ask=LONG_SHORT,
        code="59000",
    ),
    Case(
        facts=[186],
        promise="It stays while an algo order waits.",
        before=[stop(px="60000", tdMode="cross")],
        ask=LONG_SHORT,
        code="59000",
    ),
    Case(
        facts=[188],
        promise="In long/short mode an order tells its side.",
        before=[LONG_SHORT],
        ask=place(SWAP, sz="1"),
        code="51000",
    ),
    Case(facts=[188], promise="In net mode there is none.", ask=place(SWAP, sz="1", posSide="long"), code="51000"),
)
MARGIN = (
    Case(
        facts=[189, 191],
        promise="Margin is added from the account, and three channels tell.",
        before=[ISOLATED],
        ask=margin("add", "100"),
        row={
            "instId": SWAP,
            "posSide": "net",
            "amt": "100",
            "type": "add",
            "leverage": "8.665511265164645",
            "ccy": "USDT",
        },
        pushes=[
            Push("positions", {"margin": "750.1", "lever": "10"}),
            Push("account", {}),
            Push("balance_and_position", {"eventType": "adjust_margin"}),
        ],
        cash={"USDT": "-100"},
        reads=[
            (
                get("account/bills", type="6"),
                [{"subType": "160", "balChg": "-100", "posBalChg": "100", "posBal": "750.1"}],
            )
        ],
    ),
    Case(
        facts=[189],
        promise="What is above the margin of the leverage goes back.",
        before=[ISOLATED, margin("add", "100")],
        ask=margin("reduce", "90"),
        cash={"USDT": "90"},
        reads=[(POSITION, [{"margin": "660.1"}])],
    ),
    Case(facts=[190], promise="Without a position there is no margin.", ask=margin("add", "100"), code="59300"),
    Case(facts=[190], promise="It is added or reduced.", ask=margin("take", "1"), code="51000", status=400),
    Case(facts=[190], promise="By an amount above 0.", ask=margin("add", "0"), code="51000", status=400),
    Case(facts=[190], promise="In net mode of the net side.", ask=margin("add", "1", "long"), code="51000", status=400),
    Case(facts=[190], promise="A cross position has none.", before=[LONG], ask=margin("add", "100"), code="59300"),
    Case(
        facts=[190],
        promise="Not more is taken than can be spared.",
        before=[ISOLATED],
        ask=margin("reduce", "10"),
        code="59301",
    ),
    Case(
        facts=[190],
        promise="Not more is added than is free.",
        before=[ISOLATED],
        ask=margin("add", "100000"),
        code="59301",
    ),
    Case(
        facts=[190],
        promise="An order that waits to close is in the way.",
        before=[ISOLATED, place(SWAP, "sell", px="66000", sz="1", tdMode="isolated", reduceOnly=True)],
        ask=margin("add", "100"),
        code="59302",
    ),
    Case(
        facts=[192, 194],
        promise="Ratio and price of liquidation count the fee of it, of a long.",
        before=[ISOLATED],
        ask=POSITION,
        row={"margin": "650.1", "mgnRatio": "22.19145299145299", "liqPx": "58773.48066298343", "mmr": "26"},
    ),
    Case(
        facts=[192, 194],
        promise="So they do of a short.",
        before=[ISOLATED_SHORT],
        ask=POSITION,
        row={"margin": "649.9", "mgnRatio": "22.18461538461538", "liqPx": "71168.74066699851"},
    ),
    Case(
        facts=[195],
        promise="A position lives above the price of its liquidation.",
        before=[ISOLATED],
        ask=POSITION,
        after=[Move(SWAP, "58780")],
        reads=[(POSITION, [{"pos": "10"}])],
    ),
    Case(
        facts=[200],
        promise="A ratio of 300 % is warned of.",
        before=[ISOLATED],
        ask=POSITION,
        after=[Move(SWAP, "59320"), Move(SWAP, "59300"), Move(SWAP, "59290")],
        channels=["orders", "liquidation-warning"],
        pushes=[Push("liquidation-warning", {"instId": SWAP, "pos": "10", "mgnMode": "isolated", "markPx": "59300"})],
    ),
    Case(
        facts=[203],
        promise="An order with which the position would be too large for its leverage is refused.",
        before=[lever("cross", "100"), place(SWAP, px="60000", sz="1000", clOrdId="a")],
        ask=place(SWAP, px="60000", sz="4001"),
        code="51004",
        row={"subCode": "1104"},
    ),
    Case(
        facts=[203],
        promise="So is an amendment to such a size.",
        before=[lever("cross", "100"), place(SWAP, px="60000", sz="1000", clOrdId="a")],
        ask=post("trade/amend-order", instId=SWAP, clOrdId="a", newSz="5001"),
        code="51004",
        row={"subCode": "1114"},
    ),
    Case(
        facts=[203],
        promise="The largest possible size is no larger than that.",
        before=[lever("cross", "100"), place(SWAP, px="60000", sz="1000")],
        ask=get("account/max-size", instId=SWAP, tdMode="cross"),
        row={"maxBuy": "4000", "maxSell": "5000"},
    ),
    Case(
        facts=[203],
        promise="In long/short mode both sides of cross margin count.",
        before=[
            LONG_SHORT,
            lever("cross", "100"),
            place(SWAP, px="60000", sz="3000", posSide="long"),
            place(SWAP, "sell", px="67000", sz="1000", posSide="short"),
        ],
        ask=place(SWAP, px="60000", sz="1001", posSide="long"),
        code="51004",
        row={"subCode": "1102"},
    ),
    Case(
        facts=[203],
        promise="Of isolated margin each side has its own.",
        before=[
            LONG_SHORT,
            lever("isolated", "100", posSide="long"),
            lever("isolated", "100", posSide="short"),
            place(SWAP, px="60000", sz="3000", posSide="long", tdMode="isolated"),
            place(SWAP, "sell", px="67000", sz="3000", posSide="short", tdMode="isolated"),
        ],
        ask=place(SWAP, px="60000", sz="2001", posSide="long", tdMode="isolated"),
        code="51004",
        row={"subCode": "1101"},
    ),
    Case(
        facts=[203],
        promise="Tiers tell of sizes, leverage and margin.",
        ask=get("public/position-tiers", instType="SWAP", tdMode="cross", instFamily="BTC-USDT", tier="2"),
        row={"tier": "2", "maxSz": "10000", "maxLever": "75", "mmr": "0.005"},
    ),
)
FUNDING = (
    Case(
        facts=[204],
        promise="A long pays a positive rate on its marked value.",
        before=[LONG],
        ask=POSITION,
        after=[Wait(8 * HOUR)],
        pushes=[
            Push("positions", {"fundingFee": "-0.65"}),
            Push("balance_and_position", {"eventType": "funding_fee"}),
        ],
        cash={"USDT": "-0.65"},
        reads=[
            (BILLS, [{"subType": "173", "px": "65000", "sz": "10", "pnl": "-0.65", "balChg": "-0.65", "posBal": "0"}])
        ],
    ),
    Case(
        facts=[204],
        promise="A short receives it.",
        before=[place(SWAP, "sell", sz="10")],
        ask=POSITION,
        after=[Wait(8 * HOUR)],
        pushes=[
            Push("positions", {"fundingFee": "0.65"}),
            Push("balance_and_position", {"eventType": "funding_fee"}),
        ],
        cash={"USDT": "0.65"},
        reads=[(BILLS, [{"subType": "174", "pnl": "0.65"}])],
    ),
    Case(
        facts=[205],
        promise="An isolated position pays with its margin, and its liquidation comes nearer.",
        before=[ISOLATED],
        ask=POSITION,
        row={"liqPx": "58773.48066298343"},
        after=[Wait(8 * HOUR)],
        pushes=[Push("positions", {"margin": "649.45", "fundingFee": "-0.65", "liqPx": "58780.01004520342"})],
        reads=[(BILLS, [{"subType": "173", "balChg": "0", "posBalChg": "-0.65", "posBal": "649.45", "pnl": "-0.65"}])],
    ),
    Case(
        facts=[207],
        promise="Who holds nothing at the time pays nothing.",
        before=[LONG, post("trade/close-position", instId=SWAP, mgnMode="cross")],
        ask=POSITION,
        after=[Wait(8 * HOUR)],
        channels=["orders", "positions"],
        reads=[(BILLS, [])],
    ),
    Case(
        facts=[209],
        promise="The rates of all contracts are asked for at once.",
        ask=get("public/funding-rate", instId="ANY"),
        reads=[(get("public/funding-rate", instId="ANY"), [{"instId": SWAP}, {"instId": ETH_SWAP}])],
    ),
)
CLOSED = (
    Case(
        facts=[211],
        promise="A closed position is told of to who names its instrument.",
        before=[LONG],
        ask=place(SWAP, "sell", sz="10"),
        pushes=[pushed(state="live"), pushed(state="filled")],
        cash={"USDT": "-5.2495"},
        positions={},
        reads=[
            (POSITION, [{"pos": "0", "mgnMode": "cross", "pnl": "-2"}]),
            (get("account/positions"), []),
            (get("account/positions", instId=ETH_SWAP), []),
        ],
    ),
    Case(
        facts=[213],
        promise="A position that is opened anew begins with no fee.",
        before=[LONG, place(SWAP, "sell", sz="10")],
        ask=place(SWAP, sz="10"),
        pushes=[pushed(state="live"), pushed(state="filled")],
        cash={"USDT": "-3.2505"},
        positions={SWAP: "10"},
        reads=[(POSITION, [{"fee": "-3.2505", "pnl": "0", "realizedPnl": "-3.2505"}])],
    ),
    Case(
        facts=[212],
        promise="The history of a position has what was closed, at which price, and what it brought.",
        before=[LONG, place(SWAP, "sell", sz="4")],
        ask=place(SWAP, "sell", sz="6"),
        pushes=[pushed(state="live"), pushed(state="filled")],
        cash={"USDT": "-3.1497"},
        positions={},
        reads=[
            (
                get("account/positions-history"),
                [
                    {"type": "2", "direction": "long", "openAvgPx": "65010", "closeAvgPx": "64990", "openMaxPos": "10"}
                    | {"closeTotalPos": "10", "pnl": "-2", "fee": "-6.5", "fundingFee": "0", "liqPenalty": "0"}
                    | {"realizedPnl": "-8.5", "pnlRatio": "-0.01307491155206891", "triggerPx": ""}
                ],
            )
        ],
    ),
    Case(
        facts=[212],
        promise="What was closed in part is there, too.",
        before=[LONG],
        ask=place(SWAP, "sell", sz="4"),
        pushes=[pushed(state="live"), pushed(state="filled")],
        cash={"USDT": "-2.0998"},
        positions={SWAP: "6"},
        reads=[(get("account/positions-history"), [{"type": "1", "openMaxPos": "10", "closeTotalPos": "4"}])],
    ),
)
CASES = LEVERAGE + MARGIN + FUNDING + CLOSED

UNCERTAIN = {
    177: "whether swaps are refused another isolated leverage while orders are pending; "
    "`PaperRules.leverage_with_pending_orders`",
    178: "whether swaps are refused another cross leverage while orders are pending; "
    "`PaperRules.leverage_with_pending_orders`",
    182: "that nothing is freed when isolated leverage rises follows from the page of the estimate alone",
}
LEFT_OUT = {
    187: "no account is in portfolio margin mode",
    201: "a liquidation is done at once: no account or position is ever frozen by one",
    202: "the insurance fund pays for everything; nobody is deleveraged",
    210: "funding is charged in one moment, in which no transfer can be made",
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_leverage_and_margin(case: Case, exchange: PaperExchange) -> None:
    """What OKX does with the margin behind a position."""
    check(case, exchange)


@keeps(193)
def test_the_ratio_of_cross_margin(exchange: PaperExchange) -> None:
    """What orders take counts as gone, and what they would add to the positions has to be backed."""
    with Scene(exchange) as scene:
        scene.send(LONG)
        scene.send(place(SPOT, px="60000", sz="0.1"))
        scene.send(place(SWAP, px="60000", sz="1", tdMode="isolated"))
        scene.send(place(SWAP, px="60000", sz="5"))
        cash, profit = Decimal("99996.7495"), Decimal(-1)
        backing = cash + profit - 6000 - Decimal("60.3") - 3000 * TAKER
        wanted = backing / ((6500 + 3000) * (Decimal("0.004") + TAKER))
        (row,) = scene.send(POSITION).rows
        assert abs(Decimal(row["mgnRatio"]) - wanted) < Decimal("1e-9")
        px = Decimal(row["liqPx"]) if row["liqPx"] else None
        assert px is None, "a hundred thousand back a tenth of a coin"


@keeps(195, 196, 197, 198, 199)
def test_a_liquidation(exchange: PaperExchange) -> None:
    """Orders go first, then the position as a whole; the fee is its penalty, and no more than its margin is lost."""
    with Scene(exchange) as scene:
        scene.send(ISOLATED)
        scene.send(place(SWAP, px="50000", sz="1", tdMode="isolated", clOrdId="wait"))
        scene.pushes()
        before = scene.money()["USDT"][0]
        scene.trade_at(SWAP, "58770")
        seen = [push.fields for push in scene.pushes()]
        assert (seen[0]["clOrdId"], seen[0]["cancelSource"]) == ("wait", "3")
        assert {row["category"] for row in seen[1:]} == {"full_liquidation"}
        assert (seen[-1]["state"], seen[-1]["accFillSz"]) == ("filled", "10")
        assert before <= scene.money()["USDT"][0] <= before + 60
        assert scene.positions() == {}
        (row,) = scene.send(get("account/positions-history")).rows
        assert (row["type"], row["direction"], row["triggerPx"], row["fee"]) == ("3", "long", "58770", "-3.2505")
        assert Decimal(row["liqPenalty"]) == -Decimal(seen[-1]["avgPx"]) * Decimal("0.1") * TAKER
        bills = [one for one in scene.send(get("account/bills", type="5")).rows if one["ordId"]]
        assert {one["subType"] for one in bills} == {"107"}
        assert sum(Decimal(one["fee"]) for one in bills) == Decimal(row["liqPenalty"])


@keeps(198)
def test_the_bill_of_a_short_side(exchange: PaperExchange) -> None:
    """In long/short mode the kind of a liquidation's bill is that of its side."""
    with Scene(exchange) as scene:
        scene.send(LONG_SHORT)
        scene.send(place(SWAP, "sell", sz="10", tdMode="isolated", posSide="short"))
        scene.trade_at(SWAP, "71200")
        bills = [one for one in scene.send(get("account/bills", type="5")).rows if one["ordId"]]
        assert {one["subType"] for one in bills} == {"105"}


@keeps(196, 198, 199)
def test_a_large_position_is_liquidated_in_parts(exchange: PaperExchange) -> None:
    """From the third tier on it is brought down by two tiers, and lives on when that is enough."""
    with Scene(exchange) as scene:
        for ask in large(ETH_SWAP, "3500", "12000"):
            ask.play(scene)
        scene.pushes()
        scene.trade_at(ETH_SWAP, "3454")
        seen = [push.fields for push in scene.pushes()]
        assert {row["category"] for row in seen} == {"partial_liquidation"}
        assert seen[-1]["sz"] == "7000"
        assert scene.positions() == {ETH_SWAP: 5000}
        (row,) = scene.send(get("account/positions-history")).rows
        assert (row["type"], row["closeTotalPos"], row["triggerPx"]) == ("4", "7000", "3454")
        bills = scene.send(get("account/bills", type="5")).rows
        assert {one["subType"] for one in bills} == {"103"}


@keeps(206)
def test_funding_takes_what_it_needs(exchange: PaperExchange) -> None:
    """With nothing free it is charged in full, and no order is canceled for it."""
    with Scene(exchange, ("orders", "account")) as scene:
        scene.send(LONG)
        scene.send(place(SWAP, px="60000", sz="1"))
        (free,) = scene.send(get("account/max-withdrawal", ccy="USDT")).rows
        away = {"ccy": "USDT", "amt": free["maxWd"], "from": "18", "to": "6"}
        assert scene.send(post("asset/transfer", **away)).code == "0"
        before = scene.money()["USDT"][0]
        scene.pushes()
        scene.advance(8 * HOUR)
        assert scene.money()["USDT"][0] - before == Decimal("-0.65")
        assert {push.channel for push in scene.pushes()} == {"account"}
        assert len(scene.send(get("trade/orders-pending")).rows) == 1


@keeps(211)
def test_how_long_a_closed_position_is_told_of(exchange: PaperExchange) -> None:
    """Its row goes when its number does, after thirty days; the history keeps it."""
    with Scene(exchange) as scene:
        scene.send(LONG)
        scene.send(place(SWAP, "sell", sz="10"))
        for days, rows in ((29, 1), (2, 0)):
            exchange.run(exchange._server.clock.advance, days * 24 * HOUR)
            assert len(scene.send(POSITION).rows) == rows
        assert len(scene.send(get("account/positions-history")).rows) == 1


@keeps(208)
def test_the_interval_of_funding(exchange: PaperExchange) -> None:
    """It is the instrument's, and told by two times of the rate."""
    with Scene(exchange) as scene:
        scene.change_instrument(SWAP, {"funding_hours": 4})
        scene.send(LONG)
        scene.advance(8 * HOUR)
        (row,) = scene.send(get("public/funding-rate", instId=SWAP)).rows
        assert int(row["nextFundingTime"]) - int(row["fundingTime"]) == 4 * HOUR * 1000
        known = len(scene.send(BILLS).rows)
        scene.advance(8 * HOUR)
        assert len(scene.send(BILLS).rows) == known + 2
