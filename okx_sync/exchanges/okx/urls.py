"""The addresses of OKX: one row per site, chosen together for REST, WebSocket and demo.

Accounts belong to one site: a key of another one is refused (60032, 50119), so nothing here ever falls back
from one site to another. There is no port in the table: OKX retired 8443 in October 2026, 443 serves all.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from attrs import frozen

from okx_sync.errors import ConfigError
from okx_sync.exchanges.settings import check_url

__all__ = ["REST_ADDRESSES", "SITES", "Hosts", "Path", "Site", "check_rest", "check_ws", "is_known", "ws_address"]

Site = Literal["global", "eea", "us"]
Path = Literal["public", "private", "business"]


@frozen
class Hosts:
    """Hosts of one site. ``other_rest`` are further names that serve the same accounts."""

    rest: str
    ws: str
    ws_demo: str
    other_rest: tuple[str, ...] = ()


SITES: dict[Site, Hosts] = {
    # accounts from www.okx.com
    "global": Hosts(
        "openapi.okx.com",
        "ws.okx.com",
        "wspap.okx.com",
        other_rest=("www.okx.com", "okx.com", "aws.okx.com", "tr.okx.com"),
    ),
    # accounts from my.okx.com
    "eea": Hosts("eea.okx.com", "wseea.okx.com", "wseeapap.okx.com"),
    # accounts from app.okx.com (US and AU)
    "us": Hosts("us.okx.com", "wsus.okx.com", "wsuspap.okx.com"),
}

REST_ADDRESSES: dict[tuple[Site, bool], str] = {
    (site, simulated): f"https://{hosts.rest}" for site, hosts in SITES.items() for simulated in (False, True)
}
"""Scheme and host of REST by (site, simulated). Demo is told apart by a header, so that both have the same host."""

_REST_SITE = {host: site for site, hosts in SITES.items() for host in (hosts.rest, *hosts.other_rest)}
_WS_SITE = {hosts.ws: (site, False) for site, hosts in SITES.items()} | {
    hosts.ws_demo: (site, True) for site, hosts in SITES.items()
}


def is_known(url: str) -> bool:
    """Tell whether ``url`` leads to OKX itself and not to a proxy, a recording or a paper exchange."""
    host = urlsplit(url).hostname
    return host in _REST_SITE or host in _WS_SITE


def ws_address(site: Site, simulated: bool, path: Path) -> str:
    """Return the WebSocket URL of a site's path, demo or live."""
    hosts = SITES[site]
    return f"wss://{hosts.ws_demo if simulated else hosts.ws}/ws/v5/{path}"


def check_rest(url: str, site: Site) -> None:
    """Raise :class:`ConfigError` when ``url`` is not an http URL or belongs to another site."""
    check_url("rest_url", url, ("https", "http"))
    host = urlsplit(url).hostname or ""
    if host in _WS_SITE:
        raise ConfigError(f"rest_url leads to the WebSocket host {host}")
    actual = _REST_SITE.get(host, site)
    if actual != site:
        raise ConfigError(
            f"site is {site!r} but rest_url {host} belongs to site {actual!r}",
            hint=f"leave rest_url out, or say site={actual!r}",
        )


def check_ws(name: str, url: str, site: Site, simulated: bool) -> None:
    """Raise :class:`ConfigError` when the override ``name`` leads to another site, or to live for demo."""
    check_url(name, url)
    host = urlsplit(url).hostname or ""
    if host in _REST_SITE:
        raise ConfigError(f"{name} leads to the REST host {host}")
    actual, demo = _WS_SITE.get(host, (site, simulated))
    if actual != site:
        raise ConfigError(
            f"site is {site!r} but {name} {host} belongs to site {actual!r}",
            hint=f"leave {name} out, or say site={actual!r}",
        )
    if demo != simulated:
        kind = "demo" if demo else "live"
        raise ConfigError(
            f"simulated is {simulated} but {name} {host} is the {kind} host",
            hint=f"leave {name} out, or say simulated={demo}",
        )
