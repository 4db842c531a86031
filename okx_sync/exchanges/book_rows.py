"""The sides of a book push, checked for their shape and no more: the levels keep their exact texts."""

from __future__ import annotations

from typing import Any

from okx_sync.errors import DecodeError

__all__ = ["book_rows"]


def book_rows(rows: Any) -> list[list[Any]]:
    """One side as the list of levels that it must be; a missing side has none.

    Raises ``DecodeError`` when it is not a list of lists.
    """
    if rows is None or rows == "":
        return []
    if type(rows) is list:
        for row in rows:
            if type(row) is not list:
                break
        else:
            return rows
    raise DecodeError("a side of a book is not a list of levels", text=repr(rows))
