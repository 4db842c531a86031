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

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    dataType: str | None = envelope("data", "dataType")
    """Kind of list: "NEW", all open orders, after subscribing; "CHANGE", those that changed, whole."""
    version: int | None = envelope("data", "version")
    orderId: str | None = None
    orderLinkId: str | None = None
    """Id that the client gave it."""
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    symbol: str | None = None
    orderStatus: OrderStatus | None = None
    side: Side | None = None
    price: Decimal | None = None
    """Price of the order."""
    qty: Decimal | None = None
    """Size of the order."""
    cumExecQty: Decimal | None = None
    """Size that is filled so far."""
    leavesQty: Decimal | None = None
    """Size that is not filled yet."""
    orderIM: Decimal | None = None
    """Initial margin of the order, USDC."""
    realisedPnl: Decimal | None = None
    """Realised profit, USDC."""
    orderType: OrderType | None = None
    reduceOnly: bool | None = None
    """Whether it may only reduce a position."""
    timeInForce: TimeInForce | None = None
    cumExecFee: Decimal | None = None
    """Fee so far, USDC; above zero when paid."""
    orderPnl: Decimal | None = None
    basePrice: Decimal | None = None
    cumExecValue: Decimal | None = None
    """Value that is filled so far, USDC."""
    closeOnTrigger: bool | None = None
    triggerBy: str | None = None
    takeProfit: Decimal | None = None
    """Price at which the take-profit is triggered."""
    stopLoss: Decimal | None = None
    """Price at which the stop-loss is triggered."""
    tpTriggerBy: str | None = None
    slTriggerBy: str | None = None
    triggerPrice: Decimal | None = None
    """Price at which it is triggered."""
    stopOrderType: str | None = None
    cancelType: str | None = None

    @property
    def is_snapshot(self) -> bool:
        """True in the list that comes after subscribing."""
        return self.dataType == "NEW"

    @tolerant("symbol", "orderId", "orderStatus", "cumExecQty", spoils={"order_type": ("orderType", "timeInForce")})
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

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
    """Epoch ms at which the push was made."""
    dataType: str | None = envelope("data", "dataType")
    """Kind of list: "NEW", all positions, after subscribing; "CHANGE", those that changed, whole."""
    version: int | None = envelope("data", "version")
    symbol: str | None = None
    positionStatus: str | None = None
    side: Side | None = None
    size: Decimal | None = None
    """Size, never below zero: side tells the direction."""
    entryPrice: Decimal | None = None
    """Average price at which it was opened."""
    sessionAvgPrice: Decimal | None = None
    markPrice: Decimal | None = None
    positionIM: Decimal | None = None
    """Initial margin, USDC."""
    positionMM: Decimal | None = None
    """Maintenance margin, USDC."""
    positionValue: Decimal | None = None
    """Value, USDC."""
    liqPrice: Decimal | None = None
    """Liquidation price."""
    bustPrice: Decimal | None = None
    """Bankruptcy price."""
    occClosingFee: Decimal | None = None
    """Fee of closing that is held back, USDC."""
    unrealisedPnl: Decimal | None = None
    """Unrealised profit, USDC."""
    cumRealisedPnl: Decimal | None = None
    """Realised profit so far, USDC."""
    sessionUPL: Decimal | None = None
    """Unrealised profit of the settlement session, USDC."""
    sessionRPL: Decimal | None = None
    """Realised profit of the settlement session, USDC."""
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    tpSLMode: str | None = None
    leverage: Decimal | None = None
    """Leverage in hundredths: 1000 is tenfold."""
    trailingStop: Decimal | None = None
    takeProfit: Decimal | None = None
    """Price at which the take-profit is triggered."""
    stopLoss: Decimal | None = None
    """Price at which the stop-loss is triggered."""
    deleverageIndicator: int | None = None
    riskId: str | None = None

    @property
    def is_snapshot(self) -> bool:
        """True in the list that comes after subscribing."""
        return self.dataType == "NEW"

    @tolerant("symbol", "side", "size")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

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
    """Epoch ms at which the push was made."""
    version: int | None = envelope("data", "version")
    orderId: str | None = None
    orderLinkId: str | None = None
    """Id that the client gave the order."""
    tradeId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    execPrice: Decimal | None = None
    """Price of the fill."""
    execQty: Decimal | None = None
    """Size of the fill."""
    execFee: Decimal | None = None
    """Fee, USDC; above zero when paid."""
    feeRate: Decimal | None = None
    """Fee rate as a ratio."""
    tradeTime: int | None = None
    """Epoch ms of the fill."""
    lastLiquidityInd: str | None = None
    """Liquidity: "TAKER" or "MAKER"."""
    execValue: Decimal | None = None
    """Value, USDC."""
    execType: str | None = None

    @tolerant("symbol", "orderId", "tradeId", "side", "execPrice", "execQty", "execType")
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None when there is none.

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
    """Epoch ms at which the push was made."""
    pushId: str | None = None
    serviceType: str | None = None
    operationType: str | None = None
    """Who did it: "SELF" or "AUTO"."""
    serviceStep: str | None = None
    """What was done: "OPEN" or "CLOSE"."""
    serviceStatus: str | None = None
    """Result: "SUCCESS" or "FAIL"."""
    version: int | None = None


