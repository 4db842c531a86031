"""``ws.positions`` and ``ws.account`` on the paper exchange: what the exchange has, and never more sure than that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from okx_sync import (
    ConfigError,
    OkxAuthError,
    OkxClient,
    PositionMonitor,
    RiskEvent,
    StreamClosed,
    SubscriptionError,
    WsClient,
)
from okx_sync.paper import PaperClock, PaperExchange
from okx_sync.state.positions import PositionEvent
from tests.loopback.conftest import FAST, Connect, Heard, until
from tests.paper.feeds.event_triggers import OTHER_SWAP, place

SWAP = "BTC-USDT-SWAP"
POSITIONS = {"channel": "positions", "instType": "ANY"}
REGULAR_S = 5.5  # somewhat more than the time between regular snapshots


@pytest.fixture
def paper() -> Iterator[PaperExchange]:
    """A quiet market in which time stands still, so that pushes come when a test says so; two rows a page."""
    with PaperExchange(flow_per_s=0, clock=PaperClock(frozen=True), pages=2) as exchange:
        yield exchange
        problems = exchange.problems
    assert problems == []


def swap(paper: PaperExchange, side: str = "buy", sz: str = "1", **words: Any) -> None:
    """Trade a swap at the market, a moment later than what was before it."""
    paper.clock.advance(0.01)
    order = {"instId": SWAP, "tdMode": "cross", "side": side, "ordType": "market", "sz": sz, **words}
    place(paper, "alice", **order)


def tick(paper: PaperExchange, seconds: float = 0.06) -> None:
    """Time for the batch of changes (50 ms), or for more."""
    paper.clock.advance(seconds)


def caught_up(ws: WsClient) -> None:
    """Wait until the client has read all that was sent before now: its private socket keeps the order."""
    with ws.subscribe_balance_and_position() as sub:
        assert sub.get(5).is_snapshot


def over_rest(paper: PaperExchange) -> dict[str, Decimal]:
    """What REST says is open, by instrument."""
    with OkxClient(paper.config) as rest:
        return {row.instId or "": row.pos or Decimal(0) for row in rest.get_positions() if row.pos}


def sizes(monitor: PositionMonitor) -> dict[str, Decimal]:
    """What the monitor says is open."""
    return {one.inst_id: one.size for one in monitor}


def test_a_position_from_opening_to_close(paper: PaperExchange, connect: Connect) -> None:
    """Open, add, turn, close: one event each, on the callback thread; at each step what REST says."""
    ws = connect().ws
    monitor, heard = ws.positions, list[tuple[str, str]]()
    assert monitor.wait_synced(5)
    assert monitor.wait_flat(0)

    @monitor.on_change
    def note(event: PositionEvent) -> None:
        heard.append((event.kind, threading.current_thread().name))

    for side, sz, wanted in (("buy", "1", 1), ("buy", "2", 3), ("sell", "5", -2), ("buy", "2", 0)):
        swap(paper, side, sz)
        tick(paper)
        until(lambda wanted=wanted: sizes(monitor).get(SWAP, 0) == wanted)  # type: ignore[misc]
        assert sizes(monitor) == over_rest(paper)
    assert monitor.wait_flat(0)
    until(lambda: len(heard) == 4)
    assert [kind for kind, _ in heard] == ["opened", "changed", "flipped", "closed"]
    assert all(name.startswith("okx-callback") for _, name in heard)


def test_both_sides_at_once(paper: PaperExchange, connect: Connect) -> None:
    """In long/short mode a short position is below zero, and ``get`` wants to know which is meant."""
    paper.venue.set_position_mode(paper.run(lambda: paper._server.venue.accounts[0]), "long_short_mode")
    swap(paper, "buy", "2", posSide="long")
    swap(paper, "sell", "3", posSide="short")
    monitor = connect().ws.positions
    assert monitor.wait_synced(5)
    assert {one.side: one.size for one in monitor.of(SWAP)} == {"long": 2, "short": -3}
    with pytest.raises(ConfigError, match="side"):
        _ = monitor[SWAP]
    short = monitor.get(SWAP, "short")
    assert short is not None
    assert short.size == -3


def test_the_account_follows(paper: PaperExchange, connect: Connect) -> None:
    """Balances, equity and margin agree with REST after trades of both kinds."""
    ws = connect().ws
    monitor = ws.account
    assert monitor.wait_synced(5)
    assert {one.currency for one in monitor.balances} == {"USDT", "BTC", "ETH", "SOL"}
    swap(paper, sz="10")
    place(paper, "alice", instId="BTC-USDT", tdMode="cash", side="buy", ordType="market", sz="500", tgtCcy="quote_ccy")
    tick(paper)
    assert monitor.wait_until(lambda m: any(one.currency == "BTC" and one.cash != 2 for one in m.balances), 5)
    metrics = monitor.metrics()
    with OkxClient(paper.config) as rest:
        row = rest.get_balance()
    assert metrics["total_equity"] == row.totalEq
    by_rest = {detail.ccy: detail.cashBal for detail in row.details}
    assert {one.currency: one.cash for one in monitor.balances} == by_rest
    assert all((metrics[name] or 0) > 0 for name in ("used_margin", "margin_ratio", "leverage", "drawdown")), metrics


def test_no_positions_at_all_clears_everything(paper: PaperExchange, connect: Connect) -> None:
    """A snapshot of nothing has no row; what was open until then is closed by it."""
    swap(paper)
    ws = connect().ws
    monitor, heard = ws.positions, Heard()
    monitor.on_close(heard)
    assert monitor.wait_until(lambda m: m.synced and SWAP in m, 5)
    paper.faults.lose_push("positions")
    swap(paper, "sell")
    tick(paper)
    assert SWAP in monitor  # the push that told of the close was lost
    tick(paper, REGULAR_S)  # the regular snapshot
    assert monitor.wait_flat(5)
    until(lambda: len(heard) == 1)
    assert next(iter(heard)).previous.size == 1


def test_a_lost_page_leaves_the_state_alone(paper: PaperExchange, connect: Connect) -> None:
    """Half a snapshot ends nothing and completes nothing; the next whole one does."""
    for words in ({}, {"instId": OTHER_SWAP}, {"tdMode": "isolated"}):
        swap(paper, **words)
    paper.faults.lose_push("positions", after=1)
    paper.faults.lose_push("account", after=0)
    ws = connect().ws
    positions, account = ws.positions, ws.account
    until(lambda: sorted(topic for _, topic in paper.pushed) == ["account", "positions(instType=ANY)"])
    assert set(paper.pushed.values()) == {1}
    caught_up(ws)
    assert (positions.synced, len(positions), account.synced, account.balances) == (False, 0, False, ())
    tick(paper, REGULAR_S)
    assert positions.wait_until(lambda m: m.synced and len(m) == 3, 5)
    assert account.wait_until(lambda m: m.synced and len(m.balances) == 4, 5)
    paper.faults.lose_push("positions", after=0)
    tick(paper, REGULAR_S)
    caught_up(ws)
    assert (positions.synced, len(positions)) == (True, 3)


def test_a_lost_link_and_what_happened_meanwhile(paper: PaperExchange, connect: Connect) -> None:
    """Not synced at once, with the last state to read; after the return it is what the exchange has, told as events."""
    swap(paper)
    swap(paper, instId=OTHER_SWAP)
    watched = connect()
    monitor, account, heard = watched.ws.positions, watched.ws.account, Heard()
    assert monitor.wait_until(lambda m: m.synced and len(m) == 2, 5)
    assert account.wait_synced(5)
    monitor.on_change(heard)
    paper.faults.refuse_connect()
    paper.faults.drop()
    watched.states.until("lost", path="private")
    assert (monitor.synced, account.synced, len(monitor)) == (False, False, 2)
    assert "not synced (the private link was lost" in repr(monitor)
    swap(paper, "sell")
    swap(paper, tdMode="isolated")
    swap(paper, "sell", "4", instId=OTHER_SWAP)
    paper.faults.accept_connect()
    assert monitor.wait_synced(10)
    assert account.wait_synced(10)
    until(lambda: len(heard) >= 3)
    assert sizes(monitor) == over_rest(paper)
    kinds = {(event.position.inst_id, event.position.margin_mode): event.kind for event in heard}
    assert kinds == {(SWAP, "cross"): "closed", (SWAP, "isolated"): "opened", (OTHER_SWAP, "cross"): "flipped"}
    assert len(heard) == 3
    assert list(watched.errors) == []


def test_two_clients_of_one_account_agree(paper: PaperExchange, connect: Connect) -> None:
    """What one trades the other sees; both with what REST says in the end."""
    first, second = connect().ws, connect().ws
    for monitor in (first.positions, second.positions):
        assert monitor.wait_synced(5)
    for number in range(4):
        swap(paper, "buy" if number % 2 else "sell", str(number + 1))
        tick(paper)
    expected = over_rest(paper)
    assert expected == {SWAP: 2}
    for monitor in (first.positions, second.positions):
        assert monitor.wait_until(lambda m: sizes(m) == expected, 5)


def test_limits_cross_and_recover_with_the_market(paper: PaperExchange, connect: Connect) -> None:
    """A falling market breaches each limit once, its return ends each breach once, on the callback thread."""
    swap(paper, sz="200")
    ws, heard = connect().ws, Heard()
    for monitor in (ws.positions, ws.account):
        assert monitor.wait_synced(5)
    ws.positions.limit("unrealized_pnl", below="-1000", callback=heard)
    ws.positions.limit("margin_ratio", above="0.8", callback=heard)
    ws.account.limit("unrealized_pnl", below="-1000", callback=heard)
    for _ in range(2):
        paper.trade_at(SWAP, "63000")
        tick(paper, REGULAR_S)
        until(lambda: len(heard) == 2)
        paper.trade_at(SWAP, "66000")
        tick(paper, REGULAR_S)
        until(lambda: len(heard) == 4)
        events = list[RiskEvent](heard)
        assert {(event.kind, event.is_breach) for event in events[:2]} == {("unrealized_pnl", True)}
        assert {(event.kind, event.is_breach) for event in events[2:]} == {("unrealized_pnl", False)}
        assert {event.subject for event in events} == {"account", f"{SWAP} net cross USDT"}
        heard.forget()


def test_a_slow_or_bad_listener_harms_nobody(paper: PaperExchange, connect: Connect) -> None:
    """What it raises goes to ``on_error``, and the monitor goes on."""
    watched = connect()
    monitor = watched.ws.positions
    assert monitor.wait_synced(5)

    @monitor.on_change
    def bad(event: PositionEvent) -> None:
        raise ZeroDivisionError

    swap(paper)
    tick(paper)
    assert monitor.wait_until(lambda m: SWAP in m, 5)
    until(lambda: len(watched.errors) == 1)
    assert isinstance(next(iter(watched.errors)).__cause__, ZeroDivisionError)


def test_one_monitor_however_many_ask(paper: PaperExchange, connect: Connect) -> None:
    """Eight threads at once get the same object, subscribed once; a closed one is replaced by the next use."""
    ws, found = connect().ws, list[PositionMonitor]()
    threads = [threading.Thread(target=lambda: found.append(ws.positions)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 8
    assert len({id(one) for one in found}) == 1
    assert paper.topics()["positions(instType=ANY)"] == 1
    found[0].close()
    until(lambda: not paper.topics()["positions(instType=ANY)"])
    with pytest.raises(StreamClosed):
        found[0].wait_flat(5)
    assert ws.positions is not found[0]
    assert ws.positions.wait_synced(5)


def test_a_subscription_of_the_users_own_is_another_matter(paper: PaperExchange, connect: Connect) -> None:
    """Both get everything; the monitor gets its snapshot although the topic was subscribed before."""
    swap(paper)
    ws = connect().ws
    sub = ws.subscribe_positions("ANY")
    assert sub.get(5).pos == 1
    assert ws.positions.wait_until(lambda m: m.synced and SWAP in m, 5)
    sub.unsubscribe()
    swap(paper)
    tick(paper)
    assert ws.positions.wait_until(lambda m: m[SWAP].size == 2, 5)


def test_an_inline_callback_may_use_it_but_not_be_the_first(paper: PaperExchange, connect: Connect) -> None:
    """The thread that would read the answer cannot wait for it; it says so at once."""
    watched = connect()
    ws, seen = watched.ws, list[Any]()

    def look(row: Any) -> None:
        seen.append(len(ws.positions))

    ws.subscribe_balance_and_position(look, inline=True)
    until(lambda: len(watched.errors) == 1)
    assert "ask once before" in str(next(iter(watched.errors)).__cause__)
    assert ws.positions.wait_synced(5)
    swap(paper)
    tick(paper)
    until(lambda: seen)


def test_closing_the_client_wakes_those_who_wait(paper: PaperExchange, connect: Connect) -> None:
    """And its monitors stay what they were, not synced any more."""
    ws, failed = connect().ws, list[str]()
    monitor = ws.positions
    assert monitor.wait_synced(5)

    def wait() -> None:
        try:
            monitor.wait_until(lambda m: SWAP in m)
        except StreamClosed as error:
            failed.append(str(error))

    thread = threading.Thread(target=wait)
    thread.start()
    ws.close()
    thread.join(5)
    assert len(failed) == 1
    assert not monitor.synced
    assert ws.positions is monitor
    with pytest.raises(StreamClosed):
        _ = ws.account


def test_an_ended_subscription_ends_its_monitor(paper: PaperExchange, connect: Connect) -> None:
    """OKX takes a counted channel away again when the account has too many; nobody waits for what cannot come."""
    watched = connect()
    monitor = watched.ws.positions
    assert monitor.wait_synced(5)
    paper.faults.conn_count_error("positions")
    watched.ws.reconnect()
    with pytest.raises(StreamClosed, match="positions"):
        monitor.wait_until(lambda _: False, 5)
    until(lambda: any(isinstance(error, SubscriptionError) for error in watched.errors))


def test_a_row_that_cannot_be_read_ends_nothing(paper: PaperExchange, connect: Connect) -> None:
    """It is reported, what is good is taken in, and a list with a hole in it closes no position."""
    swap(paper)
    watched = connect()
    monitor = watched.ws.positions
    assert monitor.wait_until(lambda m: m.synced and SWAP in m, 5)
    good = {"instId": "X", "posSide": "net", "pos": "5", "mgnMode": "cross", "ccy": "USDT", "uTime": "1"}
    good["pTime"] = str(paper.clock.now_ms() + 1000)
    for bad in ({**good, "pos": "?"}, 17):
        paper.push(POSITIONS, [good, bad], eventType="snapshot", curPage=1, lastPage=True)
    assert monitor.wait_until(lambda m: "X" in m, 5)
    until(lambda: len(watched.errors) == 2)
    assert SWAP in monitor
    paper.push(POSITIONS, [good], eventType="snapshot", curPage=1, lastPage=True)
    assert monitor.wait_until(lambda m: SWAP not in m, 5)


def test_without_credentials_it_says_so(paper: PaperExchange) -> None:
    """At the first use, with a hint."""
    with WsClient(paper.public_config, options=FAST) as ws, pytest.raises(OkxAuthError, match="credentials"):
        _ = ws.account


def test_reads_are_whole_while_the_stream_runs(paper: PaperExchange, connect: Connect) -> None:
    """Eight readers beside a busy stream: each sees a push of three positions as a whole or not at all."""
    monitor = connect().ws.positions
    assert monitor.wait_synced(5)
    row = {"posSide": "net", "mgnMode": "cross", "ccy": "USDT"}
    stop, problems = threading.Event(), list[BaseException]()

    def read() -> None:
        try:
            while not stop.is_set():
                assert len({one.updated_at for one in monitor.snapshot()}) <= 1
        except BaseException as problem:  # noqa: BLE001  handed to the test
            problems.append(problem)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for at in range(1, 300):
        rows = [{**row, "instId": name, "pos": str(at), "uTime": str(at)} for name in ("A", "B", "C")]
        paper.push(POSITIONS, rows, eventType="event_update")
    assert monitor.wait_until(lambda m: "C" in m and m["C"].size == 299, 10)
    stop.set()
    for thread in threads:
        thread.join(10)
    assert problems == []
