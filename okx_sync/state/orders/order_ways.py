"""``OrderWays``: how long placed orders take to be accepted, to stand at the exchange, and to have their first fill."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

import attrs

from okx_sync.durations import Durations, microseconds
from okx_sync.state.orders.order_state import RANK, OrderState
from okx_sync.types import FINAL

__all__ = ["OrderWays"]

_MOST: Final = 10_000  # orders that are watched until they are over


@attrs.define
class _Way:
    """One order under way: when it was wanted, monotonic seconds, and whether the exchange has told that it stands."""

    began: float
    is_live: bool = False


class OrderWays:
    """The ways of the orders that one manager places, each from the call of ``place()`` on. Safe from any thread."""

    def __init__(self) -> None:
        # Guards the orders under way; a leaf, taken under the manager's lock.
        self._lock = threading.Lock()
        self._under_way: OrderedDict[str, _Way] = OrderedDict()
        self.intent_to_accepted = Durations()
        """Until the exchange has taken the request, and the caller knows."""
        self.intent_to_live = Durations()
        """Until the stream, or REST, has told that the order stands, or stood."""
        self.intent_to_fill = Durations()
        """Until the first fill was told: of a resting order as long as the market takes."""

    @property
    def are_watched(self) -> bool:
        """Whether any order is under way."""
        return bool(self._under_way)

    def begin(self, client_order_id: str, began: float) -> None:
        """Watch an order that is about to be sent; its ``place()`` was called then."""
        with self._lock:
            self._under_way[client_order_id] = _Way(began)
            while len(self._under_way) > _MOST:
                self._under_way.popitem(last=False)

    def accepted(self, began: float, now: float) -> None:
        """Note that the exchange has taken an order."""
        self.intent_to_accepted.add(microseconds(now - began), now)

    def see(self, order: OrderState, now: float) -> None:
        """Take in what is told of any order."""
        client_id = order.client_order_id
        if client_id is None or client_id not in self._under_way:
            return
        with self._lock:
            way = self._under_way.get(client_id)
            if way is None:
                return
            has_lived = RANK[order.status] and order.status != "rejected"
            if has_lived and not way.is_live:
                way.is_live = True
                self.intent_to_live.add(microseconds(now - way.began), now)
            if order.filled:
                self.intent_to_fill.add(microseconds(now - way.began), now)
            if order.filled or order.status in FINAL:
                del self._under_way[client_id]
