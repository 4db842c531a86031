"""``ReadingLoan``: a thread reads in another's place, and never keeps a stream from being read."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from okx_sync.transport.loan import ReadingLoan, ReadingTerms
from tests.transport.peer import PING, frame

PATIENCE_S = 10.0


class Reading:
    """One end of a connected pair, lent to a thread that this borrows for it."""

    def __init__(self) -> None:
        self.peer, self.sock = socket.socketpair()
        self.got: list[bytes] = []
        self.by: list[int] = []
        self.after: Callable[[], None] = lambda: None  # what the borrower does behind each step: its callbacks
        self.threads: list[threading.Thread] = []
        self.readers: set[int] = set()
        self.steps: list[bool] = []
        self.loan = ReadingLoan(self.sock, self.deliver, ReadingTerms(self.offer, self.readers))

    def deliver(self, frames: list[bytes]) -> None:
        assert threading.get_ident() in self.readers
        self.got += frames
        self.by.append(threading.get_ident())

    def offer(self, loan: ReadingLoan) -> bool:
        def borrow() -> None:
            going = True
            while going:
                going = loan.step()
                self.steps.append(going)
                if going:
                    self.after()

        thread = threading.Thread(target=borrow, daemon=True)
        self.threads.append(thread)
        thread.start()
        return True

    def lent(self, left: bytes = b"") -> list[bytes | None]:
        """Lend on a thread of its own, as the link's is; what ``lend`` returned comes into the list."""
        out: list[bytes | None] = []
        thread = threading.Thread(target=lambda: out.append(self.loan.lend(left)), daemon=True)
        self.threads.append(thread)
        thread.start()
        return out


@pytest.fixture
def reading() -> Iterator[Reading]:
    made = Reading()
    yield made
    made.peer.close()
    for thread in made.threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    made.sock.close()


def until(predicate: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not predicate():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_the_borrower_reads_and_the_rest_comes_back(reading: Reading) -> None:
    """What was left goes first, a part of a frame waits for the rest of it, and what is special is for the owner."""
    first = frame(b"first")
    out = reading.lent(first[:3])
    reading.peer.sendall(first[3:] + frame(b"second") + frame(b"third")[:4])
    until(lambda: len(reading.got) == 2)
    ping = frame(b"", PING)
    reading.peer.sendall(frame(b"third")[4:] + ping)
    until(lambda: out)
    assert reading.got == [b"first", b"second", b"third"]
    assert out == [ping]
    assert reading.steps[-1] is False
    assert threading.get_ident() not in reading.by
    assert not reading.readers


def test_the_end_of_the_stream(reading: Reading) -> None:
    """None, for the owner to end."""
    out = reading.lent()
    reading.peer.sendall(frame(b"last"))
    until(lambda: reading.got)
    reading.peer.close()
    until(lambda: out)
    assert out == [None]


def test_an_error_is_raised_where_the_socket_is_looked_after(reading: Reading) -> None:
    """Whatever reading or handing on raises."""

    class Odd(Exception):
        pass

    def deliver(frames: list[bytes]) -> None:
        raise Odd(frames)

    reading.loan = ReadingLoan(reading.sock, deliver, ReadingTerms(reading.offer, reading.readers))
    reading.peer.sendall(frame(b"bad"))
    with pytest.raises(Odd):
        reading.loan.lend(b"")
    assert not reading.readers


def test_nobody_to_lend_to(reading: Reading) -> None:
    """The owner goes on at once, and does not ask again for a while."""
    loan = ReadingLoan(reading.sock, reading.deliver, ReadingTerms(lambda _loan: False, reading.readers))
    assert loan.is_due
    assert loan.lend(b"left") == b"left"
    assert not loan.is_due


def test_the_latest_borrower_comes_back_when_nobody_is_to_lend_to(reading: Reading) -> None:
    """It reads on, and the owner looks on as ever."""

    def offer(loan: ReadingLoan) -> bool:
        reading.offer(loan)
        until(lambda: not loan._open)
        return False

    reading.loan = ReadingLoan(reading.sock, reading.deliver, ReadingTerms(offer, reading.readers))
    out = reading.lent()
    reading.peer.sendall(frame(b"one"))
    until(lambda: reading.got == [b"one"])
    reading.peer.close()
    until(lambda: out)
    assert out == [None]


def test_a_borrower_that_does_not_come_back_loses_the_loan(reading: Reading) -> None:
    """The owner reads on where the borrower has stopped, and that one, once it is back, reads nothing more."""
    release = threading.Event()
    reading.after = lambda: assert_set(release)
    out = reading.lent()
    reading.peer.sendall(frame(b"one") + frame(b"two")[:2])
    until(lambda: out)
    assert out == [frame(b"two")[:2]]
    assert reading.got == [b"one"]
    assert not reading.loan.is_due
    reading.peer.sendall(b"for the owner")
    release.set()
    until(lambda: reading.steps[-1] is False)
    assert reading.sock.recv(100) == b"for the owner"


def assert_set(event: threading.Event) -> None:
    assert event.wait(PATIENCE_S)


def test_a_borrower_that_is_about_to_wait_gives_back(reading: Reading) -> None:
    """The owner reads on without having seen it twice; to say so while nothing lies open changes nothing."""
    release = threading.Event()
    reading.loan.hand_back()

    def wait() -> None:
        reading.loan.hand_back()
        assert_set(release)

    reading.after = wait
    out = reading.lent()
    reading.peer.sendall(frame(b"one"))
    until(lambda: out)
    assert out == [b""]
    release.set()


def test_an_owner_that_sleeps_is_woken(reading: Reading) -> None:
    """After a time without anything the owner looks no more; with what comes then it looks again."""
    release = threading.Event()
    out = reading.lent()
    until(lambda: reading.loan._is_asleep)
    reading.after = lambda: assert_set(release)
    reading.peer.sendall(frame(b"one"))
    until(lambda: out)
    assert out == [b""]
    release.set()


def test_a_signal_interrupts_nothing(reading: Reading) -> None:
    """A read that was interrupted is read again, with what was left before it."""

    class Interrupted:
        def __init__(self, sock: socket.socket) -> None:
            self.sock, self.calls = sock, 0

        def recv(self, size: int) -> bytes:
            self.calls += 1
            if self.calls == 1:
                raise InterruptedError
            return self.sock.recv(size)

    odd = Interrupted(reading.sock)
    reading.loan = ReadingLoan(odd, reading.deliver, ReadingTerms(reading.offer, reading.readers))
    out = reading.lent(frame(b"one")[:2])
    reading.peer.sendall(frame(b"one")[2:])
    until(lambda: reading.got)
    reading.peer.close()
    until(lambda: out)
    assert (odd.calls, reading.got, out) == (3, [b"one"], [None])
