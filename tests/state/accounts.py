"""Positions and balances for tests of local state, in a few words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from okx_sync.types import AccountUpdate, BalanceUpdate, PositionUpdate

SWAP = "BTC-USDT-SWAP"
ETH = "ETH-USDT-SWAP"


def position(size: int | str, at: int | None = 1, inst_id: str = SWAP, **more: Any) -> PositionUpdate:
    """A cross position margined in USDT."""
    facts = {"margin_mode": "cross", "currency": "USDT", **more}
    return PositionUpdate(inst_id=inst_id, size=Decimal(size), updated_at=at, **facts)


def balance(currency: str, equity: int | str, at: int | None = 1, **more: Any) -> BalanceUpdate:
    """A currency worth a dollar, all of it cash and free unless told otherwise."""
    amount = Decimal(equity)
    facts = {"equity": amount, "cash": amount, "available": amount, "equity_usd": amount, **more}
    return BalanceUpdate(currency=currency, updated_at=at, **facts)


def account(*balances: BalanceUpdate, at: int | None = 1, snapshot: bool = True, **totals: Any) -> AccountUpdate:
    """An account row."""
    return AccountUpdate(balances=balances, is_snapshot=snapshot, updated_at=at, **totals)
