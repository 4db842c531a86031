"""What the connections of one path have in common: its streams, and what a following client asks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from okx_sync.errors import ConfigError
from okx_sync.fanout.followed_stream import FollowedStream
from okx_sync.fanout.group_reader import GroupReader
from okx_sync.fanout.redis_library import BrokerAddress, BrokerConnection
from okx_sync.fanout.shared_stream import GroupTerms, SharedStream
from okx_sync.fanout.start_place import Start, StartPlace, check_start
from okx_sync.fanout.stream_keys import Place, StreamKeys
from okx_sync.fanout.stream_reader import StreamReader
from okx_sync.live.reporter import Reporter
from okx_sync.live.stream_spec import ChannelInfo
from okx_sync.protocol.dialect import Topic
from okx_sync.state_event import StateEvent

__all__ = ["FollowTerms", "FollowedPath"]


class FollowTerms:
    """What one client follows, and where it tells what is missing.

    Args:
        start: ``"latest"``, ``"earliest"``, an id of Redis, or positions by the names of streams: from where a stream
            is read at first.
        group: The place in a group that shares what is published; None for who gets all.
        lookup: The channels of the exchange.
    """

    def __init__(
        self,
        address: BrokerAddress,
        place: Place,
        start: Start,
        lookup: Callable[[str], ChannelInfo],
        group: GroupTerms | None = None,
    ) -> None:
        self.address = address
        self.place = place
        self._start = check_start(start)
        self.group = group
        self.is_heard: Callable[[Topic], bool] = lambda _topic: False
        """Tells whether somebody gets what comes of a topic."""
        self.patient: set[Topic] = set()
        self._lookup = lookup
        self._reporter: Reporter | None = None

    def start_of(self, keys: StreamKeys) -> StartPlace:
        """Return where a stream is read from at first."""
        return self._start.get(keys.name, StartPlace()) if isinstance(self._start, dict) else self._start

    def report_to(self, reporter: Reporter) -> None:
        """Tell gaps there."""
        self._reporter = reporter

    def info(self, topic: Topic) -> ChannelInfo | None:
        """Return the channel of a topic; None for one without an entry in the table."""
        try:
            return self._lookup(topic.channel)
        except ConfigError:
            return None

    def tell(self, path: str, reason: str, *, kind: Any = "gap", topic: str | None = None) -> None:
        """Report something that is missing."""
        if self._reporter is not None:
            at = dt.datetime.now(dt.UTC)
            self._reporter.state(StateEvent(kind=kind, path=path, epoch=0, at=at, reason=reason, topic=topic))


class FollowedPath:
    """The streams of one path, and which topics were had already. Used on the thread of its link."""

    def __init__(self, name: str, terms: FollowTerms) -> None:
        self.name = name
        self.streams: dict[StreamKeys, FollowedStream] = {}
        self.known: set[Topic] = set()
        """Topics that were published once: they are waited for."""
        self.dropped: set[StreamKeys] = set()
        """Streams that were left: what has come since then was not asked for."""
        self._terms = terms

    def drop(self, keys: StreamKeys) -> None:
        """Follow a stream no more."""
        del self.streams[keys]
        self.dropped.add(keys)
        self.known = {topic for topic in self.known if keys not in self.candidates(topic)}

    def nobody(self, topic: Topic) -> str:
        """Say that nobody has published a topic, and what was looked for: a publisher may be of another place."""
        place, info = self._terms.place, self._terms.info(topic)
        whose = ""
        if info is None or info.private:
            whose = f", account {place.account!r}" if place.account else ", without an account's name (account=)"
        apart = "" if self._terms.group is None else " in a stream of its own, as Publisher(..., per_topic=True) does"
        return f"nobody has published {topic} of {place.environment}{whose}{apart}"

    def reader(self, broker: BrokerConnection) -> StreamReader:
        """Return what reads the streams at a broker."""
        if self._terms.group is None:
            return StreamReader(broker)
        return GroupReader(broker, self._terms.group, self._terms.start_of)

    def is_heard(self, topic: Topic) -> bool:
        """Tell whether somebody gets what comes of a topic."""
        return self._terms.is_heard(topic)

    @property
    def address(self) -> BrokerAddress:
        """Where Redis is."""
        return self._terms.address

    def start_of(self, keys: StreamKeys) -> StartPlace:
        """Return where a stream is read from at first; one that was left, behind all that is there."""
        return StartPlace() if keys in self.dropped else self._terms.start_of(keys)

    def is_patient(self, topic: Topic) -> bool:
        """Tell whether somebody waits until a topic is published."""
        return topic in self.known or topic in self._terms.patient

    def candidates(self, topic: Topic) -> list[StreamKeys]:
        """Return the streams in which a topic may be."""
        info = self._terms.info(topic)
        is_private = info is None or info.private
        keys = partial(self._terms.place.keys, self.name, topic.channel, is_private=is_private)
        return [keys(topic=topic)] if self._terms.group is not None else [keys(), keys(topic=topic)]

    def is_state(self, topic: Topic) -> bool:
        """Tell whether a topic cannot go on behind a gap without a new snapshot."""
        info = self._terms.info(topic)
        return info is not None and self._terms.group is None and (info.sequenced or info.private)

    def has_snapshots(self, topic: Topic) -> bool:
        """Tell whether a topic begins with a snapshot, also after an interruption."""
        info = self._terms.info(topic)
        return info is not None and (info.sequenced or (info.private and info.snapshot))

    def stream(self, keys: StreamKeys) -> FollowedStream:
        """Return the stream, which is made when it is first followed."""
        if keys not in self.streams:
            kind = FollowedStream if self._terms.group is None else SharedStream
            self.streams[keys] = kind(keys, partial(self._terms.tell, self.name))
        return self.streams[keys]

    def waits(self, topic: Topic, reason: str) -> None:
        """Say that a topic is waited for."""
        self._terms.tell(self.name, reason, kind="stale", topic=str(topic))
