"""Many reconnects cost nothing that stays: threads, open files, memory; and no private event."""

from __future__ import annotations

import gc
import os
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from okx_sync import OkxClient
from okx_sync.paper import PaperExchange
from tests.loopback.conftest import Connect, Heard, Watched, our_threads, until
from tests.variants import mostly_slow

PINGS = ["okx-ping-private", "okx-ping-public"]
# Of the callback threads two read a socket each; their numbers are those of the threads that were there before them.
THREADS = [*["okx-callback"] * 3, *PINGS, "okx-recovery", "okx-ws-private-0", "okx-ws-public-0"]
HOWS = (("rst", None), ("fin", None), ("close", 1001), ("close", 1012))
OURS = [tracemalloc.Filter(True, f"*/okx_sync/{room}/*") for room in ("client", "delivery", "protocol", "transport")]
SLACK_BYTES = 128 * 1024  # histories and caches that fill up to their bounds, and the rows that the test keeps


@attrs.define
class Soak:
    """A client that is thrown out again and again while an account trades."""

    paper: PaperExchange
    watched: Watched
    rest: OkxClient
    orders: Heard
    placed: list[str] = attrs.field(factory=list)
    rounds: int = 0

    def round(self) -> None:
        """Place and cancel an order, drop all sockets at once, wait until everything is back."""
        self.rounds += 1
        self.watched.states.forget()
        order = self.rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
        self.rest.cancel_order("BTC-USDT", order.ordId)
        self.placed.append(str(order.ordId))
        how, code = HOWS[self.rounds % len(HOWS)]
        if how == "rst":  # throws away what is under way, so it may not come before the events
            self.until_heard()
        self.paper.faults.drop(how, code)  # type: ignore[arg-type]
        for link in ("public", "private"):
            self.watched.states.until("gap", 1, link)  # the last word of an outage
        self.check()

    def until_heard(self) -> None:
        """Wait for the events of every order placed so far."""
        until(lambda: len(self.orders) >= 2 * len(self.placed), what="the order events")

    def check(self) -> None:
        """The exchange has each topic once, on one socket per path; the threads are those of the beginning."""
        until(lambda: set(self.paper.topics().values()) == {1} and len(self.paper.topics()) == 5, what="all topics")
        assert len(self.paper.open_connections) == 2
        until(lambda: _threads() == THREADS, what=f"{_threads()} to become {THREADS}")

    def open_files(self) -> int:
        """Open descriptors, once the exchange has closed its ends too."""
        until(lambda: len(self.paper._server.sessions) == 2, what="the exchange's own closing")
        return len(list(Path(f"/proc/{os.getpid()}/fd").iterdir()))


def _threads() -> list[str]:
    return [name.rsplit("-", 1)[0] if name.startswith("okx-callback") else name for name in our_threads()]


def _soak(paper: PaperExchange, watched: Watched, rest: OkxClient) -> Soak:
    paper.quiet()
    orders = Heard()
    watched.ws.subscribe("orders", orders, instType="ANY")
    # What a user keeps is not ours: these are heard and dropped.
    watched.ws.subscribe("account", lambda _row: None)
    for channel in ("tickers", "trades", "books5"):
        watched.ws.subscribe(channel, lambda _row: None, instId="BTC-USDT")
    return Soak(paper, watched, rest, orders)


def _run(paper: PaperExchange, connect: Connect, rounds: int, *, warm_up: int) -> dict[str, float]:
    with OkxClient(paper.config) as rest:
        soak = _soak(paper, connect(), rest)
        tracemalloc.start()
        for _ in range(warm_up):
            soak.round()
        files = soak.open_files()
        before = _memory()
        began = time.monotonic()
        for _ in range(rounds):
            soak.round()
        seconds = time.monotonic() - began
        grown = _memory() - before
        tracemalloc.stop()
        soak.until_heard()
        assert abs(soak.open_files() - files) <= 2  # two REST clients, each may renew its connection
        assert grown < SLACK_BYTES, f"{grown} bytes more"
        assert Counter(order.ordId for order in soak.orders) == dict.fromkeys(soak.placed, 2)
        assert [order.state for order in soak.orders] == ["live", "canceled"] * len(soak.placed)
        duplicates = [one.duplicates for one in paper.connections if one.duplicates]
        assert duplicates == []
        assert list(soak.watched.errors) == []
        assert len(paper.connections) == 2 * (rounds + warm_up + 1)
        return {"seconds": seconds, "files": files, "threads": len(THREADS), "grown": grown, "orders": len(soak.orders)}


def _memory() -> int:
    gc.collect()
    taken = tracemalloc.take_snapshot().filter_traces(OURS)
    return sum(trace.size for trace in taken.statistics("lineno"))


@pytest.mark.parametrize("rounds", mostly_slow([3, 12], [3]))
def test_some_reconnects(paper: PaperExchange, connect: Connect, rounds: int) -> None:
    """Threads (by name), open files and memory are the same as before; no topic twice, no order event lost."""
    _run(paper, connect, rounds, warm_up=3)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_five_hundred_reconnects(
    paper: PaperExchange, connect: Connect, record_property: Callable[[str, object], None]
) -> None:
    """As above, five hundred times on each of two links, while an account trades."""
    for name, figure in _run(paper, connect, 500, warm_up=20).items():
        record_property(name, figure)
