"""Clients that nobody holds any more and nobody has closed: they end by themselves, and are told of once."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from okx_sync import AsyncOkxClient, OkxClient, WsClient
from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import FAST, Heard, our_threads, until
from tests.loopback.still_exchange import BTC, TRADES, trade

paper = still_exchange.still_paper

ROOT = Path(__file__).parents[2]
Told = list[warnings.WarningMessage]


@pytest.fixture
def told() -> Iterator[Told]:
    """What is warned of, instead of an error."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield seen


def is_collected(is_over: Callable[[], object]) -> Callable[[], bool]:
    """Collects, and looks again: a thread may have held the client for the moment of the last time."""

    def look() -> bool:
        gc.collect()
        return bool(is_over())

    return look


def until_gone(told: Told, paper: PaperExchange, name: str) -> None:
    """No thread and no socket of a client is left, and its name was told once."""
    until(is_collected(lambda: not our_threads() and not paper.open_connections), what="the end")
    assert [str(one.message) for one in told if f"unclosed <{name} " in str(one.message)] == [
        str(one.message) for one in told
    ]
    assert [one.category for one in told] == [ResourceWarning]


def test_a_client_that_is_held_by_its_own_callbacks_alone(paper: PaperExchange, told: Told) -> None:
    """Callbacks and handlers that use the client are no reason to go on for ever."""
    heard = Heard()

    def use() -> None:
        ws = WsClient(paper.config, options=FAST)
        ws.on_state(lambda _event: ws)
        ws.on_error(lambda _error: ws)
        ws.subscribe("trades", lambda event: heard((event, ws.is_connected())), instId=BTC)
        paper.push(TRADES, [trade(1)])
        heard.until_more(1 - len(heard))
        heard.forget()

    use()
    until_gone(told, paper, "WsClient")


def test_live_objects_and_audits_end_with_their_client(paper: PaperExchange, told: Told) -> None:
    """Orders, positions, balances, books and an audit have threads and subscriptions of their own."""

    def use() -> None:
        ws = WsClient(paper.config, options=FAST)
        ws.order_book(BTC).on_update(lambda _book: ws)
        ws.audit(callback=lambda _mismatch: ws)
        assert ws.orders.wait_synced(5)

    use()
    assert "okx-orders" in our_threads()
    assert "okx-audit" in our_threads()
    until_gone(told, paper, "WsClient")


def test_a_client_that_waits_for_its_next_attempt(paper: PaperExchange, told: Told) -> None:
    """A link that is down ends as well."""

    def use() -> None:
        ws = WsClient(paper.config, options=FAST)
        ws.subscribe("trades", lambda _event: ws, instId=BTC)
        paper.faults.refuse_handshake(502, times=None)
        paper.faults.drop()

    use()
    until(lambda: not paper.open_connections)
    until_gone(told, paper, "WsClient")


def held_book(ws: WsClient) -> Any:
    """A live book."""
    return ws.order_book(BTC)


def held_subscription(ws: WsClient) -> Any:
    """What ``subscribe`` returns."""
    return ws.subscribe("trades", instId=BTC)


def held_orders(ws: WsClient) -> Any:
    """The order manager."""
    return ws.orders


def held_handle(ws: WsClient) -> Any:
    """A single order."""
    return ws.orders.place(BTC, "buy", "0.01", price="64000", td_mode="cash")


def held_positions(ws: WsClient) -> Any:
    """A monitor."""
    return ws.positions


def held_audit(ws: WsClient) -> Any:
    """A running audit."""
    return ws.audit()


@pytest.mark.parametrize("hold", [held_book, held_subscription, held_orders, held_handle, held_positions, held_audit])
def test_whatever_is_held_keeps_its_client(paper: PaperExchange, told: Told, hold: Callable[[WsClient], Any]) -> None:
    """It goes on while anything of it is in use, and ends with that."""
    held: list[Any] = []

    def use() -> weakref.ref[WsClient]:
        ws = WsClient(paper.config, options=FAST)
        held.append(hold(ws))
        return weakref.ref(ws)

    client = use()
    gc.collect()
    ws = client()
    assert ws is not None
    assert ws.is_connected()
    del ws
    assert told == []
    held.clear()
    until_gone(told, paper, "WsClient")


