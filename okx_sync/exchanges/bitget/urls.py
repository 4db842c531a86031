"""The addresses of Bitget: one row per protocol, with its paths and whether it has a demo host.

V1 was switched off on 2025-11-28; its address is kept for gateways and mock servers behind the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal
from urllib.parse import urlsplit

from attrs import frozen

from okx_sync.errors import ConfigError
from okx_sync.exchanges.settings import check_url

__all__ = [
    "ADDRESSES",
    "LIVE_HOST",
    "REST_ADDRESS",
    "Path",
    "Protocol",
    "ProtocolAddress",
    "check_ws",
    "is_known",
    "ws_address",
]

Protocol = Literal["v2", "v3", "seed", "v1"]
Path = Literal["public", "private"]

LIVE_HOST: Final = "ws.bitget.com"
_DEMO_HOST: Final = "wspap.bitget.com"
REST_ADDRESS: Final = "https://api.bitget.com"


@frozen
class ProtocolAddress:
    """The address of a protocol. ``routes``: the URL's path by the name of ours; V1 has one socket for both."""

    routes: Mapping[Path, str]
    has_demo: bool = False


_V1: Final[Mapping[Path, str]] = {"public": "/mix/v1/stream", "private": "/mix/v1/stream"}

ADDRESSES: Final[dict[Protocol, ProtocolAddress]] = {
    "v2": ProtocolAddress({"public": "/v2/ws/public", "private": "/v2/ws/private"}, has_demo=True),
    "v3": ProtocolAddress({"public": "/v3/ws/public", "private": "/v3/ws/private"}, has_demo=True),
    "seed": ProtocolAddress(_V1),
    "v1": ProtocolAddress(_V1),
}


def is_known(url: str) -> bool:
    """Tell whether ``url`` leads to Bitget itself and not to a proxy, a recording or a paper exchange."""
    return urlsplit(url).hostname in (LIVE_HOST, _DEMO_HOST)


def ws_address(protocol: Protocol, demo: bool, path: Path) -> str:
    """Return the WebSocket URL of a path, demo or live."""
    return f"wss://{_DEMO_HOST if demo else LIVE_HOST}{ADDRESSES[protocol].routes[path]}"


def check_ws(name: str, url: str, demo: bool) -> None:
    """Raise :class:`ConfigError` when the override ``name`` is no WebSocket URL, or leads to live for demo."""
    check_url(name, url)
    host = urlsplit(url).hostname
    if host in (LIVE_HOST, _DEMO_HOST) and (host == _DEMO_HOST) != demo:
        kind = "demo" if host == _DEMO_HOST else "live"
        raise ConfigError(
            f"demo is {demo} but {name} {host} is the {kind} host",
            hint=f"leave {name} out, or say demo={not demo}",
        )
