"""How the tests of the asynchronous client run loops and make calls that take as long as a test wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.loopback.conftest import PATIENCE_S, our_threads, until

__all__ = ["Held", "async_threads", "run", "soon", "until"]

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """``main`` on a new event loop, with a limit."""
    return asyncio.run(asyncio.wait_for(main, 4 * PATIENCE_S))


async def soon(predicate: Callable[[], object], what: str = "") -> None:
    """``until`` without holding up the loop."""
    await asyncio.get_running_loop().run_in_executor(None, lambda: until(predicate, what=what))


def async_threads() -> list[str]:
    """Names of the live threads of asynchronous clients."""
    return our_threads("okx-async")


class Held:
    """A call that lasts until it is released, and tells that it has begun."""

    def __init__(self, result: Any = None) -> None:
        self.began = threading.Event()
        self.release = threading.Event()
        self.result = result

    def __call__(self) -> Any:
        self.began.set()
        assert self.release.wait(PATIENCE_S)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result
