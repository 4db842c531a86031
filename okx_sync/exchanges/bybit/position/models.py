"""What V5 tells of positions over REST, positions themselves apart.

Those are ``Position`` of ``account/models.py``, as the stream pushes them. Page: "Position" of the V5 documentation.
"""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.words import Category, ExecType, OrderType, PositionCategory, Side
from okx_sync.rows import Row, envelope, model

__all__ = ["ClosedOptionPosition", "ClosedPnl", "MoveReceipt", "MovedPosition", "SymbolLeverage"]


@model
class SymbolLeverage(Row):
    """The leverage that is set for a symbol, whether there is a position or not."""

    category: PositionCategory | None = envelope("category")
    symbol: str | None = None
    leverage: Decimal | None = None
    """Leverage in isolated margin, as a factor."""
    side: Side | None = None
    """Side that it is set for."""
    positionIdx: int | None = None
    """Index: 0 one-way, 1 the long side and 2 the short side of a hedged position."""


@model
class ClosedPnl(Row):
    """What an order that closed a position, or a part of it, has brought."""

    category: PositionCategory | None = envelope("category")
    symbol: str | None = None
    orderId: str | None = None
    side: Side | None = None
    """Side of the order that closed it."""
    qty: Decimal | None = None
    """Size of the order, in base currency (inverse contracts: USD)."""
    orderPrice: Decimal | None = None
    """Price of the order."""
    orderType: OrderType | None = None
    execType: ExecType | None = None
    closedSize: Decimal | None = None
    """Size of the position that it closed, in base currency (inverse contracts: USD)."""
    cumEntryValue: Decimal | None = None
    """Value at which that was opened, in quote currency (inverse contracts: in their coin)."""
    avgEntryPrice: Decimal | None = None
    """Average price at which it was opened."""
    cumExitValue: Decimal | None = None
    """Value at which it was closed, in quote currency (inverse contracts: in their coin)."""
    avgExitPrice: Decimal | None = None
    """Average price at which it was closed."""
    closedPnl: Decimal | None = None
    """Profit, in the coin that the contract is settled in."""
    fillCount: int | None = None
    """Number of fills of the order."""
    leverage: Decimal | None = None
    """Leverage, as a factor."""
    openFee: Decimal | None = None
    """Fee for opening that size; above zero when paid."""
    closeFee: Decimal | None = None
    """Fee for closing it; above zero when paid."""
    createdTime: int | None = None
    """Epoch ms of creation."""
    updatedTime: int | None = None
    """Epoch ms of the last change."""


@model
class ClosedOptionPosition(Row):
    """A position in an option that was closed or delivered."""

    category: PositionCategory | None = envelope("category")
    symbol: str | None = None
    side: Side | None = None
    totalOpenFee: Decimal | None = None
    """Fee for opening it."""
    deliveryFee: Decimal | None = None
    """Fee for the delivery."""
    totalCloseFee: Decimal | None = None
    """Fee for closing it."""
    qty: Decimal | None = None
    """Size, in contracts."""
    closeTime: int | None = None
    """Epoch ms at which it was closed."""
    avgExitPrice: Decimal | None = None
    """Average price at which it was closed."""
    deliveryPrice: Decimal | None = None
    """Price at which it was delivered."""
    openTime: int | None = None
    """Epoch ms at which it was opened."""
    avgEntryPrice: Decimal | None = None
    """Average price at which it was opened."""
    totalPnl: Decimal | None = None
    """Profit."""


@model
class MoveReceipt(Row):
    """What became of a request to move positions to another account."""

    blockTradeId: str | None = None
    """Id of the block trade that moves them."""
    status: str | None = None
    """State: "Processing" or "Rejected"."""
    rejectParty: str | None = None
    """Who refused it: "Taker", "Maker" or "bothMakerAndTaker"."""


@model
class MovedPosition(Row):
    """A position that was moved to another account, or should have been."""

    blockTradeId: str | None = None
    """Id of the block trade that moves it."""
    category: Category | None = None
    orderId: str | None = None
    userId: str | None = None
    """Id of the account."""
    symbol: str | None = None
    side: Side | None = None
    """Side of the taker."""
    price: Decimal | None = None
    """Price at which it is moved."""
    qty: Decimal | None = None
    """Size, in base currency (inverse contracts: USD; options: contracts)."""
    execFee: Decimal | None = None
    """Fee, in base currency."""
    status: str | None = None
    """State: "Processing", "Filled" or "Rejected"."""
    execId: str | None = None
    resultCode: str | None = None
    """Code of the refusal, 0 when there was none."""
    resultMessage: str | None = None
    """Text of the refusal."""
    createdAt: int | None = None
    """Epoch ms of creation."""
    updatedAt: int | None = None
    """Epoch ms of the last change."""
    rejectParty: str | None = None
    """Who refused it: "Taker", "Maker" or "bothMakerAndTaker"."""
