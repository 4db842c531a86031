"""The sides of a book push, checked for their shape and no more: the levels keep their exact texts."""

from __future__ import annotations

from typing import Any

from okx_sync.errors import DecodeError

__all__ = ["book_rows"]


def book_rows(rows: Any, *, is_whole: bool = False) -> list[list[Any]]:
    """Return one side as the list of levels that it must be.

    A side that is missing did not change. Of a whole book (``is_whole``) it must be there: a side without orders is an
    empty list, and a book that was not sent must not pass for an empty one.

    Raises ``DecodeError`` when it is not a list of lists.
    """
    if type(rows) is list:
        for row in rows:
            if type(row) is not list:
                break
        else:
            return rows
    elif (rows is None or rows == "") and not is_whole:
        return []
    raise DecodeError("a side of a book is not a list of levels", text=repr(rows))
