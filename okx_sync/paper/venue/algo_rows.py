"""How algo orders look on the wire: the rows of ``orders-algo``, ``algo-advance`` and the REST lists."""

from __future__ import annotations

from typing import Any

from okx_sync.paper.venue.algo_orders import MARKET, VenueAlgoOrder
from okx_sync.paper.venue.number_text import ZERO, blank, text
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.types import Row

_PUSH: dict[str, Any] = blank(
    """instType instId ccy ordId algoId clOrdId sz ordType side posSide tdMode tgtCcy lever state tpTriggerPx
    tpTriggerPxType tpOrdPx slTriggerPx slTriggerPxType slOrdPx triggerPx triggerPxType ordPx advanceOrdType last
    actualSz actualPx notionalUsd tag actualSide triggerTime reduceOnly failCode algoClOrdId reqId amendResult
    amendPxOnTriggerType cTime uTime isTradeBorrowMode chaseType chaseVal maxChaseType maxChaseVal tradeQuoteCcy
    closeFraction quickMgnType"""
)
_ADVANCED: dict[str, Any] = blank(
    """instType instId ccy ordId algoId clOrdId sz side posSide tdMode tgtCcy lever state tpTriggerPx tpOrdPx
    slTriggerPx slOrdPx triggerPx ordPx actualSz actualPx notionalUsd tag actualSide triggerTime cTime pxVar pxSpread
    szLimit pxLimit timeInterval count callbackRatio callbackSpread activePx moveTriggerPx failCode algoClOrdId
    reduceOnly pTime tradeQuoteCcy ordType"""
)
_REST: dict[str, Any] = blank(
    """orderPx callbackRatio callbackSpread activePx pxVar pxSpread szLimit pxLimit timeInterval moveTriggerPx
    lmtOrderNumber aggressiveness"""
)
_PUSH_ONLY = ("notionalUsd", "reqId", "amendResult")


def push_row(algo: VenueAlgoOrder, prices: Prices) -> Row:
    """Return the row of the ``orders-algo`` channel."""
    return {
        **_known(algo, prices, _PUSH),
        "ordIdList": [order.ordId for order in algo.orders],
        "subAlgoIdList": [str(number) for number in algo.children],
        "advChaseParams": [] if algo.chase is None else [dict(algo.chase)],
        "attachAlgoOrds": [one.waiting_row() for one in algo.attached],
        "linkedOrd": {"ordId": algo.linked.ordId if algo.linked is not None else ""},
    }


def advanced_row(algo: VenueAlgoOrder, prices: Prices, ms: int) -> Row:
    """Return the row of the ``algo-advance`` channel, pushed at ``ms``."""
    return {**_known(algo, prices, _ADVANCED), "pTime": str(ms), "isTradeBorrowMode": False}


def rest_row(algo: VenueAlgoOrder, prices: Prices) -> Row:
    """Return the row of trade/orders-algo-pending, -history and GET trade/order-algo."""
    pushed = push_row(algo, prices)
    for name in _PUSH_ONLY:
        del pushed[name]
    return {**pushed, **_known(algo, prices, _REST), "orderPx": pushed["ordPx"], "triggerParams": []}


def close_row(algo: VenueAlgoOrder) -> Row:
    """Return the row in ``closeOrderAlgo`` of a position."""
    names = ("tpTriggerPx", "tpTriggerPxType", "slTriggerPx", "slTriggerPxType", "closeFraction")
    return {"algoId": str(algo.id), **{name: algo.given[name] for name in names}}


def _known(algo: VenueAlgoOrder, prices: Prices, names: Row) -> Row:
    """Return the fields of these names as far as the order has them, else empty."""
    known = {**algo.given, **_facts(algo, prices), **_outcome(algo)}
    return {name: known.get(name, empty) for name, empty in names.items()}


def _facts(algo: VenueAlgoOrder, prices: Prices) -> Row:
    instrument = algo.instrument
    last = prices.last[instrument.instId]
    lever = algo.account.lever(instrument.instId, algo.given["tdMode"], algo.posSide)
    return {
        "instType": instrument.instType,
        "instId": instrument.instId,
        "algoId": str(algo.id),
        "algoClOrdId": algo.algoClOrdId,
        "ordType": algo.ordType,
        "side": algo.side,
        "posSide": algo.posSide,
        "lever": text(lever) if instrument.is_swap else "",
        "last": text(last),
        "notionalUsd": text(algo.sz * instrument.ctVal * last),
        "reduceOnly": "true" if algo.reduceOnly else "false",
        "cTime": str(algo.cTime),
        "uTime": str(algo.uTime),
    }


def _outcome(algo: VenueAlgoOrder) -> Row:
    """Return what became of it so far. ``actualSz``: what its trigger ordered, or what its work has traded."""
    met, trail = algo.met, algo.trail
    ordered = algo.filled if algo.work is not None else sum((order.sz for order in algo.orders), ZERO)
    trigger = trail.px if trail is not None else None
    return {
        "state": algo.state,
        "ordId": algo.orders[-1].ordId if algo.orders else "",
        "count": str(len(algo.orders)) if algo.work is not None else "",
        "actualSz": text(ordered),
        "actualPx": "" if met is None or met.order_px == MARKET else met.order_px,
        "actualSide": met.name if met is not None and met.name in ("tp", "sl") else "",
        "triggerTime": str(algo.met_at) if met is not None else "",
        "moveTriggerPx": text(trigger) if trigger is not None else "",
        "failCode": algo.fail_code,
    }
