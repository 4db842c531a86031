"""After an outage: ask REST what was missed, and deliver it in its place among what the stream brings.

The moment a link is lost, the topics that can be recovered hold their stream back. Once they are subscribed again, a
thread of its own asks REST, hands on what was missed and lets the stream go on; only then the ``gap`` event tells
the user from when to when, and how many events were recovered. When REST cannot be reached or has much to tell, the
stream does not wait for it for long: it goes on, the ``gap`` event says so, and what is found later is delivered later.
"""

from __future__ import annotations

import datetime as dt
import queue
import threading
import weakref
from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

import attrs

from okx_sync.delivery.recovery_buffer import UNREADABLE, RecoveryBuffer
from okx_sync.delivery.router import Router, TopicRoute
from okx_sync.dropped import wired
from okx_sync.errors import DecodeError, OkxError, StreamClosed
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.live.stream_spec import StreamSpec
from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed
from okx_sync.state_event import StateEvent
from okx_sync.timing import Backoff
from okx_sync.transport.link import Link
from okx_sync.worker import Worker

__all__ = ["Recovery", "RecoveryWatch"]

log = get_logger("client")

_Pages = dict[tuple[Any, ...], list[Any]]
"""What REST has answered, by path and parameters."""

_HOLES_S = 2.0  # how long REST, which may be behind the stream, is asked again for what is missing between them
_HOLE_PAUSE_S = 0.25
_SLICE_S = 0.1  # how long a stream may wait for REST without being noticed
_REFUSALS = 5  # refusals for good after which a listing is given up, so that it costs no other topic
_MARGIN_MS = 5_000  # clocks differ, and the last data may have been older than its time says; repeats are left out


@attrs.frozen
class _Topic:
    """One topic to be recovered, and the outage that it is about."""

    route: TopicRoute
    buffer: RecoveryBuffer
    outage: int


@attrs.frozen
class _Job:
    """What one link missed.

    ``since``: from when on its stream waits, monotonic seconds; ``is_late``: it goes on already; ``attempts``: how many
    came to nothing.
    """

    gap: StateEvent
    topics: list[_Topic]
    since: float
    is_late: bool = False
    attempts: int = 0


class _TooSlowError(OkxError):
    """A stream waits that should not wait any longer."""


class RecoveryWatch(Protocol):
    """Sees what is held back and what is recovered, on the threads to which it happens; it neither raises nor waits."""

    def held(self, event: StateEvent, topics: list[Topic]) -> None:
        """Note that topics of the link that was lost wait from now on."""

    def released(self, path: str, shard: int, topic: Topic, rows: list[Any], *, has_asked: bool, done: bool) -> None:
        """Note that a topic goes on, with these recovered rows; see ``RecoveryBuffer.release``."""


