"""TLS over memory buffers instead of ``ssl.SSLSocket``.

Two reasons. A link reads on one thread while others send pings and orders, and OpenSSL's connection object is not made
for two threads at a time: here one lock guards it, and no system call is made under that lock. And one read from the
network brings many records, which ``SSLSocket`` would fetch with two system calls each.

The handshake, certificates and host names are checked by OpenSSL as ever. What is below may be a socket, or another
:class:`TlsSocket`: that is how a server is reached through a proxy that is itself spoken to in TLS.
"""

from __future__ import annotations

import functools
import socket
import ssl
import threading
from typing import Any

import certifi

from okx_sync.errors import ConfigError
from okx_sync.transport.socket_layer import SocketLayer

__all__ = ["TlsContext", "TlsSocket", "load_trusted", "tls_context"]

_NETWORK_READ = 256 << 10
_RECORD = 16 << 10  # the largest there is; asking for more costs memory that is given back at once
# How many records are decrypted before the frames in them are delivered: more would cost latency. Who has fallen behind
# by more than that takes twice as many each time, up to the second number: then what counts is to catch up.
_RECORDS, _MOST_RECORDS = 32, 256


class TlsContext(ssl.SSLContext):
    """A client context whose sockets are :class:`TlsSocket`."""

    def wrap_socket(self, sock: socket.socket, *_args: Any, **kwargs: Any) -> Any:
        """Do the handshake on ``sock`` and return the encrypted side of it."""
        return TlsSocket(sock, self, kwargs.get("server_hostname"))


# Kept: to read some 150 certificates takes 40 ms, in a reconnect.
@functools.lru_cache(maxsize=8)
def tls_context(ca_file: str | None) -> TlsContext:
    """Make a context that trusts the system's certificates, certifi's and the user's; checks cannot be turned off.

    Raises ``ConfigError`` when ``ca_file`` cannot be read.
    """
    context = TlsContext(ssl.PROTOCOL_TLS_CLIENT)
    load_trusted(context, ca_file)
    return context


def load_trusted(context: ssl.SSLContext, ca_file: str | None) -> None:
    """Have a context trust the system's certificates, certifi's and the user's. Raises as :func:`tls_context`."""
    context.load_default_certs()
    context.load_verify_locations(certifi.where())
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(f"ca_file {ca_file!r} cannot be read: {error}") from error


class TlsSocket(SocketLayer):
    """The part of a socket's interface that websocket-client and the frame reader use.

    Raises ``ssl.SSLCertVerificationError`` from the constructor when the peer cannot be trusted.
    """

    def __init__(self, sock: Any, context: ssl.SSLContext, hostname: str | None) -> None:
        super().__init__(sock)
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=hostname)
        # Guards the TLS object and its buffers; held for memory operations only.
        self._lock = threading.Lock()
        # Keeps records in the order in which they were encrypted while they go out. Taken before the other one.
        self._sending = threading.Lock()
        self._at_once = _RECORDS
        self._buffer = memoryview(bytearray(_NETWORK_READ))
        self._shake_hands()

    def _shake_hands(self) -> None:
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                self._flush()
                if not self._fetch():
                    raise ConnectionResetError("the peer hung up during the TLS handshake") from None
            except ssl.SSLError:
                self._flush()  # the alert that tells the peer why
                raise
            else:
                self._flush()
                return

    def recv(self, size: int) -> bytes:
        """Return decrypted bytes, up to ``size``; waits for the first. Empty at the end of the stream."""
        while True:
            with self._lock:
                data, ended = self._decrypt(size)
                answer = self._outgoing.pending > 0
            if answer:  # a key update wants to be answered
                self._flush()
            if data or ended or not self._fetch():
                return data

    def _decrypt(self, size: int) -> tuple[bytes, bool]:
        parts: list[bytes] = []
        left, read, incoming = size, self._tls.read, self._incoming
        try:
            while left > 0 and len(parts) < self._at_once:
                part = read(left if left < _RECORD else _RECORD)
                if not part:
                    return b"".join(parts), True
                parts.append(part)
                left -= len(part)
                # Nothing more is here: cheaper to see than to be told by an exception. A record is never read in parts
                # but for want of room, and then this loop is over; what is left of it comes with the next call.
                if not incoming.pending:
                    self._at_once = _RECORDS
                    break
            else:
                self._at_once = min(2 * self._at_once, _MOST_RECORDS)
        except ssl.SSLWantReadError:
            self._at_once = _RECORDS
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b"".join(parts), True
        return parts[0] if len(parts) == 1 else b"".join(parts), False

    def _fetch(self) -> bool:
        """Read from the network, without the lock; False at the end of the stream."""
        count: int = self._sock.recv_into(self._buffer)
        with self._lock:
            if count:
                self._incoming.write(self._buffer[:count])
            else:
                self._incoming.write_eof()
        return count > 0

    def send(self, data: bytes) -> int:
        """Encrypt and send all of ``data``; returns its length."""
        with self._sending:
            with self._lock:
                sent = self._tls.write(data)
                records = self._outgoing.read()
            self._sock.sendall(records)
        return sent

    def sendall(self, data: bytes) -> None:
        """Send as :meth:`send` does, and return nothing."""
        self.send(data)

    def recv_into(self, buffer: memoryview) -> int:
        """Receive as :meth:`recv` does, into ``buffer``: for a TLS connection inside this one."""
        data = self.recv(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _flush(self) -> None:
        with self._sending:
            with self._lock:
                records = self._outgoing.read()
            if records:
                self._sock.sendall(records)
