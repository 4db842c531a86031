"""State events and errors without a caller, on their way to the user.

Handlers run on the callback thread like any other callback; whatever they raise is logged and goes no further. Every
error is logged too, so that nobody has to register a handler to learn of it.
"""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable
from typing import Any, TypeVar

from okx_sync.checks import check_callback
from okx_sync.delivery.callbacks import CallbackPool, Strand, name_of
from okx_sync.errors import CallbackError, OkxError
from okx_sync.logs import get_logger
from okx_sync.state_event import StateEvent
from okx_sync.timing import now_ns
from okx_sync.worker import Worker

__all__ = ["Reporter"]

log = get_logger("client")

F = TypeVar("F", bound=Callable[..., Any])
_HISTORY = 200
_ERRORS = 50
_BACKLOG = 10_000


class Reporter:
    """Collects and hands out state events and errors."""

    def __init__(self, pool: CallbackPool) -> None:
        self._pool = pool
        self._state_handlers: list[Callable[[StateEvent], object]] = []
        self._error_handlers: list[Callable[[Exception], object]] = []
        self._witnesses: tuple[Callable[[StateEvent], object], ...] = ()
        self._queue: deque[StateEvent | Exception] = deque(maxlen=_BACKLOG)
        self.history: deque[StateEvent] = deque(maxlen=_HISTORY)
        self.told: Counter[str] = Counter()
        """How many state events of each kind there were."""
        self.errors = 0
        self.latest_errors: deque[tuple[int, str]] = deque(maxlen=_ERRORS)
        """Each with when it was told, nanoseconds since the epoch on this machine's clock."""
        # Guards whose turn it is to run handlers, so that they never overlap with themselves, not even while the client
        # closes; not held while they run.
        self._turn = threading.Condition()
        self._turn_of: int | None = None
        self._strand = Strand(self._one, lambda: len(self._queue), self._next, "on_state/on_error handlers")

    def on_state(self, handler: Callable[[StateEvent], object]) -> None:
        """Call ``handler(event)`` for every state event from now on."""
        check_callback(handler, "the handler")
        self._state_handlers.append(handler)

    def on_error(self, handler: Callable[[Exception], object]) -> None:
        """Call ``handler(exception)`` for every error that has no caller."""
        check_callback(handler, "the handler")
        self._error_handlers.append(handler)

    def watch(self, see: Callable[[StateEvent], object]) -> Callable[[], None]:
        """Call ``see(event)`` for every state event as it happens, on the thread to which it happens.

        It must neither raise nor wait. Returns the function that ends it.
        """
        self._witnesses += (see,)

        def end() -> None:
            self._witnesses = tuple(one for one in self._witnesses if one is not see)

        return end

    def state(self, event: StateEvent) -> None:
        """Hand out a state event; from any thread, never raises."""
        self.history.append(event)
        self.told[event.kind] += 1
        for see in self._witnesses:
            see(event)
        log.debug("%s", event)
        self._enqueue(event)

    def error(self, error: Exception) -> None:
        """Hand out an error that has no caller; from any thread, never raises."""
        self._count(error)
        # The first argument says what the line is about, so that a flood of one kind is logged as a count.
        log.error("%s: %s", type(error).__name__, error)
        self._enqueue(error)

    def callback_error(self, error: BaseException, event: object, callback: str) -> None:
        """Hand out what a user's callback raised, wrapped so that the callback's name is known."""
        wrapped = CallbackError(
            f"callback {callback} raised {type(error).__name__}: {error}", callback=callback, event=event
        )
        wrapped.__cause__ = error
        self._count(wrapped)
        log.error("callback %s raised", callback, exc_info=error)
        self._enqueue(wrapped)

    def _count(self, error: Exception) -> None:
        self.errors += 1
        self.latest_errors.append((now_ns(), f"{type(error).__name__}: {error}"))

    def last_words(self, timeout: float) -> None:
        """Hand out what is left when a client closes, waiting at most ``timeout`` seconds.

        On a thread of its own: a handler may hang, or hold a lock of the user's while it closes the client. Called
        from inside a handler it does not wait, as the rest comes after that handler has returned.
        """
        worker = Worker("okx-last-words", self._drain)
        try:
            worker.start()
        except OkxError as error:
            log.warning("%d last events are not handed out: %s", len(self._queue), error)
            return
        if self._turn_of != threading.get_ident():
            worker.join(timeout)

    def _drain(self, _worker: Worker) -> None:
        while self._queue:
            self._next()

    def _enqueue(self, item: StateEvent | Exception) -> None:
        self._queue.append(item)
        self._pool.schedule(self._strand)

    def _one(self, _most: int) -> list[None]:
        """Make one turn for the strand; which item it is about is settled under the lock."""
        return [None] if self._queue else []

    def _next(self, _turn: None = None) -> None:
        with self._turn:
            self._turn.wait_for(lambda: self._turn_of is None)
            if not self._queue:  # the other thread was faster
                return
            item = self._queue.popleft()
            self._turn_of = threading.get_ident()
        try:
            self._run(item)
        finally:
            with self._turn:
                self._turn_of = None
                self._turn.notify_all()

    def _run(self, item: StateEvent | Exception) -> None:
        handlers: list[Callable[[Any], object]]
        handlers = list(self._state_handlers if isinstance(item, StateEvent) else self._error_handlers)
        for handler in handlers:
            try:
                handler(item)
            except BaseException:  # also what is no Exception must not cost the other handlers
                log.exception("handler %s raised", name_of(handler))
