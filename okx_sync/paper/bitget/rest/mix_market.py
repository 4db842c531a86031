"""V2 market data of futures: `/api/v2/mix/market/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.bitget.rest.call import BitgetCall, public
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
from okx_sync.paper.bitget.rest.order_limits import LEAST_WORTH, MOST_OF_PRODUCT, MOST_OF_SYMBOL
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin import FEES
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.position_tiers import tiers
from okx_sync.paper.venue.types import Row

#: How far a limit price may be from the index.
BAND = "0.05"
STATES = {
    "live": "normal",
    "limit_open": "limit_open",
    "restrictedAPI": "restrictedAPI",
    "suspend": "maintain",
    "preopen": "listed",
}


def _contract(call: BitgetCall, one: VenueInstrument) -> Row:  # noqa: ARG001 - as all rows
    maker, taker = FEES["SWAP"]
    step = price_step(one)
    digits = int(steps(step))
    return {
        **blank("offTime limitOpenTime", "-1"),
        **blank("deliveryTime deliveryStartTime deliveryPeriod launchTime maintainTime"),
        "symbol": symbol_of(one),
        "baseCoin": one.baseCcy,
        "quoteCoin": one.quoteCcy,
        "buyLimitPriceRatio": BAND,
        "sellLimitPriceRatio": BAND,
        "feeRateUpRatio": "0.005",
        "makerFeeRate": text(maker),
        "takerFeeRate": text(taker),
        "openCostUpRatio": "0.01",
        "supportMarginCoins": [one.settleCcy],
        "minTradeNum": smallest(one),
        "priceEndStep": text(step.scaleb(digits)),
        "volumePlace": steps(size_step(one)),
        "pricePlace": str(digits),
        "sizeMultiplier": text(size_step(one)),
        "symbolType": "perpetual",
        "minTradeUSDT": text(LEAST_WORTH),
        "maxSymbolOrderNum": str(MOST_OF_SYMBOL),
        "maxProductOrderNum": str(MOST_OF_PRODUCT["mix"]),
        "maxPositionNum": "150",
        "symbolStatus": STATES.get(one.state, "off"),
        "fundInterval": str(one.funding_hours),
        "minLever": "1",
        "maxLever": str(one.max_lever),
        "posLimit": "0.1",
        "maxMarketOrderQty": text(one.maxMktSz * one.ctVal),
        "maxOrderQty": text(one.maxLmtSz * one.ctVal),
        "isRwa": "NO",
        "openTime": one.listTime,
    }


def _ticker(call: BitgetCall, one: VenueInstrument) -> Row:
    quote, venue = quote_of(call.venue, one), call.venue
    return {
        **blank("deliveryStartTime deliveryTime deliveryStatus"),
        "symbol": symbol_of(one),
        "lastPr": quote["last"],
        "askPr": quote["ask"],
        "bidPr": quote["bid"],
        "bidSz": quote["bidSize"],
        "askSz": quote["askSize"],
        "high24h": quote["high"],
        "low24h": quote["low"],
        "ts": quote["ts"],
        "change24h": quote["change"],
        "baseVolume": quote["base"],
        "quoteVolume": quote["quote"],
        "usdtVolume": quote["quote"],
        "openUtc": quote["openUtc"],
        "changeUtc24h": quote["changeUtc"],
        "indexPrice": text(venue.prices.index(one)),
        "fundingRate": venue.funding_rate_row(one.instId)["fundingRate"],
        "holdingAmount": venue.open_interest_row(one.instId)["oiCcy"],
        "open24h": quote["open"],
        "markPrice": text(venue.prices.mark(one)),
    }


def _of_each(row: Callable[[BitgetCall, VenueInstrument], Row]) -> Callable[[BitgetCall], Sequence[Row]]:
    return lambda call: [row(call, one) for one in call.contracts()]


def _of_one(row: Callable[[BitgetCall, VenueInstrument], Row]) -> Callable[[BitgetCall], Sequence[Row]]:
    return lambda call: [row(call, call.contract())]


def _candles(call: BitgetCall) -> Any:
    kind = {"MARK": "mark", "INDEX": "index"}.get(call.text("kLineType").upper(), "trade")
    return candles(call, call.contract(), FUTURES_BARS, kind=kind)


def _past_candles(kind: str) -> Callable[[BitgetCall], Any]:
    return lambda call: candles(call, call.contract(), FUTURES_BARS, kind=kind, most=200)


def depth_of(call: BitgetCall) -> int:
    """Return how many levels of a book are wanted: a number, or `max`."""
    return 100 if call.text("limit").lower() == "max" else call.limit(100, 100)


def _book(call: BitgetCall) -> Row:
    one = call.contract()
    asks, bids = book(call, one, depth_of(call))
    return {
        "asks": asks,
        "bids": bids,
        "precision": call.text("precision", "scale0"),
        "scale": text(price_step(one)),
        "isMaxPrecision": "NO",
        "ts": call.now,
    }


def _trades(most: int, default: int) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Sequence[Row]:
        one = call.contract()
        # Past trades are spelled with a capital, recent ones without.
        word = str.capitalize if call.endpoint.path.endswith("-history") else str.lower
        return [
            {
                "tradeId": row["tradeId"],
                "price": row["px"],
                "size": row["sz"],
                "side": word(row["side"]),
                "ts": row["ts"],
                "symbol": symbol_of(one),
            }
            for row in trades(call, one, default=default, most=most)
        ]

    return answer


def _funding(call: BitgetCall, one: VenueInstrument) -> Row:
    row = call.venue.funding_rate_row(one.instId)
    return {
        "symbol": symbol_of(one),
        "fundingRate": row["fundingRate"],
        "fundingRateInterval": str(one.funding_hours),
        "nextUpdate": row["fundingTime"],
        "minFundingRate": row["minFundingRate"],
        "maxFundingRate": row["maxFundingRate"],
    }


def _funding_time(call: BitgetCall, one: VenueInstrument) -> Row:
    due = call.venue.funding_rate_row(one.instId)["fundingTime"]
    return {"symbol": symbol_of(one), "nextFundingTime": due, "ratePeriod": str(one.funding_hours)}


def _funding_history(call: BitgetCall) -> Sequence[Row]:
    one, size, page = call.contract(), call.limit(20, 100, "pageSize"), call.limit(1, 1000, "pageNo")
    rows = call.venue.funding_history(one.instId)[(page - 1) * size : page * size]
    return [
        {"symbol": symbol_of(one), "fundingRate": row["realizedRate"], "fundingTime": row["fundingTime"]}
        for row in rows
    ]


def _interest(call: BitgetCall) -> Row:
    one = call.contract()
    size = call.venue.open_interest_row(one.instId)["oiCcy"]
    return {"openInterestList": [{"symbol": symbol_of(one), "size": size}], "ts": call.now}


def _price(call: BitgetCall, one: VenueInstrument) -> Row:
    prices = call.venue.prices
    return {
        "symbol": symbol_of(one),
        "price": text(prices.last[one.instId]),
        "indexPrice": text(prices.index(one)),
        "markPrice": text(prices.mark(one)),
        "ts": call.now,
    }


def _interest_limit(call: BitgetCall, one: VenueInstrument) -> Row:
    total = call.venue.open_interest_row(one.instId)["oiUsd"]
    return {"symbol": symbol_of(one), "notionalValue": "100000000", "totalNotionalValue": total}


def _tiers(call: BitgetCall) -> Sequence[Row]:
    """Return the tiers of a contract; their values are those of its size at the price of its opening."""
    one = call.contract()
    return [
        {
            "symbol": symbol_of(one),
            "level": str(tier.number),
            **dict(zip(("startUnit", "endUnit"), tier.values(one), strict=True)),
            "leverage": str(tier.max_lever),
            "keepMarginRate": text(tier.mmr),
        }
        for tier in tiers(one)
    ]


_ONE = "symbol productType"
_BARS = f"{_ONE} granularity"
_PATH = "v2/mix/market"
ENDPOINTS = (
    public(f"{_PATH}/contracts", _of_each(_contract), 20, "productType"),
    public(f"{_PATH}/ticker", _of_one(_ticker), 20, _ONE),
    public(f"{_PATH}/tickers", _of_each(_ticker), 20, "productType"),
    public(f"{_PATH}/candles", _candles, 20, _BARS),
    public(f"{_PATH}/history-candles", _past_candles("trade"), 20, _BARS),
    public(f"{_PATH}/history-index-candles", _past_candles("index"), 20, _BARS),
    public(f"{_PATH}/history-mark-candles", _past_candles("mark"), 20, _BARS),
    public(f"{_PATH}/merge-depth", _book, 20, _ONE),
    public(f"{_PATH}/fills", _trades(100, 100), 20, _ONE),
    public(f"{_PATH}/fills-history", _trades(1000, 500), 10, _ONE),
    public(f"{_PATH}/current-fund-rate", _of_each(_funding), 20, "productType"),
    public(f"{_PATH}/funding-time", _of_one(_funding_time), 20, _ONE),
    public(f"{_PATH}/history-fund-rate", _funding_history, 20, _ONE),
    public(f"{_PATH}/open-interest", _interest, 20, _ONE),
    public(f"{_PATH}/oi-limit", _of_each(_interest_limit), 10, "productType"),
    public(f"{_PATH}/query-position-lever", _tiers, 10, _ONE),
    public(f"{_PATH}/symbol-price", _of_one(_price), 20, _ONE),
)
