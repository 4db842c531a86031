"""A REST call ends in its time and brings no more than it may, whatever the other side does."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Callable
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from okx_sync import Config
from okx_sync.errors import ConfigError, OkxHttpError, OkxTimeoutError
from okx_sync.rest import bounds
from okx_sync.rest.connections import bound
from okx_sync.rest.dialect import Call, Reply
from okx_sync.rest.http import HttpCaller
from okx_sync.rest.retry import CallFailure
from okx_sync.rest.route import Route
from okx_sync.timing import Clock
from tests.rest.peers import OK_BODY, Peer, answering, http, peer, read_request
from tests.rest.toy_dialect import ToyDialect
from tests.variants import mostly_slow

READ = Call("GET", "/quote")
WRITE = Call("POST", "/order", body="{}")
SOON_S = 0.3
ALL_S = 20.0
"""On the busiest machine; what is not bounded takes longer, and fails otherwise than by being late."""
KB = 1 << 10


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def attempt(url: str, call: Call = READ, **route: Any) -> Reply | CallFailure:
    """One try of a call."""
    dialect = ToyDialect()
    dialect.base_url = url
    caller = HttpCaller(dialect, Route(**{"timeout_s": SOON_S, **route}), Clock())
    try:
        return caller.attempt(call)
    finally:
        caller.close()


def late(outcome: Reply | CallFailure) -> CallFailure:
    """The failure of a call whose time was over."""
    assert isinstance(outcome, CallFailure)
    assert isinstance(outcome.error, OkxTimeoutError)
    return outcome


# -- time --------------------------------------------------------------------------------------------------------


def _drip(connection: socket.socket, server: Peer, pieces: Any) -> None:
    """A byte now and then: no single read is ever late."""
    for piece in pieces:
        if server.stopped.wait(0.02):
            return
        connection.sendall(piece)


def _letter_by_letter(answer: bytes) -> Callable[[socket.socket, Peer], None]:
    def serve(connection: socket.socket, server: Peer) -> None:
        read_request(connection)
        _drip(connection, server, (answer[i : i + 1] for i in range(len(answer))))

    return serve


LONG = http(b'{"ok":true,"rows":[' + b" " * 5000 + b"]}")
HEAD, _, BODY = LONG.partition(b"\r\n\r\n")


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
@pytest.mark.parametrize(
    "serve",
    [
        _letter_by_letter(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000),
        _letter_by_letter(b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
        _letter_by_letter(BODY),
    ],
    ids=["headers", "interim answers", "no answer"],
)
def test_slow_headers_end_in_time(serve: Callable[[socket.socket, Peer], None], call: Call) -> None:
    """The whole answer has the time, not each of its bytes; whether a writing call was done is not known."""
    with peer(serve) as server:
        began = time.monotonic()
        assert late(attempt(server.url, call)).again == "late"
        assert time.monotonic() - began < ALL_S


@pytest.mark.parametrize("chunked", [False, True])
def test_a_slow_body_ends_in_time(chunked: bool) -> None:
    """Of a told length, and in pieces."""

    def serve(connection: socket.socket, server: Peer) -> None:
        read_request(connection)
        if chunked:
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            _drip(connection, server, repeat(b"1\r\n \r\n", 5000))
        else:
            connection.sendall(HEAD + b"\r\n\r\n")
            _drip(connection, server, repeat(b" ", 5000))

    with peer(serve) as server:
        began = time.monotonic()
        late(attempt(server.url))
        assert time.monotonic() - began < ALL_S


def test_a_slow_proxy_ends_in_time() -> None:
    """One that takes the connection and says its word letter by letter: nothing was sent."""
    words = b"HTTP/1.1 200 OK\r\nX: " + b"x" * 5000
    with peer(_letter_by_letter(words)) as proxy:
        began = time.monotonic()
        assert late(attempt("https://exchange.test", proxy_url=proxy.url)).again in ("any", "late")
        assert time.monotonic() - began < ALL_S


def test_a_slow_socks_proxy_ends_in_time() -> None:
    """The same in the words of SOCKS."""

    def serve(connection: socket.socket, server: Peer) -> None:
        connection.recv(100)
        connection.sendall(b"\x05\x00")
        connection.recv(300)
        _drip(connection, server, (bytes([byte]) for byte in b"\x05\x00\x00\x03\xff" + b"x" * 255))

    with peer(serve) as proxy:
        began = time.monotonic()
        late(attempt("http://exchange.test", proxy_url=proxy.url.replace("http", "socks5h")))
        assert time.monotonic() - began < ALL_S


def test_a_slow_tls_handshake_ends_in_time() -> None:
    """The server's first message comes letter by letter."""

    def serve(connection: socket.socket, server: Peer) -> None:
        connection.recv(65536)
        _drip(connection, server, (bytes([byte]) for byte in b"\x16\x03\x03\x40\x00" + b"\x02" * 5000))

    with peer(serve) as server:
        began = time.monotonic()
        late(attempt(server.url.replace("http", "https")))
        assert time.monotonic() - began < ALL_S


