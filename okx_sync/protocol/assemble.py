"""Whole rows and whole snapshots from pushes that carry parts: pages are collected, changes are put together.

A reader of half an account would act on balances that are not there, so nothing of a snapshot in pages is delivered
until the last page has come. A row that carries only what changed is put together with what is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.logs import get_logger
from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Push

__all__ = ["Merge", "PageAssembler"]


class PageAssembler:
    """Per socket: pages of an old socket never mix with those of a new one."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._parts: dict[Topic, list[Push]] = {}

    def collect(self, topic: Topic, push: Push) -> Push | None:
        """Take one push; return the whole snapshot once its last page is here, and None while pages are missing.

        A push that has no pages is returned at once.
        """
        page = self._dialect.page(push)
        if page is None:
            return push
        number, is_last = page
        parts = self._parts.setdefault(topic, [])
        if number == 1:
            parts.clear()
        elif number != len(parts) + 1:
            parts.clear()
            return None
        parts.append(push)
        if not is_last:
            return None
        del self._parts[topic]
        return push if len(parts) == 1 else self._dialect.join_pages(parts)


log = get_logger("ws")


class Merge:
    """One topic's whole rows. Used under the socket's feeding lock.

    ``key``: the wire fields that tell rows apart. ``on_incomplete(number, is_news)`` is called with the number of rows
    that were left out because they are not known whole; ``is_news``: there were none since the last whole push.
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
        """Return the push with whole rows, or with none when no row of it can be completed.

        ``socket``: the socket that brought the push.
        """
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
