"""Public topics of the USDC perpetual protocol. Where the protocol has JSON numbers, so have these pushes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.feeds.base import BybitFeed
from okx_sync.paper.bybit.feeds.book import SIDES, BybitBookDepth, Sizes
from okx_sync.paper.bybit.feeds.market import BybitTradesFeed, KlineFeed
from okx_sync.paper.bybit.identifiers import PriceDirection, trade_id, value
from okx_sync.paper.bybit.ticker import best_row, change_of_day
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.bars import DAY, HOUR
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row, Side

CENT = Decimal("0.01")


def price_text(px: Decimal) -> str:
    """Return a price with its two decimals."""
    return format(px.quantize(CENT), "f")


def scaled(amount: Decimal, digits: int) -> str:
    """Return an amount as a whole number of the `digits`-th decimal."""
    return text((amount * 10**digits).to_integral_value())


def date_text(ms: int) -> str:
    """Return a moment as the protocol writes dates."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


class SeedMarketFeed(BybitFeed):
    """What the envelopes of books and instrument infos have in common."""

    def stamp(self) -> dict[str, str]:
        """Return the cross sequence and the time in microseconds."""
        version = self.venue.book(self.inst_id).version
        return {"crossSeq": str(version), "timestampE6": f"{self.now_ms()}000"}


class SeedBookFeed(BybitBookDepth, SeedMarketFeed):
    """`orderBookL2_25` and `orderBook_200.100ms`: levels with ids, deleted, updated and inserted."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the snapshot."""
        subscription.push([self._snapshot()], type="snapshot", **self.stamp())

    def _snapshot(self) -> Row:
        return {"orderBook": [level for side in SIDES for level in self._levels(side, self.sides[side])]}

    def changed(self, before: dict[Side, Sizes], changed: dict[Side, Sizes], *, is_lost: bool) -> None:
        """Push a delta."""
        if is_lost:
            return
        lists: dict[str, list[Row]] = {"delete": [], "update": [], "insert": []}
        for side in SIDES:
            old, sizes = before[side], changed[side]
            lists["delete"] += self._levels(side, {px: 0 for px, lots in sizes.items() if not lots})
            lists["update"] += self._levels(side, {px: lots for px, lots in sizes.items() if lots and px in old})
            lists["insert"] += self._levels(side, {px: lots for px, lots in sizes.items() if lots and px not in old})
        self.publish([lists], type="delta", **self.stamp())

    def restarted(self) -> None:
        """Push a snapshot."""
        self.publish([self._snapshot()], type="snapshot", **self.stamp())

    def _levels(self, side: Side, sizes: Sizes) -> Iterable[Row]:
        instrument, word = self.instrument, side.capitalize()
        for ticks, lots in sizes.items():
            px = instrument.px(ticks)
            row = {"price": price_text(px), "symbol": self.target, "id": scaled(px, 4), "side": word}
            yield row | {"size": float(instrument.coins(lots))} if lots else row


class SeedTradesFeed(BybitTradesFeed):
    """`trade`."""

    def row(self, row: Row, direction: str, seq: int) -> Row:  # noqa: ARG002  it had no such number
        """Return a trade as the older protocol wrote it."""
        return {
            "symbol": self.target,
            "tickDirection": direction,
            "price": price_text(Decimal(row["px"])),
            "size": float(Decimal(row["sz"]) * self.instrument.ctVal),
            "timestamp": date_text(int(row["ts"])),
            "tradeTimeMs": row["ts"],
            "side": row["side"].capitalize(),
            "tradeId": trade_id(self.instrument, row["tradeId"]),
        }


