"""A server and a client, each in a process of its own, for one measurement."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import trustme

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.venue import Plan

__all__ = ["Certificates", "MeasureError", "Server", "certificates", "play", "serve"]

ROOT = Path(__file__).parents[3]
_WITHIN_S = 900


class MeasureError(Exception):
    """A client could not be measured; the text is the end of what it said."""


class Certificates:
    """PEM files of a server that only this run trusts."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.ca, self.server = str(folder / "ca.pem"), str(folder / "server.pem")
        authority.cert_pem.write_to_path(self.ca)
        authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(self.server)


@contextmanager
def certificates() -> Iterator[Certificates]:
    """Made for one run, gone after it."""
    with tempfile.TemporaryDirectory() as folder:
        yield Certificates(Path(folder))


def play(client: str, stream: str, tls: Certificates | None = None, **more: Any) -> dict[str, Any]:
    """Figures of ``client``. ``more``: fields of :class:`Plan` and :class:`Job`. Raises ``MeasureError``."""
    chosen: dict[str, Any] = {name: more.pop(name) for name in ("per_second", "burst") if name in more}
    if client.startswith("pybit"):
        chosen |= {"exchange": "bybit", "answer_after_s": 0.05}  # it asks before it notes whom the answer is for
    chosen = {"exchange": "okx", "topics": more.get("topics", 1), **chosen}
    plan = Plan(cert=None if tls is None else tls.server, **chosen)
    with serve(plan) as server:
        job = Job(client, stream, server.port, ca=None if tls is None else tls.ca, **more)
        return _child(job)


class Server:
    """The load server, seen from the process that started it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin, self._stdout = process.stdin, process.stdout
        self.port = int(self._stdout.readline())

    def tell(self, command: str = "") -> dict[str, Any]:
        """Give a command, see ``Venue.command``; returns how things are there."""
        self._stdin.write(command + "\n")
        self._stdin.flush()
        state: dict[str, Any] = json.loads(self._stdout.readline())
        return state


@contextmanager
def serve(plan: Plan) -> Iterator[Server]:
    """A server of this plan. With two cores or more it stays on the second one."""
    if (os.cpu_count() or 1) > 1:
        plan = replace(plan, cpu=1)
    command = [sys.executable, "-m", "tests.benchmarks.load.server", json.dumps(asdict(plan))]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process)
        finally:
            process.kill()


def _child(job: Job) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.load.child", json.dumps(asdict(job))]
    environment = {**os.environ, "SSL_CERT_FILE": job.ca} if job.ca is not None else dict(os.environ)
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_WITHIN_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise MeasureError(f"{job.client} did not end within {_WITHIN_S} s") from None
    if done.returncode:
        raise MeasureError(f"{job.client}: {done.stderr.strip()[-600:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
