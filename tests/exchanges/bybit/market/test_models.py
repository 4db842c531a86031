"""Bybit's books in local state: restarts, snapshots at any time, levels that never were."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bybit.models import BookUpdate, SeedBookUpdate, UnlinkedBookUpdate
from okx_sync.state.book.book import Book
from tests.exchanges.bybit.frames import SEED, objects


def v5(kind: str | None, u: int | None, bids: Any = (), asks: Any = (), depth: int = 50, **more: Any) -> BookUpdate:
    """One push of a V5 book."""
    row = {"s": "X", "b": list(bids), "a": list(asks), "u": u, "seq": 1}
    return BookUpdate.from_wire(row, {"topic": f"orderbook.{depth}.X", "type": kind, "ts": 5, **more})


def seed(kind: str, **parts: Any) -> SeedBookUpdate:
    """One push of a book of the seed protocol."""
    around = {"topic": "orderBookL2_25.X", "type": kind, "crossSeq": "7", "timestampE6": "5000"}
    return SeedBookUpdate.from_wire(parts, around)


def level(price: str | None, side: str, size: Any = None, **more: Any) -> dict[str, Any]:
    """One level of the seed protocol."""
    row = {"price": price, "symbol": "X", "side": side, **more}
    return {name: value for name, value in (row | {"size": size}).items() if value is not None}


def sides(book: Book) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Both sides, best first, as text."""
    bids, asks = ([(f"{one.price:f}", f"{one.size:f}") for one in side] for side in (book.bids, book.asks))
    return bids, asks


def test_snapshot_and_changes() -> None:
    """Set, delete, and delete what never was; prices are sorted as numbers; levels keep their texts."""
    book = Book()
    snapshot = v5("snapshot", 7, [["99", "1"], ["100", "2"]], [["1000", "3"], ["101.50", "4"]])
    assert book.apply(snapshot.to_change()) == "snapshot"
    assert sides(book) == ([("100", "2"), ("99", "1")], [("101.50", "4"), ("1000", "3")])
    change = v5("delta", 8, [["100", "0"], ["42", "0"], ["99.5", "6"]], [["101.50", "4.50"]], cts=4)
    assert book.apply(change.to_change()) == "ok"
    assert sides(book) == ([("99.5", "6"), ("99", "1")], [("101.50", "4.50"), ("1000", "3")])
    assert (book.seq, book.ts) == (8, 4)


def test_a_missing_change() -> None:
    """A hole in ``u`` is a gap; the next snapshot, which may come at any time, heals it."""
    book = Book()
    book.apply(v5("snapshot", 7, [["99", "1"]]).to_change())
    assert book.apply(v5("delta", 9, [["99", "2"]]).to_change()) == "gap"
    assert book.apply(v5("snapshot", 20, [["98", "1"]]).to_change()) == "snapshot"
    assert sides(book) == ([("98", "1")], [])


def test_a_missing_change_where_holes_do_not_count() -> None:
    """``book_gaps=False``: changes are taken as they come."""
    book = Book()
    book.apply(v5("snapshot", 7, [["99", "1"]]).to_change())
    loose = UnlinkedBookUpdate.from_wire({"b": [["99", "2"]], "u": 12}, {"topic": "orderbook.50.X", "type": "delta"})
    assert book.apply(loose.to_change()) == "ok"
    assert sides(book) == ([("99", "2")], [])


@pytest.mark.parametrize("kind", ["snapshot", "delta"])
def test_number_1_starts_the_book_anew(kind: str) -> None:
    """After a restart of the service nothing of the old book is left, whatever the push calls itself."""
    book = Book()
    book.apply(v5("snapshot", 7, [["99", "1"]], [["101", "1"]]).to_change())
    assert book.apply(v5(kind, 1, [["90", "5"]]).to_change()) == "snapshot"
    assert sides(book) == ([("90", "5")], [])
    assert book.apply(v5("delta", 2, [["91", "5"]]).to_change()) == "ok"


def test_level_1() -> None:
    """Whole each time, repeated with the same number, never a gap."""
    book = Book()
    for u in (7, 7, 12, 11):
        assert book.apply(v5("snapshot", u, [[str(u), "1"]], depth=1).to_change()) == "snapshot"
        assert sides(book) == ([(str(u), "1")], [])
    assert book.apply(v5("delta", 50, [["11", "0"]], depth=1).to_change()) == "ok"
    assert sides(book) == ([], [])


