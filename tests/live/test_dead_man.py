"""``DeadMan``: the exchange's timer is set anew while somebody is there, and only then. The timer stands in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from okx_sync import fork
from okx_sync.errors import ConfigError, OkxApiError, OkxError, OkxHttpError, OkxTimeoutError
from okx_sync.live import dead_man
from okx_sync.live.dead_man import LONGEST_S, SHORTEST_S, DeadMan, check_seconds
from tests.clocks import HandClock
from tests.delivery.owner import PATIENCE_S, until
from tests.threads import no_more_threads

LOST = OkxHttpError("the connection broke")


@attrs.frozen
class Answer:
    """What the exchange answers."""

    triggerTime: int | None


class LookedAt(HandClock):
    """A clock that counts how often it is looked at."""

    looks = 0

    def monotonic(self) -> float:
        self.looks += 1
        return super().monotonic()


class Exchange:
    """Its timer, and a clock that both sides share. ``troubles``: what the next requests bring, None for success."""

    def __init__(self) -> None:
        self.clock = LookedAt()
        self.set_to: list[int] = []
        self.troubles: list[BaseException | None] = []
        self.is_down = False
        self.closed = 0
        self.errors: list[OkxError] = []

    def set_timer(self, seconds: int) -> Answer:
        self.set_to.append(seconds)
        trouble = LOST if self.is_down else self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        return Answer(int((self.clock.time() + seconds) * 1000) if seconds else None)

    def close(self) -> None:
        self.closed += 1

    def guard(self, seconds: int = 30, **options: Any) -> DeadMan:
        """A switch of it."""
        options = {"on_error": self.errors.append, "close": self.close, **options}
        return DeadMan(self.set_timer, seconds, self.clock, **options)

    def until_set(self, times: int) -> None:
        """Wait for so many requests in all."""
        until(lambda: len(self.set_to) == times)

    def until_told(self, number: int) -> None:
        """Wait for so many errors in all."""
        until(lambda: len(self.errors) == number)


@pytest.fixture
def exchange(monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    """Its clock is looked at often; no thread of a switch is left behind the test."""
    monkeypatch.setattr(dead_man, "_LOOK_S", 0.005)
    yield Exchange()
    until(lambda: all(thread.name != "okx-dead-man" for thread in threading.enumerate()))


# -- as it should be -----------------------------------------------------------------------------------------------


def test_it_is_set_anew_at_each_third_and_switched_off(exchange: Exchange) -> None:
    """By the exchange's own time of its end."""
    guard = exchange.guard()
    assert (guard.armed, guard.expires_at) == (False, None)
    with guard:
        began = exchange.clock.time()
        assert (exchange.set_to, guard.armed) == ([30], True)
        for number in (2, 3):
            exchange.clock.forward(10)
            exchange.until_set(number)
        assert guard.expires_at is not None
        assert guard.expires_at.timestamp() == pytest.approx(began + 50, abs=0.01)
        assert repr(guard) == f"<DeadMan 30 s armed, expires_at={guard.expires_at}>"
    assert exchange.set_to == [30, 30, 30, 0]
    assert repr(guard) == "<DeadMan 30 s not armed, expires_at=None>"
    assert (exchange.errors, exchange.closed) == ([], 1)


