"""A thread that cannot be started: the call raises, nothing is half-running, and the next attempt works."""

from __future__ import annotations

import threading

import pytest

from okx_sync import OkxError
from okx_sync.live.dead_man import DeadMan
from okx_sync.paper import PaperExchange
from okx_sync.timing import Clock
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, our_threads, until
from tests.loopback.still_exchange import BTC, TRADES, trade
from tests.threads import no_more_threads

paper = still_exchange.still_paper


@pytest.mark.parametrize("prefix", ["okx-ping", "okx-ws", "okx-callback"])
def test_subscribe_leaves_nothing_half_running(
    paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    """Neither a link without a heartbeat, nor a heartbeat without a link, nor a mailbox without a consumer."""
    ws = connect().ws
    got = Heard()
    with no_more_threads(monkeypatch, prefix) as refused:
        for _ in range(2):
            with pytest.raises(OkxError, match="cannot be started") as caught:
                ws.subscribe_trades(BTC, got)
        assert caught.value.hint
        assert len(refused) == 2
        assert ws.subscription_count() == 0
        assert ws.status()["subscriptions"] == []
        until(lambda: our_threads() in ([], ["okx-callback-0"]), what=f"the end of {our_threads()}")
    ws.subscribe_trades(BTC, got)
    assert len(paper.open_connections) == 1
    paper.push(TRADES, [trade(1)])
    got.until_more(1 - len(got))


@pytest.mark.parametrize("prefix", ["okx-ping", "okx-ws", "okx-callback"])
def test_a_thread_whose_start_was_interrupted_ends(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, prefix: str
) -> None:
    """Ctrl-C while a thread begins: the call has failed, so its thread must not stay, unknown to ``close()``."""
    ws = connect().ws
    start = threading.Thread.start

    def fail(thread: threading.Thread) -> None:
        start(thread)
        if thread.name.startswith(prefix):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        with pytest.raises(KeyboardInterrupt):
            ws.subscribe_trades(BTC, Heard())
        until(lambda: our_threads() in ([], ["okx-callback-0"]), what=f"the end of {our_threads()}")
    ws.subscribe_trades(BTC, Heard())
    assert our_threads() == ["okx-callback-0", "okx-ping-public", "okx-ws-public-0"]
    assert [one for one in caplog.records if one.exc_info] == []


def test_connect_tries_again(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with subscribe."""
    ws = connect().ws
    with no_more_threads(monkeypatch, "okx-ws"), pytest.raises(OkxError, match="cannot be started"):
        ws.connect("public")
    ws.connect("public")
    assert ws.is_connected()


def test_the_order_manager_is_made_whole_or_not_at_all(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """No manager without its worker: the subscription is gone again, and the next use makes a new one."""
    ws = connect().ws
    with no_more_threads(monkeypatch, "okx-orders"):
        with pytest.raises(OkxError, match="cannot be started"):
            _ = ws.orders
        assert ws.subscription_count() == 0
    assert ws.orders.wait_synced(10)


def test_a_replacement_is_made_later(
    paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A new socket that finds no thread leaves the old one in its place, and comes at the next attempt; one line tells
    why.
    """
    watched = connect()
    got = Heard()
    watched.ws.subscribe_trades(BTC, got)
    [link] = watched.ws._links.all()
    with no_more_threads(monkeypatch, "okx-ws") as refused:
        link.replace("a test")
        until(lambda: refused, what="an attempt")
        until(lambda: [one for one in caplog.records if "not replaced yet" in one.getMessage()], what="the line")
        assert link._core.successor is None
        paper.push(TRADES, [trade(1)])
        got.until_more(1 - len(got))
    link._handover._not_before = 0.0
    link.replace("a test")
    watched.states.until("replaced")
    assert [one for one in caplog.records if one.exc_info] == []
    paper.push(TRADES, [trade(2)])
    got.until_more(2 - len(got))


def test_callbacks_wait_for_a_thread(paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """State events find no thread: they are told once there is one, and the link lives on."""
    watched = connect()
    with no_more_threads(monkeypatch, "okx-callback") as refused:
        sub = watched.ws.subscribe_trades(BTC)
        until(lambda: len(refused) >= 2, what="two attempts")
        paper.push(TRADES, [trade(1)])
        assert sub.get(10).tradeId == "1"
    watched.states.until("connected")


def test_the_dead_mans_switch_is_called_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would refresh the timer, so it must not strike."""

    class Answer:
        triggerTime = 1

    asked: list[int] = []

    def set_timer(seconds: int) -> Answer:
        asked.append(seconds)
        return Answer()

    guard = DeadMan(set_timer, 30, Clock())
    with no_more_threads(monkeypatch, "okx-dead-man"), pytest.raises(OkxError, match="cannot be started"), guard:
        pytest.fail("the block began")
    assert asked == [30, 0]
    assert not guard.armed


def test_an_outage_is_recovered_later(paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a thread that asks REST, the stream goes on all the same, and what was missed comes when there is one."""
    watched = connect()
    got = Heard()
    watched.ws.subscribe_orders("ANY", callback=got)
    with no_more_threads(monkeypatch, "okx-recovery") as refused:
        paper.faults.drop(path="private")
        until(lambda: len(refused) >= 2, what="two attempts")
        watched.states.until("gap")
    until(lambda: any(gap.recovered is not None for gap in watched.states.of(kind="gap")), what="the recovery")
