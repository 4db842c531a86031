"""Starting, stopping, and using a paper exchange from outside."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from okx_sync import BybitClient
from okx_sync.errors import ConfigError
from okx_sync.paper import PaperAccount, PaperExchange
from tests.paper.wire_client import RestClient, WireClient


def test_stop_is_quick_with_connected_clients() -> None:
    """Clients that read, that do not read, and half-open ones do not hold up the stop; nothing is left over."""
    paper = PaperExchange().start()
    clients = [WireClient(paper, "private", "alice") for _ in range(5)]
    raw = socket.create_connection(("127.0.0.1", paper.port))
    rest = RestClient(paper)
    rest.get("public/time")
    clients[0].subscribe("account")
    deaf = WireClient(paper)
    deaf.subscribe("trades", instId="BTC-USDT")
    paper.flood({"channel": "trades", "instId": "BTC-USDT"}, {"filler": "x" * 10_000}, 10_000)
    assert paper.wait_for(lambda: paper.pushed[6, "trades(instId=BTC-USDT)"] > 100)
    begin = time.monotonic()
    paper.stop()
    assert time.monotonic() - begin < 2.0
    assert not [thread for thread in threading.enumerate() if thread.name == "okx-paper"]
    paper.stop()
    for client in (*clients, deaf):
        client.close()
    raw.close()
    rest.session.close()
    assert paper.problems == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", paper.port), 5)


def test_stop_while_everything_is_wrong() -> None:
    """A blackholed exchange with a closed port and a delayed reply stops all the same."""
    paper = PaperExchange().start()
    client = WireClient(paper, "private", "alice")
    paper.faults.delay(60, "ack")
    client.ask("subscribe", {"channel": "account"})
    paper.faults.refuse_connect()
    paper.faults.blackhole()
    begin = time.monotonic()
    paper.stop()
    assert time.monotonic() - begin < 2.0
    client.close()


def test_stop_while_a_request_is_being_answered() -> None:
    """A request that would be answered in a minute is cut off."""
    paper = PaperExchange().start()
    paper.faults.slow_rest(60)
    failed: list[BaseException] = []

    def ask() -> None:
        with RestClient(paper) as rest:
            try:
                rest.get("public/time")
            except OSError as problem:
                failed.append(problem)

    asking = threading.Thread(target=ask)
    asking.start()
    assert paper.wait_for(lambda: paper.requests)
    begin = time.monotonic()
    paper.stop()
    assert time.monotonic() - begin < 2.0
    asking.join(5)
    assert failed


def test_start_and_stop_leave_nothing_behind() -> None:
    """Thread and file counts are the same after twenty exchanges as after one."""

    def once() -> None:
        with PaperExchange(flow_per_s=0) as paper, WireClient(paper) as client:
            client.subscribe("tickers", instId="BTC-USDT")

    def counts() -> tuple[int, int]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    once()
    before = counts()
    for _ in range(20):
        once()
    assert counts() == before


def test_unstarted_and_restarted() -> None:
    """An exchange that never started can be stopped; one starts once."""
    paper = PaperExchange()
    paper.stop()
    with pytest.raises(RuntimeError, match="start the exchange first"):
        _ = paper.faults
    with paper, pytest.raises(RuntimeError, match="starts once"):
        paper.start()


def test_a_taken_port_is_an_error_and_leaves_nothing() -> None:
    """Starting on a port in use raises OSError; the thread is gone."""
    with PaperExchange() as paper:
        other = PaperExchange(port=paper.port)
        with pytest.raises(OSError, match="in use"):
            other.start()
    assert not [thread for thread in threading.enumerate() if thread.name == "okx-paper"]


@pytest.mark.slow
def test_same_seed_same_market() -> None:
    """Two exchanges with the same seed and clock trade the same."""
    from okx_sync.paper import PaperClock

    seen = []
    for _ in range(2):
        with PaperExchange(seed=5, clock=PaperClock(1_800_000_000, frozen=True)) as paper:
            paper.clock.advance(30)
            seen.append(paper.venue.trades("BTC-USDT", 50))
    assert seen[0] == seen[1]


def test_calls_from_many_threads(paper: PaperExchange) -> None:
    """The venue is used by one thread at a time, whoever calls."""
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            with RestClient(paper) as rest:
                body = {"instId": "BTC-USDT", "tdMode": "cash", "side": "buy", "ordType": "limit", "px": "50000"}
                for k in range(10):
                    order = body | {"sz": "0.001", "clOrdId": f"t{number}x{k}"}
                    assert rest.post("trade/order", order).json()["code"] == "0"
                    paper.fill(f"t{number}x{k}")
                    paper.clock.advance(0.01)
        except BaseException as problem:  # noqa: BLE001 - handed to the main thread
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert problems == []
    account = paper.venue.accounts[0]
    assert len(paper.venue.history(account, {"instType": "SPOT", "state": "filled", "limit": "100"})) == 60


def test_configurations(paper: PaperExchange) -> None:
    """`config`, `config_for` and `public_config` point a client here, as the right person."""
    config = paper.config
    assert config.credentials is not None
    assert config.credentials.api_key == "paper-alice-key"
    assert config.ws_url("private") == paper.ws_url("private")
    assert paper.config_for("bob").account_label == "bob"
    assert paper.config_for(paper.accounts[1]).credentials == paper.config_for("bob").credentials
    assert paper.public_config.credentials is None


def test_accounts_of_your_own() -> None:
    """Accounts with chosen balances; an account without the VIP tier gets 64003 for the quick books."""
    from decimal import Decimal

    mine = PaperAccount(
        "carol", "paper-carol-key", "paper-carol-secret", "paper-carol-pass", {"USDT": Decimal(5)}, vip=False
    )
    with PaperExchange(accounts=[mine]) as paper, WireClient(paper, "public", "carol") as client:
        client.ask("subscribe", {"channel": "books-l2-tbt", "instId": "BTC-USDT"})
        assert client.until_event("error")["code"] == "64003"
        with RestClient(paper, "carol") as rest:
            details = rest.get("account/balance").json()["data"][0]["details"]
            assert [(row["ccy"], row["cashBal"]) for row in details] == [("USDT", "5")]


def test_slow_consumers_are_cut_off(paper: PaperExchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that does not read is closed with 4005 once too much waits for it; nothing is added after."""
    monkeypatch.setattr("okx_sync.paper.server.frame_writer.SLOW_CONSUMER_BYTES", 200_000)
    with WireClient(paper) as client:
        client.subscribe("tickers", instId="BTC-USDT")
        for _ in range(200):
            paper.push({"channel": "tickers", "instId": "BTC-USDT"}, [{"filler": "x" * 100_000}])
        assert paper.wait_for(lambda: not paper.connections[0].open)
        assert client.until_closed() == 4005
        assert paper.connections[0].closed_code == 4005


