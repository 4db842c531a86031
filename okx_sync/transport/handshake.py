"""The answer to a handshake: read whole, within bounds, and judged before websocket-client sees it.

The library follows redirects and reads bodies of any length. Here nothing but 101 passes, so that a login never goes
to whoever a redirect names, and no answer costs more than its head.
"""

from __future__ import annotations

import http.client
import io
import re
from collections.abc import Callable
from typing import Any

import attrs

from okx_sync.protocol.http_status import hint_for, is_lasting, is_redirect, place_of, seconds_of
from okx_sync.timing import Clock
from okx_sync.transport.socket_layer import SocketLayer

__all__ = ["MAX_HEAD", "AnswerSocket", "HandshakeRefused", "Head", "read_head"]

MAX_HEAD = 64 << 10
"""Bytes that the head of an answer may have."""

_SWITCHING = 101
_SETTING = "ws_*_url"  # what the options that hold an address are called
_START = b"HTTP/"
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})(?!\S)")
_TOLD = ("Upgrade", "Connection", "Sec-WebSocket-Accept")


class HandshakeRefused(Exception):  # noqa: N818  it never leaves the transport
    """The connection was refused, by the server or by a proxy. ``lasting``: it will be refused again."""

    def __init__(
        self,
        text: str,
        hint: str | None = None,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        lasting: bool = False,
    ) -> None:
        super().__init__(text)
        self.text = text
        self.hint = hint
        self.status = status
        self.retry_after = retry_after
        self.lasting = lasting


@attrs.frozen
class Head:
    """An HTTP answer without its body."""

    status: int
    headers: http.client.HTTPMessage


def read_head(sock: Any, who: str) -> Head:
    """Read the head of an HTTP answer and nothing behind it. ``who`` answers, for the errors.

    Raises :class:`HandshakeRefused` for what is no HTTP or too long, ``OSError`` when the connection ends.
    """
    raw = bytearray()
    while not raw.endswith((b"\n\r\n", b"\n\n")):
        byte = sock.recv(1)
        if not byte:
            raise ConnectionResetError(f"{who} hung up instead of answering the handshake")
        raw += byte
        if not _START.startswith(raw[: len(_START)]):
            raise HandshakeRefused(f"{who} does not speak HTTP", f"check {_SETTING} and proxy_url")
        if len(raw) > MAX_HEAD:
            raise HandshakeRefused(f"{who} answered the handshake with more than {MAX_HEAD} bytes of headers")
    return _parse(bytes(raw), who)


def _parse(raw: bytes, who: str) -> Head:
    first, _, rest = raw.partition(b"\n")
    status = _STATUS_LINE.match(first)
    if status is None:
        raise HandshakeRefused(f"{who} answered the handshake with a status line that cannot be read")
    try:
        headers = http.client.parse_headers(io.BytesIO(rest))
    except http.client.HTTPException:
        raise HandshakeRefused(f"{who} answered the handshake with headers that cannot be read") from None
    return Head(int(status[1]), headers)


def _refusal(head: Head) -> HandshakeRefused:
    """Make the error of any answer but the agreement to speak WebSocket."""
    text = f"the handshake was answered with HTTP {head.status}"
    if is_redirect(head.status):
        text += f": redirected to {place_of(head.headers.get('Location', ''))}"
    return HandshakeRefused(
        text,
        hint_for(head.status, _SETTING),
        status=head.status,
        retry_after=seconds_of(head.headers.get("Retry-After"), Clock().time()),
        lasting=is_lasting(head.status),
    )


def _agreement(head: Head) -> bytes:
    """Write the server's agreement in the words of this package.

    A library that read the server's own words might understand them in another way than they were checked.
    """
    lines = ["HTTP/1.1 101 Switching Protocols"]
    for name in _TOLD:
        values = ",".join(head.headers.get_all(name, []))
        lines.append(f"{name}: {' '.join(values.split())}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


class AnswerSocket(SocketLayer):
    """The socket that websocket-client sees until the handshake is done: it reads an answer that was checked."""

    def __init__(self, sock: Any) -> None:
        super().__init__(sock)
        self._answer: io.BytesIO | None = None
        self.send: Callable[[bytes], int] = sock.send

    def recv(self, size: int) -> bytes:
        """Return bytes of the answer. Raises :class:`HandshakeRefused` unless it is 101."""
        if self._answer is None:
            head = read_head(self._sock, "the server")
            if head.status != _SWITCHING:
                raise _refusal(head)
            self._answer = io.BytesIO(_agreement(head))
        return self._answer.read(size)