@pytest.mark.parametrize(
    "update",
    [
        v5("party", 7),
        v5("delta", None),
        BookUpdate.from_wire({"b": {"1": "2"}, "u": 2}, {"topic": "orderbook.50.X", "type": "delta"}),
        BookUpdate.from_wire({"b": [5], "u": 2}, {"topic": "orderbook.50.X", "type": "delta"}),
        BookUpdate.from_wire({"a": [], "u": 2}, {"topic": "orderbook.50.X", "type": "snapshot"}),
        BookUpdate.from_wire({"b": [], "a": None, "u": 2}, {"topic": "orderbook.50.X", "type": "snapshot"}),
        BookUpdate.from_wire({"b": [], "u": 1}, {"topic": "orderbook.50.X", "type": "delta"}),
        BookUpdate.from_wire({"u": 9}, {"topic": "orderbook.1.X", "type": "snapshot"}),
        seed("party"),
        SeedBookUpdate.from_wire({}, {"type": "snapshot"}),
        SeedBookUpdate.from_wire({"orderBook": None}, {"type": "snapshot"}),
        SeedBookUpdate.from_wire({"orderBook": ""}, {"type": "snapshot"}),
        seed("snapshot", orderBook=[level("1", "Buy")]),
        seed("snapshot", orderBook=[level("1", "Up", 2)]),
        seed("delta", delete=[level(None, "Buy")]),
        seed("delta", delete=[level(None, "Buy", id="x1")]),
    ],
)
def test_unreadable_books(update: BookUpdate | SeedBookUpdate) -> None:
    """Nobody can say what to do with these: the book must not go on as if nothing had happened."""
    with pytest.raises(DecodeError):
        update.to_change()


def test_seed_snapshot_and_changes() -> None:
    """Delete, update, insert; sizes are numbers and keep their digits; no gap where nothing is numbered."""
    book = Book()
    (snapshot,) = objects(SEED["orderBookL2_25.BTCPERP"], "seed")
    assert book.apply(snapshot.to_change()) == "snapshot"
    assert sides(book) == ([("56347.50", "4.512")], [("56805.50", "1")])
    (delta,) = objects(SEED["orderBook_200.100ms.BTCPERP"], "seed")
    assert book.apply(delta.to_change()) == "ok"
    assert sides(book) == ([("56347.50", "2.429")], [("56810.00", "0.485")])
    assert book.ts == 1638426051822


def test_seed_levels_are_named_by_id() -> None:
    """A delete row may lack its price, a level may change sides, and a level that we never had is no news."""
    book = Book()
    book.apply(seed("snapshot", orderBook=[level("100.5", "Buy", 1), level("101", "Sell", 2)]).to_change())
    book.apply(seed("delta", delete=[level(None, "Buy", id="1005000"), level("99", "Sell", id="990000")]).to_change())
    assert sides(book) == ([], [("101", "2")])
    book.apply(seed("delta", update=[level("101", "Buy", 3, id="1010000")]).to_change())
    assert sides(book) == ([("101", "3")], [])
    book.apply(seed("delta", delete=[level("101", "Buy")], insert=[level("101", "Sell", "0.5")]).to_change())
    assert sides(book) == ([], [("101", "0.5")])


_PRICES = st.integers(1, 12)


@given(st.lists(st.tuples(st.sampled_from(["delete", "update", "insert"]), _PRICES, st.sampled_from(["Buy", "Sell"]),
                          st.integers(1, 9)), max_size=30))  # fmt: skip
def test_a_seed_book_is_what_its_ids_say(steps: list[tuple[str, int, str, int]]) -> None:
    """Any row of changes leaves what a table of levels by id would hold."""
    book, table = Book(), dict[int, tuple[str, int]]()
    book.apply(seed("snapshot", orderBook=[]).to_change())
    for kind, price, side, size in steps:
        row = level(str(price), side, None if kind == "delete" else size, id=str(price * 10000))
        change = seed("delta", **{kind: [row]}).to_change()
        book.apply(evolve(change, may_cross=True))  # levels by chance: what is left of them is what counts here
        if kind == "delete":
            table.pop(price, None)
        else:
            table[price] = (side, size)
    for side, levels in (("Buy", book.bids), ("Sell", book.asks)):
        wanted = {Decimal(price): Decimal(size) for price, (own, size) in table.items() if own == side}
        assert {one.price: one.size for one in levels} == wanted
