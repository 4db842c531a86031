"""The REST side of ``BybitWsClient``: what became of orders without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bybit.config import BybitConfig
from okx_sync.live.rest_access import RestAccess
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.clients.bybit_rest import BybitClient
    from okx_sync.rest import Limiter

__all__ = ["BybitRestAccess"]


class BybitRestAccess(RestAccess["BybitClient"]):
    """One ``BybitClient`` that shares the stream client's clock and limits."""

    def __init__(self, config: BybitConfig, clock: Clock, limiter: Limiter | None = None) -> None:
        def make(shared: Limiter) -> BybitClient:
            if not config.has_rest:
                raise ConfigError(
                    "these streams are not Bybit's own, and nobody says where their REST is",
                    hint="give the config rest_url=",
                )
            from okx_sync.clients.bybit_rest import BybitClient  # streams alone do without REST

            return BybitClient(config, clock=clock, limiter=shared)

        super().__init__(make, clock, limiter)
