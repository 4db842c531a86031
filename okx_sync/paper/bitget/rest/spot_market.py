"""V2 market data of the spot market, and what the API has in common: `/api/v2/spot/`, `/api/v2/public/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from okx_sync.paper.bitget.rest.call import BitgetCall, pairs_of, public
from okx_sync.paper.bitget.rest.market_data import (
    SPOT_BARS,
    book,
    candles,
    price_step,
    quote_of,
    size_step,
    smallest,
    steps,
    trades,
)
from okx_sync.paper.bitget.rest.mix_market import BAND, depth_of
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin import FEES
from okx_sync.paper.venue.number_text import blank, text
from okx_sync.paper.venue.types import Row

_CHAINS = {"BTC": "BTC", "SOL": "SOL", "ETH": "ERC20", "USDT": "ERC20"}


def time(call: BitgetCall) -> Row:
    """Answer the exchange's time, which V2 and V3 have a path for."""
    return {"serverTime": call.now}


def wanted_pairs(call: BitgetCall) -> list[VenueInstrument]:
    """Return the pair of `symbol`, or all of them."""
    return [call.pair()] if call.text("symbol") else pairs_of(call.venue)


def _symbols(call: BitgetCall) -> Sequence[Row]:
    maker, taker = FEES["SPOT"]
    return [
        {
            **blank("offTime openTime"),
            "symbol": symbol_of(one),
            "baseCoin": one.baseCcy,
            "quoteCoin": one.quoteCcy,
            "minTradeAmount": smallest(one),
            "maxTradeAmount": text(one.maxLmtSz),
            "takerFeeRate": text(taker),
            "makerFeeRate": text(maker),
            "pricePrecision": steps(price_step(one)),
            "quantityPrecision": steps(size_step(one)),
            "quotePrecision": "8",
            "status": "online" if one.state == "live" else "halt",
            "minTradeUSDT": "0",
            "buyLimitPriceRatio": BAND,
            "sellLimitPriceRatio": BAND,
            "orderQuantity": "400",
            "areaSymbol": "no",
            "maxLimitOrderValue": "20000000",
            "maxMarketOrderValue": "1000000",
        }
        for one in wanted_pairs(call)
    ]


def _coins(call: BitgetCall) -> Sequence[Row]:
    names = dict.fromkeys(name for one in pairs_of(call.venue) for name in (one.baseCcy, one.quoteCcy))
    wanted = call.text("coin")
    return [
        {
            "coinId": str(number),
            "coin": name,
            "transfer": "true",
            "areaCoin": "no",
            "chains": [
                {
                    "chain": _CHAINS.get(name, "ERC20"),
                    "needTag": "false",
                    "withdrawable": "true",
                    "rechargeable": "true",
                    "withdrawFee": "0",
                    "extraWithdrawFee": "0",
                    "depositConfirm": "1",
                    "withdrawConfirm": "1",
                    "minDepositAmount": "0.0001",
                    "minWithdrawAmount": "0.0001",
                    "browserUrl": "",
                    "contractAddress": "",
                    "withdrawStep": "0",
                    "withdrawMinScale": "8",
                    "congestion": "normal",
                }
            ],
        }
        for number, name in enumerate(names, 1)
        if wanted in ("", name)
    ]


def _tickers(call: BitgetCall) -> Sequence[Row]:
    rows = []
    for one in wanted_pairs(call):
        quote = quote_of(call.venue, one)
        rows.append(
            {
                "symbol": symbol_of(one),
                "high24h": quote["high"],
                "open": quote["open"],
                "lastPr": quote["last"],
                "low24h": quote["low"],
                "quoteVolume": quote["quote"],
                "baseVolume": quote["base"],
                "usdtVolume": quote["quote"],
                "bidPr": quote["bid"],
                "askPr": quote["ask"],
                "bidSz": quote["bidSize"],
                "askSz": quote["askSize"],
                "openUtc": quote["openUtc"],
                "ts": quote["ts"],
                "changeUtc24h": quote["changeUtc"],
                "change24h": quote["change"],
            }
        )
    return rows


def _candles(most: int) -> Callable[[BitgetCall], Any]:
    return lambda call: candles(call, call.pair(), SPOT_BARS, most=most, columns=8)


def _book(call: BitgetCall) -> Row:
    asks, bids = book(call, call.pair(), call.limit(150, 150))
    return {"asks": asks, "bids": bids, "ts": call.now}


def _merged(call: BitgetCall) -> Row:
    one = call.pair()
    asks, bids = book(call, one, depth_of(call))
    scale = {"precision": call.text("precision", "scale0"), "scale": text(price_step(one)), "isMaxPrecision": "NO"}
    return {"asks": asks, "bids": bids, **scale, "ts": call.now}


def _trades(most: int, default: int) -> Callable[[BitgetCall], Any]:
    def answer(call: BitgetCall) -> Sequence[Row]:
        one = call.pair()
        return [
            {
                "symbol": symbol_of(one),
                "tradeId": row["tradeId"],
                "side": row["side"],
                "price": row["px"],
                "size": row["sz"],
                "ts": row["ts"],
            }
            for row in trades(call, one, default=default, most=most)
        ]

    return answer


def _auction(call: BitgetCall) -> Row:
    """Answer that there is none: no pair of the venue is before its opening."""
    call.pair()
    return blank("stage stageEndTime estOpeningPrice matchedVolume auctionEndTime")


_MARKET = "v2/spot/market"
ENDPOINTS = (
    public("v2/public/time", time),
    public("v2/spot/public/symbols", _symbols),
    public("v2/spot/public/coins", _coins, 3),
    public(f"{_MARKET}/tickers", _tickers),
    public(f"{_MARKET}/candles", _candles(1000), 20, "symbol granularity"),
    public(f"{_MARKET}/history-candles", _candles(200), 20, "symbol granularity endTime"),
    public(f"{_MARKET}/orderbook", _book, 20, "symbol"),
    public(f"{_MARKET}/merge-depth", _merged, 20, "symbol"),
    public(f"{_MARKET}/fills", _trades(500, 100), 10, "symbol"),
    public(f"{_MARKET}/fills-history", _trades(1000, 500), 10, "symbol"),
    public(f"{_MARKET}/auction", _auction, 20, "symbol"),
)
