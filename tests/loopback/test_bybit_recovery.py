"""What an outage of Bybit's private stream swallowed: fetched over REST, delivered once, counted by the gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import BybitWsClient
from okx_sync.errors import ConfigError
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, States, our_threads, until

SWAP = "BTC-USDT-SWAP"


@attrs.frozen
class Watched:
    """A client, and what it tells."""

    ws: BybitWsClient
    states: States
    errors: Heard


paper = still_exchange.still_paper


@pytest.fixture
def watched(paper: PaperExchange) -> Iterator[Watched]:
    """A client of the first account."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        one = Watched(ws, States(), Heard())
        ws.on_state(one.states)
        ws.on_error(one.errors)
        yield one
    until(lambda: not our_threads(), what="the end of all threads")


def _place(paper: PaperExchange, name: str, **args: Any) -> None:
    order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "sz": "1", "ordType": "limit", "px": "60000"}
    assert paper.venue.place(paper.venue.accounts[0], order | {"clOrdId": name} | args).ok


def _go_down(paper: PaperExchange, watched: Watched) -> None:
    paper.faults.refuse_connect()
    paper.faults.drop("rst")
    watched.states.until("lost", path="private")


def _come_back(paper: PaperExchange, watched: Watched) -> Any:
    paper.faults.accept_connect()
    return watched.states.until("gap", path="private")


def test_fills_of_an_outage_come_once_each(paper: PaperExchange, watched: Watched) -> None:
    """One fill before, three of two orders in the dark, one behind: five executions, those three marked."""
    fills, orders = Heard(), Heard()
    watched.ws.subscribe_executions(callback=fills)
    watched.ws.subscribe_orders(callback=orders)
    for name in ("one", "two", "three", "four"):
        _place(paper, name)
    until(lambda: len(orders) == 4)
    paper.fill("one")
    until(lambda: len(fills) == 1 and len(orders) == 5)
    orders.forget()
    _go_down(paper, watched)
    paper.fill("two", "0.4")
    paper.fill("two")
    paper.fill("three")
    _place(paper, "dark", px="59000")
    gap = _come_back(paper, watched)
    paper.fill("four")
    until(lambda: len(fills) == 5 and len(orders) == 4)
    assert [(one.orderLinkId, one.recovered) for one in fills] == [
        ("one", False),
        ("two", True),
        ("two", True),
        ("three", True),
        ("four", False),
    ]
    assert all(one.category == "linear" for one in fills)
    assert max(Counter(one.execId for one in fills).values()) == 1
    assert sum((one.execQty for one in fills), Decimal(0)) == Decimal("0.04")
    assert sorted((one.orderLinkId, one.orderStatus, one.recovered) for one in orders) == [
        ("dark", "New", True),
        ("four", "Filled", False),
        ("three", "Filled", True),
        ("two", "Filled", True),
    ]
    assert gap.recovered == 6
    assert gap.missing_before is None
    assert list(watched.errors) == []


def test_live_orders_know_what_was_filled(paper: PaperExchange, watched: Watched) -> None:
    """``ws.orders`` hears of the fills of an outage, once each."""
    orders = watched.ws.orders
    assert orders.wait_synced(5)
    placed = orders.place("BTCUSDT", "buy", "0.02", "60000")
    _go_down(paper, watched)
    paper.fill(placed.client_order_id or "", "0.5")
    paper.fill(placed.client_order_id or "")
    gap = _come_back(paper, watched)
    until(lambda: placed.is_filled, what="the end of the order")
    assert gap.recovered >= 2
    assert orders.wait_synced(5)
    assert [fill.size for fill in placed.fills] == [Decimal("0.005"), Decimal("0.015")]
    assert placed.filled == Decimal("0.02")


def test_a_position_closed_in_the_dark_and_its_wallet(paper: PaperExchange, watched: Watched) -> None:
    """The close is told by a row of size 0, the wallet by the coin that moved."""
    positions, wallet = Heard(), Heard()
    watched.ws.subscribe_positions(callback=positions)
    watched.ws.subscribe_wallet(callback=wallet)
    _place(paper, "open", ordType="market", px="")
    until(lambda: positions and list(positions)[-1].size == Decimal("0.01") and wallet)
    _go_down(paper, watched)
    _place(paper, "close", ordType="market", px="", side="sell", reduceOnly="true")
    gap = _come_back(paper, watched)
    until(lambda: list(positions)[-1].recovered and list(wallet)[-1].recovered)
    position, balances = list(positions)[-1], list(wallet)[-1]
    assert (position.symbol, position.size) == ("BTCUSDT", 0)
    assert [coin.coin for coin in balances.coin] == ["USDT"]
    assert balances.creationTime is not None
    assert gap.recovered == 2


