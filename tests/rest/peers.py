"""Small real servers on loopback, for what only a socket can show: broken connections, proxies, silence."""

from __future__ import annotations

import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OK_BODY = b'{"ok":true,"rows":[{"px":"1"}]}'


def http(body: bytes = OK_BODY, status: str = "200 OK", extra: str = "") -> bytes:
    """A complete HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


def read_request(peer: socket.socket) -> bytes:
    """One request, head and body; empty when the other side closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65536)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += peer.recv(65536)
    return head + b"\r\n\r\n" + body


class Peer:
    """A listening socket whose connections each get a thread that runs ``serve(connection, peer)``."""

    def __init__(self, serve: Callable[[socket.socket, Peer], None]) -> None:
        self._serve = serve
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.connections = 0
        self.requests: list[bytes] = []
        self.stopped = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            ready, _, _ = select.select([self._socket], [], [], 0.05)
            if ready:
                connection, _ = self._socket.accept()
                self.connections += 1
                thread = threading.Thread(target=self._run, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _run(self, connection: socket.socket) -> None:
        with connection:
            try:
                self._serve(connection, self)
            except OSError:
                return

    def close(self) -> None:
        """Stop listening and wait for the threads."""
        self.stopped.set()
        for thread in self._threads:
            thread.join(5)
        self._socket.close()


@contextmanager
def peer(serve: Callable[[socket.socket, Peer], None]) -> Iterator[Peer]:
    """A peer for the length of a test."""
    made = Peer(serve)
    try:
        yield made
    finally:
        made.close()


def answering(*answers: bytes | None) -> Callable[[socket.socket, Peer], None]:
    """Serve ``answers`` one per request; None closes the connection instead; the last one is for all the rest."""
    waiting = list(answers)
    lock = threading.Lock()

    def serve(connection: socket.socket, server: Peer) -> None:
        while not server.stopped.is_set():
            if not select.select([connection], [], [], 0.05)[0]:
                continue
            request = read_request(connection)
            if not request:
                return
            with lock:
                server.requests.append(request)
                answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if answer is None:
                return
            connection.sendall(answer)

    return serve


def pump(left: socket.socket, right: socket.socket, stopped: threading.Event) -> None:
    """Carry bytes both ways until one side closes."""
    while not stopped.is_set():
        for ready in select.select([left, right], [], [], 0.05)[0]:
            data = ready.recv(65536)
            if not data:
                return
            (right if ready is left else left).sendall(data)


def http_proxy(connection: socket.socket, server: Peer) -> None:
    """An HTTP proxy: CONNECT tunnels and absolute URLs."""
    request = read_request(connection)
    if not request:
        return
    server.requests.append(request)
    method, target, _ = request.split(b"\r\n")[0].decode().split(" ")
    host, _, port = target.removeprefix("http://").partition("/")[0].partition(":")
    with socket.create_connection((host, int(port))) as upstream:
        if method == "CONNECT":
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            upstream.sendall(request)
        pump(connection, upstream, server.stopped)


def socks5_proxy(connection: socket.socket, server: Peer) -> None:
    """A SOCKS5 proxy without passwords, for IPv4 addresses and host names."""
    read = connection.recv
    read(262)
    connection.sendall(b"\x05\x00")
    is_address = read(4)[3] == 1
    host = socket.inet_ntoa(read(4)) if is_address else read(read(1)[0]).decode()
    (port,) = struct.unpack("!H", read(2))
    server.requests.append(f"{host}:{port}".encode())
    with socket.create_connection((host, port)) as upstream:
        connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        pump(connection, upstream, server.stopped)
