"""``Leftovers``: what a link would leave behind is ended when nobody is left who could close it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import attrs
import pytest

from okx_sync.transport.leftovers import Leftovers
from okx_sync.transport.options import WireOptions
from okx_sync.transport.socket import Wire
from okx_sync.worker import Worker
from tests.transport.peer import CLOSE, PATIENCE_S, Listener, Peer, close_frame, on_thread


@attrs.frozen
class Left:
    """A thread that reads an open socket, one that waits for its next attempt, and the socket's other end."""

    leftovers: Leftovers
    reader: Worker
    waiter: Worker
    peer: Peer


@pytest.fixture
def left() -> Iterator[Left]:
    """Of a link that was dropped."""
    leftovers, opened = Leftovers("public"), threading.Event()
    with Listener() as listener:
        wire = Wire(listener.url, WireOptions(), on_open=opened.set, on_frames=lambda _frames: None)

        def read(_worker: Worker) -> None:
            wire.run()

        def wait(_worker: Worker) -> None:
            leftovers.hurry.wait(PATIENCE_S)

        reader, waiter = Worker("okx-test-reader", read), Worker("okx-test-waiter", wait)
        leftovers.workers += [reader, waiter]
        leftovers.wires[reader] = wire
        for worker in leftovers.workers:
            worker.start()
        peer = listener.accept()
        assert opened.wait(PATIENCE_S)
        yield Left(leftovers, reader, waiter, peer)
    for worker in leftovers.workers:
        assert worker.join(PATIENCE_S)


def test_threads_end_and_the_server_is_told(left: Left) -> None:
    """One that says goodbye, too, is not cut off."""
    said: list[tuple[int, bytes]] = []

    def answer() -> None:
        for opcode, payload in left.peer.frames():
            said.append((opcode, payload))
            if opcode == CLOSE:
                left.peer.send(close_frame(1000))
        with contextlib.suppress(OSError):
            left.peer.close()

    with on_thread(answer):
        left.leftovers.end()
    assert [opcode for opcode, _ in said] == [CLOSE]
    assert all(worker.stopping and not worker.is_alive for worker in (left.reader, left.waiter))


def test_a_server_that_says_nothing_is_not_waited_for(left: Left) -> None:
    """Its socket is cut, so that the thread that reads it ends."""
    left.leftovers.end()
    assert left.reader.join(PATIENCE_S)
    assert not left.waiter.is_alive


def test_where_nothing_was_begun_nothing_is_to_be_ended() -> None:
    """A link that was never used."""
    leftovers = Leftovers("public")
    leftovers.end()
    assert (leftovers.name, leftovers.workers, leftovers.wires, leftovers.readers) == ("public", [], {}, set())
    assert leftovers.hurry.is_set()
