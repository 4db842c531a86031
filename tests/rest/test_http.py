"""The door to the network, over real sockets: reuse, loss, silence, proxies, trust, secrets."""

from __future__ import annotations

import base64
import json
import logging
import signal
import ssl
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from okx_sync.errors import ConfigError, OkxError, OkxHttpError, OkxRateLimitError, OkxTimeoutError
from okx_sync.rest.dialect import Call, Reply
from okx_sync.rest.http import HttpCaller
from okx_sync.rest.retry import CallFailure
from okx_sync.rest.route import Route
from okx_sync.timing import Clock
from tests.leaks import everything_shown
from tests.rest.peers import Peer, answering, http, http_proxy, peer, socks5_proxy
from tests.rest.toy_dialect import ToyDialect

READ = Call("GET", "/quote", query="market=A,B&x=%20", signed=True)
WRITE = Call("POST", "/order", body='{"a":"ü"}', signed=True)


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def make(url: str, **route: Any) -> HttpCaller:
    dialect = ToyDialect()
    dialect.base_url = url
    return HttpCaller(dialect, Route(**{"timeout_s": 5.0, **route}), Clock())


@pytest.fixture
def server() -> Iterator[Peer]:
    """A server that answers everything."""
    with peer(answering(http())) as made:
        yield made


def failure(outcome: Reply | CallFailure) -> CallFailure:
    assert isinstance(outcome, CallFailure)
    return outcome


def test_what_is_sent(server: Peer) -> None:
    """Path, query and body go out byte for byte as they were signed, with the dialect's headers."""
    caller = make(server.url)
    for call in (READ, WRITE):
        assert isinstance(caller.attempt(call), Reply)
    caller.close()
    read, write = server.requests
    assert read.startswith(b"GET /quote?market=A,B&x=%20 HTTP/1.1\r\n")
    assert b"Sign: SENTINEL-sign\r\n" in read
    assert b"gzip" in read
    assert write.startswith(b"POST /order HTTP/1.1\r\n")
    assert write.endswith(b'\r\n\r\n{"a":"\xc3\xbc"}')


def test_what_is_not_json() -> None:
    """Bytes are the result of a call that asks for them; a refusal or a web page in their place is read as such."""
    body = b"\x00\x01"
    binary = http(body).replace(b"application/json", b"application/sbe")
    page = http(b"<html><title>Oops</title></html>").replace(b"application/json", b"text/html")
    refusal = http(b'{"ok":false,"code":"no","text":"no"}')
    call = Call("GET", "/book", binary=True)
    with peer(answering(binary, page, refusal, binary)) as server:
        caller = make(server.url)
        got = caller.attempt(call)
        assert isinstance(got, Reply)
        assert got.rows == [{"body": body}]
        assert "Oops" in str(failure(caller.attempt(call)).error)
        assert failure(caller.attempt(call)).error.code == "no"
        assert isinstance(caller.attempt(Call("GET", "/book")), CallFailure)
        caller.close()


def test_connections_are_reused_and_cookies_are_not_sent() -> None:
    """Many calls, one connection; a tracking cookie of a CDN does not come back to it."""
    with peer(answering(http(extra="Set-Cookie: cdn=1\r\n"))) as server:
        caller = make(server.url)
        for _ in range(5):
            caller.attempt(READ)
        caller.close()
        assert server.connections == 1
        assert not any(b"cookie" in request.lower() for request in server.requests)


def test_netrc_is_not_read(server: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password for the host in ~/.netrc does not travel."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password SENTINEL-netrc\n")
    monkeypatch.setenv("NETRC", str(netrc))
    caller = make(server.url)
    caller.attempt(READ)
    caller.close()
    assert b"uthorization" not in server.requests[0]


def test_redirects_are_not_followed(server: Peer) -> None:
    """The signed headers go to nobody else."""
    with peer(answering(http(b"", "302 Found", f"Location: {server.url}/elsewhere\r\n"))) as first:
        caller = make(first.url)
        found = failure(caller.attempt(READ))
        caller.close()
    assert found.again == "no"
    assert "redirected to" in str(found.error)
    assert server.requests == []


def test_an_idle_connection_that_was_closed_is_noticed() -> None:
    """The server closed the kept connection: the next call, a writing one too, opens another and succeeds."""
    with peer(answering(http(extra="Connection: close\r\n"))) as server:
        caller = make(server.url)
        assert isinstance(caller.attempt(WRITE), Reply)
        assert isinstance(caller.attempt(WRITE), Reply)
        caller.close()
        assert (server.connections, len(server.requests)) == (2, 2)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "closed connection without response"),
        (http()[:-5], "broke before the answer was complete"),
        (http(b"not zipped", extra="Content-Encoding: gzip\r\n"), "broke before the answer was complete"),
        (b"garbage\r\n\r\n", "broke before the answer was complete"),
    ],
    ids=["no answer", "cut", "bad gzip", "garbage"],
)
def test_a_lost_answer_is_unknown(answer: bytes | None, words: str) -> None:
    """After the request went out nobody knows: never classified as refused."""

    def serve(connection: Any, server: Peer) -> None:
        answering(answer, None)(connection, server) if answer is None else _once(connection, server, answer)

    with peer(serve) as server:
        caller = make(server.url)
        found = failure(caller.attempt(WRITE))
        caller.close()
    assert found.again == "unknown"
    assert words in str(found.error)


