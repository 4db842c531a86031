"""V5's order books: a snapshot, then what changed, numbered by `u`; depth 1 is always whole."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from okx_sync.paper.bybit.feeds.base import BybitFeed
from okx_sync.paper.bybit.identifiers import coins
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row, Side

Sizes = dict[int, int]
"""Price in ticks -> lots, best price first."""
REPEAT_S = 3.0
SIDES: tuple[Side, Side] = ("buy", "sell")


def differences(old: Sizes, new: Sizes) -> Sizes:
    """Return what turns one side into another; 0 lots where a level is gone."""
    gone = {px: 0 for px in old if px not in new}
    return gone | {px: lots for px, lots in new.items() if old.get(px) != lots}


class BybitBookDepth(BybitFeed):
    """Looks at `depth` levels each `period` seconds and knows what changed. The wire's own feed prints it."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._book = self._open()
        self._depth: int = channel.options["depth"]
        self._period: float = channel.options["period"]
        self._version = -1
        self._looked_at = self._pushed_at = server.clock.monotonic()
        self._resets = server.sequence.resets(self.inst_id)
        self.sides: dict[Side, Sizes] = {side: {} for side in SIDES}
        self._look()

    def _open(self) -> MatchingBook:
        return self.server.venue.book(self.inst_id)

    @property
    def seq(self) -> int:
        """The number of the book's last change, shared by all depths."""
        return self._version

    def _look(self) -> dict[Side, Sizes] | None:
        """Return what changed within our depth since the last look; None when nothing did."""
        if self._book.version == self._version:
            return None
        self._version = self._book.version
        changed: dict[Side, Sizes] = {}
        for side in SIDES:
            levels = {level.px: level.total for level in islice(self._book.walk(side), self._depth)}
            changed[side] = differences(self.sides[side], levels)
            self.sides[side] = levels
        return changed if any(changed.values()) else None

    def tick(self, now: float) -> None:
        """Push what changed, unless a fault loses it; begin anew after a restart."""
        if now - self._looked_at < self._period:
            return
        self._looked_at = now
        before, changed = dict(self.sides), self._look()
        resets = self.server.sequence.resets(self.inst_id)
        if resets != self._resets:
            self._resets, self._pushed_at = resets, now
            self.restarted()
        elif changed is not None:
            self._pushed_at = now
            facts = {"channel": self.channel.name, "instId": self.target}
            self.changed(before, changed, is_lost=self.server.rules.take("gap", **facts) is not None)
        elif now - self._pushed_at >= REPEAT_S:
            self._pushed_at = now
            self.unchanged()

    def changed(self, before: dict[Side, Sizes], changed: dict[Side, Sizes], *, is_lost: bool) -> None:
        """Take changed levels; a lost push is counted but not sent."""
        raise NotImplementedError

    def unchanged(self) -> None:
        """Act when nothing has changed for `REPEAT_S`."""

    def restarted(self) -> None:
        """Act when the exchange's service began anew."""


class BybitBookFeed(BybitBookDepth):
    """`orderbook.50` and deeper."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._u = self.seq

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the snapshot that the next delta follows, also to those who come later."""
        subscription.push([self._row(self.sides)], type="snapshot", cts=self.now_ms())

    def changed(self, before: dict[Side, Sizes], changed: dict[Side, Sizes], *, is_lost: bool) -> None:  # noqa: ARG002
        """Push a delta."""
        self._u += 1
        if not is_lost:
            self.publish([self._row(changed)], type="delta", cts=self.now_ms())

    def restarted(self) -> None:
        """Push a snapshot with `u` 1."""
        self._u = 1
        self.publish([self._row(self.sides)], type="snapshot", cts=self.now_ms())

    def _row(self, sides: dict[Side, Sizes]) -> Row:
        bids, asks = (self._levels(sides[side]) for side in SIDES)
        return {"s": self.target, "b": bids, "a": asks, "u": self._u, "seq": self.seq}

    def _levels(self, sizes: Sizes) -> list[list[str]]:
        instrument = self.instrument
        return [[text(instrument.px(px)), coins(instrument, lots)] for px, lots in sizes.items()]


class BybitTopFeed(BybitBookFeed):
    """`orderbook.1`: snapshots only, repeated with the same `u` when nothing happens."""

    def changed(self, before: dict[Side, Sizes], changed: dict[Side, Sizes], *, is_lost: bool) -> None:  # noqa: ARG002
        """Push the whole view."""
        self._u += 1
        if not is_lost:
            self.unchanged()

    def unchanged(self) -> None:
        """Push the same again."""
        self.publish([self._row(self.sides)], type="snapshot", cts=self.now_ms())


class BybitRpiFeed(BybitBookFeed):
    """`orderbook.rpi`: nobody here places retail price improvement orders, so their column is 0."""

    def _levels(self, sizes: Sizes) -> list[list[str]]:
        return [[px, size, "0"] for px, size in super()._levels(sizes)]


class BybitFullFeed(BybitBookFeed):
    """`orderbook.full`: changes only. REST tells the book as this feed last saw it, with the same `u`."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push nothing."""

    def restarted(self) -> None:
        """Push an empty change with `u` 1."""
        self._u = 1
        nothing: dict[Side, Sizes] = {side: {} for side in SIDES}
        self.publish([self._row(nothing)], type="delta", cts=self.now_ms())

    def whole(self) -> Row:
        """Return the book as REST tells it."""
        return self._row(self.sides)
