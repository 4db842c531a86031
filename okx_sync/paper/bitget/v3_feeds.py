"""Who makes the pushes of V3 where they are not made as in V2: books, positions, the account, liquidations."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.bitget import rows_v3
from okx_sync.paper.bitget.feeds import BitgetIncrementalBookFeed, BitgetSnapshotBookFeed, SnapshotFeed, scope_of
from okx_sync.paper.feeds.account import REGULAR_S, PositionsFeed
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.venue.events import Liquidated, VenueEvent
from okx_sync.paper.venue.types import Row


class V3BookFeed(BitgetIncrementalBookFeed):
    """`books`: a snapshot, then changes, chained by `pseq` and `seq`."""

    def _row(self, asks: list[list[str]], bids: list[list[str]], previous: int, seq: int) -> Row:
        most: int = self.channel.options["depth"]
        chain = {"seq": seq, "pseq": max(0, previous), "ts": self._ts()}
        return {"a": asks, "b": bids, **chain, "maxdepth": most, "checksum": 0}


class V3ShortBookFeed(BitgetSnapshotBookFeed):
    """`books1`, `books5`, `books50`, and those with retail price improvement: the whole view each time."""

    def _row(self) -> Row:
        return {"a": self._asks, "b": self._bids, "seq": self._seq, "pseq": 0, "ts": self._ts()}


class V3AccountFeed(SnapshotFeed):
    """`account`: everything at once, after each change, and every five seconds."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the present state."""
        super().welcome(subscription)
        self._interval = REGULAR_S


class V3PositionFeed(PositionsFeed):
    """`position`: the open ones at first, then those that changed, with those that ended; every push says snapshot."""

    def _wants(self, inst_id: str) -> bool:
        return self.server.venue.instruments[inst_id].is_swap

    def snapshot(self) -> None:
        """Push all open positions."""
        self.tell(self._rows(closed=False))

    def tell(self, rows: Sequence[Row]) -> None:
        """Push positions, given as the venue's rows."""
        scope = scope_of(self.own)
        self.own.push([rows_v3.position(scope, row) for row in rows])


class LiquidationFeed(Feed):
    """`liquidation`: positions of anybody that the exchange closed, in one contract or in all of a product."""

    hears = (Liquidated,)

    def on_event(self, event: VenueEvent) -> None:
        """Push what was closed."""
        if not isinstance(event, Liquidated) or self.inst_id not in ("", event.instId):
            return
        venue = self.server.venue
        if venue.instruments[event.instId].settleCcy == self.arg["margin"]:
            self.publish(rows_v3.liquidation(venue, event), action="update")
