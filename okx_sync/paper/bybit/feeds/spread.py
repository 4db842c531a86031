"""Feeds of spread trading: book, trades and tickers of a spread's own market, and orders on it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.feeds.base import BybitFeed, BybitPrivateFeed
from okx_sync.paper.bybit.feeds.book import BybitBookFeed, Sizes
from okx_sync.paper.bybit.identifiers import PriceDirection, spread_symbol, trade_id
from okx_sync.paper.bybit.spread_rows import pushed_row
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface
from okx_sync.paper.venue.events import SpreadOrderChanged, VenueEvent
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.spreads import SpreadMarket
from okx_sync.paper.venue.types import Row


class _SpreadFeed(BybitFeed):
    """A feed of the spread that the topic's ``instId`` names."""

    @property
    def market(self) -> SpreadMarket:
        """The spread, brought up to the present."""
        return self.venue.spreads.get(self.inst_id)

    @property
    def instrument(self) -> VenueInstrument:
        """The spread as an instrument: sizes are in the coin."""
        return self.market.instrument


class BybitSpreadBookFeed(_SpreadFeed, BybitBookFeed):
    """`orderbook.25` of a spread."""

    def _open(self) -> MatchingBook:
        return self.market.book

    def tick(self, now: float) -> None:
        """Let the spread move, then push what changed."""
        _ = self.market
        super().tick(now)

    def _levels(self, sizes: Sizes) -> list[list[str]]:
        one = self.instrument
        return [[text(one.px(px)), text(one.sz(lots))] for px, lots in sizes.items()]


class BybitSpreadTradesFeed(_SpreadFeed):
    """`publicTrade` of a spread."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        market = self.market
        self._next = market.next_trade
        self._direction = PriceDirection(market.px)

    def tick(self, now: float) -> None:  # noqa: ARG002 - trades come when they come
        """Push what was traded since the last look."""
        market = self.market
        for row in market.trades:
            if int(row["tradeId"]) >= self._next:
                self.publish([self._row(market, row)])
        self._next = market.next_trade

    def _row(self, market: SpreadMarket, row: Row) -> Row:
        return {
            "T": int(row["ts"]),
            "s": self.target,
            "S": row["side"].capitalize(),
            "v": row["sz"],
            "p": row["px"],
            "L": self._direction.after(Decimal(row["px"])),
            "i": trade_id(market.instrument, row["tradeId"]),
            "seq": int(row["tradeId"]),
        }


class BybitSpreadTickersFeed(_SpreadFeed):
    """`tickers` of a spread: whole each time."""

    _pushed_at = float("-inf")

    def tick(self, now: float) -> None:
        """Push the ticker when it is time."""
        if now - self._pushed_at >= self.channel.options["period"]:
            self._pushed_at = now
            self.publish([spread_ticker(self.market)])


def spread_ticker(market: SpreadMarket) -> Row:
    """Return the ticker of a spread, on streams and over REST."""
    row = market.ticker_row()
    return {
        "symbol": spread_symbol(market),
        "bidPrice": row["bidPx"],
        "bidSize": row["bidSz"],
        "askPrice": row["askPx"],
        "askSize": row["askSz"],
        "lastPrice": row["last"],
        "highPrice24h": row["high24h"],
        "lowPrice24h": row["low24h"],
        "prevPrice24h": row["open24h"],
        "volume24h": row["vol24h"],
    }


class BybitSpreadOrdersFeed(BybitPrivateFeed):
    """`spread.order`: the whole order after each change."""

    hears = (SpreadOrderChanged,)

    def take(self, event: VenueEvent) -> None:
        """Push it."""
        if isinstance(event, SpreadOrderChanged):
            order = self.venue.spread_orders.get(self.account, event.ordId)
            if order is not None:
                self.publish([pushed_row(self.venue, self.server.client_ids, order)])
