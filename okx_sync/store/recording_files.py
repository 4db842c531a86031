"""The files of a recording as they grow: begun, written, followed by the next; what could not be kept is accounted for.

Not safe from several threads: the recorder's own thread writes.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, Final

import attrs
import orjson

from okx_sync.errors import RecordingError
from okx_sync.live.file_lock import FileLock
from okx_sync.store.segment import SUFFIX, Entry, EntryKind, FrameBatch, SegmentWriter, read_head
from okx_sync.timing import Clock, now_ns

__all__ = ["HEAD_NAMES", "FileTerms", "RecordingFiles"]

HEAD_NAMES: Final = ("exchange", "environment", "account", "protocol", "category")
"""What a recording is of: the same in all files of a folder."""

_DIGITS: Final = 6
_CLOCK: Final = Clock()


@attrs.frozen(kw_only=True)
class FileTerms:
    """When the next file is begun (bytes, seconds), how much is compressed, and whether the disk is waited for."""

    max_bytes: float
    max_s: float
    level: int
    sync: bool


class RecordingFiles:
    """Writes entries into the files of a folder.

    Args:
        folder: Made when it is not there; what it holds stays.
        head: What the recording is of.

    Raises:
        RecordingError: The folder cannot be written to, or holds a recording of something else.
    """

    def __init__(self, folder: Path, head: dict[str, Any], terms: FileTerms) -> None:
        self._folder, self._head, self._terms = folder, head | {"recorder": uuid.uuid4().hex}, terms
        self._missed: dict[str, int] = {}  # what the next block is to say
        self._began = 0.0
        self.files = self.size = 0
        self.missed = 0
        """Messages that were left out so far."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(folder / "lock")
            try:
                self._check_head()
                self._segment = self._open()
            except BaseException:
                self._lock.release()
                raise
        except BlockingIOError:
            raise RecordingError(
                f"another recorder writes into {folder}", hint="give each recorder its own folder"
            ) from None
        except OSError as problem:
            raise RecordingError(f"{folder} cannot be written to: {problem}") from None

    def _there(self) -> list[Path]:
        return sorted(path for path in self._folder.glob(f"*{SUFFIX}") if path.stem.isdigit())

    def _check_head(self) -> None:
        """Raise ``RecordingError`` where the folder has a recording of something else: nobody could read both."""
        for path in reversed(self._there()):
            try:
                before = read_head(path)
            except RecordingError:  # one that was begun when a program died
                continue
            if any(before.get(name) != self._head.get(name) for name in HEAD_NAMES):
                old, new = (
                    " ".join(str(head[name]) for name in HEAD_NAMES if head.get(name)) for head in (before, self._head)
                )
                raise RecordingError(
                    f"{self._folder} holds a recording of {old}, and this one is of {new}",
                    hint="give each exchange, account and protocol a folder of its own",
                )
            return

    def _open(self) -> SegmentWriter:
        there = self._there()
        number = int(there[-1].stem) + 1 if there else 1
        head = {**self._head, "number": number, "began": now_ns()}
        segment = SegmentWriter(self._folder / f"{number:0{_DIGITS}}{SUFFIX}", head, self._terms.level)
        self._began = _CLOCK.monotonic()
        self.files += 1
        return segment

    def miss(self, frames: int, why: str) -> None:
        """Note messages that are left out: the next block says so."""
        self._missed[why] = self._missed.get(why, 0) + frames
        self.missed += frames

    def write(self, entries: list[Entry | FrameBatch], *, is_last: bool = True) -> None:
        """Write entries, in a new file where that is due. Raises ``OSError``: nothing of them was written then.

        ``is_last``: nothing else waits: now the disk is waited for, where that is wanted.
        """
        gaps = [
            Entry(EntryKind.MISSED, now_ns(), None, orjson.dumps({"frames": number, "reason": why}))
            for why, number in self._missed.items()
        ]
        if not entries and not gaps:
            return
        if self._segment.size >= self._terms.max_bytes or _CLOCK.monotonic() - self._began >= self._terms.max_s:
            following = self._open()
            self._segment.close()
            self._segment = following
        self.size += self._segment.write([*gaps, *entries])
        self._missed = {}
        if self._terms.sync and is_last:
            self._segment.sync()

    def close(self) -> None:
        """Have all of it on the disk, and close the file. Raises ``OSError``."""
        try:
            self._segment.sync()
        finally:
            self._segment.close()
            self._lock.release()
