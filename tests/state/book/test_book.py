"""The pure book: sequence rules, exact texts, checksums, and a model test against a reference."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okx_sync.errors import DecodeError
from okx_sync.state.book.book import Book, Level, Side, checksum_of
from okx_sync.state.book.book_change import BookChange
from tests.examples import examples

D = Decimal
Rows = list[list[Any]]


def snapshot(bids: Rows, asks: Rows, seq: int | None = 10, **more: Any) -> BookChange:
    """A whole book."""
    return BookChange("snapshot", bids, asks, seq, -1, **more)


def update(
    prev: int | None, seq: int | None, bids: Sequence[Any] = (), asks: Sequence[Any] = (), **more: Any
) -> BookChange:
    """A change that follows ``prev``."""
    return BookChange("update", bids, asks, seq, prev, **more)


def synced() -> Book:
    """Two levels a side, at number 10."""
    book = Book()
    book.apply(snapshot([["99", "1"], ["98", "2"]], [["101", "3"], ["102", "4"]]))
    return book


def naive_checksum(bids: Rows, asks: Rows) -> int:
    """The checksum written down from the exchange's description, level by level; rows are best first."""
    text = ""
    for index in range(25):
        for side in (bids, asks):
            if index < len(side):
                text += f"{side[index][0]}:{side[index][1]}:"
    value = zlib.crc32(text.rstrip(":").encode("ascii"))
    return value if value < 2**31 else value - 2**32


def test_a_fresh_book_is_not_synced() -> None:
    """Before a snapshot, changes are left aside and nothing is claimed."""
    book = Book()
    assert not book.is_synced
    assert book.apply(update(1, 2, [["1", "1"]])) == "waiting"
    assert list(book.bids) == []
    assert "no snapshot" in book.problem


def test_levels_are_sorted_by_number_and_keep_order_counts() -> None:
    """9 is below 10 although its text is above; the last of three and more columns counts the orders."""
    book = Book()
    book.apply(snapshot([["9", "1", "0", "7"], ["10", "2", "0", "3"], ["9.5", "1"]], [["100", "1", "4"], ["20", "1"]]))
    assert list(book.bids) == [Level(D(10), D(2), 3), Level(D("9.5"), D(1)), Level(D(9), D(1), 7)]
    assert list(book.asks) == [Level(D(20), D(1)), Level(D(100), D(1), 4)]


def test_a_change_sets_and_deletes() -> None:
    """Size 0, however spelled, deletes; other sizes replace or add; deleting what is not there does nothing."""
    book = synced()
    assert book.apply(update(10, 15, [["99", "0"], ["97", "5"], ["50", "0"]], [["101", "0.00"], ["102", "9"]])) == "ok"
    assert list(book.bids) == [Level(D(98), D(2)), Level(D(97), D(5))]
    assert list(book.asks) == [Level(D(102), D(9))]
    assert book.seq == 15


@pytest.mark.parametrize(
    ("bid", "ask"),
    [("101", "102"), ("101.00", "102"), ("150", "102"), ("99", "99"), ("99", "98.5"), ("99", "-1"), ("99", "0")],
)
def test_a_crossed_book_is_not_synced(bid: str, ask: str) -> None:
    """Somebody bids what somebody asks, by a change or by a whole book: applied, said, and not taken for the book."""
    book = synced()
    row = [[bid, "1"]], [[ask, "1"]]
    assert book.apply(update(10, 11, *row)) == "crossed"
    assert not book.is_synced
    assert "crossed" in book.problem
    assert book.apply(update(11, 12)) == "waiting"
    if D(bid) >= D(ask):
        assert book.apply(snapshot(*row)) == "crossed"
        assert not book.is_synced
    assert book.apply(snapshot([["99", "1"]], [["101", "1"]])) == "snapshot"
    assert book.is_synced


@pytest.mark.parametrize(
    ("bid", "ask"),
    [
        ("100000000000000000.1", "100000000000000000.2"),
        ("100.9", "101"),
        ("-3", "-2"),
    ],
    ids=["closer than floats can tell", "close", "negative"],
)
def test_a_close_book_is_not_crossed(bid: str, ask: str) -> None:
    """Prices are compared exactly; an empty side crosses nothing."""
    book = Book()
    assert book.apply(snapshot([[bid, "1"]], [[ask, "1"]])) == "snapshot"
    assert book.apply(update(10, 11, [[bid, "0"]])) == "ok"
    assert book.apply(update(11, 12, [[bid, "1"]], [[ask, "0"]])) == "ok"
    assert book.is_synced


