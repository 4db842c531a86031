"""Account modes (facts 97, 214, 215, 218 and 219): spot, futures, and several currencies that are margin together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperExchange
from tests.paper.rules.case import Answer, Ask, Case, keeps
from tests.paper.rules.okx_forms import ETH_SWAP, SPOT, SWAP, get, place, post, pushed
from tests.paper.rules.scene import Scene, check

COINS = ("BTC", "ETH", "SOL")
BALANCE = get("account/balance")
CONFIG = get("account/config")
RESTING = place(SPOT, px="40000", sz="0.1", tdMode="cross")
AUTO_LOAN = post("account/set-auto-loan", autoLoan=True)
ISOLATED = place(SWAP, sz="1", tdMode="isolated")
ON_MARGIN = place(SPOT, sz="6501", tdMode="cross", ccy="USDT")


def level(number: str) -> Ask:
    """Switch to a mode."""
    return post("account/set-account-level", acctLv=number)


def precheck(number: str) -> Ask:
    """Ask what a switch would meet."""
    return get("account/set-account-switch-precheck", acctLv=number)


def spot(side: str, **args: Any) -> Ask:
    """An order on a spot pair on cross."""
    return place(SPOT, side, **{"tdMode": "cross", **args})


MODES = (
    *(
        Case(
            facts=[214],
            promise=f"In mode {mode} there is no {what}.",
            before=[level(mode)],
            ask=ask,
            code=code,
        )
        for mode, what, ask, code in (
            ("1", "contract", place(SWAP, sz="1"), "51010"),
            ("1", "isolated contract", ISOLATED, "51010"),
            ("1", "pair on margin", ON_MARGIN, "51010"),
            ("3", "pair without margin", place(SPOT, px="60000", sz="1"), "51010"),
        )
    ),
    *(
        Case(facts=[215], promise=f"In mode 3 nothing is isolated: {what}.", before=[level("3")], ask=ask, code="50072")
        for what, ask in (("a contract", ISOLATED), ("a pair", place(SPOT, sz="6501", tdMode="isolated")))
    ),
    Case(
        facts=[214],
        promise="In spot mode pairs are traded, and the balance has no figures of margin.",
        before=[level("1")],
        ask=place(SPOT, px="60000", sz="1"),
        pushes=[pushed(state="live", instType="SPOT", tdMode="cash")],
        frozen={"USDT": "60000"},
        reads=[
            (CONFIG, [{"acctLv": "1"}]),
            (get("account/balance", ccy="USDT"), [{"isoEq": "", "adjEq": ""}]),
        ],
    ),
    Case(
        facts=[214],
        promise="In the mode of several currencies pairs are traded on cross, contracts with all coins for margin.",
        before=[level("3"), AUTO_LOAN, spot("buy", sz="99000")],
        ask=place(SWAP, sz="400", clOrdId="large"),  # 4 BTC need 26000 USDT, of which 1000 are left
        pushes=[pushed(state="live"), pushed(), pushed(), pushed(state="filled")],
        cash={"USDT": "-130.525"},
        positions={SWAP: "400"},
        reads=[(CONFIG, [{"acctLv": "3", "autoLoan": True}])],
    ),
    Case(
        facts=[13],
        promise="Reduce-only does not go with spot pairs there.",
        before=[level("3")],
        ask=spot("sell", sz="1", reduceOnly=True),
        code="51133",
    ),
)

SWITCHES = (
    Case(facts=[218], promise="Portfolio margin asks for more than there is here.", ask=level("4"), code="51070"),
    Case(facts=[218], promise="There is no fifth mode.", ask=level("5"), code="51000", status=400),
    *(
        Case(
            facts=[218, 219],
            promise=f"No switch to mode {mode}: {kind}.",
            before=before,
            ask=level(mode),
            code=code,
            reads=[(CONFIG, [{"acctLv": "2"}]), (precheck(mode), [{"sCode": "1", "curAcctLv": "2", "mgnBf": None}])],
        )
        for mode, kind, before, code in (
            ("3", "pending_orders", [place(SPOT, px="60000", sz="1")], "59132"),
            (
                "3",
                "pending_algos",
                [
                    post(
                        "trade/order-algo",
                        instId=SPOT,
                        tdMode="cash",
                        side="sell",
                        ordType="conditional",
                        sz="1",
                        slTriggerPx="60000",
                        slOrdPx="-1",
                    )
                ],
                "59132",
            ),
            ("1", "all_positions", [place(SWAP, sz="1")], "59134"),
            ("1", "all_positions of pairs", [ON_MARGIN], "59134"),
            ("3", "isolated_contract", [ISOLATED], "59134"),
            ("3", "isolated_margin", [place(SPOT, sz="6501", tdMode="isolated")], "59134"),
            ("3", "cross_margin", [ON_MARGIN], "59134"),
        )
    ),
    Case(
        facts=[218],
        promise="Not while something is owed.",
        before=[level("3"), AUTO_LOAN, spot("sell", sz="3")],
        ask=level("2"),
        code="59001",
        reads=[(precheck("2"), [{"sCode": "1"}])],
    ),
    Case(
        facts=[218, 219],
        promise="Not to where the money of a currency does not back what it has.",
        before=[level("3"), AUTO_LOAN, spot("buy", sz="90000"), place(SWAP, sz="300")],
        ask=level("2"),
        code="59139",
        reads=[(precheck("2"), [{"sCode": "4"}])],
    ),
    Case(
        facts=[218, 219],
        promise="A position on cross goes along, with the margin before and after in the precheck.",
        before=[place(SWAP, sz="10")],
        ask=precheck("3"),
        row={"sCode": "0", "curAcctLv": "2", "acctLv": "3", "unmatchedInfoCheck": [], "posList": []},
        after=[level("3")],
        reads=[(CONFIG, [{"acctLv": "3"}]), (get("account/positions"), [{"mgnMode": "cross", "pos": "10"}])],
    ),
)

LOANS = (
    Case(
        facts=[214],
        promise="Without automatic loans no more is sold than there is.",
        before=[level("3")],
        ask=spot("sell", px="65000", sz="2.1"),
        code="51008",
    ),
    Case(
        facts=[214],
        promise="With them what is missing is owed, without interest, and listed.",
        before=[level("3"), AUTO_LOAN],
        ask=spot("sell", sz="3"),
        pushes=[pushed(state="live", tdMode="cross"), pushed(), pushed(state="filled")],
        cash={"BTC": "-3", "USDT": "194755.05"},
        reads=[
            (get("account/interest-accrued"), []),
            (get("account/interest-rate", ccy="BTC"), [{"interestRate": "0"}]),
            (get("account/interest-limits", ccy="BTC"), [{"debt": "65000", "interest": "0"}]),
        ],
    ),
    Case(facts=[214], promise="Automatic loans are of that mode only.", ask=AUTO_LOAN, code="51010"),
    Case(
        facts=[214],
        promise="They are not switched off while something is owed.",
        before=[level("3"), AUTO_LOAN, spot("sell", sz="3")],
        ask=post("account/set-auto-loan", autoLoan=False),
        code="59001",
    ),
    Case(
        facts=[185],
        promise="A currency is borrowed at a leverage of its own.",
        before=[level("3"), AUTO_LOAN],
        ask=post("account/set-leverage", ccy="BTC", mgnMode="cross", lever="5"),
        row={"lever": "5", "mgnMode": "cross", "instId": ""},
        reads=[
            (
                get("account/max-loan", instId=SPOT, mgnMode="cross"),
                [
                    {"ccy": "BTC", "side": "sell", "maxLoan": "24.84615384615385"},  # 323000 x 5 / 65000
                    {"ccy": "USDT", "side": "buy", "maxLoan": "3230000"},
                ],
            )
        ],
    ),
    Case(
        facts=[185],
        promise="Which it has in that mode only.",
        ask=post("account/set-leverage", ccy="BTC", mgnMode="cross", lever="5"),
        code="51010",
    ),
    Case(
        facts=[97],
        promise="What an order would do is worked out; nothing is done.",
        before=[level("3"), AUTO_LOAN],
        ask=post("trade/order-precheck", **place(SWAP, px="65000", sz="100").body),
        row={
            "adjEq": "323000",
            "adjEqChg": "-32.5",  # the fee of 1 BTC
            "imr": "0",
            "imrChg": "6500",
            "mmrChg": "260",
            "liabChg": "0",
            "liabChgCcy": "",
            "availBal": "",
        },
    ),
    Case(
        facts=[97],
        promise="And what it would borrow.",
        before=[level("3"), AUTO_LOAN],
        ask=post("trade/order-precheck", **spot("sell", px="65000", sz="3").body),
        row={"liab": "0", "liabChg": "1", "liabChgCcy": "BTC", "imrChg": "6500", "mmrChg": "1300"},
    ),
)

CASES = (*MODES, *SWITCHES, *LOANS)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_account_modes(case: Case, exchange: PaperExchange) -> None:
    """What each mode trades, and what a switch meets."""
    check(case, exchange)


def figures(scene: Scene, ccy: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of the account, and of one currency."""
    (row,) = scene.send(BALANCE).rows
    return dict(row), next(one for one in row["details"] if one["ccy"] == ccy)


