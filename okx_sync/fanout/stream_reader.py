"""``StreamReader``: what a follower asks of the broker, be that one server or a cluster."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from okx_sync.errors import DecodeError, shorten
from okx_sync.fanout.entries import EntryId, StreamEntry, id_text, read_entry
from okx_sync.fanout.followed_stream import FollowedStream, StreamFacts
from okx_sync.fanout.redis_library import BrokerConnection
from okx_sync.fanout.start_place import StartPlace
from okx_sync.fanout.stream_keys import StreamKeys
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import text_of
from okx_sync.timing import Clock

__all__ = ["Came", "StreamReader"]

_BLOCK_MS: Final = 50
_POLL_S: Final = 0.005  # between two looks at streams that no single command can wait for
_ENTRIES: Final = 32  # of each stream in one read

_NONE: Final = StreamKeys("-")

Came = list[tuple[FollowedStream, list[tuple[bytes, dict[bytes, bytes]]]]]


class StreamReader:
    """Reads facts, snapshots and entries. Used on the thread of one link."""

    is_shared = False
    """Whether other followers are given a part of what there is."""

    def __init__(self, broker: BrokerConnection) -> None:
        self.broker = broker

    def probe(self) -> None:
        """Ask for a stream that there is not. Raises the library's error where Redis does not answer, or refuses."""
        client = self.broker.at(_NONE.stream)
        client.hmget(_NONE.facts, *StreamFacts.FIELDS)
        client.xread({_NONE.stream: "0"}, count=1)

    def facts(self, keys: Iterable[StreamKeys]) -> dict[StreamKeys, StreamFacts | None]:
        """Return what the broker says of streams; None of those that nobody has ever published."""
        found: dict[StreamKeys, StreamFacts | None] = {}
        for client, here in self.broker.by_server(keys, lambda one: one.stream):
            pipeline = client.pipeline(transaction=False)
            for one in here:
                pipeline.hmget(one.facts, *StreamFacts.FIELDS)
                pipeline.get(one.lease)
            told = pipeline.execute()
            for number, one in enumerate(here):
                found[one] = _facts_of(one, told[2 * number], told[2 * number + 1])
        return found

    def tokens(self, pairs: Iterable[tuple[Topic, StreamKeys]]) -> dict[tuple[Topic, StreamKeys], bytes | None]:
        """Return of topics in streams the token of who publishes them; empty where nobody does any more."""
        found: dict[tuple[Topic, StreamKeys], bytes | None] = {}
        for client, here in self.broker.by_server(pairs, lambda pair: pair[1].stream):
            pipeline = client.pipeline(transaction=False)
            for topic, keys in here:
                pipeline.hget(keys.facts, f"topic:{text_of(topic)}")
            found.update(zip(here, pipeline.execute(), strict=True))
        return found

    def snapshots(self, keys: StreamKeys, numbers: list[bytes]) -> tuple[EntryId, list[bytes | None]]:
        """Return the snapshots of topics, and the entry up to which they tell all."""
        while True:
            pipeline = self.broker.at(keys.stream).pipeline(transaction=False)
            pipeline.hget(keys.facts, "snapped")
            pipeline.hmget(keys.snapshots, numbers)
            pipeline.hget(keys.facts, "snapped")
            before, told, snapped = pipeline.execute()
            if before == snapped:  # nothing was laid down meanwhile; a Redis that is full carries out no MULTI
                return StreamFacts.id_in(snapped), told

    def numbered(self, keys: StreamKeys, start: StartPlace) -> StartPlace:
        """Return a place with the number of the message that should come next there, as far as that can be known."""
        if start.at is None or start.number is not None or self.is_shared:
            return start
        client, at = self.broker.at(keys.stream), id_text(start.at)
        if found := _readable(client.xrange(keys.stream, at, at)):
            entry = found[0]
            return StartPlace(start.at, entry.lineage, entry.base + entry.first + entry.count)
        oldest = _readable(client.xrange(keys.stream, count=1))
        is_cut = any(entry.id > start.at > (0, 0) and entry.base + entry.first > 1 for entry in oldest)
        return StartPlace(start.at, is_cut=is_cut)

    def between(self, keys: StreamKeys, after: EntryId, last: EntryId) -> list[StreamEntry]:
        """Return the entries behind ``after``, up to ``last``."""
        return _readable(self.broker.at(keys.stream).xrange(keys.stream, f"({id_text(after)}", id_text(last)))

    def behind(self, streams: Iterable[FollowedStream]) -> Came:
        """Return what has come in each stream behind where it was read; wait a little when that is nothing."""
        by_name = {stream.keys.stream.encode(): stream for stream in streams}
        places = {stream.keys.stream: id_text(stream.at) for stream in by_name.values()}
        return [(by_name[name], entries) for name, entries in self.read(places, _ENTRIES)]

    def handled(self, stream: FollowedStream, entries: list[bytes]) -> None:
        """Note that entries are handled: nothing, as this follower gets each once."""

    def read(self, places: dict[str, str], most: int) -> list[Any]:
        """Return ``most`` entries of each stream behind a place in it; wait a little when there are none."""
        if not self.broker.is_cluster or len(places) == 1:
            return self.broker.at(next(iter(places))).xread(places, count=most, block=_BLOCK_MS) or []
        return self._in_cluster(places, most)

    def _in_cluster(self, places: dict[str, str], most: int) -> list[Any]:
        """Read streams one by one: those of different hash tags cannot be read, nor waited for, in one command."""
        told: list[Any] = []
        for client, here in self.broker.by_server(places, lambda name: name):
            pipeline = client.pipeline(transaction=False)
            for name in here:
                pipeline.xread({name: places[name]}, count=most)
            told += [found for answer in pipeline.execute() for found in answer or []]
        if not told:
            Clock().sleep(_POLL_S)
        return told


def _facts_of(keys: StreamKeys, told: list[bytes | None], holder: bytes | None) -> StreamFacts | None:
    try:
        return StreamFacts.read(told, holder)
    except ValueError as error:
        raise DecodeError(f"another program has written into {keys.facts}: {shorten(str(error))}") from None


def _readable(told: Iterable[tuple[bytes, dict[bytes, bytes]]]) -> list[StreamEntry]:
    """Return the entries that a publisher has written; others are told where they are read in their order."""
    found = []
    for entry in told:
        with suppress(DecodeError):
            found.append(read_entry(*entry))
    return found
