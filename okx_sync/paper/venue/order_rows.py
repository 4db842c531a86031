"""Orders, fills and bills as rows of REST answers and WebSocket pushes, every documented field present."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okx_sync.paper.venue.number_text import ZERO, blank, text
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueBill, VenueFill, VenueOrder
from okx_sync.paper.venue.types import Row

_SHARED = """
    instType instId tgtCcy ccy ordId clOrdId tag px pxUsd pxVol pxType sz ordType side posSide tdMode fillPx tradeId
    fillSz fillTime accFillSz avgPx state lever attachAlgoClOrdId tpTriggerPx tpTriggerPxType tpOrdPx slTriggerPx
    slTriggerPxType slOrdPx stpId stpMode feeCcy fee rebateCcy rebate pnl source cancelSource cancelSourceReason
    category isTpLimit uTime cTime reduceOnly quickMgnType algoClOrdId algoId lastPx tradeQuoteCcy outcome
"""
_PUSHED = """
    notionalUsd fillPnl fillFee fillFeeCcy fillPxVol fillPxUsd fillMarkVol fillFwdPx fillMarkPx fillIdxPx execType
    fillNotionalUsd amendSource reqId amendResult code msg
"""
_REST: dict[str, Any] = blank(_SHARED + " fillIdxPx")
_PUSH: dict[str, Any] = blank(_SHARED + _PUSHED)
_FILL: dict[str, Any] = blank(
    """instType instId tradeId ordId clOrdId billId subType tag fillPx fillSz fillIdxPx fillPnl fillPxVol fillPxUsd
    fillMarkVol fillFwdPx fillMarkPx side posSide execType ordType feeCcy fee feeRate ts fillTime tradeQuoteCcy"""
)
_BILL: dict[str, Any] = blank(
    """billId instType instId ccy mgnMode type subType balChg sz bal posBalChg posBal px pnl fee earnAmt earnApr ordId
    execType from to notes interest tag fillTime tradeId clOrdId fillIdxPx fillMarkPx fillPxVol fillPxUsd fillFwdPx
    fillMarkVol ts"""
)
_SUB_TYPES = {"buy": "1", "sell": "2"}


def order_px(order: VenueOrder) -> str:
    """Return the price as the exchange prints it; empty for market orders."""
    return "" if order.px is None else text(order.instrument.px(order.px))


def _shared(order: VenueOrder, prices: Prices) -> Row:
    """Return what REST and pushes have in common."""
    return {**_wanted(order), **_reached(order), "lastPx": text(prices.last[order.instrument.instId])}


def _wanted(order: VenueOrder) -> Row:
    """Return what was ordered."""
    instrument = order.instrument
    return {
        "instType": order.instType,
        "instId": instrument.instId,
        "tgtCcy": order.tgtCcy,
        "ccy": order.ccy,
        "ordId": order.ordId,
        "clOrdId": order.clOrdId,
        "tag": order.tag,
        "px": order_px(order),
        "sz": text(order.sz),
        "ordType": order.ordType,
        "side": order.side,
        "posSide": order.posSide,
        "tdMode": order.tdMode,
        "lever": order.lever,
        "stpMode": order.stpMode,
        "category": order.category,
        "isTpLimit": "true" if order.isTpLimit else "false",
        "reduceOnly": "true" if order.reduceOnly else "false",
        "algoClOrdId": order.algoClOrdId,
        "algoId": order.algoId,
        "tradeQuoteCcy": order.tradeQuoteCcy,
        "attachAlgoOrds": [one.row() for one in order.attached],
        "linkedAlgoOrd": {"algoId": order.linkedAlgoId},
        "cTime": str(order.cTime),
    }


def _reached(order: VenueOrder) -> Row:
    """Return what became of it."""
    instrument, fill, avg = order.instrument, order.last, order.avg_px
    return {
        "fillPx": text(fill.px) if fill else "",
        "tradeId": fill.tradeId if fill else "",
        "fillSz": text(fill.sz) if fill else "0",
        "fillTime": str(fill.ts) if fill else "",
        "accFillSz": text(instrument.sz(order.filled)),
        "avgPx": "" if avg is None else text(avg),
        "state": order.state,
        "feeCcy": order.fee_ccy,
        "fee": text(order.fee),
        "rebateCcy": instrument.quoteCcy if order.fee_ccy == instrument.baseCcy else order.fee_ccy,
        "rebate": text(order.rebate),
        "pnl": text(order.pnl),
        "source": order.source,
        "cancelSource": order.cancelSource,
        "cancelSourceReason": order.cancelSourceReason,
        "uTime": str(order.uTime),
    }


def rest_order(order: VenueOrder, prices: Prices) -> Row:
    """Return the row of trade/order, orders-pending and orders-history."""
    attached = [one.row(rest=True) for one in order.attached]
    index = text(order.last.index) if order.last else ""
    return {**_REST, **_shared(order, prices), "attachAlgoOrds": attached, "fillIdxPx": index}


def pushed_order(order: VenueOrder, prices: Prices, fill: VenueFill | None = None, **amended: str) -> Row:
    """Return the row of the ``orders`` channel.

    ``fill``: the execution this push is about, if any (other pushes carry no fill of their own: ``fillSz`` 0 and no
    ``tradeId``); ``amended``: reqId, amendResult, amendSource, code, msg.
    """
    instrument = order.instrument
    row: Row = {**_PUSH, **_shared(order, prices), "fillPnl": "0", "fillFee": "0", "code": "0", **amended}
    row["avgPx"] = row["avgPx"] or "0"
    px = order.px if order.px is not None else instrument.ticks(prices.last[instrument.instId])
    usd = prices.usd(instrument.quoteCcy)
    if order.lots:
        row["notionalUsd"] = text(instrument.coins(order.lots) * instrument.px(px) * usd)
    else:
        row["notionalUsd"] = text(order.sz * usd)
    if fill is None:
        return {**row, "fillSz": "0", "tradeId": "", "fillPx": "", "fillTime": "", "fillNotionalUsd": ""}
    row.update(
        fillPnl=text(fill.pnl),
        fillFee=text(fill.fee),
        fillFeeCcy=fill.feeCcy,
        fillMarkPx=text(fill.mark) if instrument.is_swap else "",
        fillIdxPx=text(fill.index),
        execType=fill.execType,
        fillNotionalUsd=text(instrument.coins(fill.lots) * fill.px * usd),
    )
    return row


def pushed_fills(fills: Sequence[VenueFill]) -> Row:
    """Return the row of the ``fills`` channel about fills of one order at one price.

    A client id is told only when it is a positive 64-bit number.
    """
    fill = fills[-1]
    order = fill.order
    given = order.clOrdId
    numeric = given.isdigit() and 0 < int(given) < 2**63
    return {
        "instId": order.instrument.instId,
        "fillSz": text(sum((one.sz for one in fills), ZERO)),
        "fillPx": text(fill.px),
        "side": order.side,
        "ts": str(fill.ts),
        "ordId": order.ordId,
        "clOrdId": given if numeric else "0",
        "tradeId": fill.tradeId,
        "execType": fill.execType,
        "count": str(len(fills)),
    }


def rest_fill(fill: VenueFill) -> Row:
    """Return the row of trade/fills and fills-history."""
    order, instrument = fill.order, fill.order.instrument
    return {
        **_FILL,
        "instType": order.instType,
        "instId": instrument.instId,
        "tradeId": fill.tradeId,
        "ordId": order.ordId,
        "clOrdId": order.clOrdId,
        "billId": str(fill.billId),
        "subType": _SUB_TYPES[order.side],
        "tag": order.tag,
        "fillPx": text(fill.px),
        "fillSz": text(fill.sz),
        "fillIdxPx": text(fill.index),
        "fillPnl": text(fill.pnl),
        "fillMarkPx": text(fill.mark) if instrument.is_swap else "",
        "side": order.side,
        "posSide": order.posSide,
        "execType": fill.execType,
        "ordType": order.ordType,
        "feeCcy": fill.feeCcy,
        "fee": text(fill.fee),
        "feeRate": text(fill.fee_rate),
        "ts": str(fill.ts),
        "fillTime": str(fill.ts),
        "tradeQuoteCcy": order.tradeQuoteCcy,
    }


def bill_row(account: VenueAccount, bill: VenueBill) -> Row:
    """Return the row of account/bills."""
    row: Row = {
        **_BILL,
        "billId": str(bill.billId),
        "ccy": bill.ccy,
        "type": bill.type,
        "subType": bill.subType,
        "balChg": text(bill.change),
        "bal": text(bill.balance),
        "posBalChg": "0",
        "posBal": "0",
        "px": "" if bill.px is None else text(bill.px),
        "sz": "" if bill.sz is None else text(bill.sz),
        "pnl": text(bill.pnl),
        "fee": text(bill.fee),
        "ts": str(bill.ts),
    }
    if bill.type == "1":
        row["from" if bill.subType == "12" else "to"] = "18"
        row["notes"] = f"uid {account.uid}"
    if bill.position is not None:
        instrument = bill.position.instrument
        kind = instrument.instType if instrument.is_swap else "MARGIN"
        row |= {"instType": kind, "instId": instrument.instId, "mgnMode": bill.position.mgnMode}
    if bill.margin is not None:
        # Added by hand, the account's money changes too; what a funding fee changes is the position's alone.
        of_position = bill.change if bill.type == "8" else -bill.change
        row |= {"posBalChg": text(of_position), "posBal": text(bill.margin)}
        row["balChg"] = "0" if bill.type == "8" else text(bill.change)
    if bill.fill is not None:
        row |= _of_fill(bill.fill)
    return row


def _of_fill(fill: VenueFill) -> Row:
    row = rest_fill(fill)
    taken = blank("instType instId ordId clOrdId tag execType fillTime tradeId fillIdxPx fillMarkPx")
    mode = fill.order.tdMode
    return {name: row[name] for name in taken} | {"sz": row["fillSz"], "px": row["fillPx"], "mgnMode": mode}
