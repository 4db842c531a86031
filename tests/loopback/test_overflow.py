"""A fast stream and a slow consumer: memory stays bounded, nothing is lost in silence, the counters are true."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okx_sync import ConfigError, MailboxOverflow, StreamClosed, Subscription, SubscriptionStats, WsClient
from okx_sync.delivery.mailbox import Policy
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Watched, until
from tests.loopback.still_exchange import (
    BTC,
    ORDERS,
    TRADES,
    flood,
    numbers_of,
    order,
    pushed,
    received_all,
    reconnects,
    trade,
)

paper = still_exchange.still_paper

FRAMES = 8_000
MAXSIZE = 200


class SlowReader:
    """Reads a subscription on a thread of its own, one event per ``pause_s``, until it ends or :meth:`hurry`."""

    def __init__(self, sub: Subscription[Any], pause_s: float = 0.01) -> None:
        self.events: list[Any] = []
        self._sub = sub
        self._pause_s = pause_s
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        while True:
            try:
                self.events.append(self._sub.get())
            except StreamClosed:
                return
            except MailboxOverflow as overflow:
                self.events.append(overflow)
            self._hurry.wait(self._pause_s)

    def hurry(self) -> list[Any]:
        """Read what is left without pauses; returns all events once the subscription has been closed."""
        self._hurry.set()
        self._thread.join(20)
        assert not self._thread.is_alive()
        return self.events


def _holds(stats: SubscriptionStats) -> bool:
    return stats.received == stats.delivered + stats.coalesced + stats.dropped + stats.waiting


def _told(watched: Watched) -> int:
    """How many dropped events the ``gap`` state events tell of."""
    return sum(int(str(event.reason).split()[0]) for event in watched.states.of(kind="gap"))


def _rss() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def _flood_watched(
    paper: PaperExchange, sub: Subscription[Any], arg: dict[str, str], row: Callable[[int], Any], maxsize: int
) -> int:
    """Flood, and meanwhile look again and again whether the mailbox keeps its bound; returns the frames sent."""
    done = paper.flood(arg, row, FRAMES)
    until(lambda: _within(sub, maxsize) and done.done(), 30)
    until(lambda: _within(sub, maxsize) and sub.stats.received == pushed(paper, arg), 30)
    assert done.result() == pushed(paper, arg) == FRAMES
    return FRAMES


def _within(sub: Subscription[Any], maxsize: int) -> bool:
    assert sub.stats.waiting <= maxsize
    return True


@pytest.mark.parametrize(
    "end", [lambda ws, _sub: ws.close(), lambda _ws, sub: sub.unsubscribe()], ids=["close", "leave"]
)
def test_what_was_dropped_is_told_at_the_end(
    paper: PaperExchange, connect: Connect, end: Callable[[WsClient, Subscription[Any]], None]
) -> None:
    """Drops are told once a second at most; what is untold when the end comes is told then."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC, maxsize=10)
    paper.flood(TRADES, trade, 1_000).result(20)
    until(lambda: sub.stats.dropped == 990)
    end(watched.ws, sub)
    until(lambda: _told(watched) == 990, 0.5, what="that all drops are told")


def test_drop_oldest_keeps_the_newest(paper: PaperExchange, connect: Connect) -> None:
    """The bound holds at every look; what is dropped is counted, told as ``gap``, and the newest events are kept."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC, policy="drop_oldest", maxsize=MAXSIZE)
    reader = SlowReader(sub)
    sent = _flood_watched(paper, sub, TRADES, trade, MAXSIZE)
    until(lambda: _holds(sub.stats))
    until(lambda: _told(watched) == sub.stats.dropped, what="that all drops are told")
    watched.ws.close()
    got = numbers_of(reader.hurry())
    assert sub.stats.dropped == sent - len(got) > 0
    assert sub.stats.delivered == len(got)
    assert got == sorted(set(got))
    assert got[-MAXSIZE:] == list(range(sent - MAXSIZE, sent))
    assert watched.states.until("gap").topic == f"trades(instId={BTC})"
    assert reconnects(watched.ws) == 0
    assert list(watched.errors) == []


def test_block_loses_nothing(paper: PaperExchange, connect: Connect) -> None:
    """The exchange feels the back-pressure; every event arrives in order, and the socket survives."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC, policy="block", maxsize=MAXSIZE)
    reader = SlowReader(sub, pause_s=0.0001)
    sent = _flood_watched(paper, sub, TRADES, trade, MAXSIZE)
    until(lambda: len(reader.events) == sent)
    assert numbers_of(reader.events) == list(range(sent))
    assert sub.stats.dropped == 0
    assert sub.stats.delivered == sent
    assert reconnects(watched.ws) == 0
    watched.ws.close()
    reader.hurry()


