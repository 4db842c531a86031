"""The common part of the conversions of orders, fills, balances and positions of the three protocols.

Bitget's margin rates are those of the neutral forms already: 1 is liquidation.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, cast

from okx_sync.errors import DecodeError
from okx_sync.rows import Row
from okx_sync.types import OrderStatus, PositionSide, Side

__all__ = [
    "ORDER_STATUSES",
    "coin_of",
    "epoch_ms",
    "fill_side",
    "is_maker",
    "margin_mode",
    "order_amounts",
    "order_basics",
    "order_side",
    "paid_fee",
    "position_basics",
    "step_of",
    "total",
]

_MOST_PLACES: Final = 40
ORDER_STATUSES: Final[dict[str | None, OrderStatus]] = {
    "live": "live",
    "partially_filled": "partially_filled",
    "filled": "filled",
    "canceled": "canceled",
    "cancelled": "canceled",
    # V1's words
    "init": "live",
    "new": "live",
    "partial-fill": "partially_filled",
    "full-fill": "filled",
}
"""Neutral words of an order's state, by those of all protocols."""
_FIRST_MS: Final = 100_000_000_000
"""March 1973 in ms, and the year 5138 in seconds: times below are in seconds."""
_MAKER: Final = ("M", "maker")
_ONE_WAY: Final = ("one_way_mode", "single_hold")
_MARGIN_MODES: Final = {"crossed": "cross", "fixed": "isolated"}


def order_basics(row: Row, inst_id: str | None, order_id: str | None, status: str | None) -> dict[str, Any]:
    """Return what every order says. Raises ``DecodeError`` when it does not say which, or in what state."""
    known = ORDER_STATUSES.get(status)
    if known is None or inst_id is None or order_id is None:
        raise DecodeError(f"an order has no ids, or the unknown status {status!r}", text=repr(row.raw))
    return {"inst_id": inst_id, "order_id": order_id, "status": known, "recovered": row.recovered, "raw": row}


def order_amounts(
    price: Decimal | None, size: Decimal | None, filled: Decimal | None, average: Decimal | None
) -> dict[str, Any]:
    """Return the amounts of an order, without the zeros by which Bitget says "none".

    A market order's price, or an average before the first fill.
    """
    filled = filled or Decimal(0)
    return {
        "price": price or None,
        "size": size,
        "filled": filled,
        "average_price": (average or None) if filled else None,
    }


def epoch_ms(value: int | None) -> int | None:
    """Return a time in ms; some of Bitget's pages show seconds where others, and the wire, have ms."""
    return value * 1000 if value is not None and 0 < value < _FIRST_MS else value


def is_maker(scope: str | None) -> bool | None:
    """Tell whether a fill added liquidity; None when it does not say."""
    return None if scope is None else scope in _MAKER


def order_side(told: str | None, position: str | None, trade: str | None) -> Side | None:
    """Return the side of an order.

    In hedge mode Bitget may send that of the position, so that an order which closes a long position says "buy";
    position and trade side together leave no doubt.
    """
    if position in ("long", "short") and trade:
        opens = "close" not in trade
        if opens and "open" not in trade:
            return cast("Side | None", told)
        return "buy" if (position == "long") == opens else "sell"
    return cast("Side | None", told)


def fill_side(told: str | None, trade: str | None, mode: str | None) -> Side | None:
    """Return the side of an order by a fill of it that REST lists, which does not name the position.

    As of orders, ``told`` is the side of the position in hedge mode; but a liquidation names the position in ``trade``.
    """
    trade = trade or ""
    named = next((position for position in ("long", "short") if trade.endswith(f"close_{position}")), None)
    if named is not None:
        return "sell" if named == "long" else "buy"
    if trade == "close" and mode not in _ONE_WAY and told in ("buy", "sell"):
        return "sell" if told == "buy" else "buy"
    return cast("Side | None", told)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """Add up what is known; None of nothing."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def paid_fee(parts: Iterable[Any]) -> tuple[Decimal | None, str | None]:
    """Return fee and currency of V3's ``feeDetail`` in the neutral sign, below 0 when paid; V3's is above 0 then.

    Of several currencies None, as they are not one amount.
    """
    parts = tuple(parts)
    coins = {part.feeCoin for part in parts}
    if len(coins) != 1:
        return None, None
    paid = total(part.fee for part in parts)
    return None if paid is None else -paid, coins.pop()


def position_basics(
    row: Row, inst_id: str | None, held: str | None, size: Decimal | None, mode: str | None
) -> dict[str, Any]:
    """Return what every position says. Raises ``DecodeError`` when it does not say of what, which way, or how much."""
    if inst_id is None or size is None or held not in ("long", "short"):
        raise DecodeError(f"a position has no instrument or size, or the unknown side {held!r}", text=repr(row.raw))
    side: PositionSide = "net" if mode in _ONE_WAY else held  # type: ignore[assignment]  # checked above
    amount = -size if held == "short" else size
    return {"inst_id": inst_id, "side": side, "size": amount, "recovered": row.recovered, "raw": row}


def step_of(places: int | None) -> Decimal | None:
    """Return the step that a number of decimal places is; None for what can be no such number."""
    return Decimal(1).scaleb(-places) if places is not None and 0 <= places <= _MOST_PLACES else None


def margin_mode(word: str | None) -> str | None:
    """Return the neutral word; one that is not known passes as it is."""
    return None if word is None else _MARGIN_MODES.get(word, word)


def coin_of(row: Row, coin: str | None) -> str:
    """Return the coin of a balance. Raises ``DecodeError`` when it does not say which."""
    if coin is None:
        raise DecodeError("a balance has no marginCoin", text=repr(row.raw))
    return coin
