"""The end of a client: once, from any thread, and from a signal handler that has interrupted a call of the client.

Such a handler runs on the main thread while that is somewhere inside the client, maybe holding a lock. A close there
and then would wait for itself for ever. So the client is only marked as closed, a thread of its own does the rest, and
the interrupted call raises ``StreamClosed`` once that is done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sized
from types import TracebackType
from typing import Self

from okx_sync import fork
from okx_sync.dropped import tell_unclosed
from okx_sync.errors import OkxError
from okx_sync.logs import get_logger
from okx_sync.timing import about_to_wait
from okx_sync.worker import Worker, has_interrupted_us, on_worker

__all__ = ["Closable", "Closing"]

log = get_logger("client")

_LIMIT_S = 5.0


class Closing:
    """Ends a client, once.

    Args:
        mark: Lets nothing new begin, takes no lock, may be called again.
        shut_down: Ends all.
    """

    def __init__(self, mark: Callable[[], None], shut_down: Callable[[], None]) -> None:
        self._mark = mark
        self._shut_down = shut_down
        # Whoever takes it out does the closing. No lock: a handler may come between any two steps of ours.
        self._turn = [None]
        self._done = threading.Event()
        self._left_to: int | None = None  # the thread whose call a handler has interrupted

    def close(self) -> None:
        """Close, or wait (a bounded time) until another thread has. From a handler inside a call: see the module."""
        self._mark()
        is_inside = has_interrupted_us()
        if not self._take_turn():
            if not is_inside and not on_worker():  # one that the other thread may be waiting for
                self._done.wait(_LIMIT_S)
            return
        if is_inside:
            self._left_to = threading.get_ident()
            self._hand_over()
        else:
            self._run()

    def finish(self) -> None:
        """Wait for the end of a close that a handler left to a call that now ends with ``StreamClosed``."""
        if self._left_to == threading.get_ident():
            self._done.wait(_LIMIT_S)

    def _take_turn(self) -> bool:
        try:
            self._turn.pop()
        except IndexError:
            return False
        return True

    def _hand_over(self) -> None:
        try:
            Worker("okx-close", lambda _worker: self._run()).start()
        except BaseException as error:
            self._turn.append(None)
            if not isinstance(error, OkxError):  # Ctrl-C, say
                raise
            log.error("the client is closed but not tidied up; close() again outside of the handler: %s", error)

    def _run(self) -> None:
        about_to_wait()
        try:
            self._shut_down()
        except BaseException:
            self._turn.append(None)  # Ctrl-C, say: whoever closes next goes on
            raise
        self._done.set()


class Closable:
    """Base of a client: ``close()`` and ``with``. A subclass says what is done, in two steps."""

    def __init__(self) -> None:
        self._end_of_life = Closing(self._mark_closed, self._shut_down)
        fork.watch(self)
        self._unclosed: Callable[[], object] = lambda: None

    def _tell_unclosed(self, environment: str, opened: Sized) -> None:
        """Warn, from now on, when this client is dropped without being closed and ``opened`` is not empty."""
        name = f"<{type(self).__name__} {environment}>"
        self._unclosed = tell_unclosed(self, name, opened.__len__).detach

    def close(self) -> None:
        """End everything: threads, sockets, subscriptions.

        Idempotent, bounded in time, safe from any thread, from inside a callback, and from a signal handler: if that
        has interrupted a call of this client, the client is marked as closed, and the call raises ``StreamClosed``
        when everything has ended.
        """
        if fork.is_from_parent(self):
            return
        self._unclosed()
        self._end_of_life.close()

    def finish_closing(self) -> None:
        """Do as :meth:`Closing.finish` does, for a call that ends with ``StreamClosed``."""
        self._end_of_life.finish()

    def _mark_closed(self) -> None:
        """Let nothing new begin. Takes no lock."""
        raise NotImplementedError

    def _shut_down(self) -> None:
        """End all. Called once, unless it was interrupted."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
