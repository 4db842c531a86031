"""Several listeners of one topic, and one client on several paths."""

from __future__ import annotations

from typing import Any

import pytest

from okx_sync import ConfigError, Subscription, SubscriptionError
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import BTC, ETH_TRADES, ORDERS, TRADES, flood, numbers_of, order, trade

paper = still_exchange.still_paper


def test_one_topic_is_one_subscribe_and_the_last_one_unsubscribes(paper: PaperExchange, connect: Connect) -> None:
    """Three listeners: one subscribe. Two leave: it goes on. The last leaves: one unsubscribe; late frames of the
    topic cause no error."""
    watched = connect()
    heard = [Heard(), Heard(), Heard()]
    subs = [watched.ws.subscribe_trades(BTC, one) for one in heard]
    assert paper.connections[0].subscribes == 1
    flood(paper, TRADES, trade, 2)
    until(lambda: all(numbers_of(one) == [0, 1] for one in heard))

    subs[0].unsubscribe()
    subs[1].unsubscribe()
    subs[1].unsubscribe()
    flood(paper, TRADES, lambda number: trade(2 + number), 2)
    until(lambda: numbers_of(heard[2]) == [0, 1, 2, 3])
    assert [len(one) for one in heard] == [2, 2, 4]
    assert paper.connections[0].unsubscribes == 0

    subs[2].unsubscribe()
    until(lambda: not paper.topics())
    assert paper.connections[0].unsubscribes == 1
    late = {"arg": TRADES, "data": [trade(9)]}
    paper.send_raw(still_exchange.text_of(late))
    until(lambda: watched.ws.status()["links"]["public"]["unrouted"] == 1)
    again = watched.ws.subscribe_trades(BTC)
    paper.push(TRADES, [trade(10)])
    assert numbers_of([again.get(5)]) == [10]
    assert [len(one) for one in heard] == [2, 2, 4]
    assert list(watched.errors) == []


class _LastAfterThree:
    """A callback that unsubscribes itself at the third event."""

    def __init__(self) -> None:
        self.got: list[int] = []
        self.sub: Subscription[Any] | None = None

    def __call__(self, event: Any) -> None:
        self.got += numbers_of([event])
        if len(self.got) == 3 and self.sub is not None:
            self.sub.unsubscribe()


def test_nothing_is_delivered_after_unsubscribe(paper: PaperExchange, connect: Connect) -> None:
    """A callback that unsubscribes itself at the third event never sees a fourth, however many had come; inline or
    on the callback thread."""
    watched = connect()
    for inline in (False, True):
        last = _LastAfterThree()
        last.sub = watched.ws.subscribe_trades(BTC, last, inline=inline)
        rest = watched.ws.subscribe_trades(BTC)
        flood(paper, TRADES, trade, 500)
        assert numbers_of(rest.get(5) for _ in range(500)) == list(range(500))
        rest.unsubscribe()
        flood(paper, ETH_TRADES, trade, 1)
        until(lambda: not paper.topics())
        assert last.got == [0, 1, 2]
    assert list(watched.errors) == []


def test_leaving_and_coming_back_again_and_again(paper: PaperExchange, connect: Connect) -> None:
    """Fifty quick turns of subscribe and unsubscribe end in the state of the last one, on both sides."""
    watched = connect()
    for _ in range(50):
        with watched.ws.subscribe_trades(BTC) as sub:
            assert not sub.is_closed
    last = watched.ws.subscribe_trades(BTC)
    paper.push(TRADES, [trade(1)])
    assert numbers_of([last.get(5)]) == [1]
    assert paper.topics() == {f"trades(instId={BTC})": 1}
    assert watched.ws.subscription_count() == 1
    assert paper.connections[0].subscribes == 51
    assert list(watched.errors) == []


def test_each_channel_finds_its_own_socket(paper: PaperExchange, connect: Connect) -> None:
    """Tickers, a candle and orders on one client: three sockets, each topic on the right one, only the private one
    logged in."""
    watched = connect()
    ticker = watched.ws.subscribe_tickers(BTC)
    candle = watched.ws.subscribe_candles(BTC, "1s")
    orders = watched.ws.subscribe_orders("ANY")
    topics = {one.path: one.topics for one in paper.open_connections}
    assert topics == {
        "public": (f"tickers(instId={BTC})",),
        "business": (f"candle1s(instId={BTC})",),
        "private": ("orders(instType=ANY)",),
    }
    paper.push(ORDERS, [order(1)])
    assert ticker.get(5).instId == BTC
    assert candle.get(5).bar == "1s"
    assert numbers_of([orders.get(5)]) == [1]
    logged_in = {one.path for one in paper.open_connections if one.logged_in}
    assert "private" in logged_in
    assert "public" not in logged_in
    assert watched.ws.is_connected()


def test_the_path_can_be_forced(paper: PaperExchange, connect: Connect) -> None:
    """``path=`` sends the subscribe to the named path, whatever the table says; the exchange then refuses what it
    does not serve there."""
    watched = connect()
    with pytest.raises(SubscriptionError, match=r"6400|60018"):
        watched.ws.subscribe_tickers(BTC, path="business")
    assert [one.path for one in paper.connections] == ["business"]
    assert list(paper.connections[0].asked) == [f"tickers(instId={BTC})"]
    assert watched.ws.subscribe_tickers(BTC).get(5).instId == BTC
    assert [one.path for one in paper.open_connections] == ["business", "public"]


def test_the_former_name_of_the_path(paper: PaperExchange, connect: Connect) -> None:
    """``endpoint=`` means ``path=``, with a warning, for subscriptions, books and ``send``; not both at once."""
    watched = connect()
    with pytest.warns(DeprecationWarning, match="endpoint= is called path= now, and goes in version 0.3.0"):
        assert watched.ws.subscribe_tickers(BTC, endpoint="public").get(5).instId == BTC
    with pytest.warns(DeprecationWarning, match="endpoint= is called path= now"):
        assert watched.ws.order_book(BTC, endpoint="public").wait_valid(5)
    with pytest.warns(DeprecationWarning, match="endpoint= is called path= now"):
        watched.ws.send("subscribe", [{"channel": "mark-price", "instId": BTC}], endpoint="public")
    with pytest.raises(ConfigError, match="path= and endpoint= are one option"):
        watched.ws.subscribe_trades(BTC, path="public", endpoint="public")


def test_a_login_on_the_public_path(paper: PaperExchange, connect: Connect) -> None:
    """A VIP book needs a login on the public path: the socket that is open already logs in, once, and other topics
    on it are not disturbed."""
    watched = connect()
    trades = watched.ws.subscribe_trades(BTC)
    book = watched.ws.subscribe_books50_l2_tbt(BTC)
    assert book.get(5).action == "snapshot"
    [public] = paper.connections
    assert (public.logins, public.logged_in) == (1, True)
    paper.push(TRADES, [trade(1)])
    assert numbers_of([trades.get(5)]) == [1]
