"""What every feed has: subscribers, ticks, events, and one encoding for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.events import VenueEvent


class Feed:
    """A feed that says nothing by itself: channels whose events never happen here."""

    hears: tuple[type, ...] = ()

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        self.server = server
        self.channel = channel
        self.arg = arg
        self.subscribers: list[TopicSubscription] = []

    @property
    def inst_id(self) -> str:
        """The instrument, index or spread of the topic, or nothing."""
        return str(self.arg.get("instId") or self.arg.get("sprdId") or "")

    def add(self, subscription: TopicSubscription) -> None:
        """Take a subscriber in, and push what it should get at once."""
        self.subscribers.append(subscription)
        self.welcome(subscription)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the first message of a new subscription, where the channel has one."""

    def remove(self, subscription: TopicSubscription) -> None:
        """Let a subscriber go."""
        if subscription in self.subscribers:
            self.subscribers.remove(subscription)

    def tick(self, now: float) -> None:
        """Push what is due at paper time `now` (seconds)."""

    def on_event(self, event: VenueEvent) -> None:
        """Handle an event of one of the types in `hears`."""

    def publish(self, rows: Sequence[Any], **envelope: Any) -> None:
        """Push the same message to all subscribers."""
        if not self.subscribers:
            return
        # Pushes of one topic look the same to everyone; data of an account has one subscriber only.
        payload = self.subscribers[0].encode(rows, envelope)
        for subscription in list(self.subscribers):
            subscription.session.push(subscription.topic, payload)
