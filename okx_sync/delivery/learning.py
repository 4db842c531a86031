"""Which fields the consumers of rows read, learned from a few messages now and then: decoding fills just those.

A row keeps what was read of it. So now and then some messages of a topic are decoded plainly, and a little later their
rows tell which fields somebody has read. What at least half of them was read for is filled from then on, in one step
with the parsing (``rows.filling``); a field that is no longer read is no longer filled. It is no more than a guess:
fields that were not filled are converted when they are read.

What is learned is shared by all topics of one row class whose callbacks run the same code, and by all that have none:
thousands of topics learn as fast as one, and hold no more than one's samples, four rows.
"""

from __future__ import annotations

import functools
import threading
import weakref
from collections import Counter, deque
from collections.abc import Callable
from typing import Any, Final

from okx_sync.delivery.decoding import MessageDecoder
from okx_sync.rows import Row
from okx_sync.rows.filling import Plan, decoders_of, plan_of
from okx_sync.timing import Clock

__all__ = ["Learner", "Learners"]

_EVERY_S: Final = 2.0
_AT_FIRST_S: Final = 0.4
_SAMPLES: Final = 4


class Learner:
    """What is read of the rows of one class, by the consumers of some topics. Safe from any thread.

    Args:
        model: The class of the rows.
        parse: Parses their messages.
    """

    def __init__(self, model: type[Row], parse: Callable[[bytes], Any]) -> None:
        self._model = model
        self._parse = parse
        # Guards all below, and the order of changes of the decoders; a leaf.
        self._lock = threading.RLock()
        self._decoders: weakref.WeakSet[MessageDecoder] = weakref.WeakSet()
        self._plan: Plan = ()
        self._samples: list[Row] = []
        self._is_watching = False
        self._due = 0.0
        self._turns: deque[weakref.ref[MessageDecoder]] = deque()  # of the decoders, another one each time

    def add(self, decoder: MessageDecoder) -> None:
        """Let ``decoder`` decode by what is known; with the first of them learning begins."""
        with self._lock:
            self._decoders.add(decoder)
            self._turns.append(weakref.ref(decoder))
            if self._plan:
                decoder.use(decoders_of(self._model, self._plan, self._parse)())
            if not self._is_watching:
                self._watch(decoder)

    @property
    def is_idle(self) -> bool:
        """True when there is nothing left to learn for."""
        return not self._decoders

    def tick(self, now: float) -> None:
        """Learn from the rows that were sampled, and take the next samples of another topic. ``now``: monotonic."""
        with self._lock:
            if now < self._due:
                return
            samples, self._samples = self._samples, []
            if len(samples) > 1 or (samples and vars(samples[0])):
                self._learn(samples)
            self._due = now + (_EVERY_S if self._plan else _AT_FIRST_S)
            if (decoder := self._next()) is not None:
                self._watch(decoder)

    def _next(self) -> MessageDecoder | None:
        """Return the decoder that was not watched for the longest time."""
        while self._turns:
            turn = self._turns.popleft()
            if (decoder := turn()) is not None:
                self._turns.append(turn)
                return decoder
        return None

    def _watch(self, decoder: MessageDecoder) -> None:
        self._is_watching = True
        decoder.sample(self, self._note, _SAMPLES)

    def _note(self, rows: list[Any]) -> None:
        """Take a sample of what was decoded. On the thread that decodes."""
        row = rows[0] if rows else None
        if type(row) is not self._model or row.raw is None:
            return
        with self._lock:
            if len(self._samples) >= _SAMPLES:
                return
            self._samples.append(row)
            # A callback has seen all but the newest by now; what reads from a queue may come later.
            if not self._plan and len(self._samples) == _SAMPLES:
                self._learn(self._samples[:-1])

    def _learn(self, samples: list[Row]) -> None:
        counts = Counter(name for row in samples for name in list(vars(row)))
        filled = {name for name, _ in self._plan}
        # What is filled stays so a while longer, lest it comes and goes.
        read = [name for name, count in counts.items() if count * (4 if name in filled else 2) >= len(samples)]
        plan = plan_of(self._model, read, samples, self._plan)
        if plan == self._plan:
            return
        self._plan = plan
        make = decoders_of(self._model, plan, self._parse) if plan else None
        for decoder in self._decoders:
            decoder.use(make() if make is not None else None)


class Learners:
    """The learners of one client. Safe from any thread."""

    def __init__(self, clock: Clock, parse: Callable[[bytes], Any]) -> None:
        self._clock = clock
        self._parse = parse
        # Guards all below; a learner's lock may be taken under it.
        self._lock = threading.RLock()
        self._learners: dict[tuple[type[Row], object], Learner] = {}

    def add(self, model: type[Row], callback: Callable[[Any], object] | None, decoder: MessageDecoder) -> None:
        """Have ``decoder``, of rows of the class ``model``, fill what ``callback`` reads."""
        key = (model, _code_of(callback))
        with self._lock:
            learner = self._learners.get(key)
            if learner is None:
                learner = self._learners[key] = Learner(model, self._parse)
            learner.add(decoder)

    def tick(self) -> None:
        """Learn what is due; called about twice a second."""
        now = self._clock.monotonic()
        with self._lock:
            self._learners = {key: one for key, one in self._learners.items() if not one.is_idle}
            learners = list(self._learners.values())
        for learner in learners:
            learner.tick(now)


def _code_of(callback: Any) -> object:
    """Return what tells one callback from another; closures and methods that run the same code are the same."""
    while isinstance(callback, functools.partial):
        callback = callback.func
    function = getattr(callback, "__func__", callback)
    return getattr(function, "__code__", type(callback))
