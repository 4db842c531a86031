"""What Bybit's feeds share: the instrument of a topic, and pushes that wait for the next tick."""

from __future__ import annotations

from okx_sync.paper.bybit.identifiers import category_of
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.venue.events import OrderChanged, VenueEvent
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.records import VenueAccount, VenueOrder
from okx_sync.paper.venue.venue import Venue


class BybitFeed(Feed):
    """A feed of either protocol."""

    @property
    def venue(self) -> Venue:
        """The venue."""
        return self.server.venue

    @property
    def perp(self) -> bool:
        """Whether symbols are those of the older protocol."""
        return bool(self.channel.options.get("perp"))

    @property
    def instrument(self) -> VenueInstrument:
        """The instrument of the topic."""
        return self.venue.instruments[self.inst_id]

    @property
    def target(self) -> str:
        """The symbol or pool at the end of the topic."""
        return str(self.arg["target"])

    def now_ms(self) -> int:
        """Return the exchange's date."""
        return self.server.clock.now_ms()


class BybitPrivateFeed(BybitFeed):
    """Has exactly one subscriber, whose account it tells of."""

    own: TopicSubscription

    def welcome(self, subscription: TopicSubscription) -> None:
        """Remember whose data it is; V5 tells nothing at first."""
        self.own = subscription

    @property
    def account(self) -> VenueAccount:
        """The subscriber's account."""
        return self.own.account

    def on_event(self, event: VenueEvent) -> None:
        """Take what happened to the own account."""
        if getattr(event, "account", None) is self.account:
            self.take(event)

    def take(self, event: VenueEvent) -> None:
        """Handle an event of the own account."""

    def wants(self, instrument: VenueInstrument) -> bool:
        """Tell whether the topic's category holds an instrument; the older protocol knows perpetuals only."""
        category = "linear" if self.perp else self.channel.options.get("category", "")
        return category in ("", category_of(instrument))

    def order_of(self, event: OrderChanged) -> VenueOrder | None:
        """Return the order an event is about, when the topic wants it."""
        order = self.account.find(str(event.row["ordId"]), "")
        return order if order is not None and self.wants(order.instrument) else None
