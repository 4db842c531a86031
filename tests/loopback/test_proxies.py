"""Proxies: what is told to go through one goes through it, REST and streams alike; a bad one is named, not shown."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator

import attrs
import pytest

from okx_sync import Config, OkxClient, OkxHttpError, OkxTimeoutError
from okx_sync.paper import PaperExchange
from okx_sync.transport.proxy import proxy_for
from tests.leaks import everything_shown
from tests.loopback.conftest import Connect, Heard
from tests.rest.peers import Peer, answering, http, http_proxy, peer, socks5_proxy
from tests.variants import mostly_slow

# Is the exchange behind TLS, and how is the proxy spoken to.
SCHEMES = list(itertools.product([False, True], ["http", "socks5", "socks5h"]))
REFUSING = http(b"", "407 Proxy Authentication Required")
PASSWORD = "SENTINEL-proxy"
MADE = 1 + 3 + 3  # REST, streams, and the streams again


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def exchange(request: pytest.FixtureRequest) -> Iterator[PaperExchange]:
    """The exchange behind the proxy, without and with TLS."""
    with PaperExchange(tls=request.param) as made:
        yield made
        assert made.problems == []


def url_of(proxy: Peer, scheme: str) -> str:
    """Where the proxy is, with a password."""
    password = f"user:{PASSWORD}@" if scheme == "http" else ""  # the SOCKS proxy here asks for none
    return f"{scheme}://{password}127.0.0.1:{proxy.port}"


def use_everything(exchange: PaperExchange, config: Config, connect: Connect) -> None:
    """Signed and unsigned REST, all three paths of the streams, and a reconnect."""
    with OkxClient(config) as rest:
        rest.get_ticker("BTC-USDT")
        rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
    watched, heard = connect(config), Heard()
    watched.ws.subscribe_tickers("BTC-USDT", callback=heard)
    watched.ws.subscribe("candle1m", instId="BTC-USDT")
    watched.ws.subscribe("orders", instType="ANY")
    heard.until_more()
    exchange.faults.drop()
    for path in ("public", "business", "private"):
        watched.states.until("restored", path=path)
    watched.ws.close()


@pytest.mark.parametrize(
    ("exchange", "scheme"),
    mostly_slow(SCHEMES, [(False, "http"), (True, "http"), (True, "socks5")]),
    indirect=["exchange"],
)
def test_everything_goes_through_the_clients_own_proxy(
    exchange: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """Each connection that the exchange sees came out of a tunnel, reconnects too, whatever NO_PROXY says."""
    with peer(socks5_proxy if scheme.startswith("socks") else http_proxy) as proxy:
        config = attrs.evolve(exchange.config, proxy_url=url_of(proxy, scheme))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        use_everything(exchange, config, connect)
        assert exchange.tcp_connections == proxy.connections >= MADE


@pytest.mark.parametrize(
    ("exchange", "scheme"), mostly_slow(SCHEMES, [(False, "http"), (True, "socks5h")]), indirect=["exchange"]
)
def test_everything_goes_through_the_environments_proxy(
    exchange: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """HTTP_PROXY, HTTPS_PROXY and ALL_PROXY count for both when the client has none of its own."""
    with peer(socks5_proxy if scheme.startswith("socks") else http_proxy) as proxy:
        name = "all_proxy" if scheme == "socks5h" else "https_proxy" if exchange.ca_file else "http_proxy"
        monkeypatch.setenv(name, url_of(proxy, scheme))
        use_everything(exchange, exchange.config, connect)
        assert exchange.tcp_connections == proxy.connections >= MADE


@pytest.mark.parametrize(
    "exempt", mostly_slow(["127.0.0.1", "*", "127.0.0.0/8", "example.com,127.0.0.1"], ["127.0.0.1", "127.0.0.0/8"])
)
def test_no_proxy_is_honoured(
    paper: PaperExchange, connect: Connect, monkeypatch: pytest.MonkeyPatch, exempt: str
) -> None:
    """What NO_PROXY names is reached directly, by REST and streams."""
    with peer(http_proxy) as proxy:
        monkeypatch.setenv("http_proxy", url_of(proxy, "http"))
        monkeypatch.setenv("no_proxy", exempt)
        use_everything(paper, paper.config, connect)
        assert proxy.connections == 0
    assert paper.tcp_connections >= MADE


@pytest.mark.parametrize(
    ("environment", "url", "own", "found"),
    [
        ({}, "wss://a.test/ws", None, None),
        ({"https_proxy": "http://p:1"}, "wss://a.test/ws", None, "http://p:1"),
        ({"https_proxy": "http://p:1"}, "ws://a.test/ws", None, None),
        ({"http_proxy": "p:1"}, "ws://a.test/ws", None, "http://p:1"),
        ({"all_proxy": "socks5://p:1"}, "wss://a.test/ws", None, "socks5://p:1"),
        ({"https_proxy": "http://p:1", "all_proxy": "socks5://p:2"}, "wss://a.test/ws", None, "http://p:1"),
        ({"https_proxy": "http://p:1"}, "wss://a.test/ws", "http://own:2", "http://own:2"),
        ({"https_proxy": "http://p:1", "no_proxy": ".test"}, "wss://a.test/ws", None, None),
        ({"https_proxy": "http://p:1", "no_proxy": "10.0.0.0/8"}, "wss://10.1.2.3/ws", None, None),
        ({"https_proxy": "http://p:1", "no_proxy": "10.0.0.0/8"}, "wss://11.1.2.3/ws", None, "http://p:1"),
    ],
)
def test_which_proxy_a_stream_takes(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, own: str | None, found: str | None
) -> None:
    """One's own before the environment's, the scheme's before ALL_PROXY, and the exceptions of NO_PROXY."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url, own) == found


