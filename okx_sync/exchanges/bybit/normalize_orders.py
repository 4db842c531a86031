"""Bybit's orders and fills in the neutral words of local state.

Pages: "Websocket Stream / Private / Order, Execution, Fast Execution" of the V5 documentation; "Order" and "Execution"
of the USDC perpetual one. No order push names a fill, so a fill is counted once, by its execution.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from okx_sync.errors import DecodeError
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderStatus, OrderUpdate, PositionSide, Side

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.seed.models import SeedFill, SeedOrder
    from okx_sync.exchanges.bybit.trade.models import Execution, FastExecution, Order

__all__ = ["SETTLED_IN", "fill_update", "order_update", "seed_fill_update", "seed_order_update"]

SETTLED_IN: Final = "USDC"
"""The currency of all money of the seed protocol."""

_STATES: Final[dict[str | None, OrderStatus]] = {
    "Created": "live",
    "New": "live",
    "Untriggered": "live",
    "Triggered": "live",
    "Active": "live",
    "PendingCancel": "live",
    "PartiallyFilled": "partially_filled",
    "Filled": "filled",
    "Cancelled": "canceled",
    "PartiallyFilledCanceled": "canceled",
    "Deactivated": "canceled",  # a conditional order, before it was triggered
    "Rejected": "rejected",
}
_SIDES: Final[dict[str | None, Side]] = {"Buy": "buy", "Sell": "sell"}
_POSITIONS: Final[dict[int | None, PositionSide]] = {0: "net", 1: "long", 2: "short"}
_FORCES: Final = {"PostOnly": "post_only", "IOC": "ioc", "FOK": "fok"}
_FILLS: Final = frozenset({"Trade", "AdlTrade", "BustTrade", "BlockTrade", "MovePosition", "FutureSpread", "TRADE"})
_NO_REASON: Final = frozenset({None, "EC_NoError", "UNKNOWN"})


@tolerant(
    "symbol",
    "orderId",
    "orderStatus",
    "cumExecQty",
    spoils={
        "size": ("qty", "category", "orderType", "marketUnit", "side"),
        "order_type": ("orderType", "timeInForce"),
        "fee_currency": ("feeCurrency", "cumFeeDetail"),
    },
)
def order_update(order: Order) -> OrderUpdate:
    """An order of V5. Raises ``DecodeError`` when it does not say which, or in what state.

    When a cancel meets a fill, Bybit may push ``Filled`` twice, the second time with a reason that belongs to the
    cancel and not to the order: it is left out.
    """
    filled = order.cumExecQty or Decimal(0)
    status, told = _status(order, filled), (order.cancelType, order.rejectReason)
    return OrderUpdate(
        inst_id=order.symbol or "",
        order_id=order.orderId or "",
        status=status,
        side=_SIDES.get(order.side),
        client_order_id=order.orderLinkId,
        order_type=_type(order),
        position_side=_POSITIONS.get(order.positionIdx),
        price=order.price or None,
        size=None if _is_over_money(order) else order.qty,
        filled=filled,
        average_price=(order.avgPrice or None) if filled else None,
        fee=_received(order.cumExecFee),
        fee_currency=_fee_currency(order),
        pnl=order.closedPnl,
        reduce_only=order.reduceOnly,
        created_at=order.createdTime,
        updated_at=order.updatedTime,
        reason=_why(told) if status in ("canceled", "rejected") else None,
        recovered=order.recovered,
        raw=order,
    )


@tolerant("symbol", "orderId", "orderStatus", "cumExecQty", spoils={"order_type": ("orderType", "timeInForce")})
def seed_order_update(order: SeedOrder) -> OrderUpdate:
    """An order of the seed protocol. Raises ``DecodeError`` as :func:`order_update` does."""
    filled = order.cumExecQty or Decimal(0)
    status, value = _status(order, filled), order.cumExecValue
    return OrderUpdate(
        inst_id=order.symbol or "",
        order_id=order.orderId or "",
        status=status,
        side=_SIDES.get(order.side),
        client_order_id=order.orderLinkId,
        order_type=_type(order),
        position_side="net",
        price=order.price or None,
        size=order.qty,
        filled=filled,
        average_price=value / filled if filled and value else None,
        fee=_received(order.cumExecFee),
        fee_currency=SETTLED_IN,
        pnl=order.realisedPnl,
        reduce_only=order.reduceOnly,
        created_at=order.createdAt,
        updated_at=order.updatedAt,
        reason=_why((order.cancelType,)) if status in ("canceled", "rejected") else None,
        recovered=order.recovered,
        raw=order,
    )


@tolerant("symbol", "orderId", "execId", "side", "execPrice", "execQty", "execType")
def fill_update(row: Execution | FastExecution) -> FillUpdate | None:
    """The fill that an execution tells of; None for what only moves money, such as funding.

    ``execution.fast`` and ``execution`` name a fill by the same id, so that it is counted once when both are followed.
    """
    if getattr(row, "execType", "Trade") not in _FILLS:  # execution.fast tells of trades only
        return None
    return FillUpdate.found(
        row.symbol,
        row.execId,
        row.orderId,
        _SIDES.get(row.side),
        row.execPrice,
        row.execQty,
        client_order_id=row.orderLinkId,
        fee=_received(getattr(row, "execFee", None)),
        fee_currency=getattr(row, "feeCurrency", None),
        pnl=getattr(row, "execPnl", None),
        is_maker=row.isMaker,
        ts=row.execTime,
        recovered=row.recovered,
        raw=row,
    )


@tolerant("symbol", "orderId", "tradeId", "side", "execPrice", "execQty", "execType")
def seed_fill_update(row: SeedFill) -> FillUpdate | None:
    """The fill that a row of the seed protocol tells of; None when it tells of none."""
    if row.execType not in (None, "TRADE"):
        return None
    liquidity = row.lastLiquidityInd
    return FillUpdate.found(
        row.symbol,
        row.tradeId,
        row.orderId,
        _SIDES.get(row.side),
        row.execPrice,
        row.execQty,
        client_order_id=row.orderLinkId,
        fee=_received(row.execFee),
        fee_currency=SETTLED_IN,
        is_maker=None if liquidity is None else liquidity == "MAKER",
        ts=row.tradeTime,
        recovered=row.recovered,
        raw=row,
    )


def _status(order: Order | SeedOrder, filled: Decimal) -> OrderStatus:
    status = _STATES.get(order.orderStatus)
    if status is None or order.symbol is None or order.orderId is None:
        state = order.orderStatus
        raise DecodeError(f"an order has no ids, or the unknown status {state!r}", text=repr(order.raw))
    # What was filled before stays filled: such an order has lived.
    return "canceled" if status == "rejected" and filled else status


def _type(order: Order | SeedOrder) -> str | None:
    """``market``, ``limit``, or a limit order's own way to end: ``post_only``, ``ioc``, ``fok``."""
    if order.orderType == "Limit" and order.timeInForce in _FORCES:
        return _FORCES[order.timeInForce]
    return None if order.orderType is None else order.orderType.lower()


def _is_over_money(order: Order) -> bool:
    """Whether ``qty`` is an amount of quote currency: spot market buys, unless they say otherwise."""
    if order.category != "spot" or order.orderType != "Market":
        return False
    return order.marketUnit == "quoteCoin" if order.marketUnit else order.side == "Buy"


def _received(fee: Decimal | None) -> Decimal | None:
    """Bybit's fees are above zero when paid, the neutral ones below."""
    return None if fee is None else -fee


def _fee_currency(order: Order) -> str | None:
    if order.feeCurrency or order.cumFeeDetail is None:
        return order.feeCurrency
    coins = list(order.cumFeeDetail.amounts)
    return coins[0] if len(coins) == 1 else None


def _why(told: tuple[str | None, ...]) -> str | None:
    return "; ".join(text for text in told if text is not None and text not in _NO_REASON) or None