@keeps(214)
def test_equity_is_counted_in_dollars(exchange: PaperExchange) -> None:
    """Coins count for less than they are worth, what is owed counts in full, and needs margin."""
    with Scene(exchange, ("account",)) as scene:
        scene.send(level("3"))
        row, _ = figures(scene, "BTC")
        # 100000 USDT in full, 2 BTC and 20 ETH with 98 %, 200 SOL with 90 %.
        assert (row["adjEq"], row["availEq"], row["mgnRatio"]) == ("323000", "323000", "")
        (told,) = scene.send(get("public/discount-rate-interest-free-quota", ccy="BTC")).rows
        assert [one["discountRate"] for one in told["details"]] == ["0.98", "0.95", "0.9"]
        scene.send(AUTO_LOAN)
        scene.pushes()
        scene.send(spot("sell", sz="3"))
        row, coin = figures(scene, "BTC")
        (push,) = [push.fields for push in scene.pushes() if push.channel == "account"][-1:]
        assert push["adjEq"] == row["adjEq"]
        assert (coin["cashBal"], coin["liab"], coin["crossLiab"], coin["isoLiab"]) == ("-1", "1", "1", "0")
        assert (coin["interest"], coin["eq"]) == ("0", "-1")
        equity = Decimal("294755.05") - 65000 + 68600 + 27000
        assert Decimal(row["adjEq"]) == equity
        assert (row["imr"], row["mmr"], row["notionalUsdForBorrow"]) == ("6500", "1300", "65000")
        assert Decimal(row["mgnRatio"]) == pytest.approx(equity / (65000 * (Decimal("1.02") * Decimal("1.001") - 1)))
        _, coin = figures(scene, "USDT")
        assert (coin["liab"], coin["mgnRatio"], coin["imr"]) == ("0", "", "")


