"""Where the listeners of live objects run: on the callback thread, one after another, in order, none left out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from okx_sync.checks import check_callback
from okx_sync.client.reporter import Reporter
from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.state.front import Emit

__all__ = ["CallbackDispatch"]


class CallbackDispatch:
    """``dispatch(fn)`` for :class:`okx_sync.state.front.Front`; what ``fn`` raises goes to ``on_error``."""

    def __init__(self, pool: CallbackPool, reporter: Reporter) -> None:
        self._pool = pool
        self._reporter = reporter

    def __call__(self, fn: Callable[[Any], object]) -> Emit:
        """A function that hands events to ``fn``; from any thread, returns at once, never raises.

        This call itself raises ``OkxError`` when there is no thread to run ``fn`` on.
        """
        check_callback(fn, "the listener")
        # Account events are rare next to market data and must not be dropped: no bound.
        waiting: deque[Any] = deque()
        label = name_of(fn)
        self._pool.ensure_running()

        def take(most: int) -> list[Any]:
            return [waiting.popleft() for _ in range(min(most, len(waiting)))]

        def run(event: Any) -> None:
            try:
                fn(event)
            except BaseException as error:  # noqa: BLE001  user code may raise anything
                self._reporter.callback_error(error, event, label)

        strand = Strand(take, lambda: bool(waiting), run, label)

        def emit(event: Any) -> None:
            waiting.append(event)
            self._pool.schedule(strand)

        return emit
