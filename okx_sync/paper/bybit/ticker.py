"""The state of one perpetual or spot pair as V5's `tickers` tells it."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bybit.identifiers import coins, symbol_of, value
from okx_sync.paper.venue.bars import HOUR
from okx_sync.paper.venue.candles import BuiltCandle
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

#: Perpetuals are neither delivered nor auctioned.
_EMPTY = blank(
    "basis basisRate basisRateYear deliveryFeeRate predictedDeliveryPrice preOpenPrice preQty curPreListingPhase"
)


def change_of_day(day: BuiltCandle) -> Decimal:
    """Return the change of the last 24 hours as a share."""
    return (Decimal(day.close - day.open) / day.open).quantize(Decimal("0.000001"))


def ticker_row(venue: Venue, instrument: VenueInstrument, direction: str) -> Row:
    """Return all fields, as a snapshot has them."""
    name = instrument.instId
    tape, prices, now = venue.engine.tapes[name], venue.prices, venue.clock.now_ms()
    day = tape.day()
    funding, mark = venue.funding_rate_row(name), prices.mark(instrument)
    interest = Decimal(venue.open_interest_row(name)["oiCcy"])
    worth = text(rounded(interest * mark))
    return {
        "symbol": symbol_of(instrument),
        "tickDirection": direction,
        "price24hPcnt": text(change_of_day(day)),
        "lastPrice": text(instrument.px(tape.last)),
        "prevPrice24h": text(instrument.px(day.open)),
        "highPrice24h": text(instrument.px(day.high)),
        "lowPrice24h": text(instrument.px(day.low)),
        "prevPrice1h": text(instrument.px(tape.candles.open_at(now - HOUR))),
        "markPrice": text(mark),
        "indexPrice": text(prices.index(instrument)),
        "openInterest": text(interest),
        "openInterestValue": worth,
        "singleOpenInterest": text(interest),
        "singleOpenInterestValue": worth,
        "turnover24h": text(value(instrument, day.value)),
        "volume24h": coins(instrument, day.lots),
        "nextFundingTime": funding["fundingTime"],
        "fundingRate": funding["fundingRate"],
        "fundingIntervalHour": str(instrument.funding_hours),
        "fundingCap": funding["maxFundingRate"],
        **best_row(venue, instrument),
        "deliveryTime": "0",
        **_EMPTY,
    }


def spot_ticker_row(venue: Venue, instrument: VenueInstrument) -> Row:
    """Return the fields of a spot pair's ticker that streams and REST have in common."""
    tape = venue.engine.tapes[instrument.instId]
    day = tape.day()
    return {
        "symbol": symbol_of(instrument),
        "lastPrice": text(instrument.px(tape.last)),
        "prevPrice24h": text(instrument.px(day.open)),
        "price24hPcnt": text(change_of_day(day)),
        "highPrice24h": text(instrument.px(day.high)),
        "lowPrice24h": text(instrument.px(day.low)),
        "turnover24h": text(value(instrument, day.value)),
        "volume24h": coins(instrument, day.lots),
        "usdIndexPrice": text(venue.prices.index(instrument)),
    }


def best_row(venue: Venue, instrument: VenueInstrument) -> Row:
    """Return the best prices and what is there; empty for a side without orders."""
    ask, bid = venue.book(instrument.instId).best()
    row: Row = {}
    for word, level in (("bid1", bid), ("ask1", ask)):
        row[f"{word}Price"] = level[0] if level else ""
        row[f"{word}Size"] = text(Decimal(level[1]) * instrument.ctVal) if level else ""
    return row
