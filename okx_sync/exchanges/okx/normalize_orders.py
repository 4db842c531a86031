"""OKX's orders and fills in the neutral words of local state.

Page: OKX's API guide, "Order Book Trading", "WS / Order channel", "WS / Fills channel"; the REST answers "Get order",
"Get order list" and "Get transaction details" have the same rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from okx_sync.errors import DecodeError
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderStatus, OrderUpdate, PositionSide, Side

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.trade.models import Fill, FillRecord, Order

__all__ = ["fill_update", "order_update"]

_STATES: Final[dict[str | None, OrderStatus]] = {
    "live": "live",
    "partially_filled": "partially_filled",
    "filled": "filled",
    "canceled": "canceled",
    "mmp_canceled": "canceled",
}
_CANCEL_SOURCES: Final = {
    "0": "canceled by the exchange",
    "1": "canceled by the user",
    "13": "fill-or-kill: it could not be filled at once",
    "14": "immediate-or-cancel: the rest could not be filled at once",
    "20": "canceled by cancel-all-after",
    "23": "reduce-only: there is no position left to reduce",
    "31": "post-only: it would have been filled at once",
    "32": "self-trade prevention",
}
_AMEND_FAILED: Final = "-1"
_NO_ID: Final = "0"


@tolerant(
    "instId",
    "ordId",
    "state",
    "accFillSz",
    spoils={
        "size": ("sz", "tgtCcy", "instType", "ordType", "side"),
        "fee": ("fee", "feeCcy", "rebate", "rebateCcy"),
        "fill": ("side",),
    },
)
def order_update(order: Order) -> OrderUpdate:
    """An order of the stream or of REST. Raises ``DecodeError`` when it does not say which, or in what state."""
    status = _STATES.get(order.state)
    if status is None or order.instId is None or order.ordId is None:
        raise DecodeError(f"an order has no ids, or the unknown state {order.state!r}", text=repr(order.raw))
    filled = order.accFillSz or Decimal(0)
    is_amend_failed = order.amendResult == _AMEND_FAILED
    return OrderUpdate(
        inst_id=order.instId,
        order_id=order.ordId,
        status=status,
        side=cast(Side | None, order.side),
        client_order_id=order.clOrdId,
        order_type=order.ordType,
        position_side=cast(PositionSide | None, order.posSide),
        price=order.px,
        size=None if _is_over_money(order) else order.sz,
        filled=filled,
        average_price=order.avgPx if filled else None,
        fee=_fee(order),
        fee_currency=order.feeCcy,
        pnl=order.pnl,
        reduce_only=order.reduceOnly,
        created_at=order.cTime,
        updated_at=order.uTime,
        reason=_refusal(order) if is_amend_failed else _why_canceled(order),
        request_id=order.reqId,
        is_amend_failed=is_amend_failed,
        fill=_fill(order),
        recovered=order.recovered,
        raw=order,
    )


@tolerant("instId", "ordId", "tradeId", "side", "fillPx", "fillSz", "count")
def fill_update(row: Fill | FillRecord) -> FillUpdate | None:
    """The fill that a row tells of; None when it tells of none. Raises ``DecodeError`` when nobody can say which.

    None, too, for a row of the ``fills`` channel that puts several fills together: it has the id of the last one but
    the size of all, and would be counted again when the ``orders`` channel tells of them.
    """
    return _fill(row)


def _fill(row: Fill | FillRecord | Order) -> FillUpdate | None:
    if (getattr(row, "count", None) or 1) > 1:
        return None
    pushed = hasattr(row, "fillFee")  # an order's own fee is the sum over its fills
    return FillUpdate.found(
        row.instId,
        row.tradeId,
        row.ordId,
        cast(Side | None, row.side),
        row.fillPx,
        row.fillSz,
        client_order_id=None if row.clOrdId == _NO_ID else row.clOrdId,
        fee=getattr(row, "fillFee" if pushed else "fee", None),
        fee_currency=getattr(row, "fillFeeCcy" if pushed else "feeCcy", None),
        pnl=getattr(row, "fillPnl", None),
        is_maker=None if row.execType is None else row.execType == "M",
        ts=getattr(row, "fillTime", None) or getattr(row, "ts", None),
        recovered=row.recovered,
        raw=row,
    )


def _is_over_money(order: Order) -> bool:
    """Whether ``sz`` is an amount of quote currency: spot market orders, and buys unless they say otherwise."""
    if order.tgtCcy is not None:
        return order.tgtCcy == "quote_ccy"
    return order.instType == "SPOT" and order.ordType == "market" and order.side == "buy"


def _fee(order: Order) -> Decimal | None:
    """Paid fees and received rebates in one number, when they are in one currency."""
    if order.fee is None or order.rebate is None or order.rebateCcy not in (None, order.feeCcy):
        return order.fee
    return order.fee + order.rebate


def _why_canceled(order: Order) -> str | None:
    if order.state == "mmp_canceled":
        return "market maker protection"
    if order.state != "canceled":
        return None
    source = order.cancelSource
    told = order.cancelSourceReason or (_CANCEL_SOURCES.get(source, f"cancelSource {source}") if source else None)
    return "; ".join(text for text in (told, _refusal(order)) if text) or None


def _refusal(order: Order) -> str | None:
    """The error that a row carries, with its code; None when there is none."""
    if order.code in (None, "0") and not order.msg:
        return None
    return f"[{order.code}] {order.msg or 'no text'}" if order.code not in (None, "0") else order.msg
