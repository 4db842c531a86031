"""The ways to receive: iterate, get, recv, latest, a queue of one's own; and the counters of each."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from typing import Any

import pytest

from okx_sync import OkxTimeoutError, StreamClosed
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import BTC, ETH, ETH_TRADES, TRADES, flood, numbers_of, pushed, received_all, trade

paper = still_exchange.still_paper


def test_iteration_ends_when_the_client_closes(paper: PaperExchange, connect: Connect) -> None:
    """What had arrived is still handed out, then the loop ends without an exception; a later ``get`` raises at once."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    flood(paper, TRADES, trade, 5)
    received_all(paper, sub, TRADES)
    watched.ws.close()
    assert numbers_of(sub) == [0, 1, 2, 3, 4]
    began = time.monotonic()
    with pytest.raises(StreamClosed, match="the client was closed"):
        sub.get()
    with pytest.raises(StreamClosed):
        watched.ws.recv()
    assert list(watched.ws) == []
    assert time.monotonic() - began < 3


def test_a_waiting_reader_is_woken_by_close(connect: Connect) -> None:
    """get(), iteration and recv() that wait for ever end as soon as the client closes."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    ends: list[str] = []

    def reads(call: Any) -> None:
        try:
            ends.append(f"ended {call()}")
        except StreamClosed:
            ends.append("closed")

    calls = (sub.get, watched.ws.recv, lambda: list(sub), lambda: list(watched.ws))
    threads = [threading.Thread(target=reads, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    watched.ws.close()
    for thread in threads:
        thread.join(2)
    assert sorted(ends) == ["closed", "closed", "ended []", "ended []"]


def test_get_waits_no_longer_than_asked(connect: Connect) -> None:
    """``OkxTimeoutError`` after the timeout, also for ``recv``; zero means now."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    for call in (sub.get, watched.ws.recv):
        began = time.monotonic()
        with pytest.raises(OkxTimeoutError, match=r"nothing arrived within 0\.1 s"):
            call(0.1)
        assert 0.1 <= time.monotonic() - began < 1.0
        with pytest.raises(OkxTimeoutError):
            call(0)


def test_latest_is_the_newest_consumed_or_not(paper: PaperExchange, connect: Connect) -> None:
    """None before the first event; then the newest that came, for every way of delivery, until the end."""
    watched = connect()
    own: queue.Queue[Any] = queue.Queue(1)
    subs = [
        watched.ws.subscribe_trades(BTC),
        watched.ws.subscribe_trades(BTC, Heard()),
        watched.ws.subscribe_trades(BTC, Heard(), inline=True),
        watched.ws.subscribe_trades(BTC, queue=own),
        watched.ws.subscribe_trades(BTC, policy="latest"),
    ]
    assert [sub.latest() for sub in subs] == [None] * 5
    flood(paper, TRADES, trade, 20)
    for sub in subs:
        received_all(paper, sub, TRADES)
    assert numbers_of(sub.latest() for sub in subs) == [19] * 5
    watched.ws.close()
    for sub in subs:
        with pytest.raises(StreamClosed, match="client was closed"):
            sub.latest()


def test_recv_takes_turns(paper: PaperExchange, connect: Connect) -> None:
    """Two topics with many waiting events: ``recv`` alternates between them; callbacks and own queues keep theirs."""
    watched = connect()
    one = watched.ws.subscribe_trades(BTC)
    two = watched.ws.subscribe_trades(ETH)
    heard = Heard()
    watched.ws.subscribe_trades(ETH, heard)
    flood(paper, TRADES, trade, 50)
    flood(paper, ETH_TRADES, lambda number: trade(number, ETH), 50)
    received_all(paper, one, TRADES)
    received_all(paper, two, ETH_TRADES)
    got = [watched.ws.recv(5) for _ in range(100)]
    names = [event.instId for event in got]
    assert all(first != second for first, second in itertools.pairwise(names[1:]))
    for inst_id in (BTC, ETH):
        assert numbers_of(event for event in got if event.instId == inst_id) == list(range(50))
    with pytest.raises(OkxTimeoutError):
        watched.ws.recv(0.01)
    until(lambda: len(heard) == 50)


def test_iterating_the_client(paper: PaperExchange, connect: Connect) -> None:
    """``for event in ws`` gives the events of all subscriptions, then ends with the client."""
    watched = connect()
    watched.ws.subscribe_trades(BTC)
    watched.ws.subscribe_trades(ETH)
    flood(paper, TRADES, trade, 3)
    flood(paper, ETH_TRADES, lambda number: trade(number, ETH), 3)
    got = []
    for event in watched.ws:
        got.append((event.instId, int(event.tradeId)))
        if len(got) == 6:
            watched.ws.close()
    assert sorted(got) == [(name, number) for name in (BTC, ETH) for number in range(3)]


