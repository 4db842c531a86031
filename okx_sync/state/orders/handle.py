"""``Handle``: what the handles of orders and of algo orders have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, Self, TypeVar

from okx_sync.checks import no_predicate
from okx_sync.lazy import drawn_by
from okx_sync.types import Side

__all__ = ["Handle", "Waits"]


class _State(Protocol):
    """What a state tells of an order or algo order."""

    @property
    def inst_id(self) -> str: ...
    @property
    def client_order_id(self) -> str | None: ...
    @property
    def side(self) -> Side | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def amend_error(self) -> str | None: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def is_done(self) -> bool: ...


S = TypeVar("S", bound=_State, covariant=True)


class _Record(Protocol[S]):
    @property
    def state(self) -> S: ...


class Waits(Protocol):
    """What any handle needs of its manager."""

    @property
    def synced(self) -> bool:
        """Whether it is told of every change."""

    @property
    def unsynced_reason(self) -> str | None:
        """Why not."""

    def wait_until(self, predicate: Callable[[Any], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(manager)`` is true."""


class Handle(Generic[S]):
    """Reads one record of a manager, and waits for it. All reads are of the newest state, safe from any thread."""

    __slots__ = ("_manager", "_record")

    def __init__(self, manager: Waits, record: _Record[S]) -> None:
        self._manager = manager
        self._record = record

    def snapshot(self) -> S:
        """Return it as it is now, all fields of one moment; immutable."""
        return self._record.state

    @property
    def inst_id(self) -> str:
        """The instrument."""
        return self._record.state.inst_id

    @property
    def client_order_id(self) -> str | None:
        """The id that we (or whoever placed it) gave."""
        return self._record.state.client_order_id

    @property
    def side(self) -> Side | None:
        """``"buy"`` or ``"sell"``."""
        return self._record.state.side

    @property
    def reason(self) -> str | None:
        """Why it has this status, where that was told: why it was canceled or rejected, or is unknown."""
        return self._record.state.reason

    @property
    def amend_error(self) -> str | None:
        """Why the last refused change was refused; None when none was."""
        return self._record.state.amend_error

    @property
    def is_open(self) -> bool:
        """True while something may still come of it, also when it is not known whether the exchange has it."""
        return self._record.state.is_open

    @property
    def is_done(self) -> bool:
        """True when it is over, in whatever way."""
        return self._record.state.is_done

    def wait_until(self, predicate: Callable[[Self], object], timeout: float | None = None) -> bool:
        """Wait until ``predicate(it)`` is true; False after ``timeout`` seconds.

        Changes of an order wake those who wait for its algo orders, and the reverse. Raises ``StreamClosed`` when the
        manager is closed before. Not for inline callbacks.
        """
        if not callable(predicate):
            raise no_predicate(predicate)
        return self._manager.wait_until(lambda _: predicate(self), timeout)

    def _doubt(self) -> str | None:
        """Say why it may not stand any more as it was told last, for people; None where it does."""
        if self._record.state.is_done or self._manager.synced:
            return None
        return f"may have changed since: {self._manager.unsynced_reason}"

    _repr_html_ = drawn_by("account_pictures", "handle_picture")

    def __repr__(self) -> str:
        doubt = self._doubt()
        return f"<{type(self).__name__} {self._record.state}{'' if doubt is None else f'; {doubt}'}>"
