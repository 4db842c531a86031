"""What an exchange says that this version does not know: new fields, words and error codes, each told once.

Reading a row is cheap because nobody looks at what was not asked for. So messages are only sampled: every few seconds
one of each public channel, and the next few of each private topic. Looking costs nothing in between: what makes a
topic's messages objects is replaced for so long.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Final

from okx_sync.delivery.router import TopicRoute
from okx_sync.errors import OkxError
from okx_sync.logs import get_logger
from okx_sync.protocol.events import shorten
from okx_sync.rows import Row, UntypedRow
from okx_sync.rows.row import copy_of
from okx_sync.rows.unknown import unknown_fields, unknown_words
from okx_sync.timing import Clock

__all__ = ["Drift"]

log = get_logger("client")

_EVERY_S: Final = 2.0
_PRIVATE: Final = 50
_MOST: Final = 200  # news of a channel, so that one of nothing but news costs no memory


class Drift:
    """Counts what is new. Safe from any thread.

    Args:
        routes: Gives the topics that are heard.
        knows_code: Tells whether an error code is known.
    """

    def __init__(
        self, clock: Clock, routes: Callable[[], Iterable[TopicRoute]], knows_code: Callable[[str], bool]
    ) -> None:
        self._clock = clock
        self._routes = routes
        self._knows_code = knows_code
        # Guards all below; nothing is called under it.
        self._lock = threading.RLock()
        self._news: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._due = 0.0
        self._turn = 0  # of the topics of a channel, another one each time

    def tick(self) -> None:
        """Have the next messages looked at; called about twice a second."""
        now = self._clock.monotonic()
        with self._lock:
            if now < self._due:
                return
            self._due, self._turn = now + _EVERY_S, self._turn + 1
        public: defaultdict[str, list[TopicRoute]] = defaultdict(list)
        for route in self._routes():
            if route.is_private:
                self._look(route, _PRIVATE)
            else:
                public[route.topic.channel].append(route)
        for routes in public.values():
            self._look(routes[self._turn % len(routes)], 1)

    def _look(self, route: TopicRoute, messages: int) -> None:
        route.opener.sample(self, lambda rows: self._note_rows(route.topic.channel, rows), messages)

    def _note_rows(self, channel: str, rows: Iterable[Any]) -> None:
        for row in rows:
            # What was fetched after an outage has the fields of REST besides those of the channel.
            if isinstance(row, Row) and not isinstance(row, UntypedRow) and not row.recovered:
                copy = copy_of(row)  # what is read of the row itself counts as read by its consumers
                for field in unknown_fields(copy):
                    self._note(channel, f"field {field}")
                for word in unknown_words(copy):
                    self._note(channel, f"word {word}")

    def note_error(self, channel: str, error: BaseException) -> None:
        """Count the code of an error, if it is a new one."""
        code = error.code if isinstance(error, OkxError) else None
        if code and not self._knows_code(code):
            self._note(channel, f"code {code}")

    def _note(self, channel: str, what: str) -> None:
        what = shorten(what)
        if not what.isprintable():  # a line of the log is one line
            what = repr(what)[1:-1]
        with self._lock:
            counts = self._news[channel]
            is_first = what not in counts
            if is_first and len(counts) >= _MOST:
                return
            counts[what] += 1
        if is_first:
            log.warning("%s: %s is unknown to this version; it is passed on as it is", channel, what)

    def describe(self) -> dict[str, dict[str, int]]:
        """Return by channel what was new, and in how many of the messages that were looked at."""
        with self._lock:
            return {channel: dict(counts) for channel, counts in self._news.items()}
