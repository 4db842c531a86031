"""TLS over memory buffers: the same bytes as any TLS socket, checked peers, and two threads at a time."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from okx_sync.errors import ConfigError
from okx_sync.transport.tls import TlsSocket, tls_context

JOIN_S = 10.0


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A throw-away certificate authority."""
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    """Its certificate in a file."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@contextmanager
def server(authority: trustme.CA, serve: Callable[[ssl.SSLSocket], None], name: str = "localhost") -> Iterator[int]:
    """One accepted TLS connection is handed to ``serve`` on a thread; yields the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            raw, _ = listener.accept()
            try:
                with context.wrap_socket(raw, server_side=True) as sock:
                    serve(sock)
            except OSError:
                raw.close()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            thread.join(JOIN_S)
            assert not thread.is_alive()


@contextmanager
def client(port: int, ca_file: str | None) -> Iterator[TlsSocket]:
    """A connected TlsSocket."""
    with socket.create_connection(("127.0.0.1", port), timeout=JOIN_S) as raw:
        yield tls_context(ca_file).wrap_socket(raw, server_hostname="localhost")


def read_all(sock: TlsSocket, size: int = 65536) -> bytes:
    """Everything until the end of the stream."""
    parts = []
    while part := sock.recv(size):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("size", [1, 7, 4096, 65536])
def test_many_small_records_arrive_as_they_were_sent(authority: trustme.CA, ca_file: str, size: int) -> None:
    """Whatever the size of a read, the bytes of many records come out in order and complete."""
    records = [bytes([n % 251]) * (1 + n % 40) for n in range(300)]

    def serve(sock: ssl.SSLSocket) -> None:
        for record in records:
            sock.sendall(record)
        sock.unwrap()

    with server(authority, serve) as port, client(port, ca_file) as sock:
        assert read_all(sock, size) == b"".join(records)
        sock.close()


def test_large_data_in_both_directions_at_once(authority: trustme.CA, ca_file: str) -> None:
    """One thread may read while another writes, and nothing is mixed up."""
    down, up = bytes(range(256)) * 8000, b"0123456789" * 100_000
    got: list[bytes] = []

    def serve(sock: ssl.SSLSocket) -> None:
        sender = threading.Thread(target=sock.sendall, args=(down,))
        sender.start()
        left = len(up)
        while left:
            got.append(sock.recv(65536))
            left -= len(got[-1])
        sender.join(JOIN_S)

    with server(authority, serve) as port, client(port, ca_file) as sock:
        writer = threading.Thread(target=lambda: [sock.send(up[i : i + 1000]) for i in range(0, len(up), 1000)])
        writer.start()
        received = b""
        while len(received) < len(down):
            received += sock.recv(65536)
        writer.join(JOIN_S)
        sock.close()
    assert received == down
    assert b"".join(got) == up


def test_a_stranger_is_refused(authority: trustme.CA) -> None:
    """Without the right authority the handshake fails with a certificate error."""
    with (
        server(authority, lambda _sock: None) as port,
        pytest.raises(ssl.SSLCertVerificationError),
        client(port, None),
    ):
        pass


def test_another_name_is_refused(authority: trustme.CA, ca_file: str) -> None:
    """A certificate of the right authority for another host does not count."""
    with (
        server(authority, lambda _sock: None, name="elsewhere.example") as port,
        pytest.raises(ssl.SSLCertVerificationError),
        client(port, ca_file),
    ):
        pass


def test_a_peer_that_hangs_up_in_the_handshake_is_a_lost_connection() -> None:
    """It is no error of certificates, and nobody waits for the rest."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as threads:

        def hang_up() -> None:
            raw, _ = listener.accept()
            with raw:
                raw.shutdown(socket.SHUT_WR)
                while raw.recv(65536):  # what is left unread would make a reset of it
                    pass

        done = threads.submit(hang_up)
        port = listener.getsockname()[1]
        with pytest.raises(ConnectionResetError, match="hung up during the TLS handshake"), client(port, None):
            pass
        done.result(JOIN_S)


def test_tls_inside_of_tls(authority: trustme.CA, ca_file: str) -> None:
    """As through a proxy that itself is spoken to over TLS: the same bytes, and both peers are checked."""
    sent = os.urandom(100_000)

    def serve(outer: ssl.SSLSocket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("inside.example").configure_cert(context)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        inner = context.wrap_bio(incoming, outgoing, server_side=True)
        left, shaken = len(sent), False
        while left and (part := outer.recv(65536)):
            incoming.write(part)
            with contextlib.suppress(ssl.SSLWantReadError):
                if not shaken:
                    inner.do_handshake()
                    shaken = True
                while left:
                    left -= inner.write(inner.read(left))
            outer.sendall(outgoing.read())

    with server(authority, serve) as port, client(port, ca_file) as outer:
        inner = tls_context(ca_file).wrap_socket(outer, server_hostname="inside.example")  # type: ignore[arg-type]
        inner.sendall(sent)
        got = b""
        while len(got) < len(sent):
            got += inner.recv(30_000)
        outer.close()
    assert got == sent
    with server(authority, serve) as port, client(port, ca_file) as outer:
        with pytest.raises(ssl.SSLCertVerificationError):
            tls_context(ca_file).wrap_socket(outer, server_hostname="localhost")  # type: ignore[arg-type]
        outer.close()


def test_the_end_of_the_stream_is_empty_and_stays_so(authority: trustme.CA, ca_file: str) -> None:
    """A peer that hangs up, politely or not, gives empty bytes."""
    with server(authority, lambda sock: sock.sendall(b"bye")) as port, client(port, ca_file) as sock:
        assert read_all(sock) == b"bye"
        assert sock.recv(10) == b""
        sock.close()


def test_shutdown_wakes_a_reader(authority: trustme.CA, ca_file: str) -> None:
    """A thread that waits in recv returns when another one cuts the connection."""
    ended = threading.Event()
    waiting = threading.Event()

    def read(sock: TlsSocket) -> None:
        waiting.set()
        with contextlib.suppress(OSError):  # how the other side then hangs up is its business
            read_all(sock)
        ended.set()

    def serve(sock: ssl.SSLSocket) -> None:
        sock.recv(1)

    with server(authority, serve) as port, client(port, ca_file) as sock:
        reader = threading.Thread(target=read, args=(sock,))
        reader.start()
        assert waiting.wait(JOIN_S)
        sock.shutdown(socket.SHUT_RDWR)
        assert ended.wait(JOIN_S)
        reader.join(JOIN_S)
        sock.close()


def test_a_missing_ca_file_is_named() -> None:
    """A ca_file that cannot be read is an error of the caller's, before any connection."""
    with pytest.raises(ConfigError, match=r"nowhere\.pem"):
        tls_context("nowhere.pem")
