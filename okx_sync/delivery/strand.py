"""A strand: one line of work that never overlaps with itself, such as the callbacks of one subscription."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, Protocol

__all__ = ["MEMORY", "QUICK_S", "Borrowable", "Claimable", "Strand", "Turn", "name_of"]

QUICK_S: Final = 0.001
"""What a callback may take on a thread that reads."""
MEMORY: Final = 1000
"""Calls after which all is forgotten."""
_CREDIT_S: Final = 0.005  # by how much slow calls may exceed that, all in all
_LONG_S: Final = 0.02  # what is never quick
_PAUSE_S: Final = 1.0  # for how long it is kept away, at first; twice as long when it is soon slow again
_LONGEST_PAUSE_S: Final = 64.0


def name_of(fn: Callable[..., Any]) -> str:
    """Return the name of a user's function as log lines show it: ``module.qualname``.

    Of ``functools.partial`` it is that of the function, of another object that can be called that of its class: what
    these hold, a token of a chat say, is nobody's business.
    """
    while isinstance(fn, partial):
        fn = fn.func
    named = fn if hasattr(fn, "__qualname__") else type(fn)
    return f"{getattr(named, '__module__', None) or '?'}.{named.__qualname__}"


class Strand:
    """One line of work that never overlaps with itself.

    Args:
        take: ``take(n)`` gives up to n items without waiting.
        pending: Whether there are more items.
        run: ``run(item)`` handles one item and must not raise.
        label: The strand's name in warnings.
        put_back: Puts items that a thread has, and does not run after all, before all that wait. None: what was taken
            is run to the end; for strands of which ``take`` gives one at a time.
    """

    __slots__ = (
        "at_once_from",
        "calls",
        "label",
        "pause_s",
        "pending",
        "put_back",
        "run",
        "scheduled",
        "spent_s",
        "take",
    )

    def __init__(
        self,
        take: Callable[[int], list[Any]],
        pending: Callable[[], object],
        run: Callable[[Any], None],
        label: str,
        put_back: Callable[[Sequence[Any]], None] | None = None,
    ) -> None:
        self.take = take
        self.pending = pending
        self.run = run
        self.label = label
        self.put_back = put_back
        self.scheduled = False  # set under the pool's lock; cleared by the thread that ran it
        self.at_once_from = 0.0  # until then it was found slow, and is not run by threads that read
        self.pause_s = _PAUSE_S
        self.calls = 0  # since it was last found slow
        self.spent_s = 0.0  # in the slow ones of them

    def judge(self, took_s: float, items: int, now: float) -> None:
        """Note how long ``items`` took: who is slow is kept away from the threads that read, for a while.

        They are counted in ``calls`` already. Where they were quick, and there are no more than ``MEMORY``, nothing
        comes of it. One call that took long may just have been interrupted by other programs.
        """
        if self.calls > MEMORY:
            self.calls, self.spent_s = items, 0.0
        if took_s < QUICK_S * items:
            return
        self.spent_s += took_s
        if took_s < _LONG_S and self.spent_s < _CREDIT_S + QUICK_S * self.calls:
            return
        if now - took_s >= self.at_once_from:  # it was not kept away
            was_good = now - self.at_once_from > 2 * self.pause_s
            self.pause_s = _PAUSE_S if was_good else min(2 * self.pause_s, _LONGEST_PAUSE_S)
        self.at_once_from = now + self.pause_s
        self.calls, self.spent_s = 0, 0.0


class Claimable(Protocol):
    """Something that events come for."""

    def claim(self, items: Sequence[Any], now: float) -> Strand | None:
        """Take events that may be run at once, and give the strand that runs them; None: they may not."""


class Borrowable(Protocol):
    """The reading of one socket, which a callback thread may do in place of the link thread."""

    is_borrowed: bool
    """Guarded by the lock of the pool that borrows."""

    def step(self) -> bool:
        """Read once and hand on what came; False when the reading is no longer on loan."""

    def hand_back(self) -> None:
        """Let the link thread read on, unless the calling thread is in the middle of a step."""


class Turn:
    """What one pool thread is doing right now. Others read it, some of it without a lock."""

    __slots__ = ("began", "hand", "is_running", "label", "loan", "pool", "since", "warned_of")

    def __init__(self, pool: object) -> None:
        self.pool = pool
        self.is_running = False  # user code, or is about to; guarded by the pool's lock
        self.label: str | None = None  # whose callback runs
        self.began = 0.0  # when the strand got its turn; one callback after another may keep others waiting too
        self.since = 0.0  # when the callback that runs began
        self.warned_of = 0.0  # since when the one ran of which the log was told
        self.loan: Borrowable | None = None  # what this thread reads when it does not run callbacks
        self.hand: deque[tuple[Strand, Sequence[Any]]] = deque()
        """Strands with what this thread has just read for them; whoever takes one out looks after it."""
