"""Unified accounts of Bitget, end to end: what V3 means by a list, by a position that is missing, by a new count."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import BitgetWsClient, OkxAuthError
from okx_sync.exchanges.bitget.models import V3Candle, V3FastFill, V3Order, V3Ticker
from okx_sync.paper import PaperExchange
from okx_sync.types import PositionUpdate
from tests.loopback.conftest import FAST, Heard, States, until

SWAP = "BTC-USDT-SWAP"
ETH = "ETH-USDT-SWAP"
POSITION = {"topic": "position", "instType": "UTA"}
BOOKS = {"topic": "books", "instType": "usdt-futures", "symbol": "BTCUSDT"}


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A market that moves only when a test says so; its first account is unified."""
    with PaperExchange(flow_per_s=0) as exchange:
        exchange.unify()
        yield exchange
        problems = exchange.problems
    assert problems == []


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[BitgetWsClient]:
    """A client of it."""
    with BitgetWsClient(paper.bitget_config("v3"), options=FAST) as client:
        yield client


def trade(paper: PaperExchange, side: str, inst_id: str = SWAP, **more: Any) -> None:
    """The account buys or sells at market."""
    request = {"instId": inst_id, "tdMode": "cross", "side": side, "ordType": "market", "sz": "10", **more}
    assert paper.venue.place(paper.venue.accounts[0], request).ok


