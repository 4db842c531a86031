"""Make before break: a new socket is open and subscribed before the old one goes.

Asked for by the exchange's restart notice, by an answer that refuses a request because of one, by ``replace()``, or by
the age of the socket (``rotate_s``). The old socket keeps delivering until the new one has all its acks and a short
time to drain has passed; then the new one takes over between two batches of the old. If the old one dies first, the
new one takes over as soon as it is ready and the loss was told: a loss told behind its end would hold back for good
what can be recovered.
"""

from __future__ import annotations

from collections.abc import Callable

from okx_sync.errors import ConnectionLost, OkxError
from okx_sync.logs import get_logger
from okx_sync.protocol.handover_dedup import HandoverDedup
from okx_sync.transport.connection import LinkConnection, Role
from okx_sync.transport.link_state import LinkState, run_all

__all__ = ["Handover"]

log = get_logger("ws")

_GOODBYE_S = 1.0  # how long a retired socket may take to say goodbye
_SETTLE_S = 2.0  # how long pushes of the new socket may repeat those of the old, when the ping gets no answer
_LEFTOVERS = 10  # so many topics that were left, and as many as are wanted, are worth a new socket
_LEFT_S = 60.0  # when they would have to wait for longer to be unsubscribed, or to be asked for again
_USED_UP = "the requests of this connection are used up"
_CALLS_S = 5.0  # how long replies may still be waited for on the old socket


class Handover:
    """Replaces the socket of a link; driven by the heartbeat thread.

    Args:
        open_successor: Starts a thread whose first socket has the role ``SUCCESSOR``.
    """

    def __init__(self, core: LinkState, open_successor: Callable[[], None]) -> None:
        self._core = core
        self._open_successor = open_successor
        self._settled_at: float | None = None
        self._not_before = 0.0

    def step(self) -> None:
        """Start, wait for, or finish a hand-over, whichever is due. Never blocks."""
        core = self._core
        now = core.clock.monotonic()
        with core.lock:
            old, new = core.current, core.successor
            if new is None:
                self._settled_at = None
                actions = self._begin(old, now)
            else:
                actions = []
        run_all(actions)
        if new is not None and self._is_due(old, new, now):
            self._switch(old, new, now)

    def _begin(self, old: LinkConnection | None, now: float) -> list[Callable[[], None]]:
        if old is not None and old.restart_message is None:
            old.restart_message = self._reason(old, now)
        if old is None or old.restart_message is None or now < self._not_before:
            return []
        self._not_before = now + 5.0  # a successor that fails is followed by another, but not at once
        event = self._core.event("replacing", old.epoch, reason=old.restart_message)
        self._core.overlap = HandoverDedup(self._core.dialect)
        try:
            self._open_successor()
        except OkxError as error:  # no thread is to be had; that is tried again
            log.warning("link %s is not replaced yet: %s", self._core.label, error)
            return []
        return [lambda: self._core.hooks.state(event)]

    def _reason(self, conn: LinkConnection, now: float) -> str | None:
        """Say why a socket is to be replaced though the exchange does not ask for it; None: it is not."""
        if self._is_old(conn, now):
            return "planned rotation"
        if not self._core.is_up:
            return None
        if stranded := conn.session.stranded(_LEFT_S):
            return f"{stranded} topics cannot be asked for again: {_USED_UP}"
        if (left := conn.session.leftovers(_LEFT_S)) >= max(_LEFTOVERS, len(self._core.subscriptions)):
            return f"{left} topics that were left cannot be unsubscribed: {_USED_UP}"
        return None

    def _is_old(self, conn: LinkConnection, now: float) -> bool:
        rotate_s = self._core.options.rotate_s
        return rotate_s is not None and self._core.is_up and now - (conn.opened_at or now) >= rotate_s

    def _is_due(self, old: LinkConnection | None, new: LinkConnection, now: float) -> bool:
        with self._core.lock:
            # Where the old one is gone, there is no use in waiting for what the new one cannot restore by itself.
            is_stuck = old is None and new.session.stranded(_LEFT_S) > 0
            if not (new.session.is_settled or is_stuck):
                return False
            if self._settled_at is None:
                self._settled_at = now
            waited = now - self._settled_at
            if old is None:
                return self._core.loss_told.is_set()
            return waited >= self._core.options.drain_s and (
                not self._core.calls.waiting_on(old.epoch) or waited >= _CALLS_S
            )

    def _switch(self, old: LinkConnection | None, new: LinkConnection, now: float) -> None:
        # Between two batches of the old socket. Its reader may be waiting for a slow consumer: then next time.
        if old is not None and not old.feeding.acquire(blocking=False):
            return
        core = self._core
        try:
            with core.lock:
                if core.successor is not new or core.current is not old:
                    return
                if old is not None:
                    old.role = Role.GONE
                    old.retire_by = now + _GOODBYE_S
                    core.retiring.append(old)
                    calls = core.calls.drain(old.epoch)
                else:
                    calls = []
                core.current, core.successor, core.overlap = new, None, None
                new.settled_by = now + _SETTLE_S
                new.role = Role.CURRENT
                new.beginning_told.clear()
                actions = core.announce(new)
                event = core.event("replaced", new.epoch)
                acked = [topic for topic, state in new.session.topics.items() if state == "active"]
                waiters = [waiter for topic in acked for waiter in core.waiters.pop(topic, [])]
        finally:
            if old is not None:
                old.feeding.release()
        self._not_before = 0.0
        try:
            self._finish(old, new)
            for call in calls:
                call.set_exception(ConnectionLost("the socket was replaced before a reply came"))
            for waiter in waiters:
                waiter.set_result(None)
            run_all(actions)
            core.hooks.state(event)
        finally:
            with core.lock:
                new.beginning_told.set()  # its own thread may tell of its first data now, or has left that to us
                actions = core.announce(new)
        run_all(actions)

    def _finish(self, old: LinkConnection | None, new: LinkConnection) -> None:
        if old is not None:
            old.wire.close("replaced")
        try:
            # The answer wakes the new socket's thread, which then delivers what it held back. It also comes behind
            # everything that was pushed before the switch, so from then on nothing can be a repeat.
            new.wire.send(self._core.dialect.ping_frame)
        except ConnectionLost as error:
            new.wire.kill(f"the ping could not be sent: {error.message}")
