"""``ReplayPlayer``: gives the messages of a recording to the links of a client, in their order and at their pace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, Literal

import orjson

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError
from okx_sync.live.reporter import Reporter
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.subscriptions import TopicKind
from okx_sync.state_event import StateEvent
from okx_sync.store.overlap import Overlaps
from okx_sync.store.recorded_messages import RecordedMessages, missed_of, time_of
from okx_sync.store.replay_wire import ReplayWire
from okx_sync.store.segment import Entry, EntryKind, RecordedSocket
from okx_sync.timing import Clock, Deadline
from okx_sync.transport.ending import AnyWire, WireMaker
from okx_sync.transport.loan import ReadingTerms
from okx_sync.transport.options import WireOptions
from okx_sync.worker import Worker, on_worker

__all__ = ["ReplayClock", "ReplayPlayer", "Speed", "callbacks_done"]

Speed = float | Literal["max"]
"""How many times as fast as it was recorded; ``"max"``: as fast as it is taken."""

_NS: Final = 1_000_000_000
_MOST: Final = 256  # messages that are handed over at once
_RESTORE_S: Final = 10.0
_PAUSE_S: Final = 0.05
_LOOK_S: Final = 0.01  # between two looks at whether callbacks are done


class ReplayClock(Clock):
    """A clock whose time of day is that of the recording; what is waited for passes as always."""

    def __init__(self) -> None:
        super().__init__()
        self.now_ns = 0
        self.time: Callable[[], float] = lambda: self.now_ns / _NS


class ReplayPlayer:
    """Plays a recording into the links of one client.

    Args:
        speed: How many times as fast as it was recorded, or ``"max"``.
        dialect: The exchange's words, as they were spoken.
        kind_of: What is known of a topic's channel.
    """

    def __init__(
        self,
        recording: RecordedMessages,
        clock: ReplayClock,
        speed: Speed,
        dialect: Dialect,
        kind_of: Callable[[Topic], TopicKind],
    ) -> None:
        if speed != "max" and (isinstance(speed, bool) or not isinstance(speed, int | float) or not speed > 0):
            raise ConfigError(f"speed cannot be {speed!r}", hint="a number above 0, or 'max'")
        self._recording = recording
        self._clock = clock
        self._speed = speed
        self.topics = {path: frozenset(topics) for path, topics in recording.topics().items()}
        kinds = {topic: kind_of(topic) for topics in self.topics.values() for topic in topics}
        self._overlaps = Overlaps(dialect, kinds)
        self._shards = {path: set[int]() for path in self.topics}
        # Guards the table of connections.
        self._lock = threading.Lock()
        self._wires: dict[str, ReplayWire] = {}
        self._gates: dict[str, threading.Event] = {}  # set while the server of a path can be reached
        self._restored: dict[str, threading.Event] = {}  # of the paths that were lost and are not back
        self._began: tuple[float, int] | None = None  # monotonic seconds, and the time of the recording then
        self.ended = threading.Event()
        self._worker: Worker | None = None
        self._reporter: Reporter | None = None

    # -- for the client ----------------------------------------------------------------------------------------------

    def make_wire(self, path: str) -> WireMaker:
        """Return what makes the connections of a path."""
        return partial(self._wire, path)

    def _wire(
        self,
        path: str,
        url: str,
        options: WireOptions,
        *,
        on_open: Callable[[], object],
        on_frames: Callable[[list[bytes]], object],
        lending: ReadingTerms | None = None,
    ) -> AnyWire:
        del url, options, lending
        return ReplayWire(
            self.topics.get(path, ()), self._gate_of(path), partial(self._opened, path), on_open, on_frames
        )

    def _opened(self, path: str, wire: ReplayWire) -> None:
        with self._lock:
            self._wires[path] = wire

    def _gate_of(self, path: str) -> threading.Event:
        with self._lock:
            if path not in self._gates:
                self._gates[path] = threading.Event()
                self._gates[path].set()
            return self._gates[path]

    def start(self, reporter: Reporter, finished: Callable[[], object]) -> None:
        """Begin to play; ``finished()`` is called at the end. Raises ``ConfigError`` when it has begun already."""
        if self._worker is not None:
            raise ConfigError("this recording is being played already", hint="make another client to play it again")
        self._reporter = reporter
        reporter.watch(self._state)
        self._worker = Worker("okx-replay", partial(self._run, finished))
        self._worker.start()

    def stop(self, timeout: float) -> None:
        """End it."""
        if self._worker is not None:
            self._worker.stop(timeout)

    def _state(self, event: StateEvent) -> None:
        waiting = self._restored.get(event.path)
        if event.kind == "restored" and waiting is not None:
            waiting.set()

    # -- on the thread of its own ------------------------------------------------------------------------------------

    def _run(self, finished: Callable[[], object], worker: Worker) -> None:
        try:
            self._play(worker)
        finally:
            self.ended.set()
            if not worker.stopping:
                finished()

    def _play(self, worker: Worker) -> None:
        frames: list[bytes] = []
        path: str | None = None
        for entry in self._recording.entries():
            if worker.stopping:
                return
            is_message = entry.kind is EntryKind.FRAME and entry.source is not None
            if frames and (not is_message or entry.source is None or entry.source.path != path or len(frames) >= _MOST):
                self._deliver(path, frames, worker)
                frames = []
            if self._speed != "max" and self._delay(entry.at) > 0:
                self._deliver(path, frames, worker)
                frames = []
                worker.wait(self._delay(entry.at))
            self._clock.now_ns = max(self._clock.now_ns, entry.at)
            self._let_back(entry, worker)
            if is_message and entry.source is not None:
                path = entry.source.path
                frames += self._due(entry.source, entry)
            else:
                self._act(entry, worker)
        self._deliver(path, frames, worker)

    def _due(self, source: RecordedSocket, entry: Entry) -> list[bytes]:
        self._shards.setdefault(source.path, set()).add(source.shard)
        return self._overlaps.due(source.path, source.shard, source.epoch, entry.at, entry.data)

    def _delay(self, at: int) -> float:
        now = self._clock.monotonic()
        if self._began is None:
            self._began = now, at
        began, first = self._began
        assert self._speed != "max"
        return began + (at - first) / _NS / self._speed - now

    def _deliver(self, path: str | None, frames: list[bytes], worker: Worker) -> None:
        with self._lock:
            wire = self._wires.get(path or "")
        if wire is None or not frames:
            return
        done = wire.deliver(frames)
        while not done.wait(_PAUSE_S) and not worker.stopping:
            pass

    def _act(self, entry: Entry, worker: Worker) -> None:
        """Have happen what happened to the links."""
        assert self._reporter is not None
        if entry.kind is EntryKind.MISSED:
            missed = missed_of(entry)
            number = "an unknown number of" if missed.frames is None else missed.frames
            reason = f"the recording lacks {number} messages: {missed.reason}"
            for path in list(self._wires):
                self._reporter.state(_gap(path, entry, reason))
        if entry.kind is not EntryKind.STATE or entry.source is None:
            return
        source, told = entry.source, orjson.loads(entry.data)
        kind = told["kind"]
        if kind == "replacing":
            self._overlaps.begin(source.path, source.shard, source.epoch)
        elif kind == "replaced":
            late = self._overlaps.switch(source.path, source.shard, source.epoch, entry.at)
            self._deliver(source.path, late, worker)
        elif kind == "lost":
            self._overlaps.end(source.path, source.shard)
            self._lose(source, entry, str(told.get("reason") or "the link was lost"))

    def _lose(self, source: RecordedSocket, entry: Entry, reason: str) -> None:
        assert self._reporter is not None
        with self._lock:
            wire = self._wires.get(source.path)
        if wire is None:
            return
        if len(self._shards.get(source.path, ())) > 1:  # the others of the path went on
            told = f"connection {source.shard} of the recorded ones was lost: {reason}"
            self._reporter.state(_gap(source.path, entry, told))
            return
        self._restored[source.path] = threading.Event()
        self._gate_of(source.path).clear()
        wire.kill(reason)

    def _let_back(self, entry: Entry, worker: Worker) -> None:
        """Let a lost link find its server again once the recording shows that it did; wait until it is restored."""
        source = entry.source
        restored = None if source is None else self._restored.get(source.path)
        if source is None or restored is None:
            return
        if entry.kind is EntryKind.STATE and orjson.loads(entry.data)["kind"] not in ("connected", "restored"):
            return
        self._gate_of(source.path).set()
        until = self._clock.monotonic() + _RESTORE_S
        while not restored.wait(_PAUSE_S) and not worker.stopping and self._clock.monotonic() < until:
            pass
        del self._restored[source.path]


def _gap(path: str, entry: Entry, reason: str) -> StateEvent:
    return StateEvent(kind="gap", path=path, epoch=0, at=time_of(entry.at), reason=reason)


def callbacks_done(
    pool: CallbackPool, subscriptions: Callable[[], Iterable[Subscription[Any]]], clock: Clock, deadline: Deadline
) -> bool:
    """Wait until no callback runs or is to run; False when the deadline has passed. At once from inside a callback.

    One look may miss a callback that is about to begin, so two must agree.
    """
    looks = 2 if on_worker() else 0
    while looks < 2:
        waits = (one.stats.waiting for one in subscriptions() if one.callback_name is not None)
        looks = 0 if pool.running() or any(waits) else looks + 1
        if deadline.passed():
            return False
        clock.sleep(_LOOK_S)
    return True
