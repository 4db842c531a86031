"""Bybit's balances and positions in the neutral words of local state.

Pages: "Websocket Stream / Private / Position, Wallet" of the V5 documentation; "Position" of the USDC perpetual one.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.normalize_orders import SETTLED_IN
from okx_sync.models.neutral import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate
from okx_sync.models.tolerant import each, tolerant

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.models.account import Position, Wallet, WalletCoin
    from okx_sync.exchanges.bybit.models.seed_account import SeedPosition

__all__ = ["account_update", "position_update", "seed_position_update"]

_SIDES: Final[dict[int | None, PositionSide]] = {None: "net", 0: "net", 1: "long", 2: "short"}


@tolerant("symbol", "positionIdx", "side", "size", spoils={"notional": ("positionValue", "category")})
def position_update(row: Position) -> PositionUpdate:
    """A position of V5. Raises ``DecodeError`` when it does not say of what, or how much.

    ``margin_mode`` is not told: Bybit has one position per symbol and side, whatever its margin, and a position must
    keep its key when the mode is switched.
    """
    side = _SIDES.get(row.positionIdx)
    if side is None:
        raise DecodeError(f"the position in {row.symbol} has the unknown positionIdx {row.positionIdx}", text=repr(row))
    return PositionUpdate(
        inst_id=_name(row),
        size=_size(row),
        side=side,
        entry_price=row.entryPrice or None,
        mark_price=row.markPrice,
        liquidation_price=row.liqPrice,
        unrealized_pnl=row.unrealisedPnl,
        realized_pnl=row.curRealisedPnl,
        leverage=row.leverage,
        initial_margin=row.positionIM,
        maintenance_margin=row.positionMM,
        # Inverse contracts count it in their coin, the account in USD.
        notional=None if row.category == "inverse" else row.positionValue,
        created_at=row.openTime or row.createdTime,
        updated_at=row.updatedTime,
        recovered=row.recovered,
        raw=row,
    )


@tolerant("symbol", "side", "size")
def seed_position_update(row: SeedPosition) -> PositionUpdate:
    """A position of the seed protocol. Raises ``DecodeError`` as :func:`position_update` does."""
    return PositionUpdate(
        inst_id=_name(row),
        size=_size(row),
        currency=SETTLED_IN,
        entry_price=row.entryPrice or None,
        mark_price=row.markPrice,
        liquidation_price=row.liqPrice,
        unrealized_pnl=row.unrealisedPnl,
        realized_pnl=row.cumRealisedPnl,
        leverage=None if row.leverage is None else row.leverage / 100,
        initial_margin=row.positionIM,
        maintenance_margin=row.positionMM,
        notional=row.positionValue,
        created_at=row.createdAt,
        updated_at=row.updatedAt,
        recovered=row.recovered,
        raw=row,
    )


@tolerant("coin")
def account_update(row: Wallet) -> AccountUpdate:
    """Totals (USD) and the coins that changed. Raises ``DecodeError`` for a coin without a name."""
    at = row.creationTime
    balances, lost = each(row.coin, functools.partial(_balance, at=at))
    return AccountUpdate(
        currency="USD",
        total_equity=row.totalEquity,
        available=row.totalAvailableBalance,
        initial_margin=row.totalInitialMargin,
        maintenance_margin=row.totalMaintenanceMargin,
        margin_ratio=row.accountMMRate,
        unrealized_pnl=row.totalPerpUPL,
        balances=balances,
        is_cut=bool(lost),
        updated_at=at,
        recovered=row.recovered,
        raw=row,
        unreadable=lost,
    )


@tolerant("coin")
def _balance(coin: WalletCoin, at: int | None) -> BalanceUpdate:
    if coin.coin is None:
        raise DecodeError("a balance has no coin", text=repr(coin))
    return BalanceUpdate(
        currency=coin.coin,
        equity=coin.equity,
        cash=coin.walletBalance,
        available=coin.availableToWithdraw,
        frozen=coin.locked,
        unrealized_pnl=coin.unrealisedPnl,
        liability=coin.borrowAmount,
        equity_usd=coin.usdValue,
        updated_at=at,
        raw=coin,
    )


def _name(row: Position | SeedPosition) -> str:
    if row.symbol is None:
        raise DecodeError("a position has no symbol", text=repr(row))
    return row.symbol


def _size(row: Position | SeedPosition) -> Decimal:
    """Signed by the side; a position that is closed has none."""
    if row.size is None:
        raise DecodeError(f"the position in {row.symbol} has no size", text=repr(row))
    if row.size == 0:
        return Decimal(0)
    if row.side not in ("Buy", "Sell"):
        raise DecodeError(f"the position in {row.symbol} has the unknown side {row.side!r}", text=repr(row))
    return -row.size if row.side == "Sell" else row.size
