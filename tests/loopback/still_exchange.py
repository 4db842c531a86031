"""What the delivery tests share: an exchange on which nothing moves by itself, and rows to push on it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import orjson
import pytest

from okx_sync import WsClient, logs
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import until

BTC = "BTC-USDT"
ETH = "ETH-USDT"
SWAP = "BTC-USDT-SWAP"
TRADES = {"channel": "trades", "instId": BTC}
ETH_TRADES = {"channel": "trades", "instId": ETH}
ORDERS = {"channel": "orders", "instType": "ANY"}


@pytest.fixture
def still_paper() -> Iterator[PaperExchange]:
    """A paper exchange without random orders: what is pushed is what the test pushes, so that counts are exact."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        problems = exchange.problems
    assert problems == []


@pytest.fixture(scope="module")
def shared_paper() -> Iterator[PaperExchange]:
    """The same for all tests of a module that do not look at what the exchange counted."""
    with PaperExchange(flow_per_s=0) as exchange:
        yield exchange
        problems = exchange.problems
    assert problems == []


def place(paper: PaperExchange, inst_id: str = SWAP, **args: Any) -> None:
    """An order of the first account: it buys one contract, or what ``args`` say."""
    order = {"instId": inst_id, "tdMode": "cross", "side": "buy", "sz": "1"} | args
    assert paper.venue.place(paper.venue.accounts[0], order).ok


def trade(number: int, inst_id: str = BTC) -> dict[str, str]:
    """A public trade whose ``tradeId`` is ``number``."""
    now_ms = str(int(time.time() * 1000))
    words = {"instId": inst_id, "tradeId": str(number), "px": "65000.1", "sz": "0.01", "side": "buy"}
    return {**words, "ts": now_ms, "count": "1"}


def order(number: int, order_id: int | None = None) -> dict[str, str]:
    """A row of the orders channel: its ``fillSz`` is ``number``, its ``ordId`` too unless one is given."""
    name = str(number if order_id is None else order_id)
    words = {"instId": BTC, "instType": "SPOT", "ordId": name, "fillSz": str(number), "state": "live"}
    return {**words, "side": "buy", "ordType": "limit", "px": "1", "sz": "1", "uTime": str(1_700_000_000_000 + number)}


def numbers_of(events: Any) -> list[int]:
    """The numbers that :func:`trade` or :func:`order` put into these events."""
    return [int(getattr(event, "tradeId", None) or event.fillSz) for event in events]


def pushed(paper: PaperExchange, arg: dict[str, str]) -> int:
    """Data frames of a topic that the exchange has sent, over all connections."""
    rest = ", ".join(f"{name}={value}" for name, value in sorted(arg.items()) if name != "channel")
    topic = f"{arg['channel']}({rest})"
    return sum(count for (_, name), count in paper.pushed.items() if name == topic)


def flood(paper: PaperExchange, arg: dict[str, str], row: Callable[[int], Any], count: int) -> int:
    """Push ``count`` frames as fast as the client reads, and wait until all are written."""
    return paper.flood(arg, row, count).result(30)


def received_all(paper: PaperExchange, sub: Any, arg: dict[str, str], patience: float = 20) -> int:
    """Wait until the subscription has received every frame that the exchange sent, and has put each where it belongs;
    returns how many.
    """

    def is_settled() -> bool:
        now = sub.stats
        placed = now.delivered + now.coalesced + now.dropped + now.waiting
        return bool(now.received == pushed(paper, arg) == placed)

    until(is_settled, patience, what=f"all frames of {arg}")
    return pushed(paper, arg)


def reconnects(ws: WsClient) -> int:
    """How often any link of the client lost its socket."""
    return sum(int(link["reconnects"]) for link in ws.status()["links"].values())


@attrs.frozen
class Log:
    """Log records of the package."""

    caplog: pytest.LogCaptureFixture

    def lines(self, level: int, pattern: str = "") -> list[str]:
        """Messages of exactly this level in which ``pattern`` is found."""
        records = [one for one in list(self.caplog.records) if one.name.startswith("okx_sync") and one.levelno == level]
        return [one.getMessage() for one in records if re.search(pattern, one.getMessage())]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Log:
    """What the package logs during the test, as if it had never logged before."""
    logs._REPEATS._kinds.clear()  # a line that an earlier test saw counts as a repeat for ten seconds
    caplog.set_level(logging.DEBUG, "okx_sync")
    return Log(caplog)


def text_of(message: Any) -> str:
    """A message as the exchange would write it."""
    return orjson.dumps(message).decode()
