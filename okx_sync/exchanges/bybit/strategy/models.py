"""Orders that Bybit works by itself. Page: "Strategy" of the V5 documentation."""

from __future__ import annotations

from decimal import Decimal

from okx_sync.exchanges.bybit.words import Side
from okx_sync.rows import Row, envelope, model

__all__ = ["Strategy"]


@model
class Strategy(Row):
    """A strategy order and how far it has come (channel ``strategy``)."""

    creationTime: int | None = envelope("creationTime")
    """Epoch ms at which the push was made."""
    strategyId: str | None = None
    strategyType: str | None = None
    """``"twap"``, ``"chaseOrder"``, ``"iceberg"`` or ``"pov"``."""
    category: str | None = None
    """Market in words of its own, such as ``"UTA_USDT"`` or ``"UTA_SPOT"``."""
    symbol: str | None = None
    size: Decimal | None = None
    """Size in base currency (inverse contracts: USD)."""
    side: Side | None = None
    duration: int | None = None
    """Seconds that it may run."""
    status: str | None = None
    """Code: 2 running, 3 ended, 4 ended without a fill, 5 paused, 6 not triggered."""
    terminateType: str | None = None
    """Code of its end: 0 none, 1 by the user, 2 done, 3 for lack of balance."""
    terminateRemark: str | None = None
    """Its end in words."""
    executedDuration: int | None = None
    """Seconds that it ran."""
    executedSize: Decimal | None = None
    """What is filled, in the unit of ``size``."""
    executedAvgPrice: Decimal | None = None
    """Average price of what is filled."""
    executedStartTimeE3: int | None = None
    """Epoch ms of the start."""
    executedEndTimeE3: int | None = None
    """Epoch ms of the end."""
    createdTimeE3: int | None = None
    """Epoch ms of creation."""
    updatedTimeE3: int | None = None
    """Epoch ms of the last change."""
    isRandom: bool | None = None
    """Whether sizes or times vary by chance."""
    reduceOnly: bool | None = None
    limitPrice: Decimal | None = None
    """Price beyond which it does not trade."""
    triggerCount: int | None = None
    """Number of orders that it began."""
    tradingCount: int | None = None
    """Number of orders that traded."""
    chaseDistance: Decimal | None = None
    """Distance from the best price, in quote currency."""
    ChasePercentE4: int | None = None
    """Distance from the best price in basis points: 1 is 0.01 %."""
    maxChasePrice: Decimal | None = None
    """Price to which it follows the market."""
    chaseOrderPrice: Decimal | None = None
    """Price of its present order."""
    strategyPrefer: str | None = None
    interval: int | None = None
    """Seconds between two orders."""
    leverageType: str | None = None
    """Code of the way spot is borrowed for."""
    postOnly: bool | None = None
    triggerPrice: Decimal | None = None
    """Price at which it starts."""
    isTriggered: bool | None = None
    strategyTp: Decimal | None = None
    """Take-profit price."""
    strategySl: Decimal | None = None
    """Stop-loss price."""
    orderType: str | None = None
    """Code of its orders' type: "1", "2" or "UNKNOWN"."""
    orderPriceOffset: Decimal | None = None
    """Distance of its orders' prices, in quote currency."""
    positionValue: Decimal | None = None
    """Value of it all, in quote currency."""
    filledPositionValue: Decimal | None = None
    """Value of what is filled, in quote currency."""
