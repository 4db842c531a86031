"""How to reach the exchange over HTTP."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Route"]


@frozen
class Route:
    """Seconds allowed for connecting and for each answer, proxy, extra trust."""

    timeout_s: float = 30.0
    proxy_url: str | None = None
    ca_file: str | None = None