def test_events_come_to_whoever_reads_a_subscription_of_a_client_without_a_name(
    paper: PaperExchange, told: Told
) -> None:
    """``for trade in WsClient(config).subscribe_trades(...)`` goes on."""

    def push() -> None:
        until(lambda: paper.topics())
        gc.collect()
        paper.push(TRADES, [trade(1)])

    def read() -> str:
        for event in WsClient(paper.config, options=FAST).subscribe_trades(BTC):
            return str(event.tradeId)
        return "ended"

    pusher = threading.Thread(target=push, daemon=True)
    pusher.start()
    assert read() == "1"
    pusher.join(5)
    until_gone(told, paper, "WsClient")


def test_a_client_that_was_closed_is_not_told_of(paper: PaperExchange, told: Told) -> None:
    """Nor one that never had a socket."""
    with WsClient(paper.config, options=FAST) as ws:
        ws.connect("public")
    rest = OkxClient(paper.config)
    rest.get_system_time()
    rest.close()
    del ws, rest
    WsClient(paper.config)
    OkxClient(paper.config)
    gc.collect()
    assert told == []


def test_a_dropped_rest_client(paper: PaperExchange, told: Told) -> None:
    """Its connections are closed."""
    OkxClient(paper.config).get_system_time()
    gc.collect()
    assert [(one.category, "unclosed <OkxClient " in str(one.message)) for one in told] == [(ResourceWarning, True)]


def test_a_group_keeps_the_connections_of_its_rest_client(paper: PaperExchange, told: Told) -> None:
    """``OkxClient(config).public`` is enough to go on calling."""
    public = OkxClient(paper.config).public
    gc.collect()
    assert public.get_time().ts
    assert told == []
    del public
    gc.collect()
    assert len(told) == 1


def test_a_dropped_asynchronous_client(paper: PaperExchange, told: Told) -> None:
    """Its threads end."""

    async def use() -> None:
        await AsyncOkxClient(paper.config).get_system_time()

    asyncio.run(use())
    until_gone(told, paper, "AsyncOkxClient")


def test_the_rest_side_of_a_stream_client_is_not_told_of_by_itself(paper: PaperExchange, told: Told) -> None:
    """One client, one warning."""

    def use() -> None:
        ws = WsClient(paper.config, options=FAST)
        assert ws.orders.wait_synced(5)  # asks REST

    use()
    assert any("orders-pending" in one.path for one in paper.requests)
    until_gone(told, paper, "WsClient")


def test_a_dropped_paper_exchange(told: Told) -> None:
    """Its thread and its port are given up."""

    def use() -> threading.Thread:
        exchange = PaperExchange(flow_per_s=0).start()
        answer: Future[threading.Thread] = Future()
        exchange.run(lambda: answer.set_result(threading.current_thread()))
        return answer.result(5)

    thread = use()
    until(is_collected(lambda: not thread.is_alive()), what="the end")
    assert [(one.category, "unclosed <PaperExchange " in str(one.message)) for one in told] == [(ResourceWarning, True)]


_SCRIPT = """
import os
from okx_sync import Config, Credentials, OkxClient, WsClient
from okx_sync.paper import PaperExchange
paper = PaperExchange().start()
ws = WsClient(paper.config)
ws.on_state(lambda event: ws)
ws.subscribe("tickers", lambda event: ws, instId="BTC-USDT")
rest = OkxClient(paper.config)
rest.get_system_time()
ws.orders
print("done")
"""


def test_the_end_of_the_interpreter_is_quiet() -> None:
    """Without close(): no warning, no error, and no waiting."""
    command = [sys.executable, "-W", "error::ResourceWarning", "-c", _SCRIPT]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "done\n", "")
