"""Public feeds other than books: tickers and their kin, candles, trades, status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.events import StatusChanged, VenueEvent
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row

CANDLE_PERIOD_S = 1.0


class StateFeed(Feed):
    """The latest row of something: pushed on change, not more often than `period`.

    Channel options: `row` (the venue's `<row>_row` method, or a function of venue and `instId`), `period` in seconds,
    and `repeat`: after so many seconds it is pushed without a change as well.
    """

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        row = channel.options["row"]
        self._row: Callable[[str], Row] = (
            partial(row, server.venue) if callable(row) else getattr(server.venue, row + "_row")
        )
        self._period: float = channel.options["period"]
        self._repeat: float | None = channel.options.get("repeat")
        self._last: Row = self._row(self.inst_id)
        self._pushed_at = server.clock.monotonic()

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the current row, at once."""
        subscription.push([self._row(self.inst_id)])

    def tick(self, now: float) -> None:
        """Push the row when it changed and the period is over."""
        waited = now - self._pushed_at
        if waited < self._period:
            return
        row = self._row(self.inst_id)
        is_due = self._repeat is not None and waited >= self._repeat
        if is_due or _without_ts(row) != _without_ts(self._last):
            self._last, self._pushed_at = row, now
            self.publish([row])


def _without_ts(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "ts"}


class CandleFeed(Feed):
    """The open candle at most once per second, and its last row with `confirm` "1" when it closes."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._bar: str = channel.options["bar"]
        self._kind: str = channel.options["kind"]
        self._last = self._current()
        self._pushed_at = server.clock.monotonic()

    def _current(self) -> list[str]:
        return self.server.venue.current_candle(self.inst_id, self._bar, self._kind)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the open candle, at once."""
        subscription.push([self._current()])

    def tick(self, now: float) -> None:
        """Push each candle that closed, then the open one when it changed."""
        if now - self._pushed_at < CANDLE_PERIOD_S:
            return
        self._pushed_at = now
        since = int(self._last[0])
        for row in self.server.venue.latest_candles(self.inst_id, self._bar, since, self._kind):
            if row != self._last:
                self._last = row
                self.publish([row])


class EventFeed(Feed):
    """Pushes the rows of one kind of venue event as they come."""

    def __init__(
        self,
        server: ServerInterface,
        channel: ChannelSpec,
        arg: Mapping[str, Any],
        kind: type,
        messages: Callable[[Any], list[list[Row]]],
    ) -> None:
        super().__init__(server, channel, arg)
        self.hears = (kind,)
        self._messages = messages

    @staticmethod
    def of(kind: type, messages: Callable[[Any], list[list[Row]]]) -> Callable[..., EventFeed]:
        """Return a maker of feeds for events of type `kind`; `messages(event)` gives the rows of each push."""

        def make(server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> EventFeed:
            return EventFeed(server, channel, arg, kind, messages)

        return make

    def on_event(self, event: VenueEvent) -> None:
        """Push the event's rows, when it is about the topic and about the subscriber's account."""
        if not is_about(getattr(event, "instId", ""), getattr(event, "instType", ""), self.arg):
            return
        if self.arg.get("ccy", "") not in ("", getattr(event, "ccy", "")):
            return
        account: VenueAccount | None = getattr(event, "account", None)
        if account is not None and any(one.account is not account for one in self.subscribers):
            return
        for rows in self._messages(event):
            self.publish(rows)


def is_about(inst_id: str, inst_type: str, arg: Mapping[str, Any]) -> bool:
    """Tell whether a topic with this argument wants an instrument; `instId` wins over `instFamily`.

    `inst_type` may be empty where the channel is not asked for by type.
    """
    wanted_type = arg.get("instType", "ANY")
    if wanted_type != "ANY" and inst_type and inst_type != wanted_type:
        return False
    if arg.get("instId"):
        return bool(inst_id == arg["instId"])
    family = arg.get("instFamily")
    return not family or inst_id == family or inst_id.startswith(f"{family}-")


class StatusFeed(Feed):
    """The system status: the latest record at once, then each change."""

    hears = (StatusChanged,)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the latest record."""
        subscription.push([self.server.venue.status_row()])

    def on_event(self, event: VenueEvent) -> None:
        """Push a new record."""
        if isinstance(event, StatusChanged):
            self.publish([event.row])
