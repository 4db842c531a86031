"""The threads that run user code, so that a slow callback delays no ping, no read and no other subscription.

Each subscription is a *strand*: its callbacks run one after another and in order. One thread serves all strands. Only
when a strand has kept that thread for ``relief_s`` while others wait, a relief thread takes the others over; it
leaves again when there is nothing to do. So two callbacks overlap only when one of them is slow.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from okx_sync.errors import OkxError
from okx_sync.logs import get_logger
from okx_sync.timing import Clock
from okx_sync.worker import Worker

__all__ = ["CallbackPool", "Strand", "name_of"]

log = get_logger("callbacks")

_BATCH = 256  # how many events of one strand run before another strand gets its turn
_IDLE_S = 1.0  # how long a relief thread waits for more before it leaves


def name_of(fn: Callable[..., Any]) -> str:
    """Return the name of a user's function as log lines show it: ``module.qualname``."""
    module = getattr(fn, "__module__", None) or "?"
    return f"{module}.{getattr(fn, '__qualname__', repr(fn))}"


class Strand:
    """One line of work that never overlaps with itself.

    Args:
        take: ``take(n)`` gives up to n items without waiting.
        pending: Whether there are more items.
        run: ``run(item)`` handles one item and must not raise.
        label: The strand's name in warnings.
    """

    __slots__ = ("label", "pending", "run", "scheduled", "take")

    def __init__(
        self,
        take: Callable[[int], list[Any]],
        pending: Callable[[], object],
        run: Callable[[Any], None],
        label: str,
    ) -> None:
        self.take = take
        self.pending = pending
        self.run = run
        self.label = label
        self.scheduled = False  # guarded by the pool's lock


class _Turn:
    """What one pool thread is doing right now; read by others without a lock, so only ever replaced whole."""

    __slots__ = ("began", "label", "since", "warned")

    def __init__(self) -> None:
        self.label: str | None = None
        self.began = 0.0  # when the strand got its turn; one callback after another may keep others waiting too
        self.since = 0.0
        self.warned = False


class CallbackPool:
    """Runs strands. ``slow_s``: a callback that takes longer is named in a WARNING, once per call.

    ``relief_s``: how long a callback may keep others waiting. ``max_threads``: the most that may be stuck at a time.
    """

    def __init__(
        self, name: str, clock: Clock, *, slow_s: float = 1.0, relief_s: float = 0.25, max_threads: int = 8
    ) -> None:
        self._name = name
        self._clock = clock
        self._slow_s = slow_s
        self._relief_s = relief_s
        self._max_threads = max_threads
        # Guards the ready queue, the flags of strands and the set of threads; never held while a strand runs.
        self._lock = threading.RLock()
        self._work = threading.Condition(self._lock)
        self._ready: deque[Strand] = deque()
        self._turns: dict[Worker, _Turn] = {}
        self._started = 0
        self._waiting = 0  # threads that wait for work
        self._closed = False

    def ensure_running(self) -> None:
        """Start the thread now, for somebody who is about to rely on it. Raises ``OkxError`` when there is none."""
        with self._lock:
            if not self._turns and not self._closed:
                self._start_thread()

    def schedule(self, *strands: Strand) -> None:
        """Note that each of ``strands`` has something to do, with one wake-up. Cheap, from any thread, never raises."""
        with self._lock:
            if self._closed:
                return
            had = len(self._ready)
            for strand in strands:
                if not strand.scheduled:
                    strand.scheduled = True
                    self._ready.append(strand)
            if len(self._ready) == had:
                return
            if not self._turns:
                self._try_to_start()
            elif self._waiting:
                self._work.notify()

    def tick(self) -> None:
        """Look for stuck callbacks: warn, and send relief. Called regularly by the heartbeat threads."""
        now = self._clock.monotonic()
        late: list[tuple[str, float]] = []
        with self._lock:
            busy = [turn for turn in self._turns.values() if turn.label is not None]
            for turn in busy:
                lasted = now - turn.since
                if lasted >= self._slow_s and not turn.warned and turn.label is not None:
                    turn.warned = True
                    late.append((turn.label, lasted))
            stuck = all(now - turn.began >= self._relief_s for turn in busy)
            all_busy = len(busy) == len(self._turns)
            if self._ready and all_busy and stuck and len(self._turns) < self._max_threads:
                self._try_to_start()
        for label, lasted in late:
            log.warning("callback %s has been running for %.1f s; others go on without it", label, lasted)

    def running(self) -> dict[str, float]:
        """Return the callbacks that run right now, and for how many seconds."""
        now = self._clock.monotonic()
        with self._lock:
            return {t.label: now - t.since for t in self._turns.values() if t.label is not None}

    def close(self, timeout: float) -> bool:
        """Stop after the callbacks that run now; from inside a callback it does not wait for itself."""
        with self._lock:
            self._closed = True
            self._ready.clear()
            workers = list(self._turns)
            self._work.notify_all()
        end = self._clock.monotonic() + timeout
        joined = [worker.join(max(0.0, end - self._clock.monotonic())) for worker in workers]
        return all(joined)

    def _start_thread(self) -> None:
        worker = Worker(f"{self._name}-{self._started}", self._serve)
        self._turns[worker] = _Turn()
        try:
            worker.start()
        except BaseException:
            del self._turns[worker]
            raise
        self._started += 1

    def _try_to_start(self) -> None:
        """Start a thread where no caller can hear that there is none: each :meth:`tick` tries again."""
        try:
            self._start_thread()
        except OkxError as error:
            log.warning("callbacks have to wait: %s", error)

    def _serve(self, worker: Worker) -> None:
        turn = self._turns.get(worker) or _Turn()
        while self._run_next(worker, turn):
            pass  # the last strand is not kept in a variable here, nor what it ran: it would keep its client alive

    def _run_next(self, worker: Worker, turn: _Turn) -> bool:
        strand = self._next(worker)
        if strand is None:
            return False
        turn.since = turn.began = self._clock.monotonic()
        turn.label = strand.label
        for item in strand.take(_BATCH):
            turn.since = self._clock.monotonic()
            turn.warned = False
            try:
                strand.run(item)
            except BaseException:
                # It must not, but a pool that has lost its thread would fall silent for good.
                log.exception("%s raised", strand.label)
            if self._closed:
                break
        with self._lock:
            turn.label = None
            strand.scheduled = False
        # Whoever added items while the flag was up relied on us to look again.
        if strand.pending():
            self.schedule(strand)
        return True

    def _next(self, worker: Worker) -> Strand | None:
        with self._lock:
            while not self._ready and not self._closed and worker in self._turns:
                alone = len(self._turns) == 1
                self._waiting += 1
                try:
                    called = self._work.wait(None if alone else _IDLE_S)
                finally:
                    self._waiting -= 1
                if not called and not self._ready and len(self._turns) > 1:
                    break
            if self._ready and not self._closed and worker in self._turns:
                return self._ready.popleft()
            self._turns.pop(worker, None)  # whose start was interrupted by a signal has been taken out
            return None
