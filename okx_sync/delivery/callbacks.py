"""The threads that run user code, so that a slow callback delays no ping, no read and no other subscription.

Each subscription is a *strand*: its callbacks run one after another and in order. One thread at a time runs callbacks.
Only when it has kept the others waiting for ``relief_s``, another takes them over. So two callbacks overlap only when
one of them is slow.

While there is nothing to run, a thread of the pool may *read*: it borrows the reading of a socket from the link thread
(``okx_sync.transport.loan``). What it reads it runs at once, and nobody has to be woken. The link thread looks on, and
reads itself while a callback takes long; callbacks that were found slow are left to the other threads of the pool.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from okx_sync import fork
from okx_sync.delivery.strand import MEMORY, QUICK_S, Borrowable, Claimable, Strand, Turn, name_of
from okx_sync.errors import OkxError
from okx_sync.logs import get_logger
from okx_sync.timing import Clock, before_waits
from okx_sync.worker import Worker

__all__ = ["CallbackPool", "Strand", "name_of"]

log = get_logger("callbacks")

C = TypeVar("C", bound=Claimable)
_BATCH = 256  # how many events of one strand run before another strand gets its turn
_IDLE_S = 1.0  # how long a relief thread waits for more before it leaves
_BUDGET_S: Final = 0.02  # how long callbacks may keep a thread from reading; the link thread waits no longer either
_LONG_S: Final = 0.02  # a callback that has been running for so long may be stuck: nobody borrows then
_MOST_READERS: Final = 8
_NEVER: Final = float("inf")


class _Here(threading.local):
    turn: Turn | None = None


_here = _Here()


class CallbackPool:
    """Runs strands. ``slow_s``: a callback that takes longer is named in a WARNING, once per call.

    ``relief_s``: how long a callback may keep others waiting. ``max_threads``: the most that may be stuck at a time.
    """

    def __init__(
        self, name: str, clock: Clock, *, slow_s: float = 1.0, relief_s: float = 0.25, max_threads: int = 8
    ) -> None:
        fork.watch(self)  # a callback that forks comes back in the child, too: there it is not to read on
        self._name = name
        self._clock = clock
        self._slow_s = slow_s
        self._relief_s = relief_s
        self._max_threads = max_threads
        # Guards the ready queue, loans, the flags of strands, the set of threads and which of them run; never held
        # while a strand runs.
        self._lock = threading.RLock()
        self._work = threading.Condition(self._lock)
        self._ready: deque[Strand] = deque()
        self._loans: deque[Borrowable] = deque()  # which nobody has taken yet
        self._turns: dict[Worker, Turn] = {}
        self._started = 0
        self._waiting = 0  # threads that wait for work
        self._running = 0  # threads whose turn it is
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
            if len(self._ready) != had and not self._begin_here():
                self._call_somebody()

    def run_here(self, offers: dict[C, list[Any]], now: float) -> dict[C, list[Any]]:
        """Have the calling thread run what it has just read, if it reads on loan and nobody else runs callbacks.

        Returns what was not claimed. ``now`` it came, monotonic seconds.
        """
        turn = _here.turn
        if turn is None or turn.loan is None or turn.pool is not self:
            return offers
        left: dict[C, list[Any]] = {}
        with self._lock:
            if not turn.is_running:
                if self._closed or (self._running and not self._may_run()):
                    return offers
                self._begin(turn, now)
            for sink, items in offers.items():
                strand = sink.claim(items, now)
                if strand is None:
                    left[sink] = items
                else:
                    strand.scheduled = True
                    turn.hand.append((strand, items))
        return left

    def set_down(self) -> None:
        """Leave to other threads what the calling thread was to run: it is about to wait for one of them."""
        turn = _here.turn
        if turn is not None and turn.is_running and turn.label is None and turn.pool is self:
            self._shed(turn)
            with self._lock:
                self._leave(turn)

    def lend(self, loan: Borrowable) -> bool:
        """Have a thread of the pool read a socket whenever it has nothing else to do; False: not now."""
        with self._lock:
            now = self._clock.monotonic()
            if self._closed or any(turn.label and now - turn.since >= _LONG_S for turn in self._turns.values()):
                return False
            if loan.is_borrowed:
                return True  # by a thread that is about to come back to it
            if len(self._turns) - self._spare() + len(self._loans) >= _MOST_READERS:
                return False
            self._loans.append(loan)
            loan.is_borrowed = True
            if self._waiting and self._spare() > len(self._loans):
                self._work.notify()
                return True
            try:
                self._start_thread()
            except OkxError:  # then the link thread does it, as it can
                self._loans.remove(loan)
                loan.is_borrowed = False
            return loan.is_borrowed

    def tick(self) -> None:
        """Look for stuck callbacks: warn, and send relief. Called regularly by the heartbeat threads."""
        now = self._clock.monotonic()
        late: list[tuple[str, float]] = []
        with self._lock:
            for turn in self._turns.values():
                label, lasted = turn.label, now - turn.since
                if label is not None and lasted >= self._slow_s and turn.warned_of != turn.since:
                    turn.warned_of = turn.since
                    late.append((label, lasted))
            stuck = [turn for turn in self._turns.values() if turn.is_running and now - turn.began >= self._relief_s]
            can_help = len(stuck) == self._running
        for turn in stuck:
            if can_help:
                self._shed(turn)
        with self._lock:
            if self._ready and can_help:
                self._call_somebody()
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
            loans = [*self._loans, *(turn.loan for turn in self._turns.values() if turn.loan is not None)]
            self._work.notify_all()
        for loan in loans:
            loan.hand_back()
        end = self._clock.monotonic() + timeout
        joined = [worker.join(max(0.0, end - self._clock.monotonic())) for worker in workers]
        return all(joined)

    # -- whose turn it is; all of these under the lock -----------------------------------------------------------------

    def _may_run(self) -> bool:
        """Tell whether a thread may begin to run callbacks: nobody else does, or whoever does is stuck."""
        if not self._running:
            return True
        now = self._clock.monotonic()
        return all(now - turn.began >= self._relief_s for turn in self._turns.values() if turn.is_running)

    def _begin(self, turn: Turn, now: float) -> None:
        turn.is_running = True
        self._running += 1
        turn.began = turn.since = now

    def _end(self, turn: Turn) -> None:
        if turn.is_running:
            turn.is_running = False
            self._running -= 1

    def _leave(self, turn: Turn) -> None:
        """End the turn of a thread that reads; others see to what is ready."""
        self._end(turn)
        if self._ready:
            self._call_somebody()

    def _begin_here(self) -> bool:
        """Begin the turn of the calling thread, if it reads for this pool and may run callbacks afterwards."""
        turn = _here.turn
        if turn is None or turn.loan is None or turn.pool is not self:
            return False
        if not turn.is_running:
            if self._closed or not self._may_run():
                return False
            self._begin(turn, self._clock.monotonic())
        return True

    def _call_somebody(self) -> None:
        """Have a thread look at the ready queue, unless one will do so anyway."""
        if not self._may_run():
            return
        if self._waiting:
            self._work.notify()
        elif self._spare() < self._max_threads and all(
            turn.is_running or turn.loan is not None for turn in self._turns.values()
        ):
            self._try_to_start()

    def _spare(self) -> int:
        """Count the threads that do not read."""
        return sum([turn.loan is None for turn in self._turns.values()])

    # -- threads -------------------------------------------------------------------------------------------------------

    def _start_thread(self) -> None:
        worker = Worker(f"{self._name}-{self._started}", self._serve)
        self._turns[worker] = Turn(self)
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
        turn = _here.turn = self._turns.get(worker) or Turn(self)
        while self._do_next(worker, turn):
            pass  # the last strand is not kept in a variable here, nor what it ran: it would keep its client alive

    def _do_next(self, worker: Worker, turn: Turn) -> bool:
        job = self._next(worker, turn)
        if job is None:
            return False
        if isinstance(job, Strand):
            self._run(turn, job, job.take(_BATCH), turn.began, _NEVER)
        else:
            self._read(turn, job)
        return True

    def _next(self, worker: Worker, turn: Turn) -> Strand | Borrowable | None:
        with self._lock:
            while not self._closed and worker in self._turns:
                self._end(turn)  # between two strands of its own
                if self._ready and self._may_run():
                    self._begin(turn, self._clock.monotonic())
                    return self._ready.popleft()
                if self._loans and self._spare() > 1:  # one is always there for the others
                    turn.loan = self._loans.popleft()
                    return turn.loan
                if not self._wait() and not (self._ready or self._loans) and self._spare() > 1:
                    break
            self._end(turn)
            self._turns.pop(worker, None)  # whose start was interrupted by a signal has been taken out
            return None

    def _wait(self) -> bool:
        """Wait for something to do; False after a while without. The last thread that does not read waits for ever."""
        self._waiting += 1
        try:
            return self._work.wait(None if self._spare() == 1 else _IDLE_S)
        finally:
            self._waiting -= 1

    def _read(self, turn: Turn, loan: Borrowable) -> None:
        """Read a socket, and run what comes, for as long as that is on loan."""
        before_waits(loan.hand_back)
        try:
            goes_on = True
            while goes_on and not self._closed:
                goes_on = loan.step()
                if turn.is_running:
                    self._run_hand(turn)
        finally:
            before_waits(None)
            self._shed(turn)
            with self._lock:
                turn.loan = None
                loan.is_borrowed = False
            loan.hand_back()

    # -- running -------------------------------------------------------------------------------------------------------

    def _run_hand(self, turn: Turn) -> None:
        """Run what this thread has read, and what is ready besides, until it has kept it from reading for too long."""
        hand, clock = turn.hand, self._clock.monotonic
        turn.began = at = clock()
        until = at + _BUDGET_S
        while hand and at < until and not self._closed:
            try:
                strand, items = hand.popleft()
            except IndexError:  # somebody sent relief
                break
            if len(items) > 1:
                at = self._run(turn, strand, items, at, until)
                continue
            # As _run does it, without what only several items need: with many topics each mostly has one.
            began, turn.since, turn.label = at, at, strand.label
            try:
                strand.run(items[0])
            except BaseException:
                log.exception("%s raised", strand.label)
            at = clock()
            strand.calls += 1
            if at - began >= QUICK_S or strand.calls > MEMORY:
                strand.judge(at - began, 1, at)
            strand.scheduled = False
            if strand.pending():
                self.schedule(strand)
        turn.since, turn.label = at, None
        if hand:
            self._shed(turn)
        while at < until and (ready := self._next_here(turn)) is not None:
            at = self._run(turn, ready, ready.take(_BATCH), at, until)
        if turn.is_running:
            with self._lock:
                self._leave(turn)

    def _next_here(self, turn: Turn) -> Strand | None:
        """Return the next strand for a thread that is to read again soon; None: there is none, and its turn is over."""
        with self._lock:
            if self._ready and not self._closed and self._ready[0].at_once_from <= turn.since:
                return self._ready.popleft()
            self._leave(turn)
            return None

    def _shed(self, turn: Turn) -> None:
        """Leave to other threads what a thread has in its hand and does not get to run."""
        shed: list[Strand] = []
        while turn.hand:
            try:
                strand, items = turn.hand.popleft()
            except IndexError:
                break
            if strand.put_back is not None:
                strand.put_back(items)
            shed.append(strand)
        with self._lock:
            self._ready.extend(shed)

    def _run(self, turn: Turn, strand: Strand, items: Sequence[Any], began: float, until: float) -> float:
        """Run items of a strand; what is left at ``until`` is put back, if it can be. Returns the time then.

        The hot path. When one has ended the next one begins, so that each costs one look at the clock.
        """
        clock, run, now, left = self._clock.monotonic, strand.run, began, len(items)
        turn.since, turn.label = began, strand.label
        for item in items:
            try:
                run(item)
            except BaseException:
                # It must not, but a pool that has lost its thread would fall silent for good.
                log.exception("%s raised", strand.label)
            left -= 1
            turn.since = now = clock()
            if self._closed or (now >= until and strand.put_back is not None):
                break
        turn.label = None
        done = len(items) - left
        strand.calls += done
        if now - began >= QUICK_S * done or strand.calls > MEMORY:
            strand.judge(now - began, done, now)
        if left and not self._closed and strand.put_back is not None:
            strand.put_back(items[-left:])
        strand.scheduled = False
        # Whoever added items while the flag was up relied on us to look again.
        if strand.pending():
            self.schedule(strand)
        return now
