"""Handlers of signals that use the client whose call they have interrupted: no deadlock, at any moment.

Each script runs in a process of its own with a limit of time: a timer strikes at random moments while the main thread
is inside some call of a client, and the handler closes the client, leaves a subscription or sends an order.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import pytest

from okx_sync.paper import PaperExchange
from tests.programs import ROOT, environment
from tests.variants import mostly_slow

LIMIT_S: Final = 60

HEAD: Final = """
import faulthandler, os, random, signal, sys, threading, time
from decimal import Decimal
from okx_sync import Config, Credentials, LinkOptions, OkxClient, OkxError, StreamClosed, WsClient
from okx_sync.errors import ConnectionLost, OkxTimeoutError, OrderStatusUnknown

faulthandler.dump_traceback_later(50, exit=True)
host = os.environ["PAPER"]
keys = Credentials("paper-alice-key", "paper-alice-secret", "paper-alice-pass")
urls = {f"ws_{path}_url": f"ws://{host}/ws/v5/{path}" for path in ("public", "private", "business")}
config = Config(credentials=keys, rest_url=f"http://{host}", timeout_secs=5, **urls)
options = LinkOptions(connects_per_s=10_000, tick_s=0.05, drain_s=0.05, backoff_s=0.02, backoff_cap_s=0.05)
dice = random.Random(int(os.environ.get("SEED", "11")))


def threads():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("okx-")]


def strike(handler, within):
    "Have the handler run once, at a random moment."
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, dice.uniform(1e-6, within))


def calm():
    signal.setitimer(signal.ITIMER_REAL, 0)
"""

CLOSE: Final = (
    HEAD
    + """
def work(ws):
    "Calls of every kind, one after another, until one tells that the client was closed."
    ws.subscribe("trades", lambda event: None, instId="BTC-USDT")
    sub = ws.subscribe("trades", instId="ETH-USDT")
    book = ws.order_book("BTC-USDT")
    ws.positions.wait_synced(5)
    for number in range(100_000):
        ws.status(), ws.is_connected(), sub.stats, ws.subscription_count()
        one = ws.subscribe("trades", instId=("BTC-USDT", "ETH-USDT")[number % 2], wait=bool(number % 3))
        one.unsubscribe()
        for ask in (lambda: ws.recv(0.0001), lambda: sub.get(0.0001), lambda: book.wait_valid(0.0001)):
            try:
                ask()
            except OkxTimeoutError:
                pass
        if ws.wait(0.0001):
            raise StreamClosed("wait() said so")


def closes(*_):
    began = time.monotonic()
    ws.close()
    assert time.monotonic() - began < 1, "close() waited in the handler"


for number in range(ROUNDS):
    ws = WsClient(config, options=options)
    strike(closes, 0.12)
    try:
        work(ws)
    except StreamClosed:
        calm()
    ws.close()
    assert not threads(), threads()
print("done")
"""
)

USE: Final = (
    HEAD
    + """
cancelled, left = 0, 0


def uses(*_):
    global cancelled, left
    try:
        order.cancel()
        cancelled += 1
    except (OkxTimeoutError, ConnectionLost, OrderStatusUnknown):
        pass
    sub.unsubscribe()
    ws.status()
    left += 1


with WsClient(config, options=options) as ws:
    ws.orders.wait_synced(5)
    for number in range(ROUNDS):
        sub = ws.subscribe("trades", instId="BTC-USDT")
        order = ws.orders.place("BTC-USDT", "buy", Decimal("0.001"), Decimal("100"), td_mode="cash")
        strike(uses, 0.01)
        seen = left
        while left == seen:
            ws.subscribe("trades", instId="ETH-USDT", name="other", wait=False)
            ws.status(), ws.orders.open, ws.orders.snapshot()
            try:
                ws.recv(0.0001)
            except OkxTimeoutError:
                pass
        end = time.monotonic() + 5
        while not sub.is_closed:
            assert time.monotonic() < end
            time.sleep(0.001)
assert cancelled, "no order was ever cancelled"
assert not threads(), threads()
print("done")
"""
)

REST: Final = (
    HEAD
    + """
for number in range(ROUNDS):
    client = OkxClient(config)
    strike(lambda *_: client.close(), 0.02)
    try:
        while True:
            client.get_ticker("BTC-USDT")
    except OkxError as error:
        assert "closed" in str(error), error
    client.close()
assert not threads(), threads()
print("done")
"""
)


@pytest.fixture(scope="module")
def paper() -> Iterator[PaperExchange]:
    """With a market that moves, so that something arrives all the time."""
    with PaperExchange() as exchange:
        yield exchange


def _run(paper: PaperExchange, script: str, rounds: int) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", script.replace("ROUNDS", str(rounds))],
        cwd=ROOT,
        env=environment(PAPER=f"127.0.0.1:{paper.port}"),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


SCRIPTS: Final = {"close a stream client": CLOSE, "use it": USE, "close REST": REST}


@pytest.mark.parametrize("rounds", mostly_slow([2, 4, 12], [2]))
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_handler_may_use_the_client_it_has_interrupted(paper: PaperExchange, script: str, rounds: int) -> None:
    """It returns at once; the interrupted call raises StreamClosed when the client was closed; no thread is left."""
    _run(paper, SCRIPTS[script], rounds)
