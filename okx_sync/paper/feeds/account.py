"""The three channels that carry an account's state: snapshots in pages, then batched updates.

Follows OKX V5 "WS / Account channel", "Positions channel" and "Balance and position channel":
`eventType` "snapshot" comes first and then regularly, in pages (`curPage`, `lastPage`);
"event_update" carries only what changed, and changes within 50 ms share one message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.feeds.market import is_about
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.events import BalanceChanged, PositionChanged, VenueEvent
from okx_sync.paper.venue.types import Row

BATCH_S = 0.05
REGULAR_S = 5.0
_INTERVALS_MS = ("2000", "3000", "4000")


def update_interval(arg: Mapping[str, Any], allowed: Sequence[str]) -> float | None:
    """Return seconds between regular snapshots as `extraParams` asks for; None when they are switched off."""
    try:
        extra = orjson.loads(arg.get("extraParams") or "{}")
        wanted = str(extra.get("updateInterval", ""))
    except (orjson.JSONDecodeError, AttributeError, TypeError):
        return REGULAR_S
    if wanted == "0":
        return None
    return int(wanted) / 1000 if wanted in allowed else REGULAR_S


class PrivateFeed(Feed):
    """Has exactly one subscriber, whose account it shows; batches what happens."""

    intervals: tuple[str, ...] = ()

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self.own: TopicSubscription
        self._changed_at: float | None = None
        self._snapshot_at = server.clock.monotonic()
        self._interval: float | None = None

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the snapshot."""
        self.own = subscription
        self._interval = update_interval(subscription.arg, self.intervals)
        self.snapshot()

    def on_event(self, event: VenueEvent) -> None:
        """Remember what changed until the batch is due."""
        account = getattr(event, "account", None)
        if account is self.own.account and self.note(event) and self._changed_at is None:
            self._changed_at = self.server.clock.monotonic()

    def tick(self, now: float) -> None:
        """Push the batch and the regular snapshot when they are due."""
        if self._changed_at is not None and now - self._changed_at >= BATCH_S:
            self._changed_at = None
            self.update()
        if self._interval is not None and now - self._snapshot_at >= self._interval:
            self._snapshot_at = now
            self.snapshot()

    def note(self, event: VenueEvent) -> bool:
        """Remember an event of the own account; whether it matters."""
        raise NotImplementedError

    def snapshot(self) -> None:
        """Push everything."""
        raise NotImplementedError

    def update(self) -> None:
        """Push what was noted."""
        raise NotImplementedError

    def push_pages(self, pages: Sequence[Sequence[Row]]) -> None:
        """Push the pages of a snapshot."""
        for number, rows in enumerate(pages, 1):
            last = number == len(pages)
            self.own.push(rows, eventType="snapshot", curPage=number, lastPage=last)


def in_pages(rows: Sequence[Row], size: int) -> list[Sequence[Row]]:
    """Return rows cut into pages; at least one page, if only an empty one."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [[]]


class AccountFeed(PrivateFeed):
    """`account`: equity and balances."""

    hears = (BalanceChanged,)

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._ccys: dict[str, None] = {}
        self._only = (str(arg["ccy"]),) if arg.get("ccy") else ()

    def note(self, event: VenueEvent) -> bool:
        """Keep the currencies that moved."""
        ccys = event.ccys if isinstance(event, BalanceChanged) else ()
        wanted = [ccy for ccy in ccys if not self._only or ccy in self._only]
        self._ccys |= dict.fromkeys(wanted)
        return bool(wanted)

    def snapshot(self) -> None:
        """Push all currencies with money, a page at a time."""
        row = self.server.venue.account_row(self.own.account, self._only)
        pages = in_pages(row["details"], self.server.options.page_rows)
        self.push_pages([[{**row, "details": list(details)}] for details in pages])

    def update(self) -> None:
        """Push the currencies that moved."""
        row = self.server.venue.account_row(self.own.account, tuple(self._ccys))
        self._ccys = {}
        self.own.push([row], eventType="event_update")


class PositionsFeed(PrivateFeed):
    """`positions`: open positions, and closed ones once."""

    hears = (PositionChanged,)
    intervals = _INTERVALS_MS

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._inst_ids: dict[str, None] = {}
        self._seen: dict[str, tuple[Any, ...]] = {}

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the snapshot; positions closed before are not worth a message any more."""
        self.own = subscription
        self._seen = {row["posId"]: _state(row) for row in self._rows(closed=True)}
        super().welcome(subscription)

    def _rows(self, *, closed: bool, inst_id: str = "") -> list[Row]:
        rows = self.server.venue.position_rows(self.own.account, instId=inst_id, closed=closed)
        return [row for row in rows if self._wants(row["instId"])]

    def _wants(self, inst_id: str) -> bool:
        instrument = self.server.venue.instruments[inst_id]
        return is_about(inst_id, instrument.instType if instrument.is_swap else "MARGIN", self.arg)

    def note(self, event: VenueEvent) -> bool:
        """Keep the instruments whose position changed."""
        if not isinstance(event, PositionChanged) or not self._wants(event.instId):
            return False
        self._inst_ids[event.instId] = None
        return True

    def snapshot(self) -> None:
        """Push all open positions, a page at a time."""
        self.push_pages(in_pages(self._rows(closed=False), self.server.options.page_rows))

    def update(self) -> None:
        """Push the positions that changed, closed ones with `pos` "0"."""
        inst_ids, self._inst_ids = self._inst_ids, {}
        rows = [row for inst_id in inst_ids for row in self._rows(closed=True, inst_id=inst_id)]
        changed = [row for row in rows if self._seen.get(row["posId"]) != _state(row)]
        self._seen |= {row["posId"]: _state(row) for row in changed}
        if changed:
            self.tell(changed)

    def tell(self, rows: Sequence[Row]) -> None:
        """Push positions that changed."""
        self.own.push(rows, eventType="event_update")


def _state(position: Row) -> tuple[Any, ...]:
    return tuple(position[name] for name in ("uTime", "pos", "avgPx", "realizedPnl"))


class BalanceAndPositionFeed(PrivateFeed):
    """`balance_and_position`: the quick view; one row per cause."""

    hears = (BalanceChanged, PositionChanged)

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._causes: dict[str, _Cause] = {}

    def note(self, event: VenueEvent) -> bool:
        """Keep what moved, by cause; frozen money alone does not count."""
        if not isinstance(event, BalanceChanged | PositionChanged) or not event.cause:
            return False
        self._causes.setdefault(event.cause, _Cause()).take(event)
        return True

    def snapshot(self) -> None:
        """Push all balances and positions; only once, this channel has no regular push."""
        self._interval = None
        venue = self.server.venue
        self.own.push([venue.balance_and_position_row(self.own.account, "snapshot")])

    def update(self) -> None:
        """Push a message per cause."""
        causes, self._causes = self._causes, {}
        for name, cause in causes.items():
            row = self.server.venue.balance_and_position_row(
                self.own.account, name, tuple(cause.ccys), tuple(cause.inst_ids), tuple(cause.trades)
            )
            self.own.push([row])


class _Cause:
    """What one cause moved; dicts as ordered sets."""

    def __init__(self) -> None:
        self.ccys: dict[str, None] = {}
        self.inst_ids: dict[str, None] = {}
        self.trades: dict[tuple[str, str], None] = {}

    def take(self, event: BalanceChanged | PositionChanged) -> None:
        self.trades |= dict.fromkeys(event.trades)
        if isinstance(event, BalanceChanged):
            self.ccys |= dict.fromkeys(event.ccys)
        else:
            self.inst_ids[event.instId] = None