def test_wait_for_gives_up(paper: PaperExchange) -> None:
    """A condition that never comes true ends the wait at its timeout."""
    begin = time.monotonic()
    assert not paper.wait_for(lambda: False, timeout=0.1)
    assert 0.1 <= time.monotonic() - begin < 1


def test_plugin_costs_nothing_unless_used() -> None:
    """Importing the pytest plugin loads neither the exchange nor its web library."""
    code = "import sys, okx_sync.paper.pytest_plugin; print('aiohttp' in sys.modules, 'trustme' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.split() == ["False", "False"]


def test_words_that_the_exchange_does_not_know_are_named() -> None:
    """A label, a protocol, a path or a fault that there is not: an error with what there is, not a silent nothing."""
    paper = PaperExchange()
    for wrong in (
        lambda: paper.config_for("alcie"),
        lambda: paper.bybit_config(account="alcie"),
        lambda: paper.bitget_config(account="alcie"),
    ):
        with pytest.raises(ValueError, match="no such account 'alcie'; one of alice, bob"):
            wrong()
    with pytest.raises(ValueError, match="no such path 'publik'; one of public"):
        paper.ws_url("publik")
    with paper, pytest.raises(ValueError, match="no such how 'fim'"):
        paper.faults.drop("fim")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no such event 'opn'"):
        paper.faults.drop_on("opn")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no such what 'pushes'"):
        paper.faults.delay(1.0, "pushes")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no such how 'row'"):
        paper.faults.refuse_op("51008", how="row")  # type: ignore[arg-type]


def test_numbers_of_faults_are_numbers() -> None:
    """What is none is said when the fault is armed: it could not strike, and nobody would know why."""
    faults: Any
    with PaperExchange() as paper:
        faults = paper.faults
        wrongs: list[Callable[[], Any]] = [
            lambda: faults.drip("slow"),
            lambda: faults.drip(-1),
            lambda: faults.drip(0.1, times="1"),
            lambda: faults.drip(float("nan")),
            lambda: faults.refuse_op("insufficient"),
            lambda: faults.refuse_op(51008),
            lambda: faults.refuse_op("51008", times=True),
            lambda: faults.refuse_op("51008", times=0),
            lambda: faults.rest_status("503"),
            lambda: faults.redirect("https://example.com", status=200),
            lambda: faults.slow_rest("1"),
            lambda: faults.shuffle_replies(0),
            lambda: faults.delay("1"),
            lambda: faults.drop_on("open", after=-1),
            lambda: faults.drop(code="1001", how="close"),
            lambda: faults.refuse_handshake("502"),
            lambda: faults.refuse_login("wrong"),
            lambda: faults.notice("soon"),
        ]
        for wrong in wrongs:
            with pytest.raises(ConfigError, match="cannot be"):
                wrong()


def test_an_order_is_filled_by_any_id_that_it_was_given() -> None:
    """Also by one that OKX's wire could not say; one that no order has is named as it was said."""
    with PaperExchange(flow_per_s=0) as paper, BybitClient(paper.bybit_config()) as rest:
        order: dict[str, Any] = {"side": "Buy", "order_type": "Limit", "qty": "0.01", "price": "60000"}
        rest.order.place_order("linear", "BTCUSDT", **order, order_link_id="js-entry")
        paper.fill("js-entry", "0.4")  # contracts of 0.01 coins
        (row,) = rest.order.get_open_orders("linear", "BTCUSDT")
        assert row.cumExecQty == Decimal("0.004")
        paper.fill("js-entry")
        assert not rest.order.get_open_orders("linear", "BTCUSDT", order_link_id="js-entry", open_only=0)[0].leavesQty
        with pytest.raises(KeyError, match="js-other"):
            paper.fill("js-other")


def test_an_exchange_that_was_not_started_has_no_address() -> None:
    """It says so, in place of a configuration that leads nowhere; one with a port knows its address before."""
    for make in (PaperExchange.bybit_config, PaperExchange.bitget_config, lambda paper: paper.config):
        with pytest.raises(RuntimeError, match=r"start\(\)"):
            make(PaperExchange())
    assert PaperExchange(port=8765).config.rest_url == "http://127.0.0.1:8765"
