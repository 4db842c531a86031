"""Trades that a test forces: the market moves to a price at once."""

from __future__ import annotations

from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.random_flow import RandomFlow
from okx_sync.paper.venue.types import Side


def trade_at(flow: RandomFlow, instrument: VenueInstrument, ticks: int, lots: int) -> None:
    """Let what stands between the market and a price trade or give way, and print `lots` there; the prices follow."""
    engine = flow.engine
    side = _direction(flow, instrument, ticks)
    maker: Side = "sell" if side == "buy" else "buy"
    flow.clear(instrument, maker, ticks)
    engine.take(instrument, side, ticks, 10**18)
    flow.rest(instrument, maker, ticks, lots)
    engine.take(instrument, side, ticks, lots)
    engine.prices.move(instrument, instrument.px(ticks))
    engine.prices.note(instrument, engine.ms)
    flow.surround(instrument)


def _direction(flow: RandomFlow, instrument: VenueInstrument, ticks: int) -> Side:
    """Tell whether the market has to be bought up or sold down to get there."""
    bid = flow.engine.books[instrument.instId].best_px("buy")
    return "sell" if bid is not None and ticks <= bid else "buy"
