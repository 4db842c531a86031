"""Who makes the pushes of Bitget's channels; what the rows look like is each protocol's own (channel options).

Public feeds are those of OKX's wire with other rows. Private ones push whole lists of what an account has, or one row
per thing that happened to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from okx_sync.paper.feeds.account import PrivateFeed
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.book import IncrementalBookFeed, SnapshotBookFeed, checksum
from okx_sync.paper.feeds.market import CandleFeed
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.events import BalanceChanged, OrderChanged, PositionChanged, TradePrinted, VenueEvent
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: How many rows the first push of these channels has.
CANDLES, TRADES = 100, 50


@dataclass(frozen=True, slots=True)
class RowScope:
    """What the rows of a private topic are about: one account's contracts backed by `margin`, on one or all.

    An empty `margin` stands for everything that the account has.
    """

    venue: Venue
    account: VenueAccount
    margin: str
    inst_id: str = ""


def scope_of(subscription: TopicSubscription) -> RowScope:
    """Return the scope of a private topic."""
    arg = subscription.arg
    return RowScope(subscription.session.server.venue, subscription.account, arg["margin"], arg["instId"])


# --- public


class BitgetTradesFeed(Feed):
    """`trade`: the latest ones, oldest first, then each as it happens. Channel option `row`."""

    hears = (TradePrinted,)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the latest trades."""
        subscription.push(self._made(reversed(self.server.venue.trades(self.inst_id, TRADES))))

    def on_event(self, event: VenueEvent) -> None:
        """Push a trade that was printed."""
        if isinstance(event, TradePrinted) and event.instId == self.inst_id:
            self.publish(self._made([event.row_trades]), action="update")

    def _made(self, rows: Iterable[Row]) -> list[Any]:
        return [self.channel.options["row"](self.server.venue, row) for row in rows]


class BitgetCandleFeed(CandleFeed):
    """`candle…`: the latest candles, then the open one as it changes. Channel options `bar`, `kind` and `row`."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the latest candles, oldest first."""
        rows = self.server.venue.candles(self.inst_id, self.channel.options["bar"], CANDLES)
        subscription.push([self.channel.options["row"](row) for row in reversed(rows)])

    def publish(self, rows: Any, **envelope: Any) -> None:
        """Push candles that changed."""
        super().publish([self.channel.options["row"](row) for row in rows], action="update", **envelope)


class BitgetIncrementalBookFeed(IncrementalBookFeed):
    """`books`: a snapshot, then changes. V2 chains them by `pseq` and `seq`, V1 has a real checksum instead.

    Channel options as in `IncrementalBookFeed`, and `crc` for V1's rows.
    """

    keep_alive_s = math.inf

    def _row(self, asks: list[list[str]], bids: list[list[str]], previous: int, seq: int) -> Row:
        row: Row = {"asks": asks, "bids": bids, "checksum": 0}
        if self.channel.options.get("crc"):
            return {**row, "checksum": checksum(self._asks, self._bids), "ts": self._ts()}
        return {**row, "seq": seq, "pseq": max(0, previous), "ts": self._ts()}


class BitgetSnapshotBookFeed(SnapshotBookFeed):
    """`books1`, `books5`, `books15`: the whole view each time."""

    keep_alive_s = math.inf

    def _row(self) -> Row:
        row: Row = {"asks": self._asks, "bids": self._bids}
        if self.channel.options.get("crc"):
            return {**row, "checksum": checksum(self._asks, self._bids), "ts": self._ts()}
        return {**row, "seq": self._seq, "ts": self._ts()}


# --- private


class SnapshotFeed(PrivateFeed):
    """The present list at once and after each change. Channel option `rows`: a function of `RowScope`."""

    hears: tuple[type, ...] = (BalanceChanged, PositionChanged)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the present list; there is no regular push."""
        self.own = subscription
        self.snapshot()

    def note(self, event: VenueEvent) -> bool:
        """Tell whether an event matters: any money for `account`, positions only for `positions` (`money` False).

        Channel option `frozen` False: money that is only frozen or released does not matter.
        """
        if isinstance(event, BalanceChanged) and not event.cause and not self.channel.options.get("frozen", True):
            return False
        return isinstance(event, PositionChanged) or bool(self.channel.options.get("money", True))

    def rows(self) -> list[Row]:
        """Return the rows to be pushed now."""
        rows: list[Row] = self.channel.options["rows"](scope_of(self.own))
        return rows

    def snapshot(self) -> None:
        """Push the list."""
        self.own.push(self.rows())

    def update(self) -> None:
        """Push the whole list again: there are no deltas."""
        self.snapshot()


class V2PositionsFeed(SnapshotFeed):
    """`positions`: the whole list after each change of a position, and of an order on a contract."""

    hears = (PositionChanged, OrderChanged)

    def note(self, event: VenueEvent) -> bool:
        """Tell whether an event matters."""
        return isinstance(event, PositionChanged) or (isinstance(event, OrderChanged) and event.instType == "SWAP")


class SnapshotWithClosedFeed(SnapshotFeed):
    """A list whose entries are told once more when they end.

    Channel options: `key` tells rows apart, `closed` makes the last row of an entry from the one before.
    """

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._told: dict[Any, Row] = {}

    def rows(self) -> list[Row]:
        """Return the present entries, and those that ended since the last push."""
        key, closed = self.channel.options["key"], self.channel.options["closed"]
        before, self._told = self._told, {key(row): row for row in super().rows()}
        gone = [closed(scope_of(self.own), row) for name, row in before.items() if name not in self._told]
        return [*self._told.values(), *gone]


class AccountEventsFeed(Feed):
    """A push for each event of the account. Channel option `makers`: event type -> function of scope and event."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._makers: Mapping[type, Callable[[RowScope, Any], list[Row]]] = channel.options["makers"]
        self.hears = tuple(self._makers)

    def on_event(self, event: VenueEvent) -> None:
        """Push what the event is worth, when it is about the account and the contracts asked for."""
        for one in self.subscribers:
            if getattr(event, "account", None) is not one.account:
                continue
            scope, inst_id = scope_of(one), getattr(event, "instId", "")
            instrument = scope.venue.instruments.get(inst_id)
            if instrument is None or scope.margin not in ("", instrument.settleCcy):
                continue
            if scope.inst_id not in ("", inst_id):
                continue
            rows = self._makers[type(event)](scope, event)
            if rows:
                one.push([self._named(row) for row in rows])

    def _named(self, row: Row) -> Row:
        """Return a row with the client's id as it was given, which the venue may know by another."""
        known = row.get("clientOid")
        return {**row, "clientOid": self.server.client_ids.given(known)} if known else row
