"""Public endpoints about the market that are answered from its state."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from okx_sync.paper.bybit.feeds.book import BybitFullFeed
from okx_sync.paper.bybit.feeds.market import ADL_BALANCE, ADL_STARTS, ADL_STOPS
from okx_sync.paper.bybit.identifiers import INTERVALS, find_instrument, symbol_of, trade_id
from okx_sync.paper.bybit.rest.call import (
    FUTURES,
    INVERSE,
    LINEAR,
    OPTION,
    PARAMS,
    SPOT,
    BybitAnswer,
    BybitCall,
    BybitEndpoint,
    BybitRestError,
)
from okx_sync.paper.bybit.rest.instruments import instruments, risk_limits
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.bybit.ticker import best_row, spot_ticker_row, ticker_row
from okx_sync.paper.venue.bars import DAY, HOUR, MINUTE
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.insurance import ADL, START, VenueInsuranceFund
from okx_sync.paper.venue.number_text import blank, rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.wire_rules import BYBIT

#: Names of periods -> their length in ms.
_PERIODS = {
    "5min": 5 * MINUTE,
    "15min": 15 * MINUTE,
    "30min": 30 * MINUTE,
    "1h": HOUR,
    "4h": 4 * HOUR,
    "1d": DAY,
}
_DEPTHS = {SPOT: (1000, 1), LINEAR: (1000, 25), INVERSE: (1000, 25), OPTION: (25, 1)}
_NOT_BY_REST = ("tickDirection",)


def _time(call: BybitCall) -> Row:
    return {"timeSecond": str(call.now // 1000), "timeNano": f"{call.now}000000"}


# --- tickers and books


def _tickers(call: BybitCall) -> Row:
    category = call.category()
    found = call.instruments(category)
    if category == OPTION and not call.text("symbol") and not call.text("baseCoin"):
        raise BybitRestError(PARAMS, "Missing some parameters that must be filled in, symbol or baseCoin")
    row = _spot_ticker if category == SPOT else _linear_ticker
    return {"category": category, "list": [row(call, instrument) for instrument in found]}


def _linear_ticker(call: BybitCall, instrument: VenueInstrument) -> Row:
    row = ticker_row(call.venue, instrument, "ZeroPlusTick")
    return {name: told for name, told in row.items() if name not in _NOT_BY_REST}


def _spot_ticker(call: BybitCall, instrument: VenueInstrument) -> Row:
    return spot_ticker_row(call.venue, instrument) | best_row(call.venue, instrument)


def _book_row(call: BybitCall, instrument: VenueInstrument, depth: int) -> Row:
    book = call.venue.book(instrument.instId)
    sides = {
        side[0]: [[px, text(Decimal(size) * instrument.ctVal)] for px, size, *_ in book.levels(side, depth)]
        for side in ("bids", "asks")
    }
    now, update = call.now, call.server.sequence.of(instrument.instId, book.version)
    return {"s": symbol_of(instrument), **sides, "ts": now, "u": update, "seq": book.version, "cts": now}


def _book(call: BybitCall) -> Row:
    category = call.category()
    most, default = _DEPTHS[category]
    return _book_row(call, call.instrument(category), call.integer("limit", default, most))


def _full_book(call: BybitCall) -> Row:
    instrument = call.instrument(call.category(SPOT, *FUTURES))
    row = _book_row(call, instrument, 10_000)
    feed = call.server.hub.find("orderbook.full", instrument.instId)
    # Its numbers are those of the stream, where there is one.
    if isinstance(feed, BybitFullFeed):
        row |= feed.whole()
    return row


def _rpi_book(call: BybitCall) -> Row:
    """Return the plain book: the random flow has no retail-price-improvement orders."""
    row = _book_row(call, call.instrument(call.category(SPOT, *FUTURES, default=LINEAR)), call.integer("limit", 50, 50))
    return row | {side: [[px, size, "0"] for px, size in row[side]] for side in "ba"}


def _trades(call: BybitCall) -> Row:
    category = call.category()
    instrument = call.instrument(category)
    most, default = (60, 60) if category == SPOT else (1000, 500)
    rows = call.venue.trades(instrument.instId, call.integer("limit", default, most))
    return {"category": category, "list": [_trade_row(instrument, row) for row in rows]}


def _trade_row(instrument: VenueInstrument, row: Row) -> Row:
    return {
        "execId": trade_id(instrument, row["tradeId"]),
        "symbol": symbol_of(instrument),
        "price": row["px"],
        "size": text(Decimal(row["sz"]) * instrument.ctVal),
        "side": row["side"].capitalize(),
        "time": row["ts"],
        "isBlockTrade": False,
        "isRPITrade": False,
        "seq": row["tradeId"],
    }


# --- candles


def _candles(kind: str, *categories: str) -> Callable[[BybitCall], Row]:
    """Make an endpoint of ``trade``, ``mark``, ``index`` or ``premium`` candles, newest first."""

    def answer(call: BybitCall) -> Row:
        category = call.category(*categories, default=LINEAR)
        instrument = call.instrument(category)
        bar = INTERVALS.get(call.text("interval"))
        if bar is None:
            raise BybitRestError(PARAMS, "params error: interval invalid")
        rows = _candle_rows(call, instrument, bar, kind)
        return {"category": category, "symbol": symbol_of(instrument), "list": rows}

    return answer


def _candle_rows(call: BybitCall, instrument: VenueInstrument, bar: str, kind: str) -> list[list[str]]:
    limit, start, end = call.integer("limit", 200, 1000), call.millis("start"), call.millis("end")
    after, before = None if end is None else end + 1, None if start is None else start - 1

    def rows(of: str) -> list[list[str]]:
        name = instrument.uly if of == "index" else instrument.instId
        return call.venue.candles(name, bar, limit, after, before, kind=of)

    if kind == "trade":
        # The venue's columns are start, four prices, contracts, coins, quote, whether closed; of spot no contracts.
        return [[*row[:5], row[6] if instrument.is_swap else row[5], row[7]] for row in rows("trade")]
    if kind != "premium":
        return [row[:5] for row in rows(kind)]
    return [_premium(mark, index) for mark, index in zip(rows("mark"), rows("index"), strict=False)]


def _premium(mark: list[str], index: list[str]) -> list[str]:
    """Return a candle of how far the mark price is from the index, as a share of it."""
    shares = [(Decimal(m) - Decimal(i)) / Decimal(i) for m, i in zip(mark[1:5], index[1:5], strict=True)]
    opened, _, _, closed = shares
    return [mark[0], *(_share(one) for one in (opened, max(shares), min(shares), closed))]


def _share(one: Decimal) -> str:
    return text(one.quantize(Decimal("0.000001")))


# --- funding, interest, prices


def _funding(call: BybitCall) -> Row:
    category = call.category(*FUTURES)
    instrument = call.instrument(category)
    start, end = call.millis("startTime"), call.millis("endTime")
    if start is not None and end is None:
        raise BybitRestError(PARAMS, "params error: endTime is required with startTime")
    rows = [
        {
            "symbol": symbol_of(instrument),
            "fundingRate": row["fundingRate"],
            "fundingRateTimestamp": row["fundingTime"],
        }
        for row in call.venue.funding_history(instrument.instId)
        if (start or 0) <= int(row["fundingTime"]) <= (end or call.now)
    ]
    return {"category": category, "list": rows[: call.integer("limit", 200, 200)]}


def _beats(call: BybitCall, name: str) -> list[int]:
    """Return the dates of a series of one period, newest first, back for a month or from `startTime` on."""
    length = _PERIODS.get(call.text(name))
    if length is None:
        raise BybitRestError(PARAMS, f"params error: {name} invalid")
    end, start = min(call.millis("endTime") or call.now, call.now), call.millis("startTime")
    oldest = call.now - 30 * DAY if start is None else max(start, call.now - 30 * DAY)
    return list(range(end - end % length, oldest - 1, -length))


def _open_interest(call: BybitCall) -> Row:
    """Return the present interest for all dates: of the past nothing is kept."""
    category = call.category(*FUTURES)
    instrument = call.instrument(category)
    held = call.venue.open_interest_row(instrument.instId)["oiCcy"]
    return page(
        call,
        _beats(call, "intervalTime"),
        lambda ms: (ms, 0),
        lambda ms: {"openInterest": held, "singleOpenInterest": held, "timestamp": str(ms)},
        most=200,
        default=50,
        category=category,
        symbol=symbol_of(instrument),
    )


def _account_ratio(call: BybitCall) -> Row:
    """Return half and half: who of the anonymous flow is long is not known."""
    symbol = symbol_of(call.instrument(call.category(*FUTURES)))
    return page(
        call,
        _beats(call, "period"),
        lambda ms: (ms, 0),
        lambda ms: {"symbol": symbol, "buyRatio": "0.5", "sellRatio": "0.5", "timestamp": str(ms)},
        most=500,
        default=50,
    )


def _price_limit(call: BybitCall) -> Row:
    instrument = call.instrument(call.category(SPOT, *FUTURES, default=LINEAR))
    row = call.venue.price_limit_row(instrument.instId, BYBIT)
    limits = {name: row[name] for name in ("buyLmt", "sellLmt", "ts")}
    return {"symbol": symbol_of(instrument), **limits}


def _index_components(call: BybitCall) -> Row:
    name = call.text("indexName")
    instrument = find_instrument(call.venue, name)
    if instrument is None:
        raise BybitRestError(PARAMS, "params error: indexName invalid")
    price = text(call.venue.prices.index(instrument))
    part = {
        "exchange": "Paper",
        "spotPair": name,
        "equivalentPrice": price,
        "multiplier": "1",
        "price": price,
        "weight": "1",
    }
    return {"indexName": name, "lastPrice": price, "updateTime": str(call.now), "components": [part]}


# --- insurance, volatility, delivery, fees


def _funds(call: BybitCall) -> list[tuple[VenueInstrument, VenueInsuranceFund]]:
    found = []
    for family, fund in call.venue.risk.insurance.funds.items():
        instrument = find_instrument(call.venue, family.replace("-", ""))
        if instrument is not None:
            found.append((instrument, fund))
    return found


def _insurance(call: BybitCall) -> Row:
    rows = [
        {
            "coin": instrument.settleCcy,
            "symbols": symbol_of(instrument),
            "balance": text(fund.balance),
            "value": text(rounded(fund.balance * call.venue.prices.usd(instrument.settleCcy))),
        }
        for instrument, fund in _funds(call)
        if call.text("coin") in ("", instrument.settleCcy)
    ]
    return {"updatedTime": str(call.now), "list": rows}


def _adl_alerts(call: BybitCall) -> Row:
    if call.text("symbol"):
        call.instrument(LINEAR)
    rows = [
        {
            "coin": instrument.settleCcy,
            "symbol": symbol_of(instrument),
            "balance": text(fund.balance),
            "maxBalance": text(START),
            "insurancePnlRatio": str(ADL_STARTS),
            "pnlRatio": str(ADL_STARTS - 0.05 if fund.state(call.now) == ADL else 0),
            "adlTriggerThreshold": str(ADL_BALANCE),
            "adlStopRatio": str(ADL_STOPS),
        }
        for instrument, fund in _funds(call)
        if call.text("symbol") in ("", symbol_of(instrument))
    ]
    return {"updateTime": str(call.now), "list": rows}


def _volatility(call: BybitCall) -> BybitAnswer:
    """Return an hourly series of one value: there are no options here to tell another."""
    call.category(OPTION)
    period = call.integer("period", 7)
    start, end = call.millis("startTime"), call.millis("endTime") or call.now
    first = end - HOUR if start is None else start
    if end - first > 30 * DAY:
        raise BybitRestError(PARAMS, "The time range between startTime and endTime cannot exceed 30 days")
    hours = range(end - end % HOUR, first - 1, -HOUR)
    rows: list[Any] = [{"period": period, "value": "0.5", "time": str(ms)} for ms in hours]
    return BybitAnswer(rows, text="SUCCESS")


def _no_deliveries(call: BybitCall) -> Row:
    """Return an empty list: perpetuals are not delivered."""
    return {"category": call.category(*FUTURES, OPTION), "list": [], "nextPageCursor": ""}


def _no_new_deliveries(call: BybitCall) -> Row:
    return {"category": call.category(OPTION), "list": []}


def _fee_groups(call: BybitCall) -> Row:
    call.one_of("productType", ("contract",))
    symbols = [symbol_of(one) for one in call.venue.instruments.values() if one.is_swap]
    level = {"level": "Pro 1", **blank("takerFeeRate makerFeeRate makerRebate")}
    row = {
        "groupName": "G1(Major Coins)",
        "weightingFactor": 1,
        "symbolsNumbers": len(symbols),
        "symbols": symbols,
        "feeRates": {"pro": [level | {"takerFeeRate": "0.0005", "makerFeeRate": "0.0002"}], "marketMaker": []},
        "updateTime": str(call.now),
    }
    return {"list": [row] if call.text("groupId") in ("", "1") else []}


def _get(path: str, answer: Callable[[BybitCall], Any], *required: str) -> BybitEndpoint:
    return BybitEndpoint("GET", f"/v5/market/{path}", answer, 0, required=required, private=False)


_CHOSEN = ("category", "symbol")

ENDPOINTS = (
    _get("time", _time),
    _get("instruments-info", instruments, "category"),
    _get("risk-limit", risk_limits, "category"),
    _get("tickers", _tickers, "category"),
    _get("orderbook", _book, *_CHOSEN),
    _get("full_orderbook", _full_book, *_CHOSEN),
    _get("rpi_orderbook", _rpi_book, "symbol"),
    _get("recent-trade", _trades, *_CHOSEN),
    _get("kline", _candles("trade", SPOT, *FUTURES), "symbol", "interval"),
    _get("mark-price-kline", _candles("mark", *FUTURES), "symbol", "interval"),
    _get("index-price-kline", _candles("index", *FUTURES), "symbol", "interval"),
    _get("premium-index-price-kline", _candles("premium", LINEAR), "symbol", "interval"),
    _get("funding/history", _funding, *_CHOSEN),
    _get("open-interest", _open_interest, *_CHOSEN, "intervalTime"),
    _get("account-ratio", _account_ratio, *_CHOSEN, "period"),
    _get("price-limit", _price_limit, "symbol"),
    _get("index-price-components", _index_components, "indexName"),
    _get("insurance", _insurance),
    _get("adlAlert", _adl_alerts),
    _get("historical-volatility", _volatility, "category"),
    _get("delivery-price", _no_deliveries, "category"),
    _get("new-delivery-price", _no_new_deliveries, "category", "baseCoin"),
    _get("fee-group-info", _fee_groups, "productType"),
)
