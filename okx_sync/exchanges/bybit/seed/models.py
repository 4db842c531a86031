"""Rows of the seed protocol: orders, positions, fills, public market data.

Pages: "USDC Perpetual / Websocket / Private Topics" and "Public Topics" of Bybit's old pages. Where their tables and
their examples differ (``tpSlMode``, ``orderIm``), the names are those of the examples.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from okx_sync.exchanges.bybit.market.models import last_part
from okx_sync.exchanges.bybit.row_conversion import (
    SIDES,
    end_reason,
    neutral_fee,
    order_status,
    order_type,
    signed_size,
    symbol_of,
)
from okx_sync.exchanges.bybit.words import OrderStatus, OrderType, PushType, Side, TickDirection, TimeInForce
from okx_sync.rows import Row, envelope, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderUpdate, PositionUpdate

__all__ = ["InstrumentInfo", "SeedCandle", "SeedFill", "SeedOrder", "SeedPosition", "SeedTrade", "ServiceSwitch"]

# The currency of all money of the seed protocol.
_SETTLED_IN: Final = "USDC"


@model
class SeedOrder(Row):
    """An order (channel ``user.openapi.perp.order``)."""

    # Epoch ms.
    creationTime: int | None = envelope("creationTime")
    # "NEW": all open orders, after subscribing; "CHANGE": those that changed, whole.
    dataType: str | None = envelope("data", "dataType")
    version: int | None = envelope("data", "version")
    orderId: str | None = None
    orderLinkId: str | None = None
    # Epoch ms.
    createdAt: int | None = None
    updatedAt: int | None = None
    symbol: str | None = None
    orderStatus: OrderStatus | None = None
    side: Side | None = None
    price: Decimal | None = None
    qty: Decimal | None = None
    cumExecQty: Decimal | None = None
    leavesQty: Decimal | None = None
    orderIM: Decimal | None = None
    realisedPnl: Decimal | None = None
    orderType: OrderType | None = None
    reduceOnly: bool | None = None
    timeInForce: TimeInForce | None = None
    # Above zero when paid.
    cumExecFee: Decimal | None = None
    orderPnl: Decimal | None = None
    basePrice: Decimal | None = None
    cumExecValue: Decimal | None = None
    closeOnTrigger: bool | None = None
    triggerBy: str | None = None
    takeProfit: Decimal | None = None
    stopLoss: Decimal | None = None
    tpTriggerBy: str | None = None
    slTriggerBy: str | None = None
    triggerPrice: Decimal | None = None
    stopOrderType: str | None = None
    cancelType: str | None = None

    @property
    def is_snapshot(self) -> bool:
        """True in the list that comes after subscribing."""
        return self.dataType == "NEW"

    @tolerant("symbol", "orderId", "orderStatus", "cumExecQty", spoils={"order_type": ("orderType", "timeInForce")})
    def to_update(self) -> OrderUpdate:
        """What it says in the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        filled = self.cumExecQty or Decimal(0)
        status = order_status(self, self.orderStatus, filled, self.symbol, self.orderId)
        value = self.cumExecValue
        return OrderUpdate(
            inst_id=self.symbol or "",
            order_id=self.orderId or "",
            status=status,
            side=SIDES.get(self.side),
            client_order_id=self.orderLinkId,
            order_type=order_type(self.orderType, self.timeInForce if self.orderType == "Limit" else None),
            position_side="net",
            price=self.price or None,
            size=self.qty,
            filled=filled,
            average_price=value / filled if filled and value else None,
            fee=neutral_fee(self.cumExecFee),
            fee_currency=_SETTLED_IN,
            pnl=self.realisedPnl,
            reduce_only=self.reduceOnly,
            created_at=self.createdAt,
            updated_at=self.updatedAt,
            reason=end_reason(self.cancelType) if status in ("canceled", "rejected") else None,
            recovered=self.recovered,
            raw=self,
        )


@model
class SeedPosition(Row):
    """A position (channel ``user.openapi.perp.position``)."""

    creationTime: int | None = envelope("creationTime")
    dataType: str | None = envelope("data", "dataType")
    version: int | None = envelope("data", "version")
    symbol: str | None = None
    positionStatus: str | None = None
    side: Side | None = None
    # Never below zero: the side tells the direction.
    size: Decimal | None = None
    entryPrice: Decimal | None = None
    sessionAvgPrice: Decimal | None = None
    markPrice: Decimal | None = None
    positionIM: Decimal | None = None
    positionMM: Decimal | None = None
    positionValue: Decimal | None = None
    liqPrice: Decimal | None = None
    bustPrice: Decimal | None = None
    occClosingFee: Decimal | None = None
    unrealisedPnl: Decimal | None = None
    cumRealisedPnl: Decimal | None = None
    sessionUPL: Decimal | None = None
    sessionRPL: Decimal | None = None
    # Epoch ms.
    createdAt: int | None = None
    updatedAt: int | None = None
    tpSLMode: str | None = None
    # Hundredths: 1000 is tenfold.
    leverage: Decimal | None = None
    trailingStop: Decimal | None = None
    takeProfit: Decimal | None = None
    stopLoss: Decimal | None = None
    deleverageIndicator: int | None = None
    riskId: str | None = None

    @property
    def is_snapshot(self) -> bool:
        """True in the list that comes after subscribing."""
        return self.dataType == "NEW"

    @tolerant("symbol", "side", "size")
    def to_update(self) -> PositionUpdate:
        """What it says in the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, or how much.
        """
        return PositionUpdate(
            inst_id=symbol_of(self, self.symbol),
            size=signed_size(self, self.symbol, self.size, self.side if self.size else None),
            currency=_SETTLED_IN,
            entry_price=self.entryPrice or None,
            mark_price=self.markPrice,
            liquidation_price=self.liqPrice,
            unrealized_pnl=self.unrealisedPnl,
            realized_pnl=self.cumRealisedPnl,
            leverage=None if self.leverage is None else self.leverage / 100,
            initial_margin=self.positionIM,
            maintenance_margin=self.positionMM,
            notional=self.positionValue,
            created_at=self.createdAt,
            updated_at=self.updatedAt,
            recovered=self.recovered,
            raw=self,
        )


