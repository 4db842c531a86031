"""The server's side of a WebSocket, byte by byte: what no well-behaved server library would send, this one does."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import attrs

__all__ = ["BINARY", "CLOSE", "CONT", "PING", "PONG", "TEXT", "Listener", "Peer", "close_frame", "frame", "on_thread"]

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PATIENCE_S = 5.0


def frame(
    payload: bytes, opcode: int = TEXT, *, fin: bool = True, rsv: int = 0, mask: bytes = b"", length_bytes: int = -1
) -> bytes:
    """One frame; ``length_bytes`` (0, 2, 8) forces how the length is spelled."""
    if length_bytes < 0:
        length_bytes = 0 if len(payload) < 126 else 2 if len(payload) < 65536 else 8
    code = {0: len(payload), 2: 126, 8: 127}[length_bytes] | (0x80 if mask else 0)
    head = bytes([fin << 7 | rsv << 4 | opcode, code]) + len(payload).to_bytes(length_bytes or 8, "big")[-length_bytes:]
    if length_bytes == 0:
        head = head[:2]
    body = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)) if mask else payload
    return head + mask + body


def close_frame(code: int, reason: str = "") -> bytes:
    """A close frame with a code."""
    return frame(struct.pack("!H", code) + reason.encode(), CLOSE)


@attrs.define
class Peer:
    """One connection, server side."""

    sock: socket.socket
    request: bytes = b""

    def read_request(self) -> None:
        """Wait for the whole of the client's handshake."""
        self.sock.settimeout(PATIENCE_S)
        while b"\r\n\r\n" not in self.request:
            more = self.sock.recv(4096)
            if not more:
                raise ConnectionResetError("the client hung up before its handshake was complete")
            self.request += more

    def shake_hands(self, rest: bytes = b"\r\n") -> None:
        """Answer the client's handshake; ``rest``: of the head."""
        self.read_request()
        key = next(line for line in self.request.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key:"))
        accept = base64.b64encode(hashlib.sha1(key.split(b":")[1].strip() + _MAGIC).digest())
        self.sock.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n" + rest
        )

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.sock.sendall(data)

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self.sock.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def read(self) -> tuple[int, bytes]:
        """The next frame of the client: opcode and payload. ``EOFError`` at the end."""
        first, second = self._exactly(2)
        length = second & 0x7F
        if length >= 126:
            length = int.from_bytes(self._exactly(2 if length == 126 else 8), "big")
        assert second & 0x80, "a client must mask what it sends"
        mask = self._exactly(4)
        return first & 0xF, bytes(byte ^ mask[i % 4] for i, byte in enumerate(self._exactly(length)))

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """What the client sends until it says goodbye or hangs up."""
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                one = self.read()
                yield one
                if one[0] == CLOSE:
                    return

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def reset(self) -> None:
        """Hang up the hard way: the client gets a reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


class Listener:
    """A port on this machine that waits for one client after another."""

    def __init__(self) -> None:
        self._sock = socket.create_server(("127.0.0.1", 0))
        self._sock.settimeout(PATIENCE_S)
        self._peers: list[Peer] = []
        self.url = f"ws://127.0.0.1:{self._sock.getsockname()[1]}/ws"

    def accept_raw(self) -> Peer:
        """The next connection, before its handshake."""
        sock, _ = self._sock.accept()
        sock.settimeout(PATIENCE_S)
        self._peers.append(Peer(sock))
        return self._peers[-1]

    def accept(self) -> Peer:
        """The next connection, open."""
        peer = self.accept_raw()
        peer.shake_hands()
        return peer

    def hang_up(self) -> None:
        """Close all connections so far."""
        for peer in self._peers:
            peer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sock.close()
        self.hang_up()


@contextlib.contextmanager
def on_thread(work: Callable[[], object], name: str = "okx-test") -> Iterator[threading.Thread]:
    """Run ``work`` beside the block and make sure that it has ended behind it."""
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    yield thread
    thread.join(PATIENCE_S)
    assert not thread.is_alive(), f"{name} is stuck"
