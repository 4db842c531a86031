"""The worker threads of an asynchronous client: they start when they are needed and end when they idle.

Not ``concurrent.futures.ThreadPoolExecutor``: the interpreter waits for its threads at exit, so that one call without
an answer would hold up Ctrl-C for as long as its timeout.
"""

from __future__ import annotations

import contextvars
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from okx_sync.errors import ConfigError, OkxError
from okx_sync.timing import Clock, Deadline
from okx_sync.worker import Worker

__all__ = ["CallPool"]

R = TypeVar("R")
_Job = tuple["Future[Any]", Callable[[], Any]]

_IDLE_S = 10.0
_LOOKS = 10


class CallPool:
    """Runs calls on at most ``most`` daemon threads; further calls wait in their order.

    Args:
        most: Threads at most.
        clock: Where time comes from.
        idle_s: Seconds after which a thread without work ends, so that a client that nobody closed leaves nothing
            behind.
    """

    def __init__(self, most: int, clock: Clock, *, idle_s: float = _IDLE_S) -> None:
        if most < 1:
            raise ConfigError(f"threads must be at least 1, not {most}", hint="leave it out for the default")
        self._most = most
        self._clock = clock
        self._idle_s = idle_s
        # Guards everything below; not held while a call runs.
        self._changed = threading.Condition()
        self._jobs: deque[_Job] = deque()
        self._workers: list[Worker] = []
        self._idle = 0
        self._made = 0
        self._is_closed = False

    def submit(self, call: Callable[[], R]) -> Future[R]:
        """Run ``call`` as soon as a thread is free, in the caller's context. Raises :class:`OkxError` when closed."""
        job = _job(call)
        with self._changed:
            if self._is_closed:
                raise _closed()
            if len(self._jobs) >= self._idle and len(self._workers) < self._most:
                self._start()
            self._jobs.append(job)
            self._changed.notify()
        return job[0]

    def aside(self, call: Callable[[], R]) -> Future[R]:
        """Run ``call`` on a thread of its own, even when the pool is closed."""
        future, inner = _job(call)
        Worker("okx-async-close", lambda _worker: _fulfil(future, inner)).start()
        return future

    def close(self, timeout: float) -> None:
        """Refuse calls that have not begun, wait at most ``timeout`` seconds for the others. Idempotent."""
        with self._changed:
            self._is_closed = True
            refused, self._jobs = self._jobs, deque()
            workers = list(self._workers)
            self._changed.notify_all()
        for future, _ in refused:
            if future.set_running_or_notify_cancel():
                future.set_exception(_closed())
        deadline = Deadline(timeout, self._clock)
        for worker in workers:
            worker.join(deadline.left() or 0.0)

    def abandon(self) -> None:
        """Let the threads end, soon, since nobody can call any more. Takes no lock."""
        self._is_closed = True

    def _start(self) -> None:
        self._made += 1
        worker = Worker(f"okx-async-{self._made}", self._work)
        worker.start()
        self._workers.append(worker)

    def _work(self, worker: Worker) -> None:
        # The last job is not kept in a variable here: it would hold its result until the next one comes.
        while self._do_next(worker):
            pass

    def _do_next(self, worker: Worker) -> bool:
        with self._changed:
            if worker.stopping:  # its start was interrupted by a signal
                return False
            self._idle += 1
            for _ in range(_LOOKS):  # nobody can be woken while an object is collected, see abandon()
                if self._changed.wait_for(lambda: self._jobs or self._is_closed, self._idle_s / _LOOKS):
                    break
            self._idle -= 1
            if not self._jobs:
                self._workers.remove(worker)
                return False
            future, call = self._jobs.popleft()
        _fulfil(future, call)
        # Here too: an error's traceback knows this frame as the one that called the other.
        del future, call
        return True


def _job(call: Callable[[], Any]) -> _Job:
    context = contextvars.copy_context()
    return Future(), lambda: context.run(call)


def _fulfil(future: Future[Any], call: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001  whatever it is, it belongs to the one who awaits
        future.set_exception(error)
    else:
        future.set_result(result)
    finally:
        # The error's traceback knows this frame: without this the two would keep each other alive.
        del future


def _closed() -> OkxError:
    return OkxError("this client is closed", hint="make a new one")