def test_latest_coalesces_per_key(paper: PaperExchange, connect: Connect) -> None:
    """Five orders change thousands of times: at most one event per order waits, replaced ones are counted, and the
    last event of each order arrives."""
    watched = connect()
    sub = watched.ws.subscribe_orders("ANY", policy="latest")
    reader = SlowReader(sub)
    sent = _flood_watched(paper, sub, ORDERS, lambda number: order(number, number % 5), 5)
    until(lambda: _holds(sub.stats))
    until(lambda: sub.stats.waiting == 0)
    watched.ws.close()
    got = reader.hurry()
    assert sub.stats.coalesced == sent - len(got) > 0
    assert sub.stats.dropped == 0
    last = {event.ordId: int(event.fillSz) for event in got}
    assert last == {str(number % 5): number for number in range(sent - 5, sent)}
    assert watched.states.of(kind="gap") == []


def _check_holes(events: list[Any], sent: int) -> int:
    """Every event is the one expected, or stands right behind an overflow that says how many are missing."""
    expected = missing = 0
    for event in events:
        if isinstance(event, MailboxOverflow):
            lost = int(str(event).split()[0])
            expected += lost
            missing += lost
        else:
            assert numbers_of([event]) == [expected]
            expected += 1
    assert expected == sent
    return missing


def test_private_data_says_exactly_where_it_is_missing(paper: PaperExchange, connect: Connect) -> None:
    """Account data has the policy ``fail`` by default: ``MailboxOverflow`` stands exactly where events are missing
    and says how many, a ``gap`` state event tells it too, and after it the stream goes on."""
    watched = connect()
    sub = watched.ws.subscribe_orders("ANY", maxsize=MAXSIZE)
    reader = SlowReader(sub)
    sent = _flood_watched(paper, sub, ORDERS, order, MAXSIZE)
    until(lambda: _holds(sub.stats))
    until(lambda: _told(watched) == sub.stats.dropped, what="that all drops are told")
    watched.ws.close()
    missing = _check_holes(reader.hurry(), sent)
    assert sub.stats.dropped == missing > 0
    assert sub.stats.delivered == sent - missing


def test_get_raises_the_overflow(paper: PaperExchange, connect: Connect) -> None:
    """Behind the events that fitted ``get`` raises ``MailboxOverflow`` with a hint, then goes on with newer events."""
    watched = connect()
    sub = watched.ws.subscribe_orders("ANY", maxsize=10)
    flood(paper, ORDERS, order, 25)
    received_all(paper, sub, ORDERS)
    assert numbers_of(sub.get(1) for _ in range(10)) == list(range(10))
    with pytest.raises(MailboxOverflow, match="15 items were lost here") as caught:
        sub.get(1)
    assert caught.value.hint
    watched.states.until("gap")
    paper.push(ORDERS, [order(25)])
    assert numbers_of([sub.get(5)]) == [25]


def test_a_callback_of_private_data_is_told_where_events_are_missing(paper: PaperExchange, connect: Connect) -> None:
    """A callback cannot be raised at, so ``on_error`` gets the overflow, between the right two events."""
    watched = connect()
    release = threading.Event()
    told: list[Any] = []
    watched.ws.on_error(told.append)

    def slow(event: Any) -> None:
        release.wait(20)
        told.append(event)

    sub = watched.ws.subscribe_orders("ANY", callback=slow, maxsize=50)
    flood(paper, ORDERS, order, FRAMES)
    received_all(paper, sub, ORDERS)
    release.set()
    until(lambda: _holds(sub.stats) and sub.stats.waiting == 0)
    until(lambda: sum(not isinstance(one, MailboxOverflow) for one in told) == sub.stats.delivered)
    assert sub.stats.dropped > 0

    def missing() -> int:
        return sum(int(str(one).split()[0]) for one in list(told) if isinstance(one, MailboxOverflow))

    until(lambda: missing() == sub.stats.dropped)  # one mark for each time that it was full


@pytest.mark.parametrize("channel", ["orders", "positions", "account", "balance_and_position", "fills", "orders-algo"])
def test_drop_oldest_is_refused_for_account_data(paper: PaperExchange, connect: Connect, channel: str) -> None:
    """It would drop in silence. Nothing is sent, not even a connection is made."""
    watched = connect()
    args: dict[str, Any] = {"instType": "ANY"} if channel in ("orders", "positions", "orders-algo") else {}
    with pytest.raises(ConfigError, match="never dropped silently"):
        watched.ws.subscribe(channel, policy="drop_oldest", **args)
    assert paper.connections == []