def test_a_book_that_may_be_crossed() -> None:
    """Where crossing orders are part of the book, it is no sign of a fault."""
    book = Book()
    assert book.apply(snapshot([["99", "1"]], [["98", "1"]], may_cross=True)) == "snapshot"
    assert book.is_synced


def test_one_price_in_two_spellings_is_one_level() -> None:
    """Levels are found by number; the text is that of the newest row."""
    book = synced()
    book.apply(update(10, 11, [["99.00", "5"]]))
    assert book.bids.rows(9) == [["99.00", "5"], ["98", "2"]]
    book.apply(update(11, 12, [["9.9e1", "0"]]))
    assert book.bids.rows(9) == [["98", "2"]]


@pytest.mark.parametrize(
    ("change", "outcome", "seq"),
    [
        (update(10, 11, [["97", "1"]]), "ok", 11),
        (update(10, 5000, [["97", "1"]]), "ok", 5000),
        (update(10, 10), "same", 10),
        (update(10, 10, [["97", "1"]]), "ok", 10),
        (update(10, 3, [["97", "1"]]), "reset", 3),
        (update(10, 0), "reset", 0),
    ],
    ids=["next", "numbers have holes", "keep-alive", "same number", "maintenance", "down to zero"],
)
def test_what_follows_is_applied(change: BookChange, outcome: str, seq: int) -> None:
    """All that counts is that the predecessor is ours; the new number may be anything."""
    book = synced()
    assert book.apply(change) == outcome
    assert book.is_synced
    assert book.seq == seq
    assert book.apply(update(seq, seq + 1)) in ("ok", "same")


@pytest.mark.parametrize(
    "change",
    [update(11, 12), update(9, 11), update(-1, 11), update(None, 11), update(12, 3), update(None, None)],
    ids=["ahead", "behind", "-1", "unnumbered", "reset elsewhere", "nothing to go by"],
)
def test_anything_else_is_a_gap(change: BookChange) -> None:
    """Not applied; the book waits for a snapshot, whatever else comes, and then goes on."""
    book = synced()
    assert (book.apply(change), book.is_synced) == ("gap", False)
    assert str(change.prev_seq) in book.problem or "neither" in book.problem
    assert book.apply(update(10, 11, [["97", "1"]])) == "waiting"
    assert book.apply(update(change.seq, 13)) == "waiting"
    assert [level.price for level in book.bids] == [99, 98]
    assert (book.apply(snapshot([["50", "1"]], [], 3)), book.is_synced) == ("snapshot", True)
    assert (list(book.bids), list(book.asks)) == ([Level(D(50), D(1))], [])


@pytest.mark.parametrize(
    ("prev", "seq", "outcome"),
    [(10, 12, "ok"), (8, 12, "ok"), (8, 10, "ok"), (8, 9, "gap"), (11, 12, "gap"), (0, 12, "gap"), (None, 12, "gap")],
)
def test_the_first_change_may_begin_before_the_whole_book(prev: int | None, seq: int, outcome: str) -> None:
    """Where the exchange has it so: it must reach the book's number, and only the first may; elsewhere none may."""
    book = synced()
    assert book.apply(update(prev, seq, [["97", "1"]], may_overlap=True)) == outcome
    assert synced().apply(update(prev, seq, [["97", "1"]])) == ("ok" if prev == 10 else "gap")
    if outcome == "ok":
        assert book.apply(update(seq - 1, seq + 1, [["97", "2"]], may_overlap=True)) == "gap"


def test_a_snapshot_may_come_at_any_time() -> None:
    """It replaces both sides, with whatever number, and nothing of the old book stays."""
    book = synced()
    assert book.apply(snapshot([["1", "1"]], [["2", "1"]], 4)) == "snapshot"
    assert (book.bids.rows(9), book.asks.rows(9), book.seq) == ([["1", "1"]], [["2", "1"]], 4)


def test_every_full_push_replaces_the_book() -> None:
    """Channels that send the whole short book each time need no predecessor."""
    book = Book()
    for seq in (7, 9, 9, 2, None):
        assert book.apply(BookChange("full", [["99", "1"]], [[str(100 + (seq or 0)), "1"]], seq)) == "snapshot"
        assert len(book.asks) == 1
        assert book.is_synced


