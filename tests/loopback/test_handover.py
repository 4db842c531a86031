"""The exchange announces a restart: the new socket is ready before the old one goes, and nobody notices."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from itertools import pairwise

import attrs
import pytest

from okx_sync import OkxClient
from okx_sync.exchanges.okx.models import BookUpdate, Order, Trade
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import FAST, Connect, Heard, of_connection, our_threads, until
from tests.variants import mostly_slow


def assert_unbroken_trades(trades: list[Trade]) -> None:
    """Each row stands for ``count`` ids up to ``tradeId``; together they have no hole and no repeat."""
    expected = None
    for trade in trades:
        assert trade.tradeId is not None
        assert trade.count is not None
        last = int(trade.tradeId)
        assert expected is None or last - trade.count + 1 == expected, f"{trade} does not follow"
        expected = last + 1


def assert_unbroken_book(updates: list[BookUpdate]) -> None:
    """Each update starts where the one before it ended; a further snapshot never goes back in time."""
    assert updates[0].action == "snapshot"
    for before, update in pairwise(updates):
        assert before.seqId is not None
        assert update.seqId is not None
        if update.action == "snapshot":
            assert update.seqId >= before.seqId
        else:
            assert update.prevSeqId == before.seqId


def test_a_planned_rotation_goes_unnoticed(paper: PaperExchange, connect: Connect) -> None:
    """``rotate_s``: every socket is replaced when it is that old, on all links, without a hole or a repeat."""
    watched = connect(options=attrs.evolve(FAST, rotate_s=0.4))
    trades, orders = Heard(), Heard()
    paper.quiet()
    watched.ws.subscribe_trades("BTC-USDT", callback=trades)
    watched.ws.subscribe_orders("ANY", callback=orders)
    paper.quiet(False)
    placed = 0
    with OkxClient(paper.config) as rest:
        while min(len(watched.states.of(link, "replaced")) for link in ("public", "private")) < 3:
            rest.place_order("BTC-USDT", "cash", "buy", "limit", "1", px="100")
            orders.until_more(placed + 1 - len(orders))
            placed += 1
    trades.until_more(3)
    paper.quiet()
    watched.ws.close()
    assert_unbroken_trades(list(trades))
    assert len(orders) == placed
    assert watched.states.of(kind="lost") == watched.states.of(kind="gap") == []
    assert list(watched.errors) == []


@pytest.mark.parametrize("drain_s", mostly_slow([0.0, 0.1], [0.0]))
def test_a_restart_goes_unnoticed(
    paper: PaperExchange, connect: Connect, caplog: pytest.LogCaptureFixture, drain_s: float
) -> None:
    """Notice 64008, a close 20 s later: trades unbroken and not repeated, the book without a gap, no ERROR line."""
    watched = connect(options=attrs.evolve(FAST, drain_s=drain_s))
    trades, books, inline = Heard(), Heard(), Heard()
    paper.quiet()
    watched.ws.subscribe_trades("BTC-USDT", callback=trades)
    watched.ws.subscribe_trades("BTC-USDT", callback=inline, inline=True)
    watched.ws.subscribe("books", books, instId="BTC-USDT")
    paper.quiet(False)
    trades.until_more(5)
    for restart in (1, 2):
        assert paper.faults.notice(close_after=20) == 1
        watched.states.until("replaced", restart)
        paper.clock.advance(20.5)
        until(lambda: len(paper.open_connections) == 1, what="the end of the old socket")
        trades.until_more(3)
        books.until_more(3)
    paper.quiet()
    watched.ws.close()
    assert_unbroken_trades(list(trades))
    # What the callback thread had not run yet when the client closed is discarded; inline nothing waits.
    assert list(inline)[: len(trades)] == list(trades)
    assert_unbroken_book(list(books))
    assert watched.states.of(kind="lost") == watched.states.of(kind="gap") == []
    assert list(watched.errors) == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert [one.duplicates for one in paper.connections if one.duplicates] == []


def test_the_new_socket_comes_first(paper: PaperExchange, connect: Connect) -> None:
    """There is a moment when two sockets have every topic; then the old one says goodbye with a close frame."""
    watched = connect(options=attrs.evolve(FAST, drain_s=0.2))
    watched.ws.subscribe_trades("BTC-USDT")
    watched.ws.subscribe_tickers("BTC-USDT")
    watched.states.until("first_data")
    paper.faults.notice(close_after=20)
    assert paper.wait_for(lambda: set(paper.topics().values()) == {2} and len(paper.open_connections) == 2)
    watched.states.until("replaced")
    assert paper.wait_for(lambda: len(paper.open_connections) == 1)
    old, new = paper.connections
    assert (old.open, old.closed_code, old.closed_by) == (False, 1000, "closed by the client")
    assert new.open
    events = [(event.kind, event.epoch) for event in watched.states]
    assert events[2:5] == [("replacing", 1), ("connected", 2), ("replaced", 2)]


def test_a_late_word_of_the_old_socket_changes_nothing(paper: PaperExchange, connect: Connect) -> None:
    """After the switch the old socket is closed, reset or whatever: no event, no reconnect, no second socket."""
    watched = connect()
    watched.ws.subscribe_trades("BTC-USDT")
    paper.faults.notice(close_after=None)
    watched.states.until("replaced")
    assert paper.wait_for(lambda: len(paper.open_connections) == 1)
    until(lambda: len(our_threads("okx-ws")) == 1, what="the end of the old thread")
    paper.clock.advance(60)
    watched.ws.subscribe_trades("ETH-USDT")
    assert set(watched.states.kinds()) <= {"connected", "first_data", "replacing", "replaced"}
    assert len(paper.connections) == 2
    assert len(our_threads("okx-ws")) == 1
    assert watched.ws.status()["links"]["public"]["reconnects"] == 0


def test_a_new_socket_that_lags_behind(paper: PaperExchange, connect: Connect) -> None:
    """What the old socket had delivered before the switch, and the new one brings after it, is not repeated."""
    watched, trades, books = connect(options=attrs.evolve(FAST, drain_s=0.4)), Heard(), Heard()
    watched.ws.subscribe_trades("BTC-USDT", callback=trades)
    watched.ws.subscribe("books", books, instId="BTC-USDT")
    paper.faults.notice(close_after=20)
    assert paper.wait_for(lambda: set(paper.topics().values()) == {2})
    of_connection(paper, 2, lambda session: session.wire.hold(True))
    pushed = (paper.pushed[2, "trades(instId=BTC-USDT)"], paper.pushed[2, "books(instId=BTC-USDT)"])
    watched.states.until("replaced")
    assert paper.pushed[2, "trades(instId=BTC-USDT)"] > pushed[0]
    assert paper.pushed[2, "books(instId=BTC-USDT)"] > pushed[1]
    of_connection(paper, 2, lambda session: session.wire.hold(False))
    trades.until_more(3)
    books.until_more(3)
    watched.ws.close()
    assert_unbroken_trades(list(trades))
    assert_unbroken_book(list(books))
    assert [update.action for update in books].count("snapshot") == 1


def test_after_a_switch_the_link_lives_on(paper: PaperExchange, connect: Connect) -> None:
    """The socket that took over is the link's like any other: new topics go there, and its loss is repaired once."""
    watched, heard = connect(), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    for outage in (1, 2):
        paper.faults.notice(close_after=None)
        watched.states.until("replaced", outage)
        until(lambda: len(our_threads("okx-ws-public")) == 1, what="the end of the old thread")
        watched.ws.subscribe("candle1m", heard, instId="BTC-USDT", path="business")
        watched.ws.subscribe("books5", heard, instId=("BTC-USDT", "ETH-USDT")[outage - 1])
        assert [one.path for one in paper.open_connections].count("public") == 1
        paper.faults.drop()
        watched.states.until("restored", outage, "public")
        heard.until_more()
        until(lambda: set(paper.topics().values()) == {1}, what="each topic once")
        assert [one.path for one in paper.open_connections].count("public") == 1


