"""Bitget's balances and positions in the neutral words of local state, for each protocol.

Bitget's margin rates are those of the neutral forms already: 1 is liquidation.
Page: Bitget's API guide, "Contract / Websocket / Private / Account channel", "Position channel".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.urls import Protocol
from okx_sync.protocol.events import Push
from okx_sync.rows.tolerant import told, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.bitget.account.models import Account, Position
    from okx_sync.exchanges.bitget.seed.models import SeedAccount, SeedPosition
    from okx_sync.exchanges.bitget.v1.models import V1Account, V1Position

__all__ = [
    "UNTOLD_OF_ACCOUNT",
    "UNTOLD_OF_POSITIONS",
    "account_update",
    "lists_all",
    "position_update",
    "seed_account_update",
    "seed_position_update",
    "taken_at",
    "v1_account_update",
    "v1_position_update",
]


def _untold(what: str, *metrics: str) -> dict[str, str]:
    return {metric: f"Bitget tells no {metric} of {what} on this protocol" for metric in metrics}


UNTOLD_OF_POSITIONS: Final[Mapping[Protocol, Mapping[str, str]]] = {
    "v2": _untold("a position", "notional"),
    "v1": _untold("a position", "notional", "distance_to_liquidation"),
    "seed": _untold("a position", "notional"),
}
"""Metrics of ``PositionMonitor.limit`` that no push tells, with the reason."""

_BALANCE: Final = ("cash", "liability", "notional")
UNTOLD_OF_ACCOUNT: Final[Mapping[Protocol, tuple[Mapping[str, str], Mapping[str, str]]]] = {
    "v2": (_untold("the account", "notional", "leverage"), _untold("a currency", *_BALANCE)),
    "v1": (
        _untold("the account", "notional", "leverage", "margin_ratio", "unrealized_pnl", "unrealized_pnl_share"),
        _untold("a currency", *_BALANCE, "margin_ratio", "unrealized_pnl"),
    ),
    "seed": (_untold("the account", "notional", "leverage"), _untold("a currency", *_BALANCE)),
}
"""Metrics of ``AccountMonitor.limit``, and of it with a currency, that no push tells."""

_ONE_WAY: Final = ("one_way_mode", "single_hold")
_DOLLARS: Final = ("USDT", "USDC", "USD")
_MARGIN_MODES: Final = {"crossed": "cross", "fixed": "isolated"}


@tolerant("marginCoin")
def account_update(row: Account) -> AccountUpdate:
    """One coin of a V2 account. Of several coins each row tells its own; ``union`` accounts tell totals, too (USD)."""
    balance = BalanceUpdate(
        currency=_coin(row, row.marginCoin),
        equity=row.equity,
        available=row.available,
        frozen=row.frozen,
        unrealized_pnl=row.unrealizedPL,
        equity_usd=row.usdtEquity,
        margin_ratio=row.crossedRiskRate,
        updated_at=row.ts,
        raw=row,
    )
    is_union = row.assetsMode == "union"
    return AccountUpdate(
        available=row.unionAvailable if is_union else None,
        maintenance_margin=row.unionMm if is_union else None,
        margin_ratio=row.crossedRiskRate if is_union else None,
        balances=(balance,),
        updated_at=row.ts,
        recovered=row.recovered,
        raw=row,
    )


@tolerant("marginCoin")
def v1_account_update(row: V1Account) -> AccountUpdate:
    """One coin of a V1 account."""
    balance = BalanceUpdate(
        currency=_coin(row, row.marginCoin),
        equity=row.equity,
        available=row.available,
        frozen=row.locked,
        equity_usd=row.usdtEquity,
        updated_at=row.ts,
        raw=row,
    )
    return AccountUpdate(balances=(balance,), updated_at=row.ts, recovered=row.recovered, raw=row)


@tolerant("marginCoin")
def seed_account_update(row: SeedAccount) -> AccountUpdate:
    """One coin of a seed account. Nobody tells what coins are worth; those that stand for dollars count as such."""
    coin = _coin(row, row.marginCoin)
    balance = BalanceUpdate(
        currency=coin,
        equity_usd=row.total if coin in _DOLLARS else None,
        equity=row.total,
        available=row.available,
        frozen=row.frozenBalance,
        unrealized_pnl=row.unrealizedPnl,
        margin_ratio=row.marginRatio,
        updated_at=row.timestamp,
        raw=row,
    )
    return AccountUpdate(balances=(balance,), updated_at=row.timestamp, recovered=row.recovered, raw=row)


@tolerant("instId", "holdSide", "total", "posMode", "marginMode", "marginCoin")
def position_update(row: Position) -> PositionUpdate:
    """A position of V2. Raises ``DecodeError`` when it does not say of what, which way, or how much."""
    return PositionUpdate(
        **_basics(row, row.instId, row.holdSide, row.total, row.posMode),
        margin_mode=_margin_mode(row.marginMode),
        position_id=row.posId,
        currency=row.marginCoin,
        entry_price=row.openPriceAvg,
        mark_price=row.markPrice,
        liquidation_price=row.liquidationPrice,
        unrealized_pnl=row.unrealizedPL,
        realized_pnl=row.achievedProfits,
        leverage=row.leverage,
        margin=row.marginSize,
        margin_ratio=row.marginRate,
        created_at=row.cTime,
        updated_at=row.uTime,
    )


@tolerant("instId", "holdSide", "total", "holdMode", "marginMode", "marginCoin")
def v1_position_update(row: V1Position) -> PositionUpdate:
    """A position of V1. Raises ``DecodeError`` when it does not say of what, which way, or how much."""
    return PositionUpdate(
        **_basics(row, row.instId, row.holdSide, row.total, row.holdMode),
        margin_mode=_margin_mode(row.marginMode),
        position_id=row.posId,
        currency=row.marginCoin,
        entry_price=row.averageOpenPrice,
        liquidation_price=row.liqPx,
        unrealized_pnl=row.upl,
        realized_pnl=row.achievedProfits,
        leverage=row.leverage,
        margin=row.margin,
        margin_ratio=row.marginRate,
        created_at=row.cTime,
        updated_at=row.uTime,
    )


@tolerant("symbol", "positionSide", "holdPosition", "marginMode")
def seed_position_update(row: SeedPosition) -> PositionUpdate:
    """A position of the seed protocol. Raises ``DecodeError`` when it does not say of what, which way, or how much."""
    return PositionUpdate(
        **_basics(row, row.symbol, row.positionSide, row.holdPosition, None),
        margin_mode=_margin_mode(row.marginMode),
        entry_price=row.openPrice,
        mark_price=row.markPrice,
        liquidation_price=row.liquidationPrice,
        unrealized_pnl=row.unrealizedPnl,
        leverage=row.leverage,
        margin=row.positionMargin,
        maintenance_margin=row.maintainMargin,
        margin_ratio=row.marginRate,
        updated_at=row.timestamp,
    )


def lists_all(push: Push) -> bool:
    """True when a push of ``positions`` lists every open one of its product type, so that all others are closed.

    V1 and V2 say ``snapshot`` each time and mean it; the seed protocol says ``update``.
    """
    return push.message.get("action") == "snapshot"


def taken_at(rows: Iterable[Position | V1Position | Account | V1Account]) -> int | None:
    """When such a list was made; None for one without rows."""
    return min((ts for row in rows if (ts := told(row, "ts")) is not None), default=None)


def _basics(row: Any, inst_id: str | None, held: str | None, size: Decimal | None, mode: str | None) -> dict[str, Any]:
    if inst_id is None or size is None or held not in ("long", "short"):
        raise DecodeError(f"a position has no instrument or size, or the unknown side {held!r}", text=repr(row.raw))
    side: PositionSide = "net" if mode in _ONE_WAY else held  # type: ignore[assignment]  # checked above
    amount = -size if held == "short" else size
    return {"inst_id": inst_id, "side": side, "size": amount, "recovered": row.recovered, "raw": row}


def _margin_mode(word: str | None) -> str | None:
    return None if word is None else _MARGIN_MODES.get(word, word)


def _coin(row: Any, coin: str | None) -> str:
    if coin is None:
        raise DecodeError("a balance has no marginCoin", text=repr(row.raw))
    return coin
