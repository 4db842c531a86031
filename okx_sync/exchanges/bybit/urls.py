"""The addresses of Bybit: hosts by site and environment, paths by protocol.

Accounts belong to one site, and nothing here falls back from one to another. Of Hong Kong the sources name different
addresses, so it is no site here: who has an account there names the addresses. Pages: "Connect" and "Demo Trading" of
the V5 documentation. The streams of the seed protocol were switched off in October 2023; their addresses are kept for
gateways and mock servers behind the same name.
"""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit

from okx_sync.errors import ConfigError
from okx_sync.exchanges.settings import check_url

__all__ = [
    "DOMAINS",
    "PATHS",
    "Category",
    "Environment",
    "Path",
    "Protocol",
    "Site",
    "check_rest",
    "check_ws",
    "is_known",
    "rest_address",
    "route",
    "ws_address",
]

Site = Literal["com", "bytick", "eu", "nl", "tr", "kz", "id", "ge", "jp", "ae"]
Environment = Literal["live", "demo", "testnet"]
Category = Literal["linear", "inverse", "spot", "option"]
Protocol = Literal["v5", "seed"]
Path = Literal["public", "private", "trade"]

DOMAINS: Final[dict[Site, str]] = {
    "com": "bybit.com",
    "bytick": "bytick.com",  # the same accounts as com, by another name
    "eu": "bybit.eu",
    "nl": "bybit.nl",
    "tr": "bybit.tr",
    "kz": "bybit.kz",
    "id": "bybit.id",
    "ge": "bybitgeorgia.ge",
    "jp": "manepa.jp",
    "ae": "bybit.ae",
}
"""Domain of a site; hosts are ``stream.`` and ``api.`` before it."""

PATHS: Final[dict[Protocol, dict[Path, str]]] = {
    "v5": {"public": "/v5/public/{category}", "private": "/v5/private", "trade": "/v5/trade"},
    "seed": {"public": "/perpetual/ws/v1/realtime_public", "private": "/trade/option/usdc/private/v1"},
}
"""Paths by protocol; the seed protocol has no order entry."""

_UNKNOWN_STREAMS: Final[frozenset[Site]] = frozenset({"ae"})
"""Sites of which no page names the address of the streams."""

_SUFFIX: Final[dict[Environment, str]] = {"live": "", "demo": "-demo", "testnet": "-testnet"}
# Demo trading has no hosts of its own for public data: it is the live market.
_ENVIRONMENTS: Final = {
    f"{kind}{suffix}.{domain}": (site, environment)
    for site, domain in DOMAINS.items()
    for environment, suffix in _SUFFIX.items()
    for kind in ("stream", "api")
    if kind == "api" or site not in _UNKNOWN_STREAMS
}


def is_known(url: str) -> bool:
    """Tell whether ``url`` leads to Bybit itself and not to a proxy, a recording or a paper exchange."""
    return urlsplit(url).hostname in _ENVIRONMENTS


def ws_address(site: Site, environment: Environment, protocol: Protocol, path: Path, category: Category) -> str:
    """Return the WebSocket URL of a path. Raises :class:`ConfigError` where there is none."""
    if environment == "demo" and path == "public":
        environment = "live"
    if environment == "demo" and path == "trade":
        raise ConfigError(
            "Bybit has no order entry over WebSocket for demo trading",
            hint="environment='testnet' has it, or name a server of your own with ws_trade_url",
        )
    if site in _UNKNOWN_STREAMS:
        raise ConfigError(
            f"no page of Bybit names the address of the streams of site {site!r}",
            hint=f"name it with ws_{path}_url; REST needs no address",
        )
    return f"wss://stream{_SUFFIX[environment]}.{DOMAINS[site]}{route(protocol, path, category)}"


def route(protocol: Protocol, path: Path, category: Category) -> str:
    """Return the part of the URL that stands for a path.

    Raises :class:`ConfigError` for a path that the protocol does not have.
    """
    found = PATHS[protocol].get(path)
    if found is None:
        raise ConfigError(
            f"the protocol {protocol!r} has no path {path!r}, only {' and '.join(PATHS[protocol])}",
            hint="orders over WebSocket need protocol='v5'",
        )
    return found.format(category=category)


def rest_address(site: Site, environment: Environment) -> str:
    """Return scheme and host of REST."""
    return f"https://api{_SUFFIX[environment]}.{DOMAINS[site]}"


def check_ws(name: str, url: str, site: Site, environment: Environment) -> None:
    """Raise :class:`ConfigError` when the override ``name`` is no WebSocket URL or leads somewhere else."""
    check_url(name, url)
    is_live_data = name == "ws_public_url" and environment == "demo"
    _check_place(name, url, site, "live" if is_live_data else environment)


def check_rest(name: str, url: str, site: Site, environment: Environment) -> None:
    """Raise :class:`ConfigError` when the override ``name`` is no http URL or leads somewhere else."""
    check_url(name, url, ("https", "http"))
    _check_place(name, url, site, environment)


def _check_place(name: str, url: str, site: Site, environment: Environment) -> None:
    host = urlsplit(url).hostname or ""
    actual_site, actual = _ENVIRONMENTS.get(host, (site, environment))
    if actual_site != site:
        raise ConfigError(
            f"site is {site!r} but {name} {host} belongs to site {actual_site!r}",
            hint=f"leave {name} out, or say site={actual_site!r}",
        )
    if actual != environment:
        raise ConfigError(
            f"environment is {environment!r} but {name} {host} is the {actual} host",
            hint=f"leave {name} out, or say environment={actual!r}",
        )


def book_paths(protocol: Protocol, own: Category) -> dict[str, str]:
    """Return where the books of each category are; "" is the client's own. Options have books of other depths.

    Args:
        protocol: Of the client.
        own: The client's category.
    """
    if protocol == "seed":
        return {}
    others: tuple[Category, ...] = () if own == "option" else ("linear", "inverse", "spot")
    found: dict[str, str] = {own: ""}
    return found | {other: route("v5", "public", other) for other in others if other != own}