def test_a_tls_handshake_has_what_connecting_left() -> None:
    """And not the whole time once more; nothing is sent when nothing is left."""
    heard: list[bytes] = []

    def serve(connection: socket.socket, server: Peer) -> None:
        heard.append(connection.recv(65536))

    context = bound(ssl.create_default_context())
    with peer(serve) as server:
        here = bounds.connect("127.0.0.1", server.port, None, [])
        with here, bounds.bounded(0, KB), pytest.raises(TimeoutError):
            context.wrap_socket(here, server_hostname="exchange.test")
    assert heard == [b""]


def test_a_slow_body_inside_tls_ends_in_time(tmp_path: Path) -> None:
    """The bounds hold inside TLS as well."""
    trustme = pytest.importorskip("trustme")
    authority, context = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    def serve(connection: socket.socket, server: Peer) -> None:
        with context.wrap_socket(connection, server_side=True) as inside:
            read_request(inside)
            inside.sendall(HEAD + b"\r\n\r\n")
            _drip(inside, server, repeat(b" ", 5000))

    with peer(serve) as server:
        began = time.monotonic()
        late(attempt(server.url.replace("http", "https"), ca_file=str(tmp_path / "ca.pem"), timeout_s=1.0))
        assert time.monotonic() - began < ALL_S


