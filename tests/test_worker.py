"""``Worker``: a named thread that can be stopped from anywhere."""

from __future__ import annotations

import logging
import threading

import pytest

from okx_sync.errors import OkxError
from okx_sync.transport.link_state import run_all
from okx_sync.worker import Worker, has_interrupted_us, on_worker

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
    answers: list[bool] = []
    worker = Worker("okx-test", lambda me: answers.append(me.stop(PATIENCE_S)))
    worker.start()
    assert worker.join(PATIENCE_S)
    assert answers == [True]


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


def test_a_worker_that_is_asked_to_stop_before_it_begins_does_nothing() -> None:
    """Its body may rely on what is gone by then."""
    ran: list[Worker] = []
    worker = Worker("okx-test", ran.append)
    worker.ask_to_stop()
    worker.start()
    assert worker.join(PATIENCE_S)
    assert ran == []


def test_a_thread_that_is_not_to_be_had_is_told_as_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hint; nothing has begun, so it may be tried again."""

    def none_left(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    worker = Worker("okx-test", lambda _worker: None)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", none_left)
        with pytest.raises(OkxError, match="okx-test cannot be started") as caught:
            worker.start()
    assert caught.value.retryable
    worker.start()
    assert worker.join(PATIENCE_S)


def test_a_start_that_a_signal_interrupts_leaves_nothing_running(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller takes it for failed, so the body must see that it is to end."""
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        start(thread)
        raise KeyboardInterrupt

    worker = Worker("okx-test", wait_until_stopped)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            worker.start()
    assert worker.stopping
    assert worker.join(PATIENCE_S)


def test_a_thread_of_ours_knows_that_it_is_one() -> None:
    """A user's thread is none."""
    answers: list[bool] = []
    worker = Worker("okx-test", lambda _worker: answers.append(on_worker()))
    worker.start()
    assert worker.join(PATIENCE_S)
    assert answers == [True]
    assert not on_worker()


def test_user_code_within_a_call_of_ours_is_known_by_the_stack() -> None:
    """On the main thread, as a signal's handler is; on another thread nothing interrupts anything."""
    answers: list[bool] = []

    def ask() -> None:
        answers.append(has_interrupted_us())

    ask()
    run_all([ask])  # a call of ours that runs what it was given
    other = threading.Thread(target=lambda: run_all([ask]))
    other.start()
    other.join(PATIENCE_S)
    assert answers == [False, True, False]
