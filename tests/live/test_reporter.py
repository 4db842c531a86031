"""``Reporter``: state events and errors that have no caller."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.delivery.callbacks import CallbackPool
from okx_sync.errors import CallbackError, ConfigError, OkxError
from okx_sync.live.reporter import Reporter
from okx_sync.timing import Clock
from okx_sync.types import StateEvent, StateKind
from tests.delivery.owner import PATIENCE_S, HeldCallback, until
from tests.threads import no_more_threads


@pytest.fixture
def pool() -> Iterator[CallbackPool]:
    """A pool whose threads have ended behind the test."""
    one = CallbackPool("okx-test-reporter", Clock())
    yield one
    assert one.close(PATIENCE_S)


def event(kind: StateKind) -> StateEvent:
    return StateEvent(kind=kind, path="public", epoch=1, at=dt.datetime.now(dt.UTC))


def test_handlers_get_their_kind_in_order(pool: CallbackPool) -> None:
    """State events to one, errors to the other; nobody has to listen."""
    reporter = Reporter(pool)
    reporter.error(OkxError("before anybody listened"))
    states: list[str] = []
    errors: list[str] = []
    until(lambda: not reporter._queue)
    reporter.on_state(lambda one: states.append(one.kind))
    reporter.on_error(lambda one: errors.append(str(one)))
    reporter.state(event("lost"))
    reporter.error(OkxError("e1"))
    reporter.state(event("restored"))
    until(lambda: len(states) == 2 and len(errors) >= 1)
    assert states == ["lost", "restored"]
    assert errors[-1] == "e1"
    assert reporter.errors == 2
    assert [one.kind for one in reporter.history] == ["lost", "restored"]


@pytest.mark.parametrize("error", [ValueError, SystemExit, KeyboardInterrupt])
def test_a_handler_that_raises_costs_nothing(
    pool: CallbackPool, error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged by name; the other handlers and the next events are served."""
    reporter, got = Reporter(pool), list[str]()

    def bad(_error: Exception) -> None:
        raise error("oops")

    bad.__qualname__ = f"bad_{error.__name__}"  # repeated lines of one name are not all shown
    reporter.on_error(bad)
    reporter.on_error(lambda one: got.append(str(one)))
    reporter.error(OkxError("e1"))
    reporter.error(OkxError("e2"))
    until(lambda: got == ["e1", "e2"])
    lines = [record.getMessage() for record in caplog.records if record.exc_info]
    assert len(lines) == 2
    assert all(f"bad_{error.__name__} raised" in line for line in lines)


def test_every_error_is_logged(pool: CallbackPool, caplog: pytest.LogCaptureFixture) -> None:
    """So that nobody has to register a handler to learn of it."""

    class Unheard(OkxError):
        """A kind of its own, because a flood of one kind is told as a count."""

    Reporter(pool).error(Unheard("something", code="51000"))
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "Unheard" in record.getMessage()
    assert "[51000] something" in record.getMessage()


def test_what_a_callback_raised_is_told_with_its_name(pool: CallbackPool, caplog: pytest.LogCaptureFixture) -> None:
    """Wrapped, with the event it was given and the original error behind it; the log has the traceback."""
    reporter, got = Reporter(pool), list[Exception]()
    reporter.on_error(got.append)
    cause = ZeroDivisionError("x")
    reporter.callback_error(cause, "the event", "reporter_test.on_tick")
    until(lambda: got)
    [error] = got
    assert isinstance(error, CallbackError)
    assert reporter.errors == 1
    assert (error.callback, error.event, error.__cause__) == ("reporter_test.on_tick", "the event", cause)
    assert "reporter_test.on_tick" in str(error)
    assert any(record.exc_info and "reporter_test.on_tick" in record.getMessage() for record in caplog.records)


def closed_pool() -> CallbackPool:
    pool = CallbackPool("okx-test-reporter", Clock())
    assert pool.close(PATIENCE_S)
    return pool