def test_addresses_that_do_not_answer_share_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host with many addresses has no more time than one with a single one."""
    busy = socket.create_server(("127.0.0.1", 0), backlog=0)
    port = busy.getsockname()[1]
    fillers = [socket.socket() for _ in range(3)]
    for filler in fillers:  # from here on nobody is let in any more
        filler.setblocking(False)
        filler.connect_ex(("127.0.0.1", port))
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))] * 200
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: found)
    began = time.monotonic()
    assert late(attempt(f"http://many.test:{port}")).again == "any"
    assert time.monotonic() - began < ALL_S
    for one in (busy, *fillers):
        one.close()


def test_a_kept_connection_has_new_time_for_each_call() -> None:
    """What one call has used up is not missing in the next."""
    with peer(answering(*[http()] * 3)) as server:
        dialect = ToyDialect()
        dialect.base_url = server.url
        caller = HttpCaller(dialect, Route(timeout_s=SOON_S), Clock())
        for _ in range(3):
            assert isinstance(caller.attempt(READ), Reply)
            time.sleep(SOON_S / 2)
        caller.close()
        assert server.connections == 1


# -- memory ------------------------------------------------------------------------------------------------------


@cache
def _bomb(pack: Callable[[bytes], bytes]) -> bytes:
    return pack(b" " * (64 << 20))


def _packed(body: bytes, coding: str) -> bytes:
    return http(body, extra=f"Content-Encoding: {coding}\r\n")


def _too_large(outcome: Reply | CallFailure, most: int) -> None:
    assert isinstance(outcome, CallFailure)
    assert isinstance(outcome.error, OkxHttpError)
    assert f"max_response_bytes={most}" in str(outcome.error)
    assert outcome.again == "late"  # a writing call may have been carried out; a reading one is not asked again


# Made when a test asks for one: packing takes its time.
LARGE: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: _packed(_bomb(gzip.compress), "gzip"),
    "deflate": lambda: _packed(_bomb(zlib.compress), "deflate"),
    "nested": lambda: _packed(gzip.compress(_bomb(gzip.compress)), "gzip, gzip"),
    "members": lambda: _packed(gzip.compress(b" " * (200 * KB)) * 20, "gzip"),
    "redirect": lambda: LARGE["gzip"]().replace(b"200 OK", b"302 Found\r\nLocation: http://elsewhere.test/"),
    "error": lambda: LARGE["gzip"]().replace(b"200 OK", b"502 Bad Gateway"),
    "plain": lambda: http(b" " * (2 << 20)),
    "told length": lambda: b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b" " * KB,
    "until closed": lambda: b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (4 << 20),
    "chunks": lambda: (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 64
    ),
    "interim answers": lambda: b"HTTP/1.1 100 Continue\r\n\r\n" * (90 * KB),
}
CALLS = {"read": READ, "write": WRITE}


@pytest.mark.parametrize(
    ("kind", "call"),
    mostly_slow(itertools.product(LARGE, CALLS), [*itertools.product(LARGE, ["read"]), ("gzip", "write")]),
)
def test_an_answer_holds_no_more_than_it_may(kind: str, call: str) -> None:
    """Counted after unpacking, and while it comes; the error names the budget."""
    answer = LARGE[kind]()

    def serve(connection: socket.socket, server: Peer) -> None:
        read_request(connection)
        connection.sendall(answer)
        server.stopped.wait(0.05)

    with peer(serve) as server:
        tracemalloc.start()
        outcome = attempt(server.url, CALLS[call], timeout_s=60.0, max_response_bytes=1 << 20)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    _too_large(outcome, 1 << 20)
    assert peak < 16 << 20


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(OK_BODY)),
        ("x-gzip", gzip.compress(OK_BODY[:9]) + gzip.compress(OK_BODY[9:])),
        ("deflate", zlib.compress(OK_BODY)),
        ("deflate", zlib.compress(OK_BODY)[2:-4]),
        ("gzip, deflate", zlib.compress(gzip.compress(OK_BODY))),
        ("identity", OK_BODY),
        ("", OK_BODY),
    ],
    ids=["gzip", "members", "deflate", "bare deflate", "both", "identity", "none"],
)
def test_packed_answers_are_unpacked(coding: str, body: bytes) -> None:
    """All that was asked for, bare deflate and several members as well, up to the last byte of the budget."""
    with peer(answering(_packed(body, coding))) as server:
        assert isinstance(attempt(server.url, timeout_s=5.0, max_response_bytes=max(len(body), len(OK_BODY))), Reply)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip, gzip, gzip", "gzip"])
def test_what_was_not_asked_for_is_not_unpacked(coding: str) -> None:
    """Its answer is lost, as one that is cut is."""
    with peer(answering(_packed(gzip.compress(OK_BODY)[:-3], coding))) as server:
        outcome = attempt(server.url, WRITE, timeout_s=5.0)
    assert isinstance(outcome, CallFailure)
    assert outcome.again == "unknown"


@pytest.mark.parametrize("value", [0, -1, 1.5, "64", True, None])
def test_the_budget_is_a_number_of_bytes(value: Any) -> None:
    """Anything else is refused when the configuration is made."""
    with pytest.raises(ConfigError, match="max_response_bytes"):
        Config(max_response_bytes=value)


def test_outside_of_a_call_nothing_is_bounded() -> None:
    """Neither time nor bytes; inside, both are, for what reads from the socket as well."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = bounds.connect("127.0.0.1", server.getsockname()[1], ("127.0.0.1", 0), [])
        there, _ = server.accept()
        with here, there:
            assert bounds.time_left() is None
            there.sendall(b"x" * 2 * KB)
            assert len(here.recv(KB)) == KB
            with bounds.bounded(ALL_S, -bounds._AROUND), pytest.raises(bounds.TooLargeError):
                here.recv(KB)
            with bounds.bounded(0, KB):
                for read in (lambda: here.recv(KB), lambda: here.sendall(b"x"), bounds.time_left):
                    with pytest.raises(TimeoutError):
                        read()
            assert bounds.time_left() is None