def test_several_readers_share_a_subscription(paper: PaperExchange, connect: Connect) -> None:
    """Four threads that iterate one handle get every event once between them."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC)
    got: list[int] = []
    threads = [threading.Thread(target=lambda: got.extend(numbers_of(sub))) for _ in range(4)]
    for thread in threads:
        thread.start()
    flood(paper, TRADES, trade, 400)
    until(lambda: sub.stats.delivered == 400)
    watched.ws.close()
    for thread in threads:
        thread.join(5)
    assert sorted(got) == list(range(400))


@pytest.mark.parametrize("make", [queue.Queue, queue.SimpleQueue, queue.LifoQueue])
def test_a_queue_of_ones_own(paper: PaperExchange, connect: Connect, make: Any) -> None:
    """Any queue of the standard library gets every event, and a ``StreamClosed`` object at the end."""
    watched = connect()
    own = make()
    sub = watched.ws.subscribe_trades(BTC, queue=own)
    flood(paper, TRADES, trade, 5)
    until(lambda: own.qsize() == 5)
    events = [own.get_nowait() for _ in range(5)]
    assert sorted(numbers_of(events)) == [0, 1, 2, 3, 4]
    assert sub.stats.delivered == 5
    watched.ws.close()
    end = own.get(timeout=5)
    assert isinstance(end, StreamClosed)
    assert own.empty()


def test_one_queue_for_several_topics(paper: PaperExchange, connect: Connect) -> None:
    """One queue may be fed by many subscriptions; each of them ends with an object of its own."""
    watched = connect()
    own: queue.Queue[Any] = queue.Queue()
    first = watched.ws.subscribe_trades(BTC, queue=own)
    watched.ws.subscribe_trades(ETH, queue=own)
    flood(paper, TRADES, trade, 3)
    flood(paper, ETH_TRADES, lambda number: trade(number, ETH), 3)
    got = [own.get(timeout=5).instId for _ in range(6)]
    assert sorted(got) == [BTC] * 3 + [ETH] * 3
    first.unsubscribe()
    assert "unsubscribed" in str(own.get(timeout=5))
    watched.ws.close()
    assert "client was closed" in str(own.get(timeout=5))


@pytest.mark.parametrize("policy", ["drop_oldest", "fail", "block"])
def test_the_end_gets_into_a_full_queue(paper: PaperExchange, connect: Connect, policy: Any) -> None:
    """A reader of a full queue still learns of the end: it takes the place of the oldest event, which is counted."""
    watched = connect()
    own: queue.Queue[Any] = queue.Queue(5)
    sub = watched.ws.subscribe_trades(BTC, queue=own, policy=policy)
    flood(paper, TRADES, trade, 5)
    until(own.full)
    watched.ws.close()
    *events, end = [own.get_nowait() for _ in range(5)]
    assert isinstance(end, StreamClosed)
    assert numbers_of(events) == [1, 2, 3, 4]
    assert (sub.stats.delivered, sub.stats.dropped) == (4, 1)


def test_a_broken_queue_is_told(paper: PaperExchange, connect: Connect) -> None:
    """A queue whose ``put`` raises is reported by name; other subscriptions of the topic get every event."""

    class Broken(queue.Queue[Any]):
        def put_nowait(self, item: Any) -> None:
            raise OSError("the pipe is gone")

    watched = connect()
    broken = watched.ws.subscribe_trades(BTC, queue=Broken())
    good = watched.ws.subscribe_trades(BTC, Heard())
    flood(paper, TRADES, trade, 10)
    until(lambda: len(watched.errors) == 10)
    assert all("Broken.put" in str(error) and "the pipe is gone" in str(error) for error in watched.errors)
    until(lambda: good.stats.delivered == 10)
    assert broken.stats.dropped == 10


def test_status_tells_the_truth(paper: PaperExchange, connect: Connect) -> None:
    """Every number of ``status()`` equals what the exchange counted, and its repr shows them."""
    watched = connect()
    watched.ws.subscribe_trades(BTC, Heard(), name="mine")
    waiting = watched.ws.subscribe_trades(BTC)
    watched.ws.subscribe_tickers(BTC, policy="latest")
    private = watched.ws.subscribe_orders("ANY")
    flood(paper, TRADES, trade, 40)
    received_all(paper, waiting, TRADES)
    for _ in range(10):
        waiting.get(1)
    paper.faults.drop(path="public")
    watched.states.until("restored")
    flood(paper, TRADES, trade, 5)
    received_all(paper, waiting, TRADES)

    def told(topic: str) -> list[dict[str, Any]]:
        return [one for one in watched.ws.status()["subscriptions"] if one["topic"] == topic]

    until(lambda: told(f"trades(instId={BTC})")[0]["delivered"] == 45)
    mine, other = told(f"trades(instId={BTC})")
    assert pushed(paper, TRADES) == 45
    names = ("name", "received", "delivered", "waiting", "dropped")
    assert [mine[name] for name in names] == ["mine", 45, 45, 0, 0]
    assert [other[name] for name in names] == [None, 45, 10, 35, 0]
    assert -50 < mine["lag_ms"] < 5_000
    [ticker] = told(f"tickers(instId={BTC})")
    assert ticker["received"] == pushed(paper, {"channel": "tickers", "instId": BTC}) == 2
    assert ticker["coalesced"] + ticker["waiting"] == 2

    status = watched.ws.status()
    links = status["links"]
    assert set(links) == {"public", "private"}
    assert links["public"]["reconnects"] == 1
    assert links["private"]["reconnects"] == 0
    assert links["public"]["epoch"] == sum(one.path == "public" for one in paper.connections)
    assert sum(link["topics"] for link in links.values()) == 3
    assert watched.ws.subscription_count() == paper.topics().total() == 3
    assert all(link["connected"] and link["state"] == "ready" for link in links.values())
    assert status["errors"] == 0
    assert "received       45" in repr(status)
    assert "1 reconnects" in repr(status)
    assert private.stats.received == 0
    assert private.stats.lag_ms is None
    assert private.stats.silent_s is None
    watched.ws.close()
    assert watched.ws.status()["links"]["public"]["connected"] is False
