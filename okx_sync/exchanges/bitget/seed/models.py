"""Rows of the ``seed`` protocol. Every row has its own ``timestamp``, epoch ms; money is in the margin coin."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

from okx_sync.exchanges.bitget.row_conversion import (
    coin_of,
    is_maker,
    margin_mode,
    order_amounts,
    order_basics,
    position_basics,
)
from okx_sync.exchanges.bitget.words import HoldSide, OrderType, SeedMarginMode, SeedOrderStatus, SeedRole, Side
from okx_sync.rows import Row, model
from okx_sync.rows.tolerant import tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, FillUpdate, OrderUpdate, PositionUpdate
from okx_sync.types import Side as NeutralSide

_DOLLARS: Final = ("USDT", "USDC", "USD")


@model
class SeedAccount(Row):
    """One margin coin of the futures account (channel ``account``)."""

    marginCoin: str | None = None
    available: Decimal | None = None
    """Available amount, in marginCoin."""
    total: Decimal | None = None
    """Equity, in marginCoin."""
    unrealizedPnl: Decimal | None = None
    """Unrealised profit, in marginCoin."""
    marginMode: SeedMarginMode | None = None
    marginRatio: Decimal | None = None
    """Margin ratio; 1 is liquidation."""
    maintainMargin: Decimal | None = None
    """Maintenance margin, in marginCoin."""
    initialMargin: Decimal | None = None
    """Initial margin, in marginCoin."""
    frozenBalance: Decimal | None = None
    """Frozen amount, in marginCoin."""
    timestamp: int | None = None
    """Epoch ms."""

    @tolerant("marginCoin")
    def to_update(self) -> AccountUpdate:
        """Convert it to the neutral words of ``AccountMonitor``.

        Nobody tells what coins are worth; those that stand for dollars count as such.

        Raises ``DecodeError`` when it does not say of which coin.
        """
        coin = coin_of(self, self.marginCoin)
        balance = BalanceUpdate(
            currency=coin,
            equity_usd=self.total if coin in _DOLLARS else None,
            equity=self.total,
            available=self.available,
            frozen=self.frozenBalance,
            unrealized_pnl=self.unrealizedPnl,
            margin_ratio=self.marginRatio,
            updated_at=self.timestamp,
            raw=self,
        )
        return AccountUpdate(balances=(balance,), updated_at=self.timestamp, recovered=self.recovered, raw=self)


@model
class SeedPosition(Row):
    """A position as it is now (channel ``positions``); size 0 when it was closed."""

    symbol: str | None = None
    positionSide: HoldSide | None = None
    holdPosition: Decimal | None = None
    """Size, never negative: positionSide tells the direction."""
    openPrice: Decimal | None = None
    """Average price at which it was opened."""
    markPrice: Decimal | None = None
    unrealizedPnl: Decimal | None = None
    """Unrealised profit, in the margin coin."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    marginMode: SeedMarginMode | None = None
    isolatedMargin: Decimal | None = None
    """Isolated margin, in the margin coin."""
    positionMargin: Decimal | None = None
    """Margin, in the margin coin."""
    maintainMargin: Decimal | None = None
    """Maintenance margin, in the margin coin."""
    marginRate: Decimal | None = None
    """How much of the margin is used up; 1 is liquidation."""
    liquidationPrice: Decimal | None = None
    timestamp: int | None = None
    """Epoch ms."""

    @tolerant("symbol", "positionSide", "holdPosition", "marginMode")
    def to_update(self) -> PositionUpdate:
        """Convert it to the neutral words of ``PositionMonitor``.

        Raises ``DecodeError`` when it does not say of what, which way, or how much.
        """
        return PositionUpdate(
            **position_basics(self, self.symbol, self.positionSide, self.holdPosition, None),
            margin_mode=margin_mode(self.marginMode),
            entry_price=self.openPrice,
            mark_price=self.markPrice,
            liquidation_price=self.liquidationPrice,
            unrealized_pnl=self.unrealizedPnl,
            leverage=self.leverage,
            margin=self.positionMargin,
            maintenance_margin=self.maintainMargin,
            margin_ratio=self.marginRate,
            updated_at=self.timestamp,
        )


@model
class SeedOrder(Row):
    """An order as it is now, after each change (channel ``orders``)."""

    orderId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    orderType: OrderType | None = None
    price: Decimal | None = None
    """Price of the order."""
    size: Decimal | None = None
    """Size of the order."""
    filledSize: Decimal | None = None
    """Size that is filled so far."""
    avgPrice: Decimal | None = None
    """Average price of what is filled."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    marginMode: SeedMarginMode | None = None
    status: SeedOrderStatus | None = None
    timestamp: int | None = None
    """Epoch ms."""

    @tolerant("symbol", "orderId", "status", "filledSize")
    def to_update(self) -> OrderUpdate:
        """Convert it to the neutral words of ``OrderManager``.

        Raises ``DecodeError`` when it does not say which order, or in what state.
        """
        return OrderUpdate(
            **order_basics(self, self.symbol, self.orderId, self.status),
            **order_amounts(self.price, self.size, self.filledSize, self.avgPrice),
            side=cast("NeutralSide | None", self.side),
            order_type=self.orderType,
            updated_at=self.timestamp,
        )


@model
class SeedExecution(Row):
    """One fill of an order of ours (channel ``execution``)."""

    tradeId: str | None = None
    orderId: str | None = None
    symbol: str | None = None
    side: Side | None = None
    price: Decimal | None = None
    """Price of the fill."""
    size: Decimal | None = None
    """Size of the fill."""
    fee: Decimal | None = None
    """Fee, in feeCurrency: positive is paid."""
    feeCurrency: str | None = None
    role: SeedRole | None = None
    """Liquidity: "maker" or "taker"."""
    timestamp: int | None = None
    """Epoch ms."""

    @tolerant("symbol", "orderId", "tradeId", "side", "price", "size")
    def to_update(self) -> FillUpdate | None:
        """Convert the fill to the neutral words of ``OrderManager``; None when it lacks the basics.

        Raises ``DecodeError`` when nobody can say which fill it is.
        """
        return FillUpdate.found(
            self.symbol,
            self.tradeId,
            self.orderId,
            cast("NeutralSide | None", self.side),
            self.price,
            self.size,
            fee=None if self.fee is None else -self.fee,
            fee_currency=self.feeCurrency,
            is_maker=is_maker(self.role),
            ts=self.timestamp,
            recovered=self.recovered,
            raw=self,
        )


@model
class SeedLiquidation(Row):
    """A warning that a position comes close to its liquidation (channel ``liquidation``)."""

    symbol: str | None = None
    positionSide: HoldSide | None = None
    marginMode: SeedMarginMode | None = None
    marginRatio: Decimal | None = None
    """Margin ratio; 1 is liquidation."""
    liquidationPrice: Decimal | None = None
    currentPrice: Decimal | None = None
    warningLevel: int | None = None
    timestamp: int | None = None
    """Epoch ms."""
