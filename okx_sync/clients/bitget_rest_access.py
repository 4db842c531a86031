"""Bitget's REST client behind a stream client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okx_sync.errors import ConfigError
from okx_sync.exchanges.bitget.account_kind import AccountKind
from okx_sync.exchanges.bitget.config import BitgetConfig
from okx_sync.live.rest_access import RestAccess
from okx_sync.timing import Clock

if TYPE_CHECKING:
    from okx_sync.clients.bitget_rest import BitgetClient
    from okx_sync.rest import Limiter

__all__ = ["BitgetRestAccess"]


class BitgetRestAccess(RestAccess["BitgetClient"]):
    """One ``BitgetClient`` that shares the stream client's clock; call this to have it. Safe from any thread.

    Its account is of the kind that the protocol of the streams is for: nobody asks again.
    """

    def __init__(self, config: BitgetConfig, clock: Clock, limiter: Limiter | None = None) -> None:
        kind: AccountKind = "uta" if config.stream_protocol == "v3" else "classic"

        def make(limits: Limiter) -> BitgetClient:
            if not config.has_rest:
                raise ConfigError(
                    "these streams are not Bitget's own, and nobody says where their REST is",
                    hint="give the config rest_url=",
                )
            from okx_sync.clients.bitget_rest import BitgetClient

            return BitgetClient(config, clock=clock, limiter=limits, account_kind=kind)

        super().__init__(make, clock, limiter)
