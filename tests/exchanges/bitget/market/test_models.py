"""From Bitget's book pushes to neutral changes, and what a book makes of them."""

from __future__ import annotations

import zlib
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.bitget.models import BookUpdate
from okx_sync.state.book.book import Book
from okx_sync.state.book.book_change import BookChange
from tests.exchanges.bitget.rows import V2


def update(action: str | None = "snapshot", channel: str = "books", /, **row: Any) -> BookUpdate:
    message: dict[str, Any] = {"arg": {"channel": channel, "instType": "USDT-FUTURES", "instId": "X"}}
    if action is not None:
        message["action"] = action
    return BookUpdate.from_wire(row, message)


def crc(text: str) -> int:
    number = zlib.crc32(text.encode())
    return number - (1 << 32) if number >> 31 else number


def prices(book: Book) -> tuple[list[str], list[str]]:
    return [str(level.price) for level in book.bids], [str(level.price) for level in book.asks]


def test_everything_a_book_needs_is_carried_over() -> None:
    """Numbers as numbers, levels with the exact texts that came in."""
    row = V2["books"]
    change = update("update", **row).to_change()
    assert change == BookChange("update", row["bids"], row["asks"], 1325001, 1325000, 0, 1763733333600)


@pytest.mark.parametrize(
    ("channel", "action", "kind"),
    [
        ("books", "snapshot", "snapshot"),
        ("books", "update", "update"),
        ("books1", "snapshot", "full"),
        ("books5", "snapshot", "full"),
        ("books15", "update", "full"),
        ("books15", None, "full"),
    ],
)
def test_channel_and_action_give_the_kind(channel: str, action: str | None, kind: str) -> None:
    """Short books are whole each time, whatever they say."""
    change = update(action, channel, **V2["books"])
    assert change.to_change().kind == kind
    assert change.is_snapshot is (kind != "update")


@pytest.mark.parametrize("action", ["partial", None])
def test_an_unknown_action_is_not_guessed_at(action: str | None) -> None:
    """Neither a change nor a whole book: whoever applied it could show a wrong book as valid."""
    with pytest.raises(DecodeError, match="action"):
        update(action, **V2["books"]).to_change()


def test_a_side_that_is_no_list_is_refused() -> None:
    """The text of the push is in the error."""
    with pytest.raises(DecodeError, match="side"):
        update(bids="x").to_change()


@pytest.mark.parametrize("channel", ["books", "books1", "books5", "books15"])
@pytest.mark.parametrize("row", [{}, {"bids": []}, {"asks": [], "bids": None}, {"asks": "", "bids": []}])
def test_a_whole_book_without_a_side_is_refused(row: dict[str, Any], channel: str) -> None:
    """A side without orders is an empty list; where there is none, nothing was told of it."""
    told = BookUpdate.from_wire({**row, "seq": 1}, {"action": "snapshot", "arg": {"channel": channel}})
    with pytest.raises(DecodeError, match="list of levels"):
        told.to_change()


def test_prices_are_sorted_as_numbers() -> None:
    """99, 100 and 1000 in any order, in a snapshot and in updates: not as texts, where 99 would be the highest."""
    book = Book()
    rows = [["1000", "1"], ["99", "2"], ["100", "3"]]
    book.apply(update(bids=rows, asks=[["2000", "1"], ["10000", "1"]], seq=5, pseq=0).to_change())
    assert prices(book) == (["1000", "100", "99"], ["2000", "10000"])
    book.apply(update("update", bids=[["999", "1"], ["9", "1"]], asks=[["3000", "4"]], seq=6, pseq=5).to_change())
    assert prices(book) == (["1000", "999", "100", "99", "9"], ["2000", "3000", "10000"])


def test_without_a_checksum_the_numbers_vouch() -> None:
    """No checksum, or 0: pseq must be the number before, and one that is not is a gap."""
    book = Book()
    assert book.apply(update(bids=[["1", "1"]], asks=[], seq=5, pseq=0).to_change()) == "snapshot"
    assert book.apply(update("update", bids=[["1", "2"]], seq=6, pseq=5).to_change()) == "ok"
    assert book.apply(update("update", bids=[["1", "3"]], seq="9", pseq="6", checksum=0).to_change()) == "ok"
    assert book.apply(update("update", bids=[["1", "4"]], seq=12, pseq=11).to_change()) == "gap"
    assert not book.is_synced


def test_before_pseq_the_checksum_vouches() -> None:
    """Frames with a seq and no predecessor, or without any number: the sum of the levels decides."""
    numbers: dict[str, Any]
    for numbers in ({"seq": 5}, {}):
        book = Book()
        first = update(bids=[["10.0", "1"]], asks=[["11", "2.50"]], checksum=crc("10.0:1:11:2.50"), **numbers)
        assert book.apply(first.to_change()) == "snapshot"
        good = update("update", bids=[["9.5", "3"]], checksum=crc("10.0:1:11:2.50:9.5:3"), **numbers)
        assert book.apply(good.to_change()) == "ok"
        bad = update("update", bids=[["9.0", "3"]], checksum=1, **numbers)
        assert book.apply(bad.to_change()) == "checksum"


def test_thin_books() -> None:
    """One level, or one side, or none: the checksum goes on with the side that is left; an empty book is a book."""
    book = Book()
    text = "100:1:101:2:102:3:103:4"
    thin = update(bids=[["100", "1"]], asks=[["101", "2"], ["102", "3"], ["103", "4"]], checksum=crc(text), seq=1)
    assert book.apply(thin.to_change()) == "snapshot"
    one_sided = update(bids=[], asks=[["101", "2"]], checksum=crc("101:2"), seq=2, pseq=0)
    assert book.apply(one_sided.to_change()) == "snapshot"
    assert book.apply(update("update", asks=[["101", "0"]], seq=3, pseq=2).to_change()) == "ok"
    assert prices(book) == ([], [])
    assert book.is_synced


def test_a_level_that_was_never_there_is_deleted_in_peace() -> None:
    """Size 0 for an unknown price changes nothing."""
    book = Book()
    book.apply(update(bids=[["100", "1"]], asks=[], seq=1, pseq=0).to_change())
    assert book.apply(update("update", bids=[["90", "0"]], seq=2, pseq=1).to_change()) == "ok"
    assert prices(book) == (["100"], [])
