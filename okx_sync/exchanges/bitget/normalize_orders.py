"""Bitget's orders and fills in the neutral words of local state, for each protocol.

Page: Bitget's API guide, "Contract / Websocket / Private / Order channel", "Fill channel".
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from okx_sync.errors import DecodeError
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderStatus, OrderUpdate, PositionSide, Side

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.seed.models import SeedExecution, SeedOrder
    from okx_sync.exchanges.bitget.trade.models import Fill, Order
    from okx_sync.exchanges.bitget.v1.models import V1Order

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


@tolerant(
    "instId",
    "orderId",
    "status",
    "accBaseVolume",
    spoils={
        "side": ("side", "posSide", "tradeSide"),
        "fill": ("side", "posSide", "tradeSide"),
        "fee": ("feeDetail", "OrderFee.fee", "OrderFee.feeCoin"),
        "fee_currency": ("feeDetail", "OrderFee.feeCoin"),
    },
)
def order_update(row: Order) -> OrderUpdate:
    """An order of V2. Raises ``DecodeError`` when it does not say which, or in what state."""
    coins = {fee.feeCoin for fee in row.feeDetail}
    side = _side(row.side, row.posSide, row.tradeSide)
    fill = FillUpdate.found(
        row.instId,
        row.tradeId,
        row.orderId,
        side,
        row.fillPrice,
        row.baseVolume,
        client_order_id=row.clientOid,
        fee=row.fillFee,
        fee_currency=row.fillFeeCoin,
        is_maker=_is_maker(row.tradeScope),
        ts=row.fillTime,
        recovered=row.recovered,
        raw=row,
    )
    return OrderUpdate(
        **_basics(row, row.instId, row.orderId, row.status),
        **_amounts(row.price, row.size, row.accBaseVolume, row.priceAvg),
        side=side,
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


@tolerant(
    "instId",
    "ordId",
    "status",
    "accFillSz",
    spoils={
        "side": ("side", "posSide", "tS"),
        "fill": ("side", "posSide", "tS"),
        "fee": ("orderFee", "V1OrderFee.fee", "V1OrderFee.feeCcy"),
        "fee_currency": ("orderFee", "V1OrderFee.feeCcy"),
    },
)
def v1_order_update(row: V1Order) -> OrderUpdate:
    """An order of V1. Raises ``DecodeError`` when it does not say which, or in what state."""
    coins = {fee.feeCcy for fee in row.orderFee}
    side = _side(row.side, row.posSide, row.tS)
    fill = FillUpdate.found(
        row.instId,
        row.tradeId,
        row.ordId,
        side,
        row.fillPx,
        row.fillSz,
        client_order_id=row.clOrdId,
        fee=row.fillFee,
        fee_currency=row.fillFeeCcy,
        pnl=row.pnl,
        is_maker=_is_maker(row.execType),
        ts=row.fillTime,
        recovered=row.recovered,
        raw=row,
    )
    return OrderUpdate(
        **_basics(row, row.instId, row.ordId, row.status),
        **_amounts(row.px, row.sz, row.accFillSz, row.avgPx),
        side=side,
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


@tolerant("symbol", "orderId", "status", "filledSize")
def seed_order_update(row: SeedOrder) -> OrderUpdate:
    """An order of the seed protocol. Raises ``DecodeError`` when it does not say which, or in what state."""
    return OrderUpdate(
        **_basics(row, row.symbol, row.orderId, row.status),
        **_amounts(row.price, row.size, row.filledSize, row.avgPrice),
        side=cast(Side | None, row.side),
        order_type=row.orderType,
        updated_at=row.timestamp,
    )


@tolerant(
    "symbol",
    "orderId",
    "tradeId",
    "side",
    "price",
    "baseVolume",
    spoils={
        "fee": ("feeDetail", "FillFee.totalFee", "FillFee.feeCoin"),
        "fee_currency": ("feeDetail", "FillFee.feeCoin"),
    },
)
def fill_update(row: Fill) -> FillUpdate | None:
    """A fill of V2's channel ``fill``; None when it lacks the basics."""
    coins = {fee.feeCoin for fee in row.feeDetail}
    is_one = len(coins) == 1
    return FillUpdate.found(
        row.symbol,
        row.tradeId,
        row.orderId,
        cast(Side | None, row.side),
        row.price,
        row.baseVolume,
        client_order_id=row.clientOid,
        fee=_sum(fee.totalFee for fee in row.feeDetail) if is_one else None,
        fee_currency=coins.pop() if is_one else None,
        pnl=row.profit,
        is_maker=_is_maker(row.tradeScope),
        ts=row.cTime,
        recovered=row.recovered,
        raw=row,
    )


@tolerant("symbol", "orderId", "tradeId", "side", "price", "size")
def seed_fill_update(row: SeedExecution) -> FillUpdate | None:
    """A fill of the seed protocol's channel ``execution``; None when it lacks the basics."""
    return FillUpdate.found(
        row.symbol,
        row.tradeId,
        row.orderId,
        cast(Side | None, row.side),
        row.price,
        row.size,
        fee=None if row.fee is None else -row.fee,
        fee_currency=row.feeCurrency,
        is_maker=_is_maker(row.role),
        ts=row.timestamp,
        recovered=row.recovered,
        raw=row,
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


def _is_maker(scope: str | None) -> bool | None:
    return None if scope is None else scope in _MAKER


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
