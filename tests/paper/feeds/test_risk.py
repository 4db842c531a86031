"""What follows from the accounts' positions: warnings, liquidations, insurance funds, greeks. And transfers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync.paper import PaperClock, PaperExchange
from tests.paper.feeds import event_triggers
from tests.paper.wire_client import WireClient

NOON = 1_763_726_400.0
SWAP = "BTC-USDT-SWAP"


@pytest.fixture
def frozen() -> Iterator[PaperExchange]:
    """A quiet market, and time that moves only when told to."""
    with PaperExchange(clock=PaperClock(NOON, frozen=True)) as paper:
        paper.quiet()
        yield paper
        assert paper.problems == []


def rows(client: WireClient) -> list[dict[str, Any]]:
    """The rows pushed so far."""
    return [row for frame in client.pushes() for row in frame["data"]]


def test_a_position_in_danger_is_warned_of_once(frozen: PaperExchange) -> None:
    """One row when the margin ratio falls below 300 %, and another only after it has recovered."""
    event_triggers.buy_swap(frozen, tdMode="isolated")
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("liquidation-warning", instType="SWAP")
        event_triggers.fall(frozen, SWAP, "0.05")
        assert rows(client) == []
        event_triggers.fall(frozen, SWAP, "0.042")
        frozen.clock.advance(1)
        (row,) = rows(client)
        assert (row["instId"], row["pos"], row["mgnMode"]) == (SWAP, "1", "isolated")
        assert 1 < float(row["mgnRatio"]) <= 3
        event_triggers.fall(frozen, SWAP, "-0.05")
        event_triggers.fall(frozen, SWAP, "0.05")
        assert len(rows(client)) == 1


def test_warnings_go_to_the_owner_and_the_instrument_asked_for(frozen: PaperExchange) -> None:
    """Neither bob nor who asked for another swap hears of alice's danger."""
    event_triggers.buy_swap(frozen, tdMode="isolated")
    with WireClient(frozen, "private", "bob") as bob, WireClient(frozen, "private", "alice") as alice:
        bob.subscribe("liquidation-warning", instType="ANY")
        alice.subscribe("liquidation-warning", instType="SWAP", instId="ETH-USDT-SWAP")
        event_triggers.fall(frozen, SWAP, "0.09")
        assert rows(bob) == rows(alice) == []


def test_a_liquidation_is_public(frozen: PaperExchange) -> None:
    """Side, size and bankruptcy price of the closed position, in one group per instrument."""
    event_triggers.buy_swap(frozen, tdMode="isolated", sz="3")
    entry = Decimal(frozen.venue.position_rows(event_triggers.account_of(frozen))[0]["avgPx"])
    with WireClient(frozen) as client, WireClient(frozen) as futures:
        client.subscribe("liquidation-orders", instType="SWAP")
        futures.subscribe("liquidation-orders", instType="FUTURES")
        event_triggers.fall(frozen, SWAP, "0.1")
        (row,) = rows(client)
        (detail,) = row["details"]
        assert (row["instId"], row["instFamily"], row["uly"]) == (SWAP, "BTC-USDT", "BTC-USDT")
        assert (detail["side"], detail["posSide"], detail["sz"]) == ("sell", "net", "3")
        assert abs(Decimal(detail["bkPx"]) / entry - Decimal("0.9")) < Decimal("0.001")
        assert rows(futures) == []
    assert frozen.venue.position_rows(event_triggers.account_of(frozen)) == []


def test_the_fund_is_alarmed_for_a_minute(frozen: PaperExchange) -> None:
    """After a liquidation a push each second for that family, then silence again."""
    event_triggers.buy_swap(frozen, tdMode="isolated")
    with WireClient(frozen) as client, WireClient(frozen) as other:
        client.subscribe("adl-warning", instType="SWAP", instFamily="BTC-USDT")
        other.subscribe("adl-warning", instType="SWAP", instFamily="ETH-USDT")
        frozen.clock.advance(3)
        assert rows(client) == []
        event_triggers.fall(frozen, SWAP, "0.098")
        frozen.clock.advance(10)
        alarm = rows(client)
        assert {(row["state"], row["instFamily"]) for row in alarm} == {("warning", "BTC-USDT")}
        assert 9 <= len(alarm) <= 11
        for _ in range(6):
            frozen.clock.advance(10)
            client.send("ping")
            other.send("ping")
        assert client.until(lambda frame: frame == "pong")
        before = frozen.pushed[1, "adl-warning(instFamily=BTC-USDT, instType=SWAP)"]
        frozen.clock.advance(5)
        assert frozen.pushed[1, "adl-warning(instFamily=BTC-USDT, instType=SWAP)"] == before
        assert "adl-warning(instFamily=ETH-USDT, instType=SWAP)" not in {topic for _, topic in frozen.pushed}


