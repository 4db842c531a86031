"""Running a notebook cell again replaces its subscription instead of stacking a second one."""

from __future__ import annotations

import asyncio
import queue
import threading
from typing import Any

import pytest

from okx_sync import StreamClosed, Subscription
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, until
from tests.loopback.still_exchange import BTC, ETH, ETH_TRADES, TRADES, flood, numbers_of, trade

paper = still_exchange.still_paper

CELL = """
def show(event):
    got.append(event)

sub = ws.subscribe_trades("BTC-USDT", callback=show)
"""


def _run_cell(source: str, names: dict[str, Any], count: int) -> None:
    """What a notebook does: compile the cell anew each time; its file name holds the count of executions."""
    exec(compile(source, f"<ipython-input-{count}-0a1b2c3d4e5f>", "exec"), names)


def test_a_cell_run_five_times_leaves_one_callback(paper: PaperExchange, connect: Connect) -> None:
    """One socket, one subscribe on the wire, one callback: each event arrives once."""
    watched = connect()
    got: list[Any] = []
    names = {"ws": watched.ws, "got": got}
    handles: list[Any] = []
    for count in range(1, 6):
        _run_cell(CELL, names, count)
        handles.append(names["sub"])
    flood(paper, TRADES, trade, 10)
    until(lambda: len(got) >= 10)
    assert numbers_of(got) == list(range(10))
    assert len(paper.connections) == 1
    assert paper.connections[0].subscribes == 1
    assert paper.connections[0].unsubscribes == 0
    assert [handle.is_closed for handle in handles] == [True] * 4 + [False]
    assert len(watched.ws.status()["subscriptions"]) == 1
    assert watched.ws.subscription_count() == 1
    assert list(watched.errors) == []


def _five(watched: Any) -> list[Subscription[Any]]:
    names = {"ws": watched.ws, "got": []}
    handles = []
    for count in range(5):
        _run_cell('sub = ws.subscribe("trades", instId="BTC-USDT")', names, count)
        handles.append(names["sub"])
    return handles


def test_the_replaced_handle_says_why_it_ended(paper: PaperExchange, connect: Connect) -> None:
    """Reading from it raises ``StreamClosed`` with a message that tells of the replacement; the new one works."""
    *replaced, last = _five(connect())
    for handle in replaced:
        with pytest.raises(StreamClosed, match="replaced by a newer subscription"):
            handle.get(1)
        assert list(handle) == []
    flood(paper, TRADES, trade, 1)
    assert numbers_of([last.get(5)]) == [0]


def test_a_replaced_queue_is_told_too(paper: PaperExchange, connect: Connect) -> None:
    """The last object in the old queue is the ``StreamClosed``, so that its reader does not wait for ever."""
    watched = connect()
    queues: list[queue.Queue[Any]] = [queue.Queue(), queue.Queue()]
    for own in queues:
        watched.ws.subscribe_trades(BTC, queue=own, name="mine")
    flood(paper, TRADES, trade, 1)
    assert numbers_of([queues[1].get(timeout=5)]) == [0]
    assert "replaced" in str(queues[0].get(timeout=5))
    assert queues[0].empty()


LOOP = """
for own in queues:
    ws.subscribe_trades("BTC-USDT", queue=own)
"""


def test_a_loop_over_queues_fills_each_of_them(paper: PaperExchange, connect: Connect) -> None:
    """In a cell and in a script; the cell run again takes the place of its own, queue by queue."""
    watched = connect()
    queues: list[queue.Queue[Any]] = [queue.Queue(), queue.Queue()]
    for count in range(2):
        _run_cell(LOOP, {"ws": watched.ws, "queues": queues}, count)
    for own in queues:
        assert "replaced" in str(own.get(timeout=5))
    more: list[queue.Queue[Any]] = [queue.Queue(), queue.Queue()]
    for own in more:
        watched.ws.subscribe_trades(BTC, queue=own)
    flood(paper, TRADES, trade, 1)
    assert [numbers_of([own.get(timeout=5)]) for own in queues + more] == [[0]] * 4
    assert all(own.empty() for own in queues + more)


class _Reader:
    """A bot that iterates a subscription of its own."""

    def __init__(self, watched: Any) -> None:
        self.trades = watched.ws.subscribe_trades(BTC)


def test_two_bots_of_one_class_both_hear_everything(paper: PaperExchange, connect: Connect) -> None:
    """A line of a script never takes the place of itself."""
    watched = connect()
    bots = [_Reader(watched) for _ in range(2)]
    flood(paper, TRADES, trade, 1)
    assert [numbers_of([bot.trades.get(5)]) for bot in bots] == [[0], [0]]


