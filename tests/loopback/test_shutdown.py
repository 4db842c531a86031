"""The end: bounded, from anywhere, by close() or Ctrl-C, and nothing is left behind.

The matrix runs in processes of its own, with development mode and warnings as errors, so that a socket or file that
was not closed shows on standard error.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import pytest

from okx_sync.paper import PaperExchange
from tests.loopback import still_exchange
from tests.loopback.conftest import Connect, Heard, our_threads, until
from tests.loopback.scripts import ENDINGS, HEAD, INTERRUPTED, INTERRUPTS, NEVER_CLOSED, ONE_BY_ONE
from tests.loopback.still_exchange import BTC, TRADES, trade
from tests.variants import mostly_slow

paper = still_exchange.still_paper

ROOT = Path(__file__).parents[2]
LIMIT_S = 6.0  # on a busy machine; what would not end hangs for good
# Where a program mostly is when Ctrl-C comes, one of each kind of waiting; the others are of the slow set.
EVERY_RUN = ["wait", "iteration", "subscribe", "backoff", "full queue, policy block"]
STOPPED = 42  # what a script returns that was interrupted and has tidied up


@attrs.frozen
class Result:
    """What became of a process: ``took_s`` is the time from Ctrl-C, or from its first line, to its end."""

    code: int
    out: str
    err: str
    took_s: float


def _run(source: str, environment: dict[str, str], *, interrupt: bool = False, stdin: str = "") -> Result:
    """Run a script; once more if Python itself lost the interrupt, as it does inside a weak reference's callback."""
    result = _run_once(source, environment, interrupt=interrupt, stdin=stdin)
    if interrupt and "Exception ignored in" in result.err and "KeyboardInterrupt" in result.err:
        result = _run_once(source, environment, interrupt=interrupt, stdin=stdin)
    return result


def _run_once(source: str, environment: dict[str, str], *, interrupt: bool, stdin: str) -> Result:
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", HEAD + source]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        if stdin:
            process.stdin.write(stdin)
            process.stdin.close()
            process.stdin = None
        first = process.stdout.readline()
        began = time.monotonic()
        if interrupt and first:
            process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=20 if interrupt else 60)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        return Result(process.returncode, first + out, err, time.monotonic() - began)


@attrs.frozen
class Matrix:
    """Runs scripts against one exchange (see ``scripts``)."""

    environment: dict[str, str]

    def run(self, source: str, **options: Any) -> Result:
        """Run a script in a process of its own."""
        return _run(source, self.environment, **options)

    def run_endings(self) -> list[Result]:
        """Run all that only close, in two processes at a time."""
        names = list(ENDINGS)
        halves = [json.dumps({name: ENDINGS[name] for name in names[number::2]}) for number in range(2)]
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda bodies: self.run(ONE_BY_ONE, stdin=bodies), halves))


@pytest.fixture(scope="module")
def matrix() -> Iterator[Matrix]:
    """An exchange with all that makes a client wait; a script is started by the one test that needs it."""
    mute = socket.create_server(("127.0.0.1", 0))
    with mute, PaperExchange(flow_per_s=0) as paper:
        paper.faults.no_ack("tickers")
        paper.faults.refuse_handshake(502, times=None, path="private")
        paper.faults.blackhole(path="business")
        paper.flood(TRADES, trade, 1_000_000, 200)
        addresses = {"PAPER": f"127.0.0.1:{paper.port}", "MUTE": f"ws://127.0.0.1:{mute.getsockname()[1]}/"}
        # Taken here: pytest changes the environment while the threads of the pool start their processes.
        yield Matrix({**os.environ, **addresses, "PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize("name", mostly_slow(INTERRUPTS, EVERY_RUN))
def test_ctrl_c_ends_every_blocking_call(matrix: Matrix, name: str) -> None:
    """KeyboardInterrupt arrives, ``with`` closes the client, no thread is left, and the process is gone in time."""
    body = textwrap.dedent(INTERRUPTS[name]).strip()
    result = matrix.run(INTERRUPTED.format(body=textwrap.indent(body, " " * 8).strip()), interrupt=True)
    assert (result.code, result.err) == (STOPPED, ""), result
    assert result.took_s < LIMIT_S


def test_close_is_bounded_and_leaves_nothing(matrix: Matrix) -> None:
    """close() returns within two seconds from wherever it is called, and no thread and no open socket is left."""
    told: dict[str, str] = {}
    for result in matrix.run_endings():  # one test: their processes would be started anew for each worker of the suite
        assert (result.code, result.err) == (0, "")
        told |= dict(json.loads(line) for line in result.out.splitlines())
    assert told == dict.fromkeys(ENDINGS, "")


def test_a_client_that_is_never_closed_keeps_no_process_alive(matrix: Matrix) -> None:
    """The script just ends: return code 0, in time."""
    result = matrix.run(NEVER_CLOSED)
    assert (result.code, result.out) == (0, "subscribed\n"), result
    assert result.took_s < LIMIT_S


def test_threads_are_gone_when_close_returns(paper: PaperExchange, connect: Connect) -> None:
    """Also with three links, callbacks and a private login; the exchange sees every socket closed by the client."""
    watched = connect()
    watched.ws.subscribe_trades(BTC, Heard())
    watched.ws.subscribe_candles(BTC, "1s")
    watched.ws.subscribe_orders("ANY")
    assert our_threads()
    watched.ws.close()
    assert our_threads() == []
    assert watched.states.kinds().count("closed") == 3
    until(lambda: paper.open_connections == [])
    assert {(one.closed_by, one.closed_code) for one in paper.connections} == {("closed by the client", 1000)}
    assert list(watched.errors) == []


def test_close_during_a_flood_that_overflows(paper: PaperExchange, connect: Connect) -> None:
    """Whatever is under way when close() comes, it ends without an error to anybody."""
    for _ in range(5):
        watched = connect()
        sub = watched.ws.subscribe_trades(BTC, maxsize=10)
        done = paper.flood(TRADES, trade, 5_000)
        until(lambda sub=sub: sub.stats.dropped > 0)  # type: ignore[misc]
        watched.ws.close()
        done.result(10)
        assert list(watched.errors) == []


def test_wait_returns_what_happened(connect: Connect) -> None:
    """False after its timeout, True once the client is closed."""
    watched = connect()
    assert watched.ws.wait(0.01) is False
    threading.Timer(0.02, watched.ws.close).start()
    assert watched.ws.wait(5) is True
    assert watched.ws.wait() is True
