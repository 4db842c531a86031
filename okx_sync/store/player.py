"""``ReplayPlayer``: gives the messages of a recording to the links of a client, in their order and at their pace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, Literal

import orjson

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.delivery.subscription import Subscription
from okx_sync.errors import ConfigError, RecordingError
from okx_sync.live.link_listeners import LinkListeners
from okx_sync.live.reporter import Reporter
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import handed_on
from okx_sync.state_event import StateEvent
from okx_sync.store.delivered import RecordedTopics, due_frames
from okx_sync.store.exchange_words import words_of
from okx_sync.store.overlap import Overlaps
from okx_sync.store.recorded_messages import RecordedMessages, missed_of, state_event_of, time_of, topics_of
from okx_sync.store.recoveries import RecordedRecoveries, TopicPush
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
_RESTORE_S: Final = 120.0  # a link of a replay waits for nobody: on a busy machine too it is back long before
_PAUSE_S: Final = 0.05
_LOOK_S: Final = 0.01  # between two looks at whether callbacks are done


class ReplayClock(Clock):
    """A clock whose time of day is that of the recording; what is waited for passes as always."""

    unmeasured = "a recording is played, and its times are those of then"

    def __init__(self) -> None:
        super().__init__()
        self.now_ns = 0
        self.time: Callable[[], float] = lambda: self.now_ns / _NS


class ReplayPlayer:
    """Plays a recording into the links of one client.

    Args:
        speed: How many times as fast as it was recorded, or ``"max"``.
    """

    def __init__(self, recording: RecordedMessages, clock: ReplayClock, speed: Speed) -> None:
        if speed != "max" and (isinstance(speed, bool) or not isinstance(speed, int | float) or not speed > 0):
            raise ConfigError(f"speed cannot be {speed!r}", hint="a number above 0, or 'max'")
        self._recording = recording
        self._clock = clock
        self._speed = speed
        words = words_of(recording.head)
        self._recorded = RecordedTopics(recording, words)
        self.topics = {path: frozenset(topics) for path, topics in self._recorded.subscribed.items()}
        self._overlaps = Overlaps(words.dialect, self._recorded.kinds)
        self._recoveries = RecordedRecoveries(words, self._recorded.held)
        self._shards = {path: set[int]() for path in self.topics}
        self._shard_of: dict[tuple[str, Topic], int | None] = {}
        # Guards the table of connections.
        self._lock = threading.Lock()
        self._wires: dict[str, ReplayWire] = {}
        self._gates: dict[str, threading.Event] = {}  # set while the server of a path can be reached
        self._restored: dict[str, threading.Event] = {}  # of the paths that were lost and are not back
        self._latest = 0  # time of what was played last
        self._began: tuple[float, int] | None = None  # monotonic seconds, and the time of the recording then
        self.ended = threading.Event()
        self.failure: Exception | None = None
        """Why it could not be played to its end."""
        self._worker: Worker | None = None
        self._listeners: LinkListeners | None = None

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

    def shard_of(self, path: str, topic: Topic) -> int | None:
        """Return which of the recorded connections of a path brought a topic; None where that is not known."""
        return self._shard_of.get((path, topic)) if len(self._shards.get(path, ())) > 1 else 0

    def start(self, reporter: Reporter, listeners: LinkListeners, finished: Callable[[], object]) -> None:
        """Begin to play; ``finished()`` is called at the end. Raises ``ConfigError`` when it has begun already."""
        if self._worker is not None:
            raise ConfigError("this recording is being played already", hint="make another client to play it again")
        self._listeners = listeners
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
        except Exception as problem:
            self.failure = problem
            raise
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
            if self._speed != "max" and entry.source is not None and self._delay(entry.at) > 0:
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
        self._release(self._recoveries.end(), worker)

    def _due(self, source: RecordedSocket, entry: Entry) -> list[bytes]:
        if entry.kind is EntryKind.FRAME:
            self._shards.setdefault(source.path, set()).add(source.shard)
        frames = due_frames(self._overlaps, entry)
        return frames if not self._recoveries.concerns(source.path) else self._admitted(source.path, frames)

    def _admitted(self, path: str, frames: list[bytes]) -> list[bytes]:
        """Return what is due now of messages of a path some of whose topics were held back."""
        due: list[bytes] = []
        for frame in frames:
            found = self._recorded.read(path, frame)
            push = None if found is None else self._recoveries.admit(*found)
            if found is None or push is found.push:
                due.append(frame)
            elif push is not None:
                due.append(handed_on(found.topic, push))
        return due

    def _release(self, due: Iterable[TopicPush], worker: Worker) -> None:
        """Hand over what had waited for REST, and what that told."""
        for path, topic, push in due:
            self._deliver(path, [handed_on(topic, push)], worker)

    def _delay(self, at: int) -> float:
        now = self._clock.monotonic()
        if self._began is None:
            self._began = now, at
        began, first = self._began
        if at < self._latest:  # the clock was set back: the recording goes on from there
            first -= self._latest - at
            self._began = began, first
        self._latest = at
        assert self._speed != "max"
        return began + (at - first) / _NS / self._speed - now

    def _deliver(self, path: str | None, frames: list[bytes], worker: Worker) -> None:
        with self._lock:
            wire = self._wires.get(path or "")
        if wire is None or not frames:
            return
        delivery = wire.deliver(frames)
        while not delivery.done.wait(_PAUSE_S) and not worker.stopping:
            pass
        if not delivery.was_taken and not worker.stopping:
            raise RecordingError(f"the {path} link of the replay ended by itself, and {len(frames)} messages were left")

    def _act(self, entry: Entry, worker: Worker) -> None:
        """Have happen what happened to the links."""
        assert self._listeners is not None
        source = entry.source
        if entry.kind is EntryKind.MISSED:
            missed = missed_of(entry)
            number = "an unknown number of" if missed.frames is None else missed.frames
            reason = f"the recording lacks {number} messages: {missed.reason}"
            for path in list(self._wires):
                self._listeners.tell(_gap(path, entry, reason))
            due_frames(self._overlaps, entry)
            self._release(self._recoveries.note(entry), worker)
        elif entry.kind is EntryKind.TOPICS:
            self._shard_of.update({(path, topic): shard for shard, path, topic in topics_of(entry)})
        elif source is not None and entry.kind is EntryKind.STATE:
            self._deliver(source.path, self._due(source, entry), worker)
            self._tell(source, state_event_of(entry))
        else:
            self._release(self._recoveries.note(entry), worker)

    def _tell(self, source: RecordedSocket, event: StateEvent) -> None:
        """Tell what is not told by the link of the replay itself: gaps, and what befell further connections."""
        assert self._listeners is not None
        has_more = len(self._shards.get(source.path, ())) > 1  # the others of the path went on
        if source.path not in self._wires or event.kind not in ("lost", "restored", "gap"):
            return
        if event.kind == "gap" or has_more:
            self._listeners.tell(event)
        elif event.kind == "lost":
            self._lose(source, event.reason or "the link was lost")

    def _lose(self, source: RecordedSocket, reason: str) -> None:
        with self._lock:
            wire = self._wires[source.path]
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
        while not restored.wait(_PAUSE_S) and not worker.stopping:
            if self._clock.monotonic() > until:  # what came next would be lost without a word
                raise RecordingError(f"the {source.path} link did not come back within {_RESTORE_S:g} s of its loss")
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
