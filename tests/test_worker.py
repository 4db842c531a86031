"""``Worker``: a named thread that can be stopped from anywhere."""

from __future__ import annotations

import logging
import threading

import pytest

from okx_sync.worker import Worker

PATIENCE_S = 5.0


def wait_until_stopped(worker: Worker) -> None:
    """A body that has nothing to do."""
    assert worker.wait(PATIENCE_S), "nobody stopped the worker"


def test_a_worker_runs_under_its_name_and_never_keeps_a_process_alive() -> None:
    """A thread dump says who it is; it is a daemon."""
    seen: list[threading.Thread] = []
    worker = Worker("okx-ws-public-0", lambda _worker: seen.append(threading.current_thread()))
    worker.start()
    assert worker.join(PATIENCE_S)
    assert [(thread.name, thread.daemon) for thread in seen] == [("okx-ws-public-0", True)]
    assert not worker.is_alive


def test_stopping_wakes_a_waiting_body() -> None:
    """At once, and ``stop`` says that it ended; stopping again is harmless."""
    worker = Worker("okx-test", wait_until_stopped)
    worker.start()
    assert worker.is_alive
    assert worker.stop(PATIENCE_S)
    assert worker.stopping
    assert worker.stop(0)


def test_a_body_that_does_not_look_is_not_waited_for() -> None:
    """``stop`` returns False after its timeout."""
    go_on = threading.Event()

    def deaf(_worker: Worker) -> None:
        go_on.wait(PATIENCE_S)

    worker = Worker("okx-test", deaf)
    worker.start()
    assert not worker.stop(0.01)
    go_on.set()
    assert worker.join(PATIENCE_S)


def test_a_worker_may_stop_itself() -> None:
    """It does not wait for its own end."""
    answers: list[tuple[bool, bool]] = []
    worker = Worker("okx-test", lambda me: answers.append((me.stop(PATIENCE_S), me.is_current)))
    worker.start()
    assert worker.join(PATIENCE_S)
    assert answers == [(True, True)]
    assert not worker.is_current


def test_a_worker_that_never_started_has_ended() -> None:
    """Closing what was never used must not wait or fail."""
    assert Worker("okx-test", wait_until_stopped).stop(0)


def test_a_crash_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A thread that dies in silence would look like a quiet market."""
    crashes: list[BaseException] = []

    def crash(_worker: Worker) -> None:
        raise ValueError("a bug")

    worker = Worker("okx-test-crash", crash, crashes.append)
    worker.start()
    assert worker.join(PATIENCE_S)
    assert [str(error) for error in crashes] == ["a bug"]
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage() == "thread okx-test-crash died"
    assert record.exc_info is not None


def test_starting_twice_is_our_own_mistake() -> None:
    """And is not hidden."""
    worker = Worker("okx-test", lambda _worker: None)
    worker.start()
    worker.join(PATIENCE_S)
    with pytest.raises(RuntimeError):
        worker.start()
