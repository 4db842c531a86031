"""Money: margin, positions, fees, funding, liquidation; and that none of it appears or vanishes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.paper.venue.events import BalanceChanged, PositionChanged
from okx_sync.paper.venue.wire_rules import BITGET, COMMON, WireRules
from tests.examples import examples
from tests.paper.venue.frozen_venue import SPOT, SWAP, FrozenVenue


def only(rows: list[dict[str, str]]) -> dict[str, str]:
    """The one row there is."""
    assert len(rows) == 1
    return rows[0]


def test_cross_position_figures() -> None:
    """Size, average, margin and profit of a cross position follow from its fills, the mark price and the leverage."""
    scene = FrozenVenue()
    scene.order(scene.alice, SWAP, ordType="market", sz="10")
    scene.venue.trade_at(SWAP, "65500")
    row = only(scene.venue.position_rows(scene.alice))
    coins = Decimal("0.1")
    assert (row["pos"], row["posSide"], row["mgnMode"], row["lever"]) == ("10", "net", "cross", "10")
    assert row["markPx"] == "65500"
    assert Decimal(row["upl"]) == (65_500 - Decimal(row["avgPx"])) * coins
    assert Decimal(row["imr"]) == 65_500 * coins / 10
    assert Decimal(row["mmr"]) == 65_500 * coins * Decimal("0.004")
    assert row["margin"] == ""
    assert Decimal(row["notionalUsd"]) == 6550


def test_closing_books_profit_and_fees() -> None:
    """What a round trip earned is on the account, less the fees of both ways; the closed row has size 0."""
    scene = FrozenVenue()
    scene.order(scene.alice, SWAP, ordType="market", sz="1")
    scene.venue.trade_at(SWAP, "66000")
    scene.order(scene.alice, SWAP, side="sell", ordType="market", sz="1")
    fills = scene.venue.fills(scene.alice)
    worth = {side: Decimal(0) for side in ("buy", "sell")}
    for fill in fills:
        worth[fill["side"]] += Decimal(fill["fillPx"]) * Decimal(fill["fillSz"]) * Decimal("0.01")
    profit = worth["sell"] - worth["buy"]
    fees = sum(Decimal(fill["fee"]) for fill in fills)
    assert sum(Decimal(fill["fillPnl"]) for fill in fills) == profit > 0
    assert fees == -(worth["sell"] + worth["buy"]) * Decimal("0.0005")
    assert scene.balance(scene.alice, "USDT") == (100_000 + profit + fees, Decimal(0))
    assert scene.venue.position_rows(scene.alice) == []
    closed = only(scene.venue.position_rows(scene.alice, closed=True))
    assert (closed["pos"], Decimal(closed["realizedPnl"])) == ("0", profit + fees)
    assert scene.money_is_conserved()


def test_turning_a_position_opens_a_new_one() -> None:
    """Selling more than is held closes the long and opens a short with its own average and profit."""
    scene = FrozenVenue()
    scene.order(scene.alice, SWAP, ordType="market", sz="1")
    scene.order(scene.alice, SWAP, side="sell", ordType="market", sz="3")
    row = only(scene.venue.position_rows(scene.alice))
    _, bid = scene.best(SWAP)
    assert row["pos"] == "-2"
    assert abs(Decimal(row["avgPx"]) - bid) < 50
    assert row["pnl"] == "0"


def test_isolated_margin_leaves_and_returns() -> None:
    """An isolated position takes its margin out of cash and gives it back with the profit."""
    scene = FrozenVenue()
    scene.order(scene.alice, SWAP, tdMode="isolated", ordType="market", sz="10")
    row = only(scene.venue.position_rows(scene.alice))
    margin = Decimal(row["margin"])
    assert margin == Decimal(row["avgPx"]) * Decimal("0.1") / 10
    assert scene.balance(scene.alice, "USDT")[0] == 100_000 - margin + Decimal(row["fee"])
    detail = next(d for d in scene.venue.account_row(scene.alice)["details"] if d["ccy"] == "USDT")
    assert Decimal(detail["isoEq"]) == margin + Decimal(row["upl"])
    assert Decimal(detail["eq"]) == Decimal(detail["cashBal"]) + Decimal(detail["isoEq"])
    code, _, _ = scene.venue.set_leverage(scene.alice, {"instId": SWAP, "mgnMode": "isolated", "lever": "5"})
    assert code == "0"
    assert Decimal(only(scene.venue.position_rows(scene.alice))["margin"]) == margin * 2
    scene.venue.close_position(scene.alice, {"instId": SWAP, "mgnMode": "isolated"})
    assert only(scene.venue.position_rows(scene.alice, closed=True))["margin"] == ""
    assert scene.money_is_conserved()


def test_long_and_short_side_by_side() -> None:
    """In long/short mode both sides are held at once, with positive sizes; closing needs its own side."""
    scene = FrozenVenue()
    assert scene.venue.set_position_mode(scene.alice, "long_short_mode")[0] == "0"
    scene.order(scene.alice, SWAP, posSide="long", ordType="market", sz="2")
    scene.order(scene.alice, SWAP, posSide="short", side="sell", ordType="market", sz="1")
    rows = {row["posSide"]: row for row in scene.venue.position_rows(scene.alice)}
    assert {side: row["pos"] for side, row in rows.items()} == {"long": "2", "short": "1"}
    assert rows["long"]["availPos"] == "2"
    assert scene.order(scene.alice, SWAP, posSide="short", ordType="market", sz="1").ok
    assert [row["posSide"] for row in scene.venue.position_rows(scene.alice)] == ["long"]
    assert scene.venue.set_position_mode(scene.alice, "net_mode")[0] == "59000"


def test_margin_limits_orders() -> None:
    """Orders that would need more margin than is free are refused; higher leverage makes room."""
    scene = FrozenVenue()
    size = {"ordType": "market", "sz": "2000"}
    assert scene.order(scene.alice, SWAP, **size).sCode == "51008"
    assert scene.venue.set_leverage(scene.alice, {"instId": SWAP, "mgnMode": "cross", "lever": "50"})[0] == "0"
    assert scene.order(scene.alice, SWAP, **size).ok
    assert scene.venue.set_leverage(scene.alice, {"instId": SWAP, "mgnMode": "cross", "lever": "1000"})[0] == "59102"


def test_funding_is_paid_by_longs_to_shorts() -> None:
    """At each eighth hour a position pays, or gets, the rate on its marked value; the row says so."""
    scene = FrozenVenue()
    scene.order(scene.alice, SWAP, ordType="market", sz="10")
    scene.order(scene.bob, SWAP, side="sell", ordType="market", sz="10")
    rate = Decimal(scene.venue.funding_rate_row(SWAP)["fundingRate"])
    mark = Decimal(scene.venue.mark_price_row(SWAP)["markPx"])
    before = [scene.balance(account, "USDT")[0] for account in (scene.alice, scene.bob)]
    scene.forget()
    scene.clock.advance(8 * 3600)
    scene.venue.step()
    paid = rate * mark * Decimal("0.1")
    after = [scene.balance(account, "USDT")[0] for account in (scene.alice, scene.bob)]
    assert [b - a for a, b in zip(before, after, strict=True)] == [-paid, paid]
    assert {event.cause for event in scene.taken(BalanceChanged)} == {"funding_fee"}
    assert Decimal(only(scene.venue.position_rows(scene.alice))["fundingFee"]) == -paid
    assert scene.venue.bills(scene.alice, {"type": "8"})[0]["balChg"] == f"{-paid:f}".rstrip("0")
    assert scene.venue.funding_history(SWAP)[0]["fundingRate"] == f"{rate:f}".rstrip("0")
    assert scene.money_is_conserved()


@pytest.mark.parametrize(
    ("rules", "left", "of_margin"),
    [(None, "1000", True), (BITGET, "1000", True), (COMMON, "1000", False), (COMMON, "0", True)],
    ids=["OKX", "Bitget", "others", "others with nothing free"],
)
def test_what_pays_funding_of_an_isolated_position(rules: WireRules | None, left: str, of_margin: bool) -> None:
    """Its margin, or the free money of the account as far as that goes, as the wire's rules say."""
    scene = FrozenVenue()
    assert scene.order(scene.alice, SWAP, tdMode="isolated", ordType="market", sz="10", rules=rules).ok
    cash, _ = scene.balance(scene.alice, "USDT")
    scene.venue.withdraw(scene.alice, "USDT", cash - Decimal(left))
    before = Decimal(only(scene.venue.position_rows(scene.alice))["margin"])
    scene.clock.advance(8 * 3600)
    scene.venue.step()
    row = only(scene.venue.position_rows(scene.alice))
    fee = Decimal(row["fundingFee"])
    assert fee < 0
    assert Decimal(row["margin"]) - before == (fee if of_margin else 0)
    assert scene.balance(scene.alice, "USDT")[0] - Decimal(left) == (0 if of_margin else fee)
    assert scene.money_is_conserved()


