"""The REST call of Bybit that gives the whole book from which the changes of a stream without snapshots go on."""

from __future__ import annotations

from typing import Any, Final

from okx_sync.clients.bybit_rest_access import BybitRestAccess
from okx_sync.live.books import BookFetches, FetchBook
from okx_sync.protocol.dialect import Topic

__all__ = ["snapshots_of"]

_WITHOUT_SNAPSHOT: Final = "orderbook.full"


def snapshots_of(rest: BybitRestAccess, category: str) -> BookFetches:
    """Return how to fetch the book of a topic, for each topic; None where the stream brings it.

    Path: ``GET /v5/market/full_orderbook``, whose ``u`` counts as that of the stream.
    """

    def fetch_of(topic: Topic) -> FetchBook | None:
        if topic.channel != _WITHOUT_SNAPSHOT:
            return None
        symbol = dict(topic.args)["symbol"]

        def fetch() -> Any:
            return rest().market.get_full_order_book(category, symbol)

        return fetch

    return fetch_of
