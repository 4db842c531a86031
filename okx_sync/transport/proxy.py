"""The proxy of a connection, and how a proxy is asked to connect further.

The client's own proxy goes first, then the environment's, by the same rules as for REST.
"""

from __future__ import annotations

import base64
import importlib.util
import ipaddress
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from okx_sync import logs
from okx_sync.credentials import HiddenText
from okx_sync.protocol.http_status import hint_for
from okx_sync.transport.handshake import HandshakeRefused, read_head

__all__ = ["ask_socks", "ask_tunnel", "is_socks", "need_socks", "proxy_for", "proxy_place"]

_ENVIRONMENT = {"ws": "http", "wss": "https"}


def proxy_for(url: str, own: str | None) -> str | None:
    """Return the URL of the proxy to reach ``url`` by; None for none.

    ``own`` holds for every host. Without it: HTTP_PROXY for ws, HTTPS_PROXY for wss, else ALL_PROXY, all of them with
    the exceptions of NO_PROXY (names, suffixes, addresses, networks, ``*``).
    """
    if own is not None:
        return own
    parts = urlsplit(url)
    found = getproxies()
    proxy = found.get(_ENVIRONMENT.get(parts.scheme, "")) or found.get("all")
    if not proxy or proxy_bypass(parts.netloc) or _is_in_network(parts.hostname or "", found.get("no", "")):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    logs.hide(urlsplit(proxy).password or "")
    return HiddenText(proxy) if "@" in proxy else proxy


def _is_in_network(host: str, exceptions: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    for text in exceptions.replace(" ", "").split(","):
        try:
            if address in ipaddress.ip_network(text, strict=False):
                return True
        except ValueError:
            continue
    return False


def proxy_place(proxy: str) -> str:
    """Return host and port of a proxy, without its password."""
    return urlsplit(proxy).netloc.rpartition("@")[2]


def is_socks(proxy: str) -> bool:
    """Tell whether a proxy speaks SOCKS, in any version."""
    return urlsplit(proxy).scheme.startswith("socks")


def need_socks() -> None:
    """Raise ValueError when what a SOCKS proxy needs is not installed."""
    if importlib.util.find_spec("python_socks") is None:
        raise ValueError("a socks proxy needs python-socks: pip install 'okx_sync[socks]'")


class _Way:
    """A connection to the proxy that is there already.

    The library's own would have a limit for each read only, and nobody could cut it.
    """

    def __init__(self, line: Any) -> None:
        self._line = line

    def connect(self, **_place: Any) -> Any:
        """Return the connection to the proxy, in place of the library's own way to make one."""
        return self._line


def ask_socks(line: Any, proxy: str, host: str, port: int) -> None:
    """Ask a SOCKS proxy at the other end of ``line`` for a way to ``host``. Raises what the library raises."""
    from python_socks import ProxyType
    from python_socks.sync import Proxy

    parts = urlsplit(proxy)
    # With a letter at the end the proxy looks up the host's name: socks4a, socks5h.
    kind = ProxyType.SOCKS4 if parts.scheme.startswith("socks4") else ProxyType.SOCKS5
    user, password = _login_of(proxy)
    way: Any = _Way(line)
    socks = Proxy(
        proxy_type=kind,
        host=parts.hostname or "",
        port=parts.port or 1080,
        username=user,
        password=password,
        rdns=parts.scheme in ("socks4a", "socks5h"),
        forward=way,
    )
    socks.connect(host, port)


def ask_tunnel(line: Any, proxy: str, host: str, port: int) -> None:
    """Ask an HTTP proxy at the other end of ``line`` to reach ``host``. Raises ``HandshakeRefused``, ``OSError``."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    request = f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n"
    user, password = _login_of(proxy)
    if user is not None:
        token = HiddenText(base64.b64encode(f"{user}:{password or ''}".encode()).decode())
        logs.hide(token)
        request = HiddenText(f"{request}Proxy-Authorization: Basic {token}\r\n")
    line.sendall(f"{request}\r\n".encode())
    head = read_head(line, f"the proxy {proxy_place(proxy)}")
    if not 200 <= head.status < 300:
        raise HandshakeRefused(
            f"the proxy {proxy_place(proxy)} answered HTTP {head.status} to CONNECT {place}",
            hint_for(head.status, "proxy_url"),
            status=head.status,
        )


def _login_of(proxy: str) -> tuple[HiddenText | None, HiddenText | None]:
    parts = urlsplit(proxy)
    if not parts.username:
        return None, None
    return HiddenText(unquote(parts.username)), HiddenText(unquote(parts.password or ""))