@pytest.mark.parametrize("policy", ["drop_oldest", "fail"])
def test_an_own_queue_that_is_full(paper: PaperExchange, connect: Connect, policy: Policy) -> None:
    """A queue of the user's own keeps its bound; ``drop_oldest`` keeps the newest events, ``fail`` the oldest. What
    did not fit is counted and told as ``gap``."""
    watched = connect()
    own: queue.Queue[Any] = queue.Queue(maxsize=MAXSIZE)
    sub = watched.ws.subscribe_trades(BTC, queue=own, policy=policy)
    flood(paper, TRADES, trade, FRAMES)
    received_all(paper, sub, TRADES)
    until(lambda: sub.stats.dropped == FRAMES - MAXSIZE)
    got = numbers_of(own.get_nowait() for _ in range(own.qsize()))
    newest = list(range(FRAMES - MAXSIZE, FRAMES))
    assert got == (newest if policy == "drop_oldest" else list(range(MAXSIZE)))
    assert sub.stats.delivered == len(got)
    watched.states.until("gap")


def test_an_own_queue_that_blocks(paper: PaperExchange, connect: Connect) -> None:
    """Policy ``block`` waits for room in the user's queue and loses nothing."""
    watched = connect()
    own: queue.Queue[Any] = queue.Queue(maxsize=10)
    sub = watched.ws.subscribe_trades(BTC, queue=own, policy="block")
    done = paper.flood(TRADES, trade, 500)
    got = numbers_of(own.get(timeout=10) for _ in range(500))
    assert done.result(10) == 500
    assert got == list(range(500))
    assert sub.stats.delivered == 500
    assert sub.stats.dropped == 0


def test_an_own_queue_of_private_data_marks_what_is_missing(paper: PaperExchange, connect: Connect) -> None:
    """Policy ``fail``: as soon as there is room again, a ``MailboxOverflow`` object stands where events are missing."""
    watched = connect()
    own: queue.Queue[Any] = queue.Queue(maxsize=10)
    sub = watched.ws.subscribe_orders("ANY", queue=own)
    flood(paper, ORDERS, order, 25)
    until(lambda: sub.stats.dropped == 15)
    assert numbers_of(own.get_nowait() for _ in range(10)) == list(range(10))
    flood(paper, ORDERS, lambda number: order(25 + number), 5)
    received_all(paper, sub, ORDERS)
    overflow = own.get(timeout=5)
    assert isinstance(overflow, MailboxOverflow)
    assert "15 items were lost here" in str(overflow)
    assert numbers_of(own.get(timeout=5) for _ in range(5)) == list(range(25, 30))
    assert sub.stats.dropped == 15


def test_memory_is_bounded(paper: PaperExchange, connect: Connect) -> None:
    """Nobody reads at all: after the mailbox is full, 20,000 further frames take no further memory to speak of."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC, maxsize=MAXSIZE)
    flood(paper, TRADES, trade, 2_000)
    received_all(paper, sub, TRADES)
    before = _rss()
    row = trade(1)
    flood(paper, TRADES, lambda _: row, 20_000)
    received_all(paper, sub, TRADES)
    assert _rss() - before < 16 << 20
    assert sub.stats.waiting == MAXSIZE


@pytest.mark.slow
@pytest.mark.parametrize("policy", ["drop_oldest", "latest", "fail"])
def test_half_a_minute_of_twenty_thousand_a_second(paper: PaperExchange, connect: Connect, policy: Policy) -> None:
    """The full count: 600,000 frames into a consumer of 100 a second."""
    watched = connect()
    sub = watched.ws.subscribe_trades(BTC, policy=policy, maxsize=1_000)
    reader = SlowReader(sub)
    row = trade(1)
    sent = paper.flood(TRADES, lambda _: row, 600_000, 20_000)
    until(lambda: sub.stats.received > 50_000, 60)
    before, peak = _rss(), 0
    while not sent.done():
        assert sub.stats.waiting <= 1_001
        peak = max(peak, _rss())
        time.sleep(0.1)
    received_all(paper, sub, TRADES, 60)
    watched.ws.close()
    got = reader.hurry()
    rows = [event for event in got if not isinstance(event, MailboxOverflow)]
    assert sub.stats.dropped + sub.stats.coalesced == sent.result() - len(rows)
    assert peak - before < 32 << 20
    assert reconnects(watched.ws) == 0
