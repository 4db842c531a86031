"""The matching book: price-time priority, exact sizes, cheap and truthful rows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.paper.venue.instruments import default_instruments
from okx_sync.paper.venue.matching import MatchingBook, OpeningOrders, RestingOrder
from okx_sync.paper.venue.types import Side, opposite
from tests.examples import examples

BTC = default_instruments()["BTC-USDT"]


def book_with(*orders: tuple[int, Side, int, int]) -> MatchingBook:
    """A book with resting orders (id, side, ticks, lots)."""
    book = MatchingBook(BTC)
    for number, side, px, lots in orders:
        book.add(RestingOrder(number, side, px, lots))
    return book


def test_best_price_first_then_first_come() -> None:
    """A taker meets the best price first, and within a price the order that came first."""
    book = book_with((1, "sell", 101, 5), (2, "sell", 100, 5), (3, "sell", 100, 5), (4, "sell", 102, 5))
    taken = book.take("buy", 101, 12)
    assert [(match.maker.id, match.px, match.lots) for match in taken.matches] == [
        (2, 100, 5),
        (3, 100, 5),
        (1, 101, 2),
    ]
    assert book.resting[1].left == 3


def test_a_book_opens_with_orders_in_their_places() -> None:
    """All orders of an opening wait as if they had come one after another, whatever the order of their prices."""
    levels: list[tuple[Side, int, int]] = [("buy", 99, 5), ("buy", 97, 1), ("buy", 98, 2), ("buy", 99, 3)]
    levels += [("sell", 101, 4), ("sell", 103, 1), ("sell", 101, 2)]
    opened, grown = MatchingBook(BTC), book_with(*((7 + k, *level) for k, level in enumerate(levels)))
    opened.open(OpeningOrders(levels), 7)
    assert opened.version == grown.version
    for side in ("asks", "bids"):
        assert opened.levels(side, 10) == grown.levels(side, 10)
    assert [one.id for one in opened.resting.values()] == [one.id for one in grown.resting.values()]
    first, second = (book.take("sell", 98, 9).matches for book in (opened, grown))
    assert [(one.maker.id, one.px, one.lots) for one in first] == [(one.maker.id, one.px, one.lots) for one in second]


def test_limit_stops_the_taker() -> None:
    """Nothing trades beyond the taker's limit, on either side."""
    book = book_with((1, "sell", 101, 5), (2, "buy", 99, 5))
    assert book.take("buy", 100, 5).matches == []
    assert book.take("sell", 100, 5).matches == []
    assert book.take("sell", None, 9).lots == 5


def test_budget_buys_whole_lots_only() -> None:
    """A taker that spends a sum gets as many whole lots as the sum pays for."""
    book = book_with((1, "sell", 100, 2), (2, "sell", 110, 9))
    taken = book.take("buy", None, 10**9, budget=200 + 335)
    assert [(match.px, match.lots) for match in taken.matches] == [(100, 2), (110, 3)]


def test_rows_are_exchange_text_and_change_with_the_level() -> None:
    """Rows carry price and size without trailing zeros, the dead third slot, and the order count; an untouched
    level keeps its very row.
    """
    book = book_with((1, "buy", 650_000, 12_000_000), (2, "buy", 650_000, 1), (3, "buy", 649_995, 5))
    rows = book.levels("bids", 5)
    assert rows == [["65000", "0.12000001", "0", "2"], ["64999.5", "0.00000005", "0", "1"]]
    book.remove(2)
    changed = book.levels("bids", 5)
    assert changed[0] == ["65000", "0.12", "0", "1"]
    assert changed[1] is rows[1]


def test_every_change_grows_the_version() -> None:
    """Adding, shrinking, removing and trading each move the version; looking does not."""
    book = book_with((1, "buy", 100, 5))
    seen = [book.version]
    book.reduce(1, 2)
    seen.append(book.version)
    book.take("sell", None, 1)
    seen.append(book.version)
    book.remove(1)
    seen.append(book.version)
    book.levels("bids", 3)
    assert book.remove(1) is None
    assert seen == sorted(set(seen))
    assert book.version == seen[-1]


def test_cost_agrees_with_taking() -> None:
    """What a taker is told that it would pay is what it pays."""
    orders: list[tuple[int, Side, int, int]] = [(1, "sell", 100, 4), (2, "sell", 103, 4), (3, "sell", 109, 4)]
    book = book_with(*orders)
    expected = book.cost("buy", 9)
    assert sum(match.px * match.lots for match in book.take("buy", None, 9).matches) == expected


ORDERS = st.lists(
    st.tuples(st.sampled_from(["buy", "sell"]), st.integers(90, 110), st.integers(1, 50), st.booleans()), max_size=60
)


@settings(max_examples=examples(150), deadline=None)
@given(ORDERS)
def test_invariants_hold_for_any_flow(flow: list[tuple[Side, int, int, bool]]) -> None:
    """Whatever comes in: the book is never crossed, levels add up to their orders, and no size is lost."""
    book = MatchingBook(BTC)
    entered = traded = withdrawn = 0
    for number, (side, px, lots, keep) in enumerate(flow):
        entered += lots
        taken = book.take(side, px, lots)
        assert all((match.px - px) * (1 if side == "buy" else -1) <= 0 for match in taken.matches)
        traded += 2 * taken.lots
        if taken.lots < lots:
            book.add(RestingOrder(number, side, px, lots - taken.lots))
            if not keep:
                withdrawn += lots - taken.lots
                book.remove(number)
        bid, ask = book.best_px("buy"), book.best_px("sell")
        assert bid is None or ask is None or bid < ask
    for side in ("buy", "sell"):
        levels = list(book.walk(side))
        prices = [level.px for level in levels]
        assert prices == sorted(prices, reverse=side == "buy")
        assert all(level.total == sum(resting.left for resting in level.queue.values()) for level in levels)
        assert book.best_px(opposite(side)) != (prices[0] if prices else None) or not prices
    assert entered == traded + withdrawn + sum(resting.left for resting in book.resting.values())
