"""Feeds about risk: an account's greeks, and the alarm of insurance funds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okx_sync.paper.feeds.account import PrivateFeed
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.events import BalanceChanged, PositionChanged, VenueEvent
from okx_sync.paper.venue.insurance import NORMAL


class GreeksFeed(PrivateFeed):
    """`account-greeks`: every coin at first and regularly, and all of them again when anything moved."""

    hears = (BalanceChanged, PositionChanged)

    def note(self, event: VenueEvent) -> bool:
        """Tell whether an event moves a greek: what is only frozen does not."""
        return isinstance(event, BalanceChanged | PositionChanged) and event.cause != ""

    def snapshot(self) -> None:
        """Push all rows; there is neither an event type nor a page."""
        self.own.push(self.server.venue.greeks_rows(self.own.account, str(self.arg.get("ccy", ""))))

    def update(self) -> None:
        """Push all rows: coins depend on each other's swaps."""
        self.snapshot()


class AdlFeed(Feed):
    """`adl-warning`: one push per alarmed fund each `period` seconds, nothing while all is well."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._period: float = channel.options["period"]
        self._pushed_at = -self._period

    def tick(self, now: float) -> None:
        """Push the rows of alarmed funds when they are due."""
        if now - self._pushed_at < self._period:
            return
        for family, fund in self.server.venue.risk.insurance.funds.items():
            if fund.instType != self.arg["instType"] or self.arg.get("instFamily", family) != family:
                continue
            row = self.server.venue.adl_row(family)
            if row["state"] != NORMAL:
                self._pushed_at = now
                self.publish([row])