def test_loans_are_repaid_by_force(exchange: PaperExchange) -> None:
    """When the margin ratio falls to 1: orders are canceled, and what is owed is bought with what there is most of."""
    with Scene(exchange, ("orders", "balance_and_position")) as scene:
        for ask in (level("3"), AUTO_LOAN, spot("sell", sz="10"), spot("sell", sz="10"), RESTING):
            assert scene.send(ask).verdict == "0"
        scene.pushes()
        scene.trade_at(SPOT, "82000")
        pushes = scene.pushes()
        assert [p.fields["cancelSource"] for p in pushes if p.channel == "orders"] == ["3"]
        assert {p.fields["eventType"] for p in pushes if p.channel == "balance_and_position"} == {"liquidation"}
        money = scene.money()
        assert "BTC" not in money  # all of it is repaid, and nothing left
        assert all(cash >= 0 for cash, _ in money.values())
        bills = scene.send(get("account/bills", type="5")).rows
        assert {(one["ccy"], one["subType"]) for one in bills} >= {("USDT", "111"), ("BTC", "110")}


def test_contracts_are_liquidated_by_the_account(exchange: PaperExchange) -> None:
    """What one currency loses is taken from all of them, before anything is liquidated."""
    with Scene(exchange, ()) as scene:
        out = post("asset/transfer", ccy="USDT", amt="90000", **{"from": "18"}, to="6")
        for ask in (level("3"), AUTO_LOAN, place(ETH_SWAP, sz="500"), out):
            assert scene.send(ask).verdict == "0"
        scene.trade_at(ETH_SWAP, "3000")
        row, coin = figures(scene, "USDT")
        assert Decimal(coin["liab"]) == -Decimal(coin["eq"]) == Decimal(coin["uplLiab"])
        assert Decimal(coin["liab"]) > 0
        assert Decimal(row["mgnRatio"]) > 1
        assert scene.positions() == {ETH_SWAP: Decimal(500)}


