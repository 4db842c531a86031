"""Public REST endpoints: time, instruments, tickers, books, candles, trades, status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.okx.rest.call import NO_INSTRUMENT, RestCall, RestEndpoint, RestError
from okx_sync.paper.venue.types import Row

#: What the endpoints of recent candles go back to; those of history have all.
RECENT_CANDLES = 1440
TYPES = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")


def _time(call: RestCall) -> Sequence[Row]:
    return [{"ts": str(call.server.clock.now_ms())}]


def ids_of_type(call: RestCall) -> list[str]:
    """Return the instruments of the asked type, family and id; OKX's filters for most public lists."""
    kind = call.one_of("instType", TYPES)
    family = call.text("instFamily") or call.text("uly")
    wanted = call.text("instId")
    ids = [
        inst_id
        for inst_id, one in call.venue.instruments.items()
        if one.instType == kind and wanted in ("", inst_id) and (not family or one.uly == family)
    ]
    if wanted and not ids:
        raise RestError("51001", NO_INSTRUMENT)
    return ids


def instruments(call: RestCall) -> Sequence[Row]:
    """Answer `public/instruments` and `account/instruments`; each spot pair can be traded on margin."""
    if call.text("instType") == "MARGIN":
        pairs = [one.instId for one in call.venue.instruments.values() if not one.is_swap]
        found = [name for name in pairs if call.text("instId") in ("", name)]
        if call.text("instId") and not found:
            raise RestError("51001", NO_INSTRUMENT)
        return [call.venue.instrument_row(name) | {"instType": "MARGIN"} for name in found]
    return [call.venue.instrument_row(inst_id) for inst_id in ids_of_type(call)]


def _rows_by_type(name: str) -> Callable[[RestCall], Sequence[Row]]:
    def rows(call: RestCall) -> Sequence[Row]:
        row = getattr(call.venue, name)
        return [row(inst_id) for inst_id in ids_of_type(call)]

    return rows


def _row_of_one(name: str) -> Callable[[RestCall], Sequence[Row]]:
    def rows(call: RestCall) -> Sequence[Row]:
        return [getattr(call.venue, name)(call.instrument())]

    return rows


def _index_tickers(call: RestCall) -> Sequence[Row]:
    inst_id, quote = call.text("instId"), call.text("quoteCcy")
    if not inst_id and not quote:
        raise RestError("50015", "Either parameter quoteCcy or instId is required", 400)
    # With both given the name decides: index BTC-USD is found with quoteCcy=USDT, too.
    ids = [one for one in call.venue.index_ids() if one == inst_id or (not inst_id and one.endswith(f"-{quote}"))]
    if inst_id and not ids:
        raise RestError("51001", NO_INSTRUMENT)
    return [call.venue.index_ticker_row(one) for one in ids]


def _books(call: RestCall) -> Sequence[Row]:
    inst_id = call.instrument()
    book, depth = call.venue.book(inst_id), call.integer("sz", 1, 400)
    return [
        {
            "asks": book.levels("asks", depth),
            "bids": book.levels("bids", depth),
            "ts": str(call.server.clock.now_ms()),
            "seqId": call.server.sequence.of(inst_id, book.version),
        }
    ]


def _books_full(call: RestCall) -> Sequence[Row]:
    book, depth = call.venue.book(call.instrument()), call.integer("sz", 1, 5000)
    asks, bids = ([[px, sz, n] for px, sz, _, n in book.levels(side, depth)] for side in ("asks", "bids"))
    return [{"asks": asks, "bids": bids, "ts": str(call.server.clock.now_ms())}]


def _candles_of(call: RestCall, kind: str) -> str:
    """Return the instrument, index or spread whose candles are asked for."""
    if kind in ("trade", "mark"):
        return call.instrument()
    name = call.text("instId" if kind == "index" else "sprdId")
    if name not in (call.venue.index_ids() if kind == "index" else call.venue.spreads.ids):
        raise RestError("51001", NO_INSTRUMENT)
    return name


def candles(kind: str, kept: int | None = RECENT_CANDLES) -> Callable[[RestCall], Sequence[Any]]:
    """Make an endpoint of ``trade``, ``mark``, ``index`` or ``spread`` candles: the newest ``kept``, or all (None)."""

    def rows(call: RestCall) -> Sequence[Any]:
        inst_id = _candles_of(call, kind)
        limit = call.integer("limit", 100, 300 if kind in ("trade", "spread") else 100)
        after, before = call.millis("after"), call.millis("before")
        try:
            return call.venue.candles(inst_id, call.text("bar", "1m"), limit, after, before, kind=kind, kept=kept)
        except ValueError:
            raise RestError("51000", "Parameter bar error", 400) from None

    return rows


