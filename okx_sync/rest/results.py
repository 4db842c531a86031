"""What a call returns when several things were asked for at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

from okx_sync.models import tables

__all__ = ["BatchResult", "Verdict"]


class Verdict(Protocol):
    """A result row that says itself whether it was accepted."""

    @property
    def ok(self) -> bool:
        """True when the exchange accepted this one."""


V = TypeVar("V", bound=Verdict)


class BatchResult(Sequence[V], Generic[V]):
    """The rows of a batch in the order of the request, each with its own verdict.

    ``ok`` is True only when every row was accepted; so is the truth of the object itself, so that
    ``if client.trade.place_batch_orders(...)`` cannot take a partial failure for success.
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[V]) -> None:
        self._rows = tuple(rows)

    @property
    def ok(self) -> bool:
        """True when there are rows and all of them were accepted."""
        return bool(self._rows) and all(row.ok for row in self._rows)

    @property
    def accepted(self) -> tuple[V, ...]:
        """The rows that the exchange accepted."""
        return tuple(row for row in self._rows if row.ok)

    @property
    def refused(self) -> tuple[V, ...]:
        """The rows that the exchange refused; each carries its code and message."""
        return tuple(row for row in self._rows if not row.ok)

    to_df = tables.to_df

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
        return self._rows == other._rows if isinstance(other, BatchResult) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._rows)

    def __repr__(self) -> str:
        return f"<BatchResult: {len(self.accepted)} accepted, {len(self.refused)} refused: {list(self._rows)}>"
