"""From a URL to a socket that a handshake can be made on: TCP, a proxy, TLS, all within one deadline.

websocket-client could do this itself, but only with a limit for each read (a server that sends a byte now and then
would keep it for ever), only with proxies that are spoken to in plain text, and with the proxy's password in its local
variables.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from okx_sync.timing import Deadline
from okx_sync.transport.handshake import HandshakeRefused
from okx_sync.transport.options import WireOptions
from okx_sync.transport.proxy import ask_socks, ask_tunnel, is_socks, need_socks, proxy_place
from okx_sync.transport.socket_layer import SocketLayer
from okx_sync.transport.tls import TlsSocket, tls_context

__all__ = ["CA_HINT", "Countdown", "dial"]

CA_HINT = "give ca_file= if a proxy or a private server is in between; verification cannot be turned off"
_SOCKS_PORT = 1080
_PORTS = {"ws": 80, "wss": 443, "http": 80, "https": 443}


class Countdown(SocketLayer):
    """A socket whose reads and writes all end with one deadline, until :meth:`finish`."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        super().__init__(sock)
        self._deadline = deadline
        self.recv: Callable[[int], bytes] = self._limited(sock.recv)
        self.recv_into: Callable[[Any], int] = self._limited(sock.recv_into)
        self.send: Callable[[bytes], int] = self._limited(sock.send)
        self.sendall: Callable[[bytes], None] = self._limited(sock.sendall)

    def _limited(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def limited(*args: Any) -> Any:
            left = self._deadline.left()
            if left == 0.0:
                raise TimeoutError("timed out")
            self._sock.settimeout(left)
            return act(*args)

        return limited

    def finish(self) -> None:
        """Give the socket back its own reads and writes, without a limit and without cost."""
        sock = self._sock
        sock.settimeout(None)
        self.recv, self.recv_into, self.send, self.sendall = sock.recv, sock.recv_into, sock.send, sock.sendall


def dial(
    url: str,
    options: WireOptions,
    proxy: str | None,
    deadline: Deadline,
    began: Callable[[socket.socket], None],
    socket_options: Sequence[tuple[int, int, int]],
) -> tuple[Countdown | TlsSocket, Countdown]:
    """Connect. Returns what to speak through, and the countdown below it.

    ``began(socket)`` is called for every socket before it connects, so that it can be cut from another thread; what it
    raises ends the attempt. Names are looked up by the system, whose limits count for that.

    Raises ``ValueError`` for a URL or proxy that cannot be used, ``HandshakeRefused``, ``ssl.SSLError``, ``OSError``.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise ValueError("a stream's URL starts with ws:// or wss://")
    host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
    context = tls_context(options.ca_file) if parts.scheme == "wss" else None  # first: the file may be no certificate
    line: Countdown | TlsSocket
    if proxy is not None and is_socks(proxy):
        need_socks()
        place = urlsplit(proxy)
        raw = _connect(place.hostname or "", place.port or _SOCKS_PORT, deadline, began, socket_options)
        line = countdown = Countdown(raw, deadline)
        ask_socks(line, proxy, host, port)
    elif proxy is not None:
        line, countdown = _by_http_proxy(proxy, options, deadline, began, socket_options)
        ask_tunnel(line, proxy, host, port)
    else:
        line = countdown = Countdown(_connect(host, port, deadline, began, socket_options), deadline)
    if context is not None:
        line = TlsSocket(line, context, host)
    return line, countdown


def _by_http_proxy(
    proxy: str,
    options: WireOptions,
    deadline: Deadline,
    began: Callable[[socket.socket], None],
    socket_options: Sequence[tuple[int, int, int]],
) -> tuple[Countdown | TlsSocket, Countdown]:
    """Connect to an http or https proxy, and ask it for nothing yet."""
    parts = urlsplit(proxy)
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    countdown = Countdown(_connect(host, port, deadline, began, socket_options), deadline)
    if parts.scheme != "https":
        return countdown, countdown
    try:
        return TlsSocket(countdown, tls_context(options.ca_file), host), countdown
    except ssl.SSLCertVerificationError as error:
        text = f"the certificate of the proxy {proxy_place(proxy)} was not accepted: {error.verify_message}"
        raise HandshakeRefused(text, CA_HINT, lasting=True) from None
    except ssl.SSLError as error:
        text = f"no TLS with the proxy {proxy_place(proxy)}: {error.reason or error}"
        raise HandshakeRefused(text, "check proxy_url: is it really https://?") from None


def _connect(
    host: str,
    port: int,
    deadline: Deadline,
    began: Callable[[socket.socket], None],
    socket_options: Sequence[tuple[int, int, int]],
) -> socket.socket:
    """Connect by TCP to the first address of the host that answers; each gets a fair share of the time left."""
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    problem: OSError = TimeoutError("timed out")
    for number, (family, kind, protocol, _, address) in enumerate(found):
        left = deadline.left() or 0.0
        if left == 0.0:
            break
        sock = socket.socket(family, kind, protocol)
        try:
            began(sock)
            for option in socket_options:
                sock.setsockopt(*option)
            sock.settimeout(left / (len(found) - number))
            sock.connect(address)
        except OSError as error:
            sock.close()
            problem = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise problem
