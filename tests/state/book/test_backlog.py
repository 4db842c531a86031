"""Books without a snapshot on the stream: changes kept, a fetched book joined with them, and a model test of it all."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okx_sync.errors import DecodeError
from okx_sync.state.book.backlog import Backlog
from okx_sync.state.book.book import Book, Level
from okx_sync.state.book.book_change import BookChange
from tests.examples import examples

Rows = Sequence[Sequence[str]]


def change(before: int | None, seq: int | None, bids: Rows = (("1", "1"),), **more: Any) -> BookChange:
    """An update that follows ``before``."""
    return BookChange("update", bids, (), seq, before, **more)


def fetched(seq: int | None, bids: Rows = (("9", "9"),)) -> BookChange:
    """A whole book from elsewhere."""
    return BookChange("full", bids, (), seq)


def waiting(*changes: BookChange) -> Book:
    """A book that has had no snapshot, but these changes."""
    book = Book()
    for one in changes:
        assert book.apply(one) == "waiting"
    return book


def bids_of(book: Book) -> dict[int, int]:
    """Price -> size."""
    return {int(level.price): int(level.size) for level in book.bids}


RUN = change(10, 15, [["1", "1"]]), change(15, 20, [["2", "2"]]), change(20, 30, [["3", "3"]])


@pytest.mark.parametrize(
    ("seq", "outcome", "bids"),
    [
        (9, "old", {}),
        (10, "joined", {9: 9, 1: 1, 2: 2, 3: 3}),
        (14, "doubtful", {}),
        (15, "joined", {9: 9, 2: 2, 3: 3}),
        (20, "joined", {9: 9, 3: 3}),
        (29, "doubtful", {}),
        (30, "joined", {9: 9}),
        (31, "waiting", {}),
    ],
)
def test_changes_behind_the_snapshot_are_applied_and_no_others(seq: int, outcome: str, bids: dict[int, int]) -> None:
    """The first is the one that follows the snapshot; what is too old, ahead of the stream or not sure is not shown."""
    book = waiting(*RUN)
    assert book.bridge(fetched(seq), book.backlog.era) == outcome
    assert book.is_synced == (outcome == "joined")
    assert bids_of(book) == bids


def test_a_joined_book_goes_on_by_the_strict_rules() -> None:
    """It stands at the number of the newest change; the next must follow that one."""
    book = waiting(*RUN)
    book.bridge(fetched(15), book.backlog.era)
    assert book.seq == 30
    assert book.apply(change(30, 31)) == "ok"
    assert book.apply(change(31, 31, ())) == "same"
    assert book.apply(change(30, 32)) == "gap"
    assert not book.is_synced


def test_a_snapshot_ahead_of_the_stream_waits_for_it() -> None:
    """It is joined by the change that comes up to it, and none before that one is applied."""
    book = waiting(*RUN)
    assert book.bridge(fetched(45), book.backlog.era) == "waiting"
    assert book.apply(change(30, 44, [["4", "4"]])) == "waiting"
    assert book.apply(change(44, 45, [["5", "5"]])) == "joined"
    assert bids_of(book) == {9: 9}
    assert book.seq == 45


@pytest.mark.parametrize(
    ("first", "outcome"),
    [
        (change(40, 50), "joined"),
        (change(39, 50), "waiting"),
        (change(40, 40, ()), "joined"),
        (change(30, 40), "joined"),
        (change(30, 39), "waiting"),
        (change(41, 50), "waiting"),
        (change(50, 40), "waiting"),
    ],
    ids=[
        "follows",
        "spans it and leaves it in doubt",
        "sign of life",
        "ends at it",
        "not yet there",
        "too new",
        "reset",
    ],
)
def test_a_snapshot_that_comes_before_any_change(first: BookChange, outcome: str) -> None:
    """It alone is not enough: a change must say that the stream goes on from there."""
    book = Book()
    assert book.bridge(fetched(40), book.backlog.era) == "waiting"
    assert book.apply(first) == outcome
    assert book.is_synced == (outcome == "joined")


GHOST = ["7", "7"]  # a level that came and went between two pushes


def test_a_level_that_no_change_names_does_not_stay() -> None:
    """It was there when a book was fetched and gone before the push; only books that agree are believed."""
    book = waiting(*RUN)
    offers = [
        (12, [["8", "8"], GHOST], "doubtful"),  # in the middle of the first change
        (14, [["8", "8"], GHOST], "doubtful"),  # of the same one: it tells nothing
        (22, [["8", "8"], ["2", "2"]], "doubtful"),  # in the middle of the third: the level has gone
    ]
    for number, bids, outcome in offers:
        assert book.bridge(fetched(number, bids), book.backlog.era) == outcome
    assert not book.is_synced
    assert book.apply(change(30, 40, [["4", "4"]])) == "waiting"
    agreeing = [["8.0", "8"], ["2", "2.00"], ["3", "3"], ["4", "77"]]  # the last is of the change around it
    assert book.bridge(fetched(35, agreeing), book.backlog.era) == "joined"
    assert bids_of(book) == {8: 8, 2: 2, 3: 3, 4: 4}


def test_a_second_book_confirms_when_the_stream_comes_up_to_it() -> None:
    """It was ahead of the stream; the change around it decides, and the book is whole with it."""
    book = waiting(change(10, 15, ()))
    assert book.bridge(fetched(12), book.backlog.era) == "doubtful"
    assert book.bridge(fetched(17), book.backlog.era) == "waiting"
    assert book.apply(change(15, 20, [["1", "1"]])) == "joined"
    assert bids_of(book) == {9: 9, 1: 1}


def test_books_that_were_cut_off_are_compared_as_far_as_both_go() -> None:
    """The 51st level may come into sight when one above it goes; a difference higher up still counts."""
    deep = [[str(1000 - number), "1"] for number in range(60)]
    book = waiting(change(10, 15, ()), change(15, 20, [["1000", "0"]]), change(20, 30, [["1", "0"]]))
    assert book.bridge(fetched(12, deep[:50]), book.backlog.era) == "doubtful"
    assert book.bridge(fetched(25, [*deep[2:52]]), book.backlog.era) == "doubtful", "the second level is missing"
    assert book.apply(change(30, 35, ())) == "waiting"
    assert book.apply(change(35, 45, ())) == "waiting"
    assert book.bridge(fetched(40, deep[2:50]), book.backlog.era) == "joined"
    assert len(book.bids) == 48


def test_a_change_below_the_cut_does_not_say_what_is_between() -> None:
    """Two books that were cut off are not compared deeper than the first one went."""
    deep = [[str(1000 - number), "1"] for number in range(60)]
    book = waiting(change(10, 15, ()), change(15, 20, [["1000", "0"], ["941", "2"]]), change(20, 30, ()))
    assert book.bridge(fetched(12, deep[:50]), book.backlog.era) == "doubtful"
    assert book.bridge(fetched(25, deep[1:51]), book.backlog.era) == "joined"


def test_levels_that_cannot_be_compared_end_the_attempt() -> None:
    """The error tells so, and the book waits for the next."""
    book = waiting(*RUN)
    assert book.bridge(fetched(12, [["x", "1"]]), book.backlog.era) == "doubtful"
    with pytest.raises(DecodeError, match="cannot be read"):
        book.bridge(fetched(22), book.backlog.era)
    assert not book.is_synced


def test_a_sign_of_life_confirms_a_fetched_book() -> None:
    """A quiet market tells its number about once a minute; at exactly that number the book is complete."""
    book = waiting(change(40, 40, ()))
    assert book.bridge(fetched(39), book.backlog.era) == "old"
    assert book.bridge(fetched(40), book.backlog.era) == "joined"


@pytest.mark.parametrize(
    "end",
    [
        lambda book: book.apply(change(31, 40)),
        lambda book: book.apply(change(30, 5)),
        lambda book: book.apply(change(30, 30)),
        lambda book: book.apply(change(None, None)),
        lambda book: book.apply(change(-1, 40)),
        lambda book: book.lose("the link was lost"),
        lambda book: (book.apply(BookChange("snapshot", [["1", "1"]], (), 30)), book.apply(change(7, 8))),
    ],
    ids=["a change is missing", "reset", "number used twice", "unnumbered", "-1", "link lost", "another gap"],
)
def test_what_was_asked_for_before_the_run_ended_is_not_used(end: Any) -> None:
    """Its number cannot be compared with what came since, however well it seems to fit; nor that of one that waits."""
    book = waiting(*RUN)
    era = book.backlog.era
    assert book.bridge(fetched(500), era) == "waiting"
    end(book)
    assert book.bridge(fetched(500), era) == "old"
    assert book.apply(change(500, 501)) == "waiting"
    assert book.bridge(fetched(500), book.backlog.era) == "joined", "one that was asked for later is"


def test_after_a_reset_the_new_numbers_count() -> None:
    """The reset itself is in whatever is fetched from then on."""
    book = waiting(*RUN, change(30, 3, [["7", "7"]]), change(3, 6, [["8", "8"]]))
    era = book.backlog.era
    assert book.bridge(fetched(2), era) == "old"
    assert book.bridge(fetched(3), era) == "joined"
    assert bids_of(book) == {9: 9, 8: 8}
    assert book.seq == 6


def test_the_stream_may_bring_its_snapshot_after_all() -> None:
    """Then what was fetched is not needed, and what was kept is forgotten."""
    book = waiting(*RUN)
    era = book.backlog.era
    assert book.bridge(fetched(45), era) == "waiting"
    assert book.apply(BookChange("snapshot", [["1", "5"]], (), 60)) == "snapshot"
    assert book.bridge(fetched(62), era) == "same"
    assert len(book.backlog) == 0
    assert list(book.bids) == [Level(Decimal(1), Decimal(5))]


def test_changes_behind_a_gap_are_kept_from_the_first_one_on() -> None:
    """That one was not applied, but it is part of what a fetched book needs."""
    book = Book()
    book.apply(BookChange("snapshot", (), (), 10))
    assert book.apply(change(12, 14, [["4", "4"]])) == "gap"
    assert book.apply(change(14, 15, [["5", "5"]])) == "waiting"
    assert book.bridge(fetched(12), book.backlog.era) == "joined"
    assert bids_of(book) == {9: 9, 4: 4, 5: 5}


def test_a_wrong_checksum_behind_the_snapshot_is_noticed() -> None:
    """Nothing of the attempt is seen, and the next snapshot starts afresh."""
    book = waiting(change(10, 15, checksum=12345))
    assert book.bridge(fetched(10), book.backlog.era) == "checksum"
    assert not book.is_synced
    assert "checksum" in book.problem
    assert len(book.bids) == 0


@pytest.mark.parametrize(("rows", "snapshot"), [([["x", "1"]], fetched(10)), ([["1", "1"]], fetched(10, [["1", "x"]]))])
def test_rows_that_cannot_be_read_end_the_attempt(rows: Rows, snapshot: BookChange) -> None:
    """The book stays as it was, and what was kept is not tried again."""
    book = waiting(change(10, 15, rows))
    with pytest.raises(DecodeError):
        book.bridge(snapshot, book.backlog.era)
    assert not book.is_synced
    assert book.apply(change(15, 16)) == "waiting"
    assert book.bridge(fetched(15), book.backlog.era) == "joined"


def test_a_fetched_book_without_a_number_is_refused() -> None:
    """Nobody could say which changes it has in it."""
    book = waiting(*RUN)
    with pytest.raises(DecodeError, match="no sequence number"):
        book.bridge(fetched(None), book.backlog.era)


def test_the_backlog_is_bounded() -> None:
    """The oldest go first; a snapshot from before what is left is too old, a newer one fits."""
    backlog = Backlog(most=3)
    for number in range(10):
        backlog.add(change(number, number + 1))
    assert len(backlog) == 3
    assert not backlog.offer(fetched(6))
    assert backlog.joined() == []
    assert backlog.offer(fetched(7))
    assert [one.seq for one in backlog.joined()] == [7, 8, 9, 10]
    book = Book()
    for number in range(5000):
        book.apply(change(number, number + 1))
    assert len(book.backlog) == 1000


# -- the model: a stream that may lack its snapshots, lose frames and lag; a fetch that takes its time ----------------


class World:
    """The exchange, the frames on their way, and the client's book.

    A push names the levels that differ from the last one, and a book may be fetched between two, with levels in it that
    come and go unseen, as on the real exchange. No size is used twice but by a level that goes back once to what the
    last push had: two fetched books that are wrong in the same way cannot be told from two that are right. After
    a reset the numbers climb through those used before, but no number is used twice: this is how it can be told
    which state of the exchange the client's book claims to be.
    """

    def __init__(self) -> None:
        self.book = Book()
        self.sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self.seq = self.pushed = 256 * 1000
        self.runs = 0
        self.told: tuple[dict[str, str], dict[str, str]] = ({}, {})  # by the last push
        self.sizes = count(1)
        self.restored: set[tuple[int, str]] = set()
        self.past: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
        self.wire: deque[BookChange] = deque()
        self._remember()

    def play(self, events: Sequence[Any]) -> None:
        """Let it happen; the book is right or invalid at any moment."""
        for name, *details in events:
            getattr(self, name)(*details)
            assert not self.book.is_synced or self.agrees(), name

    def move(self, rows: Sequence[tuple[int, str, str]], jump: int, until: str) -> None:
        """The book changes inside the exchange; then perhaps it is pushed, and that push arrives or is lost."""
        for side, number, size in rows:
            price = str(int(number) + 3 * side)  # asks are above bids: it is never crossed
            if size == "restore":
                if (side, price) in self.restored:
                    continue
                self.restored.add((side, price))
                now = self.told[side].get(price, "0")
            else:
                now = "0" if size == "0" else str(next(self.sizes))
            self.sides[side].pop(price, None)
            if now != "0":
                self.sides[side][price] = now
        self.seq += 256 * jump
        self._remember()
        if until != "change":
            self.push()
        if until in ("deliver", "lose"):
            getattr(self, until)()

    def push(self) -> None:
        """What differs from the last push, or a sign of life."""
        bids, asks = map(_difference, self.told, self.sides)
        self.wire.append(BookChange("update", bids, asks, self.seq, self.pushed))
        self.told = (dict(self.sides[0]), dict(self.sides[1]))
        self.pushed = self.seq

    def reset(self, steps: int) -> None:
        """Maintenance: smaller numbers from now on. Nothing overtakes it, neither on the stream nor on REST."""
        self.push()
        self._renumber(steps)
        self.push()
        self.quiet()

    def _renumber(self, steps: int) -> None:
        self.runs += 1
        self.seq = (self.seq // 256 - steps) * 256 + self.runs
        self._remember()

    def snapshot(self) -> None:
        """A whole book on the stream."""
        self.push()
        self.wire.append(self._whole())

    def deliver(self) -> None:
        """The next frame arrives."""
        if self.wire:
            self.book.apply(self.wire.popleft())

    def lose(self) -> None:
        """The next frame does not."""
        if self.wire:
            self.wire.popleft()

    def cut(self, steps: int) -> None:
        """The link is lost with all that was on its way; the next one has other numbers and brings no snapshot."""
        self.push()
        self.wire.clear()
        self.book.lose("the link was lost")
        self._renumber(steps)
        self.pushed = self.seq

    def quiet(self) -> None:
        """All that is on its way arrives."""
        while self.wire:
            self.deliver()

    def fetch(self, before: Sequence[Any], behind: Sequence[Any]) -> None:
        """What happens between the question and the exchange's look at its book, and until the answer arrives."""
        era = self.book.backlog.era
        self.play(before)
        answer = self._whole()
        self.play(behind)
        self.book.bridge(answer, era)

    def agrees(self) -> bool:
        """Whether the book is what the exchange had at the book's number."""
        assert self.book.seq is not None
        told = tuple({level.price: level.size for level in side} for side in (self.book.bids, self.book.asks))
        return told == tuple({Decimal(p): Decimal(s) for p, s in side.items()} for side in self.past[self.book.seq])

    def _whole(self) -> BookChange:
        bids, asks = ([[price, size] for price, size in side.items()] for side in self.sides)
        return BookChange("snapshot", bids, asks, self.seq, -1)

    def _remember(self) -> None:
        self.past[self.seq] = (dict(self.sides[0]), dict(self.sides[1]))