@pytest.mark.parametrize("mode", ["cross", "isolated"])
def test_liquidation_at_the_printed_price(mode: str) -> None:
    """Just before its liquidation price a position lives, just beyond it is closed by the exchange."""
    scene = FrozenVenue()
    poor = scene.venue.add_account("key-c", "secret-c", "pass-c", balances={"USDT": "3000"})
    scene.order(poor, SWAP, tdMode=mode, ordType="market", sz="40")
    waiting = scene.order(poor, SWAP, tdMode=mode, px="50000", sz="1")
    liquidation = Decimal(only(scene.venue.position_rows(poor))["liqPx"])
    assert 50_000 < liquidation < 65_000
    scene.venue.trade_at(SWAP, liquidation + 20)
    assert only(scene.venue.position_rows(poor))["pos"] == "40"
    scene.forget()
    scene.venue.trade_at(SWAP, liquidation - 20)
    assert scene.venue.position_rows(poor) == []
    assert "liquidation" in {event.cause for event in scene.taken(PositionChanged)}
    row = scene.venue.history(poor)[0]
    assert row["category"] == "full_liquidation"
    done = scene.venue.order_row(poor, ordId=waiting.ordId)
    assert done is not None
    assert (done["state"], done["cancelSource"]) == ("canceled", "3")
    assert scene.balance(poor, "USDT")[0] >= 0
    assert scene.money_is_conserved()


