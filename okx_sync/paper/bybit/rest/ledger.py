"""The ledger of the unified account, and the sums of its trades."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from okx_sync.paper.bybit.identifiers import LINEAR, category_of, coins, order_id, symbol_of, trade_id
from okx_sync.paper.bybit.rest.call import CATEGORIES, DAY_MS, PARAMS, BybitCall, BybitEndpoint, BybitRestError
from okx_sync.paper.bybit.rest.paging import page
from okx_sync.paper.bybit.rows import funding_rate, is_funding
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import ZERO, blank, rounded, text
from okx_sync.paper.venue.records import VenueBill, VenueFill
from okx_sync.paper.venue.types import Row

#: Bills that Bybit has no word for: money that went between the account and a position's margin.
_MOVED_MARGIN = "6"


def _log(call: BybitCall) -> Row:
    """Return the ledger, newest first: of the last day unless told otherwise."""
    call.one_of("accountType", ("", "UNIFIED"))
    window, category = call.window(7, default_days=1), call.text("category")
    if category and category not in CATEGORIES:
        raise BybitRestError(PARAMS, "Illegal category")
    wanted = {"category": category, "currency": call.text("currency"), "type": call.text("type")}
    base = call.text("baseCoin")

    def is_wanted(bill: VenueBill) -> bool:
        if not any((base, *wanted.values())):
            return True  # there may be many, and rows take their time
        row = _bill_row(call, bill)
        about = base in ("", row["symbol"][: len(base)])
        return about and all(value in ("", row[name]) for name, value in wanted.items())

    recent = takewhile(lambda bill: bill.ts >= window.start, reversed(call.account.bills))
    found = (bill for bill in recent if bill.ts in window and bill.type != _MOVED_MARGIN and is_wanted(bill))
    return page(call, found, lambda one: (one.ts, one.billId), lambda one: _bill_row(call, one), most=50, default=20)


def _bill_row(call: BybitCall, bill: VenueBill) -> Row:
    """Return a row: `change` is `cashFlow` + `funding` - `fee`, where a fee above 0 was paid."""
    is_funding = bill.type == "8"
    flow = ZERO if is_funding else bill.change - bill.fee
    row = {
        "id": f"{call.account.uid}_{bill.billId}",
        **blank("symbol side qty size tradePrice feeRate tradeId orderId orderLinkId extraFees transSubType"),
        "category": "",
        "transactionTime": str(bill.ts),
        "type": _kind(bill),
        "currency": bill.ccy,
        "funding": text(bill.change) if is_funding else "0" if bill.position is not None else "",
        "fee": text(-bill.fee),
        "cashFlow": text(flow),
        "change": text(bill.change),
        "cashBalance": text(bill.balance),
        "bonusChange": "",
    }
    return row | _trade_facts(call, bill)


def _kind(bill: VenueBill) -> str:
    if bill.type == "1":
        return "TRANSFER_IN" if bill.change >= 0 else "TRANSFER_OUT"
    if bill.fill is not None:
        return "TRADE"
    return "SETTLEMENT" if bill.type == "8" else "BONUS"


def _trade_facts(call: BybitCall, bill: VenueBill) -> Row:
    """Return what a trade or a funding fee was about."""
    if bill.fill is None:
        if bill.position is None:
            return {}
        instrument, lots = bill.position.instrument, bill.position.lots
        facts = {"symbol": symbol_of(instrument), "category": LINEAR, "size": coins(instrument, lots)}
        side = {"side": "Buy" if lots > 0 else "Sell", "qty": coins(instrument, abs(lots))}
        return facts | side | ({"feeRate": text(funding_rate(bill))} if is_funding(bill) else {})
    fill, order = bill.fill, bill.fill.order
    instrument = order.instrument
    return {
        "symbol": symbol_of(instrument),
        "category": category_of(instrument),
        "side": order.side.capitalize(),
        "qty": coins(instrument, fill.lots),
        "size": coins(instrument, bill.position.lots) if bill.position is not None else "",
        "tradePrice": text(fill.px),
        "feeRate": text(-fill.fee_rate),
        "tradeId": trade_id(instrument, fill.tradeId),
        "orderId": order_id(int(order.algoId) if order.algoId else order.id),
        "orderLinkId": call.ids.given(order.algoClOrdId or order.clOrdId),
    }


def _trade_info(call: BybitCall) -> Row:
    """Sum up the account's trades of one contract, day by day."""
    instrument = call.instrument(LINEAR)
    start, end = call.millis("startTime") or 0, call.millis("endTime") or call.now
    fills = [one for one in call.account.fills if one.order.instrument is instrument and start <= one.ts <= end]
    bought, sold = (_sums(instrument, [f for f in fills if f.order.side == side]) for side in ("buy", "sell"))
    days: dict[int, list[VenueFill]] = {}
    for fill in fills:
        days.setdefault(fill.ts - fill.ts % DAY_MS, []).append(fill)
    return {
        "symbolRnl": text(sum((fill.pnl for fill in fills), ZERO)),
        "netExecQty": text(bought["qty"] - sold["qty"]),
        "sumExecValue": text(bought["value"] + sold["value"]),
        "sumExecQty": text(bought["qty"] + sold["qty"]),
        **_side_sums("Buy", bought),
        **_side_sums("Sell", sold),
        "maxMarginVersion": 0,
        "baseCoin": instrument.baseCcy,
        "settleCoin": instrument.settleCcy,
        "sumPriceList": [_day_row(instrument, day, days[day]) for day in sorted(days)],
    }


def _sums(instrument: VenueInstrument, fills: list[VenueFill]) -> dict[str, Decimal]:
    orders = {fill.order.id: fill.order for fill in fills}
    return {
        "qty": sum((instrument.coins(fill.lots) for fill in fills), ZERO),
        "value": sum((instrument.coins(fill.lots) * fill.px for fill in fills), ZERO),
        "fee": sum((-fill.fee for fill in fills), ZERO),
        "ordered": sum((instrument.coins(one.lots) for one in orders.values()), ZERO),
    }


def _side_sums(side: str, sums: dict[str, Decimal]) -> Row:
    average = rounded(sums["value"] / sums["qty"]) if sums["qty"] else ZERO
    return {
        f"avg{side}ExecPrice": text(average),
        f"sum{side}ExecValue": text(sums["value"]),
        f"sum{side}ExecQty": text(sums["qty"]),
        f"sum{side}ExecFee": text(sums["fee"]),
        f"sum{side}OrderQty": text(sums["ordered"]),
    }


def _day_row(instrument: VenueInstrument, day: int, fills: list[VenueFill]) -> Row:
    bought, sold = (_sums(instrument, [f for f in fills if f.order.side == side]) for side in ("buy", "sell"))
    return {
        "day": str(day),
        "sumBuyExecValue": text(bought["value"]),
        "sumSellExecValue": text(sold["value"]),
        "sumExecValue": text(bought["value"] + sold["value"]),
    }


ENDPOINTS = (
    BybitEndpoint("GET", "/v5/account/transaction-log", _log, 25),
    BybitEndpoint("GET", "/v5/account/trade-info-for-analysis", _trade_info, required=("symbol",)),
)
