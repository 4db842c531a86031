"""Public REST endpoints about the market that are answered from its state: history, spreads, indices, tiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from okx_sync.paper.okx.rest.call import EXAMPLE, NO_INSTRUMENT, RestAnswer, RestCall, RestEndpoint, RestError
from okx_sync.paper.okx.rest.market import TYPES, candles, ids_of_type
from okx_sync.paper.venue.margin_rows import tier_row
from okx_sync.paper.venue.number_text import number, text
from okx_sync.paper.venue.position_tiers import tiers
from okx_sync.paper.venue.types import Row


def _spread(call: RestCall) -> str:
    sprd_id = call.text("sprdId")
    if sprd_id not in call.venue.spreads.ids:
        raise RestError("51001", NO_INSTRUMENT)
    return sprd_id


def _spread_ticker(call: RestCall) -> Sequence[Row]:
    return [call.venue.spread_ticker_row(_spread(call))]


def _books_rpi(call: RestCall) -> Sequence[Row]:
    """Return the plain book: the random flow has no retail-price-improvement orders."""
    inst_id = call.instrument()
    book, depth = call.venue.book(inst_id), call.integer("sz", 1, 400)
    asks, bids = ([[px, sz, sz, n] for px, sz, _, n in book.levels(side, depth)] for side in ("asks", "bids"))
    now = str(call.server.clock.now_ms())
    return [{"asks": asks, "bids": bids, "ts": now, "seqId": call.server.sequence.of(inst_id, book.version)}]


def _books_sbe(call: RestCall) -> RestAnswer:
    """Return a message header only: the schema's block of this market's book is not imitated."""
    code = call.text("instIdCode")
    if not code.isdigit() or call.venue.instId_of(int(code)) is None:
        raise RestError("51001", NO_INSTRUMENT)
    # blockLength, templateId, schemaId, version: little-endian 16 bit each.
    return RestAnswer(raw=bytes((0, 0, 0xE9, 3, 1, 0, 1, 0)), is_example=True)


def _index_components(call: RestCall) -> RestAnswer:
    index = call.text("index")
    if index not in call.venue.index_ids():
        raise RestError("51001", NO_INSTRUMENT)
    price = call.venue.index_ticker_row(index)["idxPx"]
    part = {"exch": "Paper", "symbol": index.replace("-", "/"), "symPx": price, "wgt": "1.000", "cnvPx": price}
    row = {"index": index, "last": price, "components": [part], "ts": str(call.server.clock.now_ms())}
    return RestAnswer(row)


def _platform_volume(call: RestCall) -> Sequence[Row]:
    tickers = [call.venue.ticker_row(inst_id) for inst_id in call.venue.instruments]
    spot = [Decimal(row["volCcy24h"]) for row in tickers if row["instType"] == "SPOT"]
    swaps = [Decimal(row["volCcy24h"]) * Decimal(row["last"]) for row in tickers if row["instType"] == "SWAP"]
    usd = (sum(spot, Decimal(0)) + sum(swaps, Decimal(0))).quantize(Decimal("0.01"))
    return [{"volUsd": text(usd), "volCny": text(usd * 7), "ts": str(call.server.clock.now_ms())}]


def _block_row(call: RestCall, inst_id: str) -> Row:
    """Return the block volume: none, nobody trades blocks here."""
    kind, now = call.venue.instruments[inst_id].instType, str(call.server.clock.now_ms())
    return {"instId": inst_id, "instType": kind, "vol24h": "0", "volCcy24h": "0", "ts": now}


def _block_ticker(call: RestCall) -> Sequence[Row]:
    return [_block_row(call, call.instrument())]


def _block_tickers(call: RestCall) -> Sequence[Row]:
    return [_block_row(call, inst_id) for inst_id in ids_of_type(call)]


def _underlying(call: RestCall) -> Sequence[Any]:
    kind = call.one_of("instType", TYPES)
    return [sorted({one.uly for one in call.venue.instruments.values() if one.instType == kind})]


def _position_tiers(call: RestCall) -> Sequence[Row]:
    kind, family = call.one_of("instType", TYPES), call.text("instFamily") or call.text("uly")
    wanted = [one for one in (call.text("instId") or family).split(",") if one]
    found = [
        one
        for one in call.venue.instruments.values()
        if one.instType == kind and one.is_swap and (not wanted or one.uly in wanted or one.instId in wanted)
    ]
    asked = call.text("tier")
    if kind == "MARGIN":
        pairs = [one for one in call.venue.instruments.values() if not one.is_swap]
        return [tier_row(one) for one in pairs if (not wanted or one.instId in wanted) and asked in ("", "1")]
    return [tier.row(one) for one in found for tier in tiers(one) if asked in ("", str(tier.number))]


def _convert(call: RestCall) -> Sequence[Row]:
    instrument = call.venue.instruments[call.instrument("SWAP")]
    kind, unit = call.text("type", "1"), call.text("unit", "coin")
    size, px = number(call.text("sz")), number(call.text("px", call.venue.mark_price_row(instrument.instId)["markPx"]))
    if size is None or px is None or px <= 0:
        raise RestError("51000", "Parameter sz error", 400)
    worth = instrument.ctVal * (px if unit == "usds" else 1)
    made = size / worth if kind == "1" else size * worth
    if kind == "1":
        made = instrument.sz(int(made / instrument.lotSz))
    return [{"instId": instrument.instId, "type": kind, "unit": unit, "px": text(px), "sz": text(made)}]


def _get(path: str, answer: Callable[[RestCall], Any], limit: int, *required: str, **more: Any) -> RestEndpoint:
    return RestEndpoint("GET", f"/api/v5/{path}", answer, limit, required=required, **more)


ENDPOINTS = (
    _get("market/history-index-candles", candles("index", None), 10, "instId"),
    _get("market/history-mark-price-candles", candles("mark", None), 20, "instId"),
    _get("market/sprd-candles", candles("spread"), 40, "sprdId"),
    _get("market/sprd-history-candles", candles("spread", None), 20, "sprdId"),
    _get("market/sprd-ticker", _spread_ticker, 20, "sprdId"),
    _get("market/books-rpi", _books_rpi, 20, "instId"),
    _get("market/books-sbe", _books_sbe, 10, "instIdCode", "source", seconds=10.0, per="instIdCode", kind=EXAMPLE),
    _get("market/index-components", _index_components, 20, "index"),
    _get("market/platform-24-volume", _platform_volume, 2),
    _get("market/block-ticker", _block_ticker, 20, "instId"),
    _get("market/block-tickers", _block_tickers, 20, "instType"),
    _get("public/underlying", _underlying, 20, "instType"),
    _get("public/position-tiers", _position_tiers, 10, "instType", "tdMode"),
    _get("public/convert-contract-coin", _convert, 10, "instId", "sz"),
)
