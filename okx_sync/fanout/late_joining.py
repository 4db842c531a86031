"""What whoever comes late needs first: kept by the publisher, and laid beside the stream from time to time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Protocol

from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.events import Event, Push
from okx_sync.protocol.fed_dialect import handed_on

__all__ = ["AccountLog", "BookLevels", "Kept", "LastMessage", "keeper_for"]

_MOST: Final = 500  # messages of account data that are kept behind a snapshot
_SIDES: Final = (("bids", False), ("b", False), ("asks", True), ("a", True))
_KINDS: Final = ("action", "type", "eventType")


class Kept(Protocol):
    """What is kept of one topic."""

    is_state: bool
    """Whether readers cannot go on without it after an interruption."""
    changed: bool

    def add(self, frame: bytes) -> None:
        """Take in a message."""

    def frames(self) -> list[bytes]:
        """Return the messages that tell the present state; none while it is not known."""

    def interrupted(self) -> None:
        """Note that messages may be missing from here on."""


def keeper_for(info: ChannelInfo | None, topic: Topic, read: Callable[[bytes], Event]) -> Kept | None:
    """Return what keeps the state of a topic; None where its events are no state."""
    if info is None:
        return None
    if info.sequenced:
        return BookLevels(topic, read)
    if info.private:
        return AccountLog(read) if info.snapshot else None
    return LastMessage() if info.snapshot else None


class LastMessage:
    """The last message: each tells all."""

    is_state = False

    def __init__(self) -> None:
        self.changed = False
        self._frame: bytes | None = None

    def add(self, frame: bytes) -> None:
        """Take in a message."""
        self._frame = frame
        self.changed = True

    def frames(self) -> list[bytes]:
        """Return the last one."""
        return [] if self._frame is None else [self._frame]

    def interrupted(self) -> None:
        """Note nothing: the last message is the last."""


class AccountLog:
    """The exchange's snapshot of account data, and all that was pushed behind it."""

    is_state = True

    def __init__(self, read: Callable[[bytes], Event]) -> None:
        self.changed = False
        self._read = read
        self._frames: list[bytes] = []
        self._was_cut = False

    def add(self, frame: bytes) -> None:
        """Take in a message."""
        push = self._read(frame)
        if not isinstance(push, Push):
            return
        if _is_snapshot(push):
            self._frames = [frame]
        elif self._frames:
            self._frames.append(frame)
            if len(self._frames) > _MOST:  # what is incomplete is not told as if it were whole
                self._frames = []
                self._was_cut = True
        self.changed = True

    def take_cut(self) -> bool:
        """Tell, once, that more came than is kept, so that a new snapshot is needed."""
        was_cut, self._was_cut = self._was_cut, False
        return was_cut

    def frames(self) -> list[bytes]:
        """Return the snapshot and what came behind it."""
        return list(self._frames)

    def interrupted(self) -> None:
        """Forget it: the next snapshot tells it again."""
        self._frames = []
        self.changed = True


class BookLevels:
    """A book as the texts of its levels, told as a snapshot of the exchange."""

    is_state = True

    def __init__(self, topic: Topic, read: Callable[[bytes], Event]) -> None:
        self.changed = False
        self._topic = topic
        self._read = read
        self._sides: dict[str, dict[str, Any]] = {}
        self._last: tuple[Push, dict[str, Any]] | None = None

    def add(self, frame: bytes) -> None:
        """Take in a message; one that cannot be read, or that follows nothing, makes the book unknown."""
        push = self._read(frame)
        if not isinstance(push, Push):
            return
        self.changed = True
        try:
            for row in push.rows:
                self._row(row, push)
        except (TypeError, LookupError, AttributeError, InvalidOperation):
            self.interrupted()

    def _row(self, row: dict[str, Any], push: Push) -> None:
        names = [name for name, _ in _SIDES if name in row]
        if _is_snapshot(push):
            self._sides = {name: {} for name in names}
        elif self._last is None:
            return
        for name in names:
            levels = self._sides[name]
            for level in row[name]:
                if not level[1].strip("0."):
                    levels.pop(level[0], None)
                else:
                    levels[level[0]] = level
        self._last = push, row

    def frames(self) -> list[bytes]:
        """Return the book as one snapshot."""
        if self._last is None:
            return []
        try:
            return [self._snapshot(*self._last)]
        except InvalidOperation:  # a price that is no number
            self.interrupted()
            return []

    def _snapshot(self, push: Push, last: dict[str, Any]) -> bytes:
        row = dict(last)
        for name, is_rising in _SIDES:
            if name in self._sides:
                levels = self._sides[name]
                row[name] = [levels[price] for price in sorted(levels, key=Decimal, reverse=not is_rising)]
        for name in ("prevSeqId", "pseq"):
            if name in row:
                row[name] = type(row[name])(-1)
        message = dict(push.message)
        message.update({name: "snapshot" for name in _KINDS if name in message})
        return handed_on(self._topic, Push(push.channel, push.arg, [row], message))

    def interrupted(self) -> None:
        """Forget it: the next snapshot tells it again."""
        self._last = None
        self.changed = True


def _is_snapshot(push: Push) -> bool:
    return any(push.message.get(name) == "snapshot" for name in _KINDS)