@model
class SeedFill(Row):
    """A fill (channel ``user.openapi.perp.trade``)."""

    creationTime: int | None = envelope("creationTime")
    version: int | None = envelope("data", "version")
    orderId: str | None = None
    orderLinkId: str | None = None
    tradeId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    execPrice: Decimal | None = None
    execQty: Decimal | None = None
    # Above zero when paid.
    execFee: Decimal | None = None
    feeRate: Decimal | None = None
    # Epoch ms.
    tradeTime: int | None = None
    # TAKER or MAKER.
    lastLiquidityInd: str | None = None
    execValue: Decimal | None = None
    execType: str | None = None

    @tolerant("symbol", "orderId", "tradeId", "side", "execPrice", "execQty", "execType")
    def to_update(self) -> FillUpdate | None:
        """The fill in the neutral words of ``OrderManager``; None when it tells of none.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        if self.execType not in (None, "TRADE"):
            return None
        liquidity = self.lastLiquidityInd
        return FillUpdate.found(
            self.symbol,
            self.tradeId,
            self.orderId,
            SIDES.get(self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.orderLinkId,
            fee=neutral_fee(self.execFee),
            fee_currency=_SETTLED_IN,
            is_maker=None if liquidity is None else liquidity == "MAKER",
            ts=self.tradeTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class ServiceSwitch(Row):
    """The account switched a service on or off, such as portfolio margin (channel ``user.service``)."""

    creationTime: int | None = envelope("creationTime")
    pushId: str | None = None
    serviceType: str | None = None
    # SELF or AUTO.
    operationType: str | None = None
    # OPEN or CLOSE.
    serviceStep: str | None = None
    # SUCCESS or FAIL.
    serviceStatus: str | None = None
    version: int | None = None


@model
class SeedTrade(Row):
    """A public trade (channel ``trade``)."""

    symbol: str | None = None
    tickDirection: TickDirection | None = None
    price: Decimal | None = None
    # A JSON number.
    size: Decimal | None = None
    # ISO-8601, whole seconds.
    timestamp: str | None = None
    # Epoch ms.
    tradeTimeMs: int | None = None
    # Side of the taker.
    side: Side | None = None
    tradeId: str | None = None


@model
class InstrumentInfo(Row):
    """Prices and 24 h figures (channel ``instrument_info.100ms``), always whole.

    On the wire, updates carry only what changed; the rest is filled in before it gets here. Names that end in E4, E6
    and E8 are whole numbers of ten-thousandths, millionths and so on.
    """

    # "delta" when only a part of it was sent.
    type: PushType | None = envelope("type")
    # Epoch µs.
    timestampE6: int | None = envelope("timestampE6")
    id: int | None = None
    symbol: str | None = None
    lastPriceE4: int | None = None
    lastPrice: Decimal | None = None
    lastTickDirection: TickDirection | None = None
    prevPrice24hE4: int | None = None
    prevPrice24h: Decimal | None = None
    price24hPcntE6: int | None = None
    highPrice24hE4: int | None = None
    highPrice24h: Decimal | None = None
    lowPrice24hE4: int | None = None
    lowPrice24h: Decimal | None = None
    prevPrice1hE4: int | None = None
    prevPrice1h: Decimal | None = None
    price1hPcntE6: int | None = None
    markPriceE4: int | None = None
    markPrice: Decimal | None = None
    indexPriceE4: int | None = None
    indexPrice: Decimal | None = None
    openInterestE8: int | None = None
    totalTurnoverE8: int | None = None
    turnover24hE8: int | None = None
    totalVolumeE8: int | None = None
    volume24hE8: int | None = None
    fundingRateE6: int | None = None
    predictedFundingRateE6: int | None = None
    crossSeq: int | None = None
    # ISO-8601.
    createdAt: str | None = None
    updatedAt: str | None = None
    nextFundingTime: str | None = None
    # Hours until then.
    countDownHour: int | None = None
    bid1PriceE4: int | None = None
    bid1Price: Decimal | None = None
    ask1PriceE4: int | None = None
    ask1Price: Decimal | None = None


@model
class SeedCandle(Row):
    """A candle (channel ``candle.*``). Prices and volumes are JSON numbers."""

    symbol: str | None = envelope(last_part)
    # Epoch µs.
    timestampE6: int | None = envelope("timestampE6")
    # Epoch seconds.
    start: int | None = None
    end: int | None = None
    # Minutes, or D, W, M.
    period: str | None = None
    open: Decimal | None = None
    close: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    volume: Decimal | None = None
    turnover: Decimal | None = None
    # True when the candle is over.
    confirm: bool | None = None
    crossSeq: int | None = None
    # Epoch µs.
    timestamp: int | None = None
