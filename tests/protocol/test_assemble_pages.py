"""``PageAssembler``: a snapshot is delivered whole or not at all."""

from __future__ import annotations

from okx_sync.protocol.assemble import PageAssembler
from tests.protocol.toy_dialect import A, B, Toy, push


def test_a_push_without_pages_passes_at_once() -> None:
    """As it is, the same object."""
    one = push("a", 1)
    assert PageAssembler(Toy()).collect(A, one) is one


def test_a_single_page_passes_at_once() -> None:
    """Page one that is also the last."""
    one = push("a", 1, page=(1, True))
    assert PageAssembler(Toy()).collect(A, one) is one


def test_pages_are_delivered_together_with_the_last() -> None:
    """All rows in order, in the envelope of the last page."""
    pages = PageAssembler(Toy())
    assert pages.collect(A, push("a", 1, 2, page=(1, False))) is None
    assert pages.collect(A, push("a", 3, page=(2, False))) is None
    whole = pages.collect(A, push("a", 4, page=(3, True)))
    assert whole is not None
    assert whole.rows == [1, 2, 3, 4]
    assert whole.message["page"] == (3, True)


def test_a_page_out_of_turn_spoils_the_collection() -> None:
    """Nothing of it is delivered: half a snapshot would be taken for the whole."""
    pages = PageAssembler(Toy())
    pages.collect(A, push("a", 1, page=(1, False)))
    assert pages.collect(A, push("a", 3, page=(3, True))) is None
    assert pages.collect(A, push("a", 2, page=(2, True))) is None


def test_page_one_starts_anew() -> None:
    """After a spoiled or an abandoned snapshot the next one is whole again."""
    pages = PageAssembler(Toy())
    pages.collect(A, push("a", "old", page=(1, False)))
    pages.collect(A, push("a", "new", page=(1, False)))
    whole = pages.collect(A, push("a", "more", page=(2, True)))
    assert whole is not None
    assert whole.rows == ["new", "more"]


def test_topics_are_collected_apart() -> None:
    """PageAssembler of two topics may interleave."""
    pages = PageAssembler(Toy())
    pages.collect(A, push("a", "a1", page=(1, False)))
    pages.collect(B, push("b", "b1", page=(1, False)))
    whole = pages.collect(A, push("a", "a2", page=(2, True)))
    assert whole is not None
    assert whole.rows == ["a1", "a2"]


def test_an_update_between_pages_is_not_part_of_the_snapshot() -> None:
    """It has no page number and passes at once."""
    pages = PageAssembler(Toy())
    pages.collect(A, push("a", 1, page=(1, False)))
    assert pages.collect(A, change := push("a", "change")) is change
    whole = pages.collect(A, push("a", 2, page=(2, True)))
    assert whole is not None
    assert whole.rows == [1, 2]


def test_a_second_snapshot_is_collected_like_the_first() -> None:
    """Periodic snapshots page the same way."""
    pages = PageAssembler(Toy())
    for _ in range(2):
        assert pages.collect(A, push("a", 1, page=(1, False))) is None
        assert pages.collect(A, push("a", 2, page=(2, True))) is not None
