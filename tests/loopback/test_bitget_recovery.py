"""What an outage of Bitget's streams swallowed: fetched over REST, delivered once, counted by the gap; V3 and V2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from okx_sync import BitgetWsClient
from okx_sync.errors import ConfigError
from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock
from tests.loopback.conftest import FAST, Heard, States, our_threads, until

SWAP = "BTC-USDT-SWAP"


class _Ahead(Clock):
    """The real time, and what a test lets pass besides."""

    ahead_s = 0.0

    def time(self) -> float:
        return super().time() + self.ahead_s


@attrs.frozen
class Watched:
    """A client, and what it tells."""

    clock: _Ahead
    ws: BitgetWsClient
    paper: PaperExchange
    states: States
    errors: Heard

    def place(self, name: str, **args: Any) -> None:
        """Place an order as another program of the account does."""
        order = {"instId": SWAP, "tdMode": "cross", "side": "buy", "sz": "1", "ordType": "limit", "px": "60000"}
        assert self.paper.venue.place(self.paper.venue.accounts[0], order | {"clOrdId": name} | args).ok

    def trade(self, side: str, name: str, **args: Any) -> None:
        """Trade at once, at the market."""
        self.place(name, ordType="market", px="", side=side, **args)

    def cancel(self, name: str) -> None:
        """Cancel an order as another program does."""
        assert self.paper.venue.cancel(self.paper.venue.accounts[0], {"instId": SWAP, "clOrdId": name}).ok

    def go_down(self, path: str = "private") -> None:
        """Lose all links, and let none be made."""
        self.paper.faults.refuse_connect()
        self.paper.faults.drop("rst")
        self.states.until("lost", path=path)

    def come_back(self, path: str = "private") -> Any:
        """Let links be made; returns the gap."""
        self.paper.faults.accept_connect()
        return self.states.until("gap", path=path)


@pytest.fixture(params=["v3", pytest.param("v2", marks=pytest.mark.slow)])
def watched(request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A client of the first account, on a market that moves only when a test says so."""
    with PaperExchange(flow_per_s=0) as paper:
        if request.param == "v3":
            paper.unify()
        clock = _Ahead()
        with BitgetWsClient(paper.bitget_config(request.param), options=FAST, clock=clock) as ws:
            one = Watched(clock, ws, paper, States(), Heard())
            ws.on_state(one.states)
            ws.on_error(one.errors)
            yield one
        problems = paper.problems
    assert problems == []
    until(lambda: not our_threads(), what="the end of all threads")


def test_fills_of_an_outage_come_once_each(watched: Watched) -> None:
    """One fill before, three of two orders in the dark, one behind: five fills, those three marked; orders as well."""
    fills, orders = Heard(), Heard()
    watched.ws.subscribe_fill(callback=fills)
    watched.ws.subscribe_orders(callback=orders)
    for name in ("one", "two", "three", "four"):
        watched.place(name)
    until(lambda: len(orders) == 4)
    paper = watched.paper
    paper.fill("one")
    until(lambda: len(fills) == 1 and len(orders) == 5)
    orders.forget()
    watched.go_down()
    paper.fill("two", "0.4")
    paper.fill("two")
    paper.fill("three")
    watched.place("dark", px="59000")
    gap = watched.come_back()
    paper.fill("four")
    until(lambda: len(fills) == 5 and len(orders) == 4)
    updates = [one.to_update() for one in fills]
    assert [one.recovered for one in updates] == [False, True, True, True, False]
    assert [one.size for one in updates] == [Decimal(text) for text in ("0.01", "0.004", "0.006", "0.01", "0.01")]
    assert all(one.fee < 0 and one.side == "buy" for one in updates)
    assert max(Counter(one.trade_id for one in updates).values()) == 1
    told = sorted((one.clientOid, one.to_update().status, one.recovered) for one in orders)
    assert told == [
        ("dark", "live", True),
        ("four", "filled", False),
        ("three", "filled", True),
        ("two", "filled", True),
    ]
    assert gap.recovered == 6
    assert gap.missing_before is None
    assert list(watched.errors) == []


def test_orders_that_began_and_ended_in_the_dark(watched: Watched) -> None:
    """``ws.orders`` hears of those that another program placed, filled and cancelled ones."""
    orders, done = watched.ws.orders, Heard()
    orders.on_order(lambda change: done(change) if change.order.is_done else None)
    assert orders.wait_synced(5)
    watched.go_down()
    watched.place("cancelled", px="59000")
    watched.cancel("cancelled")
    watched.trade("buy", "filled")
    watched.come_back()
    until(lambda: done and sum((fill.size for fill in list(done)[-1].order.fills), Decimal(0)) == Decimal("0.01"))
    told = {one.order.client_order_id: one.order for one in done if one.recovered}
    assert {name: order.status for name, order in told.items()} == {"cancelled": "canceled", "filled": "filled"}
    assert told["filled"].filled == Decimal("0.01")
    assert orders.wait_synced(5)


