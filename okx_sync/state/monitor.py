"""What the monitors of positions and account have in common: being complete or not, limits, and telling in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from okx_sync.errors import ConfigError
from okx_sync.logs import get_logger
from okx_sync.state.front import Dispatch, Emit, Front, call_now
from okx_sync.state.numbers import Number
from okx_sync.state.risk import Limit, RiskEvent, Watch
from okx_sync.timing import Clock

__all__ = ["LimitHandle", "Monitor"]

log = get_logger("state")

U = TypeVar("U")


class LimitHandle:
    """A limit at work; what ``limit()`` returns. ``remove()`` ends it."""

    def __init__(self, watch: Watch, emit: Emit, remove: Callable[[LimitHandle], None]) -> None:
        self.watch = watch
        self.emit = emit
        self._remove = remove

    @property
    def limit(self) -> Limit:
        """What was set, ``recover_at`` included."""
        return self.watch.limit

    @property
    def breached(self) -> tuple[str, ...]:
        """What is beyond the limit now: positions, the currency, or the account."""
        return self.watch.breached

    def remove(self) -> None:
        """Tell no more. Idempotent."""
        self._remove(self)

    def __repr__(self) -> str:
        state = f"breached by {', '.join(self.breached)}" if self.breached else "kept"
        where = f" of {self.watch.only}" if self.watch.only else ""
        return f"<Limit {self.limit}{where}, recovers at {self.limit.recover_at}: {state}>"


class Monitor(Front, Generic[U]):
    """Base of the monitors; ``U`` is the neutral update that feeds them.

    Parameters: as of ``Front``; ``release``: what to call when it is closed.
    """

    def __init__(
        self,
        name: str,
        *,
        release: Callable[[], None] | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(name, dispatch=dispatch, clock=clock)
        self._release = release
        self._is_synced = False
        self._problem = "no snapshot has come yet"
        self._limits: tuple[LimitHandle, ...] = ()

    # -- completeness ------------------------------------------------------------------------------------------

    @property
    def synced(self) -> bool:
        """True from the first complete snapshot on, as long as nothing can have been missed since.

        After a lost link it is False until the next complete snapshot; reads then give what was last known.
        """
        return self._is_synced and not self.is_closed

    def wait_synced(self, timeout: float | None = None) -> bool:
        """Wait until :attr:`synced`; False when it is not within ``timeout`` seconds (None: wait for ever).

        Raises ``StreamClosed`` when this is closed.
        """
        return self.wait_until(lambda monitor: monitor.synced, timeout)

    def apply(self, *updates: Any, partial: bool = False) -> tuple[Any, ...]:
        """Take in what changed: neutral updates, or an exchange's own rows; returns the events that made.

        Several are taken in as one: no reader sees only some of them. ``partial``: what an update does not tell
        stays as it was. Raises ``DecodeError`` when one cannot be read; nothing is taken in then.
        """
        return self._take([_neutral(update) for update in updates], partial=partial)

    def apply_snapshot(self, updates: Iterable[Any], as_of: int | None = None) -> tuple[Any, ...]:
        """Take in everything there is: what is not in it is gone. From now on this is :attr:`synced`.

        ``as_of``: when the snapshot was made, epoch ms; what changed after that is left as it is.
        """
        return self._take([_neutral(update) for update in updates], is_snapshot=True, as_of=as_of)

    def invalidate(self, reason: str) -> None:
        """Something may be missing here until the next snapshot. ``reason`` is for people."""
        with self._lock:
            self._is_synced = False
            self._problem = reason
            self._changes.note()

    def close(self, reason: str = "it was closed") -> None:
        """Nothing changes any more, and the stream is left; whoever waits gets ``StreamClosed``. Idempotent."""
        with self._lock:
            release, self._release = self._release, None
            self._problem = self._closed_because or reason
            super().close(reason)
        if release is not None:
            release()

    # -- for subclasses ----------------------------------------------------------------------------------------

    def _take(
        self, updates: list[Any], *, is_snapshot: bool = False, as_of: int | None = None, partial: bool = False
    ) -> tuple[Any, ...]:
        with self._lock:
            if self.is_closed:
                return ()
            was_synced = self._is_synced
            events = tuple(self._change(updates, is_snapshot, as_of, partial))
            self._is_synced = self._is_synced or is_snapshot
            if events or self._is_synced != was_synced:
                self._changes.note()
            for event in events:
                self._post(self._kind(event), event)
            self._look(events)
        self._hand_on()
        return events

    def _change(self, updates: list[U], is_snapshot: bool, as_of: int | None, partial: bool) -> Iterable[Any]:
        """Change the pure state; the events that made. Under the lock."""
        raise NotImplementedError

    def _kind(self, event: Any) -> str | None:
        """Which listeners hear an event besides those of ``change``."""
        raise NotImplementedError

    def _check(self, limit: LimitHandle, events: tuple[Any, ...] | None) -> Iterable[RiskEvent | None]:
        """What ``events`` mean for a limit; None: look at everything. Under the lock."""
        raise NotImplementedError

    def _add_limit(
        self,
        metric: str,
        known: Iterable[str],
        line: tuple[Number | None, Number | None, Number | None],
        callback: Callable[[RiskEvent], object],
        only: str | None,
    ) -> LimitHandle:
        if metric not in known:
            raise ConfigError(f"metric {metric!r} is unknown", hint=f"one of {', '.join(sorted(known))}")
        handle = LimitHandle(Watch(Limit.of(metric, *line), only), self._dispatch(callback), self._drop_limit)
        with self._lock:
            self._limits += (handle,)
            self._look_at(handle, None)
        self._hand_on()
        return handle

    def _drop_limit(self, handle: LimitHandle) -> None:
        with self._lock:
            self._limits = tuple(one for one in self._limits if one is not handle)

    def _look(self, events: tuple[Any, ...]) -> None:
        if events:
            for handle in self._limits:
                self._look_at(handle, events)

    def _look_at(self, handle: LimitHandle, events: tuple[Any, ...] | None) -> None:
        for event in self._check(handle, events):
            if event is not None:
                (log.warning if event.is_breach else log.info)("risk: %s", event)
                self._outbox.append((handle.emit, event))

    def _now_ms(self) -> int:
        return int(self._clock.server_time() * 1000)

    def _post(self, kind: str | None, event: Any) -> None:
        for name in ("change", kind):
            if name is not None:
                self._outbox.extend((emit, event) for emit in self._listeners.get(name, ()))


def _neutral(update: Any) -> Any:
    """The neutral form of an exchange's own row; what is neutral already stays."""
    convert = getattr(update, "to_update", None)
    return update if convert is None else convert()
