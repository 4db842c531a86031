"""The fan-out demo: a publisher and two followers in processes of their own, over Redis, on the paper exchange."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self, TextIO

from okx_sync.demo.local_redis import LocalRedis
from okx_sync.errors import OkxError
from okx_sync.timing import Clock, Deadline
from okx_sync.worker import Worker

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.config import Config

__all__ = ["run_fanout"]

_FLOW_PER_S: Final = 60.0
_END_S: Final = 15.0
_LOOK_S: Final = 0.2
_ADDRESSES: Final = ("rest_url", "ws_public_url", "ws_private_url", "ws_business_url")
_KEYS: Final = ("api_key", "secret_key", "passphrase")


def run_fanout(seconds: float, seed: int, out: TextIO, err: TextIO) -> int:
    """Run it; 0 when every process did what it promises, else 1 and the reasons. ``seconds`` 0: until Ctrl-C."""
    out.flush()
    try:
        with ExitStack() as stack:
            return _play(stack, seconds, seed, out)
    except KeyboardInterrupt:
        err.write("interrupted before it began\n")
    except (OkxError, ImportError) as problem:
        err.write(f"The demo could not start: {problem}\n")
    return 1


def _play(stack: ExitStack, seconds: float, seed: int, out: TextIO) -> int:
    from okx_sync.paper import PaperExchange

    redis = stack.enter_context(LocalRedis())
    paper = stack.enter_context(PaperExchange(seed, flow_per_s=_FLOW_PER_S))
    out.write(f"redis-server at {redis.url}, paper exchange at {paper.url}\n")
    processes: dict[str, _Process] = {}
    try:
        for name in ("publisher", "watcher", "trader"):
            config = paper.config if name == "publisher" else paper.public_config
            processes[name] = stack.enter_context(_Process(name, redis.url, config, out))
        _wait(seconds, processes)
    except KeyboardInterrupt:
        out.write("interrupted\n")  # the ordinary way to end it
    failed = [name for name, process in reversed(processes.items()) if process.end()]
    missing = 3 - len(processes)
    text = ", ".join(failed) or "not all of it was started"
    ok = "  OK         two followers, nothing missing, orders worked\n"
    out.write(f"  FAILED     {text}\n" if failed or missing else ok)
    out.flush()
    return 1 if failed or missing else 0


def _wait(seconds: float, processes: dict[str, _Process]) -> None:
    """Wait until the time is over, or a process has ended by itself."""
    clock = Clock()
    deadline = Deadline(seconds or None, clock)
    while not deadline.passed() and all(one.is_alive for one in processes.values()):
        clock.sleep(_LOOK_S)


class _Process:
    """One role, in a process of its own, whose lines are shown. The key travels by a pipe, and only to the publisher.

    It is ready once it has said its first line.
    """

    def __init__(self, role: str, redis_url: str, config: Config, out: TextIO) -> None:
        told: dict[str, Any] = {"role": role, "redis": redis_url}
        told["addresses"] = {name: getattr(config, name) for name in _ADDRESSES}
        if config.credentials is not None:
            told["keys"] = {name: "".join(getattr(config.credentials, name)) for name in _KEYS}
        # In a session of its own: Ctrl-C is for this process, which ends the others in their order.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "okx_sync.demo.fanout_roles"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._out = out
        self._relay = Worker(f"okx-demo-{role}", self._show)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        self._write()
        self._relay.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._relay.join(_END_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self) -> bool:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        self._out.write(line)
        self._out.flush()
        return bool(line)

    def _show(self, worker: Worker) -> None:
        del worker
        while self._write():
            pass

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def end(self) -> int:
        """Ask for its end; its exit code, which is not 0 where it does not end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            return self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return 1
