"""Accepting connections ourselves, so that refusals happen on real sockets.

The web framework's own listener cannot reset a connection before the TLS handshake, close the
port and open the same one again, or leave new connections unanswered; these are faults we offer.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from functools import partial

HOST = "127.0.0.1"
BACKLOG = 256
TLS_HANDSHAKE_S = 5.0
TLS_SHUTDOWN_S = 0.3

_LINGER_NOW = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


def reset_on_close(sock: socket.socket) -> None:
    """Make the coming close of `sock` send RST instead of FIN (SO_LINGER with zero seconds)."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOW)


def reset_transport(transport: asyncio.BaseTransport) -> None:
    """Kill the TCP connection under `transport` with RST; unsent bytes are lost."""
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.fileno() != -1:
        reset_on_close(sock)
    if isinstance(transport, asyncio.Transport):
        transport.abort()


class Listener:
    """One listening port on loopback that can be closed, opened again, or made to reset."""

    def __init__(
        self,
        protocol_factory: Callable[[], asyncio.Protocol],
        tls: ssl.SSLContext | None,
        refuse_next: Callable[[], bool],
    ) -> None:
        self._factory = protocol_factory
        self._tls = tls
        self._refuse_next = refuse_next
        self._holder: socket.socket | None = None
        self._sock: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None
        self._handshakes: set[asyncio.Task[None]] = set()
        self._transports: set[asyncio.BaseTransport] = set()
        self._unblocked = asyncio.Event()
        self._unblocked.set()
        self.port = 0

    def open(self, port: int = 0) -> None:
        """Bind and listen; the port stays ours until `close_all`, even while `close` has shut it."""
        if self._sock is not None:
            return
        if self._holder is None:
            self._hold(port or self.port)
        sock = _bound(self.port)
        sock.listen(BACKLOG)
        self._sock = sock
        self._task = asyncio.get_running_loop().create_task(self._accept(sock))

    def _hold(self, port: int) -> None:
        # A second socket bound to the port, never listening: while the listener is closed for a
        # fault, no other program can be given our port.
        self._holder = _bound(port)
        self.port = self._holder.getsockname()[1]

    async def _accept(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._unblocked.wait()
            await _readable(sock)
            try:
                connection, _ = sock.accept()
            except BlockingIOError:
                continue
            except OSError:
                return
            if self._refuse_next():
                reset_on_close(connection)
                connection.close()
                continue
            task = loop.create_task(self._serve(connection))
            self._handshakes.add(task)
            task.add_done_callback(partial(self._served, connection))

    async def _serve(self, connection: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        connection.setblocking(False)
        # Each may only be given together with TLS.
        limits = {"ssl_handshake_timeout": TLS_HANDSHAKE_S, "ssl_shutdown_timeout": TLS_SHUTDOWN_S}
        try:
            transport, _ = await loop.connect_accepted_socket(
                self._factory, connection, ssl=self._tls, **(limits if self._tls else {})
            )
        except (OSError, ssl.SSLError):  # the peer went away, or did not trust us
            _discard(connection)
            return
        self._transports = {other for other in self._transports if not other.is_closing()}
        self._transports.add(transport)
        if not self._unblocked.is_set():
            _pause(transport)

    def _served(self, connection: socket.socket, task: asyncio.Task[None]) -> None:
        self._handshakes.discard(task)
        if task.cancelled():  # perhaps before its first step
            _discard(connection)

    def hold(self, on: bool) -> None:
        """Neither accept nor read while `on`; TCP stays open and the kernel queues what arrives."""
        if on:
            self._unblocked.clear()
        else:
            self._unblocked.set()
        for transport in self._transports:
            if not transport.is_closing():
                (_pause if on else _resume)(transport)

    def close(self) -> None:
        """Close the listening socket: the next connect is refused by the kernel."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._sock is not None:
            _discard(self._sock)
            self._sock = None

    async def close_all(self) -> None:
        """Close the port and every connection ever accepted, at once."""
        self._unblocked.set()
        self.close()
        for task in self._handshakes:
            task.cancel()
        await asyncio.gather(*self._handshakes, return_exceptions=True)
        for transport in self._transports:
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        self._transports.clear()
        if self._holder is not None:
            self._holder.close()
            self._holder = None


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setblocking(False)
        sock.bind((HOST, port))
    except OSError:
        sock.close()
        raise
    return sock


async def _readable(sock: socket.socket) -> None:
    # Not `loop.sock_accept`: cancelled at the wrong moment it drops a connection that it has accepted.
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sock, ready.set)
    try:
        await ready.wait()
    finally:
        if sock.fileno() >= 0:  # else `_discard` was here, and the number may be another socket's by now
            loop.remove_reader(sock)


def _discard(sock: socket.socket) -> None:
    # The loop is told before the number is free: the next socket may get the same one at once.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        asyncio.get_running_loop().remove_reader(sock)
    sock.close()


def _pause(transport: asyncio.BaseTransport) -> None:
    if isinstance(transport, asyncio.ReadTransport):
        transport.pause_reading()


def _resume(transport: asyncio.BaseTransport) -> None:
    if isinstance(transport, asyncio.ReadTransport):
        transport.resume_reading()
