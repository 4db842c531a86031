"""From OKX's book pushes to neutral changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.errors import DecodeError
from okx_sync.exchanges.okx.channels import CHANNELS
from okx_sync.exchanges.okx.models import BookUpdate, RpiBookUpdate
from okx_sync.rows import BookLevel
from okx_sync.state.book.book import Book
from okx_sync.state.book.book_change import BookChange

_ROW: dict[str, Any] = {
    "asks": [["8476.98", "415", "0", "13"], ["8477", "7", "0", "2"]],
    "bids": [["8476.97", "256", "0", "12"]],
    "ts": "1597026383085",
    "checksum": -855196043,
    "prevSeqId": -1,
    "seqId": 123456,
}


def _update(action: str | None = "snapshot", **changes: Any) -> BookUpdate:
    message: dict[str, Any] = {"arg": {"channel": "books", "instId": "BTC-USDT"}}
    if action is not None:
        message["action"] = action
    return BookUpdate.from_wire({**_ROW, **changes}, message)


def test_everything_a_book_needs_is_carried_over() -> None:
    """Numbers as numbers, rows with the exact texts that came in."""
    assert _update().to_change() == BookChange(
        "snapshot", _ROW["bids"], _ROW["asks"], 123456, -1, -855196043, 1597026383085
    )


@pytest.mark.parametrize(
    ("action", "kind"), [("snapshot", "snapshot"), ("update", "update"), (None, "full"), ("", "full")]
)
def test_the_action_gives_the_kind(action: str | None, kind: str) -> None:
    """A push without one is the whole (short) book."""
    assert _update(action).to_change().kind == kind


def test_an_unknown_action_is_not_guessed_at() -> None:
    """Neither a change nor a whole book: whoever applied it could show a wrong book as valid."""
    with pytest.raises(DecodeError, match="partial"):
        _update("partial").to_change()


def test_short_books_have_no_predecessor_and_no_checksum() -> None:
    """books5 and bbo-tbt carry one number only."""
    row = {"asks": [], "bids": [["1", "2", "0", "1"]], "ts": "1", "seqId": 7, "instId": "X"}
    change = BookUpdate.from_wire(row, {"arg": {"channel": "books5", "instId": "X"}}).to_change()
    assert (change.kind, change.seq, change.prev_seq, change.checksum) == ("full", 7, None, None)


def test_recordings_of_2022_have_no_numbers() -> None:
    """Both are None then, and the checksum stays."""
    row = {name: value for name, value in _ROW.items() if name not in ("prevSeqId", "seqId")}
    change = BookUpdate.from_wire(row, {"action": "update"}).to_change()
    assert (change.seq, change.prev_seq, change.checksum) == (None, None, -855196043)


@pytest.mark.parametrize("side", [None, ""])
def test_a_side_that_is_absent_did_not_change(side: Any) -> None:
    """Of an update: an empty list, null, empty text, or no key at all."""
    assert _update("update", asks=side).to_change().asks == []
    assert BookUpdate.from_wire({"seqId": 1}, {"action": "update"}).to_change().bids == []


@pytest.mark.parametrize("action", ["snapshot", None])
@pytest.mark.parametrize("row", [{"bids": []}, {"asks": [], "bids": None}, {"asks": "", "bids": []}, {}])
def test_a_whole_book_without_a_side_is_refused(row: dict[str, Any], action: str | None) -> None:
    """A side without orders is an empty list; where there is none, nothing was told of it."""
    with pytest.raises(DecodeError, match="list of levels"):
        BookUpdate.from_wire({**row, "seqId": 1}, {"action": action} if action else {}).to_change()


def test_only_the_book_of_elp_orders_may_be_crossed() -> None:
    """It shows those that cross the book, too."""
    row = {"asks": [], "bids": [], "seqId": 1}
    may = {
        name: info.model.from_wire(row, {"action": "snapshot"}).to_change().may_cross
        for name, info in CHANNELS.items()
        if hasattr(info.model, "to_change") and "book" in name
    }
    assert len(may) > 5
    assert [name for name, is_so in may.items() if is_so] == ["books-elp"]


@pytest.mark.parametrize("side", ["12", 5, {}, ["12"], [["1", "2"], "12"], [None], False, 0])
def test_a_side_that_is_no_list_of_rows_is_refused(side: Any) -> None:
    """Text is not taken apart into digits."""
    with pytest.raises(DecodeError, match="list of levels"):
        _update("update", bids=side).to_change()


@pytest.mark.parametrize("field", ["seqId", "prevSeqId", "checksum"])
def test_a_number_that_is_none_is_refused(field: str) -> None:
    """A book cannot go on without knowing what it follows."""
    with pytest.raises(DecodeError, match=field):
        _update("update", **{field: "soon"}).to_change()


def test_a_time_that_is_none_costs_no_book() -> None:
    """The change counts, its time is not known, and ``unreadable`` says so."""
    change = _update("update", ts="soon").to_change()
    assert (change.ts, change.seq) == (None, _ROW["seqId"])
    assert [problem.field for problem in change.unreadable] == ["BookUpdate.ts"]


def _said(read: Callable[[], object]) -> str:
    try:
        return repr(read())
    except DecodeError as error:
        return error.message.partition(" in the row of ")[0]


@pytest.mark.parametrize(("field", "name"), [("seqId", "seq"), ("prevSeqId", "prev_seq"), ("checksum", "checksum")])
@pytest.mark.parametrize("value", [7, 0, -7, "7", "-7", 7.0, "", None, True, 1.5, [7], {}])
def test_numbers_are_those_of_the_fields(field: str, name: str, value: Any) -> None:
    """However the wire spells them: the same number, or the same words about what cannot be read."""
    expected = _said(lambda: getattr(_update(**{field: value}), field))
    assert _said(lambda: getattr(_update(**{field: value}).to_change(), name)) == expected


def test_what_is_no_field_of_a_book_is_not_its_checksum() -> None:
    """The book with RPI orders has none; should a field of that name come, nobody knows what it sums up."""
    row = {**_ROW, "asks": [["3", "2", "1", "6"]], "bids": [], "checksum": 12345}
    update = RpiBookUpdate.from_wire(row, {"arg": {"channel": "books-rpi", "instId": "X"}, "action": "snapshot"})
    assert update.to_change().checksum is None
    assert Book().apply(update.to_change()) == "snapshot"


def test_an_object_built_by_hand_works_too() -> None:
    """For tests of a user's own: levels as objects."""
    levels = (BookLevel.from_wire(["2", "1", "0", "4"]), BookLevel.from_wire(["3", "1", "0", "1"]))
    update = BookUpdate(asks=levels, action="snapshot", seqId=3)
    book = Book()
    assert book.apply(update.to_change()) == "snapshot"
    assert book.asks.rows(5) == [["2", "1", "0", "4"], ["3", "1", "0", "1"]]
