"""A layer on top of a socket that hands on all but what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["SocketLayer"]


class SocketLayer:
    """Base of layers in the place of a socket: closing, time limits and the number are those of the one below."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self.shutdown: Callable[[int], None] = sock.shutdown
        """Cuts the connection, so that a thread that reads wakes up."""
        self.close: Callable[[], None] = sock.close
        self.settimeout: Callable[[float | None], None] = sock.settimeout
        self.gettimeout: Callable[[], float | None] = sock.gettimeout
        self.fileno: Callable[[], int] = sock.fileno

    @property
    def _closed(self) -> bool:  # websocket-client looks here before it closes
        return self.fileno() == -1
