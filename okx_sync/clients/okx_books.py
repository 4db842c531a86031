"""REST calls of OKX that give the whole book from which the changes of a book channel can go on."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.clients.okx_rest_access import OkxRestAccess
from okx_sync.live.books import BookFetches, FetchBook
from okx_sync.protocol.dialect import Topic

__all__ = ["snapshots_of"]

# Channel -> method of ``client.market``, and how many levels a side the channel has. Not among them: channels that
# push the whole book each time, and those whose book REST gives without a sequence number or not at all.
_CALLS: Final = {
    "books": ("get_books", 400),
    "books-l2-tbt": ("get_books", 400),
    "books50-l2-tbt": ("get_books", 50),
    "books-rpi": ("get_books_rpi", 400),
}


def snapshots_of(rest: OkxRestAccess) -> BookFetches:
    """Return how to fetch the book of a topic, for each topic; None where it cannot be fetched.

    Paths: ``GET /api/v5/market/books``, ``GET /api/v5/market/books-rpi``.
    """

    def fetch_of(topic: Topic) -> FetchBook | None:
        if topic.channel not in _CALLS:
            return None
        name, depth = _CALLS[topic.channel]
        inst_id = dict(topic.args)["instId"]

        def fetch() -> Any:
            return getattr(rest().market, name)(inst_id, depth)

        return fetch

    return fetch_of
