"""The account's own orders and fills (V2). Sizes are in base currency; fees are negative when paid."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from okx_sync.algo_types import AlgoLeg, AlgoUpdate
from okx_sync.exchanges.bitget.algo_conversion import (
    PLAN_SPOILS,
    PRESET_SPOILS,
    PRESETS,
    attached_update,
    plan_kind,
    plan_triggers,
    told_legs,
    trigger_price,
    waiting_update,
    whole_or,
)
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
    """Fee so far, in feeCoin; negative when paid."""


@model
class FillFee(Row):
    """What a fill has cost in one coin."""

    feeCoin: str | None = None
    deduction: bool | None = None
    """Whether part of it was paid from a discount balance."""
    totalDeductionFee: Decimal | None = None
    """How much of it was paid from a discount balance."""
    totalFee: Decimal | None = None
    """Fee, in feeCoin; negative when paid."""


@model
class Order(Row):
    """An order as it is now, after each change (channel ``orders``).

    In hedge mode ``side`` may name the side of the position, not of the order: ``tradeSide`` says whether the order
    opens or closes it. ``to_update().side`` is the order's. After an outage a row with ``recovered`` tells an order as
    it is then; its single fills come on the channel ``fill``.
    """

    instType: InstType | None = envelope("arg", "instType")
    instId: str | None = None
    orderId: str | None = None
    """Id that Bitget gave it."""
    clientOid: str | None = wire("clientOid", also=("clientOId",))
    """Id that the client gave it."""
    price: Decimal | None = None
    """Price; 0 for market orders."""
    size: Decimal | None = None
    """Size, in base currency."""
    priceAvg: Decimal | None = None
    """Average price of what is filled; 0 before the first fill."""
    accBaseVolume: Decimal | None = None
    """Size that is filled so far, in base currency."""
    orderType: OrderType | None = None
    force: str | None = None
    """Time in force: "gtc", "ioc", "fok", "post_only"."""
    side: Side | None = None
    """Side of the order, in hedge mode perhaps of the position: to_update() tells the order's."""
    posSide: PosSide | None = None
    tradeSide: str | None = None
    """Trade side: "open", "close"; one-way "buy_single", "sell_single"; liquidations "burst_close_long" and so on."""
    posMode: PosMode | None = None
    marginMode: MarginMode | None = None
    marginCoin: str | None = None
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    status: OrderStatus | None = None
    cancelReason: str | None = None
    reduceOnly: bool | None = None
    """Whether it may only reduce a position. Text "yes"/"no" on the wire."""
    notionalUsd: Decimal | None = None
    """Value of the order, USD."""
    enterPointSource: str | None = None
    """Source: "API", "WEB", "SYS" (forced), ..."""
    feeDetail: tuple[OrderFee, ...] = ()
    """Fees so far by coin."""
    pnl: Decimal | None = None
    totalProfits: Decimal | None = None
    stpMode: StpMode | None = None
    presetStopSurplusPrice: Decimal | None = None
    """Take-profit that it brings: price at which it is triggered."""
    presetStopSurplusType: TriggerType | None = None
    """Take-profit that it brings: price that is compared with that."""
    presetStopLossPrice: Decimal | None = None
    """Stop-loss that it brings: price at which it is triggered."""
    presetStopLossType: TriggerType | None = None
    """Stop-loss that it brings: price that is compared with that."""
    presetStopSurplusExecutePrice: Decimal | None = None
    """Take-profit that it brings: price of its order, unless that is a market order."""
    presetStopLossExecutePrice: Decimal | None = None
    """Stop-loss that it brings: price of its order, unless that is a market order."""
    fillPrice: Decimal | None = None
    """Price of the fill that caused this push, if one did (then tradeId is set)."""
    baseVolume: Decimal | None = None
    """Size of that fill, in base currency."""
    fillTime: int | None = None
    """Epoch ms of that fill."""
    fillFee: Decimal | None = None
    """Fee of that fill, in fillFeeCoin; negative when paid."""
    fillFeeCoin: str | None = None
    """Currency of fillFee."""
    fillNotionalUsd: Decimal | None = None
    """Value of that fill, USD."""
    tradeId: str | None = None
    """Id of the fill that caused this push; None if none did."""
    tradeScope: Scope | None = None
    """Liquidity of that fill: "T" taker, "M" maker."""
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""

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
        """Convert it to the neutral words of ``OrderManager``.

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
            position_side=cast("PositionSide | None", self.posSide),
            fee=total(fee.fee for fee in self.feeDetail) if len(coins) == 1 else None,
            fee_currency=coins.pop() if len(coins) == 1 else None,
            pnl=self.totalProfits,
            reduce_only=self.reduceOnly,
            created_at=self.cTime,
            updated_at=self.uTime,
            reason=self.cancelReason,
            fill=fill,
        )

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return the take-profit and the stop-loss that it brings, each by itself.

        Of an order that is open, and says that it has none, a canceled one is told: it may have had one.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return [self._attached(leg) for leg in told_legs(self, self.status, PRESETS)]

    @tolerant(
        "instId",
        "orderId",
        "status",
        "accBaseVolume",
        "presetStopSurplusPrice",
        "presetStopLossPrice",
        spoils=PRESET_SPOILS,
    )
    def _attached(self, leg: AlgoLeg) -> AlgoUpdate:
        gain = (self.presetStopSurplusPrice, self.presetStopSurplusType, self.presetStopSurplusExecutePrice)
        loss = (self.presetStopLossPrice, self.presetStopLossType, self.presetStopLossExecutePrice)
        told = gain if leg == "take_profit" else loss
        return attached_update(
            self,
            self.instId,
            self.orderId,
            self.clientOid,
            self.status,
            self.accBaseVolume,
            self.cancelReason,
            side=order_side(self.side, self.posSide, self.tradeSide),
            position_side=cast("PositionSide | None", self.posSide),
            updated=self.uTime,
            product=self.instType,
            kind="conditional",
            leg=leg,
            is_gone=not told[0],
            **{leg: trigger_price(*told)},
        )


@model
class Fill(Row):
    """One fill of an order of ours (channel ``fill``). ``side`` is the order's, in hedge mode too."""

    instType: InstType | None = envelope("arg", "instType")
    orderId: str | None = None
    """Id that Bitget gave the order."""
    clientOid: str | None = wire("clientOid", also=("clientOId",))
    """Id that the client gave the order."""
    tradeId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    orderType: OrderType | None = None
    posMode: PosMode | None = None
    price: Decimal | None = None
    """Price of the fill."""
    baseVolume: Decimal | None = None
    """Size, in base currency."""
    quoteVolume: Decimal | None = None
    """Size, in quote currency."""
    profit: Decimal | None = None
    """Profit, if it closes a position."""
    tradeSide: str | None = None
    tradeScope: Scope | None = None
    """Liquidity: "taker" or "maker"."""
    feeDetail: tuple[FillFee, ...] = ()
    """Fees by coin."""
    cTime: int | None = None
    """Epoch ms of the fill."""
    uTime: int | None = None
    """Epoch ms of the last change."""

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
        """Convert the fill to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        coins = {fee.feeCoin for fee in self.feeDetail}
        is_one = len(coins) == 1
        return FillUpdate.found(
            self.symbol,
            self.tradeId,
            self.orderId,
            cast("NeutralSide | None", self.side),
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
    """Id that Bitget gave it."""
    clientOid: str | None = wire("clientOid", also=("clientOId",))
    """Id that the client gave it."""
    triggerPrice: Decimal | None = None
    """Price at which it is triggered."""
    triggerType: TriggerType | None = None
    triggerTime: int | None = None
    """Epoch ms at which it was triggered."""
    planType: PlanType | None = None
    """Kind: pl trigger order; tp, sl part of a position; ptp, psl all of it; track trailing; mtpsl trailing TP/SL."""
    price: Decimal | None = None
    executePrice: Decimal | None = None
    size: Decimal | None = None
    """Size, in base currency."""
    actualSize: Decimal | None = None
    """Size that was really placed, in base currency."""
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
    cTime: int | None = None
    """Epoch ms of creation."""
    uTime: int | None = None
    """Epoch ms of the last change."""

    def to_algo_updates(self) -> list[AlgoUpdate]:
        """Return it in neutral words. Which order it has sent is not told here: REST's history of it does.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return [self._to_algo_update()]

    @tolerant(
        "instId",
        "orderId",
        "status",
        "planType",
        spoils=PLAN_SPOILS,
    )
    def _to_algo_update(self) -> AlgoUpdate:
        kind, leg = plan_kind(self.planType)
        return waiting_update(
            self,
            self.instId,
            self.orderId,
            self.clientOid,
            self.status,
            (self.cTime, self.uTime),
            kind=kind,
            leg=leg,
            side=order_side(self.side, self.posSide, self.tradeSide),
            position_side=self.posSide,
            size=whole_or(self.size, self.planType),
            product=self.instType,
            **plan_triggers(self, (self.stopSurplusPrice, self.stopLossPrice)),
        )
