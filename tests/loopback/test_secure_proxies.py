"""Proxies that are spoken to in TLS, and what a failure behind a proxy shows: REST and streams alike."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
import trustme

from okx_sync import Config, OkxClient, OkxError, OkxWebSocketError
from okx_sync.paper import PaperExchange
from tests.leaks import everything_shown
from tests.loopback.conftest import Connect
from tests.loopback.test_proxies import use_everything
from tests.rest.peers import Peer, answering, http, http_proxy, peer, read_request
from tests.variants import mostly_slow

PASSWORD = "SENTINEL-proxy%2Bword"  # in a URL; "+" when it is sent
MADE = 1 + 3 + 3  # REST, streams, and the streams again


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who signs the proxy's certificate."""
    return trustme.CA()


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def exchange(request: pytest.FixtureRequest) -> Iterator[PaperExchange]:
    """The exchange behind the proxy, without and with TLS."""
    with PaperExchange(tls=request.param) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def trusting(exchange: PaperExchange, authority: trustme.CA, tmp_path: Path) -> Config:
    """The first account's configuration, with a ``ca_file`` for exchange and proxy."""
    both = tmp_path / "both.pem"
    known = Path(exchange.ca_file).read_bytes() if exchange.ca_file else b""
    both.write_bytes(known + authority.cert_pem.bytes())
    return attrs.evolve(exchange.config, ca_file=str(both))


def _carry(source: socket.socket, target: socket.socket) -> None:
    """One way of a tunnel; a thread for each, as ``select`` does not see what TLS has read ahead."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def secure_proxy(authority: trustme.CA) -> Callable[[socket.socket, Peer], None]:
    """An HTTP proxy that wants TLS and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def serve(connection: socket.socket, server: Peer) -> None:
        with context.wrap_socket(connection, server_side=True) as line:
            request = read_request(line)
            server.requests.append(request)
            method, target, _ = request.split(b"\r\n")[0].decode().split(" ")
            host, _, port = target.removeprefix("http://").partition("/")[0].partition(":")
            with socket.create_connection((host, int(port))) as upstream:
                if method == "CONNECT":
                    line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                else:
                    upstream.sendall(request)
                back = threading.Thread(target=_carry, args=(upstream, line))
                back.start()
                _carry(line, upstream)
                back.join()

    return serve


@pytest.mark.parametrize(
    ("exchange", "source"),
    mostly_slow(itertools.product([False, True], ["proxy_url", "environment"]), [(True, "environment")]),
    indirect=["exchange"],
)
def test_an_https_proxy_is_spoken_to_in_tls(
    exchange: PaperExchange,
    trusting: Config,
    authority: trustme.CA,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
) -> None:
    """Its certificate is checked, the password goes to it only so, and all goes through it: TLS inside of TLS too."""
    with peer(secure_proxy(authority)) as proxy:
        url = f"https://user:{PASSWORD}@127.0.0.1:{proxy.port}"
        if source == "proxy_url":
            config = attrs.evolve(trusting, proxy_url=url)
        else:
            config = trusting
            monkeypatch.setenv("https_proxy" if exchange.ca_file else "http_proxy", url)
        use_everything(exchange, config, connect)
        assert exchange.tcp_connections >= MADE
        assert len(proxy.requests) >= MADE  # each was read out of TLS
        assert all(b"Proxy-Authorization: Basic" in request for request in proxy.requests)


def test_a_proxy_whose_certificate_nobody_knows(
    exchange: PaperExchange, authority: trustme.CA, connect: Connect
) -> None:
    """It gets no password, by REST or streams; the error says whose certificate it was, and the cure."""
    with peer(secure_proxy(authority)) as proxy:
        config = attrs.evolve(exchange.config, proxy_url=f"https://user:{PASSWORD}@127.0.0.1:{proxy.port}")
        with OkxClient(config) as rest, pytest.raises(OkxError):
            rest.get_ticker("BTC-USDT")
        with pytest.raises(OkxWebSocketError) as caught:
            connect(config).ws.subscribe_tickers("BTC-USDT", timeout=5)
        assert proxy.requests == []
    assert f"the proxy 127.0.0.1:{proxy.port}" in str(caught.value)
    assert "certificate" in str(caught.value)
    assert "ca_file" in str(caught.value.hint)


# -- what a failure behind a proxy shows ---------------------------------------------------------------------------


def _leaks(error: BaseException) -> list[str]:
    shown = everything_shown(error)
    return [secret for secret in (PASSWORD, "SENTINEL", "U0VOVElORU") if secret in shown]


def test_a_certificate_failure_behind_a_proxy_shows_no_password(connect: Connect) -> None:
    """No frame of a library, nor of ours, hangs on the error: neither its locals nor its context tell the password."""
    with PaperExchange(tls=True) as exchange, peer(http_proxy) as proxy:
        url = f"http://user:{PASSWORD}@127.0.0.1:{proxy.port}"
        watched = connect(attrs.evolve(exchange.config, ca_file=None, proxy_url=url))
        with pytest.raises(OkxWebSocketError, match="certificate") as caught:
            watched.ws.subscribe_orders("ANY", timeout=5)
        failed = watched.states.until("failed").error
    assert failed is not None
    for error in (caught.value, failed):
        assert error.__cause__ is None
        assert error.__context__ is None
        assert _leaks(error) == []


@pytest.mark.parametrize("status", ["302 Found", "403 Forbidden", "407 Proxy Authentication Required"])
def test_a_proxy_that_quotes_its_password(paper: PaperExchange, connect: Connect, status: str) -> None:
    """Whatever a proxy answers to CONNECT: it is told by its place and status, and nothing of its words."""
    words = f"Location: http://user:{PASSWORD}@elsewhere/?{PASSWORD}\r\n"
    with peer(answering(http(PASSWORD.encode(), status, words))) as proxy:
        config = attrs.evolve(paper.config, proxy_url=f"http://user:{PASSWORD}@127.0.0.1:{proxy.port}")
        watched = connect(config)
        watched.ws.subscribe_positions("ANY", wait=False)
        watched.states.until("reconnecting")  # the first refusal is known
        with pytest.raises(OkxError, match=f"HTTP {status[:3]}") as caught:
            watched.ws.subscribe_orders("ANY", timeout=0.1)
        assert f"127.0.0.1:{proxy.port}" in str(caught.value)
        assert _leaks(caught.value) == []
        assert "SENTINEL" not in f"{watched.ws.status()}{list(watched.states)}"
        with OkxClient(config) as rest, pytest.raises(OkxError) as refused:
            rest.get_balance()
        assert _leaks(refused.value) == []
    assert paper.tcp_connections == 0
