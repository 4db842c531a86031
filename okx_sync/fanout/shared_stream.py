"""``SharedStream``: one stream of which a group of followers shares the entries, each handled by one of them."""

from __future__ import annotations

import attrs

from okx_sync.fanout.entries import EntryId, StreamEntry, texts_of
from okx_sync.fanout.followed_stream import FollowedStats, FollowedStream, GroupStats, StreamFacts
from okx_sync.fanout.start_place import StartPlace

__all__ = ["GroupTerms", "SharedStream"]


@attrs.frozen(kw_only=True)
class GroupTerms:
    """A member's place in its group. ``redeliver_ms``: how long an entry waits for the member that was given it."""

    name: str
    member: str
    redeliver_ms: int


class SharedStream(FollowedStream):
    """One stream as a member of a group sees it: its part of the entries, and what all members miss.

    The numbers are checked by the broker, where all entries pass; see ``SHARE``.
    """

    is_shared = True
    was_joined = False
    """Whether the group was there once."""
    top: str | None = None
    """The last entry of the stream when all were given out; None while there may be more."""
    unacknowledged: tuple[bytes, ...] = ()
    """Entries that were handled, which the broker may not know."""
    again: frozenset[EntryId] = frozenset()
    """Entries among those that came last which another member was given before."""
    group = GroupStats(handled=0, missing=0)
    _redelivered = 0

    @property
    def stats(self) -> FollowedStats:
        """The stream in numbers."""
        return attrs.evolve(super().stats, redelivered=self._redelivered, group=self.group)

    def begin(self, facts: StreamFacts, start: StartPlace) -> None:
        """Note who publishes; where the group begins, the broker knows."""
        del start
        self.began = True
        self._publisher = facts.publisher
        self._show()

    def _read(self, entry: StreamEntry, out: list[bytes]) -> str | None:
        """Read an entry, as any follower does; one that another member was given before counts apart."""
        before = self._received
        ended = super()._read(entry, out)
        if entry.id in self.again:
            self._redelivered += self._received - before
            self._received = before
        return ended

    def missed(self, count: int, unknown: int) -> None:
        """Tell what no member can get any more. ``unknown``: how often nobody knows how much."""
        self._missing += count
        self._interruptions += unknown
        if count:
            self._note(f"{count} messages of {self.keys.name} are missing in the group")
        if unknown:
            self._note(f"Redis has forgotten what was sent of {self.keys.name}: nobody knows what the group missed")
        self._show()

    def caught_up(self, facts: StreamFacts) -> None:
        """Do nothing: the broker compares."""

    def _check_number(self, entry: StreamEntry) -> None:
        """Do nothing: entries between are those of other members."""

    def _change_publisher(self, entry: StreamEntry) -> None:
        """Tell, as the one member that hears of it, that nobody published for a time."""
        told = texts_of(entry)
        self._publisher = told.get("name", "?")
        if told.get("was"):
            self._interruptions += 1
            since = f"since the last sign of life of {told.get('was_name')} at {told.get('was_heartbeat')} ms"
            self._note(f"{self.keys.name} had no publisher {since}: nobody knows how many messages are missing")
