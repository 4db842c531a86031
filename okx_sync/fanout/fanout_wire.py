"""The connection of a following link: it agrees to topics that somebody publishes, and brings their messages.

All is done on the thread of the link, as with a socket: requests are taken between two reads.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Final

import attrs

from okx_sync.errors import ConnectionLost, DecodeError, OkxWebSocketError
from okx_sync.fanout.entries import id_of, read_entry, seen_text, unpack
from okx_sync.fanout.followed_path import FollowedPath
from okx_sync.fanout.followed_stream import FollowedStream, StreamFacts, only
from okx_sync.fanout.stream_keys import StreamKeys, topic_number
from okx_sync.fanout.stream_reader import Came, StreamReader
from okx_sync.protocol.dialect import Topic
from okx_sync.protocol.fed_dialect import FedRequest, acked, pong, read_request, refused
from okx_sync.timing import Clock
from okx_sync.transport.ending import Ending

__all__ = ["FanoutWire"]

_IDLE_S: Final = 0.1  # how long a request waits at most that comes during a read
_MOST: Final = 250  # messages that are handed on at once, and some more
_LOOK_S: Final = 0.25  # how often it is asked whether publishers are alive
_IDLE_STREAM_S: Final = 5.0


@attrs.frozen
class _Found:
    """What is known of a topic: the stream that has it, if any has, and what to say where none has."""

    keys: StreamKeys | None
    facts: StreamFacts | None
    reason: str


class FanoutWire:
    """One connection to Redis (``AnyWire``).

    Args:
        path: The streams, which outlive this.
        timeout_s: How long Redis may take to answer.
        on_open, on_frames: As of ``WireMaker``.
    """

    def __init__(
        self,
        path: FollowedPath,
        timeout_s: float,
        on_open: Callable[[], object],
        on_frames: Callable[[list[bytes]], object],
    ) -> None:
        self._path = path
        self._timeout_s = timeout_s
        self._on_open = on_open
        self._on_frames = on_frames
        self._requests: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._ended: str | None = None
        self._reader: StreamReader
        self._streams: dict[StreamKeys, FollowedStream] = {}  # those of this connection
        self._homes: dict[Topic, StreamKeys] = {}  # the topics that were agreed to
        self._waiting: dict[Topic, FedRequest] = {}
        self._unsnapped: set[Topic] = set()  # agreed to, and to be told whole with the next snapshot
        self._left: set[Topic] = set()
        self._idle_since: dict[StreamKeys, float] = {}  # streams of which no topic is followed
        self._looked_at = 0.0

    def run(self) -> Ending:
        """Connect, and read until the end."""
        address = self._path.address
        try:
            broker = address.open(self._timeout_s)
            self._reader = self._path.reader(broker)
            self._reader.probe()
        except (*address.errors, DecodeError) as error:
            return self._unreachable(error, "cannot be reached", opened=False)
        try:
            self._on_open()
            while self._ended is None:
                self._step()
        except (*address.errors, DecodeError) as error:
            ending = self._unreachable(error, "was lost", opened=True)
            self._ended = ending.reason
            return ending
        finally:
            for stream in self._path.streams.values():
                stream.interrupted()
            broker.close()
        return Ending(opened=True, reason=self._ended or "closed")

    def _unreachable(self, error: Exception, how: str, *, opened: bool) -> Ending:
        address = self._path.address
        told = f"Redis at {address.shown} {how}: {type(error).__name__}: {error}"
        if isinstance(error, DecodeError):
            told = f"what Redis at {address.shown} has cannot be read: {error.message}"
        is_lasting = address.is_lasting(error)
        made = OkxWebSocketError(told, hint=address.hint(error, "is it running, and is the URL right?"))
        return Ending(opened, told, error=made if is_lasting or not opened else None, lasting=is_lasting)

    # -- from any thread ---------------------------------------------------------------------------------------------

    def send(self, text: str) -> None:
        """Take a request. Raises ``ConnectionLost`` once this has ended."""
        if self._ended is not None:
            raise ConnectionLost("the connection to Redis has ended", retryable=True)
        self._requests.put(text)

    def close(self, reason: str) -> None:
        """End it."""
        self.kill(reason)

    def kill(self, reason: str) -> None:
        """End it; :meth:`run` returns soon."""
        if self._ended is None:
            self._ended = reason
            self._requests.put(None)

    # -- one round ---------------------------------------------------------------------------------------------------

    def _step(self) -> None:
        while (text := self._next_request()) is not None:
            self._answer(text)
        if self._ended is not None:
            return
        facts: dict[StreamKeys, StreamFacts | None] | None = None
        if Clock.monotonic() - self._looked_at >= _LOOK_S:
            facts = self._look()
        if self._streams and self._ended is None:
            self._read(facts)

    def _next_request(self) -> str | None:
        try:
            return self._requests.get(block=not self._streams, timeout=_IDLE_S)
        except queue.Empty:
            return None

    def _read(self, facts: dict[StreamKeys, StreamFacts | None] | None) -> None:
        """Read what has come. ``facts``: what was true before the read, if that was just asked."""
        frames: list[bytes] = []
        ended: str | None = None
        came = set()
        given = self._reader.behind(self._streams.values())
        for stream, entries in given:
            came.add(stream.keys)
            for entry_id, fields in entries:
                try:
                    ended = stream.take(read_entry(entry_id, fields), frames) or ended
                except DecodeError as error:
                    stream.pass_over(id_of(entry_id), error)
                if ended is not None and not stream.is_shared:  # what is shared is given once
                    break
                if len(frames) >= _MOST:
                    self._on_frames(frames)
                    frames = []
            if ended is not None and not stream.is_shared:
                break
        for stream in self._streams.values():
            if stream.keys not in came and ended is None:
                frames += stream.due(at_end=True)
                if facts is not None and (fact := facts.get(stream.keys)) is not None:
                    ended = stream.caught_up(fact)
        if frames:
            self._on_frames(frames)
        if self._reader.is_shared:
            self._acknowledge(given)
        if ended is not None:
            self.kill(ended)

    def _acknowledge(self, given: Came) -> None:
        """Say that entries are handled, unless a callback may not have got them: they come again to some member."""
        for stream, entries in given:
            if entries and self._ended is None and all(map(self._path.is_heard, stream.topics.values())):
                self._reader.handled(stream, [entry_id for entry_id, _ in entries])

    # -- whether publishers are alive ----------------------------------------------------------------------------------

    def _look(self) -> dict[StreamKeys, StreamFacts | None]:
        """Ask what has become of the publishers; agree to what has come up, and end when one has gone."""
        self._looked_at = Clock.monotonic()
        self._drop_idle()
        facts = self._reader.facts(self._streams)
        for keys in self._streams:
            fact = facts[keys]
            if fact is None:
                self.kill(f"Redis knows nothing of {keys.name} any more")
            elif not fact.is_held:
                self.kill(f"{keys.name} has no publisher: {_last_seen(fact)}")
            elif self._reader.is_shared and not fact.is_up:  # one member was given the entry that says so
                self.kill(f"the publisher {fact.publisher} lost its connection to the exchange")
            elif fact.changes != self._streams[keys].changes:
                self._look_at_topics(self._streams[keys], fact)
        if self._ended is None and self._waiting:
            self._agree(dict(self._waiting))
        if self._ended is None and self._unsnapped:
            self._snap(list(self._unsnapped))
        return facts

    def _look_at_topics(self, stream: FollowedStream, fact: StreamFacts) -> None:
        """End when a topic is published no more that is followed here."""
        stream.changes = fact.changes
        topics = list(stream.topics.values())
        if not topics:
            return
        told = self._reader.tokens((topic, stream.keys) for topic in topics)
        gone = [topic for (topic, _), token in told.items() if not token]
        if gone:
            self.kill(f"{fact.publisher} publishes {gone[0]} no more")

    # -- requests ----------------------------------------------------------------------------------------------------

    def _answer(self, text: str) -> None:
        request = read_request(text)
        if request is None:
            self._on_frames([pong()])
        elif request.op == "unsubscribe":
            for topic in request.topics:
                self._leave(topic)
            self._on_frames([acked(request)])
        else:
            self._agree(dict.fromkeys(request.topics, request), is_new=True)

    def _leave(self, topic: Topic) -> None:
        self._waiting.pop(topic, None)
        self._unsnapped.discard(topic)
        keys = self._homes.pop(topic, None)
        if keys is not None:
            self._left.add(topic)
            self._streams[keys].leave(topic)
            if self._reader.is_shared:  # from now on others are given what there is
                del self._streams[keys]
                self._path.drop(keys)
            elif not self._streams[keys].topics:
                self._idle_since[keys] = Clock.monotonic()
        else:
            self._path.known.discard(topic)

    def _drop_idle(self) -> None:
        """Leave streams of which no topic is followed any more: not at once, a book is left to be asked for again."""
        for keys, since in list(self._idle_since.items()):
            if self._streams[keys].topics:
                del self._idle_since[keys]
            elif Clock.monotonic() - since > _IDLE_STREAM_S:
                del self._idle_since[keys], self._streams[keys]
                self._path.drop(keys)

    def _agree(self, asked: dict[Topic, FedRequest], *, is_new: bool = False) -> None:
        """Agree to what is published, refuse what nobody publishes, and wait for the rest."""
        found = self._find(list(asked))
        answers: list[bytes] = []
        fresh: list[Topic] = []
        again: list[Topic] = []
        for topic, request in asked.items():
            one = found[topic]
            if one.keys is not None and one.facts is not None:
                is_resumed = topic in self._path.known and topic not in self._left
                self._left.discard(topic)
                self._follow(topic, one.keys, one.facts)
                (again if is_resumed else fresh).append(topic)
                answers.append(acked(request, topic))
            elif self._path.is_patient(topic):
                if is_new and topic not in self._path.known:
                    self._path.waits(topic, one.reason)
                self._waiting[topic] = request
            else:
                answers += [refused(request, topic, one.reason), acked(request, topic)]
        if answers:
            self._on_frames(answers)
        self._unsnapped.update(topic for topic in (*fresh, *again) if self._path.has_snapshots(topic))
        self._snap([*fresh, *(topic for topic in again if topic in self._unsnapped)])

    def _follow(self, topic: Topic, keys: StreamKeys, facts: StreamFacts) -> None:
        stream = self._path.stream(keys)
        if not stream.began:
            stream.begin(facts, self._reader.numbered(keys, self._path.start_of(keys)))
        if keys not in self._streams:
            stream.connected(facts)
            self._streams[keys] = stream
        stream.follow(topic, is_state=self._path.is_state(topic))
        self._homes[topic] = keys
        self._path.known.add(topic)
        self._waiting.pop(topic, None)

    def _find(self, topics: list[Topic]) -> dict[Topic, _Found]:
        pairs = [(topic, keys) for topic in topics for keys in self._path.candidates(topic)]
        facts = self._reader.facts(dict.fromkeys(keys for _, keys in pairs))
        tokens = self._reader.tokens(pairs)
        found: dict[Topic, _Found] = {}
        for topic, keys in pairs:
            if (there := found.get(topic)) is None or there.keys is None:
                one = _judge(topic, keys, facts[keys], tokens[topic, keys], self._path.nobody)
                if there is None or one.keys is not None or one.facts is not None:
                    found[topic] = one
        return found

    # -- snapshots ---------------------------------------------------------------------------------------------------

    def _snap(self, topics: list[Topic]) -> None:
        """Tell the present state of topics, from snapshots that lie beside the stream; a group only shares events.

        What came between a snapshot and where the stream is read now follows it, again if it was had before.
        """
        by_stream: dict[StreamKeys, list[Topic]] = {}
        for topic in topics if not self._reader.is_shared else ():
            if (keys := self._homes.get(topic)) is not None:
                by_stream.setdefault(keys, []).append(topic)
        for keys, here in by_stream.items():
            self._snap_of(self._streams[keys], here)

    def _snap_of(self, stream: FollowedStream, topics: list[Topic]) -> None:
        numbers = [topic_number(topic) for topic in topics]
        at, told = self._reader.snapshots(stream.keys, numbers)
        since = self._reader.between(stream.keys, at, stream.at) if at < stream.at else []
        for topic, number, kept in zip(topics, numbers, told, strict=True):
            snapshot = _frames_in(kept or b"")
            if not snapshot:  # the publisher does not know the state yet, or there is none
                continue
            self._unsnapped.discard(topic)
            if frames := stream.insert(number, at, snapshot, is_needed=self._path.has_snapshots(topic)):
                self._on_frames(frames + only(number, since))


def _judge(
    topic: Topic, keys: StreamKeys, facts: StreamFacts | None, token: bytes | None, nobody: Callable[[Topic], str]
) -> _Found:
    if facts is None:
        return _Found(None, None, nobody(topic))
    if token is None or not token:
        return _Found(None, None, f"nobody publishes {topic}: {facts.publisher} publishes others of this channel")
    if token != facts.epoch.encode() or not facts.is_held:
        return _Found(None, facts, f"nobody publishes {topic} now: {_last_seen(facts)}")
    if not facts.is_up:
        return _Found(None, facts, f"the publisher {facts.publisher} of {topic} has no connection to the exchange")
    return _Found(keys, facts, "")


def _frames_in(kept: bytes) -> list[bytes]:
    """Return the messages of a snapshot; none of one that no publisher has laid down, in whose place the next comes."""
    try:
        return [frame for _, frame in unpack(kept)]
    except DecodeError:
        return []


def _last_seen(facts: StreamFacts) -> str:
    return f"the last one, {facts.publisher}, {seen_text(facts.heartbeat_ms)}"
