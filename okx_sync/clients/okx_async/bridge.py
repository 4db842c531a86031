"""Methods that block as methods that are awaited, with the same parameters, result, errors and documentation."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from okx_sync import fork
from okx_sync.live.call_pool import CallPool
from okx_sync.logs import get_logger

__all__ = ["AsyncTwin", "awaitable", "in_thread"]

log = get_logger("async")

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


class AsyncTwin(Generic[S_co]):
    """Base of awaitable classes: it knows its synchronous twin and the threads on which that one's methods run."""

    def __init__(self, pool: CallPool, sync: S_co) -> None:
        fork.watch(self)
        self._pool = pool
        self._sync = sync

    def __repr__(self) -> str:
        return f"<async {self._sync!r}>"


def awaitable(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[AsyncTwin[S], P], Coroutine[Any, Any, R]]:
    """Make a coroutine method of ``method`` of the synchronous twin.

    What it raises comes through as it is, with the traceback of the call. Cancelling the awaiting task ends the
    waiting, not the call: one that has not begun is never sent; one that has goes on, and how it ended is logged.
    """

    @functools.wraps(method)
    async def call(self: AsyncTwin[S], /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await in_thread(self._pool, method.__name__, lambda: method(self._sync, *args, **kwargs))

    return call


async def in_thread(pool: CallPool, name: str, call: Callable[[], R]) -> R:
    """Run ``call`` on a thread of ``pool``; ``name`` is for the log, see :func:`awaitable`."""
    future = pool.submit(call)
    try:
        return await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        if not future.cancel():
            future.add_done_callback(functools.partial(_tell, name))
        raise
    finally:
        # An error's traceback knows this frame, and the future knows the error.
        del future


def _tell(name: str, future: Future[Any]) -> None:
    """Log the outcome of a call that changes something and that nobody waits for any more."""
    error = future.exception()
    outcome = f"{type(error).__name__}: {error}" if error else repr(future.result())
    write = log.debug if name.startswith("get_") else log.warning
    write("%s ended after its task was cancelled: %.500s", name, outcome)
