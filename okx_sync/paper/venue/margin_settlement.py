"""Turns matches of spot margin into money: what is borrowed, held, given back and left over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from okx_sync.paper.venue.margin_positions import MarginPosition
from okx_sync.paper.venue.number_text import ZERO, rounded
from okx_sync.paper.venue.prices import Prices
from okx_sync.paper.venue.records import VenueAccount, VenueBill, VenueFill, VenueOrder

#: `type` and `subType` of the bills of trades, and of those that liquidate, by side.
_TRADED = {"buy": ("2", "1"), "sell": ("2", "2")}
_LIQUIDATED = {"buy": ("5", "106"), "sell": ("5", "107")}


class Books(Protocol):
    """The part of the settlement that this is a part of."""

    prices: Prices

    def next_bill(self) -> int:
        """Return a fresh bill id."""

    def move(
        self, account: VenueAccount, ccy: str, amount: Decimal, ts: int, *, fee: Decimal = ZERO, **bill: object
    ) -> VenueBill:
        """Credit ``amount`` and write the bill."""


def position_for(books: Books, order: VenueOrder, ts: int) -> MarginPosition:
    """Return the position an order acts on; made on first use."""
    found = order.account.margins.get(order.position_key)
    if found is None:
        lever = order.account.lever(order.instrument.instId, order.tdMode)
        found = MarginPosition(order.instrument, order.tdMode, order.ccy, str(books.next_bill()), lever, cTime=ts)
        order.account.margins[order.position_key] = found
    return found


def trade(books: Books, order: VenueOrder, lots: int, px: Decimal, rate: Decimal, fill: VenueFill) -> None:
    """Book one execution: what closes gives back what is owed, what opens borrows.

    ``rate``: of the fee, which is taken out of what is received.
    """
    position = position_for(books, order, fill.ts)
    position.tradeId, position.uTime = fill.tradeId, fill.ts
    closing, coins = fill.closed, order.instrument.coins
    kind, sub = (_LIQUIDATED if order.category == "full_liquidation" else _TRADED)[order.side]
    moves: dict[str, Decimal] = {}
    if closing:
        _close(books, order, position, coins(closing), px, rate, moves)
    if lots > closing:
        _open(order, position, coins(lots - closing), px, rate, moves)
    for ccy in moves or {order.ccy: ZERO}:
        books.move(order.account, ccy, moves.get(ccy, ZERO), fill.ts, type=kind, subType=sub, fill=fill)


def pnl_of(position: MarginPosition | None, order: VenueOrder, closing: int, px: Decimal) -> Decimal:
    """Return the profit, in quote currency, of closing so many lots."""
    if position is None or not closing:
        return ZERO
    coins = min(order.instrument.coins(closing), position.coins)
    return (px - position.avg) * coins * (1 if position.is_long else -1)


def _add(moves: dict[str, Decimal], ccy: str, amount: Decimal) -> None:
    if amount:
        moves[ccy] = moves.get(ccy, ZERO) + amount


def _open(
    order: VenueOrder,
    position: MarginPosition,
    coins: Decimal,
    px: Decimal,
    rate: Decimal,
    moves: dict[str, Decimal],
) -> None:
    """Borrow what is paid, and hold what is received, with the margin where that is isolated."""
    if not position.is_open:
        _begin(position, order)
    value = coins * px
    position.avg = rounded((position.avg * position.coins + value) / (position.coins + coins))
    position.coins += coins
    position.most = max(position.most, position.coins)
    received, owed = (coins, value) if position.is_long else (value, coins)
    position.liab += owed
    position.pos += received * (1 - rate)
    position.fee -= value * rate
    if position.mgnMode == "isolated":
        margin = rounded(received / position.lever)
        position.margin += margin
        position.pos += margin
        _add(moves, position.ccy, -margin)


def _close(
    books: Books,
    order: VenueOrder,
    position: MarginPosition,
    coins: Decimal,
    px: Decimal,
    rate: Decimal,
    moves: dict[str, Decimal],
) -> None:
    """Give back what is owed from what is received; what is more than that is the account's."""
    value = coins * px
    given, received = (coins, value) if position.is_long else (value, coins)
    received *= 1 - rate
    repaid = min(received, position.liab)
    _add(moves, position.liabCcy, received - repaid)
    position.pnl += pnl_of(position, order, order.instrument.lots(coins), px)
    position.fee -= value * rate
    position.closed += min(coins, position.coins)
    position.closed_value += min(coins, position.coins) * px
    position.coins = max(ZERO, position.coins - coins)
    position.pos -= given
    position.liab -= repaid
    liquidated = order.category == "full_liquidation"
    position.ending = "4" if liquidated else "1"
    if position.pos < ZERO:
        _make_up(books, position, moves)
    is_sold = position.is_long and not order.instrument.lots(position.pos)
    if not position.liab or is_sold:
        _finish(books, order.account, position, moves, liquidated=liquidated)


def _make_up(books: Books, position: MarginPosition, moves: dict[str, Decimal]) -> None:
    """Let the account pay what was given beyond what a position held; nobody has to for an isolated one."""
    if position.mgnMode == "cross":
        _add(moves, position.ccy, position.worth(position.posCcy, position.pos, books.prices.mark(position.instrument)))
    position.pos = ZERO


def _begin(position: MarginPosition, order: VenueOrder) -> None:
    position.is_long, position.ccy = order.side == "buy", order.ccy
    position.lever = order.account.lever(order.instrument.instId, order.tdMode)
    position.pos = position.liab = position.coins = position.avg = position.margin = ZERO
    position.pnl = position.fee = position.most = position.closed = position.closed_value = ZERO
    position.ending, position.trigger_px = "", None
    position.cTime = position.uTime


def _finish(
    books: Books, account: VenueAccount, position: MarginPosition, moves: dict[str, Decimal], *, liquidated: bool
) -> None:
    """End a position: what is left of it is the account's, and so is what is owed beyond it, unless it was isolated."""
    if position.pos > ZERO:
        _add(moves, position.posCcy, position.pos)
    if position.mgnMode == "cross":
        _add(moves, position.ccy, -position.owed(books.prices.mark(position.instrument)))
    position.ending = "3" if liquidated else "2"
    account.past_margins.append(replace(position))
    position.pos = position.liab = position.coins = position.margin = ZERO


def adjust(books: Books, account: VenueAccount, position: MarginPosition, amount: Decimal, ts: int) -> None:
    """Add to the margin of an isolated position by hand, or (negative) take some back, and write the bill."""
    sub = "160" if amount >= ZERO else "161"
    position.margin += amount
    books.move(account, position.ccy, -amount, ts, type="6", subType=sub, position=position, margin=position.margin)
    position.pos += amount
    position.uTime = ts
