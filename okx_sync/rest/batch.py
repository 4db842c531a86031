"""What a call returns when several things were asked for at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

from okx_sync.errors import OrderStatusUnknown
from okx_sync.lazy import drawn_by
from okx_sync.rows import dataframe

__all__ = ["BatchResult", "Verdict"]


class Verdict(Protocol):
    """A result row that says itself whether it was accepted."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted this one."""


V = TypeVar("V", bound=Verdict)


class BatchResult(Sequence[V], Generic[V]):
    """The rows of a batch in the order of the request, each accepted, refused or unknown.

    ``ok`` is True only when every row was accepted; so is the truth of the object itself, so that
    ``if client.trade.place_batch_orders(...)`` cannot take a partial failure for success. An order of which the answer
    told nothing has a row with its ids only.

    Args:
        rows: One for each order.
        unknown: The positions of those that are unknown.
        lost: The error that names the unknown orders, for ``client.reconcile_all``.
        unmatched: Rows of the answer that belong to no order of the request.
    """

    __slots__ = ("_lost", "_rows", "_unknown", "_unmatched")

    def __init__(
        self,
        rows: Sequence[V],
        *,
        unknown: Iterable[int] = (),
        lost: OrderStatusUnknown | None = None,
        unmatched: Sequence[V] = (),
    ) -> None:
        self._rows = tuple(rows)
        self._unknown = frozenset(unknown)
        self._lost = lost
        self._unmatched = tuple(unmatched)

    @property
    def ok(self) -> bool:
        """True when there are rows and all of them were accepted."""
        return bool(self._rows) and len(self.accepted) == len(self._rows)

    @property
    def accepted(self) -> tuple[V, ...]:
        """The rows that the exchange accepted."""
        return tuple(row for number, row in enumerate(self._rows) if number not in self._unknown and row.ok)

    @property
    def refused(self) -> tuple[V, ...]:
        """The rows that the exchange refused; each carries its code and message."""
        return tuple(row for number, row in enumerate(self._rows) if number not in self._unknown and not row.ok)

    @property
    def unknown(self) -> tuple[V, ...]:
        """The orders of which the answer does not tell what became of them: look them up, never repeat them."""
        return tuple(row for number, row in enumerate(self._rows) if number in self._unknown)

    @property
    def lost(self) -> OrderStatusUnknown | None:
        """The error that names the :attr:`unknown` orders, for ``client.reconcile_all``; None when there are none."""
        return self._lost

    @property
    def unmatched(self) -> tuple[V, ...]:
        """Rows of the answer that belong to no order of the request, or tell of one for the second time."""
        return self._unmatched

    to_df = dataframe.to_df

    def __bool__(self) -> bool:
        return self.ok

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[V]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> V: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[V, ...]: ...
    def __getitem__(self, index: int | slice) -> V | tuple[V, ...]:
        return self._rows[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BatchResult):
            return NotImplemented
        return self._rows == other._rows and self._unknown == other._unknown

    def __hash__(self) -> int:
        return hash(self._rows)

    _repr_html_ = drawn_by("row_pictures", "batch_picture")

    def __repr__(self) -> str:
        counts = f"{len(self.accepted)} accepted, {len(self.refused)} refused"
        if self._unknown:
            counts += f", {len(self._unknown)} unknown"
        return f"<BatchResult: {counts}: {list(self._rows)}>"
