"""Scripted feeds: what no market here produces is pushed by a script that follows seed, clock and prices.

Time is cut into beats. A script is a function from a `ScriptContext` (who asks, which beat, its random numbers, where
prices are) to the rows of one push, or to none. It keeps no state of its own, so that all connections, and all
channels of one family, tell the same story: the luck of a beat depends on the seed alone, and a price once asked for
at a beat stays what it was.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import ModuleType
from typing import Any

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.past_prices import PastPrices
from okx_sync.paper.venue.types import Row

#: How soon a new subscriber gets the last push there was, in paper seconds.
FIRST_S = 0.2
#: How many beats a feed catches up on after a jump of the clock, and how far back a first push is looked for.
MOST_BEATS = 30

Script = Callable[["ScriptContext"], list[Row]]


class ScriptContext:
    """One beat, seen by one topic. `uid` is the subscriber's on private channels, else empty."""

    def __init__(
        self, past_prices: PastPrices, channel: ChannelSpec, arg: Mapping[str, Any], uid: str, beat: int
    ) -> None:
        self.venue = past_prices.venue
        self.channel = channel
        self.arg = arg
        self.uid = uid
        self.beat = beat
        self._past_prices = past_prices

    def ms_of(self, beat: int) -> int:
        """Tell when a beat is or was (epoch ms)."""
        return self.venue.clock.at_ms(beat * float(self.channel.options["period"]))

    @property
    def ms(self) -> int:
        """When this beat is (epoch ms)."""
        return self.ms_of(self.beat)

    @property
    def ts(self) -> str:
        """When this beat is, as wire text."""
        return str(self.ms)

    def luck(self, *about: object) -> random.Random:
        """Return random numbers that are always the same for these words and this seed."""
        return random.Random(" ".join(map(str, (self.venue.seed, *about))))

    def px(self, name: str, beat: int | None = None) -> Decimal:
        """Return the price of an instrument, index or spread at a beat (default: this one)."""
        return self._past_prices.px(name, self.ms_of(self.beat if beat is None else beat))

    def px_text(self, name: str, beat: int | None = None) -> str:
        """Return the same as wire text."""
        return text(self.px(name, beat))


def script(function: Script) -> Script:
    """Mark a function as the script of the feed of its name."""
    function.is_script = True  # type: ignore[attr-defined]
    return function


def scripts_of(module: ModuleType) -> list[tuple[str, Script]]:
    """List the scripts of a module with their names."""
    return [(name, one) for name, one in vars(module).items() if getattr(one, "is_script", False)]


class ScriptFeed(Feed):
    """Plays a script, a beat each `period` seconds (a channel option).

    Late subscribers get the last push there was after `FIRST_S`, unless a new one comes first.
    """

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any], script: Script) -> None:
        super().__init__(server, channel, arg)
        self._script = script
        self._period = float(channel.options["period"])
        self._beat = self._now()
        self._waiting: dict[TopicSubscription, float] = {}

    @staticmethod
    def of(script: Script) -> Callable[..., ScriptFeed]:
        """Return a maker of feeds that play `script`."""

        def make(server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> ScriptFeed:
            return ScriptFeed(server, channel, arg, script)

        return make

    def _now(self) -> int:
        return int(self.server.clock.monotonic() // self._period)

    def _rows(self, beat: int) -> list[Row]:
        if not self.subscribers:  # a push before this one ended the connection
            return []
        uid = self.subscribers[0].account.uid if self.channel.own else ""
        return self._script(ScriptContext(self.server.hub.past_prices, self.channel, self.arg, uid, beat))

    def welcome(self, subscription: TopicSubscription) -> None:
        """Let a new subscriber wait for its first push."""
        self._waiting[subscription] = self.server.clock.monotonic() + FIRST_S

    def remove(self, subscription: TopicSubscription) -> None:
        """Let a subscriber go."""
        super().remove(subscription)
        self._waiting.pop(subscription, None)

    def tick(self, now: float) -> None:
        """Push the beats that passed, then the last push to new subscribers who got nothing from them."""
        beat = self._now()
        for number in range(max(self._beat + 1, beat - MOST_BEATS), beat + 1):
            rows = self._rows(number)
            if rows:
                self._waiting.clear()
                self.publish(rows)
        self._beat = beat
        for subscription in [one for one, due in self._waiting.items() if due <= now]:
            self._waiting.pop(subscription, None)
            self._push_last(subscription, beat)

    def _push_last(self, subscription: TopicSubscription, beat: int) -> None:
        for number in range(beat, beat - MOST_BEATS, -1):
            rows = self._rows(number)
            if rows:
                subscription.push(rows)
                return
