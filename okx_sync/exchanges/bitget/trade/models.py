"""The account's own orders and fills (V2). Sizes are in base currency; fees are negative when paid."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bitget.normalize_orders import fill_update, order_update
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
from okx_sync.types import FillUpdate, OrderUpdate


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

    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``. Raises ``DecodeError`` when it lacks the basics."""
        return order_update(self)


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

    def to_update(self) -> FillUpdate | None:
        """What it says in the neutral words of ``OrderManager``; None when it lacks the basics."""
        return fill_update(self)


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
