"""``GroupReader``: gives a member of a group its part of the entries, and says when they are handled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from okx_sync.fanout.entries import id_of, id_text
from okx_sync.fanout.followed_stream import FollowedStream, GroupStats
from okx_sync.fanout.group_scripts import HANDLED, SHARE
from okx_sync.fanout.redis_library import BrokerConnection
from okx_sync.fanout.shared_stream import GroupTerms, SharedStream
from okx_sync.fanout.start_place import StartPlace
from okx_sync.fanout.stream_keys import StreamKeys
from okx_sync.fanout.stream_reader import Came, StreamReader
from okx_sync.timing import Clock

__all__ = ["GroupReader"]

_ENTRIES: Final = 32  # that a member is given at once: so many may be handled twice when it dies


class GroupReader(StreamReader):
    """Reads as a member of a group. Used on the thread of one link.

    Args:
        start_of: Tells where the group of a stream begins that is not there yet.
    """

    is_shared = True

    def __init__(
        self, broker: BrokerConnection, terms: GroupTerms, start_of: Callable[[StreamKeys], StartPlace]
    ) -> None:
        super().__init__(broker)
        self._terms = terms
        self._start_of = start_of
        self._claimed_at = 0.0

    def behind(self, streams: Iterable[FollowedStream]) -> Came:
        """Return what this member is to handle of each stream; wait a little when that is nothing."""
        shared = [stream for stream in streams if isinstance(stream, SharedStream)]
        for stream in shared:
            if stream.unacknowledged:
                self.handled(stream, [])
        is_claim_due = Clock.monotonic() - self._claimed_at >= self._terms.redeliver_ms / 4000
        if not is_claim_due and all(stream.top for stream in shared):
            news = {name for name, _ in self.read({one.keys.stream: one.top or "0" for one in shared}, 1)}
            shared = [stream for stream in shared if stream.keys.stream.encode() in news]
        if is_claim_due:
            self._claimed_at = Clock.monotonic()
        return self._share(shared, self._terms.redeliver_ms if is_claim_due else 0)

    def _share(self, streams: list[SharedStream], claim_ms: int) -> Came:
        came: Came = []
        for client, here in self.broker.by_server(streams, lambda stream: stream.keys.stream):
            for stream in here:
                came.append((stream, self._share_of(client, stream, claim_ms)))
        return came

    def _share_of(self, client: Any, stream: SharedStream, claim_ms: int) -> list[Any]:
        terms = self._terms
        at = (0, 0) if stream.was_joined else self._start_of(stream.keys).at
        start = "$" if at is None else id_text(at)
        answer = SHARE.run(client, self._keys(stream), terms.name, terms.member, _ENTRIES, start, claim_ms)
        entries, again, missing, unknown, made, top, handled, all_missing = answer
        stream.group = GroupStats(handled=int(handled), missing=int(all_missing))
        if made and stream.was_joined:
            unknown += 1
        stream.was_joined = True
        stream.top = None if len(entries) >= _ENTRIES or len(again) >= _ENTRIES else top.decode()
        stream.missed(missing, unknown)
        stream.again = frozenset(id_of(entry_id) for entry_id, _ in again)
        return [(entry_id, _fields(fields)) for entry_id, fields in [*again, *entries]]

    def handled(self, stream: FollowedStream, entries: list[bytes]) -> None:
        """Say that entries are handled. What the broker did not hear is said again with the next connection."""
        assert isinstance(stream, SharedStream)
        stream.unacknowledged = (*stream.unacknowledged, *entries)
        client = self.broker.at(stream.keys.stream)
        HANDLED.run(client, self._keys(stream), self._terms.name, *stream.unacknowledged)
        stream.unacknowledged = ()

    def _keys(self, stream: SharedStream) -> tuple[str, str, str]:
        return stream.keys.stream, stream.keys.facts, stream.keys.group(self._terms.name)


def _fields(told: list[bytes]) -> dict[bytes, bytes]:
    return dict(zip(told[::2], told[1::2], strict=True))
