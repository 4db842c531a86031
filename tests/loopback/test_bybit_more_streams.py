"""Streams of Bybit beside those of its markets: addresses of their own, and a book whose snapshot is fetched."""

from __future__ import annotations

import attrs
import pytest

from okx_sync import BybitClient, BybitWsClient, SubscriptionError
from okx_sync.exchanges.bybit.dialect import BybitDialect
from okx_sync.paper import PaperExchange
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Ack, Push
from tests.loopback.books import asked
from tests.loopback.conftest import FAST, PATIENCE_S, States, until

SOON = attrs.evolve(FAST, snapshot_s=0.2)
SYMBOL = "BTCUSDT"
FULL = Topic.of("orderbook.full", symbol=SYMBOL)
SPREAD = Topic.of("spread.tickers", symbol="SOLUSDT_SOL/USDT")


def test_what_is_of_no_market_has_a_connection_of_its_own(paper: PaperExchange) -> None:
    """Confirmed, delivered as rows, restored after a loss; no key is needed, nor sent."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        news = ws.subscribe_system_status()
        assert paper.push({"topic": "system.status"}, [{"id": "m-1", "state": "ongoing", "serviceTypes": [1]}]) == 1
        row = news.get(timeout=PATIENCE_S)
        assert (row.id, row.state, row.serviceTypes) == ("m-1", "ongoing", ("1",))
        assert row.ts is not None
        paper.faults.drop()
        until(lambda: paper.push({"topic": "system.status"}, [{"id": "m-2"}]) == 1, what="the same topic again")
        assert news.get(timeout=PATIENCE_S).id == "m-2"
    own = [one for one in paper.connections if one.path == "v5/public/misc/status"]
    assert [one.logged_in for one in own] == [False, False]


def test_offers_and_block_trades_come_as_rows(paper: PaperExchange) -> None:
    """Each from its own address."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        offers, trades = ws.subscribe_smart_leverage_offers(), ws.subscribe_rfq_public_trades()
        paper.push({"topic": "earn.smartleverage.offers"}, [{"p": 14, "b": "60100"}])
        paper.push({"topic": "rfq.open.public.trades"}, [{"rfqId": "r-1", "legs": [{"symbol": SYMBOL}]}])
        assert offers.get(timeout=PATIENCE_S).p == "14"
        assert trades.get(timeout=PATIENCE_S).legs[0].symbol == SYMBOL


