"""A file lock is one holder's, until that lets go or dies."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from okx_sync.live.file_lock import FileLock
from tests.programs import environment

_HOLD = """
import sys
from pathlib import Path
from okx_sync.live.file_lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_holder_of_this_process_is_refused(tmp_path: Path) -> None:
    """Two clients of one program are two holders; the second may have it once the first let go."""
    first = FileLock(tmp_path / "lock")
    with pytest.raises(BlockingIOError):
        FileLock(tmp_path / "lock")
    first.release()
    first.release()
    FileLock(tmp_path / "lock").release()


def test_a_holder_that_is_dropped(tmp_path: Path) -> None:
    """A client that nobody closed keeps no other from its journal for as long as the program runs."""
    lock = FileLock(tmp_path / "lock")
    del lock
    gc.collect()
    FileLock(tmp_path / "lock").release()


def test_a_holder_of_another_process_that_dies(tmp_path: Path) -> None:
    """It is refused while the other lives; a kill gives the lock back."""
    path = tmp_path / "lock"
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError):
            FileLock(path)
        other.kill()
        other.wait()
        FileLock(path).release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_does_not_keep_it(tmp_path: Path) -> None:
    """The lock is the parent's alone: a child that lives on does not hold it for ever."""
    lock = FileLock(tmp_path / "lock")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(write)
        os.read(read, 1)  # lives until the parent lets go of the pipe
        os._exit(0)
    os.close(read)
    try:
        with pytest.raises(BlockingIOError):
            FileLock(tmp_path / "lock")
        lock.release()
        FileLock(tmp_path / "lock").release()
    finally:
        os.close(write)
        os.waitpid(child, 0)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The error is the system's own."""
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "no" / "lock")