def test_checksum_zero_or_none_says_nothing() -> None:
    """The retired field must not cost a resync."""
    book = synced()
    assert book.apply(update(10, 11, [["97", "1"]], checksum=0)) == "ok"
    assert book.apply(update(11, 12, [["97", "2"]], checksum=None)) == "ok"


def test_changes_of_which_nothing_tells_what_they_follow() -> None:
    """They are taken as they come, once there is a snapshot; on other streams the same change is a gap."""
    book = Book()
    assert book.apply(update(None, 5, [["99", "5"]], is_linked=False)) == "waiting"
    book.apply(snapshot([["99", "1"]], [], seq=None))
    assert book.apply(update(None, 5, [["99", "5"]], is_linked=False)) == "ok"
    assert book.apply(update(None, 9, [["98", "5"]], is_linked=False)) == "ok"
    assert [level.price for level in book.bids] == [99, 98]
    assert book.apply(update(None, 12, [["97", "5"]])) == "gap"


def test_a_wrong_checksum_ends_validity() -> None:
    """A non-zero one is checked against the result, on snapshots too."""
    book = synced()
    right = naive_checksum([["99", "1"], ["98", "2"]], [["101", "7"], ["102", "4"]])
    assert book.apply(update(10, 11, asks=[["101", "7"]], checksum=right)) == "ok"
    assert book.apply(update(11, 12, asks=[["101", "8"]], checksum=right)) == "checksum"
    assert not book.is_synced
    assert str(right) in book.problem
    assert book.apply(snapshot([["1", "1"]], [], checksum=5)) == "checksum"
    assert book.apply(snapshot([["1", "1"]], [], checksum=naive_checksum([["1", "1"]], []))) == "snapshot"


def test_streams_without_numbers_live_by_their_checksum() -> None:
    """As recorded in 2022: no ids, a real checksum on each frame; a lost frame is noticed by the next one."""
    book = Book()
    bids, asks = [["99", "1"]], [["101", "1"]]
    assert book.apply(BookChange("snapshot", bids, asks, checksum=naive_checksum(bids, asks))) == "snapshot"
    bids = [["99", "2"]]
    assert book.apply(update(None, None, bids, checksum=naive_checksum(bids, asks))) == "ok"
    unseen, asks = [["98", "1"]], [["101", "3"]]
    assert book.apply(update(None, None, (), asks, checksum=naive_checksum(bids + unseen, asks))) == "checksum"


@pytest.mark.parametrize(
    "row",
    [["x", "1"], ["1", "x"], ["1", ""], ["1"], [], [1.5, "1"], ["1", 1], ["NaN", "1"], ["1", "NaN"],
     ["1", "Infinity"], ["Infinity", "1"], ["1", "-1"], [None, None]],
)  # fmt: skip
def test_a_row_that_cannot_be_read_ends_validity(row: list[Any]) -> None:
    """A change of the book is missing then, so it cannot be called the exchange's book any more."""
    book = synced()
    with pytest.raises(DecodeError, match="level of a book"):
        book.apply(update(10, 11, [["97", "1"], row]))
    assert not book.is_synced
    assert book.apply(update(11, 12)) == "waiting"


def test_an_odd_order_count_does_not_cost_the_book() -> None:
    """The count is a comfort: where it makes no sense it is None."""
    book = Book()
    book.apply(snapshot([["1", "1", "0", "many"]], []))
    assert list(book.bids) == [Level(D(1), D(1), None)]


def test_exact_texts_make_the_checksum() -> None:
    """Trailing zeros and tiny numbers count as they were sent, in this known vector too."""
    bids, asks = [["3366.1", "7"], ["3366", "6"]], [["3366.8", "9"], ["3368", "8.10"]]
    book = Book()
    book.apply(snapshot(bids[::-1], asks))
    assert checksum_of(book.bids, book.asks) == zlib_signed("3366.1:7:3366.8:9:3366:6:3368:8.10")
    assert checksum_of(book.bids, book.asks) == naive_checksum(bids, asks)


def zlib_signed(text: str) -> int:
    """CRC-32 of a text as a signed number."""
    return int.from_bytes(zlib.crc32(text.encode()).to_bytes(4, "big"), "big", signed=True)


_sizes = st.sampled_from(["0.1", "1", "1.0", "25", "0.00000001"])


