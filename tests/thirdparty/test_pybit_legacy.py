"""The last pybit with the USDC perpetual protocol, 2.4.1, streams from the paper exchange, unchanged but for the URLs.

It cannot live beside pybit 5. Put it into a directory of its own (`pip install --target DIR pybit==2.4.1`) and name
that directory in the environment: `OKX_SYNC_PYBIT_LEGACY=DIR`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okx_sync.paper import PaperExchange

HOME = Path(os.environ.get("OKX_SYNC_PYBIT_LEGACY") or "/nonexistent")

pytestmark = pytest.mark.skipif(
    not (HOME / "pybit" / "usdc_perpetual.py").exists(), reason="needs pybit 2.4.1 in OKX_SYNC_PYBIT_LEGACY"
)

# Prints one line of JSON per message: the name of the stream and what its callback got.
PROGRAM = """
import functools, json, sys, threading
home, public, private, key, secret = sys.argv[1:]
sys.path.insert(0, home)
from pybit import usdc_perpetual
usdc_perpetual.PUBLIC_WSS, usdc_perpetual.PRIVATE_WSS = public, private
lock = threading.Lock()
def show(name, message):
    with lock:
        print(json.dumps([name, message]), flush=True)
def to(name):
    return functools.partial(show, name)
ws = usdc_perpetual.WebSocket(test=True, ping_interval=30, ping_timeout=10, api_key=key, api_secret=secret)
ws.orderbook_25_stream(to("book"), "BTCPERP")
ws.trade_stream(to("trade"), "BTCPERP")
ws.instrument_info_stream(to("info"), "BTCPERP")
ws.kline_stream(to("candle"), "BTCPERP", 1)
ws.order_stream(to("order"))
ws.position_stream(to("position"))
ws.execution_stream(to("execution"))
show("ready", None)
sys.stdin.read()
"""


class Program:
    """Their client in a process of its own."""

    def __init__(self, paper: PaperExchange) -> None:
        urls = paper.bybit_url("/perpetual/ws/v1/realtime_public"), paper.bybit_url("/trade/option/usdc/private/v1")
        command = [sys.executable, "-c", PROGRAM, str(HOME), *urls, "paper-alice-key", "paper-alice-secret"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def until(self, name: str, wanted: Callable[[Any], object] = lambda message: True) -> Any:
        """The next message of a stream that is wanted. The test's own timeout ends the waiting."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            seen, message = json.loads(line)
            if seen == name and wanted(message):
                return message
        raise AssertionError(f"the program ended before {name}")

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


def rows_with(message: Any, **parts: Any) -> list[Any]:
    """The rows of a private push that have these parts."""
    return [row for row in message["data"]["result"] if row.items() >= parts.items()]


def test_all_streams(paper: PaperExchange) -> None:
    """Public topics, merged by their own code; orders, positions and executions of an account."""
    # They note whom data is for after they asked for it; on loopback it would come too soon.
    paper.faults.delay(0.3, "push")
    program = Program(paper)
    try:
        program.until("ready")
        levels = program.until("book")["data"]
        assert {level["side"] for level in levels} == {"Buy", "Sell"}
        assert len(levels) == 50
        assert program.until("info")["data"]["symbol"] == "BTCPERP"
        assert program.until("candle")["data"][0]["period"] == "1"
        assert program.until("trade")["data"][0]["symbol"] == "BTCPERP"
        paper.quiet()
        order = {"instId": "BTC-USDT-SWAP", "tdMode": "cross", "side": "buy", "ordType": "market", "sz": "1"}
        assert paper.venue.place(paper.venue.accounts[0], order | {"clOrdId": "old1"}).ok
        fill = program.until("execution")["data"]["result"][0]
        assert (fill["orderLinkId"], fill["symbol"], fill["lastLiquidityInd"]) == ("old1", "BTCPERP", "TAKER")
        program.until("position", lambda message: rows_with(message, size="0.01", side="Buy"))
        assert paper.venue.place(paper.venue.accounts[0], order | {"side": "sell", "clOrdId": "old2"}).ok
        program.until("order", lambda message: rows_with(message, orderLinkId="old2", orderStatus="Filled"))
        program.until("position", lambda message: rows_with(message, size="0"))
    finally:
        program.stop()