@keeps(220)
def test_loans_by_hand(exchange: PaperExchange) -> None:
    """In spot mode, where borrowing is enabled: up to what is backed, no less than a dollar, repaid as far as owed."""

    def ask(side: str, amount: str, ccy: str = "USDT") -> Answer:
        return scene.send(post("account/spot-manual-borrow-repay", ccy=ccy, side=side, amt=amount))

    with Scene(exchange, ("account",)) as scene:
        assert ask("borrow", "100").code == "51010"
        scene.send(level("1"))
        assert ask("borrow", "100").code == "59410"
        scene.account.spot_borrow = True
        assert scene.send(CONFIG).rows[0]["enableSpotBorrow"] is True
        codes = [ask(*words).code for words in (
            ("borrow", "100", "DOGE"), ("repay", "1"), ("borrow", "0.5"), ("borrow", "3230001"), ("lend", "1"),
        )]  # fmt: skip
        assert codes == ["59410", "59413", "59414", "59412", "51000"]
        before = scene.money()["USDT"][0]
        scene.pushes()
        assert ask("borrow", "1000").rows == [{"ccy": "USDT", "side": "borrow", "amt": "1000"}]
        assert scene.money()["USDT"][0] - before == 1000
        row, coin = figures(scene, "USDT")
        assert (coin["liab"], coin["interest"], coin["eq"]) == ("1000", "0", str(before))
        assert (row["notionalUsdForBorrow"], row["imr"], row["mmr"]) == ("1000", "100", "20")
        assert scene.pushes()[-1].fields["details"][0]["liab"] == "1000"
        assert scene.send(level("2")).code == "59001"
        assert ask("repay", "400").rows[0]["amt"] == "400"
        assert ask("repay", "700").rows[0]["amt"] == "600"
        assert ask("repay", "1").code == "59413"
        history = scene.send(get("account/spot-borrow-repay-history")).rows
        assert [(one["type"], one["amt"], one["accBorrowed"]) for one in history] == [
            ("manual_repay", "600", "0"), ("manual_repay", "400", "600"), ("manual_borrow", "1000", "1000"),
        ]  # fmt: skip
        assert scene.money()["USDT"][0] == before


def test_what_is_borrowed_by_hand_does_not_leave(exchange: PaperExchange) -> None:
    """What backs a loan stays in the account; and when the coin that is owed runs away, it is repaid by force."""
    borrow = post("account/spot-manual-borrow-repay", ccy="BTC", side="borrow", amt="20")
    with Scene(exchange, ()) as scene:
        scene.send(level("1"))
        scene.account.spot_borrow = True
        assert scene.send(borrow).code == "0"
        assert scene.send(post("asset/transfer", ccy="BTC", amt="15", **{"from": "18"}, to="6")).code == "58350"
        for _ in range(2):
            assert scene.send(place(SPOT, "sell", sz="10")).verdict == "0"
        scene.trade_at(SPOT, "82000")
        assert not any(figures_of["liab"] != "0" for figures_of in scene.send(BALANCE).rows[0]["details"])
        assert scene.send(level("2")).code == "0"


@keeps(239)
def test_a_debt_is_repaid_with_another_coin(exchange: PaperExchange) -> None:
    """At the index price, as far as that goes; bills and history tell of it. Conversions are in another file."""
    repay = post("trade/one-click-repay", debtCcy=["BTC"], repayCcy="USDT")
    with Scene(exchange, ()) as scene:
        assert scene.send(repay).code == "51010"
        for ask in (level("3"), AUTO_LOAN):
            scene.send(ask)
        assert scene.send(repay).code == "59413"
        scene.send(spot("sell", sz="3"))
        (listed,) = scene.send(get("trade/one-click-repay-currency-list", debtType="cross")).rows
        assert listed["debtData"] == [{"debtCcy": "BTC", "debtAmt": "1"}]
        (row,) = scene.send(repay).rows
        assert (row["fillDebtSz"], row["fillRepaySz"], row["status"]) == ("1", "65000", "filled")
        assert scene.send(get("trade/one-click-repay-history")).rows == [row]
        bills = scene.send(get("account/bills", type="29")).rows
        assert [(one["ccy"], one["balChg"]) for one in bills] == [("BTC", "1"), ("USDT", "-65000")]
        assert "BTC" not in scene.money()


def test_pairs_are_listed_as_margin(exchange: PaperExchange) -> None:
    """Instruments and tiers of the type MARGIN are the spot pairs."""
    with Scene(exchange, ()) as scene:
        rows = scene.send(get("public/instruments", instType="MARGIN")).rows
        assert [(row["instId"], row["instType"]) for row in rows] == [(f"{coin}-USDT", "MARGIN") for coin in COINS]
        (tier,) = scene.send(get("public/position-tiers", instType="MARGIN", tdMode="cross", instId=SPOT)).rows
        assert (tier["mmr"], tier["maxLever"]) == ("0.02", "10")
