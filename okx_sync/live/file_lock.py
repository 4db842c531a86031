"""One process at a time: a lock that the system gives back when its holder dies, however that happens."""

from __future__ import annotations

import contextlib
import os
import sys
import weakref
from pathlib import Path

from okx_sync import fork

__all__ = ["FileLock"]

_held: weakref.WeakSet[FileLock] = weakref.WeakSet()


class FileLock:
    """A lock on a file of its own, which is made beside what it protects and stays there, empty.

    Another process, and another lock of this one, cannot take it meanwhile.

    Args:
        path: of the file.

    Raises:
        BlockingIOError: somebody else holds it.
        OSError: the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._close = weakref.finalize(self, os.close, self._fd)  # also of one that is dropped
        self._close.atexit = False
        try:
            _lock(self._fd)
        except BaseException:
            self.leave()
            raise
        _held.add(self)

    def release(self) -> None:
        """Give it back. Idempotent."""
        if self._close.alive:
            _unlock(self._fd)
            self.leave()

    def leave(self) -> None:
        """Let go of the file, and of the lock unless another process has it from before a fork."""
        self._close()


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from None

    def _unlock(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


def _leave_to_parent() -> None:
    """Let go of the parent's locks in a child: else they were held for as long as it lives."""
    for lock in list(_held):
        with contextlib.suppress(OSError):
            lock.leave()


fork.in_child(_leave_to_parent)
