"""Spread trading: two instruments traded as one. Pages: "Spread Trading" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.row_conversion import SIDES, end_reason, order_status, order_type
from okx_sync.exchanges.bybit.words import Category, ExecType, OrderStatus, OrderType, Side, TimeInForce
from okx_sync.rows import Row, envelope, model, wire
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import FillUpdate, OrderUpdate

__all__ = [
    "SpreadExecution",
    "SpreadInstrument",
    "SpreadLeg",
    "SpreadLegExecution",
    "SpreadMaxSize",
    "SpreadOrder",
    "SpreadTicker",
    "SpreadTrade",
]


@model
class SpreadLeg(Row):
    """One side of a spread."""

    symbol: str | None = None
    contractType: str | None = None
    """For example ``"LinearPerpetual"``, ``"LinearFutures"`` or ``"Spot"``."""


@model
class SpreadInstrument(Row):
    """A spread and its trading rules (``GET /v5/spread/instrument``)."""

    symbol: str | None = None
    contractType: str | None = None
    """For example ``"FundingRateArb"``, ``"CarryTrade"``, ``"FutureSpread"`` or ``"PerpBasis"``."""
    status: str | None = None
    """State: ``"Trading"`` or ``"Settling"``."""
    baseCoin: str | None = None
    quoteCoin: str | None = None
    settleCoin: str | None = None
    tickSize: Decimal | None = None
    """Step of the price, in quote currency."""
    minPrice: Decimal | None = None
    """Lowest price; below zero, as prices of spreads may be."""
    maxPrice: Decimal | None = None
    """Highest price, in quote currency."""
    lotSize: Decimal | None = None
    """Step of the size, in base currency."""
    minSize: Decimal | None = None
    """Smallest size, in base currency."""
    maxSize: Decimal | None = None
    """Largest size, in base currency."""
    launchTime: int | None = None
    """Epoch ms of the start."""
    deliveryTime: int | None = None
    """Epoch ms of the delivery; 0 where there is none."""
    legs: tuple[SpreadLeg, ...] = ()


@model
class SpreadTrade(Row):
    """A public trade of a spread (``GET /v5/spread/recent-trade``)."""

    execId: str | None = None
    symbol: str | None = None
    price: Decimal | None = None
    """Price; may be zero or negative."""
    size: Decimal | None = None
    """Size, in base currency."""
    side: Side | None = None
    """Side of the taker."""
    time: int | None = None
    """Epoch ms of the trade."""
    seq: int | None = None
    """Cross sequence."""


@model
class SpreadTicker(Row):
    """Best prices and 24 h figures of a spread (channel ``spread.tickers``, and ``GET /v5/spread/tickers``)."""

    ts: int | None = envelope("ts")
    """Epoch ms at which the push was made; None over REST."""
    symbol: str | None = None
    bidPrice: Decimal | None = None
    """Best bid price; may be zero or negative, as all prices of spreads."""
    bidSize: Decimal | None = None
    """Size at the best bid price, in base currency."""
    askPrice: Decimal | None = None
    """Best ask price."""
    askSize: Decimal | None = None
    """Size at the best ask price, in base currency."""
    lastPrice: Decimal | None = None
    """Price of the last trade."""
    highPrice24h: Decimal | None = None
    """Highest price of the last 24 hours."""
    lowPrice24h: Decimal | None = None
    """Lowest price of the last 24 hours."""
    prevPrice24h: Decimal | None = None
    """Price 24 hours ago."""
    volume24h: Decimal | None = None
    """Volume of the last 24 hours, in base currency."""


@model
class SpreadOrder(Row):
    """An order on a spread (``GET /v5/spread/order/realtime``, ``/v5/spread/order/history``)."""

    symbol: str | None = None
    orderId: str | None = None
    """Id that Bybit gave the order."""
    orderLinkId: str | None = None
    """Id that the client gave the order."""
    orderType: OrderType | None = None
    orderStatus: OrderStatus | None = None
    timeInForce: TimeInForce | None = None
    side: Side | None = None
    price: Decimal | None = None
    """Price; may be zero or negative."""
    qty: Decimal | None = None
    """Size, in base currency."""
    leavesQty: Decimal | None = None
    """What is not filled, in base currency; means nothing once it is canceled."""
    cumExecQty: Decimal | None = None
    """What is filled, in base currency."""
    baseCoin: str | None = None
    createdTime: int | None = wire("createdTime", also=("createdAt",))
    """Epoch ms of creation; ``createdAt`` in the history."""
    updatedTime: int | None = wire("updatedTime", also=("updatedAt",))
    """Epoch ms of the last change; ``updatedAt`` in the history."""
    contractType: str | None = None
    """History only."""
    cxlRejReason: str | None = None
    """History only: why it was refused or canceled."""
    orderQty: Decimal | None = None
    """History only: size, in base currency."""
    settleCoin: str | None = None
    """History only."""
    leg1Symbol: str | None = None
    """History only."""
    leg1ProdType: str | None = None
    """History only: ``"Futures"`` or ``"Spot"``."""
    leg1OrderId: str | None = None
    """History only: id of the order on the first leg."""
    leg1Side: Side | None = None
    """History only."""
    leg2Symbol: str | None = None
    """History only."""
    leg2ProdType: str | None = None
    """History only: ``"Futures"`` or ``"Spot"``."""
    leg2OrderId: str | None = None
    """History only: id of the order on the second leg."""
    leg2Side: Side | None = None
    """History only."""

    @tolerant("symbol", "orderId", "orderStatus")
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        filled = self.cumExecQty or Decimal(0)
        status = order_status(self, self.orderStatus, filled, self.symbol, self.orderId)
        return OrderUpdate(
            inst_id=self.symbol or "",
            order_id=self.orderId or "",
            status=status,
            side=SIDES.get(self.side),
            client_order_id=self.orderLinkId,
            order_type=order_type(self.orderType, self.timeInForce if self.orderType == "Limit" else None),
            price=self.price,
            size=self.qty,
            filled=filled,
            created_at=self.createdTime,
            updated_at=self.updatedTime,
            reason=end_reason(self.cxlRejReason) if status in ("canceled", "rejected") else None,
            recovered=self.recovered,
            raw=self,
        )


@model
class SpreadLegExecution(Row):
    """What a fill of a spread did on one leg."""

    symbol: str | None = None
    side: Side | None = None
    execPrice: Decimal | None = None
    """Price, in quote currency."""
    execTime: int | None = None
    """Epoch ms of the fill."""
    execValue: Decimal | None = None
    """Value, in quote currency."""
    execType: ExecType | None = None
    category: Category | None = None
    execQty: Decimal | None = None
    """Size, in base currency."""
    execFee: Decimal | None = None
    """Fee, above zero when paid; of a spot leg see ``execFeeV2``."""
    execFeeV2: Decimal | None = None
    """Spot leg only: fee, in ``feeCurrency``."""
    feeCurrency: str | None = None
    execId: str | None = None


@model
class SpreadExecution(Row):
    """A fill of an order on a spread (``GET /v5/spread/execution/list``)."""

    symbol: str | None = None
    orderId: str | None = None
    """Id that Bybit gave the order."""
    orderLinkId: str | None = None
    """Id that the client gave the order."""
    side: Side | None = None
    execPrice: Decimal | None = None
    """Price; may be zero or negative."""
    execTime: int | None = None
    """Epoch ms of the fill."""
    execType: ExecType | None = None
    execQty: Decimal | None = None
    """Size, in base currency."""
    execId: str | None = None
    legs: tuple[SpreadLegExecution, ...] = ()

    @tolerant("symbol", "orderId", "execId", "side", "execPrice", "execQty")
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; fees stand at the legs.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return FillUpdate.found(
            self.symbol,
            self.execId,
            self.orderId,
            SIDES.get(self.side),
            self.execPrice,
            self.execQty,
            client_order_id=self.orderLinkId,
            ts=self.execTime,
            recovered=self.recovered,
            raw=self,
        )


@model
class SpreadMaxSize(Row):
    """What an order on a spread may be at most (``GET /v5/spread/max-qty``)."""

    ab: Decimal | None = None
    """Available balance, 8 digits behind the point."""
