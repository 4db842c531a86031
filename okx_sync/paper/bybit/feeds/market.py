"""V5's public topics other than books: trades, tickers, klines, liquidations, price limits, insurance funds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from okx_sync.paper.bybit.feeds.base import BybitFeed
from okx_sync.paper.bybit.identifiers import PriceDirection, find_instrument, symbol_of, trade_id
from okx_sync.paper.bybit.ticker import spot_ticker_row, ticker_row
from okx_sync.paper.server.channel_spec import ChannelSpec
from okx_sync.paper.server.interface import ServerInterface, TopicSubscription
from okx_sync.paper.venue.bars import Bar
from okx_sync.paper.venue.events import Liquidated, TradePrinted, VenueEvent
from okx_sync.paper.venue.insurance import ADL, START, VenueInsuranceFund
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import BYBIT

KLINE_S = 1.0
#: The constants of the alarm: a symbol's loss that starts deleveraging, the loss that ends it, the least balance.
ADL_STARTS, ADL_STOPS, ADL_BALANCE = -0.3, -0.25, 10000


class BybitTradesFeed(BybitFeed):
    """`publicTrade`: all matches of one taker at one price in one frame."""

    hears = (TradePrinted,)

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._direction = PriceDirection(self.venue.prices.last[self.inst_id])

    def on_event(self, event: VenueEvent) -> None:
        """Push the trades of the own symbol."""
        if isinstance(event, TradePrinted) and event.instId == self.inst_id:
            seq = event.row_trades["seqId"]
            rows = [self.row(row, self._direction.after(Decimal(row["px"])), seq) for row in event.rows_trades_all]
            self.publish(rows)

    def row(self, row: Row, direction: str, seq: int) -> Row:
        """Return a trade; ``direction``: of its price since the one before."""
        return {
            "T": int(row["ts"]),
            "s": self.target,
            "S": row["side"].capitalize(),
            "v": text(Decimal(row["sz"]) * self.instrument.ctVal),
            "p": row["px"],
            "L": direction,
            "i": trade_id(self.instrument, row["tradeId"]),
            "BT": False,
            "RPI": False,
            "seq": seq,
        }


class TickersFeed(BybitFeed):
    """`tickers`: whole at first, then only the fields that changed."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._period: float = channel.options["period"]
        self._direction = PriceDirection(self.venue.prices.last[self.inst_id])
        self._pushed_at = server.clock.monotonic()
        self._last: Row = {}
        self._last = self._row()

    def _row(self) -> Row:
        last = self.venue.prices.last[self.inst_id]
        if text(last) != self._last.get("lastPrice"):
            self._direction.after(last)
        return ticker_row(self.venue, self.instrument, self._direction.word)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the state that the next delta changes."""
        subscription.push([self._last], type="snapshot", cs=self._cs())

    def tick(self, now: float) -> None:
        """Push what changed."""
        if now - self._pushed_at < self._period:
            return
        row = self._row()
        changed = {name: value for name, value in row.items() if self._last[name] != value}
        self._pushed_at = now
        if changed:
            self._last = row
            self.publish([{"symbol": self.target, **changed}], type="delta", cs=self._cs())

    def _cs(self) -> int:
        return self.venue.book(self.inst_id).version


class SpotTickersFeed(BybitFeed):
    """`tickers` of a spot pair: whole each time it changed."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._period: float = channel.options["period"]
        self._pushed_at = server.clock.monotonic()
        self._last = spot_ticker_row(self.venue, self.instrument)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the present state."""
        subscription.push([self._last], cs=self._cs())

    def tick(self, now: float) -> None:
        """Push the state, when it changed."""
        if now - self._pushed_at < self._period:
            return
        self._pushed_at = now
        row = spot_ticker_row(self.venue, self.instrument)
        if row != self._last:
            self._last = row
            self.publish([row], cs=self._cs())

    def _cs(self) -> int:
        return self.venue.book(self.inst_id).version


class KlineFeed(BybitFeed):
    """`kline.*`: the open candle at most once per second, and its last row when it closes."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._bar: str = channel.options["bar"]
        self._pushed_at = server.clock.monotonic()
        self._last = self.venue.current_candle(self.inst_id, self._bar)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the open candle."""
        subscription.push([self.row(self._last)])

    def tick(self, now: float) -> None:
        """Push each candle that closed, then the open one when it changed."""
        if now - self._pushed_at < KLINE_S:
            return
        self._pushed_at = now
        for candle in self.venue.latest_candles(self.inst_id, self._bar, int(self._last[0])):
            if candle != self._last:
                self._last = candle
                self.publish([self.row(candle)])

    def row(self, candle: list[str]) -> Row:
        """Return one candle.

        The venue's columns are its start, four prices, contracts, coins, quote, whether closed.
        """
        start, opened, high, low, close, _, volume, turnover, closed = candle
        return {
            "start": int(start),
            "end": self.end_of(int(start)),
            "interval": self.channel.options["interval"],
            "open": opened,
            "close": close,
            "high": high,
            "low": low,
            "volume": volume,
            "turnover": turnover,
            "confirm": closed == "1",
            "timestamp": self.now_ms(),
        }

    def end_of(self, start: int) -> int:
        """Return the last millisecond of a candle."""
        return Bar(self._bar).next(start) - 1


class LiquidationsFeed(BybitFeed):
    """`allLiquidation`: `S` is "Buy" when a long was liquidated."""

    hears = (Liquidated,)

    def on_event(self, event: VenueEvent) -> None:
        """Push a liquidation of the own symbol."""
        if isinstance(event, Liquidated) and event.instId == self.inst_id:
            self.publish([self._row(detail) for detail in event.row["details"]])

    def _row(self, detail: Row) -> Row:
        return {
            "T": int(detail["ts"]),
            "s": self.target,
            "S": "Buy" if detail["side"] == "sell" else "Sell",
            "v": text(Decimal(detail["sz"]) * self.instrument.ctVal),
            "p": detail["bkPx"],
        }


def _price_limit(feed: BybitFeed) -> Row:
    row = feed.venue.price_limit_row(feed.inst_id, BYBIT)
    return {"symbol": feed.target, "buyLmt": row["buyLmt"], "sellLmt": row["sellLmt"]}


STATE_ROWS: Final[Mapping[str, Callable[[BybitFeed], Row]]] = {"price_limit": _price_limit}
"""Rows of the present state of an instrument, by the option `row` of their channel."""


class BybitStateFeed(BybitFeed):
    """The present state of an instrument: pushed at first and when it changes, at most once each `period`."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._period: float = channel.options["period"]
        self._make = STATE_ROWS[channel.options["row"]]
        self._pushed_at = server.clock.monotonic()
        self._last = self._make(self)

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the present row."""
        subscription.push([self._last])

    def tick(self, now: float) -> None:
        """Push the row, when it changed."""
        if now - self._pushed_at < self._period:
            return
        row = self._make(self)
        self._pushed_at = now
        if row != self._last:
            self._last = row
            self.publish([row])


class InsurancePoolFeed(BybitFeed):
    """What is told of insurance funds: one row per symbol of the pool, at most once each `period`."""

    def __init__(self, server: ServerInterface, channel: ChannelSpec, arg: Mapping[str, Any]) -> None:
        super().__init__(server, channel, arg)
        self._period: float = channel.options["period"]
        self._pushed_at = server.clock.monotonic()
        self._told: dict[str, Row] = self._rows()

    def _rows(self) -> dict[str, Row]:
        """Return the present row of each symbol whose contracts are settled in the pool's coin."""
        found: dict[str, Row] = {}
        for family, fund in self.venue.risk.insurance.funds.items():
            instrument = find_instrument(self.venue, family.replace("-", ""))
            if instrument is not None and instrument.settleCcy == self.target:
                found[symbol_of(instrument)] = self.row(symbol_of(instrument), fund)
        return found

    def welcome(self, subscription: TopicSubscription) -> None:
        """Push the rows of all symbols."""
        if self._told:
            subscription.push(list(self._told.values()))

    def tick(self, now: float) -> None:
        """Push what is due."""
        if now - self._pushed_at >= self._period:
            self._pushed_at = now
            self.update(self._rows())

    def update(self, rows: dict[str, Row]) -> None:
        """Push what is to be told of these rows."""
        raise NotImplementedError

    def row(self, symbol: str, fund: VenueInsuranceFund) -> Row:
        """Return the row of one symbol."""
        raise NotImplementedError