def _once(connection: Any, server: Peer, answer: bytes) -> None:
    server.requests.append(connection.recv(65536))
    connection.sendall(answer)


def test_silence_is_a_timeout() -> None:
    """A server that takes the request and says nothing costs the timeout, not for ever."""

    def serve(connection: Any, server: Peer) -> None:
        connection.recv(65536)
        server.stopped.wait(5)

    with peer(serve) as server:
        caller = make(server.url, timeout_s=0.2)
        found = failure(caller.attempt(WRITE))
        caller.close()
    assert isinstance(found.error, OkxTimeoutError)
    assert "within 0.2 s" in str(found.error)
    assert found.again == "late"


def test_nobody_listens() -> None:
    """A refused connection was surely not sent; the message says why in plain words."""
    with peer(answering(http())) as server:
        url = server.url
    caller = make(url)
    found = failure(caller.attempt(WRITE))
    caller.close()
    assert found.again == "any"
    assert f"cannot connect to {url.removeprefix('http://')}: Connection refused" in str(found.error)


def test_no_such_host() -> None:
    """A name that does not resolve was surely not sent."""
    caller = make("http://no-such-host.invalid")
    assert failure(caller.attempt(WRITE)).again == "any"
    caller.close()


# -- proxies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
def test_the_clients_own_proxy(server: Peer, scheme: str) -> None:
    """All traffic goes through it."""
    with peer(socks5_proxy if scheme.startswith("socks") else http_proxy) as proxy:
        caller = make(server.url, proxy_url=f"{scheme}://127.0.0.1:{proxy.port}")
        assert isinstance(caller.attempt(READ), Reply)
        caller.close()
        assert len(proxy.requests) == 1
    assert len(server.requests) == 1


def test_the_environments_proxy_and_no_proxy(server: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY counts when the client has none, and NO_PROXY excepts hosts from it."""
    with peer(http_proxy) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        for exempt, through in (("", 1), ("127.0.0.1", 1)):
            monkeypatch.setenv("no_proxy", exempt)
            caller = make(server.url)
            assert isinstance(caller.attempt(READ), Reply)
            caller.close()
            assert len(proxy.requests) == through


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_dead_proxy(scheme: str) -> None:
    """The error speaks of the connection; the proxy's password is nowhere."""
    with peer(answering(http())) as gone:
        port = gone.port
    caller = make("http://127.0.0.1:9", proxy_url=f"{scheme}://user:SENTINEL-proxy@127.0.0.1:{port}")
    found = failure(caller.attempt(READ))
    caller.close()
    assert "127.0.0.1" in str(found.error)
    assert "SENTINEL" not in everything_shown(found.error)


def test_a_proxy_that_refuses() -> None:
    """An https call through a proxy that wants a password: the error names the proxy."""
    with peer(answering(http(b"", "407 Proxy Authentication Required"))) as proxy:
        caller = make("https://127.0.0.1:9", proxy_url=proxy.url)
        found = failure(caller.attempt(READ))
        caller.close()
    assert "proxy" in str(found.error)
    assert found.again == "no"


# -- trust ---------------------------------------------------------------------------------------------


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[Peer, str]]:
    """A server with a certificate of an authority that nobody knows, and that authority's file."""
    trustme = pytest.importorskip("trustme")
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    inner = answering(http())

    def serve(connection: Any, server: Peer) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            inner(secure, server)

    with peer(serve) as server:
        yield server, str(file)


def test_an_unknown_certificate_is_refused_with_a_hint(tls: tuple[Peer, str]) -> None:
    """Verification is on; the error names ca_file and the macOS cure; nothing was sent, nothing is repeated."""
    server, _ = tls
    caller = make(server.url.replace("http", "https"))
    found = failure(caller.attempt(WRITE))
    caller.close()
    assert isinstance(found.error, OkxHttpError)
    assert "ca_file" in (found.error.hint or "")
    assert "Install Certificates" in (found.error.hint or "")
    assert found.again == "no"
    assert server.requests == []


def test_a_certificate_of_the_ca_file_is_trusted(tls: tuple[Peer, str]) -> None:
    """With ca_file the same server is reached, also through a proxy's tunnel."""
    server, file = tls
    url = server.url.replace("http", "https")
    with peer(http_proxy) as proxy:
        for route in ({}, {"proxy_url": proxy.url}):
            caller = make(url, ca_file=file, **route)
            assert isinstance(caller.attempt(READ), Reply)
            caller.close()
        assert proxy.requests[0].startswith(b"CONNECT ")


def test_a_ca_file_that_is_none(tmp_path: Path) -> None:
    """A file without certificates is named at once."""
    file = tmp_path / "ca.pem"
    file.write_text("not a certificate")
    with pytest.raises(ConfigError, match="PEM"):
        make("https://127.0.0.1:9", ca_file=str(file))


