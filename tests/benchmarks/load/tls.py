"""TLS over memory buffers, with nothing besides: what reading over TLS costs in Python when it is done well."""

from __future__ import annotations

import socket
import ssl

__all__ = ["MemoryTls"]

_RECORD = 16 << 10
_AT_ONCE = 32


class MemoryTls:
    """The encrypted side of a socket, for one thread."""

    def __init__(self, sock: socket.socket, context: ssl.SSLContext, hostname: str) -> None:
        self._sock = sock
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_hostname=hostname)
        self._buffer = memoryview(bytearray(256 << 10))
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                sock.sendall(self._out.read())
                self._fetch()
            else:
                sock.sendall(self._out.read())
                break

    def _fetch(self) -> int:
        count = self._sock.recv_into(self._buffer)
        self._in.write(self._buffer[:count])
        return count

    def recv(self, _size: int) -> bytes:
        """What has come, some records at a time; empty at the end."""
        read, incoming = self._tls.read, self._in
        while True:
            parts: list[bytes] = []
            try:
                while len(parts) < _AT_ONCE:
                    parts.append(read(_RECORD))
                    if not incoming.pending:
                        break
            except ssl.SSLWantReadError:
                pass
            if parts:
                return b"".join(parts)
            if not self._fetch():
                return b""

    def sendall(self, data: bytes) -> None:
        """Encrypt and send."""
        self._tls.write(data)
        self._sock.sendall(self._out.read())
