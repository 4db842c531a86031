"""Which proxy a connection takes: the client's own, else the environment's, by the same rules as for REST."""

from __future__ import annotations

import importlib.util
import ipaddress
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from okx_sync import logs

__all__ = ["proxy_for", "proxy_place", "run_options"]

_ENVIRONMENT = {"ws": "http", "wss": "https"}
# The library would look for exceptions in the environment, also for a proxy that was given; this one never matches.
_NO_EXCEPTION = ["no.exception.invalid"]


def proxy_for(url: str, own: str | None) -> str | None:
    """The URL of the proxy to reach ``url`` by; None for none.

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
    return proxy


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
    """Host and port, without a password."""
    return urlsplit(proxy).netloc.rpartition("@")[2]


def run_options(proxy: str | None, timeout_s: float) -> dict[str, Any]:
    """The library's options for a proxy. Raises ValueError for one that cannot be used."""
    if proxy is None:
        return {}
    parts = urlsplit(proxy)
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    is_socks = parts.scheme.startswith("socks")
    if is_socks and importlib.util.find_spec("python_socks") is None:
        raise ValueError("a socks proxy needs python-socks: pip install 'okx_sync[socks]'")
    return {
        "http_proxy_host": parts.hostname,
        "http_proxy_port": parts.port or (1080 if is_socks else 80),
        "http_proxy_auth": auth,
        "http_no_proxy": _NO_EXCEPTION,
        "proxy_type": parts.scheme if is_socks else "http",
        "http_proxy_timeout": timeout_s,
    }
