"""The picture of an order book: a ladder with bars, or why there is none at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from okx_sync.errors import BookInvalid
from okx_sync.notebook.markup import Color, Html, bar, card, colored, moment, number, pairs, table, warning

if TYPE_CHECKING:
    from okx_sync.state.book.book import Level
    from okx_sync.state.book.order_book import OrderBook
    from okx_sync.state.book.views import BookSnapshot

__all__ = ["book_picture", "snapshot_picture"]

_DEPTH: Final = 10
_COLUMNS: Final = ("size", "price", "in all")


def book_picture(book: OrderBook) -> str:
    """Draw a live book; while it is not valid, the reason, and no price that might be taken for the market's."""
    try:
        now = book.snapshot(_DEPTH)
    except BookInvalid as problem:
        return card(f"{book.inst_id} {book.channel}", warning(problem.message))
    age = book.age
    return _ladder(now, None if age is None else f"confirmed {age:.1f} s ago")


def snapshot_picture(book: BookSnapshot) -> str:
    """Draw a book as it was."""
    return _ladder(book, None)


def _ladder(book: BookSnapshot, told: str | None) -> str:
    most = max((one.size for one in (*book.bid_levels[:_DEPTH], *book.ask_levels[:_DEPTH])), default=Decimal(0))
    asks = list(_rows(book.ask_levels[:_DEPTH], "down", most))
    spread = book.spread
    middle = Html("") if spread is None else colored(f"{spread:f}", "faint")
    body = [
        *reversed(asks),
        [colored("spread", "faint"), middle, Html("")],
        *_rows(book.bid_levels[:_DEPTH], "up", most),
    ]
    parts = [table(_COLUMNS, body, left=())]
    if not book.valid:
        parts.insert(0, warning("not valid when it was taken: not the exchange's book"))
    for side, levels in (("bids", book.bid_levels), ("asks", book.ask_levels)):
        if not levels:
            parts.append(warning(f"no {side}"))
    about = f", {told}" if told else ""
    facts = [("exchange's time", moment(book.ts), "of the newest change"), ("mid", number(book.mid), "")]
    return card(f"{book.inst_id} {book.channel}{about}", pairs(facts), *parts)


def _rows(levels: Iterable[Level], color: Color, most: Decimal) -> Iterable[list[Html]]:
    total = Decimal(0)
    for level in levels:
        total += level.size
        share = float(level.size / most) if most else 0.0
        yield [bar(share, color, number(level.size)), number(level.price, color), number(total)]
