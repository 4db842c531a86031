"""Subscribing is confirmed: it returns after the ack, or says why not."""

from __future__ import annotations

import threading

import attrs
import orjson
import pytest

from okx_sync import (
    OkxAuthError,
    OkxTimeoutError,
    StreamClosed,
    SubscriptionError,
)
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Connect, Heard, until
from tests.loopback.still_exchange import BTC, ETH, ORDERS, TRADES, flood, numbers_of, pushed, trade

paper = still_exchange.still_paper


def _asked(paper: PaperExchange, op: str = "subscribe") -> list[list[dict[str, str]]]:
    """The args of every request of this kind, in order."""
    messages = [orjson.loads(frame.text) for frame in paper.seen if frame.text != "ping"]
    return [message["args"] for message in messages if message["op"] == op]


def test_a_refused_topic_raises_with_its_arg_and_a_hint(paper: PaperExchange, connect: Connect) -> None:
    """``SubscriptionError`` carries code 60018, the topic's arg, the environment and a hint; the good ones around it
    flow, and nobody else is told."""
    watched = connect()
    before = watched.ws.subscribe_trades(BTC)
    for _ in range(20):
        with pytest.raises(SubscriptionError, match="60018") as caught:
            watched.ws.subscribe_trades("NO-SUCH")
    after = watched.ws.subscribe_trades(ETH)
    error = caught.value
    assert (error.code, error.arg) == ("60018", {"channel": "trades", "instId": "NO-SUCH"})
    assert error.hint
    assert error.environment == paper.config.environment
    flood(paper, TRADES, trade, 3)
    assert numbers_of(before.get(5) for _ in range(3)) == [0, 1, 2]
    assert not after.is_closed
    assert watched.ws.subscription_count() == 2
    assert list(watched.errors) == []


def test_a_mixed_batch(paper: PaperExchange, connect: Connect) -> None:
    """Good and bad topics in one frame: good ones flow, each bad one goes to ``on_error`` with its own arg."""
    watched = connect()
    names = [BTC, "BAD-1", ETH, "BAD-2", "BTC-USDT-SWAP", "BAD-3"]
    paper.faults.refuse_connect()  # no socket before all six are wanted: what waits for it goes in one frame
    subs = {name: watched.ws.subscribe_trades(name, wait=False) for name in names}
    paper.faults.clear()
    until(lambda: len(watched.errors) == 3)
    assert len(_asked(paper)[0]) == 6
    assert all(isinstance(error, SubscriptionError) for error in watched.errors)
    assert sorted(error.arg["instId"] for error in watched.errors) == ["BAD-1", "BAD-2", "BAD-3"]
    assert {error.code for error in watched.errors} == {"60018"}
    assert all(error.hint for error in watched.errors)
    for name, sub in subs.items():
        assert sub.is_closed == name.startswith("BAD")
        if sub.is_closed:
            with pytest.raises(SubscriptionError, match=name):
                sub.get(1)
            continue
        paper.push({"channel": "trades", "instId": name}, [trade(1, name)])
        assert numbers_of([sub.get(5)]) == [1]


def test_what_was_refused_is_not_replayed(paper: PaperExchange, connect: Connect) -> None:
    """After a reconnect only the good topics are asked for."""
    watched = connect()
    watched.ws.subscribe_trades(BTC)
    with pytest.raises(SubscriptionError):
        watched.ws.subscribe_trades("NO-SUCH")
    watched.ws.subscribe_trades("NO-SUCH-EITHER", wait=False)
    until(lambda: len(watched.errors) == 1)
    paper.faults.drop()
    watched.states.until("restored")
    assert set(paper.connections[-1].asked) == {f"trades(instId={BTC})"}
    assert paper.connections[-1].asked.total() == 1


def test_no_ack_is_a_timeout(paper: PaperExchange, connect: Connect) -> None:
    """The caller gets ``OkxTimeoutError`` in time; the topic is neither kept nor replayed."""
    watched = connect()
    watched.ws.subscribe_trades(BTC)
    paper.faults.no_ack("tickers")
    with pytest.raises(OkxTimeoutError, match=r"no ack for tickers\(instId=BTC-USDT\) within 0.2 s") as caught:
        watched.ws.subscribe_tickers(BTC, timeout=0.2)
    assert caught.value.retryable
    assert watched.ws.subscription_count() == 1
    paper.faults.drop()
    watched.states.until("restored")
    assert set(paper.connections[-1].asked) == {f"trades(instId={BTC})"}
    paper.faults.clear()
    assert watched.ws.subscribe_tickers(BTC).get(5).instId == BTC


def test_no_ack_without_waiting(paper: PaperExchange, connect: Connect) -> None:
    """With ``wait=False`` the client asks three times, then tells ``on_error`` and ends the subscription."""
    watched = connect(options=attrs.evolve(FAST, ack_s=0.1))
    paper.faults.no_ack("tickers")
    sub = watched.ws.subscribe_tickers(BTC, wait=False)
    until(lambda: len(watched.errors) == 1)
    [error] = watched.errors
    assert isinstance(error, SubscriptionError)
    assert error.arg == {"channel": "tickers", "instId": BTC}
    assert sub.is_closed
    assert paper.connections[-1].asked == {f"tickers(instId={BTC})": 3}


