"""Live tables of the three exchanges: what they show, and that a second one takes over what the first subscribed."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest

from okx_sync import (
    BitgetWsClient,
    BybitWsClient,
    ConfigError,
    ConnectionLost,
    OkxClient,
    PaperExchange,
    StreamClosed,
    SubscriptionError,
    WsClient,
)
from okx_sync.cli.place import Exchange
from okx_sync.notebook import live_table
from okx_sync.notebook.hold import Moving, hold
from okx_sync.notebook.live_table import _Board, _take_over
from tests.loopback.conftest import FAST, until
from tests.notebook.test_row_pictures import words

NAMES = {Exchange.okx: ["BTC-USDT", "ETH-USDT"], Exchange.bybit: ["BTCUSDT", "ETHUSDT"]}


@pytest.fixture(scope="module")
def paper() -> Any:
    """One for all tests here."""
    with PaperExchange() as exchange:
        yield exchange


def client_of(paper: PaperExchange, exchange: Exchange) -> Any:
    """A stream client."""
    if exchange is Exchange.okx:
        return WsClient(paper.public_config, options=FAST)
    if exchange is Exchange.bybit:
        return BybitWsClient(paper.bybit_config(), options=FAST)
    return BitgetWsClient(paper.bitget_config(), options=FAST)


@pytest.mark.parametrize("exchange", list(Exchange))
def test_prices_of_each_exchange(exchange: Exchange, paper: PaperExchange) -> None:
    """Last price, best prices and their distance, change and volume, under the same headings."""
    names = NAMES.get(exchange, NAMES[Exchange.bybit])
    with client_of(paper, exchange) as ws:
        board = _Board(ws, exchange, _take_over(ws, exchange, names))
        until(lambda: "…" not in board.picture(), what="a ticker of each")
        told = words(board.picture())
        assert re.search(rf"{names[0]} 6\d,\d{{3}}", told)
        assert re.search(rf"{names[1]} 3,\d{{3}}", told)
        assert "not known" not in told
        assert re.search(rf"{names[0]} +\d\d:\d\d:\d\d last 6\d,\d+", board.words())


def test_another_table_takes_over(paper: PaperExchange, capsys: pytest.CaptureFixture[str]) -> None:
    """What it shows as well goes on, what it does not is unsubscribed; the same table again asks for nothing."""
    with client_of(paper, Exchange.okx) as ws:
        live_table(ws, ["BTC-USDT", "ETH-USDT", "BTC-USDT"], seconds=0.05)
        (connection,) = paper.open_connections
        topics = {"tickers(instId=BTC-USDT)": 1, "tickers(instId=ETH-USDT)": 1}
        assert paper.topics() == topics
        live_table(ws, ["BTC-USDT", "ETH-USDT"], seconds=0.05)
        assert connection.subscribes == 1
        assert ws.subscription_count() == len(ws.status()["subscriptions"]) == 2
        live_table(ws, "ETH-USDT", seconds=0.05)
        until(lambda: paper.topics() == {"tickers(instId=ETH-USDT)": 1}, what="an unsubscribe")
        assert len(ws.status()["subscriptions"]) == 1
    assert "BTC-USDT" in capsys.readouterr().out


def test_an_instrument_that_is_refused_says_why(paper: PaperExchange) -> None:
    """In the table, beside those that are there; when all are refused it is an error."""
    with client_of(paper, Exchange.okx) as ws:
        board = _Board(ws, Exchange.okx, _take_over(ws, Exchange.okx, ["BTC-USDT", "NO-SUCH"]))
        assert not board.is_over()
        assert re.search(r"NO-SUCH: .*doesn.*t exist", words(board.picture()).replace("&#x27;", "'"))
        assert "nothing has come yet" in board.words()
        with pytest.raises(SubscriptionError, match="NO-SUCH"):
            live_table(ws, ["NO-SUCH"], seconds=30)


def test_a_lost_link_is_said(paper: PaperExchange) -> None:
    """What was known before is not shown as the present; after the link's return it is."""
    with client_of(paper, Exchange.okx) as ws:
        board = _Board(ws, Exchange.okx, _take_over(ws, Exchange.okx, ["BTC-USDT"]))
        until(lambda: "…" not in board.picture(), what="a ticker")
        paper.faults.refuse_connect()
        paper.faults.drop()
        until(lambda: "the link is down" in board.picture(), what="a lost link")
        assert "the link is down" in board.words()
        paper.faults.clear()
        until(lambda: "the link is down" not in board.picture(), what="the link's return")


def test_a_dead_client_raises(paper: PaperExchange) -> None:
    """Closed while the table is shown, and before."""
    ws = client_of(paper, Exchange.okx)
    board = _Board(ws, Exchange.okx, _take_over(ws, Exchange.okx, ["BTC-USDT"]))
    ws.close()
    with pytest.raises(StreamClosed):
        board.is_over()
    with pytest.raises(StreamClosed):
        live_table(ws, ["BTC-USDT"], seconds=30)


def test_a_link_that_has_given_up_raises(paper: PaperExchange) -> None:
    """With the error that ended it."""
    options = attrs.evolve(FAST, max_reconnect_attempts=2)
    with WsClient(paper.public_config, options=options) as ws:
        board = _Board(ws, Exchange.okx, _take_over(ws, Exchange.okx, ["BTC-USDT"]))
        assert not board.is_over()
        paper.faults.refuse_connect()
        paper.faults.drop()
        try:
            with pytest.raises(ConnectionLost):
                hold(Moving(board.picture, board.words, board.is_over), 30)
        finally:
            paper.faults.clear()


def test_wrong_words_are_refused(paper: PaperExchange) -> None:
    """Before anything is subscribed, with a hint."""
    rest: Any = OkxClient(paper.public_config)
    with rest, client_of(paper, Exchange.okx) as ws:
        with pytest.raises(ConfigError, match="needs a stream client, not a OkxClient"):
            live_table(rest, ["BTC-USDT"])
        with pytest.raises(ConfigError, match="needs an instrument"):
            live_table(ws, [])
        with pytest.raises(ConfigError, match="needs names of instruments, not None"):
            live_table(ws, None)  # type: ignore[arg-type]
        with pytest.raises(ConfigError, match="seconds"):
            live_table(ws, ["BTC-USDT"], seconds=0)
        assert ws.subscription_count() == 0
