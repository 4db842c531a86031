"""``okx-sync paper``: the paper exchange as a server of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from okx_sync import Config, Credentials, OkxClient, StateEvent, WsClient
from tests.cli.conftest import Done
from tests.programs import ROOT, environment


@contextmanager
def served(*words: str) -> Iterator[dict[str, Any]]:
    """A server in a process of its own; gives what it says of itself, and is ended by Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "okx_sync", "paper", "--port", "0", "--json", *words],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.send_signal(2)
        assert process.wait(timeout=20) == 0
        process.stdout.close()


def test_a_bot_trades_there_with_the_printed_key_and_meets_the_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses and keys that are printed are good, and the faults come as often as asked for."""
    with served("--fault", "drop,path=public", "--fault-every", "0.5", "--seconds", "0") as facts:
        alice = facts["accounts"][0]
        monkeypatch.setenv("OKX_SERVER", facts["rest"])
        config = Config.from_env(credentials=Credentials(alice["api_key"], alice["secret_key"], alice["passphrase"]))
        lost = threading.Semaphore(0)

        def note(event: StateEvent) -> None:
            if event.kind == "lost":
                lost.release()

        with OkxClient(config) as rest, WsClient(config) as ws:
            ws.on_state(note)
            ws.subscribe_tickers("BTC-USDT", callback=print)
            assert rest.place_order("BTC-USDT", "cash", "buy", "market", sz="10", tgt_ccy="quote_ccy").ok
            assert all(lost.acquire(timeout=15) for _ in range(2))


def test_it_introduces_itself(screen_of: Callable[..., tuple[int, list[str]]]) -> None:
    """On a terminal: addresses of the three wires, keys, and a command to try."""
    code, screen = screen_of("paper", "--port", "0", "--tls", "--seconds", "0.1", server=False)
    text = "\n".join(screen)
    assert code == 0, text
    for word in (
        "REST of all three: https://127.0.0.1:",
        "/v5/public/linear",
        "paper-alice-key",
        "certificates to trust",
        "export OKX_SERVER=https://127.0.0.1:",
        "export OKX_SECRET_KEY=paper-alice-secret OKX_PASSPHRASE=paper-alice-pass",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("drip_drop", "no such fault"),
        ("drop,rst", "has no value"),
        ("drop,how=kindly", "kindly"),
        ("drop,color=1", "color"),
    ],
)
def test_faults_that_are_none(fault: str, word: str, run: Callable[..., Done]) -> None:
    """A fault that does not exist, or not so, is refused with exit code 2."""
    done = run("paper", "--port", "0", "--seconds", "0.1", "--fault", fault, server=False)
    assert (done.code, word in done.err) == (2, True), done.err


def test_a_port_that_is_taken(run: Callable[..., Done]) -> None:
    """A port on which somebody listens already is named, with exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("paper", "--port", port, "--seconds", "0.1", server=False)
    assert (done.code, port in done.err) == (2, True)
