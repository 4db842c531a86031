"""Private topics of the USDC perpetual protocol: `NEW` lists what there is, each `CHANGE` has the next version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okx_sync.paper.bybit import seed_rows
from okx_sync.paper.bybit.feeds.account import BybitPositionsFeed
from okx_sync.paper.bybit.feeds.base import BybitPrivateFeed
from okx_sync.paper.feeds.scripted import ScriptContext
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.venue.events import Filled, OrderChanged, VenueEvent
from okx_sync.paper.venue.types import Row


class VersionedFeed(BybitPrivateFeed):
    """Counts its pushes."""

    _version = 0

    def tell(self, found: Sequence[Row], kind: str = "CHANGE") -> None:
        """Push rows under the next version; without a `kind` for topics that do not say it."""
        self._version += 1
        typed: dict[str, Any] = {"dataType": kind} if kind else {}
        self.own.push(found, version=self._version, baseLine=1, **typed)


class SeedOrdersFeed(VersionedFeed):
    """`user.openapi.perp.order`: the open orders, then each that changed."""

    hears = (OrderChanged,)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push what is open."""
        super().welcome(subscription)
        found = [order for order in self.account.orders.values() if self.wants(order.instrument)]
        self.tell([seed_rows.order_row(order, self.server.client_ids) for order in found], "NEW")

    def take(self, event: VenueEvent) -> None:
        """Push the order."""
        order = self.order_of(event) if isinstance(event, OrderChanged) else None
        if order is not None:
            self.tell([seed_rows.order_row(order, self.server.client_ids)])


class SeedPositionsFeed(VersionedFeed, BybitPositionsFeed):
    """`user.openapi.perp.position`: the open positions, then each that changed."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push what is open."""
        super().welcome(subscription)
        held = self.account.open_positions()
        self.tell([seed_rows.position_row(self.account, position, self.venue) for position in held], "NEW")

    def publish(self, rows: Sequence[Any], **envelope: Any) -> None:  # noqa: ARG002 - the version says it all
        """Push a change; instruments that never had a position are left out."""
        if rows:
            self.tell(rows)

    def rows_of(self, inst_id: str) -> list[Row]:
        """Return the positions of one instrument, closed ones included."""
        held = [one for one in self.account.positions.values() if one.instrument.instId == inst_id and one.uTime]
        return [seed_rows.position_row(self.account, position, self.venue) for position in held]


class SeedExecutionsFeed(VersionedFeed):
    """`user.openapi.perp.trade`: one row per fill."""

    hears = (Filled,)

    def take(self, event: VenueEvent) -> None:
        """Push the fill."""
        fill = self.account.fills[-1] if isinstance(event, Filled) else None
        if fill is not None and self.wants(fill.order.instrument):
            self.tell([seed_rows.trade_row(fill, self.server.client_ids)], "")


def service(context: ScriptContext) -> list[Row]:
    """Make rows of `user.service`: portfolio margin is opened and closed in turn.

    The venue itself has no such service.
    """
    return [
        {
            "pushId": f"{0x11C9C4D888500000 + context.beat:x}",
            "serviceType": "PORTFOLIO_MARGIN",
            "operationType": "SELF",
            "serviceStep": "CLOSE" if context.beat % 2 else "OPEN",
            "serviceStatus": "SUCCESS",
            "version": context.beat + 1,
        }
    ]
