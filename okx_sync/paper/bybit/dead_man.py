"""Disconnection protection: orders go when every private stream that asked for it has been away too long.

Follows Bybit V5 "Set Disconnect Cancel All": it counts private connections that have a `dcp` topic of the product.
"""

from __future__ import annotations

from okx_sync.paper.bybit.identifiers import LINEAR, SPOT, category_of
from okx_sync.paper.bybit.settings import settings_of
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.records import VenueAccount

LOOK_S = 1.0
#: The venue's source of such a cancellation.
BY_DCP = "bybit dcp"
_TOPICS = {"SPOT": ("dcp.spot", SPOT), "DERIVATIVES": ("dcp.future", LINEAR), "OPTIONS": ("dcp.option", "option")}


def watch(server: ServerInterface, account: VenueAccount, product: str) -> None:
    """Look after an account from now on. It is armed by the first connection with the topic."""
    _Watch(server, account, product).look()


class _Watch:
    def __init__(self, server: ServerInterface, account: VenueAccount, product: str) -> None:
        self._server, self._account, self._product = server, account, product
        self._topic, self._category = _TOPICS[product]
        self._gone_at: float | None = None
        self._is_armed = False

    def look(self) -> None:
        """Look whether anybody is there, and again in a second."""
        now = self._server.clock.monotonic()
        if self._server.connections_of(self._account, self._topic):
            self._is_armed, self._gone_at = True, None
        elif self._is_armed:
            self._gone_at = now if self._gone_at is None else self._gone_at
            if now - self._gone_at >= settings_of(self._account).dcp[self._product]:
                self._is_armed, self._gone_at = False, None
                self._cancel()
        self._server.rearm(("bybit dcp " + self._product, self._account.uid), LOOK_S, self.look)

    def _cancel(self) -> None:
        venue = self._server.venue
        venue.step()
        for order in list(self._account.orders.values()):
            if category_of(order.instrument) == self._category:
                venue.engine.end(order, BY_DCP)
