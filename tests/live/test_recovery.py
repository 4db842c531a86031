"""``Recovery``: what an outage swallowed is asked of REST and delivered in its place. On real sockets."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import pytest

from okx_sync.errors import DecodeError, OkxError, OkxHttpError, StreamClosed
from okx_sync.live import recovery
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.recovery_source import Fetch, Lack, Missed, RecoverySource
from okx_sync.timing import Backoff
from okx_sync.types import StateEvent
from tests.clocks import HandClock
from tests.delivery.numbers import Numbered, Numbers
from tests.delivery.owner import HeldCallback
from tests.live.venue import ORDERS, TICKS, TRADES, Venue, Watched, watched
from tests.loopback.conftest import FAST, our_threads, until
from tests.threads import no_more_threads
from tests.transport.peer import PATIENCE_S


@pytest.fixture(autouse=True)
def quick_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """REST is asked again at once."""
    monkeypatch.setattr(recovery, "Backoff", lambda **_: Backoff(first_s=0.01, cap_s=0.01))


class Rest:
    """The venue over REST: lists ``rows``. ``before`` is called first, with the number of the request."""

    def __init__(self, *numbers: int) -> None:
        self.rows: list[Any] = rows(*numbers)
        self.asked: list[Mapping[str, Any]] = []
        self.before: Callable[[int], object] = lambda _number: None

    def __call__(self, path: str, params: Mapping[str, Any]) -> list[Any]:
        self.asked.append({"path": path, **params})
        self.before(len(self.asked))
        return list(self.rows)


class Pages(Numbers):
    """A source that asks for two pages, the second of which is empty."""

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        found = super().missed(since_ms, fetch, now_ms)
        fetch("/numbers", {"page": 2})
        return found


class Timeless(Numbers):
    """A source that asks for the same at any time."""

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        return Missed(fetch("/numbers", {}))


@attrs.frozen
class Rig:
    """A client of a venue with REST, and the numbers that it has heard of orders."""

    watched: Watched
    rest: Rest
    numbers: list[int]

    def outage(self, path: str = "private") -> None:
        """The link goes down, until :meth:`back`."""
        self.watched.outage(path)

    def back(self) -> None:
        """Whoever connects is let in again, and has all subscriptions."""
        number = len(self.watched.states.of(kind="restored"))
        self.watched.venue.is_open = True
        self.watched.states.until("restored", number + 1)

    def push(self, *numbers: int, topic: Topic = ORDERS) -> None:
        """The stream brings these."""
        self.watched.venue.push(topic, *rows(*numbers))

    def gap(self, number: int = 1) -> StateEvent:
        """So many gaps have been told; the latest."""
        return self.watched.states.until("gap", number)

    def heard(self, *numbers: int) -> None:
        """Exactly these are heard, in this order."""
        until(lambda: len(self.numbers) >= len(numbers), what=f"{numbers} (so far {self.numbers})")
        assert self.numbers == list(numbers)


def rows(*numbers: int) -> list[Any]:
    return [{"n": number} for number in numbers]


@contextlib.contextmanager
def rig(
    venue: Venue,
    rest: Rest,
    source: Callable[[], RecoverySource] = Numbers,
    *,
    hold_s: float = PATIENCE_S,
    backfill: Topic | None = None,
    **words: Any,
) -> Iterator[Rig]:
    """A client that has subscribed orders, or ``backfill``, and has heard 1 of it.

    ``source`` of the topics that can be recovered; ``hold_s``: how long the stream waits for REST; ``words``: of the
    client.
    """
    numbers: list[int] = []
    topic = backfill or ORDERS

    def source_of(topic: Topic, backfill: bool) -> RecoverySource | None:
        return source() if topic == ORDERS or (topic == TRADES and backfill) else None

    options = attrs.evolve(FAST, recover_s=hold_s)
    with watched(venue, **{"fetch": rest, "recovery_source": source_of, "options": options, **words}) as one:
        made = Rig(one, rest, numbers)
        more = {} if backfill is None else {"backfill": True}
        one.ws.subscribe(topic.channel, lambda row: numbers.append(row.n), inline=True, **more)
        made.push(1, topic=topic)
        made.heard(1)
        yield made


def test_what_two_topics_ask_for_is_read_once(venue: Venue) -> None:
    """Both have it; at the next outage it is read anew."""
    rest, other = Rest(1, 2), list[int]()
    with rig(venue, rest, recovery_source=lambda *_: Timeless()) as one:
        one.watched.ws.subscribe("balances", lambda row: other.append(row.n), inline=True)
        for number in (1, 2):
            one.outage()
            one.back()
            one.gap(number)
            assert len(rest.asked) == number
        one.heard(1, 2)
        until(lambda: other == [1, 2], what="the other topic's events")


def test_what_was_missed_comes_in_its_place(venue: Venue) -> None:
    """While REST is asked the stream waits; then all comes once, in order, and the gap tells of how much it was."""
    rest, gate = Rest(1, 2, 3), HeldCallback()
    rest.before = lambda _: gate()
    with rig(venue, rest) as one:
        one.outage()
        one.back()
        assert gate.entered.wait(PATIENCE_S)
        one.push(3, 5)
        one.watched.states.until("first_data", 2)
        assert one.numbers == [1]
        assert one.watched.states.of(kind="gap") == []
        gate.go_on.set()
        gap = one.gap()
        one.heard(1, 2, 3, 5)
        assert (gap.path, gap.recovered, gap.reason, gap.missing_before) == ("private", 2, None, None)
        assert gap.from_at is not None
        assert gap.to_at is not None
        assert gap.from_at <= gap.to_at
        one.push(5, 6)
        one.heard(1, 2, 3, 5, 6)
    assert not list(one.watched.errors)


def test_rest_is_asked_from_before_the_loss_but_not_from_before_the_subscription(venue: Venue) -> None:
    """A little earlier, since clocks differ; on the exchange's clock."""
    clock = HandClock()
    clock.offset_s = 100.0
    rest = Rest()
    with rig(venue, rest, clock=clock) as one:
        one.outage()
        one.back()
        one.gap()
        clock.forward(60)
        one.push(2)
        one.heard(1, 2)
        one.outage()
        one.back()
        one.gap(2)
    began_ms = (1_700_000_000 + 100) * 1000
    assert rest.asked[0] == {"path": "/numbers", "since": began_ms, "until": began_ms}
    assert rest.asked[-1]["since"] == began_ms + 60_000 - 5_000
    assert rest.asked[-1]["until"] == began_ms + 60_000


