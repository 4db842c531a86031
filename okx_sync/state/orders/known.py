"""``Known``: the reading side of a manager of orders or algo orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from okx_sync.checks import check_inst_id
from okx_sync.errors import ConfigError
from okx_sync.state.orders.handle import Handle
from okx_sync.state.synced import Synced

__all__ = ["Known"]

H = TypeVar("H", bound=Handle[Any])


class _Table(Protocol):
    """The records that are known."""

    @property
    def open(self) -> Mapping[Any, None]: ...
    @property
    def finished(self) -> Mapping[Any, None]: ...

    def find(self, order_id: str | None, client_order_id: str | None, /) -> Any: ...

    def forget(self, record: Any, /) -> None: ...


class Known(Synced, Generic[H]):
    """Base of the managers, which set ``_table`` and ``_over``, and hand out the handles."""

    _table: _Table
    _over: Callable[[Any], None] | None

    @property
    def open(self) -> tuple[H, ...]:
        """Those that are known and not over, oldest first; all there are while this is :attr:`synced`."""
        with self._lock:
            return tuple(map(self._handle, self._table.open))

    @property
    def finished(self) -> tuple[H, ...]:
        """Those that are over, in the order of their end."""
        with self._lock:
            return tuple(map(self._handle, self._table.finished))

    def __getitem__(self, either_id: str) -> H:
        """Return the one of this id, the exchange's or our own. KeyError when there is none."""
        found = self._found(either_id, either_id)
        if found is None:
            raise KeyError(f"no order {either_id!r} is known; get() returns None for it")
        return found

    def __contains__(self, order: str | Handle[Any]) -> bool:
        """Tell whether one of this id is known, open or finished; or whether this handle is one of ours."""
        if isinstance(order, Handle):
            owner: object = order._manager
            return owner is self
        return self._found(order, order) is not None

    def __iter__(self) -> Iterator[H]:
        """Iterate over the open ones, oldest first, as they are at this moment."""
        return iter(self.open)

    def __len__(self) -> int:
        """Count the open ones."""
        with self._lock:
            return len(self._table.open)

    def __bool__(self) -> bool:
        """Return True: a manager of which nothing is open is a manager."""
        return True

    def of(self, inst_id: str) -> tuple[H, ...]:
        """Return those of an instrument: the ones that are over, then the open ones.

        Raises ``ConfigError`` for what is no name of one.
        """
        check_inst_id(inst_id)
        return tuple(order for order in (*self.finished, *self.open) if order.inst_id == inst_id)

    def mark_synced(self, synced: bool, reason: str | None = None, *, for_good: bool = False) -> None:
        """Set whether :attr:`synced` is true from now on, and why not. For whoever feeds the manager.

        ``for_good``: nobody will ever tell what is missing.
        """
        with self._lock:
            self._set_synced(synced, reason)
            if for_good and self._no_source is None:
                self._no_source = self._problem

    def _forget(self, handle: H) -> None:
        """Forget one of which nobody knows what became of it. Under the lock. ``ConfigError`` for one that is open."""
        state = handle.snapshot()
        if state.is_open and state.status != "unknown":
            raise ConfigError(f"it is not to be forgotten: {state}", hint="cancel it, or wait for its end")
        self._table.forget(handle._record)
        self._changes.note()
        if self._over is not None:
            self._outbox.append((self._over, state))

    def _found(self, order_id: str | None, client_order_id: str | None) -> H | None:
        with self._lock:
            record = self._table.find(order_id, client_order_id)
            return None if record is None else self._handle(record)

    def _counts(self) -> str:
        """Tell how many are known, for people. Under the lock."""
        number = len(self._table.open)
        is_open = f"{number} open" if number or self._is_synced else "what is open is not known"
        return f"{is_open}, {len(self._table.finished)} finished"

    def _standing(self) -> str:
        """Tell whether it is synced, for people. Under the lock."""
        if self.is_closed:
            return "closed"
        return "synced" if self._is_synced else f"not synced ({self._problem})"

    def _handle(self, record: Any) -> H:
        """Return the one handle of a record. Under the lock."""
        raise NotImplementedError
