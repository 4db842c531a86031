"""The groups of ``AsyncBybitClient`` as attributes of one object. Loaded as those of ``BybitClient`` are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from okx_sync.lazy import LatePart

if TYPE_CHECKING:
    from okx_sync.clients.bybit_async_account import AsyncAccount, AsyncAsset, AsyncSpotMargin, AsyncUser
    from okx_sync.clients.bybit_async_service import (
        AsyncAnnouncements,
        AsyncDemo,
        AsyncRateLimits,
        AsyncSpread,
        AsyncSystem,
    )
    from okx_sync.clients.bybit_async_trading import AsyncBybitOrder, AsyncBybitPosition
    from okx_sync.clients.bybit_rest import BybitClient
    from okx_sync.clients.okx_async.instruments import AsyncInstruments
    from okx_sync.live.call_pool import CallPool

__all__ = ["BybitAsyncGroups"]

G = TypeVar("G")


class _Late(LatePart[G]):
    """The twin of a group: its file and its class."""

    def __init__(self, file: str, name: str) -> None:
        super().__init__(f"okx_sync.clients.{file}", name)


class BybitAsyncGroups:
    """The groups of ``client``, run on ``pool``."""

    def __init__(self, pool: CallPool, client: BybitClient) -> None:
        self._pool = pool
        self._client = client

    def _make_part(self, name: str, twin: Any) -> Any:
        return twin(self._pool, getattr(self._client, name))

    instruments: _Late[AsyncInstruments] = _Late("okx_async.instruments", "AsyncInstruments")
    spot_instruments: _Late[AsyncInstruments] = _Late("okx_async.instruments", "AsyncInstruments")
    order: _Late[AsyncBybitOrder] = _Late("bybit_async_trading", "AsyncBybitOrder")
    position: _Late[AsyncBybitPosition] = _Late("bybit_async_trading", "AsyncBybitPosition")
    account: _Late[AsyncAccount] = _Late("bybit_async_account", "AsyncAccount")
    asset: _Late[AsyncAsset] = _Late("bybit_async_account", "AsyncAsset")
    user: _Late[AsyncUser] = _Late("bybit_async_account", "AsyncUser")
    spot_margin: _Late[AsyncSpotMargin] = _Late("bybit_async_account", "AsyncSpotMargin")
    spread: _Late[AsyncSpread] = _Late("bybit_async_service", "AsyncSpread")
    system: _Late[AsyncSystem] = _Late("bybit_async_service", "AsyncSystem")
    announcement: _Late[AsyncAnnouncements] = _Late("bybit_async_service", "AsyncAnnouncements")
    rate_limit: _Late[AsyncRateLimits] = _Late("bybit_async_service", "AsyncRateLimits")
    demo: _Late[AsyncDemo] = _Late("bybit_async_service", "AsyncDemo")
