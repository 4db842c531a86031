"""Updates that carry only what changed: put together with what is known, so that subscribers always get whole rows.

Each socket begins with whole rows, and its changes are about these: what another socket told is forgotten with the
first push of the next. An update of a row of which the whole was never seen is not delivered: nobody could tell what is
missing from what is unchanged. It is counted, and the first of a row of them is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Dialect
from okx_sync.protocol.events import Push

__all__ = ["Merge"]

log = get_logger("ws")


class Merge:
    """One topic's whole rows. Used under the socket's feeding lock.

    ``key``: the wire fields that tell rows apart. ``on_incomplete(number, is_news)`` is told how many rows were left
    out because the whole of them is not known; ``is_news``: there were none since the last whole push.
    """

    def __init__(
        self, dialect: Dialect, key: Sequence[str], on_incomplete: Callable[[int, bool], None] | None = None
    ) -> None:
        self._dialect = dialect
        self._key = tuple(key)
        self._on_incomplete = on_incomplete
        self._has_told = False
        self._rows: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._socket: object = None

    def __call__(self, push: Push, socket: object = None) -> Push:
        """The push with whole rows; it has none when nothing of it can be completed. ``socket``: who brought it."""
        if socket is not self._socket:
            self._socket, self._rows, self._has_told = socket, {}, False
        is_whole = self._dialect.is_whole(push)
        rows = [self._row(row, is_whole) for row in push.rows]
        whole = [row for row in rows if row is not None]
        if is_whole:
            self._has_told = False
        if len(whole) < len(rows):
            log.debug("%s: a change came before the row that it changes", push.arg)
            is_news, self._has_told = not self._has_told, True
            if self._on_incomplete is not None:
                self._on_incomplete(len(rows) - len(whole), is_news)
        return push.with_rows(whole)

    def _row(self, row: Any, is_whole: bool) -> Any:
        if not isinstance(row, dict):
            return row  # the decoder reports it
        key = tuple(row.get(name) for name in self._key)
        try:
            known = None if is_whole else self._rows.get(key)
            hash(key)
        except TypeError:  # a list or an object names nothing
            return row if is_whole else None
        if known is None and not is_whole:
            return None
        merged = row if known is None else {**known, **row}
        self._rows[key] = merged
        return merged
