"""A server and a client, each in a process of its own, for one measurement."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import trustme

from tests.benchmarks.load.child import Job
from tests.benchmarks.load.server import Plan

__all__ = ["Certificates", "MeasureError", "certificates", "play"]

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
    """Figures of ``client``. ``more``: fields of :class:`Plan` and :class:`Job`.

    With two cores or more the server stays on the second one. Raises ``MeasureError``.
    """
    chosen = {name: more.pop(name) for name in ("per_second", "burst") if name in more}
    exchange = "bybit" if client == "pybit" else "okx"
    several = (os.cpu_count() or 1) > 1
    plan = Plan(exchange, stream, cert=None if tls is None else tls.server, cpu=1 if several else None, **chosen)
    with _server(plan) as port:
        job = Job(client, stream, port, ca=None if tls is None else tls.ca, **more)
        return _child(job)


@contextmanager
def _server(plan: Plan) -> Iterator[int]:
    command = [sys.executable, "-m", "tests.benchmarks.load.server", json.dumps(asdict(plan))]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
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
