"""Market data as rows of REST answers and WebSocket pushes."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue.bars import DAY, HONG_KONG
from okx_sync.paper.venue.candles import BuiltCandle, CandleBook
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.matching import MatchingBook
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.tape import Tape
from okx_sync.paper.venue.types import Row


def _midnights(ms: int) -> tuple[int, int]:
    """Return the last midnight in UTC and in UTC+8."""
    return ms - ms % DAY, ms - (ms + HONG_KONG) % DAY


def ticker_row(instrument: VenueInstrument, tape: Tape, book: MatchingBook, now: int) -> Row:
    """Return the row of market/ticker and of the ``tickers`` channel."""
    ask, bid = book.best()
    day = tape.day()
    utc, hong_kong = _midnights(now)
    volume = text(instrument.sz(day.lots))
    swapped = text(instrument.coins(day.lots) if instrument.is_swap else _quote(instrument, day))
    return {
        "instType": instrument.instType,
        "instId": instrument.instId,
        "last": text(instrument.px(tape.last)),
        "lastSz": text(instrument.sz(tape.last_lots)),
        "askPx": ask[0] if ask else "",
        "askSz": ask[1] if ask else "",
        "bidPx": bid[0] if bid else "",
        "bidSz": bid[1] if bid else "",
        "open24h": text(instrument.px(day.open)),
        "high24h": text(instrument.px(day.high)),
        "low24h": text(instrument.px(day.low)),
        "volCcy24h": swapped,
        "vol24h": volume,
        "sodUtc0": text(instrument.px(tape.candles.open_at(utc))),
        "sodUtc8": text(instrument.px(tape.candles.open_at(hong_kong))),
        "ts": str(now),
    }


def _quote(instrument: VenueInstrument, candle: BuiltCandle) -> Decimal:
    """Return what a candle's trades cost in quote currency."""
    return instrument.tickSz * instrument.coins(candle.value)


def candle_row(instrument: VenueInstrument, candle: BuiltCandle, *, is_open: bool, volume: bool) -> list[str]:
    """Return a candle: nine columns with volume (trade candles), six without (mark and index)."""
    prices = [text(instrument.px(t)) for t in (candle.open, candle.high, candle.low, candle.close)]
    row = [str(candle.start), *prices]
    if volume:
        quote = text(_quote(instrument, candle))
        coins = text(instrument.coins(candle.lots)) if instrument.is_swap else quote
        row += [text(instrument.sz(candle.lots)), coins, quote]
    return [*row, "0" if is_open else "1"]


def mark_price_row(instrument: VenueInstrument, mark: Decimal, now: int) -> Row:
    """Return the row of public/mark-price and of the ``mark-price`` channel (spot pairs are listed as MARGIN)."""
    kind = instrument.instType if instrument.is_swap else "MARGIN"
    return {"instType": kind, "instId": instrument.instId, "markPx": text(mark), "ts": str(now)}


def index_ticker_row(instrument: VenueInstrument, price: Decimal, candles: CandleBook, now: int) -> Row:
    """Return the row of market/index-tickers and of the ``index-tickers`` channel."""
    _, day = candles.closed_window(DAY)
    minute = candles.minute()
    utc, hong_kong = _midnights(now)
    return {
        "instId": instrument.uly,
        "idxPx": text(price),
        "open24h": text(instrument.px(day.open)),
        "high24h": text(instrument.px(max(day.high, minute.high))),
        "low24h": text(instrument.px(min(day.low, minute.low))),
        "sodUtc0": text(instrument.px(candles.open_at(utc))),
        "sodUtc8": text(instrument.px(candles.open_at(hong_kong))),
        "ts": str(now),
    }


def open_interest_row(instrument: VenueInstrument, contracts: Decimal, mark: Decimal, now: int) -> Row:
    """Return the row of public/open-interest and of the ``open-interest`` channel."""
    coins = contracts * instrument.ctVal
    return {
        "instType": instrument.instType,
        "instId": instrument.instId,
        "oi": text(contracts),
        "oiCcy": text(coins),
        "oiUsd": text(rounded(coins * mark)),
        "ts": str(now),
    }


def price_limit_row(instrument: VenueInstrument, band: tuple[int, int] | None, now: int) -> Row:
    """Return the row of public/price-limit and of the ``price-limit`` channel; ``band``: lowest sell, highest buy."""
    lowest, highest = ("", "") if band is None else (text(instrument.px(ticks)) for ticks in band)
    return {
        "instType": instrument.instType,
        "instId": instrument.instId,
        "buyLmt": highest,
        "sellLmt": lowest,
        "ts": str(now),
        "enabled": band is not None,
    }


def status_row(now: int) -> Row:
    """Return the latest record of the ``status`` channel: a finished maintenance of long ago."""
    begin = 1_757_116_800_000
    return {
        **blank("preOpenBegin href"),
        "title": "WebSocket system upgrade",
        "state": "completed",
        "begin": str(begin),
        "end": str(begin + 1_800_000),
        "serviceType": "0",
        "system": "unified",
        "scheDesc": "",
        "maintType": "1",
        "env": "1",
        "ts": str(now),
    }
