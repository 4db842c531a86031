"""A system that has no more threads to give."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def no_more_threads(monkeypatch: pytest.MonkeyPatch, prefix: str) -> Iterator[list[str]]:
    """The system refuses threads whose names begin so; yields those it refused."""
    refused: list[str] = []
    start = threading.Thread.start

    def fail(thread: threading.Thread) -> None:
        if thread.name.startswith(prefix):
            refused.append(thread.name)
            raise RuntimeError("can't start new thread")
        start(thread)

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        yield refused
