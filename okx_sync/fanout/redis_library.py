"""The library of the extra ``fanout``, imported where it is used, and its address without the password."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from okx_sync.errors import ConfigError
from okx_sync.logs import hide, mask_url

__all__ = ["BrokerAddress"]


class BrokerAddress:
    """Where Redis is: ``redis://``, ``rediss://`` or ``unix://``, with user and password if it wants them.

    Raises ``ConfigError`` for what is no such address, and where the extra is not installed.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url) if isinstance(url, str) else None
        if parts is None or parts.scheme not in ("redis", "rediss", "unix"):
            raise ConfigError("this is no address of a Redis server", hint="as in 'redis://host:6379/0'")
        try:
            import redis.backoff
            import redis.retry
        except ImportError:
            raise ConfigError(
                "this needs redis, which is not installed", hint="pip install 'okx_sync[fanout]'"
            ) from None
        self._url = url
        self.library: Any = redis
        if parts.password:
            hide(parts.password)
            hide(unquote(parts.password))
        self.shown = mask_url(url)
        """The address as it may be shown."""

    def __repr__(self) -> str:
        return f"BrokerAddress({self.shown!r})"

    def connect(self, timeout_s: float) -> Any:
        """Return a client of one connection that neither waits for longer nor tries again by itself."""
        return self.library.Redis.from_url(
            self._url,
            protocol=2,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            retry=self.library.retry.Retry(self.library.backoff.NoBackoff(), 0),
        )
