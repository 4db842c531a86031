"""What is put on top of a socket and hands on all but what it is there for."""

from __future__ import annotations

from typing import Any

__all__ = ["SocketLayer"]


class SocketLayer:
    """Base of what stands in the place of a socket: closing, time limits and the number are those of the one below."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock

    def shutdown(self, how: int) -> None:
        """Cut the connection below this layer, so that a thread that reads wakes up."""
        self._sock.shutdown(how)

    def close(self) -> None:
        """Close the socket below."""
        self._sock.close()

    @property
    def _closed(self) -> bool:  # websocket-client looks here before it closes
        return bool(self._sock.fileno() == -1)

    def settimeout(self, seconds: float | None) -> None:
        """Set the time limit of the socket below, in seconds."""
        self._sock.settimeout(seconds)

    def gettimeout(self) -> float | None:
        """Return the time limit of the socket below, in seconds."""
        timeout: float | None = self._sock.gettimeout()
        return timeout

    def fileno(self) -> int:
        """Return the number of the socket below, to wait until it can be read or written."""
        number: int = self._sock.fileno()
        return number