def test_the_old_socket_dies_too_soon(paper: PaperExchange, connect: Connect) -> None:
    """It goes before the new one is ready: an ordinary loss, told as such, repaired by the one on its way."""
    watched = connect()
    watched.ws.subscribe("orders", instType="ANY")
    paper.faults.delay(0.3, "login")
    paper.faults.notice(close_after=None)
    assert paper.wait_for(lambda: len(paper.connections) == 2 and paper.connections[1].logins == 1)
    of_connection(paper, 1, lambda session: session.drop("rst", None, ""))
    watched.states.until("replaced")
    watched.states.until("gap")  # told once REST has said what was missed
    told = [kind for kind in watched.states.kinds() if kind != "gap"]
    assert told == ["connected", "replacing", "lost", "connected", "restored", "replaced"]
    assert len(paper.connections) == 2
    assert paper.topics() == {"orders(instType=ANY)": 1}


def test_the_new_socket_fails(paper: PaperExchange, connect: Connect) -> None:
    """The successor cannot connect: the old socket goes on until it is closed, then it is an ordinary loss."""
    watched, heard = connect(), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    paper.faults.refuse_handshake(503, times=None)  # another successor follows after a while
    paper.faults.notice(close_after=20)
    assert paper.wait_for(lambda: paper.journal.tcp_connections >= 2)
    until(lambda: len(our_threads("okx-ws")) == 1, what="the end of the failed thread")
    heard.until_more(2)
    paper.clock.advance(21)
    watched.states.until("lost")
    paper.faults.clear()
    watched.states.until("restored")
    heard.until_more(2)
    assert watched.states.kinds().count("lost") == 1
    assert paper.topics() == {"tickers(instId=BTC-USDT)": 1}