def test_the_last_words_are_said_when_the_client_closes() -> None:
    """What the pool did not come to is handed out all the same, once."""
    reporter, got = Reporter(closed_pool()), list[str]()
    reporter.on_state(lambda one: got.append(one.kind))
    reporter.state(event("closed"))
    assert got == []
    reporter.last_words(PATIENCE_S)
    reporter.last_words(PATIENCE_S)
    assert got == ["closed"]


def test_a_handler_that_hangs_does_not_hold_up_the_close() -> None:
    """Last words are waited for only so long."""
    reporter, gate = Reporter(closed_pool()), HeldCallback()
    reporter.on_state(gate)
    reporter.state(event("closed"))
    reporter.last_words(0.01)
    assert gate.entered.wait(PATIENCE_S)
    gate.go_on.set()
    until(lambda: all(thread.name != "okx-last-words" for thread in threading.enumerate()))


def test_handlers_never_overlap_with_themselves(pool: CallbackPool) -> None:
    """Not even when a client closes while one is running: the last words wait for their turn."""
    reporter, gate, got = Reporter(pool), HeldCallback(), list[str]()

    def slow(one: StateEvent) -> None:
        got.append(f"{one.kind} begins")
        if one.kind == "lost":
            gate()
        got.append(f"{one.kind} ends")

    reporter.on_state(slow)
    reporter.state(event("lost"))
    assert gate.entered.wait(PATIENCE_S)
    reporter.state(event("closed"))
    reporter.last_words(0.01)
    gate.go_on.set()
    until(lambda: len(got) == 4)
    assert got == ["lost begins", "lost ends", "closed begins", "closed ends"]


def test_a_handler_may_close_the_client() -> None:
    """Called from inside a handler, the last words do not wait for it; they come behind it."""
    reporter, got = Reporter(closed_pool()), list[str]()

    def close(one: StateEvent) -> None:
        got.append(one.kind)
        if one.kind == "failed":
            reporter.state(event("closed"))
            reporter.last_words(PATIENCE_S)
            got.append("back")

    reporter.on_state(close)
    reporter.state(event("failed"))
    reporter.last_words(PATIENCE_S)
    until(lambda: len(got) == 3)
    assert got == ["failed", "back", "closed"]


def test_history_is_bounded(pool: CallbackPool) -> None:
    """A link that reconnects for a year does not fill the memory."""
    reporter = Reporter(pool)
    for _ in range(500):
        reporter.state(event("lost"))
    assert len(reporter.history) == 200


def test_without_a_thread_the_last_words_are_lost_and_counted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A close is no place to raise."""
    reporter, got = Reporter(closed_pool()), list[StateEvent]()
    reporter.on_state(got.append)
    reporter.state(event("closed"))
    with no_more_threads(monkeypatch, "okx-last-words"):
        reporter.last_words(PATIENCE_S)
    assert got == []
    assert any("1 last events are not handed out" in record.getMessage() for record in caplog.records)


def test_what_cannot_be_called_is_no_handler(pool: CallbackPool) -> None:
    """Said when it is given, not when something happens."""
    reporter = Reporter(pool)
    registers: list[Any] = [reporter.on_state, reporter.on_error]
    for register in registers:
        with pytest.raises(ConfigError):
            register("handler")


def test_what_was_told_is_counted_and_the_latest_errors_are_kept(pool: CallbackPool) -> None:
    """For metrics and bug reports: events by kind, and the last fifty errors with their time."""
    reporter = Reporter(pool)
    for kind in ("lost", "restored", "lost"):
        reporter.state(event(kind))
    for number in range(60):
        reporter.error(OkxError(f"e{number}"))
    reporter.callback_error(ValueError("oops"), 1, "bot.on_tick")
    assert reporter.told == {"lost": 2, "restored": 1}
    assert reporter.errors == 61
    assert len(reporter.latest_errors) == 50
    at, text = reporter.latest_errors[-1]
    assert text == "CallbackError: callback bot.on_tick raised ValueError: oops"
    assert abs(at / 1e9 - Clock().time()) < 60