def _trades(call: RestCall) -> Sequence[Row]:
    return call.venue.trades(call.instrument(), call.integer("limit", 100, 500))


def _history_trades(call: RestCall) -> Sequence[Row]:
    inst_id, limit = call.instrument(), call.integer("limit", 100, 100)
    if call.text("type", "1") == "1":
        return call.venue.trades(inst_id, limit, after=call.text("after"), before=call.text("before"))
    after, before = call.millis("after"), call.millis("before")
    rows = call.venue.trades(inst_id, 1_000_000)
    wanted = [
        row for row in rows if (after is None or int(row["ts"]) < after) and (before is None or int(row["ts"]) > before)
    ]
    return wanted[:limit]


def _mark_price(call: RestCall) -> Sequence[Row]:
    """Answer by type, or for one instrument by its id alone; spot pairs are listed as MARGIN, too."""
    kind = call.text("instType")
    if not kind and not call.text("instId"):
        raise RestError("50014", "Parameter instType can not be empty.", 400)
    if kind == "MARGIN":
        ids = [one.instId for one in call.venue.instruments.values() if not one.is_swap]
        ids = [one for one in ids if call.text("instId") in ("", one)]
    else:
        ids = ids_of_type(call) if kind else [call.instrument()]
    return [call.venue.mark_price_row(inst_id) for inst_id in ids]


def _funding_rate(call: RestCall) -> Sequence[Row]:
    """Answer for one perpetual contract, or with ``ANY`` for all of them."""
    every = [one.instId for one in call.venue.instruments.values() if one.is_swap]
    ids = every if call.text("instId") == "ANY" else [call.instrument("SWAP")]
    return [call.venue.funding_rate_row(inst_id, rest=True) for inst_id in ids]


def _funding_history(call: RestCall) -> Sequence[Row]:
    rows = call.venue.funding_history(call.instrument("SWAP"))
    after, before = call.millis("after"), call.millis("before")
    wanted = [
        row
        for row in rows
        if (after is None or int(row["fundingTime"]) < after) and (before is None or int(row["fundingTime"]) > before)
    ]
    return wanted[: call.integer("limit", 400, 400)]


def _status(call: RestCall) -> Sequence[Row]:
    """Return the record of the last maintenance: unless its state is asked for, only of one that is not over."""
    row, state = call.venue.status_row(), call.text("state")
    wanted = (state,) if state else ("scheduled", "ongoing", "pre_open")
    return [row] if row["state"] in wanted else []


_ID = ("instId",)
_TYPE = ("instType",)

ENDPOINTS = (
    RestEndpoint("GET", "/api/v5/public/time", _time, 10),
    RestEndpoint("GET", "/api/v5/public/instruments", instruments, 20, per="instType", required=_TYPE),
    RestEndpoint("GET", "/api/v5/public/mark-price", _mark_price, 10),
    RestEndpoint("GET", "/api/v5/public/open-interest", _rows_by_type("open_interest_row"), 20, required=_TYPE),
    RestEndpoint(
        "GET",
        "/api/v5/public/funding-rate",
        _funding_rate,
        10,
        per="instId",
        required=_ID,
    ),
    RestEndpoint("GET", "/api/v5/public/funding-rate-history", _funding_history, 10, per="instId", required=_ID),
    RestEndpoint("GET", "/api/v5/public/price-limit", _row_of_one("price_limit_row"), 20, required=_ID),
    RestEndpoint("GET", "/api/v5/market/ticker", _row_of_one("ticker_row"), 20, required=_ID),
    RestEndpoint("GET", "/api/v5/market/tickers", _rows_by_type("ticker_row"), 20, required=_TYPE),
    RestEndpoint("GET", "/api/v5/market/index-tickers", _index_tickers, 20),
    RestEndpoint("GET", "/api/v5/market/books", _books, 40, required=_ID),
    RestEndpoint("GET", "/api/v5/market/books-full", _books_full, 10, required=_ID),
    RestEndpoint("GET", "/api/v5/market/candles", candles("trade"), 40, required=_ID),
    RestEndpoint("GET", "/api/v5/market/history-candles", candles("trade", None), 20, required=_ID),
    RestEndpoint("GET", "/api/v5/market/mark-price-candles", candles("mark"), 20, required=_ID),
    RestEndpoint("GET", "/api/v5/market/index-candles", candles("index"), 20, required=_ID),
    RestEndpoint("GET", "/api/v5/market/trades", _trades, 100, required=_ID),
    RestEndpoint("GET", "/api/v5/market/history-trades", _history_trades, 20, required=_ID),
    RestEndpoint("GET", "/api/v5/system/status", _status, 1, 5.0),
)
