"""A forked child: what was made before is refused clearly and never touches the parent's sockets.

In processes of their own, with a limit of time: a child that inherits a lock which nobody will ever release hangs.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.programs import ROOT, environment

paper = still_exchange.still_paper

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

HEAD = """
import asyncio, multiprocessing, os, signal, sys, time
from okx_sync import AsyncOkxClient, Config, Credentials, OkxClient, OkxError, WsClient

signal.alarm(30)
host = os.environ["PAPER"]
keys = Credentials("paper-alice-key", "paper-alice-secret", "paper-alice-pass")
urls = {f"ws_{path}_url": f"ws://{host}/ws/v5/{path}" for path in ("public", "private", "business")}
config = Config(credentials=keys, rest_url=f"http://{host}", **urls)
rest, slow = OkxClient(config), AsyncOkxClient(config)
rest.get_ticker("BTC-USDT")
ws = WsClient(config)
got = []
ws.subscribe("trades", got.append, instId="BTC-USDT")
sub = ws.subscribe("trades", instId="ETH-USDT")
book, orders, positions, account = ws.order_book("BTC-USDT"), ws.orders, ws.positions, ws.account
assert orders.wait_synced(10) and book.wait_valid(10)
order = orders.place("BTC-USDT", "buy", "0.001", "100", td_mode="cash")
market = rest.market
guard = rest.dead_man(30)
guard.__enter__()
taken = (ws.close, rest.close, sub.unsubscribe, book.close, orders.close, positions.close, account.close)
aclose, leave = slow.aclose, guard.__exit__


def child():
    signal.alarm(20)
    calls = {
        "subscribe": lambda: ws.subscribe("trades", instId="BTC-USDT"),
        "recv": lambda: ws.recv(0), "wait": lambda: ws.wait(0), "status": lambda: ws.status(),
        "connect": lambda: ws.connect("public"), "reconnect": lambda: ws.reconnect(),
        "orders": lambda: ws.orders, "positions": lambda: ws.positions, "iterate": lambda: next(iter(ws)),
        "order_book": lambda: ws.order_book("BTC-USDT"), "get": lambda: sub.get(0), "latest": lambda: sub.latest(),
        "for": lambda: list(sub), "place": lambda: orders.place("BTC-USDT", "buy", "1", "1", td_mode="cash"),
        "place_order": lambda: ws.place_order("BTC-USDT", "cash", "buy", "limit", "1", "1"),
        "cancel": lambda: order.cancel(), "wait_until": lambda: order.wait_until(lambda one: False, 1),
        "book": lambda: book.snapshot(), "held": lambda: positions.synced, "money": lambda: account.synced,
        "rest": lambda: rest.get_ticker("BTC-USDT"), "async": lambda: slow.get_ticker("BTC-USDT"),
        "group": lambda: market.get_ticker("BTC-USDT"), "send": lambda: ws.send("subscribe", []),
        "guard": lambda: guard.armed,
    }
    for name, call in calls.items():
        try:
            call()
        except OkxError as error:
            assert "before a fork" in str(error) and "child" in str(error), (name, error)
        else:
            raise AssertionError(f"{name} worked")
    for thing in (ws, sub, book, orders, rest):
        with thing if thing is ws else open(os.devnull):
            pass
        (thing.unsubscribe if thing is sub else thing.close)()
    assert "fork" in repr(ws)
    for end in taken:  # as atexit and ExitStack have them
        end()
    asyncio.run(aclose())
    leave(None, None, None)
    with OkxClient(config) as fresh, WsClient(config) as stream:
        assert fresh.get_ticker("BTC-USDT").instId == "BTC-USDT"
        stream.subscribe("trades", instId="BTC-USDT")


def check(code):
    assert code == 0, code
    assert ws.is_connected() and rest.get_ticker("BTC-USDT")
    order.cancel()
    assert guard.armed
    leave(None, None, None)
    ws.close(), rest.close()
    print("done")
"""

WAYS = {
    "os.fork": """
pid = os.fork()
if pid == 0:
    child()
    sys.exit(0)
check(os.waitpid(pid, 0)[1])
""",
    "multiprocessing": """
process = multiprocessing.get_context("fork").Process(target=child)
process.start()
process.join()
check(process.exitcode)
""",
}


@pytest.mark.parametrize("way", ["os.fork", pytest.param("multiprocessing", marks=pytest.mark.slow)])
def test_a_child_is_refused_and_the_parent_goes_on(paper: PaperExchange, way: str) -> None:
    """Each call says what to do; closing is nothing; a new client works; the parent's sockets see nothing of it."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", HEAD + WAYS[way]],
        cwd=ROOT,
        env=environment(PAPER=f"127.0.0.1:{paper.port}"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    assert [one.closed_code for one in paper.connections if not one.open] == [1000] * len(paper.connections)


CALLBACK = """
import os, signal, sys, threading
from okx_sync import Config, WsClient

signal.alarm(30)
host = os.environ["PAPER"]
ws = WsClient(Config(**{f"ws_{path}_url": f"ws://{host}/ws/v5/{path}" for path in ("public", "private", "business")}))
pids, got, is_told = [], [], sys.argv[1] == "told"


def fork_once(_):
    if not pids and "callback" in threading.current_thread().name:
        pids.append(0)
        pids[0] = os.fork()
        if pids[0] == 0:
            signal.alarm(20)


def hear(event):
    got.append(event.tradeId)
    print(event.tradeId, flush=True)


if is_told:
    ws.on_state(fork_once)
else:
    ws.subscribe("trades", fork_once, instId="BTC-USDT", inline=True)
ws.subscribe("trades", hear, instId="ETH-USDT")
print("ready", flush=True)
while not (pids and len(got) >= 20):
    ws.wait(0.01)
assert os.waitpid(pids[0], 0)[1] == 0
ws.close()
print(got == [str(number) for number in range(len(got))])
"""


@pytest.mark.parametrize("way", ["read", "told"])
def test_a_callback_that_forks_and_returns(paper: PaperExchange, way: str) -> None:
    """Its thread ends in the child, and with it the child; there it neither reads the parent's socket nor waits."""
    program = subprocess.Popen(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", CALLBACK, way],
        cwd=ROOT,
        env=environment(PAPER=f"127.0.0.1:{paper.port}"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # the child says there which thread of it ended
        text=True,
    )
    with program:
        assert program.stdout is not None
        answer, number = program.stdout.readline(), 0
        while answer not in ("True\n", "False\n", ""):
            paper.push(still_exchange.TRADES, [still_exchange.trade(number)])
            paper.push(still_exchange.ETH_TRADES, [still_exchange.trade(number, still_exchange.ETH)])
            answer, number = program.stdout.readline(), number + 1
    assert answer == "True\n"
    assert program.returncode == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_exchange_in_the_box_survives_a_child(paper: PaperExchange) -> None:
    """A child that stops it, or just ends, leaves the parent's as it was."""
    pid = os.fork()
    if pid == 0:
        try:
            paper.stop()
        finally:
            os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert paper.run(lambda: 1) == 1