def test_what_cannot_be_recovered_is_a_gap_at_once(venue: Venue) -> None:
    """Public data, unless backfill was asked for; account data where there is no REST, and the gap names it."""
    rest = Rest()
    with rig(venue, rest) as one:
        one.watched.ws.subscribe("trades")
        one.outage("public")
        one.back()
        assert (one.gap().recovered, one.gap().reason) == (0, None)
    with rig(venue, rest, fetch=None) as other:
        other.outage()
        other.back()
        assert (other.gap().recovered, other.gap().reason) == (0, "not recovered: orders")
    assert rest.asked == []


def test_public_data_is_recovered_where_that_was_asked_for(venue: Venue) -> None:
    """And what else is on that link does not wait for it."""
    rest, gate, ticks = Rest(2), HeldCallback(), list[Any]()
    rest.before = lambda _: gate()
    with rig(venue, rest, backfill=TRADES) as one:
        one.watched.ws.subscribe("ticks", ticks.append, inline=True)
        one.outage("public")
        one.back()
        assert gate.entered.wait(PATIENCE_S)
        one.push(7, topic=TICKS)
        until(lambda: len(ticks) == 1)
        assert one.numbers == [1]
        gate.go_on.set()
        assert one.gap().recovered == 1
        one.heard(1, 2)