def test_orders_on_spreads_and_greeks(paper: PaperExchange, watched: Watched) -> None:
    """An order on a spread that was cancelled, one that was placed, and the Greeks; what is not fetched is named."""
    orders, greeks = Heard(), Heard()
    watched.ws.subscribe_spread_orders(callback=orders)
    watched.ws.subscribe_greeks(callback=greeks)
    watched.ws.subscribe_spread_executions(callback=Heard())
    watched.ws.subscribe_disconnect_protection("future", callback=Heard())
    watched.ws.subscribe_rfqs(callback=Heard())
    venue, account = paper.venue, paper.venue.accounts[0]
    asked = {"sprdId": "BTC-USDT_BTC-USDT-SWAP", "side": "buy", "ordType": "limit", "sz": "0.1", "px": "-5"}
    assert paper.run(lambda: venue.spread_orders.place(account, asked | {"clOrdId": "one"})).ok
    until(lambda: len(orders) == 1)
    _go_down(paper, watched)
    assert paper.run(lambda: venue.spread_orders.cancel(account, {"clOrdId": "one"})).ok
    assert paper.run(lambda: venue.spread_orders.place(account, asked | {"clOrdId": "two"})).ok
    _place(paper, "open", ordType="market", px="")
    gap = _come_back(paper, watched)
    until(lambda: len(orders) == 3 and greeks)
    told = sorted((one.orderLinkId, one.orderStatus, one.recovered) for one in list(orders)[1:])
    assert told == [("one", "Cancelled", True), ("two", "New", True)]
    assert [(one.baseCoin, one.recovered) for one in greeks] == [("BTC", True)]
    assert (gap.recovered, gap.reason) == (3, "not recovered: rfq.open.rfqs")


def test_nothing_happened(paper: PaperExchange, watched: Watched) -> None:
    """Then nothing is delivered, and the gap says so."""
    orders, fills, positions = heard = Heard(), Heard(), Heard()
    watched.ws.subscribe_orders(callback=orders)
    watched.ws.subscribe_executions(callback=fills)
    watched.ws.subscribe_positions(callback=positions)
    _place(paper, "before")
    _place(paper, "filled", ordType="market", px="")
    size = Decimal("0.01")
    until(lambda: any(one.orderStatus == "Filled" for one in orders), what="the end of the order")
    until(lambda: sum(one.execQty for one in fills) == size, what="its fills")
    until(lambda: any(one.size == size for one in positions), what="its position")
    told = [len(one) for one in heard]
    _go_down(paper, watched)
    gap = _come_back(paper, watched)
    assert (gap.recovered, gap.reason, gap.missing_before) == (0, None, None)
    assert [len(one) for one in heard] == told


def test_trades_are_backfilled_on_request(paper: PaperExchange, watched: Watched) -> None:
    """With ``backfill=True`` every trade comes, once; a channel that REST knows nothing of is refused."""
    heard = Heard()
    watched.ws.subscribe_trades("BTCUSDT", heard, backfill=True)
    paper.trade_at(SWAP, "65000", "1")
    until(lambda: len(heard) == 1)
    paper.faults.refuse_connect()
    paper.faults.drop("rst")
    watched.states.until("lost", path="public")
    for price in ("65001", "65002"):
        paper.trade_at(SWAP, price, "1")
    paper.faults.accept_connect()
    gap = watched.states.until("gap", path="public")
    paper.trade_at(SWAP, "65003", "1")
    until(lambda: len(heard) >= 4 and list(heard)[-1].p == 65003)
    told = list(heard)
    assert [trade.recovered for trade in told].count(True) == gap.recovered >= 2
    assert {trade.p for trade in told} == {Decimal(price) for price in (65000, 65001, 65002, 65003)}
    assert max(Counter(trade.i for trade in told).values()) == 1
    assert all(trade.v == Decimal("0.01") and trade.s == "BTCUSDT" and trade.S for trade in told)
    with pytest.raises(ConfigError, match="cannot be fetched"):
        watched.ws.subscribe_tickers("BTCUSDT", heard, backfill=True)
