"""The ledger as V2 futures, V2 spot and V3 print it. The venue has one ledger; each kind of bill belongs to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from okx_sync.paper.bitget.rest.call import SPOT_CATEGORIES, BitgetCall, Page, listed
from okx_sync.paper.bitget.symbols import symbol_of
from okx_sync.paper.venue.instruments import VenueInstrument
from okx_sync.paper.venue.number_text import text
from okx_sync.paper.venue.records import VenueBill
from okx_sync.paper.venue.types import Row

_TRANSFER, _TRADE, _MARGIN, _FUNDING = "1", "2", "6", "8"
#: The venue's `subType` of a trade on futures; without two directions Bitget says `buy` and `sell`.
_MIX = {"3": "open_long", "4": "open_short", "5": "close_long", "6": "close_short"}


def _instrument(bill: VenueBill) -> VenueInstrument | None:
    if bill.position is not None:
        return bill.position.instrument
    return None if bill.fill is None else bill.fill.order.instrument


def _bills(call: BitgetCall, *, swap: bool, coin: str, spot: bool) -> Iterator[VenueBill]:
    """Yield bills newest first: of futures in a coin (`swap`), of the spot market and transfers (`spot`)."""
    wanted, symbol = call.text("coin", coin), call.text("symbol")
    for bill in reversed(call.account.bills):
        one = _instrument(bill)
        is_swap = one is not None and one.is_swap
        is_asked = swap if is_swap else spot
        if is_asked and wanted.upper() in ("", bill.ccy) and symbol in ("", "" if one is None else symbol_of(one)):
            yield bill


def _id(bill: VenueBill) -> int:
    return bill.billId


def _at(bill: VenueBill) -> int:
    return bill.ts


def _mix_type(bill: VenueBill) -> str:
    if bill.type == _FUNDING:
        return "contract_settle_fee"
    if bill.type == _MARGIN:
        return "append_margin" if bill.change < 0 else "reduce_margin"
    if bill.type != _TRADE:
        return "force_close" if bill.position is not None else "trans_from_exchange"
    fill = bill.fill
    if fill is not None and fill.order.posSide == "net":
        return fill.order.side
    return _MIX.get(bill.subType, "buy")


def mix_bills(call: BitgetCall) -> Any:
    """Answer V2's ledger of futures."""
    wanted, kind = call.margin(), call.text("businessType")
    found = (one for one in _bills(call, swap=True, coin=wanted, spot=False) if kind in ("", _mix_type(one)))
    if call.text("onlyFunding").lower() == "yes":
        found = (one for one in found if one.type == _FUNDING)
    page = listed(call, found, row=_mix_row, at=_id, when=_at, default=20)
    return {"bills": page.rows or None, "endId": page.next or None}


def _mix_row(bill: VenueBill) -> Row:
    one = _instrument(bill)
    return {
        "billId": str(bill.billId),
        "symbol": "" if one is None else symbol_of(one),
        "amount": text(bill.change - bill.fee),
        "fee": text(bill.fee),
        "feeByCoupon": "",
        "businessType": _mix_type(bill),
        "coin": bill.ccy,
        "balance": text(bill.balance),
        "cTime": str(bill.ts),
    }


def spot_bills(call: BitgetCall) -> Any:
    """Answer V2's ledger of the spot account, which transfers belong to."""
    group, kind = call.text("groupType"), call.text("businessType")
    found = (
        one
        for one in _bills(call, swap=False, coin="", spot=True)
        if group in ("", _spot_type(one)[0]) and kind in ("", _spot_type(one)[1])
    )
    return listed(call, found, row=_spot_row, at=_id, when=_at, most=500).rows


def _spot_type(bill: VenueBill) -> tuple[str, str]:
    """Return group and kind."""
    if bill.type == _TRADE:
        return "transaction", "ORDER_DEALT_IN" if bill.change >= 0 else "ORDER_DEALT_OUT"
    return "transfer", "TRANSFER_IN" if bill.change >= 0 else "TRANSFER_OUT"


def _spot_row(bill: VenueBill) -> Row:
    group, kind = _spot_type(bill)
    return {
        "cTime": str(bill.ts),
        "coin": bill.ccy,
        "groupType": group,
        "businessType": kind,
        "size": text(bill.change - bill.fee),
        "balance": text(bill.balance),
        "fees": text(bill.fee),
        "billId": str(bill.billId),
        "bizOrderId": "" if bill.fill is None else bill.fill.order.ordId,
    }


def uta_bills(call: BitgetCall) -> Any:
    """Answer V3's ledger of one category."""
    category, kind = call.one_of("category", (*SPOT_CATEGORIES, *call.products, "OTHER")), call.text("type")
    swap = category in call.products
    coin = call.products[category] if swap else ""
    found = (one for one in _bills(call, swap=swap, coin=coin, spot=not swap) if kind in ("", _uta_type(one)))
    page: Page = listed(call, found, row=lambda one: _uta_row(category, one), at=_id, when=_at)
    return page.keyed("list", "cursor")


def _uta_type(bill: VenueBill) -> str:
    if bill.type == _FUNDING:
        return f"CONTRACT_MAIN_SETTLE_FEE_USER_{'IN' if bill.change >= 0 else 'OUT'}"
    if bill.position is None or bill.type != _TRADE:
        return _spot_type(bill)[1]
    fill = bill.fill
    if fill is not None and fill.order.posSide == "net":
        return f"{fill.order.side.upper()}_DEAL"
    return _MIX.get(bill.subType, "buy_deal").upper()


def _uta_row(category: str, bill: VenueBill) -> Row:
    one = _instrument(bill)
    return {
        "category": category,
        "id": str(bill.billId),
        "symbol": "" if one is None else symbol_of(one),
        "coin": bill.ccy,
        "type": _uta_type(bill),
        "amount": text(bill.change - bill.fee),
        "fee": text(bill.fee),
        "balance": text(bill.balance),
        "positionType": "",
        "positionAmount": "",
        "positionBalance": "",
        "ts": str(bill.ts),
    }
