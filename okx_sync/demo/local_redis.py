"""``LocalRedis``: a Redis server of one's own for as long as it is wanted."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from types import TracebackType
from typing import Final, Self

from okx_sync.errors import ConfigError
from okx_sync.timing import Clock, Deadline

__all__ = ["LocalRedis"]

_START_S: Final = 10.0
_PAUSE_S: Final = 0.02


class LocalRedis:
    """Starts ``redis-server`` on a free port of this machine, without a file, as a context manager.

    Raises:
        ConfigError: There is no ``redis-server``, or it does not come up.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="okx-sync-redis-")
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self._port}/0"

    def __enter__(self) -> Self:
        program = shutil.which("redis-server")
        if program is None:
            self._folder.cleanup()
            raise ConfigError(
                "redis-server is not installed: it is not on the PATH",
                hint="apt install redis-server, or brew install redis",
            )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        words = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(  # noqa: S603  what the PATH has under this name
            [program, *words, "--dir", self._folder.name], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def _wait(self) -> None:
        """Wait until it takes connections."""
        assert self._process is not None
        clock = Clock()
        deadline = Deadline(_START_S, clock)
        while self._process.poll() is None and not deadline.passed():
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            clock.sleep(_PAUSE_S)
        raise ConfigError("redis-server did not start", hint="run it by hand: it says why")

    def stop(self) -> None:
        """End it, and forget what it held."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
        self._folder.cleanup()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
