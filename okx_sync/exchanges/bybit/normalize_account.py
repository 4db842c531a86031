"""Bybit's balances and positions in the neutral words of local state.

Pages: "Websocket Stream / Private / Position, Wallet" of the V5 documentation; "Position" of the USDC perpetual one.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.normalize_orders import SETTLED_IN
from okx_sync.rows.tolerant import each, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.bybit.account.models import Position, Wallet, WalletCoin
    from okx_sync.exchanges.bybit.seed.models import SeedPosition

__all__ = [
    "UNTOLD_OF_ACCOUNT",
    "UNTOLD_OF_CURRENCY",
    "UNTOLD_OF_POSITIONS",
    "account_update",
    "position_update",
    "seed_position_update",
]

_SIDES: Final[dict[int | None, PositionSide]] = {None: "net", 0: "net", 1: "long", 2: "short"}


def _untold(what: str, *metrics: str) -> dict[str, str]:
    return {metric: f"Bybit tells no {metric} of {what}" for metric in metrics}


UNTOLD_OF_POSITIONS: Final[Mapping[str, str]] = _untold("a position", "margin_ratio")
"""Metrics of ``PositionMonitor.limit`` that no push tells, with the reason."""

UNTOLD_OF_ACCOUNT: Final[Mapping[str, str]] = _untold("the account", "notional", "leverage")
UNTOLD_OF_CURRENCY: Final[Mapping[str, str]] = _untold("a coin", "notional", "margin_ratio")
"""The same of ``AccountMonitor.limit``, and of it with a currency."""

_UNTOLD_ISOLATED: Final = {"margin_ratio": "in isolated margin Bybit tells no margin ratio of the account"}
_UNTOLD_CROSS: Final = {
    "available": "in cross and portfolio margin Bybit tells what is free of the account as a whole, not of a coin"
}


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
    """Totals (USD) and the coins that were told. Raises ``DecodeError`` for a coin without a name.

    In isolated margin there are no totals of the account's margin, and what is free is told of each coin.
    """
    at, is_isolated = row.creationTime, _is_isolated(row)
    balances, lost = each(row.coin, functools.partial(_balance, at=at, is_isolated=is_isolated))
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
        untold=_UNTOLD_ISOLATED if is_isolated else {},
        updated_at=at,
        recovered=row.recovered,
        raw=row,
        unreadable=lost,
    )


def _is_isolated(row: Wallet) -> bool:
    """Isolated margin: no wallet says so, but the totals of the account's margin are empty then."""
    totals = (row.accountIMRate, row.totalMarginBalance, row.totalAvailableBalance, row.totalInitialMargin)
    return all(one is None for one in totals)


@tolerant("coin", spoils={"available": ("bonus",)})
def _balance(coin: WalletCoin, at: int | None, *, is_isolated: bool) -> BalanceUpdate:
    if coin.coin is None:
        raise DecodeError("a balance has no coin", text=repr(coin))
    return BalanceUpdate(
        currency=coin.coin,
        equity=coin.equity,
        cash=coin.walletBalance,
        available=_available(coin) if is_isolated else None,
        frozen=coin.locked,
        unrealized_pnl=coin.unrealisedPnl,
        liability=coin.borrowAmount,
        equity_usd=coin.usdValue,
        untold={} if is_isolated else _UNTOLD_CROSS,
        updated_at=at,
        raw=coin,
    )


def _available(coin: WalletCoin) -> Decimal | None:
    """What is free of a coin in isolated margin; None when a part of the sum was not told."""
    parts = (coin.totalPositionIM, coin.totalOrderIM, coin.locked)
    if coin.walletBalance is None or any(one is None for one in parts):
        return None
    return coin.walletBalance - sum((one for one in parts if one is not None), coin.bonus or Decimal(0))


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
