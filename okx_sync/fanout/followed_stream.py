"""``FollowedStream``: how far a follower is in one stream, which outlives its connections, and what it missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, Protocol

import attrs

from okx_sync.errors import DecodeError
from okx_sync.fanout.entries import EntryId, StreamEntry, id_of, id_text, texts_of, unpack
from okx_sync.fanout.start_place import StartPlace
from okx_sync.fanout.stream_keys import StreamKeys, topic_number
from okx_sync.protocol.dialect import Topic

__all__ = ["FollowedStats", "FollowedStream", "GroupStats", "StreamFacts"]

_NOWHERE: Final = (0, 0)
_ANY: Final = ""  # in place of an epoch that is not known
_ENDS: Final = {"lost": "the publisher {} lost its connection to the exchange", "epoch": "the publisher {} took over"}


@attrs.frozen(kw_only=True)
class StreamFacts:
    """What the broker says of a stream at one moment. ``is_held``: a publisher is there and alive."""

    epoch: str
    publisher: str
    last: int
    last_id: EntryId
    snapped: EntryId
    heartbeat_ms: int
    changes: int
    lineage: str
    base: int
    is_up: bool
    is_held: bool

    @classmethod
    def read(cls, told: list[bytes | None], holder: bytes | None) -> StreamFacts | None:
        """Read the fields of :attr:`FIELDS`; None where nobody has ever published.

        ``holder``: the token that has the lease. Raises ``ValueError`` for what no publisher has written.
        """
        epoch, publisher, last, last_id, snapped, heartbeat, up, changes, lineage, base = told
        if epoch is None:
            return None
        return cls(
            epoch=epoch.decode(),
            publisher=(publisher or b"?").decode(),
            last=int(last or 0),
            last_id=cls.id_in(last_id),
            snapped=cls.id_in(snapped),
            heartbeat_ms=int(heartbeat or 0),
            changes=int(changes or 0),
            lineage=(lineage or b"").decode(),
            base=int(base or 0),
            is_up=up == b"1",
            is_held=holder == epoch,
        )

    @staticmethod
    def id_in(told: bytes | None) -> EntryId:
        """Return the id in a field; that before all others where there is none."""
        return id_of(told) if told else _NOWHERE

    FIELDS = ("epoch", "publisher", "last", "last_id", "snapped", "heartbeat", "up", "changes", "lineage", "base")


@attrs.frozen(kw_only=True)
class GroupStats:
    """The messages of a stream as a whole group has them: ``handled``, each once, and ``missing`` for all members."""

    handled: int
    missing: int


@attrs.frozen(kw_only=True)
class FollowedStats:
    """One followed stream in numbers, over all topics that its publisher sends in it.

    ``received`` and ``missing`` messages together are those that the publishers sent since this follower joined:
    ``missing`` were told in ``gap`` events. ``interruptions``: times without a publisher, or in which nobody knows what
    was sent; how many messages there would have been is unknown.

    ``position``: how far it has read; ``start={name: position}`` of another follower goes on there, and knows what it
    missed.

    Of a member of a group, ``received`` are those that came to it first, ``redelivered`` what another member was given
    before, ``missing`` what it was the first to notice; ``group``: all members together, as this one heard last.
    """

    publisher: str
    received: int
    missing: int
    interruptions: int
    position: str = "latest"
    redelivered: int = 0
    group: GroupStats | None = None


class _Epoch(Protocol):
    """What tells epochs apart, and where their numbers stand among those of others of the same lineage."""

    @property
    def epoch(self) -> str: ...
    @property
    def lineage(self) -> str: ...
    @property
    def base(self) -> int: ...


@attrs.define
class _Insert:
    """A snapshot that is due once the stream has come to ``at``.

    ``number``: of its topic; ``is_needed``: also if a message of the topic comes before.
    """

    number: bytes
    at: EntryId
    frames: list[bytes]
    is_needed: bool


class FollowedStream:
    """One stream. Used on the thread of its link; :attr:`stats` from any.

    Args:
        tell: ``tell(reason)`` reports a gap.
    """

    is_shared = False
    """Whether other followers are given a part of the entries."""

    def __init__(self, keys: StreamKeys, tell: Callable[[str], None]) -> None:
        self.keys = keys
        self.topics: dict[bytes, Topic] = {}
        self.at: EntryId = _NOWHERE
        """Id of the entry up to which it was read."""
        self.began = False
        self.changes = 0
        """How often its topics had changed when they were last looked at."""
        self.needs_all = False
        """Topics are followed that cannot go on behind a gap without a new snapshot."""
        self._tell = tell
        self._epoch: str | None = None
        self._publisher = "?"
        self._lineage, self._base = "", 0  # of that epoch
        self._next: int | None = None  # the number that should come
        self._live_from: EntryId = _NOWHERE  # what is behind it happened while this connection stood
        self._inserts: list[_Insert] = []
        self._received = self._missing = self._interruptions = 0
        self._is_among_others = False  # what was read last was no publisher's
        self._untold: list[str] = []
        self._show()

    @property
    def stats(self) -> FollowedStats:
        """The stream in numbers."""
        publisher, received, missing, interruptions, place = self._shown
        return FollowedStats(
            publisher=publisher,
            received=received,
            missing=missing,
            interruptions=interruptions,
            position=str(StartPlace(*place)),
        )

    def _note(self, reason: str) -> None:
        """Keep what is to be told of an entry until all of it is read."""
        self._untold.append(reason)

    def _show(self) -> None:
        """Show other threads how far it is, in one step and between two entries; then tell what is missing."""
        place: tuple[EntryId | None, str, int | None] = (self.at if self.began else None, "", None)
        if self.began and self._next is not None:
            place = (self.at, self._lineage, self._base + self._next)
        self._shown = (self._publisher, self._received, self._missing, self._interruptions, place)
        untold, self._untold = self._untold, []
        for reason in untold:
            self._tell(reason)

    def begin(self, facts: StreamFacts, start: StartPlace) -> None:
        """Begin at a place."""
        self.began = True
        self._publisher = facts.publisher
        self.at = facts.last_id if start.at is None else start.at
        if start.at is None:
            self._enter(facts, facts.last + 1)
        elif start.number is not None:
            self._epoch, self._lineage, self._next = _ANY, start.lineage, start.number
        elif start.is_cut:
            self._interruptions += 1
            self._note(f"what followed {id_text(self.at)} in {self.keys.name} is kept no more: nobody knows how much")
        self._show()

    def _enter(self, epoch: _Epoch, number: int) -> None:
        """Go on in an epoch with the message of this number."""
        self._epoch, self._lineage, self._base = epoch.epoch, epoch.lineage, epoch.base
        self._next = number

    def connected(self, facts: StreamFacts) -> None:
        """Note where the stream was when a connection began: what came before is read, and ends nothing."""
        self.at = min(self.at, facts.last_id)  # a broker that has lost its last entries goes on before them
        self._live_from = facts.last_id
        self.changes = facts.changes
        self._show()

    def interrupted(self) -> None:
        """Note that the connection has ended."""
        self._inserts = []
        self.topics = {}
        self.needs_all = False

    def insert(self, number: bytes, at: EntryId, frames: list[bytes], *, is_needed: bool) -> list[bytes]:
        """Put the snapshot of a topic in its place. Return its messages if that is here.

        One that is not ``is_needed`` is left out if a message of the topic comes before.
        """
        if self.at >= at:
            return frames
        self._inserts.append(_Insert(number, at, frames, is_needed))
        return []

    def due(self, *, at_end: bool = False) -> list[bytes]:
        """Return the messages of snapshots whose place has come, or of all of them."""
        if not self._inserts:
            return []
        due = [one for one in self._inserts if at_end or self.at >= one.at]
        self._inserts = [one for one in self._inserts if one not in due]
        return [frame for one in due for frame in one.frames]

    def take(self, entry: StreamEntry, out: list[bytes]) -> str | None:
        """Read an entry: its messages go to ``out``. Return why the connection is to end, None when it is not."""
        ended = self._read(entry, out)
        self._show()
        return ended

    def _read(self, entry: StreamEntry, out: list[bytes]) -> str | None:
        if self._inserts:
            out += self.due()
        self.at = entry.id
        self._is_among_others = False
        is_live = entry.id > self._live_from
        if entry.kind == "epoch":
            ended = self._change_publisher(entry)
        else:
            ended = self._check_number(entry)
            ended = (self._event(entry) if entry.kind else self._messages(entry, out)) or ended
        return ended if is_live else None

    def _messages(self, entry: StreamEntry, out: list[bytes]) -> str | None:
        """Take the messages of an entry; those of one that cannot be read are missing."""
        try:
            messages = unpack(entry.data)
            is_whole = len(messages) == entry.count
        except DecodeError:
            is_whole = False
        if not is_whole:
            self._missing += entry.count
            reason = f"{entry.count} messages of {self.keys.name} are missing: their entry cannot be read"
            self._note(reason)
            return reason if self.needs_all else None
        self._received += entry.count
        topics = self.topics
        if self._inserts:
            came = {number for number, _ in messages}
            self._inserts = [one for one in self._inserts if one.is_needed or one.number not in came]
        out += [frame for number, frame in messages if number in topics]
        return None

    def pass_over(self, entry_id: EntryId, error: DecodeError) -> None:
        """Go past an entry that no publisher has written; of several in a row the first is told.

        Where it stands in place of one that was, the next number says what is missing.
        """
        self.at = entry_id
        if not self._is_among_others:
            self._note(f"another program writes into {self.keys.name}, from {id_text(entry_id)} on: {error.message}")
        self._is_among_others = True
        self._show()

    def _check_number(self, entry: StreamEntry) -> str | None:
        ended = None
        if entry.kind != "epoch":
            self._resume(entry)
        if self._epoch is not None and self._epoch != entry.epoch:
            ended = self._cross(entry, entry.first)
        elif self._next is not None and entry.first > self._next:
            ended = self._missed_before(entry.first)
        self._enter(entry, entry.first + entry.count)
        return ended

    def _resume(self, epoch: _Epoch) -> None:
        """Go on in whatever epoch is there, after a start at a place whose number is known."""
        if self._epoch == _ANY and self._lineage == epoch.lineage and self._next is not None:
            self._enter(epoch, self._next - epoch.base)

    def _cross(self, epoch: _Epoch, number: int, since: str = " for a time") -> str:
        """Go on in another epoch: tell what is missing of those before, and that nobody published for a time."""
        lost = None
        if epoch.lineage == self._lineage and self._next is not None:
            lost = self._missed_before(epoch.base + number - self._base)
        else:
            since = f"{since}; Redis has forgotten what was sent before"
        self._interruptions += 1
        self._note(f"{self.keys.name} had no publisher{since}: nobody knows how many messages are missing")
        self._enter(epoch, number)
        return lost or "messages are missing between two publishers"

    def _missed_before(self, number: int) -> str | None:
        """Tell what is missing before a message that is known to be the next."""
        if self._next is None or number <= self._next:
            return None
        missing, self._next = number - self._next, number
        self._missing += missing
        reason = f"{missing} messages of {self.keys.name} are missing"
        self._note(reason)
        return reason if self.needs_all else None

    def caught_up(self, facts: StreamFacts) -> str | None:
        """Tell what is missing at the end: ``facts`` were read before the stream, which has no more."""
        self._resume(facts)
        if self._epoch is None or facts.epoch == self._epoch:
            ended = self._missed_before(facts.last + 1)
        else:
            ended = self._cross(facts, facts.last + 1)
        self._show()
        return ended

    def _change_publisher(self, entry: StreamEntry) -> str | None:
        told = texts_of(entry)
        self._publisher = told.get("name", "?")
        if self._epoch == entry.epoch or self._epoch is None:
            # The same one again, after the broker had forgotten it; or nothing was read before.
            self._check_number(entry)
            return None
        since = " for a time"
        if told.get("was"):
            since = f" since the last sign of life of {told.get('was_name')} at {told.get('was_heartbeat')} ms"
        self._cross(entry, entry.first, since)
        return _ENDS["epoch"].format(self._publisher)

    def _event(self, entry: StreamEntry) -> str | None:
        reason = entry.data.decode("utf-8", "replace")
        if entry.kind == "gap":
            self._note(f"the publisher {self._publisher} has a gap: {reason}")
        if entry.kind != "lost":
            return None
        return f"{_ENDS['lost'].format(self._publisher)}: {reason}"

    def follow(self, topic: Topic, *, is_state: bool) -> None:
        """Take out the messages of this topic, too."""
        self.topics[topic_number(topic)] = topic
        self.needs_all |= is_state

    def leave(self, topic: Topic) -> None:
        """Leave the messages of a topic where they are."""
        self.topics.pop(topic_number(topic), None)


def only(number: bytes, entries: Iterable[StreamEntry]) -> list[bytes]:
    """Return the messages of one topic."""
    found: list[bytes] = []
    for entry in entries:
        with suppress(DecodeError):  # what cannot be read was told when it was
            found += [frame for one, frame in ([] if entry.kind else unpack(entry.data)) if one == number]
    return found