def _levels(most: int) -> st.SearchStrategy[dict[int, str]]:
    return st.dictionaries(st.integers(1, 60), _sizes, max_size=most)


@given(_levels(40), _levels(40))
def test_checksums_agree_with_the_naive_function(bids: dict[int, str], asks: dict[int, str]) -> None:
    """For sides of any length: none, shorter and longer than 25, uneven."""
    rows = [[f"{price}.50", size] for price, size in bids.items()], [[str(p), s] for p, s in asks.items()]
    book = Book()
    book.apply(snapshot(*rows))
    best = sorted(rows[0], key=lambda r: D(r[0]), reverse=True), sorted(rows[1], key=lambda r: D(r[0]))
    assert checksum_of(book.bids, book.asks) == naive_checksum(*best)


# -- the model: an exchange that keeps the true book, and a wire that may lose frames ----------------------------


class Exchange:
    """The true book and its numbers. ``numbered`` like today's streams, or living by checksums like those of 2022."""

    def __init__(self, *, numbered: bool, sums: bool) -> None:
        self.sides: tuple[dict[Decimal, list[str]], dict[Decimal, list[str]]] = ({}, {})
        self.numbered = numbered
        self.sums = sums or not numbered
        self.seq = 1000
        self.used = {1000}

    def best_first(self) -> tuple[Rows, Rows]:
        bids, asks = self.sides
        return [bids[price] for price in sorted(bids, reverse=True)], [asks[price] for price in sorted(asks)]

    @property
    def is_crossed(self) -> bool:
        bids, asks = self.sides
        return bool(bids and asks) and max(bids) >= min(asks)

    def step(self, rows: Sequence[tuple[int, str, str]], jump: int) -> BookChange:
        """Change the book; the next number is ``jump`` further on (or back), and one never used before."""
        changes: tuple[Rows, Rows] = [], []
        for side, price, size in rows:
            row = [price, size]
            changes[side].append(row)
            if D(size):
                self.sides[side][D(price)] = row
            else:
                self.sides[side].pop(D(price), None)
        before, self.seq = self.seq, max(0, self.seq + jump)
        while self.seq in self.used:
            self.seq += 1
        self.used.add(self.seq)
        return self._say("update", *changes, before)

    def keep_alive(self) -> BookChange:
        return self._say("update", [], [], self.seq)

    def snapshot(self) -> BookChange:
        return self._say("snapshot", *self.best_first(), -1)

    def _say(self, kind: Any, bids: Rows, asks: Rows, before: int) -> BookChange:
        checksum = naive_checksum(*self.best_first()) if self.sums else 0
        if not self.numbered:
            return BookChange(kind, bids, asks, checksum=checksum)
        return BookChange(kind, bids, asks, self.seq, before, checksum)


_prices = st.sampled_from(["1", "1.0", "9", "10", "-3"])
_rows = st.lists(st.tuples(st.integers(0, 1), _prices, st.sampled_from(["0", "1", "2.50"])), max_size=5)
_steps: st.SearchStrategy[tuple[str, list[tuple[int, str, str]], int]] = st.one_of(
    st.tuples(st.sampled_from(["change", "lost", "twice"]), _rows, st.integers(1, 50)),
    st.tuples(st.sampled_from(["change", "lost"]), _rows, st.integers(-900, -1)),
    st.tuples(
        st.sampled_from(["snapshot", "snapshot lost", "keep-alive", "wrong checksum"]),
        st.builds(list[tuple[int, str, str]]),
        st.just(1),
    ),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(_steps, min_size=1, max_size=40), st.sampled_from([(True, False), (True, True), (False, True)]))
def test_any_interleaving_leaves_the_true_book_or_an_invalid_one(
    steps: list[tuple[str, list[tuple[int, str, str]], int]], kind: tuple[bool, bool]
) -> None:
    """Snapshots, changes, resets, keep-alives, losses, repeats, wrong checksums and crossed sides in any order."""
    numbered, sums = kind
    exchange, book = Exchange(numbered=numbered, sums=sums), Book()
    book.apply(exchange.snapshot())
    missed = False
    for what, rows, jump in steps:
        frames = _frames(exchange, what, rows, jump)
        for frame in frames:
            book.apply(frame)
        missed = (missed or what == "lost") and what != "snapshot"
        if what == "wrong checksum":
            assert not book.is_synced
        if what == "snapshot":
            assert book.is_synced != exchange.is_crossed
        assert not (book.is_synced and exchange.is_crossed and frames)
        if numbered and missed and frames:
            assert not book.is_synced, "a frame was lost and another one came: this cannot be valid"
        if book.is_synced and not (missed and not frames):
            _assert_same(exchange, book)


