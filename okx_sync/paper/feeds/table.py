"""Who pushes what, and when: one feed per topic, shared by its subscribers.

A feed gets the ticks of the paper clock and the events of the venue, and pushes rows. Public feeds
encode each push once for all subscribers. The table at the end names the feed of each channel.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from okx_sync.paper.feeds import blocks, bots, notes, options, spreads
from okx_sync.paper.feeds.account import AccountFeed, BalanceAndPositionFeed, PositionsFeed
from okx_sync.paper.feeds.algos import AdvancedAlgosFeed
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.book import BookFeed, TopFeed
from okx_sync.paper.feeds.market import CandleFeed, EventFeed, StateFeed, StatusFeed
from okx_sync.paper.feeds.risk import AdlFeed, GreeksFeed
from okx_sync.paper.feeds.script import ScriptFeed
from okx_sync.paper.feeds.spreads import SpreadTradesFeed
from okx_sync.paper.server.interface import ServerInterface, Subscription
from okx_sync.paper.venue import events
from okx_sync.paper.venue.past_prices import PastPrices


class Hub:
    """All live feeds, by topic."""

    def __init__(self, server: ServerInterface) -> None:
        self.past_prices = PastPrices(server.venue)
        self._server = server
        self._feeds: dict[Hashable, Feed] = {}
        self._of: dict[Subscription, Hashable] = {}

    def add(self, subscription: Subscription) -> None:
        """Start pushing to a subscriber; what the channel says at once is sent here."""
        key = _feed_key(subscription)
        feed = self._feeds.get(key)
        if feed is None:
            # A played recording is the only source there is: no feed of our own beside it.
            make = Feed if self._server.player is not None else subscription.session.feeds[subscription.channel.feed]
            feed = self._feeds[key] = make(self._server, subscription.channel, subscription.arg)
        self._of[subscription] = key
        feed.add(subscription)
        if self._server.player is not None:
            self._server.player.subscribed(self._server)

    def remove(self, subscription: Subscription) -> None:
        """Stop pushing to a subscriber; harmless when it was removed before."""
        key = self._of.pop(subscription, None)
        feed = self._feeds.get(key) if key is not None else None
        if key is None or feed is None:
            return
        feed.remove(subscription)
        if not feed.subscribers:
            del self._feeds[key]

    def subscribers(self, topic: str) -> list[Subscription]:
        """Everyone subscribed to a topic, on any connection."""
        return [one for one in self._of if one.topic == topic]

    def topics(self) -> list[str]:
        """The topic of each active subscription, of all connections."""
        return [one.topic for one in self._of]

    def tick(self, now: float) -> None:
        """Let every feed push what is due at paper time `now`."""
        for feed in list(self._feeds.values()):
            feed.tick(now)

    def on_event(self, event: events.VenueEvent) -> None:
        """Pass on what happened at the venue."""
        for feed in list(self._feeds.values()):
            if not isinstance(event, feed.hears):
                continue
            try:
                feed.on_event(event)
            except Exception as problem:  # noqa: BLE001 - the venue is in the middle of something
                self._server.problem(problem)


def _feed_key(subscription: Subscription) -> Hashable:
    # Data of an account goes to one subscriber only: each has its own filter, interval and pages.
    if subscription.channel.own:
        return id(subscription)
    return subscription.session.wire_name, subscription.topic


Maker = Callable[[ServerInterface, Any, Mapping[str, Any]], Feed]

FEEDS: dict[str, Maker] = {
    # from the market
    "state": StateFeed,
    "candle": CandleFeed,
    "book": BookFeed,
    "top": TopFeed,
    "trades": EventFeed.of(events.TradePrinted, lambda event: [[event.row_trades]]),
    "trades_all": EventFeed.of(events.TradePrinted, lambda event: [[row] for row in event.rows_trades_all]),
    "spread_trades": SpreadTradesFeed,
    "instruments": EventFeed.of(events.InstrumentChanged, lambda event: [[event.row]]),
    "liquidations": EventFeed.of(events.Liquidated, lambda event: [[event.row]]),
    "adl": AdlFeed,
    "status": StatusFeed,
    # from the accounts
    "account": AccountFeed,
    "positions": PositionsFeed,
    "balance_and_position": BalanceAndPositionFeed,
    "greeks": GreeksFeed,
    "warnings": EventFeed.of(events.RiskWarned, lambda event: [[event.row]]),
    "orders": EventFeed.of(events.OrderChanged, lambda event: [[event.row]]),
    "fills": EventFeed.of(events.Filled, lambda event: [[event.row]]),
    "algos": EventFeed.of(events.AlgoChanged, lambda event: [[event.row]]),
    "algo_advance": AdvancedAlgosFeed,
    "deposits": EventFeed.of(events.Deposited, lambda event: [[event.row]]),
    "withdrawals": EventFeed.of(events.Withdrawn, lambda event: [[event.row]]),
    # from a script
    "opt_summary": ScriptFeed.of(options.opt_summary),
    "option_trades": ScriptFeed.of(options.option_trades),
    "estimated_price": ScriptFeed.of(options.estimated_price),
    "event_markets": ScriptFeed.of(options.event_markets),
    "call_auction": ScriptFeed.of(notes.call_auction),
    "calendar": ScriptFeed.of(notes.calendar),
    "lead_notes": ScriptFeed.of(notes.lead_notes),
    "grid_spot": ScriptFeed.of(bots.grid_spot),
    "grid_contract": ScriptFeed.of(bots.grid_contract),
    "grid_positions": ScriptFeed.of(bots.grid_positions),
    "grid_sub_orders": ScriptFeed.of(bots.grid_sub_orders),
    "recurring": ScriptFeed.of(bots.recurring),
    "rfqs": ScriptFeed.of(blocks.rfqs),
    "quotes": ScriptFeed.of(blocks.quotes),
    "block_trades": ScriptFeed.of(blocks.block_trades),
    "public_structures": ScriptFeed.of(blocks.public_structures),
    "public_legs": ScriptFeed.of(blocks.public_legs),
    "block_ticker": ScriptFeed.of(blocks.block_ticker),
    "spread_orders": ScriptFeed.of(spreads.spread_orders),
    "spread_fills": ScriptFeed.of(spreads.spread_fills),
}
"""By the name that the channel table uses."""
