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
from concurrent.futures import Future, ThreadPoolExecutor
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
    """Runs scripts, a few at a time, against one exchange (see ``scripts``)."""

    environment: dict[str, str]
    pool: ThreadPoolExecutor
    running: dict[str, Future[Result]]

    def start(self, name: str, source: str, **options: Any) -> None:
        """Run a script in a process of its own."""
        self.running[name] = self.pool.submit(_run, source, self.environment, **options)


@pytest.fixture(scope="module")
def matrix(request: pytest.FixtureRequest) -> Iterator[Matrix]:
    """All selected scripts are started at once. Those that only close share two processes, for the time it takes."""
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    chosen = [one["name"] for one in params if "name" in one]
    mute = socket.create_server(("127.0.0.1", 0))
    with mute, PaperExchange(flow_per_s=0) as paper, ThreadPoolExecutor(3) as pool:
        paper.faults.no_ack("tickers")
        paper.faults.refuse_handshake(502, times=None, path="private")
        paper.faults.blackhole(path="business")
        paper.flood(TRADES, trade, 1_000_000, 200)
        addresses = {"PAPER": f"127.0.0.1:{paper.port}", "MUTE": f"ws://127.0.0.1:{mute.getsockname()[1]}/"}
        # Taken here: pytest changes the environment while the threads of the pool start their processes.
        started = Matrix({**os.environ, **addresses, "PYTHONPATH": str(ROOT)}, pool, {})
        endings = [name for name in ENDINGS if name in chosen]
        for number in range(2):
            bodies = {name: ENDINGS[name] for name in endings[number::2]}
            started.start(f"endings {number}", ONE_BY_ONE, stdin=json.dumps(bodies))
        for name in INTERRUPTS:
            if name in chosen:
                body = textwrap.dedent(INTERRUPTS[name]).strip()
                started.start(name, INTERRUPTED.format(body=textwrap.indent(body, " " * 8).strip()), interrupt=True)
        started.start("never closed", NEVER_CLOSED)
        yield started


@pytest.mark.parametrize("name", mostly_slow(INTERRUPTS, EVERY_RUN))
def test_ctrl_c_ends_every_blocking_call(matrix: Matrix, name: str) -> None:
    """KeyboardInterrupt arrives, ``with`` closes the client, no thread is left, and the process is gone in time."""
    result = matrix.running[name].result()
    assert (result.code, result.err) == (STOPPED, ""), result
    assert result.took_s < LIMIT_S


@pytest.mark.parametrize("name", ENDINGS)
def test_close_is_bounded_and_leaves_nothing(matrix: Matrix, name: str) -> None:
    """close() returns within two seconds from wherever it is called, and no thread and no open socket is left."""
    told: dict[str, str] = {}
    for number in range(2):
        result = matrix.running[f"endings {number}"].result()
        told |= dict(json.loads(line) for line in result.out.splitlines())
        assert (result.code, result.err) == (0, "")
    assert told[name] == ""


def test_a_client_that_is_never_closed_keeps_no_process_alive(matrix: Matrix) -> None:
    """The script just ends: return code 0, in time."""
    result = matrix.running["never closed"].result()
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
