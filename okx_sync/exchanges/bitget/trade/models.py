"""The account's own orders and fills (V2). Sizes are in base currency; fees are negative when paid."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from okx_sync.exchanges.bitget.row_conversion import is_maker, order_amounts, order_basics, order_side, total
from okx_sync.exchanges.bitget.words import (
    AlgoStatus,
    InstType,
    MarginMode,
    OrderStatus,
    OrderType,
    PlanType,
    PosMode,
    PosSide,
    Scope,
    Side,
    StpMode,
    TriggerType,
)
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderUpdate, PositionSide
from okx_sync.types import Side as NeutralSide


@model
class OrderFee(Row):
    """What an order has cost so far in one coin."""

    feeCoin: str | None = None
    fee: Decimal | None = None


@model
class FillFee(Row):
    """What a fill has cost in one coin."""

    feeCoin: str | None = None
    # Whether part of it was paid from a discount balance, and how much.
    deduction: bool | None = None
    totalDeductionFee: Decimal | None = None
    totalFee: Decimal | None = None


@model
class Order(Row):
    """An order as it is now, after each change (channel ``orders``).

    In hedge mode ``side`` may name the side of the position, not of the order: ``tradeSide`` says whether the order
    opens or closes it. ``to_update().side`` is the order's.
    """

    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = None
    orderId: str | None = None
    clientOid: str | None = wire("clientOid", also=("clientOId",))
    # 0 for market orders.
    price: Decimal | None = None
    size: Decimal | None = None
    # Average price of what is filled; 0 before the first fill.
    priceAvg: Decimal | None = None
    # Filled so far.
    accBaseVolume: Decimal | None = None
    orderType: OrderType | None = None
    # "gtc", "ioc", "fok", "post_only".
    force: str | None = None
    side: Side | None = None
    posSide: PosSide | None = None
    # "open", "close"; one-way mode "buy_single", "sell_single"; "burst_close_long" and the like for liquidations.
    tradeSide: str | None = None
    posMode: PosMode | None = None
    marginMode: MarginMode | None = None
    marginCoin: str | None = None
    leverage: Decimal | None = None
    status: OrderStatus | None = None
    cancelReason: str | None = None
    reduceOnly: bool | None = None
    notionalUsd: Decimal | None = None
    # "API", "WEB", "SYS" (forced), ...
    enterPointSource: str | None = None
    feeDetail: tuple[OrderFee, ...] = ()
    pnl: Decimal | None = None
    totalProfits: Decimal | None = None
    stpMode: StpMode | None = None
    presetStopSurplusPrice: Decimal | None = None
    presetStopLossPrice: Decimal | None = None
    presetStopSurplusExecutePrice: Decimal | None = None
    presetStopLossExecutePrice: Decimal | None = None
    # The fill that caused this push, if one did (then tradeId is set).
    fillPrice: Decimal | None = None
    baseVolume: Decimal | None = None
    # Epoch ms.
    fillTime: int | None = None
    fillFee: Decimal | None = None
    fillFeeCoin: str | None = None
    fillNotionalUsd: Decimal | None = None
    tradeId: str | None = None
    # "T" taker, "M" maker.
    tradeScope: Scope | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None

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
    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        coins = {fee.feeCoin for fee in self.feeDetail}
        side = order_side(self.side, self.posSide, self.tradeSide)
        fill = FillUpdate.found(
            self.instId,
            self.tradeId,
            self.orderId,
            side,
            self.fillPrice,
            self.baseVolume,
            client_order_id=self.clientOid,
            fee=self.fillFee,
            fee_currency=self.fillFeeCoin,
            is_maker=is_maker(self.tradeScope),
            ts=self.fillTime,
            recovered=self.recovered,
            raw=self,
        )
        return OrderUpdate(
            **order_basics(self, self.instId, self.orderId, self.status),
            **order_amounts(self.price, self.size, self.accBaseVolume, self.priceAvg),
            side=side,
            client_order_id=self.clientOid,
            order_type=self.orderType,
            position_side=cast(PositionSide | None, self.posSide),
            fee=total(fee.fee for fee in self.feeDetail) if len(coins) == 1 else None,
            fee_currency=coins.pop() if len(coins) == 1 else None,
            pnl=self.totalProfits,
            reduce_only=self.reduceOnly,
            created_at=self.cTime,
            updated_at=self.uTime,
            reason=self.cancelReason,
            fill=fill,
        )


@model
class Fill(Row):
    """One fill of an order of ours (channel ``fill``). ``side`` is the order's, in hedge mode too."""

    instType: InstType | None = envelope("arg", "instType")
    orderId: str | None = None
    clientOid: str | None = wire("clientOid", also=("clientOId",))
    tradeId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    orderType: OrderType | None = None
    posMode: PosMode | None = None
    price: Decimal | None = None
    baseVolume: Decimal | None = None
    quoteVolume: Decimal | None = None
    profit: Decimal | None = None
    tradeSide: str | None = None
    # "taker" or "maker".
    tradeScope: Scope | None = None
    feeDetail: tuple[FillFee, ...] = ()
    # Epoch ms.
    cTime: int | None = None
    uTime: int | None = None

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
    def to_update(self) -> FillUpdate | None:
        """The fill in the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        coins = {fee.feeCoin for fee in self.feeDetail}
        is_one = len(coins) == 1
        return FillUpdate.found(
            self.symbol,
            self.tradeId,
            self.orderId,
            cast(NeutralSide | None, self.side),
            self.price,
            self.baseVolume,
            client_order_id=self.clientOid,
            fee=total(fee.totalFee for fee in self.feeDetail) if is_one else None,
            fee_currency=coins.pop() if is_one else None,
            pnl=self.profit,
            is_maker=is_maker(self.tradeScope),
            ts=self.cTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class AlgoOrder(Row):
    """A trigger order or a take-profit or stop-loss (channel ``orders-algo``)."""

    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = None
    orderId: str | None = None
    clientOid: str | None = wire("clientOid", also=("clientOId",))
    triggerPrice: Decimal | None = None
    triggerType: TriggerType | None = None
    # Epoch ms.
    triggerTime: int | None = None
    # pl trigger order; tp, sl part of a position; ptp, psl all of it; track trailing; mtpsl trailing TP/SL.
    planType: PlanType | None = None
    price: Decimal | None = None
    executePrice: Decimal | None = None
    size: Decimal | None = None
    actualSize: Decimal | None = None
    orderType: OrderType | None = None
    side: Side | None = None
    tradeSide: str | None = None
    posSide: PosSide | None = None
    marginCoin: str | None = None
    status: AlgoStatus | None = None
    posMode: PosMode | None = None
    enterPointSource: str | None = None
    stopSurplusPrice: Decimal | None = None
    stopSurplusTriggerPrice: Decimal | None = None
    stopSurplusTriggerType: TriggerType | None = None
    stopLossPrice: Decimal | None = None
    stopLossTriggerPrice: Decimal | None = None
    stopLossTriggerType: TriggerType | None = None
    stpMode: StpMode | None = None
    # Epoch ms: created, changed.
    cTime: int | None = None
    uTime: int | None = None
