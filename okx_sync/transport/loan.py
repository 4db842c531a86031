"""Reading on loan: who reads a socket also runs the callbacks, and yet no callback keeps it from being read.

To hand a message from the thread that reads to another one costs more than most callbacks: the other has to be woken.
So the link thread lends the reading to a thread of the callback pool, which runs the callbacks of what it has read by
itself, one read after another. While it does, what is left of the stream (a part of a frame at most) lies open in
:class:`ReadingLoan`, and whoever takes it out reads on. Usually that is the borrower, back from its callbacks. The link
thread only looks on, some 25 times a second while anything comes; when it sees that a callback has kept the socket from
being read for 20 ms, or is told so by a call of the client that is about to wait, it reads by itself.

Whatever is not a plain message (end of the stream, errors, pings, fragments) is the link thread's, too.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import attrs

from okx_sync.timing import Clock
from okx_sync.transport.cutting import split_frames

__all__ = ["CHUNK", "ReadingLoan", "ReadingTerms"]

CHUNK: Final = 1 << 16
"""Bytes that are read at most at a time."""
_SLOW_S: Final = 0.02  # a run of callbacks that takes longer is taken for a slow one
_LOOK_S: Final = 0.04  # how often the link thread looks at least
_QUIET: Final = 5  # so many looks at which nothing has come, and it sleeps until something does
_ASLEEP_S: Final = 2.0
_KEEP_S: Final = 0.1  # how long the link thread reads by itself at least


@attrs.frozen
class ReadingTerms:
    """What a link needs to lend.

    Args:
        offer: ``offer(loan)`` finds a borrower; False when there is none now.
        readers: Idents of the threads that hand on what they have read, see ``Leftovers``.
    """

    offer: Callable[[Any], bool]
    readers: set[int]


class ReadingLoan:
    """The reading of one socket. :meth:`lend` is the link thread's, :meth:`step` the borrower's."""

    def __init__(self, sock: Any, deliver: Callable[[list[bytes]], object], lending: ReadingTerms) -> None:
        self.is_borrowed = False
        """Guarded by the borrower's lock."""
        self._receive = sock.recv
        self._deliver = deliver
        self._lending = lending
        # What is left of the stream while nobody reads. To append and to pop is one step each: no lock is needed.
        self._open: deque[bytes] = deque()
        self._bell = threading.Lock()  # guards nothing: it is released to wake the link thread
        self._bell.acquire()
        self._opened_at = 0.0  # when it was last laid open
        self._is_asleep = False  # the link thread, until it is woken
        self._is_wanted = False  # by the borrower: that the link thread takes over
        self._outcome: list[tuple[bytes | None, BaseException | None]] = []  # how the borrower has ended, if it has
        self._not_before = 0.0

    def _lay_open(self, left: bytes) -> None:
        self._opened_at = Clock.monotonic()
        self._open.append(left)

    # -- the link thread -----------------------------------------------------------------------------------------------

    @property
    def is_due(self) -> bool:
        """True unless the link thread has to read by itself for some time."""
        return Clock.monotonic() >= self._not_before

    def lend(self, left: bytes) -> bytes | None:
        """Have somebody else read, and wait until that is over; what the borrower raised is raised here.

        ``left``: the beginning of the next frame. Returns what is left when the link thread is to read on, None at the
        end of the stream.
        """
        self._lay_open(left)
        if not self._lending.offer(self):
            self._not_before = Clock.monotonic() + _KEEP_S
            with contextlib.suppress(IndexError):  # the latest borrower came back just now, and reads
                return self._open.pop()
        left_now, error = self._look_on()
        if error is not None:
            raise error
        return left_now

    def _look_on(self) -> tuple[bytes | None, BaseException | None]:
        seen, quiet, pause = -1.0, 0, _LOOK_S
        while True:
            self._bell.acquire(timeout=self._sleep(seen) if quiet >= _QUIET else pause)
            self._is_asleep = False
            if self._outcome:
                return self._outcome.pop()
            is_open = bool(self._open)
            opened_at = self._opened_at  # behind that: an older time would make a short run a long one
            lasts_s = Clock.monotonic() - opened_at if is_open else 0.0
            if is_open and (self._is_wanted or lasts_s >= _SLOW_S):
                try:
                    left = self._open.pop()
                except IndexError:  # the borrower is back
                    continue
                self._is_wanted = False
                self._not_before = Clock.monotonic() + _KEEP_S
                return left, None
            quiet = quiet + 1 if opened_at == seen else 0
            seen, pause = opened_at, _SLOW_S - lasts_s if is_open else _LOOK_S

    def _sleep(self, seen: float) -> float:
        """Return how long to sleep: until the bell, unless something has come since ``seen`` was looked up."""
        self._is_asleep = True
        return _ASLEEP_S if self._opened_at == seen and not self._open else _LOOK_S

    def _ring(self) -> None:
        with contextlib.suppress(RuntimeError):  # it rings already
            self._bell.release()

    # -- the borrower --------------------------------------------------------------------------------------------------

    def step(self) -> bool:
        """Read once and hand on what came; False when the reading is no longer on loan. Never raises."""
        try:
            left = self._open.pop()
        except IndexError:  # the link thread has taken over
            return False
        try:
            chunk = self._receive(CHUNK)
            if not chunk:
                return self._end(None)
            chunk = left + chunk if left else chunk
            frames: list[bytes] = []
            consumed, is_special = split_frames(chunk, frames)
            if frames:
                ident = threading.get_ident()
                self._lending.readers.add(ident)
                try:
                    self._deliver(frames)
                finally:
                    self._lending.readers.discard(ident)
        except InterruptedError:
            self._lay_open(left)
            return True
        except BaseException as error:  # noqa: BLE001  it is raised where the socket is looked after
            return self._end(None, error)
        if is_special:
            return self._end(chunk[consumed:])
        self._lay_open(chunk[consumed:])
        if self._is_asleep:
            self._ring()
        return True

    def _end(self, left: bytes | None, error: BaseException | None = None) -> bool:
        self._outcome.append((left, error))
        self._ring()
        return False

    def hand_back(self) -> None:
        """Let the link thread read on at once, if nobody reads: the borrower is about to wait, or to end."""
        if self._open:
            self._is_wanted = True
            self._ring()
