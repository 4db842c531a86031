"""The REST side of a stream client: made when it is first needed, closed with it.

Streams alone cannot tell what happened while they were down; orders by code need the instrument list. Importing
hundreds of endpoints takes a moment, so nobody pays for it who does not need it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from okx_sync.errors import StreamClosed
from okx_sync.exchanges.okx.config import Config
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.clients.okx_rest import OkxClient
    from okx_sync.rest import Endpoint, Limiter, Reply, RestDialect
    from okx_sync.rest.route import HttpConfig

__all__ = ["RestAccess", "measure_clock"]


class RestAccess:
    """One ``OkxClient`` that shares the stream client's clock. Safe from any thread."""

    def __init__(self, config: Config, clock: Clock, limiter: Limiter | None = None) -> None:
        self._config = config
        self._clock = clock
        self._limiter = limiter
        # Guards the making of the client; no call is made under it.
        self._lock = threading.RLock()
        self._client: OkxClient | None = None
        self._is_closed = False

    def __call__(self) -> OkxClient:
        """The client. Raises ``StreamClosed`` after :meth:`close`."""
        from okx_sync.clients.okx_rest import OkxClient

        with self._lock:
            if self._is_closed:
                raise StreamClosed("the client was closed")
            if self._client is None:
                self._client = OkxClient(self._config, clock=self._clock, limiter=self.limiter)
                self._client._belong_to("stream client", None)
            return self._client

    @property
    def limiter(self) -> Limiter:
        """The rate limits that REST and order operations of this client share."""
        from okx_sync.rest.limits import Limiter

        with self._lock:
            if self._limiter is None:
                self._limiter = Limiter(self._clock)
            return self._limiter

    def send(self, endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str]) -> Reply:
        """Carry out an endpoint with parameters by wire name; the rows come back undecoded. Raises ``OkxError``."""
        return self()._runner.send(endpoint, params, headers)

    def fetch(self, path: str, params: Mapping[str, Any]) -> list[Any]:
        """One signed GET; the rows as they are on the wire. Raises ``OkxError``."""
        return self().request("GET", path, params)

    def close(self) -> None:
        """Close the connections. Idempotent."""
        with self._lock:
            self._is_closed = True
            client = self._client
        if client is not None:
            client.close()


def measure_clock(dialect: RestDialect, way: HttpConfig) -> float:
    """How far an exchange's clock is ahead of this machine's, in seconds, asked over REST. Raises ``OkxError``.

    With connections of its own: the shared clock is set by whoever asked, who also tells the user.
    """
    from okx_sync.rest import Executor, Route

    runner = Executor(dialect, Route.of(way))
    try:
        return runner.sync_clock()
    finally:
        runner.close()
