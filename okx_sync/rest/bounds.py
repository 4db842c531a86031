"""One call may take so long and bring so much: sockets that keep to both, whatever the other side does.

The HTTP library allows each single read its time, so that a server which sends a byte now and then is never late, and
it holds whatever comes. Here the socket itself asks before each read how much time is left of the whole call, which
covers proxies, TLS, headers and body alike, and counts what came. The bounds belong to the thread that makes the call:
a kept connection serves one call at a time, each with its own.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from okx_sync.timing import Clock

__all__ = ["PlainSocket", "TLSSocket", "TooLargeError", "bounded", "connect", "time_left"]

_monotonic: Final = Clock.monotonic  # sockets know no other clock
_AROUND: Final = 1 << 20  # what headers and the marks between chunks may take besides the body


class TooLargeError(Exception):
    """More came than the call may bring."""


class _Bounds(threading.local):
    """Of the call that this thread makes: when it must be over, and how many bytes may still come."""

    ends: float | None = None
    bytes_left: int = 0


_bounds: Final = _Bounds()


@contextmanager
def bounded(seconds: float, most_bytes: int) -> Iterator[None]:
    """Bound everything that this thread reads from the network inside the block."""
    _bounds.ends, _bounds.bytes_left = _monotonic() + seconds, most_bytes + _AROUND
    try:
        yield
    finally:
        _bounds.ends = None


def time_left() -> float | None:
    """Return the seconds that are left of this thread's call; None outside of one.

    Raises TimeoutError when none are left.
    """
    if _bounds.ends is None:
        return None
    left = _bounds.ends - _monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


class _Bounded(socket.socket):
    """Reads and writes within the bounds of the thread that calls."""

    def recv_into(self, *args: Any) -> int:
        self._limit()
        got = super().recv_into(*args)
        self._count(got)
        return got

    def recv(self, *args: Any) -> bytes:
        self._limit()
        got = super().recv(*args)
        self._count(len(got))
        return got

    def sendall(self, *args: Any) -> None:
        self._limit()
        super().sendall(*args)

    def _limit(self) -> None:
        left = time_left()
        if left is not None:
            socket.socket.settimeout(self, left)

    def _count(self, got: int) -> None:
        _bounds.bytes_left -= got
        if _bounds.bytes_left < 0 and _bounds.ends is not None:
            raise TooLargeError


class PlainSocket(_Bounded):
    """A TCP socket."""


class TLSSocket(_Bounded, ssl.SSLSocket):
    """The same inside TLS."""

    def do_handshake(self, block: bool = False) -> None:
        """Shake hands: the library bounds the whole of it by the timeout, which is from before connecting."""
        self._limit()
        super().do_handshake(block)


def connect(
    host: str, port: int, source: tuple[str, int] | None, options: Any, make: type[socket.socket] = PlainSocket
) -> socket.socket:
    """Connect to the first address of a host that answers, in the time that is left for all of them together.

    Raises OSError.
    """
    problem: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host.strip("[]"), port, 0, socket.SOCK_STREAM):
        sock = make(family, kind, protocol)
        try:
            for option in options or ():
                sock.setsockopt(*option)
            sock.settimeout(time_left())
            if source:
                sock.bind(source)
            sock.connect(address)
        except OSError as error:
            sock.close()
            problem = error
        else:
            return sock
    raise problem or OSError(f"{host} has no address")
