"""V3 market data: `/api/v3/market/`, spot and futures in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.bitget.rest.call import SPOT_CATEGORIES, BitgetCall, public
from okx_sync.paper.bitget.rest.market_data import (
    FUTURES_BARS,
    book,
    candles,
    price_step,
    quote_of,
    size_step,
    smallest,
    steps,
    trades,
)
from okx_sync.paper.bitget.rest.mix_market import BAND
from okx_sync.paper.bitget.rest.order_limits import LEAST_WORTH, MOST_OF_PRODUCT, MOST_OF_SYMBOL
from okx_sync.paper.bitget.rest.spot_market import time
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin import FEES
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.position_tiers import MAINTENANCE, tiers
from okx_sync.paper.venue.types import Row


def _instrument(call: BitgetCall, one: VenueInstrument) -> Row:
    maker, taker = FEES[one.instType]
    shared = {
        "category": call.category(),
        "symbol": symbol_of(one),
        "baseCoin": one.baseCcy,
        "quoteCoin": one.quoteCcy,
        "buyLimitPriceRatio": BAND,
        "sellLimitPriceRatio": BAND,
        "minOrderQty": smallest(one),
        "maxOrderQty": text(one.maxLmtSz * one.ctVal),
        "maxMarketOrderQty": text(one.maxMktSz * one.ctVal),
        "minOrderAmount": text(LEAST_WORTH) if one.is_swap else "0",
        "pricePrecision": steps(price_step(one)),
        "quantityPrecision": steps(size_step(one)),
        "quotePrecision": "8",
        "maxSymbolOrderNum": str(MOST_OF_SYMBOL),
        "maxProductOrderNum": str(MOST_OF_PRODUCT["uta"]),
        "maxPositionNum": "150",
        "status": {"live": "online", "limit_open": "limit_open"}.get(one.state, "offline"),
        "maintainTime": "",
        "areaSymbol": "no",
        "isReality": "no",
        "launchTime": one.listTime,
        "makerFeeRate": text(maker),
        "takerFeeRate": text(taker),
    }
    if not one.is_swap:
        return shared
    return shared | _contract(one)


def _contract(one: VenueInstrument) -> Row:
    """Return what only contracts have."""
    return {
        **blank("offTime limitOpenTime", "-1"),
        **blank("deliveryTime deliveryStartTime deliveryPeriod"),
        "isRwa": "NO",
        "feeRateUpRatio": "0.005",
        "openCostUpRatio": "0.01",
        "priceMultiplier": text(price_step(one)),
        "quantityMultiplier": text(size_step(one)),
        "type": "perpetual",
        "symbolType": "crypto",
        "fundInterval": str(one.funding_hours),
        "minLeverage": "1",
        "maxLeverage": str(one.max_lever),
    }


def _ticker(call: BitgetCall, one: VenueInstrument) -> Row:
    quote, venue = quote_of(call.venue, one), call.venue
    made = {
        "category": call.category(),
        "symbol": symbol_of(one),
        "ts": quote["ts"],
        "lastPrice": quote["last"],
        "openPrice24h": quote["open"],
        "highPrice24h": quote["high"],
        "lowPrice24h": quote["low"],
        "ask1Price": quote["ask"],
        "bid1Price": quote["bid"],
        "bid1Size": quote["bidSize"],
        "ask1Size": quote["askSize"],
        "price24hPcnt": quote["change"],
        "volume24h": quote["base"],
        "turnover24h": quote["quote"],
        "platformTurnover24h": quote["quote"],
    }
    if not one.is_swap:
        return made
    return made | {
        **blank("deliveryStartTime deliveryTime deliveryStatus"),
        "indexPrice": text(venue.prices.index(one)),
        "markPrice": text(venue.prices.mark(one)),
        "fundingRate": venue.funding_rate_row(one.instId)["fundingRate"],
        "openInterest": venue.open_interest_row(one.instId)["oiCcy"],
    }


def _of_each(row: Callable[[BitgetCall, VenueInstrument], Row]) -> Callable[[BitgetCall], Sequence[Row]]:
    return lambda call: [row(call, one) for one in call.instruments()]


def _swap(call: BitgetCall) -> VenueInstrument:
    one = call.instrument()
    if not one.is_swap:
        raise call.no_symbol(symbol_of(one))
    return one


def _swaps(call: BitgetCall) -> list[VenueInstrument]:
    if call.category() in SPOT_CATEGORIES:
        raise call.wrong("category")
    return call.instruments()


def _candles(most: int) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Any:
        kind = {"MARK": "mark", "INDEX": "index"}.get(call.text("type").upper(), "trade")
        one = _swap(call) if kind != "trade" else call.instrument()
        return candles(call, one, FUTURES_BARS, name="interval", kind=kind, most=most)

    return answer


def _book(rpi: bool) -> Callable[[BitgetCall], Row]:
    def answer(call: BitgetCall) -> Row:
        asks, bids = book(call, call.instrument(), call.limit(5, 200))
        if rpi:
            # The random flow has no retail-price-improvement orders.
            asks, bids = ([[*level, "0"] for level in side] for side in (asks, bids))
        return {"a": asks, "b": bids, "ts": call.now}

    return answer


def _trades(call: BitgetCall) -> Sequence[Row]:
    return [
        {
            "execId": row["tradeId"],
            "execLinkId": row["tradeId"],
            "price": row["px"],
            "size": row["sz"],
            "side": row["side"],
            "ts": row["ts"],
            "isRPI": "no",
        }
        for row in trades(call, call.instrument())
    ]


def _funding(call: BitgetCall) -> Sequence[Row]:
    symbol = call.need("symbol")
    one = call.named(call.one_of("category", call.products, "USDT-FUTURES"), symbol)
    row = call.venue.funding_rate_row(one.instId)
    return [
        {
            "symbol": symbol_of(one),
            "fundingRate": row["fundingRate"],
            "fundingRateInterval": str(one.funding_hours),
            "nextUpdate": row["fundingTime"],
            "minFundingRate": row["minFundingRate"],
            "maxFundingRate": row["maxFundingRate"],
            "cashDividend": "0",
            "cashDividendNextUpdate": "",
        }
    ]


def _funding_history(call: BitgetCall) -> Row:
    one, size, page = _swap(call), call.limit(200, 200), call.limit(1, 1000, "cursor")
    rows = call.venue.funding_history(one.instId)[(page - 1) * size : page * size]
    return {
        "resultList": [
            {"symbol": symbol_of(one), "fundingRate": row["realizedRate"], "fundingRateTimestamp": row["fundingTime"]}
            for row in rows
        ]
    }


def _interest(call: BitgetCall) -> Row:
    rows = [
        {"symbol": symbol_of(one), "openInterest": call.venue.open_interest_row(one.instId)["oiCcy"]}
        for one in _swaps(call)
    ]
    return {"list": rows, "ts": call.now}


def _interest_limit(call: BitgetCall) -> Sequence[Row]:
    return [
        {
            "symbol": symbol_of(one),
            "notionalValue": "100000000",
            "totalNotionalValue": call.venue.open_interest_row(one.instId)["oiUsd"],
        }
        for one in _swaps(call)
    ]


def _tiers(call: BitgetCall) -> Sequence[Row]:
    """Return the tiers of a contract, in values at the price of its opening; on margin one, as nothing is lent."""
    found = [] if call.category() in SPOT_CATEGORIES else call.instruments()
    if not found:
        return [
            {"tier": "1", "minTierValue": "0", "maxTierValue": "100000000", "leverage": "1", "mmr": text(MAINTENANCE)}
        ]
    one = found[0]
    return [
        {
            "tier": str(tier.number),
            **dict(zip(("minTierValue", "maxTierValue"), tier.values(one), strict=True)),
            "leverage": str(tier.max_lever),
            "mmr": text(tier.mmr),
        }
        for tier in tiers(one)
    ]


def _components(call: BitgetCall) -> Row:
    one = call.named(call.one_of("category", call.products, "USDT-FUTURES"), call.need("symbol"))
    price = text(call.venue.prices.index(one))
    part = {"exchange": "Paper", "spotPair": one.uly.replace("-", "/"), "equivalentPrice": price, "weight": "1"}
    return {"symbol": symbol_of(one), "componentList": [part]}


def _rpi_symbols(_: BitgetCall) -> Sequence[Row]:
    """Answer none: nobody gives price improvement here."""
    return []


def _liquidations(call: BitgetCall) -> Row:
    """Answer none: the venue keeps no list of other people's liquidations."""
    _swaps(call)
    return {"list": None, "cursor": None}


