"""OKX's balances and positions in the neutral words of local state.

Page: OKX's API guide, "Trading Account", "WS / Account channel", "Positions channel", "Balance and position channel";
the REST answers "Get balance" and "Get positions" have the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from okx_sync.errors import DecodeError
from okx_sync.rows.tolerant import each, told, tolerant
from okx_sync.types import AccountUpdate, BalanceUpdate, PositionSide, PositionUpdate

if TYPE_CHECKING:
    from okx_sync.exchanges.okx.account.models import (
        Account,
        AccountDetail,
        BalanceAndPosition,
        BalanceData,
        Position,
        PositionData,
    )

__all__ = ["account_update", "balances_in_short", "position_update", "positions_in_short", "taken_at"]

_SIDES = ("net", "long", "short")


@tolerant(
    "instId", "posSide", "mgnMode", "ccy", "pos", "instType", "posCcy", spoils={"margin_ratio": ("mgnRatio", "mmr")}
)
def position_update(row: Position) -> PositionUpdate:
    """A position of the stream or of REST. Raises ``DecodeError`` when it does not say of what, or how much."""
    return PositionUpdate(
        inst_id=_name(row),
        size=_size(row),
        side=_side(row),
        margin_mode=row.mgnMode,
        position_id=row.posId,
        currency=row.ccy,
        entry_price=row.avgPx,
        mark_price=row.markPx,
        liquidation_price=row.liqPx,
        unrealized_pnl=row.upl,
        realized_pnl=row.realizedPnl,
        leverage=row.lever,
        margin=row.margin,
        initial_margin=row.imr,
        maintenance_margin=row.mmr,
        margin_ratio=_ratio(row.mgnRatio, row.mmr),
        notional=row.notionalUsd,
        created_at=row.cTime,
        updated_at=row.uTime,
        recovered=row.recovered,
        raw=row,
    )


@tolerant("details", spoils={"margin_ratio": ("mgnRatio", "mmr")})
def account_update(row: Account) -> AccountUpdate:
    """Totals (USD) and balances, of the stream or of REST, which always sends all of them."""
    balances, lost = each(row.details, _balance)
    if row.raw is not None and row.raw.get("details") is None:  # which is not the same as none
        lost = (DecodeError("an account has no details", text=repr(row)),)
    return AccountUpdate(
        currency="USD",
        total_equity=row.totalEq,
        available=row.availEq,
        initial_margin=row.imr,
        maintenance_margin=row.mmr,
        margin_ratio=_ratio(row.mgnRatio, row.mmr),
        unrealized_pnl=row.upl,
        notional=row.notionalUsd,
        balances=balances,
        is_snapshot=row.is_snapshot,
        is_cut=bool(lost),
        updated_at=row.uTime,
        recovered=row.recovered,
        raw=row,
        unreadable=lost,
    )


def positions_in_short(row: BalanceAndPosition) -> list[PositionUpdate]:
    """The positions of a ``balance_and_position`` push: size and average price, for ``apply(..., partial=True)``."""
    return [_position_in_short(one) for one in row.posData]


@tolerant("instId", "posSide", "mgnMode", "ccy", "pos", "instType", "posCcy")
def _position_in_short(row: PositionData) -> PositionUpdate:
    return PositionUpdate(
        inst_id=_name(row),
        size=_size(row),
        side=_side(row),
        margin_mode=row.mgnMode,
        position_id=row.posId,
        currency=row.ccy,
        entry_price=row.avgPx,
        updated_at=row.uTime,
        raw=row,
    )


@tolerant("balData")
def balances_in_short(row: BalanceAndPosition) -> AccountUpdate:
    """The balances of a ``balance_and_position`` push: cash alone, for ``apply(..., partial=True)``."""
    balances, lost = each(row.balData, _balance_in_short)
    return AccountUpdate(balances=balances, is_cut=bool(lost), updated_at=row.pTime, raw=row, unreadable=lost)


@tolerant("ccy")
def _balance_in_short(row: BalanceData) -> BalanceUpdate:
    return BalanceUpdate(currency=_currency(row), cash=row.cashBal, updated_at=row.uTime)


def taken_at(rows: Iterable[Position | Account]) -> int | None:
    """When a snapshot was made: the time of its first page; None for one without rows.

    A change that comes between its pages is newer, and the snapshot says nothing about it.
    """
    times = [told(row, "pTime") or told(row, "uTime") for row in rows]
    return min((time for time in times if time is not None), default=None)


@tolerant(
    "ccy",
    spoils={"available": ("availEq",), "margin_ratio": ("mgnRatio", "mmr")},
)
def _balance(detail: AccountDetail) -> BalanceUpdate:
    lever, equity = detail.notionalLever, detail.eq
    return BalanceUpdate(
        currency=_currency(detail),
        equity=equity,
        cash=detail.cashBal,
        # What may back new positions; accounts without derivatives have the balance only.
        available=detail.availEq if detail.availEq is not None else detail.availBal,
        frozen=detail.frozenBal,
        unrealized_pnl=detail.upl,
        liability=detail.liab,
        equity_usd=detail.eqUsd,
        notional=None if lever is None or equity is None else lever * equity,
        margin_ratio=_ratio(detail.mgnRatio, detail.mmr),
        updated_at=detail.uTime,
        raw=detail,
    )


def _ratio(theirs: Decimal | None, maintenance: Decimal | None) -> Decimal | None:
    """Maintenance margin over equity. OKX gives equity over maintenance margin, and nothing when there is no margin."""
    if theirs is not None and theirs > 0:
        return 1 / theirs
    return Decimal(0) if maintenance == 0 else None


def _name(row: Position | PositionData) -> str:
    if row.instId is None:
        raise DecodeError("a position has no instId", text=repr(row))
    return row.instId


def _size(row: Position | PositionData) -> Decimal:
    if row.pos is None or row.instId is None:
        raise DecodeError(f"the position in {row.instId} has no size", text=repr(row))
    # OKX signs net positions only, and of margin positions not even those: a short one is held in the quote currency.
    is_short_margin = row.instType == "MARGIN" and bool(row.posCcy) and row.instId.endswith(f"-{row.posCcy}")
    return -abs(row.pos) if row.posSide == "short" or is_short_margin else row.pos


def _side(row: Position | PositionData) -> PositionSide:
    if row.posSide not in _SIDES:
        raise DecodeError(f"the position in {row.instId} has the unknown side {row.posSide!r}", text=repr(row))
    return cast(PositionSide, row.posSide)


def _currency(row: AccountDetail | BalanceData) -> str:
    if row.ccy is None:
        raise DecodeError("a balance has no ccy", text=repr(row))
    return row.ccy