def test_typed_rows(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """The methods that both kinds of account have give V3's rows here."""
    assert isinstance(ws.subscribe_ticker("BTCUSDT").get(timeout=5), V3Ticker)
    candle = ws.subscribe_candles("BTCUSDT", "5m").get(timeout=5)
    assert isinstance(candle, V3Candle)
    assert (candle.symbol, candle.interval) == ("BTCUSDT", "5m")
    orders, fills = ws.subscribe_orders(), ws.subscribe_fast_fill()
    trade(paper, "buy")
    assert isinstance(orders.get(timeout=5), V3Order)
    early = fills.get(timeout=5)  # which comes without a list around it
    assert isinstance(early, V3FastFill)
    assert early.execQty is not None
    assert 0 < early.execQty <= Decimal("0.1")


def test_spot_and_futures_of_one_name(ws: BitgetWsClient) -> None:
    """They are two topics, and each has its rows."""
    spot, futures = ws.subscribe_ticker("BTCUSDT", inst_type="spot"), ws.subscribe_ticker("BTCUSDT")
    assert spot.topic != futures.topic
    one, other = spot.get(timeout=5), futures.get(timeout=5)
    assert isinstance(one, V3Ticker)
    assert isinstance(other, V3Ticker)
    assert (one.instType, one.fundingRate) == ("spot", None)
    assert other.instType == "usdt-futures"
    assert other.fundingRate is not None


def test_a_position_that_a_push_lacks_is_as_it_was(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """Only the first list is complete; a position that has ended is told once more, and only then it is closed."""
    trade(paper, "buy")
    trade(paper, "sell", ETH)
    positions, events = ws.positions, Heard()
    positions.on_change(events)
    assert positions.wait_synced(5)
    assert {one.inst_id for one in positions} == {"BTCUSDT", "ETHUSDT"}
    trade(paper, "buy")  # its push lacks the other one
    until(lambda: positions["BTCUSDT"].size == Decimal("0.2"), what="the larger position")
    assert "ETHUSDT" in positions
    paper.push(POSITION, [])  # as the regular push may be
    trade(paper, "buy", ETH)
    until(lambda: "ETHUSDT" not in positions, what="the end of the other one")
    until(lambda: _told_of(events, "ETHUSDT")[-1:] == ["closed"], what="its event")
    assert _told_of(events, "ETHUSDT").count("closed") == 1
    assert positions.synced
    assert {one.inst_id for one in positions} == {"BTCUSDT"}


def _told_of(events: Heard, inst_id: str) -> list[str]:
    return [event.kind for event in events if event.position.inst_id == inst_id]


def test_the_first_list_behind_an_outage_closes_what_is_gone(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """Nobody tells the end of a position that was closed meanwhile: the list does."""
    states = States()
    ws.on_state(states)
    trade(paper, "buy")
    positions = ws.positions
    assert positions.wait_synced(5)
    paper.faults.refuse_handshake(502, times=2)
    paper.faults.drop()
    states.until("lost", path="private")
    assert not positions.synced
    trade(paper, "sell")
    assert positions.wait_synced(5)
    assert list(positions) == []


def test_positions_of_all_products(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """Which product they are of follows from their margin."""
    positions = ws.positions
    assert positions.wait_synced(5)
    row = {"symbol": "BTCUSD", "marginCoin": "BTC", "posSide": "short", "holdMode": "hedge_mode", "size": "3"}
    paper.push(POSITION, [{**row, "marginMode": "isolated", "positionStatus": "opening", "updatedTime": "5"}])
    until(lambda: "BTCUSD" in positions, what="the position")
    told: PositionUpdate = positions["BTCUSD"]
    assert (told.product, told.side, told.size, told.margin_mode) == ("COIN-FUTURES", "short", Decimal(-3), "isolated")


def test_the_account(ws: BitgetWsClient) -> None:
    """Totals are Bitget's own, coins stand beside them."""
    account = ws.account
    assert account.wait_synced(5)
    assert account.equity is not None
    assert account.equity > 100_000
    assert account.margin_ratio == 0
    assert {one.currency for one in account.balances} == {"USDT", "BTC", "ETH", "SOL"}
    usdt = account.balance("USDT")
    assert usdt is not None
    assert usdt.equity == usdt.available == 100_000


def test_a_new_count_of_a_book_is_a_gap(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """``pseq`` 0 on a change follows nothing: the book is invalid at once, and one snapshot is asked for."""
    states = States()
    ws.on_state(states)
    with ws.order_book("BTCUSDT") as book:
        assert book.wait_valid(5)
        paper.push(BOOKS, [{"a": [], "b": [["1", "1"]], "seq": 900, "pseq": 0, "ts": "1"}], action="update")
        assert "follows number 0" in (states.until("gap").reason or "")
        assert book.wait_valid(5)
        (topic,) = paper.topics()
        assert sum(one.asked[topic] for one in paper.connections) == 2


def test_the_first_change_of_a_book_may_overlap_its_snapshot(paper: PaperExchange, ws: BitgetWsClient) -> None:
    """It is applied, and no snapshot is asked for."""
    with ws.order_book("BTCUSDT") as book:
        assert book.wait_valid(5)
        seq = book.seq
        assert seq is not None
        change = {"a": [], "b": [["1", "7"]], "seq": seq + 5, "pseq": seq - 1, "ts": "1"}
        paper.push(BOOKS, [change], action="update")
        until(lambda: book.seq == seq + 5, what="the change")
        assert book.valid
        (topic,) = paper.topics()
        assert sum(one.asked[topic] for one in paper.connections) == 1


@pytest.mark.parametrize(("protocol", "account", "code"), [("v2", "alice", "40085"), ("v3", "bob", "40084")])
def test_the_wrong_kind_of_account(paper: PaperExchange, protocol: Any, account: str, code: str) -> None:
    """One login, one connection, an error with its cure at once; no loop."""
    began = time.monotonic()
    with BitgetWsClient(paper.bitget_config(protocol, account=account), options=FAST) as client:
        with pytest.raises(OkxAuthError) as caught:
            client.subscribe_orders(timeout=5)
        assert caught.value.code == code
        assert "account_kind=" in (caught.value.hint or "")
        until(lambda: client.status()["links"]["private"]["state"] == "failed", what="the end of the link")
    assert paper.journal.tcp_connections == 1
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(("account", "protocol"), [("alice", "v3"), ("bob", "v2")])
def test_a_client_finds_out_the_kind(paper: PaperExchange, account: str, protocol: str) -> None:
    """The same program works with either: it asks once, over REST, and speaks what fits."""
    with BitgetWsClient(paper.bitget_config(None, account=account), options=FAST) as client:
        assert client.config.protocol == protocol
        heard = Heard()
        client.subscribe_orders(callback=heard)
        assert client.positions.wait_synced(5)
        request = {"instId": SWAP, "tdMode": "cross", "side": "buy", "ordType": "limit", "sz": "1", "px": "60000"}
        owner = next(one for one in paper.venue.accounts if one.label == account)
        assert paper.venue.place(owner, request).ok
        until(lambda: len(heard) == 1, what="the order")
        assert client.subscribe_books5("BTCUSDT").get(timeout=5).to_change().bids
    assert [one.path for one in paper.requests] == ["/api/v3/account/settings"]
