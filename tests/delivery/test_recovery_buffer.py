"""Holding a topic back: nothing is delivered out of place, twice, or not at all."""

from __future__ import annotations

from typing import Any

from okx_sync.delivery.recovery_buffer import RecoveryBuffer
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Push
from tests.delivery.numbers import Numbered, Numbers

TOPIC = Topic("numbers", (("instId", "A"),))


def _push(*numbers: int) -> Push:
    rows: list[Any] = [{"n": number} for number in numbers]
    return Push("numbers", {"channel": "numbers", "instId": "A"}, rows, {"data": rows})


def _numbers(pushes: list[Push]) -> list[int]:
    return [row["n"] for push in pushes for row in push.rows]


def _buffer() -> RecoveryBuffer:
    return RecoveryBuffer(Numbers(), TOPIC, 0)


def test_without_an_outage_everything_passes_unchanged() -> None:
    """Also what repeats: the stream is as the exchange sends it."""
    buffer = _buffer()
    for push in (_push(1, 2), _push(2), _push()):
        assert buffer.admit(push) is push
    assert not buffer.is_due


def test_missed_rows_come_in_their_place() -> None:
    """Between what was told before and what waits, by the time of the event; what waits keeps its own order."""
    buffer = _buffer()
    assert buffer.admit(_push(1)) is not None
    buffer.hold()
    assert buffer.admit(_push(4)) is None
    assert buffer.admit(_push(7, 6)) is None
    pushes, recovered = buffer.release([{"n": 5}, {"n": 2}, {"n": 3}], buffer.outage)
    assert _numbers(pushes) == [2, 3, 4, 5, 7, 6]
    assert recovered == 3
    assert [bool(push.message.get("recovered")) for push in pushes] == [True, True, False, True, False]
    assert not buffer.is_due


def test_repeats_of_recovered_rows_are_left_out() -> None:
    """Whether they waited already or come later; a push that has nothing new is not delivered at all."""
    buffer = _buffer()
    buffer.hold()
    assert buffer.admit(_push(2)) is None
    pushes, recovered = buffer.release([{"n": 1}, {"n": 2}], buffer.outage)
    assert (_numbers(pushes), recovered) == ([1, 2], 2)
    assert buffer.admit(_push(2)) is None
    rest = buffer.admit(_push(1, 3))
    assert rest is not None
    assert _numbers([rest]) == [3]


def test_what_was_told_before_is_not_recovered_again() -> None:
    """REST is asked for a little more than was missed: what is known counts for nothing."""
    buffer = _buffer()
    assert buffer.admit(_push(1, 2)) is not None
    buffer.hold()
    pushes, recovered = buffer.release([{"n": 1}, {"n": 2}, {"n": 3}], buffer.outage)
    assert (_numbers(pushes), recovered) == ([3], 1)


def test_another_outage_keeps_it_held() -> None:
    """An answer to an earlier outage releases nothing: it knows nothing of the later one."""
    buffer = _buffer()
    buffer.hold()
    first = buffer.outage
    assert buffer.admit(_push(5)) is None
    buffer.hold()
    assert buffer.release([{"n": 1}], first) == ([], 0)
    assert buffer.is_due
    assert buffer.admit(_push(6)) is None
    pushes, recovered = buffer.release([{"n": 1}], buffer.outage)
    assert (_numbers(pushes), recovered) == ([1, 5, 6], 1)


def test_going_on_without() -> None:
    """``done=False``: the stream goes on at once, what was missed is delivered when it is known."""
    buffer = _buffer()
    buffer.hold()
    assert buffer.admit(_push(3)) is None
    assert _numbers(buffer.release([], buffer.outage, done=False)[0]) == [3]
    assert buffer.is_due
    assert buffer.admit(_push(4)) is not None
    pushes, recovered = buffer.release([{"n": 2}, {"n": 3}], buffer.outage)
    assert (_numbers(pushes), recovered) == ([2], 1)
    assert not buffer.is_due


