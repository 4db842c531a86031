"""Names of :mod:`okx_sync.types`, where they were before."""

from okx_sync.types import (
    FINAL,
    AccountUpdate,
    BalanceUpdate,
    FillUpdate,
    OrderStatus,
    OrderUpdate,
    PositionSide,
    PositionUpdate,
    Side,
    check_amounts,
)

__all__ = [
    "FINAL",
    "AccountUpdate",
    "BalanceUpdate",
    "FillUpdate",
    "OrderStatus",
    "OrderUpdate",
    "PositionSide",
    "PositionUpdate",
    "Side",
    "check_amounts",
]
