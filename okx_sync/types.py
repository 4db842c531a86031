"""Neutral orders, fills, positions and balances, the same on any exchange, and the state events of a link.

Numbers are ``Decimal``, times are epoch ms, what an exchange does not tell is None. What it tells in a way that cannot
be read is None, too, and ``unreadable`` says so. Sizes are in the unit in which the exchange counts the instrument's
orders (contracts for derivatives on OKX). The wire row stays reachable as ``raw``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, Literal, NoReturn, Self

import attrs

from okx_sync.errors import DecodeError
from okx_sync.lazy import drawn_by
from okx_sync.state_event import StateEvent, StateKind

__all__ = [
    "FINAL",
    "AccountUpdate",
    "BalanceUpdate",
    "FillUpdate",
    "KeptRaw",
    "LateRaw",
    "OrderStatus",
    "OrderUpdate",
    "PositionSide",
    "PositionUpdate",
    "Side",
    "StateEvent",
    "StateKind",
    "check_amounts",
]


Side = Literal["buy", "sell"]
PositionSide = Literal["net", "long", "short"]
OrderStatus = Literal["pending", "live", "partially_filled", "filled", "canceled", "rejected", "unknown"]
"""``pending``: sent, the exchange has not said anything yet; ``unknown``: sent, and the answer was lost."""

FINAL: Final[frozenset[str]] = frozenset({"filled", "canceled", "rejected"})
"""Statuses that an order never leaves."""


class LateRaw:
    """Stands for the ``raw`` of an object that is kept for long, which is made when it is read."""

    __slots__ = ()

    def row(self) -> Any:
        """Make it."""
        raise NotImplementedError


class KeptRaw:
    """The attribute ``raw`` of objects that may hold a :class:`LateRaw` for it."""

    def __get__(self, kept: Any, owner: Any = None) -> Any:
        if kept is None:
            return self
        raw = vars(kept)["raw"]
        if isinstance(raw, LateRaw):
            raw = vars(kept)["raw"] = raw.row()
        return raw

    def __set__(self, kept: Any, value: Any) -> NoReturn:
        raise attrs.exceptions.FrozenInstanceError


def _described(value: Any) -> str:
    """Describe a value in a line: what is told of it."""
    told = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)) if field.repr)
    words = [f"{name}={one!r}" for name, one in told if one is not None and one != ()]
    return f"{type(value).__name__}({', '.join(words)})"


@attrs.frozen(kw_only=True, slots=False)  # made for each push, and without slots in half the time
class FillUpdate:
    """One fill of an own order, named by ``inst_id`` and ``trade_id``.

    When an account trades with itself the order belongs to the name, too. ``fee`` is negative when paid.
    """

    inst_id: str
    trade_id: str
    order_id: str
    side: Side
    price: Decimal
    size: Decimal
    client_order_id: str | None = None
    fee: Decimal | None = None
    fee_currency: str | None = None
    pnl: Decimal | None = None
    is_maker: bool | None = None
    ts: int | None = None
    recovered: bool = False
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)

    _repr_html_ = drawn_by("row_pictures", "value_picture")
    __repr__ = _described

    @classmethod
    def found(
        cls,
        inst_id: str | None,
        trade_id: str | None,
        order_id: str | None,
        side: Side | None,
        price: Decimal | None,
        size: Decimal | None,
        **more: Any,
    ) -> Self | None:
        """Make the fill that a row of an exchange tells of.

        None when the row lacks one of these values, or the size is 0.
        """
        if not (inst_id and trade_id and order_id and side and price is not None and size):
            return None
        return cls(inst_id=inst_id, trade_id=trade_id, order_id=order_id, side=side, price=price, size=size, **more)


setattr(FillUpdate, "raw", KeptRaw())  # noqa: B010  attrs takes a plain attribute for a default


@attrs.frozen(kw_only=True, slots=False)  # made for each push, and without slots in half the time
class OrderUpdate:
    """An order as the exchange has it at ``updated_at``; ``filled`` and ``average_price`` are over all of its fills.

    ``fill``: the fill that this update tells of, if it tells of one. ``reason``: why it was canceled or refused.
    ``is_amend_failed``: a change of the order was refused; the order itself lives on as it was.
    """

    inst_id: str
    order_id: str
    status: OrderStatus
    side: Side | None = None
    client_order_id: str | None = None
    order_type: str | None = None
    position_side: PositionSide | None = None
    price: Decimal | None = None
    size: Decimal | None = None
    filled: Decimal = Decimal(0)
    average_price: Decimal | None = None
    fee: Decimal | None = None
    fee_currency: str | None = None
    pnl: Decimal | None = None
    reduce_only: bool | None = None
    created_at: int | None = None
    updated_at: int | None = None
    reason: str | None = None
    request_id: str | None = None
    is_amend_failed: bool = False
    fill: FillUpdate | None = None
    recovered: bool = False
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)

    _repr_html_ = drawn_by("row_pictures", "value_picture")
    __repr__ = _described


@attrs.frozen(kw_only=True)
class PositionUpdate:
    """A position; ``size`` is signed: above zero long, below zero short, zero closed.

    ``side`` is "net" where an instrument has one position, "long"/"short" where it may have both. Money is in the
    margin currency ``currency``, but ``notional`` in that of the account's totals (USD on OKX).
    ``margin_ratio`` is normalised: maintenance margin over equity, 1 is liquidation. ``product``: Bitget's
    product type, Bybit's category; None on OKX.
    """

    inst_id: str
    size: Decimal
    side: PositionSide = "net"
    margin_mode: str | None = None
    position_id: str | None = None
    currency: str | None = None
    entry_price: Decimal | None = None
    mark_price: Decimal | None = None
    liquidation_price: Decimal | None = None
    unrealized_pnl: Decimal | None = None
    realized_pnl: Decimal | None = None
    leverage: Decimal | None = None
    margin: Decimal | None = None
    initial_margin: Decimal | None = None
    maintenance_margin: Decimal | None = None
    margin_ratio: Decimal | None = None
    notional: Decimal | None = None
    product: str | None = None
    created_at: int | None = None
    updated_at: int | None = None
    recovered: bool = False
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)

    _repr_html_ = drawn_by("row_pictures", "value_picture")
    __repr__ = _described

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells positions apart: instrument, side, margin mode, and the currency of the margin."""
        return (self.inst_id, self.side, self.margin_mode or "", self.currency or "")

    @property
    def is_open(self) -> bool:
        """True while there is something to close."""
        return self.size != 0


