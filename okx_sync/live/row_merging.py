"""Merging of updates that carry only what changed; changes that cannot be merged are counted and reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from okx_sync.delivery.router import Router
from okx_sync.live.links import Links
from okx_sync.live.reporter import Reporter
from okx_sync.logs import get_logger
from okx_sync.protocol.assemble import Merge
from okx_sync.protocol.dialect import Dialect, Topic

__all__ = ["RowMerging"]

log = get_logger("client")

_REASON = "a change came before the row that it changes: such changes are left out until the whole row comes"


class RowMerging:
    """The merges of one client.

    ``path_of(topic)``: the path that carries it; None when nobody is subscribed.
    """

    def __init__(
        self,
        dialect: Dialect,
        router: Router,
        links: Links,
        reporter: Reporter,
        path_of: Callable[[Topic], str | None],
    ) -> None:
        self._dialect = dialect
        self._router = router
        self._links = links
        self._reporter = reporter
        self._path_of = path_of

    def make(self, topic: Topic, key: Sequence[str]) -> Merge:
        """Make the merge of a topic; the wire fields ``key`` say which row is which."""
        return Merge(self._dialect, key, partial(self._tell, topic))

    def _tell(self, topic: Topic, number: int, is_news: bool) -> None:
        """Count rows that could not be completed, and report the first. On the thread of the link."""
        for subscription in self._router.of(topic):
            subscription.incomplete += number
        link = self._links.carrier(self._path_of(topic), topic)
        if is_news and link is not None:
            log.warning("%s: %s", topic, _REASON)
            self._reporter.state(link.event("gap", topic=str(topic), reason=_REASON))
