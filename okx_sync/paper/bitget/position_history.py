"""Feeds about how positions end: closed ones as history, and auto-deleveraging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from okx_sync.paper.bitget import summaries
from okx_sync.paper.bitget.feeds import RowScope, scope_of
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.feeds.base import Feed
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.events import Filled, VenueEvent
from okx_sync.paper.venue.insurance import ADL
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.records import VenueAccount, VenueFill
from okx_sync.paper.venue.types import Row


@dataclass(slots=True)
class FillTotals:
    """What the opening or the closing fills of a position add up to."""

    coins: Decimal = ZERO
    value: Decimal = ZERO
    fee: Decimal = ZERO

    def add(self, fill: VenueFill, lots: int) -> None:
        """Take in so many lots of a fill, and their share of its fee."""
        coins = fill.order.instrument.coins(lots)
        self.coins += coins
        self.value += coins * fill.px
        self.fee += fill.fee * lots / fill.lots

    @property
    def px(self) -> str:
        """The average price."""
        return text(rounded(self.value / self.coins))


class FilledPosition:
    """One position from its first fill until it is flat."""

    def __init__(self, fill: VenueFill) -> None:
        self.began = self.ended = fill.ts
        self.sign = fill.order.sign
        self.left = 0
        self.pnl = ZERO
        self.opened, self.closed = FillTotals(), FillTotals()

    def take(self, fill: VenueFill, lots: int) -> int:
        """Take in `lots` of a fill; returns how many of them belong to the next position."""
        if fill.order.sign == self.sign:
            self.opened.add(fill, lots)
            self.left += lots
            return 0
        mine = min(lots, self.left)
        self.closed.add(fill, mine)
        self.left -= mine
        self.pnl += fill.pnl
        self.ended = fill.ts
        return lots - mine


class FilledPositions:
    """The open positions of an account, followed fill by fill."""

    def __init__(self, account: VenueAccount) -> None:
        self._open: dict[tuple[str, str, str], FilledPosition] = {}
        for fill in account.fills:
            self.take(fill)

    def take(self, fill: VenueFill) -> FilledPosition | None:
        """Follow one fill; the position it ended, if it ended one."""
        order = fill.order
        if not order.instrument.is_swap:
            return None
        key = (order.instrument.instId, order.tdMode, order.posSide)
        record = self._open.setdefault(key, FilledPosition(fill))
        over = record.take(fill, fill.lots)
        if record.left:
            return None
        del self._open[key]
        if over:
            self._open[key] = FilledPosition(fill)
            self._open[key].take(fill, over)
        return record


class ClosedPositionsFeed(Feed):
    """`positions-history`: a row for each position when it is closed."""

    hears = (Filled,)

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._positions: FilledPositions

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push nothing of the past, but remember what is open."""
        self._positions = FilledPositions(subscription.account)

    def on_event(self, event: VenueEvent) -> None:
        """Take a fill of the account, perhaps the last of a position."""
        for one in self.subscribers:
            if not isinstance(event, Filled) or event.account is not one.account:
                continue
            fill = one.account.fills[-1]
            record = self._positions.take(fill)
            if record is not None and fill.order.instrument.settleCcy == self.arg["margin"]:
                one.push([_history(scope_of(one), fill, record)])


def _history(scope: RowScope, fill: VenueFill, record: FilledPosition) -> Row:
    order = fill.order
    position = order.position
    assert position is not None
    # After a fill that also opened the next position, the old one's funding is not known any more.
    funding = ZERO if position.lots else position.funding
    return {
        "posId": position.posId,
        "instId": symbol_of(order.instrument),
        "marginCoin": order.instrument.settleCcy,
        "marginMode": "isolated" if order.tdMode == "isolated" else "crossed",
        "holdSide": "long" if record.sign > 0 else "short",
        "posMode": "hedge_mode" if summaries.is_hedged(scope.account) else "one_way_mode",
        "openPriceAvg": record.opened.px,
        "closePriceAvg": record.closed.px,
        "openSize": text(record.opened.coins),
        "closeSize": text(record.closed.coins),
        "achievedProfits": text(record.pnl),
        "settleFee": text(funding),
        "openFee": text(record.opened.fee),
        "closeFee": text(record.closed.fee),
        "cTime": str(record.began),
        "uTime": str(record.ended),
    }


class BitgetAdlFeed(Feed):
    """`adl-noti`: the account hears of its positions when a contract's insurance fund turns to deleveraging.

    `venue.set_adl` turns it; the venue takes nothing from the positions. Channel option `row`.
    """

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._alarmed: set[str] = set()

    def tick(self, now: float) -> None:  # noqa: ARG002 - funds go by the date
        """Look at the funds."""
        venue = self.server.venue
        ms = venue.clock.now_ms()
        alarmed = {family for family, fund in venue.risk.insurance.funds.items() if fund.state(ms) == ADL}
        fresh, self._alarmed = alarmed - self._alarmed, alarmed
        for one in self.subscribers:
            scope = scope_of(one)
            held = summaries.held_by(venue, scope.account, scope.margin, scope.inst_id) if fresh else []
            rows = [
                self.channel.options["row"](scope, position)
                for position in held
                if venue.instruments[position.row["instId"]].uly in fresh
            ]
            if rows:
                one.push(rows)