@attrs.frozen(kw_only=True)
class BalanceUpdate:
    """One currency of an account, amounts in that currency, ``equity_usd`` in USD.

    ``notional`` of the positions whose margin it is; ``margin_ratio`` of these positions, normalised as in
    ``PositionUpdate``, where each currency stands for itself. ``product``: as in ``PositionUpdate``; ``untold``:
    metrics that the exchange does not tell of a currency in this account's mode, with the reason.
    """

    currency: str
    equity: Decimal | None = None
    cash: Decimal | None = None
    available: Decimal | None = None
    frozen: Decimal | None = None
    unrealized_pnl: Decimal | None = None
    liability: Decimal | None = None
    equity_usd: Decimal | None = None
    notional: Decimal | None = None
    margin_ratio: Decimal | None = None
    product: str | None = None
    untold: Mapping[str, str] = attrs.field(factory=dict, repr=False, eq=False)
    updated_at: int | None = None
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)

    _repr_html_ = drawn_by("row_pictures", "value_picture")
    __repr__ = _described


@attrs.frozen(kw_only=True)
class AccountUpdate:
    """Totals of an account in ``currency`` (USD on OKX), and the balances that changed, or all in a snapshot.

    Totals that the exchange does not give are None; ``AccountMonitor`` adds them up from the balances.
    ``margin_ratio`` is normalised as in ``PositionUpdate``: maintenance margin over equity, 1 is liquidation.
    ``is_cut``: a balance of it could not be read, so that those that are missing here may be there.
    ``product`` and ``untold``: as in ``BalanceUpdate``.
    """

    currency: str = "USD"
    total_equity: Decimal | None = None
    available: Decimal | None = None
    initial_margin: Decimal | None = None
    maintenance_margin: Decimal | None = None
    margin_ratio: Decimal | None = None
    unrealized_pnl: Decimal | None = None
    notional: Decimal | None = None
    balances: tuple[BalanceUpdate, ...] = ()
    is_snapshot: bool = False
    is_cut: bool = False
    product: str | None = None
    untold: Mapping[str, str] = attrs.field(factory=dict, repr=False, eq=False)
    updated_at: int | None = None
    recovered: bool = False
    raw: Any = attrs.field(default=None, repr=False, eq=False)
    unreadable: tuple[DecodeError, ...] = attrs.field(default=(), repr=False, eq=False)

    _repr_html_ = drawn_by("row_pictures", "value_picture")
    __repr__ = _described

    @classmethod
    def of_parts(cls, parts: Iterable[AccountUpdate]) -> AccountUpdate:
        """Return the balances of several updates as one, without totals."""
        told = list(parts)
        return cls(
            balances=tuple(balance for one in told for balance in one.balances),
            is_cut=any(one.is_cut for one in told),
            unreadable=tuple(problem for one in told for problem in one.unreadable),
        )


_AMOUNTS: Final[dict[type[Any], tuple[str, ...]]] = {
    cls: tuple(field.name for field in attrs.fields(cls) if "Decimal" in str(field.type))
    for cls in (FillUpdate, OrderUpdate, PositionUpdate, BalanceUpdate, AccountUpdate)
}
_AMOUNTS_OF: Final[dict[type[Any], Callable[[Any], tuple[Any, ...]]]] = {
    cls: attrgetter(*names) for cls, names in _AMOUNTS.items()
}


def check_amounts(update: Any) -> None:
    """Raise ``DecodeError`` when an amount of a neutral object is no exact finite number: NaN poisons every sum."""
    kind = type(update)
    amounts = _AMOUNTS_OF.get(kind)
    for value in () if amounts is None else amounts(update):
        if value is not None and not (type(value) is Decimal and value.is_finite()):
            _check_each(update)
            break
    if kind is FillUpdate:
        return
    for inner in getattr(update, "balances", ()):
        check_amounts(inner)
    if (fill := getattr(update, "fill", None)) is not None:
        check_amounts(fill)


def _check_each(update: Any) -> None:
    """Name the amount that is no exact finite number, if it is one after all."""
    for name in _AMOUNTS[type(update)]:
        value = getattr(update, name)
        if value is None or type(value) is int or (isinstance(value, Decimal) and value.is_finite()):
            continue
        field = f"{type(update).__name__}.{name}"
        raise DecodeError(f"{field} is not an exact number: {value!r}", text=repr(value), field=field)
