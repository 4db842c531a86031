"""Reads streams of ccxt.pro to their end, so that nothing is missed between two calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from okx_sync.paper import PaperExchange

__all__ = ["Watching"]

TIMEOUT_S = 10

Watch = Callable[[], Awaitable[list[dict[str, Any]]]]


class Watching:
    """What a client that is closed at the end was told by each of its streams."""

    def __init__(self, client: Any, paper: PaperExchange) -> None:
        self._client = client
        self._paper = paper
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self._client.load_markets()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.close()

    async def watch(self, topic: str, **streams: Watch) -> None:
        """Read these from now on, when the exchange has the last of their topics."""
        for name, watch in streams.items():
            self._rows[name] = []
            self._tasks.append(asyncio.create_task(self._read(name, watch)))
        assert await asyncio.to_thread(self._paper.wait_for, lambda: any(topic in one for one in self._paper.topics()))

    async def _read(self, name: str, watch: Watch) -> None:
        while True:
            self._rows[name] += [dict(row) for row in await watch()]  # they change rows that they have told of
            self._changed.set()

    async def until(self, name: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first row of a stream that is wanted."""
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                for task in self._tasks:
                    if task.done():
                        task.result()
                for row in self._rows[name]:
                    if wanted(row):
                        return row
                self._changed.clear()
                await self._changed.wait()
