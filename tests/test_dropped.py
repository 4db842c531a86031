"""``dropped``: what nobody holds any more ends by itself, and is told of once."""

from __future__ import annotations

import gc
import os
import queue
import threading
import warnings
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from okx_sync.dropped import Bell, tell_unclosed, weakly, wired
from tests.delivery.owner import PATIENCE_S, until


class Client:
    """Something that a user holds."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def hear(self, event: object) -> None:
        self.heard.append(event)


@pytest.fixture
def told() -> Iterator[list[warnings.WarningMessage]]:
    """What is warned of, instead of an error."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        yield seen


def test_a_method_that_is_called_weakly_keeps_nobody_alive() -> None:
    """While its object is there it is called; afterwards nothing happens."""
    client = Client()
    call, ref = weakly(client.hear), weakref.ref(client)
    call(1)
    assert client.heard == [1]
    del client
    gc.collect()
    assert ref() is None
    call(2)


def test_a_thread_that_waits_is_woken_by_the_end_of_its_owner() -> None:
    """It holds what it waits for, and a weak reference to the rest."""
    client, bell = Client(), Bell()
    ref, seen = wired(client, bell), list[Any]()

    def wait() -> None:
        while bell.get(timeout=PATIENCE_S) is not None:
            seen.append(ref() is not None)
        seen.append(ref())

    thread = threading.Thread(target=wait)
    thread.start()
    bell.put("work")
    until(lambda: seen)
    del client
    gc.collect()
    thread.join(PATIENCE_S)
    assert seen == [True, None]
    with pytest.raises(queue.Empty):
        bell.get_nowait()


def test_one_that_is_dropped_while_open_is_told_of_and_ended(told: list[warnings.WarningMessage]) -> None:
    """By its name, with the cure."""
    client, ended = Client(), list[str]()
    tell_unclosed(client, "<Client here>", lambda: True, lambda: ended.append("ended"))
    del client
    gc.collect()
    assert ended == ["ended"]
    assert [(one.category, str(one.message)) for one in told] == [
        (ResourceWarning, "unclosed <Client here>; use `with`, or close() it")
    ]


def test_one_that_was_closed_or_never_opened_is_not_told_of(told: list[warnings.WarningMessage]) -> None:
    """Nor is anything ended."""
    closed, unused = Client(), Client()
    tell_unclosed(closed, "<closed>", lambda: True, lambda: pytest.fail("it was ended")).detach()
    tell_unclosed(unused, "<unused>", lambda: False, lambda: pytest.fail("it was ended"))
    del closed, unused
    gc.collect()
    assert told == []


def test_what_was_made_before_a_fork_is_the_parents(
    told: list[warnings.WarningMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that drops it tells nothing."""
    client = Client()
    tell_unclosed(client, "<Client here>", lambda: True, lambda: pytest.fail("it was ended"))
    here = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: here + 1)
    del client
    gc.collect()
    assert told == []


def test_at_the_end_of_the_interpreter_nothing_is_told() -> None:
    """It is not run then."""
    client = Client()
    assert not tell_unclosed(client, "<Client here>", lambda: False).atexit
