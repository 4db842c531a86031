"""``MadeOnce`` and ``FoundOnce``: once, whichever thread comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from okx_sync.errors import OkxError, StreamClosed
from okx_sync.live.made_once import FoundOnce, MadeOnce
from okx_sync.timing import Clock
from tests.delivery.owner import PATIENCE_S, until


def side_by_side(call: Callable[[], object], number: int) -> list[object]:
    """What so many threads get that call at the same time."""
    got, start = list[object](), threading.Barrier(number)

    def one() -> None:
        start.wait(PATIENCE_S)
        got.append(call())

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    return got


def test_it_is_made_once_for_all_threads() -> None:
    """All get the same."""
    made = MadeOnce(object)
    got = side_by_side(made, 8)
    assert len(got) == 8
    assert set(got) == {made()}


def test_after_the_end_nothing_is_given_out() -> None:
    """What was made is handed to whoever closes it; what was not is not made any more."""
    made, never = MadeOnce(object), MadeOnce[object](lambda: pytest.fail("it was made"))
    one = made()
    assert made.end() is one
    assert made.end() is one
    assert never.end() is None
    for ended in (made, never):
        with pytest.raises(StreamClosed):
            ended()


def test_what_is_there_already_is_not_made() -> None:
    """So that clients can share it."""
    assert MadeOnce(lambda: "made", "given")() == "given"


def test_one_thread_finds_out_while_the_others_wait() -> None:
    """Nobody asks twice."""
    asked, go_on = list[int](), threading.Event()

    def find() -> str:
        asked.append(threading.get_ident())
        go_on.wait(PATIENCE_S)
        return "found"

    found = FoundOnce("a thing", find, Clock(), PATIENCE_S)
    got = list[str]()
    threads = [threading.Thread(target=lambda: got.append(found())) for _ in range(4)]
    for thread in threads:
        thread.start()
    until(lambda: bool(asked))
    go_on.set()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert got == ["found"] * 4
    assert found() == "found"
    assert len(asked) == 1


def test_after_a_failure_it_is_tried_again() -> None:
    """A network that was down is no answer."""
    answers: list[str | OkxError] = [OkxError("down"), "found"]

    def find() -> str:
        answer = answers.pop(0)
        if isinstance(answer, OkxError):
            raise answer
        return answer

    found = FoundOnce("a thing", find, Clock(), PATIENCE_S)
    with pytest.raises(OkxError, match="down"):
        found()
    assert found() == "found"


def test_what_was_made_can_be_looked_at() -> None:
    """Without making it."""
    once = MadeOnce(lambda: "it")
    assert once.made is None
    once()
    assert once.made == "it"
