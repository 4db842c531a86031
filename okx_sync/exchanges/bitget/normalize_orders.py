"""Bitget's orders and fills in the neutral words of local state, for each protocol.

Page: Bitget's API guide, "Contract / Websocket / Private / Order channel", "Fill channel".
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from okx_sync.errors import DecodeError
from okx_sync.models.neutral import FillUpdate, OrderStatus, OrderUpdate, PositionSide, Side

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.models.orders import Fill, Order
    from okx_sync.exchanges.bitget.models.seed import SeedExecution, SeedOrder
    from okx_sync.exchanges.bitget.models.v1 import V1Order

__all__ = ["fill_update", "order_update", "seed_fill_update", "seed_order_update", "v1_order_update"]

_STATUSES: Final[dict[str | None, OrderStatus]] = {
    "live": "live",
    "partially_filled": "partially_filled",
    "filled": "filled",
    "canceled": "canceled",
    "cancelled": "canceled",
    # V1's words
    "init": "live",
    "new": "live",
    "partial-fill": "partially_filled",
    "full-fill": "filled",
}
_MAKER: Final = ("M", "maker")


def order_update(row: Order) -> OrderUpdate:
    """An order of V2. Raises ``DecodeError`` when it does not say which, or in what state."""
    coins = {fee.feeCoin for fee in row.feeDetail}
    fill = _fill(
        row,
        names=(row.instId, row.tradeId, row.orderId, row.clientOid),
        side=_side(row.side, row.posSide, row.tradeSide),
        price=row.fillPrice,
        size=row.baseVolume,
        fee=(row.fillFee, row.fillFeeCoin),
        scope=row.tradeScope,
        ts=row.fillTime,
    )
    return OrderUpdate(
        **_basics(row, row.instId, row.orderId, row.status),
        **_amounts(row.price, row.size, row.accBaseVolume, row.priceAvg),
        side=_side(row.side, row.posSide, row.tradeSide),
        client_order_id=row.clientOid,
        order_type=row.orderType,
        position_side=cast(PositionSide | None, row.posSide),
        fee=_sum(fee.fee for fee in row.feeDetail) if len(coins) == 1 else None,
        fee_currency=coins.pop() if len(coins) == 1 else None,
        pnl=row.totalProfits,
        reduce_only=row.reduceOnly,
        created_at=row.cTime,
        updated_at=row.uTime,
        reason=row.cancelReason,
        fill=fill,
    )


def v1_order_update(row: V1Order) -> OrderUpdate:
    """An order of V1. Raises ``DecodeError`` when it does not say which, or in what state."""
    coins = {fee.feeCcy for fee in row.orderFee}
    fill = _fill(
        row,
        names=(row.instId, row.tradeId, row.ordId, row.clOrdId),
        side=_side(row.side, row.posSide, row.tS),
        price=row.fillPx,
        size=row.fillSz,
        fee=(row.fillFee, row.fillFeeCcy),
        scope=row.execType,
        ts=row.fillTime,
        pnl=row.pnl,
    )
    return OrderUpdate(
        **_basics(row, row.instId, row.ordId, row.status),
        **_amounts(row.px, row.sz, row.accFillSz, row.avgPx),
        side=_side(row.side, row.posSide, row.tS),
        client_order_id=row.clOrdId,
        order_type=row.ordType,
        position_side=cast(PositionSide | None, row.posSide),
        fee=_sum(fee.fee for fee in row.orderFee) if len(coins) == 1 else None,
        fee_currency=coins.pop() if len(coins) == 1 else None,
        reduce_only=row.low,
        created_at=row.cTime,
        updated_at=row.uTime,
        fill=fill,
    )


def seed_order_update(row: SeedOrder) -> OrderUpdate:
    """An order of the seed protocol. Raises ``DecodeError`` when it does not say which, or in what state."""
    return OrderUpdate(
        **_basics(row, row.symbol, row.orderId, row.status),
        **_amounts(row.price, row.size, row.filledSize, row.avgPrice),
        side=cast(Side | None, row.side),
        order_type=row.orderType,
        updated_at=row.timestamp,
    )


def fill_update(row: Fill) -> FillUpdate | None:
    """A fill of V2's channel ``fill``; None when it lacks the basics."""
    coins = {fee.feeCoin for fee in row.feeDetail}
    return _fill(
        row,
        names=(row.symbol, row.tradeId, row.orderId, row.clientOid),
        side=row.side,
        price=row.price,
        size=row.baseVolume,
        fee=(_sum(fee.totalFee for fee in row.feeDetail), coins.pop()) if len(coins) == 1 else (None, None),
        scope=row.tradeScope,
        ts=row.cTime,
        pnl=row.profit,
    )


def seed_fill_update(row: SeedExecution) -> FillUpdate | None:
    """A fill of the seed protocol's channel ``execution``; None when it lacks the basics."""
    return _fill(
        row,
        names=(row.symbol, row.tradeId, row.orderId, None),
        side=row.side,
        price=row.price,
        size=row.size,
        fee=(None if row.fee is None else -row.fee, row.feeCurrency),
        scope=row.role,
        ts=row.timestamp,
    )


def _basics(row: Any, inst_id: str | None, order_id: str | None, status: str | None) -> dict[str, Any]:
    known = _STATUSES.get(status)
    if known is None or inst_id is None or order_id is None:
        raise DecodeError(f"an order has no ids, or the unknown status {status!r}", text=repr(row.raw))
    return {"inst_id": inst_id, "order_id": order_id, "status": known, "recovered": row.recovered, "raw": row}


def _amounts(
    price: Decimal | None, size: Decimal | None, filled: Decimal | None, average: Decimal | None
) -> dict[str, Any]:
    """Bitget says 0 for what there is not: the price of a market order, an average before the first fill."""
    filled = filled or Decimal(0)
    return {
        "price": price or None,
        "size": size,
        "filled": filled,
        "average_price": (average or None) if filled else None,
    }


def _fill(
    row: Any,
    *,
    names: tuple[str | None, str | None, str | None, str | None],
    side: str | None,
    price: Decimal | None,
    size: Decimal | None,
    fee: tuple[Decimal | None, str | None],
    scope: str | None,
    ts: int | None,
    pnl: Decimal | None = None,
) -> FillUpdate | None:
    inst_id, trade_id, order_id, client_order_id = names
    if not (inst_id and trade_id and order_id and side and price is not None and size):
        return None
    return FillUpdate(
        inst_id=inst_id,
        trade_id=trade_id,
        order_id=order_id,
        side=cast(Side, side),
        price=price,
        size=size,
        client_order_id=client_order_id,
        fee=fee[0],
        fee_currency=fee[1],
        pnl=pnl,
        is_maker=None if scope is None else scope in _MAKER,
        ts=ts,
        recovered=row.recovered,
        raw=row,
    )


def _side(told: str | None, position: str | None, trade: str | None) -> Side | None:
    """The side of an order. In hedge mode Bitget may tell that of the position, so that an order which closes a long
    position says "buy"; position and trade side together leave no doubt.
    """
    if position in ("long", "short") and trade:
        opens = "close" not in trade
        if opens and "open" not in trade:
            return cast(Side | None, told)
        return "buy" if (position == "long") == opens else "sell"
    return cast(Side | None, told)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
