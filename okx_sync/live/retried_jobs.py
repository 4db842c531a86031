"""Short tasks that are tried until they are done, one after another, on a thread of their own.

Each is known by a key: one that is added again takes the place of the one before. Between two tries nobody is kept
waiting: what is due first is done first, and no news puts it off, so that each has its turn under any number of them.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import weakref
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

import attrs

from okx_sync.dropped import Bell, wired
from okx_sync.timing import Clock
from okx_sync.worker import Worker

__all__ = ["RetriedJobs"]

K = TypeVar("K", bound=Hashable)
Try = Callable[[int], float | None]
"""Given the number of the try, from 1 on: seconds until it is to be tried again, None when it is done."""


@attrs.define
class _Job:
    """Due at a time of the monotonic clock, for the ``attempt``-th time."""

    run: Try
    due: float
    attempt: int = 1


class RetriedJobs(Generic[K]):
    """Short tasks that are tried again, on a thread of their own.

    Args:
        name: Of the thread.
        failed: ``failed(key, attempt, error)`` takes what a task raised, and says as the task itself would when it is
            to be tried again.
    """

    def __init__(self, name: str, clock: Clock, failed: Callable[[K, int, Exception], float | None]) -> None:
        self._clock = clock
        self._failed = failed
        # Guards the jobs; none is run under it.
        self._lock = threading.RLock()
        self._bell: Bell = queue.SimpleQueue()
        self._jobs: dict[K, _Job] = {}
        self._worker = Worker(name, partial(_serve, wired(self, self._bell), self._bell))

    @property
    def is_stopping(self) -> bool:
        """True once :meth:`stop` was called."""
        return self._worker.stopping

    def start(self) -> None:
        """Start the thread. Raises ``OkxError`` when there is none to be had."""
        self._worker.start()

    def stop(self) -> None:
        """Begin no more tasks; returns at once."""
        self._worker.ask_to_stop()
        self._bell.put(None)

    def join(self, timeout: float) -> bool:
        """Wait for the end of the thread, at most ``timeout`` seconds; True when it has ended."""
        return self._worker.join(timeout)

    def __contains__(self, key: K) -> bool:
        with self._lock:
            return key in self._jobs

    def add(self, key: K, run: Try, delay_s: float) -> None:
        """Have ``run`` done in ``delay_s`` seconds, or sooner in the place of one of this key that is due sooner."""
        due = self._clock.monotonic() + delay_s
        with self._lock:
            before = self._jobs.get(key)
            self._jobs[key] = _Job(run, due if before is None else min(due, before.due))
        self._bell.put(None)

    def step(self) -> float | None:
        """Do the task that is due first, if it is due; seconds until the next one is, None when there is none."""
        with self._lock:
            key = min(self._jobs, key=lambda one: self._jobs[one].due, default=None)
            left = None if key is None else self._jobs[key].due - self._clock.monotonic()
            if key is None or left is None or left > 0:
                return left
            job = self._jobs.pop(key)
        try:
            again = job.run(job.attempt)
        except Exception as error:  # noqa: BLE001  the owner judges it
            again = self._failed(key, job.attempt, error)
        if again is not None:
            with self._lock:  # what was added meanwhile is newer
                self._jobs.setdefault(key, _Job(job.run, self._clock.monotonic() + again, job.attempt + 1))
        return 0.0


def _serve(ref: weakref.ref[RetriedJobs[Any]], bell: Bell, worker: Worker) -> None:
    """Run the thread. While it waits it does not hold the client, see ``okx_sync.dropped``."""
    while not worker.stopping and (jobs := ref()) is not None:
        pause = jobs.step()
        del jobs
        with contextlib.suppress(queue.Empty):
            bell.get(timeout=pause)
