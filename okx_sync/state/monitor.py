"""The base of the monitors of positions and account: complete pictures, limits, and events in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from okx_sync import fork
from okx_sync.errors import ConfigError, DecodeError
from okx_sync.exact_numbers import Number
from okx_sync.logs import get_logger
from okx_sync.state.live_object import Dispatch, Emit, call_now
from okx_sync.state.risk import Limit, RiskEvent, Watch
from okx_sync.state.synced import Report, Synced
from okx_sync.state.to_neutral import to_neutral
from okx_sync.timing import Clock
from okx_sync.types import check_amounts

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


class Monitor(Synced, Generic[U]):
    """Base of the monitors; ``U`` is the neutral update that feeds them.

    Args:
        release: Called when the monitor is closed.
        products: The product types, each with a complete picture of its own; empty where one picture is of everything.
        others: As of ``Synced``.
    """

    _feeds_on: ClassVar[type]
    """``U``."""

    def __init__(
        self,
        name: str,
        *,
        release: Callable[[], None] | None = None,
        dispatch: Dispatch = call_now,
        clock: Clock | None = None,
        report: Report | None = None,
        no_source: str | None = None,
        products: Iterable[str] = (),
    ) -> None:
        super().__init__(name, dispatch=dispatch, clock=clock, report=report, no_source=no_source)
        self._release = release
        self._products = tuple(products)
        # Product types of which no complete picture has come since the start, or since the link was lost.
        self._awaited: set[str | None] = set(self._products or (None,))
        self._limits: tuple[LimitHandle, ...] = ()

    # -- completeness ------------------------------------------------------------------------------------------

    @property
    def products(self) -> tuple[str, ...]:
        """The product types that this covers (``"USDT-FUTURES"``, ...); empty where it covers all without names."""
        return self._products

    @property
    def unsynced_reason(self) -> str | None:
        """Why this is not :attr:`synced`, for people; None while it is."""
        reason = super().unsynced_reason
        waiting = [name for name in self._products if name in self._awaited]
        if reason is None or self.is_closed or len(waiting) == len(self._products):
            return reason
        return f"{', '.join(waiting)}: {reason}"

    def awaits(self, product: str | None = None) -> bool:
        """Tell whether the complete picture of that product type is still missing, also after a lost link."""
        return product in self._awaited

    def apply(self, *updates: Any, partial: bool = False) -> tuple[Any, ...]:
        """Take in what changed: neutral updates, or an exchange's own rows; returns the events that made.

        Several are taken in as one: no reader sees only some of them. ``partial``: what an update does not tell
        stays as it was. Raises ``DecodeError`` when one cannot be read, and ``ConfigError`` for one of another kind;
        nothing is taken in then.
        """
        return self._take([to_neutral(update, self._feeds_on) for update in updates], partial=partial)

    def apply_snapshot(
        self, updates: Iterable[Any], as_of: int | None = None, product: str | None = None
    ) -> tuple[Any, ...]:
        """Take in everything there is: what is not in it is gone. From now on this is :attr:`synced`.

        ``as_of``: when the snapshot was made, epoch ms; what changed after that is left as it is. ``product``: the one
        product type that it lists; others stay as they are then, and need a snapshot as well.
        """
        if self._products and product is not None and product not in self._products:
            raise ConfigError(f"product {product!r} is not covered", hint=f"one of {', '.join(self._products)}")
        found = [to_neutral(update, self._feeds_on) for update in updates]
        return self._take(found, is_snapshot=True, as_of=as_of, product=product)

    def invalidate(self, reason: str, product: str | None = None) -> None:
        """Take nothing here for complete until the next snapshot. ``reason`` is for people.

        ``product``: the one product type that is not; the others stay as they are then.
        """
        self._doubt(reason, product=product)

    def row_lost(self, error: DecodeError | None = None, product: str | None = None) -> None:
        """Note that a row could not be read, so that something may be missing here. For whoever feeds this.

        Reported, unless that was done already (None); not :attr:`synced` until the next complete picture, of its
        product type where that is named.
        """
        if error is not None:
            self.not_read(error, product)
        else:
            self._doubt("a row could not be read", product=product)

    def not_read(self, error: DecodeError, product: str | None = None) -> None:
        """Do as :meth:`row_lost`, where the feed itself will look again. For whoever feeds this."""
        self._doubt(f"a row could not be read: {error.message}", error, product)

    def _doubt(self, reason: str, error: DecodeError | None = None, product: str | None = None) -> None:
        with self._lock:
            self._awaited |= {product} if product in self._products else set(self._products or (None,))
            super()._doubt(reason, error)

    def close(self, reason: str = "it was closed") -> None:
        """End the monitor and leave the stream; whoever waits gets ``StreamClosed``. Idempotent."""
        if fork.is_from_parent(self):
            return
        with self._lock:
            release, self._release = self._release, None
            super().close(reason)
        if release is not None:
            release()

    # -- for subclasses ----------------------------------------------------------------------------------------

    def _take(
        self,
        updates: list[Any],
        *,
        is_snapshot: bool = False,
        as_of: int | None = None,
        partial: bool = False,
        product: str | None = None,
    ) -> tuple[Any, ...]:
        for update in updates:
            check_amounts(update)
        with self._lock:
            if self.is_closed:
                return ()
            was_synced = self._is_synced
            updates = [self._believed(update) for update in updates]
            if any(getattr(update, "is_cut", False) for update in updates):  # what is not in it may be there
                is_snapshot = False
                self._awaited = set(self._products or (None,))
                self._set_synced(False, "a balance could not be read")
            if is_snapshot:
                self._note_whole(product)
                events = tuple(self._change_all(updates, self._believed_time(as_of), product))
            else:
                events = tuple(self._change(updates, partial))
            if events:
                self._changes.note()
            for event in events:
                self._post(self._kind(event), event)
            # What is not there is known now, too.
            self._look(events if self._is_synced == was_synced else None)
        self._hand_on()
        return events

    def _note_whole(self, product: str | None) -> None:
        """Note a complete picture, of a product type or of everything. Under the lock."""
        self._awaited = set() if product is None else self._awaited - {product}
        if not self._awaited:
            self._set_synced(True)

    def _change(self, updates: list[U], partial: bool) -> Iterable[Any]:
        """Take changes into the pure state; the events that made. Under the lock."""
        raise NotImplementedError

    def _change_all(self, updates: list[U], as_of: int | None, product: str | None) -> Iterable[Any]:
        """Take a complete picture into the pure state; the events that made. Under the lock."""
        raise NotImplementedError

    def _kind(self, event: Any) -> str | None:
        """Return which listeners hear an event besides those of ``change``."""
        raise NotImplementedError

    def _check(self, limit: LimitHandle, events: tuple[Any, ...] | None) -> Iterable[RiskEvent | None]:
        """Return what ``events`` mean for a limit; None: look at everything. Under the lock."""
        raise NotImplementedError

    def _add_limit(
        self,
        metric: str,
        known: Iterable[str],
        line: tuple[Number | None, Number | None, Number | None],
        callback: Callable[[RiskEvent], object],
        only: str | None,
        untold: Mapping[str, str],
    ) -> LimitHandle:
        if metric not in known:
            raise ConfigError(f"metric {metric!r} is unknown", hint=f"one of {', '.join(sorted(known))}")
        if (reason := untold.get(metric)) is not None:
            told = ", ".join(sorted(name for name in known if name not in untold))
            raise ConfigError(f"a limit on {metric!r} would never call back: {reason}", hint=f"told are {told}")
        handle = LimitHandle(Watch(Limit.of(metric, *line), only), self._dispatch(callback), self._drop_limit)
        with self._lock:
            self._limits += (handle,)
            self._look_at(handle, None)
        self._hand_on()
        return handle

    def _drop_limit(self, handle: LimitHandle) -> None:
        with self._lock:
            self._limits = tuple(one for one in self._limits if one is not handle)

    def _look(self, events: tuple[Any, ...] | None) -> None:
        if events is None or events:
            for handle in self._limits:
                self._look_at(handle, events)

    def _look_at(self, handle: LimitHandle, events: tuple[Any, ...] | None) -> None:
        for event in self._check(handle, events):
            if event is not None:
                (log.warning if event.is_breach else log.info)("risk: %s", event)
                self._outbox.append((handle.emit, event))

    def _cannot_judge(self, limit: LimitHandle, subject: str, reason: str) -> None:
        """Report once that the exchange gives all it has of ``subject``, but not this metric. Under the lock."""
        if not limit.watch.is_reported:
            limit.watch.is_reported = True
            error = ConfigError(
                f"the limit {limit.limit} of {subject} is not judged: {reason}",
                hint="it is judged as soon as the exchange gives the metric; limit something else until then",
            )
            self._outbox.append((self._report, error))

    def _post(self, kind: str | None, event: Any) -> None:
        for name in ("change", kind):
            if name is not None:
                self._outbox.extend((emit, event) for emit in self._listeners.get(name, ()))
