"""Snapshots that come in pages: collected, and delivered once as a whole.

A reader of half an account would act on balances that are not there. Until the last page has come, nothing of a
snapshot is delivered; a page out of turn starts the collection anew.
"""

from __future__ import annotations

from okx_sync.protocol.dialect import Dialect, Topic
from okx_sync.protocol.events import Push

__all__ = ["Pages"]


class Pages:
    """Per socket: pages of an old socket never mix with those of a new one."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._parts: dict[Topic, list[Push]] = {}

    def collect(self, topic: Topic, push: Push) -> Push | None:
        """The whole snapshot once its last page is here; a push without pages at once; None while pages miss."""
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
