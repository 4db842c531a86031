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


class Broker:
    """A Redis server on a free port. ``is_durable``: it writes down all before it answers."""

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        self._folder = folder
        self._is_durable = is_durable
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client: Any = redis.Redis(port=self.port)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        durable = "yes" if self._is_durable else "no"
        arguments = ["--port", self.port, "--bind", "127.0.0.1", "--save", "", "--appendonly", durable]
        arguments += ["--appendfsync", "always", "--dir", self._folder]
        command = ["redis-server", *map(str, arguments)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until(self._answers, what="the start of Redis")

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

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


def _has_redis() -> bool:
    if shutil.which("redis-server") is not None:
        return True
    if os.environ.get("OKX_SYNC_REDIS") == "required":
        pytest.fail("redis-server is not installed, and OKX_SYNC_REDIS=required")
    return False


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A server that forgets all when it ends."""
    if not _has_redis():
        pytest.skip("redis-server is not installed")
    made = Broker(tmp_path)
    yield made
    made.close()


@pytest.fixture
def durable_broker(tmp_path: Path) -> Iterator[Broker]:
    """A server that has written down all that it agreed to."""
    if not _has_redis():
        pytest.skip("redis-server is not installed")
    made = Broker(tmp_path, is_durable=True)
    yield made
    made.close()
