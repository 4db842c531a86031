"""The demo as plain lines, for pipes, logs and terminals without tricks. ASCII only."""

from __future__ import annotations

from typing import TextIO

from okx_sync.demo.frame import FillNote, MarketView, ScreenFrame

__all__ = ["PlainScreen"]

_MOVES = {1: "+", 0: " ", -1: "-"}


class PlainScreen:
    """A line per instrument and second, and one for each fill and each piece of news, as they come."""

    every_s = 1.0

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._news = 0
        self._fills = 0

    def __enter__(self) -> PlainScreen:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.flush()

    def show(self, frame: ScreenFrame) -> None:
        """Print what is new."""
        stamp = f"{frame.elapsed_s:6.1f}s"
        unseen = frame.news_total - self._news
        lines = [f"{stamp}  {text}" for text in frame.news[-unseen:] if unseen]
        lines += [f"{stamp}  {_fill(fill)}" for fill in reversed(frame.fills[: frame.counts.fills - self._fills])]
        self._news, self._fills = frame.news_total, frame.counts.fills
        lines += [f"{stamp}  {_market(market)}" for market in frame.markets if market.ticker is not None]
        lines.append(f"{stamp}  {_totals(frame)}")
        self._out.write("".join(f"{line}\n" for line in lines))
        self._out.flush()


def _market(market: MarketView) -> str:
    ticker = market.ticker
    if ticker is None or ticker.last is None:
        return market.inst_id
    last = f"{ticker.last:,.{market.places}f}"
    bid, ask = (f"{px:,.{market.places}f}" if px is not None else "none" for px in (ticker.bidPx, ticker.askPx))
    book = "valid" if market.book is not None and market.book.valid else "not valid"
    bar = market.candles[-1] if market.candles else None
    ohlc = "" if bar is None else f"  {bar.bar} open {bar.o} high {bar.h} low {bar.l} close {bar.c}"
    return f"{market.inst_id:<14} {last} {_MOVES[market.direction]} bid {bid} ask {ask}  book {book}{ohlc}"


def _fill(fill: FillNote) -> str:
    return f"fill           {fill.side} {fill.size} {fill.inst_id} at {fill.price} ({fill.role})"


def _totals(frame: ScreenFrame) -> str:
    lag = "" if frame.lag_ms is None else f", lag {frame.lag_ms:.1f} ms"
    text = f"stream         {frame.rate:.0f} events/s{lag}"
    if not frame.trading:
        return text
    counts, money = frame.counts, frame.money
    equity = "" if money.equity_usd is None else f", equity {money.equity_usd:,.2f} USD"
    return (
        f"{text}, orders open {len(frame.orders)} placed {counts.placed} amended {counts.amended} "
        f"canceled {counts.canceled} filled {counts.filled}{equity}"
    )