@model
class SeedTrade(Row):
    """A public trade (channel ``trade``)."""

    symbol: str | None = None
    tickDirection: TickDirection | None = None
    price: Decimal | None = None
    """Price of the trade."""
    size: Decimal | None = None
    """Size. A JSON number."""
    timestamp: str | None = None
    """Time of the trade: ISO-8601, whole seconds."""
    tradeTimeMs: int | None = None
    """Epoch ms of the trade."""
    side: Side | None = None
    """Side of the taker."""
    tradeId: str | None = None


@model
class InstrumentInfo(Row):
    """Prices and 24 h figures (channel ``instrument_info.100ms``), always whole.

    On the wire, updates carry only what changed; the rest is filled in before it gets here. Names that end in E4, E6
    and E8 are whole numbers of ten-thousandths, millionths and so on.
    """

    type: PushType | None = envelope("type")
    """Type of the push: "delta" when only a part of it was sent."""
    timestampE6: int | None = envelope("timestampE6")
    """Epoch µs."""
    id: int | None = None
    symbol: str | None = None
    lastPriceE4: int | None = None
    """Price of the last trade, in ten-thousandths."""
    lastPrice: Decimal | None = None
    """Price of the last trade."""
    lastTickDirection: TickDirection | None = None
    prevPrice24hE4: int | None = None
    """Price 24 hours ago, in ten-thousandths."""
    prevPrice24h: Decimal | None = None
    """Price 24 hours ago."""
    price24hPcntE6: int | None = None
    """Change of the last 24 hours: a ratio, in millionths."""
    highPrice24hE4: int | None = None
    """Highest price of the last 24 hours, in ten-thousandths."""
    highPrice24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    lowPrice24hE4: int | None = None
    """Lowest price of the last 24 hours, in ten-thousandths."""
    lowPrice24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    prevPrice1hE4: int | None = None
    """Price an hour ago, in ten-thousandths."""
    prevPrice1h: Decimal | None = None
    """Price an hour ago."""
    price1hPcntE6: int | None = None
    """Change of the last hour: a ratio, in millionths."""
    markPriceE4: int | None = None
    """Mark price, in ten-thousandths."""
    markPrice: Decimal | None = None
    indexPriceE4: int | None = None
    """Index price, in ten-thousandths."""
    indexPrice: Decimal | None = None
    openInterestE8: int | None = None
    """Open interest, in hundred-millionths."""
    totalTurnoverE8: int | None = None
    """Turnover so far, in hundred-millionths."""
    turnover24hE8: int | None = None
    """Turnover of the last 24 hours, in hundred-millionths."""
    totalVolumeE8: int | None = None
    """Volume so far, in hundred-millionths."""
    volume24hE8: int | None = None
    """Volume of the last 24 hours, in hundred-millionths."""
    fundingRateE6: int | None = None
    """Funding rate: a ratio, in millionths."""
    predictedFundingRateE6: int | None = None
    """Predicted funding rate: a ratio, in millionths."""
    crossSeq: int | None = None
    createdAt: str | None = None
    """Time of creation, ISO-8601."""
    updatedAt: str | None = None
    """Time of the last change, ISO-8601."""
    nextFundingTime: str | None = None
    """Time of the next funding, ISO-8601."""
    countDownHour: int | None = None
    """Hours until the next funding."""
    bid1PriceE4: int | None = None
    """Best bid price, in ten-thousandths."""
    bid1Price: Decimal | None = None
    """Best bid price."""
    ask1PriceE4: int | None = None
    """Best ask price, in ten-thousandths."""
    ask1Price: Decimal | None = None
    """Best ask price."""


@model
class SeedCandle(Row):
    """A candle (channel ``candle.*``). Prices and volumes are JSON numbers."""

    symbol: str | None = envelope(last_part)
    timestampE6: int | None = envelope("timestampE6")
    """Epoch µs."""
    start: int | None = None
    """Epoch seconds of the first moment."""
    end: int | None = None
    """Epoch seconds of the last moment."""
    period: str | None = None
    """Length: minutes, or D, W, M."""
    open: Decimal | None = None
    """Opening price."""
    close: Decimal | None = None
    """Closing price, or the last one so far."""
    high: Decimal | None = None
    """Highest price."""
    low: Decimal | None = None
    """Lowest price."""
    volume: Decimal | None = None
    turnover: Decimal | None = None
    confirm: bool | None = None
    """True when the candle is over."""
    crossSeq: int | None = None
    timestamp: int | None = None
    """Epoch µs."""
