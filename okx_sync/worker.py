"""A named, stoppable background thread, small enough to see whole.

Every thread of the package is a :class:`Worker`: it has a name that a thread dump explains, it is a daemon so that
it never keeps a process alive, and :meth:`Worker.stop` may be called from any thread, its own included.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import FrameType

from okx_sync.errors import OkxError
from okx_sync.logs import get_logger

__all__ = ["Worker", "has_interrupted_us", "on_worker"]

_THIS_THREAD = threading.local()
# Rooms whose code belongs to the user's side: it may call a client, and is not called by one.
_OUTSIDE = ("okx_sync.cli.", "okx_sync.demo.", "okx_sync.notebook.", "okx_sync.paper.")

log = get_logger("worker")


class Worker:
    """Runs ``body(worker)`` in a thread of its own until it returns.

    Args:
        name: Of the thread.
        body: Looks at ``worker.stopping`` between its steps.
        on_crash: Takes an exception that escapes ``body``; it is logged in any case.
    """

    def __init__(
        self,
        name: str,
        body: Callable[[Worker], None],
        on_crash: Callable[[BaseException], object] | None = None,
    ) -> None:
        self.name = name
        self._body = body
        self._on_crash = on_crash
        self._stop = threading.Event()
        self.stopping = False
        """True once :meth:`ask_to_stop` was called."""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread; a second call is an error of ours.

        Raises ``OkxError`` when the system gives no more threads; nothing runs then, and it may be tried again.
        """
        try:
            self._thread.start()
        except (RuntimeError, MemoryError) as error:
            if self._thread.ident is not None:  # a second call
                raise
            raise OkxError(
                f"the thread {self.name} cannot be started: {error or 'no memory'}",
                retryable=True,
                hint="the process or the system has too many: look at `ulimit -u` and the container's pids limit",
            ) from error
        except BaseException:  # a signal's handler raised while the thread began: it failed, so nothing may run
            self.ask_to_stop()
            raise

    def wait(self, seconds: float) -> bool:
        """Sleep inside ``body``; returns True at once when the worker is asked to stop."""
        return self._stop.wait(seconds)

    def ask_to_stop(self) -> None:
        """Let ``body`` see ``stopping``; returns at once."""
        self.stopping = True
        self._stop.set()

    def join(self, timeout: float) -> bool:
        """Wait for the end, at most ``timeout`` seconds. True when it ended (or is the calling thread itself)."""
        if self._thread is threading.current_thread() or self._thread.ident is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def stop(self, timeout: float) -> bool:
        """Ask the thread to stop (:meth:`ask_to_stop`) and :meth:`join` it."""
        self.ask_to_stop()
        return self.join(timeout)

    @property
    def is_alive(self) -> bool:
        """True while the thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        if self.stopping:
            return
        _THIS_THREAD.is_worker = True
        try:
            self._body(self)
        except BaseException as error:
            # The last line of defence: a thread that dies in silence is the worst fault of all. SystemExit is one that
            # Python itself would say nothing of.
            log.exception("thread %s died", self.name)
            if self._on_crash is not None:
                self._on_crash(error)


def on_worker() -> bool:
    """Tell whether the calling thread is one of this package."""
    return getattr(_THIS_THREAD, "is_worker", False)


def has_interrupted_us() -> bool:
    """Tell whether this is user code that a signal has started in the middle of a call of this package.

    That call may hold locks.

    Python runs handlers of signals on the main thread, between two steps of whatever is going on there. So the stack
    tells: the call that asks, the user's function, and below it our code again. A queue of the user's counts as ours:
    we put events into it. User code that one of our calls runs by itself (a predicate) cannot be told from that and
    counts too, on the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return False
    frame: FrameType | None = sys._getframe(1)
    was_outside = False
    while frame is not None:
        name = f"{frame.f_globals.get('__name__')}."
        is_ours = name.startswith("okx_sync.") and not name.startswith(_OUTSIDE)
        if was_outside and (is_ours or name == "queue."):
            return True
        was_outside |= not is_ours
        frame = frame.f_back
    return False
