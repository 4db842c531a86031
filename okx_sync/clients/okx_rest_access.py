"""The REST side of ``WsClient``: orders by code need the instrument list, and outages what REST knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.exchanges.okx.config import Config
from okx_sync.live.rest_access import RestAccess
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.clients.okx_rest import OkxClient
    from okx_sync.rest import Limiter

__all__ = ["OkxRestAccess"]


class OkxRestAccess(RestAccess["OkxClient"]):
    """One ``OkxClient`` that shares the stream client's clock and limits."""

    def __init__(self, config: Config, clock: Clock, limiter: Limiter | None = None) -> None:
        def make(shared: Limiter) -> OkxClient:
            from okx_sync.clients.okx_rest import OkxClient  # streams alone do without REST

            return OkxClient(config, clock=clock, limiter=shared)

        super().__init__(make, clock, limiter)
