"""The ping thread of one link: heartbeat by the exchange's rules, deadlines, and waking up after sleep.

The exchange drops a socket on which nothing moved for half a minute and counts only text messages, so after some
silence a text ping goes out; any message is a sign of life, and without one in time the socket is cut. Control-frame
pongs of the library do not count. When the wall clock or our own schedule jumped, the machine has slept: the socket
may be long dead, so it is probed at once.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import partial

from okx_sync.errors import ConnectionLost
from okx_sync.logs import get_logger
from okx_sync.transport.connection import LinkConnection
from okx_sync.transport.leftovers import Leftovers
from okx_sync.transport.link_state import LinkState, run_all
from okx_sync.transport.receiver import act
from okx_sync.worker import Worker

__all__ = ["Heartbeat"]

log = get_logger("ws")

_LEAST_S = 0.001
"""What a round is waited for at least."""


class Heartbeat:
    """The ping thread of a link, with its deadlines.

    Args:
        take_over: Advances a hand-over that is under way; called on every tick, must not block.
        left: What is to be ended when the link was dropped.
    """

    def __init__(self, core: LinkState, take_over: Callable[[], None], left: Leftovers) -> None:
        self._core = core
        self._take_over = take_over
        self._wake = threading.Event()
        self._is_nudged = False
        options = core.options
        every = min(options.tick_s, options.ping_s / 4, options.pong_s / 4, options.ack_s / 4)
        self._every_s = every
        self._tick_at = core.clock.monotonic() + every
        body = partial(_keep, weakref.ref(self), self._wake, every, left, core.hooks.orphaned)
        self._worker = Worker(f"okx-ping-{core.label}", body)
        self._mono = core.clock.monotonic()
        self._wall = core.clock.time()

    def start(self) -> None:
        """Start the thread."""
        self._worker.start()

    def stop(self, timeout: float) -> bool:
        """End the thread; True when it ended in time."""
        self._worker.ask_to_stop()
        self._wake.set()
        return self._worker.join(timeout)

    def nudge(self) -> None:
        """Tick now instead of at the next regular time."""
        self._is_nudged = True
        self._wake.set()

    def wake_to_send(self) -> None:
        """Send what the link gathers as soon as that is due."""
        self._wake.set()

    def try_round(self, waited_s: float) -> float:
        """Send what was gathered, and tick, when that is due; a bug in it is logged and does not end the thread.

        ``waited_s``: as long as it said the last time, or 0.0 when it was woken. Returns the seconds to wait until the
        next round, unless it is woken.
        """
        core = self._core
        try:
            if core.is_gathering and (waited_s > 0 or core.clock.monotonic() >= core.gather_until):
                self._send_gathered()
            if waited_s >= self._every_s or self._is_nudged or core.clock.monotonic() >= self._tick_at:
                self._is_nudged = False
                self.tick()
        except BaseException:
            # Without its heartbeat a link is lost; a bug here must not end it.
            log.exception("the heartbeat of link %s failed", core.label)
        until_s = core.gather_until - core.clock.monotonic() if core.is_gathering else self._every_s
        return min(max(until_s, _LEAST_S), self._every_s)

    def tick(self) -> None:
        """Run one round: heartbeat, deadlines, hand-over, then whatever the owner does regularly."""
        core = self._core
        now = core.clock.monotonic()
        self._tick_at = now + self._every_s
        slept = self._slept(now)
        for conn in (core.current, core.successor):
            if conn is not None:
                self._beat(conn, now, slept)
        with core.lock:
            retired = [conn for conn in core.retiring if conn.retire_by is not None and conn.retire_by <= now]
            actions = core.expire_calls(now)
            for conn in core.open_conns():
                actions += act(core, conn, conn.session.tick(now))
            if not core.gathering.keeps(now, self._every_s):
                for conn in core.open_conns():
                    core.send(conn, conn.session.frames(now))
            actions += core.tell_held_back()
        for conn in retired:
            conn.wire.kill("replaced")
        run_all(actions)
        self._take_over()
        core.hooks.tick()

    def _send_gathered(self) -> None:
        core = self._core
        with core.lock:
            if core.is_gathering:  # nobody who came meanwhile has taken it along
                core.send_planned(core.clock.monotonic())

    def _slept(self, now: float) -> bool:
        """Tell whether more time passed than the schedule explains: the machine slept, or its clock was moved."""
        wall = self._core.clock.time()
        mono_step, wall_step = now - self._mono, wall - self._wall
        self._mono, self._wall = now, wall
        limit = self._core.options.wake_s
        return wall_step - mono_step > limit or mono_step > limit + self._core.options.tick_s

    def _beat(self, conn: LinkConnection, now: float, slept: bool) -> None:
        options = self._core.options
        if conn.opened_at is None:  # still connecting: its own limits apply
            return
        if conn.delivering_since is not None:
            # Our reader waits for a slow consumer that asked for that. The exchange must hear of us all the same; its
            # answer is read later, so there is no deadline.
            if now - max(conn.last_in, conn.pinged_at or 0.0) >= options.ping_s:
                self._ping(conn, now, options.pong_s)
            return
        if slept:
            log.info("link %s: the clock jumped, probing the connection", self._core.label)
            conn.pinged_at = None  # nobody was awake to see the answer to an earlier one
        if conn.pinged_at is not None:
            if conn.last_in >= conn.pinged_at:
                conn.pinged_at = None
            elif now - conn.pinged_at >= conn.pong_within:
                conn.wire.kill(f"no sign of life within {conn.pong_within:g} s of a ping")
                return
        every = self._core.dialect.ping_every_s
        is_due = now - conn.last_in >= options.ping_s or (every is not None and now - conn.heartbeat_at >= every)
        if slept or (conn.pinged_at is None and is_due):
            self._ping(conn, now, min(options.pong_s, options.wake_pong_s) if slept else options.pong_s)

    def _ping(self, conn: LinkConnection, now: float, pong_within: float) -> None:
        conn.pinged_at = conn.heartbeat_at = now
        conn.pong_within = pong_within
        try:
            conn.wire.send(self._core.dialect.ping_frame)
        except ConnectionLost as error:
            conn.wire.kill(f"the ping could not be sent: {error.message}")


def _keep(
    ref: weakref.ref[Heartbeat],
    wake: threading.Event,
    every_s: float,
    left: Leftovers,
    orphaned: Callable[[], object],
    worker: Worker,
) -> None:
    """Run the ping thread. While it waits it does not hold the link, see ``okx_sync.dropped``."""
    pause_s = every_s
    while True:
        is_woken = wake.wait(pause_s)
        wake.clear()
        if worker.stopping:
            return
        heartbeat = ref()
        if heartbeat is None:
            log.warning("link %s: its client was dropped without close(); hold what is in use", left.name)
            left.end()
            orphaned()
            return
        pause_s = heartbeat.try_round(0.0 if is_woken else pause_s)
        del heartbeat
