"""Each history of each exchange while the program is killed again and again, and while the exchange is busy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from okx_sync import PaperExchange
from tests.loopback.conftest import until
from tests.programs import environment
from tests.store.downloader import client_of, fetch

KILLS = 4
HOUR = 3_600_000
KINDS = [
    (exchange, what)
    for exchange in ("okx", "bybit", "bitget")
    for what in ("candles", "trades", "funding", "fills", "bills")
    if (exchange, what) != ("bybit", "trades")
]


def trade_much(paper: PaperExchange, exchange: str) -> None:
    """Give the account a history of several pages."""
    from okx_sync import BitgetWsClient, BybitWsClient, WsClient

    client: Any
    if exchange == "okx":
        client = WsClient(paper.config)
        order: tuple[Any, ...] = ("BTC-USDT-SWAP", "0.1")
        options = {"td_mode": "cross"}
    elif exchange == "bybit":
        client, order, options = BybitWsClient(paper.bybit_config()), ("BTCUSDT", "0.001"), {}
    else:
        client, order, options = BitgetWsClient(paper.bitget_config("v2")), ("BTCUSDT", "0.01"), {}
    with client:
        for number in range(130):
            client.orders.place(order[0], ("buy", "sell")[number % 2], order[1], order_type="market", **options)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("exchange", "what"), KINDS)
def test_killed_again_and_again(paper: PaperExchange, tmp_path: Path, exchange: str, what: str) -> None:
    """At whatever request: in the end all rows are there once, as they are without an interruption."""
    if what in ("fills", "bills"):
        trade_much(paper, exchange)
    paper.quiet()
    paper.clock.advance(1)
    with client_of(exchange, paper.url) as client:
        end = int(client.clock.server_time() * 1000)
    start = end - {"candles": 20, "funding": 24 * 90}.get(what, 2) * HOUR
    whole = fetch(exchange, what, paper.url, str(tmp_path / "whole"), start, end)
    assert whole.new_rows > 0
    args = [sys.executable, "-m", "tests.store.downloader", exchange, what, paper.url, str(tmp_path / "cut")]
    kills = 0
    for number in range(KILLS):
        seen = len(paper.requests) + 1 + number
        with subprocess.Popen([*args, str(start), str(end)], env=environment(), stdout=subprocess.PIPE) as program:
            until(lambda seen=seen, program=program: len(paper.requests) >= seen or program.poll() is not None)  # type: ignore[misc]
            if program.poll() is None:
                program.send_signal(signal.SIGKILL)
                kills += 1
    assert kills
    cut = fetch(exchange, what, paper.url, str(tmp_path / "cut"), start, end)
    assert cut.read().to_pylist() == whole.read().to_pylist()
    assert len(cut.to_df()) == whole.new_rows
    assert fetch(exchange, what, paper.url, str(tmp_path / "cut"), start, end).new_rows == 0


@pytest.mark.parametrize("exchange", ["okx", "bybit", "bitget"])
def test_a_busy_exchange(paper: PaperExchange, tmp_path: Path, exchange: str) -> None:
    """What it answers with 429 is asked again, and costs no row."""
    paper.quiet()
    with client_of(exchange, paper.url) as client:
        end = int(client.clock.server_time() * 1000)
    paper.faults.rest_status(429, times=3)
    found = fetch(exchange, "candles", paper.url, str(tmp_path), end - 2 * HOUR, end)
    refused = [one for one in paper.requests if one.status == 429]
    assert len(refused) == 3
    assert found.new_rows == 120