def _difference(old: dict[str, str], new: dict[str, str]) -> list[list[str]]:
    return [[price, new.get(price, "0")] for price in sorted(old | new) if old.get(price) != new.get(price)]


_changes = st.tuples(
    st.just("move"),
    st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from("123"), st.sampled_from(["0", "1", "1", "restore"])),
        min_size=1,
        max_size=3,
    ),
    st.integers(1, 3),
    st.sampled_from(["change", "push", "deliver", "deliver", "deliver", "lose"]),
)
_breaks = st.tuples(st.sampled_from(["reset", "cut"]), st.integers(1, 6))
_steps = _changes | _changes | _changes | _breaks | st.sampled_from([("push",), ("deliver",), ("lose",)])
_fetches = st.tuples(st.just("fetch"), st.lists(_steps, max_size=3), st.lists(_steps, max_size=3))
_events = st.lists(_steps | _fetches | st.sampled_from([("snapshot",), ("quiet",)]), min_size=2, max_size=20)


_AWAY = ("move", [(0, "1", "0")], 1)
_COMES = ("move", [(0, "1", "1")], 1, "change")
_GOES = ("move", [(0, "1", "restore"), (0, "2", "1")], 1, "deliver")


@settings(max_examples=examples(250), deadline=None)
@given(_events)
@example([(*_AWAY, "deliver"), _COMES, ("fetch", [], [_GOES])])
@example([(*_AWAY, "deliver"), _COMES, ("fetch", [], []), _GOES, _COMES, ("fetch", [], []), _GOES])
def test_any_interleaving_of_stream_and_fetches_leaves_the_true_book_or_an_invalid_one(events: list[Any]) -> None:
    """Whatever is lost, late or reset; and a stream that has calmed down is joined by the next fetch."""
    world = World()
    world.play(events)
    for _ in range(2):
        world.play([("move", [(0, "1", "1")], 1, "push"), ("quiet",)])
    world.play([("fetch", [], [])])
    assert world.book.is_synced
    assert world.book.seq == world.seq