def test_the_alarm_can_be_set_by_hand(frozen: PaperExchange) -> None:
    """`set_adl` for tests of a client's own alarm; another word is an error."""
    with WireClient(frozen) as client:
        client.subscribe("adl-warning", instType="SWAP")
        frozen.venue.set_adl("ETH-USDT", "adl")
        frozen.clock.advance(0.5)
        (row,) = rows(client)
        assert (row["state"], row["instFamily"], row["ccy"]) == ("adl", "ETH-USDT", "")
        with pytest.raises(ValueError, match="normal, warning, adl"):
            frozen.venue.set_adl("ETH-USDT", "panic")


def test_the_fund_pays_what_an_account_cannot(frozen: PaperExchange) -> None:
    """A gap through the bankruptcy price costs the fund money and raises the highest alarm."""
    alice = event_triggers.account_of(frozen)
    frozen.venue.withdraw(alice, "USDT", "95000")
    event_triggers.buy_swap(frozen, sz="60")
    with WireClient(frozen) as client:
        client.subscribe("adl-warning", instType="SWAP")
        before = Decimal(frozen.venue.adl_row("BTC-USDT")["bal"])
        event_triggers.fall(frozen, SWAP, "0.3")
        frozen.clock.advance(0.5)
        (row,) = rows(client)
        assert row["state"] == "adl"
        assert Decimal(row["bal"]) < before
    assert alice.balance("USDT").cash == 0


def test_greeks_follow_coins_and_swaps(frozen: PaperExchange) -> None:
    """Delta in coins is what is owned plus what swaps amount to; in dollars, times the price."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("account-greeks")
        first = {row["ccy"]: row for row in rows(client)}
        assert {ccy: row["deltaPA"] for ccy, row in first.items()} == {
            "USDT": "0",
            "BTC": "2",
            "ETH": "20",
            "SOL": "200",
        }
        event_triggers.buy_swap(frozen, sz="50")
        frozen.clock.advance(0.06)
        row = next(row for row in rows(client) if row["ccy"] == "BTC")
        assert row["deltaPA"] == "2.5"
        index = Decimal(frozen.venue.index_ticker_row("BTC-USDT")["idxPx"])
        assert Decimal(row["deltaBS"]) == Decimal("2.5") * index
        assert row["gammaBS"] == row["thetaPA"] == "0"


def test_greeks_of_one_coin_come_regularly(frozen: PaperExchange) -> None:
    """`ccy` narrows the channel; every 5 s the rows come again, without event type or page."""
    with WireClient(frozen, "private", "alice") as client:
        client.subscribe("account-greeks", ccy="ETH")
        frozen.clock.advance(11)
        assert [row["ccy"] for row in rows(client)] == ["ETH"] * 3


def test_deposits_and_withdrawals_go_through_their_states(frozen: PaperExchange) -> None:
    """Credited, then done after two seconds; waiting, then sent with a transaction id. `ccy` narrows the channels."""
    alice = event_triggers.account_of(frozen)
    with WireClient(frozen, "business", "alice") as client, WireClient(frozen, "business", "alice") as other:
        client.subscribe("deposit-info")
        client.subscribe("withdrawal-info", ccy="USDT")
        other.subscribe("deposit-info", ccy="BTC")
        frozen.venue.deposit(alice, "USDT", "12.5")
        frozen.venue.withdraw(alice, "USDT", "3")
        frozen.clock.advance(2.1)
        found = rows(client)
        deposits, withdrawals = ([row for row in found if name in row] for name in ("depId", "wdId"))
        assert [(row["state"], row["amt"]) for row in deposits] == [("1", "12.5"), ("2", "12.5")]
        assert [(row["state"], row["amt"]) for row in withdrawals] == [("0", "3"), ("2", "3")]
        assert [bool(row["txId"]) for row in withdrawals] == [False, True]
        assert {row["uid"] for row in found} == {alice.uid}
        assert rows(other) == []
        with pytest.raises(ValueError, match="cannot withdraw"):
            frozen.venue.withdraw(alice, "USDT", "1000000")