@pytest.mark.parametrize("is_back", [False, True])
def test_a_loss_while_rest_is_asked_makes_one_longer_outage(venue: Venue, is_back: bool) -> None:
    """Whether the link is back by the time REST has answered or not. What REST said of the shorter one is not
    delivered; the gap that is told begins with the first loss.
    """
    rest, gate = Rest(2), HeldCallback()
    rest.before = lambda number: gate() if number == 1 else None
    with rig(venue, rest) as one:
        one.outage()
        first = one.watched.states.of(kind="lost")[0]
        one.back()
        assert gate.entered.wait(PATIENCE_S)
        one.outage()
        rest.rows = rows(2, 3)
        if is_back:
            one.back()
            gate.go_on.set()
        else:
            gate.go_on.set()
            one.back()
        gap = one.gap()
        one.heard(1, 2, 3)
        assert gap.recovered == 2
        assert gap.from_at is not None
        assert gap.from_at <= first.at
    assert len(one.watched.states.of(kind="gap")) == 1


def test_a_rest_with_too_much_to_tell_does_not_keep_the_stream_waiting(venue: Venue) -> None:
    """The stream goes on, and the gap says so; what REST tells then is delivered late, in a gap of its own."""
    clock, rest = HandClock(), Rest(2)
    rest.before = lambda number: clock.forward(3) if number == 1 else None
    with rig(venue, rest, Pages, hold_s=1.0, clock=clock) as one:
        one.outage()
        one.back()
        first = one.gap()
        assert (first.recovered, first.reason) == (
            0,
            "not recovered yet: REST has not told all of it within 1 s",
        )
        late = one.gap(2)
        one.heard(1, 2)
        assert (late.recovered, late.reason) == (1, "recovered late")
    assert not list(one.watched.errors)


def test_what_comes_late_makes_room_for_another_stream(venue: Venue) -> None:
    """Of which the user hears at once; the rest of the late one is asked for behind it."""
    clock, rest, gate = HandClock(), Rest(2), HeldCallback()

    def before(number: int) -> None:
        if number == 1:  # the first page of the first try: then the stream goes on
            clock.forward(3)
        elif number == 2:  # the first page of the late one
            gate()

    rest.before = before
    with rig(venue, rest, Pages, hold_s=1.0, clock=clock, backfill=TRADES) as one:
        one.watched.ws.subscribe("orders", lambda _row: None, inline=True)
        one.push(1)
        one.watched.states.until("first_data", 1, "private")
        one.outage("public")
        one.back()
        one.gap()
        assert gate.entered.wait(PATIENCE_S)
        one.outage("private")
        one.back()
        one.push(9)
        one.watched.states.until("first_data", 2, "private")  # told behind what starts the recovery
        gate.go_on.set()
        one.gap(3)
        assert [(gap.path, gap.reason) for gap in one.watched.states.of(kind="gap")][1:] == [
            ("private", None),
            ("public", "recovered late"),
        ]


def test_two_outages_while_rest_cannot_be_reached(venue: Venue) -> None:
    """The second stream waits no longer than the first: REST is not even asked for it. When REST is back both have what
    they missed.
    """
    clock, rest, gate, other = HandClock(), Rest(2), HeldCallback(), list[int]()

    def fail(number: int) -> None:
        if number == 1:
            gate()  # until both wait
            clock.forward(3)
        raise OkxHttpError("no answer", retryable=True)

    rest.before = fail
    with rig(venue, rest, hold_s=1.0, clock=clock, backfill=TRADES) as one:
        one.watched.ws.subscribe("orders", lambda row: other.append(row.n), inline=True)
        one.push(1)
        one.watched.states.until("first_data", 1, "private")
        one.outage("public")
        one.back()
        assert gate.entered.wait(PATIENCE_S)
        one.outage("private")
        one.back()
        one.push(9)
        one.watched.states.until("first_data", 2, "private")  # told behind what starts the recovery
        gate.go_on.set()
        one.gap(2)
        assert [(gap.path, gap.reason) for gap in one.watched.states.of(kind="gap")] == [
            ("public", "not recovered yet: no answer"),
            ("private", "not recovered yet: REST has not told all of it within 1 s"),
        ]
        rest.before = lambda _: None
        one.gap(4)
        assert [gap.reason for gap in one.watched.states.of(kind="gap")][2:] == ["recovered late"] * 2
        one.heard(1, 2)
        assert other == [1, 9, 2]