class InsuranceFeed(InsurancePoolFeed):
    """`insurance`: what each fund has, when it changed."""

    def update(self, rows: dict[str, Row]) -> None:
        """Push the funds whose balance has changed since the last push."""
        changed = [row for symbol, row in rows.items() if row["balance"] != self._told[symbol]["balance"]]
        if changed:
            self._told = rows
            self.publish(changed, type="delta")

    def row(self, symbol: str, fund: VenueInsuranceFund) -> Row:
        """Return the balance in the pool's coin."""
        now = str(self.now_ms())
        return {"coin": self.target, "symbols": symbol, "balance": text(fund.balance), "updateTime": now}


class BybitAdlFeed(InsurancePoolFeed):
    """`adlAlert`: all rows each second. The figures are JSON numbers."""

    def update(self, rows: dict[str, Row]) -> None:
        """Push the rows of all symbols."""
        self._told = rows
        if rows:
            self.publish(list(rows.values()))

    def row(self, symbol: str, fund: VenueInsuranceFund) -> Row:
        """Return the row of a symbol; a fund in trouble has lost more than `ADL_STARTS` says."""
        lost = ADL_STARTS - 0.05 if fund.state(self.now_ms()) == ADL else 0
        return {
            "c": self.target,
            "s": symbol,
            "b": float(fund.balance),
            "mb": float(START),
            "i_pr": ADL_STARTS,
            "pr": lost,
            "adl_tt": ADL_BALANCE,
            "adl_sr": ADL_STOPS,
        }