def test_read_only_keys_and_several_keys_per_account() -> None:
    """Keys open their account with their own permissions, and never show their secrets."""
    scene = FrozenVenue()
    key = scene.venue.add_key(scene.alice, "key-r", "secret-r", "pass-r", permissions=("read",))
    assert key.read_only
    assert not scene.venue.keys["key-a"].read_only
    assert scene.venue.keys["key-r"].account is scene.venue.keys["key-a"].account
    assert "secret-r" not in repr(key)
    assert "pass-r" not in repr(key)
    assert scene.venue.account_config_row(scene.alice, key)["perm"] == "read_only"


STEP = st.tuples(
    st.sampled_from(["alice", "bob"]),
    st.sampled_from([SPOT, SWAP]),
    st.sampled_from(["buy", "sell"]),
    st.sampled_from(["limit", "market", "ioc", "post_only"]),
    st.integers(-30, 30),
    st.integers(1, 200),
    st.sampled_from(["cross", "isolated"]),
)


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(STEP, min_size=1, max_size=25))
def test_money_is_conserved_whatever_people_do(steps: list[tuple[str, str, str, str, int, int, str]]) -> None:
    """Money in is money out plus fees; nothing frozen is left when no order is; fills add up to their orders."""
    scene = FrozenVenue(quiet=False)
    for name, instId, side, kind, offset, size, mode in steps:
        account = scene.alice if name == "alice" else scene.bob
        ask, _ = scene.best(instId)
        swap = instId == SWAP
        scene.order(
            account,
            instId,
            side=side,
            ordType=kind,
            px=str(ask + offset),
            sz=str(Decimal(size) / (10 if swap else 1000)),
            tdMode=mode if swap else "cash",
            tgtCcy="" if swap else "base_ccy",
        )
        scene.clock.advance(0.2)
        scene.venue.step()
        assert scene.money_is_conserved()
    for account in (scene.alice, scene.bob):
        assert all(balance.cash >= balance.frozen >= 0 for balance in account.balances.values())
        waiting = [order for order in account.orders.values() if order.instrument.is_swap and order.px is not None]
        assert account.waiting.total() == sum(order.left for order in waiting if not order.closes_only)
        crossed = sum((order.frozen for order in waiting if order.tdMode == "cross"), Decimal(0))
        assert account.balance("USDT").cross_frozen == crossed
        scene.venue.cancel_all(account)
        for balance in account.balances.values():
            assert balance.frozen == balance.cross_frozen == balance.cross_fee == balance.cross_upkeep == 0
        assert not any(account.waiting.values())
        for order in account.by_id.values():
            assert sum(fill.lots for fill in order.fills) == order.filled
            assert sum((fill.fee for fill in order.fills), Decimal(0)) == order.fee
