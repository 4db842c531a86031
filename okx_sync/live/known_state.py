"""``KnownState``: what a stream client knows of its account and of prices without asking anybody, for order limits."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from okx_sync.errors import BookInvalid, StreamClosed
from okx_sync.lazy import part_of
from okx_sync.live.live_objects import LiveObjects
from okx_sync.rest.order_intent import BestPrices
from okx_sync.state.orders.order_manager import OrderManager
from okx_sync.state.position_monitor import PositionMonitor

__all__ = ["KnownState", "held_weakly"]

T = TypeVar("T")


class KnownState:
    """The live objects of a client, as far as they were opened (``LiveFacts``). It does not keep the client alive.

    Args:
        client: Has them as its part ``_live``.
        usual_path: Where the client's books are, unless their product has a path of its own.
    """

    def __init__(self, client: object, usual_path: str) -> None:
        self._client = weakref.ref(client)
        self._usual_path = usual_path

    def _live(self) -> LiveObjects | None:
        client = self._client()
        found: LiveObjects | None = None if client is None else part_of(client, "_live")
        return found

    def orders(self) -> OrderManager | None:
        """Return the live orders if they were opened."""
        live = self._live()
        feed = None if live is None else live.orders._feed
        return feed.manager if feed is not None and feed.is_ready else None

    def positions(self) -> PositionMonitor | None:
        """Return the live positions if they were opened."""
        live = self._live()
        return None if live is None else live.account.opened_positions

    def prices(self, inst_id: str, product: str | None) -> BestPrices | None:
        """Return the best prices of a live book that is valid; None without one."""
        live = self._live()
        if live is None:
            return None
        fits = partial(live.spec.books.is_of, product=product, usual=self._usual_path)
        book = live.books.of(inst_id, fits)
        if book is None:
            return None
        try:
            now = book.snapshot(1)
        except BookInvalid:
            return None
        bid, ask = now.best_bid, now.best_ask
        return BestPrices(None if bid is None else bid.price, None if ask is None else ask.price)


def held_weakly(owner: T) -> Callable[[], T]:
    """Return what gives ``owner`` without keeping it alive. Raises ``StreamClosed`` once that is gone."""
    ref = weakref.ref(owner)

    def get() -> T:
        found = ref()
        if found is None:
            raise StreamClosed("the client is gone")
        return found

    return get
