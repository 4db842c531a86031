"""Public REST endpoints of spread trading, answered from the spread markets."""

from __future__ import annotations

from collections.abc import Sequence

from okx_sync.paper.okx.rest.call import NO_INSTRUMENT, RestCall, RestEndpoint, RestError
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.spreads import SpreadMarket
from okx_sync.paper.venue.types import Row

#: Epoch ms at which all spreads were listed.
_LISTED = "1704067200000"


def _market(call: RestCall, sprd_id: str) -> SpreadMarket:
    if sprd_id not in call.venue.spreads.ids:
        raise RestError("51001", NO_INSTRUMENT)
    return call.venue.spreads.get(sprd_id)


def _row(market: SpreadMarket) -> Row:
    one = market.instrument
    return {
        "sprdId": market.sprdId,
        "sprdType": "linear",
        "state": "live",
        "baseCcy": one.baseCcy,
        "szCcy": one.baseCcy,
        "quoteCcy": one.quoteCcy,
        "tickSz": text(one.tickSz),
        "minSz": text(one.minSz),
        "lotSz": text(one.lotSz),
        "listTime": _LISTED,
        "expTime": "",
        "uTime": _LISTED,
        "legs": [{"instId": market.near.instId, "side": "sell"}, {"instId": market.far.instId, "side": "buy"}],
    }


def _spreads(call: RestCall) -> Sequence[Row]:
    rows = [_row(call.venue.spreads.get(one)) for one in call.venue.spreads.ids]
    wanted = {name: call.text(name) for name in ("sprdId", "baseCcy", "state")}
    leg = call.text("instId")
    return [
        row
        for row in rows
        if all(value in ("", row[name]) for name, value in wanted.items())
        and (not leg or leg in {one["instId"] for one in row["legs"]})
    ]


def _books(call: RestCall) -> Sequence[Row]:
    book, depth = _market(call, call.text("sprdId")).book, call.integer("sz", 5, 400)
    asks, bids = ([[px, sz, count] for px, sz, _, count in book.levels(side, depth)] for side in ("asks", "bids"))
    return [{"asks": asks, "bids": bids, "ts": str(call.server.clock.now_ms())}]


def _public_trades(call: RestCall) -> Sequence[Row]:
    wanted = call.text("sprdId")
    markets = [_market(call, one) for one in ((wanted,) if wanted else call.venue.spreads.ids)]
    rows = [row for market in markets for row in market.trades]
    return sorted(rows, key=lambda row: int(row["ts"]), reverse=True)[:100]


ENDPOINTS = (
    RestEndpoint("GET", "/api/v5/sprd/spreads", _spreads, 20),
    RestEndpoint("GET", "/api/v5/sprd/books", _books, 20, required=("sprdId",)),
    RestEndpoint("GET", "/api/v5/sprd/public-trades", _public_trades, 20),
)
