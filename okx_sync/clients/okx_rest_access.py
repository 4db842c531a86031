"""The REST side of a stream client: made when it is first needed, closed with it.

Streams alone cannot tell what happened while they were down; orders by code need the instrument list. Importing
hundreds of endpoints takes a moment, so nobody pays for it who does not need it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from okx_sync.exchanges.okx.config import Config
from okx_sync.live.made_once import MadeOnce
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.clients.okx_rest import OkxClient
    from okx_sync.rest import Endpoint, Limiter, Reply

__all__ = ["RestAccess"]


class RestAccess(MadeOnce["OkxClient"]):
    """One ``OkxClient`` that shares the stream client's clock; call this to have it. Safe from any thread."""

    def __init__(self, config: Config, clock: Clock, limiter: Limiter | None = None) -> None:
        super().__init__(self._new_client)
        self._config = config
        self._clock = clock
        self._limiter = MadeOnce(self._new_limiter, limiter)

    def _new_client(self) -> OkxClient:
        from okx_sync.clients.okx_rest import OkxClient

        client = OkxClient(self._config, clock=self._clock, limiter=self.limiter)
        client._belong_to("stream client", None)
        return client

    def _new_limiter(self) -> Limiter:
        from okx_sync.rest.limits import Limiter

        return Limiter(self._clock)

    @property
    def limiter(self) -> Limiter:
        """The rate limits that REST and order operations of this client share."""
        return self._limiter()

    def send(self, endpoint: Endpoint, params: dict[str, Any], headers: Mapping[str, str]) -> Reply:
        """Carry out an endpoint with parameters by wire name; the rows come back undecoded. Raises ``OkxError``."""
        return self()._runner.send(endpoint, params, headers)

    def fetch(self, path: str, params: Mapping[str, Any]) -> list[Any]:
        """Send one signed GET; returns the rows as they are on the wire. Raises ``OkxError``."""
        return self().request("GET", path, params)

    def close(self) -> None:
        """Close the connections. Idempotent."""
        if (client := self.end()) is not None:
            client.close()