def test_a_position_closed_in_the_dark_and_its_money(watched: Watched) -> None:
    """The end is told by a row of size 0, one that came and went as well, and the money that moved."""
    positions, balances = Heard(), Heard()
    watched.ws.subscribe_positions(callback=positions)
    watched.ws.subscribe_account(callback=balances)
    watched.trade("buy", "open")
    until(lambda: positions and list(positions)[-1].to_update().size == Decimal("0.01") and balances)
    watched.go_down()
    watched.trade("sell", "close")
    watched.trade("buy", "again", sz="2")
    watched.trade("sell", "gone", sz="2")
    gap = watched.come_back()
    until(lambda: any(one.recovered for one in positions) and any(one.recovered for one in balances))
    ended = [one for one in positions if one.recovered]
    assert [(one.to_update().inst_id, one.to_update().size) for one in ended] == [("BTCUSDT", 0)] * len(ended)
    assert len(ended) == 2
    assert gap.recovered == 3
    (money,) = [one.to_update() for one in balances if one.recovered]
    now = next(one for one in money.balances if one.currency == "USDT")
    account = watched.ws.account
    assert account.wait_synced(5)
    balance = account.balance("USDT")
    assert balance is not None
    assert balance.equity == now.equity
    assert watched.ws.positions.wait_synced(5)
    assert list(watched.ws.positions) == []


def test_nothing_happened(watched: Watched) -> None:
    """Then nothing is recovered, and the gap says so."""
    heard = Heard()
    ws = watched.ws
    for subscribe in (ws.subscribe_orders, ws.subscribe_fill, ws.subscribe_positions, ws.subscribe_account):
        subscribe(callback=heard)
    watched.place("before")
    watched.trade("buy", "filled")
    until(lambda: len({type(one).__name__ for one in heard}) == 4)
    until(lambda: any(getattr(one, "clientOid", "") == "filled" for one in heard))
    watched.go_down()
    gap = watched.come_back()
    assert (gap.recovered, gap.reason, gap.missing_before) == (0, None, None)
    assert not any(one.recovered for one in heard)


def _price(trade: Any) -> Decimal:
    return Decimal(trade.p if hasattr(trade, "p") else trade.price)


def _trade_id(trade: Any) -> str:
    return str(trade.i if hasattr(trade, "i") else trade.tradeId)


def test_trades_are_backfilled_on_request(watched: Watched) -> None:
    """With ``backfill=True`` every trade comes, once; a channel that REST knows nothing of is refused."""
    heard, paper = Heard(), watched.paper
    watched.ws.subscribe_trade("BTCUSDT", heard, backfill=True)
    paper.trade_at(SWAP, "65000", "1")
    until(lambda: any(_price(one) == 65000 for one in heard))
    watched.go_down("public")
    for price in ("65001", "65002"):
        paper.trade_at(SWAP, price, "1")
    gap = watched.come_back("public")
    paper.trade_at(SWAP, "65003", "1")
    until(lambda: any(_price(one) == 65003 for one in heard))
    told = list(heard)
    assert [trade.recovered for trade in told].count(True) == gap.recovered >= 2
    assert {_price(trade) for trade in told} >= {Decimal(price) for price in (65000, 65001, 65002, 65003)}
    assert max(Counter(map(_trade_id, told)).values()) == 1
    with pytest.raises(ConfigError, match="cannot be fetched"):
        watched.ws.subscribe_ticker("BTCUSDT", heard, backfill=True)


def _begin(bar: Any) -> int:
    return int(bar.start if hasattr(bar, "start") else bar.ts)


def test_candles_are_backfilled_on_request(watched: Watched) -> None:
    """Each bar that was closed in the dark comes once as it ended; the stream goes on with the open one."""
    heard, paper = Heard(), watched.paper
    watched.ws.subscribe_candles("BTCUSDT", "1m", callback=heard, backfill=True)
    until(lambda: len(heard) > 0)
    before = max(map(_begin, heard))
    watched.go_down("public")
    watched.clock.ahead_s = 180.0
    paper.clock.advance(180)
    paper.trade_at(SWAP, "65001", "1")
    gap = watched.come_back("public")
    until(lambda: max(map(_begin, heard)) >= before + 180_000, what="the open bar")
    assert gap.recovered in (3, 4)  # a minute may end meanwhile
    missed = [before + number * 60_000 for number in range(gap.recovered)]
    assert [_begin(one) for one in heard if one.recovered] == missed
    assert not [one for one in heard if _begin(one) in missed[1:] and not one.recovered]