# -- secrets -------------------------------------------------------------------------------------------


def test_debug_logs_hold_no_header(server: Peer, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, all libraries included, neither the signature nor a proxy password is logged."""
    with caplog.at_level(logging.DEBUG), peer(http_proxy) as proxy:
        caller = make(server.url, proxy_url=proxy.url.replace("//", "//user:SENTINEL-proxy@"))
        caller.attempt(READ)
        caller.close()
    assert "-> 200" in caplog.text
    assert "SENTINEL" not in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_while_waiting_shows_no_header() -> None:
    """Other libraries' frames hold the request in their locals: the traceback of an interrupt does not show them."""
    main = threading.main_thread().ident
    assert main is not None

    def serve(connection: Any, server: Peer) -> None:
        connection.recv(65536)
        signal.pthread_kill(main, signal.SIGINT)
        server.stopped.wait(5)

    with peer(serve) as server:
        caller = make(server.url)
        with pytest.raises(KeyboardInterrupt) as caught:
            caller.attempt(WRITE)
        caller.close()
    shown = everything_shown(caught.value)
    assert "KeyboardInterrupt" in shown
    assert "getresponse" not in shown
    assert "SENTINEL" not in shown


@pytest.mark.parametrize(
    "answer", [http(b"SENTINEL-sign", "400 Bad Request"), b"SENTINEL-sign\r\n\r\n", b"HTTP/1.1 x SENTINEL-sign\r\n\r\n"]
)
def test_an_answer_that_quotes_the_signature(answer: bytes) -> None:
    """Whatever stands in front of the exchange may show what it got; the error does not."""
    with peer(answering(answer)) as server:
        caller = make(server.url)
        found = failure(caller.attempt(WRITE))
        caller.close()
    assert "SENTINEL" not in everything_shown(found.error)


def test_a_proxy_that_quotes_the_login() -> None:
    """In the form in which it stands in the header, too."""
    login = base64.b64encode(b"user:SENTINEL").decode()
    with peer(answering(http(b"", f"407 not {login}"))) as proxy:
        caller = make("https://127.0.0.1:9", proxy_url=proxy.url.replace("//", "//user:SENTINEL@"))
        found = failure(caller.attempt(READ))
        caller.close()
    assert "407" in str(found.error)
    assert login not in everything_shown(found.error)


def test_closing(server: Peer) -> None:
    """No socket is left open, and a later call says that the client is closed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        caller = make(server.url)
        caller.attempt(READ)
        caller.close()
        caller.close()
    with pytest.raises(OkxError, match="closed"):
        caller.attempt(READ)


def test_many_threads_share_one_caller(server: Peer) -> None:
    """Sixteen threads at once: each gets its own answer."""
    caller = make(server.url)
    results: list[Reply | CallFailure] = []
    threads = [threading.Thread(target=lambda: results.append(caller.attempt(READ))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    caller.close()
    assert len(results) == 16
    assert all(isinstance(result, Reply) and json.dumps(result.rows) == '[{"px": "1"}]' for result in results)


class LimitedDialect(ToyDialect):
    """One that shuts an address for a while, and says what is left of an endpoint."""

    def stop_s(self, status: int, body: bytes) -> float | None:
        return 60.0 if status == 403 and b"too frequent" in body else None

    def exhausted_s(self, headers: Mapping[str, str], now_s: float) -> float | None:
        return 2.0 if headers.get("Left") == "0" else None


def limited(*answers: bytes) -> list[Reply | CallFailure]:
    """What becomes of these answers."""
    found = []
    for answer in answers:
        with peer(answering(answer)) as server:
            dialect = LimitedDialect()
            dialect.base_url = server.url
            caller = HttpCaller(dialect, Route(timeout_s=5.0), Clock())
            found.append(caller.attempt(READ))
            caller.close()
    return found


def test_an_address_that_is_shut_out() -> None:
    """A page that shuts the address is told from other pages: nothing passes, and for how long."""
    shut, other = limited(http(b"<html>access too frequent", "403 No"), http(b"<html>forbidden", "403 No"))
    assert failure(shut).stop_s == 60.0
    assert isinstance(failure(shut).error, OkxRateLimitError)
    assert failure(shut).error.retry_after == 60.0  # type: ignore[attr-defined]
    assert not isinstance(failure(other).error, OkxRateLimitError)


def test_an_endpoint_that_is_exhausted() -> None:
    """A good answer says when the next may be asked; of a refusal the server's own wait comes first."""
    slow = b'{"ok": false, "code": "slow", "text": "slow down"}'
    good, refused, told = limited(
        http(extra="Left: 0\r\n"),
        http(slow, "429 No", "Left: 0\r\n"),
        http(slow, "429 No", "Left: 0\r\nRetry-After: 7\r\n"),
    )
    assert isinstance(good, Reply)
    assert good.exhausted_s == 2.0
    assert [failure(one).error.retry_after for one in (refused, told)] == [2.0, 7.0]  # type: ignore[attr-defined]
