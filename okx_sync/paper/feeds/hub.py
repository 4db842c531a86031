"""The live feeds: one per topic, shared by its subscribers.

A feed gets the ticks of the paper clock and the events of the venue, and pushes rows. Public feeds
encode each push once for all subscribers.
"""

from __future__ import annotations

from collections.abc import Hashable

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.events import VenueEvent
from okx_sync.paper.venue.past_prices import PastPrices


class FeedHub:
    """All live feeds, by topic."""

    def __init__(self, server: ServerInterface) -> None:
        self.past_prices = PastPrices(server.venue)
        self._server = server
        self._feeds: dict[Hashable, Feed] = {}
        self._of: dict[TopicSubscription, Hashable] = {}
        self._shown: dict[str, dict[TopicSubscription, None]] = {}

    def add(self, subscription: TopicSubscription) -> None:
        """Start pushing to a subscriber; what the channel says at once is sent here."""
        key = _feed_key(subscription)
        feed = self._feeds.get(key)
        if feed is None:
            # A played recording is the only source there is: no feed of our own beside it.
            make = Feed if self._server.player is not None else subscription.session.feeds[subscription.channel.feed]
            feed = self._feeds[key] = make(self._server, subscription.channel, subscription.arg)
        self._of[subscription] = key
        self._shown.setdefault(subscription.shown_topic, {})[subscription] = None
        feed.add(subscription)
        if self._server.player is not None:
            self._server.player.subscribed(self._server, subscription)

    def remove(self, subscription: TopicSubscription) -> None:
        """Stop pushing to a subscriber; harmless when it was removed before."""
        key = self._of.pop(subscription, None)
        feed = self._feeds.get(key) if key is not None else None
        if key is None or feed is None:
            return
        shown = self._shown[subscription.shown_topic]
        del shown[subscription]
        if not shown:
            del self._shown[subscription.shown_topic]
        feed.remove(subscription)
        if not feed.subscribers:
            del self._feeds[key]

    def subscribers(self, topic: str) -> list[TopicSubscription]:
        """Return everyone subscribed to a topic, on any connection."""
        return [one for one in self._of if one.topic == topic]

    def topics(self) -> list[str]:
        """Return the topic of each active subscription, of all connections."""
        return [one.topic for one in self._of]

    def showing(self, topic: str) -> list[TopicSubscription]:
        """Return everyone whose pushes carry this topic, on any connection."""
        return list(self._shown.get(topic, ()))

    def shown_topics(self) -> set[str]:
        """Return the topics that pushes of the active subscriptions carry."""
        return set(self._shown)

    def find(self, channel: str, inst_id: str) -> Feed | None:
        """Return the live feed of a channel and an instrument of the venue; None when nobody is subscribed."""
        fits = (one for one in self._feeds.values() if one.channel.name == channel and one.inst_id == inst_id)
        return next(fits, None)

    def tick(self, now: float) -> None:
        """Let every feed push what is due at paper time `now`."""
        for feed in list(self._feeds.values()):
            feed.tick(now)

    def on_event(self, event: VenueEvent) -> None:
        """Pass on what happened at the venue."""
        for feed in list(self._feeds.values()):
            if not isinstance(event, feed.hears):
                continue
            try:
                feed.on_event(event)
            except Exception as problem:  # noqa: BLE001 - the venue is in the middle of something
                self._server.problem(problem)


def _feed_key(subscription: TopicSubscription) -> Hashable:
    # Data of an account goes to one subscriber only: each has its own filter, interval and pages.
    if subscription.channel.own:
        return id(subscription)
    # Two paths may have topics of one name: those of contracts and of spot pairs.
    return subscription.session.wire_name, subscription.channel.path, subscription.topic
