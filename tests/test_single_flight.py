"""``SingleFlight``: one thread makes what many want."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from okx_sync.errors import ConfigError, OkxTimeoutError
from okx_sync.single_flight import SingleFlight
from okx_sync.timing import Clock

PATIENCE_S = 10.0


class Maker:
    """Something slow: ``begun`` is set when it is under way, ``go_on`` lets it end."""

    def __init__(self, *outcomes: object) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.outcomes = list(outcomes)
        self.calls = 0

    def __call__(self) -> object:
        self.calls += 1
        outcome = self.outcomes.pop(0)
        self.begun.set()
        assert self.go_on.wait(PATIENCE_S)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


def test_threads_that_come_meanwhile_get_the_same_result() -> None:
    """It is made once, and again by whoever comes after."""
    flight, make = SingleFlight(Clock()), Maker("one", "two")
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(flight.run, "it", make, PATIENCE_S)
        assert make.begun.wait(PATIENCE_S)
        others = [pool.submit(flight.run, "it", make, PATIENCE_S) for _ in range(3)]
        make.go_on.set()
        results = [future.result(PATIENCE_S) for future in (first, *others)]
    assert results[0] == "one"
    assert len(set(results)) <= make.calls  # a thread that came late has made another one
    assert flight.run("it", made_at_once("three"), 0) == "three"


def made_at_once(result: str) -> Maker:
    """One that does not wait."""
    make = Maker(result)
    make.go_on.set()
    return make


def test_they_get_the_same_error_and_the_next_one_tries_again() -> None:
    """A failure is not remembered."""
    flight, make = SingleFlight(Clock()), Maker(OkxTimeoutError("no ack"))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(flight.run, "it", make, PATIENCE_S)
        assert make.begun.wait(PATIENCE_S)
        other = pool.submit(flight.run, "it", make, PATIENCE_S)
        waiting = [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPool")]
        assert len(waiting) == 2
        # The second is surely waiting once it holds the future; a short timeout of a third shows the same.
        with pytest.raises(OkxTimeoutError, match="another thread is making it"):
            flight.run("it", make, 0.05)
        make.go_on.set()
        errors = [future.exception(PATIENCE_S) for future in (first, other)]
    assert errors[0] is errors[1]
    assert flight.run("it", made_at_once("now"), 0) == "now"


def test_an_interrupted_maker_is_followed_by_one_who_waits() -> None:
    """Ctrl-C in one thread is no answer for the others."""
    flight, make = SingleFlight(Clock()), Maker(KeyboardInterrupt(), "made")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(flight.run, "it", make, PATIENCE_S)
        assert make.begun.wait(PATIENCE_S)
        other = pool.submit(flight.run, "it", make, PATIENCE_S)
        make.go_on.set()
        assert isinstance(first.exception(PATIENCE_S), KeyboardInterrupt)
        assert other.result(PATIENCE_S) == "made"


def test_a_thread_that_must_not_wait_is_told() -> None:
    """The thread that makes it, and one that the maker needs, get an error at once and not a deadlock."""
    flight = SingleFlight(Clock())

    def again() -> object:
        return flight.run("it", lambda: None, None)

    with pytest.raises(ConfigError, match="cannot wait"):
        flight.run("it", again, None)

    make = Maker("made")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(flight.run, "it", make, PATIENCE_S)
        assert make.begun.wait(PATIENCE_S)
        with pytest.raises(ConfigError, match="cannot wait"):
            flight.run("it", make, None, can_wait=lambda: False)
        make.go_on.set()
        assert first.result(PATIENCE_S) == "made"


class LandsLate(Clock):
    """A clock by which the time is over at its third look, and something else has just ended then."""

    def __init__(self, land: Callable[[], object]) -> None:
        super().__init__()
        self._land = land
        self._looks = 0

    def monotonic(self) -> float:
        self._looks += 1
        if self._looks < 3:
            return 0.0
        if self._looks == 3:
            self._land()
        return 1_000.0


@pytest.mark.parametrize("outcome", ["made", OkxTimeoutError("its own")])
def test_what_ends_as_the_time_is_over_counts(outcome: object) -> None:
    """Whoever waited gets the result or the error itself, and never a ``TimeoutError`` that is none of ours."""
    make = Maker(outcome)
    made: list[Future[object]] = []

    def land() -> None:
        make.go_on.set()
        made[0].exception(PATIENCE_S)

    flight = SingleFlight(LandsLate(land))
    with ThreadPoolExecutor(1) as pool:
        made.append(pool.submit(flight.run, "it", make, None))
        assert make.begun.wait(PATIENCE_S)
        if isinstance(outcome, OkxTimeoutError):
            with pytest.raises(OkxTimeoutError, match="its own"):
                flight.run("it", make, 0.01)
        else:
            assert flight.run("it", make, 0.01) == outcome
    assert make.calls == 1
