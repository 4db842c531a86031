"""Threads and sockets that a link would leave behind if it were dropped without being closed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from okx_sync.worker import Worker

if TYPE_CHECKING:
    from okx_sync.transport.ending import AnyWire

__all__ = ["Leftovers"]

_GOODBYE_S = 0.3


class Leftovers:
    """Threads and sockets of one link, to be ended when the link is dropped.

    Filled under the link's lock. Parameters: ``name`` of the link.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.workers: list[Worker] = []
        self.wires: dict[Worker, AnyWire] = {}
        self.readers: set[int] = set()
        """Idents of the threads that read a socket of the link, or deliver in place of one; no lock is needed."""
        self.hurry = threading.Event()
        """Ends a wait for the next attempt to connect."""

    def end(self) -> None:
        """End them all, on the last thread that is left of the link."""
        for worker in self.workers:
            worker.ask_to_stop()
        self.hurry.set()
        wires = list(self.wires.values())
        for wire in wires:
            wire.close("the client was dropped")
        for worker in self.workers:
            worker.join(_GOODBYE_S)
        for wire in [*wires, *self.wires.values()]:
            wire.kill("the client was dropped")