def test_an_exception_leaves_the_timer_running(exchange: Exchange, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody sets it anew or off any more; the log says when the orders go."""
    guard = exchange.guard()
    with pytest.raises(KeyboardInterrupt), guard:
        raise KeyboardInterrupt
    assert exchange.set_to == [30]
    assert (guard.armed, exchange.closed) == (True, 1)
    assert f"left with KeyboardInterrupt: all orders are cancelled at {guard.expires_at}" in caplog.messages
    exchange.clock.forward(30)
    assert not guard.armed


@pytest.mark.parametrize("clock", ["mono", "wall"])
def test_time_that_one_clock_slept_through_counts(exchange: Exchange, clock: str) -> None:
    """The monotonic clock of some systems stands still while they sleep, and a wall clock may be set."""
    guard = exchange.guard()
    with pytest.raises(KeyError), guard:
        raise KeyError
    setattr(exchange.clock, clock, getattr(exchange.clock, clock) + 30)
    assert not guard.armed


# -- nobody is there -----------------------------------------------------------------------------------------------


def test_without_a_sign_of_life_it_pauses(exchange: Exchange) -> None:
    """Told once, and once more when the time has run out; it goes on with the next sign."""
    with exchange.guard(max_idle=12) as guard:
        exchange.clock.forward(12)
        exchange.until_set(2)
        exchange.clock.forward(1)
        exchange.until_told(1)
        assert "not refreshed any more: no sign of life for 12 s" in str(exchange.errors[0])
        exchange.clock.forward(30)
        exchange.until_told(2)
        assert "ran out: the exchange has cancelled all orders" in str(exchange.errors[1])
        assert exchange.set_to == [30, 30]
        assert not guard.alive()
        exchange.until_set(3)
        until(lambda: guard.armed)
        assert guard.alive()
    assert len(exchange.errors) == 2
    assert all(isinstance(error, OkxTimeoutError) and error.hint for error in exchange.errors)


def test_when_its_thread_has_ended_it_pauses(exchange: Exchange) -> None:
    """A thread that died inside the block watches nothing any more."""
    guard = exchange.guard()
    owner = threading.Thread(target=guard.__enter__, name="bot")
    owner.start()
    owner.join(PATIENCE_S)
    exchange.clock.forward(10)
    exchange.until_told(1)
    assert "its thread bot has ended" in str(exchange.errors[0])
    assert exchange.set_to == [30]
    guard.__exit__(None, None, None)
    assert exchange.set_to == [30, 0]


# -- the exchange cannot be reached --------------------------------------------------------------------------------


def test_a_refresh_that_fails_is_repeated(exchange: Exchange, caplog: pytest.LogCaptureFixture) -> None:
    """Each failure is told with what will happen; the one that works ends it."""
    with exchange.guard() as guard:
        expires_at = guard.expires_at
        exchange.troubles = [OkxHttpError("no route"), OkxTimeoutError("no answer"), None]
        exchange.clock.forward(10)
        for number in (1, 2):
            exchange.until_told(number)
            exchange.clock.forward(3)  # longer than any pause between two tries
        exchange.until_set(4)
        until(lambda: guard.expires_at != expires_at)
        assert guard.armed
    assert [type(error) for error in exchange.errors] == [OkxHttpError, OkxTimeoutError]
    assert all(f"all orders are cancelled at {expires_at}" in str(error.hint) for error in exchange.errors)
    assert any("is refreshed again" in line for line in caplog.messages)


def test_between_two_tries_there_is_a_pause(exchange: Exchange) -> None:
    """However often the clock is looked at: an exchange in trouble is not asked in a loop."""
    with exchange.guard():
        exchange.is_down = True
        exchange.clock.forward(10)
        exchange.until_told(1)
        looks = exchange.clock.looks
        until(lambda: exchange.clock.looks > looks + 10)
        assert exchange.set_to == [30, 30]
        exchange.is_down = False


def test_a_time_that_runs_out_is_told_once(exchange: Exchange) -> None:
    """However long nobody can be reached; afterwards the switch works again."""
    with exchange.guard() as guard:
        exchange.is_down = True
        exchange.clock.forward(31)
        until(lambda: len(exchange.set_to) >= 2)
        exchange.clock.forward(3)
        until(lambda: len(exchange.set_to) >= 3)
        assert not guard.armed
        exchange.is_down = False
        exchange.clock.forward(3)
        until(lambda: guard.armed)
    assert sum("ran out" in str(error) for error in exchange.errors) == 1


def test_switching_off_is_tried_three_times(exchange: Exchange) -> None:
    """If that is in vain the caller learns that the orders will go, and when."""
    with exchange.guard():
        exchange.troubles = [LOST]
    assert exchange.set_to == [30, 0, 0]
    guard = exchange.guard()
    with pytest.raises(OkxHttpError) as caught, guard:
        exchange.is_down = True
    assert exchange.set_to[3:] == [30, 0, 0, 0]
    assert caught.value.hint == f"the switch is still on: all orders are cancelled at {guard.expires_at}"
    assert (guard.armed, exchange.closed) == (True, 2)


@pytest.mark.parametrize("on_error", [None, lambda _error: 1 // 0])
def test_a_handler_that_raises_or_is_missing_ends_nothing(
    exchange: Exchange, on_error: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The errors are in the log in any case."""
    with exchange.guard(on_error=on_error):
        exchange.troubles = [LOST]
        exchange.clock.forward(10)
        exchange.until_set(2)
        exchange.clock.forward(3)
        exchange.until_set(3)
    assert exchange.set_to == [30, 30, 30, 0]
    assert any("the connection broke" in line for line in caplog.messages)


def test_the_death_of_its_thread_is_told(exchange: Exchange) -> None:
    """Whatever it is of: nobody sets the timer any more."""
    with exchange.guard():
        exchange.troubles = [ValueError("a bug")]
        exchange.clock.forward(10)
        exchange.until_told(1)
    assert "the dead man's switch died: a bug" in str(exchange.errors[0])
    assert exchange.set_to[-1] == 0


# -- it does not even begin ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [OkxHttpError("cut"), OkxTimeoutError("late"), KeyboardInterrupt()])
def test_a_beginning_of_which_nobody_knows_is_called_off(exchange: Exchange, error: BaseException) -> None:
    """The timer may be set: no order is cancelled later for a block that never ran."""
    exchange.troubles = [error]
    with pytest.raises(type(error)), exchange.guard():
        pytest.fail("the block ran")
    assert (exchange.set_to, exchange.closed) == ([30, 0], 1)


def test_a_beginning_that_was_refused_has_nothing_to_call_off(exchange: Exchange) -> None:
    """The exchange has said that no timer is set."""
    exchange.troubles = [OkxApiError("no permission", code="50120")]
    guard = exchange.guard()
    with pytest.raises(OkxApiError), guard:
        pytest.fail("the block ran")
    assert (exchange.set_to, exchange.closed, guard.armed) == ([30], 1, False)


def test_what_cannot_be_called_off_is_told_with_the_error(exchange: Exchange) -> None:
    """The timer may strike."""
    exchange.is_down = True
    with pytest.raises(OkxHttpError) as caught, exchange.guard():
        pytest.fail("the block ran")
    assert "the timer may be running: orders may be cancelled within 30 s" in caught.value.__notes__[0]
    assert exchange.closed == 1


def test_without_a_thread_it_is_called_off(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would set the timer anew."""
    guard = exchange.guard()
    with no_more_threads(monkeypatch, "okx-dead-man"), pytest.raises(OkxError, match="cannot be started"), guard:
        pytest.fail("the block ran")
    assert (exchange.set_to, exchange.closed, guard.armed, guard.expires_at) == ([30, 0], 1, False, None)


def test_a_switch_is_entered_once(exchange: Exchange) -> None:
    """A second time it would have nothing to close."""
    guard = exchange.guard()
    with guard:
        pass
    with pytest.raises(ConfigError, match="entered once") as caught:
        guard.__enter__()
    assert caught.value.hint == "call client.dead_man(...) again"


@pytest.mark.parametrize("seconds", [SHORTEST_S - 1, LONGEST_S + 1, 30.0, True, "30", None])
def test_the_time_is_checked(exchange: Exchange, seconds: Any) -> None:
    """Whole seconds, as the exchange takes them; nothing is sent."""
    with pytest.raises(ConfigError, match="seconds must be a whole number from 10 to 120"):
        exchange.guard(seconds)
    assert [check_seconds(good) for good in (SHORTEST_S, LONGEST_S)] == [10, 120]
    assert exchange.set_to == []


def test_an_exchange_may_have_other_limits(exchange: Exchange) -> None:
    """Its own hold then, on both sides."""
    assert exchange.guard(5, limits=(5, 60)).seconds == 5
    for seconds in (4, 61):
        with pytest.raises(ConfigError, match="from 5 to 60"):
            exchange.guard(seconds, limits=(5, 60))


@pytest.mark.parametrize("max_idle", [0, -1, float("nan")])
def test_the_idle_time_is_checked(exchange: Exchange, max_idle: float) -> None:
    """Above zero: else it would never be refreshed."""
    with pytest.raises(ConfigError, match="max_idle must be a positive number"):
        exchange.guard(max_idle=max_idle)


def test_in_a_forked_child_leaving_does_nothing(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    """The timer is the parent's: the child must not switch it off."""
    guard = exchange.guard()
    with guard:
        with monkeypatch.context() as patch:
            patch.setattr(fork, "is_from_parent", lambda thing: thing is guard)
            guard.__exit__(None, None, None)
        assert exchange.set_to == [30]
        exchange.clock.forward(10)
        exchange.until_set(2)
    assert exchange.set_to == [30, 30, 0]