def test_private_ones_are_confirmed(paper: PaperExchange) -> None:
    """Strategies, spreads, inquiries, and the protection against lost connections, of which nothing is ever pushed."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        ws.subscribe_disconnect_protection("future")
        orders = ws.subscribe_spread_orders()
        ws.subscribe_rfqs()
        ws.subscribe_strategies()
        paper.push({"topic": "spread.order"}, [{"orderId": "o-1", "symbol": "X", "orderStatus": "New", "price": "-1"}])
        update = orders.get(timeout=PATIENCE_S).to_update()
        assert (update.order_id, update.status, str(update.price)) == ("o-1", "live", "-1")


@pytest.mark.parametrize("channel", ["orderbook.full", "orderbook.rpi"])
def test_such_a_book_follows_the_market(paper: PaperExchange, channel: str) -> None:
    """The whole one is fetched over REST, as its stream sends no snapshot; nothing is reported."""
    errors: list[Exception] = []
    with BybitWsClient(paper.bybit_config(), options=SOON) as ws:
        ws.on_error(errors.append)
        book = ws.order_book(SYMBOL, channel)
        assert book.wait_valid(PATIENCE_S)
        seen: list[bool] = []
        book.on_update(lambda one: seen.append(one.valid))
        until(lambda: len(seen) >= 3, what="further changes")
        assert all(seen)
    fetched = [one for one in paper.requests if one.path == "/v5/market/full_orderbook"]
    assert bool(fetched) == (channel == "orderbook.full")
    assert errors == []


def test_a_whole_book_that_begins_anew_is_fetched_again(paper: PaperExchange) -> None:
    """Number 1 without any level: what was there before is not shown as valid, and the new book is."""
    with BybitWsClient(paper.bybit_config(), options=SOON) as ws:
        book = ws.order_book(SYMBOL, "orderbook.full")
        assert book.wait_valid(PATIENCE_S)
        states = States()  # a listener of the book may be called when it is valid again
        ws.on_state(states)
        paper.faults.reset_sequence("BTC-USDT-SWAP")
        until(lambda: any(event.topic == str(FULL) for event in states.of(kind="gap")), what="the end of the old book")
        assert book.wait_valid(PATIENCE_S)


def test_spot_pairs_have_streams_of_their_own(paper: PaperExchange) -> None:
    """With `category="spot"`: prices, trades and a live book of the pair, not of the perpetual of the same name."""
    with BybitWsClient(paper.bybit_config(category="spot"), options=FAST) as ws:
        book = ws.order_book(SYMBOL)
        whole = ws.order_book(SYMBOL, "orderbook.full")
        trades = ws.subscribe_trades(SYMBOL)
        assert ws.subscribe_tickers(SYMBOL).get(timeout=PATIENCE_S).usdIndexPrice is not None
        assert book.wait_valid(PATIENCE_S)
        assert whole.wait_valid(PATIENCE_S)
        paper.trade_at("BTC-USDT", "65432.1")
        until(lambda: str(trades.get(timeout=PATIENCE_S).p) == "65432.1", what="the trade of the pair")
    assert {one.path for one in paper.connections} == {"v5/public/spot"}


def test_an_order_on_a_spread_shows_on_the_private_stream(paper: PaperExchange) -> None:
    """Placed, amended and cancelled over REST: each step is pushed, and the last one stands in the history."""
    config = paper.bybit_config()
    with BybitWsClient(config, options=FAST) as ws, BybitClient(config) as rest:
        orders = ws.subscribe_spread_orders()
        placed = rest.spread.place_spread_order("BTCUSDT_BTC/USDT", "Buy", "Limit", "0.1", price="-5")
        assert orders.get(timeout=PATIENCE_S).orderStatus == "New"
        rest.spread.amend_spread_order("BTCUSDT_BTC/USDT", order_id=placed.orderId, qty="0.2")
        assert str(orders.get(timeout=PATIENCE_S).qty) == "0.2"
        rest.spread.cancel_spread_order(order_id=placed.orderId)
        told = orders.get(timeout=PATIENCE_S)
        assert (told.orderId, told.orderStatus) == (placed.orderId, "Cancelled")
        (listed,) = rest.spread.get_spread_order_history(order_id=placed.orderId)
        assert listed.orderStatus == told.orderStatus


def test_spreads_have_book_trades_and_tickers(paper: PaperExchange) -> None:
    """On an address of their own, as live book and as rows; prices may be below zero."""
    with BybitWsClient(paper.bybit_config(), options=FAST) as ws:
        ticker = ws.subscribe_spread_tickers("BTCUSDT_BTC/USDT").get(timeout=PATIENCE_S)
        trades = ws.subscribe_spread_trades("BTCUSDT_BTC/USDT")
        book = ws.order_book("BTCUSDT_BTC/USDT", "spread.orderbook.25")
        assert book.wait_valid(PATIENCE_S)
        trade = trades.get(timeout=PATIENCE_S)
        with pytest.raises(SubscriptionError):
            ws.subscribe_spread_tickers("NONE_OF/THEM")
    assert (ticker.symbol, trade.s) == ("BTCUSDT_BTC/USDT", "BTCUSDT_BTC/USDT")
    assert {one.path for one in paper.connections} == {"v5/public/spread"}


def test_topics_of_spreads_are_spelt_as_those_of_other_markets() -> None:
    """Told by their address; asked one by one, as the answers name topics and no request."""
    dialect = BybitDialect()
    other = Topic.of("spread.publicTrade", symbol="SOLUSDT_SOL/USDT")
    assert list(dialect.batches([SPREAD, other])) == [[SPREAD], [other]]
    assert '"args":["tickers.SOLUSDT_SOL/USDT"]' in dialect.ask_frame("subscribe", [SPREAD], "1")
    push = dialect.read(b'{"topic":"tickers.SOLUSDT_SOL/USDT","type":"snapshot","ts":1,"data":{}}')
    assert isinstance(push, Push)
    assert dialect.matches(SPREAD, push.arg)
    answer = b'{"success":true,"conn_id":"x","data":{"failTopics":[],"successTopics":["tickers.SOLUSDT_SOL/USDT"]},'
    ack = dialect.read(answer + b'"type":"COMMAND_RESP"}')
    assert isinstance(ack, Ack)
    assert ack.arg is not None
    assert dialect.matches(SPREAD, ack.arg)


def test_a_whole_book_is_fetched_without_waiting_or_asking_the_stream(paper: PaperExchange) -> None:
    """Its stream never sends a snapshot: to wait for one, or to subscribe anew, would only cost time."""
    with BybitWsClient(paper.bybit_config(), options=attrs.evolve(FAST, snapshot_s=60.0)) as ws:
        book = ws.order_book(SYMBOL, "orderbook.full")
        assert book.wait_valid(PATIENCE_S)
        states = States()  # a listener of the book may be called when it is valid again
        ws.on_state(states)
        paper.faults.reset_sequence("BTC-USDT-SWAP")
        until(lambda: any(event.topic == str(FULL) for event in states.of(kind="gap")), what="the end of the old book")
        assert book.wait_valid(PATIENCE_S)
    assert asked(paper, f"orderbook.full.{SYMBOL}") == 1