class Recovery:
    """Recovers over REST what the outages of a client's links swallowed.

    Args:
        hold_s: Seconds that the stream may wait for REST.
        hold_bytes: How many bytes of it may wait.
    """

    def __init__(
        self,
        spec: StreamSpec,
        links: Links,
        router: Router,
        reporter: Reporter,
        hold_s: float,
        hold_bytes: int,
    ) -> None:
        self._spec = spec
        self._links = links
        self._router = router
        self._reporter = reporter
        self._clock = router.clock
        self._hold_s = hold_s
        self._hold_bytes = hold_bytes
        self._backoff = Backoff(first_s=0.5, cap_s=15.0)
        self._gaps: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._urgent: deque[None] = deque()  # one for each job that waits there and is not late; one step each, no lock
        # Per link, from when on REST was not asked yet; on one thread only.
        self._since: dict[tuple[str, int], dt.datetime] = {}
        # Guards the start of the thread.
        self._lock = threading.RLock()
        self._worker: Worker | None = None
        self._is_closed = False
        self.watch: RecoveryWatch | None = None
        """Who is to see all of it, if anybody."""
        self._stuck: list[tuple[_Job, OkxError]] = []  # outages that found no thread; the stream waits for them

    def attach(self, route: TopicRoute, link: Link, *, backfill: bool, is_state: bool) -> None:
        """Let a topic be recovered if that is possible, with the link that carries it; public data with ``backfill``.

        ``is_state``: its stream begins with the present state, so that nothing is lost for good.
        """
        route.carrier = (link.name, link.shard)
        if route.buffer is None:
            source = None if self._spec.fetch is None else self._spec.recovery_source(route.topic, backfill)
            route.gap_path = link.name if route.is_private and source is None and not is_state else None
            if source is not None:
                now_ms = int(self._clock.server_time() * 1000)
                route.buffer = RecoveryBuffer(
                    source,
                    route.topic,
                    now_ms,
                    lambda holes: self._tell_holes(route, holes),
                    on_release=partial(self._released, route),
                    max_bytes=self._hold_bytes,
                )
                route.settle()

    def state(self, event: StateEvent) -> None:
        """Take a state event of a link, before anybody else hears of it.

        With a loss its topics are held back; a gap that can be filled is reported once it has been.
        """
        topics: list[_Topic] = []
        if event.kind == "lost" or (event.kind == "gap" and event.topic is None):
            routes = [one for one in self._router.routes() if one.carrier == (event.path, event.shard)]
            if event.kind == "lost":
                buffers = {route.topic: route.buffer for route in routes if route.buffer is not None}
                if self.watch is not None:
                    self.watch.held(event, list(buffers))
                for buffer in buffers.values():
                    buffer.hold()
            else:
                topics = _due(routes)
                lost = sorted({route.topic.channel for route in routes if route.gap_path is not None})
                event = attrs.evolve(event, reason=f"not recovered: {', '.join(lost)}" if lost else None)
        if topics:
            job = _Job(event, topics, self._clock.monotonic())
            self._urgent.append(None)
            self._gaps.put(job)
            if (error := self._start()) is not None:
                self._reporter.error(error)
                self._stuck.append((job, error))
        else:
            self._links.listeners.tell(event)

    def close(self, timeout: float) -> bool:
        """End the thread; True when it ended in time."""
        with self._lock:
            self._is_closed = True
            worker = self._worker
        if worker is None:
            return True
        worker.ask_to_stop()
        self._gaps.put(None)
        return worker.join(timeout)

    # -- on the threads of the links -----------------------------------------------------------------------------

    def _start(self) -> OkxError | None:
        """Start the thread unless it runs; the error when there is none to be had."""
        with self._lock:
            if self._worker is None and not self._is_closed:
                worker = Worker("okx-recovery", partial(_serve, wired(self, self._gaps), self._gaps))
                try:
                    worker.start()
                except OkxError as error:
                    return error
                self._worker = worker
        return None

    def tick(self) -> None:
        """Try again to start the thread for outages that found none; the stream does not wait for it.

        About twice a second, on the links' ping threads.
        """
        if self._worker is not None or self._gaps.empty():
            return
        stuck, self._stuck = self._stuck, []
        if self._start() is not None:
            for job, error in stuck:
                self._go_on_without(job.gap, job.topics, error)

    # -- on the thread of its own ----------------------------------------------------------------------------------

    def do(self, job: _Job, worker: Worker) -> None:
        """Recover what one link missed. Raises ``StreamClosed`` when the client is closed."""
        if not job.is_late:
            self._urgent.popleft()
        gap, topics = job.gap, job.topics
        assert gap.from_at is not None
        began = self._since.setdefault((gap.path, gap.shard), gap.from_at)
        gap = attrs.evolve(gap, from_at=began)
        try:
            self._recover(gap, job, worker)
        except StreamClosed:
            raise
        except Exception as error:
            # A bug of ours must neither end the thread nor keep the stream waiting for ever.
            log.exception("what the %s link missed could not be recovered", gap.path)
            self._reporter.error(error)
            self._deliver(gap, [(topic, Missed()) for topic in topics], [f"not recovered: {error}"])

    def _recover(self, gap: StateEvent, job: _Job, worker: Worker) -> None:
        """Ask REST until it has given what was missed, or the link is lost again, which makes another, longer gap."""
        topics, since, is_late, attempts = job.topics, job.since, job.is_late, job.attempts
        trouble: OkxError | None = None
        while not worker.stopping and not _is_outdated(topics):
            can_wait = not is_late and self._clock.monotonic() - since < min(_HOLES_S, self._hold_s)
            fetch = partial(self._fetch, {}, None if is_late else since + self._hold_s)
            try:
                found = [(topic, self._missed(gap, topic, fetch, attempts)) for topic in topics]
                if can_wait and any(not m.lacks and topic.buffer.lacks_between(m.rows) for topic, m in found):
                    worker.wait(_HOLE_PAUSE_S)
                    continue
            except StreamClosed:
                raise
            except _TooSlowError as error:
                if not is_late:
                    is_late = True
                    self._go_on_without(gap, topics, trouble or error)
            except OkxError as error:
                self._reporter.error(trouble := error)
                if not is_late and self._clock.monotonic() - since >= self._hold_s:
                    is_late = True
                    self._go_on_without(gap, topics, error)
                attempts += 1
                self._pause(attempts, worker)
            else:
                self._deliver(gap, found, ["recovered late"] if is_late else [])
                return
            if is_late and not self._gaps.empty():  # the others first
                self._gaps.put(attrs.evolve(job, is_late=True, attempts=attempts))
                return

    def _pause(self, attempts: int, worker: Worker) -> None:
        """Wait before the next attempt, unless another stream waits for REST."""
        left = min(self._backoff.delay(attempts), max(_SLICE_S, self._hold_s))
        while left > 0 and not self._urgent and not worker.wait(min(left, _SLICE_S)):
            left -= _SLICE_S

    def _fetch(self, pages: _Pages, until: float | None, path: str, params: Mapping[str, Any]) -> list[Any]:
        """Ask REST, so long as the stream that waits (``until``) or, when none does any more, another can spare us.

        ``pages`` were read already, such as the fills for another topic: all topics are subscribed again before REST is
        asked, and what happens behind a page is pushed to each of them.
        """
        key = (path, *sorted(params.items()))
        if key not in pages:
            if until is None and self._urgent:
                raise _TooSlowError("another stream waits for REST")
            if until is not None and self._clock.monotonic() >= until:
                raise _TooSlowError(f"REST has not told all of it within {self._hold_s:g} s")
            assert self._spec.fetch is not None
            pages[key] = self._spec.fetch(path, params)
        return pages[key]

    def _missed(self, gap: StateEvent, topic: _Topic, fetch: Fetch, attempt: int) -> Missed:
        """Return what one topic missed. Where REST keeps refusing to tell, all of it is lacking."""
        assert gap.from_at is not None
        since_ms = int((gap.from_at.timestamp() + self._clock.offset_s) * 1000) - _MARGIN_MS
        now_ms = int(self._clock.server_time() * 1000)
        try:
            try:
                return topic.buffer.source.missed(max(since_ms, topic.buffer.began_ms), fetch, now_ms)
            except UNREADABLE as problem:
                if isinstance(problem, OkxError):
                    raise
                text = f"a row of what REST lists for {topic.route.topic} cannot be read"
                raise DecodeError(text, text=str(problem)) from problem
        except (StreamClosed, _TooSlowError):
            raise
        except OkxError as error:
            if error.retryable or attempt < _REFUSALS:
                raise
            return Missed(lacks=(Lack(now_ms, f"everything: {error.message}"),))

    def _deliver(self, gap: StateEvent, found: list[tuple[_Topic, Missed]], notes: list[str]) -> None:
        recovered = self._hand_on(gap, [(topic, missed.rows) for topic, missed in found], done=True)
        if recovered is None:
            return
        del self._since[gap.path, gap.shard]
        lacks: list[Lack] = []
        for topic, missed in found:
            if topic.buffer.was_full and "recovered late" not in notes:
                notes = [*notes, f"{topic.route.topic} recovered late: too much came meanwhile"]
            lacks += missed.lacks
            what = [*(lack.what for lack in missed.lacks), *topic.buffer.holes()]
            if what:
                notes = [*notes, f"{topic.route.topic} lacks {', '.join(what)}"]
        before_s = max((lack.before_ms / 1000 for lack in lacks), default=None)
        before = None if before_s is None else dt.datetime.fromtimestamp(before_s, dt.UTC)
        reason = "; ".join(notes if gap.reason is None else [*notes, gap.reason]) or None
        told = attrs.evolve(gap, recovered=recovered, reason=reason, missing_before=before)
        self._reporter.state(told)

    def _tell_holes(self, route: TopicRoute, holes: list[str]) -> None:
        """Report holes that show only with the first push after the recovery. On the thread of the link."""
        link = self._links.find(*route.carrier)
        if link is not None:
            reason = f"{route.topic} lacks {', '.join(holes)}"
            self._reporter.state(link.event("gap", topic=str(route.topic), reason=reason))

    def _released(self, route: TopicRoute, rows: list[Any], has_asked: bool, done: bool) -> None:
        """Have whoever watches see that a topic goes on."""
        if self.watch is not None:
            self.watch.released(*route.carrier, route.topic, rows, has_asked=has_asked, done=done)

    def _go_on_without(self, gap: StateEvent, topics: list[_Topic], error: OkxError) -> None:
        if self._hand_on(gap, [(topic, []) for topic in topics], done=False) is not None:
            self._reporter.state(attrs.evolve(gap, reason=f"not recovered yet: {error.message}"))

    def _hand_on(self, gap: StateEvent, found: list[tuple[_Topic, list[Any]]], *, done: bool) -> int | None:
        """Deliver what was recovered; returns how many rows, None when the link went down meanwhile."""
        link = self._links.find(gap.path, gap.shard)
        if link is None:
            return None
        recovered = 0
        with link.between_batches() as sink:
            if sink is None:
                return None
            for topic, missed in found:
                pushes, new = topic.buffer.release(missed, topic.outage, done=done)
                recovered += new
                for push in pushes:
                    sink.deliver(topic.route, push)
        return None if _is_outdated([topic for topic, _ in found]) else recovered


def _serve(ref: weakref.ref[Recovery], gaps: queue.SimpleQueue[_Job | None], worker: Worker) -> None:
    """Run the recovery thread. While it waits it does not hold the client, see ``okx_sync.dropped``."""
    while not worker.stopping and (job := gaps.get()) is not None:
        recovery = ref()
        if recovery is None:
            return
        try:
            recovery.do(job, worker)
        except StreamClosed:
            return
        del recovery, job


def _due(routes: list[TopicRoute]) -> list[_Topic]:
    """Return those of the topics of a link that are to be recovered."""
    buffers = [(route, route.buffer) for route in routes]
    return [_Topic(route, one, one.outage) for route, one in buffers if one is not None and one.is_due]


def _is_outdated(topics: list[_Topic]) -> bool:
    return any(topic.buffer.outage != topic.outage for topic in topics)