def test_each_replacement_is_logged(paper: PaperExchange, connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """With its line as a warning where a line did it; as information where a name asked for it."""
    watched = connect()
    with caplog.at_level("INFO", "okx_sync.client"):
        for count in range(2):
            _run_cell('sub = ws.subscribe_index_tickers("ETH-USDT")', {"ws": watched.ws}, count)
            watched.ws.subscribe_tickers(BTC, name="mine")
    told = [(record.levelname, record.getMessage()) for record in caplog.records if "replaced" in record.getMessage()]
    assert [level for level, _ in told] == ["WARNING", "INFO"]
    assert told[0][1].startswith("index-tickers(instId=ETH-USDT): line 1 of <ipython-input-")
    assert "'mine'" in told[1][1]


def test_a_name_replaces_wherever_it_is_used(paper: PaperExchange, connect: Connect) -> None:
    """``name=`` replaces from another line, with another callback and another topic; the old topic is unsubscribed."""
    watched = connect()
    first, second = Heard(), Heard()
    old = watched.ws.subscribe_trades(BTC, first, name="mine")
    new = watched.ws.subscribe_trades(ETH, second, name="mine")
    until(lambda: paper.topics() == {f"trades(instId={ETH})": 1})
    flood(paper, ETH_TRADES, lambda number: trade(number, ETH), 2)
    until(lambda: len(second) == 2)
    assert len(first) == 0
    assert old.is_closed
    assert not new.is_closed
    assert [sub["name"] for sub in watched.ws.status()["subscriptions"]] == ["mine"]
    again = watched.ws.subscribe_trades(ETH, second, name="other")
    assert not new.is_closed
    again.unsubscribe()
    flood(paper, ETH_TRADES, lambda number: trade(2 + number, ETH), 1)
    until(lambda: len(second) == 3)


class _Bot:
    """Two bots have the same method, but they are not the same listener."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    def on_trade(self, event: Any) -> None:
        self.got.append(event)


def test_different_callbacks_stack(paper: PaperExchange, connect: Connect) -> None:
    """From one line: functions that differ in what they do or in what they hold, and methods of several objects,
    all hear each event. On the wire there is one subscribe."""
    watched = connect()
    bots = [_Bot(), _Bot()]
    lists: list[list[Any]] = [[], [], []]
    held = [lambda event, into=into: into.append(event) for into in lists]
    plain = [Heard(), Heard()]
    callbacks: list[Any] = [*(bot.on_trade for bot in bots), *held, *plain]
    for callback in callbacks:
        watched.ws.subscribe_trades(BTC, callback)
    flood(paper, TRADES, trade, 3)
    everyone: list[Any] = [*(bot.got for bot in bots), *lists, *plain]
    until(lambda: all(len(got) == 3 for got in everyone), what=f"three events each, {[len(got) for got in everyone]}")
    assert paper.connections[0].subscribes == 1


def test_threads_that_run_the_same_line_do_not_replace_each_other(paper: PaperExchange, connect: Connect) -> None:
    """Three workers with one function iterate the same topic: each gets every event."""
    watched = connect()
    got: dict[str, list[int]] = {}

    def work() -> None:
        mine = got.setdefault(threading.current_thread().name, [])
        for event in watched.ws.subscribe_trades(BTC):
            mine += numbers_of([event])

    workers = [threading.Thread(target=work, name=f"worker {number}") for number in range(3)]
    for worker in workers:
        worker.start()
    until(lambda: len(watched.ws.status()["subscriptions"]) == 3)
    until(lambda: paper.topics() == {f"trades(instId={BTC})": 1})
    flood(paper, TRADES, trade, 4)
    until(lambda: sorted(got.values()) == [[0, 1, 2, 3]] * 3, what=f"four events each, {got}")
    watched.ws.close()
    for worker in workers:
        worker.join(5)
        assert not worker.is_alive()


def test_a_book_asked_again_starts_with_a_snapshot(paper: PaperExchange, connect: Connect) -> None:
    """The one who replaces another gets a snapshot first, without which book updates are of no use."""
    watched = connect()
    for _ in range(3):
        sub = watched.ws.subscribe_books(BTC)
        assert sub.get(5).action == "snapshot"
    assert len(paper.open_connections) == 1


def test_it_works_while_an_event_loop_runs(paper: PaperExchange, connect: Connect) -> None:
    """As in a notebook, where the thread of the cells runs an asyncio loop: subscribe, get, recv and close work."""

    async def cell() -> list[int]:
        watched = connect()
        sub = watched.ws.subscribe_trades(BTC)
        flood(paper, TRADES, trade, 2)
        got = numbers_of([sub.get(5), watched.ws.recv(5)])
        watched.ws.close()
        await asyncio.sleep(0)
        return got

    assert asyncio.run(cell()) == [0, 1]
