"""How to reach the exchange over HTTP."""

from __future__ import annotations

from typing import Final, Protocol, Self

from attrs import frozen

__all__ = ["HttpConfig", "Route"]

_MOST_BYTES: Final = 64 << 20


class HttpConfig(Protocol):
    """What a configuration says of reaching the exchange."""

    @property
    def timeout_secs(self) -> float:
        """Seconds allowed for a whole call."""

    @property
    def proxy_url(self) -> str | None:
        """The client's own proxy; None for the environment's."""

    @property
    def ca_file(self) -> str | None:
        """A file of further trusted certificates (PEM)."""

    @property
    def max_response_bytes(self) -> int:
        """How many bytes an answer may hold when unpacked."""


@frozen
class Route:
    """Seconds allowed for a whole call, proxy, extra trust, and how many bytes an answer may hold when unpacked."""

    timeout_s: float = 30.0
    proxy_url: str | None = None
    ca_file: str | None = None
    max_response_bytes: int = _MOST_BYTES

    @classmethod
    def of(cls, way: HttpConfig) -> Self:
        """Make the route that a configuration describes."""
        return cls(way.timeout_secs, way.proxy_url, way.ca_file, way.max_response_bytes)
