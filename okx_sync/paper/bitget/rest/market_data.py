"""Market data as V2 and V3 tell it, before either names it: prices, sizes in coins, candles, books, trades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from okx_sync.paper.bitget.rest.call import BitgetCall
from okx_sync.paper.bitget.symbols import coins
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: Granularities of futures and of V3; the venue names them the same.
_SHORT = ("1m", "3m", "5m", "15m", "30m", "1H", "4H", "6H", "12H", "1D", "3D", "1W", "1M")
FUTURES_BARS = {name: name for name in (*_SHORT, "6Hutc", "12Hutc", "1Dutc", "3Dutc", "1Wutc", "1Mutc")}
SPOT_BARS = {
    **{f"{minutes}min": f"{minutes}m" for minutes in (1, 3, 5, 15, 30)},
    **{f"{hours}h": f"{hours}H" for hours in (1, 4, 6, 12)},
    "1day": "1D",
    "3day": "3D",
    "1week": "1W",
    "1M": "1M",
    **{f"{bar}utc": venue for bar, venue in (("6H", "6Hutc"), ("12H", "12Hutc"), ("1D", "1Dutc"), ("3D", "3Dutc"))},
    "1Wutc": "1Wutc",
    "1Mutc": "1Mutc",
}


def steps(size: Decimal) -> str:
    """Return how many digits after the point a step has."""
    exponent = size.normalize().as_tuple().exponent
    return str(max(0, -exponent if isinstance(exponent, int) else 0))


def price_step(instrument: VenueInstrument) -> Decimal:
    """Return the step of prices."""
    return instrument.px(instrument.tick_step)


def size_step(instrument: VenueInstrument) -> Decimal:
    """Return the step of sizes, in coins."""
    return instrument.coins(instrument.lot_step)


def smallest(instrument: VenueInstrument) -> str:
    """Return the smallest order, in coins."""
    return text(instrument.minSz * instrument.ctVal)


def quote_of(venue: Venue, instrument: VenueInstrument) -> Row:
    """Return what a ticker tells: prices, sizes and volumes in coins, changes as shares."""
    row, day = venue.ticker_row(instrument.instId), venue.engine.tapes[instrument.instId].day()
    opened, last, utc = instrument.px(day.open), venue.prices.last[instrument.instId], Decimal(row["sodUtc0"])
    return {
        "last": row["last"],
        "ask": row["askPx"],
        "bid": row["bidPx"],
        "askSize": coins(instrument, row["askSz"]),
        "bidSize": coins(instrument, row["bidSz"]),
        "open": row["open24h"],
        "high": row["high24h"],
        "low": row["low24h"],
        "base": text(instrument.coins(day.lots)),
        "quote": text(instrument.tickSz * instrument.coins(day.value)),
        "change": text(rounded((last - opened) / opened)),
        "openUtc": row["sodUtc0"],
        "changeUtc": text(rounded((last - utc) / utc)),
        "ts": row["ts"],
    }


def candles(
    call: BitgetCall,
    instrument: VenueInstrument,
    bars: Mapping[str, str],
    *,
    name: str = "granularity",
    kind: str = "trade",
    most: int = 1000,
    columns: int = 7,
) -> list[list[str]]:
    """Return candles, oldest first: ts, open, high, low, close, volume in coins, and in quote currency (once or twice).

    `startTime` and `endTime` are inclusive; the newest ones come when there are more than `limit`.
    """
    bar = bars[call.one_of_exactly(name, bars)]
    begin, end = call.whole("startTime"), call.whole("endTime")
    about = instrument.uly if kind == "index" else instrument.instId
    rows = call.venue.candles(
        about,
        bar,
        call.limit(100, most),
        None if end is None else end + 1,
        None if begin is None else begin - 1,
        kind=kind,
    )
    made = []
    for row in reversed(rows):
        volumes = [row[6] if instrument.is_swap else row[5], row[7], row[7]] if kind == "trade" else ["0", "0", "0"]
        made.append([*row[:5], *volumes][:columns])
    return made


def book(call: BitgetCall, instrument: VenueInstrument, depth: int) -> tuple[list[list[str]], list[list[str]]]:
    """Return asks and bids, best first: price and size in coins."""
    found = call.venue.book(instrument.instId)
    asks, bids = (
        [[px, coins(instrument, size)] for px, size, *_ in found.levels(side, depth)] for side in ("asks", "bids")
    )
    return asks, bids


def trades(call: BitgetCall, instrument: VenueInstrument, *, default: int = 100, most: int = 100) -> Sequence[Row]:
    """Return the latest trades, newest first; within `startTime`, `endTime` and before `idLessThan` where given."""
    begin, end, count = call.whole("startTime"), call.whole("endTime"), call.limit(default, most)
    timed = begin is not None or end is not None
    rows = call.venue.trades(instrument.instId, 1_000_000 if timed else count, after=call.text("idLessThan"))
    found = [
        row for row in rows if (begin is None or int(row["ts"]) >= begin) and (end is None or int(row["ts"]) <= end)
    ]
    return [row | {"sz": coins(instrument, row["sz"])} for row in found[:count]]
