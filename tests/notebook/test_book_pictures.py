"""Books as a notebook shows them: a ladder, or why there is none."""

from __future__ import annotations

from okx_sync.state.book.book_change import BookChange
from okx_sync.state.book.order_book import OrderBook
from tests.notebook.test_row_pictures import words


def a_book(bids: int = 12, asks: int = 12) -> OrderBook:
    """A book that is fed by hand."""
    book = OrderBook("BTC-<USDT>")
    sides = (
        [[str(1000 - place), str(place + 1)] for place in range(bids)],
        [[str(1002 + place), str(place + 1)] for place in range(asks)],
    )
    book.apply(BookChange(kind="snapshot", bids=sides[0], asks=sides[1], ts=1_597_026_383_085))
    return book


def test_a_ladder() -> None:
    """Ten levels of each side, asks above, the sum of sizes up to each, the spread between them."""
    told = words(a_book()._repr_html_())
    assert "BTC-&lt;USDT&gt; books, confirmed 0." in told
    assert "2020-08-10 02:26:23.085" in told
    assert "1 1002 1 spread 2 1 1000 1 2 999 3" in told
    assert "10 1011 55" in told
    assert "1012" not in told
    assert "mid 1001" in told


def test_no_price_of_a_book_that_is_not_valid() -> None:
    """The reason stands there; nothing that might be taken for the market's."""
    book = a_book()
    book.invalidate("an update was <lost>")
    told = words(book._repr_html_())
    assert "is not valid: an update was &lt;lost&gt;" in told
    assert "1000" not in told
    stale = words(book.snapshot(stale_ok=True)._repr_html_())
    assert "not valid when it was taken" in stale


def test_an_empty_side_is_named() -> None:
    """A book with no asks has no mid and no spread, and they are not 0."""
    told = words(a_book(asks=0)._repr_html_())
    assert "no asks" in told
    assert "mid not known" in told