# -- bad ones --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_dead_proxy_is_named(paper: PaperExchange, connect: Connect, scheme: str) -> None:
    """REST and streams say that it is the proxy, and where; its password is nowhere; nothing goes around it."""
    with peer(answering(http())) as gone:
        port = gone.port
    config = attrs.evolve(paper.config, proxy_url=f"{scheme}://user:{PASSWORD}@127.0.0.1:{port}")
    with OkxClient(config) as rest, pytest.raises(OkxHttpError) as refused:
        rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
    watched = connect(config)
    watched.ws.subscribe_trades("BTC-USDT", wait=False)
    watched.states.until("reconnecting")  # the first failure is known
    with pytest.raises(OkxTimeoutError) as late:
        watched.ws.subscribe_tickers("BTC-USDT", timeout=0.1)
    for error in (refused.value, late.value):
        assert "the proxy" in str(error)
        assert "proxy" in str(error.hint)
        assert PASSWORD not in everything_shown(error)
    assert f"127.0.0.1:{port}" in str(late.value)
    assert PASSWORD not in "".join(map(str, watched.states)) + repr(watched.ws.status())
    assert paper.tcp_connections == 0


def test_a_proxy_that_refuses_is_named(exchange: PaperExchange, connect: Connect) -> None:
    """407 is told with its number and the proxy's name, by REST and streams, and no password."""
    with peer(answering(REFUSING)) as proxy:
        config = attrs.evolve(exchange.config, proxy_url=url_of(proxy, "http"))
        with OkxClient(config) as rest, pytest.raises(OkxHttpError) as refused:
            rest.place_order("BTC-USDT", "cash", "buy", "limit", "0.001", "30000")
        watched = connect(config)
        watched.ws.subscribe_trades("BTC-USDT", wait=False)
        watched.states.until("reconnecting")  # the first refusal is known
        with pytest.raises(OkxTimeoutError) as late:
            watched.ws.subscribe_tickers("BTC-USDT", timeout=0.1)
    for error in (refused.value, late.value):
        assert "407" in str(error)
        assert "proxy" in f"{error} {error.hint}"
        assert PASSWORD not in everything_shown(error)
    assert exchange.tcp_connections == 0