def test_orders_while_the_private_socket_is_replaced(paper: PaperExchange, connect: Connect) -> None:
    """Orders are placed and canceled by REST through two restarts: each event comes exactly once, in order."""
    paper.quiet()
    watched, heard = connect(options=attrs.evolve(FAST, drain_s=0.02)), Heard()
    watched.ws.subscribe("orders", heard, instType="ANY")
    placed: list[str] = []
    stop = threading.Event()

    def trade() -> None:
        with OkxClient(paper.config) as rest:
            while not stop.is_set():
                order = rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", str(30_000 + len(placed)))
                assert order.ordId is not None
                rest.cancel_order("BTC-USDT", order.ordId)
                placed.append(order.ordId)

    trader = threading.Thread(target=trade)
    trader.start()
    try:
        for restart in (1, 2):
            heard.until_more(4)
            paper.faults.notice(close_after=2, path="private")
            watched.states.until("replaced", restart)
            heard.until_more(4)
            paper.clock.advance(2)
    finally:
        stop.set()
        trader.join()
    until(lambda: len(heard) >= 2 * len(placed), what="the last events")
    watched.ws.close()
    events: list[Order] = list(heard)
    assert Counter(event.ordId for event in events) == dict.fromkeys(placed, 2)
    assert [event.state for event in events] == ["live", "canceled"] * len(placed)
    assert watched.states.of(kind="lost") == []
    assert [one.logins for one in paper.connections] == [1, 1, 1]


@pytest.mark.slow
def test_a_clock_that_went_wrong_meanwhile(paper: PaperExchange, connect: Connect) -> None:
    """The clock drifted since the last login: the successor's is refused, the clock is set, the next one does it."""
    watched = connect()
    watched.ws.subscribe("account")
    paper.clock.skew(60)
    paper.faults.notice(close_after=60)
    watched.states.until("replaced")
    assert watched.states.of(kind="lost") == []
    assert [one.logins for one in paper.connections] == [1, 1, 1]