_ONE = "category symbol"
_PATH = "v3/market"
ENDPOINTS = (
    public(f"{_PATH}/time", time),
    public(f"{_PATH}/instruments", _of_each(_instrument), 20, "category"),
    public(f"{_PATH}/tickers", _of_each(_ticker), 20, "category"),
    public(f"{_PATH}/orderbook", _book(False), 20, _ONE),
    public(f"{_PATH}/rpi-orderbook", _book(True), 10, _ONE),
    public(f"{_PATH}/rpi-symbols", _rpi_symbols, 10),
    public(f"{_PATH}/fills", _trades, 20, _ONE),
    public(f"{_PATH}/candles", _candles(1000), 20, f"{_ONE} interval"),
    public(f"{_PATH}/history-candles", _candles(100), 20, f"{_ONE} interval"),
    public(f"{_PATH}/current-fund-rate", _funding, 20, "symbol"),
    public(f"{_PATH}/history-fund-rate", _funding_history, 20, _ONE),
    public(f"{_PATH}/open-interest", _interest, 20, "category"),
    public(f"{_PATH}/oi-limit", _interest_limit, 10, "category"),
    public(f"{_PATH}/position-tier", _tiers, 20, "category"),
    public(f"{_PATH}/index-components", _components, 10, "symbol"),
    public(f"{_PATH}/liquidations", _liquidations, 5, "category"),
)