def test_no_server_is_a_timeout_that_says_so(paper: PaperExchange, connect: Connect) -> None:
    """The message names the reason of the latest attempt. With ``wait=False`` the client goes on trying."""
    watched = connect()
    paper.faults.refuse_connect()
    with pytest.raises(OkxTimeoutError, match=r"not up.*refused"):
        watched.ws.subscribe_trades(BTC, timeout=0.3)
    sub = watched.ws.subscribe_trades(BTC, wait=False)
    paper.faults.accept_connect()
    until(lambda: paper.topics() == {f"trades(instId={BTC})": 1})
    paper.push(TRADES, [trade(1)])
    assert numbers_of([sub.get(5)]) == [1]


def test_many_topics_go_in_few_frames(paper: PaperExchange, connect: Connect) -> None:
    """220 topics asked for at once need three requests of at most 100 topics; after a drop again three."""
    watched = connect()
    bars = ["1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6H", "12H", "1D"]
    names = [f"{kind}{bar}" for kind in ("candle", "mark-price-candle") for bar in bars]
    instruments = [BTC, ETH, "BTC-USDT-SWAP", "ETH-USDT-SWAP", "SOL-USDT"]
    paper.faults.refuse_connect()
    for name in names:
        for inst_id in instruments:
            for _ in range(2):
                watched.ws.subscribe(name, instId=inst_id, wait=False)
    paper.faults.accept_connect()
    until(lambda: paper.topics().total() == 110)
    assert [len(args) for args in _asked(paper)] == [100, 10]
    paper.faults.drop()
    watched.states.until("restored")
    assert paper.topics().total() == 110
    assert [len(args) for args in _asked(paper)[2:]] == [100, 10]
    assert paper.connections[-1].duplicates == {}
    assert list(watched.errors) == []


def test_a_client_that_was_closed_takes_no_more(paper: PaperExchange, connect: Connect) -> None:
    """``StreamClosed``, at once and whether it waits or not."""
    watched = connect()
    watched.ws.subscribe_trades(BTC)
    watched.ws.close()
    for wait in (True, False):
        with pytest.raises(StreamClosed, match="the client was closed"):
            watched.ws.subscribe_trades(ETH, wait=wait)


def test_a_link_that_has_given_up_refuses_new_wishes(paper: PaperExchange, connect: Connect) -> None:
    """After a fatal login error each further subscribe raises it at once; one that does not wait gets it through
    ``on_error``, and its handle is closed. Nothing hangs in silence."""
    watched = connect()
    paper.faults.refuse_login("60005", times=None)
    with pytest.raises(OkxAuthError, match="60005"):
        watched.ws.subscribe_orders("ANY")
    with pytest.raises(OkxAuthError, match="60005"):
        watched.ws.subscribe_account()
    before = len(watched.errors)
    sub = watched.ws.subscribe_account(wait=False)
    until(lambda: len(watched.errors) == before + 1)
    assert isinstance(list(watched.errors)[-1], OkxAuthError)
    assert sub.is_closed
    with pytest.raises(OkxAuthError, match="60005"):
        sub.get(1)
    assert watched.ws.status()["subscriptions"] == []
    assert watched.ws.subscribe_trades(BTC).is_closed is False


def test_subscribing_from_a_callback_waits_like_anywhere_else(paper: PaperExchange, connect: Connect) -> None:
    """A callback may subscribe and wait for the ack; an inline one is told that it cannot wait."""
    watched = connect()
    second = Heard()
    watched.ws.subscribe_trades(BTC, lambda _: watched.ws.subscribe_trades(ETH, second, name="second"))
    flood(paper, TRADES, trade, 1)
    until(lambda: f"trades(instId={ETH})" in paper.topics())
    paper.push({"channel": "trades", "instId": ETH}, [trade(5, ETH)])
    until(lambda: numbers_of(second) == [5])

    watched.ws.subscribe_trades(BTC, lambda _: watched.ws.subscribe_tickers(ETH), inline=True)
    flood(paper, TRADES, trade, 1)
    until(lambda: len(watched.errors) == 1)
    assert "inline callback cannot wait" in str(next(iter(watched.errors)))


def test_subscribing_from_many_threads_at_once(paper: PaperExchange, connect: Connect) -> None:
    """Twenty threads ask for four topics: all are acked, each topic is subscribed once, all hear it."""
    watched = connect()
    names = [BTC, ETH, "BTC-USDT-SWAP", "ETH-USDT-SWAP"]
    got = [Heard() for _ in range(20)]

    def ask(number: int) -> None:
        watched.ws.subscribe_trades(names[number % 4], got[number])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(watched.ws.status()["subscriptions"]) == 20
    assert paper.connections[0].duplicates == {}
    for name in names:
        paper.push({"channel": "trades", "instId": name}, [trade(1, name)])
    until(lambda: all(len(heard) == 1 for heard in got))


def test_private_topics_are_asked_after_the_login(paper: PaperExchange, connect: Connect) -> None:
    """A login that takes its time delays the subscribe, not the caller's other links."""
    watched = connect()
    paper.faults.delay(0.3, "login")
    sub = watched.ws.subscribe_orders("ANY", wait=False)
    watched.ws.subscribe_trades(BTC)
    until(lambda: any(one.logins for one in paper.connections))
    private = next(one for one in paper.connections if one.path == "private")
    assert private.subscribes == 0
    until(lambda: "orders(instType=ANY)" in paper.topics())
    paper.push(ORDERS, [still_exchange.order(1)])
    assert numbers_of([sub.get(5)]) == [1]
    assert pushed(paper, ORDERS) == 1