def test_what_is_left_of_a_push_is_delivered() -> None:
    """A push stands for several events of which some were recovered: the others are news."""
    buffer = RecoveryBuffer(Numbered(), TOPIC, 0)
    buffer.hold()
    assert buffer.admit(Push("numbers", {}, [{"n": 4, "of": 3}], {})) is None
    pushes, recovered = buffer.release([{"n": 1}, {"n": 2}], buffer.outage)
    assert [row for push in pushes for row in push.rows] == [{"n": 1}, {"n": 2}, {"n": 4, "of": 2}]
    assert recovered == 2


def test_holes_are_told_once() -> None:
    """Before the release, that REST may be asked again; behind it; and with the first push, not with later ones."""
    told: list[str] = []
    buffer = RecoveryBuffer(Numbered(), TOPIC, 0, told.extend)
    assert buffer.admit(_push(1)) is not None
    buffer.hold()
    assert buffer.admit(_push(5)) is None
    assert buffer.lacks_between([{"n": 2}])
    assert not buffer.lacks_between([{"n": 2}, {"n": 3}, {"n": 4}])
    buffer.release([{"n": 2}], buffer.outage)
    assert (buffer.holes(), buffer.holes()) == (["3 to 4"], [])
    assert buffer.admit(_push(7)) is not None
    assert told == ["6 to 6"]
    assert buffer.admit(_push(9)) is not None
    assert told == ["6 to 6"]


def test_a_row_that_the_source_cannot_read_costs_no_neighbour() -> None:
    """It goes on as it is, in its place, before an outage and while one is recovered; the decoder reports it."""
    buffer = _buffer()
    odd: list[Any] = [{"n": []}, 5, {}, None]
    rows = [{"n": 1}, *odd, {"n": 2}]
    push = Push("numbers", {"channel": "numbers", "instId": "A"}, rows, {"data": rows})
    assert buffer.admit(push) is push
    buffer.hold()
    assert buffer.admit(_push(5)) is None
    pushes, recovered = buffer.release([{"n": 2}, {"n": 3}, {}], buffer.outage)
    assert [row["n"] for push in pushes for row in push.rows if row] == [3, 5]
    assert recovered == 2


def test_more_than_the_budget_does_not_wait() -> None:
    """The stream goes on in its order; what was missed is delivered late, and nothing twice."""
    buffer = RecoveryBuffer(Numbers(), TOPIC, 0, max_bytes=1000)
    buffer.hold()
    for number in (5, 6):
        push = _push(number)
        push.size = 500
        assert buffer.admit(push) is None
        assert not buffer.is_full
    push = _push(7)
    push.size = 1
    assert buffer.admit(push) is None
    assert buffer.is_full
    assert _numbers(buffer.go_on()) == [5, 6, 7]
    assert (buffer.is_full, buffer.was_full, buffer.is_due) == (False, True, True)
    assert buffer.admit(_push(8)) is not None
    late, recovered = buffer.release([{"n": 4}, {"n": 6}], buffer.outage)
    assert (_numbers(late), recovered) == ([4], 1)
    buffer.hold()
    assert not buffer.was_full


class _Lists(Numbers):
    """A source for which what is not in a push counts, too."""

    heard: list[int]

    def pushed(self, push: Push) -> None:
        assert self.seen.isdisjoint(row["n"] for row in push.rows)
        self.heard = [row["n"] for row in push.rows]


def test_a_source_hears_of_each_push_before_its_rows() -> None:
    """Once it is delivered: an empty list as well, and what waits only behind what was recovered."""
    source = _Lists()
    buffer = RecoveryBuffer(source, TOPIC, 0)
    buffer.admit(_push(1, 2))
    assert source.heard == [1, 2]
    buffer.admit(_push())
    assert source.heard == []
    buffer.hold()
    buffer.admit(_push(4))
    assert source.heard == []
    buffer.release([{"n": 3}], buffer.outage)
    assert source.heard == [4]
