"""The feed of advanced algo orders. Follows OKX V5 "Algo Trading / WS / Advance algo orders channel"."""

from __future__ import annotations

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.market import is_about
from okx_sync.paper.server.interface import TopicSubscription
from okx_sync.paper.venue.events import AdvancedAlgoChanged, VenueEvent


class AdvancedAlgosFeed(Feed):
    """`algo-advance`: the orders that are live at first, one push each; then every change of one."""

    hears = (AdvancedAlgoChanged,)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the live orders, oldest first."""
        engine = self.server.venue.algos
        for algo in reversed(list(engine.of(subscription.account, done=False))):
            instrument = algo.instrument
            if algo.is_advanced and self._wants(instrument.instId, instrument.instType, str(algo.id)):
                subscription.push([engine.advanced_row(algo)])

    def on_event(self, event: VenueEvent) -> None:
        """Push a change of an order of the subscriber's account."""
        if not isinstance(event, AdvancedAlgoChanged):
            return
        mine = all(one.account is event.account for one in self.subscribers)
        if mine and self._wants(event.instId, event.instType, event.algoId):
            self.publish([event.row])

    def _wants(self, inst_id: str, inst_type: str, algo_id: str) -> bool:
        return is_about(inst_id, inst_type, self.arg) and self.arg.get("algoId", "") in ("", algo_id)