def _frames(exchange: Exchange, what: str, rows: list[tuple[int, str, str]], jump: int) -> list[BookChange]:
    """What reaches the client of one step."""
    if what == "snapshot":
        return [exchange.snapshot()]
    if what == "snapshot lost":
        return []
    if what == "keep-alive":
        return [exchange.keep_alive()]
    frame = exchange.step(rows, jump)
    if what == "wrong checksum":
        frame.checksum = (naive_checksum(*exchange.best_first()) ^ 1) or 2
    return [] if what == "lost" else [frame, frame] if what == "twice" else [frame]


def _assert_same(exchange: Exchange, book: Book) -> None:
    bids, asks = exchange.best_first()
    assert _told(book.bids) == bids
    assert _told(book.asks) == asks
    assert book.seq == (exchange.seq if exchange.numbered else None)
    assert [(level.price, level.size) for level in book.bids] == [(D(price), D(size)) for price, size in bids]
    assert [(level.price, level.size) for level in book.asks] == [(D(price), D(size)) for price, size in asks]


def _told(side: Side) -> list[Any]:
    return side.rows(1000)


# -- a whole book from elsewhere -------------------------------------------------------------------------------------


def whole(seq: int) -> BookChange:
    """A book that was fetched."""
    return snapshot([["99", "1"]], [["101", "1"]], seq)


def test_a_fetched_book_is_joined_by_the_changes_behind_it() -> None:
    """When the stream has come up to it, or as soon as it does; those from before it count for nothing."""
    book = Book()
    book.apply(update(5, 8, [["98", "9"]]))
    book.apply(update(8, 9, [["99", "5"]]))
    assert book.bridge(whole(8), book.backlog.era) == "joined"
    assert (book.is_synced, book.seq, list(book.bids)) == (True, 9, [Level(D(99), D(5))])
    assert book.bridge(whole(50), book.backlog.era) == "same"
    late = Book()
    late.apply(update(5, 8))
    assert late.bridge(whole(9), late.backlog.era) == "waiting"
    assert late.apply(update(8, 9)) == "joined"
    assert (late.seq, late.apply(update(9, 10))) == (9, "ok")


def test_a_fetched_book_that_does_not_reach_the_stream_is_old() -> None:
    """So is one that was asked for before the run of changes ended; another may fit."""
    book = Book()
    book.apply(update(5, 8))
    assert book.bridge(whole(3), book.backlog.era) == "old"
    era = book.backlog.era
    book.lose("the link was lost")
    book.apply(update(8, 9))
    assert book.bridge(whole(9), era) == "old"
    assert not book.is_synced
    assert book.bridge(whole(9), book.backlog.era) == "joined"


def test_a_fetched_book_that_cannot_be_the_exchanges_is_not_taken() -> None:
    """Crossed, with a wrong sum behind it, or with a level that cannot be read: all of it or nothing."""
    for wrong, told in (
        ([["150", "1"]], "crossed"),
        ([["much", "1"]], None),
    ):
        book = synced()
        before = list(book.bids)
        book.lose("the link was lost")
        book.apply(update(20, 21, wrong))
        if told is None:
            with pytest.raises(DecodeError):
                book.bridge(whole(20), book.backlog.era)
        else:
            assert book.bridge(whole(20), book.backlog.era) == told
        assert (book.is_synced, list(book.bids)) == (False, before)
    with pytest.raises(DecodeError, match="no sequence number"):
        Book().bridge(snapshot([], [], None), Book().backlog.era)


def test_a_change_that_nothing_links_is_taken_as_it_comes() -> None:
    """Where the exchange says so; else a change needs a number or a sum that vouches for it."""
    book = synced()
    assert book.apply(update(None, None, [["99", "7"]], is_linked=False)) == "ok"
    unlinked = Book()
    unlinked.apply(snapshot([["99", "1"]], [["101", "1"]], None))
    assert unlinked.apply(update(None, None, [["99", "7"]])) == "gap"
    assert unlinked.problem == "an update came with neither a sequence number nor a checksum"