@pytest.mark.parametrize("is_slow", [True, False])
def test_a_rest_that_cannot_be_reached_is_asked_again(venue: Venue, is_slow: bool) -> None:
    """Each failure is told; the stream does not wait for long, whether that time ends while REST is asked or between
    two tries, and the gap names what was in the way. What is found in the end comes late.
    """
    clock, rest = HandClock(), Rest(2)

    def fail(_number: int) -> None:
        if is_slow:
            clock.forward(3)
        raise OkxHttpError("no answer", retryable=True)

    rest.before = fail
    with rig(venue, rest, hold_s=1.0, clock=clock) as one:
        if not is_slow:
            one.watched.ws.on_error(lambda _error: clock.forward(3))
        one.outage()
        one.back()
        gap = one.gap()
        assert (gap.recovered, gap.reason) == (0, "not recovered yet: no answer")
        one.push(3)
        one.heard(1, 3)
        rest.before = lambda _: None
        late = one.gap(2)
        one.heard(1, 3, 2)
        assert (late.recovered, late.reason) == (1, "recovered late")
    assert {str(error) for error in one.watched.errors} == {"no answer"}


class Picky(Numbers):
    """A source that looks at what REST lists."""

    def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
        found = super().missed(since_ms, fetch, now_ms)
        return Missed(sorted(found.rows, key=lambda row: row["n"]))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (OkxError("no such listing"), "no such listing"),
        (DecodeError("a page without rows", text="{}"), "a page without rows"),
        ([{"m": 1}], "a row of what REST lists for orders() cannot be read"),
    ],
)
def test_what_rest_refuses_for_good_is_let_go(
    venue: Venue, monkeypatch: pytest.MonkeyPatch, answer: Any, told: str
) -> None:
    """After some tries, so that it costs no other topic; the gap says that everything is lacking."""
    monkeypatch.setattr(recovery, "_REFUSALS", 1)
    rest = Rest()

    def before(_number: int) -> None:
        if isinstance(answer, OkxError):
            raise answer
        rest.rows = answer

    rest.before = before
    with rig(venue, rest, Picky) as one:
        one.outage()
        one.back()
        one.push(2)
        gap = one.gap()
        one.heard(1, 2)
        assert (gap.recovered, gap.reason) == (0, f"orders() lacks everything: {told}")
        assert gap.missing_before is not None
    assert len(rest.asked) == 2
    (error,) = one.watched.errors
    assert isinstance(error, DecodeError) == (not str(error).startswith("no such listing"))


def test_a_fault_of_ours_does_not_keep_the_stream_waiting(venue: Venue, caplog: pytest.LogCaptureFixture) -> None:
    """It is told and logged, nothing is recovered, and the next outage is recovered as ever."""

    class Broken(Numbers):
        is_broken = True

        def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
            if self.is_broken:
                Broken.is_broken = False
                raise RuntimeError("a bug")
            return super().missed(since_ms, fetch, now_ms)

    with rig(venue, Rest(3), Broken) as one:
        one.outage()
        one.back()
        one.push(2)
        gap = one.gap()
        one.heard(1, 2)
        assert (gap.recovered, gap.reason) == (0, "not recovered: a bug")
        one.outage()
        one.back()
        assert one.gap(2).recovered == 1
        one.heard(1, 2, 3)
    assert [type(error) for error in one.watched.errors] == [RuntimeError]
    assert any(record.exc_info and "could not be recovered" in record.getMessage() for record in caplog.records)


