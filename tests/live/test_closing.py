"""The end of a client: once, from wherever, and without waiting for itself."""

from __future__ import annotations

import gc
import logging
import threading
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from okx_sync.live import closing
from okx_sync.live.closing import Closable, Closing
from okx_sync.transport.link_state import run_all
from okx_sync.worker import Worker
from tests.delivery.owner import PATIENCE_S, HeldCallback
from tests.loopback.conftest import our_threads, until
from tests.programs import run_python
from tests.threads import no_more_threads


class Steps:
    """Both steps of an end, noted; ``work`` is done in the second."""

    def __init__(self, work: Callable[[], object] = lambda: None) -> None:
        self.notes: list[str] = []
        self.work = work
        self.closing = Closing(lambda: self.notes.append("marked"), self._shut_down)

    def _shut_down(self) -> None:
        self.notes.append("begun")
        self.work()
        self.notes.append("done")

    def close_in_a_handler(self) -> None:
        """As a signal handler that has interrupted a call of ours."""

        def handler() -> None:
            self.closing.close()

        run_all([handler])


def on_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def ended(thread: threading.Thread) -> bool:
    thread.join(PATIENCE_S)
    return not thread.is_alive()


def test_it_is_marked_then_shut_down_once() -> None:
    """However often it is asked for."""
    steps = Steps()
    for _ in range(3):
        steps.closing.close()
    assert steps.notes == ["marked", "begun", "done", "marked", "marked"]


def test_a_second_thread_waits_for_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """When close() returns all has ended, whoever did it; and it returns as soon as it has."""
    monkeypatch.setattr(closing, "_LIMIT_S", 60.0)
    gate = HeldCallback()
    steps = Steps(gate)
    first = on_thread(steps.closing.close)
    assert gate.entered.wait(PATIENCE_S)

    def close_too() -> None:
        steps.closing.close()
        steps.notes.append("second")

    second = on_thread(close_too)
    until(lambda: steps.notes.count("marked") == 2)
    gate.go_on.set()
    assert ended(first)
    assert ended(second)
    assert steps.notes == ["marked", "begun", "marked", "done", "second"]


def test_a_thread_of_ours_does_not_wait() -> None:
    """The thread that closes may be waiting for it to end."""
    returned = list[bool]()

    def close(_worker: Worker) -> None:
        steps.closing.close()
        returned.append(True)

    def wait_for_worker() -> None:
        worker.start()
        assert worker.join(PATIENCE_S)

    worker = Worker("okx-test-close", close)
    steps = Steps(wait_for_worker)
    steps.closing.close()
    assert returned == [True]
    assert steps.notes == ["marked", "begun", "marked", "done"]


def test_a_handler_inside_a_call_leaves_it_to_another_thread() -> None:
    """It returns at once; the call that it has interrupted waits for the end before it raises."""
    gate = HeldCallback()
    steps = Steps(gate)
    steps.closing.finish()  # nobody has closed: nothing to wait for
    steps.close_in_a_handler()
    assert gate.entered.wait(PATIENCE_S)
    assert our_threads("okx-close") == ["okx-close"]
    steps.close_in_a_handler()  # once more: neither waits nor begins anew
    elsewhere = on_thread(steps.closing.finish)  # a call on another thread was not interrupted: it does not wait
    assert ended(elsewhere)
    assert "done" not in steps.notes
    threading.Timer(0.01, gate.go_on.set).start()
    steps.closing.finish()
    assert steps.notes == ["marked", "begun", "marked", "done"]
    until(lambda: our_threads("okx-close") == [])


def test_an_end_that_was_interrupted_is_taken_up_again() -> None:
    """Ctrl-C in the middle of it: the next close goes on."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    steps = Steps(interrupt)
    with pytest.raises(KeyboardInterrupt):
        steps.closing.close()
    steps.work = lambda: None
    steps.closing.close()
    steps.closing.close()
    assert steps.notes == ["marked", "begun", "marked", "begun", "done", "marked"]


def test_without_a_thread_a_handler_can_only_mark_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """That is logged, with the cure: a close outside of the handler ends it."""
    steps = Steps()
    with no_more_threads(monkeypatch, "okx-close"):
        steps.close_in_a_handler()
    assert steps.notes == ["marked"]
    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert line.startswith("the client is closed but not tidied up; close() again outside of the handler")
    steps.closing.close()
    assert steps.notes == ["marked", "marked", "begun", "done"]


def test_ctrl_c_while_a_handler_hands_over_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is raised, and the end can be taken up again."""
    steps = Steps()

    def interrupt(_thread: threading.Thread) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", interrupt)
        with pytest.raises(KeyboardInterrupt):
            steps.close_in_a_handler()
    steps.closing.close()
    assert steps.notes == ["marked", "marked", "begun", "done"]


class Client(Closable):
    """A client of nothing."""

    def __init__(self, opened: list[str] | None = None) -> None:
        super().__init__()
        self.notes: list[str] = []
        if opened is not None:
            self._tell_unclosed("the venue", opened)

    def _mark_closed(self) -> None:
        self.notes.append("marked")

    def _shut_down(self) -> None:
        self.notes.append("shut down")


def test_a_client_is_closed_behind_its_block() -> None:
    """Whatever happens in it."""
    with pytest.raises(ZeroDivisionError), Client() as client:
        raise ZeroDivisionError
    client.close()
    client.finish_closing()
    assert client.notes == ["marked", "shut down", "marked"]


@pytest.mark.parametrize("opened", [["public"], []])
def test_a_client_that_was_dropped_is_told_of(opened: list[str]) -> None:
    """If it had opened anything; not one that was closed."""

    def use(close: Any) -> None:
        client = Client(opened)
        close(client)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        use(Client.close)
        gc.collect()
        assert [str(one.message) for one in told] == []
        use(lambda _client: None)
        gc.collect()
    texts = ["unclosed <Client the venue>; use `with`, or close() it"] if opened else []
    assert [str(one.message) for one in told] == texts


FORKED = """
import os
from okx_sync.live.closing import Closable

class Client(Closable):
    def _mark_closed(self): print("marked", flush=True)
    def _shut_down(self): print("shut down", flush=True)

client = Client()
close = client.close
child = os.fork()
if child == 0:
    close()
    os._exit(7)
_, status = os.waitpid(child, 0)
assert os.waitstatus_to_exitcode(status) == 7
close()
"""


def test_a_forked_child_leaves_the_parents_client_alone() -> None:
    """Closing it there does nothing, also by a method that was taken from it before."""
    done = run_python("-c", FORKED)
    assert (done.stdout, done.stderr) == ("marked\nshut down\n", "")
