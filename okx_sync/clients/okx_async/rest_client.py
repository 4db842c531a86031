"""What the asynchronous clients of all exchanges have in common: their threads, and their end."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self, TypeVar

from okx_sync import fork
from okx_sync.clients.foreign_names import HintsAtNames
from okx_sync.clients.okx_async.bridge import AsyncTwin, awaitable
from okx_sync.live.call_pool import CallPool
from okx_sync.live.rest_client import RestClient

__all__ = ["THREADS", "AsyncRestClient"]

C_co = TypeVar("C_co", bound=RestClient, covariant=True)

THREADS = 16


class AsyncRestClient(HintsAtNames, AsyncTwin[C_co]):
    """Every call of a synchronous client, awaited.

    Args:
        client: The synchronous one, which belongs to this from now on.
        threads: How many calls may be under way at once.
    """

    def __init__(self, client: C_co, threads: int) -> None:
        self.clock = client.clock
        AsyncTwin.__init__(self, CallPool(threads, client.clock), client)
        client._belong_to(type(self).__name__, self._pool.abandon)

    @property
    def sync(self) -> C_co:
        """The synchronous client beneath, for threads and for what is not a call. Its calls block."""
        return self._sync

    async def aclose(self, timeout: float = 5.0) -> None:
        """Close the connections. Idempotent, from any loop; later calls raise.

        Calls that are under way may finish for ``timeout`` seconds and then are left to themselves; those that have
        not begun raise ``OkxError``.
        """
        if fork.is_from_parent(self):
            return
        await asyncio.wrap_future(self._pool.aside(lambda: self._shut(timeout)))

    def _shut(self, timeout: float) -> None:
        self._pool.close(timeout)
        self._sync.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    sync_clock = awaitable(RestClient.sync_clock)
    request = awaitable(RestClient.request)
