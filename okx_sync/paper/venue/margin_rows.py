"""Positions of spot margin as rows of REST answers and WebSocket pushes, and what they and their loans can be."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.paper.venue import margin
from okx_sync.paper.venue.account_rows import POSITION, RISK, or_blank, profit_figures
from okx_sync.paper.venue.closing_orders import orders_closing
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.margin_positions import MAINTENANCE, MarginPosition
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount
from okx_sync.paper.venue.types import Row


def position_row(account: VenueAccount, position: MarginPosition, prices: Prices, now: int) -> Row:
    """Return the row of account/positions and of the ``positions`` channel."""
    instrument = position.instrument
    row: Row = {
        **POSITION,
        "instType": "MARGIN",
        "instId": instrument.instId,
        "mgnMode": position.mgnMode,
        "posId": position.posId,
        "posSide": position.posSide,
        "pos": text(position.pos),
        "posCcy": position.posCcy,
        "liabCcy": position.liabCcy,
        "interest": "0",
        "lever": text(position.lever),
        "ccy": position.ccy,
        "tradeId": position.tradeId,
        "last": text(prices.last[instrument.instId]),
        "idxPx": text(prices.index(instrument)),
        "markPx": text(prices.mark(instrument)),
        "closeOrderAlgo": [],
        "cTime": str(position.cTime),
        "uTime": str(position.uTime),
        "pTime": str(now),
    }
    return row | _open_figures(account, position, prices) if position.is_open else row


def _open_figures(account: VenueAccount, position: MarginPosition, prices: Prices) -> Row:
    instrument = position.instrument
    mark, last = prices.mark(instrument), prices.last[instrument.instId]
    cross = position.mgnMode == "cross"
    paid = position.initial(position.avg) if cross else position.margin
    return {
        "availPos": text(position.pos),
        "avgPx": text(position.avg),
        "liab": text(-position.liab),
        "pendingCloseOrdLiabVal": "" if cross else text(_being_closed(account, position)),
        **profit_figures(position, mark, last, paid),
        "liqPx": or_blank(margin.pair_liquidation_px(account, position, prices)),
        "imr": text(rounded(position.initial(mark))) if cross else "",
        "margin": "" if cross else text(position.margin),
        "mgnRatio": or_blank(margin.pair_ratio(account, position, prices)),
        "mmr": text(rounded(position.maintenance(mark))),
        "notionalUsd": text(rounded(position.pos * prices.usd(position.posCcy))),
    }


def _being_closed(account: VenueAccount, position: MarginPosition) -> Decimal:
    """Return how much of what is owed the open orders that close would give back."""
    found = ZERO
    for order in orders_closing(position, account):
        coins = order.instrument.coins(order.left)
        found += coins * order.instrument.px(order.px) if position.is_long and order.px is not None else coins
    return min(found, position.liab)


def position_brief(position: MarginPosition) -> Row:
    """Return one position in ``balance_and_position``."""
    return {
        "posId": position.posId,
        "tradeId": position.tradeId,
        "instId": position.instrument.instId,
        "instType": "MARGIN",
        "mgnMode": position.mgnMode,
        "avgPx": text(position.avg) if position.is_open else "",
        "ccy": position.ccy,
        "posSide": position.posSide,
        "pos": text(position.pos),
        "posCcy": position.posCcy,
        **blank("baseBal quoteBal nonSettleAvgPx settledPnl"),
        "uTime": str(position.uTime),
    }


def risk_row(account: VenueAccount, position: MarginPosition, prices: Prices, now: int) -> Row:
    """Return the row of the ``liquidation-warning`` channel."""
    row = position_row(account, position, prices, now)
    return {name: row[name] for name in RISK}


def past_position_row(position: MarginPosition) -> Row:
    """Return the row of account/positions-history; profit and loss are in the margin currency."""
    instrument = position.instrument
    px = rounded(position.closed_value / position.closed)
    pnl = position.pnl / px if position.ccy == instrument.baseCcy else position.pnl
    opened = position.closed * position.avg / position.lever
    return {
        **blank("nonSettleAvgPx settledPnl realizedPnl fundingFee liqPenalty"),
        "instType": "MARGIN",
        "instId": instrument.instId,
        "posId": position.posId,
        "mgnMode": position.mgnMode,
        "posSide": position.posSide,
        "direction": "long" if position.is_long else "short",
        "type": position.ending,
        "lever": text(position.lever),
        "openAvgPx": text(position.avg),
        "closeAvgPx": text(px),
        "openMaxPos": text(position.most),
        "closeTotalPos": text(position.closed),
        "pnlRatio": text(rounded(position.pnl / opened)),
        "pnl": text(rounded(pnl)),
        "fee": text(position.fee),
        "triggerPx": or_blank(position.trigger_px),
        "uly": instrument.uly,
        "ccy": position.ccy,
        "cTime": str(position.cTime),
        "uTime": str(position.uTime),
    }


def tier_row(instrument: VenueInstrument) -> Row:
    """Return the row of public/position-tiers: there is one tier, and no other limit to a loan than the margin."""
    return {
        **blank("uly instFamily baseMaxLoan quoteMaxLoan"),
        "instId": instrument.instId,
        "tier": "1",
        "minSz": "0",
        "maxSz": text(instrument.maxLmtSz),
        "mmr": text(MAINTENANCE),
        "imr": text(rounded(Decimal(1) / instrument.max_lever)),
        "maxLever": str(instrument.max_lever),
        "optMgnFactor": "0",
    }