def test_a_hole_between_rest_and_the_stream_is_asked_for_again(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    """REST may be a little behind the stream; what waits is delivered once there is no hole before it."""
    monkeypatch.setattr(recovery, "_HOLE_PAUSE_S", 0.01)
    rest, gate = Rest(2), HeldCallback()

    def before(number: int) -> None:
        if number == 1:
            gate()
        else:
            rest.rows = rows(2, 3)

    rest.before = before
    with rig(venue, rest, Numbered) as one:
        one.outage()
        one.back()
        assert gate.entered.wait(PATIENCE_S)
        one.push(4)
        one.watched.states.until("first_data", 2)
        gate.go_on.set()
        gap = one.gap()
        one.heard(1, 2, 3, 4)
        assert (gap.recovered, gap.reason) == (2, None)
        assert len(rest.asked) == 2


def test_a_hole_that_nobody_fills_is_told(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gap, where it is known by then; else with the first push that shows it."""
    monkeypatch.setattr(recovery, "_HOLE_PAUSE_S", 0.01)
    monkeypatch.setattr(recovery, "_HOLES_S", 0.0)
    with rig(venue, Rest(2, 4), Numbered) as one:
        one.outage()
        one.back()
        assert one.gap().reason == "orders() lacks 3 to 3"
        one.push(6)
        later = one.gap(2)
        assert (later.topic, later.reason) == ("orders()", "orders() lacks 5 to 5")
        one.heard(1, 2, 4, 6)


def test_what_nobody_lists_any_more_is_told(venue: Venue) -> None:
    """In words, and by time."""

    class Lacking(Numbers):
        def missed(self, since_ms: int, fetch: Fetch, now_ms: int) -> Missed:
            found = super().missed(since_ms, fetch, now_ms)
            return Missed(found.rows, (Lack(1_000, "fills"), Lack(2_000, "amendments")))

    with rig(venue, Rest(2), Lacking) as one:
        one.outage()
        one.back()
        gap = one.gap()
        assert (gap.recovered, gap.reason) == (1, "orders() lacks fills, amendments")
        assert gap.missing_before is not None
        assert gap.missing_before.timestamp() == 2


def test_what_waits_is_bounded(venue: Venue) -> None:
    """Past so many bytes the stream goes on before REST has answered, and the gap says why."""
    rest, gate = Rest(2), HeldCallback()
    rest.before = lambda _: gate()
    with rig(venue, rest, max_mailbox_bytes=200) as one:
        one.outage()
        one.back()
        assert gate.entered.wait(PATIENCE_S)
        one.push(*range(3, 20))
        one.heard(1, *range(3, 20))
        gate.go_on.set()
        gap = one.gap()
        one.heard(1, *range(3, 20), 2)
        assert (gap.recovered, gap.reason) == (1, "orders() recovered late: too much came meanwhile")


def test_closing_ends_the_thread(venue: Venue) -> None:
    """Also when it is the REST side that says so first; without an outage there has never been one."""
    rest = Rest()

    def closed(_number: int) -> None:
        raise StreamClosed("the client was closed")

    rest.before = closed
    with rig(venue, rest) as one:
        assert our_threads("okx-recovery") == []
        one.outage()
        one.back()
        until(lambda: rest.asked)
        until(lambda: our_threads("okx-recovery") == [])
        assert one.watched.states.of(kind="gap") == []
        assert not list(one.watched.errors)


def test_closing_ends_a_recovery_under_way(venue: Venue) -> None:
    """While REST fails it waits between its tries; a client that is closed does not wait for the next one."""
    rest = Rest()

    def fail(_number: int) -> None:
        raise OkxHttpError("no answer", retryable=True)

    rest.before = fail
    with rig(venue, rest, hold_s=60.0) as one:
        one.outage()
        one.back()
        until(lambda: rest.asked)
        one.watched.ws.close()
        until(lambda: our_threads("okx-recovery") == [])


def test_without_a_thread_it_is_tried_again(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user is told at once; the stream does not wait for a thread, and what was missed comes once there is one."""
    with rig(venue, Rest(2)) as one:
        with no_more_threads(monkeypatch, "okx-recovery") as refused:
            one.outage()
            one.back()
            gap = one.gap()
            assert str(gap.reason).startswith("not recovered yet: the thread okx-recovery cannot be started")
            one.push(3)
            one.heard(1, 3)
            assert len(refused) >= 2
            assert ["okx-recovery cannot be started" in str(error) for error in one.watched.errors] == [True]
        assert one.gap(2).recovered == 1
        one.heard(1, 3, 2)
