"""A loop over one bare socket that subscribes many topics: what a growing client is told beside.

It reads on a thread and asks from the caller's. It knows no limits, makes no objects, keeps nothing but the topics.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from tests.benchmarks.load.floors import connected, read, requests
from tests.benchmarks.load.payloads import Topic

__all__ = ["BareLoop"]


class BareLoop:
    """``late`` is called with the time of each message of a topic; answers are waited for ``within_s`` seconds."""

    def __init__(self, port: int, late: Callable[[int], object], within_s: float = 30.0) -> None:
        self._port, self._late, self._within_s = port, late, within_s
        self._topics: dict[str, Topic] = {}
        self._left = 0  # answers that have not come
        self._answered = threading.Event()
        self._sock: Any = None
        self._closed = False

    def connect(self) -> None:
        """Open the socket and read it from now on; when it ends, open another and ask for all of them again."""
        self._sock = connected(self._port, None)
        threading.Thread(target=self._run, daemon=True).start()

    def subscribe(self, topics: list[Topic]) -> None:
        """Ask for topics, and wait until each was agreed to."""
        self._topics.update({name: (stream, name) for stream, name in topics})
        self._ask("subscribe", topics)

    def unsubscribe(self, topics: list[Topic]) -> None:
        """Leave topics, and wait until each was agreed to."""
        self._ask("unsubscribe", topics)
        for _, name in topics:
            self._topics.pop(name)

    def close(self) -> None:
        """Hang up, and open no other socket."""
        self._closed = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _ask(self, op: str, topics: list[Topic]) -> None:
        self._left += len(topics)
        self._answered.clear()
        self._send(op, topics)
        if not self._answered.wait(self._within_s):
            raise TimeoutError(f"{self._left} topics were not answered")

    def _send(self, op: str, topics: list[Topic]) -> None:
        for request in requests(op, topics):
            self._sock.sendall(request)

    def _run(self) -> None:
        while True:
            with contextlib.suppress(OSError), self._sock:
                read(self._sock.recv, self._take)
            if self._closed:
                return
            self._sock = connected(self._port, None)
            self._left = len(self._topics)
            self._send("subscribe", list(self._topics.values()))

    def _take(self, message: dict[str, Any]) -> None:
        if "event" in message:
            self._left -= 1
            if self._left == 0:
                self._answered.set()
        elif message["arg"]["instId"] in self._topics:
            self._late(int(message["data"][0]["ts"]))