class SeedCandleFeed(KlineFeed):
    """`candle.*`: starts and ends in seconds, prices as numbers, times in microseconds."""

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the open candle."""
        subscription.push([self.row(self._last)], timestampE6=self.now_ms() * 1000)

    def publish(self, rows: Any, **envelope: Any) -> None:
        """Push candles, with the time in microseconds behind the data."""
        super().publish(rows, timestampE6=self.now_ms() * 1000, **envelope)

    def row(self, candle: list[str]) -> Row:
        """Return one candle."""
        start, opened, high, low, close, _, volume, turnover, closed = candle
        return {
            "start": int(start) // 1000,
            "end": (self.end_of(int(start)) + 1) // 1000,
            "period": self.channel.options["interval"],
            "open": float(opened),
            "close": float(close),
            "high": float(high),
            "low": float(low),
            "volume": float(volume),
            "turnover": float(turnover),
            "confirm": closed == "1",
            "crossSeq": self.venue.book(self.inst_id).version,
            "timestamp": self.now_ms() * 1000,
        }


class InstrumentInfoFeed(SeedMarketFeed):
    """`instrument_info.100ms`: whole at first, then only the fields that changed."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._period: float = channel.options["period"]
        self._direction = PriceDirection(self.venue.prices.last[self.inst_id])
        self._pushed_at = server.clock.monotonic()
        self._last: Row = {}
        self._last = self._figures()

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push everything."""
        subscription.push([self._head() | self._last | self._tail()], type="snapshot", **self.stamp())

    def tick(self, now: float) -> None:
        """Push what changed."""
        if now - self._pushed_at < self._period:
            return
        figures = self._figures()
        changed = {name: text_ for name, text_ in figures.items() if self._last[name] != text_}
        self._pushed_at = now
        if changed:
            self._last = figures
            self.publish([{"update": [self._head() | changed | self._tail()]}], type="delta", **self.stamp())

    def _head(self) -> Row:
        return {"id": 1, "symbol": self.target}

    def _tail(self) -> Row:
        dates = {"createdAt": date_text(0), "updatedAt": date_text(self.now_ms())}
        return {"crossSeq": self.stamp()["crossSeq"], **dates}

    def _figures(self) -> Row:
        venue, instrument = self.venue, self.instrument
        tape, now = venue.engine.tapes[self.inst_id], self.now_ms()
        day, last = tape.day(), venue.prices.last[self.inst_id]
        if price_text(last) != self._last.get("lastPrice"):
            self._direction.after(last)
        hour_ago = tape.candles.open_at(now - HOUR)
        prices = {
            "lastPrice": last,
            "prevPrice24h": instrument.px(day.open),
            "highPrice24h": instrument.px(day.high),
            "lowPrice24h": instrument.px(day.low),
            "prevPrice1h": instrument.px(hour_ago),
            "markPrice": venue.prices.mark(instrument),
            "indexPrice": venue.prices.index(instrument),
        }
        row: Row = {"lastTickDirection": self._direction.word}
        for name, px in prices.items():
            row |= {f"{name}E4": scaled(px, 4), name: price_text(px)}
        turnover, volume = value(instrument, day.value), instrument.coins(day.lots)
        change = (last - prices["prevPrice1h"]) / prices["prevPrice1h"]
        return {
            **row,
            "price24hPcntE6": scaled(change_of_day(day), 6),
            "price1hPcntE6": scaled(change, 6),
            "openInterestE8": scaled(Decimal(venue.open_interest_row(self.inst_id)["oiCcy"]), 8),
            # Since the listing; a year of days like the last is near enough.
            "totalTurnoverE8": scaled(turnover * 365, 8),
            "turnover24hE8": scaled(turnover, 8),
            "totalVolumeE8": scaled(volume * 365, 8),
            "volume24hE8": scaled(volume, 8),
            **self._funding(now),
            **self._best(),
        }

    def _funding(self, now: int) -> Row:
        row = self.venue.funding_rate_row(self.inst_id)
        due, rate = int(row["fundingTime"]), scaled(Decimal(row["fundingRate"]), 6)
        return {
            "fundingRateE6": rate,
            "predictedFundingRateE6": rate,
            "nextFundingTime": date_text(due).replace(".000Z", "Z"),
            "countDownHour": str(max(0, due - now) % DAY // HOUR + 1),
        }

    def _best(self) -> Row:
        best, row = best_row(self.venue, self.instrument), Row()
        for name in ("bid1Price", "ask1Price"):
            given = Decimal(best[name]) if best[name] else None
            row[f"{name}E4"] = "" if given is None else scaled(given, 4)
            row[name] = "" if given is None else price_text(given)
        return row
