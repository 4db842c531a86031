"""The one background thread of the paper exchange: an asyncio loop that owns everything.

The market, the accounts and every socket live on this loop, so none of them needs a lock.
Other threads hand work in through `LoopThread.call` and wait for the answer.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")

CALL_TIMEOUT_S = 30.0
"""How long a caller in another thread waits for the loop before it gives up."""


class LoopThread:
    """An asyncio loop in a named daemon thread, with blocking calls into it."""

    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._is_abandoned = False

    def start(self) -> None:
        """Start the thread; `call` and `submit` work from here on. RuntimeError when the system gives none."""
        try:
            self._thread.start()
        except BaseException:
            self.loop.close()
            raise

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            asyncio.set_event_loop(None)
            if self._is_abandoned:
                self.loop.close()

    @property
    def inside(self) -> bool:
        """Whether the current thread is the loop's own."""
        return threading.current_thread() is self._thread

    @property
    def alive(self) -> bool:
        """Whether the thread still runs."""
        return self._thread.is_alive()

    def call(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run `fn(*args, **kwargs)` on the loop and return what it returns (or raise what it raises)."""
        if self.inside:
            return fn(*args, **kwargs)
        answer: Future[T] = Future()

        def run() -> None:
            try:
                answer.set_result(fn(*args, **kwargs))
            except BaseException as problem:  # noqa: BLE001 - handed to the waiting thread as it is
                answer.set_exception(problem)

        self.loop.call_soon_threadsafe(run)
        return answer.result(CALL_TIMEOUT_S)

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Schedule a coroutine on the loop; returns a future to wait for."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def stop(self, timeout: float) -> None:
        """Cancel what is left, stop the loop, join the thread and close the loop."""
        if self._thread.is_alive():
            self.submit(self._cancel_tasks()).result(timeout)
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(timeout)
        if not self._thread.is_alive():
            self.loop.close()

    def abandon(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Stop as `stop` does, after `last()`, without waiting: nobody is left who could."""

        async def end() -> None:
            try:
                await last()
            finally:
                await self._cancel_tasks()
                self.loop.stop()

        self._is_abandoned = True
        self.loop.call_soon_threadsafe(lambda: self.loop.create_task(end()))

    async def _cancel_tasks(self) -> None:
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # Closed transports release their sockets in callbacks of the next loop turns.
        for _ in range(5):
            await asyncio.sleep(0)
        await self.loop.shutdown_asyncgens()
