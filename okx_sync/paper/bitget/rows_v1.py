"""Rows of the V1 mix channels. Fills ride in `orders`; there is neither an execution nor a liquidation channel."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.bitget import summaries
from okx_sync.paper.bitget.feeds import RowScope
from okx_sync.paper.bitget.symbols import coins, symbol_of
from okx_sync.paper.venue.events import OrderChanged
from okx_sync.paper.venue.number_text import rounded, text
from okx_sync.paper.venue.types import Row
from okx_sync.paper.venue.venue import Venue

SUFFIX = "_UMCBL"
_STATES = {"live": "new", "partially_filled": "partial-fill", "filled": "full-fill", "canceled": "cancelled"}


def ticker(venue: Venue, inst_id: str) -> Row:
    """Make a row of `ticker`."""
    instrument, row = venue.instruments[inst_id], venue.ticker_row(inst_id)
    opened = instrument.px(venue.engine.tapes[inst_id].day().open)
    last = venue.prices.last[inst_id]
    utc = instrument.px(instrument.ticks(Decimal(row["sodUtc0"])))
    funding = venue.funding_rate_row(inst_id)
    return {
        "instId": symbol_of(instrument),
        "last": row["last"],
        "bestAsk": row["askPx"],
        "bestBid": row["bidPx"],
        "bidSz": coins(instrument, row["bidSz"]),
        "askSz": coins(instrument, row["askSz"]),
        "high24h": row["high24h"],
        "low24h": row["low24h"],
        "priceChangePercent": text(rounded((last - opened) / opened)),
        "capitalRate": funding["fundingRate"],
        "nextSettleTime": int(funding["fundingTime"]),
        "systemTime": int(row["ts"]),
        "markPrice": text(venue.prices.mark(instrument)),
        "indexPrice": text(venue.prices.index(instrument)),
        "holding": venue.open_interest_row(inst_id)["oiCcy"],
        "baseVolume": row["volCcy24h"],
        "quoteVolume": text(instrument.tickSz * instrument.coins(venue.engine.tapes[inst_id].day().value)),
        "openUtc": row["sodUtc0"],
        "chgUTC": text(rounded((last - utc) / utc)),
        "symbolType": 1,
        "symbolId": symbol_of(instrument) + SUFFIX,
        "deliveryPrice": "0",
    }


def trade(venue: Venue, row: Row) -> list[str]:
    """Make a row of `trade`: ts, price, size, side."""
    return [row["ts"], row["px"], coins(venue.instruments[row["instId"]], row["sz"]), row["side"]]


def candle(row: list[str]) -> list[str]:
    """Make a row of `candle…`: ts, open, high, low, close, volume in coins."""
    return [*row[:5], row[6]]


# --- private


def account(scope: RowScope) -> list[Row]:
    """Make rows of `account`: the money in the margin coin."""
    money = summaries.money_of(scope.venue, scope.account, scope.margin)
    if money is None:
        return []
    return [
        {
            "marginCoin": money.coin,
            "locked": money.frozen,
            "available": money.available,
            "maxOpenPosAvailable": money.available,
            "maxTransferOut": money.transferable,
            "equity": money.equity,
            "usdtEquity": money.usd,
            "coinDisplayName": money.coin,
        }
    ]


def positions(scope: RowScope) -> list[Row]:
    """Make rows of `positions`: every open one; an empty list means flat."""
    return [_position(held) for held in summaries.held_by(scope.venue, scope.account, scope.margin)]


def _position(held: summaries.HeldPosition) -> Row:
    row = held.row
    return {
        "posId": row["posId"],
        "instId": held.symbol + SUFFIX,
        "instName": held.symbol,
        "marginCoin": row["ccy"],
        "margin": held.margin,
        "marginMode": "fixed" if held.is_isolated else "crossed",
        "holdSide": held.side,
        "holdMode": _hold_mode(held.is_hedged),
        "total": held.size,
        "available": held.size,
        "locked": "0",
        "averageOpenPrice": row["avgPx"],
        "leverage": int(row["lever"]),
        "achievedProfits": row["pnl"],
        "upl": row["upl"],
        "uplRate": row["uplRatio"],
        "liqPx": row["liqPx"],
        "keepMarginRate": held.maintenance,
        "marginRate": held.rate,
        "cTime": row["cTime"],
        "uTime": row["uTime"],
    }


def _hold_mode(is_hedged: bool) -> str:
    return "double_hold" if is_hedged else "single_hold"


def order(scope: RowScope, event: OrderChanged) -> list[Row]:
    """Make rows of `orders`."""
    told, row = summaries.ordered(scope.venue, scope.account, event.row), event.row
    made: Row = {
        "ordId": row["ordId"],
        "clOrdId": row["clOrdId"],
        "instId": told.symbol + SUFFIX,
        "px": row["px"],
        "sz": told.size,
        "accFillSz": told.filled,
        "avgPx": row["avgPx"] or "0",
        "ordType": told.kind,
        "side": row["side"],
        "posSide": row["posSide"],
        "tdMode": row["tdMode"],
        "tgtCcy": told.coin,
        "force": "normal" if told.force == "gtc" else told.force,
        "lever": row["lever"],
        "status": _STATES[row["state"]],
        "notionalUsd": row["notionalUsd"],
        "orderFee": [{"feeCcy": row["feeCcy"], "fee": row["fee"]}],
        "cTime": int(row["cTime"]),
        "uTime": int(row["uTime"]),
        "eps": "API",
        "hM": _hold_mode(told.is_hedged),
        "low": row["reduceOnly"] == "true",
        "tS": told.trade_side,
    }
    return [made | _filled(told) if told.is_fill else made]


def _filled(told: summaries.OrderSummary) -> Row:
    row = told.row
    return {
        "fillPx": row["fillPx"],
        "fillSz": told.filled_now,
        "fillFee": row["fillFee"],
        "fillFeeCcy": row["fillFeeCcy"],
        "fillNotionalUsd": row["fillNotionalUsd"],
        "fillTime": row["fillTime"],
        "tradeId": row["tradeId"],
        "execType": row["execType"],
        "pnl": row["fillPnl"],
    }
