"""The faults that every wire has strike on Bitget's, too, in its own words."""

from __future__ import annotations

import time
from typing import Any

import pytest
import websocket

from okx_sync.paper import PaperExchange
from tests.paper.bitget.bitget_client import FUTURES, V2, BitgetClient, login_frame

BTC = {"instId": "BTCUSDT", **V2}
TICKER = {"channel": "ticker", **BTC}


@pytest.mark.parametrize(("path", "code"), [("private", 30005), ("v1", 30005), ("seed", "60001")])
def test_refuse_login(paper: PaperExchange, path: str, code: Any) -> None:
    """A right login is refused with the protocol's own code or a given one, as often as asked."""
    paper.faults.refuse_login(path="private")
    paper.faults.refuse_login("30011", path="private")
    for expected in (code, "30011" if path == "seed" else 30011):
        with BitgetClient(paper, path) as client:
            client.send(login_frame())
            assert client.recv()["code"] == expected
            assert client.until_closed() == 4001
    with BitgetClient(paper, path, "alice"):
        pass


def test_refuse_subscribe_and_no_ack(paper: PaperExchange) -> None:
    """One argument is refused, another ignored, the third works."""
    paper.faults.refuse_subscribe(channel="ticker")
    paper.faults.refuse_subscribe("30006", channel="books1")
    paper.faults.no_ack(channel="trade")
    with BitgetClient(paper) as client:
        client.ask("subscribe", *({"channel": name, **BTC} for name in ("ticker", "books1", "trade", "books5")))
        errors = [client.recv(), client.recv()]
        assert [(error["code"], error["arg"]["channel"]) for error in errors] == [(30001, "ticker"), (30006, "books1")]
        assert client.recv()["arg"]["channel"] == "books5"
        assert paper.topics() == {"books5(instId=BTCUSDT, instType=USDT-FUTURES)": 1}


@pytest.mark.parametrize(("path", "code"), [("public", 30033), ("v1", 30033), ("seed", "30033")])
def test_notice_is_an_error_event(paper: PaperExchange, path: str, code: Any) -> None:
    """The upgrade is announced as an error with a code of its own; the close follows in paper time."""
    with BitgetClient(paper, path) as client:
        assert paper.faults.notice(close_after=60) == 1
        notice = client.recv()
        assert (notice["event"], notice["code"]) == ("error", code)
        paper.clock.advance(61)
        assert client.until_closed() == 1001


@pytest.mark.parametrize("event", ["open", "login", "subscribe", "ack", "push"])
def test_drop_on(paper: PaperExchange, event: Any) -> None:
    """A connection dies at the named moment of its life; the next one does not."""
    arg = {"channel": "account", "coin": "default", **V2}
    paper.faults.drop_on(event, "close", 1012)
    with BitgetClient(paper, "private") as client:
        if event != "open":
            client.send(login_frame())
            client.ask("subscribe", arg)
        assert client.until_closed() == 1012
    dead = paper.connections[0]
    pushed = paper.pushed[dead.id, "account(coin=default, instType=USDT-FUTURES)"]
    assert pushed == (1 if event == "push" else 0)
    with BitgetClient(paper, "private", "alice") as client:
        client.ask("subscribe", arg)
        client.until_push("account")


def test_faults_by_path_know_who_logged_in(paper: PaperExchange) -> None:
    """On a shared URL a connection counts as private from its login on."""
    with BitgetClient(paper, "seed") as public, BitgetClient(paper, "seed", "alice") as private:
        assert [one.path for one in paper.connections] == ["public", "private"]
        assert paper.faults.drop("close", 1012, path="private") == 1
        assert private.until_closed() == 1012
        public.send("ping")
        assert public.raw() == "pong"


def test_no_pong(paper: PaperExchange) -> None:
    """Pings of either kind stay unanswered, and are counted."""
    paper.faults.no_pong()
    with BitgetClient(paper, "seed") as client:
        client.send({"op": "ping"})
        client.send("ping")
        assert paper.wait_for(lambda: paper.connections[0].pings == 2)
        paper.faults.no_pong(False)
        client.send({"op": "ping"})
        assert client.recv() == {"op": "pong"}


def test_blackhole_delay_and_duplicates(paper: PaperExchange) -> None:
    """Dark, late and twice, as on every wire."""
    paper.quiet()
    with BitgetClient(paper) as client:
        paper.faults.blackhole()
        client.ask("subscribe", TICKER)
        client.socket.settimeout(0.2)
        with pytest.raises(websocket.WebSocketTimeoutException):
            client.raw()
        paper.faults.blackhole(False)
        client.socket.settimeout(5)
        assert client.recv()["event"] == "subscribe"
        client.until_push("ticker")
        paper.faults.duplicate(times=1, channel="ticker")
        paper.faults.delay(0.2, times=1)
        begin = time.monotonic()
        paper.push(TICKER, [{"lastPr": "1"}])
        frames = [client.recv(), client.recv()]
        assert time.monotonic() - begin >= 0.2
        assert frames[0] == frames[1]


def test_garbage(paper: PaperExchange) -> None:
    """A frame that nobody expects arrives as it is."""
    with BitgetClient(paper, "seed", "alice") as client:
        client.subscribe("orders", **FUTURES)
        assert paper.faults.garbage("text", data="{nonsense") == 1
        assert client.raw() == "{nonsense"


def test_lost_push(paper: PaperExchange) -> None:
    """A push that is lost is not counted as sent."""
    paper.quiet()
    with BitgetClient(paper) as client:
        paper.faults.lose_push("ticker")
        client.subscribe("ticker", **BTC)
        client.send("ping")
        assert client.recv() == "pong"


def test_flood(paper: PaperExchange) -> None:
    """Prepared frames go out in Bitget's envelope, in order."""
    paper.quiet()
    with BitgetClient(paper) as client:
        client.first("trade", **BTC)
        paper.flood({"channel": "trade", **BTC}, lambda number: {"tradeId": str(number)}, 500)
        got = [client.until_push("trade") for _ in range(500)]
        assert [push["data"][0]["tradeId"] for push in got] == [str(number) for number in range(500)]
        assert got[0]["action"] == "snapshot"
