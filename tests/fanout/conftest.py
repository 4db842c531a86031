"""A real Redis server for each test that wants one, which can be killed, stopped and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.loopback.conftest import until

SERVER = os.environ.get("OKX_SYNC_REDIS_SERVER", "redis-server")
"""The program that tests run on, unless they name others: the whole folder can be run on another one."""


_ANSWER_S = 10.0


class ServerEndedError(Exception):
    """A server ended where it was to begin; the text is what it said last."""


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Broker:
    """A Redis server on a free port.

    ``is_durable``: it writes down all before it answers; ``more``: further options of the program; ``ca``: it is behind
    TLS, and this file has who vouches for it.
    """

    def __init__(
        self,
        folder: Path,
        *more: object,
        is_durable: bool = False,
        program: str = SERVER,
        ca: Path | None = None,
    ) -> None:
        self._folder = folder
        self._is_durable = is_durable
        self._program = program
        self._more = more
        self.port = free_port()
        self._port_word = "--port" if ca is None else "--tls-port"
        self.url = f"redis://127.0.0.1:{self.port}/0"
        if ca is not None:
            self.url = f"rediss://localhost:{self.port}/0?ssl_ca_certs={ca}"
            self._more += ("--port", 0)
        # A test does not wait for ever, whoever has the port: another server there may take a command and say nothing.
        self.client: Any = redis.Redis.from_url(self.url, socket_timeout=_ANSWER_S)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        durable = "yes" if self._is_durable else "no"
        arguments: list[object] = [self._port_word, self.port, "--bind", "127.0.0.1", "--save", ""]
        arguments += ["--appendonly", durable, "--appendfsync", "always", "--dir", self._folder, *self._more]
        command = [self._program, *map(str, arguments)]
        log = self._folder / "server.log"
        with log.open("wb") as told:
            process = self._process = subprocess.Popen(command, stdout=told, stderr=told)
        until(lambda: self._answers() or process.poll() is not None, what="the start of Redis")
        if process.poll() is not None:
            raise ServerEndedError(log.read_text(errors="replace")[-500:])

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def url_of(self, user: str) -> str:
        """Return the address with a user of the server, and the password "secret"."""
        return self.url.replace("://", f"://{user}:secret@", 1)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill it, and wait until it is gone."""
        self.signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait(10)

    def close(self) -> None:
        """End it."""
        self.client.close()
        self.kill()


def need(program: str = SERVER) -> None:
    """Skip the test, or fail it where that is asked for, when a server is not installed."""
    if shutil.which(program) is not None:
        return
    if program == SERVER and os.environ.get("OKX_SYNC_REDIS") == "required":
        pytest.fail(f"{program} is not installed, and OKX_SYNC_REDIS=required")
    pytest.skip(f"{program} is not installed")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A server that forgets all when it ends."""
    need()
    made = Broker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def durable_broker(tmp_path: Path) -> Iterator[Broker]:
    """A server that has written down all that it agreed to."""
    need()
    made = Broker(tmp_path, is_durable=True)
    yield made
    made.close()
