"""``RowList``: a list of rows that is a table in a notebook, and short in a terminal."""

from __future__ import annotations

from typing import Any, Final, SupportsIndex, TypeVar, overload

from okx_sync.lazy import drawn_by

__all__ = ["RowList"]

T = TypeVar("T")
_MOST: Final = 6
_ENDS: Final = 2


class RowList(list[T]):
    """What calls and pagers return where they return rows: a list in every way; only what is shown of it differs.

    A slice of it is one, too, and ``RowList(rows)`` makes one of any rows, for instance of those that a subscription
    brought.
    """

    __slots__ = ()

    _repr_html_ = drawn_by("row_pictures", "rows_picture")

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, index: slice, /) -> RowList[T]: ...
    def __getitem__(self, index: Any, /) -> Any:
        found = super().__getitem__(index)
        return RowList(found) if isinstance(index, slice) else found

    def __repr__(self) -> str:
        if len(self) <= _MOST:
            return super().__repr__()
        ends = [*map(repr, self[:_ENDS]), f"... {len(self) - 2 * _ENDS} more ...", *map(repr, self[-_ENDS:])]
        return f"[{', '.join(ends)}]"
