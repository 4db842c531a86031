"""Callbacks run on the thread that has read their events; none of them keeps a socket from being read."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import attrs
import pytest

from okx_sync import WsClient
from okx_sync.exchanges.okx.models import Trade
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, States, our_threads, until
from tests.loopback.still_exchange import (
    BTC,
    ETH,
    ETH_TRADES,
    ORDERS,
    TRADES,
    flood,
    numbers_of,
    order,
    reconnects,
    trade,
)

paper = still_exchange.still_paper

BEATING = attrs.evolve(FAST, ping_s=0.15, pong_s=2.0)


@pytest.fixture
def ws(paper: PaperExchange) -> Iterator[WsClient]:
    """A client that pings every 0.15 s; none of its threads survives."""
    with WsClient(paper.config, options=BEATING) as client:
        yield client
    until(lambda: not our_threads(), what=f"the end of {our_threads()}")


def read_on_loan(paper: PaperExchange, ws: WsClient) -> None:
    """Wait until a callback thread reads the public socket: an inline callback tells who reads."""
    names: list[str] = []
    with (
        ws.subscribe_trades(ETH, lambda _: None),
        ws.subscribe_trades(ETH, lambda _: names.append(threading.current_thread().name), inline=True),
    ):
        until(lambda: flood(paper, ETH_TRADES, lambda n: trade(n, ETH), 1) and names and "callback" in names[-1])


def test_a_callback_runs_on_the_thread_that_has_read_its_event(paper: PaperExchange, ws: WsClient) -> None:
    """No other thread has to be woken for it, once the reading is on loan."""
    reads, runs = Heard(), Heard()
    ws.subscribe_trades(BTC, lambda _: reads(threading.current_thread().name), inline=True)
    ws.subscribe_trades(ETH, lambda _: runs(threading.current_thread().name))

    def one_of_each() -> bool:
        flood(paper, ETH_TRADES, lambda n: trade(n, ETH), 1)
        runs.until_more(0)
        flood(paper, TRADES, trade, 1)
        until(lambda: len(reads) and len(runs))
        return bool(list(reads)[-1] == list(runs)[-1])

    until(one_of_each)
    assert list(runs)[-1].startswith("okx-callback")


def test_a_callback_that_hangs_keeps_no_socket_from_being_read(paper: PaperExchange, ws: WsClient) -> None:
    """Another subscription of that socket is read at once, pings are answered, and a lost socket comes back; what came
    for the callback itself meanwhile follows in order."""
    release, entered, got, states = threading.Event(), threading.Event(), Heard(), States()
    ws.on_state(states)

    def hangs(event: object) -> None:
        entered.set()
        assert release.wait(20)
        got(event)

    read_on_loan(paper, ws)
    ws.subscribe_trades(BTC, hangs)
    other = ws.subscribe_trades(ETH)
    flood(paper, TRADES, trade, 1)
    assert entered.wait(20)
    flood(paper, ETH_TRADES, lambda n: trade(n, ETH), 1)
    began = time.monotonic()
    other.get(5)
    assert time.monotonic() - began < 1.0
    flood(paper, TRADES, lambda n: trade(n + 1), 30)
    pings = sum(one.pings for one in paper.connections)
    until(lambda: sum(one.pings for one in paper.connections) > pings + 1)
    assert reconnects(ws) == 0
    paper.faults.drop()
    states.until("restored", path="public")
    flood(paper, ETH_TRADES, lambda n: trade(n, ETH), 1)
    other.get(5)
    assert not release.is_set()
    release.set()
    until(lambda: len(got) == 31)
    assert numbers_of(got) == list(range(31))


def test_calls_that_wait_work_inside_of_a_callback(paper: PaperExchange, ws: WsClient) -> None:
    """Subscribe, read, leave, ask over the socket and over REST, all on the thread that was reading; the link reads on
    at once, without waiting until somebody notices."""
    took: list[float] = []
    problems: list[BaseException] = []
    read_on_loan(paper, ws)

    def busy(_: object) -> None:
        began = time.monotonic()
        try:
            with ws.subscribe_tickers(BTC) as ticks:
                assert ticks.topic.channel == "tickers"
            other = ws.subscribe_trades(ETH)
            flood(paper, ETH_TRADES, lambda n: trade(n, ETH), 1)
            other.get(5)
            other.unsubscribe()
        except BaseException as error:  # noqa: BLE001
            problems.append(error)
        took.append(time.monotonic() - began)

    with ws.subscribe_trades(BTC, busy):
        for number in range(5):
            flood(paper, TRADES, lambda _, number=number: trade(number), 1)  # type: ignore[misc]
            until(lambda number=number: len(took) == number + 1)  # type: ignore[misc]
    assert problems == []


def test_close_inside_of_a_callback_on_the_reading_thread(paper: PaperExchange) -> None:
    """It ends everything, soon, the reading thread included; an inline callback may do it as well."""
    for inline in (False, True):
        took: list[float] = []
        client = WsClient(paper.public_config, options=FAST)
        read_on_loan(paper, client)

        def end(_: object, client: WsClient = client, took: list[float] = took) -> None:
            began = time.monotonic()
            client.close()
            took.append(time.monotonic() - began)

        client.subscribe_trades(BTC, end, inline=inline)
        flood(paper, TRADES, trade, 1)
        until(lambda took=took: took)  # type: ignore[misc]
        assert took[0] < 5.0
        until(lambda: not our_threads(), what=f"the end of {our_threads()}")


def test_callbacks_of_two_sockets_do_not_overlap(paper: PaperExchange, ws: WsClient) -> None:
    """One function for both: no two calls of it at a time, while none is slow; each topic in order, nothing lost."""
    inside = threading.Lock()
    overlaps = []
    got: list[object] = []

    def one(event: object) -> None:
        if not inside.acquire(blocking=False):
            overlaps.append(event)
            return
        got.append(event)
        inside.release()

    ws.subscribe_trades(BTC, one, policy="block")
    ws.subscribe_orders("ANY", callback=one)
    for _ in range(5):
        both = [paper.flood(TRADES, trade, 300), paper.flood(ORDERS, order, 300)]
        for each in both:
            each.result(20)
    until(lambda: len(got) + len(overlaps) == 3000)
    assert overlaps == []
    trades = [event for event in got if isinstance(event, Trade)]
    assert numbers_of(trades) == list(range(300)) * 5


@pytest.mark.parametrize("policy", ["block", "drop_oldest", "fail"])
def test_order_holds_while_callbacks_are_quick_and_slow_by_turns(
    paper: PaperExchange, ws: WsClient, policy: str
) -> None:
    """A subscription that moves between the thread that reads and the others neither overlaps, nor skips, nor
    repeats."""
    inside = threading.Lock()
    got: list[object] = []
    overlaps: list[object] = []

    def by_turns(event: object) -> None:
        if not inside.acquire(blocking=False):
            overlaps.append(event)
        if len(got) % 97 == 0:
            time.sleep(0.03)
        elif len(got) % 13 == 0:
            time.sleep(0.0015)
        got.append(event)
        inside.release()

    quick = Heard()
    ws.subscribe("trades", by_turns, instId=BTC, policy=policy)
    ws.subscribe("trades", quick, instId=ETH, policy=policy)
    for begin in range(0, 1500, 100):
        flood(paper, TRADES, lambda n, begin=begin: trade(begin + n), 100)  # type: ignore[misc]
        flood(paper, ETH_TRADES, lambda n, begin=begin: trade(begin + n, ETH), 100)  # type: ignore[misc]
    until(lambda: len(got) == 1500 and len(quick) == 1500)
    assert overlaps == []
    assert numbers_of(got) == numbers_of(quick) == list(range(1500))


def test_a_slow_row_of_topics_is_left_to_others(paper: PaperExchange, ws: WsClient) -> None:
    """What a thread has read and does not get to run, because an earlier callback hangs, runs on a relief thread."""
    release, entered, quick = threading.Event(), threading.Event(), Heard()

    def hangs(_: object) -> None:
        entered.set()
        assert release.wait(20)

    read_on_loan(paper, ws)
    ws.subscribe_trades(BTC, hangs)
    ws.subscribe_trades(ETH, quick)

    def both() -> None:  # in one write, so most probably in one read
        for topic, inst in ((TRADES, BTC), (ETH_TRADES, ETH)):
            paper.push(topic, [trade(1, inst)])

    both()
    assert entered.wait(20)
    until(lambda: len(quick) == 1, 5.0)
    assert not release.is_set()
    release.set()
