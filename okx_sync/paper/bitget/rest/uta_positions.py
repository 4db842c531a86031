"""V3 positions of a unified account: `/api/v3/position/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okx_sync.paper.bitget.rest.call import SPOT_CATEGORIES, BitgetCall, get, listed
from okx_sync.paper.bitget.rest.orders import category_of
from okx_sync.paper.bitget.rest.positions import Closed, Held, closed_of, held_of
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue import margin
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, rounded, text
from okx_sync.paper.venue.types import Row


def _contracts(call: BitgetCall) -> list[VenueInstrument]:
    if call.category() in SPOT_CATEGORIES:
        raise call.wrong("category")
    return call.instruments()


def _row(call: BitgetCall, held: Held) -> Row:
    position, prices, one = held.position, call.venue.prices, held.instrument
    mark = prices.mark(one)
    liquidation = margin.liquidation_px(call.account, position, prices)
    upl, paid = position.upl(mark), position.initial(position.avg)
    return {
        "category": category_of(call, one),
        "symbol": symbol_of(one),
        "marginCoin": one.settleCcy,
        "holdMode": "hedge_mode" if held.is_hedged else "one_way_mode",
        "posSide": held.side,
        "marginMode": "isolated" if held.is_isolated else "crossed",
        "positionBalance": text(position.margin if held.is_isolated else rounded(position.initial(mark))),
        "available": text(held.coins),
        "frozen": "0",
        "total": text(held.coins),
        "leverage": text(position.lever),
        "curRealisedPnl": text(position.pnl),
        "avgPrice": text(position.avg),
        "positionStatus": "normal",
        "unrealisedPnl": text(rounded(upl)),
        "liquidationPrice": "0" if liquidation is None else text(liquidation),
        "mmr": text(position.maintenance_rate),
        "profitRate": text(rounded(upl / paid)) if paid else "0",
        "markPrice": text(mark),
        "breakEvenPrice": text(margin.break_even(position)),
        "totalFunding": text(position.funding),
        "openFeeTotal": text(-position.fee),
        "closeFeeTotal": "0",
        "cashDividend": "0",
        "createdTime": str(position.cTime),
        "updatedTime": str(position.uTime),
    }


def _current(call: BitgetCall) -> Row:
    side = call.text("posSide")
    found = [one for one in held_of(call.account, _contracts(call)) if side in ("", one.side)]
    # Without a position the list is null, not empty.
    return {"list": [_row(call, one) for one in found] or None}


def _closed_row(call: BitgetCall, closed: Closed) -> Row:
    record, order = closed.record, closed.last.order
    return {
        "positionId": str(closed.id),
        "category": category_of(call, closed.instrument),
        "symbol": symbol_of(closed.instrument),
        "marginCoin": closed.instrument.settleCcy,
        "holdMode": "one_way_mode" if order.posSide == "net" else "hedge_mode",
        "posSide": closed.side,
        "marginMode": "isolated" if order.tdMode == "isolated" else "crossed",
        "openPriceAvg": record.opened.px,
        "closePriceAvg": record.closed.px,
        "openTotalPos": text(record.opened.coins),
        "closeTotalPos": text(record.closed.coins),
        "cumRealisedPnl": text(record.pnl),
        "netProfit": text(closed.net),
        "totalFunding": text(closed.funding),
        "openFeeTotal": text(ZERO - record.opened.fee),
        "closeFeeTotal": text(ZERO - record.closed.fee),
        "cashDividend": "0",
        "createdTime": str(record.began),
        "updatedTime": str(record.ended),
    }


def _history(call: BitgetCall) -> Any:
    found = closed_of(call.account, _contracts(call))
    page = listed(
        call, found, row=lambda one: _closed_row(call, one), at=lambda one: one.id, when=lambda one: one.record.ended
    )
    return page.keyed("list", "cursor")


def _adl(call: BitgetCall) -> Sequence[Row]:
    return [
        {
            "symbol": symbol_of(one.instrument),
            "marginCoin": one.instrument.settleCcy,
            "adlRank": "0.2",
            "holdSide": one.side,
        }
        for one in held_of(call.account, list(call.venue.instruments.values()))
    ]


_PATH = "v3/position"
ENDPOINTS = (
    get(f"{_PATH}/current-position", _current, 20, "category"),
    get(f"{_PATH}/history-position", _history, 20, "category"),
    get(f"{_PATH}/adlRank", _adl, 1),
)
